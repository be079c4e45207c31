//! A table while its rows go by.

use xxhash_rust::xxh3::Xxh3;

use super::column::{About, Analysis, Value};
use super::told::{Repeats, TableAnalysis};

/// Takes in the rows of a table, cell by cell.
pub trait Rows {
    fn cell(&mut self, column: usize, value: Value<'_>);
    /// A row has ended. False: no more are wanted.
    fn end_row(&mut self) -> bool;
}

/// So many rows are compared; of a longer table those whose marks fall into a part of all.
const COMPARED: usize = 8_000_000;

/// The columns of a table from one on. Wide tables are gone through several times, a part of their columns each.
pub struct TableInput<W: FnMut(u64) -> bool> {
    first: usize,
    columns: Vec<Analysis>,
    /// Which columns tell rows apart and nothing else; `None` where no rows are compared.
    keys: Option<Vec<bool>>,
    whole: Xxh3,
    without_keys: Xxh3,
    all: Marks,
    all_but_keys: Marks,
    rows: u64,
    keep_on: W,
}

impl<W: FnMut(u64) -> bool> TableInput<W> {
    /// `keep_on` is asked at every row, with their number.
    pub fn new(first: usize, columns: impl IntoIterator<Item = About>, keys: Option<Vec<bool>>, keep_on: W) -> Self {
        Self {
            first,
            columns: columns.into_iter().map(Analysis::new).collect(),
            keys,
            whole: Xxh3::new(),
            without_keys: Xxh3::new(),
            all: Marks::default(),
            all_but_keys: Marks::default(),
            rows: 0,
            keep_on,
        }
    }

    /// What this pass found; the columns of later passes are put to it.
    pub fn conclude(self) -> TableAnalysis {
        let keyed = self.keys.as_ref().is_some_and(|keys| keys.iter().any(|key| *key));
        let compared = self.keys.is_some();
        TableAnalysis {
            columns: self.columns.into_iter().map(Analysis::conclude).collect(),
            repeats: compared.then(|| self.all.conclude()),
            repeats_but_for_key: (compared && keyed).then(|| self.all_but_keys.conclude()),
        }
    }
}

impl<W: FnMut(u64) -> bool> Rows for TableInput<W> {
    fn cell(&mut self, column: usize, value: Value<'_>) {
        if let Some(keys) = &self.keys {
            take(&mut self.whole, value);
            if !keys[column] {
                take(&mut self.without_keys, value);
            }
        }
        if let Some(analysis) = column.checked_sub(self.first).and_then(|at| self.columns.get_mut(at)) {
            analysis.see(value);
        }
    }

    fn end_row(&mut self) -> bool {
        if self.keys.is_some() {
            self.all.see(self.whole.digest());
            self.all_but_keys.see(self.without_keys.digest());
            self.whole.reset();
            self.without_keys.reset();
        }
        self.rows += 1;
        (self.keep_on)(self.rows)
    }
}

/// A value with a sign between it and the next, so that `a`, `bc` is not `ab`, `c`.
fn take(hash: &mut Xxh3, value: Value<'_>) {
    match value {
        Value::Null => hash.update(&[0]),
        Value::Integer(number) => {
            hash.update(&[1]);
            hash.update(&number.to_le_bytes());
        }
        Value::Text(text) => {
            hash.update(&[2]);
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        Value::Bytes(bytes) => {
            hash.update(&[3]);
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
}

/// Marks of rows; once there are too many, those of half as many, and so on.
#[derive(Default)]
struct Marks {
    marks: Vec<u64>,
    /// Only marks that end with so many zero bits are kept.
    bits: u32,
}

impl Marks {
    fn see(&mut self, mark: u64) {
        if mark.trailing_zeros() < self.bits {
            return;
        }
        if self.marks.len() >= COMPARED {
            self.bits += 1;
            let bits = self.bits;
            self.marks.retain(|mark| mark.trailing_zeros() >= bits);
            if mark.trailing_zeros() < bits {
                return;
            }
        }
        self.marks.push(mark);
    }

    fn conclude(mut self) -> Repeats {
        self.marks.sort_unstable();
        let rows = self.marks.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64;
        Repeats { rows: rows << self.bits, estimated: self.bits > 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Value<'_>]], keys: &[bool]) -> TableAnalysis {
        let columns = keys.iter().map(|_| About::default());
        let mut input = TableInput::new(0, columns, Some(keys.to_vec()), |_| true);
        for row in rows {
            for (at, value) in row.iter().enumerate() {
                input.cell(at, *value);
            }
            assert!(input.end_row());
        }
        input.conclude()
    }

    #[test]
    fn rows_that_repeat_others_are_counted_whole_and_without_their_keys() {
        use Value::{Integer, Null, Text};
        let told = of(
            &[
                &[Integer(1), Text("a"), Text("bc")],
                &[Integer(2), Text("ab"), Text("c")],
                &[Integer(3), Text("a"), Text("bc")],
                &[Integer(3), Text("a"), Text("bc")],
                &[Integer(4), Null, Text("")],
                &[Integer(5), Text(""), Null],
            ],
            &[true, false, false],
        );
        assert_eq!(told.repeats.unwrap().rows, 1);
        assert_eq!(told.repeats_but_for_key.unwrap().rows, 2);
        assert_eq!(told.columns.len(), 3);
    }

    #[test]
    fn a_long_table_is_compared_in_part_and_says_so() {
        let mut marks = Marks { bits: 3, ..Marks::default() };
        for mark in [8, 8, 16, 24, 24, 24, 1, 1] {
            marks.see(mark);
        }
        let told = marks.conclude();
        assert_eq!((told.rows, told.estimated), (3 << 3, true));
    }
}
