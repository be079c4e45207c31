//! Puts a table's profile into the store.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::file::said;
use crate::error::Result;
use crate::profile::tally::{ColumnProfile, SHOWN};
use crate::source::Cell;
use crate::store::quoted;

/// Stores a table's profile; `names`: the table's and its columns', as they are called here.
pub(super) fn store_profile(
    connection: &Connection,
    table: u64,
    names: (&str, &[String]),
    rows: u64,
    bytes: u64,
    columns: &[ColumnProfile],
) -> Result<()> {
    let put = |sql: &str, values: &dyn Fn(&mut rusqlite::CachedStatement<'_>) -> rusqlite::Result<usize>| {
        connection.prepare_cached(sql).and_then(|mut s| values(&mut s)).map_err(said)
    };
    put("UPDATE cw_table SET rows = ?, bytes = ? WHERE id = ?", &|s| s.execute(params![rows, bytes, table]))?;
    for (ordinal, (profile, physical)) in columns.iter().zip(names.1).enumerate() {
        let f = &profile.figures;
        let inferred = serde_json::to_string(&f.inferred_type).expect("a word");
        put(
            "UPDATE cw_column SET nulls = ?, blanks = ?, distinct_values = ?, min_length = ?, max_length = ?,
                inferred = ?, format = ?, least = ?, greatest = ? WHERE tab = ? AND ordinal = ?",
            &|s| {
                s.execute(params![
                    f.nulls,
                    f.blanks,
                    f.distinct,
                    f.min_length,
                    f.max_length,
                    inferred.trim_matches('"'),
                    f.format,
                    as_value(&profile.min),
                    as_value(&profile.max),
                    table,
                    ordinal
                ])
            },
        )?;
        if profile.top.is_empty() {
            continue;
        }
        // SQLite's substr counts characters of text.
        let look = format!(
            "SELECT CASE WHEN length({0}) > {SHOWN} THEN substr({0}, 1, {SHOWN}) ELSE {0} END FROM {1} WHERE _rowid_ = ?",
            quoted(physical),
            quoted(names.0)
        );
        let mut look = connection.prepare(&look).map_err(said)?;
        for (rank, frequent) in profile.top.iter().enumerate() {
            let value: Value = look.query_row([frequent.row()], |r| r.get(0)).map_err(said)?;
            put("INSERT INTO cw_top VALUES (?, ?, ?, ?, ?)", &|s| {
                s.execute(params![table, ordinal, rank, value, frequent.count])
            })?;
        }
    }
    Ok(())
}

fn as_value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(i) => Value::Integer(*i),
        Cell::Text(t) => Value::Text(t.clone()),
        Cell::Bytes(b) => Value::Blob(b.clone()),
    }
}
