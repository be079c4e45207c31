//! The legacy side: how source tables and columns are named, and what becomes of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A source table by name: `database/table`, the database empty where a snapshot holds only one.
///
/// Decisions attach to names, so that a new snapshot is laid under the same map. `/` and `%` inside a name are written
/// `%2F` and `%25`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct TableKey(pub String);

/// A source column by name: `database/table/column`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct ColumnKey(pub String);

impl TableKey {
    pub fn new(database: Option<&str>, table: &str) -> Self {
        Self(format!("{}/{}", escape(database.unwrap_or("")), escape(table)))
    }

    /// The database's name, unless it is the only one.
    pub fn database(&self) -> Option<String> {
        let database = unescape(self.0.split('/').next().unwrap_or(""));
        (!database.is_empty()).then_some(database)
    }

    pub fn table(&self) -> String {
        unescape(self.0.split('/').nth(1).unwrap_or(""))
    }

    pub fn column(&self, column: &str) -> ColumnKey {
        ColumnKey(format!("{}/{}", self.0, escape(column)))
    }
}

impl ColumnKey {
    pub fn table_key(&self) -> TableKey {
        TableKey(self.0.rsplit_once('/').map_or("/", |(table, _)| table).to_owned())
    }

    pub fn column(&self) -> String {
        unescape(self.0.rsplit('/').next().unwrap_or(""))
    }
}

impl fmt::Display for TableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.database() {
            Some(database) => write!(f, "{database}.{}", self.table()),
            None => write!(f, "{}", self.table()),
        }
    }
}

impl fmt::Display for ColumnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.table_key(), self.column())
    }
}

fn escape(name: &str) -> String {
    name.replace('%', "%25").replace('/', "%2F")
}

fn unescape(name: &str) -> String {
    name.replace("%2F", "/").replace("%25", "%")
}

/// What becomes of a source table or column; design §1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Discrete,
    Summary,
    Both,
    File,
    Custom,
    Archive,
    NotMigrated,
    #[default]
    Undecided,
}

impl Disposition {
    pub const ALL: [Self; 8] = [
        Self::Discrete,
        Self::Summary,
        Self::Both,
        Self::File,
        Self::Custom,
        Self::Archive,
        Self::NotMigrated,
        Self::Undecided,
    ];

    /// As people read it, on screen and in the workbook.
    pub fn label(self) -> &'static str {
        match self {
            Self::Discrete => "Discrete",
            Self::Summary => "Summary document",
            Self::Both => "Both",
            Self::File => "File/document",
            Self::Custom => "Custom table only",
            Self::Archive => "Archive only",
            Self::NotMigrated => "Not migrated",
            Self::Undecided => "Undecided",
        }
    }

    /// As scripts and the wire write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Discrete => "discrete",
            Self::Summary => "summary",
            Self::Both => "both",
            Self::File => "file",
            Self::Custom => "custom",
            Self::Archive => "archive",
            Self::NotMigrated => "not_migrated",
            Self::Undecided => "undecided",
        }
    }

    /// Takes the code, the label or the letter, whatever the case.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL.into_iter().find(|d| {
            d.code().eq_ignore_ascii_case(word)
                || d.label().eq_ignore_ascii_case(word)
                || d.letter().to_string().eq_ignore_ascii_case(word)
        })
    }

    pub fn letter(self) -> char {
        match self {
            Self::Discrete => 'D',
            Self::Summary => 'S',
            Self::Both => 'B',
            Self::File => 'F',
            Self::Custom => 'C',
            Self::Archive => 'A',
            Self::NotMigrated => 'N',
            Self::Undecided => '?',
        }
    }
}

/// Whether the snapshot holds the values of a column. One that it leaves out is not empty: what the legacy system has
/// there is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub enum ColumnState {
    #[default]
    #[serde(rename = "read")]
    Read,
    #[serde(rename = "not in the dump")]
    NotInDump,
    #[serde(rename = "computed by the server, not in the dump")]
    Computed,
}

impl ColumnState {
    pub const ALL: [Self; 3] = [Self::Read, Self::NotInDump, Self::Computed];

    /// As people read it and as the wire writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::NotInDump => "not in the dump",
            Self::Computed => "computed by the server, not in the dump",
        }
    }

    pub fn is_read(self) -> bool {
        self == Self::Read
    }
}

/// A source cell as staged. Not `Serialize`: raw cells have no way into an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A key or foreign key that the source declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct KeyFacts {
    /// `primary`, `unique`, `index` or `foreign`.
    pub kind: String,
    pub name: Option<String>,
    pub columns: Vec<String>,
    /// For a foreign key: the table it points to, as the source writes it.
    pub references_table: Option<String>,
    pub references_columns: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_slashes_and_percents_come_back() {
        for (database, table, column) in
            [(None, "employee", "last_name"), (Some("a/b"), "50%/x", "%2F"), (Some("db"), "", "c/d")]
        {
            let key = TableKey::new(database, table).column(column);
            assert_eq!(key.column(), column);
            assert_eq!(key.table_key().table(), table);
            assert_eq!(key.table_key().database().as_deref(), database);
        }
    }

    #[test]
    fn dispositions_are_read_by_code_label_and_letter() {
        for d in Disposition::ALL {
            assert_eq!(Disposition::parse(d.code()), Some(d));
            assert_eq!(Disposition::parse(&d.label().to_uppercase()), Some(d));
            assert_eq!(Disposition::parse(&d.letter().to_string()), Some(d));
        }
        assert_eq!(Disposition::parse("keep"), None);
    }
}
