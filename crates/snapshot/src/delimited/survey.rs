//! A look over a whole file before it is read: encoding, dialect.

use std::io::Read;

use super::dialect::{Dialect, DialectChoice, QuoteChoice};
use super::guess::recognise;
use crate::event::{Error, Result};
use crate::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};

const SAMPLE: usize = 1 << 20;

/// What a look over the whole file brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    pub encoding: Wide,
    /// Length of the byte order mark.
    pub mark: usize,
    pub dialect: Dialect,
}

/// Looks over a file from its start to its end; `input` is used up.
pub fn survey(mut input: impl Read, choice: &DialectChoice) -> Result<Survey> {
    choice.check()?;
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
    let mut dialect = recognise(&sample);
    if let Some(delimiter) = choice.delimiter {
        dialect.delimiter = delimiter;
    }
    match choice.quote {
        Some(QuoteChoice::None) => dialect.quote = None,
        Some(QuoteChoice::Char(c)) => dialect.quote = Some(c),
        None => {}
    }
    dialect.escape = choice.escape.unwrap_or(dialect.escape);
    dialect.header = choice.header.unwrap_or(dialect.header);
    dialect.skip = choice.skip.unwrap_or(dialect.skip);
    Ok(Survey { encoding: choice.wide()?.unwrap_or(encoding), mark, dialect })
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
