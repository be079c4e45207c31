//! What a person says of a delimited file.

use crate::dialect::{Escape, Unnamed};
use crate::event::{Error, Result};
use crate::text::Wide;

/// What encloses fields, said by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteChoice {
    /// Nothing does.
    None,
    Char(char),
}

/// What a person says about a file; what is left open is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DialectChoice {
    /// A label such as `utf-8`, `windows-1252`, `utf-16le`, `cp437`.
    pub encoding: Option<String>,
    /// Of one character or several.
    pub delimiter: Option<String>,
    pub quote: Option<QuoteChoice>,
    pub escape: Option<Escape>,
    pub header: Option<bool>,
    /// Lines above the header.
    pub skip: Option<u64>,
    /// What a remark begins with; empty where there are none.
    pub comment: Option<String>,
    /// How NULL is written; empty where it is not.
    pub null: Option<String>,
    pub crlf_only: Option<bool>,
    pub blanks: Option<bool>,
    pub unnamed: Option<Unnamed>,
}

impl DialectChoice {
    /// The encoding that is said; an error where its label is unknown.
    pub(super) fn wide(&self) -> Result<Option<Wide>> {
        let Some(label) = self.encoding.as_deref() else { return Ok(None) };
        Wide::labelled(label).map(Some).ok_or_else(|| {
            Error::Unreadable(format!(
                "the encoding {label} is not known: give utf-8, utf-16le, utf-16be, utf-32le, utf-32be, windows-1250 to \
                 windows-1258, cp437, cp850, iso-8859-2 to iso-8859-16, ibm866, koi8-r, koi8-u, macintosh, shift_jis, euc-jp, gbk, \
                 gb18030, big5 or euc-kr"
            ))
        })
    }

    /// The first of what is said that no file can be written in.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&self) -> Result<()> {
        self.wide()?;
        let said = |what: &str| Err(Error::Unreadable(what.to_owned()));
        if let Some(delimiter) = &self.delimiter {
            if delimiter.is_empty() {
                return said("the delimiter is empty: give what stands between the fields");
            }
            if delimiter.contains(['\n', '\r', '\u{feff}']) {
                return said("a line end cannot be the delimiter: give what stands between the fields");
            }
        }
        if self.comment.as_ref().is_some_and(|sign| sign.contains(['\n', '\r'])) {
            return said("a line end cannot begin a remark: give the sign at the start of the line, such as #");
        }
        match self.quote {
            Some(QuoteChoice::Char(c)) if !c.is_ascii() || matches!(c, '\n' | '\r' | '\\') => {
                said("the quote must be an ASCII character, such as \" or '")
            }
            Some(QuoteChoice::Char(c)) if self.delimiter.as_ref().is_some_and(|d| d.starts_with(c)) => {
                said("the delimiter begins with the quote")
            }
            _ => Ok(()),
        }
    }
}
