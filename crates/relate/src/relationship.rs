//! What is found.

use crate::evidence::Evidence;
use crate::values::Contained;

/// Where a relationship comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The source declares it as a foreign key.
    Declared,
    /// Names and values say so.
    Inferred,
    /// A person named it.
    Added,
}

/// How many child rows a parent row may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    OneToOne,
    ManyToOne,
    /// No row tells.
    Unknown,
}

/// That columns of a child table point at rows of a parent table.
#[derive(Debug, Clone)]
pub struct Relationship {
    pub child: usize,
    pub child_columns: Vec<usize>,
    pub parent: usize,
    pub parent_columns: Vec<usize>,
    pub origin: Origin,
    /// From 0 to 1; 1 where it is declared.
    pub score: f64,
    pub evidence: Vec<Evidence>,
    pub contained: Contained,
    /// Different values of the child column; 0 where there are several columns.
    pub distinct: u64,
    pub cardinality: Cardinality,
    /// Other parents that fit nearly as well, best first.
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    pub parent: usize,
    pub column: usize,
    pub score: f64,
    pub coverage: f64,
}
