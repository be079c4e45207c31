//! Dates of a column: how they are written, of which years they are, and what is odd about them.

use std::collections::BTreeMap;

use super::dates::{DATES, may_be_date};
use super::told::{DateFormatCount, Dates, YearCount};

/// Year, month, day.
pub(crate) type Day = (u32, u32, u32);

#[derive(Default)]
pub(crate) struct Days {
    /// Rows by the formats they fit, one bit each in the order of [`DATES`].
    fits: BTreeMap<u16, Fit>,
    /// By format.
    range: [Option<(Day, Day)>; DATES.len()],
    years: BTreeMap<u32, u64>,
    count: u64,
    zero: u64,
    timed: u64,
    midnight: u64,
    zoned: u64,
    halves: u64,
}

/// Rows that fit the same formats.
#[derive(Default)]
struct Fit {
    count: u64,
    /// Of those, with another day in another of the formats: `03/04/2019`, not `03/03/2019`.
    moved: u64,
    /// In the future, by the format they are read in.
    future: [u64; DATES.len()],
}

impl Days {
    /// Whether the text is a date. What stands for none is not asked about.
    pub fn see(&mut self, text: &str, count: u64, today: Day) -> bool {
        let bytes = text.as_bytes();
        if !may_be_date(bytes) {
            return false;
        }
        let mut fits = 0_u16;
        let mut future = 0_u16;
        let mut moved = false;
        let mut first = None;
        for (at, format) in DATES.iter().enumerate() {
            let Some(((year, month, day, micros), timed)) = format.stamp(bytes) else { continue };
            let day = (year, month, day);
            fits |= 1 << at;
            future |= u16::from(year > 0 && day > today) << at;
            moved |= first.get_or_insert((day, micros, timed)).0 != day;
            if day.0 > 0 && day.1 > 0 && day.2 > 0 {
                let range = self.range[at].get_or_insert((day, day));
                *range = (range.0.min(day), range.1.max(day));
            }
        }
        let Some((day, micros, timed)) = first else { return false };
        self.count += count;
        let fit = self.fits.entry(fits).or_default();
        fit.count += count;
        fit.moved += if moved { count } else { 0 };
        for (at, rows) in fit.future.iter_mut().enumerate() {
            *rows += if future & (1 << at) != 0 { count } else { 0 };
        }
        self.zero += if day.0 == 0 || day.1 == 0 || day.2 == 0 { count } else { 0 };
        if day.0 > 0 {
            *self.years.entry(day.0).or_default() += count;
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
        let alone: Vec<u64> = (0..DATES.len()).map(|at| self.fits.get(&(1 << at)).map_or(0, |fit| fit.count)).collect();
        let mut by_format = vec![0; DATES.len()];
        let (mut ambiguous, mut undecided, mut future) = (0, false, 0);
        for (fits, fit) in &self.fits {
            let of = (0..DATES.len()).filter(|at| fits & (1 << at) != 0);
            // As the rows that leave no choice are written; the first where there are none.
            let chosen = of.clone().max_by_key(|at| (alone[*at], std::cmp::Reverse(*at))).unwrap_or(0);
            undecided |= fit.moved > 0 && of.clone().all(|at| alone[at] == 0);
            ambiguous += fit.moved;
            future += fit.future[chosen];
            by_format[chosen] += fit.count;
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
            future,
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
            days.see(text, 1, (2026, 11, 28));
        }
        days.conclude()
    }

    #[test]
    fn years_are_counted_and_dates_without_a_day_are_in_no_range() {
        let told = of(&["2019-02-01", "2019-05-03", "2031-01-01", "2004-05-00", "0000-05-01", "seen"]).unwrap();
        assert_eq!((told.count, told.zero, told.future), (5, 2, 1));
        assert_eq!((told.first.as_str(), told.last.as_str()), ("2019-02-01", "2031-01-01"));
        let years: Vec<(u32, u64)> = told.years.iter().map(|y| (y.year, y.count)).collect();
        assert_eq!(years, [(2004, 1), (2019, 2), (2031, 1)]);
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
    fn the_third_of_march_is_that_either_way() {
        let told = of(&["03/03/2019", "04/04/2019"]).unwrap();
        assert_eq!((told.ambiguous, told.undecided), (0, false));
        let told = of(&["03/03/2019", "03/04/2019", "13/04/2019"]).unwrap();
        assert_eq!((told.ambiguous, told.undecided, told.formats[0].count), (1, false, 3));
    }

    #[test]
    fn the_future_begins_where_the_column_has_its_day_and_month() {
        // The 5th of December is to come, May the 12th is gone; and the other way round.
        let told = of(&["05/12/2026", "12/05/2026", "31/12/2019"]).unwrap();
        assert_eq!((told.formats[0].format.as_str(), told.future), ("D/M/YYYY", 1));
        assert_eq!(told.last, "2026-12-05");
        let told = of(&["05/12/2026", "12/05/2026", "12/05/2026", "12/31/2019"]).unwrap();
        assert_eq!((told.formats[0].format.as_str(), told.future), ("M/D/YYYY", 2));
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
