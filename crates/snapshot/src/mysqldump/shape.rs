//! Statements that make, change and take away tables.

use super::alter_table::read_alter;
use super::create_table::read_options;
use super::dump::MySql;
use super::lexer::table_parts;
use crate::event::{Position, TableDef};
use crate::script::declaration::read_items;
use crate::script::following::guarded;
use crate::script::tables::{Schema, Table};
use crate::script::words::{Token, Words};

impl MySql {
    pub(super) fn create_table(&self, words: &mut Words, schema: &mut Schema) -> Result<(), String> {
        let guarded = words.take("if") && words.take("not") && words.take("exists");
        let parts = table_parts(words).ok_or("expected a table's name after CREATE TABLE")?;
        let (database, name) = schema.place(&parts);
        let there = schema.find_placed(database.as_deref(), &name);
        if guarded && there.is_some_and(|t| !schema.tables[t].settled) {
            return Ok(());
        }
        let mut table = Table { database, name, next_auto: 1, ..Table::default() };
        if words.take("like") || words.peek() == Token::Sign(b'(') && is_like(words) {
            let model = table_parts(words).and_then(|parts| schema.find(&parts));
            let model = model.ok_or("expected a table that is declared before, after LIKE")?;
            table.columns.clone_from(&schema.tables[model].columns);
            table.keys.clone_from(&schema.tables[model].keys);
        } else if words.peek() == Token::Sign(b'(') {
            read_items(words, &mut table, schema).map_err(|expected| format!("expected {expected}"))?;
            read_options(words, &mut table);
        } else {
            table.filled_by = Some("its columns and rows come from a query that is not run (CREATE TABLE … SELECT)");
        }
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if let Some(there) = there {
            schema.give_way(there, "is created a second time; the rows of both are kept apart");
            schema.unname(there);
        }
        schema.add(table);
        Ok(())
    }

    pub(super) fn drop_tables(&mut self, words: &mut Words, schema: &mut Schema) {
        guarded(words);
        while let Some(parts) = table_parts(words) {
            self.drop_triggers_of(&parts[parts.len() - 1]);
            if let Some(table) = placed(&parts, schema) {
                schema.dropped(table);
            }
            if !words.take_sign(b',') {
                break;
            }
        }
    }

    pub(super) fn alter(&self, words: &mut Words, schema: &mut Schema) {
        let Some(index) = table_parts(words).and_then(|parts| schema.find(&parts)) else { return };
        let mut table = schema.tables[index].clone();
        let before = table.definition();
        let width = table.columns.len();
        read_alter(words, &mut table, schema);
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if table.columns.len() > width && schema.tables[index].records > 0 {
            schema.flag(index, "gets columns after its rows were read");
        }
        if table.definition().name != before.name || !grows(&before, &table.definition()) {
            return reshape(index, table, schema);
        }
        schema.change(index, table);
    }
}

fn placed(parts: &[String], schema: &Schema) -> Option<usize> {
    let (database, name) = schema.place(parts);
    schema.find_placed(database.as_deref(), &name)
}

/// Columns moved, dropped or renamed, or the table itself renamed.
fn reshape(index: usize, table: Table, schema: &mut Schema) {
    if schema.tables[index].records > 0 || schema.tables[index].settled {
        return schema.flag(index, "its columns or its name change after its rows were read: it is kept as it was");
    }
    schema.forget(index);
    schema.add(table);
}

/// `RENAME TABLE a TO b, c TO d`.
pub fn rename_tables(words: &mut Words, at: Position, schema: &mut Schema) {
    while let Some(parts) = table_parts(words) {
        words.take("to");
        let to = table_parts(words).and_then(|mut parts| parts.pop());
        if let (Some(index), Some(to)) = (placed(&parts, schema), to) {
            let table = Table { name: to, ..schema.tables[index].clone() };
            reshape(index, table, schema);
        }
        if !words.take_sign(b',') {
            break;
        }
    }
    schema.statement(at, "RENAME", None);
}

/// All columns there were stand where they stood.
fn grows(before: &TableDef, now: &TableDef) -> bool {
    now.columns.len() >= before.columns.len()
        && before.columns.iter().zip(&now.columns).all(|(was, is)| was.name == is.name)
}

/// `CREATE TABLE t (LIKE other)`.
fn is_like(words: &mut Words) -> bool {
    let mut ahead = words.clone();
    ahead.take_sign(b'(');
    if ahead.take("like") {
        *words = ahead;
        true
    } else {
        false
    }
}
