//! Values as marks: enough to tell whether one column's values stand in another, and nothing that could be read back.

use rusqlite::types::ValueRef;
use xxhash_rust::xxh3::xxh3_64;

use super::file::said;
use super::read::{StagedColumn, StagedTable, Staging};
use crate::error::{Error, Result};
use crate::source::Cell;
use crate::store::quoted;

/// What stands for a value. 7 and '7' are the same, and so are texts that differ in case or in spaces around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// NULL or blank.
    None,
    Integer(i64),
    Other(u64),
}

impl Mark {
    /// Of a value that was read before.
    pub fn of_cell(cell: &Cell) -> Self {
        let value = match cell {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(*number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        Self::of(value, &mut Vec::new())
    }

    fn of(value: ValueRef<'_>, buffer: &mut Vec<u8>) -> Self {
        match value {
            ValueRef::Null => Self::None,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Other(number.to_bits()),
            ValueRef::Blob(bytes) => Self::Other(xxh3_64(bytes)),
            ValueRef::Text(text) => {
                let text = text.trim_ascii();
                if text.is_empty() {
                    return Self::None;
                }
                if let Some(number) = as_integer(text) {
                    return Self::Integer(number);
                }
                buffer.clear();
                buffer.extend(text.iter().map(u8::to_ascii_lowercase));
                Self::Other(xxh3_64(buffer))
            }
        }
    }

    /// One figure for it; `None` where nothing stands.
    pub fn figure(self) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Integer(number) => Some(xxh3_64(&number.to_le_bytes())),
            Self::Other(figure) => Some(figure),
        }
    }
}

/// A number that is printed as it stands: `7`, and not `07` or `+7`.
fn as_integer(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let plain = (1..=18).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if !plain || digits[0] == b'0' && (digits.len() > 1 || digits.len() < text.len()) {
        return None;
    }
    let number = digits.iter().fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'));
    Some(if digits.len() < text.len() { -number } else { number })
}

/// Which rows of a table.
#[derive(Debug, Clone, Copy)]
pub enum Stretch {
    All,
    /// About so many, in stretches spread evenly over it.
    Some(u64),
}

/// Stretches of neighbouring rows.
const STRETCHES: u64 = 20;
/// Rows between two questions whether to go on.
const ASKED: u64 = 8192;

impl Staging {
    /// Gives each row's number, from 1, and the marks of its columns. `keep_on` is told now and then how many rows were
    /// read since it was last asked.
    pub fn marks(
        &self,
        table: &StagedTable,
        columns: &[&StagedColumn],
        rows: Stretch,
        keep_on: impl FnMut(u64) -> bool,
        each: impl FnMut(u64, &[Mark]),
    ) -> Result<()> {
        let stretches = match rows {
            Stretch::Some(wanted) if wanted < table.rows => {
                let length = (wanted / STRETCHES).max(1);
                let start = |stretch: u64| stretch * (table.rows / STRETCHES);
                (0..STRETCHES).map(|stretch| (start(stretch) + 1, start(stretch) + length)).collect()
            }
            _ => vec![(1, i64::MAX as u64)],
        };
        self.marks_between(table, columns, &stretches, keep_on, each)
    }

    /// The same of the rows from one number to another, both included, stretch by stretch.
    pub fn marks_between(
        &self,
        table: &StagedTable,
        columns: &[&StagedColumn],
        stretches: &[(u64, u64)],
        mut keep_on: impl FnMut(u64) -> bool,
        mut each: impl FnMut(u64, &[Mark]),
    ) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = columns.iter().map(|column| quoted(&column.physical)).collect();
        let select = format!(
            "SELECT _rowid_, {} FROM {} WHERE _rowid_ BETWEEN ? AND ?",
            list.join(", "),
            quoted(&table.physical)
        );
        let mut statement = self.connection().prepare(&select).map_err(said)?;
        let mut marks = vec![Mark::None; columns.len()];
        let (mut buffer, mut since) = (Vec::new(), 0);
        for (first, last) in stretches {
            let mut rows = statement.query([first, last]).map_err(said)?;
            while let Some(row) = rows.next().map_err(said)? {
                for (at, mark) in marks.iter_mut().enumerate() {
                    *mark = Mark::of(row.get_ref(at + 1).map_err(said)?, &mut buffer);
                }
                each(row.get(0).map_err(said)?, &marks);
                since += 1;
                if since == ASKED && !keep_on(std::mem::take(&mut since)) {
                    return Err(Error::Cancelled);
                }
            }
        }
        if keep_on(since) { Ok(()) } else { Err(Error::Cancelled) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_meet_however_they_are_stored() {
        let mark = |value| Mark::of(value, &mut Vec::new());
        let text = |text: &'static str| mark(ValueRef::Text(text.as_bytes()));
        for (a, b, same) in [
            (mark(ValueRef::Integer(7)), text("7"), true),
            (mark(ValueRef::Integer(7)), text(" 7 "), true),
            (mark(ValueRef::Integer(7)), text("07"), false),
            (mark(ValueRef::Integer(-7)), text("-7"), true),
            (mark(ValueRef::Integer(0)), text("-0"), false),
            (text("AB12"), text("ab12  "), true),
            (text(""), mark(ValueRef::Null), true),
            (text("  "), text(""), true),
            (text("1234567890123456789"), mark(ValueRef::Integer(1_234_567_890_123_456_789)), false),
        ] {
            assert_eq!(a == b, same, "{a:?} {b:?}");
        }
    }
}
