//! What becomes of what reading a row noticed.

use std::io::Read;

use super::REJECTS;
use super::dialect::Extent;
use super::noticed::Noticed;
use super::odd::{LONG, UNREAD};
use super::tables::Schema;
use super::tape::Tape;
use crate::event::{Batch, NoteKind, Odd, Position, ShareOf};

impl Schema {
    pub fn count_odd(&mut self, table: usize, what: &'static str, at: Position) {
        self.odd.kinds.entry((table, what)).or_insert((0, at)).0 += 1;
    }

    /// Makes a reject of the first bytes, and steps over so many of them.
    pub fn reject<R: Read>(&mut self, tape: &mut Tape<R>, table: Option<usize>, extent: Extent, reason: String) {
        let record = table.map_or(0, |table| {
            tape.give(ShareOf::Table(table), 0);
            self.tables[table].records += 1;
            self.tables[table].records
        });
        let at = tape.here(record);
        let raw = tape.rest()[..extent.text].to_vec();
        tape.class(extent.whole, REJECTS, 1);
        self.note(table, at, NoteKind::Reject { raw, reason });
    }

    /// Rows of a table were loaded, which do not hold these columns.
    pub fn hold(&mut self, table: usize, rows: u64, left_out: &[usize]) {
        let held = &mut self.tables[table].held;
        held.rows += rows;
        for column in left_out {
            held.miss(*column, rows);
        }
    }

    /// Tells of odd values, which are counted till then.
    pub fn tell_odd(&mut self) {
        for ((table, what), (count, at)) in std::mem::take(&mut self.odd.kinds) {
            let what = if what == UNREAD { Odd::Unread } else { Odd::Kept(what) };
            self.note(Some(table), at, NoteKind::Odd { what, count });
        }
    }

    /// Counts a row that was read, gives it the server's number, and tells what was noticed of it.
    #[inline]
    pub fn settle<R: Read>(&mut self, table: usize, batch: &mut Batch, noticed: &Noticed, tape: &mut Tape<R>) {
        let held = &mut self.tables[table];
        held.records += 1;
        if let Some(column) = held.auto {
            let back = held.columns.len() - 1 - column;
            let step = held.columns[column].step;
            if noticed.auto == Some(column) {
                batch.set_integer(back, held.next_auto);
            }
            if let Some(id) = batch.last_integer(back) {
                let next = id.saturating_add(step);
                held.next_auto = if step < 0 { held.next_auto.min(next) } else { held.next_auto.max(next) };
            }
        }
        if *noticed != Noticed::default() {
            self.tell_noticed(table, noticed, tape);
        }
    }

    fn tell_noticed<R: Read>(&mut self, table: usize, noticed: &Noticed, tape: &mut Tape<R>) {
        let at = tape.here(self.tables[table].records);
        if noticed.function {
            self.flag(table, "holds values that a function computed on the server");
            self.count_odd(table, "function value: kept as its source text", at);
        }
        if let Some(column) = noticed.unknown {
            let name = &self.tables[table].columns[column].def.name;
            self.flag(table, format!("column `{name}` is left out and its default is a function"));
        }
        for column in &noticed.computed {
            self.tables[table].held.miss(*column, 1);
        }
        for (column, what) in &noticed.odd {
            if *what == LONG {
                self.odd.long.entry((table, *column)).or_insert((0, at)).0 += 1;
                let why = "holds values beyond what their column is declared for, which a server cuts or refuses";
                self.flag(table, why);
            } else {
                self.count_odd(table, what, at);
            }
        }
    }

    /// Values beyond their column's type are told by column.
    pub fn tell_long(&mut self) {
        for ((table, column), (count, at)) in std::mem::take(&mut self.odd.long) {
            let column = &self.tables[table].columns[column].def;
            let (name, declared) = (&column.name, &column.declared_type);
            let values = if count == 1 { "1 value is" } else { &format!("{count} values are") };
            let text =
                format!("`{name}`: {values} beyond what {declared} holds: kept whole; a server cuts or refuses them");
            self.warn(Some(table), at, text);
        }
    }
}
