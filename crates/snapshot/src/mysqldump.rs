//! mysqldump and mariadb-dump, and SQL scripts of their dialect: our own lexer, because this is what the project is for.
//!
//! The file is read once, front to back, through a window that grows to one record at most. Statements other than
//! `INSERT` are read whole. What is not run (triggers, views, routines) is counted by kind; a row that cannot be read
//! becomes a reject with its bytes, and reading goes on behind it.
//!
//! A database may come in several files: [`Mysqldump::go_on`] reads the next one with the tables known so far,
//! [`Mysqldump::enter`] one that is named by a `source` line.

mod account;
pub(crate) mod again;
mod alter_table;
mod charset;
mod column;
mod create_table;
mod expression;
mod files;
mod geometry;
mod insert;
mod lexer;
mod load_data;
mod normal;
mod objects;
mod odd;
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
mod triggers;
mod upper_halves;
mod value;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::io::Read;

use crate::event::{Batch, Note, NoteKind, Position, Reader, Result, Share, Step, TableDef};
use crate::input::Input;
use account::Account;
use charset::Charset;
use column::Column;
use create_table::Table;
use files::Including;
pub use files::SOURCE;
use insert::starts_statement;
use lexer::{Scan, statement_end};
pub use load_data::LOAD_DATA;
use odd::Odd;
pub use outfile::{Format, RowChoice};
use presence::Held;
use rows::{Rows, Unplaced};
use settings::Settings;
pub use tab_rows::RowSource;
use tab_rows::TabRows;
use triggers::Trigger;

/// Reads a dump as text. UTF-16 scripts come through [`crate::text::Utf8Stream`] first.
pub struct Mysqldump<R> {
    input: Input<R>,
    settings: Settings,
    database: Option<String>,
    delimiter: Vec<u8>,
    tables: Vec<Table>,
    by_name: HashMap<(Option<String>, String), usize>,
    counters: Vec<Counter>,
    /// Steps found on the way, given before anything new is read.
    queue: VecDeque<Step>,
    rows: Option<Rows>,
    unplaced: Option<Unplaced>,
    /// Those that inserting runs.
    triggers: Vec<Trigger>,
    /// Rows in a file that was asked for.
    asked: Option<(Settings, TabRows)>,
    /// Columns that the statement lists whose rows are read.
    listed: Option<Vec<String>>,
    spare: Batch,
    not_comparable: BTreeMap<usize, String>,
    /// Tables whose rows the server may have chosen among.
    resolving: BTreeSet<usize>,
    /// The character set that `CREATE DATABASE` gives a database's tables.
    database_charsets: HashMap<String, String>,
    /// Variables of the user's, which dumps keep settings in.
    variables: HashMap<String, String>,
    file: FileState,
    /// Files whose `source` line led to the one being read.
    including: Vec<Including<R>>,
}

/// What is known of the one file being read.
#[derive(Default)]
struct FileState {
    odd: BTreeMap<(Option<usize>, Odd), (u64, Position)>,
    /// Values beyond their column's type, by table and column.
    long: BTreeMap<(usize, usize), (u64, Position)>,
    account: Account,
    /// The header says it is a dump, whose footer must then follow.
    dump_header: bool,
    footer: bool,
    started: bool,
    ended: bool,
    /// Tables from here on were given by this file.
    first_table: usize,
    /// It is no script but the rows of a table.
    tab: Option<TabRows>,
    /// The first `SET NAMES`.
    names: Option<String>,
}

/// Per table: records read, those loaded, and the server's counter.
#[derive(Default, Clone)]
struct Counter {
    records: u64,
    held: Held,
    next_auto: i64,
    auto_column: Option<usize>,
    /// An earlier file held it, and rows.
    settled: bool,
}

impl<R: Read> Mysqldump<R> {
    pub fn new(inner: R) -> Self {
        Self {
            input: Input::new(inner),
            settings: Settings::default(),
            database: None,
            delimiter: b";".to_vec(),
            tables: Vec::new(),
            by_name: HashMap::new(),
            counters: Vec::new(),
            queue: VecDeque::new(),
            rows: None,
            unplaced: None,
            triggers: Vec::new(),
            asked: None,
            listed: None,
            spare: Batch::default(),
            not_comparable: BTreeMap::new(),
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
        self.database = database;
        self
    }

    fn here(&mut self, record: u64) -> Position {
        Position { record, line: self.input.line(0), byte: self.input.offset() }
    }

    /// The header's comment names the database: `-- Host: localhost    Database: clinic`.
    fn read_header(&mut self) -> Result<()> {
        self.file.started = true;
        self.input.at_least(4096)?;
        if self.input.rest().starts_with(b"\xef\xbb\xbf") {
            self.input.advance(3);
        }
        let head = String::from_utf8_lossy(&self.input.rest()[..self.input.rest().len().min(4096)]).into_owned();
        for line in head.lines().take_while(|l| l.starts_with("--") || l.starts_with("/*") || l.trim().is_empty()) {
            if line.starts_with("-- MySQL dump") || line.starts_with("-- MariaDB dump") {
                self.file.dump_header = true;
            }
            // What a USE before the `source` line said, or the file's name, stands above the comment.
            if let (None, Some((_, name))) = (&self.database, line.split_once("Database: ")) {
                // MySQL Shell goes on: `Database: clinic    Table: visit`.
                let name = name.split_once("    Table: ").map_or(name, |(name, _)| name);
                self.database = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
            }
        }
        Ok(())
    }

    fn decode(&self) -> impl Fn(&[u8]) -> String + use<R> {
        let charset = self.settings.charset;
        move |bytes: &[u8]| {
            if let Ok(text) = std::str::from_utf8(bytes) {
                return text.to_owned();
            }
            let mut text = bytes.to_vec();
            charset.decode(&mut text, 0);
            String::from_utf8_lossy(&text).into_owned()
        }
    }

    /// Adds a table or answers the one there is.
    fn add_table(&mut self, table: Table) -> usize {
        let index = self.tables.len();
        let auto_column = table.columns.iter().position(|c| c.def.auto_increment);
        let key = (table.database.clone(), table.name.clone());
        if let Some(why) = table.filled_by {
            self.flag(index, why);
        }
        self.by_name.insert(key, index);
        self.queue.push_back(Step::Table(definition(&table)));
        let next_auto = table.counter.max(1);
        self.counters.push(Counter { next_auto, auto_column, ..Counter::default() });
        self.tables.push(table);
        index
    }

    fn flag(&mut self, table: usize, why: impl Into<String>) {
        self.not_comparable.entry(table).or_insert_with(|| why.into());
    }

    fn find_table(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let database = database.or(self.database.as_deref());
        self.find_exact(database, name).or_else(|| self.find_elsewhere(database, &name.to_lowercase()))
    }

    fn find_exact(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let database = database.or(self.database.as_deref()).map(str::to_owned);
        if let Some(found) = self.by_name.get(&(database.clone(), name.to_owned())) {
            return Some(*found);
        }
        // Names fold on servers for Windows and macOS.
        let same = |d: &Option<String>, n: &str| *d == database && n.to_lowercase() == name.to_lowercase();
        self.by_name.iter().find(|((d, n), _)| same(d, n)).map(|(_, i)| *i)
    }

    fn note(&mut self, table: Option<usize>, at: Position, kind: NoteKind) {
        self.queue.push_back(Step::Note(Note { table, at, kind }));
    }

    /// Reads on until the statement at the front is whole; answers where it ends.
    fn whole_statement(&mut self) -> Result<usize> {
        loop {
            match statement_end(self.input.rest(), &self.delimiter, self.settings.style(), self.input.eof()) {
                Scan::Found(end) => return Ok(end),
                _ => self.input.more()?,
            }
        }
    }

    /// Gives up on what stands here, up to the next line that begins a statement.
    fn reject_to_next_statement(&mut self, table: Option<usize>, expected: &str) -> Result<()> {
        let at = self.here(table.map_or(0, |t| self.counters[t].records + 1));
        let mut from = 0;
        let length = loop {
            let rest = self.input.rest();
            let found = memchr::memchr_iter(b'\n', &rest[from..]).map(|n| from + n + 1).find(|n| {
                // A statement's first word needs some bytes to be known.
                rest.len() - n < 16 && !self.input.eof() || starts_statement(&rest[*n..])
            });
            match found {
                Some(n) if starts_statement(&rest[n..]) => break n,
                _ if self.input.eof() => break rest.len(),
                Some(n) => from = n - 1,
                None => from = rest.len(),
            }
            self.input.more()?;
        };
        let raw = self.input.rest()[..length].to_vec();
        if let Some(table) = table {
            self.account_rows(table, 0);
            self.counters[table].records += 1;
        }
        self.input.advance(length);
        self.account_reject();
        self.note(table, at, NoteKind::Reject { raw, reason: format!("expected {expected}") });
        Ok(())
    }

    fn finish(&mut self) {
        self.file.ended = true;
        self.account_blank();
        for ((table, what), (count, at)) in std::mem::take(&mut self.file.odd) {
            self.note(table, at, NoteKind::Odd { what: what.into(), count });
        }
        self.tell_long();
        self.flag_triggered();
        self.settle_presence();
        for (table, reason) in std::mem::take(&mut self.not_comparable) {
            self.note(Some(table), Position::default(), NoteKind::NotComparable { reason });
        }
        for table in std::mem::take(&mut self.resolving) {
            self.note(Some(table), Position::default(), NoteKind::Resolved);
        }
        if self.file.dump_header && !self.file.footer {
            let at = self.here(0);
            let text = "the dump has no closing line (-- Dump completed): it may have been cut off".into();
            self.note(None, at, NoteKind::Warning { text });
        }
    }
}

impl<R: Read> Reader for Mysqldump<R> {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        if !self.file.started {
            self.read_header()?;
        }
        loop {
            if let Some(step) = self.queue.pop_front() {
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
        self.input.offset()
    }

    fn shares(&self) -> Vec<Share> {
        self.file.account.shares(self.position())
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

fn definition(table: &Table) -> TableDef {
    TableDef {
        database: table.database.clone(),
        name: table.name.clone(),
        columns: table.columns.iter().map(|c: &Column| c.def.clone()).collect(),
        keys: table.keys.clone(),
        comment: table.comment.clone(),
    }
}

#[cfg(test)]
mod tests;
