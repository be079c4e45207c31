//! mysqldump and mariadb-dump, and SQL scripts of their dialect, over the lexer, the tape and the schema of all scripts.
//!
//! The file is read once, front to back, through a window that grows to one record at most. Statements other than
//! `INSERT` are read whole. What is not run (triggers, views, routines) is counted by kind; a row that cannot be read
//! becomes a reject with its bytes, and reading goes on behind it.
//!
//! A database may come in several files: [`Mysqldump::go_on`] reads the next one with the tables known so far,
//! [`Mysqldump::enter`] one that is named by a `source` line.

pub(crate) mod again;
mod alter_table;
mod class;
mod column;
mod create_table;
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
mod rows;
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

use crate::event::{Batch, NoteKind, Position, Reader, Result, Share, Step};
use crate::script::BLANKS;
use crate::script::charset::Charset;
pub use dump::Mysqldump;
pub use files::SOURCE;
pub use load_data::LOAD_DATA;
pub use outfile::{Format, RowChoice};
pub use tab_rows::RowSource;

impl<R: Read> Mysqldump<R> {
    /// The header's comment names the database: `-- Host: localhost    Database: clinic`.
    fn read_header(&mut self) -> Result<()> {
        self.file.started = true;
        self.tape.at_least(4096)?;
        if self.tape.rest().starts_with(b"\xef\xbb\xbf") {
            self.tape.advance(3);
        }
        let head = String::from_utf8_lossy(&self.tape.rest()[..self.tape.rest().len().min(4096)]).into_owned();
        for line in head.lines().take_while(|l| l.starts_with("--") || l.starts_with("/*") || l.trim().is_empty()) {
            if line.starts_with("-- MySQL dump") || line.starts_with("-- MariaDB dump") {
                self.file.dump_header = true;
            }
            // What a USE before the `source` line said, or the file's name, stands above the comment.
            if let (None, Some((_, name))) = (&self.schema.database, line.split_once("Database: ")) {
                // MySQL Shell goes on: `Database: clinic    Table: visit`.
                let name = name.split_once("    Table: ").map_or(name, |(name, _)| name);
                self.schema.database = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
            }
        }
        Ok(())
    }

    fn finish(&mut self) {
        self.file.ended = true;
        self.tape.give_class(BLANKS, 0);
        self.schema.tell_odd();
        self.schema.tell_long();
        self.flag_triggered();
        self.settle_presence();
        for (table, reason) in std::mem::take(&mut self.schema.not_comparable) {
            self.schema.note(Some(table), Position::default(), NoteKind::NotComparable { reason });
        }
        for table in std::mem::take(&mut self.resolving) {
            self.schema.note(Some(table), Position::default(), NoteKind::Resolved);
        }
        if self.file.dump_header && !self.file.footer {
            let at = self.tape.here(0);
            self.schema.warn(None, at, "the dump has no closing line (-- Dump completed): it may have been cut off");
        }
    }
}

impl<R: Read> Reader for Mysqldump<R> {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if !self.file.started {
            self.read_header()?;
        }
        loop {
            if let Some(step) = self.schema.queue.pop_front() {
                return Ok(step);
            }
            if let Some(mut tab) = self.file.tab.take() {
                if !self.read_tab_rows(batch, &mut tab)? {
                    self.finish();
                    continue;
                }
                self.file.tab = Some(tab);
                if !batch.is_empty() {
                    return Ok(Step::Rows);
                }
            } else if let Some(rows) = self.rows.take() {
                if self.read_rows(batch, rows)? {
                    return Ok(Step::Rows);
                }
            } else if let Some(rows) = self.unplaced.take() {
                self.reject_rows(rows)?;
            } else if self.file.ended {
                return Ok(Step::End);
            } else if !self.read_statement()? {
                self.finish();
            }
        }
    }

    fn position(&self) -> u64 {
        self.tape.position()
    }

    fn shares(&self) -> Vec<Share> {
        self.tape.shares()
    }

    fn form(&self) -> Option<crate::form::Form> {
        // A line of a file of rows is no row of an INSERT.
        if self.file.tab.is_some() { None } else { self.form_here() }
    }

    fn encoding(&self) -> String {
        match self.file.names.as_deref() {
            Some("binary") => "binary".into(),
            Some(name) => Charset::named(name).map_or_else(|| name.to_owned(), |charset| charset.name(name)),
            None => Charset::Utf8.name(""),
        }
    }
}

#[cfg(test)]
mod tests;
