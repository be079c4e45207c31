//! Dates of a column: how they are written, of which years they are, and what is odd about them.

use std::collections::BTreeMap;

use super::dates::{DATES, may_be_date};
use super::told::{DateFormatCount, Dates, YearCount};

/// Year, month, day.
pub(crate) type Day = (u32, u32, u32);

#[derive(Default)]
pub(crate) struct Days {
    /// Rows by the formats they fit, one bit each in the order of [`DATES`].
    fits: BTreeMap<u16, u64>,
    /// By format.
    range: [Option<(Day, Day)>; DATES.len()],
    years: BTreeMap<u32, u64>,
    count: u64,
    zero: u64,
    future: u64,
    timed: u64,
    midnight: u64,
    zoned: u64,
    halves: u64,
}

impl Days {
    /// Whether the text is a date. Days of `placeholder`s are in no range.
    pub fn see(&mut self, text: &str, count: u64, placeholder: bool, today: Day) -> bool {
        let bytes = text.as_bytes();
        if !may_be_date(bytes) {
            return false;
        }
        let mut fits = 0_u16;
        let mut first = None;
        for (at, format) in DATES.iter().enumerate() {
            let Some(((year, month, day, micros), timed)) = format.stamp(bytes) else { continue };
            fits |= 1 << at;
            first.get_or_insert(((year, month, day), micros, timed));
            if month > 0 && day > 0 && year > 0 && !placeholder {
                let day = (year, month, day);
                let range = self.range[at].get_or_insert((day, day));
                *range = (range.0.min(day), range.1.max(day));
            }
        }
        let Some((day, micros, timed)) = first else { return false };
        self.count += count;
        *self.fits.entry(fits).or_default() += count;
        let zero = day.0 == 0 || day.1 == 0 || day.2 == 0;
        // `0000-00-00` is told as what stands for none.
        self.zero += if zero && !placeholder { count } else { 0 };
        if day.0 > 0 && !placeholder {
            *self.years.entry(day.0).or_default() += count;
            self.future += if day > today { count } else { 0 };
        }
        if timed {
            self.timed += count;
            self.midnight += if micros == 0 { count } else { 0 };
            let half = bytes.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'M'));
            self.halves += if half { count } else { 0 };
            // The dashes of the date stand before the first colon.
            let after = text.find(':').map_or("", |at| &text[at..]);
            let zoned = after.ends_with('Z') || after.contains(['+', '-']);
            self.zoned += if zoned { count } else { 0 };
        }
        true
    }

    pub fn conclude(self) -> Option<Dates> {
        if self.count == 0 {
            return None;
        }
        let alone: Vec<u64> = (0..DATES.len()).map(|at| self.fits.get(&(1 << at)).copied().unwrap_or(0)).collect();
        let mut by_format = alone.clone();
        let (mut ambiguous, mut undecided) = (0, false);
        for (fits, count) in self.fits.iter().filter(|(fits, _)| fits.count_ones() > 1) {
            let of = (0..DATES.len()).filter(|at| fits & (1 << at) != 0);
            // As the rows that leave no choice are written; the first where there are none.
            let chosen = of.clone().max_by_key(|at| (alone[*at], std::cmp::Reverse(*at))).unwrap_or(0);
            undecided |= of.clone().all(|at| alone[at] == 0);
            ambiguous += count;
            by_format[chosen] += count;
        }
        let mut formats: Vec<(usize, u64)> =
            by_format.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        formats.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        let ranges = || formats.iter().filter_map(|(at, _)| self.range[*at]);
        let iso = |day: Option<Day>| day.map_or_else(String::new, |(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
        let told = |at: usize| if self.timed * 2 > self.count { DATES[at].timed } else { DATES[at].plain };
        Some(Dates {
            count: self.count,
            formats: formats
                .iter()
                .map(|(at, n)| DateFormatCount { format: told(*at).to_owned(), count: *n })
                .collect(),
            ambiguous,
            undecided,
            zero: self.zero,
            future: self.future,
            first: iso(ranges().map(|(first, _)| first).min()),
            last: iso(ranges().map(|(_, last)| last).max()),
            years: self.years.iter().map(|(year, count)| YearCount { year: *year, count: *count }).collect(),
            timed: self.timed,
            midnight: self.midnight,
            zoned: self.zoned,
            half_days: self.halves,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Option<Dates> {
        let mut days = Days::default();
        for text in texts {
            days.see(text, 1, *text == "1900-01-01", (2026, 11, 28));
        }
        days.conclude()
    }

    #[test]
    fn years_are_counted_and_what_stands_for_no_date_is_not_among_them() {
        let told = of(&["2019-02-01", "2019-05-03", "2031-01-01", "0000-00-00", "1900-01-01", "seen"]).unwrap();
        assert_eq!((told.count, told.zero, told.future), (5, 1, 1));
        assert_eq!((told.first.as_str(), told.last.as_str()), ("2019-02-01", "2031-01-01"));
        let years: Vec<(u32, u64)> = told.years.iter().map(|y| (y.year, y.count)).collect();
        assert_eq!(years, [(2019, 2), (2031, 1)]);
        assert_eq!(of(&["seen", "12"]), None);
    }

    #[test]
    fn a_day_that_could_be_a_month_is_told_and_settled_by_its_neighbours() {
        let told = of(&["03/04/2019", "13/04/2019"]).unwrap();
        assert_eq!((told.ambiguous, told.undecided, told.formats[0].format.as_str()), (1, false, "D/M/YYYY"));
        assert_eq!(told.first, "2019-04-03");
        let told = of(&["03/04/2019", "05/04/2019"]).unwrap();
        assert_eq!((told.ambiguous, told.undecided, told.formats[0].format.as_str()), (2, true, "M/D/YYYY"));
    }

    #[test]
    fn times_of_day_tell_whether_they_mean_anything() {
        let told = of(&["2019-02-01 00:00:00", "2019-02-02 00:00:00"]).unwrap();
        assert_eq!((told.timed, told.midnight), (2, 2));
        let told = of(&["2019-02-01T08:30:00+02:00", "2019-02-01T08:30:00Z", "2019-02-01 08:30:00"]).unwrap();
        assert_eq!((told.timed, told.zoned, told.midnight), (3, 2, 0));
        let told = of(&["2/1/2019 8:30 PM", "12/31/2019 8:30 AM"]).unwrap();
        assert_eq!((told.half_days, told.zoned), (2, 0));
    }
}
