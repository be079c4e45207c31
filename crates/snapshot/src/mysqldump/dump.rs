//! What is known of a dump while it is read, and what every part of the reading does with it.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;

use super::column::MySqlTypes;
use super::insert::{Rows, Unplaced};
use super::lexer::statement_end;
use super::settings::Settings;
use super::tab_rows::TabRows;
use super::trigger::Trigger;
use crate::event::{Batch, NoteKind, Result, ShareOf};
use crate::script::REJECTS;
use crate::script::lexer::Scan;
use crate::script::odd::OddValues;
use crate::script::tables::{Naming, Schema, Table};
use crate::script::tape::Tape;

/// Reads a dump as text. UTF-16 scripts come through [`crate::text::Utf8Stream`] first.
pub struct Mysqldump<R> {
    pub(super) tape: Tape<R>,
    pub(super) settings: Settings,
    pub(super) schema: Schema,
    pub(super) delimiter: Vec<u8>,
    pub(super) rows: Option<Rows>,
    pub(super) unplaced: Option<Unplaced>,
    /// Those that inserting runs.
    pub(super) triggers: Vec<Trigger>,
    /// Rows in a file that was asked for.
    pub(super) asked: Option<(Settings, TabRows)>,
    /// Columns that the statement lists whose rows are read.
    pub(super) listed: Option<Vec<String>>,
    pub(super) spare: Batch,
    /// Tables whose rows the server may have chosen among.
    pub(super) resolving: BTreeSet<usize>,
    /// The character set that `CREATE DATABASE` gives a database's tables.
    pub(super) database_charsets: HashMap<String, String>,
    /// Variables of the user's, which dumps keep settings in.
    pub(super) variables: HashMap<String, String>,
    pub(super) file: FileState,
    /// Files whose `source` line led to the one being read.
    pub(super) including: Vec<Including<R>>,
}

/// What is known of the one file being read.
#[derive(Default)]
pub struct FileState {
    /// What is odd of values, while another file is read.
    pub odd: OddValues,
    /// The header says it is a dump, whose footer must then follow.
    pub dump_header: bool,
    pub footer: bool,
    pub started: bool,
    pub ended: bool,
    /// Tables from here on were given by this file.
    pub first_table: usize,
    /// It is no script but the rows of a table.
    pub tab: Option<TabRows>,
    /// The first `SET NAMES`.
    pub names: Option<String>,
}

/// A file that waits for the one it names in a `source` line.
pub struct Including<R> {
    pub tape: Tape<R>,
    pub state: FileState,
    /// Those in force there, where the other file has its own.
    pub settings: Option<Settings>,
}

impl<R: Read> Mysqldump<R> {
    pub fn new(inner: R) -> Self {
        Self {
            tape: Tape::as_is(inner),
            settings: Settings::default(),
            schema: Schema::new(Naming { home: "", folds: false }, &MySqlTypes),
            delimiter: b";".to_vec(),
            rows: None,
            unplaced: None,
            triggers: Vec::new(),
            asked: None,
            listed: None,
            spare: Batch::default(),
            resolving: BTreeSet::new(),
            database_charsets: HashMap::new(),
            variables: HashMap::new(),
            file: FileState::default(),
            including: Vec::new(),
        }
    }

    /// The database it speaks of, where its name says so: mydumper's do, and its loader lets a zero be a zero.
    #[must_use]
    pub fn in_database(mut self, database: Option<String>) -> Self {
        self.settings.no_auto_value_on_zero = database.is_some();
        self.schema.database = database;
        self
    }

    pub(super) fn add_table(&mut self, table: Table) -> usize {
        let (filled_by, next_auto) = (table.filled_by, table.counter.max(1));
        let index = self.schema.add(Table { next_auto, ..table });
        if let Some(why) = filled_by {
            self.schema.flag(index, why);
        }
        index
    }

    pub(super) fn find_table(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let database = database.or(self.schema.database.as_deref());
        self.find_exact(database, name).or_else(|| self.find_elsewhere(database, &name.to_lowercase()))
    }

    pub(super) fn find_exact(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let database = database.or(self.schema.database.as_deref()).map(str::to_owned);
        if let Some(found) = self.schema.by_name.get(&(database.clone(), name.to_owned())) {
            return Some(*found);
        }
        // Names fold on servers for Windows and macOS.
        let same = |d: &Option<String>, n: &str| *d == database && n.to_lowercase() == name.to_lowercase();
        self.schema.by_name.iter().find(|((d, n), _)| same(d, n)).map(|(_, i)| *i)
    }

    /// A table of another file, where one of the two does not say which database it speaks of.
    fn find_elsewhere(&self, database: Option<&str>, folded: &str) -> Option<usize> {
        if self.file.first_table == 0 {
            return None;
        }
        let mut fitting = self.schema.by_name.iter().filter(|((d, name), index)| {
            (database.is_none() || d.is_none()) && **index < self.file.first_table && name.to_lowercase() == folded
        });
        match (fitting.next(), fitting.next()) {
            (Some((_, index)), None) => Some(*index),
            _ => None,
        }
    }

    /// Reads on until the statement at the front is whole; answers where it ends.
    pub(super) fn whole_statement(&mut self) -> Result<usize> {
        loop {
            match statement_end(self.tape.rest(), &self.delimiter, &self.settings.lex(), self.tape.eof()) {
                Scan::Found(end) => return Ok(end),
                _ => self.tape.more()?,
            }
        }
    }

    /// Makes a reject of the first bytes, and steps over so many of them.
    pub(super) fn reject(&mut self, table: Option<usize>, length: usize, whole: usize, reason: String) {
        let record = table.map_or(0, |table| {
            self.tape.give(ShareOf::Table(table), 0);
            self.schema.tables[table].records += 1;
            self.schema.tables[table].records
        });
        let at = self.tape.here(record);
        let raw = self.tape.rest()[..length].to_vec();
        self.tape.class(whole, REJECTS, 1);
        self.schema.note(table, at, NoteKind::Reject { raw, reason });
    }
}
