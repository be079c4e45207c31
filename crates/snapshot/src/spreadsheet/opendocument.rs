//! OpenDocument spreadsheets (.ods): all sheets in one part, one behind the other (OASIS OpenDocument 1.3, part 3, 9).

mod cell;

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::book::{About, Book, Formats, Rows, SHEET_LIMIT, Seen, SheetKind, Visibility};
use super::cell::{Block, COLUMN_LIMIT, Instead, ROW_LIMIT, Row};
use super::package::{Package, Xml, attribute, protected};
use crate::event::{Error, Result};
use cell::{Reading, count};

/// Cells that a sheet may hold by saying that others repeat: a few bytes can ask for billions.
pub const REPEATED_LIMIT: u64 = 50_000_000;
const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
/// A list of parts is small.
const MANIFEST_LIMIT: u64 = 16 << 20;

pub struct OpenDocument {
    package: Package,
    sheets: Vec<About>,
    formats: Formats,
}

impl OpenDocument {
    pub fn is(package: &Package) -> bool {
        package.has(CONTENT) && package.has(MANIFEST)
    }

    pub fn open(package: Package) -> Result<Self> {
        let manifest = package.whole(MANIFEST, MANIFEST_LIMIT)?;
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(protected());
        }
        let sheets = sheets(&package)?;
        if sheets.is_empty() {
            let text = "the file holds no sheet: it may be a text or a presentation";
            return Err(Error::Unreadable(text.into()));
        }
        Ok(Self { package, sheets, formats: Formats::default() })
    }
}

impl Book for OpenDocument {
    fn sheets(&self) -> &[About] {
        &self.sheets
    }

    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows>> {
        let mut rows = SheetRows::new(self.package.xml(CONTENT)?);
        for _ in 0..=sheet {
            rows.next_sheet()?;
        }
        Ok(Box::new(rows))
    }
}

/// Names of the sheets, and which are hidden by their style.
fn sheets(package: &Package) -> Result<Vec<About>> {
    let mut xml = package.xml(CONTENT)?;
    let (mut hidden, mut sheets, mut style) = (HashSet::new(), Vec::new(), String::new());
    // Deleted cells that a document keeps to undo their deletion, and tables within cells, are no sheets.
    let mut inside = 0;
    loop {
        let event = match xml.next() {
            Ok(event) => event,
            // What the cut leaves of the last sheet is read; it says then where it ends.
            Err(error) if sheets.is_empty() => return Err(error),
            Err(_) => return Ok(sheets),
        };
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "style" => {
                style = attribute(&tag, "name").unwrap_or_default().into_owned();
            }
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "table-properties"
                    && attribute(&tag, "display").is_some_and(|v| v == "false") =>
            {
                hidden.insert(style.clone());
            }
            Event::Start(tag) if matches!(tag.name().as_ref(), "table:table" | "table:tracked-changes") => {
                if inside == 0 && tag.name().as_ref() == "table:table" && sheets.len() < SHEET_LIMIT {
                    let name = attribute(&tag, "name").unwrap_or_default().into_owned();
                    let is_hidden = attribute(&tag, "style-name").is_some_and(|s| hidden.contains(s.as_ref()));
                    let visibility = if is_hidden { Visibility::Hidden } else { Visibility::Shown };
                    sheets.push(About { name, visibility, kind: SheetKind::Cells });
                }
                inside += 1;
            }
            Event::End(tag) if matches!(tag.name().as_ref(), "table:table" | "table:tracked-changes") => inside -= 1,
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

struct SheetRows {
    xml: Xml,
    seen: Seen,
    /// Within a sheet.
    inside: bool,
    /// The next row's number.
    next: u32,
    /// How often the last row is still to be given.
    again: u32,
    kept: Row,
    repeated: u64,
    column: u32,
}

fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|v| v == "collapse" || v == "filter")
}

impl SheetRows {
    fn new(xml: Xml) -> Self {
        let (seen, kept) = (Seen::default(), Row::default());
        Self { xml, seen, inside: false, next: 1, again: 0, kept, repeated: 0, column: 0 }
    }

    /// The cells of a row, until it is closed.
    fn cells(&mut self, row: &mut Row) -> Result<()> {
        let mut column = 0u32;
        loop {
            let (reading, times, closed) = match self.xml.next()? {
                Event::Start(tag) if is_cell(&tag) => {
                    let block = spanned(&tag, column, row.number);
                    if block.is_some() {
                        self.seen.merge(block);
                    }
                    (Reading::start(&tag), count(&tag, "number-columns-repeated"), false)
                }
                Event::Empty(tag) if is_cell(&tag) => {
                    (Reading::start(&tag), count(&tag, "number-columns-repeated"), true)
                }
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => return Ok(()),
                _ => continue,
            };
            let mut reading = reading;
            if !closed {
                reading.text(&mut self.xml)?;
            }
            self.seen.drawings |= reading.drawing;
            let columns = column..column.saturating_add(times).min(COLUMN_LIMIT);
            if let Some(formula) = reading.formula_alone() {
                for at in columns {
                    self.seen.formulas.push(row, (at, u32::MAX), formula.as_bytes(), Instead::Nothing);
                }
                self.repeat(u64::from(times) - 1)?;
            } else if let Some(content) = reading.content(row) {
                for at in columns {
                    row.push(at, u32::MAX, content.clone());
                }
                self.repeat(u64::from(times) - 1)?;
            }
            column = column.saturating_add(times);
        }
    }

    fn repeat(&mut self, cells: u64) -> Result<()> {
        self.repeated += cells;
        if self.repeated > REPEATED_LIMIT {
            let text = format!("the sheet repeats cells over {REPEATED_LIMIT} times: it is not read further");
            return Err(Error::Limit(text));
        }
        Ok(())
    }

    /// Over what is no sheet, to where it is closed.
    fn skip(&mut self, name: &str) -> Result<()> {
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Event::Start(tag) if tag.name().as_ref() == name => depth += 1,
                Event::End(tag) if tag.name().as_ref() == name => depth -= 1,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn give_again(&mut self, row: &mut Row) {
        self.again -= 1;
        row.start(self.next);
        row.hidden = self.kept.hidden;
        row.cells.clone_from(&self.kept.cells);
        row.text.clone_from(&self.kept.text);
        self.next += 1;
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

/// The cells that a merged one covers.
fn spanned(tag: &BytesStart<'_>, left: u32, top: u32) -> Option<Block> {
    let (columns, rows) = (count(tag, "number-columns-spanned"), count(tag, "number-rows-spanned"));
    let (right, bottom) = (left.saturating_add(columns - 1), top.saturating_add(rows - 1));
    (columns > 1 || rows > 1).then_some(Block { top, left, bottom, right })
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        if !self.inside {
            return Ok(false);
        }
        if self.again > 0 && self.next <= ROW_LIMIT {
            self.give_again(row);
            return Ok(true);
        }
        loop {
            let (times, hidden, closed) = match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "table-row" => {
                    (count(&tag, "number-rows-repeated"), is_collapsed(&tag), false)
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "table-row" => {
                    (count(&tag, "number-rows-repeated"), false, true)
                }
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "table-column" => {
                    let times = count(&tag, "number-columns-repeated");
                    if is_collapsed(&tag) {
                        self.seen.hide_columns(self.column, self.column.saturating_add(times - 1));
                    }
                    self.column = self.column.saturating_add(times);
                    continue;
                }
                Event::Start(tag) | Event::Empty(tag) if tag.name().prefix().is_some_and(|p| p.as_ref() == "draw") => {
                    self.seen.drawings = true;
                    continue;
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => {
                    self.inside = false;
                    return Ok(false);
                }
                Event::Eof => {
                    self.inside = false;
                    return Ok(false);
                }
                _ => continue,
            };
            row.start(self.next.min(ROW_LIMIT));
            row.hidden = hidden;
            if !closed {
                self.cells(row)?;
            }
            if row.cells.is_empty() {
                self.next = self.next.saturating_add(times).min(ROW_LIMIT);
                continue;
            }
            // Said before any is given: reading on would be for nothing.
            self.again = (times - 1).min(ROW_LIMIT - row.number);
            self.repeat(u64::from(self.again) * row.cells.len() as u64)?;
            self.next += 1;
            if self.again > 0 {
                self.kept.start(row.number);
                self.kept.hidden = hidden;
                self.kept.cells.clone_from(&row.cells);
                self.kept.text.clone_from(&row.text);
            }
            return Ok(true);
        }
    }

    fn seen(&self) -> &Seen {
        &self.seen
    }

    fn next_sheet(&mut self) -> Result<bool> {
        if self.inside {
            self.skip("table:table")?;
        }
        (self.inside, self.seen, self.next) = (false, Seen::default(), 1);
        (self.again, self.repeated, self.column) = (0, 0, 0);
        loop {
            match self.xml.next()? {
                Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                    self.inside = true;
                    return Ok(true);
                }
                Event::Start(tag) if tag.name().as_ref() == "table:tracked-changes" => {
                    self.skip("table:tracked-changes")?;
                }
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }
}
