//! The rows of the samples, deidentified one by one, and what is reported of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::{Error, Result};
use crate::facts::TableQuery;
use crate::progress::{Progress, Watch};
use crate::project::samples::Treated;
use crate::project::snapshots::InUse;
use crate::project::{Project, name_of};
use crate::sample::leak::ExemptTexts;
use crate::sample::people::RARE;
use crate::sample::surrogate::{Deidentified, Origin};
use crate::source::Cell;
use crate::store::staging::{StagedColumn, StagedTable};
use crate::workbook::Written;
use crate::workbook::samples::{About, JoinLine, ReportLine, SamplesBook};

impl Project {
    pub(super) fn write_samples(
        &mut self,
        part: &Path,
        limit: u64,
        at: &str,
        exempt: &mut ExemptTexts,
        watch: &dyn Watch,
    ) -> Result<Written> {
        let facts = self.tables(&TableQuery::default())?.rows;
        let snapshots = self.decisions.snapshots()?;
        let treatments = self.treatments()?;
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        let label = snapshots.iter().find(|s| s.id == snapshot.id).map_or("", |s| s.label.as_str());
        let about = About {
            client: self.state.settings.client.clone(),
            project: name_of(&self.folder),
            who: self.who(),
            at: at.to_owned(),
            snapshot: label.to_owned(),
            rows_per_table: limit,
            rare: RARE,
        };
        let mut book = SamplesBook::begin(part, &about)?;
        let mut report = Vec::new();
        let mut joins = Vec::new();
        self.deidentifying(at, |deidentifier| {
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
                let heads: Vec<_> = treated.iter().map(|t| (t.treatment.column().to_owned(), &t.treatment)).collect();
                book.table(table, &heads)?;
                let mut lines: Vec<ReportLine> = treated.iter().map(|t| line(&table.key.to_string(), t)).collect();
                let mut keys = Joins::of(snapshot, staged, columns);
                let asked: Vec<_> = treated
                    .iter()
                    .zip(columns)
                    .map(|(t, c)| deidentifier.column(&t.treatment, &c.figures, &t.common))
                    .collect();
                for row in snapshot.staging.spread(staged, columns, limit)? {
                    let mut cells = Vec::with_capacity(row.len());
                    for (index, cell) in row.iter().enumerate() {
                        let after = deidentifier.cell(&asked[index], cell)?;
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

fn line(table: &str, treated: &Treated) -> ReportLine {
    let t = &treated.treatment;
    ReportLine {
        table: table.to_owned(),
        column: t.column().to_owned(),
        class: t.class(),
        action: t.action(),
        evidence: t.evidence().join("; "),
        decided: t.is_decided(),
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
        Origin::Reduced | Origin::Surrogate | Origin::SurrogateId => line.changed += 1,
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
    before: BTreeSet<String>,
    after: BTreeSet<String>,
}

impl Joins {
    fn of(snapshot: &InUse, table: &StagedTable, columns: &[StagedColumn]) -> Self {
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
        let counted = |set: &BTreeSet<String>| format!("{} distinct values", set.len());
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
