//! What tests of the whole system share.

pub mod crosswalk;
pub mod shape;
// WebKitWebDriver and Xvfb exist here only.
#[cfg(target_os = "linux")]
pub mod webdriver;
