//! Every row of a table, cell by cell, without a copy of any.

use analysis::{Rows, Value};
use rusqlite::types::ValueRef;

use super::file::said;
use super::read::{StagedColumn, StagedTable, Staging};
use crate::error::Result;
use crate::store::quoted;

/// Takes rows with their numbers, cell by cell.
pub trait Cells {
    /// `at`: the place among the columns asked for.
    fn cell(&mut self, at: usize, value: Value<'_>);
    /// After each row, with its number, from 1; `false` ends it.
    fn end_row(&mut self, row: u64) -> bool;
}

impl<R: Rows> Cells for R {
    fn cell(&mut self, at: usize, value: Value<'_>) {
        Rows::cell(self, at, value);
    }

    fn end_row(&mut self, _: u64) -> bool {
        Rows::end_row(self)
    }
}

impl Staging {
    /// Gives the rows of a table in order, until no more are wanted.
    pub fn scan(&self, table: &StagedTable, columns: &[StagedColumn], rows: &mut impl Cells) -> Result<()> {
        let columns: Vec<&StagedColumn> = columns.iter().collect();
        self.scan_between(table, &columns, (1, i64::MAX as u64), rows)
    }

    /// The same of the rows from one number to another, both included.
    pub fn scan_between(
        &self,
        table: &StagedTable,
        columns: &[&StagedColumn],
        (first, last): (u64, u64),
        rows: &mut impl Cells,
    ) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = columns.iter().map(|c| quoted(&c.physical)).collect();
        let select = format!(
            "SELECT _rowid_, {} FROM {} WHERE _rowid_ BETWEEN ? AND ? ORDER BY _rowid_",
            list.join(", "),
            quoted(&table.physical)
        );
        let mut statement = self.connection().prepare_cached(&select).map_err(said)?;
        let mut found = statement.query([first, last]).map_err(said)?;
        while let Some(row) = found.next().map_err(said)? {
            for at in 0..columns.len() {
                rows.cell(at, value(row.get_ref(at + 1).map_err(said)?));
            }
            if !rows.end_row(row.get(0).map_err(said)?) {
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
