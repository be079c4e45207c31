//! How errors cross to the page: a code it may act on, and words for the person.

use std::panic::{AssertUnwindSafe, catch_unwind};

use engine::Error;

use crate::requests::WireError;

/// What a command answers.
pub type Answer<T> = Result<T, WireError>;

impl WireError {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new("refused", message)
    }

    /// A mistake of ours. Says nothing of what it stumbled over: that may be a cell.
    pub(crate) fn internal() -> Self {
        let text = "Crosswalk made a mistake of its own and stopped this work. What was decided so far is kept.";
        Self::new("internal", text)
    }
}

impl From<Error> for WireError {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::File { .. } => "file",
            Error::Snapshot { .. } => "snapshot",
            Error::Database { .. } => "database",
            Error::Workbook(_) => "workbook",
            Error::Refused(_) => "refused",
            Error::PasswordNeeded { .. } => "password_needed",
            Error::Growth { .. } => "growth",
            Error::NoRoom { .. } => "no_room",
            Error::DiskFull { .. } => "disk_full",
            Error::Cancelled => "cancelled",
        };
        Self::new(code, error.to_string())
    }
}

/// Does the work; a panic in it becomes an error. A transaction it had open is rolled back by its drop, so whoever asked
/// can go on.
pub(crate) fn caught<T>(work: impl FnOnce() -> Answer<T>) -> Answer<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(WireError::internal()))
}

/// A panic's own words may quote a cell, so only its place is written to the log.
pub fn tell_of_panics() {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("crosswalk: a mistake of ours at {place}"),
        None => eprintln!("crosswalk: a mistake of ours"),
    }));
}
