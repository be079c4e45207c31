// Written by `CROSSWALK_BLESS=1 cargo test -p crosswalk-desktop`; do not edit.

export type About = { version: string, 
/**
 * 40 hexadecimal digits; `None` where it was built without a checkout and nobody said.
 */
commit: string | null, 
/**
 * RFC 3339, UTC.
 */
committed_at: string | null, 
/**
 * By kind and name. Those of Linux, macOS and Windows; each has nearly all of them.
 */
parts: Array<Part>, };

export type AbsentColumn = { column: string, state: ColumnState, };

export type Action = "pass" | "surrogate" | "year" | "zip3" | "drop";

export type Analyze = { tables: Array<TableKey>, 
/**
 * Also at those that were looked at before.
 */
again: boolean, };

export type AnswerFile = { path: string, };

export type AppState = { version: string, project: ProjectFacts | null, recents: Array<Recent>, 
/**
 * The system user's name: the default for "who".
 */
user: string, 
/**
 * What went wrong before the window could show it, such as the project named at the start.
 */
notice: string | null, };

export type Blob = { 
/**
 * `PDF`, `TIFF`, …; `unknown` where no signature fits.
 */
content: string, count: number, bytes: number, };

export type CellPage = { columns: Array<string>, rows: Array<Array<Shown>>, total: number, unmasked: boolean, };

export type CellRequest = { table: TableKey, offset: number, limit: number, };

export type ChangeMapping = { id: string, 
/**
 * Absent parts stay as they are.
 */
field: string | null, order: number | null, description: string | null, transform: string | null, comment: string | null, status: MappingStatus | null, };

export type CheckFiles = { paths: Array<string>, choices: Array<FileChoice>, };

export type Checksum = { tables: Array<TableDigest>, 
/**
 * One figure over the digests, the definitions, the ledger without its times, and the rejects: two loads of
 * the same files give the same. A decimal number past 2^53.
 */
snapshot_digest: string, };

export type ChoosePath = { what: PathKind, 
/**
 * For a file to be written.
 */
suggested_name: string | null, };

export type Class = "NAME" | "STAFF" | "EMPLOYER" | "GEO" | "ZIP" | "DATE" | "PHONE" | "FAX" | "EMAIL" | "SSN" | "MRN" | "PLAN" | "ACCT" | "LIC" | "VEHICLE" | "DEVICE" | "URL" | "IP" | "BIO" | "PHOTO" | "UID" | "FREETEXT" | "NONE";

export type ColumnAnalysis = { rows: number, nulls: number, 
/**
 * Of no bytes, or of spaces alone.
 */
blanks: number, 
/**
 * Of tabs, line ends and other white space.
 */
white_space: number, 
/**
 * Values that stand for none, each with its count; they are not among `meant`.
 */
placeholders: Array<Placeholder>, 
/**
 * Rows that say something: neither NULL, blank, white space nor a placeholder.
 */
meant: number, lengths: Lengths, 
/**
 * The most frequent shapes of text, most frequent first.
 */
patterns: Array<Pattern>, 
/**
 * Rows of all other shapes.
 */
other_patterns: number, numbers: Numbers | null, dates: Dates | null, 
/**
 * What the values look like, surest first.
 */
kinds: Array<KindFound>, blobs: Array<Blob>, variants: Variants | null, truncation: Truncation | null, };

export type ColumnFacts = { key: ColumnKey, database: string | null, table: string, column: string, ordinal: number, declared_type: string, nullable: boolean, 
/**
 * `PRI`, `UNI`, `MUL` or empty, as the legacy server prints it.
 */
db_key: string, default: string | null, generated: boolean, 
/**
 * Where it is not `read`, no figure says anything: the snapshot does not hold the column's values.
 */
state: ColumnState, source_comment: string, figures: ColumnFigures, 
/**
 * `null` where the snapshot does not hold the column's values.
 */
filled_percent: number | null, shown: ShownFacts | null, min: Shown, max: Shown, 
/**
 * The 20 most frequent values; equal counts in order of first appearance.
 */
top: Array<TopValue>, 
/**
 * Its own, or else its table's.
 */
disposition: Disposition, 
/**
 * Decided for the column itself.
 */
own: boolean, reason: string, module: string | null, description: string, comment: string, mappings: Array<Mapping>, };

export type ColumnFigures = { rows: number, nulls: number, blanks: number, distinct: number, 
/**
 * In characters for text, in bytes for binary.
 */
min_length: number, max_length: number, inferred_type: InferredType, 
/**
 * Of a date or datetime, such as `YYYY-MM-DD`.
 */
format: string | null, };

export type ColumnKey = string;

export type ColumnState = "read" | "not in the dump" | "computed by the server, not in the dump";

export type ColumnStudy = { facts: ColumnFacts, 
/**
 * `None`: its table was not looked at yet.
 */
analysis: ColumnAnalysis | null, };

export type Comparison = { tables: Array<TableComparison>, equal: number, 
/**
 * Rows or digest differ, or one side lacks the table.
 */
differing: number, not_comparable: number, };

export type Component = { 
/**
 * Its own, whatever its order; empty: a new one.
 */
id: string, module: string, 
/**
 * Encounter, Summary Document, Observation, Audiogram, PFT, Fit Test, or an interface's title.
 */
component: string, 
/**
 * Its place among the module's; 0: the last.
 */
order: number, doc_type: string, get_pat_id: string, get_user_id: string, get_interface_name: string, get_ext_id: string, get_subject: string, get_location: string, get_encounter_id: string, template: string, };

export type ComponentId = { id: string, };

export type ConformanceFacts = { files: Array<ConformanceFile>, 
/**
 * Files that are no delimited text, and what they are.
 */
others: Array<string>, 
/**
 * Places at which rules are broken, over all files.
 */
broken: number, };

export type ConformanceFile = { file: string, bytes: number, encoding: string, dialect: string, records: number, rules: Array<ConformanceRule>, 
/**
 * The first thousand places of each rule.
 */
findings: Array<ConformanceFinding>, };

export type ConformanceFinding = { rule: number, severity: Severity, 
/**
 * From 1; 0 for the file as a whole.
 */
line: number, 
/**
 * From 1; 0 for the header.
 */
record: number, byte: number, what: string, remedy: string, };

export type ConformanceRule = { 
/**
 * Its number in the file format rules.
 */
rule: number, severity: Severity, text: string, 
/**
 * What the client does about it.
 */
remedy: string, 
/**
 * Places at which it is broken; 0: it is kept.
 */
broken: number, };

export type ConnectTables = { tables: Array<TableKey>, interface: string, };

export type Counts = { tables: number, tables_decided: number, columns: number, columns_decided: number, rows: number, rows_decided: number, rejects: number, mappings: number, 
/**
 * Required fields, of the interfaces in use, that nothing is mapped to.
 */
required_missing: number, 
/**
 * Decisions that no longer fit the snapshot.
 */
misfits: number, };

export type DataIssue = { table: TableKey, column: ColumnKey | null, 
/**
 * The column's name; empty for the table as a whole.
 */
name: string, trouble: Trouble, label: string, rows: number, 
/**
 * Of the table's, in percent.
 */
percent: number, 
/**
 * Whether the table's rows reach a person.
 */
about_people: boolean, sentence: string, };

export type DateFormatCount = { format: string, count: number, };

export type Dates = { 
/**
 * Rows that hold a date, of those that say something: `0000-00-00` and its like are placeholders.
 */
count: number, 
/**
 * How they are written, most frequent first.
 */
formats: Array<DateFormatCount>, 
/**
 * Rows that are another day where day and month change places (`03/04/2019`).
 */
ambiguous: number, 
/**
 * Whether no row tells which of the two it is.
 */
undecided: boolean, 
/**
 * Dates without year, month or day.
 */
zero: number, 
/**
 * After the day of the analysis.
 */
future: number, 
/**
 * ISO days of the first and the last that are no zero dates.
 */
first: string, last: string, years: Array<YearCount>, 
/**
 * With a time of day.
 */
timed: number, 
/**
 * Of those, at midnight: all of them mean that only the day is kept.
 */
midnight: number, 
/**
 * Of those, with a zone.
 */
zoned: number, 
/**
 * Of those, with AM or PM.
 */
half_days: number, };

export type DecideColumns = { columns: Array<ColumnKey>, 
/**
 * `undecided` gives the column back to its table's disposition.
 */
disposition: Disposition | null, reason: string | null, };

export type DecideTables = { tables: Array<TableKey>, 
/**
 * Absent parts stay as they are.
 */
disposition: Disposition | null, reason: string | null, 
/**
 * Empty text: no module.
 */
module: string | null, comment: string | null, };

export type DescribeColumn = { column: ColumnKey, description: string | null, comment: string | null, module: string | null, };

export type Disposition = "discrete" | "summary" | "both" | "file" | "custom" | "archive" | "not_migrated" | "undecided";

export type Edited = { project: ProjectFacts, touched: Touched, };

export type EditedReject = { id: number, text: string, };

export type ExportKind = "map" | "samples" | "profile";

export type ExportOf = { kind: ExportKind, };

export type ExportPreview = { kind: ExportKind, default_name: string, sheets: Array<SheetPreview>, 
/**
 * What a person should know before sending it.
 */
remarks: Array<string>, };

export type ExportRejects = { path: string, query: RejectQuery, raw: boolean, };

export type ExportRequest = { kind: ExportKind, path: string, 
/**
 * Sample rows a table.
 */
rows: number | null, };

export type Exported = { path: string, bytes: number, sheets: number, rows: number, warnings: Array<string>, };

export type FieldFacts = { name: string, label: string, requirement: Requirement, kind: string, format: string | null, allowed: Array<string>, note: string, max_length: number | null, 
/**
 * Mapped from any table.
 */
mapped_from: Array<ColumnKey>, 
/**
 * What it holds in every record, where no column fills it.
 */
constant: string | null, 
/**
 * Why nothing fills it, where that was decided.
 */
waived: string | null, };

export type FileChoice = { 
/**
 * The name as the ledger prints it, or a pattern of it with `*` and `?`.
 */
file: string, 
/**
 * The name is that of one file: no pattern, and not that of files in other folders.
 */
exact: boolean, 
/**
 * What it is taken for, whatever it looks like.
 */
treat_as: TreatAs | null, 
/**
 * Leave it aside.
 */
skip: boolean, 
/**
 * Of delimited text: a label such as `windows-1252`.
 */
encoding: string | null, 
/**
 * One character or several.
 */
delimiter: string | null, 
/**
 * One ASCII character; blank where nothing encloses fields.
 */
quote: string | null, escape: QuoteEscape | null, header: boolean | null, 
/**
 * Lines above the header that are no records.
 */
skip_lines: number | null, 
/**
 * What a remark begins with, at the start of its line; blank where there are none.
 */
comment: string | null, 
/**
 * A field that is this, without quotes, is NULL; blank where NULL is not written.
 */
null: string | null, 
/**
 * Only CRLF ends a record: a lone LF or CR is text.
 */
crlf_only: boolean | null, 
/**
 * Blanks between a delimiter and a quote are no part of the value.
 */
blanks_around_quotes: boolean | null, 
/**
 * Which column has no name where the header is one name short.
 */
unnamed: UnnamedColumn | null, 
/**
 * Of a workbook.
 */
sheets: Array<SheetRule>, };

export type FileFacts = { file: string, kind: string, bytes: number, encoding: string | null, 
/**
 * For delimited text: delimiter, quote, escape and header as recognised or chosen.
 */
dialect: string | null, 
/**
 * What a person is asked before the file is loaded, in sentences; the load says the same.
 */
questions: Array<string>, 
/**
 * For delimited text: the ways to read it that were considered, the one that is taken first.
 */
readings: Array<ReadingFacts>, 
/**
 * Why it would be left aside.
 */
ignored_why: string | null, 
/**
 * A password would open it.
 */
needs_password: boolean, };

export type FindNames = { text: string, limit: number, };

export type FindPeople = { text: string, offset: number, limit: number, };

export type FindRows = { text: string, column: ColumnKey, offset: number, limit: number, };

export type FindValues = { text: string, };

export type FoundColumn = { key: ColumnKey, table_key: TableKey, database: string | null, table: string, column: string, rows: number, 
/**
 * Of the rows of its table.
 */
filled_percent: number, 
/**
 * Its own, or else its table's.
 */
disposition: Disposition, 
/**
 * Why it fits: `its name`, `its comment`, `98 % of its values look like a CVX vaccine code (likely)`.
 */
why: string, };

export type FoundNames = { tables: Array<FoundTable>, tables_total: number, columns: Array<FoundColumn>, columns_total: number, 
/**
 * Tables that were looked at closely: of the others it is not known what their values look like.
 */
analyzed: number, };

export type FoundPlace = { column: ColumnKey, table_key: TableKey, database: string | null, table: string, name: string, 
/**
 * Rows that hold it.
 */
rows: number, 
/**
 * Numbers of the first of them, from 1.
 */
first_rows: Array<number>, 
/**
 * Its own, or else its table's.
 */
disposition: Disposition, };

export type FoundRows = { table: TableKey, columns: Array<string>, rows: Array<Array<Shown>>, 
/**
 * The number of each row in its table, from 1.
 */
numbers: Array<number>, 
/**
 * All rows that were found.
 */
total: number, unmasked: boolean, };

export type FoundTable = { key: TableKey, database: string | null, table: string, rows: number, disposition: Disposition, module: string | null, 
/**
 * Why it fits: `its name`, `its comment`.
 */
why: string, };

export type FoundValues = { 
/**
 * Most rows first.
 */
places: Array<FoundPlace>, 
/**
 * Rows that were read for it.
 */
rows_read: number, 
/**
 * Tables with rows, and how many of them the index covers.
 */
tables: number, indexed: number, seconds: number, };

export type InferredType = "empty" | "constant" | "boolean" | "integer" | "decimal" | "date" | "datetime" | "code" | "identifier" | "text" | "binary";

export type Inventory = { rows: Array<InventoryRow>, 
/**
 * Tables that were looked at closely; of the others only names and columns speak.
 */
analyzed: number, 
/**
 * The newest year in which any table was used: "dead" is told from it, not from today.
 */
newest_year: number | null, 
/**
 * Which legacy system this may be, likeliest first; empty where nothing fits.
 */
systems: Array<SystemGuess>, };

export type InventoryRow = { key: TableKey, rows: number, role: Role, 
/**
 * As people call it.
 */
role_label: string, 
/**
 * Why, in a sentence.
 */
role_why: string, analyzed: boolean, 
/**
 * The column that tells when rows were made.
 */
dated_by: string | null, years: Array<YearCount>, last_year: number | null, 
/**
 * Rows stopped coming two years or more before the newest of all tables.
 */
dead: boolean, 
/**
 * By which column its rows reach a person.
 */
person: PersonLink | null, repeats: Repeats | null, 
/**
 * Findings about its columns and rows.
 */
issues: number, };

export type IssuePage = { total: number, issues: Array<DataIssue>, analyzed: number, tables: number, };

export type IssueRequest = { table: TableKey | null, trouble: Trouble | null, offset: number, limit: number, };

export type JobFacts = { id: number, kind: JobKind, label: string, state: JobState, phase: string, done: number, 
/**
 * 0 where it is not known.
 */
total: number, unit: string, rows: number, seconds: number, rows_per_second: number, seconds_left: number | null, 
/**
 * What came of it, or what went wrong and what to do.
 */
message: string, 
/**
 * Of a job that failed: what the window may act on, such as `password_needed`.
 */
code: string | null, 
/**
 * A file that was written.
 */
path: string | null, warnings: Array<string>, };

export type JobId = { id: number, };

export type JobKind = "load" | "export" | "demo" | "checksum" | "query" | "relationships" | "retry" | "look" | "profile" | "analysis" | "find" | "index";

export type JobState = "running" | "done" | "warned" | "failed" | "cancelled";

export type Judgement = "confirmed" | "rejected";

export type KeyFacts = { 
/**
 * `primary`, `unique`, `index` or `foreign`.
 */
kind: string, name: string | null, columns: Array<string>, 
/**
 * For a foreign key: the table it points to, as the source writes it.
 */
references_table: string | null, references_columns: Array<string>, };

export type Kind = "npi" | "dea" | "snomed" | "loinc" | "vin" | "icd10" | "icd10_plain" | "icd9" | "cpt" | "hcpcs" | "ndc" | "ndc_plain" | "cvx" | "rx_norm" | "blood_pressure" | "hearing_threshold" | "ssn" | "ssn_plain" | "phone" | "phone_plain" | "zip_plus" | "zip" | "state" | "email" | "ssn_in_text" | "guid" | "url" | "file_path" | "rtf" | "html" | "xml" | "json" | "hl7" | "base64" | "zoned_timestamp" | "time_of_day" | "time_am_pm" | "mojibake";

export type KindFound = { kind: Kind, 
/**
 * As people call it.
 */
label: string, count: number, 
/**
 * Of the rows that say something.
 */
percent: number, sureness: Sureness, 
/**
 * Why it is taken for that, as sentences without a value.
 */
evidence: Array<string>, 
/**
 * Numbers of the first rows that hold it, from 1.
 */
example_rows: Array<number>, };

export type Ledger = { snapshot: string, files: Array<LedgerFile>, rejects: number, 
/**
 * Of the rejects: those that were corrected by hand and are rows now.
 */
corrected: number, seconds: number, 
/**
 * How long each step of the load took, in order.
 */
steps: Array<LedgerStep>, };

export type LedgerFile = { file: string, kind: string, encoding: string, bytes: number, 
/**
 * For delimited text: delimiter, quote, escape and header as recognised.
 */
dialect: string | null, seconds: number, tables: Array<LedgerTable>, 
/**
 * Statements read but not run, by kind, with their number.
 */
statements: Array<StatementCount>, 
/**
 * Where the bytes went that are no rows of a table. With those of the tables they add up to the file's;
 * empty where the format has no such order.
 */
shares: Array<LedgerShare>, 
/**
 * Views, saved queries, linked tables: their names.
 */
objects: Array<LedgerObject>, 
/**
 * Why the file was left aside.
 */
ignored: Array<string>, warnings: Array<string>, };

export type LedgerObject = { kind: string, name: string, };

export type LedgerShare = { class: string, count: number, bytes: number, };

export type LedgerStep = { step: string, seconds: number, };

export type LedgerTable = { key: TableKey, database: string | null, table: string, read: number, loaded: number, rejected: number, 
/**
 * Of the rejected: those that were corrected by hand and are rows now.
 */
corrected: number, 
/**
 * Of the file, taken up by the loaded rows; 0 where the format has no such order.
 */
bytes: number, 
/**
 * Columns whose values the snapshot does not hold.
 */
not_in_dump: Array<AbsentColumn>, };

export type LengthBin = { from: number, to: number, count: number, };

export type Lengths = { 
/**
 * In characters for text, in bytes for binary.
 */
least: number, greatest: number, mean: number, 
/**
 * Rows by length; lengths over 64 in bins, each as wide as it is far.
 */
bins: Array<LengthBin>, };

export type LinkName = { table: TableKey, interface: string, };

export type LoadRequest = { paths: Array<string>, label: string | null, 
/**
 * Every protected file tries each. They go one way only.
 */
passwords?: Array<string>, choices: Array<FileChoice>, 
/**
 * Whether columns are profiled.
 */
profile: boolean, 
/**
 * Whether files may take more than 200 times their size.
 */
allow_growth: boolean, 
/**
 * Whether a load begins though the disk seems to have no room for it.
 */
allow_tight: boolean, };

export type LogLine = { seq: number, at: string, who: string, 
/**
 * `edit`, `undo`, `redo` or `act`.
 */
act: string, label: string, };

export type MapColumn = { column: ColumnKey, interface: string, field: string, };

export type MapColumns = { columns: Array<MapColumn>, };

export type MapDetail = { table: MapTable, interface: MapInterface, columns: Array<ColumnFacts>, fields: Array<FieldFacts>, 
/**
 * Mappings from this table to this interface, its constants and what was waived of it.
 */
mappings: Array<Mapping>, };

export type MapInterface = { id: string, title: string, purpose: string, kind: string, fields: number, required: number, required_missing: number, mapped: number, 
/**
 * Something is connected to it.
 */
in_use: boolean, };

export type MapLink = { table: TableKey, interface: string, 
/**
 * Fields of the interface mapped from this table.
 */
mapped: number, };

export type MapOverview = { tables: Array<MapTable>, interfaces: Array<MapInterface>, links: Array<MapLink>, };

export type MapTable = { key: TableKey, database: string | null, table: string, rows: number, columns: number, filled_percent: number, disposition: Disposition, module: string | null, columns_mapped: number, 
/**
 * In the snapshot in use; a decision may be about a table that is gone.
 */
present: boolean, };

export type Mapping = { id: string, source: Array<ColumnKey>, 
/**
 * What the field holds in every record; then it has no source.
 */
constant: string | null, interface: string, field: string, order: number, description: string, 
/**
 * How the value is changed on the way, in words the engineers build from.
 */
transform: string, comment: string, status: MappingStatus, who: string, when: string, };

export type MappingId = { id: string, };

export type MappingStatus = "proposed" | "mapped" | "checked" | "waived";

export type Mark = "value" | "null" | "blank" | "space" | "binary";

export type Misfit = { 
/**
 * `table`, `column`, `mapping`, `privacy`, `relationship`.
 */
kind: string, key: string, name: string, why: string, };

export type Module = { name: string, order: number, status: ModuleStatus, comment: string, };

export type ModuleFacts = { module: Module, tables: number, rows: number, components: Array<Component>, };

export type ModuleStatus = "undecided" | "mapped" | "in_build" | "internal_test" | "client_test" | "verified" | "blocked" | "change_request";

export type MoveLink = { table: TableKey, from: string, to: string, };

export type NewProject = { path: string, client: string, };

export type NumberBin = { from: number, to: number, count: number, };

export type Numbers = { 
/**
 * Rows that hold a number, written plainly.
 */
count: number, zeros: number, negatives: number, least: number, greatest: number, mean: number, 
/**
 * Of a sample (n − 1); 0 for a single row.
 */
deviation: number, 
/**
 * At 1, 5, 25, 50, 75, 95 and 99 percent: the least value that so many rows do not exceed.
 */
quantiles: Array<Quantile>, 
/**
 * By how many percent of the rows a quantile may be off; 0 where it is exact.
 */
error_percent: number, 
/**
 * Twenty bins of the same width, or one for each value where there are no more.
 */
histogram: Array<NumberBin>, };

export type ObjectFacts = { file: string, kind: string, name: string, text: Shown, };

export type ObjectsRequest = { raw: boolean, };

export type OpenProject = { path: string, };

export type PageRequest = { offset: number, limit: number, };

export type Part = { kind: PartKind, name: string, version: string, 
/**
 * An SPDX expression.
 */
licence: string, };

export type PartKind = "crate" | "npm" | "c";

export type PartialName = { name: string, };

export type PathKind = "new_project" | "open_project" | "snapshot_files" | "snapshot_folder" | "save_workbook" | "save_rejects" | "open_rejects" | "open_answer";

export type PathStep = { from: RelationEnd, to: RelationEnd, };

export type Pattern = { 
/**
 * `A` and `a` for letters, `9` for digits; a run of over four letters is `a+`. Other signs are themselves.
 */
shape: string, count: number, };

export type PeoplePage = { table: TableKey, database: string | null, name: string, 
/**
 * Its key's columns.
 */
key: Array<string>, page: FoundRows, };

export type Person = { row: number, };

export type PersonFacts = { table: TableKey, database: string | null, name: string, 
/**
 * The number of the person's row there, from 1.
 */
row: number, 
/**
 * The person's own row first, then by the first year; only tables with rows of the person.
 */
tables: Array<PersonTableFacts>, rows: number, 
/**
 * Of those, rows of tables that are undecided.
 */
rows_undecided: number, 
/**
 * Tables that reach the person table and hold nothing of this person.
 */
without_rows: number, 
/**
 * Tables with rows from which no way leads to a person: what they hold of this one is not here.
 */
without_path: Array<UnreachedTable>, seconds: number, };

export type PersonLink = { columns: Array<string>, 
/**
 * The table where the person stands, and its column that is pointed at, where it is another.
 */
through: ThroughTable | null, 
/**
 * People that its rows name, where they name them themselves in one column.
 */
people: number | null, 
/**
 * As a sentence.
 */
words: string, };

export type PersonPath = { key: TableKey, database: string | null, table: string, rows: number, steps: Array<PathStep>, 
/**
 * The least confidence of a step.
 */
confidence: number, 
/**
 * Such as `reaches employee by visit_id → visit.id, employee_id → employee.id`.
 */
text: string, };

export type PersonRows = { page: FoundRows, 
/**
 * Of each row; `null` where no date tells.
 */
years: Array<number | null>, };

export type PersonRowsRequest = { row: number, table: TableKey, offset: number, limit: number, };

export type PersonTable = { table_key: TableKey, database: string | null, table: string, 
/**
 * Its key's columns.
 */
key: Array<string>, rows: number, 
/**
 * Tables that reach it.
 */
reached_by: number, };

export type PersonTableFacts = { key: TableKey, database: string | null, table: string, rows: number, 
/**
 * How its rows reach the person; empty for the person's own row.
 */
path: string, 
/**
 * From 0 to 1: the least sure step of the path.
 */
confidence: number, 
/**
 * The column that tells when a row was made; `null` where none does, or the table was not looked at closely.
 */
dated_by: string | null, years: Array<YearCount>, disposition: Disposition, module: string | null, 
/**
 * Columns that hold something in these rows.
 */
columns_filled: number, 
/**
 * Of those, the ones that nothing takes along although the table is migrated as discrete data: neither mapped nor
 * decided by themselves.
 */
unmapped: Array<string>, };

export type Placeholder = { 
/**
 * As it is usually written: `N/A`, `1900-01-01`.
 */
written: string, count: number, };

export type PreviewCell = { 
/**
 * Masked unless the table is unmasked.
 */
before: Shown, after: string, };

export type ProjectFacts = { path: string, name: string, who: string, client: string, snapshots: Array<SnapshotFacts>, 
/**
 * The snapshot in use: the newest, unless another was chosen.
 */
snapshot: string | null, 
/**
 * Why the snapshot that should be in use cannot be: its store is gone or unreadable.
 */
snapshot_lost: string | null, 
/**
 * Loads that did not end: folder names, offered for deletion.
 */
partials: Array<string>, counts: Counts, 
/**
 * The label of what undo would take back.
 */
undo: string | null, redo: string | null, 
/**
 * Tables whose raw values are showing in this session.
 */
unmasked: Array<TableKey>, 
/**
 * What a person should know of the place the project is in: a cloud copies it, somebody else has it open.
 */
warnings: Array<string>, };

export type Quantile = { percent: number, value: number, };

export type QueryAnswer = { columns: Array<string>, rows: Array<Array<Shown>>, 
/**
 * There are more rows than were asked for.
 */
cut: boolean, masked: boolean, };

export type QueryRequest = { sql: string, raw: boolean, limit: number, };

export type QuoteEscape = "doubled" | "backslash" | "backslash_letters";

export type ReadingFacts = { dialect: string, encoding: string, 
/**
 * How well the sample fits, from 0 to about 1; `None` where the reading differs in what no score tells.
 */
score: number | null, reasons: Array<string>, 
/**
 * What is decided for the file to be read so.
 */
choice: FileChoice, 
/**
 * Names of the columns, masked where they may be data.
 */
columns: Array<Shown>, 
/**
 * The first records, masked.
 */
rows: Array<Array<Shown>>, };

export type ReasonCount = { reason: string, count: number, };

export type Recent = { path: string, name: string, opened_at: string, 
/**
 * Still there on disk.
 */
exists: boolean, };

export type RecordKind = "table" | "column" | "link" | "mapping" | "module" | "component" | "privacy" | "relationship";

export type Reject = { id: number, file: string, table: string | null, 
/**
 * Counted from 1 within the table or file.
 */
record: number, 
/**
 * Counted from 1.
 */
line: number, 
/**
 * Offset in the uncompressed file, from 0.
 */
byte: number, length: number, reason: string, 
/**
 * Why it is still none, where it was tried again.
 */
tried_again: string | null, raw: Shown, 
/**
 * When it was corrected, and is a row since; RFC 3339, UTC.
 */
corrected_at: string | null, corrected_by: string | null, 
/**
 * Its record can be read again by itself.
 */
retriable: boolean, };

export type RejectGroup = { file: string, table: string | null, reason: string, count: number, corrected: number, 
/**
 * `sql` or `delimited`: its records can be read again; `None`: they cannot.
 */
form: string | null, };

export type RejectId = { id: number, };

export type RejectPage = { 
/**
 * Rejects that pass the filter.
 */
total: number, rejects: Array<Reject>, 
/**
 * Of the whole snapshot, by file, table and reason; the most frequent first, at most 200.
 */
groups: Array<RejectGroup>, };

export type RejectQuery = { 
/**
 * As the ledger prints it.
 */
file: string | null, table: string | null, 
/**
 * Part of the reason, whatever the case.
 */
reason: string, 
/**
 * Only those that were not corrected.
 */
open: boolean, 
/**
 * Only these.
 */
ids: Array<number>, offset: number, limit: number, };

export type RejectText = { id: number, 
/**
 * `None`: its bytes are no text in the character set of its file.
 */
text: string | null, bytes: number, };

export type RejectsWritten = { path: string, rejects: number, };

export type Relation = { from: RelationEnd, to: RelationEnd, kind: RelationKind, state: RelationState, 
/**
 * From 0 to 1; 1 where it is declared or confirmed.
 */
confidence: number, 
/**
 * Share of the rows that hold something whose parent is there, from 0 to 1; `null` where no row does.
 */
coverage: number | null, 
/**
 * Child rows that hold something.
 */
rows: number, 
/**
 * Of those, rows whose parent is not there.
 */
orphans: number, 
/**
 * Different values of the orphans, at least.
 */
orphan_values: number, 
/**
 * Rows that hold 0, which is no key there: taken for none, and not counted as orphans.
 */
zeros: number, 
/**
 * Different values of the child column; 0 for several columns.
 */
distinct: number, cardinality: RelationCardinality, 
/**
 * Numbers of the first orphans' rows, from 1.
 */
examples: Array<number>, evidence: Array<RelationEvidence>, 
/**
 * Other parents that fit nearly as well, best first.
 */
alternatives: Array<RelationAlternative>, 
/**
 * Who confirmed or rejected it, and when; empty where nobody did.
 */
who: string, when: string, };

export type RelationAlternative = { to: RelationEnd, confidence: number, coverage: number | null, };

export type RelationCardinality = "one_to_one" | "many_to_one" | "unknown";

export type RelationEnd = { key: TableKey, database: string | null, table: string, columns: Array<string>, };

export type RelationEvidence = { 
/**
 * For scripts: `names_table`, `all_found`, …
 */
code: string, 
/**
 * For people.
 */
text: string, };

export type RelationJudged = { child: Array<ColumnKey>, parent: Array<ColumnKey>, 
/**
 * `null` takes it back.
 */
judgement: Judgement | null, };

export type RelationKind = "declared" | "inferred" | "added";

export type RelationState = "proposed" | "confirmed" | "rejected";

export type RelationshipFacts = { 
/**
 * In the order of child tables and columns.
 */
relations: Array<Relation>, 
/**
 * The table whose rows are people; `null` where none looks so.
 */
person_table: PersonTable | null, 
/**
 * Of every other table that reaches it.
 */
paths: Array<PersonPath>, 
/**
 * Tables that do not reach it: where data drops out of a chart.
 */
without_path: Array<UnreachedTable>, };

export type RelationshipQuery = { 
/**
 * Only what this table points at, or what points at it, and its path.
 */
table: TableKey | null, };

export type Repeats = { 
/**
 * Beyond the first of each.
 */
rows: number, 
/**
 * Whether only a part of the rows was compared.
 */
estimated: boolean, };

export type ReportOn = { paths: Array<string>, choices: Array<FileChoice>, path: string, };

export type Requirement = "R" | "CR" | "BP" | "O";

export type Retried = { tried: number, 
/**
 * Rows now.
 */
corrected: number, 
/**
 * Kept as rejects, with the reason found now.
 */
rejected: number, 
/**
 * The reasons of those, the most frequent first.
 */
reasons: Array<ReasonCount>, };

export type RetryRejects = { edited: string | null, one: EditedReject | null, query: RejectQuery, pad: boolean, cut: boolean, };

export type Role = "person" | "staff" | "event" | "detail" | "lookup" | "link" | "name_value" | "log" | "copy" | "system" | "empty" | "other";

export type RowsOfValue = { column: ColumnKey, order: ValueOrder, place: number, offset: number, limit: number, };

export type SamplePlan = { total: number, columns: Array<Treatment>, 
/**
 * Over all columns of the snapshot.
 */
passed: number, surrogated: number, reduced: number, dropped: number, };

export type SamplePreview = { columns: Array<Treatment>, rows: Array<Array<PreviewCell>>, };

export type SampleQuery = { table: TableKey | null, 
/**
 * Part of a column's or table's name.
 */
text: string, offset: number, limit: number, };

export type SetConstant = { interface: string, field: string, value: string, };

export type SetPrivacy = { columns: Array<ColumnKey>, 
/**
 * Absent: back to what the rules say.
 */
class: Class | null, action: Action | null, };

export type Severity = "error" | "warning" | "info";

export type SheetPreview = { name: string, rows: number, what: string, };

export type SheetRule = { sheet: string, 
/**
 * The last row of the header, from 1; 0 where there is none.
 */
header_row: number | null, skip: boolean, 
/**
 * The cells of the table with its header, such as `A5:K200`.
 */
range: string | null, };

export type Shown = { mark: Mark, text: string, masked: boolean, };

export type ShownFacts = { 
/**
 * The view that a query finds it in as it is shown.
 */
view: string, 
/**
 * Values by the way they are shown: `leading zeros`, `percent`, `not computed`, …
 */
kinds: Array<ShownKind>, };

export type ShownKind = { kind: string, count: number, };

export type SnapshotFacts = { id: string, label: string, 
/**
 * RFC 3339, UTC.
 */
loaded_at: string, files: number, tables: number, rows: number, bytes: number, rejects: number, seconds: number, };

export type SnapshotId = { id: string, };

export type StatementCount = { statement: string, count: number, };

export type StudyOf = { table: TableKey, 
/**
 * Absent: each of its columns.
 */
column: string | null, };

export type Sureness = "sure" | "likely" | "possible";

export type SystemGuess = { system: string, 
/**
 * Of its modules, those of which tables were found.
 */
found: Array<string>, missing: Array<string>, 
/**
 * Found in percent of all.
 */
percent: number, };

export type TableComparison = { database: string | null, table: string, verdict: Verdict, 
/**
 * Absent where the table was not staged.
 */
rows: number | null, digest: string | null, 
/**
 * Absent where the server did not name the table.
 */
server_rows: number | null, server_digest: string | null, 
/**
 * Why it cannot be compared.
 */
reason: string | null, };

export type TableDetail = { facts: TableFacts, columns: Array<ColumnFacts>, unmasked: boolean, };

export type TableDigest = { key: TableKey, database: string | null, table: string, rows: number, columns: number, 
/**
 * A decimal number past 2^53.
 */
digest: string, comparable: boolean, 
/**
 * Why it cannot be compared.
 */
reason: string | null, };

export type TableFacts = { key: TableKey, database: string | null, table: string, rows: number, 
/**
 * Of the values as staged.
 */
bytes: number, columns: number, 
/**
 * Of those that the snapshot holds.
 */
empty_columns: number, 
/**
 * Columns whose values the snapshot does not hold.
 */
absent_columns: number, 
/**
 * Mean over the columns that the snapshot holds.
 */
filled_percent: number, rejected: number, disposition: Disposition, reason: string, who: string, when: string, module: string | null, comment: string, status: ModuleStatus, 
/**
 * Columns with a decision of their own or a mapping.
 */
columns_decided: number, columns_mapped: number, source_comment: string, file: string, keys: Array<KeyFacts>, };

export type TableKey = string;

export type TableName = { table: TableKey, };

export type TablePage = { 
/**
 * Tables that pass the filter.
 */
total: number, rows: Array<TableFacts>, 
/**
 * Keys of all that pass the filter, in order: for select-all and shift-ranges.
 */
keys: Array<TableKey>, };

export type TableQuery = { 
/**
 * Part of a table's or its module's name, whatever the case.
 */
text: string, dispositions: Array<Disposition>, module: string | null, 
/**
 * Only tables with (true) or without (false) rows.
 */
filled: boolean | null, sort: TableSort, descending: boolean, offset: number, 
/**
 * 0: all.
 */
limit: number, };

export type TableSort = "name" | "rows" | "bytes" | "columns" | "filled" | "disposition" | "module" | "rejected";

export type TakenBack = { rejects: number, };

export type ThroughTable = { table: TableKey, key: string, people: Array<string>, };

export type TopValue = { value: Shown, count: number, };

export type Touched = { 
/**
 * More than edits change: another snapshot, or raw values on show. All is to be asked for again.
 */
everything: boolean, parts: Array<TouchedPart>, };

export type TouchedPart = { kind: RecordKind, 
/**
 * That the record is about; `null` where it is about none, or about all.
 */
table: TableKey | null, };

export type TreatAs = "sql" | "delimited";

export type Treatment = { key: ColumnKey, table: TableKey, column: string, class: Class, action: Action, 
/**
 * 0 to 1.
 */
confidence: number, 
/**
 * In words, without a source value.
 */
evidence: Array<string>, 
/**
 * A person set it, rather than a rule.
 */
decided: boolean, 
/**
 * Columns of one domain share surrogates, so that joins hold.
 */
domain: string, };

export type Trouble = "ssn_in_text" | "ambiguous_dates" | "mixed_date_formats" | "not_dates" | "not_numbers" | "zero_dates" | "future_dates" | "placeholders" | "wrongly_decoded" | "truncated" | "repeated_rows" | "variants" | "markup" | "white_space" | "no_time_of_day" | "orphans";

export type Truncation = { length: number, count: number, 
/**
 * Whether that is the declared length.
 */
declared: boolean, };

export type UnnamedColumn = "first" | "last";

export type UnreachedTable = { key: TableKey, database: string | null, table: string, rows: number, };

export type ValueOrder = "most_rows" | "fewest_rows";

export type ValuePage = { column: ColumnKey, 
/**
 * Distinct values that pass the filter; NULL is none of them.
 */
total: number, offset: number, values: Array<TopValue>, unmasked: boolean, };

export type ValueRequest = { table: TableKey, column: ColumnKey, order: ValueOrder, 
/**
 * Only where the table is unmasked.
 */
text: string, offset: number, limit: number, };

export type Variants = { 
/**
 * Values that are written in more than one way.
 */
values: number, 
/**
 * Rows that hold one of them.
 */
rows: number, 
/**
 * Whether the column has more values than were compared.
 */
in_part: boolean, };

export type Verdict = "equal" | "rows_differ" | "content_differs" | "not_on_server" | "not_staged" | "not_comparable";

export type WaiveField = { interface: string, field: string, reason: string, };

export type Who = { who: string, };

export type WireError = { code: string, message: string, };

export type WordIndexFacts = { 
/**
 * Tables with rows, and how many of them it covers.
 */
tables: number, indexed: number, bytes: number, 
/**
 * Rows that were read for it just now.
 */
rows: number, seconds: number, };

export type YearCount = { year: number, count: number, };

// Lists of the engine, and keys as it writes them.

export const DISPOSITIONS: readonly { code: Disposition; label: string; letter: string }[] = [
  {"code":"discrete","label":"Discrete","letter":"D"},
  {"code":"summary","label":"Summary document","letter":"S"},
  {"code":"both","label":"Both","letter":"B"},
  {"code":"file","label":"File/document","letter":"F"},
  {"code":"custom","label":"Custom table only","letter":"C"},
  {"code":"archive","label":"Archive only","letter":"A"},
  {"code":"not_migrated","label":"Not migrated","letter":"N"},
  {"code":"undecided","label":"Undecided","letter":"?"},
];

export const MODULE_STATUSES: readonly { code: ModuleStatus; label: string }[] = [
  {"code":"undecided","label":"Undecided"},
  {"code":"mapped","label":"Mapped"},
  {"code":"in_build","label":"In build"},
  {"code":"internal_test","label":"Internal test"},
  {"code":"client_test","label":"Client test"},
  {"code":"verified","label":"Verified"},
  {"code":"blocked","label":"Blocked"},
  {"code":"change_request","label":"Change request"},
];

export const MAPPING_STATUSES: readonly { code: MappingStatus; label: string }[] = [
  {"code":"proposed","label":"Proposed"},
  {"code":"mapped","label":"Mapped"},
  {"code":"checked","label":"Checked"},
  {"code":"waived","label":"Waived"},
];

export const REQUIREMENTS: readonly { code: Requirement; label: string }[] = [
  {"code":"R","label":"Required"},
  {"code":"CR","label":"Conditional"},
  {"code":"BP","label":"Best practice"},
  {"code":"O","label":"Optional"},
];

export const ACTION_CODES: readonly Action[] = [
  "pass",
  "surrogate",
  "year",
  "zip3",
  "drop",
];

export const CLASS_CODES: readonly Class[] = [
  "NAME",
  "STAFF",
  "EMPLOYER",
  "GEO",
  "ZIP",
  "DATE",
  "PHONE",
  "FAX",
  "EMAIL",
  "SSN",
  "MRN",
  "PLAN",
  "ACCT",
  "LIC",
  "VEHICLE",
  "DEVICE",
  "URL",
  "IP",
  "BIO",
  "PHOTO",
  "UID",
  "FREETEXT",
  "NONE",
];

export const KEYS: readonly { database: string; table: string; column: string; key: ColumnKey; named: string }[] = [
  {"column":"NAME","database":"","key":"/EMPLOYEE/NAME","named":"EMPLOYEE.NAME","table":"EMPLOYEE"},
  {"column":"LAST/FIRST","database":"ohm","key":"ohm/EMPLOYEE/LAST%2FFIRST","named":"ohm.EMPLOYEE.LAST/FIRST","table":"EMPLOYEE"},
  {"column":"%2F","database":"a/b","key":"a%2Fb/50%25/%252F","named":"a/b.50%.%2F","table":"50%"},
  {"column":"","database":"","key":"//","named":".","table":""},
  {"column":"näme.x","database":"","key":"/Ärzte 2/näme.x","named":"Ärzte 2.näme.x","table":"Ärzte 2"},
];

/** Whose edits put an answer out of date: of records about the table asked for, and of any of the kind. */
export const SOURCES: Record<keyof CommandMap, { its: RecordKind[]; any: RecordKind[] }> = {
  app_state: { its: [], any: [] },
  about: { its: [], any: [] },
  create_project: { its: [], any: [] },
  open_project: { its: [], any: [] },
  open_demo: { its: [], any: [] },
  close_project: { its: [], any: [] },
  project: { its: [], any: [] },
  forget_recent: { its: [], any: [] },
  set_who: { its: [], any: [] },
  choose_snapshot: { its: [], any: [] },
  choose_path: { its: [], any: [] },
  inspect: { its: [], any: [] },
  start_load: { its: [], any: [] },
  jobs: { its: [], any: [] },
  cancel_job: { its: [], any: [] },
  delete_partial: { its: [], any: [] },
  ledger: { its: [], any: [] },
  objects: { its: [], any: [] },
  rejects: { its: [], any: [] },
  reject_text: { its: [], any: [] },
  export_rejects: { its: [], any: [] },
  retry_rejects: { its: [], any: [] },
  take_back_retry: { its: [], any: [] },
  misfits: { its: [], any: ["table", "column", "link", "mapping", "privacy", "relationship"] },
  conformance: { its: [], any: [] },
  conformance_report: { its: [], any: [] },
  tables: { its: [], any: ["table", "column", "mapping", "module"] },
  table: { its: ["table", "column", "mapping", "privacy"], any: ["module"] },
  start_analysis: { its: [], any: [] },
  inventory: { its: [], any: ["privacy", "relationship"] },
  issues: { its: [], any: ["privacy", "relationship"] },
  study: { its: ["table", "column", "mapping", "privacy"], any: ["module"] },
  values: { its: ["privacy"], any: [] },
  rows_of_value: { its: [], any: [] },
  find_names: { its: [], any: ["table", "column"] },
  find_values: { its: [], any: ["table", "column"] },
  found_rows: { its: [], any: [] },
  word_index: { its: [], any: [] },
  start_index: { its: [], any: [] },
  people: { its: [], any: ["relationship"] },
  follow: { its: [], any: ["table", "column", "mapping", "module", "relationship"] },
  person_rows: { its: [], any: ["relationship"] },
  cells: { its: [], any: [] },
  unmask: { its: [], any: [] },
  mask: { its: [], any: [] },
  query: { its: [], any: [] },
  checksum: { its: [], any: [] },
  compare: { its: [], any: [] },
  checksum_sql: { its: [], any: [] },
  relationships: { its: [], any: ["relationship"] },
  judge_relationship: { its: [], any: [] },
  decide_tables: { its: [], any: [] },
  decide_columns: { its: [], any: [] },
  describe_column: { its: [], any: [] },
  map_overview: { its: [], any: ["table", "column", "link", "mapping", "module"] },
  map_detail: { its: ["table", "column", "privacy"], any: ["link", "mapping", "module"] },
  connect_tables: { its: [], any: [] },
  move_link: { its: [], any: [] },
  disconnect_table: { its: [], any: [] },
  map_columns: { its: [], any: [] },
  set_constant: { its: [], any: [] },
  waive_field: { its: [], any: [] },
  change_mapping: { its: [], any: [] },
  remove_mapping: { its: [], any: [] },
  modules: { its: [], any: ["table", "module", "component"] },
  put_module: { its: [], any: [] },
  put_component: { its: [], any: [] },
  remove_component: { its: [], any: [] },
  undo: { its: [], any: [] },
  redo: { its: [], any: [] },
  history: { its: [], any: ["table", "column", "link", "mapping", "module", "component", "privacy", "relationship"] },
  sample_plan: { its: [], any: ["privacy"] },
  sample_preview: { its: ["privacy"], any: [] },
  set_privacy: { its: [], any: [] },
  export_preview: { its: [], any: ["table", "column", "link", "mapping", "module", "component", "privacy"] },
  start_export: { its: [], any: [] },
  show_file: { its: [], any: [] },
};

/** Every command: what it takes and what it answers. */
export type CommandMap = {
  app_state: { request: null; reply: AppState };
  about: { request: null; reply: About };
  create_project: { request: NewProject; reply: ProjectFacts };
  open_project: { request: OpenProject; reply: ProjectFacts };
  open_demo: { request: null; reply: JobFacts };
  close_project: { request: null; reply: null };
  project: { request: null; reply: ProjectFacts };
  forget_recent: { request: OpenProject; reply: AppState };
  set_who: { request: Who; reply: Edited };
  choose_snapshot: { request: SnapshotId; reply: Edited };
  choose_path: { request: ChoosePath; reply: Array<string> };
  inspect: { request: LoadRequest; reply: Array<FileFacts> };
  start_load: { request: LoadRequest; reply: JobFacts };
  jobs: { request: null; reply: Array<JobFacts> };
  cancel_job: { request: JobId; reply: JobFacts };
  delete_partial: { request: PartialName; reply: Edited };
  ledger: { request: null; reply: Ledger };
  objects: { request: ObjectsRequest; reply: Array<ObjectFacts> };
  rejects: { request: RejectQuery; reply: RejectPage };
  reject_text: { request: RejectId; reply: RejectText };
  export_rejects: { request: ExportRejects; reply: RejectsWritten };
  retry_rejects: { request: RetryRejects; reply: Retried };
  take_back_retry: { request: null; reply: TakenBack };
  misfits: { request: null; reply: Array<Misfit> };
  conformance: { request: CheckFiles; reply: ConformanceFacts };
  conformance_report: { request: ReportOn; reply: Exported };
  tables: { request: TableQuery; reply: TablePage };
  table: { request: TableName; reply: TableDetail };
  start_analysis: { request: Analyze; reply: JobFacts };
  inventory: { request: null; reply: Inventory };
  issues: { request: IssueRequest; reply: IssuePage };
  study: { request: StudyOf; reply: Array<ColumnStudy> };
  values: { request: ValueRequest; reply: ValuePage };
  rows_of_value: { request: RowsOfValue; reply: CellPage };
  find_names: { request: FindNames; reply: FoundNames };
  find_values: { request: FindValues; reply: FoundValues };
  found_rows: { request: FindRows; reply: FoundRows };
  word_index: { request: null; reply: WordIndexFacts };
  start_index: { request: null; reply: JobFacts };
  people: { request: FindPeople; reply: PeoplePage };
  follow: { request: Person; reply: PersonFacts };
  person_rows: { request: PersonRowsRequest; reply: PersonRows };
  cells: { request: CellRequest; reply: CellPage };
  unmask: { request: TableName; reply: Edited };
  mask: { request: TableName; reply: Edited };
  query: { request: QueryRequest; reply: QueryAnswer };
  checksum: { request: null; reply: Checksum };
  compare: { request: AnswerFile; reply: Comparison };
  checksum_sql: { request: null; reply: string };
  relationships: { request: RelationshipQuery; reply: RelationshipFacts };
  judge_relationship: { request: RelationJudged; reply: Edited };
  decide_tables: { request: DecideTables; reply: Edited };
  decide_columns: { request: DecideColumns; reply: Edited };
  describe_column: { request: DescribeColumn; reply: Edited };
  map_overview: { request: null; reply: MapOverview };
  map_detail: { request: LinkName; reply: MapDetail };
  connect_tables: { request: ConnectTables; reply: Edited };
  move_link: { request: MoveLink; reply: Edited };
  disconnect_table: { request: LinkName; reply: Edited };
  map_columns: { request: MapColumns; reply: Edited };
  set_constant: { request: SetConstant; reply: Edited };
  waive_field: { request: WaiveField; reply: Edited };
  change_mapping: { request: ChangeMapping; reply: Edited };
  remove_mapping: { request: MappingId; reply: Edited };
  modules: { request: null; reply: Array<ModuleFacts> };
  put_module: { request: Module; reply: Edited };
  put_component: { request: Component; reply: Edited };
  remove_component: { request: ComponentId; reply: Edited };
  undo: { request: null; reply: Edited };
  redo: { request: null; reply: Edited };
  history: { request: PageRequest; reply: Array<LogLine> };
  sample_plan: { request: SampleQuery; reply: SamplePlan };
  sample_preview: { request: TableName; reply: SamplePreview };
  set_privacy: { request: SetPrivacy; reply: Edited };
  export_preview: { request: ExportOf; reply: ExportPreview };
  start_export: { request: ExportRequest; reply: JobFacts };
  show_file: { request: ExportRequest; reply: null };
};
