//! SQL scripts: one reader, of which each server's SQL is a dialect.
//!
//! A script is read once, front to back, through a window that grows to one record at most. What a server's SQL has of
//! its own (where statements end, what they do, what a literal comes to) is a [`Dialect`] and how it takes values: by its
//! [`Types`](value::Types), or by itself. Statements that shape tables are followed, the rest is counted by kind; a row
//! that cannot be read becomes a reject with its bytes, and reading goes on after it. Every byte leaves the window for a
//! table's rows or a class by name, so that the shares add up.

pub mod charset;
pub mod column;
pub mod declaration;
pub mod dialect;
pub mod encoded;
pub mod following;
pub mod held;
pub mod insert;
mod inserting;
pub mod lexer;
pub mod noticed;
pub mod odd;
pub mod read_values;
pub mod row;
pub mod rows;
mod settle;
pub mod slots;
pub mod tables;
pub mod tape;
pub mod value;
pub mod words;

use std::io::Read;

use crate::event::{Batch, Reader, Result, Share, ShareOf, Step};
use crate::form::Form;
pub use dialect::{Dialect, Extent, Followed, Line, LineForm, Rows};
use encoded::Encoded;
use lexer::{Piece, Scan, piece};
use rows::{Assigned, Refused};
use tables::Schema;
use tape::Tape;

pub(crate) enum Reading {
    Statements,
    /// Rows of an `INSERT`; whether the next one must be first or after a comma.
    Rows(Rows, bool),
    /// Rows of an `INSERT` that cannot be placed.
    Refused(Refused),
    /// The one row of an `INSERT … SET`.
    Assigned(Rows, Assigned),
    Lines(Rows),
    /// A row that the dialect has by itself, once what was found on the way is told.
    Held(usize),
    /// Everything that comes is one value of a row that the dialect keeps.
    Raw(usize),
    /// A file that holds nothing but rows, which the dialect reads.
    File,
    Ended,
}

/// Reads a script of the dialect: one reader for all of them.
pub struct Script<R, D> {
    pub(crate) tape: Tape<R>,
    pub(crate) dialect: D,
    pub(crate) schema: Schema,
    reading: Reading,
    spare: Batch,
    /// The head of the last `INSERT`: scripts repeat it for every row.
    head: Vec<u8>,
    target: Option<Rows>,
    /// The columns that the last `INSERT` lists.
    listed: Option<Vec<String>>,
    started: bool,
    /// Another file goes on where this one ends.
    pub(crate) more_to_come: bool,
    /// Files that named the one being read, and wait for its end.
    pub(crate) waiting: Vec<Tape<R>>,
}

pub const BLANKS: &str = "comments and blanks";
pub const REJECTS: &str = "rejects";

/// The start of a file that its header may stand in.
const HEADER: usize = 4096;

impl<R: Read, D: Dialect> Reader for Script<R, D> {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if !self.started {
            self.begin()?;
        }
        loop {
            if let Some(step) = self.schema.queue.pop_front() {
                return Ok(step);
            }
            let has_rows = match std::mem::replace(&mut self.reading, Reading::Statements) {
                Reading::Statements => self.read_statement().map(|()| false)?,
                Reading::Rows(rows, first) => self.read_rows(batch, rows, first)?,
                Reading::Refused(refused) => self.reject_rows(refused).map(|()| false)?,
                Reading::Assigned(rows, row) => self.read_assigned(batch, &rows, row),
                Reading::Lines(rows) => self.read_lines(batch, rows)?,
                Reading::Held(table) => self.push_row(table, batch),
                Reading::Raw(table) => self.read_raw(table, batch)?,
                Reading::File => self.read_file(batch)?,
                Reading::Ended => {
                    self.reading = Reading::Ended;
                    return Ok(Step::End);
                }
            };
            if has_rows {
                return Ok(Step::Rows);
            }
        }
    }

    fn position(&self) -> u64 {
        self.tape.position()
    }

    fn encoding(&self) -> String {
        match self.tape.wide() {
            Some(wide) => wide.name().to_owned(),
            None => self.dialect.encoding(&self.schema),
        }
    }

    fn form(&self) -> Option<Form> {
        self.dialect.form(self.listed.as_deref())
    }

    fn shares(&self) -> Vec<Share> {
        self.tape.shares()
    }
}

impl<R: Read, D: Dialect> Script<R, D> {
    /// `inner` is the file from its start, byte order mark included.
    pub fn new(inner: R) -> Self {
        Self {
            tape: D::tape(inner),
            dialect: D::default(),
            schema: D::schema(),
            reading: Reading::Statements,
            spare: Batch::default(),
            head: Vec::new(),
            target: None,
            listed: None,
            started: false,
            more_to_come: false,
            waiting: Vec::new(),
        }
    }

    fn begin(&mut self) -> Result<()> {
        self.started = true;
        self.tape.at_least(HEADER)?;
        if self.tape.rest().starts_with(b"\xef\xbb\xbf") {
            self.tape.class(3, BLANKS, 0);
        }
        let head = self.tape.rest();
        self.dialect.begin(&head[..head.len().min(HEADER)], &mut self.schema);
        Ok(())
    }

    /// Reads one statement, or finds the end of the file.
    fn read_statement(&mut self) -> Result<()> {
        self.skip_to_statement()?;
        if self.tape.rest().is_empty() {
            self.finish();
            return Ok(());
        }
        let terminator = self.dialect.terminator();
        self.tape.at_least(terminator.len())?;
        if self.tape.rest().starts_with(terminator) {
            self.tape.class(terminator.len(), BLANKS, 0);
            return Ok(());
        }
        if self.repeats_head()? {
            return Ok(());
        }
        if self.first_word(&["insert", "replace"])? { self.read_insert() } else { self.read_other() }
    }

    fn first_word(&mut self, words: &[&str]) -> Result<bool> {
        self.tape.at_least(16)?;
        let rest = self.tape.rest();
        let length = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
        Ok(words.iter().any(|w| rest[..length].eq_ignore_ascii_case(w.as_bytes())))
    }

    /// Steps over blanks and comments, which the dialect sees.
    fn skip_to_statement(&mut self) -> Result<()> {
        loop {
            if self.tape.rest().is_empty() {
                if self.tape.eof() {
                    return Ok(());
                }
                self.tape.more()?;
                continue;
            }
            let lex = self.dialect.lex();
            match piece(self.tape.rest(), &lex, self.tape.eof()) {
                Scan::Found((Piece::Blank, length)) => {
                    let at = self.tape.here(0);
                    let blank = &self.tape.rest()[..length];
                    self.dialect.blank(blank, at, &mut self.schema);
                    if self.tape.eof() && lex.leaves_comment_open(blank) {
                        self.schema.warn(None, at, "the file ends inside a comment");
                    }
                    self.tape.class(length, BLANKS, 0);
                }
                Scan::More if !self.tape.eof() => self.tape.more()?,
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
            Followed::Refused(reason) => self.reject_statement(None, extent, reason),
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
        Ok(self.push_row(table, batch))
    }

    fn push_row(&mut self, table: usize, batch: &mut Batch) -> bool {
        batch.start(table, self.schema.tables[table].columns.len());
        self.dialect.push_row(batch);
        self.schema.tables[table].records += 1;
        true
    }

    fn read_file(&mut self, batch: &mut Batch) -> Result<bool> {
        if self.dialect.read_file(&mut self.tape, &mut self.schema, batch)? {
            self.reading = Reading::File;
            return Ok(!batch.is_empty());
        }
        self.finish();
        Ok(false)
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

    /// Turns to another file, which may begin in the middle of something; answers the one being read.
    pub(crate) fn turn_to(&mut self, tape: Tape<R>, reading: Reading) -> Tape<R> {
        self.started = !matches!(reading, Reading::Statements);
        self.reading = reading;
        self.head.clear();
        std::mem::replace(&mut self.tape, tape)
    }

    /// Goes on in a file that waited for another one, where a statement ended.
    pub(crate) fn go_back_to(&mut self, tape: Tape<R>) {
        self.turn_to(tape, Reading::Statements);
        self.started = true;
    }

    fn finish(&mut self) {
        self.reading = Reading::Ended;
        let at = self.tape.here(0);
        if !self.more_to_come {
            self.dialect.finish(at, &mut self.schema);
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
