//! A table as the rest of the program is told of it.

use super::definition::{Column, Definition, Index, Type};
use super::property::Properties;
use super::value::Shown;
use crate::event::{ColumnDef, ColumnKind, Key, KeyKind, Presence, TableDef};

/// The columns with the kinds their values have. `child` of a table with the values of a complex column.
pub fn shown(definition: &Definition, properties: &Properties, child: bool) -> Vec<Shown> {
    let each = definition.columns.iter().map(|column| {
        let mut column = column.clone();
        let stored = column.kind;
        // A result is declared as something else than it is: the properties know.
        if column.calculated
            && let Some(kind) = properties.number(&column.name, "ResultType")
        {
            column.kind = Type::of(kind as u8);
        }
        let attachment = child && stored == Type::Ole && column.name.eq_ignore_ascii_case("FileData");
        Shown { column, stored, attachment }
    });
    each.collect()
}

/// The definition of a table. `of` names the table and column whose values it holds, if it is such a one.
pub fn table(
    name: &str,
    definition: &Definition,
    columns: &[Shown],
    properties: &Properties,
    foreign: Vec<Key>,
    of: Option<&(String, String)>,
) -> TableDef {
    let mut defs: Vec<ColumnDef> = columns.iter().map(|shown| column(&shown.column, properties)).collect();
    let number = of.and_then(|_| number_column(definition));
    if let (Some((_, column)), Some(at)) = (of, number) {
        defs[at].name.clone_from(column);
    }
    let mut keys: Vec<Key> = definition.indexes.iter().filter_map(|i| key(i, definition, &defs)).collect();
    keys.extend(foreign);
    if let (Some((table, column)), Some(at)) = (of, number) {
        keys.push(Key {
            kind: KeyKind::Foreign,
            name: None,
            columns: vec![defs[at].name.clone()],
            references: Some((table.clone(), vec![column.clone()])),
        });
    }
    let comment = remarks(properties, "");
    TableDef { database: None, name: name.to_owned(), columns: defs, keys, comment }
}

/// In a table of values, the column with the number that the complex column holds: its name begins with an underscore,
/// the counter's with the column's.
fn number_column(definition: &Definition) -> Option<usize> {
    let long = |c: &Column| c.kind == Type::Long && !c.automatic;
    let marked = definition.columns.iter().position(|c| long(c) && c.name.starts_with('_'));
    marked.or_else(|| definition.columns.iter().position(|c| long(c) && c.name != "FileFlags" && c.name != "value"))
}

fn column(column: &Column, properties: &Properties) -> ColumnDef {
    let required = properties.number(&column.name, "Required") == Some(1);
    ColumnDef {
        name: column.name.clone(),
        declared_type: declared(column, properties),
        kind: kind(column.kind),
        nullable: !required && column.kind != Type::Boolean,
        default: properties.text(&column.name, "DefaultValue").map(unquoted),
        auto_increment: column.automatic && column.kind == Type::Long,
        // The file holds its results, which are content.
        generated: false,
        presence: Presence::Read,
        comment: remarks(properties, &column.name),
    }
}

fn kind(kind: Type) -> ColumnKind {
    match kind {
        Type::Boolean | Type::Byte | Type::Integer | Type::Long | Type::Large | Type::Complex => ColumnKind::Integer,
        Type::Currency | Type::Decimal => ColumnKind::Decimal,
        Type::Single | Type::Double => ColumnKind::Float,
        Type::Datetime | Type::Extended => ColumnKind::Datetime,
        Type::Text | Type::Memo | Type::Guid => ColumnKind::Text,
        Type::Binary | Type::Ole | Type::Unknown(_) => ColumnKind::Binary,
    }
}

/// The type in Access's words.
fn declared(column: &Column, properties: &Properties) -> String {
    let word = match column.kind {
        Type::Long | Type::Guid if column.automatic => {
            if column.kind == Type::Guid {
                "AutoNumber (Replication ID)"
            } else {
                "AutoNumber"
            }
        }
        Type::Boolean => "Yes/No",
        Type::Byte => "Byte",
        Type::Integer => "Integer",
        Type::Long => "Long Integer",
        Type::Currency => "Currency",
        Type::Single => "Single",
        Type::Double => "Double",
        Type::Datetime => "Date/Time",
        Type::Extended => "Date/Time Extended",
        Type::Memo if column.hyperlink => "Hyperlink",
        Type::Memo if properties.number(&column.name, "TextFormat") == Some(1) => "Memo (rich text)",
        Type::Memo => "Memo",
        Type::Ole => "OLE Object",
        Type::Guid => "Replication ID",
        Type::Large => "Large Number",
        Type::Complex => "Several values",
        Type::Text if !column.calculated => return format!("Text({})", column.length / text_unit(column)),
        Type::Text => "Text",
        Type::Binary => return format!("Binary({})", column.length),
        Type::Decimal if !column.calculated => return format!("Decimal({},{})", column.precision, column.scale),
        Type::Decimal => "Decimal",
        Type::Unknown(byte) => return format!("type {byte}"),
    };
    if column.calculated { format!("Calculated ({word})") } else { word.to_owned() }
}

/// Bytes of a character of a declared length.
fn text_unit(column: &Column) -> usize {
    if column.narrow { 1 } else { 2 }
}

fn key(index: &Index, definition: &Definition, defs: &[ColumnDef]) -> Option<Key> {
    if index.foreign || index.columns.is_empty() {
        return None;
    }
    let name_of = |number: &usize| {
        let at = definition.columns.iter().position(|c| c.number == *number)?;
        Some(defs[at].name.clone())
    };
    let columns = index.columns.iter().map(name_of).collect::<Option<Vec<_>>>()?;
    let kind = match (index.primary, index.unique) {
        (true, _) => KeyKind::Primary,
        (_, true) => KeyKind::Unique,
        _ => KeyKind::Index,
    };
    Some(Key { kind, name: Some(index.name.clone()), columns, references: None })
}

/// What people wrote about a column, or a table, and what Access is told to do with it.
fn remarks(properties: &Properties, column: &str) -> String {
    let parts = [
        ("", "Description"),
        ("caption: ", "Caption"),
        ("expression: ", "Expression"),
        ("rule: ", "ValidationRule"),
        ("rule text: ", "ValidationText"),
        ("values from: ", "RowSource"),
    ];
    let each = parts.iter().filter_map(|(word, name)| {
        let text = properties.text(column, name)?;
        // A caption that only repeats the name says nothing.
        (*name != "Caption" || text != column).then(|| format!("{word}{text}"))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// A text literal without its quotes; anything else as it is written.
fn unquoted(default: &str) -> String {
    match default.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(text) => text.replace("\"\"", "\""),
        None => default.to_owned(),
    }
}
