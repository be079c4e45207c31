//! Dates as spreadsheets count them: days since 1899-12-31 with a 29 February 1900 that never was, or since 1904.

use jiff::civil::{self, Date};

use crate::calendar::{date_after, days_between};

/// Where a workbook counts days from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    #[default]
    Of1900,
    Of1904,
}

/// Where serials count from, but for the day that never was.
const FIRST: Date = civil::date(1899, 12, 31);
/// Days from the one epoch to the other.
const APART: i64 = 1462;
/// 9999-12-31.
const LAST_DAY: i64 = 2_958_465;
pub const DAY_SECONDS: i64 = 86_400;

/// A serial taken apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    pub year: i64,
    pub month: u32,
    pub day: u32,
    /// 0 is Sunday.
    pub weekday: usize,
    /// Whole seconds into the day.
    pub seconds: i64,
    /// Of a second, below 1.
    pub fraction: f64,
}

impl Moment {
    /// As a program that displays it sees it: seconds are whole, a hair below the next one is the next one. `None`
    /// where no date can be displayed.
    pub fn displayed(serial: f64, epoch: Epoch) -> Option<Self> {
        let (mut day, part) = split(serial, epoch)?;
        let exact = part * DAY_SECONDS as f64;
        let mut seconds = exact.floor() as i64;
        let mut fraction = exact - seconds as f64;
        if fraction < 1e-6 {
            fraction = 0.0;
        } else if fraction > 0.9999 {
            fraction = 0.0;
            seconds += 1;
        }
        if seconds == DAY_SECONDS {
            (seconds, day) = (0, day + 1);
        }
        Self::of(day, seconds, fraction)
    }

    /// To the nearest millisecond, which is what the serial can hold.
    pub fn exact(serial: f64, epoch: Epoch) -> Option<Self> {
        let (mut day, part) = split(serial, epoch)?;
        let mut millis = (part * 86_400_000.0).round() as i64;
        if millis == DAY_SECONDS * 1000 {
            (millis, day) = (0, day + 1);
        }
        Self::of(day, millis / 1000, (millis % 1000) as f64 / 1000.0)
    }

    fn of(day: i64, seconds: i64, fraction: f64) -> Option<Self> {
        if !(0..=LAST_DAY).contains(&day) {
            return None;
        }
        let (year, month, date) = match day {
            0 => (1900, 1, 0),
            60 => (1900, 2, 29),
            _ => {
                let date = date_after(FIRST, if day > 60 { day - 1 } else { day })?;
                (date.year().into(), date.month() as u32, date.day() as u32)
            }
        };
        // The day that never was makes 1 January 1900 a Sunday.
        let weekday = ((day + 6) % 7) as usize;
        Some(Self { year, month, day: date, weekday, seconds, fraction })
    }

    /// `2024-03-01`.
    pub fn iso_date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `13:45:00`, with milliseconds where there are any.
    pub fn iso_time(&self) -> String {
        let (hour, minute, second) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        match (self.fraction * 1000.0).round() as i64 {
            0 => format!("{hour:02}:{minute:02}:{second:02}"),
            millis => format!("{hour:02}:{minute:02}:{second:02}.{millis:03}"),
        }
    }

    pub fn is_midnight(&self) -> bool {
        self.seconds == 0 && self.fraction == 0.0
    }
}

/// Whole days since 1899-12-31 and the part of the day after them.
fn split(serial: f64, epoch: Epoch) -> Option<(i64, f64)> {
    if !(0.0..=(LAST_DAY + 1) as f64).contains(&serial) {
        return None;
    }
    let day = serial.floor();
    let shift = if epoch == Epoch::Of1904 { APART } else { 0 };
    Some((day as i64 + shift, serial - day))
}

/// The serial of a date or a date with time in ISO form; `None` where it is no such text.
pub fn from_iso(text: &str, epoch: Epoch) -> Option<f64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if text.as_bytes()[4] != b'-' || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // A day after the last of its month is one of the next.
    let month = Date::new(year as i16, month as i8, 1).ok()?;
    let mut days = days_between(FIRST, month) + day - 1;
    if days >= 60 {
        days += 1;
    }
    if epoch == Epoch::Of1904 {
        days -= APART;
    }
    let time = match text.get(10..) {
        Some(rest) if rest.len() > 1 => {
            let mut parts = rest[1..].trim_end_matches('Z').split(':');
            let mut part = || parts.next().map_or(Some(0.0), |p| p.parse::<f64>().ok());
            part()? * 3600.0 + part()? * 60.0 + part()?
        }
        _ => 0.0,
    };
    Some(days as f64 + time / DAY_SECONDS as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_the_dates_that_excel_says() {
        for (serial, epoch, date, weekday) in [
            (0.0, Epoch::Of1900, "1900-01-00 00:00:00", 6),
            (1.0, Epoch::Of1900, "1900-01-01 00:00:00", 0),
            (59.0, Epoch::Of1900, "1900-02-28 00:00:00", 2),
            (60.0, Epoch::Of1900, "1900-02-29 00:00:00", 3),
            (61.0, Epoch::Of1900, "1900-03-01 00:00:00", 4),
            (45_352.572_916_666_66, Epoch::Of1900, "2024-03-01 13:45:00", 5),
            (2_958_465.0, Epoch::Of1900, "9999-12-31 00:00:00", 5),
            (2_957_003.0, Epoch::Of1904, "9999-12-31 00:00:00", 5),
            (0.0, Epoch::Of1904, "1904-01-01 00:00:00", 5),
            (43_890.0, Epoch::Of1904, "2024-03-01 00:00:00", 5),
            (45_352.999_999_999_99, Epoch::Of1900, "2024-03-02 00:00:00", 6),
            (45_352.000_011_578, Epoch::Of1900, "2024-03-01 00:00:01", 5),
        ] {
            let moment = Moment::exact(serial, epoch).unwrap();
            assert_eq!(format!("{} {}", moment.iso_date(), moment.iso_time()), date);
            assert_eq!(moment.weekday, weekday, "{date}");
        }
        for none in [-1.0, 2_958_465.999_999_999, 2_958_466.0, 2_958_466.5, f64::NAN, f64::INFINITY] {
            assert_eq!(Moment::exact(none, Epoch::Of1900), None, "{none}");
            assert_eq!(Moment::displayed(none, Epoch::Of1900), None, "{none}");
        }
        for none in [2_957_003.999_999_999, 2_957_004.0, 2_958_465.0] {
            assert_eq!(Moment::exact(none, Epoch::Of1904), None, "{none}");
        }
    }

    #[test]
    fn iso_text_gives_the_serial_back() {
        for (text, epoch, serial) in [
            ("1900-01-01", Epoch::Of1900, 1.0),
            ("1900-02-28", Epoch::Of1900, 59.0),
            ("1900-03-01", Epoch::Of1900, 61.0),
            ("2024-03-01T12:00:00", Epoch::Of1900, 45_352.5),
            ("2024-03-01", Epoch::Of1904, 43_890.0),
            ("9999-12-31", Epoch::Of1900, 2_958_465.0),
            // Before the first day; what no spreadsheet shows is the same number all the same.
            ("1899-12-31", Epoch::Of1900, 0.0),
            ("1899-12-30", Epoch::Of1900, -1.0),
            ("0001-01-01", Epoch::Of1900, -693_594.0),
            ("0000-01-01", Epoch::Of1904, -695_422.0),
            ("-999-01-01", Epoch::Of1900, -1_058_837.0),
            // Behind the last day of a month.
            ("1900-02-29", Epoch::Of1900, 61.0),
            ("2023-02-31", Epoch::Of1900, 44_988.0),
        ] {
            assert_eq!(from_iso(text, epoch), Some(serial), "{text}");
        }
        for none in ["2024-00-01", "2024-13-01", "2024-01-00", "2024-01-32", "é024-01-01"] {
            assert_eq!(from_iso(none, Epoch::Of1900), None, "{none}");
        }
    }
}
