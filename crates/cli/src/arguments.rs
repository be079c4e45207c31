//! What can be typed.

mod find;
mod map;
mod page;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use find::{Find, Follow};
pub use map::MapVerb;
pub use page::Page;

#[derive(Debug, Parser)]
#[command(name = "crosswalk", version = ::about::LINE, about = "Legacy snapshots in, a migration map and deidentified samples out.")]
pub struct Arguments {
    #[command(flatten)]
    pub all: All,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct All {
    /// Print one JSON document instead of text; crates/cli/README.md gives the shapes.
    #[arg(long, global = true)]
    pub json: bool,
    /// Whose decision this is, for this call.
    #[arg(long, global = true, value_name = "NAME")]
    pub who: Option<String>,
    /// Use this snapshot instead of the newest.
    #[arg(long, global = true, value_name = "ID")]
    pub snapshot: Option<String>,
    /// Show progress on stderr even where it is no terminal.
    #[arg(long, global = true)]
    pub progress: bool,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a project.
    New {
        project: PathBuf,
        /// The engagement's name as the workbooks print it.
        #[arg(long, default_value = "")]
        client: String,
    },
    /// What the project holds: snapshots, counts, what undo would take back.
    Show { project: PathBuf },
    /// Say who decides from now on.
    Who { project: PathBuf, name: String },
    /// Load a snapshot: files and folders, plain, packed or in archives; what they are is told by their content.
    Load {
        project: PathBuf,
        #[command(flatten)]
        what: Handover,
        /// What people call this snapshot.
        #[arg(long)]
        label: Option<String>,
        /// Leave the profile of columns out: the load is done sooner, their figures are missing.
        #[arg(long)]
        no_profile: bool,
        /// Load files whose rows take more than 200 times their size, too; without, the load ends there and says so.
        #[arg(long)]
        allow_growth: bool,
        /// Begin though the disk seems to have no room for it.
        #[arg(long)]
        allow_tight: bool,
    },
    /// What would be loaded, and how it would be read.
    Inspect {
        project: PathBuf,
        #[command(flatten)]
        what: Handover,
    },
    /// Remove what a load that did not end left behind; without a name, all of it.
    Discard { project: PathBuf, name: Option<String> },
    /// The account of the load: read = loaded + rejected.
    Ledger { project: PathBuf },
    /// Views, saved queries and linked tables of the snapshot.
    Objects {
        project: PathBuf,
        /// Show their text, which may quote people; this is logged.
        #[arg(long)]
        raw: bool,
    },
    /// Records that could not be loaded: list, export, correct and try again.
    Rejects(Rejects),
    /// Decisions that no longer fit the snapshot in use.
    Misfits { project: PathBuf },
    /// Every source table with its figures and its disposition.
    Tables {
        project: PathBuf,
        /// Part of a table's or a module's name.
        #[arg(long, default_value = "")]
        text: String,
        #[arg(long, value_enum, default_value_t = Sort::Name)]
        sort: Sort,
        #[arg(long)]
        descending: bool,
    },
    /// Usage statistics of every column, of one table's, or of one.
    Profile {
        project: PathBuf,
        /// TABLE or TABLE.COLUMN.
        what: Option<String>,
        /// Show source values whole; this is logged.
        #[arg(long)]
        raw: bool,
    },
    /// Look closely at all tables, at one, or at a column: placeholders, shapes, years, codes, what is wrong.
    Analyze {
        project: PathBuf,
        /// TABLE or TABLE.COLUMN; all tables without it.
        what: Option<String>,
        /// Look again at what was looked at before.
        #[arg(long)]
        again: bool,
    },
    /// Every table: the part it plays, when it was last used, whom it is about, and which legacy system this may be.
    Inventory { project: PathBuf },
    /// What is wrong, or may be, in the tables that were looked at closely.
    Issues {
        project: PathBuf,
        table: Option<String>,
        #[command(flatten)]
        page: Page,
    },
    /// All distinct values of a column with their rows, masked as in a profile.
    Values(Values),
    /// Where something is: among names of tables and columns, what columns hold, and the values themselves.
    Find(Find),
    /// Make the index over all words of the snapshot, or go on with it: `find` and `follow` then need not read every row.
    Index {
        project: PathBuf,
        /// Only say how far it is.
        #[arg(long)]
        check: bool,
    },
    /// One person through all tables, with what was decided of each; without a row, the people.
    Follow(Follow),
    /// Rows of a table, masked.
    Cells {
        project: PathBuf,
        table: String,
        #[command(flatten)]
        page: Page,
        /// Unmask the table; this is logged.
        #[arg(long)]
        raw: bool,
    },
    /// Answer a SELECT on the staged tables; TABLE_shown holds a workbook's table as it is shown there, such as 02138.
    Query {
        project: PathBuf,
        sql: String,
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
        /// Show source values; this is logged.
        #[arg(long)]
        raw: bool,
        /// At most so many rows.
        #[arg(long, default_value_t = 1_000_000)]
        limit: u64,
    },
    /// Rows, columns and digest of every table.
    Checksum {
        project: PathBuf,
        /// Print the statements that give the same figures on the legacy server.
        #[arg(long)]
        sql: bool,
        /// Compare with what the server answered to them, as its client prints it in batches.
        #[arg(long, value_name = "RESULTS", conflicts_with = "sql")]
        against: Option<PathBuf>,
    },
    /// Which column points at which table, the person table, and how every table reaches it.
    #[command(visible_alias = "relations")]
    Relationships {
        project: PathBuf,
        /// Only what this table points at, what points at it, and its path.
        table: Option<String>,
    },
    /// Say that a column points at another table's, or does not; several pairs are one key of several columns.
    Relate {
        project: PathBuf,
        #[arg(required = true, num_args = 2.., value_names = ["CHILD.COLUMN", "PARENT.COLUMN"])]
        pairs: Vec<String>,
        #[command(flatten)]
        word: Word,
    },
    /// Decide, connect, map, undo.
    Map {
        project: PathBuf,
        #[command(subcommand)]
        verb: MapVerb,
    },
    /// How columns are treated in samples.
    Sample {
        project: PathBuf,
        #[command(subcommand)]
        verb: SampleVerb,
    },
    /// Hold delimited files to the rules of the hand-over format; needs no project.
    Conformance {
        #[command(flatten)]
        what: Handover,
        /// Write the findings as a workbook to send to the client.
        #[arg(long, value_name = "REPORT.xlsx")]
        out: Option<PathBuf>,
        /// The declared time of the report, such as 2026-03-01T12:00:00Z.
        #[arg(long)]
        at: Option<String>,
    },
    /// Write a workbook.
    Export {
        project: PathBuf,
        #[arg(value_enum)]
        what: Workbook,
        /// The file to write; not needed with --preview.
        #[arg(required_unless_present = "preview")]
        out: Option<PathBuf>,
        /// Sample rows a table; of a profile, leave out values that fewer rows hold (5).
        #[arg(long)]
        rows: Option<u64>,
        /// The declared time of the export, such as 2026-03-01T12:00:00Z.
        #[arg(long)]
        at: Option<String>,
        /// Say what it would contain, and write nothing.
        #[arg(long)]
        preview: bool,
    },
    /// An invented occupational-health snapshot, loaded, mapped in part, ready to look at.
    Demo {
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Version and commit of this program, and the third-party software in it with its licences.
    About,
}

/// What a client handed over, and what is known of it.
#[derive(Debug, Clone, Args)]
pub struct Handover {
    #[arg(required = true, value_name = "SNAPSHOT")]
    pub paths: Vec<PathBuf>,
    /// A file with passwords, one a line; every protected file tries each. On a terminal they are asked for.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Leave these files aside; * and ? stand for anything.
    #[arg(long, value_name = "FILES")]
    pub leave: Vec<String>,
    /// Take these files for what they do not look like: FILES=sql or FILES=delimited.
    #[arg(long, value_name = "FILES=KIND")]
    pub treat: Vec<String>,
    /// What stands between fields, such as ';', tab or '|~|'; FILES=… for some files only, as with the next ones.
    #[arg(long, value_name = "[FILES=]TEXT")]
    pub delimiter: Vec<String>,
    /// What encloses fields, or none.
    #[arg(long, value_name = "[FILES=]CHARACTER")]
    pub quote: Vec<String>,
    /// How a quote is written in a quoted field: doubled, backslash, or backslash-letters where \n, \t and \N are codes.
    #[arg(long, value_name = "[FILES=]HOW")]
    pub escape: Vec<String>,
    /// What a remark begins with, such as '#', or none.
    #[arg(long, value_name = "[FILES=]SIGN")]
    pub comment: Vec<String>,
    /// How NULL is written, such as NULL or \N, or none.
    #[arg(long, value_name = "[FILES=]TEXT")]
    pub null: Vec<String>,
    /// What ends a record: crlf, so that a line feed alone is text, or any line end.
    #[arg(long, value_name = "[FILES=]HOW")]
    pub record_end: Vec<String>,
    /// Which column has no name where the header is one name short: first or last.
    #[arg(long, value_name = "[FILES=]WHICH")]
    pub unnamed: Vec<String>,
    /// Of delimited text, such as windows-1252 or cp437.
    #[arg(long, value_name = "[FILES=]NAME")]
    pub encoding: Vec<String>,
    /// Delimited text has a header row.
    #[arg(long, value_name = "FILES", num_args = 0..=1, require_equals = true, default_missing_value = "*")]
    pub header: Vec<String>,
    /// Delimited text has no header row.
    #[arg(long, value_name = "FILES", num_args = 0..=1, require_equals = true, default_missing_value = "*")]
    pub no_header: Vec<String>,
    /// Lines above the header that are no records.
    #[arg(long, value_name = "[FILES=]LINES")]
    pub skip_lines: Vec<String>,
    /// Of a workbook's sheet: header:ROW, range:A5:K200 or skip.
    #[arg(long, value_name = "FILE:SHEET=WHAT")]
    pub sheet: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Rejects {
    pub project: PathBuf,
    #[command(flatten)]
    pub page: Page,
    /// Only those of this file, as the ledger prints it.
    #[arg(long)]
    pub file: Option<String>,
    /// Only those of this table.
    #[arg(long)]
    pub table: Option<String>,
    /// Only those whose reason holds this.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Only those that were not corrected.
    #[arg(long)]
    pub open: bool,
    /// Only these, by their number.
    #[arg(long = "id", value_name = "ID")]
    pub ids: Vec<u64>,
    /// Show what stood there; this is logged.
    #[arg(long)]
    pub raw: bool,
    /// Write them to a CSV file, to be corrected and read back with --retry.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["retry", "take_back"])]
    pub export: Option<PathBuf>,
    /// Read records again, as a corrected export has them; without a file with --pad or --cut.
    #[arg(long, value_name = "EDITED", num_args = 0..=1)]
    #[allow(clippy::option_option, reason = "not asked for, asked for without a file, with one")]
    pub retry: Option<Option<PathBuf>>,
    /// Delimited text: missing fields at the end of a record are blank.
    #[arg(long, requires = "retry")]
    pub pad: bool,
    /// Delimited text: surplus fields at the end of a record go where they are blank.
    #[arg(long, requires = "retry")]
    pub cut: bool,
    /// Take back the latest retry: its rows are rejects again.
    #[arg(long, conflicts_with = "retry")]
    pub take_back: bool,
}

/// What is said of a relationship.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct Word {
    /// It is so, whether it was found or not.
    #[arg(long)]
    pub confirm: bool,
    /// It is not so: no path goes over it.
    #[arg(long)]
    pub reject: bool,
    /// Take back what was said.
    #[arg(long)]
    pub forget: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Values {
    pub project: PathBuf,
    /// TABLE.COLUMN.
    pub column: String,
    #[command(flatten)]
    pub page: Page,
    /// Those of the fewest rows first.
    #[arg(long)]
    pub rarest: bool,
    /// Only values that hold this; needs --raw.
    #[arg(long, default_value = "")]
    pub text: String,
    /// The rows that hold the value at this place of the list, instead of the list.
    #[arg(long, value_name = "PLACE", conflicts_with = "text")]
    pub rows: Option<u64>,
    /// Show source values whole; this is logged.
    #[arg(long)]
    pub raw: bool,
}

#[derive(Debug, Subcommand)]
pub enum SampleVerb {
    /// The class of every column, the evidence, and what is done about it.
    Classify {
        /// Only this table's.
        table: Option<String>,
    },
    /// Set how columns are treated; without --class and --action, back to the rules.
    Treat {
        #[arg(required = true, value_name = "TABLE.COLUMN")]
        columns: Vec<String>,
        /// NAME, DATE, MRN, … NONE.
        #[arg(long)]
        class: Option<String>,
        /// pass, surrogate, year, zip3, drop.
        #[arg(long)]
        action: Option<String>,
    },
    /// A few rows, before and after.
    Preview { table: String },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Workbook {
    Map,
    Samples,
    /// Usage statistics of every table and column, laid out as a WhiteRabbit scan report.
    Profile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    /// For people with a spreadsheet program: a `'` stands before what it could take for a formula.
    Csv,
    /// For programs: every value as it is.
    CsvExact,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Sort {
    Name,
    Rows,
    Bytes,
    Columns,
    Filled,
    Disposition,
    Module,
    Rejected,
}
