//! The staging store: what the legacy system held, as it held it, with the catalog, the ledger and the profiles.
//!
//! Source columns are declared without a type, so that SQLite converts nothing. The name table (`cw_table`,
//! `cw_column`) says what each is called physically, because SQLite folds case and files repeat headers; everything of
//! ours carries the prefix `cw_`. What the legacy program shows otherwise than it is stored (`cw_facet`) is put into a
//! view beside the table. A row's `_rowid_` is its record's number among those loaded. SQLite is built for
//! 32,767 columns (`.cargo/config.toml`).

mod check;
mod collide;
pub mod correct;
pub(super) mod file;
pub mod marks;
mod names;
pub mod pages;
mod profile;
pub mod read;
mod rows;
pub mod scan;
mod value_rows;
pub mod whose;
pub mod write;

pub use correct::Correction;
pub use read::{StagedColumn, StagedTable, Staging};
pub use write::Writer;

/// Raised whenever what follows changes; a store of another version is loaded anew.
const VERSION: i32 = 5;

const SCHEMA: &str = "
CREATE TABLE cw_meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE cw_file (
    id INTEGER PRIMARY KEY, name TEXT, kind TEXT, encoding TEXT, bytes INTEGER, dialect TEXT, seconds REAL);
CREATE TABLE cw_table (
    id INTEGER PRIMARY KEY, file INTEGER, database TEXT, name TEXT, physical TEXT, comment TEXT, keys TEXT,
    rows INTEGER, bytes INTEGER, rejected INTEGER, comparable INTEGER, reason TEXT, corrected INTEGER DEFAULT 0,
    shown_view TEXT);
CREATE TABLE cw_column (
    tab INTEGER, ordinal INTEGER, name TEXT, physical TEXT, declared_type TEXT, nullable INTEGER, default_value TEXT,
    generated INTEGER, presence TEXT, auto_increment INTEGER, comment TEXT,
    nulls INTEGER, blanks INTEGER, distinct_values INTEGER, min_length INTEGER, max_length INTEGER, inferred TEXT,
    format TEXT, least, greatest,
    PRIMARY KEY (tab, ordinal)) WITHOUT ROWID;
CREATE TABLE cw_top (tab INTEGER, ordinal INTEGER, rank INTEGER, value, count INTEGER,
    PRIMARY KEY (tab, ordinal, rank)) WITHOUT ROWID;
CREATE TABLE cw_reject (
    id INTEGER PRIMARY KEY, file INTEGER, tab INTEGER, record INTEGER, line INTEGER, byte INTEGER, reason TEXT, raw BLOB,
    form INTEGER, retried_at TEXT, who TEXT, row INTEGER, retry INTEGER, tried_again TEXT);
CREATE TABLE cw_form (id INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE cw_part (
    file INTEGER, tab INTEGER, loaded INTEGER, rejected INTEGER, bytes INTEGER, PRIMARY KEY (file, tab)) WITHOUT ROWID;
CREATE TABLE cw_share (file INTEGER, class TEXT, count INTEGER, bytes INTEGER);
CREATE TABLE cw_step (id INTEGER PRIMARY KEY, step TEXT, seconds REAL);
CREATE TABLE cw_object (id INTEGER PRIMARY KEY, file INTEGER, kind TEXT, name TEXT, text TEXT);
CREATE TABLE cw_facet (
    tab INTEGER, row INTEGER, ordinal INTEGER, kind TEXT, stored TEXT, shown TEXT,
    PRIMARY KEY (tab, row, ordinal)) WITHOUT ROWID;
CREATE TABLE cw_shown (tab INTEGER, ordinal INTEGER, kind TEXT, count INTEGER,
    PRIMARY KEY (tab, ordinal, kind)) WITHOUT ROWID;
CREATE TABLE cw_note (id INTEGER PRIMARY KEY, file INTEGER, kind TEXT, text TEXT, count INTEGER);
";
