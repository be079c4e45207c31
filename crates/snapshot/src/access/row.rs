//! A row's bytes cut into those of its columns.

use super::definition::{Column, Type};
use super::format::{Fallible, broken, u16_at};

/// Where the values of one row stand. Kept from row to row for its memory.
#[derive(Default)]
pub struct Cut {
    /// Columns that were there when the row was written.
    columns: usize,
    /// Where the bits begin that say which are not NULL.
    bits: usize,
    /// Ends of the values of fixed length, and where those of any length begin and end.
    fixed_end: usize,
    ends: Vec<usize>,
    /// Bytes in front of the values.
    front: usize,
}

/// What a column holds in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field<'a> {
    Null,
    /// Of a boolean, whose value is a bit of its own.
    Bit(bool),
    Bytes(&'a [u8]),
}

impl Cut {
    /// Finds the places in a row. `variable` says whether the table has columns of any length.
    pub fn find(&mut self, row: &[u8], jet3: bool, variable: bool) -> Fallible<()> {
        self.ends.clear();
        self.front = if jet3 { 1 } else { 2 };
        let short = || broken("it is too short for its columns");
        let count = if jet3 { row.first().map(|b| usize::from(*b)) } else { u16_at(row, 0).map(usize::from) };
        let Some(columns) = count else { return short() };
        self.columns = columns;
        let Some(bits) = row.len().checked_sub(columns.div_ceil(8)).filter(|bits| *bits >= self.front) else {
            return short();
        };
        self.bits = bits;
        self.fixed_end = bits;
        if variable {
            let found = if jet3 { self.find_jet3(row) } else { self.find_jet4(row) };
            if found.is_none() {
                return broken("the places of its values lie outside of it");
            }
        }
        Ok(())
    }

    /// The count stands before the bits, the places before it, last one first in the row.
    fn find_jet4(&mut self, row: &[u8]) -> Option<()> {
        let count_at = self.bits.checked_sub(2)?;
        let count = usize::from(u16_at(row, count_at)?);
        for i in 0..=count {
            let end = usize::from(u16_at(row, count_at.checked_sub(2 * (i + 1))?)?);
            self.ends.push(end);
        }
        self.settle(count_at - 2 * (count + 1))
    }

    /// The same with one byte each, and a list of the values with which another 256 bytes begin.
    fn find_jet3(&mut self, row: &[u8]) -> Option<()> {
        let count_at = self.bits.checked_sub(1)?;
        let count = usize::from(row[count_at]);
        let mut jumps = (row.len() - 1) / 256;
        let places = count_at.checked_sub(jumps + 1)?;
        // The last jump may be there for the list's own sake.
        if places.checked_sub(count)? / 256 < jumps {
            jumps -= 1;
        }
        let mut used = 0;
        for i in 0..=count {
            while used < jumps && usize::from(row[count_at - 1 - used]) == i {
                used += 1;
            }
            self.ends.push(usize::from(row[places.checked_sub(i)?]) + used * 256);
        }
        self.settle(places - count)
    }

    fn settle(&mut self, list: usize) -> Option<()> {
        let ordered = self.ends.is_sorted() && self.ends.first()? >= &self.front;
        self.fixed_end = *self.ends.first()?;
        (ordered && *self.ends.last()? <= list).then_some(())
    }

    /// What a column holds in the row that was cut.
    pub fn field<'a>(&self, row: &'a [u8], column: &Column) -> Fallible<Field<'a>> {
        // A column that was added later is not in the row.
        let set = column.number < self.columns && row[self.bits + column.number / 8] >> (column.number % 8) & 1 != 0;
        if column.kind == Type::Boolean && !column.calculated {
            return Ok(Field::Bit(set));
        }
        if !set {
            return Ok(Field::Null);
        }
        let Some(i) = column.variable else {
            let start = self.front + column.offset;
            let end = start + column.kind.size().unwrap_or(column.length);
            if end > self.fixed_end {
                return broken("a value of fixed length lies outside of it");
            }
            return Ok(Field::Bytes(&row[start..end]));
        };
        Ok(match (self.ends.get(i), self.ends.get(i + 1)) {
            (Some(start), Some(end)) => Field::Bytes(&row[*start..*end]),
            // Written before the column got its place: Access shows nothing.
            _ => Field::Null,
        })
    }
}
