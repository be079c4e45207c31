//! Errors of the engine: who, where, what was expected and what to do. Never a cell's text.

use std::path::PathBuf;

use crate::path::shown;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{what} ({path}): {source}", path = shown(path))]
    File { what: &'static str, path: PathBuf, source: std::io::Error },
    #[error("{file}: {source}")]
    Snapshot { file: String, source: snapshot::Error },
    #[error("the database {name} answered: {source}")]
    Database { name: &'static str, source: rusqlite::Error },
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The work was refused; the text says what, where and what to do.
    #[error("{0}")]
    Refused(String),
    #[error("{file} is protected by a password: give the one it is opened with, and load again")]
    PasswordNeeded { file: String },
    /// A limit that a person may lift.
    #[error(
        "{file} has {handed_over} bytes, and its rows take over {limit} in the staging store: more than {times} times its \
         size, which is the limit. Nothing was loaded. If it is no mistake or attack, allow it to grow"
    )]
    Growth { file: String, handed_over: u64, limit: u64, times: u64 },
    /// Another limit that a person may lift: what a load needs is an estimate.
    #[error(
        "the load needs about {needed} in {folder}, and {free} are free: free some space, or move the project to a larger \
         disk. Nothing was loaded"
    )]
    NoRoom { folder: String, needed: String, free: String },
    #[error("the disk is full: there is no room for {name}. Free some space and try again; nothing was changed")]
    DiskFull { name: String },
    #[error("stopped on request; nothing was changed")]
    Cancelled,
}

impl Error {
    pub fn refused(text: impl Into<String>) -> Self {
        Self::Refused(text.into())
    }
}
