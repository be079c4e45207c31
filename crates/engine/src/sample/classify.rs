//! Which identifiers a column holds, and what is therefore done to it: everything is withheld until something speaks
//! for letting it pass.

use super::Cell;
use crate::profile::ColumnFigures;
use crate::source::{ColumnKey, TableKey};

/// Values that fewer rows hold are suppressed.
pub const RARE: u64 = 11;

/// What is known of a column.
#[derive(Debug, Clone)]
pub struct Clue<'a> {
    pub key: &'a ColumnKey,
    pub declared_type: &'a str,
    pub figures: &'a ColumnFigures,
    /// Up to 20 of the most frequent values, with how many rows hold each.
    pub top: &'a [(Cell, u64)],
    /// Part of the primary key.
    pub primary: bool,
    /// Where a foreign key points.
    pub references: Option<(TableKey, String)>,
}
