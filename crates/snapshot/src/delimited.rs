//! Delimited text: any single-character delimiter, quotes of either kind, any encoding
//! ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) and what people make of it).
//!
//! Every record has the header's width or becomes a reject with its bytes. A record that is torn over several lines by
//! an unbalanced quote costs its first line only: reading resumes on the next.

pub mod dialect;
mod guess;
mod survey;

use std::collections::{HashSet, VecDeque};
use std::io::Read;

use csv_core::{ReadRecordResult, Reader as Core, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};
use memchr::memchr;

pub use dialect::{Dialect, DialectChoice, Escape, QuoteChoice};
pub use survey::{Survey, survey};

use crate::event::{Batch, ColumnDef, Note, NoteKind, Position, Reader, Result, Step, TableDef};
use crate::input::Input;
use crate::text::{Utf8Stream, Wide};

/// A quoted field may span lines, but one record of this many bytes has an unbalanced quote.
const TORN: usize = 4 << 20;

pub struct Delimited {
    input: Input<Box<dyn Read + Send>>,
    survey: Survey,
    /// Of the bytes the records are read from.
    encoding: &'static Encoding,
    core: Core,
    name: String,
    width: Option<usize>,
    records: u64,
    out: Vec<u8>,
    ends: Vec<usize>,
    queue: VecDeque<Step>,
    undecoded: u64,
}

impl Delimited {
    /// `input` is the file from its start; `name` what the table is called.
    pub fn new(mut input: Box<dyn Read + Send>, name: &str, survey: Survey) -> Result<Self> {
        let mut mark = vec![0; survey.mark];
        input.read_exact(&mut mark).map_err(|source| crate::Error::Io { byte: 0, source })?;
        let (input, encoding): (Box<dyn Read + Send>, _) = match survey.encoding {
            Wide::Plain(e) if e == UTF_8 || e.is_single_byte() => (input, e),
            wide => (Box::new(Utf8Stream::new(input, wide)), UTF_8),
        };
        Ok(Self {
            input: Input::new(input),
            core: core(survey.dialect),
            survey,
            encoding,
            name: name.to_owned(),
            width: None,
            records: 0,
            out: vec![0; 64 << 10],
            ends: vec![0; 256],
            queue: VecDeque::new(),
            undecoded: 0,
        })
    }

    /// Reads a record into `out` and `ends`; answers its fields and its length in the input, 0 fields at the end.
    fn record(&mut self) -> Result<(usize, usize)> {
        let (mut at, mut written, mut fields) = (0, 0, 0);
        self.core.reset();
        loop {
            let rest = &self.input.rest()[at..];
            if rest.is_empty() && !self.input.eof() {
                if at > TORN {
                    return Ok((usize::MAX, at));
                }
                self.input.more()?;
                continue;
            }
            let (result, used, put, ended) =
                self.core.read_record(rest, &mut self.out[written..], &mut self.ends[fields..]);
            at += used;
            written += put;
            fields += ended;
            match result {
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => return Ok((fields, at)),
            }
        }
    }

    fn field(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.out[start..self.ends[index]]
    }

    fn start(&mut self) -> Result<Option<Step>> {
        let (fields, length) = self.record()?;
        if fields == 0 || fields == usize::MAX {
            self.width = Some(0);
            return Ok(None);
        }
        let names: Vec<String> = (0..fields)
            .map(|i| if self.survey.dialect.header { self.decode(self.field(i)) } else { String::new() })
            .collect();
        if self.survey.dialect.header {
            self.input.advance(length);
        }
        self.width = Some(fields);
        let columns = column_names(&names)
            .into_iter()
            .map(|name| ColumnDef { name, nullable: true, ..ColumnDef::default() })
            .collect();
        Ok(Some(Step::Table(TableDef { name: self.name.clone(), columns, ..TableDef::default() })))
    }

    fn decode(&self, bytes: &[u8]) -> String {
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn push_row(&mut self, batch: &mut Batch, width: usize) {
        let null_token = self.survey.dialect.backslash() || self.survey.dialect.delimiter == '\t';
        let mut start = 0;
        for end in &self.ends[..width] {
            let field = &self.out[start..*end];
            start = *end;
            if null_token && field == b"\\N" {
                batch.push_null();
            } else if self.encoding == UTF_8 {
                if std::str::from_utf8(field).is_ok() {
                    batch.push_text(field);
                } else {
                    self.undecoded += 1;
                    batch.push_bytes(field);
                }
            } else if field.is_ascii() {
                batch.push_text(field);
            } else {
                batch.push_text(self.encoding.decode_without_bom_handling(field).0.as_bytes());
            }
        }
    }

    /// A record over several lines in which something other than a delimiter follows a closing quote: the quote that
    /// opened it is unbalanced, and the lines between are records of their own.
    fn is_torn(&self, length: usize) -> bool {
        let record = &self.input.rest()[..length];
        let Dialect { delimiter, quote: Some(quote), .. } = self.survey.dialect else { return false };
        let (delimiter, quote, backslash) = (delimiter as u8, quote as u8, self.survey.dialect.backslash());
        let Some(line) = memchr(b'\n', record) else { return false };
        if line + 1 >= length {
            return false;
        }
        let (mut at, mut quoted, mut fresh) = (0, false, true);
        while let Some(&byte) = record.get(at) {
            let next = record.get(at + 1).copied();
            if quoted && backslash && byte == b'\\' || quoted && byte == quote && next == Some(quote) {
                at += 1;
            } else if quoted && byte == quote {
                quoted = false;
                if next.is_some_and(|n| n != delimiter && n != b'\r' && n != b'\n') {
                    return true;
                }
            } else if fresh && byte == quote {
                quoted = true;
            }
            fresh = !quoted && (byte == delimiter || byte == b'\n');
            at += 1;
        }
        quoted
    }

    /// What stands at the front is no record of the table: the line, or all of it where it is one line.
    fn reject(&mut self, length: usize, reason: String) {
        self.records += 1;
        let at = Position { record: self.records, line: self.input.line(0), byte: self.input.offset() };
        let record = &self.input.rest()[..length];
        let first_line = memchr(b'\n', record).map_or(length, |n| n + 1);
        let torn = first_line < length;
        let reason = if torn { format!("{reason}, over several lines: a quote may be unbalanced") } else { reason };
        let raw = record[..first_line].to_vec();
        self.input.advance(first_line);
        let kind = NoteKind::Reject { raw, reason };
        self.queue.push_back(Step::Note(Note { table: Some(0), at, kind }));
    }

    fn finish(&mut self) -> Step {
        if self.undecoded == 0 {
            return Step::End;
        }
        let count = std::mem::take(&mut self.undecoded);
        let what = "text that is not valid UTF-8: bytes kept";
        Step::Note(Note { table: Some(0), at: Position::default(), kind: NoteKind::Odd { what, count } })
    }
}

fn core(dialect: Dialect) -> Core {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(dialect.delimiter as u8).quoting(dialect.quote.is_some());
    if let Some(quote) = dialect.quote {
        builder.quote(quote as u8);
    }
    if dialect.backslash() {
        builder.escape(Some(b'\\'));
    }
    builder.build()
}

/// Names as the header gives them; blanks and repeats get one of their own.
pub fn column_names(header: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let base = if name.trim().is_empty() { format!("column_{}", index + 1) } else { name.trim().to_owned() };
        let mut unique = base.clone();
        let mut n = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{base} ({n})");
            n += 1;
        }
        names.push(unique);
    }
    names
}

impl Reader for Delimited {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if let Some(step) = self.queue.pop_front() {
            return Ok(step);
        }
        let Some(width) = self.width else {
            return Ok(self.start()?.unwrap_or(Step::End));
        };
        if width == 0 {
            return Ok(Step::End);
        }
        batch.start(0, width);
        loop {
            let (fields, length) = self.record()?;
            if fields == 0 {
                break;
            }
            if fields == width && self.is_torn(length) {
                self.reject(length, "a quoted field goes on behind its closing quote".into());
            } else if fields == width {
                self.records += 1;
                self.push_row(batch, width);
                self.input.advance(length);
            } else if fields == usize::MAX {
                self.reject(length, format!("a record longer than {TORN} bytes"));
            } else {
                let s = if fields == 1 { "" } else { "s" };
                self.reject(length, format!("expected {width} fields, found {fields} field{s}"));
            }
            if batch.is_full() || self.queue.len() > 256 {
                break;
            }
        }
        if !batch.is_empty() {
            return Ok(Step::Rows);
        }
        match self.queue.pop_front() {
            Some(step) => Ok(step),
            None => Ok(self.finish()),
        }
    }

    fn position(&self) -> u64 {
        self.input.offset()
    }

    fn encoding(&self) -> String {
        let mark = if self.survey.mark > 0 { " with BOM" } else { "" };
        format!("{}{mark}", self.survey.encoding.name())
    }

    fn dialect(&self) -> Option<String> {
        Some(self.survey.dialect.describe())
    }

    fn form(&self) -> Option<crate::retry::Form> {
        let Dialect { delimiter, quote, .. } = self.survey.dialect;
        let backslash = self.survey.dialect.backslash();
        let form = crate::retry::DelimitedForm { encoding: self.encoding, delimiter, quote, backslash };
        Some(crate::retry::Form::Delimited(form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::CellRef;

    /// Names, rows, and of each reject its line, byte and reason.
    type Told = (Vec<String>, Vec<Vec<String>>, Vec<(u64, u64, String)>);

    fn read(text: &[u8]) -> Told {
        let survey = survey(text, &DialectChoice::default()).unwrap();
        let mut reader = Delimited::new(Box::new(std::io::Cursor::new(text.to_vec())), "t", survey).unwrap();
        let (mut names, mut rows, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
        let mut batch = Batch::default();
        loop {
            match reader.next(&mut batch).unwrap() {
                Step::Table(t) => names = t.columns.into_iter().map(|c| c.name).collect(),
                Step::Rows => {
                    for r in 0..batch.rows() {
                        let cell = |c| match c {
                            CellRef::Text(t) => String::from_utf8(t.to_vec()).unwrap(),
                            other => format!("{other:?}"),
                        };
                        rows.push(batch.row(r).map(cell).collect());
                    }
                }
                Step::Note(Note { at, kind: NoteKind::Reject { reason, .. }, .. }) => {
                    rejects.push((at.line, at.byte, reason));
                }
                Step::End => return (names, rows, rejects),
                _ => {}
            }
        }
    }

    #[test]
    fn a_row_of_another_width_is_kept_as_a_reject_with_its_place() {
        let (names, rows, rejects) = read(b"id,name,name,\n1,a,b,\n2,c\n3,\"d\ne\",f,\n");
        assert_eq!(names, ["id", "name", "name (2)", "column_4"]);
        assert_eq!(rows, [["1", "a", "b", ""], ["3", "d\ne", "f", ""]]);
        assert_eq!(rejects, [(3, 21, "expected 4 fields, found 2 fields".to_owned())]);
    }

    #[test]
    fn an_unbalanced_quote_costs_one_line() {
        let (_, rows, rejects) = read(b"id,name\n0,\"x, y\"\n0,\"z\"\n1,a\n2,\"b\n3,c\n4,d\n5,e\n6,\"f\"\n");
        assert_eq!(rejects.len(), 1);
        assert_eq!(rejects[0].0, 5);
        assert_eq!(rows.len(), 7);
    }

    #[test]
    fn windows_1252_and_utf16_come_out_alike() {
        let (_, narrow, _) = read(b"id;name\n1;Zo\xeb N\xfa\xf1ez\n");
        let wide: Vec<u8> = "\u{feff}id;name\n1;Zoë Núñez\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (_, rows, _) = read(&wide);
        assert_eq!(rows, [["1", "Zoë Núñez"]]);
        assert_eq!(narrow, rows);
    }
}
