//! What is told of a table and its columns, as plain data.

use serde::{Deserialize, Serialize};

use super::kind::{Kind, Sureness};

macro_rules! told {
    ($($(#[$meta:meta])* pub struct $name:ident $body:tt)*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "wire", derive(ts_rs::TS))]
        $(#[$meta])*
        pub struct $name $body
    )*};
}

told! {
    /// A table after a close look at all of its rows.
    pub struct TableAnalysis {
        /// In the order of its columns.
        pub columns: Vec<ColumnAnalysis>,
        /// Rows that repeat another row in every value.
        pub repeats: Option<Repeats>,
        /// The same without the columns that tell rows apart; `None` where there are none.
        pub repeats_but_for_key: Option<Repeats>,
    }

    pub struct Repeats {
        /// Beyond the first of each.
        pub rows: u64,
        /// Whether only a part of the rows was compared.
        pub estimated: bool,
    }

    /// A column after a close look at all of its values.
    pub struct ColumnAnalysis {
        pub rows: u64,
        pub nulls: u64,
        /// Of no bytes, or of spaces alone.
        pub blanks: u64,
        /// Of tabs, line ends and other white space.
        pub white_space: u64,
        /// Values that stand for none, each with its count; they are not among `meant`.
        pub placeholders: Vec<Placeholder>,
        /// Rows that say something: neither NULL, blank, white space nor a placeholder.
        pub meant: u64,
        pub lengths: Lengths,
        /// The most frequent shapes of text, most frequent first.
        pub patterns: Vec<Pattern>,
        /// Rows of all other shapes.
        pub other_patterns: u64,
        pub numbers: Option<Numbers>,
        pub dates: Option<Dates>,
        /// What the values look like, surest first.
        pub kinds: Vec<KindFound>,
        pub blobs: Vec<Blob>,
        pub variants: Option<Variants>,
        pub truncation: Option<Truncation>,
    }

    pub struct Placeholder {
        /// As it is usually written: `N/A`, `1900-01-01`.
        pub written: String,
        pub count: u64,
    }

    pub struct Lengths {
        /// In characters for text, in bytes for binary.
        pub least: u64,
        pub greatest: u64,
        pub mean: f64,
        /// Rows by length; lengths over 64 in bins, each as wide as it is far.
        pub bins: Vec<LengthBin>,
    }

    pub struct LengthBin {
        pub from: u64,
        pub to: u64,
        pub count: u64,
    }

    pub struct Pattern {
        /// `A` and `a` for letters, `9` for digits; a run of over four letters is `a+`. Other signs are themselves.
        pub shape: String,
        pub count: u64,
    }

    pub struct Numbers {
        /// Rows that hold a number, written plainly.
        pub count: u64,
        pub zeros: u64,
        pub negatives: u64,
        pub least: f64,
        pub greatest: f64,
        pub mean: f64,
        /// Of a sample (n − 1); 0 for a single row.
        pub deviation: f64,
        /// At 1, 5, 25, 50, 75, 95 and 99 percent: the least value that so many rows do not exceed.
        pub quantiles: Vec<Quantile>,
        /// By how many percent of the rows a quantile may be off; 0 where it is exact.
        pub error_percent: f64,
        /// Twenty bins of the same width, or one for each value where there are no more.
        pub histogram: Vec<NumberBin>,
    }

    pub struct Quantile {
        pub percent: u32,
        pub value: f64,
    }

    pub struct NumberBin {
        pub from: f64,
        pub to: f64,
        pub count: u64,
    }

    pub struct Dates {
        /// Rows that hold a date, of those that say something: `0000-00-00` and its like are placeholders.
        pub count: u64,
        /// How they are written, most frequent first.
        pub formats: Vec<DateFormatCount>,
        /// Rows that are another day where day and month change places (`03/04/2019`).
        pub ambiguous: u64,
        /// Whether no row tells which of the two it is.
        pub undecided: bool,
        /// Dates without year, month or day.
        pub zero: u64,
        /// After the day of the analysis.
        pub future: u64,
        /// ISO days of the first and the last that are no zero dates.
        pub first: String,
        pub last: String,
        pub years: Vec<YearCount>,
        /// With a time of day.
        pub timed: u64,
        /// Of those, at midnight: all of them mean that only the day is kept.
        pub midnight: u64,
        /// Of those, with a zone.
        pub zoned: u64,
        /// Of those, with AM or PM.
        pub half_days: u64,
    }

    pub struct DateFormatCount {
        pub format: String,
        pub count: u64,
    }

    pub struct YearCount {
        pub year: u32,
        pub count: u64,
    }

    pub struct KindFound {
        pub kind: Kind,
        /// As people call it.
        pub label: String,
        pub count: u64,
        /// Of the rows that say something.
        pub percent: f64,
        pub sureness: Sureness,
        /// Why it is taken for that, as sentences without a value.
        pub evidence: Vec<String>,
        /// Numbers of the first rows that hold it, from 1.
        pub example_rows: Vec<u64>,
    }

    pub struct Blob {
        /// `PDF`, `TIFF`, …; `unknown` where no signature fits.
        pub content: String,
        pub count: u64,
        pub bytes: u64,
    }

    /// Values that differ in case, padding or inner blanks only.
    pub struct Variants {
        /// Values that are written in more than one way.
        pub values: u64,
        /// Rows that hold one of them.
        pub rows: u64,
        /// Whether the column has more values than were compared.
        pub in_part: bool,
    }

    /// Many values of exactly the greatest length: what was longer may have been cut.
    pub struct Truncation {
        pub length: u64,
        pub count: u64,
        /// Whether that is the declared length.
        pub declared: bool,
    }
}
