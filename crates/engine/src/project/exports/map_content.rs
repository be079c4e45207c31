//! What the map holds, gathered.

use std::collections::HashMap;

use crate::error::Result;
use crate::facts::{Ledger, ModuleFacts, SnapshotFacts, TableFacts, TableQuery};
use crate::mapping::Mapping;
use crate::project::tables::Values;
use crate::project::{Project, name_of};
use crate::sample::surrogate::Origin;
use crate::target::catalog;
use crate::workbook::map::{Coverage, CoverageSource, MapBook, MapColumn};

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
    columns: Vec<MapColumn>,
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
            columns: &self.columns,
            modules: &self.modules,
            coverage: &self.coverage,
            ledger: self.ledger.as_ref(),
        }
    }
}

impl Project {
    pub(super) fn map_content(&mut self, at: &str, with_values: bool) -> Result<MapContent> {
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
            project: name_of(&self.folder),
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
        let snapshot = self.profiled()?;
        self.deidentifying(at, |deidentifier| {
            let one_table =
                |a: &MapColumn, b: &MapColumn| a.facts.table == b.facts.table && a.facts.database == b.facts.database;
            for columns in columns.chunk_by_mut(one_table) {
                let table_key = columns[0].facts.key.table_key();
                let Some(table) = snapshot.table(&table_key) else { continue };
                let staged = snapshot.columns(table)?;
                let top = snapshot.staging.table_top(table.id, staged.len())?;
                let common = self.common_figures(&table_key)?;
                for column in columns {
                    let at = column.facts.ordinal as usize;
                    let (Some(staged), Some(top), Some(common)) = (staged.get(at), top.get(at), common.get(at)) else {
                        continue;
                    };
                    let Some(treatment) = treatments.get(&column.facts.key) else { continue };
                    let treated = deidentifier.column(treatment, &staged.figures, common);
                    for (cell, _) in top {
                        if column.sample.len() == VALUES {
                            break;
                        }
                        let value = deidentifier.cell(&treated, cell)?;
                        let told = !matches!(value.origin(), Origin::Null | Origin::Blank);
                        if told && !column.sample.contains(&value) {
                            column.sample.push(value);
                        }
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
