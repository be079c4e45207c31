//! SQL scripts: what their readers share. MySQL's takes the lexer, the tape, the schema and the rows from here, and goes
//! its own way from statement to statement; those of the other servers are dialects of one reader.
//!
//! A script is read once, front to back, through a window that grows to one record at most. What a server's SQL has of
//! its own (where statements end, what they do, what a literal comes to) is a [`Dialect`] and its
//! [`Types`](value::Types). Statements that shape tables are followed, the rest is counted by kind; a row that cannot be
//! read becomes a reject with its bytes, and reading goes on behind it. Every byte leaves the window for a table's rows
//! or a class by name, so that the shares add up.

pub mod charset;
pub mod column;
pub mod declaration;
pub mod dialect;
pub mod encoded;
pub mod following;
pub mod held;
pub mod insert;
pub mod lexer;
pub mod noticed;
pub mod odd;
pub mod row;
pub mod rows;
mod settle;
pub mod slots;
pub mod tables;
pub mod takes;
pub mod tape;
pub mod value;
pub mod words;

use std::collections::HashSet;
use std::io::Read;

use crate::event::{Batch, Reader, Result, Share, ShareOf, Step};
pub use dialect::{Dialect, Extent, Followed, Line, LineForm, Rows};
use encoded::Encoded;
use insert::{count_values, head_end, read_head};
use lexer::{Piece, Scan, piece};
use slots::{Slots, listed_slots};
use tables::Schema;
use tape::Tape;

pub(crate) enum Reading {
    Statements,
    /// Rows of an `INSERT`; whether the next one must be first or behind a comma.
    Rows(Rows, bool),
    Lines(Rows),
    /// A row that the dialect has by itself, once what was found on the way is told.
    Held(usize),
    /// Everything that comes is one value of a row that the dialect keeps.
    Raw(usize),
    Ended,
}

/// Reads a script of the dialect: one reader for all of them.
pub struct Script<R, D> {
    pub(crate) tape: Tape<R>,
    dialect: D,
    schema: Schema,
    reading: Reading,
    spare: Batch,
    /// The head of the last `INSERT`: scripts repeat it for every row.
    head: Vec<u8>,
    target: Option<Rows>,
    started: bool,
    /// Another file goes on where this one ends.
    pub(crate) more_to_come: bool,
}

pub const BLANKS: &str = "comments and blanks";
pub const REJECTS: &str = "rejects";

impl<R: Read, D: Dialect> Reader for Script<R, D> {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if !self.started {
            self.started = true;
            self.tape.at_least(3)?;
            if self.tape.rest().starts_with(b"\xef\xbb\xbf") {
                self.tape.class(3, BLANKS, 0);
            }
        }
        loop {
            if let Some(step) = self.schema.queue.pop_front() {
                return Ok(step);
            }
            match std::mem::replace(&mut self.reading, Reading::Statements) {
                Reading::Statements => self.read_statement()?,
                Reading::Rows(rows, first) => {
                    if self.read_rows(batch, rows, first)? {
                        return Ok(Step::Rows);
                    }
                }
                Reading::Lines(rows) => {
                    if self.read_lines(batch, rows)? {
                        return Ok(Step::Rows);
                    }
                }
                Reading::Held(table) => {
                    self.push_row(table, batch);
                    return Ok(Step::Rows);
                }
                Reading::Raw(table) => {
                    if self.read_raw(table, batch)? {
                        return Ok(Step::Rows);
                    }
                }
                Reading::Ended => {
                    self.reading = Reading::Ended;
                    return Ok(Step::End);
                }
            }
        }
    }

    fn position(&self) -> u64 {
        self.tape.position()
    }

    fn encoding(&self) -> String {
        match self.tape.wide() {
            Some(wide) => wide.name().to_owned(),
            None => self.schema.encoded.name().to_owned(),
        }
    }

    fn shares(&self) -> Vec<Share> {
        self.tape.shares()
    }
}

impl<R: Read, D: Dialect> Script<R, D> {
    /// `inner` is the file from its start, byte order mark included.
    pub fn new(inner: R) -> Self {
        Self {
            tape: Tape::new(inner),
            dialect: D::default(),
            schema: D::schema(),
            reading: Reading::Statements,
            spare: Batch::default(),
            head: Vec::new(),
            target: None,
            started: false,
            more_to_come: false,
        }
    }

    /// Reads one statement, or finds the end of the file.
    fn read_statement(&mut self) -> Result<()> {
        self.skip_to_statement()?;
        if self.tape.rest().is_empty() {
            self.finish();
            return Ok(());
        }
        if self.tape.rest()[0] == b';' {
            self.tape.class(1, BLANKS, 0);
            return Ok(());
        }
        if !self.head.is_empty() {
            self.tape.at_least(self.head.len())?;
            if self.tape.rest().starts_with(&self.head)
                && let Some(rows) = self.target.clone()
            {
                self.tape.take(self.head.len(), ShareOf::Table(rows.table), 0);
                self.dialect.inserted(rows.table);
                self.reading = Reading::Rows(rows, true);
                return Ok(());
            }
        }
        if self.first_word(&["insert", "replace"])? { self.read_insert() } else { self.read_other() }
    }

    fn first_word(&mut self, words: &[&str]) -> Result<bool> {
        self.tape.at_least(16)?;
        let rest = self.tape.rest();
        let length = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
        Ok(words.iter().any(|w| rest[..length].eq_ignore_ascii_case(w.as_bytes())))
    }

    /// Steps over blanks and comments; the dialect sees each comment.
    fn skip_to_statement(&mut self) -> Result<()> {
        loop {
            if self.tape.rest().is_empty() {
                if self.tape.eof() {
                    return Ok(());
                }
                self.tape.more()?;
                continue;
            }
            match piece(self.tape.rest(), &self.dialect.lex(), self.tape.eof()) {
                Scan::Found((Piece::Blank, length)) => {
                    let blank = self.tape.rest()[..length].to_vec();
                    if !blank[0].is_ascii_whitespace() {
                        let at = self.tape.here(0);
                        self.dialect.comment(&blank, at, &mut self.schema);
                        if self.tape.eof() && blank.starts_with(b"/*") && !blank.ends_with(b"*/") {
                            self.schema.warn(None, at, "the file ends inside a comment");
                        }
                    }
                    self.tape.class(length, BLANKS, 0);
                }
                Scan::More => self.tape.more()?,
                _ => return Ok(()),
            }
        }
    }

    fn read_other(&mut self) -> Result<()> {
        let extent = self.extent()?;
        if extent.whole == 0 {
            return self.reject_to_next_statement(None, "a statement");
        }
        let text = self.tape.rest()[..extent.text].to_vec();
        let at = self.tape.here(0);
        let before = (self.schema.changes, self.schema.database.clone(), self.schema.current.clone());
        match self.dialect.follow(&text, at, &mut self.schema) {
            Followed::Class(class) => self.tape.class(extent.whole, &class, 1),
            Followed::Lines(rows) => {
                self.tape.take(extent.whole, ShareOf::Table(rows.table), 0);
                self.reading = Reading::Lines(rows);
            }
            Followed::PartOfRow(table) => self.tape.take(extent.whole, ShareOf::Table(table), 0),
            Followed::Row(table) => {
                self.tape.take(extent.whole, ShareOf::Table(table), 1);
                self.reading = Reading::Held(table);
            }
            Followed::Refused(reason) => self.reject(None, extent.whole, reason),
            Followed::Unknown => self.reject_to_next_statement(None, "a statement")?,
        }
        if before != (self.schema.changes, self.schema.database.clone(), self.schema.current.clone()) {
            self.head.clear();
        }
        // Decoded already, whatever the script says of itself.
        if self.tape.wide().is_some() {
            self.schema.encoded = Encoded::Utf8;
        }
        Ok(())
    }

    /// Bytes up to the end of the file, or to as many as a row takes; whether a row came of it.
    fn read_raw(&mut self, table: usize, batch: &mut Batch) -> Result<bool> {
        loop {
            let length = self.tape.rest().len();
            let full = self.dialect.read_raw(self.tape.rest());
            self.tape.take(length, ShareOf::Table(table), 0);
            if full {
                self.reading = Reading::Raw(table);
                break;
            }
            if self.tape.eof() {
                if !self.dialect.ends_raw() {
                    return Ok(false);
                }
                break;
            }
            self.tape.more()?;
        }
        self.tape.take(0, ShareOf::Table(table), 1);
        self.push_row(table, batch);
        Ok(true)
    }

    fn push_row(&mut self, table: usize, batch: &mut Batch) {
        batch.start(table, self.schema.tables[table].columns.len());
        self.dialect.push_row(batch);
        self.schema.tables[table].records += 1;
    }

    fn extent(&mut self) -> Result<Extent> {
        loop {
            match self.dialect.statement_end(self.tape.rest(), self.tape.eof()) {
                Scan::Found(extent) => return Ok(extent),
                _ if self.tape.eof() => {
                    let all = self.tape.rest().len();
                    return Ok(Extent { text: all, whole: all });
                }
                _ => self.tape.more()?,
            }
        }
    }

    fn read_insert(&mut self) -> Result<()> {
        let lex = self.dialect.lex();
        let scan = loop {
            match head_end(self.tape.rest(), &lex, self.tape.eof()) {
                Scan::More => self.tape.more()?,
                other => break other,
            }
        };
        let head = match scan {
            Scan::Found(end) => self.tape.rest()[..end].to_vec(),
            _ => return self.refuse_insert("expected VALUES with rows: this INSERT is not run"),
        };
        let Some(parsed) = read_head(&head, &lex) else {
            return self.refuse_insert("expected a table's name and VALUES with rows in an INSERT");
        };
        if parsed.table.last().is_some_and(|name| self.dialect.aside(name)) {
            return self.read_other();
        }
        let values = match parsed.columns.as_ref().filter(|listed| !listed.is_empty()) {
            Some(listed) => listed.len(),
            None => self.count_first_row(head.len())?,
        };
        let table = match self.schema.find(&parsed.table) {
            Some(table) => table,
            None => self.undeclared(&parsed.table, parsed.columns.as_deref(), values),
        };
        if parsed.resolving {
            self.schema.flag(table, "rows that collide on a key would be resolved by the server; all are kept");
        }
        // Without a list, each INSERT may give another number of values.
        let same = parsed.columns.is_some() || !D::FIRST_ONES;
        let (table, slots) = match parsed.columns.filter(|listed| !listed.is_empty()) {
            Some(listed) => listed_slots(&mut self.schema, table, &listed, self.tape.here(0)),
            None => (table, Slots::unlisted(&self.schema.tables[table], values, D::FIRST_ONES)),
        };
        let rows = Rows { table, slots, form: LineForm::default() };
        self.tape.take(head.len(), ShareOf::Table(table), 0);
        self.dialect.inserted(table);
        self.head = if same { head } else { Vec::new() };
        self.target = Some(rows.clone());
        self.reading = Reading::Rows(rows, true);
        Ok(())
    }

    fn count_first_row(&mut self, from: usize) -> Result<usize> {
        loop {
            match count_values(&self.tape.rest()[from..], &self.dialect.lex()) {
                Scan::Found(values) => return Ok(values),
                Scan::More if !self.tape.eof() => self.tape.more()?,
                _ => return Ok(0),
            }
        }
    }

    /// Data without its tables: the columns are those listed, or as many as the first row has.
    fn undeclared(&mut self, parts: &[String], listed: Option<&[String]>, values: usize) -> usize {
        let mut names = match listed {
            Some(names) if !names.is_empty() => names.to_vec(),
            _ => (1..=values).map(|n| format!("column_{n}")).collect(),
        };
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        self.schema.add_undeclared(parts, &names)
    }

    /// `INSERT … SELECT` and the like: what it would insert is not there.
    fn refuse_insert(&mut self, reason: &str) -> Result<()> {
        let extent = self.extent()?;
        let lex = self.dialect.lex();
        let named = read_head(&self.tape.rest()[..extent.text], &lex).and_then(|h| self.schema.find(&h.table));
        if let Some(table) = named {
            self.schema.flag(table, "is filled by a statement that is not run (INSERT … SELECT)");
        }
        self.reject_each(named, extent.whole, reason, false);
        Ok(())
    }

    /// What follows statements, and what it knows of the tables.
    pub(crate) fn parts(&mut self) -> (&mut D, &mut Schema) {
        (&mut self.dialect, &mut self.schema)
    }

    /// Goes on with another file, which begins in the middle of something; `last`: no other file follows it.
    pub(crate) fn go_on(&mut self, tape: Tape<R>, reading: Reading, last: bool) {
        (self.tape, self.reading) = (tape, reading);
        (self.started, self.more_to_come) = (true, !last);
        self.head.clear();
    }

    fn finish(&mut self) {
        self.reading = Reading::Ended;
        let at = self.tape.here(0);
        if !self.more_to_come {
            self.dialect.finish(at, &mut self.schema);
            self.schema.finish();
        }
        if self.tape.replaced() > 0 {
            let text = "some of the file does not decode and became replacement characters: ask for it again as UTF-8";
            self.schema.warn(None, at, text);
        }
        self.tape.settle();
    }
}

#[cfg(test)]
pub mod tests;
