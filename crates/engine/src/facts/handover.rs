//! What a client handed over, before it is loaded: what it looks like, and what a person says of it.

use serde::{Deserialize, Serialize};

facts! {
    /// What a person decides, before they are loaded, about the files whose name fits. Several may fit one file: of
    /// each decision the last one counts.
    #[derive(Default)]
    #[serde(default)]
    pub struct FileChoice {
        /// The name as the ledger prints it, or a pattern of it with `*` and `?`.
        pub file: String,
        /// What it is taken for, whatever it looks like.
        pub treat_as: Option<TreatAs>,
        /// Leave it aside.
        pub skip: bool,
        /// Of delimited text: a label such as `windows-1252`.
        pub encoding: Option<String>,
        /// One character.
        pub delimiter: Option<char>,
        /// One ASCII character; blank where nothing encloses fields.
        pub quote: Option<String>,
        pub escape: Option<QuoteEscape>,
        pub header: Option<bool>,
        /// Lines above the header that are no records.
        pub skip_lines: Option<u64>,
        /// Of a workbook.
        pub sheets: Vec<SheetRule>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum TreatAs { Sql, Delimited }

    /// How a quote inside a quoted field is written.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum QuoteEscape { Doubled, Backslash }

    /// What a person decides about a sheet. Several with ranges may stand for one sheet: each is a table.
    #[derive(Default)]
    #[serde(default)]
    pub struct SheetRule {
        pub sheet: String,
        /// The last row of the header, from 1; 0 where there is none.
        pub header_row: Option<u32>,
        pub skip: bool,
        /// The cells of the table with its header, such as `A5:K200`.
        pub range: Option<String>,
    }

    /// What a load would make of a file.
    pub struct FileFacts {
        pub file: String,
        pub kind: String,
        pub bytes: u64,
        pub encoding: Option<String>,
        /// For delimited text: delimiter, quote, escape and header as recognised or chosen.
        pub dialect: Option<String>,
        /// Why it would be left aside.
        pub ignored_why: Option<String>,
        /// A password would open it.
        pub needs_password: bool,
    }
}
