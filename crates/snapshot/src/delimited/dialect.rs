//! Recognises how a delimited file is written: encoding, delimiter, quote, escape, header.
//!
//! Every plausible dialect is tried on the start of the file and the one under which the records agree most wins.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader as Core, ReaderBuilder};

use crate::event::{Error, Result};
use crate::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};

/// How a delimited file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: u8,
    pub quote: Option<u8>,
    /// A backslash escapes inside quotes; else the quote is doubled.
    pub backslash: bool,
    pub header: bool,
}

/// What a look over the whole file brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    pub encoding: Wide,
    /// Length of the byte order mark.
    pub mark: usize,
    pub dialect: Dialect,
}

const SAMPLE: usize = 1 << 20;
const SAMPLE_RECORDS: usize = 2000;

impl Dialect {
    pub(super) fn core(self) -> Core {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.delimiter).quoting(self.quote.is_some());
        if let Some(quote) = self.quote {
            builder.quote(quote);
        }
        if self.backslash {
            builder.escape(Some(b'\\'));
        }
        builder.build()
    }

    /// As a person reads it.
    pub fn describe(self) -> String {
        let name = |b: u8| match b {
            b'\t' => "tab".to_owned(),
            b' ' => "space".to_owned(),
            b if b.is_ascii_graphic() => (b as char).to_string(),
            b => format!("character {b}"),
        };
        let quote = self.quote.map_or("no quotes".to_owned(), |q| format!("quote {}", name(q)));
        let escape = match (self.quote, self.backslash) {
            (None, _) => "",
            (_, true) => ", escaped by backslash",
            (_, false) => ", escaped by doubling",
        };
        let header = if self.header { "header row" } else { "no header row" };
        format!("delimiter {}, {quote}{escape}, {header}", name(self.delimiter))
    }
}

/// Looks over a file from its start to its end; `input` is used up.
pub fn survey(mut input: impl Read) -> Result<Survey> {
    let mut start = Vec::with_capacity(SAMPLE);
    let io = |source| Error::Io { byte: 0, source };
    input.by_ref().take(SAMPLE as u64).read_to_end(&mut start).map_err(io)?;
    let (encoding, mark) = match byte_order_mark(&start) {
        Some(found) => found,
        None => match unmarked_wide(&start) {
            Some(wide) => (wide, 0),
            None => (Wide::Plain(narrow(&start, input)?), 0),
        },
    };
    let mut sample = Vec::new();
    let cut = start.len() == SAMPLE;
    let decodes = encoding != Wide::Plain(encoding_rs::UTF_8) && !is_single_byte(encoding);
    if decodes {
        Utf8Stream::new(&start[mark..], encoding).read_to_end(&mut sample).map_err(io)?;
    } else {
        sample.extend_from_slice(&start[mark..]);
    }
    if cut && let Some(end) = memchr::memrchr(b'\n', &sample) {
        sample.truncate(end + 1);
    }
    Ok(Survey { encoding, mark, dialect: recognise(&sample) })
}

pub(super) fn is_single_byte(encoding: Wide) -> bool {
    matches!(encoding, Wide::Plain(e) if e.is_single_byte())
}

/// UTF-8 where all of the file is; else what its letters look like.
fn narrow(start: &[u8], mut rest: impl Read) -> Result<&'static encoding_rs::Encoding> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut fed = 0;
    let mut valid = true;
    let mut chunk = start.to_vec();
    let mut byte = 0;
    loop {
        let (whole, tail) = match std::str::from_utf8(&chunk) {
            Ok(_) => (true, 0),
            Err(e) if e.error_len().is_none() => (true, chunk.len() - e.valid_up_to()),
            Err(_) => (false, 0),
        };
        valid &= whole;
        if fed < SAMPLE && !chunk.is_ascii() {
            for line in chunk.split(|b| *b == b'\n').filter(|l| !l.is_ascii()) {
                fed += line.len();
                detector.feed(line, false);
            }
        }
        if !valid && fed >= SAMPLE {
            break;
        }
        let kept = chunk.split_off(chunk.len() - tail);
        byte += chunk.len() as u64;
        chunk = kept;
        let held = chunk.len();
        rest.by_ref().take(1 << 20).read_to_end(&mut chunk).map_err(|source| Error::Io { byte, source })?;
        if chunk.len() == held {
            valid &= held == 0;
            break;
        }
    }
    if valid {
        return Ok(encoding_rs::UTF_8);
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A multi-byte guess over Western text loses letters: only what decodes whole is believed.
    let decodes = !guess.is_single_byte() && !guess.decode_without_bom_handling(start).1;
    Ok(if guess.is_single_byte() || decodes { guess } else { encoding_rs::WINDOWS_1252 })
}

/// The dialect of a sample in UTF-8 or a single-byte encoding.
pub fn recognise(sample: &[u8]) -> Dialect {
    let mut best: Option<(f64, Dialect)> = None;
    for delimiter in delimiters(sample) {
        for quote in [Some(b'"'), Some(b'\''), None] {
            if quote.is_some_and(|q| !sample.contains(&q)) && quote != Some(b'"') {
                continue;
            }
            for backslash in [false, true] {
                if backslash && (quote.is_none() || !sample.contains(&b'\\')) {
                    continue;
                }
                let dialect = Dialect { delimiter, quote, backslash, header: true };
                let score = score(sample, dialect);
                if best.is_none_or(|(b, _)| score > b + 1e-9) {
                    best = Some((score, dialect));
                }
            }
        }
    }
    let fallback = Dialect { delimiter: b',', quote: Some(b'"'), backslash: false, header: true };
    let mut dialect = best.map_or(fallback, |(_, d)| d);
    dialect.header = has_header(&records(sample, dialect));
    dialect
}

/// The usual delimiters first, then any other mark that stands on every early line.
fn delimiters(sample: &[u8]) -> Vec<u8> {
    let mut found: Vec<u8> = b",\t;|".to_vec();
    let lines: Vec<&[u8]> = sample.split(|b| *b == b'\n').filter(|l| !l.is_empty()).take(20).collect();
    for byte in 1..128u8 {
        let odd = !byte.is_ascii_alphanumeric() && !b"\"'\\\r\n .-_/()@+".contains(&byte) && !found.contains(&byte);
        if odd && !lines.is_empty() && lines.iter().all(|l| l.contains(&byte)) {
            found.push(byte);
        }
    }
    found
}

/// How well the records agree: the share that has the usual width, a little more for more columns and for quotes that
/// stand where fields begin and end.
fn score(sample: &[u8], dialect: Dialect) -> f64 {
    let records = records(sample, dialect);
    if records.is_empty() {
        return 0.0;
    }
    let mut widths: Vec<usize> = records.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let mut modal = (0, 1);
    for group in widths.chunk_by(|a, b| a == b) {
        if group.len() > modal.0 {
            modal = (group.len(), group[0]);
        }
    }
    let agreement = modal.0 as f64 / records.len() as f64;
    let columns = if modal.1 == 1 { 0.0 } else { 1.0 + (modal.1 as f64).ln() * 0.05 };
    let fields = records.iter().map(Vec::len).sum::<usize>() as f64;
    let stray = |f: &Vec<u8>| match dialect.quote {
        // A quote left over at an edge was not taken as one.
        Some(q) => f.len() > 1 && (f.first() == Some(&q)) != (f.last() == Some(&q)),
        None => f.len() > 1 && matches!(f.first(), Some(b'"')) && f.first() == f.last(),
    };
    let strays = records.iter().flatten().filter(|f| stray(f)).count() as f64 / fields.max(1.0);
    let lines = |f: &[u8]| memchr::memchr_iter(b'\n', f).count();
    let torn = records.iter().flatten().filter(|f| f.len() > 64 && lines(f) > 20).count();
    let habit = match (dialect.quote, dialect.backslash) {
        (Some(b'"'), false) => 0.004,
        (Some(b'"'), true) => 0.002,
        (None, _) => 0.001,
        _ => 0.0,
    };
    agreement * columns - strays - torn as f64 * 0.05 + habit
}

/// The fields of the first records.
fn records(sample: &[u8], dialect: Dialect) -> Vec<Vec<Vec<u8>>> {
    let mut core = dialect.core();
    let mut out = vec![0; sample.len() + 64];
    let mut ends = vec![0; 4096];
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < SAMPLE_RECORDS {
        let (mut written, mut fields) = (0, 0);
        loop {
            let (result, used, put, ended) = core.read_record(&sample[at..], &mut out[written..], &mut ends[fields..]);
            at += used;
            written += put;
            fields += ended;
            match result {
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::OutputFull => out.resize(out.len() * 2, 0),
                ReadRecordResult::InputEmpty if at < sample.len() => {}
                ReadRecordResult::InputEmpty => {
                    // An empty slice tells the end.
                    let (_, _, put, ended) = core.read_record(&[], &mut out[written..], &mut ends[fields..]);
                    written += put;
                    fields += ended;
                    break;
                }
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let _ = written;
        if fields == 0 {
            break;
        }
        let mut start = 0;
        let record = ends[..fields].iter().map(|end| out[std::mem::replace(&mut start, *end)..*end].to_vec());
        found.push(record.collect());
        if at >= sample.len() {
            break;
        }
    }
    found
}

/// A first record of names: none blank or a number or a date, none twice; and unlike the records below it.
fn has_header(records: &[Vec<Vec<u8>>]) -> bool {
    let Some(first) = records.first() else { return true };
    let valueish = |f: &[u8]| {
        let f = f.trim_ascii();
        !f.is_empty() && f.iter().all(|b| b.is_ascii_digit() || b"+-./: ,$%".contains(b))
    };
    if first.iter().any(|f| valueish(f)) {
        return false;
    }
    let filled: Vec<&[u8]> = first.iter().map(|f| f.trim_ascii()).filter(|f| !f.is_empty()).collect();
    let mut sorted: Vec<Vec<u8>> = filled.iter().map(|f| f.to_ascii_lowercase()).collect();
    sorted.sort();
    let repeated = sorted.windows(2).filter(|w| w[0] == w[1]).count();
    if filled.len() * 2 < first.len() || repeated * 3 > filled.len() || filled.iter().any(|f| f.len() > 128) {
        return false;
    }
    // A first record whose values all come again below is data: codes, yes and no.
    let below = &records[1..];
    let again = |i: usize| below.iter().take(500).any(|r| r.get(i).is_some_and(|f| !f.is_empty() && *f == first[i]));
    below.is_empty() || !(0..first.len()).all(again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_recognised() {
        for (sample, delimiter, quote, backslash, header) in [
            ("id,name\n1,\"a, b\"\n2,\"c \"\"d\"\"\"\n", b',', Some(b'"'), false, true),
            ("id;name\n1;a,b\n2;c,d\n3;e,f\n", b';', Some(b'"'), false, true),
            ("id|note\n1|'x|y'\n2|'it''s'\n3|'z'\n", b'|', Some(b'\''), false, true),
            ("id,note\n1,\"a \\\"b\\\", c\"\n2,\"d\"\n", b',', Some(b'"'), true, true),
            ("1\tx\t2020-01-01\n2\ty\t2020-01-02\n", b'\t', Some(b'"'), false, false),
            ("id\u{1}name\n1\u{1}a,b\n", 1, Some(b'"'), false, true),
            ("id^name\n1^a\n2^b\n", b'^', Some(b'"'), false, true),
        ] {
            let d = recognise(sample.as_bytes());
            assert_eq!(
                (d.delimiter, d.quote, d.backslash, d.header),
                (delimiter, quote, backslash, header),
                "{sample}"
            );
        }
    }

    #[test]
    fn a_file_that_is_not_utf8_to_its_end_is_not_utf8() {
        let mut late = b"id,name\n".to_vec();
        late.extend(b"1,abc\n".repeat(300_000));
        late.extend(b"2,N\xfa\xf1ez\n");
        let survey = survey(&late[..]).unwrap();
        assert_eq!(survey.encoding.name(), "windows-1252");
    }
}
