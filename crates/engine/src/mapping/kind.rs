//! The one list of kinds of records. What code, storage and JSON call them, and where each is kept, comes from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::key::{KeyedRecord, StoredKey};
use super::record::{ColumnDecision, Component, Link, Mapping, Module, Privacy, Relationship, TableDecision};

/// Deciding the same again is no edit, although the clock went on.
fn same_but_for_time<R: KeyedRecord>(a: &R, b: &R) -> bool {
    let timeless = |record: &R| {
        let mut record = record.clone();
        if let Some(when) = record.when() {
            when.clear();
        }
        record
    };
    timeless(a) == timeless(b)
}

macro_rules! kinds {
    ($($(#[$about:meta])* $code:literal $kind:ident($record:ident) in $all:ident,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wire", derive(ts_rs::TS))]
        pub enum RecordKind {
            $($(#[$about])* #[serde(rename = $code)] $kind,)*
        }

        impl RecordKind {
            /// As it is stored.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }
        }

        /// What was decided of one thing, with the name of the thing.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Record {
            $(#[serde(rename = $code)] $kind($record),)*
        }

        impl Record {
            pub fn key(&self) -> RecordKey {
                match self {
                    $(Self::$kind(record) => RecordKey::of(RecordKind::$kind, &record.key()),)*
                }
            }

            /// Whatever the time of either.
            pub fn says_the_same(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$kind(a), Self::$kind(b)) => same_but_for_time(a, b),)*
                    _ => false,
                }
            }
        }

        $(
            impl From<$record> for Record {
                fn from(record: $record) -> Self {
                    Self::$kind(record)
                }
            }

            impl $record {
                /// By which the record is found among all.
                pub fn record_key(key: &<Self as KeyedRecord>::Key) -> RecordKey {
                    RecordKey::of(RecordKind::$kind, key)
                }
            }
        )*

        /// All records, each kind by its keys.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Records {
            $(pub $all: BTreeMap<<$record as KeyedRecord>::Key, $record>,)*
        }

        impl Records {
            pub fn put(&mut self, record: Record) {
                match record {
                    $(Record::$kind(record) => drop(self.$all.insert(record.key(), record)),)*
                }
            }

            /// What stood there.
            pub fn take(&mut self, key: &RecordKey) -> Option<Record> {
                match key.kind {
                    $(RecordKind::$kind => self.$all.remove(&<$record as KeyedRecord>::Key::parsed(&key.name)?).map(Record::$kind),)*
                }
            }

            pub fn all(&self) -> impl Iterator<Item = Record> {
                let all = std::iter::empty();
                $(let all = all.chain(self.$all.values().cloned().map(Record::$kind));)*
                all
            }

            pub fn get(&self, key: &RecordKey) -> Option<Record> {
                match key.kind {
                    $(RecordKind::$kind => self.$all.get(&<$record as KeyedRecord>::Key::parsed(&key.name)?).cloned().map(Record::$kind),)*
                }
            }
        }
    };
}

kinds! {
    /// What becomes of a table.
    "table" Table(TableDecision) in tables,
    /// What becomes of a column.
    "column" Column(ColumnDecision) in columns,
    /// A table drawn to an interface.
    "link" Link(Link) in links,
    /// Columns mapped to a field.
    "mapping" Mapping(Mapping) in mappings,
    /// A unit of migration work.
    "module" Module(Module) in modules,
    /// What a module creates in the receiving system.
    "component" Component(Component) in components,
    /// How a column is treated in samples.
    "privacy" Privacy(Privacy) in privacy,
    /// Whether columns point at another table's.
    "relationship" Relationship(Relationship) in relationships,
}

/// Names a record among all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    pub kind: RecordKind,
    #[serde(rename = "key")]
    pub name: String,
}

impl RecordKey {
    fn of(kind: RecordKind, key: &impl StoredKey) -> Self {
        Self { kind, name: key.stored() }
    }
}
