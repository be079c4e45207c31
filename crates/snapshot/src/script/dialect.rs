//! What a server's SQL has of its own, for the one reader of scripts.

use memchr::memchr;

use super::insert::starts_statement;
use super::lexer::{Lex, Scan};
use super::slots::Slots;
use super::tables::Schema;
use crate::event::{Batch, Position};

/// A statement at the front of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Its text, without what ends it.
    pub text: usize,
    pub whole: usize,
}

impl Extent {
    /// A command that ends with its line.
    pub fn line(buf: &[u8], eof: bool) -> Scan<Self> {
        match memchr(b'\n', buf) {
            Some(end) => Scan::Found(Self { text: end, whole: end + 1 }),
            None if eof => Scan::Found(Self { text: buf.len(), whole: buf.len() }),
            None => Scan::More,
        }
    }
}

/// What a statement other than `INSERT` came to.
pub enum Followed {
    /// It was read and belongs to this class of statements.
    Class(String),
    /// Lines of rows follow, which the dialect reads.
    Lines(Rows),
    /// It completes a row of this table, which the dialect has by itself.
    Row(usize),
    /// It belongs to a row of this table that later statements complete.
    PartOfRow(usize),
    /// It cannot be read; the text says what was expected.
    Refused(String),
    /// Not a statement: the rest is skipped up to the next one.
    Unknown,
}

/// A line behind a statement that is followed by rows.
pub enum Line {
    Row,
    /// The line that ends the rows.
    End,
    Bad(&'static str),
}

/// What a server's SQL has of its own.
pub trait Dialect: Default {
    /// How lines begin that begin a statement: where reading resumes after something broken.
    const OPENERS: &'static [&'static [u8]];
    /// `INSERT` without a list may give the first columns only.
    const FIRST_ONES: bool;
    /// Every statement ends with a semicolon.
    const SEMICOLONS: bool;

    fn lex(&self) -> Lex;
    fn schema() -> Schema;

    /// Where the statement at the start ends, which is no `INSERT` of rows.
    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent>;

    /// Follows a whole statement.
    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed;

    /// Whether a table is the server's own, so that its rows are not the client's.
    fn aside(&self, _name: &str) -> bool {
        false
    }

    /// Sees the comments between statements.
    fn comment(&mut self, _comment: &[u8], _at: Position, _schema: &mut Schema) {}

    /// Whether a statement begins here, right behind an `INSERT` without a semicolon.
    fn may_follow(&self, rest: &[u8]) -> bool {
        starts_statement(rest, Self::OPENERS)
    }

    /// Sees that rows of a table were read.
    fn inserted(&mut self, _table: usize) {}

    /// Length of the line of rows at the start, its end included.
    fn line_end(&self, buf: &[u8], eof: bool) -> Scan<usize> {
        match memchr(b'\n', buf) {
            Some(end) => Scan::Found(end + 1),
            None if eof => Scan::Found(buf.len()),
            None => Scan::More,
        }
    }

    /// Reads a line of rows into the batch.
    fn read_line(&self, _line: &[u8], _rows: &Rows, _schema: &mut Schema, _batch: &mut Batch) -> Line {
        Line::End
    }

    /// Takes bytes of a value that is a file by itself; whether they fill a row.
    fn read_raw(&mut self, _bytes: &[u8]) -> bool {
        false
    }

    /// The value ends; whether there is a row left of it.
    fn ends_raw(&mut self) -> bool {
        false
    }

    /// Puts the row that a statement or a value completed into the batch.
    fn push_row(&mut self, _batch: &mut Batch) {}

    /// Says at the end what the script lacks.
    fn finish(&mut self, _at: Position, _schema: &mut Schema) {}
}

/// Rows that are being read.
#[derive(Debug, Clone)]
pub struct Rows {
    pub table: usize,
    pub slots: Slots,
    /// How a line of rows is written.
    pub form: LineForm,
}

/// How values stand in a line of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineForm {
    pub delimiter: u8,
    pub null: Vec<u8>,
    /// Why the lines cannot be read, if they cannot.
    pub unread: Option<&'static str>,
}
