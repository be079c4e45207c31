//! Large objects: contents that lie beside the tables, which hold their numbers in columns of type `oid`. A plain dump
//! writes them as calls of functions (<https://www.postgresql.org/docs/current/lo-funcs.html>). They become the rows of a
//! table of their own.

use std::collections::BTreeSet;

use super::value::{PostgresTypes, bytea};
use crate::event::{Batch, ColumnDef, ColumnKind, Key, KeyKind, NoteKind, Position};
use crate::script::Followed;
use crate::script::column::Column;
use crate::script::tables::{Schema, Table};
use crate::script::value::Types;
use crate::script::words::{Token, Words};

/// Their number, by PostgreSQL's own name for it: SQLite would take `oid` for the number of a row.
const NUMBER: &str = "loid";
/// What the table is called.
const TABLE: &str = "large_objects";
const COMMENT: &str = "Large objects of the database: columns of type oid refer to them by loid. One longer than 256 MiB \
                       has several rows, in order.";

/// A longer object is kept in several rows: each must fit into memory, and a cell has its limit.
const LONGEST: usize = 256 << 20;

#[derive(Default)]
pub struct LargeObjects {
    table: Option<usize>,
    /// Created by the script; those with content are taken out.
    created: BTreeSet<u32>,
    /// The one that is being written.
    open: Option<u32>,
    /// Its content is whole.
    closed: bool,
    content: Vec<u8>,
    kept: BTreeSet<u32>,
    /// Kept in more rows than one.
    long: BTreeSet<u32>,
}

/// A call of a function.
struct Call<'a> {
    name: String,
    /// Between its brackets.
    given: Words<'a>,
}

impl LargeObjects {
    /// Follows `SELECT pg_catalog.lowrite(…)` and its like, after `SELECT`; `None` where it calls nothing of the kind.
    pub fn select(&mut self, words: &mut Words, at: Position, schema: &mut Schema) -> Option<Followed> {
        let mut call = call(words)?;
        let given = &mut call.given;
        match call.name.as_str() {
            "lo_create" => {
                let oid = number(given)?;
                // The server gives one of its own where none is asked for.
                if oid > 0 {
                    self.created.insert(oid);
                }
                Some(Followed::Class("large objects".into()))
            }
            "lo_open" => {
                // Before version 9.0: lo_open(lo_create('16437'), …).
                let mut inner = given.clone();
                let oid = match self::call(&mut inner) {
                    Some(mut made) => number(&mut made.given)?,
                    None => number(given)?,
                };
                Some(self.open(oid, schema))
            }
            "lowrite" => {
                let table = self.open.and(self.table)?;
                number(given)?;
                let full = self.write(&bytes(given)?);
                Some(if full { Followed::Row(table) } else { Followed::PartOfRow(table) })
            }
            "lo_close" => {
                let table = self.open.and(self.table)?;
                Some(if self.close() { Followed::Row(table) } else { Followed::PartOfRow(table) })
            }
            "lo_from_bytea" => {
                let oid = number(given)?;
                let content = bytes(given)?;
                let Followed::PartOfRow(table) = self.open(oid, schema) else { return None };
                self.content = content;
                self.closed = true;
                Some(Followed::Row(table))
            }
            "lo_import" => {
                import(at, schema);
                None
            }
            "lo_put" => {
                schema.warn(self.table, at, "a large object is changed by a call that is not run (lo_put)");
                None
            }
            _ => None,
        }
    }

    /// The content of an object comes next.
    pub fn open(&mut self, oid: u32, schema: &mut Schema) -> Followed {
        let table = self.table(schema);
        self.created.remove(&oid);
        self.kept.insert(oid);
        self.open = Some(oid);
        self.closed = false;
        self.content.clear();
        Followed::PartOfRow(table)
    }

    /// More content of the one that is open; whether it fills a row.
    pub fn write(&mut self, content: &[u8]) -> bool {
        self.content.extend_from_slice(content);
        let full = self.content.len() >= LONGEST;
        if full {
            self.long.extend(self.open);
        }
        full
    }

    /// The one that is open ends; whether it has content that is not told yet, or none at all.
    pub fn close(&mut self) -> bool {
        self.closed = true;
        !self.content.is_empty() || self.open.is_some_and(|oid| !self.long.contains(&oid))
    }

    pub fn push_row(&mut self, batch: &mut Batch) {
        batch.push_integer(self.open.map_or(0, i64::from));
        batch.push_bytes(&self.content);
        self.content = Vec::new();
    }

    fn table(&mut self, schema: &mut Schema) -> usize {
        if let Some(table) = self.table {
            return table;
        }
        let column = |name: &str, declared_type: &str, kind| {
            let def = ColumnDef {
                name: name.to_owned(),
                declared_type: declared_type.to_owned(),
                kind,
                ..ColumnDef::default()
            };
            Column { def, type_name: declared_type.to_owned(), step: 1, ..Column::default() }
        };
        // Made with the first content: by then the client's own tables are there.
        let mut name = TABLE.to_owned();
        while schema.find(&[name.clone()]).is_some() {
            name.push('_');
        }
        let index = schema.add(Table {
            database: schema.database.clone(),
            name,
            columns: vec![column(NUMBER, "oid", ColumnKind::Integer), column("content", "bytea", ColumnKind::Binary)],
            keys: vec![Key { kind: KeyKind::Index, name: None, columns: vec![NUMBER.to_owned()], references: None }],
            comment: COMMENT.to_owned(),
            next_auto: 1,
            ..Table::default()
        });
        self.table = Some(index);
        index
    }

    /// Which columns refer to large objects, and what is missing of these.
    pub fn finish(&mut self, end: Position, schema: &mut Schema) {
        let at = Position::default();
        if let Some(table) = self.table.filter(|_| self.open.is_some() && !self.closed) {
            self.kept.retain(|oid| Some(*oid) != self.open);
            schema.tables[table].records += 1;
            let end = Position { record: schema.tables[table].records, ..end };
            let (raw, reason) =
                (std::mem::take(&mut self.content), "the file ends inside this large object".to_owned());
            schema.note(Some(table), end, NoteKind::Reject { raw, reason });
        }
        let refers = |c: &&Column| c.type_name == "oid" || c.type_name == "lo";
        let columns: Vec<String> = (0..schema.tables.len())
            .filter(|index| Some(*index) != self.table && schema.tables[*index].records > 0)
            .map(|index| &schema.tables[index])
            .flat_map(|t| t.columns.iter().filter(refers).map(|c| format!("{}.{}", t.name, c.def.name)))
            .collect();
        let listed = match columns.len() {
            0 => "no column of that type was found".to_owned(),
            1..=10 => columns.join(", "),
            n => format!("{} and {} more", columns[..10].join(", "), n - 10),
        };
        let kept = self.kept.len();
        if kept > 0 {
            let s = if kept == 1 { "" } else { "s" };
            let text = format!("{kept} large object{s} kept: columns of type oid refer to its loid ({listed})");
            schema.warn(self.table, at, text);
        } else if !columns.is_empty() && self.table.is_none() {
            let text = format!(
                "columns of type oid may refer to large objects, and none is in this dump ({listed}): ask for one with \
                 them (pg_dump --large-objects)"
            );
            schema.warn(None, at, text);
        }
        if !self.long.is_empty() {
            let text = format!(
                "{} of the large objects are longer than {LONGEST} bytes: each has several rows, in order",
                self.long.len()
            );
            schema.warn(self.table, at, text);
        }
        let (bare, are) = match self.created.len() {
            0 => return,
            1 => (1, "large object is"),
            n => (n, "large objects are"),
        };
        let text = format!("{bare} {are} made without content: ask for a dump with it (pg_dump --large-objects)");
        schema.warn(self.table, at, text);
    }
}

/// A large object comes from a file that the script does not hold.
pub fn import(at: Position, schema: &mut Schema) {
    schema.warn(None, at, "a large object is read from a file on the server (lo_import): ask for that file");
}

fn call<'a>(words: &mut Words<'a>) -> Option<Call<'a>> {
    let name = words.qualified()?.pop()?;
    let inside = words.brackets()?;
    Some(Call { name, given: Words::new(inside, words.lex()) })
}

/// The next argument as a number, quoted or not, and the comma after it.
fn number(given: &mut Words) -> Option<u32> {
    let digits = match given.next() {
        Token::Number(digits) => given.lex().text(digits),
        Token::Text(raw) => given.lex().text(raw.strip_prefix(b"'")?.strip_suffix(b"'")?),
        _ => return None,
    };
    given.skip_item();
    given.take_sign(b',');
    digits.parse().ok()
}

/// The next argument as the bytes of a `bytea`.
fn bytes(given: &mut Words) -> Option<Vec<u8>> {
    let Token::Text(raw) = given.next() else { return None };
    let mut text = Vec::new();
    PostgresTypes.unquote(raw, given.lex(), &mut text);
    bytea(&text)
}
