//! What the map holds, gathered.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::panic::resume_unwind;
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::thread;

use crate::error::{Error, Result};
use crate::facts::{Ledger, ModuleFacts, SnapshotFacts, TableFacts, TableQuery};
use crate::mapping::Mapping;
use crate::progress::Watch;
use crate::project::tables::Values;
use crate::project::{Project, name_of};
use crate::sample::leak::ExemptTexts;
use crate::sample::surrogate::{Deidentified, Origin};
use crate::source::Disposition;
use crate::target::catalog;
use crate::workbook::Written;
use crate::workbook::map::{self, ColumnCounts, Coverage, CoverageSource, MapBook, MapColumn};

/// Sample values a column in the map.
const VALUES: usize = 5;

/// All that the map holds, owned.
pub(super) struct MapContent {
    client: String,
    project: String,
    who: String,
    at: String,
    snapshot: Option<SnapshotFacts>,
    tables: Vec<TableFacts>,
    columns: ColumnCounts,
    modules: Vec<ModuleFacts>,
    coverage: Vec<Coverage>,
    ledger: Option<Ledger>,
}

impl MapContent {
    pub fn book(&self) -> MapBook<'_> {
        MapBook {
            client: &self.client,
            project: &self.project,
            who: &self.who,
            at: &self.at,
            snapshot: self.snapshot.as_ref(),
            tables: &self.tables,
            columns: self.columns,
            modules: &self.modules,
            coverage: &self.coverage,
            ledger: self.ledger.as_ref(),
        }
    }
}

impl Project {
    pub(super) fn map_content(&mut self, at: &str) -> Result<MapContent> {
        let tables = self.tables(&TableQuery::default())?.rows;
        let modules = self.modules()?;
        let ledger = self.ledger()?;
        let snapshots = self.decisions.snapshots()?;
        let id = &self.profiled()?.id;
        let snapshot = snapshots.into_iter().find(|s| s.id == *id);
        Ok(MapContent {
            client: self.state.settings.client.clone(),
            project: name_of(&self.folder),
            who: self.who(),
            at: at.to_owned(),
            snapshot,
            columns: self.column_counts(&tables)?,
            tables,
            modules,
            coverage: self.coverage(),
            ledger: Some(ledger),
        })
    }

    fn column_counts(&self, tables: &[TableFacts]) -> Result<ColumnCounts> {
        let snapshot = self.profiled()?;
        let records = &self.state.records;
        let mut counts = ColumnCounts::default();
        for table in tables {
            for column in snapshot.columns(self.staged(&table.key)?)? {
                let key = table.key.column(&column.name);
                let own = records.columns.get(&key).map_or(Disposition::Undecided, |decision| decision.disposition);
                counts.all += 1;
                counts.decided += u64::from([own, table.disposition].iter().any(|d| *d != Disposition::Undecided));
                counts.mapped += u64::from(self.state.is_mapped(&key));
            }
        }
        Ok(counts)
    }

    /// Writes the map. Columns are gathered on a thread of their own, a table at a time, while those before are written.
    pub(super) fn write_map(
        &mut self,
        part: &Path,
        at: &str,
        texts: &mut ExemptTexts,
        watch: &dyn Watch,
    ) -> Result<Written> {
        let content = self.map_content(at)?;
        thread::scope(|scope| {
            let (give, take) = sync_channel::<Result<Vec<MapColumn>>>(16);
            let (bring_back, back) = channel::<Vec<MapColumn>>();
            let tables = &content.tables;
            let gathering = scope.spawn(move || {
                let gathered = self.map_columns_of(tables, at, |columns| {
                    // What is written is dropped where it was made: elsewhere the allocator waits for this thread, a sixth of the export.
                    back.try_iter().for_each(drop);
                    // Where nobody takes them any more, the writing has ended for a reason of its own.
                    give.send(Ok(columns)).is_ok()
                });
                if let Err(error) = gathered {
                    let _ = give.send(Err(error));
                }
            });
            let columns = take.into_iter().flat_map(|gathered| Lent::each(gathered, &bring_back));
            let written = map::write(part, &content.book(), columns, texts, watch);
            gathering.join().unwrap_or_else(|panic| resume_unwind(panic));
            written
        })
    }

    /// The columns of each table, with a few distinct values of each, deidentified, the most frequent first.
    fn map_columns_of(
        &mut self,
        tables: &[TableFacts],
        at: &str,
        mut give: impl FnMut(Vec<MapColumn>) -> bool,
    ) -> Result<()> {
        let treatments = self.treatments()?;
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        self.deidentifying(at, |deidentifier| {
            for table in tables {
                let staged_table = self.staged(&table.key)?;
                let staged = snapshot.columns(staged_table)?;
                let top = snapshot.staging.table_top(staged_table.id, staged.len())?;
                let common = snapshot.common_figures((&table.key, staged_table), &top, &rules, &treatments)?;
                let facts = self.column_facts(&table.key, None, Values::None)?;
                let mut columns = Vec::with_capacity(facts.len());
                for (((facts, staged), top), common) in facts.into_iter().zip(staged).zip(&top).zip(&common) {
                    let sample = match treatments.get(&facts.key) {
                        Some(treatment) => {
                            let treated = deidentifier.column(treatment, &staged.figures, common);
                            distinct(top.iter().map(|(cell, _)| deidentifier.cell(&treated, cell)))?
                        }
                        None => Vec::new(),
                    };
                    columns.push(MapColumn { facts, table_rows: table.rows, sample });
                }
                if !give(columns) {
                    return Err(Error::Cancelled);
                }
            }
            Ok(())
        })
    }

    fn coverage(&self) -> Vec<Coverage> {
        let mut found = Vec::new();
        for id in self.state.interfaces_in_use() {
            let Some(interface) = catalog().interface(id) else { continue };
            let mut by_field: HashMap<&str, Vec<CoverageSource>> = HashMap::new();
            for mapping in self.state.records.mappings.values().filter(|m| m.interface == id) {
                by_field.entry(&mapping.field).or_default().extend(sources(mapping));
            }
            for field in self.field_facts(interface) {
                let sources = by_field.remove(field.name.as_str()).unwrap_or_default();
                found.push(Coverage { interface: id.to_owned(), title: interface.title.clone(), field, sources });
            }
        }
        found
    }
}

/// A column of a table, all of which go back when the last of them has been written.
struct Lent {
    of: Rc<Gathered>,
    at: usize,
}

struct Gathered {
    columns: Vec<MapColumn>,
    bring_back: Sender<Vec<MapColumn>>,
}

impl Lent {
    fn each(gathered: Result<Vec<MapColumn>>, bring_back: &Sender<Vec<MapColumn>>) -> Vec<Result<Self>> {
        match gathered {
            Ok(columns) => {
                let of = Rc::new(Gathered { columns, bring_back: bring_back.clone() });
                (0..of.columns.len()).map(|at| Ok(Self { of: Rc::clone(&of), at })).collect()
            }
            Err(error) => vec![Err(error)],
        }
    }
}

impl Borrow<MapColumn> for Lent {
    fn borrow(&self) -> &MapColumn {
        &self.of.columns[self.at]
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        let _ = self.bring_back.send(std::mem::take(&mut self.columns));
    }
}

/// The first few that differ and tell something.
fn distinct(values: impl Iterator<Item = Result<Deidentified>>) -> Result<Vec<Deidentified>> {
    let mut sample = Vec::new();
    for value in values {
        let value = value?;
        if !matches!(value.origin(), Origin::Null | Origin::Blank) && !sample.contains(&value) {
            sample.push(value);
        }
        if sample.len() == VALUES {
            break;
        }
    }
    Ok(sample)
}

/// What a mapping fills its field with.
fn sources(mapping: &Mapping) -> Vec<CoverageSource> {
    let status = mapping.status;
    let source = |column, how: &str| CoverageSource { column, status, how: how.to_owned() };
    match (mapping.source.as_slice(), &mapping.constant) {
        ([], Some(constant)) => vec![source(None, constant)],
        ([], None) => vec![source(None, &mapping.comment)],
        (columns, _) => columns.iter().map(|c| source(Some(c.clone()), &mapping.transform)).collect(),
    }
}
