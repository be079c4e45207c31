//! Statements other than rows: those that shape tables or settings are followed, the rest is counted by kind.

use std::io::Read;

use memchr::{memchr, memmem};

use super::class::class_of;
use super::dump::Mysqldump;
use super::insert::{
    Head, OnlyRow, Rows, Unplaced, fitting_slots, listed_slots, read_assignments, read_head, skip_to_name,
};
use super::lexer::table_name;
use super::presence::HISTORY;
use crate::event::{NoteKind, Position, Result};
use crate::script::column::Column;
use crate::script::insert::count_values;
use crate::script::lexer::Scan;
use crate::script::lexer::mysql::skip_blank;
use crate::script::words::{Token, Words};
use crate::script::{BLANKS, REJECTS};

/// First words of statements that change nothing here; they are counted.
fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "analyze"
            | "begin"
            | "binlog"
            | "call"
            | "change"
            | "check"
            | "commit"
            | "deallocate"
            | "delete"
            | "do"
            | "end"
            | "execute"
            | "flush"
            | "grant"
            | "handler"
            | "install"
            | "kill"
            | "load"
            | "lock"
            | "optimize"
            | "prepare"
            | "purge"
            | "rename"
            | "repair"
            | "reset"
            | "revoke"
            | "rollback"
            | "select"
            | "show"
            | "start"
            | "truncate"
            | "update"
    )
}

impl<R: Read> Mysqldump<R> {
    /// Reads one statement; false at the end of the file.
    pub(super) fn read_statement(&mut self) -> Result<bool> {
        let blank = self.skip_to_statement()?;
        if blank && self.tape.rest().is_empty() {
            return Ok(false);
        }
        self.tape.give_class(BLANKS, 0);
        self.tape.at_least(256)?;
        if self.tape.rest().starts_with(&self.delimiter) {
            self.tape.advance(self.delimiter.len());
            return Ok(true);
        }
        let rest = self.tape.rest();
        let first = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..first]).to_ascii_lowercase();
        match word.as_str() {
            "" if rest.starts_with(b"\\.") => self.read_source(2)?,
            "source" => self.read_source(6)?,
            "delimiter" => self.read_delimiter()?,
            "insert" | "replace" => self.read_insert()?,
            "create" | "alter" | "drop" | "set" | "use" | "unlock" => self.read_whole(&word)?,
            w if is_counted(w) => self.read_whole(&word)?,
            "mysqldump" | "mariadb" | "warning" | "enter" => self.read_stray_line()?,
            _ => self.reject_to_next_statement(None, "a statement")?,
        }
        Ok(true)
    }

    /// Steps over blanks and comments; sees the dump's closing line on the way.
    fn skip_to_statement(&mut self) -> Result<bool> {
        loop {
            let eof = self.tape.eof();
            let rest = self.tape.rest();
            match skip_blank(rest, eof) {
                Scan::Found(n) if n < rest.len() || eof => {
                    let completed = memmem::find(&rest[..n], b"-- Dump completed").is_some();
                    self.file.footer |= completed;
                    self.tape.advance(n);
                    return Ok(true);
                }
                _ if eof => {
                    self.tape.advance(self.tape.rest().len());
                    let at = self.tape.here(0);
                    self.schema.warn(None, at, "the file ends inside a comment");
                    return Ok(true);
                }
                _ => self.tape.more()?,
            }
        }
    }

    /// What the dump program printed into the dump.
    fn read_stray_line(&mut self) -> Result<()> {
        let at = self.tape.here(0);
        let length = self.tape.line()?;
        self.tape.advance(length);
        self.tape.give_class("messages of the dump program", 1);
        let text = format!("line {} is a message of the dump program, not SQL: it may have stopped early", at.line);
        self.schema.warn(None, at, text);
        Ok(())
    }

    fn read_delimiter(&mut self) -> Result<()> {
        self.tape.at_least(512)?;
        let rest = self.tape.rest();
        let line = &rest[..memchr(b'\n', rest).unwrap_or(rest.len())];
        let delimiter = line["delimiter".len()..].trim_ascii();
        let delimiter = delimiter.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if !delimiter.is_empty() {
            self.delimiter = delimiter.to_vec();
        }
        let length = line.len();
        self.tape.advance(length);
        self.tape.give_class("DELIMITER", 1);
        Ok(())
    }

    fn read_insert(&mut self) -> Result<()> {
        let head = loop {
            match read_head(self.tape.rest(), &self.settings.lex()) {
                Scan::More if !self.tape.eof() => self.tape.more()?,
                other => break other,
            }
        };
        let head = match head {
            Scan::Found(head) => head,
            Scan::Bad(expected) => return self.read_unread_insert(expected),
            Scan::More => return self.read_unread_insert("VALUES with rows"),
        };
        if head.set {
            return self.read_set(head);
        }
        let found = self.find_table(head.database.as_deref(), &head.table);
        let table = match found {
            Some(table) => table,
            None => self.undeclared(&head)?,
        };
        if head.resolving {
            self.resolving.insert(table);
        }
        if self.settings.history && self.schema.tables[table].versioned {
            self.schema.flag(table, HISTORY);
        }
        self.run_triggers(table);
        let slots = if let Some(listed) = &head.columns {
            self.add_listed(table, listed);
            listed_slots(&self.schema.tables[table], listed)
        } else {
            let some_left_out = self.schema.tables[table].columns.iter().any(Column::may_be_left_out);
            let values = if some_left_out { self.count_values(head.length)? } else { 0 };
            Ok(fitting_slots(&self.schema.tables[table], values))
        };
        self.tape.advance(head.length);
        match slots {
            Ok(slots) => {
                self.rows = Some(Rows::new(table, &self.schema.tables[table].columns, slots, None));
                self.listed = head.columns;
                Ok(())
            }
            Err(reason) => self.reject_rows(Unplaced { table: Some(table), reason, first: true }),
        }
    }

    /// `INSERT … SET a = 1, b = 2`: one row.
    fn read_set(&mut self, head: Head) -> Result<()> {
        let end = self.whole_statement()?;
        let at = self.tape.here(0);
        let statement = self.tape.rest()[..end].to_vec();
        let lex = self.settings.lex();
        let mut words = Words::new(&statement[head.length..], &lex);
        let Some(assignments) = read_assignments(&mut words) else {
            return self.read_unread_insert("assignments behind SET");
        };
        let resolved = words.peek() != Token::End;
        let (names, values): (Vec<String>, Vec<Vec<u8>>) = assignments.into_iter().unzip();
        let head = Head { columns: Some(names.clone()), ..head };
        let table = match self.find_table(head.database.as_deref(), &head.table) {
            Some(table) => table,
            None => self.undeclared(&head)?,
        };
        if head.resolving {
            self.resolving.insert(table);
        }
        if resolved {
            self.schema.flag(table, "rows are inserted with ON DUPLICATE KEY UPDATE");
        }
        self.run_triggers(table);
        self.add_listed(table, &names);
        let row = [&b"("[..], &values.join(&b','), b")"].concat();
        let at = Position { record: self.schema.tables[table].records + 1, ..at };
        self.end_statement(end);
        match listed_slots(&self.schema.tables[table], &names) {
            Ok(slots) => {
                let only = Some(OnlyRow { row, statement, at });
                self.rows = Some(Rows::new(table, &self.schema.tables[table].columns, slots, only));
                self.listed = Some(names);
            }
            Err(reason) => {
                self.schema.tables[table].records += 1;
                self.tape.give_class(REJECTS, 1);
                self.schema.note(Some(table), at, NoteKind::Reject { raw: statement, reason });
            }
        }
        Ok(())
    }

    /// A data-only dump: the columns are those listed, or as many as the first row has.
    fn undeclared(&mut self, head: &Head) -> Result<usize> {
        let names = match &head.columns {
            Some(names) => names.clone(),
            None => (1..=self.count_values(head.length)?).map(|n| format!("column_{n}")).collect(),
        };
        let database = head.database.clone().or_else(|| self.schema.database.clone());
        Ok(self.add_undeclared(database, &head.table, &names))
    }

    fn count_values(&mut self, from: usize) -> Result<usize> {
        let lex = self.settings.lex();
        loop {
            let rest = &self.tape.rest()[from..];
            let mut words = Words::new(rest, &lex);
            let row = if words.take("row") { words.end() } else { 0 };
            match count_values(&rest[row..], &lex) {
                Scan::Found(values) => return Ok(values.max(1)),
                Scan::More if !self.tape.eof() => self.tape.more()?,
                _ => return Ok(1),
            }
        }
    }

    /// `INSERT … SELECT`, and what cannot be read: with rows, each of them is a reject.
    fn read_unread_insert(&mut self, expected: &str) -> Result<()> {
        self.tape.at_least(64 << 10)?;
        let rest = self.tape.rest();
        let lex = self.settings.lex();
        let mut words = Words::new(rest, &lex);
        words.next();
        skip_to_name(&mut words);
        let named = table_name(&mut words);
        let rows = to_values(&mut words);
        let table = named.and_then(|(d, t)| self.find_table(d.as_deref(), &t));
        if let Some(table) = table {
            self.schema.flag(table, "is filled by a statement that is not run");
        }
        let reason = format!("expected {expected}");
        match rows {
            Some(length) => {
                self.tape.advance(length);
                self.reject_rows(Unplaced { table, reason, first: true })
            }
            None => self.reject_statement(table, reason),
        }
    }

    /// The whole statement at the front becomes a reject.
    pub(super) fn reject_statement(&mut self, table: Option<usize>, reason: String) -> Result<()> {
        let end = self.whole_statement()?;
        let whole = (end + self.delimiter.len()).min(self.tape.rest().len());
        self.reject(table, end, whole, reason);
        Ok(())
    }

    pub(super) fn end_statement(&mut self, end: usize) {
        let length = (end + self.delimiter.len()).min(self.tape.rest().len());
        self.tape.advance(length);
    }

    fn read_whole(&mut self, first: &str) -> Result<()> {
        let end = self.whole_statement()?;
        let text = self.tape.rest()[..end].to_vec();
        let lex = self.settings.lex();
        let class = class_of(&text, &lex);
        let mut words = Words::new(&text, &lex);
        words.next();
        match first {
            "create" => {
                self.create(&text, end)?;
                self.tape.give_class(&class, 1);
                return Ok(());
            }
            "alter" if words.take("table") => self.alter(&mut words),
            "drop" if words.take("table") => self.drop_tables(&mut words),
            "drop" if words.take("trigger") => self.drop_trigger(&mut words),
            "set" => self.set(&mut words),
            "use" => self.schema.database = words.name(),
            "lock" | "unlock" | "commit" | "start" | "begin" | "drop" | "flush" => {}
            "rename" if words.take("table") => self.rename_tables(&mut words),
            "load" if words.take("data") => self.load_data(&mut words),
            "update" | "delete" | "truncate" | "load" => self.changes_rows(first, &mut words),
            _ => {
                let at = self.tape.here(0);
                self.schema.statement(at, &first.to_uppercase(), None);
            }
        }
        self.end_statement(end);
        self.tape.give_class(&class, 1);
        Ok(())
    }

    /// Rows are changed by a statement that is not run: what is staged may differ from the server.
    fn changes_rows(&mut self, first: &str, words: &mut Words) {
        while ["from", "table", "low_priority", "quick", "ignore"].iter().any(|w| words.take(w)) {}
        if let Some((database, table)) = table_name(words) {
            let found = self.find_table(database.as_deref(), &table);
            // An empty table has nothing to lose: exports empty it before they fill it.
            if let Some(table) = found.filter(|t| self.schema.tables[*t].records > 0) {
                self.schema
                    .flag(table, format!("is changed by a statement that is not run ({})", first.to_uppercase()));
            }
        }
        let at = self.tape.here(0);
        self.schema.statement(at, &first.to_uppercase(), None);
    }
}

/// Past `VALUES` where rows follow it; a query's own do not count.
fn to_values(words: &mut Words) -> Option<usize> {
    loop {
        match words.next() {
            Token::End | Token::Sign(b';') => return None,
            token if token.is_word("select") || token.is_word("table") || token.is_word("set") => return None,
            token if token.is_word("values") || token.is_word("value") => {
                return (words.peek() == Token::Sign(b'(')).then(|| words.end());
            }
            _ if words.peek() == Token::Sign(b'(') => {
                words.brackets()?;
            }
            _ => {}
        }
    }
}
