//! A look over a whole file before it is read: encoding, dialect, width.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};

use super::dialect::{Dialect, DialectChoice};
use super::guess::{Guess, guess};
use super::split::Splitter;
use crate::event::{Error, Result};
use crate::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};

const SAMPLE: usize = 1 << 20;
/// Bytes that are looked at as one for whether they are ASCII.
const PIECE: usize = 16 << 10;

/// What a look over the whole file brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    pub encoding: Wide,
    /// Length of the byte order mark.
    pub mark: usize,
    pub dialect: Dialect,
    /// Fields that the records have: most of those at the start, or all of them where the header is shorter.
    pub(super) width: usize,
    /// Lines at the start end with a CR alone.
    pub(super) cr_usual: bool,
}

impl Survey {
    /// Of records by themselves, all of one width.
    pub fn of_records(encoding: Wide, dialect: Dialect, width: usize) -> Self {
        Self { encoding, mark: 0, dialect, width, cr_usual: false }
    }

    pub(super) fn splitter(&self) -> Result<Splitter> {
        splitter(self.encoding, self.dialect)
    }

    /// As a person reads it.
    pub(super) fn encoding_name(&self) -> String {
        let mark = if self.mark > 0 { " with BOM" } else { "" };
        format!("{}{mark}", self.encoding.name())
    }
}

/// For a stream in UTF-8 or the file's own single-byte encoding.
pub(super) fn splitter(encoding: Wide, dialect: Dialect) -> Result<Splitter> {
    let text = dialect.delimiter.to_string();
    let bytes = match encoding {
        Wide::Plain(e) if e.is_single_byte() => {
            let (bytes, _, missing) = e.encode(&text);
            if missing {
                let text = format!("the delimiter does not exist in {}: give another encoding or delimiter", e.name());
                return Err(Error::Unreadable(text));
            }
            bytes.into_owned()
        }
        _ => text.into_bytes(),
    };
    Ok(Splitter::new(dialect, bytes))
}

/// Looks over a file from its start to its end; `input` is used up. What `choice` says is not asked of the file.
pub fn survey(mut input: impl Read, choice: &DialectChoice) -> Result<Survey> {
    choice.check()?;
    let mut start = Vec::with_capacity(SAMPLE);
    let io = |source| Error::Io { byte: 0, source };
    input.by_ref().take(SAMPLE as u64).read_to_end(&mut start).map_err(io)?;
    let marked = byte_order_mark(&start);
    let (encoding, mark) = match (choice.wide()?, marked) {
        (Some(said), Some((found, mark))) if said == found => (said, mark),
        (Some(said), _) => (said, 0),
        (None, Some(found)) => found,
        (None, None) => match unmarked_wide(&start) {
            Some(wide) => (wide, 0),
            None => (Wide::Plain(narrow(&start, input)?), 0),
        },
    };
    let mut sample = Vec::new();
    if is_narrow(encoding) {
        sample.extend_from_slice(&start[mark..]);
    } else {
        Utf8Stream::new(&start[mark..], encoding).read_to_end(&mut sample).map_err(io)?;
    }
    if start.len() == SAMPLE
        && let Some(end) = memchr::memrchr2(b'\n', b'\r', &sample)
    {
        sample.truncate(end + 1);
    }
    let letters = if is_narrow(encoding) && encoding != Wide::Plain(UTF_8) { encoding } else { Wide::Plain(UTF_8) };
    let Guess { dialect, width, cr_usual } =
        guess(&sample, start.len() == SAMPLE, choice, &|dialect| splitter(letters, dialect).ok());
    // An error of the delimiter is told before anything is read.
    splitter(encoding, dialect)?;
    Ok(Survey { encoding, mark, dialect, width, cr_usual })
}

/// Records can be told apart in the bytes as they stand.
fn is_narrow(encoding: Wide) -> bool {
    matches!(encoding, Wide::Plain(e) if e == UTF_8 || e.is_single_byte())
}

/// UTF-8 where the file is, but for few places; else what its letters look like.
fn narrow(start: &[u8], mut rest: impl Read) -> Result<&'static Encoding> {
    // Lines of the first places that are not UTF-8.
    let mut odd = Vec::new();
    let (mut letters, mut flaws) = (0, 0);
    let mut chunk = start.to_vec();
    let mut byte = 0;
    loop {
        let (good, bad, tail) = utf8(&chunk);
        letters += good;
        flaws += bad;
        if bad > 0 && odd.len() < SAMPLE {
            odd.extend(chunk.split_inclusive(|b| *b == b'\n').filter(|l| !l.is_ascii()).flatten());
        }
        let kept = chunk.split_off(chunk.len() - tail);
        byte += chunk.len() as u64;
        chunk = kept;
        let held = chunk.len();
        rest.by_ref().take(1 << 20).read_to_end(&mut chunk).map_err(|source| Error::Io { byte, source })?;
        if chunk.len() == held {
            flaws += u64::from(held > 0);
            break;
        }
    }
    if flaws == 0 || letters > flaws {
        return Ok(UTF_8);
    }
    if let Some(encoding) = one_letter(start) {
        return Ok(encoding);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&odd, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A multi-byte guess over Western text loses letters: only what decodes whole is believed.
    let decodes = !guess.is_single_byte() && !guess.decode_without_bom_handling(start).1;
    Ok(if guess.is_single_byte() || decodes { guess } else { encoding_rs::WINDOWS_1252 })
}

/// Letters beyond ASCII that are UTF-8, places that are not, and the length of a letter cut at the end.
fn utf8(mut chunk: &[u8]) -> (u64, u64, usize) {
    let (mut good, mut bad) = (0, 0);
    loop {
        let piece = &chunk[..chunk.len().min(PIECE)];
        // Most of what people write is.
        let (letters, flaws, tail) = if piece.is_ascii() { (0, 0, 0) } else { letters(piece) };
        good += letters;
        bad += flaws;
        if piece.len() == chunk.len() {
            return (good, bad, tail);
        }
        chunk = &chunk[piece.len() - tail..];
    }
}

fn letters(mut piece: &[u8]) -> (u64, u64, usize) {
    let (mut good, mut bad) = (0, 0);
    loop {
        let (valid, skip) = match std::str::from_utf8(piece) {
            Ok(_) => (piece, None),
            Err(e) => (&piece[..e.valid_up_to()], Some(e.error_len())),
        };
        good += valid.iter().filter(|b| **b >= 0xc0).count() as u64;
        match skip {
            None => return (good, bad, 0),
            Some(None) => return (good, bad, piece.len() - valid.len()),
            Some(Some(length)) => {
                bad += 1;
                piece = &piece[valid.len() + length..];
            }
        }
    }
}

/// A file whose only byte beyond ASCII is a mark that people choose as a delimiter: Windows-1252.
fn one_letter(start: &[u8]) -> Option<&'static Encoding> {
    let mut beyond = start.iter().filter(|b| !b.is_ascii());
    let first = *beyond.next()?;
    let usual = matches!(first, 0xa4 | 0xa6 | 0xa7 | 0xac | 0xb0 | 0xb6 | 0xb7 | 0xd7 | 0xde | 0xf7 | 0xfe | 0xff);
    (usual && beyond.all(|b| *b == first)).then_some(encoding_rs::WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_over_the_edges_of_pieces_are_counted_once() {
        for ahead in PIECE - 5..PIECE + 2 {
            let mut text = vec![b'a'; ahead];
            text.extend_from_slice("\u{20ac}\u{1f600}é".as_bytes());
            text.extend(vec![b'a'; PIECE]);
            assert_eq!(utf8(&text), (3, 0, 0), "{ahead}");
            text.push(0xff);
            text.extend_from_slice(&"€".as_bytes()[..2]);
            assert_eq!(utf8(&text), (3, 1, 2), "{ahead}");
        }
    }
}
