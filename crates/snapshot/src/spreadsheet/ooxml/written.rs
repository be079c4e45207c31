//! What the tags of a cell say of it.

use quick_xml::events::BytesStart;

use crate::event::{Error, Result};
use crate::spreadsheet::cell::{COLUMN_LIMIT, place};
use crate::spreadsheet::package::attribute;

/// How `t` says that a cell is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stored {
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Iso,
}

#[derive(Debug, Clone, Copy)]
pub struct Open {
    pub column: u32,
    pub style: u32,
    pub stored: Stored,
    /// A value or an inline text was there, even an empty one.
    pub given: bool,
    pub formula: Option<Written>,
}

/// How a formula is written.
#[derive(Debug, Clone, Copy)]
pub enum Written {
    Plain,
    /// For several cells at once.
    Array,
    /// By its number, in the first of the cells that share it.
    Shared(u32),
}

impl Stored {
    fn of(kind: &[u8]) -> Self {
        match kind {
            b"s" => Self::Shared,
            b"str" | b"inlineStr" => Self::Text,
            b"b" => Self::Boolean,
            b"e" => Self::Error,
            b"d" => Self::Iso,
            _ => Self::Number,
        }
    }
}

impl Open {
    /// A cell of which nothing is said: it stands in the column after the one before it.
    pub fn at(next: u32) -> Self {
        Self { column: next, style: 0, stored: Stored::Number, given: false, formula: None }
    }

    pub fn of(tag: &BytesStart<'_>, next: u32) -> Result<Self> {
        let mut open = Self::at(next);
        let mut all = tag.attributes();
        all.with_checks(false);
        for attribute in all.flatten() {
            open.take(attribute.key.as_ref().as_bytes(), attribute.value.as_bytes(), next);
        }
        if open.column >= COLUMN_LIMIT {
            return Err(Error::Limit(format!("a row has over {COLUMN_LIMIT} cells: the sheet is not read further")));
        }
        Ok(open)
    }

    /// What an attribute of its tag says.
    #[inline]
    pub fn take(&mut self, key: &[u8], value: &[u8], next: u32) {
        match key {
            b"r" => self.column = place(value).map_or(next, |(column, _)| column),
            b"s" => self.style = whole(value).unwrap_or(0),
            b"t" => self.stored = Stored::of(value),
            _ => {}
        }
    }
}

impl Written {
    pub fn of(tag: &BytesStart<'_>) -> Self {
        Self::by(attribute(tag, "t").as_deref().map(str::as_bytes), number(tag, "si"))
    }

    pub fn by(kind: Option<&[u8]>, shared: Option<u32>) -> Self {
        match kind {
            Some(b"array") => Self::Array,
            Some(b"shared") => shared.map_or(Self::Plain, Self::Shared),
            _ => Self::Plain,
        }
    }
}

pub fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    whole(attribute(tag, name)?.as_bytes())
}

pub fn whole(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}
