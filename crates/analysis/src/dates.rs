//! Dates as legacy systems write them. Zero dates and dates without a day (`0000-00-00`, `2004-05-00`) are dates here:
//! a MySQL server gives them back as they are.

/// A way to write a date, alone and with a time of day after it.
pub struct DateFormat {
    pub plain: &'static str,
    pub timed: &'static str,
    read: Read,
}

/// Reads year, month and day off the start of a text, and how many bytes they took.
type Read = fn(&[u8]) -> Option<(u32, u32, u32, usize)>;

/// Year, month, day, then microseconds of the day.
pub type Stamp = (u32, u32, u32, u64);

pub const DATES: [DateFormat; 13] = [
    DateFormat { plain: "YYYY-MM-DD", timed: "YYYY-MM-DD hh:mm:ss", read: |t| ymd(t, b'-') },
    DateFormat { plain: "YYYY/MM/DD", timed: "YYYY/MM/DD hh:mm:ss", read: |t| ymd(t, b'/') },
    DateFormat { plain: "YYYY.MM.DD", timed: "YYYY.MM.DD hh:mm:ss", read: |t| ymd(t, b'.') },
    DateFormat { plain: "YYYYMMDD", timed: "YYYYMMDD hh:mm:ss", read: packed },
    DateFormat { plain: "M/D/YYYY", timed: "M/D/YYYY hh:mm:ss", read: |t| parts(t, b'/', true, 4) },
    DateFormat { plain: "D/M/YYYY", timed: "D/M/YYYY hh:mm:ss", read: |t| parts(t, b'/', false, 4) },
    DateFormat { plain: "M-D-YYYY", timed: "M-D-YYYY hh:mm:ss", read: |t| parts(t, b'-', true, 4) },
    DateFormat { plain: "D-M-YYYY", timed: "D-M-YYYY hh:mm:ss", read: |t| parts(t, b'-', false, 4) },
    DateFormat { plain: "D.M.YYYY", timed: "D.M.YYYY hh:mm:ss", read: |t| parts(t, b'.', false, 4) },
    DateFormat { plain: "M/D/YY", timed: "M/D/YY hh:mm:ss", read: |t| parts(t, b'/', true, 2) },
    DateFormat { plain: "D/M/YY", timed: "D/M/YY hh:mm:ss", read: |t| parts(t, b'/', false, 2) },
    DateFormat { plain: "D-Mon-YYYY", timed: "D-Mon-YYYY hh:mm:ss", read: |t| named(t, 4) },
    DateFormat { plain: "D-Mon-YY", timed: "D-Mon-YY hh:mm:ss", read: |t| named(t, 2) },
];

/// Whether any of the formats could fit: no other test is as cheap.
pub fn may_be_date(text: &[u8]) -> bool {
    (6..=40).contains(&text.len()) && text[0].is_ascii_digit()
}

impl DateFormat {
    /// The value under this format, and whether a time of day stands after the date.
    pub fn stamp(&self, text: &[u8]) -> Option<(Stamp, bool)> {
        let (year, month, day, length) = (self.read)(text)?;
        if !is_day(year, month, day) {
            return None;
        }
        if length == text.len() {
            return Some(((year, month, day, 0), false));
        }
        Some(((year, month, day, time_of_day(&text[length..])?), true))
    }
}

/// The days of the calendar, and the days and months that are zero.
fn is_day(year: u32, month: u32, day: u32) -> bool {
    if month > 12 || year > 9999 {
        return false;
    }
    if month == 0 || day == 0 {
        return day <= 31;
    }
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    day <= last
}

/// One or more digits, at most `most`; answers the number and how many there were.
fn number(text: &[u8], most: usize) -> Option<(u32, usize)> {
    let length = text.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    if length == 0 || text.get(length).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    Some((text[..length].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')), length))
}

fn ymd(text: &[u8], mark: u8) -> Option<(u32, u32, u32, usize)> {
    let (year, 4) = number(text, 4)? else { return None };
    let rest = text[4..].strip_prefix(&[mark])?;
    let (month, m) = number(rest, 2)?;
    let rest = rest[m..].strip_prefix(&[mark])?;
    let (day, d) = number(rest, 2)?;
    Some((year, month, day, 4 + 1 + m + 1 + d))
}

fn packed(text: &[u8]) -> Option<(u32, u32, u32, usize)> {
    let (whole, 8) = number(text, 8)? else { return None };
    let (year, month, day) = (whole / 10_000, whole / 100 % 100, whole % 100);
    // Other eight-digit numbers are common: only years of the living and of their plans count.
    ((1850..2150).contains(&year) && month > 0 && day > 0).then_some((year, month, day, 8))
}

fn parts(text: &[u8], mark: u8, month_first: bool, digits: usize) -> Option<(u32, u32, u32, usize)> {
    let (first, a) = number(text, 2)?;
    let rest = text[a..].strip_prefix(&[mark])?;
    let (second, b) = number(rest, 2)?;
    let rest = rest[b..].strip_prefix(&[mark])?;
    let (year, y) = number(rest, 4)?;
    if y != digits {
        return None;
    }
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    (month > 0 && day > 0).then_some((full_year(year, digits), month, day, a + 1 + b + 1 + y))
}

fn named(text: &[u8], digits: usize) -> Option<(u32, u32, u32, usize)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (day, d) = number(text, 2)?;
    let mark = *text.get(d)?;
    if mark != b'-' && mark != b' ' {
        return None;
    }
    let name = text.get(d + 1..d + 4)?;
    let month = MONTHS.iter().position(|m| m.as_bytes().eq_ignore_ascii_case(name))? as u32 + 1;
    let rest = text[d + 4..].strip_prefix(&[mark])?;
    let (year, y) = number(rest, 4)?;
    (y == digits && day > 0).then_some((full_year(year, digits), month, day, d + 1 + 3 + 1 + y))
}

/// Two digits mean the years 1930 to 2029.
fn full_year(year: u32, digits: usize) -> u32 {
    match (digits, year) {
        (2, 0..30) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    }
}

/// A time after a date: `T08:30`, ` 8:30:05.25 PM`, with a zone or without.
fn time_of_day(text: &[u8]) -> Option<u64> {
    let rest = text.strip_prefix(b" ").or_else(|| text.strip_prefix(b"T"))?;
    let (mut hour, h) = number(rest, 2)?;
    let rest = rest[h..].strip_prefix(b":")?;
    let (minute, 2) = number(rest, 2)? else { return None };
    let mut rest = &rest[2..];
    let (mut second, mut micros) = (0, 0);
    if let Some(after) = rest.strip_prefix(b":") {
        let (s, 2) = number(after, 2)? else { return None };
        second = s;
        rest = &after[2..];
        if let Some(after) = rest.strip_prefix(b".") {
            let length = after.iter().take_while(|b| b.is_ascii_digit()).count();
            if length == 0 || length > 9 {
                return None;
            }
            micros = (0..6).fold(0, |n, i| n * 10 + after[..length].get(i).map_or(0, |b| u64::from(b - b'0')));
            rest = &after[length..];
        }
    }
    let half = rest.strip_prefix(b" ").unwrap_or(rest);
    if half.eq_ignore_ascii_case(b"AM") || half.eq_ignore_ascii_case(b"PM") {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if half.eq_ignore_ascii_case(b"PM") { 12 } else { 0 };
        rest = &[];
    }
    if hour > 23 || minute > 59 || second > 59 || !is_zone(rest) {
        return None;
    }
    Some((u64::from(hour * 3600 + minute * 60 + second)) * 1_000_000 + micros)
}

fn is_zone(text: &[u8]) -> bool {
    match text {
        [] | b"Z" => true,
        [b'+' | b'-', rest @ ..] => {
            let digits = rest.iter().filter(|b| b.is_ascii_digit()).count();
            (digits == 2 || digits == 4) && rest.iter().all(|b| b.is_ascii_digit() || *b == b':')
        }
        _ => false,
    }
}
