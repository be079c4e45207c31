//! How a delimited file is written, as it was recognised or as a person says it is.

/// How a quote, a delimiter or a line end inside a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Escape {
    /// A quote twice, as RFC 4180 has it.
    #[default]
    Doubled,
    /// With a backslash before it; a doubled quote is read as one, too.
    Backslash,
    /// As `Backslash`, and a letter after a backslash stands for a character: `\n`, `\t`, as PostgreSQL's COPY and
    /// MySQL's `--batch` write them.
    Letters,
}

/// Which column has no name where a header is one name short of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unnamed {
    /// The records end with a field that the header does not name.
    #[default]
    Last,
    /// The records begin with one: R writes the names of its rows so.
    First,
}

/// How a delimited file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// One character or several.
    pub delimiter: String,
    /// An ASCII character; `None` where quotes are letters like others.
    pub quote: Option<char>,
    pub escape: Escape,
    pub header: bool,
    /// Lines above the header (or the first record) that are no records.
    pub skip: u64,
    /// A line that begins with it is a remark.
    pub comment: Option<String>,
    /// A field that is this, without quotes, is NULL. Where a backslash escapes, `\N` is too.
    pub null: Option<String>,
    /// Only CRLF ends a record: a lone LF or CR is text.
    pub crlf_only: bool,
    /// Blanks between a delimiter and a quote are no part of the value.
    pub blanks: bool,
    pub unnamed: Unnamed,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            delimiter: ",".to_owned(),
            quote: Some('"'),
            escape: Escape::Doubled,
            header: true,
            skip: 0,
            comment: None,
            null: None,
            crlf_only: false,
            blanks: false,
            unnamed: Unnamed::Last,
        }
    }
}

impl Dialect {
    pub(crate) fn backslash(&self) -> bool {
        self.escape != Escape::Doubled
    }

    /// The text that stands for NULL where it has no quotes.
    pub(crate) fn null_mark(&self) -> Option<&str> {
        match &self.null {
            Some(mark) if mark.is_empty() => None,
            Some(mark) => Some(mark),
            None => self.backslash().then_some("\\N"),
        }
    }

    /// As a person reads it.
    pub fn describe(&self) -> String {
        let quote = self.quote.map_or("no quotes".to_owned(), |q| format!("quote {}", character(q)));
        let escape = match (self.quote, self.escape) {
            (None, Escape::Doubled) => "",
            (_, Escape::Doubled) => ", escaped by doubling",
            (_, Escape::Backslash) => ", escaped by backslash",
            (_, Escape::Letters) => ", backslash codes such as \\n and \\N",
        };
        let header = match (self.header, self.unnamed) {
            (true, Unnamed::Last) => "header row",
            (true, Unnamed::First) => "header row whose names begin at the second column",
            (false, _) => "no header row",
        };
        let above = match self.skip {
            0 => String::new(),
            1 => ", 1 line above it".to_owned(),
            n => format!(", {n} lines above it"),
        };
        let comment = self.comment.as_ref().map_or(String::new(), |sign| format!(", remarks begin with {sign}"));
        let null = match &self.null {
            Some(mark) if !mark.is_empty() => format!(", {mark} is NULL"),
            _ => String::new(),
        };
        let blanks = if self.blanks { ", blanks around quotes" } else { "" };
        let ends = if self.crlf_only { ", records end with CRLF only" } else { "" };
        format!(
            "delimiter {}, {quote}{escape}, {header}{above}{comment}{null}{blanks}{ends}",
            characters(&self.delimiter)
        )
    }
}

/// A delimiter as a person reads it.
pub fn characters(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => character(one),
        _ if text.chars().all(|c| c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric()) => format!("'{text}'"),
        _ => text.chars().map(character).collect::<Vec<_>>().join(" then "),
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
