//! OpenDocument spreadsheets (.ods): all sheets in one part, one after the other (OASIS OpenDocument 1.3, part 3, 9).

mod cell;
mod plain;

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::book::{About, Book, Formats, Rows, SHEET_LIMIT, Seen, SheetKind, Visibility};
use super::cell::{Block, COLUMN_LIMIT, Instead, ROW_LIMIT, Row};
use super::markup::Stop;
use super::package::{Package, Xml, attribute, protected};
use crate::event::{Error, Result};
use cell::{Reading, count, times};
use plain::{Attribute, PlainRow};

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
    // Where a row may begin, of a sheet and not of a table within a cell.
    let mut between = false;
    loop {
        if between {
            while plain(&mut xml, |_| ()).is_some() {}
        }
        between = false;
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
                between = inside == 1 && tag.name().as_ref() == "table:table";
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => between = inside == 1,
            Event::End(tag) if matches!(tag.name().as_ref(), "table:table" | "table:tracked-changes") => inside -= 1,
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// Takes a row that needs no parser; `None` where the next one does, or there is none.
fn plain<T>(xml: &mut Xml, take: impl FnOnce(&Ahead<'_>) -> T) -> Option<T> {
    let (taken, end) = loop {
        let stop = match plain::row(xml.ahead()) {
            Ok((row, end)) => break (take(&Ahead { bytes: xml.ahead(), row }), end),
            Err(stop) => stop,
        };
        if stop == Stop::Odd || !xml.more() {
            return None;
        }
    };
    xml.skip(end);
    Some(taken)
}

/// A row that was taken, and the bytes it is in.
struct Ahead<'a> {
    bytes: &'a [u8],
    row: PlainRow<'a>,
}

struct SheetRows {
    xml: Xml,
    sheet: Sheet,
    /// Within a sheet, and there where a row may begin.
    inside: bool,
    between: bool,
    /// The next row's number.
    next: u32,
    /// How often the last row is still to be given.
    again: u32,
    kept: Row,
    column: u32,
    /// What a paragraph says that is not written as it reads.
    piece: Vec<u8>,
}

/// What was read of a sheet so far.
#[derive(Default)]
struct Sheet {
    seen: Seen,
    repeated: u64,
}

fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    collapses(attribute(tag, "visibility").as_deref())
}

fn collapses(visibility: Option<&str>) -> bool {
    matches!(visibility, Some("collapse" | "filter"))
}

/// The first attribute of such a name.
fn said<'a>(attributes: &[Attribute<'a>], name: &str) -> Option<&'a str> {
    attributes.iter().find(|a| a.local() == name).map(|a| a.value)
}

impl Sheet {
    /// Puts a cell and those that repeat it in their row; answers the column after them.
    fn put(&mut self, reading: Reading<'_>, times: u32, column: u32, row: &mut Row) -> Result<u32> {
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
        Ok(column.saturating_add(times))
    }

    fn repeat(&mut self, cells: u64) -> Result<()> {
        self.repeated += cells;
        if self.repeated > REPEATED_LIMIT {
            let text = format!("the sheet repeats cells over {REPEATED_LIMIT} times: it is not read further");
            return Err(Error::Limit(text));
        }
        Ok(())
    }

    /// The cells of a row that was taken without the parser.
    fn cells(&mut self, ahead: &Ahead<'_>, piece: &mut Vec<u8>, row: &mut Row) -> Result<()> {
        let mut column = 0;
        for cell in &ahead.row.cells {
            let attributes = &ahead.row.attributes[cell.attributes.clone()];
            let mut reading = Reading::default();
            let (mut again, mut wide, mut high) = (None, None, None);
            for attribute in attributes {
                match attribute.local() {
                    "number-columns-repeated" => again = again.or(Some(attribute.value)),
                    "number-columns-spanned" => wide = wide.or(Some(attribute.value)),
                    "number-rows-spanned" => high = high.or(Some(attribute.value)),
                    _ => reading.take(attribute.key, || Cow::Borrowed(attribute.value)),
                }
            }
            if !cell.closed && (wide.is_some() || high.is_some()) {
                let block = spanned(times(wide), times(high), column, row.number);
                if block.is_some() {
                    self.seen.merge(block);
                }
            }
            for text in &ahead.row.paragraphs[cell.paragraphs.clone()] {
                reading.paragraph(text.of(ahead.bytes, piece));
            }
            column = self.put(reading, times(again), column, row)?;
        }
        Ok(())
    }
}

impl SheetRows {
    fn new(xml: Xml) -> Self {
        let (sheet, kept, piece) = (Sheet::default(), Row::default(), Vec::new());
        Self { xml, sheet, inside: false, between: false, next: 1, again: 0, kept, column: 0, piece }
    }

    /// The cells of a row, until it is closed.
    fn cells(&mut self, row: &mut Row) -> Result<()> {
        let mut column = 0u32;
        loop {
            let (reading, times, closed) = match self.xml.next()? {
                Event::Start(tag) if is_cell(&tag) => {
                    let (wide, high) = (count(&tag, "number-columns-spanned"), count(&tag, "number-rows-spanned"));
                    let block = spanned(wide, high, column, row.number);
                    if block.is_some() {
                        self.sheet.seen.merge(block);
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
            column = self.sheet.put(reading, times, column, row)?;
        }
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

    /// Passes over a row, and those that repeat it; `false` where it has no cell to give.
    fn give(&mut self, times: u32, row: &Row) -> Result<bool> {
        if row.cells.is_empty() {
            self.next = self.next.saturating_add(times).min(ROW_LIMIT);
            return Ok(false);
        }
        // Said before any is given: reading on would be for nothing.
        self.again = (times - 1).min(ROW_LIMIT - row.number);
        self.sheet.repeat(u64::from(self.again) * row.cells.len() as u64)?;
        self.next += 1;
        if self.again > 0 {
            self.kept.start(row.number);
            self.kept.hidden = row.hidden;
            self.kept.cells.clone_from(&row.cells);
            self.kept.text.clone_from(&row.text);
        }
        Ok(true)
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
fn spanned(columns: u32, rows: u32, left: u32, top: u32) -> Option<Block> {
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
            if self.between {
                let (sheet, piece, number) = (&mut self.sheet, &mut self.piece, self.next.min(ROW_LIMIT));
                let taken = plain(&mut self.xml, |ahead| {
                    let own = &ahead.row.attributes[..ahead.row.own];
                    row.start(number);
                    row.hidden = collapses(said(own, "visibility"));
                    sheet.cells(ahead, piece, row).map(|()| times(said(own, "number-rows-repeated")))
                });
                if let Some(times) = taken {
                    if self.give(times?, row)? {
                        return Ok(true);
                    }
                    continue;
                }
            }
            self.between = false;
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
                        self.sheet.seen.hide_columns(self.column, self.column.saturating_add(times - 1));
                    }
                    self.column = self.column.saturating_add(times);
                    continue;
                }
                Event::Start(tag) | Event::Empty(tag) if tag.name().prefix().is_some_and(|p| p.as_ref() == "draw") => {
                    self.sheet.seen.drawings = true;
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
            self.between = true;
            if self.give(times, row)? {
                return Ok(true);
            }
        }
    }

    fn seen(&self) -> &Seen {
        &self.sheet.seen
    }

    fn next_sheet(&mut self) -> Result<bool> {
        if self.inside {
            self.skip("table:table")?;
        }
        (self.inside, self.between, self.sheet) = (false, false, Sheet::default());
        (self.next, self.again, self.column) = (1, 0, 0);
        loop {
            match self.xml.next()? {
                Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                    (self.inside, self.between) = (true, true);
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
