//! The decisions as they stand, in memory: small beside the snapshot, and asked for all the time.

use std::collections::{BTreeMap, HashMap};

use crate::error::Result;
use crate::mapping::{
    ColumnDecision, Component, Link, Mapping, Module, Privacy, Record, RecordKind, Settings, TableDecision,
};
use crate::source::{ColumnKey, TableKey};
use crate::store::decisions::Decisions;

#[derive(Default)]
pub struct State {
    /// The version of the database these were read at.
    read_at: Option<(i64, i64)>,
    pub tables: HashMap<TableKey, TableDecision>,
    pub columns: HashMap<ColumnKey, ColumnDecision>,
    /// By table and interface.
    pub links: BTreeMap<(TableKey, String), Link>,
    pub mappings: BTreeMap<String, Mapping>,
    mappings_by_column: HashMap<ColumnKey, Vec<String>>,
    pub modules: BTreeMap<String, Module>,
    pub components: BTreeMap<String, Component>,
    pub privacy: HashMap<ColumnKey, Privacy>,
    pub settings: Settings,
    /// Counts the changes, for what is derived from the decisions.
    pub generation: u64,
}

impl State {
    pub fn refresh(&mut self, decisions: &Decisions) -> Result<()> {
        let version = decisions.version()?;
        if self.read_at == Some(version) {
            return Ok(());
        }
        let mut fresh = Self { read_at: Some(version), generation: self.generation + 1, ..Self::default() };
        for (key, record) in decisions.records()? {
            fresh.put(key, record);
        }
        *self = fresh;
        Ok(())
    }

    fn put(&mut self, key: String, record: Record) {
        match record {
            Record::Table(r) => drop(self.tables.insert(TableKey(key), r)),
            Record::Column(r) => drop(self.columns.insert(ColumnKey(key), r)),
            Record::Link(r) => drop(self.links.insert((r.table.clone(), r.interface.clone()), r)),
            Record::Mapping(r) => {
                for column in &r.source {
                    self.mappings_by_column.entry(column.clone()).or_default().push(key.clone());
                }
                self.mappings.insert(key, r);
            }
            Record::Module(r) => drop(self.modules.insert(key, r)),
            // Before they had ids, the key stood for a component's place.
            Record::Component(r) => drop(self.components.insert(key.clone(), Component { id: key, ..r })),
            Record::Privacy(r) => drop(self.privacy.insert(ColumnKey(key), r)),
            Record::Settings(r) => self.settings = r,
        }
    }

    pub fn record(&self, kind: RecordKind, key: &str) -> Option<Record> {
        match kind {
            RecordKind::Table => self.tables.get(&TableKey(key.to_owned())).cloned().map(Record::Table),
            RecordKind::Column => self.columns.get(&ColumnKey(key.to_owned())).cloned().map(Record::Column),
            RecordKind::Link => {
                self.links.values().find(|l| link_key(&l.table, &l.interface) == key).cloned().map(Record::Link)
            }
            RecordKind::Mapping => self.mappings.get(key).cloned().map(Record::Mapping),
            RecordKind::Module => self.modules.get(key).cloned().map(Record::Module),
            RecordKind::Component => self.components.get(key).cloned().map(Record::Component),
            RecordKind::Privacy => self.privacy.get(&ColumnKey(key.to_owned())).cloned().map(Record::Privacy),
            RecordKind::Settings => Some(Record::Settings(self.settings.clone())),
        }
    }

    /// Mappings in the order of their fields' interface, then their own order.
    pub fn mappings_of(&self, column: &ColumnKey) -> Vec<Mapping> {
        let Some(keys) = self.mappings_by_column.get(column) else { return Vec::new() };
        let mut found: Vec<Mapping> = keys.iter().filter_map(|k| self.mappings.get(k)).cloned().collect();
        found.sort_by(|a, b| (a.order, &a.interface, &a.field).cmp(&(b.order, &b.interface, &b.field)));
        found
    }

    pub fn module_named(&self, name: &str) -> Option<&Module> {
        self.modules.get(&module_key(name))
    }
}

pub fn link_key(table: &TableKey, interface: &str) -> String {
    format!("{}→{interface}", table.0)
}

pub fn module_key(name: &str) -> String {
    name.trim().to_lowercase()
}
