//! The one way a staging store changes after its load: rejected records that a person corrected become rows, or such
//! rows become rejects again. One transaction, forced to the disk; whoever reads meanwhile sees all of it or nothing.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use snapshot::retry::Form;
use snapshot::{Batch, ColumnDef, Presence, TableDef};

use super::file::{NAME, said};
use super::profile::store_profile;
use super::rows::{RowSink, SinkError, StatementRows};
use crate::error::{Error, Result};
use crate::profile::tally::{BUDGET, Share, TableTally};
use crate::source::KeyFacts;
use crate::store::{Access, open, quoted};

pub struct Correction {
    connection: Connection,
    tables: HashMap<u64, Table>,
    touched: BTreeSet<u64>,
    number: u64,
}

/// A table that rejects belong to, as it was declared.
pub struct Table {
    pub def: TableDef,
    physical: String,
    columns: Vec<String>,
    keys: Vec<KeyFacts>,
}

/// A reject to be read again.
pub struct Rejected {
    pub id: u64,
    pub table: Option<u64>,
    /// Of its file, as the ledger has it.
    pub kind: String,
    pub form: Option<Form>,
    pub raw: Vec<u8>,
    pub corrected: bool,
}

impl Correction {
    /// Begins; waits for whoever else corrects this store.
    pub fn begin(path: &Path) -> Result<Self> {
        let connection = open(path, NAME, Access::Change)?;
        connection
            .execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;")
            .map_err(said)?;
        let sql = "SELECT value FROM cw_meta WHERE key = 'edition'";
        let edition: Option<u64> = connection.query_row(sql, [], |r| r.get("value")).optional().map_err(said)?;
        let number = edition.unwrap_or(0) + 1;
        Ok(Self { connection, tables: HashMap::new(), touched: BTreeSet::new(), number })
    }

    /// A reject by its number.
    pub fn reject(&self, id: u64) -> Result<Option<Rejected>> {
        self.connection
            .prepare_cached(
                "SELECT r.id, r.tab, f.kind, m.text AS form, r.raw, r.row IS NOT NULL AS corrected
                 FROM cw_reject r JOIN cw_file f ON f.id = r.file LEFT JOIN cw_form m ON m.id = r.form WHERE r.id = ?",
            )
            .and_then(|mut s| {
                s.query_row([id], |r| {
                    Ok(Rejected {
                        id: r.get("id")?,
                        table: r.get("tab")?,
                        kind: r.get("kind")?,
                        form: r.get::<_, Option<String>>("form")?.as_deref().and_then(Form::read),
                        raw: r.get::<_, Option<Vec<u8>>>("raw")?.unwrap_or_default(),
                        corrected: r.get("corrected")?,
                    })
                })
                .optional()
            })
            .map_err(said)
    }

    /// The definition of a table.
    pub fn table(&mut self, id: u64) -> Result<&Table> {
        if !self.tables.contains_key(&id) {
            let table = read_table(&self.connection, id).map_err(said)?;
            self.tables.insert(id, table);
        }
        Ok(&self.tables[&id])
    }

    /// The one row of the batch goes after the table's others; the reject keeps its bytes and says where its row is.
    pub fn place(&mut self, reject: u64, table: u64, batch: &Batch, who: &str, at: &str) -> Result<()> {
        let staged = &self.tables[&table];
        let mut sink = StatementRows::new(&self.connection, |_| staged.physical.as_str());
        let row = sink.add(table as usize, batch, staged.columns.len()).map_err(|error| match error {
            SinkError::Database(source) => said(source),
            SinkError::Io(_) | SinkError::TooLong => Error::refused("the row is longer than SQLite takes"),
            SinkError::Surplus => Error::refused("a mistake of ours: a row has more values than its table has columns"),
        })?;
        self.put(
            "UPDATE cw_reject SET row = ?, retried_at = ?, who = ?, retry = ?, tried_again = NULL WHERE id = ?",
            params![row, at, who, self.number, reject],
        )?;
        self.put("UPDATE cw_table SET corrected = corrected + 1, rejected = rejected - 1 WHERE id = ?", [table])?;
        self.touched.insert(table);
        Ok(())
    }

    /// It is still no row, and why.
    pub fn keep(&mut self, reject: u64, reason: &str) -> Result<()> {
        self.put("UPDATE cw_reject SET tried_again = ? WHERE id = ?", params![reason, reject])
    }

    /// The rows of one retry go, the last ones of their tables, and their rejects are rejects again. Answers how many.
    pub fn take_back(&mut self, retry: u64) -> Result<u64> {
        let mut found: Vec<(u64, u64, i64)> = Vec::new();
        {
            let sql = "SELECT id, tab, row FROM cw_reject WHERE retry = ? AND row IS NOT NULL";
            let mut statement = self.connection.prepare(sql).map_err(said)?;
            let read = |r: &Row<'_>| Ok((r.get("id")?, r.get("tab")?, r.get("row")?));
            let rows = statement.query_map([retry], read).map_err(said)?;
            for row in rows {
                found.push(row.map_err(said)?);
            }
        }
        for (reject, table, row) in &found {
            let physical = self.table(*table)?.physical.clone();
            self.put(&format!("DELETE FROM {} WHERE _rowid_ = ?", quoted(&physical)), [row])?;
            let clear = "UPDATE cw_reject SET row = NULL, retried_at = NULL, who = NULL, retry = NULL WHERE id = ?";
            self.put(clear, [reject])?;
            self.put("UPDATE cw_table SET corrected = corrected - 1, rejected = rejected + 1 WHERE id = ?", [table])?;
            self.touched.insert(*table);
        }
        Ok(found.len() as u64)
    }

    /// All tables are to be profiled, for the load did not.
    pub fn profile_all(&mut self) -> Result<()> {
        let mut statement = self.connection.prepare("SELECT id FROM cw_table").map_err(said)?;
        let ids = statement.query_map([], |r| r.get(0)).and_then(Iterator::collect).map_err(said)?;
        self.touched = ids;
        drop(statement);
        self.put("UPDATE cw_meta SET value = 'yes' WHERE key = 'profiled'", [])
    }

    /// Profiles the tables whose rows changed, with `scratch` for what memory does not take. Between the rows `step` is
    /// asked whether to go on: with the table's name, the rows so far, and about how many there are.
    pub fn profile(&mut self, scratch: &mut File, mut step: impl FnMut(&str, u64, u64) -> bool) -> Result<()> {
        let mut done = 0;
        let mut total = 0;
        for id in &self.touched {
            let rows = self.connection.query_row("SELECT rows FROM cw_table WHERE id = ?", [id], |r| r.get("rows"));
            total += rows.unwrap_or(0);
        }
        for id in self.touched.clone() {
            let table = self.table(id)?;
            let name = table.def.name.clone();
            let keyed = keyed(table);
            let (physical, columns) = (table.physical.clone(), table.columns.clone());
            let broke = |source| Error::File {
                what: "the profile could not be written",
                path: "profile.scratch".into(),
                source,
            };
            let mut tally = TableTally::default();
            self.walk(&physical, &columns, |batch| {
                if !step(&name, done, total.max(done)) {
                    return Err(Error::Cancelled);
                }
                done += batch.rows() as u64;
                tally
                    .take(batch, Share::ALL)
                    .map_err(|_| Error::refused("the table has more rows than a staging store takes"))?;
                while tally.held() > BUDGET {
                    tally.spill(BUDGET / 2, scratch).map_err(broke)?;
                }
                Ok(())
            })?;
            let (rows, bytes) = (tally.rows, tally.bytes);
            let profiles = tally.conclude(columns.len(), |i| keyed[i], scratch).map_err(broke)?;
            self.put("DELETE FROM cw_top WHERE tab = ?", [id])?;
            store_profile(&self.connection, id, (&physical, &columns), rows, bytes, &profiles)?;
        }
        Ok(())
    }

    fn walk(&self, physical: &str, columns: &[String], mut each: impl FnMut(&Batch) -> Result<()>) -> Result<()> {
        let list: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
        let list = if list.is_empty() { "NULL".to_owned() } else { list.join(", ") };
        let select = format!("SELECT {list} FROM {} ORDER BY _rowid_", quoted(physical));
        let mut statement = self.connection.prepare(&select).map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        let mut batch = Batch::default();
        batch.start(0, columns.len());
        while let Some(row) = rows.next().map_err(said)? {
            for index in 0..columns.len() {
                match row.get_ref(index).map_err(said)? {
                    ValueRef::Null => batch.push_null(),
                    ValueRef::Integer(i) => batch.push_integer(i),
                    // Nothing staged is a float: values are bound as whole numbers, text or bytes.
                    ValueRef::Real(f) => batch.push_text(f.to_string().as_bytes()),
                    ValueRef::Text(t) => batch.push_text(t),
                    ValueRef::Blob(b) => batch.push_bytes(b),
                }
            }
            if batch.is_full() {
                each(&batch)?;
                batch.start(0, columns.len());
            }
        }
        if batch.is_empty() { Ok(()) } else { each(&batch) }
    }

    /// Ends the transaction: from now on the store is of another edition. Answers its rows.
    pub fn finish(self) -> Result<u64> {
        self.put("INSERT OR REPLACE INTO cw_meta VALUES ('edition', ?)", [self.number])?;
        let rows =
            self.connection.query_row("SELECT sum(rows) AS rows FROM cw_table", [], |r| r.get("rows")).map_err(said)?;
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("COMMIT").map_err(said)?;
        Ok(rows)
    }

    fn put(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.connection.prepare_cached(sql).and_then(|mut s| s.execute(values)).map_err(said)?;
        Ok(())
    }
}

/// Which columns are declared unique by themselves.
fn keyed(table: &Table) -> Vec<bool> {
    let alone = |name: &str| {
        table.keys.iter().any(|key| {
            matches!(key.kind.as_str(), "primary" | "unique")
                && matches!(key.columns.as_slice(), [one] if one.eq_ignore_ascii_case(name))
        })
    };
    table.def.columns.iter().map(|column| alone(&column.name)).collect()
}

fn read_table(connection: &Connection, id: u64) -> rusqlite::Result<Table> {
    let (database, name, physical, keys): (Option<String>, String, String, String) =
        connection.query_row("SELECT database, name, physical, keys FROM cw_table WHERE id = ?", [id], |r| {
            Ok((r.get("database")?, r.get("name")?, r.get("physical")?, r.get("keys")?))
        })?;
    let mut statement = connection.prepare_cached(
        "SELECT name, physical, declared_type, nullable, default_value, generated, auto_increment, presence
         FROM cw_column WHERE tab = ? ORDER BY ordinal",
    )?;
    let rows = statement.query_map([id], |r| {
        let def = ColumnDef {
            name: r.get("name")?,
            declared_type: r.get("declared_type")?,
            nullable: r.get("nullable")?,
            default: r.get("default_value")?,
            generated: r.get("generated")?,
            auto_increment: r.get("auto_increment")?,
            presence: presence(&r.get::<_, String>("presence")?),
            ..ColumnDef::default()
        };
        Ok((def, r.get::<_, String>("physical")?))
    })?;
    let (defs, columns): (Vec<ColumnDef>, Vec<String>) =
        rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip();
    let def = TableDef { database, name, columns: defs, ..TableDef::default() };
    Ok(Table { def, physical, columns, keys: serde_json::from_str(&keys).unwrap_or_default() })
}

fn presence(words: &str) -> Presence {
    Presence::ALL.into_iter().find(|p| p.words() == words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Staging;
    use crate::store::staging::Writer;

    /// What the disk holds when the power fails in the middle: some pages of the correction, and the journal.
    #[test]
    fn a_correction_that_the_power_failed_under_never_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staging.db");
        let mut writer = Writer::create(&path).unwrap();
        let def = TableDef { name: "visit".into(), columns: vec![ColumnDef::default()], ..TableDef::default() };
        writer.add_table(0, &def, "visit").unwrap();
        writer.finish().unwrap();
        let correction = Correction::begin(&path).unwrap();
        // More than the cache takes, so that pages reach the file before the end.
        correction.connection.execute_batch("PRAGMA cache_size = 2").unwrap();
        for _ in 0..200 {
            correction.put("INSERT INTO visit VALUES (zeroblob(20000))", []).unwrap();
        }
        let fallen = folder.path().join("fallen.db");
        std::fs::copy(&path, &fallen).unwrap();
        std::fs::copy(folder.path().join("staging.db-journal"), folder.path().join("fallen.db-journal")).unwrap();
        let staging = Staging::open(&fallen).unwrap();
        let (_, rows, _) = staging.query("SELECT count(*) FROM visit", 9, |_| true).unwrap();
        assert_eq!(rows, [[crate::source::Cell::Integer(0)]]);
        assert!(!folder.path().join("fallen.db-journal").exists());
    }
}
