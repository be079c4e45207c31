//! What is wrong, or may be, with the values of a column: each in a sentence that holds none of them.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::told::{ColumnAnalysis, TableAnalysis};

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    SsnInText,
    AmbiguousDates,
    MixedDateFormats,
    NotDates,
    NotNumbers,
    ZeroDates,
    FutureDates,
    Placeholders,
    WronglyDecoded,
    Truncated,
    RepeatedRows,
    Variants,
    Markup,
    WhiteSpace,
    NoTimeOfDay,
    /// Rows that point at one that is not there; relationships tell of it, not a close look.
    Orphans,
}

impl Trouble {
    pub fn label(self) -> &'static str {
        match self {
            Self::SsnInText => "SSN within text",
            Self::AmbiguousDates => "day or month?",
            Self::MixedDateFormats => "several date formats",
            Self::NotDates => "dates, and other text",
            Self::NotNumbers => "numbers, and other text",
            Self::ZeroDates => "zero dates",
            Self::FutureDates => "dates in the future",
            Self::Placeholders => "stands for none",
            Self::WronglyDecoded => "wrongly decoded text",
            Self::Truncated => "perhaps cut off",
            Self::RepeatedRows => "repeated rows",
            Self::Variants => "several spellings",
            Self::Markup => "text with markup",
            Self::WhiteSpace => "white space only",
            Self::NoTimeOfDay => "dates kept as times",
            Self::Orphans => "rows without a parent",
        }
    }
}

/// One trouble with the rows it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub trouble: Trouble,
    pub rows: u64,
    pub sentence: String,
}

/// Dates ahead are right where the header speaks of them.
const AHEAD: &[&str] = &[
    "due",
    "expires",
    "expire",
    "expiration",
    "expiry",
    "exp",
    "next",
    "until",
    "end",
    "scheduled",
    "appointment",
    "valid",
];

/// Of a column; `words` are those of its header, in lower case.
pub fn of_column(column: &ColumnAnalysis, words: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |trouble, rows: u64, sentence: String| {
        if rows > 0 {
            found.push(Finding { trouble, rows, sentence });
        }
    };
    let stand_for_none: u64 = column.placeholders.iter().map(|p| p.count).sum();
    if stand_for_none > 0 {
        let written: Vec<&str> = column.placeholders.iter().map(|p| p.written.as_str()).collect();
        say(
            Trouble::Placeholders,
            stand_for_none,
            format!("{} hold {}, which may stand for no value", rows(stand_for_none), written.join(", ")),
        );
    }
    say(
        Trouble::WhiteSpace,
        column.white_space,
        format!("{} hold nothing but tabs, line ends or other white space", rows(column.white_space)),
    );
    of_dates(column, words, &mut say);
    of_text(column, &mut say);
    found
}

fn of_dates(column: &ColumnAnalysis, words: &[String], say: &mut impl FnMut(Trouble, u64, String)) {
    let Some(dates) = &column.dates else { return };
    let (count, meant) = (dates.count, column.meant);
    // A few dates among other text are no column of dates.
    if count * 2 < meant {
        return;
    }
    let others = meant.saturating_sub(count);
    say(Trouble::NotDates, others, format!("{} of a column of dates hold something else", rows(others)));
    say(Trouble::ZeroDates, dates.zero, format!("{} hold a date without year, month or day", rows(dates.zero)));
    if dates.formats.len() > 1 {
        let all: Vec<&str> = dates.formats.iter().map(|f| f.format.as_str()).collect();
        let fewer: u64 = dates.formats.iter().skip(1).map(|f| f.count).sum();
        say(Trouble::MixedDateFormats, fewer, format!("dates are written in {} ways: {}", all.len(), all.join(", ")));
    }
    if dates.undecided {
        say(
            Trouble::AmbiguousDates,
            dates.ambiguous,
            format!("{} could be day before month or month before day, and no row tells which", rows(dates.ambiguous)),
        );
    }
    if !words.iter().any(|word| AHEAD.contains(&word.as_str())) {
        say(Trouble::FutureDates, dates.future, format!("{} hold a date in the future", rows(dates.future)));
    }
    if dates.timed == count && dates.midnight == count && count > 1 {
        say(Trouble::NoTimeOfDay, count, "every time of day is midnight: only the day was kept".to_owned());
    }
}

fn of_text(column: &ColumnAnalysis, say: &mut impl FnMut(Trouble, u64, String)) {
    let of_kind = |kind| column.kinds.iter().find(|found| found.kind == kind).map_or(0, |found| found.count);
    let numbers = column.numbers.as_ref().map_or(0, |n| n.count);
    if numbers * 10 >= column.meant * 8 && numbers < column.meant {
        let others = column.meant - numbers;
        say(Trouble::NotNumbers, others, format!("{} of a column of numbers hold something else", rows(others)));
    }
    let ssn = of_kind(Kind::SsnInText);
    say(Trouble::SsnInText, ssn, format!("{} hold a social security number within their text", rows(ssn)));
    let wrong = of_kind(Kind::Mojibake);
    say(
        Trouble::WronglyDecoded,
        wrong,
        format!("{} hold letters that were decoded wrongly (Ã© for é) and can be repaired", rows(wrong)),
    );
    for (kind, name) in [(Kind::Html, "HTML"), (Kind::Rtf, "RTF"), (Kind::Xml, "XML")] {
        let marked = of_kind(kind);
        say(Trouble::Markup, marked, format!("{} hold {name}: people would read its tags", rows(marked)));
    }
    if let Some(cut) = &column.truncation {
        let declared = if cut.declared { ", as many as the column takes" } else { "" };
        let sentence = format!(
            "{} are exactly {} characters long{declared}: longer ones may have been cut",
            rows(cut.count),
            cut.length
        );
        say(Trouble::Truncated, cut.count, sentence);
    }
    if let Some(variants) = &column.variants {
        let values = if variants.values == 1 {
            "1 value is".to_owned()
        } else {
            format!("{} values are", grouped(variants.values))
        };
        say(
            Trouble::Variants,
            variants.rows,
            format!("{values} written in more than one way: case or blanks differ, in {}", rows(variants.rows)),
        );
    }
}

/// Of the rows of a table together.
pub fn of_table(table: &TableAnalysis) -> Vec<Finding> {
    let whole = table.repeats.as_ref().filter(|repeats| repeats.rows > 0);
    let keyless = table.repeats_but_for_key.as_ref().filter(|repeats| repeats.rows > 0);
    let (repeats, same) = match (whole, keyless) {
        (Some(repeats), _) => (repeats, "repeat another row to the last value"),
        (None, Some(repeats)) => (repeats, "repeat another row in all but its key"),
        _ => return Vec::new(),
    };
    let about = if repeats.estimated { "about " } else { "" };
    vec![Finding {
        trouble: Trouble::RepeatedRows,
        rows: repeats.rows,
        sentence: format!("{about}{} {same}", rows(repeats.rows)),
    }]
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(count)) }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::{About, Analysis, Value};
    use super::*;

    type Case<'a> = (&'a str, &'a str, &'a [&'a str], &'a [(Trouble, u64)]);

    fn of(name: &str, values: &[&str]) -> Vec<(Trouble, u64)> {
        let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let about = About { words: words.clone(), declared_length: None, today: (2026, 11, 28) };
        let mut analysis = Analysis::new(about);
        for value in values {
            analysis.see(Value::Text(value));
        }
        of_column(&analysis.conclude(), &words).into_iter().map(|f| (f.trouble, f.rows)).collect()
    }

    #[test]
    fn each_trouble_is_found_where_it_is_and_nowhere_else() {
        use Trouble as T;
        let cases: &[Case<'_>] = &[
            ("nothing is wrong", "visit date", &["2019-02-01", "2020-05-03"], &[]),
            ("a date to come", "visit date", &["2019-02-01", "2031-05-03"], &[(T::FutureDates, 1)]),
            ("a date to come is due", "due date", &["2019-02-01", "2031-05-03"], &[]),
            ("a date of nothing", "visit date", &["2019-02-01", "2004-05-00"], &[(T::ZeroDates, 1)]),
            ("no way to tell", "visit date", &["03/04/2019", "05/06/2019"], &[(T::AmbiguousDates, 2)]),
            ("words among dates", "visit date", &["2019-02-01", "2019-02-02", "soon"], &[(T::NotDates, 1)]),
            (
                "words among dates, and dates that stand for none",
                "visit date",
                &["2019-02-01", "0000-00-00", "2019-02-02", "1900-01-01", "soon"],
                &[(T::Placeholders, 2), (T::NotDates, 1)],
            ),
            ("numbers, and dates for none", "dose", &["0000-00-00", "1900-01-01", "7", "9"], &[(T::Placeholders, 2)]),
            (
                "two ways to write a date",
                "visit date",
                &["2019-02-01", "2019-02-02", "13/04/2019"],
                &[(T::MixedDateFormats, 1)],
            ),
            ("the time was lost", "seen", &["2019-02-01 00:00:00", "2019-02-02 00:00:00"], &[(T::NoTimeOfDay, 2)]),
            ("a word among numbers", "weight", &["71", "80", "64", "90", "77", "refused"], &[(T::NotNumbers, 1)]),
            ("spellings", "vaccine", &["Tdap", "TDAP", "MMR"], &[(T::Variants, 2)]),
            ("nobody knows", "allergy", &["Unknown", "latex"], &[(T::Placeholders, 1)]),
            ("tags", "note", &["<p>Well</p>", "well"], &[(T::Markup, 1)]),
        ];
        for (trap, name, values, expected) in cases {
            assert_eq!(of(name, values), *expected, "{trap}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), expected);
        }
    }
}
