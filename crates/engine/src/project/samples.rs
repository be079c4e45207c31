//! How every column is treated in samples, the preview of it, and the roster that exports are searched for.

use std::collections::{self, HashSet};
use std::sync::Arc;

use super::snapshots::InUse;
use super::{Project, locked};
use crate::error::{Error, Result};
use crate::facts::{PreviewCell, SamplePlan, SamplePreview, Touched};
use crate::mapping::{Edit, Privacy};
use crate::sample::classify::{Clue, classify, is_by_values, may_name};
use crate::sample::leak::Roster;
use crate::sample::people::{Common, Who};
use crate::sample::surrogate::{Chance, Deidentifier};
use crate::sample::{Action, Cell, Class, Treatment, header, mask};
use crate::source::{ColumnKey, TableKey};
use crate::store::staging::{StagedColumn, StagedTable};
use crate::store::vault::VaultFile;

/// Hashed for names of columns, which are looked up by the ten thousand.
type HashMap<K, V> = collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Which columns of the plan. Empty parts let everything pass.
#[derive(Debug, Clone, Default)]
pub struct SampleQuery {
    pub table: Option<TableKey>,
    /// Part of a column's or table's name, whatever the case.
    pub text: String,
    pub offset: u64,
    /// 0: all.
    pub limit: u64,
}

/// How columns are treated: as the rules say, but for what a person decided.
pub(super) struct Treatments {
    rules: Arc<Rules>,
    decided: HashMap<ColumnKey, Treatment>,
}

impl Treatments {
    pub fn get(&self, key: &ColumnKey) -> Option<&Treatment> {
        self.decided.get(key).or_else(|| self.rules.treatments.get(key))
    }
}

/// What the rules say of a snapshot, whatever a person decided.
pub(super) struct Rules {
    pub treatments: HashMap<ColumnKey, Treatment>,
    pub who: collections::HashMap<TableKey, Who>,
    /// Columns whose values turned out to be people's own.
    pub own: HashSet<ColumnKey>,
}

/// Values longer than this say no more about their column than their start does.
const CLUE: usize = 200;

impl InUse {
    /// What the rules say of every column.
    fn classified(&self) -> Result<Rules> {
        let keys: Vec<(ColumnKey, &StagedTable, &StagedColumn)> = self
            .tables
            .iter()
            .map(|(key, table)| Ok((key, table, self.columns(table)?)))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flat_map(|(key, table, columns)| columns.iter().map(move |c| (key.column(&c.name), table, c)))
            .collect();
        let clues: Vec<Clue<'_>> = keys
            .iter()
            .map(|(key, table, column)| Clue {
                key,
                declared_type: &column.declared_type,
                figures: &column.figures,
                primary: table.keys.iter().any(|k| k.kind == "primary" && k.columns.contains(&column.name)),
                references: self.reference(table, &column.name),
            })
            .collect();
        let found = classify(&clues, |give| {
            for (_, table) in &self.tables {
                let mut top = self.staging.table_top(table.id, self.columns(table)?.len())?;
                for (cell, _) in top.iter_mut().flatten() {
                    shorten(cell);
                }
                top.into_iter().for_each(&mut *give);
            }
            Ok(())
        })?;
        let treatments = found.treatments.into_iter().map(|t| (t.key().clone(), t)).collect();
        let mut rules = Rules { treatments, who: found.who, own: HashSet::new() };
        self.withhold_own(&mut rules)?;
        Ok(rules)
    }

    /// Where a foreign key of one column points.
    pub(super) fn reference(&self, table: &StagedTable, column: &str) -> Option<(TableKey, String)> {
        let key = table.keys.iter().find(|k| k.kind == "foreign" && k.columns.iter().any(|c| c == column))?;
        let place = key.columns.iter().position(|c| c == column)?;
        let target = key.references_table.as_deref()?;
        let target_column = key.references_columns.get(place)?.clone();
        // By its key: a schema of thousands of tables asks for every column.
        let there = |database: Option<&str>, name: &str| {
            let key = TableKey::new(database.filter(|d| Some(*d) != self.home.as_deref()), name);
            self.table(&key).is_some().then_some(key)
        };
        // `database.table`, or a table of the same database.
        let found = there(table.database.as_deref(), target).or_else(|| {
            let (database, name) = target.split_once('.')?;
            there(Some(database), name)
        })?;
        Some((found, target_column))
    }
}

fn shorten(cell: &mut Cell) {
    match cell {
        Cell::Text(text) if text.len() > CLUE => *text = text.chars().take(CLUE).collect(),
        Cell::Bytes(bytes) => bytes.truncate(CLUE),
        _ => {}
    }
}

impl Project {
    /// Classifies the columns ahead of the first question: with tens of thousands of them it takes seconds.
    pub fn prepare(&mut self) -> Result<()> {
        self.refresh()?;
        match &self.in_use {
            Some(snapshot) => self.rules_of(snapshot).map(drop),
            None => Ok(()),
        }
    }

    pub(super) fn rules_of(&self, snapshot: &InUse) -> Result<Arc<Rules>> {
        let mut known = locked(&self.derived.rules);
        if let Some(there) = known.get(&snapshot.stamp()) {
            return Ok(Arc::clone(there));
        }
        let made = Arc::new(snapshot.classified()?);
        known.insert(snapshot.stamp(), Arc::clone(&made));
        Ok(made)
    }

    /// What the rules say, but for what a person decided.
    pub(super) fn treatments(&self) -> Result<Arc<Treatments>> {
        let snapshot = self.profiled()?;
        let stamp = (snapshot.stamp(), self.state.privacy_stamp());
        let mut known = locked(&self.derived.treatments);
        if let Some((made_at, treatments)) = &*known
            && *made_at == stamp
        {
            return Ok(Arc::clone(treatments));
        }
        let rules = self.rules_of(snapshot)?;
        let decided = self.state.records.privacy.values().filter_map(|privacy| {
            let Privacy { column, class, action, who, .. } = privacy;
            let ruled = rules.treatments.get(column)?;
            Some((column.clone(), ruled.decided_by(who, *class, *action)))
        });
        let treatments = Treatments { decided: decided.collect(), rules: Arc::clone(&rules) };
        let treatments = Arc::new(treatments);
        *known = Some((stamp, Arc::clone(&treatments)));
        Ok(treatments)
    }

    /// How columns are treated, in the order of tables and columns.
    pub fn sample_plan(&mut self, query: &SampleQuery) -> Result<SamplePlan> {
        self.refresh()?;
        let treatments = self.treatments()?;
        let snapshot = self.profiled()?;
        let text = query.text.trim().to_lowercase();
        let mut plan = SamplePlan { total: 0, columns: Vec::new(), passed: 0, surrogated: 0, reduced: 0, dropped: 0 };
        let limit = if query.limit == 0 { u64::MAX } else { query.limit };
        for (key, table) in &snapshot.tables {
            for column in snapshot.columns(table)? {
                let Some(treatment) = treatments.get(&key.column(&column.name)) else { continue };
                match treatment.action() {
                    Action::Pass => plan.passed += 1,
                    Action::Surrogate => plan.surrogated += 1,
                    Action::Year | Action::Zip3 => plan.reduced += 1,
                    Action::Drop => plan.dropped += 1,
                }
                let asked = query.table.as_ref().is_none_or(|t| t == key)
                    && (text.is_empty() || treatment.key().to_string().to_lowercase().contains(&text));
                if asked {
                    if plan.total >= query.offset && (plan.columns.len() as u64) < limit {
                        plan.columns.push(treatment.clone());
                    }
                    plan.total += 1;
                }
            }
        }
        Ok(plan)
    }

    /// Has a deidentifier do something for a workbook or a screen of the year that `at` says: the only place where one is
    /// made. What it gives is kept in the vault, all of it or nothing.
    pub(super) fn deidentifying<T>(
        &self,
        at: &str,
        work: impl FnOnce(&mut Deidentifier<'_>) -> Result<T>,
    ) -> Result<T> {
        let roster = self.roster()?;
        let mut chance = Random(self.environment.random);
        let mut vault = VaultFile::open(&self.folder.join("vault.db"))?;
        vault.together(|vault| work(&mut Deidentifier::new(vault, &mut chance, &roster, year_of(at))))
    }

    /// A few rows before (masked, unless the table is unmasked) and after.
    pub fn sample_preview(&mut self, table: &TableKey) -> Result<SamplePreview> {
        self.refresh()?;
        let treatments = self.treatments()?;
        let unmasked = self.unmasked.contains(table);
        let snapshot = self.profiled()?;
        let staged = self.staged(table)?;
        let columns = snapshot.columns(staged)?;
        let treated = Treated::of(snapshot, (table, staged), &*self.rules_of(snapshot)?, &treatments)?;
        let cells = snapshot.staging.spread(staged, columns, 10)?;
        let rows = self.deidentifying(&(self.environment.now)(), |deidentifier| {
            let mut rows = Vec::new();
            let columns: Vec<_> = treated
                .iter()
                .zip(columns)
                .map(|(t, c)| deidentifier.column(&t.treatment, &c.figures, &t.common))
                .collect();
            for row in &cells {
                let mut line = Vec::new();
                for (cell, column) in row.iter().zip(&columns) {
                    let after = deidentifier.cell(column, cell)?;
                    let before = mask::shown(cell, unmasked);
                    line.push(PreviewCell { before, after: after.as_str().to_owned() });
                }
                rows.push(line);
            }
            Ok(rows)
        })?;
        Ok(SamplePreview { columns: treated.into_iter().map(|t| t.treatment).collect(), rows })
    }

    /// Sets how columns are treated; without class and action they go back to the rules.
    pub fn set_privacy(
        &mut self,
        columns: &[ColumnKey],
        class: Option<Class>,
        action: Option<Action>,
    ) -> Result<Touched> {
        self.refresh()?;
        let treatments = self.treatments()?;
        let by = self.by();
        let (first, more) = match columns {
            [] => return Ok(Touched::default()),
            [one] => (one, String::new()),
            [one, rest @ ..] => (one, format!(" and {} more", rest.len())),
        };
        let what = match (action, class) {
            (Some(action), _) => action.label().to_owned(),
            (None, Some(class)) => format!("of class {class:?}"),
            (None, None) => "as the rules say".to_owned(),
        };
        let mut edit = Edit::new(format!("in samples, {first}{more}: {what}"));
        for column in columns {
            let Some(now) = treatments.get(column) else {
                return Err(Error::refused(format!("the snapshot in use has no column {column}")));
            };
            if class.is_none() && action.is_none() {
                edit = edit.remove(Privacy::record_key(column));
                continue;
            }
            edit = edit.put(Privacy {
                column: column.clone(),
                class: class.unwrap_or(now.class()),
                action: action.unwrap_or(now.action()),
                who: by.who.clone(),
                when: by.at.clone(),
            });
        }
        self.edit(&edit)
    }

    /// The people of the snapshot: names, ids, phones, mails and birth dates, wherever a column holds them by the rules or
    /// by a person's word. Such a word may add to what is searched for, and takes nothing away.
    pub(super) fn roster(&self) -> Result<Arc<Roster>> {
        let snapshot = self.profiled()?;
        let treatments = self.treatments()?;
        let stamp = (snapshot.stamp(), self.state.privacy_stamp());
        let mut known = locked(&self.derived.roster);
        if let Some((made_at, roster)) = &*known
            && *made_at == stamp
        {
            return Ok(Arc::clone(roster));
        }
        let rules = self.rules_of(snapshot)?;
        let roster = Roster::gather(|roster| {
            for (key, table) in &snapshot.tables {
                let columns = snapshot.columns(table)?;
                let ruled =
                    |c: &StagedColumn| rules.treatments.get(&key.column(&c.name)).map_or(Class::None, Treatment::class);
                let people = columns.iter().any(|c| ruled(c) == Class::Name)
                    && columns.iter().any(|c| ruled(c) == Class::Date && header::is_birth(&c.name));
                for column in columns.iter().filter(|c| c.figures.filled() > 0) {
                    let column_key = key.column(&column.name);
                    let Some(by_rule) = rules.treatments.get(&column_key) else { continue };
                    let birth = header::is_birth(&column.name);
                    let own = rules.own.contains(&column_key);
                    let ruled = Some(by_rule.class()).filter(|class| wanted(*class, birth, people || own, by_rule));
                    let decided =
                        treatments.get(&column_key).and_then(identified).filter(|class| Some(*class) != ruled);
                    if ruled.is_none() && decided.is_none() {
                        continue;
                    }
                    for (cell, _) in snapshot.staging.values(table, column, 1)? {
                        let Some(text) = as_text(cell) else { continue };
                        if let Some(class) = ruled.filter(|class| *class != Class::Name || may_name(by_rule, &text)) {
                            roster.add(class, birth, &text);
                        }
                        if let Some(class) = decided {
                            roster.add(class, birth, &text);
                        }
                    }
                }
            }
            Ok(())
        })?;
        let roster = Arc::new(roster);
        *known = Some((stamp, Arc::clone(&roster)));
        Ok(roster)
    }
}

/// Whose values identify somebody: names and numbers of people anywhere, other ids where they are of `people`.
fn wanted(class: Class, birth: bool, people: bool, by_rule: &Treatment) -> bool {
    match class {
        Class::Name | Class::Phone | Class::Fax | Class::Email | Class::Ssn | Class::Mrn => true,
        // By a check digit, they are somebody's in whatever table.
        Class::Acct | Class::Lic | Class::Vehicle => people || is_by_values(by_rule),
        Class::Plan | Class::Uid | Class::Geo => people,
        Class::Date => birth,
        _ => false,
    }
}

/// As what a person had a column taken for an identifier.
fn identified(treatment: &Treatment) -> Option<Class> {
    match (treatment.is_decided(), treatment.class(), treatment.action()) {
        // Replaced, so there is somebody behind it.
        (true, Class::None, Action::Surrogate) => Some(Class::Uid),
        (false, ..) | (true, _, Action::Pass) | (true, Class::None, _) => None,
        (true, class, _) => Some(class),
    }
}

fn as_text(cell: Cell) -> Option<String> {
    match cell {
        Cell::Integer(i) => Some(i.to_string()),
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Bytes(_) => None,
    }
}

/// A column's treatment, with the values that are common enough to pass.
pub(super) struct Treated {
    pub treatment: Treatment,
    pub common: Common,
}

impl Treated {
    /// Of every column of a table.
    pub fn of(
        snapshot: &InUse,
        (key, table): (&TableKey, &StagedTable),
        rules: &Rules,
        treatments: &Treatments,
    ) -> Result<Vec<Self>> {
        let common = snapshot.common_values((key, table), rules, treatments)?;
        let columns = snapshot.columns(table)?.iter().zip(common);
        columns
            .map(|(column, common)| {
                let treatment = treatments
                    .get(&key.column(&column.name))
                    .cloned()
                    .ok_or_else(|| Error::refused(format!("{key}.{} was not classified", column.name)))?;
                Ok(Self { treatment, common })
            })
            .collect()
    }
}

/// The year of an RFC 3339 time.
fn year_of(at: &str) -> i32 {
    at.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0)
}

/// The system's randomness, without the skew of a remainder.
struct Random(pub fn() -> u64);

impl Chance for Random {
    fn below(&mut self, bound: u64) -> u64 {
        let bound = bound.max(1);
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = (self.0)();
            if drawn < fair {
                return drawn % bound;
            }
        }
    }
}
