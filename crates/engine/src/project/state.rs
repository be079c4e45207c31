//! The decisions as they stand, in memory: small beside the snapshot, and asked for all the time. An edit changes them in
//! place, with what is counted from them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Result;
use crate::mapping::{Change, Edit, Mapping, Module, Privacy, Record, RecordKey, Records, Settings, module_key};
use crate::source::{ColumnKey, Disposition, TableKey};
use crate::store::decisions::Decisions;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    pub records: Records,
    pub settings: Settings,
    columns: HashMap<ColumnKey, OfColumn>,
    tables: HashMap<TableKey, OfTable>,
    /// By interface and field: how many mappings fill it.
    fields: BTreeMap<String, BTreeMap<String, u64>>,
    /// By interface: how many connections and mappings use it.
    uses: BTreeMap<String, u64>,
    /// The same for the same decisions on privacy, whichever handle made them.
    privacy: u64,
}

/// What was decided of a column itself.
#[derive(Debug, Clone, PartialEq, Default)]
struct OfColumn {
    decided: bool,
    /// Ids.
    mappings: BTreeSet<String>,
}

/// Columns of a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct OfTable {
    /// With a disposition of their own or a mapping.
    pub own: u64,
    pub mapped: u64,
}

impl State {
    pub fn read(decisions: &Decisions) -> Result<Self> {
        let mut read = Self { settings: decisions.settings()?, ..Self::default() };
        decisions.each_record(|record| read.put(record))?;
        Ok(read)
    }

    /// What an edit changed in the store it changes here.
    pub fn apply(&mut self, edit: &Edit) {
        for change in &edit.changes {
            match change {
                Change::Put(record) => self.put(record.clone()),
                Change::Remove(key) => self.take(key),
            }
        }
    }

    fn put(&mut self, record: Record) {
        self.take(&record.key());
        self.count(&record, true);
        self.records.put(record);
    }

    fn take(&mut self, key: &RecordKey) {
        if let Some(before) = self.records.take(key) {
            self.count(&before, false);
        }
    }

    /// Adds a record to what is counted, or takes it out.
    fn count(&mut self, record: &Record, there: bool) {
        match record {
            Record::Column(column) => {
                let decided = there && column.disposition != Disposition::Undecided;
                self.of_column(&column.column, |of| of.decided = decided);
            }
            Record::Mapping(mapping) => {
                add(&mut self.uses, &mapping.interface, there);
                let fields = self.fields.entry(mapping.interface.clone()).or_default();
                add(fields, &mapping.field, there);
                if fields.is_empty() {
                    self.fields.remove(&mapping.interface);
                }
                for column in &mapping.source {
                    self.of_column(column, |of| {
                        if there {
                            of.mappings.insert(mapping.id.clone());
                        } else {
                            of.mappings.remove(&mapping.id);
                        }
                    });
                }
            }
            Record::Link(link) => add(&mut self.uses, &link.interface, there),
            Record::Privacy(privacy) => self.privacy ^= digest(privacy),
            Record::Table(_) | Record::Module(_) | Record::Component(_) | Record::Relationship(_) => {}
        }
    }

    fn of_column(&mut self, key: &ColumnKey, change: impl FnOnce(&mut OfColumn)) {
        let column = self.columns.entry(key.clone()).or_default();
        let before = column.counts();
        change(column);
        let now = column.counts();
        if column.is_empty() {
            self.columns.remove(key);
        }
        if before != now {
            let table = self.tables.entry(key.table_key()).or_default();
            table.own = table.own + now.own - before.own;
            table.mapped = table.mapped + now.mapped - before.mapped;
            if *table == OfTable::default() {
                self.tables.remove(&key.table_key());
            }
        }
    }

    /// What the columns of a table add up to.
    pub fn of_table(&self, key: &TableKey) -> OfTable {
        self.tables.get(key).copied().unwrap_or_default()
    }

    /// How many fields of an interface something is mapped to.
    pub fn filled_fields(&self, interface: &str) -> u64 {
        self.fields.get(interface).map_or(0, |fields| fields.len() as u64)
    }

    pub fn is_filled(&self, interface: &str, field: &str) -> bool {
        self.fields.get(interface).is_some_and(|fields| fields.contains_key(field))
    }

    /// Interfaces that something is connected to, in the order of their ids.
    pub fn interfaces_in_use(&self) -> impl Iterator<Item = &str> {
        self.uses.keys().map(String::as_str)
    }

    pub fn is_in_use(&self, interface: &str) -> bool {
        self.uses.contains_key(interface)
    }

    /// The same for the same decisions on privacy, whichever handle made them.
    pub fn privacy_stamp(&self) -> u64 {
        self.privacy
    }

    pub fn is_mapped(&self, column: &ColumnKey) -> bool {
        self.columns.get(column).is_some_and(|of| !of.mappings.is_empty())
    }

    /// In their own order, then by interface and field.
    pub fn mappings_of(&self, column: &ColumnKey) -> Vec<Mapping> {
        let Some(of) = self.columns.get(column) else { return Vec::new() };
        let mut found: Vec<Mapping> =
            of.mappings.iter().filter_map(|id| self.records.mappings.get(id)).cloned().collect();
        found.sort_by(|a, b| (a.order, &a.interface, &a.field).cmp(&(b.order, &b.interface, &b.field)));
        found
    }

    pub fn module_named(&self, name: &str) -> Option<&Module> {
        self.records.modules.get(&module_key(name))
    }

    /// The order that puts a new module after the others.
    pub fn next_module_order(&self) -> u32 {
        self.records.modules.values().map(|m| m.order).max().unwrap_or(0) + 1
    }
}

impl OfColumn {
    fn counts(&self) -> OfTable {
        let mapped = !self.mappings.is_empty();
        OfTable { own: u64::from(self.decided || mapped), mapped: u64::from(mapped) }
    }

    fn is_empty(&self) -> bool {
        !self.decided && self.mappings.is_empty()
    }
}

fn add(to: &mut BTreeMap<String, u64>, name: &str, there: bool) {
    let count = to.entry(name.to_owned()).or_default();
    *count = if there { *count + 1 } else { *count - 1 };
    if *count == 0 {
        to.remove(name);
    }
}

/// Of what decides how a column is treated.
fn digest(privacy: &Privacy) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&privacy.column, privacy.class, privacy.action, &privacy.who).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{ColumnDecision, Link, MappingStatus};
    use crate::sample::{Action, Class};
    use crate::store::decisions::{By, Outcome};

    const COLUMNS: [&str; 3] = ["/a/x", "/a/y", "/b/x"];

    /// One record drawn from few, so that most edits change what is there.
    fn drawn(draw: &mut impl FnMut(usize) -> usize) -> Record {
        let column = ColumnKey(COLUMNS[draw(3)].into());
        let interface = ["conditions", "appointments"][draw(2)].to_owned();
        let (who, when) = ("ana".to_owned(), String::new());
        match draw(4) {
            0 => {
                let disposition = [Disposition::Undecided, Disposition::Discrete][draw(2)];
                ColumnDecision { disposition, ..ColumnDecision::none(column) }.into()
            }
            1 => {
                let action = [Action::Pass, Action::Drop][draw(2)];
                Privacy { column, class: Class::Name, action, who, when }.into()
            }
            2 => Link { table: column.table_key(), interface, who, when }.into(),
            _ => Mapping {
                id: format!("m{}", draw(4)),
                source: COLUMNS[..=draw(3)].iter().map(|name| ColumnKey((*name).into())).collect(),
                constant: None,
                interface,
                field: ["one", "two"][draw(2)].into(),
                order: 0,
                description: String::new(),
                transform: String::new(),
                comment: String::new(),
                status: MappingStatus::Mapped,
                who,
                when,
            }
            .into(),
        }
    }

    /// What an edit changes in memory is what another handle reads.
    #[test]
    fn edits_in_memory_give_what_is_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let by = By { who: "ana".into(), at: String::new() };
        let mut decisions = Decisions::create(&folder.path().join("decisions.db")).unwrap();
        let (mut state, mut known) = (State::read(&decisions).unwrap(), decisions.known().unwrap());
        // Hears of everything some edits later.
        let other = Decisions::open(&folder.path().join("decisions.db")).unwrap();
        let (mut heard, mut heard_of) = (State::read(&other).unwrap(), other.known().unwrap());
        let mut seed = 7_u64;
        let mut draw = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for round in 0..300 {
            let step = match draw(4) {
                0 => decisions.undo(known, &by).unwrap(),
                1 => decisions.redo(known, &by).unwrap(),
                _ => {
                    let mut edit = Edit::new(format!("{round}"));
                    for _ in 0..=draw(3) {
                        let record = drawn(&mut draw);
                        edit = if draw(4) == 0 { edit.remove(record.key()) } else { edit.put(record) };
                    }
                    let inverse = edit.inverse(|key| state.records.get(key));
                    match decisions.apply(&edit, &inverse, known, &by).unwrap() {
                        Outcome::Done(known) => Outcome::Done(Some((edit, known))),
                        Outcome::Overtaken => Outcome::Overtaken,
                    }
                }
            };
            match step {
                Outcome::Done(Some((edit, now))) => {
                    state.apply(&edit);
                    known = now;
                }
                Outcome::Done(None) => {}
                Outcome::Overtaken => panic!("nobody else was there"),
            }
            assert!(decisions.news(known).unwrap().is_none(), "its own edits are no news");
            assert_eq!(state, State::read(&decisions).unwrap(), "after edit {round}");
            if round % 5 == 0 {
                if let Some((edits, now)) = other.news(heard_of).unwrap() {
                    for edit in &edits {
                        heard.apply(edit);
                    }
                    heard_of = now;
                }
                assert_eq!(heard, state, "after edit {round}");
            }
        }
        assert!(!state.columns.is_empty() && !state.fields.is_empty() && state.privacy != 0);
    }
}
