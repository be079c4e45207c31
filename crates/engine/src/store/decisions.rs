//! `decisions.db`: what was decided, every edit of it with its inverse, and the snapshots that are whole. Small and
//! precious: write-ahead log with full sync, every edit one transaction.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Access, answered, open};
use crate::error::{Error, Result};
use crate::facts::{LogLine, SnapshotFacts};
use crate::mapping::{Edit, Record, RecordKind};

const NAME: &str = "decisions.db";
const VERSION: i32 = 1;

const SCHEMA: &str = "
CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE edit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, forward TEXT NOT NULL, backward TEXT NOT NULL,
    -- applied, undone, or left behind by a later edit
    state TEXT NOT NULL);
CREATE INDEX edit_state ON edit (state, seq);
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, label TEXT NOT NULL,
    edit INTEGER);
CREATE TABLE snapshot (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, label TEXT, loaded_at TEXT, files INTEGER,
    tables INTEGER, rows INTEGER, bytes INTEGER, rejects INTEGER, seconds REAL);
";

fn said(source: rusqlite::Error) -> Error {
    answered(NAME)(source)
}

pub struct Decisions {
    connection: Connection,
}

/// Who did something, and when.
#[derive(Debug, Clone)]
pub struct By {
    pub who: String,
    /// RFC 3339, UTC.
    pub at: String,
}

impl Decisions {
    pub fn create(path: &Path) -> Result<Self> {
        let connection = open(path, NAME, Access::Create)?;
        durable(&connection)?;
        connection.execute_batch(&format!("BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")).map_err(said)?;
        Ok(Self { connection })
    }

    pub fn open(path: &Path) -> Result<Self> {
        let connection = open(path, NAME, Access::Create)?;
        let version: i32 = connection.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(said)?;
        if version != VERSION {
            return Err(Error::refused(format!(
                "{} has the format {version}; this Crosswalk reads format {VERSION}: use the version that made it",
                path.display()
            )));
        }
        durable(&connection)?;
        Ok(Self { connection })
    }

    /// Changes whenever something was written, by this handle or another.
    pub fn version(&self) -> Result<(i64, i64)> {
        let others = self.connection.query_row("PRAGMA data_version", [], |r| r.get(0)).map_err(said)?;
        Ok((others, self.connection.total_changes() as i64))
    }

    pub fn records(&self) -> Result<Vec<(String, Record)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT key, json FROM record ORDER BY kind, key").map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        let mut found = Vec::new();
        while let Some(r) = rows.next().map_err(said)? {
            let json = r.get_ref(1).map_err(said)?;
            let record = read_json(json.as_str().map_err(|e| said(e.into()))?)?;
            found.push((r.get(0).map_err(said)?, record));
        }
        Ok(found)
    }

    /// Makes an edit. What had been undone before it can no longer be redone.
    pub fn apply(&mut self, edit: &Edit, by: &By) -> Result<()> {
        let tx = self.begin()?;
        let mut before = Vec::new();
        for change in &edit.changes {
            before.push((change.kind, change.key.clone(), get(&tx, change.kind, &change.key)?));
        }
        let inverse = edit.inverse(|kind, key| {
            before.iter().find(|(k, n, _)| *k == kind && n == key).and_then(|(_, _, record)| record.clone())
        });
        write(&tx, edit)?;
        tx.execute("UPDATE edit SET state = 'left' WHERE state = 'undone'", []).map_err(said)?;
        tx.execute(
            "INSERT INTO edit (label, forward, backward, state) VALUES (?, ?, ?, 'applied')",
            params![edit.label, json(edit), json(&inverse)],
        )
        .map_err(said)?;
        let seq = tx.last_insert_rowid();
        log(&tx, by, "edit", &edit.label, Some(seq))?;
        tx.commit().map_err(said)
    }

    /// Takes back the latest edit; answers its label.
    pub fn undo(&mut self, by: &By) -> Result<Option<String>> {
        self.step(by, "undo", "SELECT seq, label, backward FROM edit WHERE state = 'applied' ORDER BY seq DESC LIMIT 1")
    }

    /// Makes the edit again that was taken back last.
    pub fn redo(&mut self, by: &By) -> Result<Option<String>> {
        self.step(by, "redo", "SELECT seq, label, forward FROM edit WHERE state = 'undone' ORDER BY seq LIMIT 1")
    }

    fn step(&mut self, by: &By, act: &str, find: &str) -> Result<Option<String>> {
        let tx = self.begin()?;
        let found: Option<(i64, String, String)> =
            tx.query_row(find, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional().map_err(said)?;
        let Some((seq, label, edit)) = found else { return Ok(None) };
        write(&tx, &read_json(&edit)?)?;
        let state = if act == "undo" { "undone" } else { "applied" };
        tx.execute("UPDATE edit SET state = ? WHERE seq = ?", params![state, seq]).map_err(said)?;
        log(&tx, by, act, &label, Some(seq))?;
        tx.commit().map_err(said)?;
        Ok(Some(label))
    }

    /// Labels of what undo and redo would do.
    pub fn next_steps(&self) -> Result<(Option<String>, Option<String>)> {
        let one = |sql: &str| {
            self.connection.prepare_cached(sql).and_then(|mut s| s.query_row([], |r| r.get(0)).optional()).map_err(said)
        };
        Ok((
            one("SELECT label FROM edit WHERE state = 'applied' ORDER BY seq DESC LIMIT 1")?,
            one("SELECT label FROM edit WHERE state = 'undone' ORDER BY seq LIMIT 1")?,
        ))
    }

    /// Writes a setting of the project, which is no decision: it is neither logged nor undone.
    pub fn settle(&mut self, key: &str, record: &Record) -> Result<()> {
        self.connection
            .execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", params![record.kind().code(), key, json(record)])
            .map_err(said)?;
        Ok(())
    }

    /// Something done that changes no decision: raw values shown, a workbook written.
    pub fn act(&mut self, by: &By, label: &str) -> Result<()> {
        let tx = self.begin()?;
        log(&tx, by, "act", label, None)?;
        tx.commit().map_err(said)
    }

    /// Newest first.
    pub fn history(&self, offset: u64, limit: u64) -> Result<Vec<LogLine>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, at, who, act, label FROM log ORDER BY seq DESC LIMIT ? OFFSET ?")
            .map_err(said)?;
        let rows = statement
            .query_map(params![limit, offset], |r| {
                Ok(LogLine { seq: r.get(0)?, at: r.get(1)?, who: r.get(2)?, act: r.get(3)?, label: r.get(4)? })
            })
            .map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    /// This line makes a load a snapshot.
    pub fn add_snapshot(&mut self, facts: &SnapshotFacts, by: &By) -> Result<()> {
        let tx = self.begin()?;
        tx.execute(
            "INSERT INTO snapshot (id, label, loaded_at, files, tables, rows, bytes, rejects, seconds)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                facts.id,
                facts.label,
                facts.loaded_at,
                facts.files,
                facts.tables,
                facts.rows,
                facts.bytes,
                facts.rejects,
                facts.seconds
            ],
        )
        .map_err(said)?;
        log(&tx, by, "act", &format!("loaded the snapshot {}", facts.label), None)?;
        tx.commit().map_err(said)
    }

    /// Rejects became rows, or rows rejects again.
    pub fn correct_snapshot(&mut self, id: &str, rows: u64, rejects: u64, label: &str, by: &By) -> Result<()> {
        let tx = self.begin()?;
        tx.execute("UPDATE snapshot SET rows = ?, rejects = ? WHERE id = ?", params![rows, rejects, id])
            .map_err(said)?;
        log(&tx, by, "act", label, None)?;
        tx.commit().map_err(said)
    }

    /// Newest first.
    pub fn snapshots(&self) -> Result<Vec<SnapshotFacts>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, label, loaded_at, files, tables, rows, bytes, rejects, seconds FROM snapshot
                 ORDER BY seq DESC",
            )
            .map_err(said)?;
        let rows = statement
            .query_map([], |r| {
                Ok(SnapshotFacts {
                    id: r.get(0)?,
                    label: r.get(1)?,
                    loaded_at: r.get(2)?,
                    files: r.get(3)?,
                    tables: r.get(4)?,
                    rows: r.get(5)?,
                    bytes: r.get(6)?,
                    rejects: r.get(7)?,
                    seconds: r.get(8)?,
                })
            })
            .map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    fn begin(&mut self) -> Result<Transaction<'_>> {
        self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(said)
    }
}

fn durable(connection: &Connection) -> Result<()> {
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").map_err(said)
}

fn get(tx: &Transaction<'_>, kind: RecordKind, key: &str) -> Result<Option<Record>> {
    let found: Option<String> = tx
        .prepare_cached("SELECT json FROM record WHERE kind = ? AND key = ?")
        .and_then(|mut s| s.query_row(params![kind.code(), key], |r| r.get(0)).optional())
        .map_err(said)?;
    found.map(|json| read_json(&json)).transpose()
}

fn write(tx: &Transaction<'_>, edit: &Edit) -> Result<()> {
    for change in &edit.changes {
        let kind = change.kind.code();
        let done = match &change.record {
            Some(record) => tx
                .prepare_cached("INSERT OR REPLACE INTO record VALUES (?, ?, ?)")
                .and_then(|mut s| s.execute(params![kind, change.key, json(record)])),
            None => tx
                .prepare_cached("DELETE FROM record WHERE kind = ? AND key = ?")
                .and_then(|mut s| s.execute(params![kind, change.key])),
        };
        done.map_err(said)?;
    }
    Ok(())
}

fn log(tx: &Transaction<'_>, by: &By, act: &str, label: &str, edit: Option<i64>) -> Result<()> {
    tx.execute(
        "INSERT INTO log (at, who, act, label, edit) VALUES (?, ?, ?, ?, ?)",
        params![by.at, by.who, act, label, edit],
    )
    .map_err(said)?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("records are plain data")
}

fn read_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|e| {
        // Its words may quote a comment or a value: only the place is told.
        let at = e.column();
        Error::refused(format!(
            "decisions.db holds a record this version does not understand (at its character {at}): use a newer one"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::TableDecision;

    fn decided(reason: &str) -> Record {
        Record::Table(TableDecision { reason: reason.into(), ..TableDecision::default() })
    }

    #[test]
    fn a_record_that_is_not_understood_is_told_without_its_words() {
        let told = read_json::<Record>(r#"{"kind":"Quillfeather, Rosalind"}"#).unwrap_err().to_string();
        assert!(told.contains("does not understand (at its character") && !told.contains("Quillfeather"), "{told}");
    }

    #[test]
    fn undo_and_redo_survive_a_restart_and_a_new_edit_ends_redo() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("decisions.db");
        let by = By { who: "ana".into(), at: "2026-01-01T00:00:00Z".into() };
        let reason = |d: &Decisions| -> Vec<String> {
            d.records()
                .unwrap()
                .into_iter()
                .map(|(_, r)| match r {
                    Record::Table(t) => t.reason,
                    _ => unreachable!(),
                })
                .collect()
        };
        let mut d = Decisions::create(&path).unwrap();
        d.apply(&Edit::new("one").put("/a", decided("1")), &by).unwrap();
        d.apply(&Edit::new("two").put("/a", decided("2")).put("/b", decided("b")), &by).unwrap();
        drop(d);
        let mut d = Decisions::open(&path).unwrap();
        assert_eq!(d.undo(&by).unwrap().as_deref(), Some("two"));
        assert_eq!(reason(&d), ["1"]);
        drop(d);
        let mut d = Decisions::open(&path).unwrap();
        assert_eq!(d.next_steps().unwrap(), (Some("one".into()), Some("two".into())));
        assert_eq!(d.redo(&by).unwrap().as_deref(), Some("two"));
        assert_eq!(reason(&d), ["2", "b"]);
        d.undo(&by).unwrap();
        d.undo(&by).unwrap();
        assert_eq!(d.undo(&by).unwrap(), None);
        d.apply(&Edit::new("three").put("/c", decided("c")), &by).unwrap();
        assert_eq!(d.redo(&by).unwrap(), None);
        assert_eq!(reason(&d), ["c"]);
        let acts: Vec<String> =
            d.history(0, 10).unwrap().into_iter().map(|l| format!("{} {}", l.act, l.label)).collect();
        assert_eq!(acts, ["edit three", "undo one", "undo two", "redo two", "undo two", "edit two", "edit one"]);
    }
}
