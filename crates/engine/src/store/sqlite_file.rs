//! A client's SQLite database, read table by table as it stands: never written to, its schema not trusted.
//!
//! Integers come out as integers, reals in the fewest digits that read back, text as its bytes (kept as bytes where they
//! are no UTF-8), all in the order of the row ids. Where pages are damaged, rows before and after them are kept.

mod schema;
mod value;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row};
use snapshot::{Batch, Error, Note, NoteKind, Position, Reader, Result, Step};
use tempfile::TempDir;

use super::quoted;
use crate::disk;
use schema::{Found, Table};

/// Batches under way between the thread that reads and whoever asks.
const AHEAD: usize = 2;

/// Reads a SQLite file. The rows of a statement borrow their connection, so a thread of its own holds both.
pub struct SqliteFile {
    events: Option<Receiver<Event>>,
    thread: Option<JoinHandle<()>>,
    encoding: String,
    size: u64,
    done: u64,
    /// The copy that is read, where a log stood beside the file.
    _copy: Option<TempDir>,
}

enum Event {
    Step(Step),
    Rows(Batch),
}

impl SqliteFile {
    /// Opens the file. Where a write-ahead log or a journal stands beside it, both are copied to `scratch` and read
    /// there: what a program had written last is only in the log.
    pub fn open(path: &Path, scratch: &Path) -> Result<Self> {
        let at_start = |source| Error::Io { byte: 0, source };
        let size = fs::metadata(path).map_err(at_start)?.len();
        let logs: Vec<PathBuf> = ["-wal", "-journal"].iter().filter_map(|end| beside(path, end)).collect();
        let (connection, copy) = if logs.is_empty() {
            // Nobody else writes, we promise: so SQLite makes no files beside it.
            (connect(path, "?immutable=1", OpenFlags::SQLITE_OPEN_READ_ONLY)?, None)
        } else {
            disk::make_folder(scratch).map_err(at_start)?;
            let copy = TempDir::with_prefix_in("unpacked-", scratch).map_err(at_start)?;
            for file in logs.iter().map(PathBuf::as_path).chain([path]) {
                fs::copy(file, copy.path().join(file.file_name().unwrap_or_default())).map_err(at_start)?;
            }
            let at = copy.path().join(path.file_name().unwrap_or_default());
            (connect(&at, "", OpenFlags::SQLITE_OPEN_READ_WRITE)?, Some(copy))
        };
        let encoding: String = connection.query_row("PRAGMA encoding", [], |r| r.get(0)).map_err(|e| unreadable(&e))?;
        let found = schema::read(&connection).map_err(|e| unreadable(&e))?;
        let warning = (!logs.is_empty()).then(|| {
            "a log of changes stands beside it that were not yet in the file: both were read together, from a copy"
                .into()
        });
        let (send, events) = sync_channel(AHEAD);
        let work = move || Reading { send, next: 0 }.all(&connection, found, warning).unwrap_or_default();
        let thread = std::thread::Builder::new().name("read SQLite".into()).spawn(work).map_err(at_start)?;
        Ok(Self { events: Some(events), thread: Some(thread), encoding, size, done: 0, _copy: copy })
    }
}

impl Reader for SqliteFile {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        match self.events.as_ref().and_then(|events| events.recv().ok()) {
            Some(Event::Step(step)) => Ok(step),
            Some(Event::Rows(rows)) => {
                *batch = rows;
                self.done = (self.done + batch.byte_size() as u64).min(self.size);
                Ok(Step::Rows)
            }
            None => {
                // The thread ends when all is read; where it panicked, that is not the end of the file.
                self.events = None;
                if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
                    return Err(Error::Unreadable(
                        "a mistake of ours ended its reading: please report the place".into(),
                    ));
                }
                self.done = self.size;
                Ok(Step::End)
            }
        }
    }

    fn position(&self) -> u64 {
        self.done
    }

    fn encoding(&self) -> String {
        self.encoding.clone()
    }
}

impl Drop for SqliteFile {
    fn drop(&mut self) {
        // The thread ends when nobody listens; only then can the copy be removed.
        self.events = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A file beside another, if it is there and not empty.
fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    let mut name = OsString::from(path);
    name.push(ending);
    let log = PathBuf::from(name);
    fs::metadata(&log).is_ok_and(|about| about.is_file() && about.len() > 0).then_some(log)
}

fn connect(at: &Path, parameters: &str, access: OpenFlags) -> Result<Connection> {
    let said = |e: rusqlite::Error| unreadable(&e);
    let connection = super::connect(at, parameters, access).map_err(said)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(said)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(said)?;
    connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0").map_err(said)?;
    Ok(connection)
}

/// SQLite's words name tables and columns, never what stands in them.
fn unreadable(error: &rusqlite::Error) -> Error {
    let what = match error {
        rusqlite::Error::SqliteFailure(failure, _) => failure.to_string(),
        _ => "its schema cannot be understood".to_owned(),
    };
    Error::Unreadable(format!(
        "the SQLite database cannot be opened: {what}. It may be cut off or damaged: ask for it again, or for a dump of \
         it (sqlite3 FILE .dump)"
    ))
}

/// Nobody listens any more.
struct Gone;

struct Reading {
    send: SyncSender<Event>,
    next: usize,
}

impl Reading {
    fn all(mut self, connection: &Connection, found: Found, warning: Option<String>) -> Option<()> {
        if let Some(text) = warning {
            self.note(None, NoteKind::Warning { text })?;
        }
        for (kind, name, text) in found.objects {
            self.note(None, NoteKind::Object { kind, name, text })?;
        }
        for table in found.tables {
            self.table(connection, &table)?;
        }
        Some(())
    }

    fn table(&mut self, connection: &Connection, table: &Table) -> Option<()> {
        let index = self.next;
        self.next += 1;
        self.tell(Event::Step(Step::Table(table.def.clone())))?;
        let reason = "it did not come from a MySQL or MariaDB server".to_owned();
        self.note(Some(index), NoteKind::NotComparable { reason })?;
        let columns: Vec<String> = table.def.columns.iter().map(|c| quoted(&c.name)).collect();
        // Without an index, rows come in the order of their ids, or of the key where there are none.
        let from = format!("FROM {} NOT INDEXED", quoted(&table.def.name));
        let scan = Scan { index, width: columns.len(), connection };
        let id = table.row_id.map_or("NULL", |id| id);
        let select = format!("SELECT {}, {id} {from}", columns.join(", "));
        let ended = match self.rows(&scan, &select, None) {
            Err(Gone) => return None,
            Ok(ended) => ended,
        };
        let Err((why, last)) = ended else { return Some(()) };
        let mut text = format!("its rows cannot all be read: {why}");
        // Behind the damage there may be more: it is read from the end.
        if let (Some(id), Some(last)) = (table.row_id, last) {
            let back = format!("{select} WHERE {id} > ?1 ORDER BY {id} DESC");
            match self.rows(&scan, &back, Some(last)) {
                Err(Gone) => return None,
                Ok(Ok(())) => {}
                Ok(Err((_, first))) => {
                    let to = first.map_or_else(|| "the end".to_owned(), |first| format!("row id {first}"));
                    let _ = write!(text, "; missing is what stood between row id {last} and {to}");
                }
            }
        }
        text.push_str(". Ask for the file again, or have it mended (sqlite3 FILE .recover)");
        self.note(Some(index), NoteKind::Reject { raw: Vec::new(), reason: text.clone() })?;
        self.note(Some(index), NoteKind::Warning { text })
    }

    /// Gives the rows of a statement, whose last column is the row id. Where it fails: why, and the last id.
    #[allow(clippy::type_complexity, reason = "two ways to end, told apart where it is called")]
    fn rows(
        &self,
        scan: &Scan,
        select: &str,
        after: Option<i64>,
    ) -> std::result::Result<std::result::Result<(), (String, Option<i64>)>, Gone> {
        let mut last = None;
        let failed = |e: rusqlite::Error, last| Ok(Err((words(&e), last)));
        let mut statement = match scan.connection.prepare(select) {
            Ok(statement) => statement,
            Err(e) => return failed(e, last),
        };
        let asked = match after {
            Some(id) => statement.query([id]),
            None => statement.query([]),
        };
        let mut rows = match asked {
            Ok(rows) => rows,
            Err(e) => return failed(e, last),
        };
        let mut batch = scan.batch();
        let ended = loop {
            match rows.next() {
                Ok(Some(row)) => {
                    last = row.get(scan.width).ok();
                    if let Err(e) = push(row, scan.width, &mut batch) {
                        break Err((words(&e), last));
                    }
                }
                Ok(None) => break Ok(()),
                Err(e) => break Err((words(&e), last)),
            }
            if batch.is_full() {
                let full = std::mem::replace(&mut batch, scan.batch());
                self.tell(Event::Rows(full)).ok_or(Gone)?;
            }
        };
        if !batch.is_empty() {
            self.tell(Event::Rows(batch)).ok_or(Gone)?;
        }
        Ok(ended)
    }

    fn note(&self, table: Option<usize>, kind: NoteKind) -> Option<()> {
        self.tell(Event::Step(Step::Note(Note { table, at: Position::default(), kind })))
    }

    fn tell(&self, event: Event) -> Option<()> {
        self.send.send(event).ok()
    }
}

struct Scan<'a> {
    index: usize,
    width: usize,
    connection: &'a Connection,
}

impl Scan<'_> {
    fn batch(&self) -> Batch {
        let mut batch = Batch::default();
        batch.start(self.index, self.width);
        batch
    }
}

fn push(row: &Row, width: usize, batch: &mut Batch) -> rusqlite::Result<()> {
    for column in 0..width {
        value::push(row.get_ref(column)?, batch);
    }
    Ok(())
}

/// What SQLite answered; its own text may name a column, never a value.
fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => failure.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
