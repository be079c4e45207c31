//! The reader that fits an input, over its bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use snapshot::access::Access;
use snapshot::container::{Break, Counted, Packing};
use snapshot::delimited::{Delimited, Survey, survey};
use snapshot::mysqldump::Mysqldump;
use snapshot::postgres::Postgres;
use snapshot::postgres::archive::Contents;
use snapshot::recognise::{HEAD, Kind, Script};
use snapshot::spreadsheet::Spreadsheet;
use snapshot::sql_server::SqlServer;
use snapshot::sqlite_dump::SqliteDump;
use snapshot::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};
use snapshot::{Error, Reader, Result};

use super::ahead::Ahead;
use super::choice;
use super::input::Input;
pub use super::place::Stream;
use super::postgres_archive;
use super::secret::Secret;
use crate::store::sqlite_file::SqliteFile;

/// From so many bytes on, a file is read ahead while it is looked over.
const LARGE: u64 = 8 << 20;

/// The reader for an input; `count` goes up with the bytes taken from the disk (or out of the archive).
pub fn reader(input: &Input, count: &Arc<AtomicU64>) -> Result<Box<dyn Reader>> {
    let stem = stem(&input.name);
    match input.kind {
        Kind::Spreadsheet => Ok(Box::new(workbook(input, count)?)),
        Kind::Access => {
            let password = input.password.as_ref().map(Secret::text);
            Ok(Box::new(Access::open(on_disk(input, count)?, &input.name, password)?))
        }
        Kind::Sqlite => Ok(Box::new(SqliteFile::open(&input.place.path, input.place.scratch())?)),
        Kind::Delimited => {
            let about = about(input)?;
            Ok(Box::new(Delimited::new(open(input, Some(count))?, &stem, about)?))
        }
        Kind::Sql => Ok(Box::new(Mysqldump::new(script(input, Some(count))?))),
        Kind::Script(script) => {
            let stream = open(input, Some(count))?;
            Ok(match script {
                Script::SqlServer => Box::new(SqlServer::new(stream)),
                Script::Postgres => Box::new(Postgres::new(stream)),
                Script::Sqlite => Box::new(SqliteDump::new(stream)),
            })
        }
        Kind::PostgresContents => {
            let contents = contents(input)?;
            Ok(Box::new(postgres_archive::statements(&contents, true)))
        }
        Kind::PostgresPart => Err(Error::Unreadable(postgres_archive::ALONE.to_owned())),
        kind => Err(Error::Unreadable(format!("{} is not read yet", kind.label()))),
    }
}

/// How a delimited file is written.
pub fn about(input: &Input) -> Result<Survey> {
    let stream = open(input, None)?;
    let choice = choice::dialect(&input.choice);
    if input.bytes < LARGE { survey(stream, &choice) } else { survey(Ahead::of(stream), &choice) }
}

/// The table of contents of a PostgreSQL dump in several files.
pub fn contents(input: &Input) -> snapshot::Result<Contents> {
    Contents::read(open(input, None)?)
}

/// A workbook that lies on the disk.
pub(super) fn workbook(input: &Input, count: &Arc<AtomicU64>) -> Result<Spreadsheet> {
    let (file, choice) = (on_disk(input, count)?, choice::sheets(&input.choice));
    Spreadsheet::new(file, &stem(&input.name), &choice, input.password.as_ref().map(Secret::text))
}

/// A script as UTF-8, or as whatever its settings say where it is not UTF-16.
pub fn script(input: &Input, count: Option<&Arc<AtomicU64>>) -> Result<Stream> {
    let mut head = Vec::new();
    open(input, None)?.take(HEAD as u64).read_to_end(&mut head).map_err(at_start)?;
    let wide = byte_order_mark(&head).or_else(|| unmarked_wide(&head).map(|w| (w, 0)));
    let mut stream = open(input, count)?;
    match wide {
        Some((encoding, mark)) if !is_utf8(encoding) => {
            stream.read_exact(&mut vec![0; mark]).map_err(at_start)?;
            Ok(Box::new(Utf8Stream::new(stream, encoding)))
        }
        _ => Ok(stream),
    }
}

fn is_utf8(encoding: Wide) -> bool {
    encoding.name() == "UTF-8"
}

fn at_start(source: io::Error) -> Error {
    Error::Io { byte: 0, source }
}

/// What the table of a file without names of its own is called.
pub(super) fn stem(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let file = Packing::ALL
        .iter()
        .flat_map(|packing| packing.endings())
        .find_map(|ending| file.strip_suffix(ending))
        .unwrap_or(file);
    Path::new(file).file_stem().map_or_else(|| file.to_owned(), |s| s.to_string_lossy().into_owned())
}

/// The bytes of an input from front to back. The one that counts is the one that is loaded: how it ends is told.
pub fn open(input: &Input, count: Option<&Arc<AtomicU64>>) -> Result<Stream> {
    let ended = Arc::new(Break::default());
    if count.is_some() {
        *input.ended.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::clone(&ended);
    }
    input.place.open(count, &ended).map_err(at_start)
}

/// What is read at random lies on the disk as a file of its own: it was unpacked when it was found.
fn on_disk(input: &Input, count: &Arc<AtomicU64>) -> Result<Counted<File>> {
    debug_assert!(input.place.is_plain());
    Ok(Counted::new(File::open(&input.place.path).map_err(at_start)?, Arc::clone(count)))
}
