//! Whom rows are about and how many people hold a value: what decides whether a value of a column that passes is shown.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::samples::{Rules, Treatments};
use super::snapshots::InUse;
use super::{Project, locked};
use crate::error::Result;
use crate::profile::InferredType;
use crate::sample::classify::{may_be_own, withhold_own};
use crate::sample::people::{Common, Holders, RARE, Tie, Who, mark};
use crate::sample::{Action, Cell, Treatment};
use crate::source::TableKey;
use crate::store::staging::whose::Look;
use crate::store::staging::{StagedColumn, StagedTable};

/// Of the columns of tables that were looked at, what enough people hold.
pub(super) type ByTable = HashMap<TableKey, Arc<Vec<Common>>>;

/// Rows of a table in which people are counted, in stretches spread evenly over it. A value is the rarer for it, never
/// the more common.
const COUNTED: u64 = 50_000;
/// Rows in which a column is looked at for values that are each person's own.
const TIED: u64 = 5_000;
/// For each row that is looked at, so many of the table through which its person is reached.
const REACHED: u64 = 40;

impl InUse {
    /// Withholds columns whose values turn out to be people's own, however many rows repeat them.
    pub(super) fn withhold_own(&self, rules: &mut Rules) -> Result<()> {
        for (key, table) in &self.tables {
            let Some(who) = rules.who.get(key) else { continue };
            let columns = self.columns(table)?;
            let people = match who {
                Who::Here(names) if names.len() == 1 => {
                    columns.iter().find(|c| c.name == names[0]).map(|c| c.figures.distinct)
                }
                _ => None,
            };
            let may_be = |column: &&StagedColumn| {
                let treatment = rules.treatments.get(&key.column(&column.name));
                treatment.is_some_and(|t| may_be_own(t, &column.figures, people))
            };
            let looked: Vec<&StagedColumn> = columns.iter().filter(may_be).collect();
            if looked.is_empty() {
                continue;
            }
            let mut ties: Vec<Tie> = looked.iter().map(|_| Tie::default()).collect();
            let mut seen = 0;
            self.whose(table, Some(who), &looked, TIED, |person, values| {
                if let Some(person) = person {
                    for (tie, value) in ties.iter_mut().zip(values) {
                        if let Some(value) = value {
                            tie.see(person, *value);
                        }
                    }
                }
                seen += 1;
                // Most columns are soon known to be shared.
                seen % 500 != 0 || !ties.iter().all(Tie::is_shared)
            })?;
            for (column, tie) in looked.iter().zip(&ties) {
                let column_key = key.column(&column.name);
                let treatment = rules.treatments.get_mut(&column_key);
                if treatment.is_some_and(|treatment| withhold_own(treatment, &column.figures, tie, people)) {
                    rules.own.insert(column_key);
                }
            }
        }
        Ok(())
    }

    /// Tells of some rows of a table whom each is about, and the marks of its values.
    fn whose(
        &self,
        table: &StagedTable,
        who: Option<&Who>,
        columns: &[&StagedColumn],
        rows: u64,
        mut each: impl FnMut(Option<u64>, &[Option<u64>]) -> bool,
    ) -> Result<()> {
        let named = |table: &StagedTable, names: &[String]| -> Result<Vec<&StagedColumn>> {
            Ok(self.columns(table)?.iter().filter(|c| names.contains(&c.name)).collect())
        };
        match who {
            None => self.staging.whose(&Look { table, people: &[], columns, rows }, each),
            Some(Who::Here(names)) => {
                self.staging.whose(&Look { table, people: &named(table, names)?, columns, rows }, each)
            }
            Some(Who::There { column, table: there, key, people }) => {
                let pointer = named(table, std::slice::from_ref(column))?;
                let mut wanted: HashSet<u64> = HashSet::new();
                self.staging.whose(&Look { table, people: &[], columns: &pointer, rows }, |_, pointed| {
                    wanted.extend(pointed[0]);
                    true
                })?;
                let mut persons: HashMap<u64, u64> = HashMap::new();
                if let Some(there) = self.table(there) {
                    let (people, key) = (named(there, people)?, named(there, std::slice::from_ref(key))?);
                    let look = Look { table: there, people: &people, columns: &key, rows: rows * REACHED };
                    self.staging.whose(&look, |person, key| {
                        if let (Some(person), Some(key)) = (person, key[0])
                            && wanted.remove(&key)
                        {
                            persons.insert(key, person);
                        }
                        !wanted.is_empty()
                    })?;
                }
                let all: Vec<&StagedColumn> = pointer.into_iter().chain(columns.iter().copied()).collect();
                self.staging.whose(&Look { table, people: &[], columns: &all, rows }, |_, values| {
                    let person = values[0].and_then(|pointed| persons.get(&pointed));
                    each(person.copied(), &values[1..])
                })
            }
        }
    }

    /// Of every column, the values that enough people hold, as far as they decide whether a value is shown.
    pub(super) fn common_values(
        &self,
        (key, table): (&TableKey, &StagedTable),
        rules: &Rules,
        treatments: &Treatments,
    ) -> Result<Vec<Common>> {
        let columns = self.columns(table)?;
        let asked = |column: &StagedColumn| {
            let passes = treatments.get(&key.column(&column.name)).is_some_and(|t| t.action() == Action::Pass);
            // Measurements are shown whoever holds them; longer numbers may be somebody's.
            let measured = match column.figures.inferred_type {
                InferredType::Boolean | InferredType::Decimal | InferredType::Empty => true,
                InferredType::Integer => column.figures.max_length <= 6,
                _ => false,
            };
            passes && !measured
        };
        let counted: Vec<usize> = (0..columns.len()).filter(|at| asked(&columns[*at])).collect();
        let mut common: Vec<Common> = columns.iter().map(|_| Common::default()).collect();
        if counted.is_empty() {
            return Ok(common);
        }
        let of: Vec<&StagedColumn> = counted.iter().map(|at| &columns[*at]).collect();
        let mut holders = Holders::of_all(of.len());
        self.whose(table, rules.who.get(key), &of, COUNTED, |person, values| holders.see(person, values))?;
        for (at, found) in counted.into_iter().zip(holders.conclude()) {
            common[at] = found;
        }
        Ok(common)
    }

    /// Of every column, those of its most frequent values that enough people hold. Its least and its greatest are rare
    /// unless they are among them.
    pub(super) fn common_figures(
        &self,
        (key, table): (&TableKey, &StagedTable),
        top: &[Vec<(Cell, u64)>],
        rules: &Rules,
        treatments: &Treatments,
    ) -> Result<Vec<Common>> {
        let columns = self.columns(table)?;
        let mut asked: Vec<(usize, HashSet<u64>)> = Vec::new();
        let mut common: Vec<Common> = columns.iter().map(|_| Common::default()).collect();
        for (at, (column, top)) in columns.iter().zip(top).enumerate() {
            let action = treatments.get(&key.column(&column.name)).map(Treatment::action);
            if !matches!(action, Some(Action::Pass | Action::Year)) {
                continue;
            }
            // What few rows hold, few people do.
            let enough = top.iter().filter(|(_, rows)| *rows >= RARE).filter_map(|(cell, _)| marked(cell));
            if rules.who.contains_key(key) {
                asked.push((at, enough.collect()));
            } else {
                common[at] = enough.collect();
            }
        }
        let of: Vec<&StagedColumn> = asked.iter().map(|(at, _)| &columns[*at]).collect();
        if !of.is_empty() {
            let (places, asked): (Vec<usize>, Vec<HashSet<u64>>) = asked.into_iter().unzip();
            let mut holders = Holders::of(asked);
            self.whose(table, rules.who.get(key), &of, COUNTED, |person, values| holders.see(person, values))?;
            for (at, found) in places.into_iter().zip(holders.conclude()) {
                common[at] = found;
            }
        }
        Ok(common)
    }
}

fn marked(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Null | Cell::Bytes(_) => None,
        Cell::Integer(number) => Some(mark(number.to_string().as_bytes())),
        Cell::Text(text) => Some(mark(text.as_bytes())),
    }
}

impl Project {
    /// Which figures of a table's columns may be shown: the values that enough people hold, in the order of its columns.
    pub(super) fn common_figures(&self, key: &TableKey) -> Result<Arc<Vec<Common>>> {
        let (snapshot, treatments) = (self.profiled()?, self.treatments()?);
        let stamp = (snapshot.stamp(), self.state.privacy_stamp());
        let mut known = locked(&self.derived.common);
        if known.as_ref().is_none_or(|(made_at, _)| *made_at != stamp) {
            *known = Some((stamp, HashMap::new()));
        }
        let tables = &mut known.as_mut().expect("just set").1;
        if let Some(there) = tables.get(key) {
            return Ok(Arc::clone(there));
        }
        let rules = self.rules_of(snapshot)?;
        let table = self.staged(key)?;
        let top = snapshot.staging.table_top(table.id, snapshot.columns(table)?.len())?;
        let made = Arc::new(snapshot.common_figures((key, table), &top, &rules, &treatments)?);
        tables.insert(key.clone(), Arc::clone(&made));
        Ok(made)
    }
}
