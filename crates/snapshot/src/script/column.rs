//! A column of a table that a script declares.

use crate::event::{ColumnDef, ColumnKind};

/// A column as the statements so far declare it.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub def: ColumnDef,
    /// The type's name alone, in lower case: `datetime2`, `character varying`.
    pub type_name: String,
    /// The numbers in the type's brackets.
    pub sizes: Vec<u32>,
    /// The default as SQL.
    pub default_source: Option<Vec<u8>>,
    /// What the server's counter adds for the next row.
    pub step: i64,
}

impl Column {
    pub fn untyped(name: &str) -> Self {
        let def = ColumnDef { name: name.to_owned(), nullable: true, ..ColumnDef::default() };
        Self { def, step: 1, ..Self::default() }
    }

    pub fn kind(&self) -> ColumnKind {
        self.def.kind
    }
}
