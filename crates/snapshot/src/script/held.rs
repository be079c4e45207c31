//! How many rows of a table hold each of its columns.

use super::column::Column;
use crate::event::Presence;

/// Per table: rows that were loaded, and for each column how many of them do not hold it.
#[derive(Debug, Default, Clone)]
pub struct Held {
    pub rows: u64,
    missing: Vec<u64>,
    /// That a column is in some rows only is told once.
    pub told: bool,
}

impl Held {
    /// So many more rows do not hold the column.
    pub fn miss(&mut self, column: usize, rows: u64) {
        if self.missing.len() <= column {
            self.missing.resize(column + 1, 0);
        }
        self.missing[column] += rows;
    }

    /// Rows that do not hold the column.
    pub fn missing(&self, column: usize) -> u64 {
        self.missing.get(column).copied().unwrap_or(0)
    }

    /// No row was without any column.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    pub fn presence(&self, column: &Column, index: usize) -> Presence {
        match self.missing(index) {
            n if n == 0 || n < self.rows => Presence::Read,
            _ if column.def.generated => Presence::Computed,
            _ => Presence::LeftOut,
        }
    }
}
