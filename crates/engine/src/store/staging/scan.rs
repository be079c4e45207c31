//! Every row of a table, cell by cell, without a copy of any.

use analysis::{Rows, Value};
use rusqlite::types::ValueRef;

use super::file::said;
use super::read::{StagedColumn, StagedTable, Staging};
use crate::error::Result;
use crate::store::quoted;

impl Staging {
    /// Gives the rows of a table in order, until no more are wanted.
    pub fn scan(&self, table: &StagedTable, columns: &[StagedColumn], rows: &mut impl Rows) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = columns.iter().map(|c| quoted(&c.physical)).collect();
        let select = format!("SELECT {} FROM {} ORDER BY _rowid_", list.join(", "), quoted(&table.physical));
        let mut statement = self.connection().prepare(&select).map_err(said)?;
        let mut found = statement.query([]).map_err(said)?;
        while let Some(row) = found.next().map_err(said)? {
            for at in 0..columns.len() {
                rows.cell(at, value(row.get_ref(at).map_err(said)?));
            }
            if !rows.end_row() {
                break;
            }
        }
        Ok(())
    }
}

fn value(value: ValueRef<'_>) -> Value<'_> {
    match value {
        // Nothing is staged as a floating point number.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => std::str::from_utf8(text).map_or(Value::Bytes(text), Value::Text),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
    }
}
