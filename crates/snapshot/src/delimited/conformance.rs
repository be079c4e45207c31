//! Which rules of the hand-over format a delimited file breaks, and where; for the client, who mends the extract.

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::UTF_8;

use super::candidates::USUAL;
use super::column_names;
use super::records::{Found, Records, What};
use super::split::{Form, LineEnd};
use super::survey::{Survey, splitter};
use crate::dialect::{Dialect, characters};
use crate::event::{Position, Result};
use crate::text::Wide;

/// Findings of a rule that are kept with their place; all are counted.
pub const KEPT: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file is sent back.
    Error,
    /// Accepted, but harmful.
    Warning,
    /// Advice.
    Info,
}

/// A rule of the format in which clients hand over delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub number: u8,
    pub severity: Severity,
    pub text: &'static str,
    /// What the client does about it.
    pub remedy: &'static str,
}

const fn rule(number: u8, severity: Severity, text: &'static str, remedy: &'static str) -> Rule {
    Rule { number, severity, text, remedy }
}

/// The rules a file can be held to by itself.
pub const RULES: [Rule; 9] = [
    rule(
        2,
        Severity::Error,
        "One single-character delimiter, the same on every line",
        "Write all lines with the delimiter of the header.",
    ),
    rule(
        3,
        Severity::Error,
        "A field that holds the delimiter or a line break is enclosed in quotes",
        "Enclose the field in quotes, or enclose all text fields.",
    ),
    rule(
        4,
        Severity::Error,
        "One enclosing character for the whole file",
        "Enclose all fields with the same character, best with \".",
    ),
    rule(
        5,
        Severity::Error,
        "An enclosing character inside an enclosed field is doubled",
        "Write every quote inside an enclosed field twice, and close every field that is opened.",
    ),
    rule(
        6,
        Severity::Error,
        "Every row has as many fields as the header",
        "Give the row all fields, empty ones included, and enclose fields that hold the delimiter.",
    ),
    rule(
        7,
        Severity::Error,
        "The first row is a header that names every column",
        "Put one row of column names first: none blank, none twice, nothing above it, and only once.",
    ),
    rule(
        8,
        Severity::Warning,
        "The encoding is Unicode, best UTF-8",
        "Export as UTF-8; if that cannot be done, tell us which encoding it is.",
    ),
    rule(
        9,
        Severity::Warning,
        "The file is named like its table, with .csv, .dat, .txt or nothing after it",
        "Name the file like the table it comes from: TABLE.csv.",
    ),
    rule(
        10,
        Severity::Error,
        "The file follows RFC 4180 apart from its delimiter",
        "End every line alike, leave no blank lines, double quotes instead of putting a backslash before them.",
    ),
];

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: u8,
    /// Record 0 is the header; line 0 is the file as a whole.
    pub at: Position,
    /// In words; never a cell's text.
    pub what: String,
}

/// What a check brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conformance {
    pub records: u64,
    pub bytes: u64,
    pub encoding: String,
    pub dialect: String,
    /// How often each rule is broken, in the order of [`RULES`].
    pub counts: [u64; RULES.len()],
    /// By rule, then by place.
    pub findings: Vec<Finding>,
}

/// Goes over a file once.
pub struct Checker {
    records: Records,
    survey: Survey,
    /// 0 until the header was read.
    width: usize,
    header: Vec<Vec<u8>>,
    found: BTreeMap<u8, (u64, Vec<Finding>)>,
    count: u64,
    /// Line end of the first line.
    usual_end: Option<LineEnd>,
    enclosed: u64,
    /// Fields and place of a short record before, which a line break may have cut.
    short: Option<(usize, Position)>,
    others: Vec<(String, super::split::Splitter)>,
}

/// Records that a step goes over.
const STEP: usize = 4096;

impl Checker {
    /// `input` is the file from its start; `name` its own, without the endings of containers.
    pub fn new(input: Box<dyn Read + Send>, name: &str, survey: Survey) -> Result<Self> {
        let dialect = survey.dialect.clone();
        let narrow = match survey.encoding {
            Wide::Plain(e) if e.is_single_byte() => survey.encoding,
            _ => Wide::Plain(UTF_8),
        };
        let other = |delimiter: &str| {
            let dialect = Dialect { delimiter: delimiter.to_owned(), ..dialect.clone() };
            Some((delimiter.to_owned(), splitter(narrow, &dialect).ok()?))
        };
        let mut checker = Self {
            records: Records::new(input, &survey)?,
            survey,
            width: 0,
            header: Vec::new(),
            found: BTreeMap::new(),
            count: 0,
            usual_end: None,
            enclosed: 0,
            short: None,
            others: USUAL.into_iter().filter(|d| *d != dialect.delimiter).filter_map(other).collect(),
        };
        checker.file(name);
        checker.header()?;
        Ok(checker)
    }

    /// Goes on; `false` at the end.
    pub fn step(&mut self) -> Result<bool> {
        for _ in 0..STEP {
            let Some(found) = self.records.find(self.width)? else { return Ok(false) };
            self.look(&found);
            self.records.take(&found);
        }
        Ok(true)
    }

    /// Bytes of the file used so far.
    pub fn position(&self) -> u64 {
        self.records.byte()
    }

    pub fn finish(mut self) -> Conformance {
        // A mark around a field is no other kind of quote where there is no first kind.
        if self.enclosed == 0 {
            self.found.remove(&4);
        }
        let mut counts = [0; RULES.len()];
        for (count, rule) in counts.iter_mut().zip(RULES) {
            *count = self.found.get(&rule.number).map_or(0, |(n, _)| *n);
        }
        Conformance {
            records: self.count,
            bytes: self.records.byte(),
            encoding: self.survey.encoding_name(),
            dialect: self.survey.dialect.describe(),
            counts,
            findings: self.found.into_values().flat_map(|(_, findings)| findings).collect(),
        }
    }

    fn tell(&mut self, rule: u8, at: Position, what: impl FnOnce() -> String) {
        let (count, kept) = self.found.entry(rule).or_default();
        *count += 1;
        if kept.len() < KEPT {
            kept.push(Finding { rule, at, what: what() });
        }
    }

    /// What shows without reading: name and encoding.
    fn file(&mut self, name: &str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        if !["", "csv", "dat", "txt"].iter().any(|e| ending.eq_ignore_ascii_case(e)) {
            self.tell(9, Position::default(), || "the file's ending is another".to_owned());
        }
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '#' | '@');
        if stem.is_empty() || !stem.chars().all(plain) {
            self.tell(9, Position::default(), || {
                "the file's name has characters that tables' names do not have".to_owned()
            });
        }
        let encoding = self.survey.encoding;
        if !encoding.is_unicode() {
            self.tell(8, Position::default(), || format!("the text looks like {}", encoding.name()));
        }
    }

    fn header(&mut self) -> Result<()> {
        let top = Position { record: 0, line: 1, byte: 0 };
        if self.survey.dialect.skip > 0 {
            self.tell(7, top, || "lines that are no records stand above the header".to_owned());
        }
        for _ in 0..self.survey.dialect.skip {
            let Some(line) = self.records.line()? else { break };
            self.records.take(&line);
        }
        let found = loop {
            match self.records.find(0)? {
                Some(found) if !matches!(found.what, What::Record | What::Torn(_)) => {
                    self.apart(&found);
                    self.records.take(&found);
                }
                Some(found) => break found,
                None => return Ok(()),
            }
        };
        let at = self.records.at(0);
        self.usual_end = Some(found.end).filter(|e| *e != LineEnd::None);
        if !self.survey.dialect.header {
            self.width = self.survey.width.max(1);
            self.tell(7, at, || "the first row holds values, no names".to_owned());
            return Ok(());
        }
        self.header = (0..self.records.fields.len()).map(|i| self.records.value(&found, i)).collect();
        self.width = self.header.len().max(self.survey.width);
        if matches!(found.what, What::Torn(_)) {
            self.tell(5, at, || "the quotes of the header do not close".to_owned());
        }
        self.names(at);
        self.records.take(&found);
        Ok(())
    }

    fn names(&mut self, at: Position) {
        let names: Vec<String> = self.header.iter().map(|n| String::from_utf8_lossy(n).trim().to_owned()).collect();
        for (i, (name, given)) in names.iter().zip(column_names(&names)).enumerate() {
            if name.is_empty() {
                self.tell(7, at, || format!("column {} has no name", i + 1));
            } else if *name != given {
                self.tell(7, at, || format!("the name of column {} stands before it already", i + 1));
            }
        }
        if self.width > names.len() {
            let (named, width) = (names.len(), self.width);
            self.tell(7, at, || format!("the header names {named} columns, the rows have {width}"));
        }
    }

    /// Marks and blank lines.
    fn apart(&mut self, found: &Found) {
        let at = self.records.at(self.count + 1);
        match found.what {
            What::Blank => self.tell(10, at, || "a blank line".to_owned()),
            What::Mark => self.tell(8, at, || "a byte order mark inside the file: files were put together".to_owned()),
            What::EndMark => self.tell(10, at, || "an end-of-file mark (Ctrl-Z) on the last line".to_owned()),
            What::Remark => self.tell(10, at, || "a remark".to_owned()),
            What::Record | What::Torn(_) => {}
        }
    }

    fn look(&mut self, found: &Found) {
        if !matches!(found.what, What::Record | What::Torn(_)) {
            return self.apart(found);
        }
        self.count += 1;
        let at = self.records.at(self.count);
        if let What::Torn(why) = found.what {
            self.short = None;
            return self.tell(5, at, || why.to_owned());
        }
        if found.letters {
            self.tell(5, at, || "a quoted field goes on after its closing quote".to_owned());
        }
        self.line_end(found, at);
        self.fields(found, at);
        self.letters(found, at);
        let fields = self.records.fields.len();
        if fields == self.width {
            self.short = None;
        } else {
            self.another_width(found, fields, at);
        }
    }

    fn line_end(&mut self, found: &Found, at: Position) {
        match self.usual_end {
            _ if found.end == LineEnd::None => {}
            None => self.usual_end = Some(found.end),
            Some(usual) if usual != found.end => {
                let (is, was) = (found.end.name(), usual.name());
                self.tell(10, at, || format!("the line ends with {is}, the first with {was}"));
            }
            Some(_) => {}
        }
        if found.cr_inside {
            self.tell(3, at, || "a carriage return in a field that is not enclosed".to_owned());
        }
        if found.blanks {
            self.tell(10, at, || "blanks between a closing quote and the delimiter".to_owned());
        }
    }

    fn fields(&mut self, found: &Found, at: Position) {
        let other = if self.survey.dialect.quote == Some('\'') { b'"' } else { b'\'' };
        let (raw, fields) = (self.records.raw(found), &self.records.fields);
        let enclosed = fields.iter().filter(|f| f.form != Form::Plain).count() as u64;
        let otherwise = fields.iter().position(|f| {
            let text = &raw[f.start as usize..f.end as usize];
            f.form == Form::Plain && text.len() > 1 && text[0] == other && text.last() == Some(&other)
        });
        let backslash = self.survey.dialect.backslash() && self.records.splitter.needs_backslash(raw, fields);
        let again = fields.len() == self.header.len()
            && fields.len() > 1
            && (0..fields.len()).all(|i| self.records.value(found, i) == self.header[i]);
        self.enclosed += enclosed;
        if let Some(i) = otherwise {
            self.tell(4, at, || {
                format!("field {} is enclosed with {}", i + 1, characters(&char::from(other).to_string()))
            });
        }
        if backslash {
            self.tell(10, at, || "a quote is escaped by a backslash".to_owned());
        }
        if again {
            self.tell(7, at, || "the header comes again".to_owned());
        }
    }

    fn letters(&mut self, found: &Found, at: Position) {
        let raw = self.records.raw(found);
        let decodes = match self.records.encoding {
            e if e == UTF_8 => std::str::from_utf8(raw).is_ok(),
            e => raw.is_ascii() || !e.decode_without_bom_handling(raw).1,
        };
        let lost = self.records.encoding == UTF_8 && memchr::memmem::find(raw, "\u{fffd}".as_bytes()).is_some();
        let nul = memchr::memchr(0, raw).is_some();
        if !decodes {
            self.tell(8, at, || "bytes that are no text in the file's encoding".to_owned());
        }
        if lost {
            self.tell(8, at, || "the character U+FFFD: letters were lost before this file was written".to_owned());
        }
        if nul {
            self.tell(10, at, || "a NUL character".to_owned());
        }
    }

    fn another_width(&mut self, found: &Found, fields: usize, at: Position) {
        let width = self.width;
        let raw = self.records.raw(found);
        let mut others = Vec::new();
        let divides = |(delimiter, splitter): &(String, super::split::Splitter)| {
            let shape = splitter.record(raw, true, true, &mut others);
            (width > 1 && others.len() == width && shape.is_some_and(|s| s.flaw.is_none())).then(|| delimiter.clone())
        };
        if fields < width
            && let Some(delimiter) = self.others.iter().find_map(divides)
        {
            self.tell(2, at, || format!("the line is divided by {}", characters(&delimiter)));
        }
        if fields < width
            && let Some((before, start)) = self.short.take()
            && before + fields == width + 1
        {
            self.tell(3, start, || {
                "a line break in a field that is not enclosed: the next line belongs to it".to_owned()
            });
        } else if fields < width {
            self.short = Some((fields, at));
        } else {
            self.short = None;
        }
        let beyond = fields > width && self.records.fields[width..].iter().all(|f| f.start == f.end);
        self.tell(6, at, || {
            let why = match (beyond, fields > width) {
                (true, _) => ": empty ones too many at its end",
                (_, true) => ": a field may hold the delimiter without being enclosed",
                _ => "",
            };
            format!("{fields} fields instead of {width}{why}")
        });
    }
}
