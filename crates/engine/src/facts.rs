//! What the project tells its skins. Counts stay below 2^53; ids that may not are strings.

use serde::{Deserialize, Serialize};

use crate::mapping::{Component, Mapping, Module, ModuleStatus};
use crate::profile::ColumnFigures;
use crate::sample::{Shown, Treatment};
use crate::source::{ColumnKey, ColumnState, Disposition, KeyFacts, TableKey};
use crate::target::Requirement;

macro_rules! facts {
    ($($(#[$meta:meta])* pub $word:ident $name:ident $body:tt)*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "wire", derive(ts_rs::TS))]
        $(#[$meta])*
        pub $word $name $body
    )*};
}

mod conformance;
mod digests;
mod find;
mod follow;
mod handover;
mod inventory;
mod rejects;
mod relationships;
mod touched;

pub use conformance::{ConformanceFacts, ConformanceFile, ConformanceFinding, ConformanceRule, Severity};
pub use digests::{Checksum, Comparison, TableComparison, TableDigest, Verdict};
pub use find::{FoundColumn, FoundNames, FoundPlace, FoundRows, FoundTable, FoundValues, WordIndexFacts};
pub use follow::{PeoplePage, PersonFacts, PersonRows, PersonTableFacts};
pub use handover::{FileChoice, FileFacts, QuoteEscape, ReadingFacts, SheetRule, TreatAs, UnnamedColumn};
pub use inventory::{
    Analyzed, ColumnStudy, DataIssue, Inventory, InventoryRow, IssuePage, PersonLink, SystemGuess, ThroughTable,
    ValuePage,
};
pub use rejects::{ReasonCount, Reject, RejectGroup, RejectPage, RejectQuery, RejectText, Retried};
pub use relationships::{
    PathStep, PersonPath, PersonTable, Relation, RelationAlternative, RelationCardinality, RelationEnd,
    RelationEvidence, RelationJudged, RelationKind, RelationState, RelationshipFacts, RelationshipQuery,
    UnreachedTable,
};
pub use touched::{Touched, TouchedPart};

facts! {
    pub struct ProjectFacts {
        pub path: String,
        pub name: String,
        pub who: String,
        pub client: String,
        pub snapshots: Vec<SnapshotFacts>,
        /// The snapshot in use: the newest, unless another was chosen.
        pub snapshot: Option<String>,
        /// Why the snapshot that should be in use cannot be: its store is gone or unreadable.
        pub snapshot_lost: Option<String>,
        /// Loads that did not end: folder names, offered for deletion.
        pub partials: Vec<String>,
        pub counts: Counts,
        /// The label of what undo would take back.
        pub undo: Option<String>,
        pub redo: Option<String>,
        /// Tables whose raw values are showing in this session.
        pub unmasked: Vec<TableKey>,
        /// What a person should know of the place the project is in: a cloud copies it, somebody else has it open.
        pub warnings: Vec<String>,
    }

    pub struct SnapshotFacts {
        pub id: String,
        pub label: String,
        /// RFC 3339, UTC.
        pub loaded_at: String,
        pub files: u64,
        pub tables: u64,
        pub rows: u64,
        pub bytes: u64,
        pub rejects: u64,
        pub seconds: f64,
    }

    pub struct Counts {
        pub tables: u64,
        pub tables_decided: u64,
        pub columns: u64,
        pub columns_decided: u64,
        pub rows: u64,
        pub rows_decided: u64,
        pub rejects: u64,
        pub mappings: u64,
        /// Required fields, of the interfaces in use, that nothing is mapped to.
        pub required_missing: u64,
        /// Decisions that no longer fit the snapshot.
        pub misfits: u64,
    }

    /// The account of a load.
    pub struct Ledger {
        pub snapshot: String,
        pub files: Vec<LedgerFile>,
        pub rejects: u64,
        /// Of the rejects: those that were corrected by hand and are rows now.
        pub corrected: u64,
        pub seconds: f64,
        /// How long each step of the load took, in order.
        pub steps: Vec<LedgerStep>,
    }

    pub struct LedgerStep {
        pub step: String,
        pub seconds: f64,
    }

    pub struct LedgerFile {
        pub file: String,
        pub kind: String,
        pub encoding: String,
        pub bytes: u64,
        /// For delimited text: delimiter, quote, escape and header as recognised.
        pub dialect: Option<String>,
        pub seconds: f64,
        pub tables: Vec<LedgerTable>,
        /// Statements read but not run, by kind, with their number.
        pub statements: Vec<StatementCount>,
        /// Where the bytes went that are no rows of a table. With those of the tables they add up to the file's;
        /// empty where the format has no such order.
        pub shares: Vec<LedgerShare>,
        /// Views, saved queries, linked tables: their names.
        pub objects: Vec<LedgerObject>,
        /// Why the file was left aside.
        pub ignored: Vec<String>,
        pub warnings: Vec<String>,
    }

    pub struct LedgerShare {
        pub class: String,
        pub count: u64,
        pub bytes: u64,
    }

    pub struct LedgerObject {
        pub kind: String,
        pub name: String,
    }

    pub struct LedgerTable {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub read: u64,
        pub loaded: u64,
        pub rejected: u64,
        /// Of the rejected: those that were corrected by hand and are rows now.
        pub corrected: u64,
        /// Of the file, taken up by the loaded rows; 0 where the format has no such order.
        pub bytes: u64,
        /// Columns whose values the snapshot does not hold.
        pub not_in_dump: Vec<AbsentColumn>,
    }

    pub struct AbsentColumn {
        pub column: String,
        pub state: ColumnState,
    }

    pub struct StatementCount {
        pub statement: String,
        pub count: u64,
    }

    /// A view, saved query or linked table. Its text is masked unless raw values were asked for.
    pub struct ObjectFacts {
        pub file: String,
        pub kind: String,
        pub name: String,
        pub text: Shown,
    }

    pub struct TableFacts {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        /// Of the values as staged.
        pub bytes: u64,
        pub columns: u64,
        /// Of those that the snapshot holds.
        pub empty_columns: u64,
        /// Columns whose values the snapshot does not hold.
        pub absent_columns: u64,
        /// Mean over the columns that the snapshot holds.
        pub filled_percent: f64,
        pub rejected: u64,
        pub disposition: Disposition,
        pub reason: String,
        pub who: String,
        pub when: String,
        pub module: Option<String>,
        pub comment: String,
        pub status: ModuleStatus,
        /// Columns with a decision of their own or a mapping.
        pub columns_decided: u64,
        pub columns_mapped: u64,
        pub source_comment: String,
        pub file: String,
        pub keys: Vec<KeyFacts>,
    }

    pub struct TablePage {
        /// Tables that pass the filter.
        pub total: u64,
        pub rows: Vec<TableFacts>,
        /// Keys of all that pass the filter, in order: for select-all and shift-ranges.
        pub keys: Vec<TableKey>,
    }

    pub struct ColumnFacts {
        pub key: ColumnKey,
        pub database: Option<String>,
        pub table: String,
        pub column: String,
        pub ordinal: u32,
        pub declared_type: String,
        pub nullable: bool,
        /// `PRI`, `UNI`, `MUL` or empty, as the legacy server prints it.
        pub db_key: String,
        pub default: Option<String>,
        pub generated: bool,
        /// Where it is not `read`, no figure says anything: the snapshot does not hold the column's values.
        pub state: ColumnState,
        pub source_comment: String,
        pub figures: ColumnFigures,
        /// `null` where the snapshot does not hold the column's values.
        pub filled_percent: Option<f64>,
        pub shown: Option<ShownFacts>,
        pub min: Shown,
        pub max: Shown,
        /// The 20 most frequent values; equal counts in order of first appearance.
        pub top: Vec<TopValue>,
        /// Its own, or else its table's.
        pub disposition: Disposition,
        /// Decided for the column itself.
        pub own: bool,
        pub reason: String,
        pub module: Option<String>,
        pub description: String,
        pub comment: String,
        pub mappings: Vec<Mapping>,
    }

    /// That the legacy program shows a column otherwise than it is staged.
    pub struct ShownFacts {
        /// The view that a query finds it in as it is shown.
        pub view: String,
        /// Values by the way they are shown: `leading zeros`, `percent`, `not computed`, …
        pub kinds: Vec<ShownKind>,
    }

    pub struct ShownKind {
        pub kind: String,
        pub count: u64,
    }

    pub struct TopValue {
        pub value: Shown,
        pub count: u64,
    }

    pub struct TableDetail {
        pub facts: TableFacts,
        pub columns: Vec<ColumnFacts>,
        pub unmasked: bool,
    }

    pub struct CellPage {
        pub columns: Vec<String>,
        pub rows: Vec<Vec<Shown>>,
        pub total: u64,
        pub unmasked: bool,
    }

    /// What `SELECT` gave; masked unless raw values were asked for.
    pub struct QueryAnswer {
        pub columns: Vec<String>,
        pub rows: Vec<Vec<Shown>>,
        /// There are more rows than were asked for.
        pub cut: bool,
        pub masked: bool,
    }

    pub struct MapOverview {
        pub tables: Vec<MapTable>,
        pub interfaces: Vec<MapInterface>,
        pub links: Vec<MapLink>,
    }

    pub struct MapTable {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        pub columns: u64,
        pub filled_percent: f64,
        pub disposition: Disposition,
        pub module: Option<String>,
        pub columns_mapped: u64,
        /// In the snapshot in use; a decision may be about a table that is gone.
        pub present: bool,
    }

    pub struct MapInterface {
        pub id: String,
        pub title: String,
        pub purpose: String,
        pub kind: String,
        pub fields: u64,
        pub required: u64,
        pub required_missing: u64,
        pub mapped: u64,
        /// Something is connected to it.
        pub in_use: bool,
    }

    pub struct MapLink {
        pub table: TableKey,
        pub interface: String,
        /// Fields of the interface mapped from this table.
        pub mapped: u64,
    }

    /// Both sides of one connection, column by column.
    pub struct MapDetail {
        pub table: MapTable,
        pub interface: MapInterface,
        pub columns: Vec<ColumnFacts>,
        pub fields: Vec<FieldFacts>,
        /// Mappings from this table to this interface, its constants and what was waived of it.
        pub mappings: Vec<Mapping>,
    }

    pub struct FieldFacts {
        pub name: String,
        pub label: String,
        pub requirement: Requirement,
        pub kind: String,
        pub format: Option<String>,
        pub allowed: Vec<String>,
        pub note: String,
        pub max_length: Option<u32>,
        /// Mapped from any table.
        pub mapped_from: Vec<ColumnKey>,
        /// What it holds in every record, where no column fills it.
        pub constant: Option<String>,
        /// Why nothing fills it, where that was decided.
        pub waived: Option<String>,
    }

    pub struct ModuleFacts {
        pub module: Module,
        pub tables: u64,
        pub rows: u64,
        pub components: Vec<Component>,
    }

    /// A line of the log: an edit, its undo or redo, or an act such as unmasking.
    pub struct LogLine {
        pub seq: u64,
        pub at: String,
        pub who: String,
        /// `edit`, `undo`, `redo` or `act`.
        pub act: String,
        pub label: String,
    }

    /// A decision that no longer fits the snapshot in use.
    pub struct Misfit {
        /// `table`, `column`, `mapping`, `privacy`, `relationship`.
        pub kind: String,
        pub key: String,
        pub name: String,
        pub why: String,
    }

    pub struct PreviewCell {
        /// Masked unless the table is unmasked.
        pub before: Shown,
        pub after: String,
    }

    pub struct ExportPreview {
        pub kind: ExportKind,
        pub default_name: String,
        pub sheets: Vec<SheetPreview>,
        /// What a person should know before sending it.
        pub remarks: Vec<String>,
    }

    pub struct SheetPreview {
        pub name: String,
        pub rows: u64,
        pub what: String,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportKind { Map, Samples, Profile }

    pub struct Exported {
        pub path: String,
        pub bytes: u64,
        pub sheets: u64,
        pub rows: u64,
        pub warnings: Vec<String>,
    }

    /// Which tables, in which order. Empty parts let everything pass.
    #[derive(Default)]
    #[serde(default)]
    pub struct TableQuery {
        /// Part of a table's or its module's name, whatever the case.
        pub text: String,
        pub dispositions: Vec<Disposition>,
        pub module: Option<String>,
        /// Only tables with (true) or without (false) rows.
        pub filled: Option<bool>,
        pub sort: TableSort,
        pub descending: bool,
        pub offset: u64,
        /// 0: all.
        pub limit: u64,
    }

    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum TableSort { #[default] Name, Rows, Bytes, Columns, Filled, Disposition, Module, Rejected }
}

impl ShownFacts {
    /// In words, without a value: "2 of 3 values are shown with leading zeros that the stored numbers lack".
    pub fn words(&self, filled: u64) -> String {
        let one = |kind: &ShownKind| {
            let (count, are) = (kind.count, if kind.count == 1 { "is" } else { "are" });
            match kind.kind.as_str() {
                "leading zeros" => {
                    format!("{count} of {filled} values {are} shown with leading zeros that the stored numbers lack")
                }
                "not computed" => {
                    format!("{count} {} never computed", if count == 1 { "formula was" } else { "formulas were" })
                }
                "number" => format!("{count} of {filled} values {are} shown in a number format"),
                other => format!("{count} of {filled} values {are} shown as {other}"),
            }
        };
        self.kinds.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

// Treatments are told, and never taken from outside.

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct SamplePlan {
    pub total: u64,
    pub columns: Vec<Treatment>,
    /// Over all columns of the snapshot.
    pub passed: u64,
    pub surrogated: u64,
    pub reduced: u64,
    pub dropped: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct SamplePreview {
    pub columns: Vec<Treatment>,
    pub rows: Vec<Vec<PreviewCell>>,
}
