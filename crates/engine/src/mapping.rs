//! Decisions: what was decided about source tables and columns, and edits with their inverse.

pub mod key;
pub mod kind;
pub mod record;

use serde::{Deserialize, Serialize};

pub use kind::{Record, RecordKey, RecordKind, Records};
pub use record::{
    ColumnDecision, Component, Judgement, Link, Mapping, MappingStatus, Module, ModuleStatus, Privacy, Relationship,
    Settings, TableDecision, module_key,
};

/// One record put in its place, or taken away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "nearly all put a record")]
pub enum Change {
    Put(Record),
    Remove(RecordKey),
}

impl Change {
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Put(record) => record.key(),
            Self::Remove(key) => key.clone(),
        }
    }
}

/// One act of a person: what changes together is undone together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// In words, shown by undo, redo and the log; names only, never a cell.
    pub label: String,
    pub changes: Vec<Change>,
}

impl Edit {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), changes: Vec::new() }
    }

    #[must_use]
    pub fn put(mut self, record: impl Into<Record>) -> Self {
        self.changes.push(Change::Put(record.into()));
        self
    }

    #[must_use]
    pub fn remove(mut self, key: RecordKey) -> Self {
        self.changes.push(Change::Remove(key));
        self
    }

    /// The edit that takes this one back, given what stands there before it.
    #[must_use]
    pub fn inverse(&self, before: impl Fn(&RecordKey) -> Option<Record>) -> Self {
        let back = |change: &Change| {
            let key = change.key();
            before(&key).map_or(Change::Remove(key), Change::Put)
        };
        // A record that changes twice stands there before the first of them only.
        let mut seen = std::collections::HashSet::new();
        let mut changes: Vec<Change> =
            self.changes.iter().filter(|change| seen.insert(change.key())).map(back).collect();
        changes.reverse();
        Self { label: self.label.clone(), changes }
    }
}
