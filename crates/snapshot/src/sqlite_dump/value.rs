//! What SQLite makes of literals: columns have an affinity (<https://www.sqlite.org/datatype3.html>), and real numbers
//! come back in one form whatever was written.

use crate::event::{Batch, ColumnKind};
use crate::script::column::Column;
use crate::script::encoded::Encoded;
use crate::script::lexer::{Lex, undouble};
use crate::script::value::{Quoted, Stored, Types, Value, close_text, push_number, unhex};
use crate::script::words::{Token, Words};

/// Types and values of SQLite.
#[derive(Debug)]
pub struct SqliteTypes;

/// What a column would rather hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Affinity {
    Integer,
    Text,
    None,
    Real,
    Numeric,
}

fn affinity(type_name: &str) -> Affinity {
    let has = |part: &str| type_name.contains(part);
    if has("int") {
        Affinity::Integer
    } else if has("char") || has("clob") || has("text") {
        Affinity::Text
    } else if has("blob") || type_name.is_empty() {
        Affinity::None
    } else if has("real") || has("floa") || has("doub") {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

impl Types for SqliteTypes {
    fn kind(&self, type_name: &str) -> ColumnKind {
        match (affinity(type_name), type_name) {
            (Affinity::Integer, _) => ColumnKind::Integer,
            (Affinity::Text, _) => ColumnKind::Text,
            (Affinity::Real, _) => ColumnKind::Float,
            (Affinity::None, "") => ColumnKind::Untyped,
            (Affinity::None, _) => ColumnKind::Binary,
            (Affinity::Numeric, "date") => ColumnKind::Date,
            (Affinity::Numeric, "datetime" | "timestamp") => ColumnKind::Datetime,
            (Affinity::Numeric, "time") => ColumnKind::Time,
            (Affinity::Numeric, _) => ColumnKind::Decimal,
        }
    }

    fn null_counts(&self) -> bool {
        true
    }

    fn evaluate(&self, source: &[u8], lex: &Lex) -> Option<Value> {
        let mut words = Words::new(source, lex);
        let value = term(&mut words, 32)?;
        (words.next() == Token::End).then_some(value)
    }

    fn unquote(&self, raw: &[u8], _: &Lex, out: &mut Vec<u8>) -> Quoted {
        if raw[0] == b'\'' {
            undouble(raw, b'\'', out);
            return Quoted::Text;
        }
        match unhex(raw.get(2..raw.len() - 1).unwrap_or_default()).filter(|_| raw.len() % 2 == 1) {
            Some(bytes) => {
                out.extend_from_slice(&bytes);
                Quoted::Bytes
            }
            None => Quoted::Bad,
        }
    }

    fn settle_text(&self, start: usize, column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
        let affinity = affinity(&column.type_name);
        let numbers = matches!(affinity, Affinity::Integer | Affinity::Numeric | Affinity::Real);
        let written = batch.data()[start..].trim_ascii().to_vec();
        if numbers && is_number(&written) {
            batch.data().truncate(start);
            push(&written, affinity, batch);
            return Stored::Plain;
        }
        close_text(start, encoded, batch)
    }

    fn settle_number(&self, number: &[u8], column: &Column, batch: &mut Batch) -> Stored {
        push(number, affinity(&column.type_name), batch);
        Stored::Plain
    }
}

/// A decimal literal as SQLite's own scanner takes it.
fn is_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
    digits.first().is_some_and(|b| b.is_ascii_digit() || *b == b'.')
        && std::str::from_utf8(text).is_ok_and(|t| t.parse::<f64>().is_ok())
}

fn push(number: &[u8], affinity: Affinity, batch: &mut Batch) {
    let text = std::str::from_utf8(number).unwrap_or("0").replace('_', "");
    let digits = text.trim_start_matches(['-', '+']);
    let hex = digits.strip_prefix("0x").or(digits.strip_prefix("0X"));
    let integer = match hex {
        Some(hex) => u64::from_str_radix(hex, 16)
            .ok()
            .map(|n| if text.starts_with('-') { (n as i64).wrapping_neg() } else { n as i64 }),
        None => text.parse::<i64>().ok(),
    };
    match (integer, affinity) {
        (Some(n), Affinity::Integer | Affinity::Numeric | Affinity::None) => batch.push_integer(n),
        (Some(n), Affinity::Text) => batch.push_text(n.to_string().as_bytes()),
        (Some(n), Affinity::Real) => batch.push_text(real(n as f64).as_bytes()),
        (None, _) => match text.parse::<f64>() {
            Ok(n) if matches!(affinity, Affinity::Integer | Affinity::Numeric) && is_whole(n) => {
                batch.push_integer(n as i64);
            }
            Ok(n) => batch.push_text(real(n).as_bytes()),
            Err(_) => push_number(number, batch),
        },
    }
}

/// Whether a real number is an integer that loses nothing as one; the library leaves out the last ones of both signs.
fn is_whole(n: f64) -> bool {
    n.fract() == 0.0 && n > i64::MIN as f64 && n < i64::MAX as f64
}

/// A real number as text: fifteen digits as the library prints it, or as many as give the number back; an exponent
/// beyond fifteen places.
fn real(n: f64) -> String {
    if !n.is_finite() {
        return if n.is_nan() {
            "NULL".into()
        } else if n > 0.0 {
            "Inf".into()
        } else {
            "-Inf".into()
        };
    }
    let fifteen = format!("{n:.14e}");
    let scientific = if fifteen.parse() == Ok(n) { fifteen } else { format!("{n:e}") };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if n == 0.0 || (-4..15).contains(&exponent) {
        let plain = format!("{n}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}{point}e{sign}{:02}", exponent.abs())
}

fn term(words: &mut Words, depth: usize) -> Option<Value> {
    let mut value = operand(words, depth.checked_sub(1)?)?;
    while words.take_sign(b'|') {
        words.take_sign(b'|').then_some(())?;
        let (Value::Text(left), Value::Text(right)) = (value, operand(words, depth)?) else { return None };
        value = Value::Text([left, right].concat());
    }
    Some(value)
}

fn operand(words: &mut Words, depth: usize) -> Option<Value> {
    match words.next() {
        Token::Text(raw) => {
            let mut text = Vec::new();
            match SqliteTypes.unquote(raw, words.lex(), &mut text) {
                Quoted::Bytes => Some(Value::Bytes(text)),
                Quoted::Bad => None,
                _ => Some(Value::Text(text)),
            }
        }
        // A name where no column can be meant is a string.
        Token::Name(text) => Some(Value::Text(text.into_bytes())),
        Token::Number(number) => Some(Value::Number(number.to_vec())),
        Token::Sign(sign @ (b'-' | b'+')) => match operand(words, depth.checked_sub(1)?)? {
            Value::Number(number) if sign == b'+' => Some(Value::Number(number)),
            Value::Number(number) if !number.starts_with(b"-") => Some(Value::Number([b"-", &number[..]].concat())),
            _ => None,
        },
        Token::Sign(b'(') => {
            let value = term(words, depth)?;
            words.take_sign(b')').then_some(value)
        }
        token if token.is_word("null") => Some(Value::Null),
        token if token.is_word("true") => Some(Value::Number(b"1".to_vec())),
        token if token.is_word("false") => Some(Value::Number(b"0".to_vec())),
        token if token.is_one_of(&["replace", "unistr", "char"]) => {
            words.take_sign(b'(').then_some(())?;
            let mut given = Vec::new();
            while !words.take_sign(b')') {
                given.push(term(words, depth)?);
                words.take_sign(b',');
            }
            call(&token, given)
        }
        _ => None,
    }
}

/// The functions that the shell writes around line breaks and control characters.
fn call(name: &Token, given: Vec<Value>) -> Option<Value> {
    if name.is_word("char") {
        let mut text = String::new();
        for value in given {
            let Value::Number(code) = value else { return None };
            text.push(char::from_u32(std::str::from_utf8(&code).ok()?.parse().ok()?)?);
        }
        return Some(Value::Text(text.into_bytes()));
    }
    let texts: Option<Vec<Vec<u8>>> =
        given.into_iter().map(|v| if let Value::Text(text) = v { Some(text) } else { None }).collect();
    match texts?.as_slice() {
        [text, from, to] if name.is_word("replace") && !from.is_empty() => {
            let mut out = Vec::with_capacity(text.len());
            let mut rest = &text[..];
            while let Some(n) = memchr::memmem::find(rest, from) {
                out.extend_from_slice(&rest[..n]);
                out.extend_from_slice(to);
                rest = &rest[n + from.len()..];
            }
            out.extend_from_slice(rest);
            Some(Value::Text(out))
        }
        [text] if name.is_word("unistr") => unistr(std::str::from_utf8(text).ok()?).map(Value::Text),
        _ => None,
    }
}

/// `\XXXX`, `\+XXXXXX`, `\uXXXX`, `\UXXXXXXXX` and `\\`.
fn unistr(text: &str) -> Option<Vec<u8>> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('\\') {
            out.push('\\');
            rest = after;
            continue;
        }
        let (skip, count) = match after.chars().next()? {
            '+' => (1, 6),
            'u' => (1, 4),
            'U' => (1, 8),
            _ => (0, 4),
        };
        let digits = after.get(skip..skip + count)?;
        out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
        rest = &after[skip + count..];
    }
    out.push_str(rest);
    Some(out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_numbers_come_back_as_the_library_prints_them() {
        for (number, shown) in [
            (3.25, "3.25"),
            (5.0, "5.0"),
            (-0.0001, "-0.0001"),
            (0.000_012_5, "1.25e-05"),
            (1e15, "1.0e+15"),
            (123_456_789_012_345.0, "123456789012345.0"),
            (1.5e300, "1.5e+300"),
            (5e-324, "4.94065645841247e-324"),
            (4_611_686_018_427_387_904.0, "4.611686018427388e+18"),
            (f64::INFINITY, "Inf"),
        ] {
            assert_eq!(real(number), shown);
        }
    }
}
