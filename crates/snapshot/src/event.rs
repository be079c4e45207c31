//! The shapes every reader speaks in.

use std::ops::Range;

/// Where something stands in a file, after decompression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Record within its table, from 1; 0 where there is none.
    pub record: u64,
    /// From 1.
    pub line: u64,
    /// Offset from 0.
    pub byte: u64,
}

pub type Result<T> = std::result::Result<T, Error>;

/// The input could not be read at all. Says where and what was expected, never what stood in a cell.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("reading stopped at byte {byte}: {source}")]
    Io { byte: u64, source: std::io::Error },
    #[error("{0}")]
    Unreadable(String),
    /// A limit against hostile or broken input was reached; the text names it.
    #[error("{0}")]
    Limit(String),
    #[error("a password is needed to read this file: give the one it is opened with in the legacy program")]
    PasswordNeeded,
    #[error("the password does not open this file: check capital letters and keyboard layout, then give it again")]
    PasswordWrong,
}

/// What a column's declared type makes of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColumnKind {
    /// Declared nowhere: delimited text and spreadsheets.
    #[default]
    Untyped,
    Text,
    Integer,
    Decimal,
    Float,
    Date,
    Datetime,
    Time,
    Year,
    Bit,
    Enumeration,
    Binary,
}

/// Whether the values of a column stand in the file. Only readers of dumps, which may leave columns out, say otherwise
/// than the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Presence {
    #[default]
    Read,
    /// No row of the dump gives it a value: what the legacy system holds there is not known.
    LeftOut,
    /// The legacy server computes it, and no row of the dump gives it a value.
    Computed,
}

impl Presence {
    pub const ALL: [Self; 3] = [Self::Read, Self::LeftOut, Self::Computed];

    /// As people and scripts read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::LeftOut => "not in the dump",
            Self::Computed => "computed by the server, not in the dump",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnDef {
    pub name: String,
    /// As the source writes it; empty where it declares none.
    pub declared_type: String,
    pub kind: ColumnKind,
    pub nullable: bool,
    /// The literal default, unquoted; a function is kept as its source text.
    pub default: Option<String>,
    pub auto_increment: bool,
    /// Computed by the legacy server; not part of its content.
    pub generated: bool,
    /// Told once rows are read, by [`Step::Changed`].
    pub presence: Presence,
    pub comment: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    Primary,
    Unique,
    Index,
    Foreign,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub kind: KeyKind,
    pub name: Option<String>,
    pub columns: Vec<String>,
    pub references: Option<(String, Vec<String>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableDef {
    pub database: Option<String>,
    pub name: String,
    pub columns: Vec<ColumnDef>,
    pub keys: Vec<Key>,
    pub comment: String,
}

/// What a reader found that is neither a table nor a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// A record that is not loaded; `raw` is what stood there.
    Reject { raw: Vec<u8>, reason: String },
    /// A statement that is read and counted but not run, by kind, such as `CREATE TRIGGER`.
    Statement { kind: String, name: Option<String> },
    /// Values kept otherwise than the server would hold them; given once per table and kind, at the end.
    Odd { what: Odd, count: u64 },
    /// Why the table's content cannot be compared with the server's.
    NotComparable { reason: String },
    /// The server kept one of the rows that collide on a key (`REPLACE`, `INSERT IGNORE`); here are all of them.
    Resolved,
    /// Something a person must know about the file.
    Warning { text: String },
    /// A view, saved query, linked table and the like: kept as text, not run. The text may quote people.
    Object { kind: String, name: String, text: String },
}

/// How values are kept otherwise than the server would hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// As they are written, for they do not fit their column's type.
    Unread,
    /// As these words say.
    Kept(&'static str),
}

impl std::fmt::Display for Odd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unread => "value that does not fit its column's type: kept as written",
            Self::Kept(words) => words,
        })
    }
}

/// What a stretch of the input belongs to. Over a whole file the shares add up to its (uncompressed) bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub of: ShareOf,
    /// Records, statements or pieces.
    pub count: u64,
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShareOf {
    /// Rows of a table, by its index: those loaded.
    Table(usize),
    /// Anything else, as a person reads it: `SET`, `CREATE TABLE`, `comments and blanks`, `header`, `rejects`.
    Class(String),
}

/// What a file says of a cell beside its value. Only formats with such a thing (spreadsheets) give any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Row in the batch, from 0.
    pub row: u32,
    /// Column, from 0; `None` for the whole row.
    pub column: Option<u32>,
    pub kind: FacetKind,
    /// As the file stores it: the serial of a date, the number behind a percentage.
    pub stored: String,
    /// As the legacy program displays it.
    pub shown: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetKind {
    Date,
    Datetime,
    Time,
    Duration,
    Percent,
    /// A number shown with a fixed number of decimals, a currency, a fraction.
    Number,
    /// A number shown with zeros in front that it does not have itself: a postcode, a record number.
    LeadingZeros,
    /// A formula that no program has computed: `stored` is what stands in place of its result, `shown` the formula.
    NotComputed,
    Boolean,
    /// `#N/A`, `#REF!` and the rest.
    Error,
    /// The row is hidden in the legacy program.
    Hidden,
}

impl FacetKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Percent => "percent",
            Self::Number => "number",
            Self::LeadingZeros => "leading zeros",
            Self::NotComputed => "not computed",
            Self::Boolean => "boolean",
            Self::Error => "error",
            Self::Hidden => "hidden",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Index of the table, in the order the reader gave them.
    pub table: Option<usize>,
    pub at: Position,
    pub kind: NoteKind,
}

/// What a call of [`Reader::next`] brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A new table; it gets the next index, from 0.
    Table(TableDef),
    /// The definition of a table already given, changed by a later statement. Its columns only ever grow.
    Changed(usize, TableDef),
    /// A table without rows is taken back: dropped again, or a view's stub.
    Gone(usize),
    /// The batch holds rows of one table.
    Rows,
    Note(Note),
    End,
}

/// Reads one file.
pub trait Reader {
    /// Goes on to the next event. Rows replace what the batch held.
    fn next(&mut self, batch: &mut Batch) -> Result<Step>;

    /// Bytes of the (uncompressed) input used so far.
    fn position(&self) -> u64;

    /// How text is encoded, as a person reads it.
    fn encoding(&self) -> String;

    /// For delimited text: the dialect, as a person reads it.
    fn dialect(&self) -> Option<String> {
        None
    }

    /// In which form the record stood that was rejected last, so that it can be read again by itself; `None` where
    /// records of this kind cannot. Asked right after the reject.
    fn form(&self) -> Option<crate::form::Form> {
        None
    }

    /// Where the bytes of the input went, once the end is reached. Empty where the format has no such order: a database
    /// file is read page by page.
    fn shares(&self) -> Vec<Share> {
        Vec::new()
    }
}

/// Rows of one table. One allocation for all bytes, reused from batch to batch.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Index of the table.
    pub table: usize,
    /// Values in a row.
    pub width: usize,
    values: Vec<Value>,
    data: Vec<u8>,
    facets: Vec<Facet>,
}

#[derive(Debug, Clone, Copy)]
enum Value {
    Null,
    Integer(i64),
    Text { start: u32, end: u32 },
    Bytes { start: u32, end: u32 },
}

/// A value of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRef<'a> {
    Null,
    /// Printing it gives the same text the source holds.
    Integer(i64),
    /// UTF-8.
    Text(&'a [u8]),
    Bytes(&'a [u8]),
}

/// A batch is handed on when it holds this many bytes: with its values it stays in a processor's own memory, where it is
/// gone over column by column.
pub const BATCH_BYTES: usize = 1 << 18;
/// Or this many values.
pub const BATCH_VALUES: usize = 1 << 14;

impl Batch {
    pub fn start(&mut self, table: usize, width: usize) {
        self.table = table;
        self.width = width;
        self.values.clear();
        self.data.clear();
        self.facets.clear();
        if self.data.capacity() > 8 * BATCH_BYTES {
            self.data.shrink_to(2 * BATCH_BYTES);
        }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    #[inline]
    pub fn is_full(&self) -> bool {
        self.data.len() >= BATCH_BYTES || self.values.len() >= BATCH_VALUES
    }

    #[inline]
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    #[inline]
    pub fn row(&self, index: usize) -> impl ExactSizeIterator<Item = CellRef<'_>> {
        (index * self.width..(index + 1) * self.width).map(|i| self.cell(i))
    }

    /// The value in a row and column, both from 0.
    #[inline]
    pub fn value(&self, row: usize, column: usize) -> CellRef<'_> {
        self.cell(row * self.width + column)
    }

    /// A batch of some of the rows, with their facets.
    #[must_use]
    pub fn part(&self, rows: Range<usize>) -> Self {
        let mut part = Self::default();
        part.start(self.table, self.width);
        rows.clone().for_each(|row| self.row(row).for_each(|cell| part.push_cell(cell)));
        let within = self.facets.iter().filter(|facet| rows.contains(&(facet.row as usize)));
        part.facets.extend(within.map(|facet| Facet { row: facet.row - rows.start as u32, ..facet.clone() }));
        part
    }

    /// What the file says beside the values.
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// Adds a facet; its row is the one being pushed unless it says otherwise.
    pub fn push_facet(&mut self, facet: Facet) {
        self.facets.push(facet);
    }

    pub fn byte_size(&self) -> usize {
        self.data.len()
    }

    #[inline]
    pub fn push_null(&mut self) {
        self.values.push(Value::Null);
    }

    #[inline]
    pub fn push_integer(&mut self, integer: i64) {
        self.values.push(Value::Integer(integer));
    }

    pub fn push_text(&mut self, text: &[u8]) {
        let start = self.data.len();
        self.data.extend_from_slice(text);
        self.close_text(start);
    }

    pub fn push_bytes(&mut self, bytes: &[u8]) {
        let start = self.data.len();
        self.data.extend_from_slice(bytes);
        self.close_bytes(start);
    }

    /// What was written to the buffer from a place on.
    #[inline]
    pub(crate) fn written(&self, start: usize) -> &[u8] {
        &self.data[start..]
    }

    /// The buffer that a value's bytes may be written to before it is closed.
    #[inline]
    pub(crate) fn data(&mut self) -> &mut Vec<u8> {
        &mut self.data
    }

    #[inline]
    pub(crate) fn close_text(&mut self, start: usize) {
        self.values.push(Value::Text { start: start as u32, end: self.data.len() as u32 });
    }

    /// A text that stands in the buffer already.
    #[inline]
    pub(crate) fn push_text_within(&mut self, start: usize, end: usize) {
        self.values.push(Value::Text { start: start as u32, end: end as u32 });
    }

    /// Texts that stand in the buffer already, after `base`.
    #[inline]
    pub(crate) fn push_texts_within(&mut self, base: usize, places: impl ExactSizeIterator<Item = (u32, u32)>) {
        let base = base as u32;
        self.values.extend(places.map(|(start, end)| Value::Text { start: base + start, end: base + end }));
    }

    #[inline]
    pub(crate) fn close_bytes(&mut self, start: usize) {
        self.values.push(Value::Bytes { start: start as u32, end: self.data.len() as u32 });
    }

    /// A value by its place among all of the batch.
    #[inline]
    pub(crate) fn cell(&self, index: usize) -> CellRef<'_> {
        match self.values[index] {
            Value::Null => CellRef::Null,
            Value::Integer(i) => CellRef::Integer(i),
            Value::Text { start, end } => CellRef::Text(&self.data[start as usize..end as usize]),
            Value::Bytes { start, end } => CellRef::Bytes(&self.data[start as usize..end as usize]),
        }
    }

    pub fn push_cell(&mut self, cell: CellRef<'_>) {
        match cell {
            CellRef::Null => self.push_null(),
            CellRef::Integer(i) => self.push_integer(i),
            CellRef::Text(t) => self.push_text(t),
            CellRef::Bytes(b) => self.push_bytes(b),
        }
    }

    #[inline]
    pub(crate) fn last_is_null(&self) -> bool {
        matches!(self.values.last(), Some(Value::Null))
    }

    pub(crate) fn last_integer(&self, back: usize) -> Option<i64> {
        match self.values[self.values.len() - 1 - back] {
            Value::Integer(i) => Some(i),
            _ => None,
        }
    }

    /// Sets a value of the last row.
    pub(crate) fn set_integer(&mut self, back: usize, integer: i64) {
        let index = self.values.len() - 1 - back;
        self.values[index] = Value::Integer(integer);
    }

    /// Where the batch stands, to come back to with [`Batch::rewind`].
    pub(crate) fn mark(&self) -> (usize, usize) {
        (self.values.len(), self.data.len())
    }

    pub(crate) fn rewind(&mut self, mark: (usize, usize)) {
        self.values.truncate(mark.0);
        self.data.truncate(mark.1);
    }
}
