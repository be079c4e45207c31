//! What a close look at a column tells: how long its values are and how they are shaped, which numbers, years, codes
//! and documents stand in it, and what is wrong with them. Exact, in one pass, in bounded memory; where a figure is
//! not exact, its error stands beside it.
//!
//! Nothing that is told holds a value of the source but shapes (`AA-9999`), figures, days and the numbers of rows.

pub mod check_digit;
pub mod dates;

pub mod activity;
pub mod finding;
pub mod role;

mod blob;
mod column;
mod days;
mod kind;
mod lengths;
mod numbers;
mod pattern;
mod placeholder;
mod table;
mod told;
mod variants;

pub use column::{About, Analysis, Value};
pub use kind::{Kind, Sureness};
pub use table::{Rows, TableInput};
pub use told::{
    Blob, ColumnAnalysis, DateFormatCount, Dates, KindFound, LengthBin, Lengths, NumberBin, Numbers, Pattern,
    Placeholder, Quantile, Repeats, TableAnalysis, Truncation, Variants, YearCount,
};

/// Raised whenever what is told of a column changes, so that what was kept of it is made anew.
pub const VERSION: u32 = 2;
