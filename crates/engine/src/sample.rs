//! What people may look at: masked values, deidentified samples, and how each column is treated.

pub mod classify;
mod fold;
pub(crate) mod header;
pub mod leak;
pub mod mask;
pub mod people;
pub mod surrogate;
mod treatment;
mod year;
mod zip3;

use serde::{Deserialize, Serialize};

pub use surrogate::{Deidentified, Origin};
pub use treatment::Treatment;

pub use crate::source::Cell;

/// How a value is shown on a screen or in a printed fact: masked unless a person unmasked its table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct Shown {
    pub mark: Mark,
    pub text: String,
    pub masked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Value,
    Null,
    /// Zero bytes.
    Blank,
    /// Only white space.
    Space,
    Binary,
}

/// Identifier classes; `../shared/deidentification/README.md` gives the codes, 45 CFR 164.514(b)(2) the list behind them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum Class {
    Name,
    Staff,
    Employer,
    Geo,
    Zip,
    Date,
    Phone,
    Fax,
    Email,
    Ssn,
    Mrn,
    Plan,
    Acct,
    Lic,
    Vehicle,
    Device,
    Url,
    Ip,
    Bio,
    Photo,
    Uid,
    Freetext,
    #[default]
    None,
}

impl Class {
    pub const ALL: [Self; 23] = [
        Self::Name,
        Self::Staff,
        Self::Employer,
        Self::Geo,
        Self::Zip,
        Self::Date,
        Self::Phone,
        Self::Fax,
        Self::Email,
        Self::Ssn,
        Self::Mrn,
        Self::Plan,
        Self::Acct,
        Self::Lic,
        Self::Vehicle,
        Self::Device,
        Self::Url,
        Self::Ip,
        Self::Bio,
        Self::Photo,
        Self::Uid,
        Self::Freetext,
        Self::None,
    ];
}

/// What is done to a column's values in a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Enumerations and measurements, as they are; rare values suppressed.
    Pass,
    /// Replaced by an invented value, the same for the same source value everywhere.
    Surrogate,
    /// Dates to the year.
    Year,
    /// ZIP to three digits by the allow-list.
    Zip3,
    /// Not shown at all.
    Drop,
}

impl Action {
    pub const ALL: [Self; 5] = [Self::Pass, Self::Surrogate, Self::Year, Self::Zip3, Self::Drop];

    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "passes untouched",
            Self::Surrogate => "replaced by a surrogate",
            Self::Year => "cut to the year",
            Self::Zip3 => "cut to three digits",
            Self::Drop => "dropped",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A treatment of one column as a rule might have given it.
    pub fn treatment(column: &str, class: Class, action: Action) -> Treatment {
        Treatment::for_test("employee", column, class, action)
    }
}
