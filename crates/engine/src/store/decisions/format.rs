//! How `decisions.db` is laid out, and how a file of an older version is brought to it: step by step, in one transaction.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, Row, TransactionBehavior, params};
use serde_json::{Value, json};

use super::{NAME, said};
use crate::disk;
use crate::error::{Error, Result};
use crate::path::shown;

const LAYOUT: &str = "
CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE settings (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), client TEXT NOT NULL, who TEXT NOT NULL);
CREATE TABLE edit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, forward TEXT NOT NULL, backward TEXT NOT NULL,
    -- applied, undone, or left behind by a later edit
    state TEXT NOT NULL);
CREATE INDEX edit_state ON edit (state, seq);
CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, label TEXT NOT NULL,
    edit INTEGER);
CREATE INDEX log_of_edits ON log (seq) WHERE edit IS NOT NULL;
CREATE TABLE snapshot (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, label TEXT, loaded_at TEXT, files INTEGER,
    tables INTEGER, rows INTEGER, bytes INTEGER, rejects INTEGER, seconds REAL);
";

/// From each older format to the next; the first is that from format 1.
const STEPS: [fn(&Connection) -> Result<()>; 1] = [keys_into_records];

const FORMAT: usize = STEPS.len() + 1;

pub fn make(connection: &Connection) -> Result<()> {
    connection.execute_batch(&format!("BEGIN; {LAYOUT} PRAGMA user_version = {FORMAT}; COMMIT;")).map_err(said)
}

pub fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    match format_of(connection)? {
        FORMAT => return Ok(()),
        older @ 1..FORMAT => keep_copy(connection, path, older)?,
        unknown => {
            return Err(Error::refused(format!(
                "{} has the format {unknown}; this Crosswalk reads formats 1 to {FORMAT}: use the version that made it",
                shown(path)
            )));
        }
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(said)?;
    // Another program may have been here first.
    let older = format_of(&tx)?.max(1);
    for step in STEPS.iter().skip(older - 1) {
        step(&tx)?;
    }
    tx.pragma_update(None, "user_version", FORMAT as i64).map_err(said)?;
    tx.commit().map_err(said)
}

fn format_of(connection: &Connection) -> Result<usize> {
    let format: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get("user_version")).map_err(said)?;
    Ok(usize::try_from(format).unwrap_or(usize::MAX))
}

/// As it was, for the version that made it.
fn keep_copy(connection: &Connection, path: &Path, format: usize) -> Result<()> {
    let copy = path.with_file_name(format!("decisions-format-{format}.db"));
    if copy.exists() {
        return Ok(());
    }
    let partial = copy.with_extension("partial");
    let file = |source| Error::File { what: "a copy of the decisions could not be kept", path: copy.clone(), source };
    match fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file(error)),
        _ => {}
    }
    // SQLite takes an empty file, and ours are their owner's alone.
    disk::private().create_new(true).open(&partial).map_err(file)?;
    let name = partial.to_str().ok_or_else(|| {
        Error::refused(format!("the folder of {} has a name that is no UTF-8: move it to another", shown(path)))
    })?;
    connection.execute("VACUUM INTO ?", [name]).map_err(said)?;
    disk::force(&partial).and_then(|()| disk::rename(&partial, &copy)).map_err(file)
}

/// 1 → 2: records carry their keys, edits put records or remove keys, settings have a table of their own.
fn keys_into_records(connection: &Connection) -> Result<()> {
    connection
        .execute_batch(
            "CREATE TABLE settings (
                 only_one INTEGER PRIMARY KEY CHECK (only_one = 1), client TEXT NOT NULL, who TEXT NOT NULL);
             INSERT INTO settings (only_one, client, who)
                 SELECT 1, json ->> 'client', json ->> 'who' FROM record WHERE kind = 'settings';
             DELETE FROM record WHERE kind = 'settings';
             CREATE INDEX log_of_edits ON log (seq) WHERE edit IS NOT NULL;",
        )
        .map_err(said)?;
    for (kind, key, json) in rows(connection, "SELECT kind AS a, key AS b, json AS c FROM record")? {
        let record = with_key(&kind, &key, parsed(&json)?).to_string();
        connection
            .execute("UPDATE record SET json = ? WHERE kind = ? AND key = ?", params![record, kind, key])
            .map_err(said)?;
    }
    for (seq, forward, backward) in rows(connection, "SELECT seq || '' AS a, forward AS b, backward AS c FROM edit")? {
        let (forward, backward) = (with_puts(parsed(&forward)?), with_puts(parsed(&backward)?));
        connection
            .execute(
                "UPDATE edit SET forward = ?, backward = ? WHERE seq = ?",
                params![forward.to_string(), backward.to_string(), seq],
            )
            .map_err(said)?;
    }
    Ok(())
}

fn with_key(kind: &str, key: &str, mut record: Value) -> Value {
    match kind {
        "table" => record["table"] = json!(key),
        "column" | "privacy" => record["column"] = json!(key),
        // Before they had ids, the key stood for a component's place.
        "component" => record["id"] = json!(key),
        _ => {}
    }
    record
}

fn with_puts(mut edit: Value) -> Value {
    for change in edit["changes"].as_array_mut().into_iter().flatten() {
        let kind = change["kind"].as_str().unwrap_or_default().to_owned();
        let key = change["key"].as_str().unwrap_or_default().to_owned();
        *change = match change["record"].take() {
            Value::Null => json!({ "remove": { "kind": kind, "key": key } }),
            record => json!({ "put": with_key(&kind, &key, record) }),
        };
    }
    edit
}

fn rows(connection: &Connection, sql: &str) -> Result<Vec<(String, String, String)>> {
    let mut statement = connection.prepare(sql).map_err(said)?;
    let read = |row: &Row<'_>| Ok((row.get("a")?, row.get("b")?, row.get("c")?));
    let found = statement.query_map([], read).map_err(said)?;
    found.collect::<rusqlite::Result<_>>().map_err(said)
}

fn parsed(json: &str) -> Result<Value> {
    serde_json::from_str(json)
        .map_err(|e| Error::refused(format!("{NAME} holds a record that is no JSON (at its character {})", e.column())))
}
