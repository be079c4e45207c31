//! What the profile's workbook holds, gathered table by table.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Result;
use crate::facts::TableQuery;
use crate::progress::Watch;
use crate::project::Project;
use crate::project::inventory::IssueQuery;
use crate::project::samples::Treated;
use crate::project::snapshots::InUse;
use crate::sample::leak::ExemptTexts;
use crate::sample::surrogate::{Column, Deidentified, Deidentifier, Origin};
use crate::sample::{Action, Cell};
use crate::store::staging::{StagedColumn, StagedTable};
use crate::workbook::Written;
use crate::workbook::profile::{self, ProfileBook, ProfileColumn, ProfileTable};

/// Values of a column on its table's sheet.
const VALUES: u64 = 1_000;
/// A column with more distinct values is no code: its most frequent ones are enough.
const CODES: u64 = 1_000;

impl Project {
    /// Writes the profile; tables that were not looked at closely are looked at first. Values that fewer than `least` rows
    /// hold are left out.
    pub(super) fn write_profile(
        &mut self,
        part: &Path,
        least: u64,
        at: &str,
        texts: &mut ExemptTexts,
        watch: &dyn Watch,
    ) -> Result<Written> {
        self.analyze(&[], false, watch)?;
        let tables = self.tables(&TableQuery::default())?.rows;
        let found = self.inventory()?;
        let mut by_key: HashMap<_, _> = found.rows.into_iter().map(|row| (row.key.clone(), row)).collect();
        let inventory: Vec<_> = tables.iter().filter_map(|table| by_key.remove(&table.key)).collect();
        let issues = self.issues(&IssueQuery::default())?.issues;
        let (client, who) = (self.state.settings.client.clone(), self.who());
        let analyses = self.analyses()?;
        let treatments = self.treatments()?;
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        let book =
            ProfileBook { client: &client, who: &who, at, tables: &tables, inventory: &inventory, issues: &issues };
        self.deidentifying(at, |deidentifier| {
            let columns = tables.iter().map(|table| {
                // Masked, whatever is shown on a screen.
                let studies = self.studies(&analyses, &table.key, None, false)?;
                let staged = self.staged(&table.key)?;
                let columns = snapshot.columns(staged)?;
                let treated = Treated::of(snapshot, (&table.key, staged), &rules, &treatments)?;
                let mut all = Vec::with_capacity(columns.len());
                for ((study, column), treated) in studies.into_iter().zip(columns).zip(&treated) {
                    let of = deidentifier.column(&treated.treatment, &column.figures, &treated.common);
                    let listed = snapshot.frequent(staged, column, treated.treatment.action())?;
                    let (values, truncated) = shown(deidentifier, &of, listed, column.figures.distinct, least)?;
                    all.push(ProfileColumn { facts: study.facts, analysis: study.analysis, values, truncated });
                }
                Ok(ProfileTable { columns: all })
            });
            profile::write(part, &book, columns, texts, watch)
        })
    }
}

impl InUse {
    /// All values of a code; of others those that the profile has.
    fn frequent(&self, table: &StagedTable, column: &StagedColumn, action: Action) -> Result<Vec<(Cell, u64)>> {
        let few = column.figures.distinct <= CODES && column.figures.distinct > crate::profile::tally::TOP as u64;
        if action == Action::Pass && few {
            return Ok(self.staging.value_page(table, column, ("", false), 0, VALUES)?.1);
        }
        self.staging.top(table.id, column.ordinal)
    }
}

/// What may be shown of values, those that look the same together, the most frequent first; and whether there are more.
fn shown(
    deidentifier: &mut Deidentifier<'_>,
    column: &Column<'_>,
    values: Vec<(Cell, u64)>,
    distinct: u64,
    least: u64,
) -> Result<(Vec<(Deidentified, u64)>, bool)> {
    let all = values.len() as u64;
    let mut found: Vec<(Deidentified, u64)> = Vec::new();
    let mut left_out = all < distinct;
    for (cell, rows) in values {
        let value = deidentifier.cell(column, &cell)?;
        if matches!(value.origin(), Origin::Null | Origin::Blank) {
            continue;
        }
        if rows < least {
            left_out = true;
            continue;
        }
        match found.iter_mut().find(|(there, _)| there.as_str() == value.as_str()) {
            Some((_, count)) => *count += rows,
            None => found.push((value, rows)),
        }
    }
    found.sort_by(|(a, more), (b, fewer)| fewer.cmp(more).then_with(|| a.as_str().cmp(b.as_str())));
    Ok((found, left_out))
}
