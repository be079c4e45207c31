//! The only SQL. Four databases of one project, apart because their natures are: staging is large and disposable, what
//! was told of it (analyses, words) can be made anew, decisions are small and precious, the vault is secret.

pub mod analyses;
pub mod decisions;
pub mod digest;
pub mod ledger;
pub mod rejects;
pub mod sqlite_file;
pub mod staging;
pub mod vault;
pub mod word_index;

pub use staging::Staging;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::disk;
use crate::error::{Error, Result};
use crate::path::whole;

/// The one door every database is opened through.
fn open(path: &Path, name: &'static str, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Change => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let said = answered(name);
    fits(path, name)?;
    if matches!(access, Access::Create) {
        // SQLite takes an empty file for a new database, and gives its own rights to the files beside it. What is there
        // already, or cannot be made, is SQLite's to open or to refuse.
        let _ = disk::private().create_new(true).open(path);
    }
    let connection = connect(path, "", flags).map_err(&said)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(&said)?;
    if path.to_str().is_none() {
        // What SQLite puts aside cannot be kept in such a folder, nor may it go elsewhere.
        connection.execute_batch("PRAGMA temp_store = MEMORY").map_err(&said)?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// `parameters` of the URI, such as `?immutable=1`.
fn connect(path: &Path, parameters: &str, access: OpenFlags) -> rusqlite::Result<Connection> {
    // Longer paths than 260 characters Windows takes whole only.
    let whole = if cfg!(windows) { whole(path).ok() } else { None };
    let path = whole.as_deref().unwrap_or(path);
    let uri = uri(path.as_os_str().as_encoded_bytes()) + parameters;
    let access = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    if cfg!(windows) {
        // The usual one takes 260 characters.
        Connection::open_with_flags_and_vfs(uri, access, c"win32-longpath")
    } else {
        Connection::open_with_flags(uri, access)
    }
}

/// SQLite's own limit on the bytes of a path (`MAX_PATHNAME` in its `os_unix.c`), which counts what it puts beside the
/// file. On Windows it has none that matters.
const LONGEST_PATH: usize = 512 - "-journal".len() - 1;

fn fits(path: &Path, name: &str) -> Result<()> {
    let bytes = path.as_os_str().as_encoded_bytes().len();
    if cfg!(windows) || bytes <= LONGEST_PATH {
        return Ok(());
    }
    Err(Error::refused(format!(
        "the path of {name} has {bytes} bytes, and {LONGEST_PATH} are the most that SQLite takes: use a folder that is \
         not so deep"
    )))
}

/// A path as the URI that SQLite takes for this very path. Whatever could mean something to a URI is written by its
/// number, drive letters and separators too: `\\?\C:\a` and `//server/a` would lose their fronts.
fn uri(path: &[u8]) -> String {
    let mut uri = String::from("file:");
    for byte in path {
        if byte.is_ascii_alphanumeric() || b"._-~".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02x}");
        }
    }
    uri
}

/// From now on SQLite puts aside in `folder` what memory does not take: sorting a person's query copies source values
/// there. It knows one such place a process, and changes it under a lock of its own.
///
/// A folder whose name is no UTF-8 cannot be told to it; [`open`] sees to those.
pub fn put_aside_in(folder: &Path) -> Result<()> {
    let Some(folder) = folder.to_str() else { return Ok(()) };
    let told = format!("PRAGMA temp_store_directory = '{}'", folder.replace('\'', "''"));
    Connection::open_in_memory().and_then(|c| c.execute_batch(&told)).map_err(answered("temporary files"))
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
    Error::DiskFull { name: name.to_owned() }
}

/// A name as an SQL identifier.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names as Windows and Unix write them. On Unix each is also the name of a file, which SQLite must then find.
    #[test]
    fn sqlite_takes_every_path_as_it_stands() {
        let cases: [(&[u8], &str); 12] = [
            (b"plain-1_2.db", "file:plain-1_2.db"),
            (br"C:\Data\clinic.db", "file:C%3a%5cData%5cclinic.db"),
            (br"\\?\C:\Data\a clinic.db", "file:%5c%5c%3f%5cC%3a%5cData%5ca%20clinic.db"),
            (br"\\server\share\clinic.db", "file:%5c%5cserver%5cshare%5cclinic.db"),
            (br"\\?\UNC\server\share\clinic.db", "file:%5c%5c%3f%5cUNC%5cserver%5cshare%5cclinic.db"),
            (b"what?.db", "file:what%3f.db"),
            (b"no#1.db", "file:no%231.db"),
            (b"100%41.db", "file:100%2541.db"),
            (b"a&b=c+d.db", "file:a%26b%3dc%2bd.db"),
            (b"file:x.db", "file:file%3ax.db"),
            ("Zürich 李.db".as_bytes(), "file:Z%c3%bcrich%20%e6%9d%8e.db"),
            (b"Z\xfcrich.db", "file:Z%fcrich.db"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
            #[cfg(target_os = "linux")]
            found(std::os::unix::ffi::OsStrExt::from_bytes(path));
        }
        assert_eq!(uri(b"//server/share/a.db"), "file:%2f%2fserver%2fshare%2fa.db");
    }

    #[cfg(target_os = "linux")]
    fn found(name: &std::ffi::OsStr) {
        let folder = tempfile::tempdir().unwrap();
        // As a path that could be taken for a host's: with two separators at its front.
        let path = Path::new("/").join(folder.path());
        let mut twice = std::ffi::OsString::from("/");
        twice.push(path.join(name));
        let made = open(Path::new(&twice), "test.db", Access::Create).unwrap();
        made.execute_batch("CREATE TABLE t (a)").unwrap();
        drop(made);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, [name]);
        let read = connect(&folder.path().join(name), "?immutable=1", OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(read.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    }

    /// 300 characters are too many for a plain path on Windows, 1,100 for the way SQLite usually opens files there; elsewhere
    /// these are too many for it, and it says so.
    #[test]
    fn a_path_that_is_too_long_is_read_or_refused_in_words() {
        for (length, fits) in [(300, true), (1100, cfg!(windows))] {
            let root = tempfile::tempdir().unwrap();
            let mut folder = whole(root.path()).unwrap();
            while folder.as_os_str().len() < length {
                folder.push("a folder in a folder");
            }
            disk::make_folder(&folder).unwrap();
            // As a person types it, too.
            for path in [folder.join("test.db"), std::path::PathBuf::from(crate::path::shown(&folder)).join("again.db")]
            {
                match open(&path, "test.db", Access::Create) {
                    Ok(made) => made.execute_batch("CREATE TABLE t (a)").unwrap(),
                    Err(refused) => assert!(!fits && refused.to_string().contains("not so deep"), "{refused}"),
                }
                assert_eq!(path.exists(), fits);
            }
        }
    }
}
