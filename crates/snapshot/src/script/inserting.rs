//! An `INSERT` up to its rows: which table they go to, and which columns.

use std::collections::HashSet;
use std::io::Read;

use super::insert::{Head, assignments, begins_row, count_values, head_end, named, read_head};
use super::lexer::Scan;
use super::rows::{Assigned, Refused};
use super::words::{Token, Words};
use super::{Dialect, Reading, Rows, Script};
use crate::event::{Result, ShareOf};

/// Why `INSERT … SELECT` and the like are rejects.
const NOT_RUN: &str = "VALUES with rows: this INSERT is not run";

impl<R: Read, D: Dialect> Script<R, D> {
    /// Goes on with the rows of an `INSERT` whose head is that of the last one.
    pub(super) fn repeats_head(&mut self) -> Result<bool> {
        if self.head.is_empty() {
            return Ok(false);
        }
        self.tape.at_least(self.head.len() + 1)?;
        // VALUE is the start of VALUES.
        let after = self.tape.rest().strip_prefix(self.head.as_slice());
        let ends = after.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric));
        let Some(rows) = self.target.clone().filter(|_| ends) else { return Ok(false) };
        self.tape.take(self.head.len(), ShareOf::Table(rows.table), 0);
        self.dialect.inserting(rows.table, &mut self.schema);
        self.reading = Reading::Rows(rows, true);
        Ok(true)
    }

    pub(super) fn read_insert(&mut self) -> Result<()> {
        let lex = self.dialect.lex();
        let end = loop {
            match head_end(self.tape.rest(), &lex, self.tape.eof()) {
                Scan::More if !self.tape.eof() => self.tape.more()?,
                Scan::Found(end) => break end,
                _ => return self.refuse_insert(None, NOT_RUN),
            }
        };
        let text = self.tape.rest()[..end].to_vec();
        let head = match read_head(&text, &lex) {
            Ok(head) => head,
            Err(expected) => return self.refuse_insert(Some(end), expected),
        };
        if head.table.last().is_some_and(|name| self.dialect.aside(name)) {
            return self.read_other();
        }
        if head.assigns {
            return self.read_assignments(end, head);
        }
        let found = self.schema.find(&head.table);
        let counts = |table: usize| self.dialect.counts_values(&self.schema.tables[table]);
        let counted = head.columns.is_none() && found.is_none_or(counts);
        let values = if counted { self.count_first_row(end)? } else { 0 };
        let table = found.unwrap_or_else(|| self.undeclared(&head, values));
        // Without a list, each INSERT may give another number of values.
        let same = head.columns.is_some() || !D::FEWER_VALUES || !counted;
        let rows = self.target(table, head, values);
        self.tape.take(end, ShareOf::Table(rows.table), 0);
        self.head = if same { text } else { Vec::new() };
        self.target = Some(rows.clone());
        self.reading = Reading::Rows(rows, true);
        Ok(())
    }

    /// Where the rows of an `INSERT` go.
    fn target(&mut self, table: usize, head: Head, values: usize) -> Rows {
        if head.resolving {
            self.dialect.resolving(table, false, &mut self.schema);
        }
        self.dialect.inserting(table, &mut self.schema);
        let (table, slots) = match &head.columns {
            Some(listed) => {
                let at = self.tape.here(0);
                self.dialect.listed(table, listed, at, &mut self.schema)
            }
            None => (table, self.dialect.unlisted(&self.schema.tables[table], values)),
        };
        self.listed = head.columns;
        Rows::new(table, slots, &self.dialect, &self.schema)
    }

    /// `INSERT … SET a = 1, b = 2`: one row.
    fn read_assignments(&mut self, end: usize, mut head: Head) -> Result<()> {
        let extent = self.extent()?;
        let at = self.tape.here(0);
        let statement = self.tape.rest()[..extent.text].to_vec();
        let lex = self.dialect.lex();
        let mut words = Words::new(&statement[end..], &lex);
        let Some(assignments) = assignments(&mut words) else {
            return self.refuse_insert(None, "assignments after SET");
        };
        let (names, values): (Vec<String>, Vec<Vec<u8>>) = assignments.into_iter().unzip();
        head.columns = Some(names);
        let table = self.schema.find(&head.table).unwrap_or_else(|| self.undeclared(&head, 0));
        let rows = self.target(table, head, 0);
        if words.peek() != Token::End {
            self.dialect.resolving(rows.table, true, &mut self.schema);
        }
        let row = [&b"("[..], &values.join(&b','), b")"].concat();
        self.tape.advance(extent.whole);
        self.reading = Reading::Assigned(rows, Assigned { row, statement, at });
        Ok(())
    }

    fn count_first_row(&mut self, from: usize) -> Result<usize> {
        loop {
            match count_values(&self.tape.rest()[from..], &self.dialect.lex()) {
                Scan::Found(values) => return Ok(values),
                Scan::More if !self.tape.eof() => self.tape.more()?,
                _ => return Ok(0),
            }
        }
    }

    /// Data without its tables: the columns are those listed, or as many as the first row has.
    fn undeclared(&mut self, head: &Head, values: usize) -> usize {
        let mut names = match &head.columns {
            Some(names) => names.clone(),
            None => (1..=values.max(1)).map(|n| format!("column_{n}")).collect(),
        };
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        self.schema.add_undeclared(&head.table, &names)
    }

    /// `INSERT … SELECT` and the like, and what cannot be read; `end`: its head ends here, and rows may follow it.
    fn refuse_insert(&mut self, end: Option<usize>, expected: &str) -> Result<()> {
        let reason = format!("expected {expected}");
        if let Some(end) = end.filter(|_| D::ROWS_READ_AGAIN)
            && self.rows_follow(end)?
        {
            let table = self.filled(end, "is filled by a statement that is not run");
            self.tape.advance(end);
            self.reading = Reading::Refused(Refused { table, reason, first: true });
            return Ok(());
        }
        let extent = self.extent()?;
        let table = self.filled(extent.text, "is filled by a statement that is not run (INSERT … SELECT)");
        if D::ROWS_READ_AGAIN {
            self.reject_statement(table, extent, reason);
        } else {
            self.reject_each(table, extent.whole, &reason, false);
        }
        Ok(())
    }

    /// The table that the refused `INSERT` at the front names.
    fn filled(&mut self, length: usize, why: &str) -> Option<usize> {
        let lex = self.dialect.lex();
        let text = &self.tape.rest()[..length];
        let parts =
            if D::ROWS_READ_AGAIN { named(text, &lex) } else { read_head(text, &lex).ok().map(|head| head.table) };
        let table = parts.and_then(|parts| self.schema.find(&parts))?;
        self.schema.flag(table, why);
        Some(table)
    }

    fn rows_follow(&mut self, end: usize) -> Result<bool> {
        loop {
            match begins_row(&self.tape.rest()[end..], &self.dialect.lex(), self.tape.eof()) {
                Scan::More if !self.tape.eof() => self.tape.more()?,
                scan => return Ok(matches!(scan, Scan::Found(_))),
            }
        }
    }
}
