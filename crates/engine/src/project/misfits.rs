//! Decisions that no longer fit the snapshot in use: the work list after a new one was loaded.

use std::collections::BTreeMap;

use super::Project;
use super::relationships::relation_name;
use super::snapshots::InUse;
use crate::error::Result;
use crate::facts::Misfit;
use crate::mapping::{Edit, Record, RecordKey};
use crate::source::{ColumnKey, Disposition};
use crate::target::catalog;

/// Of each decision what does not fit, as far as anything does not.
pub(super) struct Misfits {
    /// Of the snapshot they were looked at by.
    stamp: String,
    found: BTreeMap<RecordKey, Vec<Misfit>>,
}

impl Project {
    pub fn misfits(&mut self) -> Result<Vec<Misfit>> {
        self.refresh()?;
        self.not_lost()?;
        let mut found: Vec<Misfit> = self.all_misfits()?.cloned().collect();
        found.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        Ok(found)
    }

    /// In no order of use to people.
    pub(super) fn all_misfits(&mut self) -> Result<impl Iterator<Item = &Misfit>> {
        let stamp = self.in_use.as_ref().map(InUse::stamp).unwrap_or_default();
        if self.misfits.as_ref().is_none_or(|m| m.stamp != stamp) {
            let mut found = BTreeMap::new();
            if let Some(snapshot) = &self.in_use {
                for record in self.state.records.all() {
                    let misfits = misfits_of(snapshot, &record)?;
                    if !misfits.is_empty() {
                        found.insert(record.key(), misfits);
                    }
                }
            }
            self.misfits = Some(Misfits { stamp, found });
        }
        Ok(self.misfits.iter().flat_map(|m| m.found.values().flatten()))
    }

    /// Looks again at what an edit changed.
    pub(super) fn fit_again(&mut self, edit: &Edit) -> Result<()> {
        let (Some(snapshot), Some(known)) = (&self.in_use, &mut self.misfits) else { return Ok(()) };
        for change in &edit.changes {
            let key = change.key();
            let now = self.state.records.get(&key).map(|record| misfits_of(snapshot, &record)).transpose()?;
            match now.filter(|misfits| !misfits.is_empty()) {
                Some(misfits) => known.found.insert(key, misfits),
                None => known.found.remove(&key),
            };
        }
        Ok(())
    }
}

fn misfits_of(snapshot: &InUse, record: &Record) -> Result<Vec<Misfit>> {
    const NO_TABLE: &str = "the table is not in this snapshot";
    const NO_COLUMN: &str = "the column is not in this snapshot";
    let mut found = Vec::new();
    let mut add = |kind: &str, key: &str, name: String, why: &str| {
        found.push(Misfit { kind: kind.into(), key: key.into(), name, why: why.into() });
    };
    let has = |column: &ColumnKey| snapshot.column(column).map(|c| c.is_some());
    let kind = record.key().kind.code();
    match record {
        Record::Table(decision) => {
            if snapshot.table(&decision.table).is_none() {
                add(kind, &decision.table.0, decision.table.to_string(), NO_TABLE);
            }
        }
        Record::Link(link) => {
            if snapshot.table(&link.table).is_none() {
                add(kind, &link.table.0, format!("{} → {}", link.table, link.interface), NO_TABLE);
            }
        }
        Record::Column(decision) => {
            let key = &decision.column;
            if !has(key)? {
                add(kind, &key.0, key.to_string(), NO_COLUMN);
            } else if decision.disposition == Disposition::Discrete && is_empty(snapshot, key)? {
                add(kind, &key.0, key.to_string(), "it is to be discrete data, but holds nothing in this snapshot");
            }
        }
        Record::Mapping(mapping) => {
            for column in &mapping.source {
                let name = || format!("{column} → {}.{}", mapping.interface, mapping.field);
                if !has(column)? {
                    add(kind, &mapping.id, name(), "the source column is not in this snapshot");
                } else if is_empty(snapshot, column)? {
                    add(kind, &mapping.id, name(), "the source column holds nothing in this snapshot");
                }
            }
            let known = catalog().interface(&mapping.interface).is_some_and(|i| i.field(&mapping.field).is_some());
            if !known {
                let name = format!("{}.{}", mapping.interface, mapping.field);
                add(kind, &mapping.id, name, "the target has no such field");
            }
        }
        Record::Privacy(privacy) => {
            if !has(&privacy.column)? {
                add(kind, &privacy.column.0, privacy.column.to_string(), NO_COLUMN);
            }
        }
        Record::Relationship(relationship) => {
            for column in relationship.child.iter().chain(&relationship.parent) {
                if !has(column)? {
                    let name = relation_name(&relationship.child, &relationship.parent);
                    add(kind, &record.key().name, name, &format!("the column {column} is not in this snapshot"));
                }
            }
        }
        Record::Module(_) | Record::Component(_) => {}
    }
    Ok(found)
}

fn is_empty(snapshot: &InUse, key: &ColumnKey) -> Result<bool> {
    // A whole table without rows is seen in the list of tables.
    Ok(snapshot
        .column(key)?
        .is_some_and(|(table, column)| table.rows > 0 && column.state.is_read() && column.figures.filled() == 0))
}
