//! The rows of a script, after an `INSERT` or in lines of their own, and what becomes of those that cannot be read.

use std::io::Read;

use super::insert::{begins_row, skip_broken_row, up_to_statement};
use super::lexer::{Lex, Piece, Scan, piece, skip_blank};
use super::noticed::Noticed;
use super::row::read_row;
use super::tables::Schema;
use super::{Dialect, Extent, Line, REJECTS, Reading, Rows, Script};
use crate::event::{Batch, NoteKind, Position, Result, ShareOf};

const CUT: &str = "the file ends inside this row";
const BETWEEN: &str = "expected a comma or the end of the INSERT between rows";

/// Words that a clause after the rows begins with: `ON CONFLICT …`, `AS new ON DUPLICATE …`, `RETURNING …`.
const CLAUSES: [&str; 3] = ["on", "as", "returning"];

/// Rejects that wait to be told at most, before the rows beside them are handed on.
const WAITING: usize = 256;

/// Why the rows of an `INSERT` cannot be placed. They are rejected one by one.
pub struct Refused {
    pub table: Option<usize>,
    pub reason: String,
    /// The next row needs no comma before it.
    pub first: bool,
}

/// `INSERT … SET a = 1, b = 2` as the row it stands for.
pub struct Assigned {
    /// `(1,2)`.
    pub row: Vec<u8>,
    /// The statement, and where it stands.
    pub statement: Vec<u8>,
    pub at: Position,
}

/// What stands after a row.
enum Next {
    Row,
    /// Neither a row nor the end.
    Broken,
    End,
}

impl<R: Read, D: Dialect> Script<R, D> {
    /// The rows of the running `INSERT` into the batch, until it is full or they end; false where it stays empty.
    pub(super) fn read_rows(&mut self, batch: &mut Batch, rows: Rows, mut first: bool) -> Result<bool> {
        let lex = self.dialect.lex();
        batch.start(rows.table, self.schema.tables[rows.table].columns.len());
        loop {
            match self.skip_to_row(&lex, &mut first)? {
                Next::Row => self.read_one_row(batch, &rows, &lex)?,
                Next::Broken if D::ROWS_READ_AGAIN => self.reject_row(Some(rows.table), &lex, BETWEEN)?,
                Next::Broken => {
                    self.give(&rows, batch.rows());
                    self.reject_rows_to_next_statement(rows.table, BETWEEN)?;
                    return Ok(!batch.is_empty());
                }
                Next::End => {
                    self.end_insert(Some(rows.table), first)?;
                    self.give(&rows, batch.rows());
                    return Ok(!batch.is_empty());
                }
            }
            first = false;
            if batch.is_full() || self.schema.queue.len() > WAITING {
                self.give(&rows, batch.rows());
                self.reading = Reading::Rows(rows, false);
                return Ok(!batch.is_empty());
            }
        }
    }

    /// What was stepped over belongs to the table, and so many of its rows end here.
    fn give(&mut self, rows: &Rows, count: usize) {
        self.tape.give(ShareOf::Table(rows.table), count as u64);
        self.schema.hold(rows.table, count as u64, &rows.left_out);
    }

    /// The row at the front into the batch, or among the rejects.
    #[inline]
    fn read_one_row(&mut self, batch: &mut Batch, rows: &Rows, lex: &Lex) -> Result<()> {
        loop {
            let mut noticed = Noticed::default();
            match self.read_values(None, batch, rows, lex, &mut noticed) {
                Scan::Found(length) => {
                    self.schema.settle(rows.table, batch, &noticed, &mut self.tape);
                    self.tape.advance(length);
                    return Ok(());
                }
                Scan::More if !self.tape.eof() => self.tape.more()?,
                Scan::Bad(expected) => return self.reject_row(Some(rows.table), lex, &format!("expected {expected}")),
                Scan::More => return self.reject_row(Some(rows.table), lex, CUT),
            }
        }
    }

    /// Reads `( … )` at the front, or an assigned row, into the batch.
    #[inline]
    fn read_values(
        &mut self,
        assigned: Option<&[u8]>,
        batch: &mut Batch,
        rows: &Rows,
        lex: &Lex,
        noticed: &mut Noticed,
    ) -> Scan<usize> {
        let Schema { tables, encoded, types, .. } = &mut self.schema;
        let mut server = self.dialect.values(lex, *types, encoded);
        let row = assigned.unwrap_or(self.tape.rest());
        read_row(row, &tables[rows.table].columns, &rows.slots, &mut server, batch, &mut self.spare, noticed)
    }

    /// The one row of an `INSERT … SET` into the batch, or among the rejects; false where the batch stays empty.
    pub(super) fn read_assigned(&mut self, batch: &mut Batch, rows: &Rows, assigned: Assigned) -> bool {
        let lex = self.dialect.lex();
        batch.start(rows.table, self.schema.tables[rows.table].columns.len());
        let mut noticed = Noticed::default();
        let scan = self.read_values(Some(&assigned.row), batch, rows, &lex, &mut noticed);
        if let Scan::Found(_) = scan {
            self.schema.settle(rows.table, batch, &noticed, &mut self.tape);
            self.give(rows, 1);
            return true;
        }
        self.schema.tables[rows.table].records += 1;
        self.tape.give_class(REJECTS, 1);
        let record = self.schema.tables[rows.table].records;
        let why = if let Scan::Bad(expected) = scan { expected } else { "a value" };
        let kind = NoteKind::Reject { raw: assigned.statement, reason: format!("expected {why}") };
        self.schema.note(Some(rows.table), Position { record, ..assigned.at }, kind);
        false
    }

    /// Rejects the rows of an `INSERT` that cannot be placed, one by one.
    pub(super) fn reject_rows(&mut self, mut refused: Refused) -> Result<()> {
        let lex = self.dialect.lex();
        loop {
            if let Next::End = self.skip_to_row(&lex, &mut refused.first)? {
                self.end_insert(refused.table, refused.first)?;
                match refused.table {
                    Some(table) => self.tape.give(ShareOf::Table(table), 0),
                    None => self.tape.give_class("INSERT", 1),
                }
                return Ok(());
            }
            self.reject_row(refused.table, &lex, &refused.reason)?;
            refused.first = false;
            if self.schema.queue.len() > WAITING {
                self.reading = Reading::Refused(refused);
                return Ok(());
            }
        }
    }

    /// Steps over what stands between rows. `first`: no comma is expected, which then is so after one.
    fn skip_to_row(&mut self, lex: &Lex, first: &mut bool) -> Result<Next> {
        loop {
            // The usual case first: `,(` right after a row.
            if !*first && self.tape.rest().starts_with(b",(") {
                self.tape.advance(1);
                // Should the row not be whole yet, it is still the one after the comma.
                *first = true;
                return Ok(Next::Row);
            }
            let eof = self.tape.eof();
            let rest = self.tape.rest();
            let blank = match skip_blank(rest, lex, eof) {
                Scan::Found(blank) => blank,
                _ if eof => rest.len(),
                _ => {
                    self.tape.more()?;
                    continue;
                }
            };
            match rest.get(blank) {
                Some(b',') if !*first => {
                    self.tape.advance(blank + 1);
                    *first = true;
                }
                None if !eof => self.tape.more()?,
                _ => match begins_row(&rest[blank..], lex, eof) {
                    Scan::Found(length) if *first => {
                        self.tape.advance(blank + length);
                        return Ok(Next::Row);
                    }
                    Scan::More if *first && !eof => self.tape.more()?,
                    _ => {
                        self.tape.advance(blank);
                        return self.after_last_row(*first);
                    }
                },
            }
        }
    }

    /// Where no row follows: the end, `ON CONFLICT …;`, the next statement where the server needs no `;` or rows were
    /// broken, or what does not belong there.
    fn after_last_row(&mut self, wants_row: bool) -> Result<Next> {
        self.tape.at_least(64)?;
        let ends = self.tape.rest().is_empty()
            || self.tape.rest().starts_with(self.dialect.terminator())
            || self.first_word(&CLAUSES)?
            || (D::ROWS_READ_AGAIN || !wants_row) && self.dialect.may_follow(self.tape.rest());
        Ok(if ends { Next::End } else { Next::Broken })
    }

    fn end_insert(&mut self, table: Option<usize>, wants_row: bool) -> Result<()> {
        let terminator = self.dialect.terminator();
        if self.tape.rest().starts_with(terminator) {
            self.tape.advance(terminator.len());
        } else if self.first_word(&CLAUSES)? {
            let extent = self.extent()?;
            self.tape.advance(extent.whole);
            if let Some(table) = table {
                self.dialect.resolving(table, true, &mut self.schema);
            }
        } else if self.tape.rest().is_empty() && (wants_row || D::SEMICOLONS) {
            let at = self.tape.here(0);
            self.schema.warn(table, at, "the file ends inside an INSERT: rows may be missing after it");
        }
        Ok(())
    }

    /// The lines of rows after a statement, until the batch is full or they end.
    pub(super) fn read_lines(&mut self, batch: &mut Batch, rows: Rows) -> Result<bool> {
        batch.start(rows.table, self.schema.tables[rows.table].columns.len());
        loop {
            let Scan::Found(length) = self.dialect.line_end(self.tape.rest(), self.tape.eof()) else {
                self.tape.more()?;
                continue;
            };
            if length == 0 {
                let at = self.tape.here(0);
                let text = "the file ends inside the rows of this table: rows may be missing after it";
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
        self.schema.reject(&mut self.tape, table, Extent { text: length, whole: length }, reason);
    }

    /// Makes a reject of a whole statement.
    pub(super) fn reject_statement(&mut self, table: Option<usize>, extent: Extent, reason: String) {
        let text = if D::ROWS_READ_AGAIN { extent.text } else { extent.whole };
        self.schema.reject(&mut self.tape, table, Extent { text, ..extent }, reason);
    }

    /// What stands at the front, up to where a row may end, becomes a reject.
    fn reject_row(&mut self, table: Option<usize>, lex: &Lex, reason: &str) -> Result<()> {
        let length = loop {
            match skip_broken_row(self.tape.rest(), lex, D::OPENERS, self.tape.eof()) {
                Scan::Found(length) => break length,
                _ => self.tape.more()?,
            }
        };
        self.reject(table, length, reason.to_owned());
        Ok(())
    }

    /// Gives up on what stands here, up to the next line that begins a statement.
    pub(super) fn reject_to_next_statement(&mut self, table: Option<usize>, expected: &str) -> Result<()> {
        let length = up_to_statement(&mut self.tape, D::OPENERS)?;
        self.reject(table, length, format!("expected {expected}"));
        Ok(())
    }

    /// The same within an `INSERT`: a reject for each of its rows.
    fn reject_rows_to_next_statement(&mut self, table: usize, reason: &str) -> Result<()> {
        let length = up_to_statement(&mut self.tape, D::OPENERS)?;
        self.reject_each(Some(table), length, reason, true);
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

/// Where the rows of an `INSERT` end, its last one with all that follows: `(…), (…)` after `VALUES`, or `SELECT … UNION
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
