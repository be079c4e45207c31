//! What was staged in figures, and beside what the legacy server answered.

use serde::{Deserialize, Serialize};

use crate::source::TableKey;

facts! {
    /// A table's content in figures that the legacy server can be asked for too.
    pub struct TableDigest {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        pub columns: u64,
        /// A decimal number past 2^53.
        pub digest: String,
        pub comparable: bool,
        /// Why it cannot be compared.
        pub reason: Option<String>,
    }

    /// What was staged, in figures.
    pub struct Checksum {
        pub tables: Vec<TableDigest>,
        /// One figure over the digests, the definitions, the ledger without its times, and the rejects: two loads of
        /// the same files give the same. A decimal number past 2^53.
        pub snapshot_digest: String,
    }

    /// What was staged beside what the server answered.
    pub struct Comparison {
        pub tables: Vec<TableComparison>,
        pub equal: u64,
        /// Rows or digest differ, or one side lacks the table.
        pub differing: u64,
        pub not_comparable: u64,
    }

    pub struct TableComparison {
        pub database: Option<String>,
        pub table: String,
        pub verdict: Verdict,
        /// Absent where the table was not staged.
        pub rows: Option<u64>,
        pub digest: Option<String>,
        /// Absent where the server did not name the table.
        pub server_rows: Option<u64>,
        pub server_digest: Option<String>,
        /// Why it cannot be compared.
        pub reason: Option<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Verdict { Equal, RowsDiffer, ContentDiffers, NotOnServer, NotStaged, NotComparable }
}
