//! The only SQL. Three databases of one project, apart because their natures are: staging is large and disposable,
//! decisions are small and precious, the vault is secret.

pub mod decisions;
pub mod digest;
pub mod ledger;
pub mod rejects;
pub mod sqlite_file;
pub mod staging;
pub mod vault;

pub use staging::Staging;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Result};

/// The one door every database is opened through.
fn open(path: &Path, name: &'static str, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Change => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let said = answered(name);
    let connection = Connection::open_with_flags(path, flags).map_err(&said)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(&said)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[derive(Clone, Copy)]
enum Access {
    Create,
    Read,
    /// Writes what is there already, and makes nothing new.
    Change,
}

/// Puts the database's name to what it answered.
fn answered(name: &'static str) -> impl Fn(rusqlite::Error) -> Error {
    move |source| match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => full(name),
        Some(ErrorCode::SystemIoFailure) => Error::refused(format!(
            "the disk did not take or give what {name} needs ({source}): see whether it is full or damaged, and try \
             again; nothing was changed"
        )),
        _ => Error::Database { name, source },
    }
}

fn full(name: &str) -> Error {
    Error::refused(format!(
        "the disk is full: there is no room for {name}. Free some space and try again; nothing was changed"
    ))
}

/// A name as an SQL identifier.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
