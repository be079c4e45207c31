//! One literal of a row into the batch, in the form the server would return it.

use std::str;

use super::digits::{DIGITS, from_bits, has_wrong_digits, quoted_digits};
use super::expression::{Evaluated, accepts_numbers, evaluate};
use super::normal;
use super::settings::{LiteralCharset, Settings};
use crate::event::{Batch, ColumnKind};
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::lexer::Scan;
use crate::script::lexer::mysql::{number_length, skip_blank, unescape};
use crate::script::odd::{LONG, UNREAD};
use crate::script::value::{Stored, unhex};

pub const UNDECODED: &str = "text that is not valid in its character set: bytes kept";

/// Stores the literal at the start of `buf`; answers its length, up to the comma or bracket after it.
pub fn store(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Scan<(usize, Stored)> {
    let mark = batch.mark();
    let literal = match buf.first() {
        None => return Scan::More,
        Some(b'\'') => string(buf, column, settings, batch, None),
        Some(b'"') if !settings.ansi_quotes => string(buf, column, settings, batch, None),
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number(buf, column, settings, batch),
        Some(_) => word(buf, column, settings, batch),
    };
    let Scan::Found((length, stored)) = literal else {
        if matches!(literal, Scan::Bad(_)) {
            batch.rewind(mark);
            return expression(buf, column, settings, batch);
        }
        return literal;
    };
    // Only a literal by itself counts: 1+1, 'a' COLLATE x and 'a' 'b' go on.
    match buf.get(length) {
        Some(b',' | b')') => Scan::Found((length, stored)),
        None => Scan::More,
        Some(_) => match skip_blank(&buf[length..], false) {
            Scan::Found(blank) => match buf.get(length + blank) {
                Some(b',' | b')') => Scan::Found((length + blank, stored)),
                None => Scan::More,
                Some(_) => {
                    batch.rewind(mark);
                    expression(buf, column, settings, batch)
                }
            },
            _ => Scan::More,
        },
    }
}

type Outcome = Scan<(usize, Stored)>;

fn string(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch, introducer: Option<Charset>) -> Outcome {
    let literal = introducer.map_or_else(|| settings.literal_charset(column), LiteralCharset::from);
    let start = batch.data().len();
    match unescape(buf, !settings.no_backslash, settings.wide, batch.data()) {
        Scan::Found(length) => Scan::Found((length, finish_string(column, literal, start, batch))),
        Scan::More => Scan::More,
        Scan::Bad(why) => Scan::Bad(why),
    }
}

fn own_charset(column: &Column) -> Charset {
    column.own_charset.unwrap_or(Charset::Utf8)
}

/// The bytes from `start` are the value as written; leaves them as the server would hold them.
pub fn finish_string(column: &Column, literal: LiteralCharset, start: usize, batch: &mut Batch) -> Stored {
    let bytes = &batch.data()[start..];
    match column.def.kind {
        ColumnKind::Text | ColumnKind::Untyped | ColumnKind::Enumeration => {
            return finish_text(column, literal, start, batch);
        }
        ColumnKind::Binary => {
            let missing = if column.fixed { column.length.saturating_sub(bytes.len()) } else { 0 };
            let long = column.limit != 0 && bytes.len() > column.limit;
            batch.data().extend(std::iter::repeat_n(0, missing));
            batch.close_bytes(start);
            return if long { Stored::Odd(LONG) } else { Stored::Plain };
        }
        ColumnKind::Date if normal::is_date(bytes) => batch.close_text(start),
        ColumnKind::Datetime if normal::is_datetime(bytes, column.scale.unwrap_or(0)) => batch.close_text(start),
        ColumnKind::Time if normal::is_time(bytes, column.scale.unwrap_or(0)) => batch.close_text(start),
        ColumnKind::Bit => {
            let number = bytes.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            batch.data().truncate(start);
            push_number(batch, number);
        }
        _ => return finish_loose(column, start, batch, false),
    }
    Stored::Plain
}

fn finish_text(column: &Column, literal: LiteralCharset, start: usize, batch: &mut Batch) -> Stored {
    let decoded = literal.charset.decode(batch.data(), start)
        || literal.otherwise.is_some_and(|charset| charset.decode(batch.data(), start));
    if !decoded {
        batch.close_bytes(start);
        return Stored::Odd(UNDECODED);
    }
    if column.fixed {
        while batch.data().len() > start && batch.data().last() == Some(&b' ') {
            batch.data().pop();
        }
    }
    if column.def.kind == ColumnKind::Enumeration {
        return finish_member(column, start, batch);
    }
    // Few values are longer in bytes than their limit in characters.
    let text = &batch.data()[start..];
    let long = column.limit != 0 && text.len() > column.limit && column.is_too_long(text);
    batch.close_text(start);
    if long { Stored::Odd(LONG) } else { Stored::Plain }
}

/// An enum or set value takes the spelling of its declaration, and a set its order.
fn finish_member(column: &Column, start: usize, batch: &mut Batch) -> Stored {
    let value = String::from_utf8_lossy(&batch.data()[start..]).into_owned();
    let find = |v: &str| {
        column.members.iter().find(|m| *m == v).or_else(|| {
            let v = v.trim_end_matches(' ').to_lowercase();
            column.members.iter().find(|m| m.to_lowercase() == v)
        })
    };
    let found = if column.set {
        let given: Option<Vec<_>> = value.split(',').filter(|v| !v.is_empty()).map(find).collect();
        let listed = |given: Vec<&String>| {
            let kept: Vec<_> = column.members.iter().filter(|m| given.contains(m)).map(String::as_str).collect();
            kept.join(",")
        };
        given.map(listed).or_else(|| chosen(column, value.parse().ok()?))
    } else {
        // A text that is no member but a number counts them.
        find(&value).or_else(|| column.members.get(value.parse::<usize>().ok()?.checked_sub(1)?)).cloned()
    };
    match found {
        Some(found) if found != value => {
            batch.data().truncate(start);
            batch.push_text(found.as_bytes());
        }
        _ => {
            batch.close_text(start);
            if found.is_none() && !value.is_empty() {
                return Stored::Odd(UNREAD);
            }
        }
    }
    Stored::Plain
}

/// The members of a set that a number's bits choose; `None` where it has bits for more than there are.
fn chosen(column: &Column, bits: u64) -> Option<String> {
    let count = column.members.len().min(64);
    if count < 64 && bits >> count != 0 {
        return None;
    }
    let members = column.members.iter().enumerate().filter(|(i, _)| *i < 64 && bits >> i & 1 == 1);
    Some(members.map(|(_, m)| m.as_str()).collect::<Vec<_>>().join(","))
}

/// What is not in the server's own form yet. `number`: it stood without quotes.
fn finish_loose(column: &Column, start: usize, batch: &mut Batch, number: bool) -> Stored {
    let Ok(text) = str::from_utf8(&batch.data()[start..]) else {
        batch.close_bytes(start);
        return Stored::Odd(UNDECODED);
    };
    let scale = column.scale.unwrap_or(0);
    let normal = match column.def.kind {
        ColumnKind::Integer => normal::integer(text).map(|n| pad_zeros(column, n)),
        ColumnKind::Decimal => normal::decimal(text, scale).map(|n| pad_zeros(column, n)),
        ColumnKind::Float => normal::float(text, column.single, column.scale),
        ColumnKind::Date => normal::date(text),
        ColumnKind::Datetime => normal::datetime(text, scale),
        ColumnKind::Time => normal::time(text, scale),
        ColumnKind::Year => normal::year(text, number),
        _ => Some(text.to_owned()),
    };
    let Some(normal) = normal else {
        batch.close_text(start);
        return Stored::Odd(UNREAD);
    };
    batch.data().truncate(start);
    push_plain(batch, column, &normal)
}

/// An integer where printing it gives the same text back, else text.
fn push_plain(batch: &mut Batch, column: &Column, text: &str) -> Stored {
    let numeric = matches!(column.def.kind, ColumnKind::Integer | ColumnKind::Year)
        || column.def.kind == ColumnKind::Decimal && column.scale == Some(0);
    match text.parse::<i64>() {
        Ok(n) if numeric && n.to_string() == text => batch.push_integer(n),
        _ => batch.push_text(text.as_bytes()),
    }
    if column.def.auto_increment && text == "0" { Stored::Auto } else { Stored::Plain }
}

fn pad_zeros(column: &Column, number: String) -> String {
    if !column.zerofill {
        return number;
    }
    let width = column.length + usize::from(column.scale.is_some_and(|s| s > 0));
    format!("{number:0>width$}")
}

fn push_number(batch: &mut Batch, number: u64) {
    match i64::try_from(number) {
        Ok(n) => batch.push_integer(n),
        Err(_) => batch.push_text(number.to_string().as_bytes()),
    }
}

fn number(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    if buf[0] == b'0' && matches!(buf.get(1), Some(b'x' | b'X' | b'b')) {
        return prefixed(buf, column, settings, batch);
    }
    let length = number_length(buf);
    if length == buf.len() {
        return Scan::More;
    }
    let digits = &buf[..length];
    if !digits.iter().any(u8::is_ascii_digit) {
        return Scan::Bad("a number");
    }
    let plain_integer = length <= 18
        && (digits[0] != b'0' || length == 1)
        && digits.iter().enumerate().all(|(i, b)| b.is_ascii_digit() || i == 0 && *b == b'-' && length > 1);
    let kind = column.def.kind;
    if plain_integer && matches!(kind, ColumnKind::Integer | ColumnKind::Untyped) && !column.zerofill {
        let negative = digits[0] == b'-';
        let value = digits[usize::from(negative)..].iter().fold(0i64, |n, b| n * 10 + i64::from(b - b'0'));
        if !negative || digits[1] != b'0' {
            let value = if negative { -value } else { value };
            batch.push_integer(value);
            if column.size != 0 && column.is_out_of_range(value) {
                return Scan::Found((length, Stored::Odd(LONG)));
            }
            let auto = column.def.auto_increment && value == 0;
            return Scan::Found((length, if auto { Stored::Auto } else { Stored::Plain }));
        }
    }
    Scan::Found((length, finish_number(digits, plain_integer, column, batch)))
}

fn finish_number(digits: &[u8], plain_integer: bool, column: &Column, batch: &mut Batch) -> Stored {
    match column.def.kind {
        ColumnKind::Decimal if !column.zerofill && is_server_decimal(digits, column.scale.unwrap_or(0)) => {
            if column.scale == Some(0) && plain_integer {
                return push_plain(batch, column, str::from_utf8(digits).unwrap_or_default());
            }
            batch.push_text(digits);
            if is_too_wide(digits, column) { Stored::Odd(LONG) } else { Stored::Plain }
        }
        ColumnKind::Enumeration => {
            let index: usize = str::from_utf8(digits).ok().and_then(|d| d.parse().ok()).unwrap_or(0);
            let value = if column.set {
                chosen(column, index as u64)
            } else if index == 0 {
                Some(String::new())
            } else {
                column.members.get(index - 1).cloned()
            };
            batch.push_text(value.as_deref().map_or(digits, str::as_bytes));
            if value.is_some() { Stored::Plain } else { Stored::Odd(UNREAD) }
        }
        ColumnKind::Bit => {
            let number = str::from_utf8(digits).ok().and_then(|d| d.parse().ok());
            match number {
                Some(n) => push_number(batch, n),
                None => batch.push_text(digits),
            }
            Stored::Plain
        }
        ColumnKind::Binary => {
            batch.push_bytes(digits);
            Stored::Plain
        }
        ColumnKind::Text | ColumnKind::Untyped => {
            batch.push_text(digits);
            Stored::Plain
        }
        _ => {
            let start = batch.data().len();
            batch.data().extend_from_slice(digits);
            finish_loose(column, start, batch, true)
        }
    }
}

/// Whether a decimal has more digits before its point than its type.
fn is_too_wide(digits: &[u8], column: &Column) -> bool {
    let unsigned = digits.strip_prefix(b"-").unwrap_or(digits);
    let whole = unsigned.iter().take_while(|b| b.is_ascii_digit()).count();
    column.length != 0 && whole > column.length.saturating_sub(column.scale.unwrap_or(0)).max(1)
}

fn is_server_decimal(digits: &[u8], scale: usize) -> bool {
    let unsigned = digits.strip_prefix(b"-").unwrap_or(digits);
    let whole = if scale == 0 { unsigned.len() } else { unsigned.len().saturating_sub(scale + 1) };
    whole > 0
        && (unsigned[0] != b'0' || whole == 1 && (unsigned.len() == digits.len() || scale > 0))
        && unsigned.iter().enumerate().all(|(i, b)| if i == whole { *b == b'.' } else { b.is_ascii_digit() })
        && !(unsigned.len() != digits.len() && unsigned.iter().all(|b| matches!(b, b'0' | b'.')))
}

/// `0x41`, `0b01`.
fn prefixed(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    let bits = buf[1] == b'b';
    let is_digit = |b: &u8| if bits { matches!(b, b'0' | b'1') } else { b.is_ascii_hexdigit() };
    let length = 2 + buf[2..].iter().take_while(|b| is_digit(b)).count();
    if length == buf.len() {
        return Scan::More;
    }
    let digits = &buf[2..length];
    let bytes = if bits { from_bits(digits) } else { unhex(digits).unwrap_or_default() };
    Scan::Found((length, finish_binary(&bytes, column, settings, batch)))
}

/// A hexadecimal or bit literal: bytes for text and binary columns, a number for the rest.
fn finish_binary(bytes: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Stored {
    match column.def.kind {
        ColumnKind::Text
        | ColumnKind::Binary
        | ColumnKind::Enumeration
        | ColumnKind::Date
        | ColumnKind::Datetime
        | ColumnKind::Time => {
            let start = batch.data().len();
            batch.data().extend_from_slice(bytes);
            // The bytes of a binary literal are in the column's own character set, which a dump's reader must be told.
            finish_string(column, column.own_charset.unwrap_or(settings.charset).into(), start, batch)
        }
        ColumnKind::Untyped => {
            batch.push_bytes(bytes);
            Stored::Plain
        }
        _ if bytes.len() > 8 => {
            batch.push_bytes(bytes);
            Stored::Odd(UNREAD)
        }
        ColumnKind::Bit => {
            push_number(batch, bytes.iter().fold(0u64, |n, b| n << 8 | u64::from(*b)));
            Stored::Plain
        }
        _ => {
            let number = bytes.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            finish_number(number.to_string().as_bytes(), true, column, batch)
        }
    }
}

fn word(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    let length = buf.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    if length == buf.len() {
        return Scan::More;
    }
    let name = &buf[..length];
    let is = |w: &str| name.eq_ignore_ascii_case(w.as_bytes());
    if is("null") {
        batch.push_null();
        return Scan::Found((length, if column.def.auto_increment { Stored::Auto } else { Stored::Plain }));
    }
    if is("true") || is("false") {
        let digit: &[u8] = if is("true") { b"1" } else { b"0" };
        if matches!(column.def.kind, ColumnKind::Integer | ColumnKind::Untyped) {
            batch.push_integer(i64::from(is("true")));
            return Scan::Found((length, Stored::Plain));
        }
        return Scan::Found((length, finish_number(digit, true, column, batch)));
    }
    if is("default") && matches!(buf[length], b',' | b')' | b' ') {
        return Scan::Found((length, Stored::Default));
    }
    introduced(buf, length, column, settings, batch)
}

/// `_utf8mb4'…'`, `_binary '…'`, `N'…'`, `x'…'`, `b'…'`; anything else is an expression.
fn introduced(buf: &[u8], length: usize, column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    let name = &buf[..length];
    let blank = buf[length..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let at = length + blank;
    let Some(quote) = buf.get(at) else { return Scan::More };
    let grown = |o: Outcome| match o {
        Scan::Found((n, s)) => Scan::Found((n + at, s)),
        other => other,
    };
    if name.starts_with(b"_") && (*quote == b'0' || matches!(quote, b'x' | b'X')) {
        // _binary is what a bare one is; another set is told to the text it makes.
        let bare = name.eq_ignore_ascii_case(b"_binary") || column.def.kind != ColumnKind::Text;
        return if bare { grown(store_bytes(&buf[at..], column, settings, batch)) } else { Scan::Bad("a literal") };
    }
    if *quote != b'\'' && *quote != b'"' {
        return Scan::Bad("a literal");
    }
    match name {
        b"N" | b"n" => grown(string(&buf[at..], column, settings, batch, Some(Charset::Utf8))),
        b"x" | b"X" | b"b" | b"B" if blank == 0 => store_bytes(buf, column, settings, batch),
        _ if name.eq_ignore_ascii_case(b"_binary") && column.def.kind != ColumnKind::Text => {
            grown(string(&buf[at..], column, settings, batch, Some(own_charset(column))))
        }
        [b'_', charset @ ..] => {
            let known = str::from_utf8(charset).ok().and_then(Charset::named);
            grown(string(&buf[at..], column, settings, batch, known.or(Some(own_charset(column)))))
        }
        _ => Scan::Bad("a literal"),
    }
}

/// `0x41`, `x'41'` or `b'01'` at the start of `buf`.
fn store_bytes(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    if buf[0] == b'0' {
        return prefixed(buf, column, settings, batch);
    }
    if buf.len() < 2 {
        return Scan::More;
    }
    match settings.lex().quoted_end(&buf[1..], false) {
        Scan::Found(n) => {
            let Some(bytes) = quoted_digits(buf[0], &buf[2..n]) else { return Scan::Bad(DIGITS) };
            Scan::Found((n + 1, finish_binary(&bytes, column, settings, batch)))
        }
        _ => Scan::More,
    }
}

/// What is no literal by itself: computed where no server is needed, or else its source text is kept.
fn expression(buf: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Outcome {
    let (mut at, mut depth) = (0, 0);
    while let Some(&byte) = buf.get(at) {
        match byte {
            b'(' => depth += 1,
            b')' | b',' if depth == 0 => {
                let source = buf[..at].trim_ascii();
                if source.is_empty() {
                    return Scan::Bad("a value");
                }
                if let Some(stored) = store_evaluated(source, column, settings, batch) {
                    return Scan::Found((at, stored));
                }
                if has_wrong_digits(source, settings) {
                    return Scan::Bad(DIGITS);
                }
                match str::from_utf8(source) {
                    Ok(_) => batch.push_text(source),
                    Err(_) => batch.push_bytes(source),
                }
                return Scan::Found((at, Stored::Function));
            }
            b')' => depth -= 1,
            b';' if depth == 0 => return Scan::Bad("a value"),
            b'\'' | b'"' | b'`' => match settings.lex().quoted_end(&buf[at..], false) {
                Scan::Found(n) => {
                    at += n;
                    continue;
                }
                _ => return Scan::More,
            },
            _ => {}
        }
        at += 1;
    }
    Scan::More
}

fn store_evaluated(source: &[u8], column: &Column, settings: &Settings, batch: &mut Batch) -> Option<Stored> {
    let start = batch.data().len();
    Some(match evaluate(source, column, settings)? {
        Evaluated::Text(text, charset) => {
            batch.data().extend_from_slice(&text);
            finish_string(column, charset.into(), start, batch)
        }
        Evaluated::Bytes(bytes) => finish_binary(&bytes, column, settings, batch),
        Evaluated::Number(number) if accepts_numbers(column) => finish_number(number.as_bytes(), false, column, batch),
        Evaluated::Number(_) => return None,
    })
}
