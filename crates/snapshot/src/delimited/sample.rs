//! The records at the start of a file, read under one dialect as the loader would.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::split::{Field, Flaw, Form, LineEnd, Splitter, first_line};

/// The byte order mark of UTF-8: inside a file, several were put together.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A field: its value, copied only where it is written otherwise than it reads, and whether quotes enclose it.
#[derive(Debug, PartialEq)]
pub struct Cell<'a> {
    pub text: Cow<'a, [u8]>,
    pub quoted: bool,
}

pub type Record<'a> = Vec<Cell<'a>>;

/// The records of a sample under one dialect.
#[derive(Default)]
pub struct Reading<'a> {
    pub records: Vec<Record<'a>>,
    /// Where each begins, and how many of its fields stand between quotes.
    pub starts: Vec<usize>,
    pub cr: usize,
    pub other: usize,
    /// Records whose quotes are broken, and the bytes that were left out for it.
    pub flaws: usize,
    /// Records that needed the backslash for an escape of a quote.
    pub escapes: usize,
    /// Fields between quotes.
    pub quoted: usize,
    /// Fields that begin with a quote, whether it is closed at an edge or not.
    pub opened: usize,
    /// Records over several lines.
    pub several: usize,
    /// Lines that are remarks.
    pub remarks: usize,
    /// Records of one line in which text stands after a closing quote, so that quotes are letters there.
    pub letters: usize,
}

/// The first records, as many as `most`; the line of one with broken quotes is left out, as the loader does. `cut`
/// says that the file goes on after the sample.
pub fn read<'a>(sample: &'a [u8], cut: bool, splitter: &Splitter, comment: Option<&[u8]>, most: usize) -> Reading<'a> {
    let mut reading = Reading::default();
    let (mut at, mut fields) = (0, Vec::new());
    while at < sample.len() && reading.records.len() + reading.flaws < most {
        let rest = &sample[at..];
        if rest.starts_with(MARK) {
            at += MARK.len();
            continue;
        }
        if let Some(end) = splitter.line_end(rest) {
            at += end.length();
            continue;
        }
        if comment.is_some_and(|sign| rest.starts_with(sign)) {
            reading.remarks += 1;
            at += first_line(rest);
            continue;
        }
        let Some(shape) = splitter.record(rest, true, true, &mut fields) else { break };
        match shape.end {
            LineEnd::Cr => reading.cr += 1,
            LineEnd::None => {}
            LineEnd::Lf | LineEnd::CrLf => reading.other += 1,
        }
        let raw = &rest[..shape.length];
        if shape.flaw == Some(Flaw::Open) && cut && !holds_records(raw, &reading, splitter) {
            break;
        }
        if shape.flaw.is_some() {
            let line = &raw[..first_line(raw)];
            let letters = shape.flaw == Some(Flaw::AfterQuote) && splitter.as_letters(line, &mut fields);
            if !letters {
                reading.flaws += 1;
                reading.opened += 1;
                at += line.len();
                continue;
            }
            reading.letters += 1;
        }
        let quoted = fields.iter().filter(|f| encloses(splitter, f, raw)).count();
        reading.opened += quoted;
        reading.quoted += quoted;
        reading.several += usize::from(shape.lines > 1);
        reading.escapes += usize::from(splitter.needs_backslash(raw, &fields));
        {
            let values = fields.iter().map(|field| {
                let text = &raw[field.start as usize..field.end as usize];
                let quoted = encloses(splitter, field, raw);
                if field.form != Form::Escaped {
                    return Cell { text: Cow::Borrowed(text), quoted };
                }
                let mut value = Vec::new();
                splitter.unescape(text, &mut value);
                Cell { text: Cow::Owned(value), quoted }
            });
            reading.records.push(values.collect());
            reading.starts.push(at);
        }
        at += shape.length;
    }
    reading
}

/// Whether quotes enclose a field; one without may be written anew for a backslash.
fn encloses(splitter: &Splitter, field: &Field, raw: &[u8]) -> bool {
    match field.form {
        Form::Plain => false,
        Form::Quoted => true,
        Form::Escaped => splitter.opens(&raw[field.start as usize..field.end as usize]),
    }
}

/// Most of the first lines in a field left open are records themselves.
fn holds_records(raw: &[u8], reading: &Reading, splitter: &Splitter) -> bool {
    let width = reading.records.first().map_or(0, Vec::len);
    let mut fields = Vec::new();
    let (mut at, mut lines, mut good) = (first_line(raw), 0, 0);
    while at < raw.len() && lines < 200 {
        let line = &raw[at..at + first_line(&raw[at..])];
        at += line.len();
        lines += 1;
        splitter.record(line, true, true, &mut fields);
        good += usize::from(fields.len() == width);
    }
    width > 1 && good * 10 >= lines * 6
}

/// The commonest width of the records and how many have it; of two as common the wider, for fields at the end are
/// left out more often than they are added.
pub fn usual_width(widths: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for width in widths {
        *counts.entry(width).or_default() += 1;
    }
    counts.into_iter().fold((0, 0), |best, (width, n)| if n >= best.1 { (width, n) } else { best })
}
