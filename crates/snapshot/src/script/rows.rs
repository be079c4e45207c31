//! The rows of a script, behind an `INSERT` or in lines of their own, and what becomes of those that cannot be read.

use std::io::Read;

use super::insert::{skip_broken_row, up_to_statement};
use super::lexer::{Lex, Piece, Scan, piece, skip_blank};
use super::noticed::Noticed;
use super::row::read_row;
use super::tables::Schema;
use super::value::Typed;
use super::{Dialect, Line, REJECTS, Reading, Rows, Script};
use crate::event::{Batch, NoteKind, Result, ShareOf};

const CUT: &str = "the file ends inside this row";

impl<R: Read, D: Dialect> Script<R, D> {
    /// The rows of the running `INSERT` into the batch, until it is full or they end.
    pub(super) fn read_rows(&mut self, batch: &mut Batch, rows: Rows, mut first: bool) -> Result<bool> {
        let lex = self.dialect.lex();
        batch.start(rows.table, self.schema.tables[rows.table].columns.len());
        loop {
            if !self.skip_to_row(&rows, &lex, first)? {
                return Ok(!batch.is_empty());
            }
            match self.read_one(&rows, &lex, batch) {
                (Scan::Found(length), noticed) => {
                    self.schema.settle(rows.table, batch, &noticed, &mut self.tape);
                    self.tape.take(length, ShareOf::Table(rows.table), 1);
                }
                (Scan::More, _) if !self.tape.eof() => {
                    self.tape.more()?;
                    first = true;
                    continue;
                }
                (scan, _) => self.reject_row(&rows, &lex, &scan)?,
            }
            first = false;
            if batch.is_full() {
                self.reading = Reading::Rows(rows, false);
                return Ok(true);
            }
        }
    }

    pub(super) fn read_one(&mut self, rows: &Rows, lex: &Lex, batch: &mut Batch) -> (Scan<usize>, Noticed) {
        let mut noticed = Noticed::default();
        let Schema { tables, encoded, types, .. } = &mut self.schema;
        let mut server = Typed { lex, types: *types, encoded };
        let columns = &tables[rows.table].columns;
        let spare = &mut self.spare;
        let scan = read_row(self.tape.rest(), columns, &rows.slots, &mut server, batch, spare, &mut noticed);
        (scan, noticed)
    }

    /// Steps over what stands between rows; false where the `INSERT` ends.
    pub(super) fn skip_to_row(&mut self, rows: &Rows, lex: &Lex, mut first: bool) -> Result<bool> {
        let share = ShareOf::Table(rows.table);
        loop {
            let Scan::Found(blank) = skip_blank(self.tape.rest(), lex, self.tape.eof()) else {
                self.tape.more()?;
                continue;
            };
            match self.tape.rest().get(blank) {
                Some(b',') if !first => {
                    self.tape.take(blank + 1, share.clone(), 0);
                    first = true;
                }
                Some(b'(') if first => {
                    self.tape.take(blank, share, 0);
                    return Ok(true);
                }
                None if !self.tape.eof() => self.tape.more()?,
                _ => {
                    self.tape.take(blank, share, 0);
                    self.end_insert(rows.table, first)?;
                    return Ok(false);
                }
            }
        }
    }

    /// `;`, or `ON CONFLICT …;`, or the next statement where the server needs no `;` or rows were broken.
    pub(super) fn end_insert(&mut self, table: usize, wants_row: bool) -> Result<()> {
        self.tape.at_least(64)?;
        let rest = self.tape.rest();
        if rest.starts_with(b";") {
            self.tape.take(1, ShareOf::Table(table), 0);
        } else if self.first_word(&["on", "returning"])? {
            let extent = self.extent()?;
            self.tape.take(extent.whole, ShareOf::Table(table), 0);
            self.schema.flag(table, "rows that collide on a key would be resolved by the server; all are kept");
        } else if self.tape.rest().is_empty() {
            let at = self.tape.here(0);
            if wants_row || D::SEMICOLONS {
                self.schema.warn(Some(table), at, "the file ends inside an INSERT: rows may be missing behind it");
            }
        } else if wants_row || !self.dialect.may_follow(self.tape.rest()) {
            self.reject_rows_to_next_statement(table, "a comma or the end of the INSERT between rows")?;
        }
        Ok(())
    }

    /// The lines of rows behind a statement, until the batch is full or they end.
    pub(super) fn read_lines(&mut self, batch: &mut Batch, rows: Rows) -> Result<bool> {
        batch.start(rows.table, self.schema.tables[rows.table].columns.len());
        loop {
            let Scan::Found(length) = self.dialect.line_end(self.tape.rest(), self.tape.eof()) else {
                self.tape.more()?;
                continue;
            };
            if length == 0 {
                let at = self.tape.here(0);
                let text = "the file ends inside the rows of this table: rows may be missing behind it";
                self.schema.warn(Some(rows.table), at, text);
                return Ok(!batch.is_empty());
            }
            let whole = self.tape.rest()[..length].ends_with(b"\n");
            let mark = batch.mark();
            match self.dialect.read_line(&self.tape.rest()[..length], &rows, &mut self.schema, batch) {
                Line::End => {
                    self.tape.take(length, ShareOf::Table(rows.table), 0);
                    return Ok(!batch.is_empty());
                }
                Line::Row if whole => {
                    self.schema.tables[rows.table].records += 1;
                    self.tape.take(length, ShareOf::Table(rows.table), 1);
                }
                line => {
                    batch.rewind(mark);
                    let reason = match line {
                        Line::Bad(expected) if whole => format!("expected {expected}"),
                        _ => CUT.to_owned(),
                    };
                    self.reject(Some(rows.table), length, reason);
                }
            }
            if batch.is_full() {
                self.reading = Reading::Lines(rows);
                return Ok(true);
            }
        }
    }

    /// Makes a reject of the first bytes.
    pub(super) fn reject(&mut self, table: Option<usize>, length: usize, reason: String) {
        let record = table.map_or(0, |table| {
            self.schema.tables[table].records += 1;
            self.schema.tables[table].records
        });
        let at = self.tape.here(record);
        let raw = self.tape.rest()[..length].to_vec();
        self.tape.class(length, REJECTS, 1);
        self.schema.note(table, at, NoteKind::Reject { raw, reason });
    }

    pub(super) fn reject_row(&mut self, rows: &Rows, lex: &Lex, scan: &Scan<usize>) -> Result<()> {
        let length = loop {
            match skip_broken_row(self.tape.rest(), lex, D::OPENERS, self.tape.eof()) {
                Scan::Found(length) => break length,
                _ => self.tape.more()?,
            }
        };
        let reason = match scan {
            Scan::Bad(expected) => format!("expected {expected}"),
            _ => CUT.to_owned(),
        };
        self.reject(Some(rows.table), length, reason);
        Ok(())
    }

    /// Gives up on what stands here, up to the next line that begins a statement.
    pub(super) fn reject_to_next_statement(&mut self, table: Option<usize>, expected: &str) -> Result<()> {
        let length = up_to_statement(&mut self.tape, D::OPENERS)?;
        self.reject(table, length, format!("expected {expected}"));
        Ok(())
    }

    /// The same within an `INSERT`: a reject for each of its rows.
    pub(super) fn reject_rows_to_next_statement(&mut self, table: usize, expected: &str) -> Result<()> {
        let length = up_to_statement(&mut self.tape, D::OPENERS)?;
        self.reject_each(Some(table), length, &format!("expected {expected}"), true);
        Ok(())
    }

    /// Makes rejects of the first bytes, which are an `INSERT` or (`within`) some of its rows: one for each row.
    pub(super) fn reject_each(&mut self, table: Option<usize>, length: usize, reason: &str, within: bool) {
        let ends = row_ends(&self.tape.rest()[..length], &self.dialect.lex(), within);
        let mut done = 0;
        for end in ends {
            self.reject(table, end - done, reason.to_owned());
            done = end;
        }
        if length > done {
            self.reject(table, length - done, reason.to_owned());
        }
    }
}

/// Where the rows of an `INSERT` end, its last one with all that follows: `(…), (…)` behind `VALUES`, or `SELECT … UNION
/// ALL SELECT …` of values alone. Empty where it has one row or what it has cannot be told.
fn row_ends(text: &[u8], lex: &Lex, within: bool) -> Vec<usize> {
    let (mut at, mut depth, mut values, mut selects, mut from) = (0, 0_usize, within, false, false);
    let (mut closed, mut unions) = (Vec::new(), Vec::new());
    while at < text.len() {
        let Scan::Found((kind, length)) = piece(&text[at..], lex, true) else { break };
        let is = |word: &str| kind == Piece::Word && text[at..at + length].eq_ignore_ascii_case(word.as_bytes());
        match kind {
            Piece::Sign(b'(') => depth += 1,
            Piece::Sign(b')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 && values {
                    closed.push(at + length);
                }
            }
            _ if depth > 0 => {}
            _ if is("values") => (values, closed) = (true, Vec::new()),
            _ if is("select") => selects = true,
            _ if is("from") => from = true,
            _ if is("union") => unions.push(at),
            _ => {}
        }
        at += length;
    }
    let mut ends = if selects && !from && !unions.is_empty() {
        unions
    } else {
        closed.pop();
        closed
    };
    if !ends.is_empty() {
        ends.push(text.len());
    }
    ends
}
