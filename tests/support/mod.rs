//! What tests of the whole system share.

pub mod crosswalk;
pub mod shape;
#[path = "../../crates/engine/src/workbook/tests/valid.rs"]
pub mod valid;
// strace, WebKitWebDriver and Xvfb exist here only.
#[cfg(target_os = "linux")]
pub mod network;
#[cfg(target_os = "linux")]
pub mod webdriver;
