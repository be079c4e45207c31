//! Values as text, exact: what Access would hand out, in a form that sorts and reads back.

use std::io::Write;

use jiff::civil::{self, Date};

use super::definition::{Column, Type};
use super::format::{Fallible, array_at, broken, u16_at, u32_at};
use super::long_value::{self, Allowance};
use super::pages::Pages;
use super::row::Field;
use super::{attachment, text};
use crate::calendar::date_after;
use crate::event::{self, Batch};

/// Values that are kept otherwise than Access shows them, by why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    NotText,
    NotADate,
    UnknownType,
    NotCalculated,
    NotAttachment,
}

impl Odd {
    pub const ALL: [Self; 5] =
        [Self::NotText, Self::NotADate, Self::UnknownType, Self::NotCalculated, Self::NotAttachment];

    pub fn kept(self) -> event::Odd {
        event::Odd::Kept(match self {
            Self::NotText => "text that its encoding has no characters for, kept as bytes",
            Self::NotADate => "dates outside of the years 100 to 9999, kept as the number stored",
            Self::UnknownType => "values of a type that is not known, kept as bytes",
            Self::NotCalculated => "calculated values that are not wrapped as such, kept as bytes",
            Self::NotAttachment => "attached files that cannot be unpacked, kept as stored",
        })
    }
}

/// What decoding needs beside the bytes.
pub struct Decoder {
    pub encoding: &'static encoding_rs::Encoding,
    pub jet3: bool,
    /// Counts by [`Odd`].
    pub odd: [u64; 5],
    pub left: Allowance,
    long: Vec<u8>,
}

impl Decoder {
    pub fn new(encoding: &'static encoding_rs::Encoding, jet3: bool, left: Allowance) -> Self {
        Self { encoding, jet3, odd: [0; 5], left, long: Vec::new() }
    }

    /// Adds a value to the batch.
    pub fn push(&mut self, pages: &mut Pages, column: &Shown, field: Field<'_>, batch: &mut Batch) -> Fallible<()> {
        let bytes = match field {
            Field::Null => {
                batch.push_null();
                return Ok(());
            }
            Field::Bit(bit) => {
                batch.push_integer(i64::from(bit));
                return Ok(());
            }
            Field::Bytes(bytes) => bytes,
        };
        // A result may be declared as another type than the one by which it is kept.
        let long = match column.stored {
            Type::Memo | Type::Ole => !column.column.calculated || long_value::is_reference(bytes),
            _ => column.column.calculated && column.column.kind == Type::Memo && long_value::is_reference(bytes),
        };
        if !long {
            return self.push_plain(column, bytes, batch);
        }
        let mut long = std::mem::take(&mut self.long);
        long.clear();
        let read = long_value::append(pages, bytes, &mut self.left, &mut long);
        let pushed = read.and_then(|()| self.push_plain(column, &long, batch));
        // One long value does not hold its memory for the rest of the file.
        long.shrink_to(4 << 20);
        self.long = long;
        pushed
    }

    /// Adds a value whose bytes are at hand.
    fn push_plain(&mut self, column: &Shown, bytes: &[u8], batch: &mut Batch) -> Fallible<()> {
        if column.column.calculated {
            return self.push_calculated(column, bytes, batch);
        }
        if column.attachment {
            match attachment::unpack(bytes) {
                Some(file) => batch.push_bytes(&file),
                None => self.keep(Odd::NotAttachment, bytes, batch),
            }
            return Ok(());
        }
        let column = &column.column;
        if column.kind == Type::Decimal {
            let Some(raw) = array_at::<17>(bytes, 0) else { return cut_short() };
            push_text(batch, |out| append_decimal(out, raw[0] != 0, decimal_magnitude(&raw), column.scale));
            return Ok(());
        }
        self.push_as(column.kind, bytes, batch)
    }

    fn push_as(&mut self, kind: Type, bytes: &[u8], batch: &mut Batch) -> Fallible<()> {
        let Some(number) = fixed(kind, bytes) else { return cut_short() };
        match (kind, number) {
            (_, Fixed::Whole(n)) => batch.push_integer(n),
            (_, Fixed::Money(n)) => push_text(batch, |out| append_money(out, n)),
            (_, Fixed::Single(n)) => push_text(batch, |out| append_single(out, n)),
            (Type::Datetime, Fixed::Double(n)) => {
                let start = batch.data().len();
                if !append_datetime(batch.data(), n) {
                    self.odd[Odd::NotADate as usize] += 1;
                    append_double(batch.data(), n);
                }
                batch.close_text(start);
            }
            (_, Fixed::Double(n)) => push_text(batch, |out| append_double(out, n)),
            (Type::Guid, _) => push_text(batch, |out| append_guid(out, bytes)),
            (Type::Extended, _) => {
                let start = batch.data().len();
                if append_extended(batch.data(), bytes) {
                    batch.close_text(start);
                } else {
                    self.keep(Odd::NotADate, bytes, batch);
                }
            }
            (Type::Text | Type::Memo, _) => {
                let start = batch.data().len();
                if text::append(bytes, self.jet3, self.encoding, batch.data()) {
                    batch.close_text(start);
                } else {
                    self.keep(Odd::NotText, bytes, batch);
                }
            }
            (Type::Binary | Type::Ole, _) => batch.push_bytes(bytes),
            _ => self.keep(Odd::UnknownType, bytes, batch),
        }
        Ok(())
    }

    /// After 16 bytes of Access's own stand the length and the value, in the form of its own type. A decimal says
    /// its scale itself.
    fn push_calculated(&mut self, column: &Shown, bytes: &[u8], batch: &mut Batch) -> Fallible<()> {
        if matches!(column.column.kind, Type::Text | Type::Memo) {
            self.push_calculated_text(bytes, batch);
            return Ok(());
        }
        let length = u32_at(bytes, 16).map(|n| n as usize);
        let value = length.and_then(|n| bytes.get(20..20usize.checked_add(n)?));
        let Some(value) = value else {
            if bytes.is_empty() {
                batch.push_null();
            } else {
                self.keep(Odd::NotCalculated, bytes, batch);
            }
            return Ok(());
        };
        match (column.column.kind, value) {
            // The expression gave NULL or a mistake.
            (_, []) => batch.push_null(),
            (Type::Boolean, [bit, ..]) => batch.push_integer(i64::from(*bit != 0)),
            (Type::Decimal, [low, high, scale, sign, digits @ ..]) if digits.len() >= 4 => {
                let said = usize::from(u16::from_le_bytes([*low, *high]));
                let length = if said > 2 { (said - 2).min(digits.len()) } else { digits.len() };
                let magnitude = calculated_digits(&digits[..length.min(16) / 4 * 4]);
                push_text(batch, |out| append_decimal(out, *sign != 0, magnitude, *scale));
            }
            (kind, value) if kind.size().is_some_and(|size| size > value.len()) => {
                self.keep(Odd::NotCalculated, bytes, batch);
            }
            (kind, value) => self.push_as(kind, value, batch)?,
        }
        Ok(())
    }

    /// Text is wrapped the same way; some is not wrapped at all, or says to be longer than it is.
    fn push_calculated_text(&mut self, bytes: &[u8], batch: &mut Batch) {
        // Where no length stands but text, its signs make a number far beyond this.
        const LONGEST: usize = 1 << 21;
        let said = u32_at(bytes, 16).map(|n| n as usize).filter(|n| *n < LONGEST);
        let text = said.map_or(bytes, |n| &bytes[20..bytes.len().min(20 + n)]);
        let start = batch.data().len();
        if text::append(text, self.jet3, self.encoding, batch.data()) {
            batch.close_text(start);
        } else {
            self.keep(Odd::NotCalculated, bytes, batch);
        }
    }

    fn keep(&mut self, odd: Odd, bytes: &[u8], batch: &mut Batch) {
        self.odd[odd as usize] += 1;
        batch.push_bytes(bytes);
    }
}

/// A column of a table as it is given out.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its kind is the one of its values; of a calculated column, that of the results.
    pub column: Column,
    /// The kind by which the row holds it.
    pub stored: Type,
    /// Holds attached files in Access's wrapping.
    pub attachment: bool,
}

/// The highest four bytes first where they are no whole eights, then eights, the higher first; little end first in each.
/// Leading zeros are left out in fours.
fn calculated_digits(digits: &[u8]) -> u128 {
    let (odd, eights) = digits.split_at(digits.len() % 8);
    let high = u32_at(odd, 0).map_or(0, u128::from);
    eights.chunks_exact(8).fold(high, |sum, eight| {
        sum << 64 | u128::from(u32_at(eight, 4).unwrap_or(0)) << 32 | u128::from(u32_at(eight, 0).unwrap_or(0))
    })
}

fn cut_short() -> Fallible<()> {
    broken("a value is shorter than its type")
}

enum Fixed {
    Whole(i64),
    Money(i64),
    Single(f32),
    Double(f64),
    Other,
}

/// A value of fixed length. `None` where the bytes are too few.
fn fixed(kind: Type, bytes: &[u8]) -> Option<Fixed> {
    Some(match kind {
        Type::Byte => Fixed::Whole(i64::from(*bytes.first()?)),
        Type::Integer => Fixed::Whole(i64::from(u16_at(bytes, 0)?.cast_signed())),
        Type::Long | Type::Complex => Fixed::Whole(i64::from(u32_at(bytes, 0)?.cast_signed())),
        Type::Large => Fixed::Whole(i64::from_le_bytes(array_at(bytes, 0)?)),
        Type::Currency => Fixed::Money(i64::from_le_bytes(array_at(bytes, 0)?)),
        Type::Single => Fixed::Single(f32::from_le_bytes(array_at(bytes, 0)?)),
        Type::Double | Type::Datetime => Fixed::Double(f64::from_le_bytes(array_at(bytes, 0)?)),
        kind if kind.size().is_some_and(|size| bytes.len() < size) => return None,
        _ => Fixed::Other,
    })
}

fn push_text(batch: &mut Batch, append: impl FnOnce(&mut Vec<u8>)) {
    let start = batch.data().len();
    append(batch.data());
    batch.close_text(start);
}

fn print(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    // A vector takes everything.
    let _ = out.write_fmt(what);
}

fn append_money(out: &mut Vec<u8>, ten_thousandths: i64) {
    let (sign, size) = (if ten_thousandths < 0 { "-" } else { "" }, ten_thousandths.unsigned_abs());
    print(out, format_args!("{sign}{}.{:04}", size / 10_000, size % 10_000));
}

/// Four words, the highest first, each with its lowest byte first.
fn decimal_magnitude(raw: &[u8; 17]) -> u128 {
    (0..4).fold(0, |sum, i| sum << 32 | u128::from(u32_at(raw, 1 + 4 * i).unwrap_or(0)))
}

fn append_decimal(out: &mut Vec<u8>, negative: bool, magnitude: u128, scale: u8) {
    let digits = magnitude.to_string();
    let scale = usize::from(scale);
    if negative && magnitude != 0 {
        out.push(b'-');
    }
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    out.extend_from_slice(whole.as_bytes());
    if scale > 0 {
        out.push(b'.');
        out.extend_from_slice(fraction.as_bytes());
    }
}

/// The shortest digits that read back as the same number, with an exponent where there would be many zeros.
fn append_double(out: &mut Vec<u8>, n: f64) {
    if n == 0.0 || (1e-6..1e21).contains(&n.abs()) || !n.is_finite() {
        print(out, format_args!("{n}"));
    } else {
        print(out, format_args!("{n:e}"));
    }
}

fn append_single(out: &mut Vec<u8>, n: f32) {
    if n == 0.0 || (1e-6..1e21).contains(&n.abs()) || !n.is_finite() {
        print(out, format_args!("{n}"));
    } else {
        print(out, format_args!("{n:e}"));
    }
}

fn append_guid(out: &mut Vec<u8>, b: &[u8]) {
    let first = u32_at(b, 0).unwrap_or(0);
    let (second, third) = (u16_at(b, 4).unwrap_or(0), u16_at(b, 6).unwrap_or(0));
    print(out, format_args!("{{{first:08X}-{second:04X}-{third:04X}-{:02X}{:02X}-", b[8], b[9]));
    b[10..16].iter().for_each(|byte| print(out, format_args!("{byte:02X}")));
    out.push(b'}');
}

const DAY_MS: i64 = 86_400_000;

/// `YYYY-MM-DD HH:MM:SS`, with three decimals where the milliseconds are not zero. The number counts days from
/// 1899-12-30; of one below zero, the fraction still counts forward from midnight. A time without a date stands on
/// 1899-12-30 itself, where Access shows the time alone. False where it is no date.
fn append_datetime(out: &mut Vec<u8>, n: f64) -> bool {
    if !(-657_435.0..2_958_467.0).contains(&n) {
        return false;
    }
    let mut day = n.trunc() as i64;
    let mut ms = (n.fract().abs() * DAY_MS as f64).round() as i64;
    if ms == DAY_MS {
        // Rounding reached the next midnight.
        (day, ms) = (day + 1, 0);
    }
    let Some(date) = date_after(civil::date(1899, 12, 30), day).filter(|date| date.year() >= 100) else {
        return false;
    };
    append_date(out, date);
    out.push(b' ');
    append_time(out, ms / 1000);
    if ms % 1000 != 0 {
        print(out, format_args!(".{:03}", ms % 1000));
    }
    true
}

fn two(out: &mut Vec<u8>, n: i64) {
    out.extend_from_slice(&[b'0' + (n / 10 % 10) as u8, b'0' + (n % 10) as u8]);
}

fn append_date(out: &mut Vec<u8>, date: Date) {
    two(out, i64::from(date.year() / 100));
    two(out, i64::from(date.year() % 100));
    out.push(b'-');
    two(out, i64::from(date.month()));
    out.push(b'-');
    two(out, i64::from(date.day()));
}

fn append_time(out: &mut Vec<u8>, seconds: i64) {
    two(out, seconds / 3600);
    out.push(b':');
    two(out, seconds / 60 % 60);
    out.push(b':');
    two(out, seconds % 60);
}

/// Stored as digits: days since 0001-01-01, a colon, seconds of the day and ten-millionths. Seven decimals, always.
/// False where it is no date.
fn append_extended(out: &mut Vec<u8>, bytes: &[u8]) -> bool {
    let digits = |from: usize, to: usize| -> Option<i64> {
        let part = bytes.get(from..to).filter(|part| part.iter().all(u8::is_ascii_digit))?;
        std::str::from_utf8(part).ok()?.parse().ok()
    };
    let (Some(day), Some(seconds), Some(fraction)) = (digits(0, 19), digits(20, 32), digits(32, 39)) else {
        return false;
    };
    let Some(date) = date_after(civil::date(1, 1, 1), day).filter(|_| seconds < 86_400) else {
        return false;
    };
    append_date(out, date);
    out.push(b' ');
    append_time(out, seconds);
    print(out, format_args!(".{fraction:07}"));
    true
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
