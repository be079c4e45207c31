//! What PostgreSQL makes of literals: <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>.

use crate::event::{Batch, ColumnKind};
use crate::script::column::Column;
use crate::script::encoded::Encoded;
use crate::script::lexer::{Lex, undouble};
use crate::script::value::{
    Quoted, Stored, Types, Value, close_sized_text, close_text, padded, push_number, unhex_pairs,
};
use crate::script::words::{Token, Words};

/// Types and values of PostgreSQL.
#[derive(Debug)]
pub struct PostgresTypes;

impl Types for PostgresTypes {
    fn kind(&self, type_name: &str) -> ColumnKind {
        // Arrays, ranges, enumerations and the client's own types are text.
        match type_name {
            "smallint" | "integer" | "int" | "bigint" | "int2" | "int4" | "int8" | "oid" | "smallserial" | "serial"
            | "bigserial" => ColumnKind::Integer,
            "numeric" | "decimal" => ColumnKind::Decimal,
            "real" | "double precision" | "float" => ColumnKind::Float,
            "date" => ColumnKind::Date,
            "timestamp" | "timestamp without time zone" | "timestamp with time zone" | "timestamptz" => {
                ColumnKind::Datetime
            }
            "time" | "time without time zone" | "time with time zone" => ColumnKind::Time,
            "bytea" => ColumnKind::Binary,
            _ => ColumnKind::Text,
        }
    }

    fn counts(&self, type_name: &str) -> bool {
        ["serial", "bigserial", "smallserial"].contains(&type_name)
    }

    fn evaluate(&self, source: &[u8], lex: &Lex) -> Option<Value> {
        let mut words = Words::new(source, lex);
        let value = term(&mut words, lex, 32)?;
        // '…'::character varying(10) says the type again.
        while words.take_sign(b':') {
            words.take_sign(b':').then_some(())?;
            let name = words.name()?;
            if !["character", "text", "varchar", "bpchar", "numeric", "date", "timestamp", "time", "bytea"]
                .contains(&&*name)
                && matches!(name.as_str(), "regclass" | "interval")
            {
                return None;
            }
            while matches!(words.peek(), Token::Word(_) | Token::Name(_) | Token::Sign(b'(' | b'.' | b'[' | b']')) {
                if words.peek() == Token::Sign(b'(') {
                    words.brackets();
                } else {
                    words.next();
                }
            }
        }
        (words.next() == Token::End).then_some(value)
    }

    fn unquote(&self, raw: &[u8], lex: &Lex, out: &mut Vec<u8>) -> Quoted {
        match raw[0] {
            b'\'' if lex.backslash => unescape(raw, out),
            b'\'' => undouble(raw, b'\'', out),
            b'E' | b'e' => unescape(&raw[1..], out),
            b'B' | b'b' | b'N' | b'n' => undouble(&raw[1..], b'\'', out),
            b'$' => {
                let tag = raw[1..].iter().position(|b| *b == b'$').map_or(raw.len(), |n| n + 2);
                out.extend_from_slice(raw.get(tag..raw.len() - tag).unwrap_or_default());
            }
            _ => return Quoted::Bad,
        }
        Quoted::Text
    }

    fn settle_text(&self, start: usize, column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
        let written = &batch.data()[start..];
        match column.kind() {
            ColumnKind::Binary => {
                let Some(bytes) = bytea(written) else { return close_text(start, encoded, batch) };
                batch.data().truncate(start);
                batch.data().extend_from_slice(&bytes);
                batch.close_bytes(start);
                return Stored::Plain;
            }
            ColumnKind::Integer if written.iter().all(|b| b.is_ascii_digit() || *b == b'-') => {
                let number = written.to_vec();
                batch.data().truncate(start);
                push_number(&number, batch);
                return Stored::Plain;
            }
            ColumnKind::Text if column.type_name == "boolean" || column.type_name == "bool" => {
                let shown: Option<&[u8]> = match written.to_ascii_lowercase().as_slice() {
                    b"t" | b"true" | b"yes" | b"on" | b"1" | b"y" => Some(b"t"),
                    b"f" | b"false" | b"no" | b"off" | b"0" | b"n" => Some(b"f"),
                    _ => None,
                };
                if let Some(shown) = shown {
                    batch.data().truncate(start);
                    batch.data().extend_from_slice(shown);
                }
            }
            _ => {}
        }
        close_sized_text(start, column, encoded, batch)
    }

    fn settle_number(&self, number: &[u8], column: &Column, batch: &mut Batch) -> Stored {
        match column.kind() {
            ColumnKind::Text => batch.push_text(number),
            ColumnKind::Decimal => push_number(&padded(number, column.sizes.get(1).copied().unwrap_or(0)), batch),
            _ => push_number(number, batch),
        }
        Stored::Plain
    }
}

fn term(words: &mut Words, lex: &Lex, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    match words.next() {
        Token::Text(raw) => {
            let mut text = Vec::new();
            (PostgresTypes.unquote(raw, lex, &mut text) != Quoted::Bad).then_some(Value::Text(text))
        }
        Token::Number(number) => Some(Value::Number(number.to_vec())),
        Token::Sign(b'-') => match term(words, lex, depth)? {
            Value::Number(number) if !number.starts_with(b"-") => Some(Value::Number([b"-", &number[..]].concat())),
            _ => None,
        },
        Token::Sign(b'(') => {
            let value = term(words, lex, depth)?;
            words.take_sign(b')').then_some(value)
        }
        token if token.is_word("null") => Some(Value::Null),
        token if token.is_word("true") => Some(Value::Text(b"t".to_vec())),
        token if token.is_word("false") => Some(Value::Text(b"f".to_vec())),
        _ => None,
    }
}

/// What `'…'` with backslashes holds.
fn unescape(quoted: &[u8], out: &mut Vec<u8>) {
    let mut plain = Vec::new();
    let mut at = 1;
    let end = if quoted.len() > 1 && quoted.ends_with(b"'") { quoted.len() - 1 } else { quoted.len() };
    while at < end {
        match quoted[at] {
            b'\\' if at + 1 < end => {
                plain.extend_from_slice(&quoted[at..at + 2]);
                at += 2;
            }
            // Doubled; the second one is stepped over.
            b'\'' => {
                plain.push(b'\'');
                at += 2;
            }
            byte => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    escapes(&plain, true, out);
}

/// Backslash escapes as `E'…'` and `COPY` have them; `\u` in strings only.
pub fn escapes(text: &[u8], string: bool, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(n) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..n]);
        let digits = |from: &[u8], most: usize, radix: u32| {
            from.iter().take(most).take_while(|b| (**b as char).is_digit(radix)).count()
        };
        let value = |digits: &[u8], radix: u32| {
            digits.iter().fold(0u32, |v, b| v * radix + (*b as char).to_digit(radix).unwrap_or(0))
        };
        let after = &rest[n + 1..];
        let used = match after.first() {
            None => {
                out.push(b'\\');
                0
            }
            Some(b'0'..=b'7') => {
                let count = digits(after, 3, 8);
                out.push(value(&after[..count], 8) as u8);
                count
            }
            Some(b'x') if digits(&after[1..], 2, 16) > 0 => {
                let count = digits(&after[1..], 2, 16);
                out.push(value(&after[1..=count], 16) as u8);
                count + 1
            }
            Some(wide @ (b'u' | b'U')) if string => {
                let count = if *wide == b'u' { 4 } else { 8 };
                match char::from_u32(value(&after[1..after.len().min(count + 1)], 16)) {
                    Some(c) if digits(&after[1..], count, 16) == count => {
                        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                        count + 1
                    }
                    _ => 0,
                }
            }
            Some(byte) => {
                out.push(match byte {
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' if !string => 11,
                    other => *other,
                });
                1
            }
        };
        rest = &after[used..];
    }
    out.extend_from_slice(rest);
}

/// Bytes of a `bytea` as text: `\x…`, or the older form with `\ooo` and `\\`.
pub fn bytea(text: &[u8]) -> Option<Vec<u8>> {
    if let Some(digits) = text.strip_prefix(b"\\x") {
        return unhex_pairs(digits);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'\\', [b'\\', after @ ..]) => {
                bytes.push(b'\\');
                rest = after;
            }
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..]) => {
                bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                rest = after;
            }
            (b'\\', _) => return None,
            _ => bytes.push(byte),
        }
    }
    Some(bytes)
}

/// Closes a value of `COPY`, which the server wrote itself: text of any type as it stands.
pub fn settle_copied(start: usize, column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
    PostgresTypes.settle_text(start, column, encoded, batch)
}
