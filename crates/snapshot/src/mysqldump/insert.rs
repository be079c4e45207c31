//! How the values of an `INSERT` are taken, and the columns they go to:
//! https://dev.mysql.com/doc/refman/8.4/en/insert.html

use super::settings::Settings;
use super::value::store;
use crate::event::{Batch, ColumnKind};
use crate::script::column::Column;
use crate::script::lexer::Scan;
use crate::script::lexer::mysql::skip_blank;
use crate::script::noticed::Noticed;
use crate::script::read_values::{ReadValues, Stored};
use crate::script::slots::Slots;
use crate::script::tables::Table;

/// Nothing is listed: values go to the columns a server would give them to, which are the visible ones; or, where
/// the first row has another number of them, to those it can only be meant for.
pub fn fitting_slots(table: &Table, values: usize) -> Slots {
    let all = 0..table.columns.len();
    let of = |kept: &dyn Fn(&Column) -> bool| all.clone().filter(|i| kept(&table.columns[*i])).collect::<Vec<_>>();
    let visible = of(&|c| !c.invisible);
    let ways = [visible.clone(), of(&|_| true), of(&|c| !c.invisible && !c.def.generated), of(&|c| !c.def.generated)];
    Slots::new(ways.into_iter().find(|way| way.len() == values).unwrap_or(visible), table.columns.len())
}

impl ReadValues for &Settings {
    #[inline]
    fn blank(&self, buf: &[u8]) -> Scan<usize> {
        if matches!(buf.first(), Some(b'0'..=b'9' | b'\'' | b'N')) { Scan::Found(0) } else { skip_blank(buf, false) }
    }

    #[inline]
    fn read(&mut self, buf: &[u8], column: &Column, batch: &mut Batch) -> Scan<(usize, Stored)> {
        match store(buf, column, self, batch) {
            Scan::Found((length, Stored::Auto)) if self.no_auto_value_on_zero && !batch.last_is_null() => {
                Scan::Found((length, Stored::Plain))
            }
            scan => scan,
        }
    }

    fn push_default(&mut self, slot: usize, column: &Column, asked: bool, batch: &mut Batch, noticed: &mut Noticed) {
        if asked && column.def.generated {
            noticed.computed.push(slot);
        }
        // What the server has where nothing is listed is not its default: it is not known.
        if !asked && column.may_be_left_out() { batch.push_null() } else { push_default(column, slot, batch, noticed) }
    }
}

pub fn push_default(column: &Column, slot: usize, batch: &mut Batch, noticed: &mut Noticed) {
    if column.def.generated {
        return batch.push_null();
    }
    if column.def.auto_increment {
        noticed.auto = Some(slot);
        return batch.push_null();
    }
    if column.unknown_default.is_some() {
        noticed.unknown = Some(slot);
        return batch.push_null();
    }
    let text = match &column.def.default {
        Some(text) => text.clone(),
        None if column.def.nullable => return batch.push_null(),
        None => column.implicit_default(),
    };
    let literal = format!("'{}')", text.replace('\\', "\\\\").replace('\'', "''"));
    let bit = format!("{text})");
    let literal = if column.def.kind == ColumnKind::Bit { bit } else { literal };
    if !matches!(store(literal.as_bytes(), column, &Settings::default(), batch), Scan::Found(_)) {
        batch.push_text(text.as_bytes());
    }
}
