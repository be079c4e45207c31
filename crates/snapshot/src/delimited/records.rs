//! Walks over the records of a file: where each stands, and where one is torn by an unbalanced quote.
//!
//! A quote left open must cost its own line. A record over several lines is torn where text stands after a closing
//! quote, where the file ends inside a field, or where the lines inside an uncommonly long field are records of the
//! table themselves.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};

use super::split::{Field, Flaw, Form, LineEnd, Shape, Splitter, first_line, line_ends};
use super::survey::Survey;
use crate::event::{Error, Position, Result};
use crate::input::Input;
use crate::text::{Utf8Stream, Wide};

/// A longer tail of end-of-file marks and line ends is taken for records.
const END: usize = 64 << 10;
/// A record over several lines that is longer is looked into so far.
const LOOK: usize = 256 << 10;
/// A record over several lines that is longer has an unbalanced quote.
const TORN: usize = 64 << 20;
/// A record with CRs inside fields without quotes is looked for in so many bytes, until it was not found so often.
const JOINED: usize = 2 << 10;
const NOT_JOINED: u32 = 1000;
/// Lines that are tried as records of their own.
const TRIED: usize = 200;
const RECORDS_INSIDE: &str = "a quoted field is left open: the lines after it are records themselves";
const MARK: &[u8] = "\u{feff}".as_bytes();

pub struct Records {
    input: Input<Box<dyn Read + Send>>,
    pub splitter: Splitter,
    /// Of the bytes the records are read from.
    pub encoding: &'static Encoding,
    measure: Measure,
    /// A line that begins with it is a remark.
    comment: Option<Vec<u8>>,
    /// A CR alone is how this file ends its lines.
    cr_usual: bool,
    pub fields: Vec<Field>,
    tried: Vec<Field>,
    line: u64,
    byte: u64,
    not_joined: u32,
}

/// How many bytes of the file became a stretch of the stream.
#[derive(Clone, Copy)]
enum Measure {
    Same,
    Utf16,
    Utf32,
    /// A byte a character.
    Bytes,
    Encoded(&'static Encoding),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A line with nothing on it.
    Blank,
    /// A byte order mark where a line begins: files were put together.
    Mark,
    /// The end-of-file mark of DOS, alone on the last line.
    EndMark,
    /// A line that begins with the sign of a remark.
    Remark,
    /// Its fields are in [`Records::fields`].
    Record,
    /// Its quotes are broken; only its first line is taken.
    Torn(&'static str),
}

/// What stands at the front.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub what: What,
    pub length: usize,
    pub end: LineEnd,
    lines: u64,
    pub blanks: bool,
    /// A CR inside a field without quotes belongs to its value.
    pub cr_inside: bool,
    /// A field is to be written anew by [`Splitter::unescape`].
    pub escapes: bool,
    /// Text stands after a closing quote: the quotes of this record are letters.
    pub letters: bool,
}

impl Records {
    /// `input` is the file from its start.
    pub fn new(mut input: Box<dyn Read + Send>, survey: &Survey) -> Result<Self> {
        let mut mark = vec![0; survey.mark];
        input.read_exact(&mut mark).map_err(|source| Error::Io { byte: 0, source })?;
        let (input, encoding): (Box<dyn Read + Send>, _) = match survey.encoding {
            Wide::Plain(e) if e == UTF_8 || e.is_single_byte() => (input, e),
            wide => (Box::new(Utf8Stream::new(input, wide)), UTF_8),
        };
        let measure = match survey.encoding {
            Wide::Utf32Le | Wide::Utf32Be => Measure::Utf32,
            Wide::Dos(_) => Measure::Bytes,
            Wide::Plain(e) if e == UTF_8 || e.is_single_byte() => Measure::Same,
            Wide::Plain(e) if e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE => Measure::Utf16,
            Wide::Plain(e) => Measure::Encoded(e),
        };
        Ok(Self {
            input: Input::new(input),
            splitter: survey.splitter()?,
            encoding,
            measure,
            comment: survey.dialect.comment.as_ref().map(|sign| sign.as_bytes().to_vec()),
            cr_usual: survey.cr_usual,
            fields: Vec::new(),
            tried: Vec::new(),
            line: 1,
            byte: survey.mark as u64,
            not_joined: 0,
        })
    }

    #[cfg(test)]
    pub fn set_chunk(&mut self, chunk: usize) {
        self.input.set_chunk(chunk);
    }

    /// The text is decoded on the way: what did not decode is U+FFFD by now.
    pub fn is_decoded(&self) -> bool {
        !matches!(self.measure, Measure::Same)
    }

    pub fn raw(&self, found: &Found) -> &[u8] {
        &self.input.rest()[..found.length]
    }

    /// The value of a field of the record at the front.
    pub fn value(&self, found: &Found, index: usize) -> Vec<u8> {
        let field = self.fields[index];
        let text = &self.raw(found)[field.start as usize..field.end as usize];
        let mut value = Vec::new();
        match field.form {
            Form::Escaped => self.splitter.unescape(text, &mut value),
            Form::Plain | Form::Quoted => value.extend_from_slice(text),
        }
        value
    }

    /// Where the front stands; the record's number is the caller's.
    pub fn at(&self, record: u64) -> Position {
        Position { record, line: self.line, byte: self.byte }
    }

    pub fn byte(&self) -> u64 {
        self.byte
    }

    /// Goes over what was found; answers its bytes in the file.
    pub fn take(&mut self, found: &Found) -> u64 {
        let bytes = self.measure(&self.input.rest()[..found.length]);
        self.line += found.lines;
        self.byte += bytes;
        self.input.advance(found.length);
        bytes
    }

    fn measure(&self, text: &[u8]) -> u64 {
        let chars = || text.iter().filter(|b| !matches!(b, 0x80..=0xbf)).count();
        let beyond = || text.iter().filter(|b| **b >= 0xf0).count();
        (match self.measure {
            Measure::Same => text.len(),
            Measure::Utf16 => 2 * (chars() + beyond()),
            Measure::Utf32 => 4 * chars(),
            Measure::Bytes => chars(),
            Measure::Encoded(e) => e.encode(&String::from_utf8_lossy(text)).0.len(),
        }) as u64
    }

    /// A whole line that is taken for no record, whatever stands on it; `None` at the end.
    pub fn line(&mut self) -> Result<Option<Found>> {
        loop {
            let rest = self.input.rest();
            let length = first_line(rest);
            let whole = length < rest.len() || rest.ends_with(b"\n");
            if whole || self.input.eof() {
                let lines = line_ends(&rest[..length]);
                return Ok((length > 0).then_some(found(What::Blank, length, lines)));
            }
            self.input.more()?;
        }
    }

    /// What comes next; `None` at the end. `width` is the table's, 0 where it is not known yet.
    pub fn find(&mut self, width: usize) -> Result<Option<Found>> {
        loop {
            let (rest, eof) = (self.input.rest(), self.input.eof());
            if let Some(apart) = self.apart(rest, eof) {
                return Ok(Some(apart));
            }
            match self.remark(rest, eof) {
                Remark::Found(remark) => return Ok(Some(remark)),
                Remark::More => {
                    self.input.more()?;
                    continue;
                }
                Remark::No => {}
            }
            if rest.is_empty() && eof {
                return Ok(None);
            }
            // What is to be left apart shows in three bytes, or at the end.
            if rest.len() >= MARK.len() && !may_be_end_mark(rest) || eof {
                let mut fields = std::mem::take(&mut self.fields);
                let shape = self.splitter.record(self.input.rest(), eof, true, &mut fields);
                self.fields = fields;
                let done = match shape {
                    Some(shape) => self.judge(shape, width),
                    None => self.long(width),
                };
                if done.is_some() {
                    return Ok(done);
                }
            }
            self.input.more()?;
        }
    }

    /// What is no record: blank lines and marks.
    fn apart(&self, rest: &[u8], eof: bool) -> Option<Found> {
        match self.splitter.line_end(rest) {
            Some(LineEnd::Cr) if rest.len() == 1 && !eof => None,
            Some(end) => Some(found(What::Blank, end.length(), 1)),
            None if rest.starts_with(MARK) && self.encoding == UTF_8 => Some(found(What::Mark, MARK.len(), 0)),
            None if eof && may_be_end_mark(rest) => Some(found(What::EndMark, rest.len(), line_ends(rest))),
            None => None,
        }
    }

    /// Whether a remark stands at the front.
    fn remark(&self, rest: &[u8], eof: bool) -> Remark {
        let Some(sign) = self.comment.as_deref() else { return Remark::No };
        if rest.len() < sign.len() && !eof && sign.starts_with(rest) {
            return Remark::More;
        }
        if !rest.starts_with(sign) {
            return Remark::No;
        }
        let length = first_line(rest);
        if length < rest.len() || rest.ends_with(b"\n") || eof {
            Remark::Found(found(What::Remark, length, line_ends(&rest[..length])))
        } else {
            Remark::More
        }
    }

    /// A record was found at the front: as it stands, or only its first line. `None` where more must be read to tell.
    fn judge(&mut self, shape: Shape, width: usize) -> Option<Found> {
        let mut record = Found {
            blanks: shape.blanks,
            escapes: shape.escapes,
            end: shape.end,
            ..found(What::Record, shape.length, shape.lines)
        };
        if shape.end == LineEnd::Cr && !self.cr_usual && self.fields.len() < width {
            match self.joined(width) {
                Joined::Yes(shape) => {
                    let whole = found(What::Record, shape.length, shape.lines);
                    return Some(Found { cr_inside: true, escapes: shape.escapes, end: shape.end, ..whole });
                }
                Joined::No => {}
                Joined::More => return None,
            }
        }
        let several = shape.lines > u64::from(shape.end != LineEnd::None);
        if shape.flaw == Some(Flaw::AfterQuote) && width > 0 {
            let rest = self.input.rest();
            let line = &rest[..first_line(rest).min(shape.length)];
            if self.splitter.as_letters(line, &mut self.tried) && self.tried.len() == width {
                let length = line.len();
                std::mem::swap(&mut self.fields, &mut self.tried);
                let lines = line_ends(&self.input.rest()[..length]);
                return Some(Found { letters: true, end: shape.end, ..found(What::Record, length, lines) });
            }
        }
        let why = match shape.flaw {
            Some(Flaw::Open) => "a quoted field is not closed",
            Some(Flaw::AfterQuote) => "a quoted field goes on after its closing quote",
            None if !several => return Some(record),
            None => match self.too_long(shape.length, width) {
                Some(why) => why,
                None if width > 0 && self.fields.len() != width && self.inside(shape.length, width) > 0 => {
                    RECORDS_INSIDE
                }
                None => return Some(record),
            },
        };
        record.what = What::Torn(why);
        Some(self.first_line_of(record))
    }

    /// Only the first line of a torn record, its fields as far as they can be told.
    fn first_line_of(&mut self, record: Found) -> Found {
        let raw = &self.input.rest()[..record.length];
        let line = &raw[..first_line(raw)];
        self.splitter.record(line, true, true, &mut self.fields);
        Found { length: line.len(), lines: line_ends(line), ..record }
    }

    /// The record at the front with lone CRs taken for text, where that gives it the table's width.
    fn joined(&mut self, width: usize) -> Joined {
        if self.not_joined > NOT_JOINED {
            return Joined::No;
        }
        let (rest, eof) = (self.input.rest(), self.input.eof());
        let window = &rest[..rest.len().min(JOINED)];
        match self.splitter.record(window, eof && window.len() == rest.len(), false, &mut self.tried) {
            None if window.len() == rest.len() && rest.len() < JOINED => Joined::More,
            Some(shape) if self.tried.len() == width && shape.flaw.is_none() => {
                // What stands after the CR must be no record of its own.
                let after = &window[first_line(window)..shape.length];
                let splitter = &self.splitter;
                splitter.record(after, true, true, &mut self.tried);
                if self.tried.len() == width {
                    return Joined::No;
                }
                splitter.record(&window[..shape.length], true, false, &mut self.fields);
                Joined::Yes(shape)
            }
            _ => {
                self.not_joined += 1;
                Joined::No
            }
        }
    }

    /// The record at the front goes on after what is there: only its first line, where that is the better reading.
    fn long(&mut self, width: usize) -> Option<Found> {
        let there = self.input.rest().len();
        if there <= LOOK || first_line(self.input.rest()) == there {
            return None;
        }
        let why = self.too_long(there, width)?;
        Some(self.first_line_of(found(What::Torn(why), there, 0)))
    }

    /// Why a record over several lines is not believed to be one. It answers alike whether its end is there or not.
    fn too_long(&mut self, length: usize, width: usize) -> Option<&'static str> {
        if length > LOOK && self.inside(LOOK, width) > 0 {
            Some(RECORDS_INSIDE)
        } else {
            (length > TORN).then_some("a quoted field over several lines is longer than 64 MB")
        }
    }

    /// How many of the first lines between the front's first and its last are records of the table on their own, where
    /// most are.
    fn inside(&mut self, length: usize, width: usize) -> usize {
        if width < 2 {
            return 0;
        }
        let rest = &self.input.rest()[..length];
        let (mut at, mut lines, mut good) = (first_line(rest), 0, 0);
        while lines < TRIED {
            let line = &rest[at..at + first_line(&rest[at..])];
            at += line.len();
            if at >= length {
                break;
            }
            lines += 1;
            let shape = self.splitter.record(line, true, true, &mut self.tried);
            good += usize::from(self.tried.len() == width && shape.is_some_and(|s| s.flaw.is_none()));
        }
        if good * 10 >= lines * 6 { good } else { 0 }
    }
}

/// Nothing but the end-of-file mark of DOS and line ends so far: whether it is one shows at the end of the file.
fn may_be_end_mark(rest: &[u8]) -> bool {
    let all = || rest.iter().all(|b| matches!(b, 0x1a | b'\r' | b'\n'));
    rest.first() == Some(&0x1a) && rest.len() <= END && all()
}

enum Remark {
    Found(Found),
    More,
    No,
}

enum Joined {
    Yes(Shape),
    No,
    More,
}

fn found(what: What, length: usize, lines: u64) -> Found {
    Found { what, length, end: LineEnd::None, lines, blanks: false, cr_inside: false, escapes: false, letters: false }
}
