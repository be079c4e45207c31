//! What is known of a schema before any row is looked at.

/// Tables and columns are named by their places in here.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    pub tables: Vec<Table>,
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub database: Option<String>,
    pub name: String,
    pub rows: u64,
    pub columns: Vec<Column>,
    /// Keys and indexes that the source declares.
    pub keys: Vec<Key>,
    /// Foreign keys that the source declares, as far as their tables are here.
    pub declared: Vec<DeclaredKey>,
}

#[derive(Debug, Clone)]
pub struct Key {
    pub kind: KeyKind,
    pub name: Option<String>,
    /// Places in the table.
    pub columns: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    Primary,
    Unique,
    Index,
}

#[derive(Debug, Clone)]
pub struct DeclaredKey {
    pub columns: Vec<usize>,
    pub parent: usize,
    pub parent_columns: Vec<usize>,
}

/// What values of a column look like, as far as it matters for keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueKind {
    /// It holds nothing.
    #[default]
    Nothing,
    Integer,
    /// Codes, GUIDs, short text.
    Text,
    /// Dates, decimals, long text: never a key.
    Other,
}

#[derive(Debug, Clone, Default)]
pub struct Column {
    pub name: String,
    pub declared_type: String,
    pub comment: String,
    pub kind: ValueKind,
    /// Rows that hold something.
    pub filled: u64,
    /// Different values among those.
    pub distinct: u64,
    /// Of integers.
    pub least: i64,
    pub greatest: i64,
    /// Characters of the shortest and the longest value.
    pub min_length: u64,
    pub max_length: u64,
}

impl Column {
    /// Whether no value stands in two rows, and there is one.
    pub fn is_unique(&self) -> bool {
        self.filled > 0 && self.distinct == self.filled
    }

    /// Whether values are as GUIDs are written.
    pub(crate) fn is_guid(&self) -> bool {
        self.kind == ValueKind::Text && self.min_length == self.max_length && matches!(self.max_length, 32 | 36 | 38)
    }
}

impl Table {
    /// The column that alone is the declared primary key.
    pub(crate) fn primary(&self) -> Option<usize> {
        let primary = self.keys.iter().find(|key| key.kind == KeyKind::Primary)?;
        (primary.columns.len() == 1).then(|| primary.columns[0])
    }

    pub(crate) fn has_primary(&self) -> bool {
        self.keys.iter().any(|key| key.kind == KeyKind::Primary)
    }

    pub(crate) fn is_in_primary(&self, column: usize) -> bool {
        self.keys.iter().any(|key| key.kind == KeyKind::Primary && key.columns.contains(&column))
    }

    pub(crate) fn is_declared_unique(&self, column: usize) -> bool {
        self.keys.iter().any(|key| key.kind != KeyKind::Index && key.columns == [column])
    }
}
