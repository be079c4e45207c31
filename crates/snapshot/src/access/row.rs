//! A row's bytes cut into those of its columns.

use super::definition::{Column, Type};
use super::format::{Fallible, broken, u16_at};

/// Where the values of one row stand. Kept from row to row for its memory.
#[derive(Default)]
pub struct Cut {
    /// Columns of any length that the table has today: their number, and their slot among such values. Slots of
    /// columns that are gone hold what happens to stand there.
    live: Vec<(usize, usize)>,
    /// Columns that were there when the row was written.
    columns: usize,
    /// Where the bits begin that say which are not NULL.
    bits: usize,
    /// Ends of the values of fixed length, and where those of any length begin and end.
    fixed_end: usize,
    ends: Vec<usize>,
    /// Where the list of these places begins.
    list: usize,
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
    /// For the rows of a table with these columns.
    pub fn of(columns: &[Column]) -> Self {
        let live = columns.iter().filter_map(|c| Some((c.number, c.variable?))).collect();
        Self { live, ..Self::default() }
    }

    /// Finds the places in a row.
    pub fn find(&mut self, row: &[u8], jet3: bool) -> Fallible<()> {
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
        if !self.live.is_empty() {
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
        self.settle(row, count_at - 2 * (count + 1))
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
        self.settle(row, places - count)
    }

    /// Values of fixed length end where the first one of any length begins.
    fn settle(&mut self, row: &[u8], list: usize) -> Option<()> {
        self.list = list;
        self.fixed_end = list;
        for (number, slot) in &self.live {
            if let Some(start) = self.ends.get(*slot).filter(|_| self.is_set(row, *number)) {
                (self.front..=list).contains(start).then_some(())?;
                self.fixed_end = self.fixed_end.min(*start);
            }
        }
        Some(())
    }

    /// A column that was added later is not in the row.
    fn is_set(&self, row: &[u8], number: usize) -> bool {
        number < self.columns && row[self.bits + number / 8] >> (number % 8) & 1 != 0
    }

    /// Where the value in a slot ends: where the next one begins. If that is a slot of a column that is gone, it may say
    /// anything; then the next value there is counts.
    fn end(&self, slot: usize, start: usize) -> Option<usize> {
        let fits = |end: &usize| (start..=self.list).contains(end);
        let next = self.ends.get(slot + 1).filter(|end| fits(end));
        let gone = slot + 2 < self.ends.len() && !self.live.iter().any(|(_, live)| *live == slot + 1);
        if next.is_some() || !gone {
            return next.copied();
        }
        let after = self.live.iter().filter(|(_, live)| *live > slot).filter_map(|(_, live)| self.ends.get(*live));
        after.chain(self.ends.last()).filter(|end| fits(end)).min().copied()
    }

    /// What a column holds in the row that was cut.
    pub fn field<'a>(&self, row: &'a [u8], column: &Column) -> Fallible<Field<'a>> {
        let set = self.is_set(row, column.number);
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
        // Written before the column got its place: Access shows nothing.
        let Some(start) = self.ends.get(i).filter(|_| i + 1 < self.ends.len()).copied() else {
            return Ok(Field::Null);
        };
        match self.end(i, start) {
            Some(end) => Ok(Field::Bytes(&row[start..end])),
            None => broken("a value lies outside of it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number and slot of a column of text.
    fn text(number: usize, slot: usize) -> Column {
        Column {
            name: String::new(),
            kind: Type::Text,
            number,
            variable: Some(slot),
            offset: 0,
            length: 100,
            precision: 0,
            scale: 0,
            complex: 0,
            automatic: false,
            hyperlink: false,
            narrow: false,
            calculated: false,
        }
    }

    /// A row of Jet 4: two bytes of columns, four of a number, the values, their places, their count, the bits.
    fn row(columns: u8, values: &[u8], places: &[u16], bits: u8) -> Vec<u8> {
        let mut row = vec![columns, 0, 7, 0, 0, 0];
        row.extend_from_slice(values);
        places.iter().rev().for_each(|place| row.extend(place.to_le_bytes()));
        row.extend((places.len() as u16 - 1).to_le_bytes());
        row.push(bits);
        row
    }

    /// What the columns hold, or why the row cannot be read.
    fn cut(columns: &[Column], row: &[u8]) -> Vec<String> {
        let mut cut = Cut::of(columns);
        if let Err(fault) = cut.find(row, false) {
            return vec![fault.reason().unwrap_or_default()];
        }
        let shown = |column| match cut.field(row, column) {
            Ok(Field::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            Ok(Field::Null) => "NULL".to_owned(),
            Ok(Field::Bit(bit)) => bit.to_string(),
            Err(fault) => fault.reason().unwrap_or_default(),
        };
        columns.iter().map(shown).collect()
    }

    #[test]
    fn slots_of_columns_that_are_gone_say_anything() {
        let number = Column { kind: Type::Long, variable: None, length: 4, ..text(0, 0) };
        let number = |columns: &[Column]| [std::slice::from_ref(&number), columns].concat();
        let shown = "\u{7}\0\0\0";
        for (trap, columns, row, expected) in [
            ("all in order", vec![text(1, 0), text(2, 1)], row(3, b"abcd", &[6, 8, 10], 7), vec![shown, "ab", "cd"]),
            ("the first one is gone", vec![text(2, 1)], row(3, b"abcd", &[900, 6, 10], 7), vec![shown, "abcd"]),
            (
                "the one between is gone",
                vec![text(1, 0), text(3, 2)],
                row(4, b"abcd", &[6, 0, 8, 10], 15),
                vec![shown, "ab", "cd"],
            ),
            ("the last one is gone", vec![text(1, 0)], row(3, b"abcd", &[6, 3, 10], 3), vec![shown, "abcd"]),
            (
                "slots after the last one are zero",
                vec![text(1, 0), text(2, 1)],
                row(3, b"abcd", &[6, 8, 10, 0, 0], 7),
                vec![shown, "ab", "cd"],
            ),
            (
                "one that is NULL points anywhere",
                vec![text(1, 0), text(2, 1)],
                row(3, b"ab", &[6, 8, 8], 3),
                vec![shown, "ab", "NULL"],
            ),
            (
                "a live one outside of the row",
                vec![text(1, 0)],
                row(2, b"ab", &[600, 8], 3),
                vec!["the places of its values lie outside of it"],
            ),
            (
                "a live one that ends before it begins",
                vec![text(1, 0)],
                row(2, b"ab", &[8, 6], 3),
                vec![shown, "a value lies outside of it"],
            ),
        ] {
            assert_eq!(cut(&number(&columns), &row), expected, "{trap}");
        }
    }
}
