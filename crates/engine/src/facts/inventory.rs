//! What a close look at the tables tells: the part each plays, when it was used, whom it is about, what is wrong.

use analysis::finding::Trouble;
use analysis::role::Role;
use analysis::{ColumnAnalysis, Repeats, YearCount};
use serde::{Deserialize, Serialize};

use super::{ColumnFacts, TopValue};
use crate::source::{ColumnKey, TableKey};

facts! {
    /// Every table, in the order of the snapshot.
    pub struct Inventory {
        pub rows: Vec<InventoryRow>,
        /// Tables that were looked at closely; of the others only names and columns speak.
        pub analyzed: u64,
        /// The newest year in which any table was used: "dead" is told from it, not from today.
        pub newest_year: Option<u32>,
        /// Which legacy system this may be, likeliest first; empty where nothing fits.
        pub systems: Vec<SystemGuess>,
    }

    pub struct InventoryRow {
        pub key: TableKey,
        pub rows: u64,
        pub role: Role,
        /// As people call it.
        pub role_label: String,
        /// Why, in a sentence.
        pub role_why: String,
        pub analyzed: bool,
        /// The column that tells when rows were made.
        pub dated_by: Option<String>,
        pub years: Vec<YearCount>,
        pub last_year: Option<u32>,
        /// Rows stopped coming two years or more before the newest of all tables.
        pub dead: bool,
        /// By which column its rows reach a person.
        pub person: Option<PersonLink>,
        pub repeats: Option<Repeats>,
        /// Findings about its columns and rows.
        pub issues: u64,
    }

    pub struct PersonLink {
        pub columns: Vec<String>,
        /// The table where the person stands, and its column that is pointed at, where it is another.
        pub through: Option<ThroughTable>,
        /// People that its rows name, where they name them themselves in one column.
        pub people: Option<u64>,
        /// As a sentence.
        pub words: String,
    }

    pub struct ThroughTable {
        pub table: TableKey,
        pub key: String,
        pub people: Vec<String>,
    }

    /// A legacy system that the tables may be of.
    pub struct SystemGuess {
        pub system: String,
        /// Of its modules, those of which tables were found.
        pub found: Vec<String>,
        pub missing: Vec<String>,
        /// Found in percent of all.
        pub percent: f64,
    }

    /// Something that is wrong, or may be.
    pub struct DataIssue {
        pub table: TableKey,
        pub column: Option<ColumnKey>,
        /// The column's name; empty for the table as a whole.
        pub name: String,
        pub trouble: Trouble,
        pub label: String,
        pub rows: u64,
        /// Of the table's, in percent.
        pub percent: f64,
        /// Whether the table's rows reach a person.
        pub about_people: bool,
        pub sentence: String,
    }

    pub struct IssuePage {
        pub total: u64,
        pub issues: Vec<DataIssue>,
        pub analyzed: u64,
        pub tables: u64,
    }

    /// A column's profile beside what a close look told.
    pub struct ColumnStudy {
        pub facts: ColumnFacts,
        /// `None`: its table was not looked at yet.
        pub analysis: Option<ColumnAnalysis>,
    }

    /// What came of looking at tables.
    pub struct Analyzed {
        pub tables: u64,
        /// Of those, looked at now; the others had been before.
        pub made: u64,
        pub rows: u64,
        pub seconds: f64,
        pub issues: u64,
    }

    /// Distinct values of a column with their rows, a page of them.
    pub struct ValuePage {
        pub column: ColumnKey,
        /// Distinct values that pass the filter; NULL is none of them.
        pub total: u64,
        pub offset: u64,
        pub values: Vec<TopValue>,
        pub unmasked: bool,
    }
}
