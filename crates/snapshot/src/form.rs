//! In which form a rejected record stood, as far as reading it again depends on that: its character set, how text is
//! quoted, which columns the statement lists.

use encoding_rs::Encoding;

use crate::dialect::{Dialect, Escape};

/// What stood around a record in its file, as far as reading it depends on that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A row in brackets, after `INSERT … VALUES`.
    Sql(SqlForm),
    /// A record of delimited text.
    Delimited(DelimitedForm),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlForm {
    pub encoding: &'static Encoding,
    /// `SET NAMES binary`.
    pub binary: bool,
    pub ansi_quotes: bool,
    pub no_backslash: bool,
    pub no_auto_value_on_zero: bool,
    /// As the statement lists them; `None` where it lists none.
    pub columns: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelimitedForm {
    pub encoding: &'static Encoding,
    /// Of one record: without a header and what stands above it.
    pub dialect: Dialect,
}

/// Between the parts of a form as it is kept: no name holds it.
const APART: char = '\u{1f}';

impl Form {
    /// As it is kept; [`Form::read`] reads it back.
    pub fn write(&self) -> String {
        let number = |c: char| u32::from(c).to_string();
        let flag = |b: bool| if b { "1" } else { "0" }.to_owned();
        let mut parts: Vec<String> = Vec::new();
        match self {
            Self::Sql(form) => {
                parts.extend(["sql".to_owned(), form.encoding.name().to_owned()]);
                let flags = [form.binary, form.ansi_quotes, form.no_backslash, form.no_auto_value_on_zero];
                parts.extend(flags.map(flag));
                parts.push(flag(form.columns.is_some()));
                parts.extend(form.columns.iter().flatten().cloned());
            }
            Self::Delimited(form) => {
                let dialect = &form.dialect;
                let delimiter = dialect.delimiter.chars().map(number).collect::<Vec<_>>().join(",");
                parts.extend(["delimited".to_owned(), form.encoding.name().to_owned(), delimiter]);
                parts.push(dialect.quote.map_or(String::new(), number));
                parts.push(u32::from(dialect.escape as u8).to_string());
                parts.push(flag(dialect.crlf_only));
                parts.extend(dialect.null.clone());
            }
        }
        parts.join(&APART.to_string())
    }

    /// `None` where it is none of ours.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(APART);
        let kind = parts.next()?;
        let encoding = Encoding::for_label(parts.next()?.as_bytes())?;
        match kind {
            "sql" => {
                let mut flag = || parts.next().map(|part| part == "1");
                let form = SqlForm {
                    encoding,
                    binary: flag()?,
                    ansi_quotes: flag()?,
                    no_backslash: flag()?,
                    no_auto_value_on_zero: flag()?,
                    columns: None,
                };
                let listed = flag()?;
                let columns = listed.then(|| parts.map(str::to_owned).collect());
                Some(Self::Sql(SqlForm { columns, ..form }))
            }
            "delimited" => {
                let character = |part: &str| part.parse().ok().and_then(char::from_u32);
                let delimiter = parts.next()?.split(',').map(character).collect::<Option<String>>()?;
                let quote = match parts.next()? {
                    "" => None,
                    quote => Some(character(quote)?),
                };
                let escape = match parts.next()? {
                    "0" => Escape::Doubled,
                    "1" => Escape::Backslash,
                    "2" => Escape::Letters,
                    _ => return None,
                };
                // Rejects of older loads end here.
                let crlf_only = parts.next() == Some("1");
                let null = parts.next().map(str::to_owned);
                let dialect =
                    Dialect { delimiter, quote, escape, header: false, null, crlf_only, ..Dialect::default() };
                Some(Self::Delimited(DelimitedForm { encoding, dialect }))
            }
            _ => None,
        }
    }

    fn encoding(&self) -> &'static Encoding {
        match self {
            Self::Sql(form) => form.encoding,
            Self::Delimited(form) => form.encoding,
        }
    }

    /// A record's bytes as text a person can edit; `None` where [`Form::bytes`] would not give the same bytes back.
    pub fn text(&self, raw: &[u8]) -> Option<String> {
        let text = self.encoding().decode_without_bom_handling_and_without_replacement(raw)?.into_owned();
        (self.bytes(&text).as_deref() == Some(raw)).then_some(text)
    }

    /// Text in the bytes of the record's file; `None` where its character set has no such character.
    pub fn bytes(&self, text: &str) -> Option<Vec<u8>> {
        let (bytes, used, lossy) = self.encoding().encode(text);
        (!lossy && used == self.encoding()).then(|| bytes.into_owned())
    }
}
