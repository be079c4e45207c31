//! What a client's delimited files break of the hand-over rules.

use serde::{Deserialize, Serialize};

facts! {
    /// Which rules of the hand-over format delimited files break. Holds no cell's text.
    pub struct ConformanceFacts {
        pub files: Vec<ConformanceFile>,
        /// Files that are no delimited text, and what they are.
        pub others: Vec<String>,
        /// Places at which rules are broken, over all files.
        pub broken: u64,
    }

    pub struct ConformanceFile {
        pub file: String,
        pub bytes: u64,
        pub encoding: String,
        pub dialect: String,
        pub records: u64,
        pub rules: Vec<ConformanceRule>,
        /// The first thousand places of each rule.
        pub findings: Vec<ConformanceFinding>,
    }

    pub struct ConformanceRule {
        /// Its number in the file format rules.
        pub rule: u8,
        pub severity: Severity,
        pub text: String,
        /// What the client does about it.
        pub remedy: String,
        /// Places at which it is broken; 0: it is kept.
        pub broken: u64,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Severity { Error, Warning, Info }

    pub struct ConformanceFinding {
        pub rule: u8,
        pub severity: Severity,
        /// From 1; 0 for the file as a whole.
        pub line: u64,
        /// From 1; 0 for the header.
        pub record: u64,
        pub byte: u64,
        pub what: String,
        pub remedy: String,
    }
}
