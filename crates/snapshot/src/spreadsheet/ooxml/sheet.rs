//! Rows of a sheet part, one at a time.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::strings::unescape;
use crate::event::{Error, FacetKind, Result};
use crate::spreadsheet::book::{Formats, Rows, Seen, Strings};
use crate::spreadsheet::cell::{Block, COLUMN_LIMIT, Content, Instead, Plain, Row, Told, place};
use crate::spreadsheet::formula::Shared;
use crate::spreadsheet::package::{EVENT_LIMIT, Xml, add_text, attribute, flag};
use crate::spreadsheet::serial::{Moment, from_iso};

pub struct SheetRows {
    xml: Xml,
    strings: Arc<Strings>,
    formats: Formats,
    seen: Seen,
    /// The last row given.
    row: u32,
    value: Vec<u8>,
    formula: Vec<u8>,
    shared: Shared,
}

/// How `t` says that a cell is stored.
#[derive(Clone, Copy, PartialEq)]
enum Stored {
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Iso,
}

struct Open {
    column: u32,
    style: u32,
    stored: Stored,
    /// A value or an inline text was there, even an empty one.
    given: bool,
    formula: Option<Written>,
}

/// How a formula is written.
#[derive(Clone, Copy)]
enum Written {
    Plain,
    /// For several cells at once.
    Array,
    /// By its number, in the first of the cells that share it.
    Shared(u32),
}

impl SheetRows {
    pub fn new(xml: Xml, strings: Arc<Strings>, formats: &Formats) -> Self {
        let (seen, shared) = (Seen::default(), Shared::default());
        Self { xml, strings, formats: formats.clone(), seen, row: 0, value: Vec::new(), formula: Vec::new(), shared }
    }

    /// Cells until the row is closed.
    fn cells(&mut self, row: &mut Row) -> Result<()> {
        let mut next_column = 0;
        loop {
            let open = match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "c" => open(&tag, next_column)?,
                Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    next_column = open(&tag, next_column)?.column + 1;
                    self.seen.bare += 1;
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
                    "f" => (formula, open.formula) = (true, Some(written(&tag))),
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
                Event::Empty(tag) if tag.local_name().as_ref() == "f" => open.formula = Some(written(&tag)),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => inside = false,
                    "f" => formula = false,
                    "rPh" => phonetic = false,
                    "c" => {
                        self.closed(&open, row);
                        return Ok(());
                    }
                    _ => {}
                },
                Event::Eof => {
                    self.closed(&open, row);
                    return Ok(());
                }
                event if inside => add_text(&event, &mut self.value),
                event if formula => add_text(&event, &mut self.formula),
                _ => {}
            }
        }
        Err(Error::Limit(format!("a cell holds over {EVENT_LIMIT} bytes: the sheet is not read further")))
    }

    fn closed(&mut self, open: &Open, row: &mut Row) {
        let place = (open.column, row.number);
        if let Some(Written::Shared(number)) = open.formula
            && !self.formula.is_empty()
        {
            self.shared.keep(number, &self.formula, place);
        }
        match (open.formula, open.formula.and_then(|_| self.instead(open))) {
            (Some(written), Some(instead)) => {
                let text = self.formula_text(written, place);
                self.seen.formulas.push(row, (open.column, open.style), &text, instead);
            }
            (formula, _) if formula.is_some() || open.given => {
                if formula.is_some() {
                    self.seen.formulas.computed();
                }
                self.push(open, row);
            }
            _ => self.seen.bare += 1,
        }
    }

    /// What stands in place of a formula's result; `None` where one stands there.
    fn instead(&self, open: &Open) -> Option<Instead> {
        let plain = self.value.trim_ascii();
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

    fn formula_text(&self, written: Written, place: (u32, u32)) -> Vec<u8> {
        match written {
            Written::Array => [b"{=", self.formula.as_slice(), b"}"].concat(),
            Written::Shared(number) if self.formula.is_empty() => {
                [b"=", self.shared.moved(number, place).unwrap_or_default().as_slice()].concat()
            }
            _ => [b"=", self.formula.as_slice()].concat(),
        }
    }

    fn push(&mut self, open: &Open, row: &mut Row) {
        let plain = std::str::from_utf8(&self.value).unwrap_or_default().trim();
        let content = match open.stored {
            Stored::Number | Stored::Shared if plain.is_empty() => return,
            Stored::Number => match plain.parse::<f64>() {
                Ok(number) if number.is_finite() => Content::Number(number),
                _ => Content::Text(row.keep(&self.value)),
            },
            Stored::Shared => {
                let Some(text) = plain.parse().ok().and_then(|index| self.strings.get(index)) else {
                    self.seen.lost_texts += 1;
                    return;
                };
                Content::Text(row.keep(text))
            }
            Stored::Text => Content::Text(row.keep(&unescape(&self.value))),
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

fn written(tag: &BytesStart<'_>) -> Written {
    match attribute(tag, "t").as_deref() {
        Some("array") => Written::Array,
        Some("shared") => number(tag, "si").map_or(Written::Plain, Written::Shared),
        _ => Written::Plain,
    }
}

fn open(tag: &BytesStart<'_>, next: u32) -> Result<Open> {
    let mut open = Open { column: next, style: 0, stored: Stored::Number, given: false, formula: None };
    let mut all = tag.attributes();
    all.with_checks(false);
    for attribute in all.flatten() {
        let value = attribute.value.as_ref();
        match attribute.key.as_ref() {
            "r" => open.column = place(value.as_bytes()).map_or(next, |(column, _)| column),
            "s" => open.style = value.parse().unwrap_or(0),
            "t" => {
                open.stored = match value {
                    "s" => Stored::Shared,
                    "str" | "inlineStr" => Stored::Text,
                    "b" => Stored::Boolean,
                    "e" => Stored::Error,
                    "d" => Stored::Iso,
                    _ => Stored::Number,
                }
            }
            _ => {}
        }
    }
    if open.column >= COLUMN_LIMIT {
        return Err(Error::Limit(format!("a row has over {COLUMN_LIMIT} cells: the sheet is not read further")));
    }
    Ok(open)
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        loop {
            match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    let (number, hidden) = (number(&tag, "r"), flag(&tag, "hidden"));
                    self.row = after(self.row, number);
                    row.start(self.row);
                    row.hidden = hidden;
                    self.cells(row)?;
                    row.settle();
                    if !row.cells.is_empty() {
                        return Ok(true);
                    }
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    self.row = after(self.row, number(&tag, "r"));
                }
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "col" if flag(&tag, "hidden") => {
                        let at = |name| number(&tag, name).unwrap_or(1).saturating_sub(1);
                        self.seen.hide_columns(at("min"), at("max"));
                    }
                    "drawing" | "picture" => self.seen.drawings = true,
                    "mergeCell" => self.seen.merge(attribute(&tag, "ref").and_then(|r| Block::parse(&r))),
                    _ => {}
                },
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    fn seen(&self) -> &Seen {
        &self.seen
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// The number of the row behind one; a number that does not go up is a slip of the program that wrote it.
fn after(row: u32, number: Option<u32>) -> u32 {
    number.filter(|n| *n > row && *n < u32::MAX / 2).unwrap_or(row + 1)
}
