//! Statements that make, change and take away tables.

use std::io::Read;

use super::alter_table::read_alter;
use super::create_table::read_body;
use super::dump::Mysqldump;
use super::lexer::table_name;
use crate::event::{Result, TableDef};
use crate::script::following::guarded;
use crate::script::tables::Table;
use crate::script::words::{Token, Words};

impl<R: Read> Mysqldump<R> {
    pub(super) fn create_table(&mut self, words: &mut Words, end: usize) -> Result<()> {
        let guarded = words.take("if") && words.take("not") && words.take("exists");
        let Some((database, name)) = table_name(words) else {
            return self.reject_statement(None, "expected a table's name after CREATE TABLE".into());
        };
        let database = database.or_else(|| self.schema.database.clone());
        let mut table = Table { database, name, ..Table::default() };
        let there = self.find_exact(table.database.as_deref(), &table.name);
        if guarded && there.is_some_and(|t| !self.schema.tables[t].settled) {
            self.end_statement(end);
            return Ok(());
        }
        if words.take("like") || words.peek() == Token::Sign(b'(') && is_like(words) {
            let like = table_name(words);
            let model = like.and_then(|(d, n)| self.find_table(d.as_deref(), &n));
            let Some(model) = model else {
                return self.reject_statement(None, "expected a table that is declared before, after LIKE".into());
            };
            table.columns.clone_from(&self.schema.tables[model].columns);
            table.keys.clone_from(&self.schema.tables[model].keys);
        } else if words.peek() == Token::Sign(b'(') {
            if let Err(expected) = read_body(words, &mut table) {
                return self.reject_statement(None, format!("expected {expected}"));
            }
        } else {
            table.filled_by = Some("its columns and rows come from a query that is not run (CREATE TABLE … SELECT)");
        }
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if let Some(there) = there {
            self.schema.give_way(there, "is created a second time; the rows of both are kept apart");
            self.schema.unname(there);
        }
        self.add_table(table);
        self.end_statement(end);
        Ok(())
    }

    pub(super) fn drop_tables(&mut self, words: &mut Words) {
        guarded(words);
        while let Some((database, name)) = table_name(words) {
            self.drop_triggers_of(&name);
            if let Some(table) = self.find_exact(database.as_deref(), &name) {
                self.schema.dropped(table);
            }
            if !words.take_sign(b',') {
                break;
            }
        }
    }

    pub(super) fn alter(&mut self, words: &mut Words) {
        let Some((database, name)) = table_name(words) else { return };
        let Some(index) = self.find_table(database.as_deref(), &name) else { return };
        let mut table = self.schema.tables[index].clone();
        let before = table.definition();
        let width = table.columns.len();
        read_alter(words, &mut table);
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if table.columns.len() > width && self.schema.tables[index].records > 0 {
            self.schema.flag(index, "gets columns after its rows were read");
        }
        if table.definition().name != before.name || !grows(&before, &table.definition()) {
            return self.reshape(index, table);
        }
        self.schema.change(index, table);
    }

    /// Columns moved, dropped or renamed, or the table itself renamed.
    fn reshape(&mut self, index: usize, table: Table) {
        if self.schema.tables[index].records > 0 || self.schema.tables[index].settled {
            return self
                .schema
                .flag(index, "its columns or its name change after its rows were read: it is kept as it was");
        }
        self.schema.forget(index);
        self.add_table(table);
    }

    /// `RENAME TABLE a TO b, c TO d`.
    pub(super) fn rename_tables(&mut self, words: &mut Words) {
        let at = self.tape.here(0);
        while let Some((database, name)) = table_name(words) {
            words.take("to");
            let to = table_name(words).map(|(_, n)| n);
            let found = self.find_exact(database.as_deref(), &name);
            if let (Some(index), Some(to)) = (found, to) {
                let table = Table { name: to, ..self.schema.tables[index].clone() };
                self.reshape(index, table);
            }
            if !words.take_sign(b',') {
                break;
            }
        }
        self.schema.statement(at, "RENAME", None);
    }
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
