//! What a server's SQL has of its own, for the one reader of scripts.

use std::io::Read;

use memchr::memchr;

use super::encoded::Encoded;
use super::insert::starts_statement;
use super::lexer::{Lex, Scan};
use super::read_values::ReadValues;
use super::slots::{Slots, listed_slots};
use super::tables::{Schema, Table};
use super::tape::Tape;
use super::value::{Typed, Types};
use crate::event::{Batch, Position, Result};
use crate::form::Form;

/// A statement at the front of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Its text, without what ends it.
    pub text: usize,
    pub whole: usize,
}

impl Extent {
    /// What stands here begins no statement.
    pub const NONE: Self = Self { text: 0, whole: 0 };

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

/// A line after a statement that is followed by rows.
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
    /// An `INSERT` without a list may give fewer values than the table has columns.
    const FEWER_VALUES: bool;
    /// Every statement ends with a semicolon.
    const SEMICOLONS: bool;
    /// A rejected row can be corrected and read again: each is a reject from bracket to bracket, and an `INSERT` goes on
    /// after what does not belong between its rows.
    const ROWS_READ_AGAIN: bool = false;

    fn lex(&self) -> Lex;
    fn schema() -> Schema;

    /// The window on a file that begins with statements.
    fn tape<R: Read>(inner: R) -> Tape<R> {
        Tape::new(inner)
    }

    /// Sees the first bytes of a file.
    fn begin(&mut self, _head: &[u8], _schema: &mut Schema) {}

    /// What ends a statement.
    fn terminator(&self) -> &[u8] {
        b";"
    }

    /// Where the statement at the start ends, which is no `INSERT` of rows.
    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent>;

    /// Follows a whole statement.
    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed;

    /// Whether a table is the server's own, so that its rows are not the client's.
    fn aside(&self, _name: &str) -> bool {
        false
    }

    /// Sees the blanks and comments between statements.
    fn blank(&mut self, _blank: &[u8], _at: Position, _schema: &mut Schema) {}

    /// Whether a statement begins here, right after an `INSERT` without a semicolon.
    fn may_follow(&self, rest: &[u8]) -> bool {
        starts_statement(rest, Self::OPENERS)
    }

    /// Sees that an `INSERT` gives a table rows.
    fn inserting(&mut self, _table: usize, _schema: &mut Schema) {}

    /// Sees that the server would resolve rows of an `INSERT` that collide on a key; `clause`: as what stands after the
    /// rows says.
    fn resolving(&mut self, table: usize, _clause: bool, schema: &mut Schema) {
        schema.flag(table, "rows that collide on a key would be resolved by the server; all are kept");
    }

    /// Whether it takes the number of a row's values to tell which columns an `INSERT` without a list means.
    fn counts_values(&self, _table: &Table) -> bool {
        true
    }

    /// Which columns the values go to of an `INSERT` without a list, whose first row has so many.
    fn unlisted(&self, table: &Table, values: usize) -> Slots {
        Slots::unlisted(table, values, Self::FEWER_VALUES)
    }

    /// Which columns listed names are, of a table that gets those it lacks; answers the table's index as well.
    fn listed(&self, table: usize, listed: &[String], at: Position, schema: &mut Schema) -> (usize, Slots) {
        listed_slots(schema, table, listed, at)
    }

    /// Columns without a value whose value the server knows and the script does not.
    fn left_out(&self, _table: &Table, _slots: &Slots) -> Vec<usize> {
        Vec::new()
    }

    /// How the server takes the values of rows.
    fn values<'a>(&'a self, lex: &'a Lex, types: &'a dyn Types, encoded: &'a mut Encoded) -> impl ReadValues + 'a {
        Typed { lex, types, encoded }
    }

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

    /// Reads rows of a file that holds nothing else, until the batch is full or the file ends; whether it may go on.
    fn read_file<R: Read>(&mut self, _tape: &mut Tape<R>, _schema: &mut Schema, _batch: &mut Batch) -> Result<bool> {
        Ok(false)
    }

    /// Puts the row that a statement or a value completed into the batch.
    fn push_row(&mut self, _batch: &mut Batch) {}

    /// In which form a row of an `INSERT` stands that lists these columns, where it can be read again by itself.
    fn form(&self, _listed: Option<&[String]>) -> Option<Form> {
        None
    }

    /// How text is encoded, as a person reads it.
    fn encoding(&self, schema: &Schema) -> String {
        schema.encoded.name().to_owned()
    }

    /// Says at the end what the script lacks, and what is to be told of its tables.
    fn finish(&mut self, _at: Position, schema: &mut Schema) {
        schema.finish();
    }
}

/// Rows that are being read.
#[derive(Debug, Clone)]
pub struct Rows {
    pub table: usize,
    pub slots: Slots,
    /// Columns without a value that the server knows and the script does not.
    pub left_out: Vec<usize>,
    /// How a line of rows is written.
    pub form: LineForm,
}

impl Rows {
    /// Given by an `INSERT`.
    pub fn new<D: Dialect>(table: usize, slots: Slots, dialect: &D, schema: &Schema) -> Self {
        let left_out = dialect.left_out(&schema.tables[table], &slots);
        Self { table, slots, left_out, form: LineForm::default() }
    }
}

/// How values stand in a line of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineForm {
    pub delimiter: u8,
    pub null: Vec<u8>,
    /// Why the lines cannot be read, if they cannot.
    pub unread: Option<&'static str>,
}
