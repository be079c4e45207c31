//! Crosswalk's engine: concepts (pure values and rules), the stores, the workbooks, and [`project::Project`], the one
//! place that joins them. Synchronous; time, randomness and keys are arguments. Opens no network connection.
//!
//! `crates/ARCHITECTURE.md` says who may import whom; `tests/tidy.rs` holds it to that.

pub mod csv;
pub mod disk;
pub mod error;
pub mod facts;
pub mod mapping;
pub mod path;
pub mod profile;
pub mod progress;
pub mod project;
pub mod sample;
pub mod source;
pub mod store;
pub mod target;
pub mod workbook;

/// What a close look at tables and columns tells.
pub use ::analysis;
pub use error::{Error, Result};
pub use project::Project;
