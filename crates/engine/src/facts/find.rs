//! Where something is: names of tables and columns, what columns hold, and values.

use serde::{Deserialize, Serialize};

use super::Shown;
use crate::source::{ColumnKey, Disposition, TableKey};

facts! {
    /// Tables and columns whose name, comment or values fit what was typed; best first.
    pub struct FoundNames {
        pub tables: Vec<FoundTable>,
        pub tables_total: u64,
        pub columns: Vec<FoundColumn>,
        pub columns_total: u64,
        /// Tables that were looked at closely: of the others it is not known what their values look like.
        pub analyzed: u64,
    }

    pub struct FoundTable {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        pub disposition: Disposition,
        pub module: Option<String>,
        /// Why it fits: `its name`, `its comment`.
        pub why: String,
    }

    pub struct FoundColumn {
        pub key: ColumnKey,
        pub table_key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub column: String,
        pub rows: u64,
        /// Of the rows of its table.
        pub filled_percent: f64,
        /// Its own, or else its table's.
        pub disposition: Disposition,
        /// Why it fits: `its name`, `its comment`, `98 % of its values look like a CVX vaccine code (likely)`.
        pub why: String,
    }

    /// The columns whose values hold what was looked for. No value is in it.
    pub struct FoundValues {
        /// Most rows first.
        pub places: Vec<FoundPlace>,
        /// Rows that were read for it.
        pub rows_read: u64,
        /// Tables with rows, and how many of them the index covers.
        pub tables: u64,
        pub indexed: u64,
        pub seconds: f64,
    }

    pub struct FoundPlace {
        pub column: ColumnKey,
        pub table_key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub name: String,
        /// Rows that hold it.
        pub rows: u64,
        /// Numbers of the first of them, from 1.
        pub first_rows: Vec<u64>,
        /// Its own, or else its table's.
        pub disposition: Disposition,
    }

    /// Some rows of a table, masked unless a person unmasked it.
    pub struct FoundRows {
        pub table: TableKey,
        pub columns: Vec<String>,
        pub rows: Vec<Vec<Shown>>,
        /// The number of each row in its table, from 1.
        pub numbers: Vec<u64>,
        /// All rows that were found.
        pub total: u64,
        pub unmasked: bool,
    }

    /// The index over the words of a snapshot.
    pub struct WordIndexFacts {
        /// Tables with rows, and how many of them it covers.
        pub tables: u64,
        pub indexed: u64,
        pub bytes: u64,
        /// Rows that were read for it just now.
        pub rows: u64,
        pub seconds: f64,
    }
}
