//! Writes values as dumps do, in every way a server takes.

use std::fmt::Write as _;

use arbitrary::{Result, Unstructured};

/// What a column is declared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Unsigned,
    Text,
    Blob,
    Decimal,
    Date,
}

/// A value as the server would return it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Kind {
    pub const ALL: [Self; 6] = [Self::Integer, Self::Unsigned, Self::Text, Self::Blob, Self::Decimal, Self::Date];

    pub fn declared(self) -> &'static str {
        match self {
            Self::Integer => "bigint(20)",
            Self::Unsigned => "bigint unsigned",
            Self::Text => "longtext",
            Self::Blob => "longblob",
            Self::Decimal => "decimal(30,4)",
            Self::Date => "date",
        }
    }
}

/// Draws a value, and writes it after `out` in one of the ways it can be written.
pub fn write_value(from: &mut Unstructured<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<Value> {
    if from.ratio(1, 8)? {
        out.extend_from_slice(if from.arbitrary()? { b"NULL" } else { b"null" });
        return Ok(Value::Null);
    }
    match kind {
        Kind::Integer => {
            let integer: i64 = from.arbitrary()?;
            write_plain(from, &integer.to_string(), out)?;
            Ok(Value::Integer(integer))
        }
        Kind::Unsigned => {
            let integer: u64 = from.arbitrary()?;
            write_plain(from, &integer.to_string(), out)?;
            Ok(i64::try_from(integer).map_or_else(|_| Value::Text(integer.to_string()), Value::Integer))
        }
        Kind::Decimal => {
            let (whole, part): (i64, u16) = (from.arbitrary()?, from.int_in_range(0..=9999)?);
            let text = format!("{whole}.{part:04}");
            write_plain(from, &text, out)?;
            Ok(Value::Text(text))
        }
        Kind::Date => {
            let (year, month, day) =
                (from.int_in_range(0..=9999)?, from.int_in_range(0..=12)?, from.int_in_range(0..=28)?);
            let (year, month, day): (u16, u8, u8) = (year, month, day);
            let text = format!("{year:04}-{month:02}-{day:02}");
            quote(from, text.as_bytes(), out)?;
            Ok(Value::Text(text))
        }
        Kind::Text => {
            let text: String = from.arbitrary()?;
            match from.int_in_range(0..=3)? {
                0 if !text.is_empty() => hex(from, text.as_bytes(), out)?,
                1 => {
                    out.extend_from_slice(b"_utf8mb4");
                    quote(from, text.as_bytes(), out)?;
                }
                _ => quote(from, text.as_bytes(), out)?,
            }
            Ok(Value::Text(text))
        }
        Kind::Blob => {
            let bytes: Vec<u8> = from.arbitrary()?;
            match from.int_in_range(0..=2)? {
                0 if !bytes.is_empty() => hex(from, &bytes, out)?,
                1 => {
                    out.extend_from_slice(b"_binary ");
                    quote(from, &bytes, out)?;
                }
                _ => quote(from, &bytes, out)?,
            }
            Ok(Value::Bytes(bytes))
        }
    }
}

/// Digits, quoted or not.
fn write_plain(from: &mut Unstructured<'_>, digits: &str, out: &mut Vec<u8>) -> Result<()> {
    if from.ratio(1, 4)? {
        quote(from, digits.as_bytes(), out)
    } else {
        out.extend_from_slice(digits.as_bytes());
        Ok(())
    }
}

fn hex(from: &mut Unstructured<'_>, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mut digits = String::new();
    for byte in bytes {
        let _ = if from.arbitrary()? { write!(digits, "{byte:02X}") } else { write!(digits, "{byte:02x}") };
    }
    let text = if from.arbitrary()? { format!("0x{digits}") } else { format!("X'{digits}'") };
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// A string: what must be escaped is, in one of two ways; what may be is, now and then.
fn quote(from: &mut Unstructured<'_>, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mark = if from.ratio(1, 8)? { b'"' } else { b'\'' };
    out.push(mark);
    for byte in bytes {
        let escape = match byte {
            b'\\' => Some(b'\\'),
            b if *b == mark => {
                out.push(if from.arbitrary()? { b'\\' } else { mark });
                out.push(mark);
                continue;
            }
            0 => Some(b'0'),
            b'\n' => Some(b'n'),
            b'\r' => Some(b'r'),
            0x1a => Some(b'Z'),
            b'\t' => Some(b't'),
            b'\'' => Some(b'\''),
            b'"' => Some(b'"'),
            _ => None,
        };
        match escape {
            Some(letter) if *byte == b'\\' || from.arbitrary()? => out.extend_from_slice(&[b'\\', letter]),
            _ => out.push(*byte),
        }
    }
    out.push(mark);
    Ok(())
}
