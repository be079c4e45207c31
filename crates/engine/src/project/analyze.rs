//! The close look at tables: dearer than the profile that a load makes, so it comes after, table by table, and what it
//! told is kept.

use std::cell::Cell as Flag;
use std::collections::HashMap;
use std::time::Instant;

use analysis::finding::{Finding, of_column, of_table};
use analysis::{About, TableAnalysis, TableInput, activity::activity};

use super::Project;
use super::snapshots::{InUse, STAGED};
use crate::error::{Error, Result};
use crate::facts::{Analyzed, ColumnStudy};
use crate::progress::{Progress, Watch};
use crate::project::tables::Values;
use crate::sample::{Action, Class, Treatment, header};
use crate::source::{ColumnState, TableKey};
use crate::store::analyses::{Analyses, FoundTrouble, TableSummary};
use crate::store::staging::{StagedColumn, StagedTable};

/// Columns that are looked at in one pass over their table: each takes up to a few MB.
const TOGETHER: usize = 32;
/// Measurements are smaller.
const MEASURED: f64 = 1e6;
/// Rows between two looks at the clock and the watch.
const STEP: u64 = 2_048;

impl Project {
    /// Looks closely at `tables`, at all where there are none; at those that were looked at before only if `again`.
    /// Tables with decisions first, then the longest: what was told is kept after each, also where the rest is cancelled.
    pub fn analyze(&mut self, tables: &[TableKey], again: bool, watch: &dyn Watch) -> Result<Analyzed> {
        self.refresh()?;
        let began = Instant::now();
        let snapshot = self.profiled()?;
        let kept = self.analyses()?;
        let known = kept.summaries(snapshot.edition())?;
        let mut wanted: Vec<&(TableKey, StagedTable)> =
            snapshot.tables.iter().filter(|(key, _)| tables.is_empty() || tables.contains(key)).collect();
        wanted.sort_by_key(|(key, table)| {
            let decided = self.state.records.tables.contains_key(key);
            (std::cmp::Reverse((decided, table.rows)), table.id)
        });
        let all = wanted.len() as u64;
        wanted.retain(|(_, table)| again || !known.contains_key(&table.id));
        let total: u64 = wanted.iter().map(|(_, table)| table.rows).sum();
        let today = today(&(self.environment.now)());
        let (made, mut rows, mut issues) = (wanted.len() as u64, 0, 0);
        for (key, table) in wanted {
            let phase = format!("Looking at {key}");
            let told = snapshot.look(table, today, |row| {
                watch.step(&Progress { phase: phase.clone(), done: rows + row, total, unit: "rows", rows: rows + row })
            })?;
            let columns = snapshot.columns(table)?;
            let summary = summary(&told, columns);
            issues += summary.findings.len() as u64;
            kept.keep(table.id, snapshot.edition(), &summary, &told)?;
            rows += table.rows;
        }
        Ok(Analyzed { tables: all, made, rows, seconds: began.elapsed().as_secs_f64(), issues })
    }

    /// What was told of the snapshot in use.
    pub(super) fn analyses(&self) -> Result<Analyses> {
        let id = &self.in_use()?.id;
        Analyses::of(&self.folder.join(STAGED).join(id))
    }

    /// Each column of a table, or the one of that name, with what a close look told of it.
    ///
    /// Figures that point at single people are left out unless the table is unmasked: least and greatest numbers of
    /// what is no measurement, days, early years of birth.
    pub fn study(&mut self, table: &TableKey, column: Option<&str>) -> Result<Vec<ColumnStudy>> {
        self.refresh()?;
        let unmasked = self.unmasked.contains(table);
        self.studies(&self.analyses()?, table, column, unmasked)
    }

    pub(super) fn studies(
        &self,
        analyses: &Analyses,
        table: &TableKey,
        column: Option<&str>,
        unmasked: bool,
    ) -> Result<Vec<ColumnStudy>> {
        let snapshot = self.profiled()?;
        let staged = self.staged(table)?;
        let mut told = analyses.whole(staged.id, snapshot.edition())?.map(|whole| whole.columns);
        let treatments = self.treatments()?;
        let facts = self.column_facts(table, column, Values::of(unmasked))?;
        let this_year = today(&(self.environment.now)()).0;
        Ok(facts
            .into_iter()
            .map(|facts| {
                let place = facts.ordinal as usize;
                let mut analysis = told.as_mut().and_then(|all| all.get(place).cloned());
                if facts.state != ColumnState::Read {
                    analysis = None;
                }
                if let Some(analysis) = analysis.as_mut().filter(|_| !unmasked) {
                    veil(analysis, treatments.get(&facts.key), this_year);
                }
                ColumnStudy { facts, analysis }
            })
            .collect())
    }
}

impl InUse {
    /// `keep_on` is asked several times a second with the rows gone through.
    fn look(
        &self,
        table: &StagedTable,
        today: (u32, u32, u32),
        keep_on: impl Fn(u64) -> bool,
    ) -> Result<TableAnalysis> {
        let columns = self.columns(table)?;
        let keys: Vec<bool> = columns.iter().map(|column| tells_rows_apart(table, column)).collect();
        let passes = columns.len().div_ceil(TOGETHER).max(1) as u64;
        let stopped = Flag::new(false);
        let mut told: Option<TableAnalysis> = None;
        for (pass, part) in columns.chunks(TOGETHER).enumerate() {
            let about = part.iter().map(|column| about(column, today));
            let compared = (pass == 0).then(|| keys.clone());
            let mut input = TableInput::new(pass * TOGETHER, about, compared, |row| {
                if row.is_multiple_of(STEP) && !keep_on((pass as u64 * table.rows + row) / passes) {
                    stopped.set(true);
                }
                !stopped.get()
            });
            // Only the first pass compares whole rows; the others need their own columns.
            let read = if pass == 0 { columns } else { &columns[..pass * TOGETHER + part.len()] };
            self.staging.scan(table, read, &mut input)?;
            if stopped.get() {
                return Err(Error::Cancelled);
            }
            let found = input.conclude();
            match &mut told {
                None => told = Some(found),
                Some(told) => told.columns.extend(found.columns),
            }
        }
        Ok(told.unwrap_or(TableAnalysis { columns: Vec::new(), repeats: None, repeats_but_for_key: None }))
    }
}

/// Part of the primary key, or different in every row.
fn tells_rows_apart(table: &StagedTable, column: &StagedColumn) -> bool {
    let declared = table.keys.iter().any(|k| k.kind == "primary" && k.columns.contains(&column.name));
    let figures = &column.figures;
    declared || figures.rows > 1 && figures.nulls == 0 && figures.distinct == figures.rows && figures.max_length <= 40
}

fn about(column: &StagedColumn, today: (u32, u32, u32)) -> About {
    About { words: header::words(&column.name), declared_length: declared_length(&column.declared_type), today }
}

/// `varchar(30)` takes 30 characters; of numbers the figure means something else.
fn declared_length(declared: &str) -> Option<u64> {
    let lower = declared.to_ascii_lowercase();
    let (name, rest) = lower.split_once('(')?;
    let text = name.contains("char") || name.trim() == "text";
    rest.split(')').next().filter(|_| text)?.trim().parse().ok()
}

/// Year, month and day of an RFC 3339 time.
fn today(at: &str) -> (u32, u32, u32) {
    let number = |from: usize, to: usize| at.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0);
    (number(0, 4), number(5, 7), number(8, 10))
}

fn summary(told: &TableAnalysis, columns: &[StagedColumn]) -> TableSummary {
    let words: Vec<Vec<String>> = columns.iter().map(|column| header::words(&column.name)).collect();
    let found = activity(&told.columns, &words);
    let mut findings: Vec<FoundTrouble> = of_table(told).into_iter().map(|finding| kept(None, finding)).collect();
    for (at, (column, words)) in told.columns.iter().zip(&words).enumerate() {
        findings.extend(of_column(column, words).into_iter().map(|finding| kept(Some(at as u32), finding)));
    }
    let dated = told.columns.iter().enumerate().filter(|(_, column)| {
        column.dates.as_ref().is_some_and(|dates| dates.count * 2 > column.meant && column.meant > 0)
    });
    let kinds = told.columns.iter().enumerate().flat_map(|(at, column)| {
        column.kinds.iter().map(move |found| (at as u32, found.kind, found.percent, found.sureness))
    });
    TableSummary {
        dated_by: found.as_ref().map(|found| found.column as u32),
        years: found.map(|found| found.years.to_vec()).unwrap_or_default(),
        repeats: told.repeats.clone(),
        findings,
        dated: dated.map(|(at, _)| at as u32).collect(),
        kinds: kinds.collect(),
    }
}

fn kept(column: Option<u32>, finding: Finding) -> FoundTrouble {
    FoundTrouble { column, trouble: finding.trouble, rows: finding.rows, sentence: finding.sentence }
}

/// Leaves out what points at single people.
fn veil(analysis: &mut analysis::ColumnAnalysis, treatment: Option<&Treatment>, this_year: u32) {
    let action = treatment.map_or(Action::Drop, Treatment::action);
    // Longer numbers than measurements have may be somebody's, though their column passes.
    let long = |number: f64| number.abs() >= MEASURED;
    if action != Action::Pass || analysis.numbers.as_ref().is_some_and(|n| long(n.least) || long(n.greatest)) {
        analysis.numbers = None;
    }
    let Some(dates) = &mut analysis.dates else { return };
    for day in [&mut dates.first, &mut dates.last] {
        day.truncate(4);
    }
    let birth = treatment.is_none_or(|t| t.class() == Class::Date && header::is_birth(t.column()));
    if !birth && matches!(action, Action::Pass | Action::Year) {
        return;
    }
    // Ages over 89 are one group (45 CFR 164.514(b)(2)(i)(C)).
    let oldest = this_year.saturating_sub(90);
    dates.first = dates.first.parse::<u32>().map_or(String::new(), |year| format!("{:04}", year.max(oldest)));
    let mut by_year: HashMap<u32, u64> = HashMap::new();
    for year in &dates.years {
        *by_year.entry(year.year.max(oldest)).or_default() += year.count;
    }
    dates.years.retain(|year| year.year > oldest);
    if let Some(count) = by_year.get(&oldest) {
        dates.years.insert(0, analysis::YearCount { year: oldest, count: *count });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_declared_by_types_of_text_alone() {
        for (declared, expected) in [
            ("varchar(30)", Some(30)),
            ("NVARCHAR2 (255)", Some(255)),
            ("char(2) NOT NULL", Some(2)),
            ("decimal(10,2)", None),
            ("varchar(max)", None),
            ("text", None),
            ("int(11)", None),
        ] {
            assert_eq!(declared_length(declared), expected, "{declared}");
        }
    }

    #[test]
    fn figures_of_numbers_are_told_of_measurements_alone() {
        let told = |values: &[&str], action: Option<Action>| {
            let mut analysis = analysis::Analysis::new(About::default());
            for value in values {
                analysis.see(analysis::Value::Text(value));
            }
            let mut told = analysis.conclude();
            let treatment = action.map(|action| Treatment::for_test("vitals", "weight", Class::None, action));
            veil(&mut told, treatment.as_ref(), 2026);
            told.numbers.is_some()
        };
        assert!(told(&["120", "80.5"], Some(Action::Pass)));
        assert!(!told(&["120", "7654321"], Some(Action::Pass)), "as long as somebody's number");
        assert!(!told(&["120", "80"], Some(Action::Surrogate)));
        assert!(!told(&["120", "80"], None), "nothing is known of it");
    }

    #[test]
    fn early_years_of_birth_are_one_group() {
        let mut analysis = analysis::Analysis::new(About { today: (2026, 1, 1), ..About::default() });
        for day in ["1921-02-01", "1930-05-06", "1936-01-01", "1960-07-08"] {
            analysis.see(analysis::Value::Text(day));
        }
        let mut told = analysis.conclude();
        veil(&mut told, None, 2026);
        let dates = told.dates.unwrap();
        let years: Vec<(u32, u64)> = dates.years.iter().map(|y| (y.year, y.count)).collect();
        assert_eq!(years, [(1936, 3), (1960, 1)]);
        assert_eq!((dates.first.as_str(), dates.last.as_str()), ("1936", "1960"));
    }
}
