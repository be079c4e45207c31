//! What a client handed over, before it is loaded: what it looks like, and what a person says of it.

use serde::{Deserialize, Serialize};

use crate::sample::Shown;

facts! {
    /// What a person decides, before they are loaded, about the files whose name fits. Several may fit one file: of
    /// each decision the last one counts.
    #[derive(Default)]
    #[serde(default)]
    pub struct FileChoice {
        /// The name as the ledger prints it, or a pattern of it with `*` and `?`.
        pub file: String,
        /// The name is that of one file: no pattern, and not that of files in other folders.
        pub exact: bool,
        /// What it is taken for, whatever it looks like.
        pub treat_as: Option<TreatAs>,
        /// Leave it aside.
        pub skip: bool,
        /// Of delimited text: a label such as `windows-1252`.
        pub encoding: Option<String>,
        /// One character or several.
        pub delimiter: Option<String>,
        /// One ASCII character; blank where nothing encloses fields.
        pub quote: Option<String>,
        pub escape: Option<QuoteEscape>,
        pub header: Option<bool>,
        /// Lines above the header that are no records.
        pub skip_lines: Option<u64>,
        /// What a remark begins with, at the start of its line; blank where there are none.
        pub comment: Option<String>,
        /// A field that is this, without quotes, is NULL; blank where NULL is not written.
        pub null: Option<String>,
        /// Only CRLF ends a record: a lone LF or CR is text.
        pub crlf_only: Option<bool>,
        /// Blanks between a delimiter and a quote are no part of the value.
        pub blanks_around_quotes: Option<bool>,
        /// Which column has no name where the header is one name short.
        pub unnamed: Option<UnnamedColumn>,
        /// Of a workbook.
        pub sheets: Vec<SheetRule>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum TreatAs { Sql, Delimited }

    /// How a quote inside a quoted field is written. With backslash letters, `\n`, `\t` and the like are undone as
    /// PostgreSQL's COPY and MySQL write them.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum QuoteEscape { Doubled, Backslash, BackslashLetters }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum UnnamedColumn { First, Last }

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
    #[derive(Default)]
    pub struct FileFacts {
        pub file: String,
        pub kind: String,
        pub bytes: u64,
        pub encoding: Option<String>,
        /// For delimited text: delimiter, quote, escape and header as recognised or chosen.
        pub dialect: Option<String>,
        /// What a person is asked before the file is loaded, in sentences; the load says the same.
        pub questions: Vec<String>,
        /// For delimited text: the ways to read it that were considered, the one that is taken first.
        pub readings: Vec<ReadingFacts>,
        /// Why it would be left aside.
        pub ignored_why: Option<String>,
        /// A password would open it.
        pub needs_password: bool,
    }

    /// One way to read a delimited file.
    pub struct ReadingFacts {
        pub dialect: String,
        pub encoding: String,
        /// How well the sample fits, from 0 to about 1; `None` where the reading differs in what no score tells.
        pub score: Option<f64>,
        pub reasons: Vec<String>,
        /// What is decided for the file to be read so.
        pub choice: FileChoice,
        /// Names of the columns, masked where they may be data.
        pub columns: Vec<Shown>,
        /// The first records, masked.
        pub rows: Vec<Vec<Shown>>,
    }
}
