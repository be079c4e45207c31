//! Statements other than rows: those that shape tables or settings are followed, the rest is counted by kind.

use std::io::Read;

use memchr::{memchr, memmem};

use super::account::class_of;
use super::create_table::{Table, read_alter, read_body, read_charset};
use super::insert::{Slots, read_head};
use super::lexer::{Scan, Token, Words, skip_blank};
use super::{Mysqldump, Rows, definition};
use crate::event::{NoteKind, Result, Step};

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
            self.flag(table, "rows come with INSERT IGNORE or REPLACE: those that collide on a key are all kept");
        }
        match Slots::new(&self.tables[table], head.columns.as_deref()) {
            Ok(slots) => {
                self.input.advance(head.length);
                self.rows = Some(Rows { table, slots, first: true });
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
    fn reject_statement(&mut self, table: Option<usize>, reason: String) -> Result<()> {
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

    fn end_statement(&mut self, end: usize) {
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
            "update" | "delete" | "truncate" | "load" | "rename" => self.changes_rows(first, &mut words),
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
            if let Some(table) = self.find_table(database.as_deref(), &decode(&table)) {
                self.flag(table, format!("is changed by a statement that is not run ({})", first.to_uppercase()));
            }
        }
        let at = self.here(0);
        self.note(None, at, NoteKind::Statement { kind: first.to_uppercase(), name: None });
    }

    fn create(&mut self, text: &[u8], end: usize) -> Result<()> {
        let mut words = Words::new(text, self.settings.style());
        words.next();
        let _ = words.take("or") && words.take("replace");
        let _ = words.take("temporary");
        if words.take("table") {
            return self.create_table(&mut words, end);
        }
        let decode = self.decode();
        // CREATE DEFINER=… SQL SECURITY … VIEW name: the kind is the word before the name.
        let kinds =
            ["database", "schema", "view", "trigger", "procedure", "function", "event", "sequence", "index", "user"];
        let (mut kind, mut name) = ("?".to_owned(), None);
        loop {
            let token = words.next();
            if token == Token::End {
                break;
            }
            if let Some(found) = kinds.iter().find(|k| token.is_word(k)) {
                if words.take("if") {
                    words.take("not");
                    words.take("exists");
                }
                kind = found.to_uppercase();
                name = words.qualified().map(|(_, n)| decode(&n));
                break;
            }
        }
        let at = self.here(0);
        if kind == "VIEW" {
            self.view(name.as_deref().unwrap_or_default());
        }
        if kind == "DATABASE" || kind == "SCHEMA" {
            self.create_database(&mut words, name);
        } else {
            self.note(None, at, NoteKind::Statement { kind: format!("CREATE {kind}"), name });
        }
        self.end_statement(end);
        Ok(())
    }

    fn create_database(&mut self, words: &mut Words, name: Option<String>) {
        let decode = self.decode();
        let mut charset = None;
        loop {
            match words.next() {
                Token::End => break,
                t if t.is_word("charset") || t.is_word("character") || t.is_word("collate") => {
                    read_charset(words, &t, &mut charset, &decode);
                }
                _ => {}
            }
        }
        if let (Some(name), Some(charset)) = (name, charset) {
            self.database_charsets.insert(name, charset);
        }
    }

    fn database_charset(&self, database: Option<&str>) -> Option<&str> {
        self.database_charsets.get(database?).map(String::as_str)
    }

    /// A stub table gives way to the view it stood for.
    fn view(&mut self, name: &str) {
        if let Some(stub) = self.find_table(None, name)
            && self.counters[stub].records == 0
        {
            self.forget(stub);
        }
    }

    fn forget(&mut self, table: usize) {
        self.by_name.retain(|_, index| *index != table);
        self.queue.push_back(Step::Gone(table));
    }

    fn create_table(&mut self, words: &mut Words, end: usize) -> Result<()> {
        let guarded = words.take("if") && words.take("not") && words.take("exists");
        let decode = self.decode();
        let Some((database, name)) = words.qualified() else {
            return self.reject_statement(None, "expected a table's name after CREATE TABLE".into());
        };
        let database = database.map(|d| decode(&d)).or_else(|| self.database.clone());
        let mut table = Table { database, name: decode(&name), ..Table::default() };
        let there = self.find_exact(table.database.as_deref(), &table.name);
        if guarded && there.is_some_and(|t| !self.is_anothers(t)) {
            self.end_statement(end);
            return Ok(());
        }
        if words.take("like") || words.peek() == Token::Punct(b'(') && is_like(words) {
            let like = words.qualified().map(|(d, n)| (d.map(|d| decode(&d)), decode(&n)));
            let model = like.and_then(|(d, n)| self.find_table(d.as_deref(), &n));
            let Some(model) = model else {
                return self.reject_statement(None, "expected a table that is declared before, after LIKE".into());
            };
            table.columns.clone_from(&self.tables[model].columns);
            table.keys.clone_from(&self.tables[model].keys);
        } else if words.peek() == Token::Punct(b'(') {
            if let Err(expected) = read_body(words, &mut table, &decode) {
                return self.reject_statement(None, format!("expected {expected}"));
            }
        } else {
            table.filled_by = Some("its columns and rows come from a query that is not run (CREATE TABLE … SELECT)");
        }
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if let Some(there) = there {
            self.replace_table(there, table);
        } else {
            self.add_table(table);
        }
        self.end_statement(end);
        Ok(())
    }

    /// The same table a second time, after a DROP that left it empty or without one.
    fn replace_table(&mut self, there: usize, table: Table) {
        if self.is_anothers(there) {
            self.by_name.retain(|_, index| *index != there);
        } else if self.counters[there].records == 0 {
            self.forget(there);
        } else {
            self.flag(there, "is created a second time; the rows of both are kept apart");
            self.by_name.retain(|_, index| *index != there);
        }
        self.add_table(table);
    }

    fn drop_tables(&mut self, words: &mut Words) {
        let _ = words.take("if") && words.take("exists");
        let decode = self.decode();
        while let Some((database, name)) = words.qualified() {
            let database = database.map(|d| decode(&d));
            if let Some(table) = self.find_exact(database.as_deref(), &decode(&name)) {
                if self.is_anothers(table) {
                    self.by_name.retain(|_, index| *index != table);
                } else if self.counters[table].records == 0 {
                    self.forget(table);
                } else {
                    self.flag(table, "is dropped again by the script; its rows are kept");
                }
            }
            if !words.take_punct(b',') {
                break;
            }
        }
    }

    fn alter(&mut self, words: &mut Words) {
        let decode = self.decode();
        let Some((database, name)) = words.qualified() else { return };
        let database = database.map(|d| decode(&d));
        let Some(index) = self.find_table(database.as_deref(), &decode(&name)) else { return };
        let mut table = self.tables[index].clone();
        let before = definition(&table);
        let width = table.columns.len();
        read_alter(words, &mut table, &decode);
        table.settle_charsets(self.database_charset(table.database.as_deref()));
        if table.columns.len() > width && self.counters[index].records > 0 {
            self.flag(index, "gets columns after its rows were read");
        }
        let now = definition(&table);
        self.counters[index].auto_column = table.columns.iter().position(|c| c.def.auto_increment);
        self.tables[index] = table;
        if now != before {
            self.queue.push_back(Step::Changed(index, now));
        }
    }
}

/// `CREATE TABLE t (LIKE other)`.
fn is_like(words: &mut Words) -> bool {
    let mut ahead = words.clone();
    ahead.take_punct(b'(');
    if ahead.take("like") {
        *words = ahead;
        true
    } else {
        false
    }
}
