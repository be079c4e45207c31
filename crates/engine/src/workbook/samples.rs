//! The deidentified samples: rows that people can look at, with a report of what was done to every column.
//!
//! Tables are written one after the other and leave memory when the next one starts; the report, which is known last,
//! stands first.

mod index;
mod parts;
mod report;
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::Written;
use super::look::Look;
use super::sheet_names::SheetNames;
use super::sheet_writer::{Cover, Cuts, Paper, SheetWriter};
use crate::error::{Error, Result};
use crate::facts::{SheetPreview, TableFacts};
use crate::sample::leak::{TextLog, TextOrigin};
use crate::sample::{Action, Class, Deidentified, Treatment};
use parts::Packing;
use table::{Around, Carried, HEADS, OpenTable};

/// The method as the report names it.
pub const METHOD: &str = "HIPAA Safe Harbor (year only), 45 CFR 164.514(b)(2)";
/// Where the allow-list of three-digit ZIP codes is from.
pub const CENSUS: &str = "2020 census: 894 three-digit ZIP areas of more than 20,000 people";

const REPORT: &str = "Report";
const TABLES: &str = "Tables";
/// Sheets of ours before the tables.
const OURS: usize = 2;
/// Written sheets that are carried over at once. Each keeps a file open, and opening a workbook for each takes its time.
const BATCH: usize = 24;

const NULL: &str = "NULL";
const BLANK: &str = "(blank)";
const DROPPED: &str = "(withheld)";

/// What the workbook is about.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The engagement's name as it is to be printed.
    pub client: String,
    pub project: String,
    pub who: String,
    /// The declared time of the export, RFC 3339.
    pub at: String,
    /// The snapshot's label.
    pub snapshot: String,
    /// At most so many rows of a table.
    pub rows_per_table: u64,
    /// Values held by fewer people were suppressed.
    pub rare: u64,
}

impl About {
    fn cover(&self) -> Cover<'_> {
        Cover { what: "Deidentified samples", client: &self.client, who: &self.who, at: &self.at }
    }
}

/// What was done to one column.
#[derive(Debug, Clone)]
pub struct ReportLine {
    pub table: String,
    pub column: String,
    pub class: Class,
    pub action: Action,
    /// In words, without a source value.
    pub evidence: String,
    /// A person set it, rather than a rule.
    pub decided: bool,
    pub sampled: u64,
    pub changed: u64,
    pub passed: u64,
    pub dropped: u64,
}

/// One foreign key before and after, so that a reader knows that joins hold.
#[derive(Debug, Clone)]
pub struct JoinLine {
    /// In words: "clinicvisit.emp_id → employee.id".
    pub foreign_key: String,
    /// Cardinality in the source's sampled rows.
    pub before: String,
    /// Cardinality in this workbook.
    pub after: String,
}

/// What the workbook will contain.
pub fn sheets(tables: &[TableFacts], rows_per_table: u64) -> Vec<SheetPreview> {
    let sheet = |name: &str, rows: u64, what: &str| SheetPreview { name: name.to_owned(), rows, what: what.to_owned() };
    let mut names = SheetNames::default();
    let (report, index) = (names.take(REPORT), names.take(TABLES));
    let columns = tables.iter().map(|t| t.columns).sum();
    let mut out = vec![
        sheet(&report, columns, "What was done to every column, by which method, and whether joins hold"),
        sheet(&index, tables.len() as u64, "Every table, with a link to its sheet"),
    ];
    out.extend(tables.iter().map(|t| SheetPreview {
        name: names.take(&t.table),
        rows: t.rows.min(rows_per_table),
        what: format!("Rows of {}, deidentified", t.key),
    }));
    out
}

/// The samples while they are written: [`Self::table`], then [`Self::row`] for each of its rows, and so on.
pub struct SamplesBook {
    about: About,
    look: Look,
    paper: Paper,
    names: SheetNames,
    texts: CellTexts,
    cuts: Cuts,
    packing: Packing,
    batch: Workbook,
    open: Option<OpenTable>,
    listed: Vec<Listed>,
    room: u32,
}

/// A table in the index.
struct Listed {
    facts: TableFacts,
    sampled: u64,
    carried: Vec<Carried>,
}

/// Of the sheets, what the leak scan is told at the end.
#[derive(Default)]
struct CellTexts {
    /// Names of the schema, and words of ours.
    exempt: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl SamplesBook {
    /// Starts the file at `path`, replacing what is there. What stands there is no workbook before [`Self::finish`].
    ///
    /// Refused when `about.at` is not a time.
    pub fn begin(path: &Path, about: &About) -> Result<Self> {
        let look = Look::new();
        let packing = Packing::begin(path, &mut about.cover().workbook(&look)?, OURS)?;
        let mut names = SheetNames::default();
        names.take(REPORT);
        names.take(TABLES);
        Ok(Self {
            batch: batch(&look),
            paper: about.cover().paper(),
            about: about.clone(),
            look,
            names,
            texts: CellTexts::default(),
            cuts: Cuts::default(),
            packing,
            open: None,
            listed: Vec::new(),
            room: super::sheet_writer::SHEET_ROWS,
        })
    }

    /// For tests: as if a sheet had so few rows.
    #[cfg(test)]
    pub(crate) fn with_room(mut self, rows: u32) -> Self {
        self.room = rows;
        self
    }

    /// Starts a table's sheet; `columns` in the order in which rows will hold them.
    pub fn table(&mut self, facts: &TableFacts, columns: &[(String, &Treatment)]) -> Result<()> {
        self.close()?;
        self.listed.push(Listed { facts: facts.clone(), sampled: 0, carried: Vec::new() });
        let (mut around, _) = self.around();
        let table = OpenTable::new(&facts.table, columns, &mut around)?;
        self.open = Some(table);
        Ok(())
    }

    /// One row of the table started last. Refused before any table, and where it has not a cell for each column.
    pub fn row(&mut self, cells: &[Deidentified]) -> Result<()> {
        let (mut around, open) = self.around();
        let Some(table) = open else {
            return Err(Error::refused("a sample row came before its table; start the table first"));
        };
        table.row(cells, &mut around)?;
        self.carry(BATCH)
    }

    /// Writes the report and the index and closes the file.
    pub fn finish(mut self, report: &[ReportLine], joins: &[JoinLine], texts: &mut dyn TextLog) -> Result<Written> {
        self.close()?;
        self.carry(0)?;
        for word in [NULL, BLANK, DROPPED] {
            texts.text(TextOrigin::Ours, word);
        }
        self.texts.exempt.iter().for_each(|t| texts.text(TextOrigin::Schema, t));
        self.texts.ids.iter().for_each(|t| texts.text(TextOrigin::Id, t));
        let mut writer = SheetWriter::new(&self.about.cover(), texts)?;
        writer.cuts = self.cuts;
        report::write(&mut writer, &self.about, report, joins)?;
        index::write(&mut writer, &self.listed)?;
        for carried in self.listed.iter().flat_map(|t| &t.carried) {
            let stand_in = stand_in(&mut writer, carried)?;
            writer.bind_stand_in(stand_in);
        }
        writer.count_rows(self.listed.iter().map(|t| t.sampled).sum());
        self.packing.end()?.finish(&mut writer.workbook, OURS)?;
        Ok(writer.written())
    }

    fn around(&mut self) -> (Around<'_>, Option<&mut OpenTable>) {
        let around = Around {
            batch: &mut self.batch,
            look: &self.look,
            paper: &self.paper,
            names: &mut self.names,
            texts: &mut self.texts,
            cuts: &mut self.cuts,
            room: self.room,
        };
        (around, self.open.as_mut())
    }

    /// Ends the table that is open.
    fn close(&mut self) -> Result<()> {
        let (mut around, Some(table)) = self.around() else { return Ok(()) };
        table.close(&mut around)?;
        let (sampled, carried) = (table.sampled, std::mem::take(&mut table.carried));
        self.open = None;
        if let Some(listed) = self.listed.last_mut() {
            listed.sampled = sampled;
            listed.carried = carried;
        }
        self.carry(BATCH)
    }

    /// Carries the written sheets over once there are more than `waiting`.
    fn carry(&mut self, waiting: usize) -> Result<()> {
        if self.batch.worksheets().len() - 1 > waiting {
            let full = std::mem::replace(&mut self.batch, batch(&self.look));
            self.packing.sheets(full)?;
        }
        Ok(())
    }
}

/// A workbook whose sheets are to be carried over, but for the first: it is in view, so that none of the others is.
fn batch(look: &Look) -> Workbook {
    let mut workbook = Workbook::new();
    look.register(&mut workbook);
    workbook.add_worksheet();
    workbook
}

/// Stands for a carried sheet where the workbook says what sheets it has; its own part is thrown away.
fn stand_in(writer: &mut SheetWriter<'_>, carried: &Carried) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(&carried.name)?;
    sheet.set_repeat_rows(0, HEADS - 1)?;
    sheet.autofilter(HEADS - 1, 0, (carried.rows - 1).max(HEADS), carried.columns - 1)?;
    writer.tell(TextOrigin::Ours, &carried.name);
    Ok(sheet)
}

/// Classes whose values tell one person or record from all others. A social security number is told by its length.
fn is_id(class: Class) -> bool {
    matches!(class, Class::Mrn | Class::Plan | Class::Acct | Class::Lic | Class::Vehicle | Class::Device | Class::Uid)
}
