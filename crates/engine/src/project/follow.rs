//! One person through all tables: every row that reaches them, in the order of time, with what was decided for it. What a
//! map forgets is seen first on one whole chart.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use analysis::YearCount;
use analysis::dates::{DATES, DateFormat, Stamp};

use super::find::{may_hold_all, page_length};
use super::relationships::{figure_of, figures_of};
use super::{Project, locked};
use crate::error::{Error, Result};
use crate::facts::{
    PeoplePage, PersonFacts, PersonPath, PersonRows, PersonTable, PersonTableFacts, RelationshipFacts,
    RelationshipQuery,
};
use crate::progress::{Progress, Watch};
use crate::sample::Cell;
use crate::source::{Disposition, TableKey};
use crate::store::staging::{StagedColumn, StagedTable};
use crate::store::word_index::WordIndex;

/// Rows of one table whose columns are looked at for one person.
const LOOKED_AT: usize = 20_000;

/// The last person that was followed.
pub(super) struct Followed {
    /// Of the snapshot, and of what people said of its relationships.
    stamp: (String, String),
    row: u64,
    /// Those with rows of the person.
    tables: HashMap<TableKey, FollowedTable>,
}

struct FollowedTable {
    /// In the order of time.
    rows: Vec<FollowedRow>,
    /// The column that tells when they were made.
    dated_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FollowedRow {
    /// Rows without a date come first.
    at: Option<Stamp>,
    number: u64,
}

impl Project {
    /// Rows of the person table; where `text` is not empty, those that hold it in some column.
    pub fn people(&mut self, text: &str, (offset, limit): (u64, u64), watch: &dyn Watch) -> Result<PeoplePage> {
        let (person, _) = self.person_and_paths(watch)?;
        let table = person.table_key;
        let page = if text.trim().is_empty() {
            let last = self.profiled()?.staging.last_number(self.staged(&table)?)?;
            let numbers: Vec<u64> = (offset + 1..=last).take(page_length(limit)).collect();
            self.numbered_rows(&table, &numbers, person.rows)?
        } else {
            self.rows_holding(text, &table, None, (offset, limit), watch)?
        };
        Ok(PeoplePage { table, database: person.database, name: person.table, key: person.key, page })
    }

    /// Everything the snapshot holds of the person in a row of the person table. It reads the tables that may hold some
    /// of it, through the index of words where there is one.
    pub fn follow(&mut self, row: u64, watch: &dyn Watch) -> Result<PersonFacts> {
        let began = Instant::now();
        let (person, facts) = self.person_and_paths(watch)?;
        let followed = self.followed(&person, &facts.paths, row, watch)?;
        let mut tables = Vec::new();
        let own = PersonPath {
            key: person.table_key.clone(),
            database: person.database.clone(),
            table: person.table.clone(),
            rows: person.rows,
            steps: Vec::new(),
            confidence: 1.0,
            text: String::new(),
        };
        for path in std::iter::once(&own).chain(&facts.paths) {
            if let Some(table) = followed.tables.get(&path.key) {
                tables.push(self.person_table_facts(path, table)?);
            }
        }
        let reached = facts.paths.len() as u64 + 1;
        // The person's own row leads; what no date tells of comes last.
        tables.sort_by_key(|t| {
            (t.key != person.table_key, t.years.first().map_or(u32::MAX, |year| year.year), t.key.clone())
        });
        let undecided = |t: &&PersonTableFacts| t.disposition == Disposition::Undecided;
        Ok(PersonFacts {
            table: person.table_key,
            database: person.database,
            name: person.table,
            row,
            rows: tables.iter().map(|t| t.rows).sum(),
            rows_undecided: tables.iter().filter(undecided).map(|t| t.rows).sum(),
            without_rows: reached - tables.len() as u64,
            without_path: facts.without_path.into_iter().filter(|table| table.rows > 0).collect(),
            tables,
            seconds: began.elapsed().as_secs_f64(),
        })
    }

    /// The person's rows of one table, masked unless a person unmasked it.
    pub fn person_rows(
        &mut self,
        row: u64,
        table: &TableKey,
        (offset, limit): (u64, u64),
        watch: &dyn Watch,
    ) -> Result<PersonRows> {
        let (person, facts) = self.person_and_paths(watch)?;
        let followed = self.followed(&person, &facts.paths, row, watch)?;
        let all = followed.tables.get(table).map_or(&[][..], |table| &table.rows);
        let page: Vec<FollowedRow> = all.iter().copied().skip(offset as usize).take(page_length(limit)).collect();
        let numbers: Vec<u64> = page.iter().map(|row| row.number).collect();
        let years = page.iter().map(|row| row.at.map(|at| at.0)).collect();
        Ok(PersonRows { page: self.numbered_rows(table, &numbers, all.len() as u64)?, years })
    }

    /// The person table, and how the others reach it.
    fn person_and_paths(&mut self, watch: &dyn Watch) -> Result<(PersonTable, RelationshipFacts)> {
        let mut facts = self.relationships(&RelationshipQuery::default(), watch)?;
        let person = facts.person_table.take().ok_or_else(|| {
            Error::refused(
                "no table looks as if its rows were people: confirm a relationship that points at one \
                 (`crosswalk relate PROJECT CHILD.COLUMN PEOPLE.COLUMN --confirm`)",
            )
        })?;
        Ok((person, facts))
    }

    fn followed(
        &self,
        person: &PersonTable,
        paths: &[PersonPath],
        row: u64,
        watch: &dyn Watch,
    ) -> Result<Arc<Followed>> {
        let snapshot = self.profiled()?;
        let judged: Vec<String> =
            self.state.records.relationships.values().map(|judged| format!("{judged:?}")).collect();
        let analyzed = self.analyses()?.count(snapshot.edition())?;
        let stamp = (format!("{}/{analyzed}", snapshot.stamp()), judged.join("\n"));
        if let Some(known) = &*locked(&self.derived.followed)
            && known.stamp == stamp
            && known.row == row
        {
            return Ok(Arc::clone(known));
        }
        let staged = self.staged(&person.table_key)?;
        if snapshot.staging.rows_numbered(staged, snapshot.columns(staged)?, &[row])?.is_empty() {
            return Err(Error::refused(format!(
                "{} has no row {row}: `crosswalk follow PROJECT` lists its people",
                person.table_key
            )));
        }
        let mut found: HashMap<TableKey, Vec<u64>> = HashMap::from([(person.table_key.clone(), vec![row])]);
        let mut ways: Vec<&PersonPath> = paths.iter().collect();
        // What a path leads through is known before it.
        ways.sort_by_key(|path| path.steps.len());
        let total: u64 = ways.iter().map(|path| path.rows).sum();
        let index = self.words_of(snapshot);
        let mut done = 0;
        for path in ways {
            let step = |row: u64| {
                let (phase, done) = (format!("Following into {}", path.key), (done + row).min(total));
                watch.step(&Progress { phase, done, total, unit: "rows", rows: done })
            };
            if let Some(parents) = path.steps.first().and_then(|step| found.get(&step.to.key)) {
                let rows = self.rows_of_parents(path, parents, index.as_ref(), step)?;
                found.insert(path.key.clone(), rows);
            }
            done += path.rows;
        }
        let mut tables = HashMap::new();
        for (key, rows) in found.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let table = self.in_time(&key, &rows)?;
            tables.insert(key, table);
        }
        let followed = Arc::new(Followed { stamp, row, tables });
        *locked(&self.derived.followed) = Some(Arc::clone(&followed));
        Ok(followed)
    }

    /// Rows of a table that point at some of its parent's.
    fn rows_of_parents(
        &self,
        path: &PersonPath,
        parents: &[u64],
        index: Option<&WordIndex>,
        keep_on: impl Fn(u64) -> bool,
    ) -> Result<Vec<u64>> {
        let step = &path.steps[0];
        if parents.is_empty() {
            return Ok(Vec::new());
        }
        let snapshot = self.profiled()?;
        let named = |table: &StagedTable, names: &[String]| -> Result<Vec<StagedColumn>> {
            let all = snapshot.columns(table)?;
            Ok(names.iter().filter_map(|name| all.iter().find(|c| c.name == *name)).cloned().collect())
        };
        let (child, parent) = (self.staged(&path.key)?, self.staged(&step.to.key)?);
        let (from, to) = (named(child, &step.from.columns)?, named(parent, &step.to.columns)?);
        let keys = snapshot.staging.rows_numbered(parent, &to, parents)?;
        let keys: Vec<Vec<Cell>> = keys.into_iter().map(|(_, key)| key).collect();
        let wanted = figures_of(&keys);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let stretches = index.and_then(|index| may_hold_all(index, child, &keys));
        let columns: Vec<&StagedColumn> = from.iter().collect();
        let stretches = stretches.unwrap_or_else(|| vec![(1, i64::MAX as u64)]);
        let (mut found, mut read) = (Vec::new(), 0);
        let keep_on = |more: u64| {
            read += more;
            keep_on(read)
        };
        snapshot.staging.marks_between(child, &columns, &stretches, keep_on, |number, marks| {
            if figure_of(marks).is_some_and(|figure| wanted.contains(&figure)) {
                found.push(number);
            }
        })?;
        Ok(found)
    }

    /// Rows in the order of the column that tells when they were made.
    fn in_time(&self, key: &TableKey, numbers: &[u64]) -> Result<FollowedTable> {
        let Some((column, formats)) = self.dated_by(key)? else {
            let rows = numbers.iter().map(|number| FollowedRow { at: None, number: *number }).collect();
            return Ok(FollowedTable { rows, dated_by: None });
        };
        let staging = &self.profiled()?.staging;
        let found = staging.rows_numbered(self.staged(key)?, std::slice::from_ref(&column), numbers)?;
        let at = |cell: &Cell| {
            let text = match cell {
                Cell::Text(text) => text.trim().to_owned(),
                Cell::Integer(number) => number.to_string(),
                _ => return None,
            };
            formats.iter().find_map(|format| format.stamp(text.as_bytes())).map(|(stamp, _)| stamp)
        };
        let mut rows: Vec<FollowedRow> =
            found.iter().map(|(number, row)| FollowedRow { at: at(&row[0]), number: *number }).collect();
        rows.sort();
        Ok(FollowedTable { rows, dated_by: Some(column.name) })
    }

    /// The column that tells when a table's rows were made, and how it writes dates, the most frequent first.
    fn dated_by(&self, key: &TableKey) -> Result<Option<(StagedColumn, Vec<&'static DateFormat>)>> {
        let snapshot = self.profiled()?;
        let (analyses, table) = (self.analyses()?, self.staged(key)?);
        let Some(at) = analyses.summary(table.id, snapshot.edition())?.and_then(|summary| summary.dated_by) else {
            return Ok(None);
        };
        let whole = analyses.whole(table.id, snapshot.edition())?;
        let dates = whole.as_ref().and_then(|whole| whole.columns.get(at as usize)).and_then(|c| c.dates.as_ref());
        let written = |name: &str| DATES.iter().find(|format| format.plain == name || format.timed == name);
        let formats = dates.map(|d| d.formats.iter().filter_map(|f| written(&f.format)).collect()).unwrap_or_default();
        Ok(snapshot.columns(table)?.get(at as usize).map(|column| (column.clone(), formats)))
    }

    fn person_table_facts(&self, path: &PersonPath, table: &FollowedTable) -> Result<PersonTableFacts> {
        let rows = &table.rows;
        let snapshot = self.profiled()?;
        let staged = self.staged(&path.key)?;
        let columns = snapshot.columns(staged)?;
        let numbers: Vec<u64> = rows.iter().take(LOOKED_AT).map(|row| row.number).collect();
        let mut filled = vec![false; columns.len()];
        for chunk in numbers.chunks(500) {
            for (_, row) in snapshot.staging.rows_numbered(staged, columns, chunk)? {
                for (filled, cell) in filled.iter_mut().zip(&row) {
                    *filled |= says_something(cell);
                }
            }
        }
        let decided = self.state.records.tables.get(&path.key);
        let disposition = decided.map_or(Disposition::Undecided, |decided| decided.disposition);
        let discrete = matches!(disposition, Disposition::Discrete | Disposition::Both);
        let forgotten = |column: &StagedColumn| {
            let key = path.key.column(&column.name);
            let own = self.state.records.columns.get(&key).is_some_and(|c| c.disposition != Disposition::Undecided);
            discrete && !own && !self.state.is_mapped(&key)
        };
        let held = || columns.iter().zip(&filled).filter(|(_, filled)| **filled).map(|(column, _)| column);
        Ok(PersonTableFacts {
            key: path.key.clone(),
            database: path.database.clone(),
            table: path.table.clone(),
            rows: rows.len() as u64,
            path: path.text.clone(),
            confidence: path.confidence,
            dated_by: table.dated_by.clone(),
            years: by_year(rows),
            disposition,
            module: decided.and_then(|decided| decided.module.clone()),
            columns_filled: held().count() as u64,
            unmapped: held().filter(|column| forgotten(column)).map(|column| column.name.clone()).collect(),
        })
    }
}

fn says_something(cell: &Cell) -> bool {
    match cell {
        Cell::Null => false,
        Cell::Integer(_) => true,
        Cell::Text(text) => !text.trim().is_empty(),
        Cell::Bytes(bytes) => !bytes.is_empty(),
    }
}

fn by_year(rows: &[FollowedRow]) -> Vec<YearCount> {
    let mut years: Vec<YearCount> = Vec::new();
    for (year, ..) in rows.iter().filter_map(|row| row.at) {
        match years.last_mut() {
            Some(last) if last.year == year => last.count += 1,
            _ => years.push(YearCount { year, count: 1 }),
        }
    }
    years
}
