//! MS Access: .mdb and .accdb, from Access 97 (Jet 3) to Access 2019 (ACE 17).
//!
//! The pages are read here, not by a library: those at hand hold whole tables or files, leave out or stop at damaged
//! rows without saying where they stand, take Jet 3 text for Latin-1 whatever the file's code page, and lose columns
//! with several values. What is known of the format is in the modules: `header` and `cipher` open the file, `pages`
//! and `definition` find a table's rows, `scan` and `row` cut them up, `value` says what stands there, `catalog`,
//! `property` and `query` read what Access notes about all this.
//!
//! # What comes out
//!
//! - Whole numbers, yes/no (1 and 0) and autonumbers as integers; currency with four decimals, decimals with the
//!   column's, floats in the shortest form that reads back; GUIDs in braces and capitals.
//! - Dates as `YYYY-MM-DD HH:MM:SS`, with milliseconds where there are any. A time alone stands on 1899-12-30, as other
//!   programs get it from Access; before that day the fraction counts forward, as Access does. Extended dates have
//!   seven decimals.
//! - Memos with their formatting, hyperlinks with their `#`, OLE objects with their wrapping: as they are stored.
//! - Columns in the order they were created. One that was added after a row was written is NULL in it (0 if yes/no).
//! - A column `c` of table `T` with several values, attachments or a history holds a number. The values are rows of
//!   the table `T.c`, whose column `c` has that number; the others are those Access keeps: `FileName`, `FileType`,
//!   `FileData` (unpacked) and so on; `value`; `value` and `version`.
//! - Relationships as foreign keys, whether Access enforces them or not; descriptions, captions, rules, expressions and
//!   look-ups in the comments; saved queries and linked tables as objects, the rest of the catalog by name.
//!
//! A row that cannot be read is a reject with its page and row; one whose memo is broken is too, for a shortened
//! finding is a false one.

mod attachment;
mod catalog;
mod definition;
mod describe;
mod format;
mod header;
mod long_value;
mod pages;
mod property;
mod query;
mod row;
mod scan;
mod system;
mod text;
mod value;

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{Read, Seek};

use catalog::{Catalog, Entry};
use definition::{Definition, Type};
use format::Fault;
use header::Header;
use long_value::Allowance;
use pages::Pages;
use property::Properties;
use row::Cut;
use scan::{Item, Scan};
use value::{Decoder, Odd, Shown};

use crate::event::{Batch, Key, Note, NoteKind, Position, Reader, Result, Step};

pub struct Access {
    pages: Pages,
    header: Header,
    decoder: Decoder,
    /// Tables to come, last one first.
    tables: Vec<Job>,
    /// Tables with the values of complex columns, by id.
    values: HashMap<i64, Entry>,
    complex: Vec<catalog::Complex>,
    /// Ids of Access's own tables.
    own: HashSet<i64>,
    foreign: HashMap<String, Vec<Key>>,
    queue: VecDeque<Step>,
    current: Option<Current>,
    given: usize,
    done: u64,
    ended: bool,
}

/// A table to be read.
struct Job {
    entry: Entry,
    name: String,
    /// Of a table with the values of a column: the table and the column they belong to.
    of: Option<(String, String)>,
}

struct Current {
    columns: Vec<Shown>,
    /// Whether rows have values of any length.
    scan: Scan,
    cut: Cut,
    table: usize,
    found: u64,
    bad: u64,
    /// Rows as the file counts them.
    said: u32,
    name: String,
}

impl Access {
    /// Opens a database; `name` is the file's, for messages.
    ///
    /// Fails with `PasswordNeeded` or `PasswordWrong` where the pages are encrypted under a password. Where Access
    /// asks for one but the pages are readable without, they are read, and a warning says so.
    pub fn open(input: impl Read + Seek + Send + 'static, name: &str, password: Option<&str>) -> Result<Self> {
        let (header, mut pages) = header::open(Box::new(input), password)?;
        let allowance = Allowance::new(pages.size);
        let mut decoder = Decoder::new(header.encoding, header.generation.is_jet3(), allowance);
        let Catalog { tables, values, complex, own, foreign, notes } = catalog::read(&mut pages, &mut decoder)?;
        // The account may have read what tables will read again.
        decoder.left = Allowance::new(pages.size);
        let mut access = Self {
            pages,
            header,
            decoder,
            tables: Vec::new(),
            values,
            complex,
            own,
            foreign,
            queue: VecDeque::new(),
            current: None,
            given: 0,
            done: 0,
            ended: false,
        };
        access.warn_of_file(name);
        for kind in notes {
            access.note(None, Position::default(), kind);
        }
        access.tables =
            tables.into_iter().rev().map(|entry| Job { name: entry.name.clone(), entry, of: None }).collect();
        Ok(access)
    }

    fn warn_of_file(&mut self, name: &str) {
        if self.header.locked {
            self.warn(format!(
                "{name} carries a password that Access asks for; the data is not encrypted and was read without it"
            ));
        }
        let rest = self.pages.size % self.pages.layout.page as u64;
        if rest != 0 {
            self.warn(format!(
                "{name} ends in the middle of a page, {rest} bytes into it: it was probably cut short in copying"
            ));
        }
        if let Some(number) = self.header.unknown_code_page {
            self.warn(format!("{name} has text in code page {number}, which is not known: it is read as Windows-1252"));
        }
    }

    fn warn(&mut self, text: String) {
        self.note(None, Position::default(), NoteKind::Warning { text });
    }

    fn note(&mut self, table: Option<usize>, at: Position, kind: NoteKind) {
        self.queue.push_back(Step::Note(Note { table, at, kind }));
    }

    /// Begins a table: its definition is told, its values' tables are put next.
    fn begin(&mut self, job: Job) -> Result<()> {
        let page = job.entry.page();
        let definition = match definition::read(&mut self.pages, page, self.decoder.encoding) {
            Ok(definition) => definition,
            Err(fault) => {
                let reason = fault.reason()?;
                self.warn(format!("table {} is not loaded: {reason}", job.name));
                return Ok(());
            }
        };
        let properties = self.properties(&job)?;
        let columns = describe::shown(&definition, &properties, job.of.is_some());
        let def = describe::table(&job.name, &definition, &columns, &properties, self.keys(&job), job.of.as_ref());
        let table = self.given;
        self.given += 1;
        self.queue.push_back(Step::Table(def));
        self.put_values(&job, &definition);
        let (scan, doubt) = Scan::of(&mut self.pages, &definition)?;
        if let Some(reason) = doubt {
            let text = format!("table {}: {reason}", job.name);
            self.note(Some(table), Position::default(), NoteKind::Warning { text });
        }
        let (cut, name, said) = (Cut::of(&definition.columns), job.name, definition.rows);
        self.current = Some(Current { columns, scan, cut, table, found: 0, bad: 0, said, name });
        Ok(())
    }

    fn properties(&mut self, job: &Job) -> Result<Properties> {
        let mut bytes = Vec::new();
        let read = long_value::append(&mut self.pages, &job.entry.properties, &mut self.decoder.left, &mut bytes);
        if let Err(fault) = read {
            let reason = fault.reason()?;
            self.warn(format!("the descriptions of table {} cannot be read: {reason}", job.name));
            bytes.clear();
        }
        Ok(Properties::read(&bytes, self.decoder.jet3, self.decoder.encoding))
    }

    fn keys(&mut self, job: &Job) -> Vec<Key> {
        if job.of.is_some() { Vec::new() } else { self.foreign.remove(&job.name.to_lowercase()).unwrap_or_default() }
    }

    /// The tables that hold the values of a table's complex columns come right after it.
    fn put_values(&mut self, job: &Job, definition: &Definition) {
        if job.of.is_some() {
            return;
        }
        for column in definition.columns.iter().rev().filter(|c| c.kind == Type::Complex) {
            let list = self.complex.iter().find(|c| c.id == i64::from(column.complex) && c.table == job.entry.id);
            let entry = list.and_then(|list| self.values.remove(&list.values));
            match entry {
                Some(entry) => {
                    let name = format!("{}.{}", job.name, column.name);
                    let of = Some((job.name.clone(), column.name.clone()));
                    self.tables.push(Job { entry, name, of });
                }
                None => self.warn(format!(
                    "the values of column {} of table {} are not where the catalog says: they are not loaded",
                    column.name, job.name
                )),
            }
        }
    }

    /// Fills the batch from the current table. False at the table's end.
    fn fill(&mut self, batch: &mut Batch) -> Result<bool> {
        let Some(current) = &mut self.current else { return Ok(false) };
        batch.start(current.table, current.columns.len());
        let before = current.scan.done;
        let mut more = true;
        while !batch.is_full() {
            let item = current.scan.next(&mut self.pages)?;
            let item = match item {
                Item::Row => {
                    current.found += 1;
                    match current.push_row(&mut self.pages, &mut self.decoder, batch) {
                        Ok(()) => continue,
                        Err(fault) => current.scan.bad(&fault.reason()?),
                    }
                }
                Item::Bad { .. } => {
                    current.found += 1;
                    item
                }
                Item::End => item,
            };
            let Item::Bad { raw, reason } = item else {
                more = false;
                break;
            };
            current.bad += 1;
            let at = Position { record: current.found, line: 0, byte: current.scan.byte(&self.pages) };
            let note = Note { table: Some(current.table), at, kind: NoteKind::Reject { raw, reason } };
            self.queue.push_back(Step::Note(note));
            break;
        }
        self.done += current.scan.done - before;
        Ok(more)
    }

    /// Says what a person must know of the table that was read.
    fn finish(&mut self) {
        let Some(current) = self.current.take() else { return };
        let table = Some(current.table);
        for (odd, count) in Odd::ALL.into_iter().zip(std::mem::take(&mut self.decoder.odd)) {
            if count > 0 {
                self.note(table, Position::default(), NoteKind::Odd { what: odd.kept(), count });
            }
        }
        // A count that is too low is met in whole files; one that is too high means that rows went.
        if current.found < u64::from(current.said) {
            let text = format!(
                "table {}: the file counts {} rows and {} were found: rows may be lost; have Access compact and repair \
                 the database and hand over that copy",
                current.name, current.said, current.found
            );
            self.note(table, Position::default(), NoteKind::Warning { text });
        }
        if current.name.eq_ignore_ascii_case("MSysCompactError") && current.found > 0 {
            let text = "Access met errors when it last compacted the database and kept a list of them in \
                        MSysCompactError: rows may be missing since then"
                .into();
            self.note(table, Position::default(), NoteKind::Warning { text });
        }
    }

    /// Complex values that no column led to are named; those of Access's own tables are its own.
    fn end(&mut self) {
        let mut left: Vec<Entry> = self.values.drain().map(|(_, entry)| entry).collect();
        left.sort_by(|a, b| a.name.cmp(&b.name));
        for Entry { id, name, .. } in left {
            if self.complex.iter().any(|c| c.values == id && self.own.contains(&c.table)) {
                let kind = NoteKind::Statement { kind: "system table".into(), name: Some(name) };
                self.note(None, Position::default(), kind);
                continue;
            }
            self.warn(format!("table {name} holds values of a column that no table has: it is not loaded"));
        }
    }
}

impl Current {
    fn push_row(&mut self, pages: &mut Pages, decoder: &mut Decoder, batch: &mut Batch) -> format::Fallible<()> {
        let mark = batch.mark();
        let row = self.scan.row();
        let mut pushed = self.cut.find(row, decoder.jet3);
        for column in &self.columns {
            if pushed.is_err() {
                break;
            }
            pushed = self.cut.field(row, &column.column).and_then(|field| decoder.push(pages, column, field, batch));
            if let Err(Fault::Broken(reason)) = &mut pushed {
                *reason = format!("column {}: {reason}", column.column.name);
            }
        }
        if pushed.is_err() {
            batch.rewind(mark);
        }
        pushed
    }
}

impl Reader for Access {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        loop {
            if let Some(step) = self.queue.pop_front() {
                return Ok(step);
            }
            if self.current.is_some() {
                if !self.fill(batch)? {
                    self.finish();
                }
                if !batch.is_empty() {
                    return Ok(Step::Rows);
                }
            } else if let Some(job) = self.tables.pop() {
                self.begin(job)?;
            } else if self.ended {
                return Ok(Step::End);
            } else {
                self.ended = true;
                self.end();
            }
        }
    }

    fn position(&self) -> u64 {
        if self.ended { self.pages.size } else { (self.done * self.pages.layout.page as u64).min(self.pages.size) }
    }

    fn encoding(&self) -> String {
        if self.decoder.jet3 { self.decoder.encoding.name().to_lowercase() } else { "UTF-16LE".into() }
    }
}

#[cfg(test)]
#[path = "access/jet3_tests.rs"]
mod jet3_tests;
