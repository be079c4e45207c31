//! What records are found by, and how that is stored.

use crate::source::{ColumnKey, TableKey};

/// What the records of one kind have in common.
pub trait KeyedRecord: Clone + PartialEq {
    /// What a record is found by.
    type Key: StoredKey;

    fn key(&self) -> Self::Key;

    /// When it was decided, if it says so.
    fn when(&mut self) -> Option<&mut String> {
        None
    }
}

/// A key, and how it is stored.
pub trait StoredKey: Ord + Clone {
    fn stored(&self) -> String;
    /// `None` where it is none of these.
    fn parsed(stored: &str) -> Option<Self>;
}

impl StoredKey for TableKey {
    fn stored(&self) -> String {
        self.0.clone()
    }

    fn parsed(stored: &str) -> Option<Self> {
        Some(Self(stored.to_owned()))
    }
}

impl StoredKey for ColumnKey {
    fn stored(&self) -> String {
        self.0.clone()
    }

    fn parsed(stored: &str) -> Option<Self> {
        Some(Self(stored.to_owned()))
    }
}

/// An id, or a name that is one.
impl StoredKey for String {
    fn stored(&self) -> String {
        self.clone()
    }

    fn parsed(stored: &str) -> Option<Self> {
        Some(stored.to_owned())
    }
}

/// A table and an interface of the target, whose id holds no arrow.
impl StoredKey for (TableKey, String) {
    fn stored(&self) -> String {
        format!("{}→{}", self.0.0, self.1)
    }

    fn parsed(stored: &str) -> Option<Self> {
        let (table, interface) = stored.rsplit_once('→')?;
        Some((TableKey(table.to_owned()), interface.to_owned()))
    }
}

/// Columns and those they point at, as JSON: names may hold any sign.
impl StoredKey for (Vec<ColumnKey>, Vec<ColumnKey>) {
    fn stored(&self) -> String {
        serde_json::to_string(self).expect("names are text")
    }

    fn parsed(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }
}
