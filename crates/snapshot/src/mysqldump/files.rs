//! One database in several files: what goes on from file to file, and what begins afresh with each.

use std::io::Read;

use super::Mysqldump;
use super::dump::{FileState, Including};
use super::settings::Settings;
use crate::script::Reading;
use crate::script::odd::OddValues;
use crate::script::tape::Tape;

impl<R: Read> Mysqldump<R> {
    /// The database it speaks of, where its name says so: mydumper's do, and its loader lets a zero be a zero.
    #[must_use]
    pub fn in_database(mut self, database: Option<String>) -> Self {
        self.dialect.settings.no_auto_value_on_zero = database.is_some();
        self.schema.database = database;
        self
    }

    /// Reads another file of the same family: it may hold rows of tables that are known already. Settings begin afresh;
    /// `database` is what its name says, where it says one.
    pub fn go_on(&mut self, inner: R, database: Option<String>) {
        // A file with rows holds what it declares: declared again, a table is another one.
        if self.schema.tables.iter().any(|t| t.records > 0) {
            self.schema.tables.iter_mut().for_each(|t| t.settled = true);
        }
        self.turn_to(Tape::as_is(inner), Reading::Statements);
        self.waiting.clear();
        self.schema.odd = OddValues::default();
        self.schema.file_from = self.schema.tables.len();
        let dialect = &mut self.dialect;
        dialect.settings = Settings::default();
        dialect.settings.no_auto_value_on_zero = database.is_some();
        self.schema.database = database;
        dialect.variables.clear();
        dialect.delimiter = b";".to_vec();
        dialect.asked = None;
        dialect.file = FileState::default();
        dialect.including.clear();
    }

    /// Reads the file that a `source` line named, with the settings and the database in force; [`Self::leave`] then
    /// takes up the one that named it.
    pub fn enter(&mut self, inner: R) {
        self.set_aside(inner, Reading::Statements, FileState::default(), None);
    }

    /// Reads the rows that a `LOAD DATA` asked for; [`Self::leave`] then takes up the file that asked.
    pub fn enter_rows(&mut self, inner: R) {
        let Some((settings, rows)) = self.dialect.asked.take() else { return };
        let state = FileState { names: settings.names.clone(), tab: Some(rows), ..FileState::default() };
        let settings = std::mem::replace(&mut self.dialect.settings, settings);
        self.set_aside(inner, Reading::File, state, Some(settings));
    }

    /// The file that a `LOAD DATA` asked for is not there.
    pub fn without_rows(&mut self) {
        if let Some((_, rows)) = self.dialect.asked.take() {
            self.schema.flag(rows.table, "rows that LOAD DATA reads from a file that was not given are missing");
        }
    }

    fn set_aside(&mut self, inner: R, reading: Reading, now: FileState, settings: Option<Settings>) {
        let tape = self.turn_to(Tape::as_is(inner), reading);
        self.waiting.push(tape);
        let state = std::mem::replace(&mut self.dialect.file, now);
        let odd = std::mem::take(&mut self.schema.odd);
        self.dialect.including.push(Including { state, odd, settings });
    }

    /// Goes back to the file that named the one just read; false where there is none.
    pub fn leave(&mut self) -> bool {
        let (Some(tape), Some(before)) = (self.waiting.pop(), self.dialect.including.pop()) else { return false };
        self.go_back_to(tape);
        self.dialect.file = before.state;
        self.schema.odd = before.odd;
        if let Some(settings) = before.settings {
            self.dialect.settings = settings;
        }
        true
    }

    /// How many files wait for the one being read.
    pub fn depth(&self) -> usize {
        self.waiting.len()
    }
}
