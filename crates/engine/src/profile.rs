//! Usage statistics of source columns and tables.

mod counts;
pub mod distinct;
mod hash;
pub mod infer;
mod sequence;
pub mod tally;

use serde::{Deserialize, Serialize};

/// What the values of a column look like, whatever its declared type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InferredType {
    Empty,
    Constant,
    Boolean,
    Integer,
    Decimal,
    Date,
    Datetime,
    Code,
    Identifier,
    Text,
    Binary,
}

impl InferredType {
    pub fn label(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Constant => "constant",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Code => "code",
            Self::Identifier => "identifier",
            Self::Text => "text",
            Self::Binary => "binary",
        }
    }
}

/// Exact figures over the staged bytes; NULL apart, blank (zero bytes or only spaces) counted.
///
/// Carries no source value: those stay in the staging store behind [`crate::sample::Shown`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct ColumnFigures {
    pub rows: u64,
    pub nulls: u64,
    pub blanks: u64,
    pub distinct: u64,
    /// In characters for text, in bytes for binary.
    pub min_length: u64,
    pub max_length: u64,
    pub inferred_type: InferredType,
    /// Of a date or datetime, such as `YYYY-MM-DD`.
    pub format: Option<String>,
}

impl ColumnFigures {
    pub fn filled(&self) -> u64 {
        self.rows.saturating_sub(self.nulls + self.blanks)
    }

    /// Filled rows in percent of all, one decimal; 0 for a table without rows.
    pub fn filled_percent(&self) -> f64 {
        percent(self.filled(), self.rows)
    }
}

/// `part` in percent of `whole`, to one decimal.
pub fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (part as f64 * 1000.0 / whole as f64).round() / 10.0 }
}
