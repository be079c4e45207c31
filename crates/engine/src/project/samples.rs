//! How every column is treated in samples, the preview of it, and the roster that exports are searched for.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::Project;
use super::snapshots::{InUse, key_of};
use crate::error::{Error, Result};
use crate::facts::{PreviewCell, SamplePlan, SamplePreview};
use crate::mapping::{Edit, Privacy, Record, RecordKind};
use crate::sample::classify::{Clue, RARE, classify};
use crate::sample::leak::Roster;
use crate::sample::surrogate::{Chance, Deidentifier};
use crate::sample::{Action, Cell, Class, Treatment, header, mask};
use crate::source::{ColumnKey, TableKey};
use crate::store::staging::{StagedColumn, StagedTable};
use crate::store::vault::VaultFile;

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

pub type Treatments = HashMap<ColumnKey, Treatment>;

/// Values longer than this say no more about their column than their start does.
const CLUE: usize = 200;

impl InUse {
    /// What the rules say of every column.
    fn classified(&self) -> Result<Treatments> {
        let mut top: HashMap<(u64, u32), Vec<(Cell, u64)>> = HashMap::new();
        self.staging.all_top(|table, ordinal, cell, count| {
            top.entry((table, ordinal)).or_default().push((shortened(cell), count));
        })?;
        let keys: Vec<(ColumnKey, &StagedTable, &StagedColumn)> = self
            .tables
            .iter()
            .map(|(key, table)| Ok((key, table, self.columns(table)?)))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flat_map(|(key, table, columns)| columns.iter().map(move |c| (key.column(&c.name), table, c)))
            .collect();
        let none = Vec::new();
        let clues: Vec<Clue<'_>> = keys
            .iter()
            .map(|(key, table, column)| Clue {
                key,
                declared_type: &column.declared_type,
                figures: &column.figures,
                top: top.get(&(column.table, column.ordinal)).unwrap_or(&none),
                primary: table.keys.iter().any(|k| k.kind == "primary" && k.columns.contains(&column.name)),
                references: self.reference(table, &column.name),
            })
            .collect();
        Ok(classify(&clues).into_iter().map(|t| (t.key.clone(), t)).collect())
    }

    /// Where a foreign key of one column points.
    pub(super) fn reference(&self, table: &StagedTable, column: &str) -> Option<(TableKey, String)> {
        let key = table.keys.iter().find(|k| k.kind == "foreign" && k.columns.iter().any(|c| c == column))?;
        let place = key.columns.iter().position(|c| c == column)?;
        let target = key.references_table.as_deref()?;
        let target_column = key.references_columns.get(place)?.clone();
        // `database.table`, or a table of the same database.
        let found =
            self.tables.iter().find(|(_, t)| t.name == target && t.database == table.database).or_else(|| {
                let (database, name) = target.split_once('.')?;
                self.tables.iter().find(|(_, t)| t.name == name && t.database.as_deref() == Some(database))
            })?;
        Some((key_of(self.home.as_deref(), &found.1), target_column))
    }
}

fn shortened(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) if text.len() > CLUE => Cell::Text(text.chars().take(CLUE).collect()),
        Cell::Bytes(bytes) if bytes.len() > CLUE => Cell::Bytes(bytes[..CLUE].to_vec()),
        other => other,
    }
}

/// What the rules say of snapshots, by their ids; shared by all handles that came of one another.
pub(super) type Classified = Arc<Mutex<HashMap<String, Arc<Treatments>>>>;

impl Project {
    /// Classifies the columns ahead of the first question: with tens of thousands of them it takes seconds.
    pub fn prepare(&mut self) -> Result<()> {
        self.refresh()?;
        match &self.in_use {
            Some(snapshot) => self.rules_of(snapshot).map(drop),
            None => Ok(()),
        }
    }

    /// Whoever comes second waits for the first, rather than doing it again.
    fn rules_of(&self, snapshot: &InUse) -> Result<Arc<Treatments>> {
        let mut known = self.classified.lock().unwrap_or_else(PoisonError::into_inner);
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
        let stamp = (snapshot.stamp(), self.state.generation);
        if let Some((made_at, treatments)) = &*self.treatments.borrow()
            && *made_at == stamp
        {
            return Ok(Arc::clone(treatments));
        }
        let mut treatments = Treatments::clone(&*self.rules_of(snapshot)?);
        for (key, decided) in &self.state.privacy {
            if let Some(treatment) = treatments.get_mut(key) {
                treatment.class = decided.class;
                treatment.action = decided.action;
                treatment.confidence = 1.0;
                treatment.decided = true;
                treatment.evidence = vec![format!("decided by {}", decided.who)];
            }
        }
        let treatments = Arc::new(treatments);
        *self.treatments.borrow_mut() = Some((stamp, Arc::clone(&treatments)));
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
                match treatment.action {
                    Action::Pass => plan.passed += 1,
                    Action::Surrogate => plan.surrogated += 1,
                    Action::Year | Action::Zip3 => plan.reduced += 1,
                    Action::Drop => plan.dropped += 1,
                }
                let asked = query.table.as_ref().is_none_or(|t| t == key)
                    && (text.is_empty() || treatment.key.to_string().to_lowercase().contains(&text));
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

    /// A few rows before (masked, unless the table is unmasked) and after.
    pub fn sample_preview(&mut self, table: &TableKey) -> Result<SamplePreview> {
        self.refresh()?;
        let treatments = self.treatments()?;
        let roster = self.roster()?;
        let year = year_of(&(self.here.now)());
        let unmasked = self.unmasked.contains(table);
        let mut vault = self.vault()?;
        let mut chance = Random(self.here.random);
        let snapshot = self.profiled()?;
        let staged = self.staged(table)?;
        let columns = snapshot.columns(staged)?;
        let treated = Treated::of(snapshot, (table, staged), columns, &treatments)?;
        let cells = snapshot.staging.spread(staged, columns, 10)?;
        let rows = vault.together(|vault| {
            let mut deidentifier = Deidentifier::new(vault, &mut chance, &roster, year);
            let mut rows = Vec::new();
            for row in &cells {
                let mut line = Vec::new();
                for (cell, (column, treated)) in row.iter().zip(columns.iter().zip(&treated)) {
                    let after = deidentifier.cell(&treated.treatment, &column.figures, &treated.frequent, cell)?;
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
    pub fn set_privacy(&mut self, columns: &[ColumnKey], class: Option<Class>, action: Option<Action>) -> Result<()> {
        self.refresh()?;
        let treatments = self.treatments()?;
        let by = self.by();
        let (first, more) = match columns {
            [] => return Ok(()),
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
                edit = edit.remove(RecordKind::Privacy, column.0.clone());
                continue;
            }
            let privacy = Privacy {
                class: class.unwrap_or(now.class),
                action: action.unwrap_or(now.action),
                who: by.who.clone(),
                when: by.at.clone(),
            };
            edit = edit.put(column.0.clone(), Record::Privacy(privacy));
        }
        self.edit(&edit)
    }

    pub(super) fn vault(&self) -> Result<VaultFile> {
        VaultFile::open(&self.folder.join("vault.db"))
    }

    /// The people of the snapshot: names, ids, phones, mails and birth dates, wherever a column holds them.
    pub(super) fn roster(&self) -> Result<Arc<Roster>> {
        let snapshot = self.profiled()?;
        let treatments = self.treatments()?;
        let stamp = (snapshot.stamp(), self.state.generation);
        if let Some((made_at, roster)) = &*self.roster.borrow()
            && *made_at == stamp
        {
            return Ok(Arc::clone(roster));
        }
        let mut roster = Roster::default();
        for (key, table) in &snapshot.tables {
            let columns = snapshot.columns(table)?;
            let class_of = |c: &StagedColumn| treatments.get(&key.column(&c.name)).map_or(Class::None, |t| t.class);
            let person = columns.iter().any(|c| class_of(c) == Class::Name)
                && columns.iter().any(|c| class_of(c) == Class::Date && header::is_birth(&c.name));
            for column in columns.iter().filter(|c| c.figures.filled() > 0) {
                let class = class_of(column);
                let birth = class == Class::Date && header::is_birth(&column.name);
                if wanted(class, birth, person) {
                    for (cell, _) in snapshot.staging.values(table, column, 1)? {
                        match cell {
                            Cell::Integer(i) => roster.add(class, birth, &i.to_string()),
                            Cell::Text(text) => roster.add(class, birth, &text),
                            Cell::Null | Cell::Bytes(_) => {}
                        }
                    }
                }
            }
        }
        let roster = Arc::new(roster);
        *self.roster.borrow_mut() = Some((stamp, Arc::clone(&roster)));
        Ok(roster)
    }
}

/// Whose values identify somebody: names and numbers of people anywhere, other ids where the table is of people.
fn wanted(class: Class, birth: bool, person: bool) -> bool {
    match class {
        Class::Name | Class::Phone | Class::Fax | Class::Email | Class::Ssn | Class::Mrn => true,
        Class::Plan | Class::Acct | Class::Lic | Class::Uid | Class::Geo => person,
        Class::Date => birth,
        _ => false,
    }
}

/// A column's treatment, with the values that are common enough to pass.
pub(super) struct Treated {
    pub treatment: Treatment,
    pub frequent: HashSet<String>,
}

impl Treated {
    pub fn of(
        snapshot: &InUse,
        (key, table): (&TableKey, &StagedTable),
        columns: &[StagedColumn],
        treatments: &Treatments,
    ) -> Result<Vec<Self>> {
        columns
            .iter()
            .map(|column| {
                let treatment = treatments
                    .get(&key.column(&column.name))
                    .cloned()
                    .ok_or_else(|| Error::refused(format!("{key}.{} was not classified", column.name)))?;
                let frequent = if treatment.action == Action::Pass {
                    let values = snapshot.staging.values(table, column, RARE)?;
                    values.into_iter().filter_map(|(cell, _)| as_text(cell)).collect()
                } else {
                    HashSet::new()
                };
                Ok(Self { treatment, frequent })
            })
            .collect()
    }
}

fn as_text(cell: Cell) -> Option<String> {
    match cell {
        Cell::Integer(i) => Some(i.to_string()),
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Bytes(_) => None,
    }
}

/// The year of an RFC 3339 time.
pub(super) fn year_of(at: &str) -> i32 {
    at.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0)
}

/// The system's randomness, without the skew of a remainder.
pub(super) struct Random(pub fn() -> u64);

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
