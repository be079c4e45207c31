//! One person through all tables.

use serde::{Deserialize, Serialize};

use analysis::YearCount;

use super::{FoundRows, UnreachedTable};
use crate::source::{Disposition, TableKey};

facts! {
    /// Rows of the table whose rows are people.
    pub struct PeoplePage {
        pub table: TableKey,
        pub database: Option<String>,
        pub name: String,
        /// Its key's columns.
        pub key: Vec<String>,
        pub page: FoundRows,
    }

    /// What the snapshot holds of one person. No value is in it.
    pub struct PersonFacts {
        pub table: TableKey,
        pub database: Option<String>,
        pub name: String,
        /// The number of the person's row there, from 1.
        pub row: u64,
        /// The person's own row first, then by the first year; only tables with rows of the person.
        pub tables: Vec<PersonTableFacts>,
        pub rows: u64,
        /// Of those, rows of tables that are undecided.
        pub rows_undecided: u64,
        /// Tables that reach the person table and hold nothing of this person.
        pub without_rows: u64,
        /// Tables with rows from which no way leads to a person: what they hold of this one is not here.
        pub without_path: Vec<UnreachedTable>,
        pub seconds: f64,
    }

    pub struct PersonTableFacts {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        /// How its rows reach the person; empty for the person's own row.
        pub path: String,
        /// From 0 to 1: the least sure step of the path.
        pub confidence: f64,
        /// The column that tells when a row was made; `null` where none does, or the table was not looked at closely.
        pub dated_by: Option<String>,
        pub years: Vec<YearCount>,
        pub disposition: Disposition,
        pub module: Option<String>,
        /// Columns that hold something in these rows.
        pub columns_filled: u64,
        /// Of those, the ones that nothing takes along although the table is migrated as discrete data: neither mapped nor
        /// decided by themselves.
        pub unmapped: Vec<String>,
    }

    /// A person's rows of one table, in the order of time.
    pub struct PersonRows {
        pub page: FoundRows,
        /// Of each row; `null` where no date tells.
        pub years: Vec<Option<u32>>,
    }
}
