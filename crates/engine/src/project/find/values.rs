//! Values that hold what is looked for.

use analysis::Value;
use search::{Wanted, Words};

use super::super::snapshots::InUse;
use crate::error::{Error, Result};
use crate::profile::InferredType;
use crate::progress::{Progress, Watch};
use crate::source::{Cell, TableKey};
use crate::store::staging::scan::Cells;
use crate::store::staging::{StagedColumn, StagedTable};
use crate::store::word_index::{BLOCK, WordIndex};

/// Numbers of rows that are told of each column at once.
const FIRST: usize = 5;
/// Rows between two looks at the watch.
const STEP: u64 = 4_096;
/// Keys that an index is asked for at once.
const KEYS: usize = 200;

/// What was found in a column.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub rows: u64,
    pub first: Vec<u64>,
}

/// What it took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Read {
    pub rows: u64,
    pub tables: u64,
    pub indexed: u64,
}

type FoundIn<'a> = (&'a TableKey, &'a StagedColumn, Found);

pub fn find<'a>(
    snapshot: &'a InUse,
    index: Option<&WordIndex>,
    wanted: &Wanted,
    watch: &dyn Watch,
) -> Result<(Vec<FoundIn<'a>>, Read)> {
    let known = index.and_then(|index| index.tables().ok()).unwrap_or_default();
    let looked_at: Vec<&(TableKey, StagedTable)> = snapshot.tables.iter().filter(|(_, table)| table.rows > 0).collect();
    let total: u64 = looked_at.iter().map(|(_, table)| table.rows).sum();
    let (mut read, mut done, mut places) = (Read { tables: looked_at.len() as u64, ..Read::default() }, 0, Vec::new());
    for (key, table) in looked_at {
        let covered = known.get(&table.id).is_some_and(|(_, complete)| *complete);
        let columns: Vec<&StagedColumn> =
            snapshot.columns(table)?.iter().filter(|column| may_hold(column, wanted)).collect();
        let before = done;
        let mut look = Look::new(wanted, columns.len(), |row| {
            let (phase, done) = (format!("Looking in {key}"), before + row);
            watch.step(&Progress { phase, done: done.min(total), total, unit: "rows", rows: done })
        });
        let through = index.filter(|_| covered);
        read.indexed += u64::from(covered);
        look.through(snapshot, through, table, &columns)?;
        read.rows += look.read;
        done += table.rows;
        for (column, found) in columns.into_iter().zip(look.found) {
            if found.rows > 0 {
                places.push((key, column, found));
            }
        }
    }
    Ok((places, read))
}

/// Numbers of all rows in which one of the columns holds it, in order.
pub fn rows_of(
    snapshot: &InUse,
    index: Option<&WordIndex>,
    wanted: &Wanted,
    (table, columns): (&StagedTable, &[&StagedColumn]),
    watch: &dyn Watch,
) -> Result<Vec<u64>> {
    let known = index.and_then(|index| index.tables().ok()).unwrap_or_default();
    let covered = known.get(&table.id).is_some_and(|(_, complete)| *complete);
    let total = table.rows;
    let mut look = Look::new(wanted, columns.len(), |row| {
        let phase = format!("Looking in {}", table.name);
        watch.step(&Progress { phase, done: row.min(total), total, unit: "rows", rows: row })
    });
    look.all = true;
    look.through(snapshot, index.filter(|_| covered), table, columns)?;
    let mut rows: Vec<u64> = look.found.into_iter().flat_map(|found| found.first).collect();
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// Stretches of a table's rows among which are all that hold one of the keys; `None` where the index does not tell.
pub fn may_hold_all(index: &WordIndex, table: &StagedTable, keys: &[Vec<Cell>]) -> Option<Vec<(u64, u64)>> {
    let covered = index.tables().ok()?.get(&table.id).is_some_and(|(_, complete)| *complete);
    if !covered || keys.len() > KEYS {
        return None;
    }
    let mut words = Words::default();
    let mut asked: Vec<Vec<String>> = Vec::new();
    for key in keys.iter().filter(|key| !key.contains(&Cell::Null)) {
        let mut of_key = Vec::new();
        for cell in key {
            match cell {
                Cell::Integer(number) => words.of(&number.to_string()),
                Cell::Text(text) => words.of(text),
                Cell::Null | Cell::Bytes(_) => return None,
            }
            of_key.extend(words.all().map(str::to_owned));
        }
        // A key without letters and digits is in no index.
        if of_key.is_empty() {
            return None;
        }
        asked.push(of_key);
    }
    if asked.is_empty() {
        return Some(Vec::new());
    }
    index.blocks(table.id, &asked).ok().map(|blocks| stretches(&blocks))
}

/// A column of numbers holds no letters.
fn may_hold(column: &StagedColumn, wanted: &Wanted) -> bool {
    let numbers = column.figures.inferred_type == InferredType::Integer;
    column.figures.filled() > 0 && !(numbers && wanted.has_letters())
}

struct Look<'a, F: Fn(u64) -> bool> {
    wanted: &'a Wanted,
    words: Words,
    number: itoa::Buffer,
    found: Vec<Found>,
    /// Columns of the present row that hold it.
    held: Vec<usize>,
    /// Rows that were read.
    read: u64,
    /// Keeps the numbers of all rows, not of the first alone.
    all: bool,
    keep_on: F,
    stopped: bool,
}

impl<'a, F: Fn(u64) -> bool> Look<'a, F> {
    fn new(wanted: &'a Wanted, columns: usize, keep_on: F) -> Self {
        let (found, held) = (vec![Found::default(); columns], Vec::new());
        let (words, number) = (Words::default(), itoa::Buffer::new());
        Self { wanted, words, number, found, held, read: 0, all: false, keep_on, stopped: false }
    }

    /// Reads a table, only the blocks that an index names where there is one.
    fn through(
        &mut self,
        snapshot: &InUse,
        index: Option<&WordIndex>,
        table: &StagedTable,
        columns: &[&StagedColumn],
    ) -> Result<()> {
        let blocks = index.and_then(|index| index.blocks(table.id, &self.wanted.asked()).ok());
        let stretches = blocks.map_or_else(|| vec![(1, i64::MAX as u64)], |blocks| stretches(&blocks));
        for (first, last) in stretches {
            if !(self.keep_on)(first) {
                return Err(Error::Cancelled);
            }
            snapshot.staging.scan_between(table, columns, (first, last), self)?;
            if self.stopped {
                return Err(Error::Cancelled);
            }
        }
        Ok(())
    }
}

/// Neighbouring blocks together, as the first and the last row of each stretch.
fn stretches(blocks: &[u64]) -> Vec<(u64, u64)> {
    let mut found: Vec<(u64, u64)> = Vec::new();
    for block in blocks {
        let (first, last) = (block * BLOCK + 1, (block + 1) * BLOCK);
        match found.last_mut() {
            Some((_, end)) if *end + 1 == first => *end = last,
            _ => found.push((first, last)),
        }
    }
    found
}

impl<F: Fn(u64) -> bool> Cells for Look<'_, F> {
    fn cell(&mut self, at: usize, value: Value<'_>) {
        let held = match value {
            Value::Text(text) => self.wanted.is_in(text, &mut self.words),
            Value::Integer(number) => {
                !self.wanted.has_letters() && self.wanted.is_in(self.number.format(number), &mut self.words)
            }
            Value::Null | Value::Bytes(_) => false,
        };
        if held {
            self.held.push(at);
        }
    }

    fn end_row(&mut self, row: u64) -> bool {
        self.read += 1;
        for at in self.held.drain(..) {
            let found = &mut self.found[at];
            found.rows += 1;
            if self.all || found.first.len() < FIRST {
                found.first.push(row);
            }
        }
        if row.is_multiple_of(STEP) && !(self.keep_on)(row) {
            self.stopped = true;
        }
        !self.stopped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_blocks_are_read_in_one_go() {
        assert_eq!(stretches(&[0, 1, 4]), [(1, 2 * BLOCK), (4 * BLOCK + 1, 5 * BLOCK)]);
        assert_eq!(stretches(&[]), []);
    }
}
