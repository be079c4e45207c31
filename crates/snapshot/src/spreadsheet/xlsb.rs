//! The binary parts of .xlsb: records of a number, a length and fields (MS-XLSB 2.1.4).

use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::sync::Arc;

use super::binary::{BINARY, add_utf16, error_text, f64_at, packed_number, u8_at, u16_at, u32_at};
use super::book::{Declared, Formats, Rows, SHEET_LIMIT, Seen, Strings, Visibility};
use super::cell::{Block, COLUMN_LIMIT, Content, Instead, ROW_LIMIT, Row};
use super::formula::Zeros;
use super::package::{EVENT_LIMIT, Package, cut};
use super::part::Part;
use super::serial::Epoch;
use super::tokens::{Width, formula};
use crate::event::{Error, Result};

const ROW_HEADER: u16 = 0;
const SHARED_TEXT: u16 = 19;
const FORMAT: u16 = 44;
const STYLE: u16 = 47;
const COLUMN_INFO: u16 = 60;
const SHEET_DATA_END: u16 = 146;
const WORKBOOK_PROPERTIES: u16 = 153;
const SHEET: u16 = 156;
const CALCULATION: u16 = 157;
const MERGED: u16 = 176;
const DRAWING: u16 = 550;
const CELL_STYLES: u16 = 617;
const CELL_STYLES_END: u16 = 618;

struct Records {
    input: Part,
    part: String,
    at: u64,
    record: Vec<u8>,
}

impl Records {
    fn new(input: Part, part: &str) -> Self {
        Self { input, part: part.to_owned(), at: 0, record: Vec::new() }
    }

    /// The next record's number, its fields in `record`; `None` at the end.
    fn next(&mut self) -> Result<Option<u16>> {
        let start = self.at;
        if self.input.fill_buf().map_err(|_| cut(&self.part, start))?.is_empty() {
            return Ok(None);
        }
        let mut kind = u16::from(self.byte(start)?);
        if kind & 0x80 != 0 {
            kind = kind & 0x7f | (u16::from(self.byte(start)?) & 0x7f) << 7;
        }
        let mut length = 0usize;
        for shift in [0, 7, 14, 21] {
            let next = self.byte(start)?;
            length |= usize::from(next & 0x7f) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        if length > EVENT_LIMIT {
            let text = format!("{}: a record of over {EVENT_LIMIT} bytes: it is not read further", self.part);
            return Err(Error::Limit(text));
        }
        self.record.clear();
        let got = (&mut self.input).take(length as u64).read_to_end(&mut self.record);
        let got = got.map_err(|_| cut(&self.part, start))?;
        self.at += got as u64;
        if got < length { Err(cut(&self.part, start)) } else { Ok(Some(kind)) }
    }

    /// The next byte of the record that begins at `start`.
    fn byte(&mut self, start: u64) -> Result<u8> {
        let first = self.input.fill_buf().ok().and_then(|ahead| ahead.first().copied());
        let byte = first.ok_or_else(|| cut(&self.part, start))?;
        self.input.consume(1);
        self.at += 1;
        Ok(byte)
    }
}

/// A text with its length in front, and where it ends; empty where it is cut off or null.
fn wide(record: &[u8], at: usize) -> (Vec<u8>, usize) {
    let count = u32_at(record, at) as usize;
    let end = count.checked_mul(2).and_then(|bytes| bytes.checked_add(at + 4)).filter(|_| count != 0xffff_ffff);
    let bytes = end.and_then(|end| record.get(at + 4..end)).unwrap_or_default();
    let mut text = Vec::with_capacity(bytes.len());
    add_utf16(bytes, &mut text);
    (text, at + 4 + bytes.len())
}

pub fn workbook(package: &Package, part: &str) -> Result<Declared> {
    let mut records = Records::new(package.part(part)?, part);
    let mut declared = Declared::default();
    while let Some(kind) = records.next()? {
        let record = &records.record;
        match kind {
            WORKBOOK_PROPERTIES if u32_at(record, 0) & 1 != 0 => declared.epoch = Epoch::Of1904,
            CALCULATION if u16_at(record, 24) & 1 != 0 => declared.zeros = Zeros::Doubtful,
            SHEET if declared.sheets.len() < SHEET_LIMIT => {
                let visibility = match u32_at(record, 0) {
                    0 => Visibility::Shown,
                    1 => Visibility::Hidden,
                    _ => Visibility::VeryHidden,
                };
                let (id, end) = wide(record, 8);
                let (name, _) = wide(record, end);
                let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                declared.sheets.push((text(name), text(id), visibility));
            }
            _ => {}
        }
    }
    Ok(declared)
}

pub fn strings(package: &Package, part: &str) -> Result<Strings> {
    let mut records = Records::new(package.part(part)?, part);
    let mut strings = Strings::default();
    while let Some(kind) = records.next()? {
        if kind == SHARED_TEXT {
            strings.push(&wide(&records.record, 1).0)?;
        }
    }
    Ok(strings)
}

pub fn styles(package: &Package, part: &str) -> Result<Formats> {
    let mut records = Records::new(package.part(part)?, part);
    let (mut codes, mut styles, mut inside) = (HashMap::new(), Vec::new(), false);
    while let Some(kind) = records.next()? {
        let record = &records.record;
        match kind {
            FORMAT => {
                let code = String::from_utf8_lossy(&wide(record, 2).0).into_owned();
                codes.insert(u32::from(u16_at(record, 0)), code);
            }
            CELL_STYLES => inside = true,
            CELL_STYLES_END => inside = false,
            STYLE if inside && styles.len() < Formats::LIMIT => styles.push(u32::from(u16_at(record, 2))),
            _ => {}
        }
    }
    Ok(Formats::new(&styles, &codes))
}

pub struct SheetRows {
    records: Records,
    strings: Arc<Strings>,
    seen: Seen,
    /// Number and visibility of the row whose cells come next.
    row: Option<(u32, bool)>,
    last: u32,
}

impl SheetRows {
    pub fn new(input: Part, part: &str, strings: Arc<Strings>) -> Self {
        Self { records: Records::new(input, part), strings, seen: Seen::default(), row: None, last: 0 }
    }

    fn cell(&mut self, kind: u16, row: &mut Row) {
        let record = &self.records.record;
        let (column, style) = (u32_at(record, 0), u32_at(record, 4) & 0x00ff_ffff);
        if column >= COLUMN_LIMIT {
            return;
        }
        if kind == 9 && f64_at(record, 8) == 0.0 {
            let length = u32_at(record, 18) as usize;
            let signs = length.checked_add(22).and_then(|end| record.get(22..end));
            let written = signs.and_then(|signs| formula(signs, Width::Wide));
            let text = written.as_deref().map_or(BINARY, str::as_bytes);
            self.seen.formulas.push(row, (column, style), text, Instead::Zero);
            return;
        }
        if matches!(kind, 8..=11) {
            self.seen.formulas.computed();
        }
        let content = match kind {
            2 => Content::Number(packed_number(u32_at(record, 8))),
            3 | 11 => Content::Error(row.keep(error_text(u8_at(record, 8)).as_bytes())),
            4 | 10 => Content::Boolean(u8_at(record, 8) != 0),
            5 | 9 => match f64_at(record, 8) {
                number if number.is_finite() => Content::Number(number),
                _ => Content::Error(row.keep(b"#NUM!")),
            },
            6 | 8 => Content::Text(row.keep(&wide(record, 8).0)),
            62 => Content::Text(row.keep(&wide(record, 9).0)),
            _ => {
                let Some(text) = self.strings.get(u32_at(record, 8) as usize) else {
                    self.seen.lost_texts += 1;
                    return;
                };
                Content::Text(row.keep(text))
            }
        };
        row.push(column, style, content);
    }
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        let start = |row: &mut Row, (number, hidden)| {
            row.start(number);
            row.hidden = hidden;
        };
        start(row, self.row.unwrap_or((self.last, false)));
        while let Some(kind) = self.records.next()? {
            let record = &self.records.record;
            match kind {
                ROW_HEADER => {
                    let number = u32_at(record, 0).saturating_add(1);
                    let number = if number > self.last && number <= ROW_LIMIT { number } else { self.last + 1 };
                    self.last = number;
                    self.row = Some((number, u8_at(record, 11) & 0x10 != 0));
                    if !row.cells.is_empty() {
                        row.settle();
                        return Ok(true);
                    }
                    start(row, (number, u8_at(record, 11) & 0x10 != 0));
                }
                1 => self.seen.bare += 1,
                DRAWING => self.seen.drawings = true,
                2..=11 | 62 if self.row.is_some() => self.cell(kind, row),
                SHEET_DATA_END => {
                    self.row = None;
                    if !row.cells.is_empty() {
                        row.settle();
                        return Ok(true);
                    }
                }
                COLUMN_INFO if u16_at(record, 16) & 1 != 0 => {
                    self.seen.hide_columns(u32_at(record, 0), u32_at(record, 4));
                }
                MERGED => {
                    let (top, bottom) = (u32_at(record, 0), u32_at(record, 4));
                    let (left, right) = (u32_at(record, 8), u32_at(record, 12));
                    let fits = top <= bottom && left <= right && bottom < ROW_LIMIT && right < COLUMN_LIMIT;
                    let block = Block { top: top.saturating_add(1), left, bottom: bottom.saturating_add(1), right };
                    self.seen.merge(fits.then_some(block));
                }
                _ => {}
            }
        }
        Ok(false)
    }

    fn seen(&self) -> &Seen {
        &self.seen
    }
}
