//! Rows of a sheet part, one at a time.

use std::sync::Arc;

use quick_xml::events::Event;

use super::plain::{self, PlainRow};
use super::strings::unescape;
use super::written::{Open, Stored, Written, number};
use crate::event::{Error, FacetKind, Result};
use crate::spreadsheet::book::{Formats, Rows, Seen, Strings};
use crate::spreadsheet::cell::{Block, Content, Instead, Plain, Row, Told};
use crate::spreadsheet::formula::Shared;
use crate::spreadsheet::markup::Stop;
use crate::spreadsheet::package::{EVENT_LIMIT, Xml, add_text, attribute, flag};
use crate::spreadsheet::serial::{Moment, from_iso};

pub struct SheetRows {
    xml: Xml,
    cells: Cells,
    /// The last row given.
    row: u32,
    value: Vec<u8>,
    formula: Vec<u8>,
    plain: PlainRow,
    /// Within the sheet's data, and there where a row may begin.
    inside: bool,
    between: bool,
}

/// What is known of a sheet while its cells are read.
struct Cells {
    strings: Arc<Strings>,
    formats: Formats,
    seen: Seen,
    shared: Shared,
}

impl SheetRows {
    pub fn new(xml: Xml, strings: Arc<Strings>, formats: &Formats) -> Self {
        let (seen, shared) = (Seen::default(), Shared::default());
        let cells = Cells { strings, formats: formats.clone(), seen, shared };
        let (value, formula) = (Vec::new(), Vec::new());
        Self { xml, cells, row: 0, value, formula, plain: PlainRow::default(), inside: false, between: false }
    }

    /// The next row that has a cell, as long as rows need no parser.
    fn plain(&mut self, row: &mut Row) -> bool {
        loop {
            let bytes = self.xml.ahead();
            match plain::row(bytes, &mut self.plain) {
                Ok(end) => {
                    self.row = after(self.row, self.plain.number);
                    row.start(self.row);
                    row.hidden = self.plain.hidden;
                    self.cells.seen.bare += self.plain.bare;
                    for cell in &self.plain.cells {
                        let value = cell.value.of(bytes, &mut self.value);
                        self.cells.closed(&cell.open, value, cell.formula.of(bytes, &mut self.formula), row);
                    }
                    row.settle();
                    self.xml.skip(end);
                    if !row.cells.is_empty() {
                        return true;
                    }
                }
                Err(Stop::Short) if self.xml.more() => {}
                Err(_) => return false,
            }
        }
    }

    /// Cells until the row is closed.
    fn cells(&mut self, row: &mut Row) -> Result<()> {
        let mut next_column = 0;
        loop {
            let open = match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "c" => Open::of(&tag, next_column)?,
                Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    next_column = Open::of(&tag, next_column)?.column + 1;
                    self.cells.seen.bare += 1;
                    continue;
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => return Ok(()),
                _ => continue,
            };
            next_column = open.column + 1;
            self.cell(open, row)?;
        }
    }

    /// What stands in a cell, until it is closed.
    fn cell(&mut self, mut open: Open, row: &mut Row) -> Result<()> {
        self.value.clear();
        self.formula.clear();
        let (mut inside, mut phonetic, mut inline, mut formula) = (false, false, false, false);
        while self.value.len().max(self.formula.len()) <= EVENT_LIMIT {
            match self.xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "f" => (formula, open.formula) = (true, Some(Written::of(&tag))),
                    // A text on the spot counts, not what some programs write beside it.
                    "is" => {
                        inline = true;
                        self.value.clear();
                    }
                    "v" if inline => {}
                    "v" | "t" if !phonetic => (inside, open.given) = (true, true),
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Event::Empty(tag) if matches!(tag.local_name().as_ref(), "v" | "t") => open.given = true,
                Event::Empty(tag) if tag.local_name().as_ref() == "f" => open.formula = Some(Written::of(&tag)),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => inside = false,
                    "f" => formula = false,
                    "rPh" => phonetic = false,
                    "c" => {
                        self.cells.closed(&open, &self.value, &self.formula, row);
                        return Ok(());
                    }
                    _ => {}
                },
                Event::Eof => {
                    self.cells.closed(&open, &self.value, &self.formula, row);
                    return Ok(());
                }
                event if inside => add_text(&event, &mut self.value),
                event if formula => add_text(&event, &mut self.formula),
                _ => {}
            }
        }
        Err(Error::Limit(format!("a cell holds over {EVENT_LIMIT} bytes: the sheet is not read further")))
    }
}

impl Cells {
    fn closed(&mut self, open: &Open, value: &[u8], formula: &[u8], row: &mut Row) {
        let place = (open.column, row.number);
        if let Some(Written::Shared(number)) = open.formula
            && !formula.is_empty()
        {
            self.shared.keep(number, formula, place);
        }
        match (open.formula, open.formula.and_then(|_| instead(open, value))) {
            (Some(written), Some(instead)) => {
                let text = self.formula_text(written, formula, place);
                self.seen.formulas.push(row, (open.column, open.style), &text, instead);
            }
            (written, _) if written.is_some() || open.given => {
                if written.is_some() {
                    self.seen.formulas.computed();
                }
                self.push(open, value, row);
            }
            _ => self.seen.bare += 1,
        }
    }

    fn formula_text(&self, written: Written, formula: &[u8], place: (u32, u32)) -> Vec<u8> {
        match written {
            Written::Array => [b"{=", formula, b"}"].concat(),
            Written::Shared(number) if formula.is_empty() => {
                [b"=", self.shared.moved(number, place).unwrap_or_default().as_slice()].concat()
            }
            _ => [b"=", formula].concat(),
        }
    }

    fn push(&mut self, open: &Open, value: &[u8], row: &mut Row) {
        let plain = std::str::from_utf8(value).unwrap_or_default().trim();
        let content = match open.stored {
            Stored::Number | Stored::Shared if plain.is_empty() => return,
            Stored::Number => match plain.parse::<f64>() {
                Ok(number) if number.is_finite() => Content::Number(number),
                _ => Content::Text(row.keep(value)),
            },
            Stored::Shared => {
                let Some(text) = plain.parse().ok().and_then(|index| self.strings.get(index)) else {
                    self.seen.lost_texts += 1;
                    return;
                };
                Content::Text(row.keep(text))
            }
            Stored::Text => Content::Text(row.keep(&unescape(value))),
            Stored::Boolean => Content::Boolean(matches!(plain, "1" | "true")),
            Stored::Error => Content::Error(row.keep(plain.as_bytes())),
            Stored::Iso => self.iso(plain, open.style),
        };
        row.push(open.column, open.style, content);
    }

    /// A date that is stored as text in ISO form, displayed as its style says.
    fn iso(&self, stored: &str, style: u32) -> Content {
        let (format, epoch) = (self.formats.of(style), self.formats.epoch);
        let serial = from_iso(stored, epoch);
        let shown = match (serial, format) {
            (Some(serial), Some(format)) if format.kind().is_some() => format.show(serial, epoch),
            _ => stored.to_owned(),
        };
        let moment = serial.and_then(|s| Moment::exact(s, epoch));
        let (kind, value) = match moment {
            Some(m) if stored.len() <= 10 => (FacetKind::Date, m.iso_date()),
            Some(m) => (FacetKind::Datetime, format!("{} {}", m.iso_date(), m.iso_time())),
            None if stored.as_bytes().get(2) == Some(&b':') => (FacetKind::Time, stored.to_owned()),
            None if stored.starts_with("PT") => (FacetKind::Duration, stored.to_owned()),
            None => (FacetKind::Datetime, stored.to_owned()),
        };
        let value = Plain::Text(value);
        Content::Told(Box::new(Told { kind: Some(kind), value, stored: stored.to_owned(), shown }))
    }
}

/// What stands in place of a formula's result; `None` where one stands there.
fn instead(open: &Open, value: &[u8]) -> Option<Instead> {
    let plain = value.trim_ascii();
    match open.stored {
        _ if !open.given => Some(Instead::Nothing),
        Stored::Number | Stored::Shared if plain.is_empty() => Some(Instead::Nothing),
        Stored::Number => {
            let number = std::str::from_utf8(plain).ok().and_then(|text| text.parse::<f64>().ok());
            number.is_some_and(|number| number == 0.0).then_some(Instead::Zero)
        }
        _ => None,
    }
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        loop {
            if self.between && self.plain(row) {
                return Ok(true);
            }
            self.between = false;
            match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "sheetData" => {
                    (self.inside, self.between) = (true, true);
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => self.inside = false,
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    let (number, hidden) = (number(&tag, "r"), flag(&tag, "hidden"));
                    self.row = after(self.row, number);
                    row.start(self.row);
                    row.hidden = hidden;
                    self.cells(row)?;
                    self.between = self.inside;
                    row.settle();
                    if !row.cells.is_empty() {
                        return Ok(true);
                    }
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    (self.row, self.between) = (after(self.row, number(&tag, "r")), self.inside);
                }
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "col" if flag(&tag, "hidden") => {
                        let at = |name| number(&tag, name).unwrap_or(1).saturating_sub(1);
                        self.cells.seen.hide_columns(at("min"), at("max"));
                    }
                    "drawing" | "picture" => self.cells.seen.drawings = true,
                    "mergeCell" => self.cells.seen.merge(attribute(&tag, "ref").and_then(|r| Block::parse(&r))),
                    _ => {}
                },
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    fn seen(&self) -> &Seen {
        &self.cells.seen
    }
}

/// The number of the row after one; a number that does not go up is a slip of the program that wrote it.
fn after(row: u32, number: Option<u32>) -> u32 {
    number.filter(|n| *n > row && *n < u32::MAX / 2).unwrap_or(row + 1)
}
