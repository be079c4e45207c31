//! When rows of a table were made: which of its date columns tells it.

use super::told::{ColumnAnalysis, YearCount};

/// Words of headers, from those that say when a row was made to those that say when something happened.
#[rustfmt::skip]
const TELLING: [&[&str]; 4] = [
    &["created", "create", "entered", "entry", "added", "inserted", "recorded", "logged", "creation", "insert", "dateadded"],
    &["visit", "service", "encounter", "exam", "test", "collected", "administered", "given", "performed", "result",
        "incident", "injury", "appointment", "order", "ordered", "admit", "admission", "event", "transaction", "immunization"],
    &["modified", "updated", "changed", "update", "modify", "edited", "lastupdate", "revised"],
    &["date", "time", "datetime", "timestamp", "dt"],
];

/// Headers of dates that lie ahead, or that say when a person's life or work began.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "birth", "dob", "birthdate", "born", "death", "deceased", "hire", "hired", "hiredate", "termination", "terminated",
    "term", "due", "expires", "expire", "expiration", "expiry", "exp", "next", "until", "effective", "valid", "retire",
    "retirement", "start", "end",
];

/// The column that tells when rows were made, and the rows by year.
pub struct Activity<'a> {
    pub column: usize,
    pub years: &'a [YearCount],
}

/// `words` are those of each column's header, in lower case.
pub fn activity<'a>(columns: &'a [ColumnAnalysis], words: &[Vec<String>]) -> Option<Activity<'a>> {
    let ranked = columns.iter().enumerate().filter_map(|(at, column)| {
        let dates = column.dates.as_ref()?;
        // Rows without it would be taken for none.
        let covers = dates.count.saturating_sub(dates.zero) * 10 >= column.rows * 6;
        if !covers || dates.years.is_empty() {
            return None;
        }
        Some((rank(words.get(at).map_or(&[], Vec::as_slice))?, at))
    });
    let (_, column) = ranked.min()?;
    let years = columns[column].dates.as_ref().map_or(&[][..], |dates| &dates.years);
    Some(Activity { column, years })
}

/// The less, the better; `None` for dates that tell no use.
fn rank(words: &[String]) -> Option<usize> {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match TELLING.iter().take(3).position(|list| has(list)) {
        Some(at) if at == 0 || !has(OTHER) => Some(at),
        _ if has(OTHER) => None,
        _ if has(TELLING[3]) => Some(3),
        _ => Some(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_that_tells_of_use_is_found_by_its_name() {
        for (name, expected) in [
            ("created date", Some(0)),
            ("visit date", Some(1)),
            ("last modified", Some(2)),
            ("date", Some(3)),
            ("seen", Some(4)),
            ("birth date", None),
            ("next visit date", None),
            ("expiration date", None),
            ("hire date", None),
        ] {
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            assert_eq!(rank(&words), expected, "{name}");
        }
    }
}
