//! Rows of an .xls sheet. Its records need not be in order, so the places of its cells are sorted first.

use std::collections::HashSet;
use std::sync::Arc;

use super::record::{BEGIN, END, Record, Stream};
use super::text;
use crate::event::Result;
use crate::spreadsheet::binary::{BINARY, error_text, f64_at, packed_number, u8_at, u16_at, u32_at};
use crate::spreadsheet::book::{Rows, Seen, Strings};
use crate::spreadsheet::cell::{Block, Content, Instead, Row};
use crate::spreadsheet::package::cut;
use crate::spreadsheet::tokens::{Width, formula};

const NUMBER: u16 = 0x203;
const PACKED: u16 = 0x27e;
const PACKED_RUN: u16 = 0xbd;
const SHARED_TEXT: u16 = 0xfd;
const TEXT: u16 = 0x204;
const RICH_TEXT: u16 = 0xd6;
const BOOLEAN_OR_ERROR: u16 = 0x205;
const FORMULA: u16 = 0x06;
const FORMULA_TEXT: u16 = 0x207;
const ROW: u16 = 0x208;
const COLUMN_INFO: u16 = 0x7d;
const BLANK: u16 = 0x201;
const BLANK_RUN: u16 = 0xbe;
const DRAWING: u16 = 0xec;
const MERGED: u16 = 0xe5;

pub struct SheetRows {
    stream: Arc<Stream>,
    strings: Arc<Strings>,
    /// Row and place of every record that holds cells.
    cells: Vec<(u16, u32)>,
    next: usize,
    hidden: HashSet<u16>,
    seen: Seen,
    /// Where the stream ends within the sheet.
    cut: Option<u64>,
}

impl SheetRows {
    pub fn new(stream: Arc<Stream>, place: usize, strings: Arc<Strings>) -> Self {
        let (cells, hidden, seen) = (Vec::new(), HashSet::new(), Seen::default());
        let mut rows = Self { stream, strings, cells, next: 0, hidden, seen, cut: None };
        rows.index(place);
        if !rows.cells.is_sorted_by_key(|(row, _)| *row) {
            rows.cells.sort_by_key(|(row, _)| *row);
        }
        rows
    }

    fn index(&mut self, place: usize) {
        let stream = Arc::clone(&self.stream);
        // Charts on the sheet are streams within it.
        let (mut at, mut depth) = (place, 0);
        loop {
            let Some(record) = stream.record(at) else {
                self.cut = Some(at as u64);
                return;
            };
            let fields = record.fields;
            match record.kind {
                BEGIN => depth += 1,
                END => {
                    depth -= 1;
                    if depth <= 0 {
                        return;
                    }
                }
                _ if depth > 1 => {}
                NUMBER | PACKED | PACKED_RUN | SHARED_TEXT | TEXT | RICH_TEXT | BOOLEAN_OR_ERROR | FORMULA
                    if fields.len() >= 6 =>
                {
                    self.cells.push((u16_at(fields, 0), at as u32));
                }
                BLANK | BLANK_RUN => self.seen.bare += 1,
                DRAWING => self.seen.drawings = true,
                ROW if u16_at(fields, 12) & 0x20 != 0 => drop(self.hidden.insert(u16_at(fields, 0))),
                COLUMN_INFO if u16_at(fields, 8) & 1 != 0 => {
                    self.seen.hide_columns(u32::from(u16_at(fields, 0)), u32::from(u16_at(fields, 2)));
                }
                MERGED => {
                    for block in fields.get(2..).unwrap_or_default().chunks_exact(8) {
                        let (top, bottom) = (u32::from(u16_at(block, 0)) + 1, u32::from(u16_at(block, 2)) + 1);
                        let (left, right) = (u32::from(u16_at(block, 4)), u32::from(u16_at(block, 6)));
                        let fits = top <= bottom && left <= right;
                        self.seen.merge(fits.then_some(Block { top, left, bottom, right }));
                    }
                }
                _ => {}
            }
            at = record.next;
        }
    }

    fn cell(&mut self, at: usize, row: &mut Row) {
        let stream = Arc::clone(&self.stream);
        let Some(record) = stream.record(at) else { return };
        let fields = record.fields;
        let (column, style) = (u32::from(u16_at(fields, 2)), u32::from(u16_at(fields, 4)));
        let content = match record.kind {
            NUMBER => number(f64_at(fields, 6), row),
            PACKED => Content::Number(packed_number(u32_at(fields, 6))),
            PACKED_RUN => {
                let run = fields.get(4..fields.len() - 2).unwrap_or_default().chunks_exact(6);
                for (at, one) in run.enumerate() {
                    let number = packed_number(u32_at(one, 2));
                    row.push(column + at as u32, u32::from(u16_at(one, 0)), Content::Number(number));
                }
                return;
            }
            SHARED_TEXT => {
                let Some(text) = self.strings.get(u32_at(fields, 6) as usize) else {
                    self.seen.lost_texts += 1;
                    return;
                };
                Content::Text(row.keep(text))
            }
            BOOLEAN_OR_ERROR if u8_at(fields, 7) == 0 => Content::Boolean(u8_at(fields, 6) != 0),
            BOOLEAN_OR_ERROR => Content::Error(row.keep(error_text(u8_at(fields, 6)).as_bytes())),
            FORMULA => {
                if let Some(instead) = instead(fields) {
                    let written = self.stream.wide.then(|| written(fields)).flatten();
                    let text = written.as_deref().map_or(BINARY, str::as_bytes);
                    self.seen.formulas.push(row, (column, style), text, instead);
                    return;
                }
                self.seen.formulas.computed();
                match result(&stream, record, row) {
                    Some(content) => content,
                    None => return,
                }
            }
            _ => Content::Text(row.keep(&own_text(&stream, record))),
        };
        row.push(column, style, content);
    }
}

/// Doubles that are no numbers: Excel stores none, others do.
fn number(number: f64, row: &mut Row) -> Content {
    if number.is_finite() { Content::Number(number) } else { Content::Error(row.keep(b"#NUM!")) }
}

/// The text that a record itself holds.
fn own_text(stream: &Stream, record: Record<'_>) -> Vec<u8> {
    if !stream.wide {
        return text::narrow(record.fields, 6, 2, stream.encoding);
    }
    let mut segments = stream.continued(record);
    segments[0] = segments[0].get(6..).unwrap_or_default();
    text::unicode(&segments, true)
}

/// The formula as a person types it.
fn written(fields: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(fields, 20));
    formula(fields.get(22..22 + length)?, Width::Narrow)
}

/// What stands in place of a formula's result, or is a result that looks like it.
fn instead(fields: &[u8]) -> Option<Instead> {
    match (u16_at(fields, 12), u8_at(fields, 6)) {
        (0xffff, 3) => Some(Instead::Blank),
        (0xffff, _) => None,
        _ => (f64_at(fields, 6) == 0.0).then_some(Instead::Zero),
    }
}

/// What a formula gave when it was last computed.
fn result(stream: &Stream, record: Record<'_>, row: &mut Row) -> Option<Content> {
    let fields = record.fields;
    if u16_at(fields, 12) != 0xffff {
        return Some(number(f64_at(fields, 6), row));
    }
    match u8_at(fields, 6) {
        // A record of its own holds the text, after others that say how the formula is shared.
        0 => {
            let mut at = record.next;
            let given = loop {
                let next = stream.record(at)?;
                match next.kind {
                    FORMULA_TEXT => break next,
                    0x4bc | 0x221 | 0x21 | 0x236 | 0x3c | 0x21f => at = next.next,
                    _ => return Some(Content::Text(row.keep(b""))),
                }
            };
            let text = if stream.wide {
                text::unicode(&stream.continued(given), true)
            } else {
                text::narrow(given.fields, 0, 2, stream.encoding)
            };
            Some(Content::Text(row.keep(&text)))
        }
        1 => Some(Content::Boolean(u8_at(fields, 8) != 0)),
        2 => Some(Content::Error(row.keep(error_text(u8_at(fields, 8)).as_bytes()))),
        _ => Some(Content::Text(row.keep(b""))),
    }
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        while let Some((number, _)) = self.cells.get(self.next).copied() {
            row.start(u32::from(number) + 1);
            row.hidden = self.hidden.contains(&number);
            while let Some((_, at)) = self.cells.get(self.next).copied().filter(|(n, _)| *n == number) {
                self.next += 1;
                self.cell(at as usize, row);
            }
            row.settle();
            if !row.cells.is_empty() {
                return Ok(true);
            }
        }
        match self.cut {
            Some(byte) => Err(cut("the sheet", byte)),
            None => Ok(false),
        }
    }

    fn seen(&self) -> &Seen {
        &self.seen
    }
}
