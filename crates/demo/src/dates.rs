//! Calendar days, and the ways old systems wrote them down.

use jiff::ToSpan;
use jiff::civil::{self, Date, Weekday};

/// One calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

/// The last day of the invented history: the dump was taken that evening.
pub const LAST: Day = Day::of(2024, 11, 29);

/// The first day the clinic kept records in a computer.
pub const FIRST: Day = Day::of(2004, 1, 5);

impl Day {
    /// The day with this date.
    pub const fn of(year: i32, month: i32, day: i32) -> Self {
        Self(civil::date(year as i16, month as i8, day as i8))
    }

    /// Year, month and day of the month.
    pub fn parts(self) -> (i32, i32, i32) {
        (self.0.year().into(), self.0.month().into(), self.0.day().into())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year().into()
    }

    /// Days since 1970-01-01: what chance and lots of vaccine go by.
    pub fn number(self) -> i32 {
        Self::of(1970, 1, 1).days_to(self)
    }

    /// Days from this one to `other`.
    pub fn days_to(self, other: Self) -> i32 {
        (other.0.duration_since(self.0).as_hours() / 24) as i32
    }

    /// So many days later (or earlier).
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days.days())
    }

    /// The same day, or the Monday after it when it falls on a weekend.
    pub fn workday(self) -> Self {
        match self.0.weekday() {
            Weekday::Saturday => self.plus(2),
            Weekday::Sunday => self.plus(1),
            _ => self,
        }
    }

    /// Years from this day to `other`, with the fraction.
    pub fn years_to(self, other: Self) -> f64 {
        f64::from(self.days_to(other)) / 365.25
    }

    /// `2009-03-12`
    pub fn iso(self) -> String {
        self.0.to_string()
    }

    /// `03/12/2009`
    pub fn us(self) -> String {
        self.0.strftime("%m/%d/%Y").to_string()
    }

    /// `3/12/09`
    pub fn us_short(self) -> String {
        // Not as `%y`, which jiff refuses of births before 1969.
        let (y, m, d) = self.parts();
        format!("{m}/{d}/{:02}", y % 100)
    }

    /// `12-MAR-2009`
    pub fn oracle(self) -> String {
        self.0.strftime("%d-%^b-%Y").to_string()
    }

    /// `2009-03-12 14:05:00`, at so many minutes past midnight.
    pub fn at(self, minute: i64) -> String {
        format!("{} {:02}:{:02}:00", self.iso(), minute / 60, minute % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_old_systems_wrote_them() {
        let day = Day::of(2009, 3, 2);
        assert_eq!((day.iso(), day.us()), ("2009-03-02".to_owned(), "03/02/2009".to_owned()));
        assert_eq!((day.us_short(), day.oracle()), ("3/2/09".to_owned(), "02-MAR-2009".to_owned()));
        assert_eq!(day.at(845), "2009-03-02 14:05:00");
        assert_eq!(Day::of(1948, 12, 31).us_short(), "12/31/48");
    }

    #[test]
    fn days_are_counted_both_ways_and_weekends_left_out() {
        for (day, number) in [((1970, 1, 1), 0), ((2000, 3, 1), 11_017), ((1948, 2, 29), -7_977)] {
            let day = Day::of(day.0, day.1, day.2);
            assert_eq!(day.number(), number);
            assert_eq!(day.plus(i64::from(-number)), Day::of(1970, 1, 1));
        }
        for (day, next) in [(29, "2024-11-29"), (30, "2024-12-02")] {
            assert_eq!(Day::of(2024, 11, day).workday().iso(), next);
        }
        assert_eq!(Day::of(2024, 12, 1).workday().iso(), "2024-12-02");
    }
}
