//! Calendar days counted from 1970-01-01, and the ways old systems wrote them down.

/// One calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

/// The last day of the invented history: the dump was taken that evening.
pub const LAST: Day = Day::of(2024, 11, 29);

/// The first day the clinic kept records in a computer.
pub const FIRST: Day = Day::of(2004, 1, 5);

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Day {
    /// The day with this date.
    pub const fn of(year: i32, month: i32, day: i32) -> Self {
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Self(era * 146_097 + doe - 719_468)
    }

    /// Year, month and day of the month.
    pub const fn parts(self) -> (i32, i32, i32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, doy - (153 * mp + 2) / 5 + 1)
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.parts().0
    }

    /// So many days later (or earlier).
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0 + days as i32)
    }

    /// The same day, or the Monday after it when it falls on a weekend.
    pub const fn workday(self) -> Self {
        match (self.0 + 3).rem_euclid(7) {
            5 => Self(self.0 + 2),
            6 => Self(self.0 + 1),
            _ => self,
        }
    }

    /// Years from this day to `other`, with the fraction.
    pub fn years_to(self, other: Self) -> f64 {
        f64::from(other.0 - self.0) / 365.25
    }

    /// `2009-03-12`
    pub fn iso(self) -> String {
        let (y, m, d) = self.parts();
        format!("{y:04}-{m:02}-{d:02}")
    }

    /// `03/12/2009`
    pub fn us(self) -> String {
        let (y, m, d) = self.parts();
        format!("{m:02}/{d:02}/{y:04}")
    }

    /// `3/12/09`
    pub fn us_short(self) -> String {
        let (y, m, d) = self.parts();
        format!("{m}/{d}/{:02}", y % 100)
    }

    /// `12-MAR-2009`
    pub fn oracle(self) -> String {
        let (y, m, d) = self.parts();
        format!("{d:02}-{}-{y:04}", MONTHS[(m - 1) as usize].to_ascii_uppercase())
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
    fn days_go_there_and_back() {
        assert_eq!(Day::of(1970, 1, 1).0, 0);
        assert_eq!(Day::of(2000, 3, 1).0, 11_017);
        for n in (-20_000..25_000).step_by(17) {
            let (y, m, d) = Day(n).parts();
            assert_eq!(Day::of(y, m, d), Day(n));
        }
        assert_eq!(Day::of(2024, 11, 30).workday().iso(), "2024-12-02");
        assert_eq!(Day::of(2009, 3, 2).oracle(), "02-MAR-2009");
    }
}
