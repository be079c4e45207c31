//! `CREATE TABLE` with all that PostgreSQL lets a table take from others: parents, templates, types, partitioned tables.
//! <https://www.postgresql.org/docs/current/sql-createtable.html>.

use crate::event::KeyKind;
use crate::script::Followed;
use crate::script::column::Column;
use crate::script::declaration::{each_item, read_attributes, read_item, read_items};
use crate::script::following::{add_from_query, new_table};
use crate::script::tables::{Schema, Table};
use crate::script::words::{Token, Words};

/// Follows the statement, after the word `TABLE`.
pub fn create(words: &mut Words, schema: &mut Schema) -> Followed {
    match table(words, schema) {
        Ok(()) => Followed::Class("CREATE TABLE".into()),
        Err(expected) => Followed::Refused(format!("expected {expected}")),
    }
}

fn table(words: &mut Words, schema: &mut Schema) -> Result<(), &'static str> {
    let Some(mut table) = new_table(words, schema)? else { return Ok(()) };
    let copies = words.take("of") || words.take_all(&["partition", "of"]);
    let copied: Vec<_> = if copies { words.qualified().into_iter().collect() } else { Vec::new() };
    take_from(&copied, &mut table, schema);
    if words.peek() == Token::Sign(b'(') {
        if is_names_of_query(words) {
            words.brackets();
        } else {
            items(words, &mut table, schema)?;
        }
    }
    if words.take("inherits") {
        let own = std::mem::take(&mut table.columns);
        take_from(&names(words), &mut table, schema);
        for column in own {
            merge(&mut table, column);
        }
    }
    let mut rest = words.clone();
    while rest.peek() != Token::End {
        if rest.take("as") {
            add_from_query(table, schema);
            return Ok(());
        }
        rest.next();
    }
    schema.add(table);
    Ok(())
}

/// `CREATE TABLE t (a, b) AS SELECT …`: names without types.
fn is_names_of_query(words: &Words) -> bool {
    let mut ahead = words.clone();
    ahead.brackets();
    let mut inside = words.clone();
    inside.take_sign(b'(');
    inside.name();
    ahead.peek().is_word("as") && matches!(inside.peek(), Token::Sign(b',' | b')'))
}

/// The items in the brackets: columns, keys, attributes of columns that are there already, templates.
fn items(words: &mut Words, table: &mut Table, schema: &Schema) -> Result<(), &'static str> {
    words.take_sign(b'(');
    each_item(words, |words| {
        if words.take("like") {
            like(words, table, schema);
        } else if !attributes_of_known(words, table, schema) {
            read_item(words, table, schema)?;
        }
        Ok(())
    })
}

/// `name WITH OPTIONS NOT NULL DEFAULT 1`, in a table of a type and in a partition.
fn attributes_of_known(words: &mut Words, table: &mut Table, schema: &Schema) -> bool {
    let mut ahead = words.clone();
    let Some(index) = ahead.name().and_then(|name| table.columns.iter().position(|c| c.def.name == name)) else {
        return false;
    };
    ahead.take_all(&["with", "options"]);
    let mut column = table.columns[index].clone();
    read_attributes(&mut ahead, &mut column, table, schema);
    table.columns[index] = column;
    *words = ahead;
    true
}

/// `LIKE source INCLUDING …`: columns as they are; what else is taken must be named.
fn like(words: &mut Words, table: &mut Table, schema: &Schema) {
    let source = words.qualified().and_then(|parts| schema.find(&parts));
    let mut taken: Vec<Vec<u8>> = Vec::new();
    loop {
        let including = words.take("including");
        if !including && !words.take("excluding") {
            break;
        }
        let Token::Word(what) = words.next() else { break };
        let what = what.to_ascii_lowercase();
        if including {
            taken.push(what);
        } else {
            taken.retain(|t| *t != what && what != b"all");
        }
    }
    let all = taken.iter().any(|t| t == b"all");
    let takes = |what: &[u8]| all || taken.iter().any(|t| t == what);
    let Some(source) = source else {
        table.orphan = true;
        return;
    };
    let source = &schema.tables[source];
    for column in &source.columns {
        let mut column = column.clone();
        if !takes(b"defaults") {
            column.default_source = None;
            column.def.default = None;
        }
        column.def.generated &= takes(b"generated");
        column.def.auto_increment &= takes(b"identity") || takes(b"defaults");
        if !takes(b"comments") {
            column.def.comment.clear();
        }
        table.columns.push(column);
    }
    if takes(b"indexes") {
        table.keys.extend(source.keys.iter().filter(|k| k.kind != KeyKind::Foreign).cloned());
    }
}

/// The columns of some tables or types, in their order; of one name there is one column.
fn take_from(sources: &[Vec<String>], table: &mut Table, schema: &Schema) {
    for parts in sources {
        let Some(index) = schema.find(parts) else {
            match schema.row_types.get(&schema.place(parts).1) {
                Some(columns) => columns.iter().for_each(|column| merge(table, column.clone())),
                None => table.orphan = true,
            }
            continue;
        };
        table.parents.push(index);
        for column in &schema.tables[index].columns {
            merge(table, inherited(column));
        }
    }
}

/// Numbers come from the parent's counter, whose state is not known here.
fn inherited(column: &Column) -> Column {
    let mut column = column.clone();
    column.def.auto_increment = false;
    column.def.comment.clear();
    column
}

/// A column declared again is the same one; what is said of it the second time counts.
fn merge(table: &mut Table, column: Column) {
    let Some(there) = table.columns.iter_mut().find(|c| c.def.name == column.def.name) else {
        table.columns.push(column);
        return;
    };
    let before = std::mem::replace(there, column);
    there.def.nullable &= before.def.nullable;
    if there.default_source.is_none() {
        there.default_source = before.default_source;
        there.def.default = before.def.default;
    }
}

/// Columns that a parent got (those from `before` on) are its children's as well, and their children's.
pub fn hand_down(parent: usize, before: usize, schema: &mut Schema) {
    let mut grown = vec![(parent, before)];
    while let Some((parent, before)) = grown.pop() {
        let added: Vec<Column> = schema.tables[parent].columns.iter().skip(before).map(inherited).collect();
        for child in 0..if added.is_empty() { 0 } else { schema.tables.len() } {
            if !schema.tables[child].parents.contains(&parent) {
                continue;
            }
            let mut table = schema.tables[child].clone();
            let held = table.columns.len();
            for column in &added {
                merge(&mut table, column.clone());
            }
            schema.change(child, table);
            grown.push((child, held));
        }
    }
}

fn names(words: &mut Words) -> Vec<Vec<String>> {
    let mut inside = Words::new(words.brackets().unwrap_or_default(), words.lex());
    let mut names = Vec::new();
    while let Some(parts) = inside.qualified() {
        names.push(parts);
        inside.take_sign(b',');
    }
    names
}

/// `CREATE TYPE name AS (…)`, after the word `TYPE`: tables may be made of it.
pub fn create_type(words: &mut Words, schema: &mut Schema) {
    let Some(parts) = words.qualified() else { return };
    if !words.take("as") || words.peek() != Token::Sign(b'(') {
        return;
    }
    let mut table = Table::default();
    if read_items(words, &mut table, schema).is_ok() {
        let name = schema.place(&parts).1;
        schema.row_types.insert(name, table.columns);
    }
}
