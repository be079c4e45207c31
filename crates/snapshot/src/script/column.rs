//! A column of a table that a script declares, with what is needed to store its values as the server would return them.

use super::charset::Charset;
use crate::event::{ColumnDef, ColumnKind};

/// A column as the statements so far declare it.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub def: ColumnDef,
    /// The type's name alone, in lower case: `datetime2`, `character varying`.
    pub type_name: String,
    /// The numbers in the type's brackets.
    pub sizes: Vec<u32>,
    /// The default as SQL.
    pub default_source: Option<Vec<u8>>,
    /// What the server's counter adds for the next row.
    pub step: i64,
    /// In brackets after the type: characters, bytes, digits; 0 where none stands there.
    pub length: usize,
    /// Digits after the point of a decimal or of `float(m,d)`; fractional digits of a time.
    pub scale: Option<usize>,
    pub unsigned: bool,
    pub zerofill: bool,
    /// `float` rather than `double`.
    pub single: bool,
    /// `char` and `binary`: padded to their length.
    pub fixed: bool,
    /// The most that the type holds of a text or binary value: 0 where it sets no limit. In bytes, or in characters.
    pub limit: usize,
    pub limit_in_bytes: bool,
    /// Bytes of an integer of less than eight; 0 else.
    pub size: u8,
    /// `INVISIBLE`: an `INSERT` that lists no columns leaves it out, and so may a dump.
    pub invisible: bool,
    /// `AS ROW END`: when a row of a table with a history was changed or deleted.
    pub row_end: bool,
    /// Of an enum or set.
    pub members: Vec<String>,
    pub set: bool,
    /// The character set it is declared with, itself or by its collation.
    pub charset: Option<String>,
    /// Of that set, or of its table's or database's: it matters when the connection's is `binary`.
    pub own_charset: Option<Charset>,
    /// Why a value that the script leaves out cannot be known.
    pub unknown_default: Option<String>,
}

impl Column {
    pub fn untyped(name: &str) -> Self {
        let def = ColumnDef { name: name.to_owned(), nullable: true, ..ColumnDef::default() };
        Self { def, step: 1, ..Self::default() }
    }

    pub fn kind(&self) -> ColumnKind {
        self.def.kind
    }
}
