//! Workbooks: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods`, told apart by content. Each table on a sheet is a table.
//!
//! Every format is read by our own code, because number formats decide what a number is and what a person saw: rows
//! stream out of zip parts in flat memory, `.xls` is held as a whole. A sheet is read twice: once to find its tables
//! and headers ([`layout`]), for what stands last in a column may say that its first cell is no header, and once for
//! its rows. A date is staged as ISO text with its serial and its display beside it; a number as the shortest text that
//! gives the same double.

mod biff;
mod binary;
mod book;
mod cell;
mod choice;
mod formula;
mod layout;
mod markup;
mod number_format;
mod ooxml;
mod opendocument;
mod package;
mod part;
mod plan;
pub mod protected;
mod serial;
mod stage;
mod tokens;
mod xlsb;

use std::collections::{HashSet, VecDeque};
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cfb::CompoundFile;

pub use choice::{OneSheet, SheetChoice};

use book::{Book, Rows, next_row};
use cell::Row;
use package::Package;
use plan::{Plan, Table};

use crate::container::Counted;
use crate::event::{Batch, Error, Facet, FacetKind, Note, NoteKind, Position, Reader, Result, Step, TableDef};

/// Reads one workbook.
pub struct Spreadsheet {
    book: Box<dyn Book>,
    stem: String,
    choice: SheetChoice,
    size: u64,
    taken: Arc<AtomicU64>,
    /// `None` until the sheets were looked at.
    plans: Option<VecDeque<Plan>>,
    queue: VecDeque<Step>,
    current: Option<Current>,
    /// The sheet being read, its rows, and whether `row` is one that nobody has used.
    open: Option<(usize, Box<dyn Rows>)>,
    row: Row,
    held: bool,
    tables: usize,
    names: HashSet<String>,
    ended: bool,
}

/// The table whose rows are given.
struct Current {
    table: Table,
    index: usize,
}

impl Spreadsheet {
    /// `source` is the workbook; `stem` the file's name without its extension.
    /// `password` is tried where Excel would ask for one.
    pub fn new(
        mut source: impl Read + Seek + Send + Sync + 'static,
        stem: &str,
        choice: &SheetChoice,
        password: Option<&str>,
    ) -> Result<Self> {
        let at_start = |source| Error::Io { byte: 0, source };
        let size = source.seek(SeekFrom::End(0)).map_err(at_start)?;
        source.rewind().map_err(at_start)?;
        let taken = Arc::new(AtomicU64::new(0));
        let mut source = Counted::new(source, Arc::clone(&taken));
        let mut head = Vec::new();
        source.by_ref().take(8).read_to_end(&mut head).map_err(at_start)?;
        source.rewind().map_err(at_start)?;
        Ok(Self {
            book: open(&head, source, password)?,
            stem: stem.to_owned(),
            choice: choice.clone(),
            size,
            taken,
            plans: None,
            queue: VecDeque::new(),
            current: None,
            open: None,
            row: Row::default(),
            held: false,
            tables: 0,
            names: HashSet::new(),
            ended: false,
        })
    }

    /// Names of its sheets, in order.
    pub fn sheets(&self) -> Vec<String> {
        self.book.sheets().iter().map(|about| about.name.clone()).collect()
    }

    /// Looks at every sheet; what has no table is said.
    fn survey(&mut self) -> Result<()> {
        let (plans, notes) = plan::survey(self.book.as_mut(), &self.choice)?;
        self.queue.extend(notes.into_iter().map(Step::Note));
        self.plans = Some(plans.into());
        Ok(())
    }

    /// Opens the next table: it goes out before the notes about it.
    fn start(&mut self) -> Result<bool> {
        let Some(plans) = &mut self.plans else { return Ok(false) };
        let Some(plan) = plans.front_mut() else { return Ok(false) };
        let Some(table) = plan.tables.pop_front() else {
            plans.pop_front();
            return Ok(true);
        };
        let (about, single) = (&self.book.sheets()[table.sheet], self.book.sheets().len() == 1);
        let name = if single { self.stem.clone() } else { format!("{} {}", self.stem, about.name) };
        let name = plan::unique(&mut self.names, &name);
        let comment = plan::comment(about.visibility);
        self.seek(&table)?;
        let index = self.tables;
        self.tables += 1;
        let mut notes = Vec::new();
        let formats = self.book.formats().clone();
        let mut head = Vec::new();
        while self.advance() {
            if self.row.number > table.last_head() {
                self.held = true;
                break;
            }
            if let Some(text) = table.title(&self.row, &formats) {
                let name = format!("{} row {}", self.book.sheets()[table.sheet].name, self.row.number);
                let kind = NoteKind::Object { kind: "text above the header".into(), name, text };
                notes.push((self.row.number, kind));
            } else {
                head.push(table.header_cells(&self.row, &formats));
            }
        }
        let columns = table.columns(&head);
        self.queue.push_back(Step::Table(TableDef { name, columns, comment, ..TableDef::default() }));
        notes.extend(table.notes.iter().cloned());
        self.queue.extend(notes.into_iter().map(|(row, kind)| {
            let at = Position { record: 0, line: u64::from(row), byte: 0 };
            Step::Note(Note { table: Some(index), at, kind })
        }));
        self.current = Some(Current { table, index });
        Ok(true)
    }

    /// Goes to the first row of a table: on, or back to the start of its sheet.
    fn seek(&mut self, table: &Table) -> Result<()> {
        let top = table.area.block.top;
        let ahead = if self.held { self.row.number <= top } else { self.row.number < top };
        match &mut self.open {
            Some((sheet, _)) if *sheet == table.sheet && ahead => {}
            open => {
                self.held = false;
                plan::go_to(self.book.as_mut(), open, table.sheet)?;
            }
        }
        while self.advance() {
            if self.row.number >= top {
                self.held = true;
                break;
            }
        }
        Ok(())
    }

    /// The next row of the sheet; `false` at its end, or where it is damaged, which was said when it was looked at.
    fn advance(&mut self) -> bool {
        if self.held {
            self.held = false;
            return true;
        }
        match &mut self.open {
            Some((_, rows)) => matches!(next_row(rows.as_mut(), &mut self.row), Ok(true)),
            None => false,
        }
    }

    /// Rows of the current table into the batch.
    fn fill(&mut self, batch: &mut Batch) {
        let Some(current) = self.current.take() else { return };
        let block = current.table.area.block;
        let width = (block.right - block.left + 1) as usize;
        batch.start(current.index, width);
        let formats = self.book.formats().clone();
        let staging = stage::Staging { formats: &formats, placeholders: current.table.placeholders };
        while !batch.is_full() {
            if !self.advance() {
                return;
            }
            if self.row.number > block.bottom {
                self.held = true;
                return;
            }
            let number = batch.rows() as u32;
            if stage::row(&self.row, &block, &staging, batch) && self.row.hidden {
                let (stored, shown) = (String::new(), String::new());
                batch.push_facet(Facet { row: number, column: None, kind: FacetKind::Hidden, stored, shown });
            }
        }
        self.current = Some(current);
    }
}

/// The workbook after a source, by what it begins with.
fn open(
    head: &[u8],
    source: impl Read + Seek + Send + Sync + 'static,
    password: Option<&str>,
) -> Result<Box<dyn Book>> {
    if head.starts_with(b"PK") {
        return open_package(Package::open(Box::new(source))?);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        let file = CompoundFile::open(source).map_err(|_| protected::damaged())?;
        if protected::is_package(&file) {
            return open_package(Package::open(Box::new(protected::Package::open(file, password)?))?);
        }
        return Ok(Box::new(biff::Xls::open(file, password)?));
    }
    if matches!(head, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        let text = "this is a workbook of Excel 2 to 4: open it in LibreOffice or Excel and save it as .xlsx";
        return Err(Error::Unreadable(text.into()));
    }
    Err(Error::Unreadable("this is no workbook: neither .xlsx, .xlsb, .xls nor .ods begins like this".into()))
}

fn open_package(package: Package) -> Result<Box<dyn Book>> {
    if opendocument::OpenDocument::is(&package) {
        return Ok(Box::new(opendocument::OpenDocument::open(package)?));
    }
    if !ooxml::Ooxml::is(&package) {
        let text = "the archive holds no workbook: it may be a Word document or a presentation";
        return Err(Error::Unreadable(text.into()));
    }
    Ok(Box::new(ooxml::Ooxml::open(package)?))
}

impl Reader for Spreadsheet {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if self.plans.is_none() {
            self.survey()?;
        }
        loop {
            if let Some(step) = self.queue.pop_front() {
                return Ok(step);
            }
            if self.current.is_some() {
                self.fill(batch);
                if !batch.is_empty() {
                    return Ok(Step::Rows);
                }
            } else if !self.start()? {
                self.ended = true;
                return Ok(Step::End);
            }
        }
    }

    /// A sheet is read twice, so each byte counts half each time.
    fn position(&self) -> u64 {
        let taken = self.taken.load(Ordering::Relaxed) / 2;
        if self.ended { self.size } else { taken.min(self.size) }
    }

    fn encoding(&self) -> String {
        "workbook".into()
    }
}

#[cfg(test)]
mod tests;
