//! One rejected record read again by itself, perhaps as a person corrected it.
//!
//! A reader tells with every reject in which [`Form`] its record stood: the character set, how text is quoted, which
//! columns the statement lists. With it and the table's definition the record is read by the reader of its kind, so
//! that a corrected row comes out as it would have in its file.

use encoding_rs::Encoding;

use crate::delimited::{self, Dialect, Escape, Survey};
use crate::event::{Batch, NoteKind, Reader, Step, TableDef};
use crate::mysqldump;
use crate::text::Wide;

/// What stood around a record in its file, as far as reading it depends on that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A row in brackets, behind `INSERT … VALUES`.
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

/// What to do about a record of another width than its table's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fit {
    /// Missing fields at the end are blank.
    pub pad: bool,
    /// Surplus fields at the end go where they are blank.
    pub cut: bool,
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

/// Reads one record of `table` into the batch, which then holds one row.
///
/// # Errors
///
/// Why it is no row of the table, in words without a value of it.
pub fn record(form: &Form, table: &TableDef, content: &[u8], batch: &mut Batch) -> Result<(), String> {
    match form {
        Form::Sql(form) => mysqldump::row_again(form, table, content, batch),
        Form::Delimited(form) => fields_again(form, table, content, batch),
    }
}

/// The record with as many fields as the table has columns, as far as `fit` allows; others stay as they are. Only
/// delimited text has such records.
pub fn fitted(form: &Form, width: usize, content: &[u8], fit: Fit) -> Vec<u8> {
    let Form::Delimited(form) = form else { return content.to_vec() };
    let end = content.len() - line_end(content);
    let survey = form.survey(width);
    let delimiter = form.encoding.encode(&form.dialect.delimiter).0.into_owned();
    let Some(delimiters) = delimited::delimiters(&survey, &content[..end]) else { return content.to_vec() };
    let fields = delimiters.len() + 1;
    let mut fitted = content[..end].to_vec();
    if fields < width && fit.pad {
        fitted.extend(delimiter.repeat(width - fields));
    } else if fields > width && width > 0 && fit.cut {
        let from = delimiters[width - 1];
        // A field that holds anything is somebody's data.
        if content[from..end].iter().all(|b| delimiter.contains(b) || *b == b' ') {
            fitted.truncate(from);
        }
    }
    fitted
}

fn line_end(content: &[u8]) -> usize {
    content.iter().rev().take_while(|b| matches!(b, b'\n' | b'\r')).count()
}

impl DelimitedForm {
    fn survey(&self, width: usize) -> Survey {
        Survey::of_records(Wide::Plain(self.encoding), self.dialect.clone(), width)
    }
}

fn fields_again(form: &DelimitedForm, table: &TableDef, content: &[u8], batch: &mut Batch) -> Result<(), String> {
    let width = table.columns.len();
    let content = &content[..content.len() - line_end(content)];
    if content.is_empty() {
        return Err("nothing stands there".to_owned());
    }
    let survey = form.survey(width);
    if delimited::delimiters(&survey, content).is_none() {
        return Err("a quote is not closed".to_owned());
    }
    let input = Box::new(std::io::Cursor::new(content.to_vec()));
    let mut reader = delimited::Delimited::new(input, &table.name, survey).map_err(|e| e.to_string())?;
    one_row(&mut reader, batch, |def| {
        let found = def.columns.len();
        let s = if found == 1 { "" } else { "s" };
        if found == width { Ok(()) } else { Err(format!("expected {width} fields, found {found} field{s}")) }
    })
}

pub(crate) const MORE: &str = "more than a row stands there";

/// Reads to the end of an input that must hold one table with one row.
pub(crate) fn one_row(
    reader: &mut dyn Reader,
    batch: &mut Batch,
    mut fits: impl FnMut(&TableDef) -> Result<(), String>,
) -> Result<(), String> {
    let mut scratch = Batch::default();
    let (mut rows, mut tables) = (0, 0);
    loop {
        match reader.next(&mut scratch).map_err(|e| e.to_string())? {
            Step::Table(def) if tables == 0 => {
                tables += 1;
                fits(&def)?;
            }
            Step::Rows => {
                rows += scratch.rows();
                std::mem::swap(batch, &mut scratch);
            }
            Step::Note(note) => match note.kind {
                NoteKind::Reject { reason, .. } => return Err(reason),
                // The file's other rows are kept as written; what a person writes can be held to the column's type.
                NoteKind::Odd { what, .. } if what == mysqldump::UNREAD => {
                    return Err("a value does not fit its column's type".to_owned());
                }
                NoteKind::Statement { .. } | NoteKind::Object { .. } => return Err(MORE.to_owned()),
                NoteKind::Odd { .. }
                | NoteKind::NotComparable { .. }
                | NoteKind::Resolved
                | NoteKind::Warning { .. } => {}
            },
            Step::End => break,
            Step::Table(_) | Step::Changed(..) | Step::Gone(_) => return Err(MORE.to_owned()),
        }
    }
    match rows {
        1 => Ok(()),
        0 => Err("no row stands there".to_owned()),
        n => Err(format!("{n} rows stand there: a reject is one record")),
    }
}

#[cfg(test)]
mod tests;
