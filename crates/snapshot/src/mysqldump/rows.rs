//! The rows of a running `INSERT`: one after the other into the batch, and past those that cannot be read.

use std::io::Read;

use super::dump::Mysqldump;
use super::insert::{OPENERS, OnlyRow, Rows, Unplaced};
use crate::event::{Batch, NoteKind, Result, ShareOf};
use crate::script::REJECTS;
use crate::script::insert::{skip_broken_row, starts_statement, up_to_statement};
use crate::script::lexer::Scan;
use crate::script::lexer::mysql::skip_blank;
use crate::script::noticed::Noticed;
use crate::script::row::read_row;

/// Rejects that wait to be told at most, before the rows beside them are handed on.
const WAITING: usize = 256;

/// What stands behind a row.
enum Behind {
    Row,
    /// Neither a row nor the end.
    Broken,
    End,
}

impl<R: Read> Mysqldump<R> {
    /// The rows of the running `INSERT` into the batch, until it is full or they end; false where it stays empty.
    pub(super) fn read_rows(&mut self, batch: &mut Batch, mut rows: Rows) -> Result<bool> {
        let width = self.schema.tables[rows.table].columns.len();
        batch.start(rows.table, width);
        if let Some(only) = rows.only.take() {
            self.read_only_row(batch, &rows, only);
            return Ok(!batch.is_empty());
        }
        loop {
            match self.skip_to_row(&mut rows.first)? {
                Behind::Row => self.read_one_row(batch, &rows)?,
                Behind::Broken => self.reject_row(Some(rows.table), BETWEEN)?,
                Behind::End => {
                    self.end_insert(Some(rows.table))?;
                    self.rows_taken(&rows, batch.rows());
                    return Ok(!batch.is_empty());
                }
            }
            rows.first = false;
            if batch.is_full() || self.schema.queue.len() > WAITING {
                self.rows_taken(&rows, batch.rows());
                self.rows = Some(rows);
                return Ok(!batch.is_empty());
            }
        }
    }

    /// The row at the front into the batch, or among the rejects.
    #[inline]
    fn read_one_row(&mut self, batch: &mut Batch, rows: &Rows) -> Result<()> {
        let mark = batch.mark();
        loop {
            let mut noticed = Noticed::default();
            let columns = &self.schema.tables[rows.table].columns;
            let buf = self.tape.rest();
            match read_row(buf, columns, &rows.slots, &mut &self.settings, batch, &mut self.spare, &mut noticed) {
                Scan::Found(length) => {
                    self.schema.settle(rows.table, batch, &noticed, &mut self.tape);
                    self.tape.advance(length);
                    return Ok(());
                }
                Scan::More if !self.tape.eof() => {
                    batch.rewind(mark);
                    self.tape.more()?;
                }
                Scan::Bad(expected) => {
                    batch.rewind(mark);
                    return self.reject_row(Some(rows.table), &format!("expected {expected}"));
                }
                Scan::More => {
                    batch.rewind(mark);
                    return self.reject_row(Some(rows.table), "the file ends inside this row");
                }
            }
        }
    }

    fn read_only_row(&mut self, batch: &mut Batch, rows: &Rows, only: OnlyRow) {
        let width = self.schema.tables[rows.table].columns.len();
        let mut noticed = Noticed::default();
        let columns = &self.schema.tables[rows.table].columns;
        match read_row(&only.row, columns, &rows.slots, &mut &self.settings, batch, &mut self.spare, &mut noticed) {
            Scan::Found(_) => {
                self.schema.settle(rows.table, batch, &noticed, &mut self.tape);
                self.rows_taken(rows, 1);
            }
            scan => {
                batch.start(rows.table, width);
                self.schema.tables[rows.table].records += 1;
                self.tape.give_class(REJECTS, 1);
                let why = if let Scan::Bad(expected) = scan { expected } else { "a value" };
                let kind = NoteKind::Reject { raw: only.statement, reason: format!("expected {why}") };
                self.schema.note(Some(rows.table), only.at, kind);
            }
        }
    }

    /// Rejects the rows of an `INSERT` that cannot be placed, one by one.
    pub(super) fn reject_rows(&mut self, mut rows: Unplaced) -> Result<()> {
        loop {
            if let Behind::End = self.skip_to_row(&mut rows.first)? {
                self.end_insert(rows.table)?;
                match rows.table {
                    Some(table) => self.tape.give(ShareOf::Table(table), 0),
                    None => self.tape.give_class("INSERT", 1),
                }
                return Ok(());
            }
            self.reject_row(rows.table, &rows.reason)?;
            rows.first = false;
            if self.schema.queue.len() > WAITING {
                self.unplaced = Some(rows);
                return Ok(());
            }
        }
    }

    /// Steps over what stands between rows. `first`: no comma is expected, which then is so behind one.
    fn skip_to_row(&mut self, first: &mut bool) -> Result<Behind> {
        loop {
            let eof = self.tape.eof();
            let rest = self.tape.rest();
            // The usual case first: `,(` right behind a row.
            if !*first && rest.starts_with(b",(") {
                self.tape.advance(1);
                // Should the row not be whole yet, it is still the one behind the comma.
                *first = true;
                return Ok(Behind::Row);
            }
            let blank = match skip_blank(rest, eof) {
                Scan::Found(n) => n,
                _ if eof => rest.len(),
                _ => {
                    self.tape.more()?;
                    continue;
                }
            };
            match rest.get(blank).copied() {
                Some(b',') if !*first => {
                    self.tape.advance(blank + 1);
                    *first = true;
                }
                Some(b'(') if *first => {
                    self.tape.advance(blank);
                    return Ok(Behind::Row);
                }
                // VALUES ROW(1), ROW(2)
                Some(b'r' | b'R') if *first && rest.len() - blank < 8 && !eof => self.tape.more()?,
                Some(b'r' | b'R') if *first && is_row_word(&rest[blank..]) => self.tape.advance(blank + 3),
                None if !eof => self.tape.more()?,
                _ => {
                    self.tape.advance(blank);
                    return self.behind_last_row();
                }
            }
        }
    }

    /// Where no row follows: `;`, `ON DUPLICATE KEY UPDATE …;`, the next statement, or what does not belong there.
    fn behind_last_row(&mut self) -> Result<Behind> {
        self.tape.at_least(32)?;
        let rest = self.tape.rest();
        let ends =
            rest.is_empty() || rest.starts_with(&self.delimiter) || is_clause(rest) || starts_statement(rest, OPENERS);
        Ok(if ends { Behind::End } else { Behind::Broken })
    }

    fn end_insert(&mut self, table: Option<usize>) -> Result<()> {
        let rest = self.tape.rest();
        if rest.starts_with(&self.delimiter) {
            self.tape.advance(self.delimiter.len());
        } else if is_clause(rest) {
            let end = self.whole_statement()?;
            self.tape.advance((end + self.delimiter.len()).min(self.tape.rest().len()));
            if let Some(table) = table {
                self.schema.flag(table, "rows are inserted with ON DUPLICATE KEY UPDATE");
            }
        } else if rest.is_empty() {
            let at = self.tape.here(0);
            self.schema.warn(table, at, "the file ends inside an INSERT: rows may be missing behind it");
        }
        Ok(())
    }

    /// Gives up on what stands here, up to the next line that begins a statement.
    pub(super) fn reject_to_next_statement(&mut self, table: Option<usize>, expected: &str) -> Result<()> {
        let length = up_to_statement(&mut self.tape, OPENERS)?;
        self.reject(table, length, length, format!("expected {expected}"));
        Ok(())
    }

    /// What stands at the front, up to where a row may end, becomes a reject.
    fn reject_row(&mut self, table: Option<usize>, reason: &str) -> Result<()> {
        let length = loop {
            match skip_broken_row(self.tape.rest(), &self.settings.lex(), OPENERS, self.tape.eof()) {
                Scan::Found(n) => break n,
                _ => self.tape.more()?,
            }
        };
        self.reject(table, length, length, reason.to_owned());
        Ok(())
    }
}

const BETWEEN: &str = "expected a comma or the end of the INSERT between rows";

/// `ROW(`.
fn is_row_word(rest: &[u8]) -> bool {
    rest[..3.min(rest.len())].eq_ignore_ascii_case(b"row")
        && rest[3.min(rest.len())..].trim_ascii_start().starts_with(b"(")
}

/// `ON DUPLICATE KEY UPDATE …`, `AS new ON …`, `RETURNING …`.
fn is_clause(rest: &[u8]) -> bool {
    let begins = |word: &[u8]| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word);
    begins(b"on duplicate") || begins(b"on ") || begins(b"as ") || begins(b"returning ")
}
