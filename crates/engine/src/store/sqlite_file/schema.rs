//! Tables, columns and keys as the file declares them.

use rusqlite::{Connection, Result};
use snapshot::{ColumnDef, ColumnKind, Key, KeyKind, Presence, TableDef};

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub tables: Vec<Table>,
    /// Kind, name and text of what is kept and not run: views, triggers.
    pub objects: Vec<(String, String, String)>,
}

#[derive(Debug)]
pub(super) struct Table {
    pub def: TableDef,
    /// By which name the row id can be had: a column may hide it.
    pub row_id: Option<&'static str>,
}

pub(super) fn read(connection: &Connection) -> Result<Found> {
    let mut found = Found::default();
    let mut objects = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY rowid")?;
    let objects = objects.query_map([], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?.unwrap_or_default()))
    })?;
    for object in objects {
        let (kind, name, sql) = object?;
        if name.starts_with("sqlite_") {
            continue;
        }
        match kind.as_str() {
            "table" => match listed(connection, &name)? {
                Some(Listed { kind, .. }) if kind == "shadow" => {}
                listed => {
                    let without_id = listed.as_ref().is_some_and(|l| l.without_row_id);
                    let def = match table(connection, &name, &sql) {
                        Ok(def) => def,
                        // Its module is not here: it is content of a program, not of the file.
                        Err(_) if listed.is_some_and(|l| l.kind == "virtual") => {
                            found.objects.push(("virtual table that cannot be read".into(), name, sql));
                            continue;
                        }
                        Err(e) => return Err(e),
                    };
                    let hides = |id: &&str| def.columns.iter().any(|c| c.name.eq_ignore_ascii_case(id));
                    let row_id = ["rowid", "_rowid_", "oid"].into_iter().find(|id| !hides(id));
                    found.tables.push(Table { def, row_id: row_id.filter(|_| !without_id) });
                }
            },
            "view" | "trigger" => found.objects.push((kind, name, sql)),
            _ => {}
        }
    }
    Ok(found)
}

struct Listed {
    kind: String,
    without_row_id: bool,
}

fn listed(connection: &Connection, name: &str) -> Result<Option<Listed>> {
    let mut list = connection.prepare_cached("SELECT type, wr FROM pragma_table_list(?1) WHERE schema = 'main'")?;
    let mut rows = list.query([name])?;
    rows.next()?.map(|r| Ok(Listed { kind: r.get(0)?, without_row_id: r.get(1)? })).transpose()
}

fn table(connection: &Connection, name: &str, sql: &str) -> Result<TableDef> {
    let mut primary: Vec<(i64, String)> = Vec::new();
    let mut columns = Vec::new();
    let mut list = connection.prepare_cached(
        r#"SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid"#,
    )?;
    let mut rows = list.query([name])?;
    while let Some(r) = rows.next()? {
        let hidden: i64 = r.get(5)?;
        // Of virtual tables: arguments of their functions, no content.
        if hidden == 1 {
            continue;
        }
        let (column, place): (String, i64) = (r.get(0)?, r.get(4)?);
        if place > 0 {
            primary.push((place, column.clone()));
        }
        let declared_type: String = r.get::<_, Option<String>>(1)?.unwrap_or_default();
        columns.push(ColumnDef {
            name: column,
            kind: kind(&declared_type),
            declared_type,
            nullable: !r.get::<_, bool>(2)?,
            default: r.get::<_, Option<String>>(3)?.and_then(|d| literal(&d)),
            auto_increment: place > 0 && sql.to_ascii_uppercase().contains("AUTOINCREMENT"),
            generated: hidden > 1,
            presence: Presence::Read,
            comment: String::new(),
        });
    }
    primary.sort();
    let mut keys = Vec::new();
    if !primary.is_empty() {
        let columns = primary.into_iter().map(|(_, column)| column).collect();
        keys.push(Key { kind: KeyKind::Primary, name: None, columns, references: None });
    }
    indexes(connection, name, &mut keys)?;
    foreign(connection, name, &mut keys)?;
    Ok(TableDef { database: None, name: name.to_owned(), columns, keys, comment: String::new() })
}

fn indexes(connection: &Connection, table: &str, keys: &mut Vec<Key>) -> Result<()> {
    let mut list =
        connection.prepare_cached(r#"SELECT name, "unique", origin FROM pragma_index_list(?1) ORDER BY seq DESC"#)?;
    let mut parts = connection.prepare_cached("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?;
    let mut rows = list.query([table])?;
    while let Some(r) = rows.next()? {
        let (name, unique, origin): (String, bool, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        if origin == "pk" {
            continue;
        }
        // Without a name: an expression.
        let columns: Option<Vec<String>> = parts.query_map([&name], |r| r.get(0))?.collect::<Result<_>>()?;
        let Some(columns) = columns else { continue };
        let kind = if unique { KeyKind::Unique } else { KeyKind::Index };
        let name = (!name.starts_with("sqlite_")).then_some(name);
        keys.push(Key { kind, name, columns, references: None });
    }
    Ok(())
}

fn foreign(connection: &Connection, table: &str, keys: &mut Vec<Key>) -> Result<()> {
    let mut list = connection
        .prepare_cached(r#"SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq"#)?;
    let mut rows = list.query([table])?;
    let mut last = None;
    while let Some(r) = rows.next()? {
        let (id, other, from, to): (i64, String, String, Option<String>) = (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?);
        if last != Some(id) {
            last = Some(id);
            let references = Some((other, Vec::new()));
            keys.push(Key { kind: KeyKind::Foreign, name: None, columns: Vec::new(), references });
        }
        if let Some(key) = keys.last_mut() {
            key.columns.push(from);
            if let Some((_, columns)) = &mut key.references {
                columns.extend(to);
            }
        }
    }
    Ok(())
}

/// A literal default without its quotes; `NULL` is none, anything else its source text.
fn literal(source: &str) -> Option<String> {
    if source.eq_ignore_ascii_case("null") {
        return None;
    }
    let inner = source.strip_prefix('\'').and_then(|s| s.strip_suffix('\''));
    Some(inner.map_or_else(|| source.to_owned(), |text| text.replace("''", "'")))
}

/// SQLite lets any value into any column; what the type's name says is what its author meant.
fn kind(declared: &str) -> ColumnKind {
    const NAMES: [(&[&str], ColumnKind); 9] = [
        (&["INT", "BOOL"], ColumnKind::Integer),
        (&["CHAR", "CLOB", "TEXT"], ColumnKind::Text),
        (&["BLOB", "BINARY"], ColumnKind::Binary),
        (&["REAL", "FLOA", "DOUB"], ColumnKind::Float),
        (&["DATETIME", "TIMESTAMP"], ColumnKind::Datetime),
        (&["DATE"], ColumnKind::Date),
        (&["TIME"], ColumnKind::Time),
        (&["YEAR"], ColumnKind::Year),
        (&["NUM", "DEC", "MONEY"], ColumnKind::Decimal),
    ];
    let declared = declared.to_ascii_uppercase();
    let has = |(names, _): &&(&[&str], ColumnKind)| names.iter().any(|n| declared.contains(n));
    NAMES.iter().find(has).map_or(ColumnKind::Untyped, |(_, kind)| *kind)
}
