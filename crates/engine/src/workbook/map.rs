//! The migration map: what the client signs and the receiving system's engineers build from.

mod columns;
mod coverage;
mod ledger;
mod lists;
mod modules;
mod options;
mod readme;
mod tables;

use std::borrow::Borrow;
use std::path::Path;

use super::Written;
use super::sheet_writer::{Cover, SHEET_ROWS, SheetWriter};
use crate::error::{Error, Result};
use crate::facts::{ColumnFacts, FieldFacts, Ledger, ModuleFacts, SheetPreview, SnapshotFacts, TableFacts};
use crate::mapping::MappingStatus;
use crate::progress::{Progress, Watch};
use crate::sample::Deidentified;
use crate::sample::leak::TextLog;
use crate::source::ColumnKey;
use lists::Lists;

/// What the map is made of. All slices are in the order in which they are to be printed.
pub struct MapBook<'a> {
    /// The engagement's name as it is to be printed.
    pub client: &'a str,
    pub project: &'a str,
    /// Who exports.
    pub who: &'a str,
    /// The declared time of the export, RFC 3339.
    pub at: &'a str,
    pub snapshot: Option<&'a SnapshotFacts>,
    pub tables: &'a [TableFacts],
    pub columns: ColumnCounts,
    pub modules: &'a [ModuleFacts],
    /// Every field of the interfaces in use.
    pub coverage: &'a [Coverage],
    pub ledger: Option<&'a Ledger>,
}

/// How many source columns there are; they themselves come one by one while the map is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct ColumnCounts {
    pub all: u64,
    pub decided: u64,
    pub mapped: u64,
}

/// A source column with what may be shown of its values.
pub struct MapColumn {
    pub facts: ColumnFacts,
    pub table_rows: u64,
    /// A few distinct values, the most frequent first.
    pub sample: Vec<Deidentified>,
}

/// A target field and what is mapped to it.
pub struct Coverage {
    /// The interface's id and title.
    pub interface: String,
    pub title: String,
    pub field: FieldFacts,
    pub sources: Vec<CoverageSource>,
}

/// One of what fills a field.
pub struct CoverageSource {
    /// `None`: a constant, or the field is waived.
    pub column: Option<ColumnKey>,
    pub status: MappingStatus,
    /// The transform, the constant, or why the field is waived.
    pub how: String,
}

impl Coverage {
    /// A required field that nothing is mapped to.
    fn is_gap(&self) -> bool {
        self.field.requirement == crate::target::Requirement::Required && self.sources.is_empty()
    }
}

const README: &str = "Read me";
const TABLES: &str = "Tables";
const COLUMNS: &str = "Data Mapping";
const MODULES: &str = "Module Summary";
const COVERAGE: &str = "Target coverage";
const LEDGER: &str = "Ledger";

/// Writes the map to `path`, replacing what is there; `columns` in the order in which they are to be printed.
///
/// Refused when `at` is not a time; [`Error::Cancelled`] when `watch` says stop, and then nothing is written.
pub fn write<C: Borrow<MapColumn>>(
    path: &Path,
    book: &MapBook<'_>,
    columns: impl IntoIterator<Item = Result<C>>,
    texts: &mut dyn TextLog,
    watch: &dyn Watch,
) -> Result<Written> {
    write_on(SHEET_ROWS, path, book, columns, texts, watch)
}

/// As [`write`], on sheets of `room` rows.
pub(super) fn write_on<C: Borrow<MapColumn>>(
    room: u32,
    path: &Path,
    book: &MapBook<'_>,
    columns: impl IntoIterator<Item = Result<C>>,
    texts: &mut dyn TextLog,
    watch: &dyn Watch,
) -> Result<Written> {
    let cover = Cover { what: "Migration map", client: book.client, who: book.who, at: book.at };
    let mut writer = SheetWriter::new(&cover, texts)?;
    writer.room = room;
    let lists = Lists::of(book);
    let mut steps = Steps { watch, done: 0, total: rows(book) };
    readme::write(&mut writer, book)?;
    tables::write(&mut writer, book, &lists, &mut steps)?;
    columns::write(&mut writer, columns, &lists, &mut steps)?;
    modules::write(&mut writer, book, &mut steps)?;
    coverage::write(&mut writer, book, &mut steps)?;
    ledger::write(&mut writer, book, &mut steps)?;
    lists.write(&mut writer)?;
    steps.rest("Packing the map")?;
    writer.save(path)
}

/// What the map will contain, sheet by sheet.
pub fn sheets(book: &MapBook<'_>) -> Vec<SheetPreview> {
    let sheet = |name: &str, rows: u64, what: &str| SheetPreview { name: name.to_owned(), rows, what: what.to_owned() };
    vec![
        sheet(README, 0, readme::WHAT),
        sheet(TABLES, book.tables.len() as u64, tables::WHAT),
        sheet(COLUMNS, book.columns.all, columns::WHAT),
        sheet(MODULES, modules::rows(book), modules::WHAT),
        sheet(COVERAGE, book.coverage.len() as u64, coverage::WHAT),
        sheet(LEDGER, ledger::rows(book), ledger::WHAT),
    ]
}

fn rows(book: &MapBook<'_>) -> u64 {
    sheets(book).iter().map(|s| s.rows).sum()
}

/// Tells how far the writing is.
struct Steps<'a> {
    watch: &'a dyn Watch,
    done: u64,
    total: u64,
}

impl Steps<'_> {
    /// Called for each row; reports every few hundred.
    fn row(&mut self, sheet: &str) -> Result<()> {
        self.done += 1;
        if self.done.is_multiple_of(256) { self.tell(format!("Writing {sheet}")) } else { Ok(()) }
    }

    fn rest(&self, phase: &str) -> Result<()> {
        self.tell(phase.to_owned())
    }

    fn tell(&self, phase: String) -> Result<()> {
        let progress = Progress { phase, done: self.done, total: self.total, unit: "rows", rows: self.done };
        if self.watch.step(&progress) { Ok(()) } else { Err(Error::Cancelled) }
    }
}
