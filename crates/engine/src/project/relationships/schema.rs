//! A snapshot's catalog as the rules want it. Tables and columns keep their places.

use relate::{Column, DeclaredKey, Key, KeyKind, Schema, Table, ValueKind};

use super::super::snapshots::InUse;
use super::rows::range;
use crate::error::Result;
use crate::profile::InferredType;
use crate::store::staging::{StagedColumn, StagedTable};

/// Longer values are no keys.
const LONGEST: u64 = 100;

pub fn schema_of(snapshot: &InUse) -> Result<Schema> {
    let mut tables = Vec::new();
    for (_, table) in &snapshot.tables {
        let columns = snapshot.columns(table)?;
        tables.push(Table {
            database: table.database.clone(),
            name: table.name.clone(),
            rows: table.rows,
            columns: columns.iter().map(column_of).collect(),
            keys: keys_of(table, columns),
            declared: declared_of(snapshot, table, columns)?,
        });
    }
    Ok(Schema { tables })
}

fn column_of(column: &StagedColumn) -> Column {
    let figures = &column.figures;
    let range = range(column);
    let kind = match figures.inferred_type {
        _ if figures.filled() == 0 || !column.state.is_read() => ValueKind::Nothing,
        InferredType::Empty => ValueKind::Nothing,
        InferredType::Decimal | InferredType::Date | InferredType::Datetime => ValueKind::Other,
        InferredType::Text if figures.max_length > LONGEST => ValueKind::Other,
        // GUIDs as bytes.
        InferredType::Binary if figures.min_length != figures.max_length || figures.max_length > 16 => ValueKind::Other,
        InferredType::Integer | InferredType::Boolean | InferredType::Constant | InferredType::Identifier
            if range.is_some() =>
        {
            ValueKind::Integer
        }
        _ => ValueKind::Text,
    };
    let (least, greatest) = range.unwrap_or_default();
    Column {
        name: column.name.clone(),
        declared_type: column.declared_type.clone(),
        comment: column.comment.clone(),
        kind,
        filled: figures.filled(),
        distinct: figures.distinct - u64::from(figures.blanks > 0).min(figures.distinct),
        least,
        greatest,
        min_length: figures.min_length,
        max_length: figures.max_length,
    }
}

fn place(columns: &[StagedColumn], name: &str) -> Option<usize> {
    let same = |column: &StagedColumn| column.name == name;
    columns.iter().position(same).or_else(|| columns.iter().position(|column| column.name.eq_ignore_ascii_case(name)))
}

fn keys_of(table: &StagedTable, columns: &[StagedColumn]) -> Vec<Key> {
    let kind = |word: &str| match word {
        "primary" => Some(KeyKind::Primary),
        "unique" => Some(KeyKind::Unique),
        "index" => Some(KeyKind::Index),
        _ => None,
    };
    let key = |key: &crate::source::KeyFacts| {
        let places: Option<Vec<usize>> = key.columns.iter().map(|name| place(columns, name)).collect();
        Some(Key { kind: kind(&key.kind)?, name: key.name.clone(), columns: places? })
    };
    table.keys.iter().filter_map(key).collect()
}

/// Foreign keys, as far as what they point at is in the snapshot.
fn declared_of(snapshot: &InUse, table: &StagedTable, columns: &[StagedColumn]) -> Result<Vec<DeclaredKey>> {
    let mut declared = Vec::new();
    for key in table.keys.iter().filter(|key| key.kind == "foreign") {
        let Some(name) = key.references_table.as_deref() else { continue };
        let Some(parent) = parent_of(snapshot, table, name) else { continue };
        let there = &snapshot.tables[parent].1;
        let their = snapshot.columns(there)?;
        // Where no columns are named, the primary key is meant.
        let primary = there.keys.iter().find(|key| key.kind == "primary").map(|key| &key.columns);
        let named = if key.references_columns.is_empty() { primary } else { Some(&key.references_columns) };
        let own: Option<Vec<usize>> = key.columns.iter().map(|name| place(columns, name)).collect();
        let theirs: Option<Vec<usize>> = named.and_then(|names| names.iter().map(|name| place(their, name)).collect());
        if let (Some(own), Some(theirs)) = (own, theirs)
            && own.len() == theirs.len()
            && !own.is_empty()
        {
            declared.push(DeclaredKey { columns: own, parent, parent_columns: theirs });
        }
    }
    Ok(declared)
}

/// A table of the same database, or `database.table`; whatever the case, where only that fits.
fn parent_of(snapshot: &InUse, table: &StagedTable, name: &str) -> Option<usize> {
    let find = |fits: &dyn Fn(&StagedTable) -> bool| snapshot.tables.iter().position(|(_, there)| fits(there));
    let here = |there: &StagedTable| there.database == table.database;
    find(&|there| here(there) && there.name == name)
        .or_else(|| find(&|there| here(there) && there.name.eq_ignore_ascii_case(name)))
        .or_else(|| {
            let (database, name) = name.split_once('.')?;
            find(&|there| there.name == name && there.database.as_deref() == Some(database))
        })
}
