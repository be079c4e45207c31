//! Tallies a column while its rows stream by: exact figures in bounded memory.

use std::collections::BTreeSet;

use snapshot::{Batch, CellRef};

use super::distinct::{Distinct, Frequent, Scratch};
use super::hash::Hash;
use super::infer::{Evidence, Shape};
use super::sequence::written_plainly;
use super::{ColumnFigures, InferredType};
use crate::source::Cell;

/// Bytes all the maps of distinct values may take together before the largest is put on disk.
pub const BUDGET: usize = 48 << 20;
/// So many values of a column are hashed before the first of them is looked for.
const AHEAD: usize = 64;
/// How many of the most frequent values are kept.
pub const TOP: usize = 20;

/// Which columns of a table are counted: every so many, from one on.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    pub which: usize,
    pub of: usize,
}

impl Share {
    pub const ALL: Self = Self { which: 0, of: 1 };
}

/// One table's columns.
#[derive(Default)]
pub struct TableTally {
    pub rows: u64,
    /// Of all values, as text.
    pub bytes: u64,
    columns: Vec<ColumnTally>,
}

#[derive(Default)]
struct ColumnTally {
    nulls: u64,
    blanks: u64,
    binary: u64,
    min_length: Option<u64>,
    max_length: u64,
    /// Of which lengths blank values are: each is a value of its own.
    blank_lengths: BTreeSet<usize>,
    least: Option<Bound>,
    greatest: Bound,
    shape: Shape,
    distinct: Distinct,
    /// How many values there are and the most frequent, once no more come.
    counted: Option<(u64, Vec<Frequent>)>,
}

/// The least or the greatest value, bytewise.
#[derive(Default, Clone)]
struct Bound {
    value: Vec<u8>,
    /// Whether it came as bytes: some bytes are text as well.
    binary: bool,
}

/// What is known of a column when all rows have been seen.
pub struct ColumnProfile {
    pub figures: ColumnFigures,
    /// As [`SHOWN`] says.
    pub min: Cell,
    pub max: Cell,
    /// The row (from 1) where each of the most frequent values first stands, with its count.
    pub top: Vec<Frequent>,
}

impl TableTally {
    /// Takes in the rows of one batch of this table, some of its columns.
    pub fn take(&mut self, batch: &Batch, share: Share) -> Result<(), TooManyRows> {
        let own = (share.which..batch.width).step_by(share.of);
        if self.columns.len() < own.len() {
            self.columns.resize_with(own.len(), ColumnTally::default);
        }
        debug_assert!(self.columns.iter().all(|column| column.counted.is_none()), "rows came after the end");
        let rows = batch.rows();
        if self.rows + rows as u64 >= u64::from(u32::MAX) {
            return Err(TooManyRows);
        }
        // Column by column: a column's map stays in the cache while its values go by.
        let mut hashes = Vec::with_capacity(AHEAD);
        for (index, column) in own.zip(&mut self.columns) {
            for start in (0..rows).step_by(AHEAD) {
                let some = start..rows.min(start + AHEAD);
                hashes.clear();
                if !column.distinct.is_sequence() {
                    hashes.extend(some.clone().map(|row| hash(batch.value(row, index))));
                    column.distinct.expect(&hashes);
                }
                for row in some {
                    let number = (self.rows + row as u64 + 1) as u32;
                    self.bytes += column.see(batch.value(row, index), hashes.get(row - start), number);
                }
            }
        }
        self.rows += rows as u64;
        Ok(())
    }

    /// Puts together what was counted of the same rows, the parts in the order of their shares.
    pub fn of_shares(parts: Vec<Self>) -> Self {
        let mut all = Self::default();
        let mut columns: Vec<_> = Vec::new();
        for part in parts {
            all.rows = all.rows.max(part.rows);
            all.bytes += part.bytes;
            columns.push(part.columns.into_iter());
        }
        let each = columns.iter().map(ExactSizeIterator::len).max().unwrap_or_default();
        for _ in 0..each {
            all.columns.extend(columns.iter_mut().filter_map(Iterator::next));
        }
        all
    }

    /// Takes in the size of a batch only.
    pub fn count(&mut self, batch: &Batch) {
        self.rows += batch.rows() as u64;
        self.bytes += batch.byte_size() as u64;
    }

    /// Bytes its maps take.
    pub fn held(&self) -> usize {
        self.columns.iter().map(|c| c.distinct.held()).sum()
    }

    /// Puts its largest maps on disk until what they held is at most `keep` bytes.
    pub fn spill(&mut self, keep: usize, scratch: &mut dyn Scratch) -> std::io::Result<()> {
        let mut held = self.held();
        while held > keep {
            let Some(largest) = self.columns.iter_mut().max_by_key(|c| c.distinct.held()) else { return Ok(()) };
            let size = largest.distinct.held();
            if size == 0 {
                return Ok(());
            }
            largest.distinct.spill(scratch)?;
            held -= size;
        }
        Ok(())
    }

    /// No more rows come: what is kept of each value goes, where what is wanted of them can be told.
    pub fn end(&mut self, scratch: &mut dyn Scratch) -> std::io::Result<()> {
        self.columns.iter_mut().try_for_each(|column| column.count(scratch).map(|_| ()))
    }

    /// Figures for `width` columns; `keyed` says which are declared unique by themselves.
    pub fn conclude(
        self,
        width: usize,
        keyed: impl Fn(usize) -> bool,
        scratch: &mut dyn Scratch,
    ) -> std::io::Result<Vec<ColumnProfile>> {
        let rows = self.rows;
        let mut columns = self.columns;
        columns.resize_with(width.max(columns.len()), ColumnTally::default);
        columns.into_iter().enumerate().map(|(i, c)| c.conclude(rows, keyed(i), scratch)).collect()
    }
}

/// A table of more rows than 2^32 − 2 does not fit.
#[derive(Debug)]
pub struct TooManyRows;

impl ColumnTally {
    /// Answers the value's size in bytes. What all values must have in common is asked of each value once.
    #[inline]
    fn see(&mut self, cell: CellRef<'_>, hash: Option<&Hash>, row: u32) -> u64 {
        match cell {
            CellRef::Null => {
                self.nulls += 1;
                0
            }
            CellRef::Integer(i) if self.follows(i, row) => length_of(i),
            CellRef::Integer(i) => self.see_integer(i, itoa::Buffer::new().format(i).as_bytes(), hash, row),
            CellRef::Text(t) => {
                // A delimited file has its keys as text.
                if self.distinct.is_sequence()
                    && let Some(i) = written_plainly(t)
                    && self.follows(i, row)
                {
                    return t.len() as u64;
                }
                let blank = t.first().is_none_or(|b| *b == b' ') && t.iter().all(|b| *b == b' ');
                self.blanks += u64::from(blank);
                if self.distinct.see(t, known(hash, t), None, row) {
                    if blank {
                        self.blank_lengths.insert(t.len());
                    } else {
                        self.shape.see_text(t);
                    }
                    self.widen(t, false);
                    self.measure(characters(t));
                }
                t.len() as u64
            }
            CellRef::Bytes(b) => {
                if b.is_empty() {
                    self.blanks += 1;
                    self.blank_lengths.insert(0);
                } else {
                    self.binary += 1;
                    self.shape.see_binary();
                }
                if self.distinct.see(b, known(hash, b), None, row) {
                    self.widen(b, true);
                }
                // The same bytes may have come as text before, whose length counts characters.
                self.measure(b.len() as u64);
                b.len() as u64
            }
        }
    }

    /// Takes in an integer that continues the column's sequence.
    fn follows(&mut self, i: i64, row: u32) -> bool {
        let follows = self.distinct.follow(i, row);
        if follows {
            self.shape.see_integer(i);
            self.measure(length_of(i));
        }
        follows
    }

    fn see_integer(&mut self, i: i64, text: &[u8], hash: Option<&Hash>, row: u32) -> u64 {
        if self.distinct.see(text, known(hash, text), Some(i), row) {
            self.shape.see_integer(i);
            self.widen(text, false);
            self.measure(text.len() as u64);
        }
        text.len() as u64
    }

    fn measure(&mut self, length: u64) {
        self.max_length = self.max_length.max(length);
        if self.min_length.is_none_or(|m| length < m) {
            self.min_length = Some(length);
        }
    }

    fn widen(&mut self, text: &[u8], binary: bool) {
        let text = front(text);
        match &mut self.least {
            None => {
                self.greatest.put(text, binary);
                self.least = Some(self.greatest.clone());
            }
            Some(least) => {
                if text < least.value.as_slice() {
                    least.put(text, binary);
                } else if text > self.greatest.value.as_slice() {
                    self.greatest.put(text, binary);
                }
            }
        }
    }

    /// Values of the sequence count bytewise as well, where the column turned out to be no column of numbers.
    fn widen_by_sequence(&mut self) {
        let distinct = std::mem::take(&mut self.distinct);
        for (_, value) in distinct.sequence().iter() {
            self.widen(itoa::Buffer::new().format(value).as_bytes(), false);
        }
    }

    fn count(&mut self, scratch: &mut dyn Scratch) -> std::io::Result<(u64, Vec<Frequent>)> {
        match &self.counted {
            Some(counted) => Ok(counted.clone()),
            None => Ok(self.counted.insert(self.distinct.conclude(TOP, scratch)?).clone()),
        }
    }

    fn conclude(mut self, rows: u64, keyed: bool, scratch: &mut dyn Scratch) -> std::io::Result<ColumnProfile> {
        let (distinct, top) = self.count(scratch)?;
        let evidence = Evidence {
            filled: rows.saturating_sub(self.nulls + self.blanks),
            // Blank values are values, but say nothing of the others.
            distinct: distinct.saturating_sub(self.blank_lengths.len() as u64),
            max_length: self.max_length,
            binary: self.binary,
            keyed,
        };
        let verdict = std::mem::take(&mut self.shape).conclude(&evidence);
        if verdict.range.is_none() {
            self.widen_by_sequence();
        }
        let bytewise = |bytes: Vec<u8>| Bound { value: bytes, binary: false }.into_cell();
        let (min, max) = match (verdict.range, self.least) {
            (Some((min, max)), _) => (bytewise(min), bytewise(max)),
            (None, Some(least)) => (least.into_cell(), self.greatest.into_cell()),
            (None, None) => (Cell::Null, Cell::Null),
        };
        let figures = ColumnFigures {
            rows,
            nulls: self.nulls,
            blanks: self.blanks,
            distinct,
            min_length: self.min_length.unwrap_or(0),
            max_length: self.max_length,
            inferred_type: if evidence.filled == 0 { InferredType::Empty } else { verdict.inferred },
            format: verdict.format.map(str::to_owned),
        };
        Ok(ColumnProfile { figures, min, max, top })
    }
}

/// The longest front of a value that a profile shows: what is longer is a document, and one would fill the memory.
pub const SHOWN: usize = 1 << 20;

/// Up to [`SHOWN`] bytes of a value, in whole characters.
fn front(value: &[u8]) -> &[u8] {
    if value.len() <= SHOWN {
        return value;
    }
    let whole = (SHOWN - 3..=SHOWN).rev().find(|at| value[*at] & 0xc0 != 0x80);
    &value[..whole.unwrap_or(SHOWN)]
}

impl Bound {
    fn put(&mut self, value: &[u8], binary: bool) {
        self.value.clear();
        self.value.extend_from_slice(value);
        self.binary = binary;
    }

    fn into_cell(self) -> Cell {
        if self.binary {
            return Cell::Bytes(self.value);
        }
        match String::from_utf8(self.value) {
            Ok(text) => Cell::Text(text),
            Err(e) => Cell::Bytes(e.into_bytes()),
        }
    }
}

/// What stands for a value; of NULL it is not asked for.
fn hash(cell: CellRef<'_>) -> Hash {
    match cell {
        CellRef::Null => Hash::of(b""),
        CellRef::Integer(i) => Hash::of(itoa::Buffer::new().format(i).as_bytes()),
        CellRef::Text(bytes) | CellRef::Bytes(bytes) => Hash::of(bytes),
    }
}

fn known(hash: Option<&Hash>, text: &[u8]) -> Hash {
    hash.copied().unwrap_or_else(|| Hash::of(text))
}

/// Of the number as text.
fn length_of(integer: i64) -> u64 {
    let digits = integer.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    u64::from(digits) + u64::from(integer < 0)
}

fn characters(text: &[u8]) -> u64 {
    text.iter().filter(|b| (**b as i8) >= -0x40).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_shown_by_its_front_in_whole_characters() {
        let within = vec![b'a'; SHOWN];
        assert_eq!(front(&within).len(), SHOWN);
        let letters = "é".repeat(SHOWN);
        let odd = format!("a{letters}");
        assert_eq!(front(letters.as_bytes()).len(), SHOWN);
        assert_eq!(front(odd.as_bytes()).len(), SHOWN - 1);
        assert_eq!(front(&vec![0x80; SHOWN + 1]).len(), SHOWN);
    }

    fn of(cells: &[CellRef<'_>]) -> ColumnProfile {
        let mut batch = Batch::default();
        batch.start(0, 1);
        for cell in cells {
            match cell {
                CellRef::Null => batch.push_null(),
                CellRef::Integer(i) => batch.push_integer(*i),
                CellRef::Text(text) => batch.push_text(text),
                CellRef::Bytes(bytes) => batch.push_bytes(bytes),
            }
        }
        let mut tally = TableTally::default();
        tally.take(&batch, Share::ALL).unwrap();
        tally.conclude(1, |_| false, &mut std::io::Cursor::new(Vec::new())).unwrap().remove(0)
    }

    #[test]
    fn bytes_that_could_be_text_stay_bytes() {
        use CellRef::{Bytes, Null};
        let told = of(&[Bytes(b"GIF89a"), Bytes(&[0xff, 0xd8]), Null, Bytes("é".as_bytes())]);
        assert_eq!((told.min, told.max), (Cell::Bytes(b"GIF89a".to_vec()), Cell::Bytes(vec![0xff, 0xd8])));
        let told = of(&[CellRef::Text(b"b"), Bytes(b"a"), CellRef::Integer(7)]);
        assert_eq!((told.min, told.max), (Cell::Text("7".into()), Cell::Text("b".into())));
    }

    #[test]
    fn blank_values_of_several_lengths_hide_neither_a_constant_nor_a_key() {
        use CellRef::Text;
        let told = of(&[Text(b"K"), Text(b""), Text(b" "), Text(b"  "), Text(b"K"), Text(b" ")]);
        assert_eq!((told.figures.blanks, told.figures.distinct), (4, 4));
        assert_eq!(told.figures.inferred_type, InferredType::Constant);
        let codes: Vec<String> = (0..30).map(|n| format!("A{n}")).collect();
        let mut cells: Vec<CellRef<'_>> = codes.iter().map(|code| Text(code.as_bytes())).collect();
        cells.extend([Text(b""), Text(b" "), Text(b"   ")]);
        assert_eq!(of(&cells).figures.inferred_type, InferredType::Identifier);
    }

    #[test]
    fn columns_counted_apart_are_the_columns_counted_together() {
        let mut batch = Batch::default();
        batch.start(0, 5);
        for row in 0..200_i64 {
            batch.push_integer(row);
            batch.push_text(if row % 3 == 0 { b"" } else { b"Yard" });
            batch.push_null();
            batch.push_text(row.to_string().as_bytes());
            batch.push_bytes(&[row as u8]);
        }
        let figures = |tally: TableTally| {
            let (rows, bytes) = (tally.rows, tally.bytes);
            let columns = tally.conclude(5, |_| false, &mut std::io::Cursor::new(Vec::new())).unwrap();
            (rows, bytes, columns.into_iter().map(|c| (c.figures, c.top)).collect::<Vec<_>>())
        };
        let mut together = TableTally::default();
        together.take(&batch, Share::ALL).unwrap();
        let together = figures(together);
        for of in 1..=7 {
            let count = |which| {
                let mut part = TableTally::default();
                part.take(&batch, Share { which, of }).unwrap();
                part
            };
            assert!(figures(TableTally::of_shares((0..of).map(count).collect())) == together, "{of} parts");
        }
    }
}
