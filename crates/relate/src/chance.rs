//! How likely it is that a column's values are found in a key by accident.

use crate::schema::{Column, ValueKind};

/// What the figures of a column and of a key say of each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Powers of ten that speak against an accident; 0 where any column would fit.
    pub against: f64,
    /// Which part of the key's range the column's values take up; 1 for text.
    pub spread: f64,
}

/// More is not surer.
const ENOUGH: f64 = 30.0;

pub fn chance(child: &Column, parent: &Column) -> Chance {
    match (child.kind, parent.kind) {
        (ValueKind::Integer, ValueKind::Integer) => numbers(child, parent),
        (ValueKind::Text | ValueKind::Integer, ValueKind::Text) => texts(child, parent),
        _ => Chance { against: 0.0, spread: 0.0 },
    }
}

fn range(column: &Column) -> f64 {
    column.greatest.saturating_sub(column.least).max(0) as f64 + 1.0
}

fn numbers(child: &Column, parent: &Column) -> Chance {
    let density = (parent.distinct as f64 / range(parent)).min(1.0);
    let each = match density {
        // Gaps that deleted rows left are gaps in every table that points here, and in others by the same hand.
        d if d > 0.9 => 0.0,
        d if d > 0.5 => -d.log10() / 2.0,
        d => -d.max(1e-9).log10(),
    };
    // Only so many different values are draws of their own.
    let against = (each * child.distinct as f64).min(ENOUGH);
    Chance { against, spread: (range(child) / range(parent)).min(1.0) }
}

fn texts(child: &Column, parent: &Column) -> Chance {
    if child.is_guid() && parent.is_guid() {
        return Chance { against: ENOUGH, spread: 1.0 };
    }
    let each = match child.max_length {
        0 | 1 => 0.05,
        2 => 0.2,
        3 => 0.5,
        4 | 5 => 1.0,
        _ => 1.5,
    };
    Chance { against: (each * child.distinct as f64).min(ENOUGH), spread: 1.0 }
}
