//! The fields of a file of rows and what goes to which column of the table.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::insert::push_default;
use super::outfile::{Fields, Format, Lines};
use super::settings::Settings;
use super::value::finish_string;
use crate::event::Batch;
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::noticed::Noticed;
use crate::script::odd::UNREAD;
use crate::script::value::{Stored, unhex_pairs};

/// The rows of one table, as they go on.
pub struct TabRows {
    pub table: usize,
    pub lines: Lines,
    /// What each field goes to; `None`: to the columns in order.
    pub listed: Option<Vec<String>>,
    /// Columns whose values are made of a field, or of nothing in the file.
    made: Vec<(String, Made)>,
    /// Of each column; empty until it is known how many fields there are.
    sources: Vec<Source>,
    /// Fields of a line.
    pub width: usize,
    pub left_out: Vec<usize>,
    pub skip: u64,
    pub fields: Fields,
}

/// How a value is made of what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It is the field of this name.
    Field(String, Coding),
    /// An expression that is not run, by the name of its function; where one field goes into it, that is kept.
    NotRun(Option<String>, String),
}

/// What a field is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coding {
    Plain,
    Hex,
    Base64,
    /// NULL where it is this text.
    NullIf(Vec<u8>),
}

enum Source {
    Field(usize, Coding),
    /// NULL, and not known.
    LeftOut,
    Default,
}

/// Where the rows of a file belong, as the dump's own account says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSource {
    pub database: Option<String>,
    pub table: String,
    /// As the fields stand.
    pub columns: Vec<String>,
    /// Columns with the function that their fields are decoded by: `UNHEX` or `FROM_BASE64`.
    pub decode: Vec<(String, String)>,
    pub charset: String,
    pub format: Format,
}

impl TabRows {
    pub fn new(table: usize, columns: &[Column], format: Format, settings: &Settings) -> Self {
        let skip = format.skip;
        // SELECT … INTO OUTFILE knows the characters of each column, though it writes the file as bytes.
        let own = |column: &Column| column.own_charset.and_then(Charset::wide);
        let wide = if settings.binary { columns.iter().map(own).collect() } else { vec![settings.wide] };
        Self {
            table,
            lines: Lines::new(format, wide),
            listed: None,
            made: Vec::new(),
            sources: Vec::new(),
            width: 0,
            left_out: Vec::new(),
            skip,
            fields: Fields::default(),
        }
    }

    pub fn listing(self, listed: Option<Vec<String>>, made: Vec<(String, Made)>) -> Self {
        Self { listed, made, ..self }
    }

    /// Settles what every column takes of a line with so many fields; false where the line does not fit.
    pub fn lay_out(&mut self, columns: &[Column], fields: usize) -> bool {
        let order: Vec<Option<usize>> = match &self.listed {
            Some(listed) if listed.len() != fields => return false,
            Some(listed) => {
                columns.iter().map(|c| listed.iter().rposition(|l| l.eq_ignore_ascii_case(&c.def.name))).collect()
            }
            None => {
                let all = |kept: &dyn Fn(&Column) -> bool| columns.iter().filter(|c| kept(c)).count() == fields;
                let visible = |c: &Column| !c.invisible;
                let given = |c: &Column| !c.def.generated;
                let ways: [&dyn Fn(&Column) -> bool; 4] = [&|_| true, &given, &visible, &|c| visible(c) && given(c)];
                let Some(way) = ways.into_iter().find(|way| all(way)) else { return false };
                let mut next = 0..;
                columns.iter().map(|c| way(c).then(|| next.next()).flatten()).collect()
            }
        };
        self.sources = columns.iter().zip(order).map(|(column, field)| self.source(column, field)).collect();
        self.left_out = (0..columns.len()).filter(|i| matches!(self.sources[*i], Source::LeftOut)).collect();
        self.width = fields;
        true
    }

    fn source(&self, column: &Column, field: Option<usize>) -> Source {
        let listed = |name: &str| self.listed.as_ref()?.iter().rposition(|l| l.eq_ignore_ascii_case(name));
        let made = self.made.iter().rfind(|(name, _)| name.eq_ignore_ascii_case(&column.def.name));
        match (made, field) {
            (Some((_, Made::Field(name, coding))), _) => {
                listed(name).map_or(Source::Default, |field| Source::Field(field, coding.clone()))
            }
            (Some((_, Made::NotRun(name, _))), _) => {
                let field = name.as_deref().and_then(listed);
                field.map_or(Source::LeftOut, |field| Source::Field(field, Coding::Plain))
            }
            (None, Some(field)) => Source::Field(field, Coding::Plain),
            (None, None) if column.may_be_left_out() => Source::LeftOut,
            (None, None) => Source::Default,
        }
    }

    /// The fields of a line into the batch, in the order of the columns.
    pub fn store(&self, columns: &[Column], settings: &Settings, batch: &mut Batch, noticed: &mut Noticed) {
        for (index, (column, source)) in columns.iter().zip(&self.sources).enumerate() {
            let (field, coding) = match source {
                Source::LeftOut => {
                    batch.push_null();
                    continue;
                }
                Source::Default => {
                    push_default(column, index, batch, noticed);
                    continue;
                }
                Source::Field(field, coding) => (self.fields.get(*field), coding),
            };
            let is_null = |bytes: &[u8]| matches!(coding, Coding::NullIf(null) if null == bytes);
            let Some(bytes) = field.filter(|bytes| !is_null(bytes)) else {
                if column.def.auto_increment {
                    noticed.auto = Some(index);
                }
                batch.push_null();
                continue;
            };
            let start = batch.data().len();
            let decoded = match coding {
                Coding::Plain | Coding::NullIf(_) => {
                    batch.data().extend_from_slice(bytes);
                    true
                }
                Coding::Hex => unhex_pairs(bytes).map(|bytes| batch.data().extend(bytes)).is_some(),
                Coding::Base64 => from_base64(bytes, batch.data()),
            };
            if !decoded {
                batch.data().truncate(start);
                batch.push_text(String::from_utf8_lossy(bytes).as_bytes());
                noticed.odd.push((index, UNREAD));
                continue;
            }
            // What was bytes to the server is text in the column's own set.
            let own = matches!(coding, Coding::Hex | Coding::Base64).then_some(column.own_charset).flatten();
            let charset = own.map_or_else(|| settings.literal_charset(column), Into::into);
            if let Stored::Odd(what) = finish_string(column, charset, start, batch) {
                noticed.odd.push((index, what));
            }
        }
    }
}

/// As a server reads it: `=` at the end may be missing, and the last letter may hold more bits than are needed.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Appends what the letters say; false where they are none. Lines may break them.
fn from_base64(letters: &[u8], to: &mut Vec<u8>) -> bool {
    let letters: Vec<u8> = letters.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    LENIENT.decode_vec(letters, to).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_base64_are_bytes_as_a_server_has_them() {
        for (letters, bytes) in [
            ("", Some(&b""[..])),
            ("QW5u", Some(b"Ann")),
            ("QW5uYQ==", Some(b"Anna")),
            ("QW5uYQ", Some(b"Anna")),
            ("QW5u\r\nYQ==\n", Some(b"Anna")),
            ("/+8=", Some(b"\xff\xef")),
            ("QW5u*", None),
            ("QW5uY", None),
            ("QW=u", None),
        ] {
            let mut found = b"before".to_vec();
            let read = from_base64(letters.as_bytes(), &mut found);
            assert_eq!(read, bytes.is_some(), "{letters}");
            if let Some(bytes) = bytes {
                assert_eq!(&found[6..], bytes, "{letters}");
            }
        }
    }
}
