//! Statements other than rows: those that shape tables or settings are followed, the rest is counted by kind.

use std::io::Read;

use memchr::{memchr, memmem};

use super::account::class_of;
use super::create_table::Table;
use super::insert::{Slots, read_head};
use super::lexer::{Scan, Token, Words, skip_blank};
use super::{Mysqldump, Rows};
use crate::event::{NoteKind, Result};

/// First words of statements that change nothing here; they are counted.
const COUNTED: [&str; 32] = [
    "analyze",
    "begin",
    "binlog",
    "call",
    "change",
    "check",
    "commit",
    "deallocate",
    "delete",
    "do",
    "end",
    "execute",
    "flush",
    "grant",
    "handler",
    "install",
    "kill",
    "load",
    "lock",
    "optimize",
    "prepare",
    "purge",
    "rename",
    "repair",
    "reset",
    "revoke",
    "rollback",
    "select",
    "show",
    "start",
    "truncate",
    "update",
];

impl<R: Read> Mysqldump<R> {
    /// Reads one statement; false at the end of the file.
    pub(super) fn read_statement(&mut self) -> Result<bool> {
        let blank = self.skip_to_statement()?;
        if blank && self.input.rest().is_empty() {
            return Ok(false);
        }
        self.account_blank();
        self.input.at_least(256)?;
        if self.input.rest().starts_with(&self.delimiter) {
            self.input.advance(self.delimiter.len());
            return Ok(true);
        }
        let rest = self.input.rest();
        let first = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..first]).to_ascii_lowercase();
        match word.as_str() {
            "" if rest.starts_with(b"\\.") => self.read_source(2)?,
            "source" => self.read_source(6)?,
            "delimiter" => self.read_delimiter()?,
            "insert" | "replace" => self.read_insert()?,
            "create" | "alter" | "drop" | "set" | "use" | "unlock" => self.read_whole(&word)?,
            w if COUNTED.contains(&w) => self.read_whole(&word)?,
            "mysqldump" | "mariadb" | "warning" | "enter" => self.read_stray_line()?,
            _ => self.reject_to_next_statement(None, "a statement")?,
        }
        Ok(true)
    }

    /// Steps over blanks and comments; sees the dump's closing line on the way.
    fn skip_to_statement(&mut self) -> Result<bool> {
        loop {
            let eof = self.input.eof();
            let rest = self.input.rest();
            match skip_blank(rest, eof) {
                Scan::Found(n) if n < rest.len() || eof => {
                    let completed = memmem::find(&rest[..n], b"-- Dump completed").is_some();
                    self.file.footer |= completed;
                    self.input.advance(n);
                    return Ok(true);
                }
                _ if eof => {
                    self.input.advance(self.input.rest().len());
                    let at = self.here(0);
                    let text = "the file ends inside a comment".into();
                    self.note(None, at, NoteKind::Warning { text });
                    return Ok(true);
                }
                _ => self.input.more()?,
            }
        }
    }

    /// What the dump program printed into the dump.
    fn read_stray_line(&mut self) -> Result<()> {
        let at = self.here(0);
        let length = loop {
            match memchr(b'\n', self.input.rest()) {
                Some(n) => break n + 1,
                None if self.input.eof() => break self.input.rest().len(),
                None => self.input.more()?,
            }
        };
        self.input.advance(length);
        self.account("messages of the dump program");
        let text = format!("line {} is a message of the dump program, not SQL: it may have stopped early", at.line);
        self.note(None, at, NoteKind::Warning { text });
        Ok(())
    }

    fn read_delimiter(&mut self) -> Result<()> {
        self.input.at_least(512)?;
        let rest = self.input.rest();
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        let delimiter = line["delimiter".len()..].trim_ascii();
        let delimiter = delimiter.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if !delimiter.is_empty() {
            self.delimiter = delimiter.to_vec();
        }
        let length = line.len();
        self.input.advance(length);
        self.account("DELIMITER");
        Ok(())
    }

    fn read_insert(&mut self) -> Result<()> {
        let head = loop {
            match read_head(self.input.rest(), self.settings.style(), &self.decode()) {
                Scan::More if !self.input.eof() => self.input.more()?,
                other => break other,
            }
        };
        let Scan::Found(head) = head else { return self.read_unread_insert() };
        let found = self.find_table(head.database.as_deref(), &head.table);
        let table = match found {
            Some(table) => table,
            None => self.undeclared(&head)?,
        };
        if head.resolving {
            self.resolving.insert(table);
        }
        match Slots::new(&self.tables[table], head.columns.as_deref()) {
            Ok(slots) => {
                self.input.advance(head.length);
                self.rows = Some(Rows { table, slots, first: true });
                self.listed = head.columns;
                Ok(())
            }
            Err(why) => self.reject_statement(Some(table), why),
        }
    }

    /// A data-only dump: the columns are those listed, or as many as the first row has.
    fn undeclared(&mut self, head: &super::insert::Head) -> Result<usize> {
        let names = match &head.columns {
            Some(names) => names.clone(),
            None => (1..=self.count_values(head.length)?).map(|n| format!("column_{n}")).collect(),
        };
        let columns = names.iter().map(|n| super::Column::untyped(n)).collect();
        let database = head.database.clone().or_else(|| self.database.clone());
        let table = self.add_table(Table { database, name: head.table.clone(), columns, ..Table::default() });
        self.flag(table, "the dump does not declare this table: types and keys are unknown");
        Ok(table)
    }

    fn count_values(&mut self, from: usize) -> Result<usize> {
        loop {
            let rest = &self.input.rest()[from..];
            let mut words = Words::new(rest, self.settings.style());
            if let Some(row) = words.brackets() {
                let mut row = Words::new(row, self.settings.style());
                let (mut values, mut depth) = (1, 0);
                loop {
                    match row.next() {
                        Token::Punct(b'(') => depth += 1,
                        Token::Punct(b')') => depth -= 1,
                        Token::Punct(b',') if depth == 0 => values += 1,
                        Token::End => return Ok(values),
                        _ => {}
                    }
                }
            }
            if self.input.eof() {
                return Ok(1);
            }
            self.input.more()?;
        }
    }

    /// `INSERT … SELECT` and `INSERT … SET`.
    fn read_unread_insert(&mut self) -> Result<()> {
        let end = self.whole_statement()?;
        let text = self.input.rest()[..end].to_vec();
        let mut words = Words::new(&text, self.settings.style());
        words.next();
        while ["ignore", "into", "low_priority", "delayed", "high_priority"].iter().any(|w| words.take(w)) {}
        let decode = self.decode();
        let named = words.qualified().map(|(d, t)| (d.map(|d| decode(&d)), decode(&t)));
        let table = named.and_then(|(d, t)| self.find_table(d.as_deref(), &t));
        if let Some(table) = table {
            self.flag(table, "is filled by a statement that is not run (INSERT … SELECT or SET)");
        }
        self.reject_statement(table, "expected VALUES with rows: this INSERT is not run".into())
    }

    /// The whole statement at the front becomes a reject.
    pub(super) fn reject_statement(&mut self, table: Option<usize>, reason: String) -> Result<()> {
        let at = self.here(table.map_or(0, |t| self.counters[t].records + 1));
        let end = self.whole_statement()?;
        let raw = self.input.rest()[..end].to_vec();
        self.end_statement(end);
        self.account_reject();
        if let Some(table) = table {
            self.counters[table].records += 1;
        }
        self.note(table, at, NoteKind::Reject { raw, reason });
        Ok(())
    }

    pub(super) fn end_statement(&mut self, end: usize) {
        let length = (end + self.delimiter.len()).min(self.input.rest().len());
        self.input.advance(length);
    }

    fn read_whole(&mut self, first: &str) -> Result<()> {
        let end = self.whole_statement()?;
        let text = self.input.rest()[..end].to_vec();
        let class = class_of(&text, self.settings.style());
        let mut words = Words::new(&text, self.settings.style());
        words.next();
        match first {
            "create" => {
                self.create(&text, end)?;
                self.account(&class);
                return Ok(());
            }
            "alter" if words.take("table") => self.alter(&mut words),
            "drop" if words.take("table") => self.drop_tables(&mut words),
            "set" => self.set(&mut words),
            "use" => {
                let decode = self.decode();
                self.database = words.name().map(|n| decode(&n));
            }
            "lock" | "unlock" | "commit" | "start" | "begin" | "drop" | "flush" => {}
            "rename" if words.take("table") => self.rename_tables(&mut words),
            "update" | "delete" | "truncate" | "load" => self.changes_rows(first, &mut words),
            _ => {
                let kind = first.to_uppercase();
                let at = self.here(0);
                self.note(None, at, NoteKind::Statement { kind, name: None });
            }
        }
        self.end_statement(end);
        self.account(&class);
        Ok(())
    }

    /// Rows are changed by a statement that is not run: what is staged may differ from the server.
    fn changes_rows(&mut self, first: &str, words: &mut Words) {
        while ["from", "table", "low_priority", "quick", "ignore"].iter().any(|w| words.take(w)) {}
        let decode = self.decode();
        if let Some((database, table)) = words.qualified() {
            let database = database.map(|d| decode(&d));
            let found = self.find_table(database.as_deref(), &decode(&table));
            // An empty table has nothing to lose: exports empty it before they fill it.
            if let Some(table) = found.filter(|t| self.counters[*t].records > 0) {
                self.flag(table, format!("is changed by a statement that is not run ({})", first.to_uppercase()));
            }
        }
        let at = self.here(0);
        self.note(None, at, NoteKind::Statement { kind: first.to_uppercase(), name: None });
    }
}
