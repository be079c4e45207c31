//! Decisions: what was decided about source tables and columns, and edits with their inverse.

pub mod record;

use serde::{Deserialize, Serialize};

pub use record::{
    ColumnDecision, Component, Link, Mapping, MappingStatus, Module, ModuleStatus, Privacy, Record, RecordKind,
    Settings, TableDecision,
};

/// One record put, changed or (with `None`) taken away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub kind: RecordKind,
    pub key: String,
    pub record: Option<Record>,
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
    pub fn put(mut self, key: impl Into<String>, record: Record) -> Self {
        self.changes.push(Change { kind: record.kind(), key: key.into(), record: Some(record) });
        self
    }

    #[must_use]
    pub fn remove(mut self, kind: RecordKind, key: impl Into<String>) -> Self {
        self.changes.push(Change { kind, key: key.into(), record: None });
        self
    }

    /// The edit that takes this one back, given what stood there before.
    #[must_use]
    pub fn inverse(&self, mut before: impl FnMut(RecordKind, &str) -> Option<Record>) -> Self {
        let changes = self
            .changes
            .iter()
            .rev()
            .map(|c| Change { kind: c.kind, key: c.key.clone(), record: before(c.kind, &c.key) })
            .collect();
        Self { label: self.label.clone(), changes }
    }
}
