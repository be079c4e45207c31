//! What tests of the whole system share.

// WebKitWebDriver and Xvfb exist here only.
#[cfg(target_os = "linux")]
pub mod webdriver;
