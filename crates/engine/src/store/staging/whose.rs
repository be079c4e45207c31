//! Rows as counting people needs them: whom each is about, and what its values are, by their marks.

use rusqlite::types::ValueRef;

use super::file::said;
use super::read::{StagedColumn, StagedTable, Staging};
use crate::error::Result;
use crate::sample::people::mark;
use crate::store::quoted;

/// What to look at.
pub struct Look<'a> {
    pub table: &'a StagedTable,
    /// Columns that tell a person, taken together; none where every row counts as one.
    pub people: &'a [&'a StagedColumn],
    pub columns: &'a [&'a StagedColumn],
    /// Of a longer table so many rows are looked at, in stretches spread evenly over it.
    pub rows: u64,
}

/// Stretches of neighbouring rows that a long table is looked at in.
const STRETCHES: u64 = 20;

impl Staging {
    /// Tells of each row whom it is about and the marks of its values, until `each` answers false. NULL, blank and
    /// binary have no mark; a person is the same whatever the case and the spaces around.
    pub fn whose(&self, look: &Look<'_>, mut each: impl FnMut(Option<u64>, &[Option<u64>]) -> bool) -> Result<()> {
        let list: Vec<String> = look.people.iter().chain(look.columns).map(|c| quoted(&c.physical)).collect();
        if list.is_empty() {
            return Ok(());
        }
        let select = format!(
            "SELECT {} FROM {} WHERE _rowid_ > ? AND _rowid_ <= ?",
            list.join(", "),
            quoted(&look.table.physical)
        );
        let mut statement = self.connection().prepare(&select).map_err(said)?;
        let all = look.table.rows;
        let (stretches, length) = if all <= look.rows { (1, all) } else { (STRETCHES, (look.rows / STRETCHES).max(1)) };
        let mut values = vec![None; look.columns.len()];
        let mut number = 0_u64;
        for stretch in 0..stretches {
            let start = stretch * (all / stretches);
            let mut rows = statement.query([start, start + length]).map_err(said)?;
            while let Some(row) = rows.next().map_err(said)? {
                number += 1;
                let person = match look.people.len() {
                    0 => Some(number),
                    several => person(several, |at| row.get_ref(at)).map_err(said)?,
                };
                for (at, value) in values.iter_mut().enumerate() {
                    *value = marked(row.get_ref(look.people.len() + at).map_err(said)?);
                }
                if !each(person, &values) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

fn marked(value: ValueRef<'_>) -> Option<u64> {
    match value {
        ValueRef::Integer(number) => Some(mark(itoa::Buffer::new().format(number).as_bytes())),
        ValueRef::Text(text) if !text.trim_ascii().is_empty() => Some(mark(text)),
        _ => None,
    }
}

fn person<'a>(
    several: usize,
    column: impl Fn(usize) -> rusqlite::Result<ValueRef<'a>>,
) -> rusqlite::Result<Option<u64>> {
    let mut found = None;
    for at in 0..several {
        let part = match column(at)? {
            ValueRef::Text(text) => marked(ValueRef::Text(text.trim_ascii().to_ascii_lowercase().as_slice())),
            other => marked(other),
        };
        // The mark of what came before and of this one, in this order.
        if let Some(part) = part {
            let before: u64 = found.unwrap_or_default();
            found = Some(before.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ part.wrapping_add(at as u64));
        }
    }
    Ok(found)
}
