//! The desktop window: a thin skin over `engine::Project`.
//!
//! `command_list.rs` is the one list of commands; `commands.rs` answers them, for the window (`window.rs`) and for the
//! bridge that serves the same page to a plain browser under test (`bridge.rs`). No rule of the field lives here.

#[cfg(test)]
mod bindings;
#[cfg(feature = "e2e")]
pub mod bridge;
pub mod commands;
mod demo;
mod error;
mod jobs;
mod paths;
mod places;
mod recents;
pub mod requests;
mod session;
mod window;

pub use error::{Answer, tell_of_panics};
pub use paths::FileDialogs;
#[cfg(feature = "e2e")]
pub use paths::Prepared;
pub use places::{NoPlace, Places};
pub use session::Session;
pub use window::run;
