//! A column whose cells are deidentified, and what kind of value stands for each.

use super::super::people::Common;
use super::super::{Class, Treatment, header};
use crate::profile::ColumnFigures;

/// A column, looked at once for all of its cells.
pub struct Column<'c> {
    pub(super) treatment: &'c Treatment,
    pub(super) figures: &'c ColumnFigures,
    pub(super) common: &'c Common,
    pub(super) holds_ages: bool,
    /// Columns that give a value the same surrogate have the same number.
    pub(super) alike: usize,
    /// Of its header.
    words: Vec<String>,
}

/// What kind of value is invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Id,
    Phone,
    Ssn,
    Email,
    Url,
    Ip,
    Employer,
    Place,
    Street,
    Year,
    Zip,
    /// Nothing is: the value is dropped.
    None,
}

impl<'c> Column<'c> {
    pub(super) fn new(treatment: &'c Treatment, figures: &'c ColumnFigures, common: &'c Common, alike: usize) -> Self {
        let (holds_ages, words) = (header::is_age(&treatment.column), header::words(&treatment.column));
        Self { treatment, figures, common, holds_ages, alike, words }
    }

    pub(super) fn kind(&self, text: &str) -> Kind {
        let has = |any: &[&str]| self.words.iter().any(|word| any.contains(&word.as_str()));
        let lettered = text.chars().any(char::is_alphabetic);
        match self.treatment.class {
            _ if text.contains('@') && text.contains('.') && !text.contains(' ') => Kind::Email,
            Class::Name if lettered => Kind::Name,
            Class::Staff if has(&["phone", "fax", "pager"]) => Kind::Phone,
            Class::Staff if has(&["address", "street"]) => Kind::Street,
            Class::Staff if has(&["city", "town", "county"]) => Kind::Place,
            Class::Staff if has(&["latitude", "longitude", "zip", "postal"]) => Kind::None,
            Class::Staff
                if lettered
                    && (text.contains([' ', ','])
                        || has(&["name", "first", "last", "middle", "nickname", "surname"])) =>
            {
                Kind::Name
            }
            Class::Phone | Class::Fax => Kind::Phone,
            Class::Ssn => Kind::Ssn,
            Class::Url => Kind::Url,
            Class::Ip => Kind::Ip,
            Class::Employer if lettered => Kind::Employer,
            // Coordinates, and numbers that lead back to a place.
            Class::Geo if !lettered => Kind::None,
            Class::Geo if text.chars().any(|c| c.is_ascii_digit()) || has(&["address", "street"]) => Kind::Street,
            Class::Geo => Kind::Place,
            Class::Zip => Kind::Zip,
            Class::Date => Kind::Year,
            Class::Bio | Class::Photo | Class::Freetext => Kind::None,
            _ => Kind::Id,
        }
    }
}
