//! The two workbooks. Each is written beside its target under another name, searched for the people of the snapshot,
//! forced to the disk and only then given its name: a name that is there is a workbook that is whole and clean.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::Project;
use super::samples::{Random, Treated, year_of};
use super::tables::Values;
use crate::disk::Part;
use crate::error::{Error, Result};
use crate::facts::{ExportKind, ExportPreview, Exported, SnapshotFacts, TableFacts, TableQuery};
use crate::progress::{Progress, Watch};
use crate::sample::leak::{Exempt, Roster, scan};
use crate::sample::people::RARE;
use crate::sample::surrogate::{Deidentified, Deidentifier, Origin};
use crate::source::Cell;
use crate::store::vault::VaultFile;
use crate::target::catalog;
use crate::workbook::map::{Coverage, MapBook, MapColumn};
use crate::workbook::samples::{About, JoinLine, ReportLine, SamplesBook};
use crate::workbook::{Heard, Written, map, samples};

#[derive(Debug, Clone)]
pub struct ExportRequest {
    pub kind: ExportKind,
    pub path: PathBuf,
    /// Sample rows a table.
    pub rows: Option<u64>,
    /// The declared time of the export, RFC 3339; now where it is absent.
    pub at: Option<String>,
}

/// Sample rows a table, unless asked otherwise.
pub const ROWS: u64 = 20;
/// Sample values a column in the map.
const VALUES: usize = 5;

impl Heard for Exempt {
    fn fixed(&mut self, text: &str) {
        Self::fixed(self, text);
    }
    fn typed(&mut self, text: &str) {
        Self::typed(self, text);
    }
    fn id(&mut self, text: &str) {
        Self::id(self, text);
    }
}

/// All that the map holds, owned.
struct MapContent {
    client: String,
    project: String,
    who: String,
    at: String,
    snapshot: Option<SnapshotFacts>,
    tables: Vec<TableFacts>,
    columns: Vec<MapColumn>,
    modules: Vec<crate::facts::ModuleFacts>,
    coverage: Vec<Coverage>,
    ledger: Option<crate::facts::Ledger>,
}

impl MapContent {
    fn book(&self) -> MapBook<'_> {
        MapBook {
            client: &self.client,
            project: &self.project,
            who: &self.who,
            at: &self.at,
            snapshot: self.snapshot.as_ref(),
            tables: &self.tables,
            columns: &self.columns,
            modules: &self.modules,
            coverage: &self.coverage,
            ledger: self.ledger.as_ref(),
        }
    }
}

impl Project {
    /// What an export will contain, before it is made.
    pub fn export_preview(&mut self, kind: ExportKind) -> Result<ExportPreview> {
        self.refresh()?;
        self.profiled()?;
        let counts = self.counts()?;
        let mut remarks = Vec::new();
        if counts.tables_decided < counts.tables {
            remarks.push(format!(
                "{} of {} tables are undecided",
                counts.tables - counts.tables_decided,
                counts.tables
            ));
        }
        let (name, sheets) = match kind {
            ExportKind::Map => {
                if counts.required_missing > 0 {
                    remarks.push(format!("{} required target fields have no mapping", counts.required_missing));
                }
                if counts.misfits > 0 {
                    remarks.push(format!("{} decisions no longer fit the snapshot", counts.misfits));
                }
                let content = self.map_content(&(self.here.now)(), false)?;
                ("migration map", map::sheets(&content.book()))
            }
            ExportKind::Samples => {
                let plan = self.sample_plan(&super::SampleQuery { limit: 1, ..super::SampleQuery::default() })?;
                remarks = vec![format!(
                    "{} columns pass, {} get surrogates, {} are reduced, {} are dropped",
                    plan.passed, plan.surrogated, plan.reduced, plan.dropped
                )];
                let tables = self.tables(&TableQuery::default())?.rows;
                ("deidentified samples", samples::sheets(&tables, ROWS))
            }
        };
        if counts.rejects > 0 {
            remarks.push(format!("{} records of the snapshot were rejected: they are in no workbook", counts.rejects));
        }
        let default_name = format!("{} {name}.xlsx", file_name(&self.state.settings.client));
        Ok(ExportPreview { kind, default_name, sheets, remarks })
    }

    /// Writes a workbook. Refused, leaving no file, where it holds anything that identifies a person of the snapshot.
    pub fn export(&mut self, request: &ExportRequest, watch: &dyn Watch) -> Result<Exported> {
        self.refresh()?;
        self.profiled()?;
        let at = request.at.clone().unwrap_or_else(|| (self.here.now)());
        let part = Part::of(&request.path, (self.here.random)())?;
        let (written, bytes) = self.write_and_search(request, &at, part.path(), watch)?;
        let what = match request.kind {
            ExportKind::Map => "the migration map",
            ExportKind::Samples => "deidentified samples",
        };
        self.put_in_place(part, what)?;
        Ok(Exported {
            path: request.path.display().to_string(),
            bytes,
            sheets: written.sheets,
            rows: written.rows,
            warnings: written.warnings,
        })
    }

    /// Gives an export its name. The log has it before: no file may be there that the log does not know of.
    pub(super) fn put_in_place(&mut self, part: Part, what: &str) -> Result<()> {
        let by = self.by();
        self.decisions.act(&by, &format!("exported {what}"))?;
        let path = part.target().to_path_buf();
        part.name().map_err(|source| {
            // Why there is no file is told in any case.
            let _ = self.decisions.act(&by, &format!("failed in the end to export {what}: no file was left"));
            Error::File { what: "the export is complete but could not be put in its place", path, source }
        })
    }

    fn write_and_search(
        &mut self,
        request: &ExportRequest,
        at: &str,
        part: &Path,
        watch: &dyn Watch,
    ) -> Result<(Written, u64)> {
        let mut exempt = Exempt::default();
        step(watch, "Gathering the people to search for", 0)?;
        let roster = self.roster()?;
        let written = match request.kind {
            ExportKind::Map => {
                step(watch, "Deidentifying sample values", 0)?;
                let content = self.map_content(at, true)?;
                map::write(part, &content.book(), &mut exempt, watch)?
            }
            ExportKind::Samples => {
                self.write_samples(part, request.rows.unwrap_or(ROWS), at, &roster, &mut exempt, watch)?
            }
        };
        step(watch, "Searching the workbook for people of the snapshot", written.rows)?;
        let said = |source| Error::File { what: "the workbook could not be read back", path: part.to_owned(), source };
        let file = File::options().read(true).write(true).open(part).map_err(said)?;
        file.sync_all().map_err(said)?;
        let hits = scan(&file, &roster, &exempt)?;
        if !hits.is_empty() {
            let places: Vec<String> =
                hits.iter().take(5).map(|h| format!("{} {} ({:?})", h.part, h.place, h.class)).collect();
            return Err(Error::refused(format!(
                "the workbook was not kept: {} places in it match a person of the snapshot: {}. Set those columns to \
                 be dropped or replaced (Samples), or reword the text, and export again",
                hits.len(),
                places.join("; ")
            )));
        }
        Ok((written, file.metadata().map_err(said)?.len()))
    }

    fn map_content(&mut self, at: &str, with_values: bool) -> Result<MapContent> {
        let tables = self.tables(&TableQuery::default())?.rows;
        let modules = self.modules()?;
        let ledger = self.ledger()?;
        let snapshots = self.decisions.snapshots()?;
        let id = &self.profiled()?.id;
        let snapshot = snapshots.into_iter().find(|s| s.id == *id);
        let mut columns = Vec::new();
        for table in &tables {
            for facts in self.column_facts(&table.key, None, Values::None)? {
                columns.push(MapColumn { facts, table_rows: table.rows, sample: Vec::new() });
            }
        }
        if with_values {
            self.fill_values(&mut columns, at)?;
        }
        Ok(MapContent {
            client: self.state.settings.client.clone(),
            project: super::name_of(&self.folder),
            who: self.who(),
            at: at.to_owned(),
            snapshot,
            tables,
            columns,
            modules,
            coverage: self.coverage(),
            ledger: Some(ledger),
        })
    }

    /// A few distinct values of each column, deidentified, the most frequent first.
    fn fill_values(&self, columns: &mut [MapColumn], at: &str) -> Result<()> {
        let treatments = self.treatments()?;
        let roster = self.roster()?;
        let mut vault = self.vault()?;
        let mut chance = Random(self.here.random);
        let snapshot = self.profiled()?;
        vault.together(|vault| {
            let mut deidentifier = Deidentifier::new(vault, &mut chance, &roster, year_of(at));
            for column in columns {
                let key = &column.facts.key;
                let (Some((table, staged)), Some(treatment)) = (snapshot.column(key)?, treatments.get(key)) else {
                    continue;
                };
                let top = snapshot.staging.top(table.id, staged.ordinal)?;
                let common = self.common_figures(&key.table_key())?;
                let Some(common) = common.get(staged.ordinal as usize) else { continue };
                for (cell, _) in &top {
                    let value = deidentifier.cell(treatment, &staged.figures, common, cell)?;
                    let told = !matches!(value.origin(), Origin::Null | Origin::Blank);
                    if told && !column.sample.contains(&value) && column.sample.len() < VALUES {
                        column.sample.push(value);
                    }
                }
            }
            Ok(())
        })
    }

    fn coverage(&self) -> Vec<Coverage> {
        let mut found = Vec::new();
        for id in self.state.interfaces_in_use() {
            let Some(interface) = catalog().interface(id) else { continue };
            for field in self.field_facts(interface) {
                let sources = self
                    .state
                    .records
                    .mappings
                    .values()
                    .filter(|m| m.interface == id && m.field == field.name)
                    .flat_map(|m| m.source.iter().map(|c| (c.clone(), m.status, m.transform.clone())))
                    .collect();
                found.push(Coverage { interface: id.to_owned(), title: interface.title.clone(), field, sources });
            }
        }
        found
    }

    fn write_samples(
        &mut self,
        part: &Path,
        limit: u64,
        at: &str,
        roster: &Roster,
        exempt: &mut Exempt,
        watch: &dyn Watch,
    ) -> Result<Written> {
        let facts = self.tables(&TableQuery::default())?.rows;
        let snapshots = self.decisions.snapshots()?;
        let treatments = self.treatments()?;
        let mut vault = self.vault()?;
        let mut chance = Random(self.here.random);
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        let label = snapshots.iter().find(|s| s.id == snapshot.id).map_or("", |s| s.label.as_str());
        let about = About {
            client: self.state.settings.client.clone(),
            project: super::name_of(&self.folder),
            who: self.who(),
            at: at.to_owned(),
            snapshot: label.to_owned(),
            rows_per_table: limit,
            rare: RARE,
        };
        let mut book = SamplesBook::begin(part, &about)?;
        let mut report = Vec::new();
        let mut joins = Vec::new();
        vault.together(|vault: &mut VaultFile| {
            let mut deidentifier = Deidentifier::new(vault, &mut chance, roster, year_of(at));
            for (done, table) in facts.iter().enumerate() {
                let progress = Progress {
                    phase: format!("Sampling {}", table.key),
                    done: done as u64,
                    total: facts.len() as u64,
                    unit: "tables",
                    rows: 0,
                };
                if !watch.step(&progress) {
                    return Err(Error::Cancelled);
                }
                let staged = self.staged(&table.key)?;
                let columns = snapshot.columns(staged)?;
                let treated = Treated::of(snapshot, (&table.key, staged), &rules, &treatments)?;
                let heads: Vec<_> = treated.iter().map(|t| (t.treatment.column.clone(), &t.treatment)).collect();
                book.table(table, &heads)?;
                let mut lines: Vec<ReportLine> = treated.iter().map(|t| line(&table.key.to_string(), t)).collect();
                let mut keys = Joins::of(snapshot, staged, columns);
                for row in snapshot.staging.spread(staged, columns, limit)? {
                    let mut cells = Vec::with_capacity(row.len());
                    for (index, cell) in row.iter().enumerate() {
                        let (treated, figures) = (&treated[index], &columns[index].figures);
                        let after = deidentifier.cell(&treated.treatment, figures, &treated.common, cell)?;
                        count(&mut lines[index], &after);
                        cells.push(after);
                    }
                    keys.see(&row, &cells);
                    book.row(&cells)?;
                }
                report.append(&mut lines);
                joins.extend(keys.lines(&table.key.to_string()));
            }
            Ok(())
        })?;
        book.finish(&report, &joins, exempt)
    }
}

fn step(watch: &dyn Watch, phase: &str, rows: u64) -> Result<()> {
    let on = watch.step(&Progress { phase: phase.to_owned(), done: 0, total: 0, unit: "tables", rows });
    if on { Ok(()) } else { Err(Error::Cancelled) }
}

fn line(table: &str, treated: &Treated) -> ReportLine {
    let t = &treated.treatment;
    ReportLine {
        table: table.to_owned(),
        column: t.column.clone(),
        class: t.class,
        action: t.action,
        evidence: t.evidence.join("; "),
        decided: t.decided,
        sampled: 0,
        changed: 0,
        passed: 0,
        dropped: 0,
    }
}

fn count(line: &mut ReportLine, value: &Deidentified) {
    line.sampled += 1;
    match value.origin() {
        Origin::Null | Origin::Blank => {}
        Origin::Passed => line.passed += 1,
        Origin::Reduced | Origin::Surrogate => line.changed += 1,
        Origin::Dropped => line.dropped += 1,
    }
}

/// Foreign keys of a table, and how many distinct values their sampled rows hold before and after.
struct Joins {
    keys: Vec<Join>,
}

struct Join {
    column: usize,
    name: String,
    target: String,
    before: std::collections::BTreeSet<String>,
    after: std::collections::BTreeSet<String>,
}

impl Joins {
    fn of(
        snapshot: &super::snapshots::InUse,
        table: &crate::store::staging::StagedTable,
        columns: &[crate::store::staging::StagedColumn],
    ) -> Self {
        let keys = columns
            .iter()
            .enumerate()
            .filter_map(|(column, c)| {
                let (to, to_column) = snapshot.reference(table, &c.name)?;
                let (before, after) = Default::default();
                Some(Join { column, name: c.name.clone(), target: format!("{to}.{to_column}"), before, after })
            })
            .collect();
        Self { keys }
    }

    fn see(&mut self, row: &[Cell], cells: &[Deidentified]) {
        for key in &mut self.keys {
            let before = match &row[key.column] {
                Cell::Null | Cell::Bytes(_) => continue,
                Cell::Integer(i) => i.to_string(),
                Cell::Text(text) => text.clone(),
            };
            key.before.insert(before);
            key.after.insert(cells[key.column].as_str().to_owned());
        }
    }

    fn lines(self, table: &str) -> Vec<JoinLine> {
        let counted = |set: &std::collections::BTreeSet<String>| format!("{} distinct values", set.len());
        self.keys
            .into_iter()
            .map(|k| JoinLine {
                foreign_key: format!("{table}.{} → {}", k.name, k.target),
                before: counted(&k.before),
                after: counted(&k.after),
            })
            .collect()
    }
}

fn file_name(client: &str) -> String {
    let kept: String =
        client.chars().map(|c| if "/\\:*?\"<>|".contains(c) || c.is_control() { '-' } else { c }).collect();
    let kept = kept.trim().trim_matches('.').to_owned();
    if kept.is_empty() { "Crosswalk".to_owned() } else { kept }
}
