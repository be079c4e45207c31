//! A value of a row: what stands there, and what the server makes of it in its column.

use std::fmt::Debug;

use super::column::Column;
use super::encoded::{Encoded, UNDECODED};
use super::lexer::{Lex, Piece, Scan, expression_end, piece, skip_blank};
use super::noticed::Noticed;
use super::read_values::ReadValues;
pub use super::read_values::Stored;
use super::words::{Token, Words};
use crate::event::{Batch, ColumnKind};

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Number(Vec<u8>),
    /// In the script's encoding.
    Text(Vec<u8>),
    Bytes(Vec<u8>),
}

/// What a server makes of types and values.
pub trait Types: Debug {
    /// The kind of values of a type, its name in lower case and without sizes.
    fn kind(&self, type_name: &str) -> ColumnKind;

    /// Types that count up by themselves.
    fn counts(&self, _type_name: &str) -> bool {
        false
    }

    /// Reads the type of a column, where it says more than its words; false where it does not.
    fn read_type(&self, _words: &mut Words, _column: &mut Column) -> bool {
        false
    }

    /// Reads the attribute of a column that begins with this word; false where it is none of the server's own.
    fn read_attribute(&self, _first: &Token, _words: &mut Words, _column: &mut Column) -> bool {
        false
    }

    /// What an expression comes to, if that needs no server.
    fn evaluate(&self, _source: &[u8], _lex: &Lex) -> Option<Value> {
        None
    }

    /// Appends what a string (prefix and quotes included) holds; says whether these are bytes rather than text.
    fn unquote(&self, _raw: &[u8], _lex: &Lex, _out: &mut Vec<u8>) -> Quoted {
        Quoted::Bad
    }

    /// Closes the text written to the batch since `start`.
    fn settle_text(&self, start: usize, _column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
        close_text(start, encoded, batch)
    }

    /// Closes the bytes written to the batch since `start`.
    fn settle_bytes(&self, start: usize, _column: &Column, _encoded: &mut Encoded, batch: &mut Batch) -> Stored {
        batch.close_bytes(start);
        Stored::Plain
    }

    fn settle_number(&self, number: &[u8], _column: &Column, batch: &mut Batch) -> Stored {
        push_number(number, batch);
        Stored::Plain
    }

    /// Whether NULL in a counting column makes it count.
    fn null_counts(&self) -> bool {
        false
    }
}

/// What a string turned out to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoted {
    Text,
    Bytes,
    /// Text of which something must be told.
    Odd(&'static str),
    /// Not a string this server takes.
    Bad,
}

/// Reads the value at the start of `buf` into the batch; answers its length up to the comma or bracket after it.
pub fn read_value(
    buf: &[u8],
    column: &Column,
    lex: &Lex,
    types: &dyn Types,
    encoded: &mut Encoded,
    batch: &mut Batch,
) -> Scan<(usize, Stored)> {
    if buf.is_empty() {
        return Scan::More;
    }
    let (kind, length) = match piece(buf, lex, false) {
        Scan::Found(found) => found,
        Scan::More => return Scan::More,
        Scan::Bad(why) => return Scan::Bad(why),
    };
    let (kind, length) = match kind {
        // A sign right before its number.
        Piece::Sign(b'-') => match buf.get(1) {
            None => return Scan::More,
            Some(b'0'..=b'9' | b'.') => match piece(&buf[1..], lex, false) {
                Scan::Found((kind, n)) => (kind, n + 1),
                _ => return Scan::More,
            },
            Some(_) => (Piece::Sign(b'-'), 1),
        },
        _ => (kind, length),
    };
    let blank = match buf.get(length) {
        Some(b',' | b')') => 0,
        _ => match skip_blank(&buf[length..], lex, false) {
            Scan::Found(n) => n,
            _ => return Scan::More,
        },
    };
    if matches!(buf.get(length + blank), Some(b',' | b')'))
        && let Some(stored) = simple(kind, &buf[..length], column, lex, types, encoded, batch)
    {
        return Scan::Found((length + blank, stored));
    }
    let end = match expression_end(buf, lex) {
        Scan::Found(end) => end,
        Scan::More => return Scan::More,
        Scan::Bad(why) => return Scan::Bad(why),
    };
    let stored = expression(&buf[..end], column, lex, types, encoded, batch);
    match skip_blank(&buf[end..], lex, false) {
        Scan::Found(blank) => Scan::Found((end + blank, stored)),
        _ => Scan::More,
    }
}

/// A single literal; `None` where it needs to be evaluated.
fn simple(
    kind: Piece,
    raw: &[u8],
    column: &Column,
    lex: &Lex,
    types: &dyn Types,
    encoded: &mut Encoded,
    batch: &mut Batch,
) -> Option<Stored> {
    match kind {
        Piece::Text => {
            let start = batch.data().len();
            let quoted = types.unquote(raw, lex, batch.data());
            let told = match quoted {
                Quoted::Bad => {
                    batch.data().truncate(start);
                    return None;
                }
                Quoted::Bytes => return Some(types.settle_bytes(start, column, encoded, batch)),
                Quoted::Odd(what) => Some(Stored::Odd(what)),
                Quoted::Text => None,
            };
            let stored = types.settle_text(start, column, encoded, batch);
            Some(told.unwrap_or(stored))
        }
        Piece::Number if raw.len() > 1 && raw[0] == b'0' && raw[1].eq_ignore_ascii_case(&b'x') => None,
        Piece::Number => Some(types.settle_number(raw, column, batch)),
        Piece::Word if raw.eq_ignore_ascii_case(b"null") => {
            batch.push_null();
            Some(Stored::Plain)
        }
        Piece::Word if raw.eq_ignore_ascii_case(b"default") => Some(Stored::Default),
        _ => None,
    }
}

/// Evaluates an expression into the batch; one that needs the server is kept as its source.
pub fn expression(
    source: &[u8],
    column: &Column,
    lex: &Lex,
    types: &dyn Types,
    encoded: &mut Encoded,
    batch: &mut Batch,
) -> Stored {
    if let Some(value) = types.evaluate(source, lex) {
        return push_value(value, column, types, encoded, batch);
    }
    let start = batch.data().len();
    batch.data().extend_from_slice(source);
    encoded.close(start, batch);
    Stored::Function
}

fn push_value(value: Value, column: &Column, types: &dyn Types, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
    let start = batch.data().len();
    match value {
        Value::Null => {
            batch.push_null();
            Stored::Plain
        }
        Value::Number(number) => types.settle_number(&number, column, batch),
        Value::Text(text) => {
            batch.data().extend_from_slice(&text);
            types.settle_text(start, column, encoded, batch)
        }
        Value::Bytes(bytes) => {
            batch.data().extend_from_slice(&bytes);
            types.settle_bytes(start, column, encoded, batch)
        }
    }
}

/// Values as the types of a server have them.
pub struct Typed<'a> {
    pub lex: &'a Lex,
    pub types: &'a dyn Types,
    pub encoded: &'a mut Encoded,
}

impl ReadValues for Typed<'_> {
    fn blank(&self, buf: &[u8]) -> Scan<usize> {
        skip_blank(buf, self.lex, false)
    }

    fn read(&mut self, buf: &[u8], column: &Column, batch: &mut Batch) -> Scan<(usize, Stored)> {
        let scan = read_value(buf, column, self.lex, self.types, self.encoded, batch);
        match scan {
            Scan::Found((length, Stored::Plain))
                if column.def.auto_increment && self.types.null_counts() && batch.last_is_null() =>
            {
                Scan::Found((length, Stored::Auto))
            }
            scan => scan,
        }
    }

    fn push_default(&mut self, slot: usize, column: &Column, _: bool, batch: &mut Batch, noticed: &mut Noticed) {
        if column.def.auto_increment && !column.def.generated {
            noticed.auto = Some(slot);
            return batch.push_null();
        }
        let value = match &column.default_source {
            Some(source) if !column.def.generated => self.types.evaluate(source, self.lex),
            _ => Some(Value::Null),
        };
        if let Some(value) = value {
            push_value(value, column, self.types, self.encoded, batch);
        } else {
            noticed.unknown = Some(slot);
            batch.push_null();
        }
    }
}

/// Closes text as text.
pub fn close_text(start: usize, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
    if encoded.close(start, batch) { Stored::Plain } else { Stored::Odd(UNDECODED) }
}

pub const LONGER: &str = "text longer than its column is declared to hold: kept whole";

/// Closes text as text, and says where the server would not have taken it for its length.
pub fn close_sized_text(start: usize, column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
    let stored = close_text(start, encoded, batch);
    let Some(most) = column.sizes.first().map(|n| *n as usize).filter(|n| batch.byte_size() - start > *n) else {
        return stored;
    };
    let is_sized = column.type_name.contains("char") && stored == Stored::Plain;
    let characters = || batch.written(start).iter().filter(|b| **b & 0xc0 != 0x80).count();
    if is_sized && characters() > most { Stored::Odd(LONGER) } else { stored }
}

/// A number as an integer where printing it gives the same text, as its text otherwise.
pub fn push_number(number: &[u8], batch: &mut Batch) {
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    let canonical = (1..=18).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && (digits[0] != b'0' || number == b"0");
    if canonical {
        let value = digits.iter().fold(0, |n, d| n * 10 + i64::from(d - b'0'));
        batch.push_integer(if digits.len() < number.len() { -value } else { value });
    } else {
        batch.push_text(number);
    }
}

/// A decimal has as many decimals as its type; one with more keeps them.
pub fn padded(number: &[u8], scale: u32) -> Vec<u8> {
    let mut number = number.to_vec();
    if scale == 0 || !number.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')) {
        return number;
    }
    let dot = number.iter().position(|b| *b == b'.').unwrap_or_else(|| {
        number.push(b'.');
        number.len() - 1
    });
    let decimals = number.len() - dot - 1;
    number.resize(number.len() + (scale.min(100) as usize).saturating_sub(decimals), b'0');
    number
}

/// Bytes of hexadecimal digits, two for each.
pub fn unhex_pairs(digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len().is_multiple_of(2) { unhex(digits) } else { None }
}

/// Bytes of hexadecimal digits; an odd one out begins the first byte. `None` where other signs stand there.
pub fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let nibble = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    let (first, pairs) = digits.split_at(digits.len() % 2);
    let mut bytes = Vec::with_capacity(digits.len().div_ceil(2));
    if let [digit] = first {
        bytes.push(nibble(*digit)?);
    }
    for pair in pairs.chunks_exact(2) {
        bytes.push(nibble(pair[0])? << 4 | nibble(pair[1])?);
    }
    Some(bytes)
}
