//! A row of an `INSERT`: its values into the batch, each where it belongs.

use super::column::Column;
use super::lexer::Scan;
use super::noticed::Noticed;
use super::read_values::{ReadValues, Stored};
use super::slots::Slots;
use crate::event::Batch;

/// Reads `( … )` at the start of `buf` into the batch; answers its length. A row that is not read whole leaves nothing.
pub fn read_row(
    buf: &[u8],
    columns: &[Column],
    slots: &Slots,
    server: &mut impl ReadValues,
    batch: &mut Batch,
    spare: &mut Batch,
    noticed: &mut Noticed,
) -> Scan<usize> {
    let Some(order) = slots.order() else {
        let mark = batch.mark();
        let scan = read_values(buf, columns, slots, server, batch, noticed);
        if !matches!(scan, Scan::Found(_)) {
            batch.rewind(mark);
        }
        return scan;
    };
    spare.start(0, order.len());
    let scan = read_values(buf, columns, slots, server, spare, noticed);
    if matches!(scan, Scan::Found(_)) {
        // In column order; columns that the row leaves out get their default.
        for (index, column) in columns.iter().enumerate() {
            match slots.value(index) {
                Some(value) => batch.push_cell(spare.cell(value)),
                None => server.push_default(index, column, false, batch, noticed),
            }
        }
    }
    scan
}

fn read_values(
    buf: &[u8],
    columns: &[Column],
    slots: &Slots,
    server: &mut impl ReadValues,
    batch: &mut Batch,
    noticed: &mut Noticed,
) -> Scan<usize> {
    const WIDTH: &str = "as many values as columns";
    if buf.first() != Some(&b'(') {
        return if buf.is_empty() { Scan::More } else { Scan::Bad("an opening bracket before a row") };
    }
    let (mut at, mut index) = (1, 0);
    loop {
        match server.blank(&buf[at..]) {
            Scan::Found(n) => at += n,
            _ => return Scan::More,
        }
        if index == 0 && buf.get(at) == Some(&b')') {
            return if slots.width() == 0 { Scan::Found(at + 1) } else { Scan::Bad(WIDTH) };
        }
        let slot = slots.order().map_or(Some(index), |order| order.get(index).copied());
        let Some((slot, column)) = slot.and_then(|slot| Some((slot, columns.get(slot)?))) else {
            return Scan::Bad("no more values than columns");
        };
        match server.read(&buf[at..], column, batch) {
            Scan::Found((length, stored)) => {
                at += length;
                match stored {
                    Stored::Plain => {}
                    Stored::Auto => noticed.auto = Some(slot),
                    Stored::Function => noticed.function = true,
                    Stored::Odd(what) => noticed.odd.push((slot, what)),
                    Stored::Default => server.push_default(slot, column, true, batch, noticed),
                }
            }
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        }
        index += 1;
        let Some(next) = buf.get(at) else { return Scan::More };
        at += 1;
        if *next == b')' {
            return if index == slots.width() { Scan::Found(at) } else { Scan::Bad(WIDTH) };
        }
    }
}
