//! Shapes of requests and of what only the window knows; everything else is the engine's.

pub use about::About;
use engine::analysis::finding::Trouble;
use engine::mapping::MappingStatus;
use engine::project::facts::{ExportKind, FileChoice, ProjectFacts, RejectQuery, Touched};
use engine::project::{Secret, ValueOrder};
use engine::sample::{Action, Class};
use engine::source::{ColumnKey, Disposition, TableKey};
use serde::{Deserialize, Serialize};

macro_rules! wire {
    ($($(#[$meta:meta])* pub $word:ident $name:ident $body:tt)*) => {$(
        #[derive(Debug, Clone, Serialize, Deserialize, ts_rs::TS)]
        $(#[$meta])*
        pub $word $name $body
    )*};
}

wire! {
    pub struct AppState {
        pub version: String,
        pub project: Option<ProjectFacts>,
        pub recents: Vec<Recent>,
        /// The system user's name: the default for "who".
        pub user: String,
        /// What went wrong before the window could show it, such as the project named at the start.
        pub notice: Option<String>,
    }

    /// The project as it is after an edit, and what that changed.
    pub struct Edited {
        pub project: ProjectFacts,
        pub touched: Touched,
    }

    pub struct Recent {
        pub path: String,
        pub name: String,
        pub opened_at: String,
        /// Still there on disk.
        pub exists: bool,
    }

    pub struct NewProject { pub path: String, pub client: String }
    pub struct OpenProject { pub path: String }
    pub struct Who { pub who: String }
    pub struct SnapshotId { pub id: String }
    pub struct PartialName { pub name: String }

    /// Asks the person; an empty answer means they pressed cancel.
    pub struct ChoosePath {
        pub what: PathKind,
        /// For a file to be written.
        pub suggested_name: Option<String>,
    }

    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    pub enum PathKind {
        NewProject, OpenProject, SnapshotFiles, SnapshotFolder, SaveWorkbook,
        /// Rejects to be corrected, and corrected ones.
        SaveRejects, OpenRejects,
        /// What the legacy server answered.
        OpenAnswer,
    }

    pub struct LoadRequest {
        pub paths: Vec<String>,
        pub label: Option<String>,
        /// Every protected file tries each. They go one way only.
        #[serde(default, skip_serializing)]
        #[ts(type = "Array<string>")]
        pub passwords: Vec<Secret>,
        #[serde(default)]
        pub choices: Vec<FileChoice>,
        /// Whether columns are profiled.
        #[serde(default = "profiled")]
        pub profile: bool,
        /// Whether files may take more than 200 times their size.
        #[serde(default)]
        pub allow_growth: bool,
        /// Whether a load begins though the disk seems to have no room for it.
        #[serde(default)]
        pub allow_tight: bool,
    }
    pub struct CheckFiles {
        pub paths: Vec<String>,
        pub choices: Vec<FileChoice>,
    }

    /// Where the findings of a check are to be written.
    pub struct ReportOn {
        pub paths: Vec<String>,
        pub choices: Vec<FileChoice>,
        pub path: String,
    }

    pub struct JobId { pub id: u64 }

    /// Work that runs in the background; asked for with `jobs`, several times a second while one is running.
    pub struct JobFacts {
        pub id: u64,
        pub kind: JobKind,
        pub label: String,
        pub state: JobState,
        pub phase: String,
        pub done: u64,
        /// 0 where it is not known.
        pub total: u64,
        pub unit: String,
        pub rows: u64,
        pub seconds: f64,
        pub rows_per_second: f64,
        pub seconds_left: Option<f64>,
        /// What came of it, or what went wrong and what to do.
        pub message: String,
        /// Of a job that failed: what the window may act on, such as `password_needed`.
        pub code: Option<String>,
        /// A file that was written.
        pub path: Option<String>,
        pub warnings: Vec<String>,
    }

    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JobKind { Load, Export, Demo, Checksum, Query, Relationships, Retry, Look, Profile, Analysis, Find, Index }

    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum JobState { Running, Done, Warned, Failed, Cancelled }

    pub struct PageRequest { pub offset: u64, pub limit: u64 }
    pub struct RejectId { pub id: u64 }

    /// Rejects to a CSV file. Raw values are logged, and stated in the file.
    pub struct ExportRejects { pub path: String, pub query: RejectQuery, pub raw: bool }

    pub struct RejectsWritten { pub path: String, pub rejects: u64 }

    /// Reads rejects again: a corrected file, or one record as it was edited, or those that pass the filter.
    pub struct RetryRejects {
        pub edited: Option<String>,
        pub one: Option<EditedReject>,
        pub query: RejectQuery,
        pub pad: bool,
        pub cut: bool,
    }

    pub struct EditedReject { pub id: u64, pub text: String }
    pub struct TakenBack { pub rejects: u64 }

    /// Asking for the texts is logged: they may quote people.
    pub struct ObjectsRequest { pub raw: bool }

    /// What the legacy server answered, as its client printed it.
    pub struct AnswerFile { pub path: String }

    /// A close look at these tables, at all where there are none.
    pub struct Analyze {
        pub tables: Vec<TableKey>,
        /// Also at those that were looked at before.
        pub again: bool,
    }

    pub struct IssueRequest {
        pub table: Option<TableKey>,
        pub trouble: Option<Trouble>,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct StudyOf {
        pub table: TableKey,
        /// Absent: each of its columns.
        pub column: Option<String>,
    }

    pub struct ValueRequest {
        pub table: TableKey,
        pub column: ColumnKey,
        pub order: ValueOrder,
        /// Only where the table is unmasked.
        pub text: String,
        pub offset: u64,
        pub limit: u64,
    }

    /// The rows that hold the value at a place of that list.
    pub struct RowsOfValue {
        pub column: ColumnKey,
        pub order: ValueOrder,
        pub place: u64,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct FindNames { pub text: String, pub limit: u64 }
    pub struct FindValues { pub text: String }
    /// The rows in which a column holds the text.
    pub struct FindRows { pub text: String, pub column: ColumnKey, pub offset: u64, pub limit: u64 }
    /// People; where the text is not empty, those whose row holds it.
    pub struct FindPeople { pub text: String, pub offset: u64, pub limit: u64 }
    /// By the number of the person's row in the person table.
    pub struct Person { pub row: u64 }
    pub struct PersonRowsRequest { pub row: u64, pub table: TableKey, pub offset: u64, pub limit: u64 }

    pub struct TableName { pub table: TableKey }
    pub struct CellRequest { pub table: TableKey, pub offset: u64, pub limit: u64 }

    /// A `SELECT` on the staged tables. Asking for raw values is logged.
    pub struct QueryRequest { pub sql: String, pub raw: bool, pub limit: u64 }

    pub struct DecideTables {
        pub tables: Vec<TableKey>,
        /// Absent parts stay as they are.
        pub disposition: Option<Disposition>,
        pub reason: Option<String>,
        /// Empty text: no module.
        pub module: Option<String>,
        pub comment: Option<String>,
    }

    pub struct DecideColumns {
        pub columns: Vec<ColumnKey>,
        /// `undecided` gives the column back to its table's disposition.
        pub disposition: Option<Disposition>,
        pub reason: Option<String>,
    }

    pub struct DescribeColumn {
        pub column: ColumnKey,
        pub description: Option<String>,
        pub comment: Option<String>,
        pub module: Option<String>,
    }

    pub struct ConnectTables { pub tables: Vec<TableKey>, pub interface: String }
    pub struct MoveLink { pub table: TableKey, pub from: String, pub to: String }
    pub struct LinkName { pub table: TableKey, pub interface: String }
    pub struct MapColumn { pub column: ColumnKey, pub interface: String, pub field: String }
    /// One edit, however many they are.
    pub struct MapColumns { pub columns: Vec<MapColumn> }
    pub struct SetConstant { pub interface: String, pub field: String, pub value: String }
    pub struct WaiveField { pub interface: String, pub field: String, pub reason: String }
    pub struct ComponentId { pub id: String }
    pub struct MappingId { pub id: String }

    pub struct ChangeMapping {
        pub id: String,
        /// Absent parts stay as they are.
        pub field: Option<String>,
        pub order: Option<u32>,
        pub description: Option<String>,
        pub transform: Option<String>,
        pub comment: Option<String>,
        pub status: Option<MappingStatus>,
    }

    pub struct SampleQuery {
        pub table: Option<TableKey>,
        /// Part of a column's or table's name.
        pub text: String,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct SetPrivacy {
        pub columns: Vec<ColumnKey>,
        /// Absent: back to what the rules say.
        pub class: Option<Class>,
        pub action: Option<Action>,
    }

    pub struct ExportOf { pub kind: ExportKind }

    pub struct ExportRequest {
        pub kind: ExportKind,
        pub path: String,
        /// Sample rows a table.
        pub rows: Option<u64>,
    }

    /// How errors cross.
    pub struct WireError { pub code: String, pub message: String }
}

fn profiled() -> bool {
    true
}
