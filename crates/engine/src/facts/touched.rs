use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::mapping::{Change, Record, RecordKind};
use crate::source::TableKey;

facts! {
    /// What an edit changed, for whoever shows it.
    #[derive(Default)]
    pub struct Touched {
        /// More than edits change: another snapshot, or raw values on show. All is to be asked for again.
        pub everything: bool,
        pub parts: Vec<TouchedPart>,
    }

    #[derive(PartialOrd, Ord, Eq)]
    pub struct TouchedPart {
        pub kind: RecordKind,
        /// That the record is about; `null` where it is about none, or about all.
        pub table: Option<TableKey>,
    }
}

impl Touched {
    pub fn everything() -> Self {
        Self { everything: true, parts: Vec::new() }
    }

    /// By the records that were put, and those that are put back when it is undone.
    pub fn by<'a>(changes: impl Iterator<Item = &'a Change>) -> Self {
        let mut parts = BTreeSet::new();
        for change in changes {
            let Change::Put(record) = change else { continue };
            let kind = record.key().kind;
            let tables = tables_of(record);
            if tables.is_empty() {
                parts.insert(TouchedPart { kind, table: None });
            }
            parts.extend(tables.into_iter().map(|table| TouchedPart { kind, table: Some(table) }));
        }
        Self { everything: false, parts: parts.into_iter().collect() }
    }
}

fn tables_of(record: &Record) -> BTreeSet<TableKey> {
    match record {
        Record::Table(decision) => BTreeSet::from([decision.table.clone()]),
        Record::Column(decision) => BTreeSet::from([decision.column.table_key()]),
        Record::Link(link) => BTreeSet::from([link.table.clone()]),
        Record::Mapping(mapping) => mapping.source.iter().map(crate::source::ColumnKey::table_key).collect(),
        Record::Privacy(privacy) => BTreeSet::from([privacy.column.table_key()]),
        Record::Relationship(relationship) => {
            relationship.child.iter().chain(&relationship.parent).map(crate::source::ColumnKey::table_key).collect()
        }
        Record::Module(_) | Record::Component(_) => BTreeSet::new(),
    }
}
