//! Splits bytes into records and fields, without copying.
//!
//! Where it is well-formed, a file reads as with Python's `csv` module: a quote counts at the start of a field only, CR,
//! LF and CRLF all end a record. Unlike there, text after a closing quote is a flaw of the record, and a backslash
//! before a letter that needs no escape is kept.

use memchr::{memchr, memchr2, memchr2_iter};

use crate::dialect::{Dialect, Escape};

/// Bytes that are looked at as one.
const BLOCK: usize = 64;

/// What letters stand for after a backslash: https://www.postgresql.org/docs/current/sql-copy.html, Text Format.
const LETTERS: [(u8, u8); 6] = [(b'n', b'\n'), (b't', b'\t'), (b'r', b'\r'), (b'b', 0x08), (b'f', 0x0c), (b'v', 0x0b)];

/// A dialect in the bytes of the stream it is read from.
#[derive(Clone)]
pub struct Splitter {
    delimiter: Vec<u8>,
    quote: Option<u8>,
    backslash: bool,
    letters: bool,
    crlf_only: bool,
    /// Blanks may stand around quotes.
    blanks: bool,
    /// Bytes at which a field without quotes may end.
    stops: [u8; 4],
}

/// A field's place in its record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub start: u32,
    pub end: u32,
    pub form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The value as it stands.
    Plain,
    /// The value as it stands between quotes that the place leaves out.
    Quoted,
    /// To be written anew by [`Splitter::unescape`]; the place holds all of the field.
    Escaped,
}

/// What is wrong with a record's quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The quote that opens a field is not closed before the end.
    Open,
    /// A field goes on after its closing quote.
    AfterQuote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    None,
    Lf,
    CrLf,
    Cr,
}

/// A record that was found at the front.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// With its line end.
    pub length: usize,
    pub end: LineEnd,
    /// Line ends in it.
    pub lines: u64,
    pub flaw: Option<Flaw>,
    /// Blanks stand after a closing quote; they belong to the value.
    pub blanks: bool,
    /// A field is to be written anew.
    pub escapes: bool,
}

/// What a field ended with.
enum Stop {
    Delimiter(usize),
    Line(LineEnd),
    More,
}

/// Finds the bytes at which a field without quotes may end, a block at a time: fields are short, and to search for each
/// end by itself takes longer than to walk there.
struct Stops<'a> {
    rest: &'a [u8],
    of: [u8; 4],
    /// Where the block starts, and a bit for each byte of it that was found.
    start: usize,
    found: u64,
}

impl Stops<'_> {
    /// The first place from `at` on, which never falls.
    #[inline]
    fn next(&mut self, at: usize) -> Option<usize> {
        // Asked for again, it stands in a block ahead.
        let at = at.max(self.start);
        let found = if at < self.start + BLOCK { self.found >> (at - self.start) } else { 0 };
        if found != 0 { Some(at + found.trailing_zeros() as usize) } else { self.after(at) }
    }

    /// The first place after the block.
    fn after(&mut self, at: usize) -> Option<usize> {
        // The first block is not looked at yet.
        let mut start = if self.start == 0 { at } else { at.max(self.start + BLOCK) };
        while start < self.rest.len() {
            self.start = start;
            self.found = self.look(&self.rest[start..]);
            if self.found != 0 {
                return Some(start + self.found.trailing_zeros() as usize);
            }
            start += BLOCK;
        }
        None
    }

    fn look(&self, rest: &[u8]) -> u64 {
        let Some(block) = rest.first_chunk::<BLOCK>() else {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            return self.bits(&block) & ((1 << rest.len()) - 1);
        };
        self.bits(block)
    }

    #[inline]
    fn bits(&self, block: &[u8; BLOCK]) -> u64 {
        let [a, b, c, d] = self.of;
        let hits =
            block.map(|byte| u8::from(byte == a) | u8::from(byte == b) | u8::from(byte == c) | u8::from(byte == d));
        // Eight bytes of 0 or 1 become eight bits, the first byte's the lowest.
        let (words, _) = hits.as_chunks::<8>();
        let bits = words.iter().map(|word| u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56);
        bits.enumerate().fold(0, |all, (at, bits)| all | bits << (8 * at))
    }
}

impl Splitter {
    /// `encode` gives the bytes of the delimiter in the stream.
    pub fn new(dialect: &Dialect, delimiter: Vec<u8>) -> Self {
        let may_escape = if dialect.backslash() { b'\\' } else { b'\n' };
        let stops = [delimiter[0], b'\n', b'\r', may_escape];
        Self {
            delimiter,
            quote: dialect.quote.map(|q| q as u8),
            backslash: dialect.backslash(),
            letters: dialect.escape == Escape::Letters,
            crlf_only: dialect.crlf_only,
            blanks: dialect.blanks,
            stops,
        }
    }

    /// The first record of `rest`, its fields put into `fields`; `None` where more bytes are needed. `rest` is not empty.
    /// A CR alone ends a record where `cr_ends`.
    pub fn record(&self, rest: &[u8], eof: bool, cr_ends: bool, fields: &mut Vec<Field>) -> Option<Shape> {
        fields.clear();
        let mut shape = Shape { length: 0, end: LineEnd::None, lines: 0, flaw: None, blanks: false, escapes: false };
        let (mut at, mut quotes) = (0, false);
        let mut stops = Stops { rest, of: self.stops, start: 0, found: 0 };
        let single = (self.delimiter.len() == 1).then_some(self.delimiter[0]);
        loop {
            let quoted = self.quote.is_some() && rest.get(at).copied() == self.quote;
            if self.blanks
                && !quoted
                && let Some(ahead) = self.blanks_before_quote(&rest[at..], eof)
            {
                match ahead {
                    0 => return None,
                    ahead => at += ahead,
                }
                continue;
            }
            // Most fields are no more than this.
            if !quoted
                && let Some(end) = stops.next(at)
                && single == Some(rest[end])
            {
                fields.push(Field { start: at as u32, end: end as u32, form: Form::Plain });
                at = end + 1;
                continue;
            }
            if quoted {
                quotes = true;
            } else if at == rest.len() && !eof {
                return None;
            }
            let (stop, field) = if quoted {
                self.quoted(&mut stops, at, eof, cr_ends, &mut shape)
            } else {
                self.plain(&mut stops, at, at, eof, cr_ends)
            };
            fields.push(field);
            shape.escapes |= field.form == Form::Escaped;
            match stop {
                Stop::More => return None,
                Stop::Delimiter(next) => at = next,
                Stop::Line(end) => {
                    shape.end = end;
                    shape.length = match (end, field.form, shape.flaw) {
                        (_, _, Some(Flaw::Open)) | (LineEnd::None, ..) => rest.len(),
                        (end, form, _) => field.end as usize + usize::from(form == Form::Quoted) + end.length(),
                    };
                    shape.lines = if quotes || !cr_ends || self.backslash || self.crlf_only {
                        line_ends(&rest[..shape.length])
                    } else {
                        u64::from(end != LineEnd::None)
                    };
                    return Some(shape);
                }
            }
        }
    }

    /// A field from `start` on whose text without quotes begins at `at`.
    #[inline]
    fn plain(&self, stops: &mut Stops, start: usize, mut at: usize, eof: bool, cr_ends: bool) -> (Stop, Field) {
        let rest = stops.rest;
        let mut form = Form::Plain;
        let stop = loop {
            let Some(found) = stops.next(at) else {
                at = rest.len();
                break if eof { Stop::Line(LineEnd::None) } else { Stop::More };
            };
            at = found;
            let next = rest.get(at + 1).copied();
            match rest[at] {
                b'\n' if self.crlf_only => at += 1,
                b'\n' => break Stop::Line(LineEnd::Lf),
                b'\r' => match next {
                    None if !eof => break Stop::More,
                    Some(b'\n') => break Stop::Line(LineEnd::CrLf),
                    _ if cr_ends && !self.crlf_only => break Stop::Line(LineEnd::Cr),
                    _ => at += 1,
                },
                b'\\' if self.backslash => match next {
                    None if !eof => break Stop::More,
                    Some(n) if self.is_escapable(n) => {
                        form = Form::Escaped;
                        at += 2;
                    }
                    _ => at += 1,
                },
                _ => match self.delimits(&rest[at..], eof) {
                    Some(true) => break Stop::Delimiter(at + self.delimiter.len()),
                    Some(false) => at += 1,
                    None => break Stop::More,
                },
            }
        };
        (stop, Field { start: start as u32, end: at as u32, form })
    }

    /// Whether the delimiter stands at the front; `None` where more bytes are needed to tell.
    fn delimits(&self, rest: &[u8], eof: bool) -> Option<bool> {
        if let [one] = self.delimiter[..] {
            return Some(rest[0] == one);
        }
        let there = rest.len().min(self.delimiter.len());
        if rest[..there] != self.delimiter[..there] {
            return Some(false);
        }
        if there == self.delimiter.len() { Some(true) } else { eof.then_some(false) }
    }

    fn is_escapable(&self, byte: u8) -> bool {
        Some(byte) == self.quote
            || byte == self.delimiter[0]
            || matches!(byte, b'\\' | b'\n' | b'\r')
            || self.letters && (LETTERS.iter().any(|(letter, _)| *letter == byte) || matches!(byte, b'0'..=b'7' | b'x'))
    }

    /// How many blanks stand before a quote; 0 where more bytes are needed to tell.
    fn blanks_before_quote(&self, rest: &[u8], eof: bool) -> Option<usize> {
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t') && !self.delimiter.contains(b)).count();
        match rest.get(blanks) {
            _ if blanks == 0 => None,
            None => (!eof).then_some(0),
            Some(byte) => (Some(*byte) == self.quote).then_some(blanks),
        }
    }

    /// The fields of one line with quotes taken for letters; `false` where that leaves half of a pair in a field.
    pub fn as_letters(&self, line: &[u8], fields: &mut Vec<Field>) -> bool {
        let Some(quote) = self.quote else { return false };
        let plain = Self { quote: None, backslash: false, letters: false, ..self.clone() };
        // Without a backslash nothing but line ends stops there.
        let plain = Self { stops: [plain.stops[0], b'\n', b'\r', b'\n'], ..plain };
        plain.record(line, true, true, fields);
        let pairs =
            |f: &Field| memchr::memchr_iter(quote, &line[f.start as usize..f.end as usize]).count().is_multiple_of(2);
        fields.iter().all(pairs)
    }

    /// A quote stands at the front.
    pub fn opens(&self, text: &[u8]) -> bool {
        self.quote.is_some() && text.first().copied() == self.quote
    }

    /// The end of a line at the front, where it ends a record.
    pub fn line_end(&self, rest: &[u8]) -> Option<LineEnd> {
        LineEnd::at(rest).filter(|end| !self.crlf_only || *end == LineEnd::CrLf)
    }

    /// A field whose opening quote stands at `start`.
    fn quoted(&self, stops: &mut Stops, start: usize, eof: bool, cr_ends: bool, shape: &mut Shape) -> (Stop, Field) {
        let rest = stops.rest;
        let quote = self.quote.unwrap_or_default();
        let mut form = Form::Quoted;
        let mut at = start + 1;
        let more = Field { start: 0, end: 0, form };
        loop {
            let rest_of = &rest[at.min(rest.len())..];
            let found = if self.backslash { memchr2(quote, b'\\', rest_of) } else { memchr(quote, rest_of) };
            let Some(found) = found else {
                if !eof {
                    return (Stop::More, more);
                }
                shape.flaw = Some(Flaw::Open);
                return (
                    Stop::Line(LineEnd::None),
                    Field { start: start as u32, end: rest.len() as u32, form: Form::Escaped },
                );
            };
            at += found;
            let next = rest.get(at + 1).copied();
            if next.is_none() && !eof {
                return (Stop::More, more);
            }
            if rest[at] == b'\\' && self.backslash {
                let escapes = next.is_some_and(|n| self.is_escapable(n));
                at += 1 + usize::from(escapes);
                if escapes {
                    form = Form::Escaped;
                }
            } else if next == Some(quote) {
                form = Form::Escaped;
                at += 2;
            } else {
                break;
            }
        }
        // `at` is the closing quote.
        let after = at + 1;
        let (stop, tail) = self.plain(stops, after, after, eof, cr_ends);
        let text = &rest[after..tail.end as usize];
        if text.is_empty() || self.blanks && text.iter().all(|b| matches!(b, b' ' | b'\t')) {
            let (from, to) = if form == Form::Quoted { (start + 1, at) } else { (start, after) };
            return (stop, Field { start: from as u32, end: to as u32, form });
        }
        if text.iter().all(|b| matches!(b, b' ' | b'\t')) {
            shape.blanks = true;
        } else if shape.flaw.is_none() {
            shape.flaw = Some(Flaw::AfterQuote);
        }
        (stop, Field { start: start as u32, end: tail.end, form: Form::Escaped })
    }

    /// Whether a field of a record holds a quote that only a backslash keeps from closing it.
    pub fn needs_backslash(&self, raw: &[u8], fields: &[Field]) -> bool {
        let Some(quote) = self.quote.filter(|_| self.backslash) else { return false };
        let escaped = fields.iter().filter(|f| f.form == Form::Escaped);
        let pairs = |f: &Field| raw[f.start as usize..f.end as usize].windows(2).any(|w| w == [b'\\', quote]);
        escaped.into_iter().any(pairs)
    }

    /// The character that stands after a backslash, and its length there.
    fn escaped(&self, after: &[u8]) -> (u8, usize) {
        let byte = after[0];
        if !self.letters || Some(byte) == self.quote || byte == self.delimiter[0] {
            return (byte, 1);
        }
        let number = |digits: &[u8], radix| {
            let value = str::from_utf8(digits).ok().and_then(|d| u32::from_str_radix(d, radix).ok()).unwrap_or(0);
            (value & 0xff) as u8
        };
        match byte {
            b'0'..=b'7' => {
                let length = after.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                (number(&after[..length], 8), length)
            }
            b'x' => match after[1..].iter().take(2).take_while(|b| b.is_ascii_hexdigit()).count() {
                0 => (b'x', 1),
                length => (number(&after[1..=length], 16), 1 + length),
            },
            _ => (LETTERS.iter().find(|(letter, _)| *letter == byte).map_or(byte, |(_, means)| *means), 1),
        }
    }

    /// The value of an escaped field, added to `out`.
    pub fn unescape(&self, raw: &[u8], out: &mut Vec<u8>) {
        let quote = self.quote.filter(|q| raw.first() == Some(q));
        let mut at = usize::from(quote.is_some());
        let mut inside = quote.is_some();
        while let Some(&byte) = raw.get(at) {
            let next = raw.get(at + 1).copied();
            if byte == b'\\' && self.backslash && next.is_some_and(|n| self.is_escapable(n)) {
                let (character, length) = self.escaped(&raw[at + 1..]);
                out.push(character);
                at += 1 + length;
            } else if inside && Some(byte) == quote {
                if next == quote {
                    out.push(byte);
                    at += 2;
                } else {
                    inside = false;
                    at += 1;
                }
            } else {
                out.push(byte);
                at += 1;
            }
        }
    }
}

impl LineEnd {
    pub fn length(self) -> usize {
        match self {
            Self::None => 0,
            Self::Lf | Self::Cr => 1,
            Self::CrLf => 2,
        }
    }

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Lf => "LF",
            Self::CrLf => "CRLF",
            Self::Cr => "CR",
        }
    }

    /// The line end at the front, where there is one.
    pub fn at(rest: &[u8]) -> Option<Self> {
        match rest {
            [b'\n', ..] => Some(Self::Lf),
            [b'\r', b'\n', ..] => Some(Self::CrLf),
            [b'\r', ..] => Some(Self::Cr),
            _ => None,
        }
    }
}

/// Line ends of any kind.
pub fn line_ends(text: &[u8]) -> u64 {
    memchr2_iter(b'\n', b'\r', text).filter(|at| text[*at] == b'\n' || text.get(at + 1) != Some(&b'\n')).count() as u64
}

/// Length of the first line with its end; all where there is no line end.
pub fn first_line(text: &[u8]) -> usize {
    memchr2(b'\n', b'\r', text).map_or(text.len(), |at| at + LineEnd::at(&text[at..]).map_or(0, LineEnd::length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stops at every distance, over the edges of blocks and up to the last byte.
    #[test]
    fn every_stop_is_found_and_nothing_else() {
        for apart in 1..150 {
            for length in [0, 1, 63, 64, 65, 127, 128, 129, 400] {
                let text: Vec<u8> = (0..length)
                    .map(|at| if at % apart == apart - 1 { b";\n\r\\"[at % 4] } else { b'+' + 128 * (at % 2) as u8 })
                    .collect();
                let mut stops = Stops { rest: &text, of: *b";\n\r\\", start: 0, found: 0 };
                let mut found = Vec::new();
                let mut at = 0;
                while let Some(stop) = stops.next(at) {
                    assert_eq!(stops.next(at), Some(stop), "asked for again");
                    found.push(stop);
                    at = stop + 1;
                }
                let expected: Vec<usize> = (0..length).filter(|at| at % apart == apart - 1).collect();
                assert_eq!(found, expected, "{apart} apart, {length} long");
            }
        }
    }
}
