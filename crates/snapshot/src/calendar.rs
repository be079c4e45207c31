//! Days that a format counts from a first one, and their dates: each format has its own first day, all have the same
//! calendar.

use jiff::Span;
use jiff::civil::Date;

/// The date so many days after the first; `None` past the year 9999.
pub fn date_after(first: Date, days: i64) -> Option<Date> {
    // As a span: of durations jiff adds none as long as from the year 1 to 9999.
    first.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// How many days a date is after the first.
pub fn days_between(first: Date, date: Date) -> i64 {
    date.duration_since(first).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn what_is_no_date_is_none_and_no_panic() {
        let first = civil::date(1899, 12, 30);
        for (days, date) in [
            (0, Some(first)),
            (2_958_465, Some(civil::date(9999, 12, 31))),
            (2_958_466, None),
            (-693_593, Some(civil::date(1, 1, 1))),
            (-4_346_018, Some(Date::MIN)),
            (-4_346_019, None),
            (7_304_485, None),
            (i64::MAX, None),
            (i64::MIN, None),
        ] {
            assert_eq!(date_after(first, days), date, "{days}");
            assert_eq!(date.map(|date| days_between(first, date)), date.map(|_| days), "{days}");
        }
    }
}
