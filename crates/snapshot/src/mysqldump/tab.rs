//! Rows as `mysqldump --tab` writes them beside the file that declares their table: fields between tabs, a line a row,
//! a backslash before what would be taken for either, `\N` for NULL.
//! https://dev.mysql.com/doc/refman/8.4/en/load-data.html

use std::io::Read;

use memchr::{memchr2, memchr3};

use super::column::Column;
use super::insert::Noticed;
use super::lexer::Scan;
use super::session::Settings;
use super::value::{Stored, finish_string};
use super::{FileState, Mysqldump};
use crate::event::{Batch, NoteKind, Result};
use crate::input::Input;

/// The rows of one table, as they go on.
pub struct TabRows {
    table: usize,
    /// Columns that have a field, in order; generated ones may have none.
    columns: Vec<usize>,
}

impl<R: Read> Mysqldump<R> {
    /// Reads the rows of the table that the file just read declares; false where it declares none, or several.
    pub fn go_on_with_rows(&mut self, inner: R) -> bool {
        let first = self.file.first_table;
        let there: Vec<usize> = self.by_name.values().copied().filter(|t| *t >= first).collect();
        let [table] = there[..] else { return false };
        self.input = Input::new(inner);
        // Unless another set was asked for, the rows are written as they are stored: each column in its own.
        let names = self.file.names.take().filter(|n| !n.starts_with("utf8"));
        self.settings = Settings::default();
        self.settings.speak(names.as_deref().unwrap_or("binary"));
        self.file = FileState { started: true, first_table: first, ..FileState::default() };
        self.file.tab = Some(TabRows { table, columns: Vec::new() });
        true
    }

    /// Rows into the batch, until it is full or the file ends; false where there is none left.
    pub(super) fn read_tab_rows(&mut self, batch: &mut Batch, rows: &mut TabRows) -> Result<bool> {
        let width = self.tables[rows.table].columns.len();
        batch.start(rows.table, width);
        while !batch.is_full() {
            let (length, fields) = loop {
                match line(self.input.rest(), self.input.eof()) {
                    Scan::Found(found) => break found,
                    _ => self.input.more()?,
                }
            };
            if length == 0 {
                break;
            }
            if rows.columns.len() != fields && !self.lay_out(rows, fields) {
                self.reject_line(rows.table, length, "as many fields as the table has columns");
                continue;
            }
            let mut noticed = Noticed::default();
            let columns = &self.tables[rows.table].columns;
            store_line(&self.input.rest()[..length], columns, &rows.columns, &self.settings, batch, &mut noticed);
            self.counters[rows.table].records += 1;
            for what in &noticed.odd {
                self.count_odd(rows.table, what);
            }
            self.input.advance(length);
        }
        self.account_rows(rows.table, batch.rows());
        Ok(!batch.is_empty())
    }

    /// All columns have a field, or all but the generated ones.
    fn lay_out(&mut self, rows: &mut TabRows, fields: usize) -> bool {
        let columns = &self.tables[rows.table].columns;
        let stored = (0..columns.len()).filter(|i| !columns[*i].def.generated);
        rows.columns = if fields == columns.len() { (0..fields).collect() } else { stored.collect() };
        rows.columns.len() == fields
    }

    fn reject_line(&mut self, table: usize, length: usize, expected: &str) {
        self.account_rows(table, 0);
        self.counters[table].records += 1;
        let at = self.here(self.counters[table].records);
        let raw = self.input.rest()[..length].to_vec();
        self.input.advance(length);
        self.account_reject();
        self.note(Some(table), at, NoteKind::Reject { raw, reason: format!("expected {expected}") });
    }
}

/// Length of the line at the start of `buf`, its end included, and how many fields it has.
fn line(buf: &[u8], eof: bool) -> Scan<(usize, usize)> {
    let (mut at, mut fields) = (0, 1);
    while let Some(n) = memchr3(b'\n', b'\t', b'\\', &buf[at..]) {
        at += n + 1;
        match buf[at - 1] {
            b'\n' => return Scan::Found((at, fields)),
            b'\t' => fields += 1,
            _ => at = (at + 1).min(buf.len()),
        }
    }
    if eof { Scan::Found((buf.len(), fields)) } else { Scan::More }
}

fn store_line(
    line: &[u8],
    columns: &[Column],
    with_field: &[usize],
    settings: &Settings,
    batch: &mut Batch,
    noticed: &mut Noticed,
) {
    let mut rest = line.strip_suffix(b"\n").unwrap_or(line);
    // The last byte of the file may be an escaped line end.
    if rest.len() < line.len() && rest.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1 {
        rest = line;
    }
    let mut fields = with_field.iter().peekable();
    for (index, column) in columns.iter().enumerate() {
        if fields.next_if_eq(&&index).is_none() {
            batch.push_null();
            continue;
        }
        let start = batch.data().len();
        let (length, null) = unescape_field(rest, batch.data());
        rest = rest.get(length + 1..).unwrap_or_default();
        if null {
            batch.data().truncate(start);
            batch.push_null();
        } else if let Stored::Odd(what) = finish_string(column, settings.spoken(column), start, batch) {
            noticed.odd.push(what);
        }
    }
}

/// Appends what the field at the start of `buf` holds; answers its length there and whether it is NULL.
fn unescape_field(buf: &[u8], out: &mut Vec<u8>) -> (usize, bool) {
    let mut at = 0;
    while let Some(n) = memchr2(b'\t', b'\\', &buf[at..]) {
        out.extend_from_slice(&buf[at..at + n]);
        at += n;
        if buf[at] == b'\t' {
            return (at, &buf[..at] == b"\\N");
        }
        match buf.get(at + 1) {
            Some(b'0') => out.push(0),
            Some(b'b') => out.push(8),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'Z') => out.push(0x1a),
            Some(other) => out.push(*other),
            None => {}
        }
        at = (at + 2).min(buf.len());
    }
    out.extend_from_slice(&buf[at..]);
    (buf.len(), buf == b"\\N")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CellRef, Reader, Step};

    /// The rows of `text` under the declaration, a cell printed as its bytes.
    fn rows(declaration: &str, text: &[u8], chunk: usize) -> (Vec<String>, usize) {
        let mut reader = Mysqldump::new(declaration.as_bytes());
        let mut batch = Batch::default();
        while reader.next(&mut batch).unwrap() != Step::End {}
        assert!(reader.go_on_with_rows(text));
        reader.input.set_chunk(chunk);
        let (mut told, mut rejects) = (Vec::new(), 0);
        loop {
            match reader.next(&mut batch).unwrap() {
                Step::End => break,
                Step::Rows => told.extend((0..batch.rows()).map(|row| {
                    let cell = |cell| match cell {
                        CellRef::Null => "NULL".to_owned(),
                        CellRef::Integer(i) => i.to_string(),
                        CellRef::Text(t) => format!("{:?}", String::from_utf8_lossy(t)),
                        CellRef::Bytes(b) => format!("{b:02x?}"),
                    };
                    batch.row(row).map(cell).collect::<Vec<_>>().join(" ")
                })),
                Step::Note(note) => rejects += usize::from(matches!(note.kind, NoteKind::Reject { .. })),
                other => panic!("{other:?}"),
            }
        }
        let shares: u64 = reader.shares().iter().map(|s| s.bytes).sum();
        assert_eq!(shares, text.len() as u64, "every byte has an owner");
        (told, rejects)
    }

    #[test]
    fn rows_beside_their_declaration_are_as_the_server_holds_them() {
        let declaration = "SET NAMES utf8mb4; CREATE TABLE t (id int, flag bit(2), note varchar(20), pic blob,
            twice int GENERATED ALWAYS AS (id * 2) VIRTUAL) DEFAULT CHARSET=latin1;";
        let text = b"1\t\\0\ta\\\tb\\\nc\\\\\t\\0\\Z\xff\n2\t\\N\t\\N\t\\N\n3\t\x03\tZo\xeb\t\n4\tx\n5\t\x01\t\\N\tend";
        let expected = [
            r#"1 0 "a\tb\nc\\" [00, 1a, ff] NULL"#,
            "2 NULL NULL NULL NULL",
            r#"3 3 "Zoë" [] NULL"#,
            "5 1 NULL [65, 6e, 64] NULL",
        ];
        for chunk in [1, 2, 7, 4096] {
            assert_eq!(rows(declaration, text, chunk), (expected.map(str::to_owned).to_vec(), 1), "{chunk}");
        }
    }
}
