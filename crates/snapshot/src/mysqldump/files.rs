//! One database in several files: what goes on from file to file, and what begins afresh with each.

use std::io::Read;

use super::dump::{FileState, Including, Mysqldump};
use super::settings::Settings;
use crate::event::Result;
use crate::script::odd::OddValues;
use crate::script::tape::Tape;

impl<R: Read> Mysqldump<R> {
    /// Reads another file of the same family: it may hold rows of tables that are known already. Settings begin afresh;
    /// `database` is what its name says, where it says one.
    pub fn go_on(&mut self, inner: R, database: Option<String>) {
        // A file with rows holds what it declares: declared again, a table is another one.
        if self.schema.tables.iter().any(|t| t.records > 0) {
            self.schema.tables.iter_mut().for_each(|t| t.settled = true);
        }
        self.tape = Tape::as_is(inner);
        self.settings = Settings::default();
        self.variables.clear();
        self.delimiter = b";".to_vec();
        self.settings.no_auto_value_on_zero = database.is_some();
        self.schema.database = database;
        self.rows = None;
        self.unplaced = None;
        self.asked = None;
        self.schema.odd = OddValues::default();
        self.file = FileState { first_table: self.schema.tables.len(), ..FileState::default() };
        self.including.clear();
    }

    /// Reads the file that a `source` line named, with the settings and the database in force; [`Self::leave`] then
    /// takes up the one that named it.
    pub fn enter(&mut self, inner: R) {
        let tape = std::mem::replace(&mut self.tape, Tape::as_is(inner));
        let state = FileState { first_table: self.file.first_table, ..FileState::default() };
        self.set_aside(tape, state, None);
    }

    pub(super) fn set_aside(&mut self, tape: Tape<R>, now: FileState, settings: Option<Settings>) {
        let mut state = std::mem::replace(&mut self.file, now);
        state.odd = std::mem::take(&mut self.schema.odd);
        self.including.push(Including { tape, state, settings });
    }

    /// Goes back to the file that named the one just read; false where there is none.
    pub fn leave(&mut self) -> bool {
        let Some(Including { tape, state, settings }) = self.including.pop() else { return false };
        self.tape = tape;
        self.file = state;
        self.schema.odd = std::mem::take(&mut self.file.odd);
        if let Some(settings) = settings {
            self.settings = settings;
        }
        self.rows = None;
        true
    }

    /// How many files wait for the one being read.
    pub fn depth(&self) -> usize {
        self.including.len()
    }

    /// `source file.sql` or `\. file.sql`, to the end of its line.
    pub(super) fn read_source(&mut self, word: usize) -> Result<()> {
        let at = self.tape.here(0);
        let length = self.tape.line()?;
        let line = self.tape.rest()[word.min(length)..length].trim_ascii();
        let line = line.strip_suffix(b";").unwrap_or(line).trim_ascii();
        let name = self.settings.lex().text(line);
        self.tape.advance(length);
        self.tape.give_class("SOURCE", 1);
        self.schema.statement(at, SOURCE, Some(name));
        Ok(())
    }
}

/// The kind of the note that asks for another file, whose name goes with it.
pub const SOURCE: &str = "SOURCE";
