//! `decisions.db`: what was decided, every edit of it with its inverse, and the snapshots that are whole. Small and
//! precious: write-ahead log with full sync, every edit one transaction.

mod format;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::{Access, answered, open};
use crate::disk::Claim;
use crate::error::{Error, Result};
use crate::facts::{LogLine, SnapshotFacts};
use crate::mapping::{Change, Edit, Record, Settings};

const NAME: &str = "decisions.db";

fn said(source: rusqlite::Error) -> Error {
    answered(NAME)(source)
}

pub struct Decisions {
    connection: Connection,
    /// Asked before each write.
    claim: Option<Arc<Claim>>,
}

/// Who did something, and when.
#[derive(Debug, Clone)]
pub struct By {
    pub who: String,
    /// RFC 3339, UTC.
    pub at: String,
}

/// How far the edits go that a handle knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Changes whenever another handle or program wrote something; each handle has its own.
    others: Option<i64>,
    /// The line of the log that tells of the newest edit, undo or redo.
    edit: i64,
}

/// What became of an edit.
pub enum Outcome<T> {
    Done(T),
    /// Somebody else made an edit that this handle does not know of: nothing was written.
    Overtaken,
}

impl Known {
    /// As another handle knows it, which must look whether there is more.
    #[must_use]
    pub fn elsewhere(self) -> Self {
        Self { others: None, ..self }
    }
}

impl Decisions {
    pub fn create(path: &Path) -> Result<Self> {
        let connection = open(path, NAME, Access::Create)?;
        durable(&connection)?;
        format::make(&connection)?;
        Ok(Self { connection, claim: None })
    }

    /// A file of an older version is brought to this one's format; a copy of it as it was stays beside it.
    pub fn open(path: &Path) -> Result<Self> {
        let mut connection = open(path, NAME, Access::Create)?;
        format::migrate(&mut connection, path)?;
        durable(&connection)?;
        Ok(Self { connection, claim: None })
    }

    /// Writes only while nobody else has the project.
    #[must_use]
    pub fn claimed(self, claim: &Arc<Claim>) -> Self {
        Self { claim: Some(Arc::clone(claim)), ..self }
    }

    /// Refuses where somebody else has the project: asked before long work, and before each write.
    pub fn may_write(&self) -> Result<()> {
        let Some(claim) = &self.claim else { return Ok(()) };
        claim.take().map_err(|holder| {
            Error::refused(format!(
                "{} has this project open on {} (since {}): until it is closed there you can look at it, not change it",
                holder.who, holder.computer, holder.since
            ))
        })
    }

    /// What the newest edit is.
    pub fn known(&self) -> Result<Known> {
        known_by(&self.connection)
    }

    /// What other handles and programs did since, in its order, and what is known with it.
    pub fn news(&self, known: Known) -> Result<Option<(Vec<Edit>, Known)>> {
        if known.others == others(&self.connection)? {
            return Ok(None);
        }
        let now = known_by(&self.connection)?;
        let sql = "SELECT iif(log.act = 'undo', edit.backward, edit.forward) AS json
                   FROM log JOIN edit ON edit.seq = log.edit WHERE log.seq > ? AND log.seq <= ? ORDER BY log.seq";
        let mut statement = self.connection.prepare_cached(sql).map_err(said)?;
        let mut rows = statement.query([known.edit, now.edit]).map_err(said)?;
        let mut edits = Vec::new();
        while let Some(row) = rows.next().map_err(said)? {
            edits.push(read_json(&row.get::<_, String>("json").map_err(said)?)?);
        }
        Ok(Some((edits, now)))
    }

    pub fn each_record(&self, mut each: impl FnMut(Record)) -> Result<()> {
        let mut statement =
            self.connection.prepare_cached("SELECT json FROM record ORDER BY kind, key").map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            let json = row.get_ref("json").map_err(said)?;
            each(read_json(json.as_str().map_err(|e| said(e.into()))?)?);
        }
        Ok(())
    }

    pub fn settings(&self) -> Result<Settings> {
        let read = |row: &Row<'_>| Ok(Settings { client: row.get("client")?, who: row.get("who")? });
        let found = self.connection.query_row("SELECT client, who FROM settings", [], read);
        Ok(found.optional().map_err(said)?.unwrap_or_default())
    }

    /// Keeps the project's settings, which are no decision: neither logged nor undone.
    pub fn settle(&mut self, settings: &Settings) -> Result<()> {
        self.may_write()?;
        let sql = "INSERT OR REPLACE INTO settings (only_one, client, who) VALUES (1, ?, ?)";
        self.connection.execute(sql, params![settings.client, settings.who]).map_err(said)?;
        Ok(())
    }

    /// Makes an edit. What had been undone before it can no longer be redone.
    pub fn apply(&mut self, edit: &Edit, inverse: &Edit, known: Known, by: &By) -> Result<Outcome<Known>> {
        let tx = self.begin()?;
        if overtaken(&tx, known)? {
            return Ok(Outcome::Overtaken);
        }
        write(&tx, edit)?;
        tx.execute("UPDATE edit SET state = 'left' WHERE state = 'undone'", []).map_err(said)?;
        tx.execute(
            "INSERT INTO edit (label, forward, backward, state) VALUES (?, ?, ?, 'applied')",
            params![edit.label, json(edit), json(inverse)],
        )
        .map_err(said)?;
        let edit_seq = tx.last_insert_rowid();
        log(&tx, by, "edit", &edit.label, Some(edit_seq))?;
        Ok(Outcome::Done(committed(tx)?))
    }

    /// Takes back the latest edit; answers what it did.
    pub fn undo(&mut self, known: Known, by: &By) -> Result<Outcome<Option<(Edit, Known)>>> {
        let latest = "SELECT seq, label, backward AS edit FROM edit WHERE state = 'applied' ORDER BY seq DESC LIMIT 1";
        self.step(known, by, "undo", latest)
    }

    /// Makes the edit again that was taken back last; answers what it did.
    pub fn redo(&mut self, known: Known, by: &By) -> Result<Outcome<Option<(Edit, Known)>>> {
        let first = "SELECT seq, label, forward AS edit FROM edit WHERE state = 'undone' ORDER BY seq LIMIT 1";
        self.step(known, by, "redo", first)
    }

    fn step(&mut self, known: Known, by: &By, act: &str, find: &str) -> Result<Outcome<Option<(Edit, Known)>>> {
        let tx = self.begin()?;
        if overtaken(&tx, known)? {
            return Ok(Outcome::Overtaken);
        }
        let read = |row: &Row<'_>| Ok((row.get("seq")?, row.get("label")?, row.get("edit")?));
        let found: Option<(i64, String, String)> = tx.query_row(find, [], read).optional().map_err(said)?;
        let Some((seq, label, edit)) = found else { return Ok(Outcome::Done(None)) };
        let edit: Edit = read_json(&edit)?;
        write(&tx, &edit)?;
        let state = if act == "undo" { "undone" } else { "applied" };
        tx.execute("UPDATE edit SET state = ? WHERE seq = ?", params![state, seq]).map_err(said)?;
        log(&tx, by, act, &label, Some(seq))?;
        Ok(Outcome::Done(Some((edit, committed(tx)?))))
    }

    /// Labels of what undo and redo would do.
    pub fn next_steps(&self) -> Result<(Option<String>, Option<String>)> {
        let one = |sql: &str| {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_row([], |row| row.get("label")).optional()
        };
        Ok((
            one("SELECT label FROM edit WHERE state = 'applied' ORDER BY seq DESC LIMIT 1").map_err(said)?,
            one("SELECT label FROM edit WHERE state = 'undone' ORDER BY seq LIMIT 1").map_err(said)?,
        ))
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
                Ok(LogLine {
                    seq: r.get("seq")?,
                    at: r.get("at")?,
                    who: r.get("who")?,
                    act: r.get("act")?,
                    label: r.get("label")?,
                })
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
                    id: r.get("id")?,
                    label: r.get("label")?,
                    loaded_at: r.get("loaded_at")?,
                    files: r.get("files")?,
                    tables: r.get("tables")?,
                    rows: r.get("rows")?,
                    bytes: r.get("bytes")?,
                    rejects: r.get("rejects")?,
                    seconds: r.get("seconds")?,
                })
            })
            .map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    fn begin(&mut self) -> Result<Transaction<'_>> {
        self.may_write()?;
        self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(said)
    }
}

fn durable(connection: &Connection) -> Result<()> {
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").map_err(said)
}

fn write(tx: &Transaction<'_>, edit: &Edit) -> Result<()> {
    for change in &edit.changes {
        let key = change.key();
        let done = match change {
            Change::Put(record) => tx
                .prepare_cached("INSERT OR REPLACE INTO record (kind, key, json) VALUES (?, ?, ?)")
                .and_then(|mut s| s.execute(params![key.kind.code(), key.name, json(record)])),
            Change::Remove(_) => tx
                .prepare_cached("DELETE FROM record WHERE kind = ? AND key = ?")
                .and_then(|mut s| s.execute(params![key.kind.code(), key.name])),
        };
        done.map_err(said)?;
    }
    Ok(())
}

/// A number that changes when another connection writes.
fn others(connection: &Connection) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("PRAGMA data_version").map_err(said)?;
    statement.query_row([], |row| row.get("data_version")).map(Some).map_err(said)
}

fn known_by(connection: &Connection) -> Result<Known> {
    // Before the edits are looked at: who writes in between is seen the next time.
    let others = others(connection)?;
    let sql = "SELECT seq FROM log WHERE edit IS NOT NULL ORDER BY seq DESC LIMIT 1";
    let newest = |mut statement: CachedStatement<'_>| statement.query_row([], |row| row.get("seq")).optional();
    let edit = connection.prepare_cached(sql).and_then(newest).map_err(said)?.unwrap_or(0);
    Ok(Known { others, edit })
}

fn committed(tx: Transaction<'_>) -> Result<Known> {
    let known = known_by(&tx)?;
    tx.commit().map_err(said)?;
    Ok(known)
}

fn overtaken(tx: &Transaction<'_>, known: Known) -> Result<bool> {
    Ok(known.others != others(tx)? && known.edit != known_by(tx)?.edit)
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
