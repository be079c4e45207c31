//! Dates and times of SQL Server: as scripts write them, in and as the server returns them (style 121 of
//! <https://learn.microsoft.com/en-us/sql/t-sql/functions/cast-and-convert-transact-sql>).

use jiff::civil::{self, Date};

use crate::calendar::{date_after, days_between};

/// Units of a tenth of a microsecond in a day and in a second.
const DAY: i64 = 24 * 3600 * SECOND;
const SECOND: i64 = 10_000_000;
const FIRST: Date = civil::date(1, 1, 1);
/// Days from 0001-01-01 to 1900-01-01.
const CENTURY: i64 = 693_595;
/// And to 9999-12-31.
const LAST: i64 = 3_652_058;

/// A point in time or a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Since 0001-01-01.
    days: i64,
    /// Tenths of microseconds since midnight, of the place the offset names.
    time: i64,
    /// Minutes east.
    offset: i32,
}

impl Moment {
    /// What 0 and the empty string come to.
    pub fn days_since_1900(days: i64) -> Option<Self> {
        let days = days.checked_add(CENTURY)?;
        (0..=LAST).contains(&days).then_some(Self { days, time: 0, offset: 0 })
    }

    /// `2010-01-31`, `20100131`, with `T` or a blank and a time after it, or a time alone; an offset may follow.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = parse_date(text).unwrap_or((CENTURY, text));
        let rest = rest.strip_prefix('T').unwrap_or(rest).trim_start();
        if rest.is_empty() {
            return (date != CENTURY || rest.len() < text.len()).then_some(Self { days: date, time: 0, offset: 0 });
        }
        let (time, rest) = parse_time(rest)?;
        let offset = parse_offset(rest.trim_start())?;
        Some(Self { days: date, time, offset })
    }

    /// The bytes that scripts of older versions write for a type: `CAST(0x0000A2C700000000 AS DateTime)`.
    pub fn decode(type_name: &str, bytes: &[u8]) -> Option<Self> {
        let big = |b: &[u8]| b.iter().fold(0i64, |n, b| n << 8 | i64::from(*b));
        let little = |b: &[u8]| b.iter().rev().fold(0i64, |n, b| n << 8 | i64::from(*b));
        let fits = |m: Self| ((0..=LAST).contains(&m.days) && (0..DAY).contains(&m.time)).then_some(m);
        match (type_name, bytes.len()) {
            ("datetime", 8) => {
                let days = i64::from(big(&bytes[..4]) as i32) + CENTURY;
                fits(Self { days, time: from_ticks(big(&bytes[4..])), offset: 0 })
            }
            ("smalldatetime", 4) => {
                fits(Self { days: big(&bytes[..2]) + CENTURY, time: big(&bytes[2..]) * 60 * SECOND, offset: 0 })
            }
            ("date", 3 | 4) => fits(Self { days: little(bytes), time: 0, offset: 0 }),
            ("time", 4..=9) => fits(Self { days: CENTURY, time: scaled(little(&bytes[1..]), bytes[0])?, offset: 0 }),
            ("datetime2", 6..=12) => {
                let (time, days) = bytes[1..].split_at(bytes.len() - 4);
                fits(Self { days: little(days), time: scaled(little(time), bytes[0])?, offset: 0 })
            }
            ("datetimeoffset", 8..=14) => {
                let (time, rest) = bytes[1..].split_at(bytes.len() - 6);
                let offset = i32::from(i16::from_le_bytes([rest[3], rest[4]]));
                // Stored as of Greenwich.
                let utc = little(&rest[..3]) * DAY + scaled(little(time), bytes[0])?;
                let local = utc + i64::from(offset) * 60 * SECOND;
                fits(Self { days: local.div_euclid(DAY), time: local.rem_euclid(DAY), offset })
            }
            _ => None,
        }
    }

    /// As the server returns it for a type of so many decimals.
    pub fn render(self, type_name: &str, scale: Option<u32>) -> String {
        let scale = scale.unwrap_or(7).min(7);
        match type_name {
            "date" => self.date(),
            "datetime" => {
                let ticks = (self.time * 300 + SECOND / 2) / SECOND;
                let moment = self.at(from_ticks(ticks));
                format!("{} {}", moment.date(), moment.clock(3))
            }
            "smalldatetime" => {
                // 29.998 seconds and less go down.
                let minute = 60 * SECOND;
                let moment = self.at((self.time + 30 * SECOND + SECOND / 1000).div_euclid(minute) * minute);
                format!("{} {}", moment.date(), moment.clock(3))
            }
            "time" => self.rounded(scale).clock(scale),
            "datetimeoffset" => {
                let moment = self.rounded(scale);
                let sign = if self.offset < 0 { '-' } else { '+' };
                let minutes = self.offset.abs();
                let (hours, minutes) = (minutes / 60, minutes % 60);
                format!("{} {} {sign}{hours:02}:{minutes:02}", moment.date(), moment.clock(scale))
            }
            _ => {
                let moment = self.rounded(scale);
                format!("{} {}", moment.date(), moment.clock(scale))
            }
        }
    }

    /// The same day at another time, which may be the next day's midnight.
    fn at(self, time: i64) -> Self {
        Self { days: self.days + time.div_euclid(DAY), time: time.rem_euclid(DAY), ..self }
    }

    fn rounded(self, scale: u32) -> Self {
        let unit = 10i64.pow(7 - scale);
        self.at((self.time + unit / 2) / unit * unit)
    }

    fn date(self) -> String {
        // The last day rounds up to one that the calendar no longer has.
        date_after(FIRST, self.days).map_or_else(|| "10000-01-01".to_owned(), |date| date.to_string())
    }

    fn clock(self, scale: u32) -> String {
        let seconds = self.time / SECOND;
        let (hours, minutes, whole) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let fraction = self.time % SECOND / 10i64.pow(7 - scale);
        if scale == 0 {
            return format!("{hours:02}:{minutes:02}:{whole:02}");
        }
        format!("{hours:02}:{minutes:02}:{whole:02}.{fraction:0width$}", width = scale as usize)
    }
}

/// `datetime` counts three hundredths of a second and shows milliseconds.
fn from_ticks(ticks: i64) -> i64 {
    (ticks * 10 + 1) / 3 * (SECOND / 1000)
}

fn scaled(units: i64, scale: u8) -> Option<i64> {
    if scale > 7 || units < 0 { None } else { units.checked_mul(10i64.pow(7 - u32::from(scale))) }
}

/// A number of exactly so many digits, and what stands after it.
fn digits(text: &str, count: usize) -> Option<(i64, &str)> {
    let head = text.get(..count)?;
    if !head.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((head.parse().ok()?, &text[count..]))
}

fn parse_date(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = digits(text, 4)?;
    let dashed = rest.strip_prefix('-');
    let (month, rest) = digits(dashed.unwrap_or(rest), 2)?;
    let rest = if dashed.is_some() { rest.strip_prefix('-')? } else { rest };
    let (day, rest) = digits(rest, 2)?;
    if rest.starts_with(|c: char| !matches!(c, 'T' | ' ')) {
        return None;
    }
    // Numbers of four and of two digits fit.
    let date = Date::new(year as i16, month as i8, day as i8).ok().filter(|_| year > 0)?;
    Some((days_between(FIRST, date), rest))
}

fn parse_time(text: &str) -> Option<(i64, &str)> {
    let (hours, rest) = digits(text, 2)?;
    let (minutes, mut rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (mut seconds, mut fraction) = (0, 0);
    if let Some(after) = rest.strip_prefix(':') {
        (seconds, rest) = digits(after, 2)?;
        if let Some(after) = rest.strip_prefix('.') {
            let count = after.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=7).contains(&count) {
                return None;
            }
            let (number, after) = digits(after, count)?;
            fraction = number * 10i64.pow(7 - count as u32);
            rest = after;
        }
    }
    let time = ((hours * 60 + minutes) * 60 + seconds) * SECOND + fraction;
    (hours < 24 && minutes < 60 && seconds < 60).then_some((time, rest))
}

fn parse_offset(text: &str) -> Option<i32> {
    if text.is_empty() || text == "Z" {
        return Some(0);
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&text[1..], 2)?;
    let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
    (rest.is_empty() && hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in [(0, "0001-01-01"), (CENTURY, "1900-01-01"), (730_178, "2000-02-29"), (LAST, "9999-12-31")]
        {
            let moment = Moment { days, time: 0, offset: 0 };
            assert_eq!(moment.date(), date);
            assert_eq!(Moment::parse(date), Some(moment));
        }
    }

    #[test]
    fn texts_come_out_as_the_server_returns_them() {
        for (text, type_name, scale, shown) in [
            ("2010-01-31", "date", None, "2010-01-31"),
            ("20100131", "datetime", None, "2010-01-31 00:00:00.000"),
            ("2010-01-31T23:59:59.999", "datetime", None, "2010-02-01 00:00:00.000"),
            ("2010-01-31 08:00:00.004", "datetime", None, "2010-01-31 08:00:00.003"),
            ("2010-01-31T08:00:29.998", "smalldatetime", None, "2010-01-31 08:00:00.000"),
            ("2010-01-31T08:00:29.999", "smalldatetime", None, "2010-01-31 08:01:00.000"),
            ("2010-01-31T08:00:00.1234567", "datetime2", None, "2010-01-31 08:00:00.1234567"),
            ("2010-01-31T08:00:00.1230000", "datetime2", Some(3), "2010-01-31 08:00:00.123"),
            ("2010-01-31T08:00:00", "datetime2", Some(0), "2010-01-31 08:00:00"),
            ("08:30", "time", Some(0), "08:30:00"),
            ("2010-01-31T08:00:00.0000000-05:30", "datetimeoffset", Some(2), "2010-01-31 08:00:00.00 -05:30"),
        ] {
            let moment = Moment::parse(text).expect(text);
            assert_eq!(moment.render(type_name, scale), shown, "{text} as {type_name}");
        }
    }

    #[test]
    fn what_depends_on_the_servers_language_is_not_guessed() {
        for text in
            ["01/02/2010", "2010-13-01", "2010-02-30", "Jan 1 2010", "2010-01-01X", "25:00", "2010-1-1", "", "é"]
        {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_date() {
        for text in ["0000-12-31", "0001-00-01", "0001-01-00", "00010100", "1900-02-29", "2010-04-31", "9999-12-32"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_calendar_of_the_server_ends() {
        for (days, shown) in [
            (-CENTURY - 1, None),
            (-CENTURY, Some("0001-01-01")),
            (LAST - CENTURY, Some("9999-12-31")),
            (LAST - CENTURY + 1, None),
            (i64::MAX, None),
            (i64::MIN, None),
        ] {
            let shown = shown.map(str::to_owned);
            assert_eq!(Moment::days_since_1900(days).map(Moment::date), shown, "{days}");
        }
        // Rounding leaves it: so the next day is written, as any other.
        for (text, type_name, scale, shown) in [
            ("9999-12-31T23:59:59.999", "datetime", None, "10000-01-01 00:00:00.000"),
            ("9999-12-31T23:59:30", "smalldatetime", None, "10000-01-01 00:00:00.000"),
            ("9999-12-31T23:59:59.9999999", "datetime2", Some(6), "10000-01-01 00:00:00.000000"),
            ("9999-12-31T23:59:59.9999999", "datetime2", Some(7), "9999-12-31 23:59:59.9999999"),
        ] {
            let moment = Moment::parse(text).expect(text);
            assert_eq!(moment.render(type_name, scale), shown, "{text} as {type_name}");
        }
    }

    #[test]
    fn bytes_come_out_as_the_date_they_hold() {
        for (hex, type_name, scale, shown) in [
            ("0000A2C700000000", "datetime", None, "2014-02-03 00:00:00.000"),
            ("FFFF2E4600000000", "datetime", None, "1753-01-01 00:00:00.000"),
            ("0000000000000001", "datetime", None, "1900-01-01 00:00:00.003"),
            ("A2C70001", "smalldatetime", None, "2014-02-03 00:01:00.000"),
            ("41360B00", "date", None, "2012-10-10"),
            ("070010ACD1530000", "time", None, "10:00:00.0000000"),
            ("00A08C0000000000", "time", Some(0), "10:00:00"),
            ("073FD11E19C90000", "time", None, "23:59:30.9876543"),
            ("0700000000005B950A", "datetime2", None, "1900-01-01 00:00:00.0000000"),
            ("07000000000041360B2C01", "datetimeoffset", None, "2012-10-10 05:00:00.0000000 +05:00"),
        ] {
            let bytes = crate::script::value::unhex(hex.as_bytes()).expect(hex);
            let moment = Moment::decode(type_name, &bytes).expect(hex);
            assert_eq!(moment.render(type_name, scale), shown, "{hex} as {type_name}");
        }
    }
}
