//! Delimited text: any single-character delimiter, quotes of either kind, any encoding
//! ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) and what people make of it).
//!
//! Every record has the header's width or becomes a reject with its bytes; only empty fields too many at its end, or too
//! few under blank names, are let pass and counted. A record that is torn over several lines by an unbalanced quote
//! costs its first line only: reading resumes on the next.

pub(crate) mod again;
mod candidates;
mod choice;
pub mod conformance;
mod doubt;
mod encoding;
mod evidence;
mod guess;
mod header;
mod records;
mod sample;
mod split;
mod survey;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{HashSet, VecDeque};
use std::io::Read;

use encoding_rs::UTF_8;

pub use crate::dialect::{Dialect, Escape, Unnamed, character};
pub use choice::{DialectChoice, QuoteChoice};
pub use doubt::{Considered, Doubt};
pub use survey::{Survey, survey};

use records::{Found, Records, What};
use split::Form;

use crate::event::{Batch, ColumnDef, Note, NoteKind, Odd, Position, Reader, Result, Share, ShareOf, Step, TableDef};

pub struct Delimited {
    records: Records,
    survey: Survey,
    name: String,
    /// `None` until the header was read.
    width: Option<usize>,
    /// The header's fields as they stand, to know it again.
    header: Vec<Vec<u8>>,
    /// Columns from here on have no name in the header.
    named: usize,
    found: u64,
    queue: VecDeque<Step>,
    odd: [u64; ODD.len()],
    /// Lines that are no records, as far as they are kept.
    remarks: Vec<u8>,
    shares: Shares,
    /// A field that is this without quotes is NULL.
    null: Option<Vec<u8>>,
    ended: bool,
}

/// What is kept otherwise than it stands, or stands otherwise than it should.
const ODD: [&str; 10] = [
    "text that does not decode in the file's encoding: bytes kept",
    "rows with empty fields after the last column: loaded without them",
    "rows that end before columns without a name: loaded with blanks there",
    "rows that repeat the header: loaded as they stand",
    "rows with a carriage return in a value without quotes: kept in the value",
    "rows with blanks after a closing quote: kept in the value",
    "byte order marks inside the file: left out, files may have been put together",
    "places where U+FFFD stands for bytes that are no text in the file's encoding: ask for the file as UTF-8",
    "rows with text after a closing quote: loaded as written, with their quotes",
    "values in Excel's guard against losing zeros, =\"…\": kept as written",
];
const UNDECODED: usize = 0;
const BEYOND: usize = 1;
const SHORT: usize = 2;
const REPEATED: usize = 3;
const RETURNS: usize = 4;
const BLANKS: usize = 5;
const MARKS: usize = 6;
const REPLACED: usize = 7;
const LETTERS: usize = 8;
const GUARDS: usize = 9;

/// Bytes of remarks that are kept as text.
const REMARKS_KEPT: usize = 64 << 10;

/// Count and bytes of the file by what they belong to.
#[derive(Default)]
struct Shares {
    rows: (u64, u64),
    header: (u64, u64),
    rejects: (u64, u64),
    blanks: (u64, u64),
    marks: (u64, u64),
    above: (u64, u64),
    remarks: (u64, u64),
}

fn add(share: &mut (u64, u64), bytes: u64) {
    share.0 += 1;
    share.1 += bytes;
}

impl Delimited {
    /// `input` is the file from its start; `name` what the table is called.
    pub fn new(input: Box<dyn Read + Send>, name: &str, survey: Survey) -> Result<Self> {
        let mut shares = Shares::default();
        if survey.mark > 0 {
            add(&mut shares.marks, survey.mark as u64);
        }
        Ok(Self {
            records: Records::new(input, &survey)?,
            null: survey.dialect.null_mark().map(|mark| mark.as_bytes().to_vec()),
            survey,
            name: name.to_owned(),
            width: None,
            header: Vec::new(),
            named: 0,
            found: 0,
            queue: VecDeque::new(),
            odd: [0; ODD.len()],
            remarks: Vec::new(),
            shares,
            ended: false,
        })
    }

    /// The table, once its header was read; `None` where the file holds no record.
    fn start(&mut self) -> Result<Option<Step>> {
        for text in self.survey.warnings() {
            self.warn(text, Position::default());
        }
        self.above()?;
        let found = loop {
            match self.records.find(0)? {
                Some(found) if self.pass(&found) => {}
                other => break other,
            }
        };
        let Some(found) = found else {
            self.width = Some(0);
            return Ok(None);
        };
        let fields = self.records.fields.len();
        let mut width = fields.max(self.survey.width);
        if self.survey.dialect.header {
            if let What::Torn(why) = found.what {
                let text =
                    format!("the header is broken ({why}): its first line gives the names; see whether they fit");
                self.warn(text, self.records.at(0));
            }
            self.header = (0..fields).map(|i| self.records.value(&found, i)).collect();
            add(&mut self.shares.header, self.records.take(&found));
            self.named = self.header.iter().rposition(|n| !n.trim_ascii().is_empty()).map_or(0, |last| last + 1);
            if self.survey.dialect.unnamed == Unnamed::First {
                self.header.splice(0..0, vec![Vec::new(); width - fields]);
                self.named = width;
            }
        } else {
            width = self.survey.width.max(1);
            self.named = width;
        }
        let decode = |n: &Vec<u8>| self.records.encoding.decode_without_bom_handling(n).0.into_owned();
        let mut names: Vec<String> = self.header.iter().map(decode).collect();
        names.resize(width, String::new());
        self.width = Some(width);
        let columns = column_names(&names)
            .into_iter()
            .map(|name| ColumnDef { name, nullable: true, ..ColumnDef::default() })
            .collect();
        Ok(Some(Step::Table(TableDef { name: self.name.clone(), columns, ..TableDef::default() })))
    }

    /// Goes over the lines above the header.
    fn above(&mut self) -> Result<()> {
        let mut lines = 0;
        for _ in 0..self.survey.dialect.skip {
            let Some(line) = self.records.line()? else { break };
            let text = self.records.raw(&line).to_vec();
            // Excel's word for the delimiter says nothing else.
            let is_sep = text.get(..4).is_some_and(|w| w.eq_ignore_ascii_case(b"sep="));
            if !is_sep {
                self.keep_remark(&text);
            }
            lines += u64::from(!is_sep && !text.starts_with(b"#") && !text.trim_ascii().is_empty());
            add(&mut self.shares.above, self.records.take(&line));
        }
        if lines > 0 {
            let s = if lines == 1 { "" } else { "s" };
            let text = format!(
                "{lines} line{s} above the header: not loaded; if they are records, say how the file is written"
            );
            self.warn(text, Position { line: 1, ..Position::default() });
        }
        Ok(())
    }

    /// Keeps what stands beside the records; most of a file of remarks is left to the file.
    fn keep_remark(&mut self, text: &[u8]) {
        let room = REMARKS_KEPT.saturating_sub(self.remarks.len());
        self.remarks.extend_from_slice(&text[..text.len().min(room)]);
    }

    fn warn(&mut self, text: String, at: Position) {
        self.queue.push_back(Step::Note(Note { table: Some(0), at, kind: NoteKind::Warning { text } }));
    }

    /// Goes over what is no record.
    fn pass(&mut self, found: &Found) -> bool {
        match found.what {
            What::Blank => add(&mut self.shares.blanks, self.records.take(found)),
            What::Remark => {
                let text = self.records.raw(found).to_vec();
                self.keep_remark(&text);
                add(&mut self.shares.remarks, self.records.take(found));
            }
            What::Mark => {
                add(&mut self.shares.marks, self.records.take(found));
                self.odd[MARKS] += 1;
            }
            What::EndMark => add(&mut self.shares.marks, self.records.take(found)),
            What::Record | What::Torn(_) => return false,
        }
        true
    }

    /// What stands at the front goes into the batch or becomes a note.
    fn record(&mut self, batch: &mut Batch, found: &Found, width: usize) {
        if let What::Torn(why) = found.what {
            return self.reject(found, format!("{why}; its first line is left out and reading goes on after it"));
        }
        let fields = self.records.fields.len();
        if fields != width && !self.fits(fields, width) {
            let s = if fields == 1 { "" } else { "s" };
            return self.reject(found, format!("expected {width} fields, found {fields} field{s}"));
        }
        self.found += 1;
        self.odd[RETURNS] += u64::from(found.cr_inside);
        self.odd[BLANKS] += u64::from(found.blanks);
        self.odd[LETTERS] += u64::from(found.letters);
        if self.survey.guards {
            let raw = self.records.raw(found);
            let texts = self.records.fields.iter().map(|f| &raw[f.start as usize..f.end as usize]);
            let guarded =
                texts.filter(|text| text.starts_with(b"=\"") && text.len() > 2 && text.ends_with(b"\"")).count();
            self.odd[GUARDS] += guarded as u64;
        }
        if fields == self.header.len() && width > 1 && self.is_header(found) {
            self.odd[REPEATED] += 1;
        }
        self.push_row(batch, found, width);
        add(&mut self.shares.rows, self.records.take(found));
    }

    /// A record of another width loses nothing: what is beyond is empty, what is missing has no name.
    fn fits(&mut self, fields: usize, width: usize) -> bool {
        if fields > width {
            let empty = self.records.fields[width..].iter().all(|f| f.start == f.end);
            self.odd[BEYOND] += u64::from(empty);
            empty
        } else {
            let unnamed = fields >= self.named;
            self.odd[SHORT] += u64::from(unnamed);
            unnamed
        }
    }

    fn is_header(&self, found: &Found) -> bool {
        let raw = self.records.raw(found);
        let same = |(i, name): (usize, &Vec<u8>)| match self.records.fields[i] {
            f if f.form == Form::Escaped => self.records.value(found, i) == *name,
            f => raw[f.start as usize..f.end as usize] == name[..],
        };
        !self.header.is_empty() && self.header.iter().enumerate().all(same)
    }

    fn push_row(&mut self, batch: &mut Batch, found: &Found, width: usize) {
        let raw = self.records.raw(found);
        let fields = &self.records.fields[..width.min(self.records.fields.len())];
        let is_utf8 = self.records.encoding == UTF_8;
        let whole = raw.is_ascii() || is_utf8 && std::str::from_utf8(raw).is_ok();
        if whole {
            let base = batch.data().len();
            batch.data().extend_from_slice(raw);
            if !found.escapes && self.null.is_none() {
                batch.push_texts_within(base, fields.iter().map(|field| (field.start, field.end)));
            } else {
                let mut undecoded = 0;
                for field in fields {
                    let (start, end) = (field.start as usize, field.end as usize);
                    if field.form == Form::Escaped {
                        let start_of = batch.data().len();
                        self.records.splitter.unescape(&raw[start..end], batch.data());
                        // A byte by its number need not be text.
                        if str::from_utf8(&batch.data()[start_of..]).is_ok() {
                            batch.close_text(start_of);
                        } else {
                            undecoded += 1;
                            batch.close_bytes(start_of);
                        }
                    } else if field.form == Form::Plain && self.null.as_deref() == Some(&raw[start..end]) {
                        batch.push_null();
                    } else {
                        batch.push_text_within(base + start, base + end);
                    }
                }
                self.odd[UNDECODED] += undecoded;
            }
        } else {
            self.odd[UNDECODED] += self.push_undecoded(batch, raw, fields.len());
        }
        if self.records.is_decoded() {
            let replaced = memchr::memmem::find_iter(raw, "\u{fffd}").count();
            self.odd[REPLACED] += replaced as u64;
        }
        for _ in self.records.fields.len()..width {
            batch.push_text(b"");
        }
    }

    /// Pushes the fields of a record that is not UTF-8 as it stands; answers how many do not decode.
    fn push_undecoded(&self, batch: &mut Batch, raw: &[u8], fields: usize) -> u64 {
        let mut undecoded = 0;
        let mut value = Vec::new();
        for field in &self.records.fields[..fields] {
            let mut text = &raw[field.start as usize..field.end as usize];
            if field.form == Form::Escaped {
                value.clear();
                self.records.splitter.unescape(text, &mut value);
                text = &value;
            } else if field.form == Form::Plain && self.null.as_deref() == Some(text) {
                batch.push_null();
                continue;
            }
            if text.is_ascii() {
                batch.push_text(text);
                continue;
            }
            if let Some(decoded) = self.records.encoding.decode_without_bom_handling_and_without_replacement(text) {
                batch.push_text(decoded.as_bytes());
            } else {
                undecoded += 1;
                batch.push_bytes(text);
            }
        }
        undecoded
    }

    fn reject(&mut self, found: &Found, reason: String) {
        self.found += 1;
        let at = self.records.at(self.found);
        let raw = self.records.raw(found).to_vec();
        add(&mut self.shares.rejects, self.records.take(found));
        self.queue.push_back(Step::Note(Note { table: Some(0), at, kind: NoteKind::Reject { raw, reason } }));
    }

    /// What is told once, at the end.
    fn finish(&mut self) {
        self.ended = true;
        if !self.remarks.is_empty() {
            let text = self.records.encoding.decode_without_bom_handling(&self.remarks).0.into_owned();
            let kind = NoteKind::Object { kind: "remarks".to_owned(), name: self.name.clone(), text };
            self.queue.push_back(Step::Note(Note { table: None, at: Position::default(), kind }));
        }
        for (what, count) in ODD.into_iter().zip(self.odd).filter(|(_, count)| *count > 0) {
            let kind = NoteKind::Odd { what: Odd::Kept(what), count };
            self.queue.push_back(Step::Note(Note { table: Some(0), at: Position::default(), kind }));
        }
    }
}

/// What a column is called that has no name of its own; the first is 0.
pub fn unnamed_column(index: usize) -> String {
    format!("column_{}", index + 1)
}

/// Names as the header gives them; blanks and repeats get one of their own.
pub fn column_names(header: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut names = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        let base = if name.trim().is_empty() { unnamed_column(index) } else { name.trim().to_owned() };
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
        if width == 0 || self.ended {
            return Ok(Step::End);
        }
        batch.start(0, width);
        while !batch.is_full() && self.queue.len() <= 256 {
            match self.records.find(width)? {
                None => {
                    self.finish();
                    break;
                }
                Some(found) if self.pass(&found) => {}
                Some(found) => self.record(batch, &found, width),
            }
        }
        if !batch.is_empty() {
            return Ok(Step::Rows);
        }
        Ok(self.queue.pop_front().unwrap_or(Step::End))
    }

    fn position(&self) -> u64 {
        self.records.byte()
    }

    fn encoding(&self) -> String {
        self.survey.encoding_name()
    }

    fn dialect(&self) -> Option<String> {
        Some(self.survey.dialect.describe())
    }

    /// In bytes of the file, before it is decoded.
    fn shares(&self) -> Vec<Share> {
        let class = |name: &str| ShareOf::Class(name.to_owned());
        let s = &self.shares;
        let all = [
            (ShareOf::Table(0), s.rows),
            (class("header"), s.header),
            (class("rejects"), s.rejects),
            (class("blank lines"), s.blanks),
            (class("byte order and end marks"), s.marks),
            (class("lines above the header"), s.above),
            (class("remarks"), s.remarks),
        ];
        all.into_iter().filter(|(_, s)| s.0 > 0).map(|(of, (count, bytes))| Share { of, count, bytes }).collect()
    }

    fn form(&self) -> Option<crate::form::Form> {
        let dialect = Dialect { header: false, skip: 0, comment: None, ..self.survey.dialect.clone() };
        let form = crate::form::DelimitedForm { encoding: self.records.encoding, dialect };
        Some(crate::form::Form::Delimited(form))
    }
}
