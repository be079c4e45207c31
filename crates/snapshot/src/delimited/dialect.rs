//! How a delimited file is written, as it was recognised or as a person says it is.

use encoding_rs::{Encoding, UTF_8};

use crate::event::{Error, Result};
use crate::text::Wide;

/// How a quote inside a quoted field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Escape {
    /// Twice, as RFC 4180 has it.
    #[default]
    Doubled,
    /// With a backslash before it; a doubled one is read as one, too.
    Backslash,
}

/// How a delimited file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: char,
    /// An ASCII character; `None` where quotes are letters like others.
    pub quote: Option<char>,
    pub escape: Escape,
    pub header: bool,
    /// Lines above the header (or the first record) that are no records.
    pub skip: u64,
}

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
    /// A label such as `utf-8`, `windows-1252`, `utf-16le`.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    pub quote: Option<QuoteChoice>,
    pub escape: Option<Escape>,
    pub header: Option<bool>,
    /// Lines above the header.
    pub skip: Option<u64>,
}

impl DialectChoice {
    /// The encoding that is said; an error where its label is unknown.
    pub(super) fn wide(&self) -> Result<Option<Wide>> {
        let Some(label) = self.encoding.as_deref() else { return Ok(None) };
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-32" | "utf-32le" | "utf32" | "utf32le" => return Ok(Some(Wide::Utf32Le)),
            "utf-32be" | "utf32be" => return Ok(Some(Wide::Utf32Be)),
            _ => {}
        }
        let found = Encoding::for_label_no_replacement(label.as_bytes());
        let alias = || match label.trim().to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
            "utf8-bom" | "utf-8-sig" => Some(UTF_8),
            "utf16" | "utf16le" => Some(encoding_rs::UTF_16LE),
            "utf16be" => Some(encoding_rs::UTF_16BE),
            other => Encoding::for_label_no_replacement(
                other.replace("windows", "windows-").replace("--", "-").replace("cp-", "cp").as_bytes(),
            ),
        };
        found.or_else(alias).map(|e| Some(Wide::Plain(e))).ok_or_else(|| {
            Error::Unreadable(format!(
                "the encoding {label} is not known: give utf-8, utf-16le, utf-16be, utf-32le, utf-32be, windows-1250 to \
                 windows-1258, iso-8859-2 to iso-8859-16, ibm866, koi8-r, koi8-u, macintosh, shift_jis, euc-jp, gbk, \
                 gb18030, big5 or euc-kr"
            ))
        })
    }

    /// The first of what is said that no file can be written in.
    pub(super) fn check(&self) -> Result<()> {
        let said = |what: &str| Err(Error::Unreadable(what.to_owned()));
        if matches!(self.delimiter, Some('\n' | '\r' | '\u{feff}')) {
            return said("a line end cannot be the delimiter: give the character that stands between the fields");
        }
        match self.quote {
            Some(QuoteChoice::Char(c)) if !c.is_ascii() || matches!(c, '\n' | '\r' | '\\') => {
                said("the quote must be an ASCII character, such as \" or '")
            }
            Some(QuoteChoice::Char(c)) if self.delimiter == Some(c) => {
                said("delimiter and quote are the same character")
            }
            _ => Ok(()),
        }
    }
}

impl Dialect {
    pub(super) fn backslash(self) -> bool {
        self.escape == Escape::Backslash
    }

    /// As a person reads it.
    pub fn describe(self) -> String {
        let quote = self.quote.map_or("no quotes".to_owned(), |q| format!("quote {}", character(q)));
        let escape = match (self.quote, self.escape) {
            (None, Escape::Doubled) => "",
            (_, Escape::Backslash) => ", escaped by backslash",
            (_, Escape::Doubled) => ", escaped by doubling",
        };
        let header = if self.header { "header row" } else { "no header row" };
        let above = match self.skip {
            0 => String::new(),
            1 => ", 1 line above it".to_owned(),
            n => format!(", {n} lines above it"),
        };
        format!("delimiter {}, {quote}{escape}, {header}{above}", character(self.delimiter))
    }
}

/// A character as a person reads it: by name or number where it would not be seen.
pub fn character(c: char) -> String {
    match c {
        '\t' => "tab".to_owned(),
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        '|' => "pipe".to_owned(),
        ' ' => "space".to_owned(),
        c if c.is_ascii_graphic() || c.is_alphanumeric() || ('\u{a1}'..='\u{ff}').contains(&c) => c.to_string(),
        c if c.is_ascii() => format!("character 0x{:02x}", c as u32),
        c => format!("character U+{:04X}", c as u32),
    }
}
