//! Writes a snapshot into a new staging store, without a journal, because a load that does not end leaves nothing that
//! counts.
//!
//! Rows go straight into pages ([`super::pages`]). What is said of them goes into a catalog of its own meanwhile, and
//! into the store when the last row is there.

mod oversize;
mod shown;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use rusqlite::{Connection, params};
use snapshot::{Batch, KeyKind, Position, TableDef};

use super::collide::may_collide;
use super::file::{NAME, said};
use super::names::Names;
use super::pages::{LONGEST, Mark, PAGE, Pages};
use super::profile::store_profile;
use super::rows::{PageRows, RowSink, SinkError};
use super::{SCHEMA, VERSION};
use crate::error::{Error, Result};
use crate::profile::tally::ColumnProfile;
use crate::source::KeyFacts;
use crate::store::{Access, full, open, quoted, uri};
use shown::Shown;

const UNDER_WAY: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
     PRAGMA cache_size = -8192;";

pub struct Writer {
    path: PathBuf,
    /// To the catalog as long as rows come, then to the store.
    connection: Connection,
    /// While rows come.
    rows: Option<PageRows>,
    tables: Vec<Staged>,
    names: Names,
    shown: Shown,
    /// Bytes of what is written beside the rows.
    beside: u64,
    last_form: Option<(String, i64)>,
    /// Bytes of the longest row that is taken.
    longest: usize,
    /// When the last row is there.
    written: Vec<Written>,
}

/// A source table while it is written.
struct Staged {
    physical: String,
    columns: Vec<String>,
    column_names: Names,
    gone: bool,
}

/// What was written of a table, to be held against what SQLite reads.
#[derive(Debug)]
pub struct Written {
    pub physical: String,
    pub rows: i64,
    /// Of the last row.
    pub last: Mark,
}

/// What a facet takes besides its texts.
const FACET: u64 = 24;

/// What the ledger says of a file when it has been read.
pub struct FileEntry<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub encoding: &'a str,
    pub bytes: u64,
    pub dialect: Option<&'a str>,
    pub seconds: f64,
}

fn not_written(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => full(NAME),
        io::ErrorKind::FileTooLarge => Error::refused(
            "the rows take more than this disk keeps in one file (4 GB on FAT32, as sticks often have it): move the \
             project to another disk, and load again. Nothing was loaded",
        ),
        _ => Error::File { what: "the staging store could not be written", path: path.clone(), source },
    }
}

/// What no input may bring about.
fn ours(what: &str) -> Error {
    Error::refused(format!("a mistake of ours ended the load: {what}. Nothing was loaded; please report it"))
}

/// Where the catalog is while rows come.
fn catalog_of(store: &Path) -> PathBuf {
    store.with_extension("catalog")
}

/// Puts the catalog into the store, and its tables' definitions beside the pages where their trees start.
fn join(store: &Connection, catalog: &Path, roots: &[(String, u32)]) -> rusqlite::Result<()> {
    store.execute_batch(UNDER_WAY)?;
    store.execute("ATTACH ? AS catalog", [uri(catalog.as_os_str().as_encoded_bytes())])?;
    store.execute_batch(&format!("BEGIN; {SCHEMA}"))?;
    let mut ours = store.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")?;
    for name in ours.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()? {
        let name = quoted(&name);
        store.execute(&format!("INSERT INTO main.{name} SELECT * FROM catalog.{name}"), [])?;
    }
    store.execute_batch("PRAGMA writable_schema = ON")?;
    let mut defined = store.prepare("SELECT name, sql FROM catalog.sqlite_schema WHERE type = 'table'")?;
    let defined: HashMap<String, String> =
        defined.query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?.collect::<rusqlite::Result<_>>()?;
    let mut define = store.prepare("INSERT INTO main.sqlite_schema VALUES ('table', ?1, ?1, ?2, ?3)")?;
    for (name, root) in roots {
        define.execute(params![name, root, defined.get(name)])?;
    }
    store.execute_batch("PRAGMA writable_schema = RESET; COMMIT; DETACH catalog")
}

impl Writer {
    /// A new store at `path`, where nothing must be yet.
    pub fn create(path: &Path) -> Result<Self> {
        let store = open(path, NAME, Access::Create)?;
        store.execute_batch(&format!("PRAGMA page_size = {PAGE}; {UNDER_WAY}")).map_err(said)?;
        store.execute_batch(&format!("PRAGMA user_version = {VERSION}")).map_err(said)?;
        store.close().map_err(|(_, e)| said(e))?;
        let rows = PageRows::new(Pages::after(path).map_err(not_written(path))?);
        let connection = open(&catalog_of(path), NAME, Access::Create)?;
        connection.execute_batch(&format!("{UNDER_WAY} BEGIN; {SCHEMA}")).map_err(said)?;
        Ok(Self {
            path: path.to_path_buf(),
            connection,
            rows: Some(rows),
            tables: Vec::new(),
            names: Names::default(),
            shown: Shown::default(),
            beside: 0,
            last_form: None,
            longest: LONGEST,
            written: Vec::new(),
        })
    }

    /// As [`Writer::create`], for rows of so many bytes at most: tests have no thousand million.
    #[cfg(test)]
    pub fn create_for(path: &Path, longest: usize) -> Result<Self> {
        Ok(Self { longest, ..Self::create(path)? })
    }

    /// Bytes of the longest row that is taken.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The last row is there: from now on they can be read.
    pub fn rows_end(&mut self) -> Result<()> {
        let Some(mut sink) = self.rows.take() else { return Ok(()) };
        let mut roots = Vec::new();
        for (id, table) in self.tables.iter().enumerate().filter(|(_, table)| !table.gone) {
            let (rows, last) = sink.written(id);
            self.written.push(Written { physical: table.physical.clone(), rows, last });
            roots.push((table.physical.clone(), sink.root(id).map_err(not_written(&self.path))?));
        }
        sink.finish().map_err(not_written(&self.path))?;
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("COMMIT").map_err(said)?;
        let store = open(&self.path, NAME, Access::Change)?;
        let catalog = std::mem::replace(&mut self.connection, store);
        catalog.close().map_err(|(_, e)| said(e))?;
        let catalog = catalog_of(&self.path);
        join(&self.connection, &catalog, &roots).map_err(said)?;
        fs::remove_file(&catalog).map_err(not_written(&catalog))?;
        self.connection.execute_batch("BEGIN").map_err(said)
    }

    fn put(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.connection.prepare_cached(sql).and_then(|mut s| s.execute(values)).map_err(said)?;
        Ok(())
    }

    /// Adds a source table of file `file`, called `name` in the ledger; answers its id, from 0.
    pub fn add_table(&mut self, file: usize, def: &TableDef, name: &str) -> Result<usize> {
        let id = self.tables.len();
        let mut column_names = Names::default();
        let columns: Vec<String> = def.columns.iter().map(|c| column_names.give(&c.name)).collect();
        let physical = self.names.give(name);
        let list: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
        let body = if list.is_empty() { "cw_none".to_owned() } else { list.join(", ") };
        let create = format!("CREATE TABLE {} ({body})", quoted(&physical));
        self.connection.execute_batch(&create).map_err(said)?;
        self.put(
            "INSERT INTO cw_table VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 1, NULL, 0, NULL)",
            params![id, file, def.database, name, physical, def.comment, keys_json(def)],
        )?;
        self.tables.push(Staged { physical, columns, column_names, gone: false });
        self.describe(id, def, 0)?;
        Ok(id)
    }

    fn describe(&self, id: usize, def: &TableDef, from: usize) -> Result<()> {
        for (ordinal, column) in def.columns.iter().enumerate().skip(from) {
            let physical = &self.tables[id].columns[ordinal];
            self.put(
                "INSERT INTO cw_column (tab, ordinal, name, physical, declared_type, nullable, default_value, generated,
                    presence, auto_increment, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id,
                    ordinal,
                    column.name,
                    physical,
                    column.declared_type,
                    column.nullable,
                    column.default,
                    column.generated,
                    column.presence.words(),
                    column.auto_increment,
                    column.comment
                ],
            )?;
        }
        Ok(())
    }

    /// A later statement changed the definition; columns only ever grow.
    pub fn change_table(&mut self, id: usize, def: &TableDef) -> Result<()> {
        let table = &mut self.tables[id];
        let from = table.columns.len();
        for column in &def.columns[from.min(def.columns.len())..] {
            let physical = table.column_names.give(&column.name);
            let alter = format!("ALTER TABLE {} ADD COLUMN {}", quoted(&table.physical), quoted(&physical));
            self.connection.execute_batch(&alter).map_err(said)?;
            table.columns.push(physical);
        }
        self.describe(id, def, from)?;
        for (ordinal, column) in def.columns.iter().enumerate().take(from) {
            self.put(
                "UPDATE cw_column SET declared_type = ?, nullable = ?, default_value = ?, generated = ?,
                    presence = ?, auto_increment = ?, comment = ? WHERE tab = ? AND ordinal = ?",
                params![
                    column.declared_type,
                    column.nullable,
                    column.default,
                    column.generated,
                    column.presence.words(),
                    column.auto_increment,
                    column.comment,
                    id,
                    ordinal
                ],
            )?;
        }
        self.put("UPDATE cw_table SET keys = ?, comment = ? WHERE id = ?", params![keys_json(def), def.comment, id])
    }

    /// A table without rows is taken back.
    pub fn drop_table(&mut self, id: usize) -> Result<()> {
        self.tables[id].gone = true;
        let drop = format!("DROP TABLE {}", quoted(&self.tables[id].physical));
        self.connection.execute_batch(&drop).map_err(said)?;
        self.put("DELETE FROM cw_table WHERE id = ?", [id])?;
        self.put("DELETE FROM cw_column WHERE tab = ?", [id])
    }

    /// Writes the rows of a batch; `id` is the table's.
    pub fn insert(&mut self, id: usize, batch: &Batch) -> Result<()> {
        let sink = self.rows.as_mut().ok_or_else(|| Error::refused("rows came after the last one"))?;
        let last = sink.add(id, batch, self.tables[id].columns.len()).map_err(|error| match error {
            SinkError::Io(source) => not_written(&self.path)(source),
            SinkError::Database(source) => said(source),
            SinkError::TooLong => ours("a row was too long"),
            SinkError::Surplus => ours("a row had more values than its table has columns"),
        })?;
        let first = last + 1 - batch.rows() as i64;
        self.shown.count(id, batch);
        for facet in batch.facets() {
            self.beside += (facet.stored.len() + facet.shown.len()) as u64 + FACET;
            self.put(
                "INSERT INTO cw_facet VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    id,
                    first + i64::from(facet.row),
                    facet.column.map_or(-1, i64::from),
                    facet.kind.word(),
                    facet.stored,
                    facet.shown
                ],
            )?;
        }
        Ok(())
    }

    /// What is written so far, roughly.
    pub fn bytes(&self) -> u64 {
        self.rows.as_ref().map_or(0, PageRows::bytes) + self.beside
    }

    /// `form`: how the record can be read again by itself ([`snapshot::retry::Form::write`]).
    pub fn reject(
        &mut self,
        file: usize,
        table: Option<usize>,
        at: Position,
        reason: &str,
        raw: &[u8],
        form: Option<&str>,
    ) -> Result<()> {
        let form = form.map(|form| self.form(form)).transpose()?;
        let fits = raw.len() <= self.longest;
        self.put(
            "INSERT INTO cw_reject (file, tab, record, line, byte, reason, raw, form) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![file, table, at.record, at.line, at.byte, reason, if fits { raw } else { b"" }, form],
        )?;
        if !fits {
            self.keep_beside(reason, raw)?;
        }
        match table {
            Some(table) => self.put("UPDATE cw_table SET rejected = rejected + 1 WHERE id = ?", [table]),
            None => Ok(()),
        }
    }

    /// Thousands of rejects share one form.
    fn form(&mut self, text: &str) -> Result<i64> {
        if let Some((last, id)) = &self.last_form
            && last == text
        {
            return Ok(*id);
        }
        self.put("INSERT INTO cw_form (text) VALUES (?)", [text])?;
        let id = self.connection.last_insert_rowid();
        self.last_form = Some((text.to_owned(), id));
        Ok(id)
    }

    /// `kind`: `statement`, `ignored` or `warning`.
    pub fn note(&mut self, file: Option<usize>, kind: &str, text: &str, count: u64) -> Result<()> {
        self.put("INSERT INTO cw_note (file, kind, text, count) VALUES (?, ?, ?, ?)", params![file, kind, text, count])
    }

    /// What one file gave to one table.
    pub fn part(&mut self, file: usize, table: usize, loaded: u64, rejected: u64, bytes: u64) -> Result<()> {
        self.put("INSERT INTO cw_part VALUES (?, ?, ?, ?, ?)", params![file, table, loaded, rejected, bytes])
    }

    /// Bytes of a file that are no rows.
    pub fn share(&mut self, file: usize, class: &str, count: u64, bytes: u64) -> Result<()> {
        self.put("INSERT INTO cw_share VALUES (?, ?, ?, ?)", params![file, class, count, bytes])
    }

    pub fn step(&mut self, step: &str, seconds: f64) -> Result<()> {
        self.put("INSERT INTO cw_step (step, seconds) VALUES (?, ?)", params![step, seconds])
    }

    /// A view, saved query or linked table, as text.
    pub fn object(&mut self, file: usize, kind: &str, name: &str, text: &str) -> Result<()> {
        self.put("INSERT INTO cw_object (file, kind, name, text) VALUES (?, ?, ?, ?)", params![file, kind, name, text])
    }

    pub fn not_comparable(&mut self, table: usize, reason: &str) -> Result<()> {
        self.put(
            "UPDATE cw_table SET comparable = 0, reason = coalesce(reason, ?) WHERE id = ?",
            params![reason, table],
        )
    }

    /// Whether rows of the table collide on one of its keys, or nobody can tell.
    pub fn may_collide(&self, table: usize) -> Result<bool> {
        may_collide(&self.connection, table)
    }

    pub fn file(&mut self, id: usize, file: &FileEntry<'_>) -> Result<()> {
        self.put(
            "INSERT OR REPLACE INTO cw_file VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![id, file.name, file.kind, file.encoding, file.bytes, file.dialect, file.seconds],
        )
    }

    pub fn meta(&mut self, key: &str, value: &str) -> Result<()> {
        self.put("INSERT OR REPLACE INTO cw_meta VALUES (?, ?)", params![key, value])
    }

    pub fn columns(&self, table: usize) -> usize {
        self.tables[table].columns.len()
    }

    pub fn is_gone(&self, table: usize) -> bool {
        self.tables[table].gone
    }

    /// Stores a table's profile; the frequent values are looked up by the row they first stand in.
    pub fn profile(&mut self, table: usize, rows: u64, bytes: u64, columns: &[ColumnProfile]) -> Result<()> {
        let staged = &self.tables[table];
        store_profile(&self.connection, table as u64, (&staged.physical, &staged.columns), rows, bytes, columns)
    }

    /// Ends the transaction. The file is complete, but not yet on the disk for sure; what it is to hold is answered, for
    /// [`Staging::holds`](super::Staging::holds).
    pub fn finish(mut self) -> Result<Vec<Written>> {
        self.rows_end()?;
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("COMMIT").map_err(said)?;
        self.connection.close().map_err(|(_, e)| said(e))?;
        Ok(self.written)
    }
}

fn keys_json(def: &TableDef) -> String {
    let keys: Vec<KeyFacts> = def
        .keys
        .iter()
        .map(|key| KeyFacts {
            kind: match key.kind {
                KeyKind::Primary => "primary",
                KeyKind::Unique => "unique",
                KeyKind::Index => "index",
                KeyKind::Foreign => "foreign",
            }
            .to_owned(),
            name: key.name.clone(),
            columns: key.columns.clone(),
            references_table: key.references.as_ref().map(|(table, _)| table.clone()),
            references_columns: key.references.as_ref().map(|(_, columns)| columns.clone()).unwrap_or_default(),
        })
        .collect();
    serde_json::to_string(&keys).expect("plain text")
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
