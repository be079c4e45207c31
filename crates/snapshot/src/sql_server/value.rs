//! What SQL Server makes of literals:
//! <https://learn.microsoft.com/en-us/sql/t-sql/data-types/constants-transact-sql>.

use encoding_rs::{UTF_16LE, WINDOWS_1252};
use memchr::memmem;

use super::temporal::Moment;
use crate::event::{Batch, ColumnKind};
use crate::script::column::Column;
use crate::script::encoded::Encoded;
use crate::script::lexer::{Lex, Scan, continued, quoted_end, undouble};
use crate::script::value::{Quoted, Stored, Types, Value, close_sized_text, close_text, padded, push_number, unhex};
use crate::script::words::{Token, Words};

/// Types and values of SQL Server.
#[derive(Debug)]
pub struct Transact;

const NOT_ISO: &str =
    "a date or time not in ISO form: kept as written, for its meaning depends on the server's language";
const CONTINUED: &str = "a backslash before a line break: taken out with the break, as the server does";

/// Brackets within brackets that an expression may have.
const DEEPEST: usize = 32;

impl Types for Transact {
    fn kind(&self, type_name: &str) -> ColumnKind {
        // What is not here is a type of the client's own.
        match type_name {
            "bigint" | "int" | "integer" | "smallint" | "tinyint" => ColumnKind::Integer,
            "bit" => ColumnKind::Bit,
            "decimal" | "dec" | "numeric" | "money" | "smallmoney" => ColumnKind::Decimal,
            "float" | "double precision" | "real" => ColumnKind::Float,
            "date" => ColumnKind::Date,
            "datetime" | "datetime2" | "smalldatetime" | "datetimeoffset" => ColumnKind::Datetime,
            "time" => ColumnKind::Time,
            "char" | "varchar" | "text" | "nchar" | "nvarchar" | "ntext" | "sysname" | "uniqueidentifier" | "xml" => {
                ColumnKind::Text
            }
            "binary" | "varbinary" | "image" | "timestamp" | "rowversion" | "hierarchyid" | "geography"
            | "geometry" => ColumnKind::Binary,
            _ => ColumnKind::Untyped,
        }
    }

    fn evaluate(&self, source: &[u8], lex: &Lex) -> Option<Value> {
        // Under QUOTED_IDENTIFIER OFF these are strings, and no column can be meant here. Nothing stands after the quote.
        if source.len() > 1 && source[0] == b'"' && quoted_end(source, b'"', true, false, None, false) == Scan::More {
            let mut text = Vec::new();
            undouble(source, b'"', &mut text);
            return Some(Value::Text(text));
        }
        let mut words = Words::new(source, lex);
        let value = sum(&mut words, DEEPEST)?;
        (words.next() == Token::End).then_some(value)
    }

    fn unquote(&self, raw: &[u8], _: &Lex, out: &mut Vec<u8>) -> Quoted {
        let quoted = if raw[0] == b'\'' { raw } else { &raw[1..] };
        if memmem::find(quoted, b"\\\n").is_none() && memmem::find(quoted, b"\\\r\n").is_none() {
            undouble(quoted, b'\'', out);
            return Quoted::Text;
        }
        let mut text = Vec::new();
        undouble(quoted, b'\'', &mut text);
        let mut rest = &text[..];
        while let Some(&byte) = rest.first() {
            if let Scan::Found(n) = continued(rest) {
                rest = &rest[n..];
            } else {
                out.push(byte);
                rest = &rest[1..];
            }
        }
        Quoted::Odd(CONTINUED)
    }

    fn settle_text(&self, start: usize, column: &Column, encoded: &mut Encoded, batch: &mut Batch) -> Stored {
        if matches!(column.kind(), ColumnKind::Text | ColumnKind::Untyped | ColumnKind::Binary)
            && column.type_name != "uniqueidentifier"
        {
            return close_sized_text(start, column, encoded, batch);
        }
        let written = batch.data()[start..].to_ascii_uppercase();
        match column.kind() {
            ColumnKind::Date | ColumnKind::Datetime | ColumnKind::Time => {
                let text = std::str::from_utf8(&written).unwrap_or("?");
                let moment = if text.trim().is_empty() { Moment::days_since_1900(0) } else { Moment::parse(text) };
                let Some(moment) = moment else {
                    encoded.close(start, batch);
                    return Stored::Odd(NOT_ISO);
                };
                replace(start, moment.render(&column.type_name, column.sizes.first().copied()).as_bytes(), batch);
            }
            ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Float if is_number(written.trim_ascii()) => {
                batch.data().truncate(start);
                return self.settle_number(written.trim_ascii(), column, batch);
            }
            ColumnKind::Bit if written.trim_ascii() == b"TRUE" || written.trim_ascii() == b"FALSE" => {
                batch.data().truncate(start);
                batch.push_integer(i64::from(written.trim_ascii() == b"TRUE"));
                return Stored::Plain;
            }
            ColumnKind::Text if column.type_name == "uniqueidentifier" => {
                let bare = written.strip_prefix(b"{").and_then(|w| w.strip_suffix(b"}")).unwrap_or(&written);
                replace(start, bare, batch);
            }
            _ => {}
        }
        close_text(start, encoded, batch)
    }

    fn settle_bytes(&self, start: usize, column: &Column, _: &mut Encoded, batch: &mut Batch) -> Stored {
        let bytes = batch.data()[start..].to_vec();
        let text = match column.kind() {
            ColumnKind::Date | ColumnKind::Datetime | ColumnKind::Time => Moment::decode(&column.type_name, &bytes)
                .map(|m| m.render(&column.type_name, column.sizes.first().copied()).into_bytes()),
            ColumnKind::Integer | ColumnKind::Bit if (1..=8).contains(&bytes.len()) => {
                batch.data().truncate(start);
                batch.push_integer(integer(&bytes, &column.type_name));
                return Stored::Plain;
            }
            ColumnKind::Text if column.type_name.starts_with('n') || column.type_name == "sysname" => UTF_16LE
                .decode_without_bom_handling_and_without_replacement(&bytes)
                .map(|t| t.into_owned().into_bytes()),
            ColumnKind::Text if column.type_name.ends_with("char") || column.type_name == "text" => {
                Some(WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned().into_bytes())
            }
            _ => None,
        };
        match text {
            Some(text) => {
                replace(start, &text, batch);
                batch.close_text(start);
            }
            None => batch.close_bytes(start),
        }
        Stored::Plain
    }

    fn settle_number(&self, number: &[u8], column: &Column, batch: &mut Batch) -> Stored {
        match column.kind() {
            ColumnKind::Text => batch.push_text(number),
            ColumnKind::Bit => batch.push_integer(i64::from(number.iter().any(|b| (b'1'..=b'9').contains(b)))),
            ColumnKind::Date | ColumnKind::Datetime | ColumnKind::Time => {
                let days = std::str::from_utf8(number).ok().and_then(|n| n.parse().ok());
                let Some(moment) = days.and_then(Moment::days_since_1900) else {
                    batch.push_text(number);
                    return Stored::Odd(NOT_ISO);
                };
                let shown = moment.render(&column.type_name, column.sizes.first().copied());
                batch.push_text(shown.as_bytes());
            }
            ColumnKind::Decimal => push_number(&padded(number, scale_of(column)), batch),
            _ => push_number(number, batch),
        }
        Stored::Plain
    }
}

fn replace(start: usize, text: &[u8], batch: &mut Batch) {
    batch.data().truncate(start);
    batch.data().extend_from_slice(text);
}

fn is_number(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_digit)
        && text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'E' | b'e'))
}

/// The last bytes of a binary are the integer's, the first of them its highest.
fn integer(bytes: &[u8], type_name: &str) -> i64 {
    let number = bytes.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
    match type_name {
        "tinyint" => i64::from(number as u8),
        "smallint" => i64::from(number as u16 as i16),
        "int" | "integer" => i64::from(number as u32 as i32),
        "bit" => i64::from(number != 0),
        _ => number as i64,
    }
}

/// Terms with `+` between: texts are joined, anything else is the server's to add up.
fn sum(words: &mut Words, depth: usize) -> Option<Value> {
    let mut value = term(words, depth.checked_sub(1)?)?;
    while words.take_sign(b'+') {
        let (Value::Text(left), Value::Text(right)) = (value, term(words, depth)?) else { return None };
        value = Value::Text([left, right].concat());
    }
    Some(value)
}

fn term(words: &mut Words, depth: usize) -> Option<Value> {
    match words.next() {
        Token::Text(raw) => {
            let mut text = Vec::new();
            Transact.unquote(raw, words.lex(), &mut text);
            Some(Value::Text(text))
        }
        Token::Number(number) => literal(number),
        Token::Sign(sign @ (b'-' | b'+')) => match term(words, depth.checked_sub(1)?)? {
            Value::Number(number) if sign == b'+' => Some(Value::Number(number)),
            Value::Number(number) if !number.starts_with(b"-") => Some(Value::Number([b"-", &number[..]].concat())),
            _ => None,
        },
        Token::Sign(b'(') => {
            let value = sum(words, depth)?;
            words.take_sign(b')').then_some(value)
        }
        // Money: $12.50
        Token::Word(b"$") => match words.next() {
            Token::Number(number) => Some(Value::Number(number.to_vec())),
            _ => None,
        },
        Token::Word(word) if word.starts_with(b"$") && word[1..].iter().all(u8::is_ascii_digit) => {
            let cents = words.next();
            match cents {
                Token::End | Token::Sign(_) if word.len() > 1 => Some(Value::Number(word[1..].to_vec())),
                Token::Number(cents) => Some(Value::Number([&word[1..], cents].concat())),
                _ => None,
            }
        }
        token if token.is_word("null") => Some(Value::Null),
        token if token.is_one_of(&["cast", "try_cast"]) => {
            words.take_sign(b'(').then_some(())?;
            let value = sum(words, depth)?;
            words.take("as").then_some(())?;
            let column = target(words);
            let value = cast(value, &column, None)?;
            words.take_sign(b')').then_some(value)
        }
        token if token.is_one_of(&["convert", "try_convert"]) => {
            words.take_sign(b'(').then_some(())?;
            let column = target(words);
            words.take_sign(b',').then_some(())?;
            let value = sum(words, depth)?;
            let style = if words.take_sign(b',') { Some(term(words, depth)?) } else { None };
            let value = cast(value, &column, style.as_ref())?;
            words.take_sign(b')').then_some(value)
        }
        token if token.is_one_of(&["char", "nchar"]) => {
            words.take_sign(b'(').then_some(())?;
            let Token::Number(code) = words.next() else { return None };
            let code: u32 = std::str::from_utf8(code).ok()?.parse().ok()?;
            words.take_sign(b')').then_some(())?;
            // Beyond ASCII it depends on the server's code page.
            char::from_u32(code).filter(char::is_ascii).map(|c| Value::Text(c.to_string().into_bytes()))
        }
        _ => None,
    }
}

fn literal(number: &[u8]) -> Option<Value> {
    if number.len() > 1 && number[1].eq_ignore_ascii_case(&b'x') {
        let digits: Vec<u8> = number[2..].iter().filter(|b| !matches!(b, b'\\' | b'\r' | b'\n')).copied().collect();
        return unhex(&digits).map(Value::Bytes);
    }
    Some(Value::Number(number.to_vec()))
}

/// The type after `AS`, as a column of it.
fn target(words: &mut Words) -> Column {
    let mut column = Column::default();
    let parts = words.qualified().unwrap_or_default();
    column.type_name = parts.last().map(|n| n.to_lowercase()).unwrap_or_default();
    if words.take("precision") {
        column.type_name = "double precision".into();
    }
    if let Some(inside) = words.brackets() {
        column.sizes = words.lex().text(inside).split(',').map_while(|n| n.trim().parse().ok()).collect();
    }
    column.def.kind = Transact.kind(&column.type_name);
    column
}

/// What a literal comes to as another type; `None` where only the server knows.
fn cast(value: Value, column: &Column, style: Option<&Value>) -> Option<Value> {
    let scale = column.sizes.first().copied();
    let shown = |m: Moment| Some(Value::Text(m.render(&column.type_name, scale).into_bytes()));
    // 120, 121, 126 and 127 are the ISO forms; 0 is the default.
    let iso = match style {
        None => true,
        Some(Value::Number(style)) => {
            ["0", "20", "21", "120", "121", "126", "127"].iter().any(|s| s.as_bytes() == style)
        }
        _ => false,
    };
    match (column.kind(), value) {
        (_, Value::Null) => Some(Value::Null),
        (ColumnKind::Date | ColumnKind::Datetime | ColumnKind::Time, Value::Text(text)) => {
            Moment::parse(std::str::from_utf8(&text).ok()?).filter(|_| iso).and_then(shown)
        }
        (ColumnKind::Date | ColumnKind::Datetime | ColumnKind::Time, Value::Bytes(bytes)) => {
            Moment::decode(&column.type_name, &bytes).and_then(shown)
        }
        (ColumnKind::Decimal, Value::Number(number)) => Some(Value::Number(padded(&number, scale_of(column)))),
        (ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Float | ColumnKind::Bit, Value::Text(text)) => {
            is_number(text.trim_ascii()).then(|| Value::Number(text.trim_ascii().to_vec()))
        }
        (ColumnKind::Integer | ColumnKind::Float | ColumnKind::Bit, value @ Value::Number(_))
        | (ColumnKind::Text | ColumnKind::Untyped, value @ Value::Text(_))
        | (ColumnKind::Binary | ColumnKind::Untyped, value @ Value::Bytes(_)) => Some(value),
        (ColumnKind::Text, Value::Number(number)) => Some(Value::Text(number)),
        (ColumnKind::Text, value @ Value::Bytes(_)) if column.type_name == "xml" => Some(value),
        // CONVERT(varbinary(max), '0x01FF', 1)
        (ColumnKind::Binary, Value::Text(text)) if style == Some(&Value::Number(b"1".to_vec())) => {
            unhex(text.strip_prefix(b"0x").or(text.strip_prefix(b"0X"))?).map(Value::Bytes)
        }
        (ColumnKind::Binary, Value::Text(text)) if style == Some(&Value::Number(b"2".to_vec())) => {
            unhex(&text).map(Value::Bytes)
        }
        (ColumnKind::Binary, value @ Value::Text(_)) if column.type_name == "hierarchyid" => Some(value),
        _ => None,
    }
}

/// Decimals of a type.
fn scale_of(column: &Column) -> u32 {
    match column.type_name.as_str() {
        "money" | "smallmoney" => 4,
        _ => column.sizes.get(1).copied().unwrap_or(0),
    }
}
