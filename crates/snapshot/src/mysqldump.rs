//! mysqldump and mariadb-dump, and SQL scripts of their dialect.
//!
//! What is not run (triggers, views, routines) is counted by kind, and kept as text. A database may come in several files:
//! [`Mysqldump::go_on`] reads the next one with the tables known so far, [`Mysqldump::enter`] one that is named by a
//! `source` line.

pub(crate) mod again;
mod alter_table;
mod class;
mod column;
mod create_table;
mod digits;
mod dump;
mod expression;
mod files;
mod geometry;
mod insert;
mod lexer;
mod load_data;
mod normal;
mod objects;
mod outfile;
mod presence;
mod separators;
mod session;
mod settings;
mod shape;
mod statement;
mod tab;
mod tab_rows;
mod trigger;
mod triggers;
mod value;

use std::io::Read;

use memchr::memmem;

use crate::event::{Batch, NoteKind, Position, Result};
use crate::form::Form;
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::encoded::Encoded;
use crate::script::lexer::{Lex, Scan};
use crate::script::read_values::ReadValues;
use crate::script::slots::Slots;
use crate::script::tables::{Naming, Schema, Table};
use crate::script::tape::Tape;
use crate::script::value::Types;
use crate::script::{Dialect, Extent, Followed, Script};
use column::MySqlTypes;
pub use dump::MySql;
use insert::fitting_slots;
pub use load_data::LOAD_DATA;
pub use outfile::{Format, RowChoice};
use presence::{HISTORY, listed_slots, settle_presence};
pub use statement::SOURCE;
pub use tab_rows::RowSource;

/// Reads a dump as text. UTF-16 scripts come through [`crate::text::Utf8Stream`] first.
pub type Mysqldump<R> = Script<R, MySql>;

impl Dialect for MySql {
    const OPENERS: &'static [&'static [u8]] = &[
        b"INSERT INTO ",
        b"INSERT IGNORE ",
        b"REPLACE INTO ",
        b"CREATE TABLE ",
        b"DROP TABLE ",
        b"LOCK TABLES ",
        b"UNLOCK TABLES",
        b"ALTER TABLE ",
        b"/*!",
        b"-- ",
        b"USE `",
        b"CREATE DATABASE ",
    ];
    const FEWER_VALUES: bool = true;
    const SEMICOLONS: bool = true;
    const ROWS_READ_AGAIN: bool = true;

    fn lex(&self) -> Lex {
        self.settings.lex()
    }

    fn schema() -> Schema {
        Schema::new(Naming { home: "", folds: false, schemas: false }, &MySqlTypes)
    }

    fn tape<R: Read>(inner: R) -> Tape<R> {
        Tape::as_is(inner)
    }

    /// The header's comment names the database: `-- Host: localhost    Database: clinic`.
    fn begin(&mut self, head: &[u8], schema: &mut Schema) {
        let head = String::from_utf8_lossy(head);
        for line in head.lines().take_while(|l| l.starts_with("--") || l.starts_with("/*") || l.trim().is_empty()) {
            if line.starts_with("-- MySQL dump") || line.starts_with("-- MariaDB dump") {
                self.file.dump_header = true;
            }
            // What a USE before the `source` line said, or the file's name, stands above the comment.
            if let (None, Some((_, name))) = (&schema.database, line.split_once("Database: ")) {
                // MySQL Shell goes on: `Database: clinic    Table: visit`.
                let name = name.split_once("    Table: ").map_or(name, |(name, _)| name);
                schema.database = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
            }
        }
    }

    fn terminator(&self) -> &[u8] {
        &self.delimiter
    }

    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent> {
        self.extent(buf, eof)
    }

    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        self.statement(text, at, schema)
    }

    fn blank(&mut self, blank: &[u8], _: Position, _: &mut Schema) {
        self.file.footer |= memmem::find(blank, b"-- Dump completed").is_some();
    }

    fn inserting(&mut self, table: usize, schema: &mut Schema) {
        if self.settings.history && schema.tables[table].versioned {
            schema.flag(table, HISTORY);
        }
        self.run_triggers(table, schema);
    }

    fn resolving(&mut self, table: usize, clause: bool, schema: &mut Schema) {
        if clause {
            schema.flag(table, "rows are inserted with ON DUPLICATE KEY UPDATE");
        } else {
            self.resolving.insert(table);
        }
    }

    fn counts_values(&self, table: &Table) -> bool {
        table.columns.iter().any(Column::may_be_left_out)
    }

    fn unlisted(&self, table: &Table, values: usize) -> Slots {
        fitting_slots(table, values)
    }

    fn listed(&self, table: usize, listed: &[String], at: Position, schema: &mut Schema) -> (usize, Slots) {
        (table, listed_slots(table, listed, at, schema))
    }

    fn left_out(&self, table: &Table, slots: &Slots) -> Vec<usize> {
        let given = |index: &usize| slots.order().is_none_or(|order| order.contains(index));
        (0..table.columns.len()).filter(|index| table.columns[*index].may_be_left_out() && !given(index)).collect()
    }

    fn values<'a>(&'a self, _: &'a Lex, _: &'a dyn Types, _: &'a mut Encoded) -> impl ReadValues + 'a {
        &self.settings
    }

    fn read_file<R: Read>(&mut self, tape: &mut Tape<R>, schema: &mut Schema, batch: &mut Batch) -> Result<bool> {
        self.read_tab_rows(tape, schema, batch)
    }

    fn form(&self, listed: Option<&[String]>) -> Option<Form> {
        // A line of a file of rows is no row of an INSERT.
        if self.file.tab.is_some() { None } else { self.form_here(listed) }
    }

    fn encoding(&self, _: &Schema) -> String {
        match self.file.names.as_deref() {
            Some("binary") => "binary".into(),
            Some(name) => Charset::named(name).map_or_else(|| name.to_owned(), |charset| charset.name(name)),
            None => Charset::Utf8.name(""),
        }
    }

    fn finish(&mut self, at: Position, schema: &mut Schema) {
        schema.tell_odd();
        schema.tell_long();
        self.flag_triggered(schema);
        settle_presence(schema);
        for (table, reason) in std::mem::take(&mut schema.not_comparable) {
            schema.note(Some(table), Position::default(), NoteKind::NotComparable { reason });
        }
        for table in std::mem::take(&mut self.resolving) {
            schema.note(Some(table), Position::default(), NoteKind::Resolved);
        }
        if self.file.dump_header && !self.file.footer {
            schema.warn(None, at, "the dump has no closing line (-- Dump completed): it may have been cut off");
        }
    }
}

#[cfg(test)]
mod tests;
