//! `COPY table (columns) FROM stdin;` and the lines after it:
//! <https://www.postgresql.org/docs/current/sql-copy.html>, text format.

use memchr::memchr_iter;

use super::value::{escapes, settle_copied};
use crate::event::{Batch, Position};
use crate::script::column::Column;
use crate::script::lexer::Scan;
use crate::script::slots::{Slots, listed_slots};
use crate::script::tables::Schema;
use crate::script::value::Stored;
use crate::script::words::{Token, Words};
use crate::script::{Followed, Line, LineForm, Rows};

/// Follows the statement, after the word `COPY`.
pub fn copy(words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
    if words.take("binary") {
        return Followed::Refused("expected COPY of text: a binary copy cannot stand in a script".into());
    }
    let Some(parts) = words.qualified() else {
        return Followed::Refused("expected a table's name after COPY".into());
    };
    let listed = (words.peek() == Token::Sign(b'(')).then(|| words.name_list());
    if !(words.take("from") && words.take("stdin")) {
        schema.statement(at, "COPY", parts.last().cloned());
        return Followed::Class("COPY".into());
    }
    let form = line_form(words);
    let table = match (schema.find(&parts), &listed) {
        (Some(table), _) => table,
        (None, Some(names)) => schema.add_undeclared(&parts, names),
        (None, None) => {
            let table = schema.add_undeclared(&parts, &[]);
            let form = LineForm { unread: Some("a table that is declared before, or a list of columns"), ..form };
            return Followed::Lines(Rows { table, slots: Slots::new(Vec::new(), 0), left_out: Vec::new(), form });
        }
    };
    let (table, slots) = if let Some(listed) = listed {
        listed_slots(schema, table, &listed, at)
    } else {
        let columns = &schema.tables[table].columns;
        let order = (0..columns.len()).filter(|i| !columns[*i].def.generated).collect();
        (table, Slots::new(order, columns.len()))
    };
    Followed::Lines(Rows { table, slots, left_out: Vec::new(), form })
}

/// `WITH (DELIMITER '|', NULL '')`, `DELIMITERS ','`, `CSV`.
fn line_form(words: &mut Words) -> LineForm {
    let mut form = LineForm { delimiter: b'\t', null: b"\\N".to_vec(), unread: None };
    loop {
        let token = words.next();
        if token == Token::End {
            return form;
        }
        if token.is_one_of(&["csv", "binary"]) {
            form.unread = Some("rows in text format: this COPY has another one");
        }
        let delimiter = token.is_one_of(&["delimiter", "delimiters"]);
        if !delimiter && !token.is_word("null") {
            continue;
        }
        words.take("as");
        let Token::Text(raw) = words.next() else { continue };
        let mut text = Vec::new();
        let start = usize::from(raw[0] != b'\'') + 1;
        escapes(raw.get(start..raw.len() - 1).unwrap_or_default(), true, &mut text);
        match text.first() {
            Some(&byte) if delimiter => form.delimiter = byte,
            _ if !delimiter => form.null = raw.get(start..raw.len() - 1).unwrap_or_default().to_vec(),
            _ => {}
        }
    }
}

/// Length of the line at the start. A line break after a backslash belongs to the value: servers before 7.2 wrote so.
pub fn line_end(buf: &[u8], eof: bool) -> Scan<usize> {
    for end in memchr_iter(b'\n', buf) {
        let slashes = buf[..end].iter().rev().take_while(|b| **b == b'\\').count();
        if slashes % 2 == 0 {
            return Scan::Found(end + 1);
        }
    }
    if eof { Scan::Found(buf.len()) } else { Scan::More }
}

/// Reads a line into the batch.
pub fn read_line(line: &[u8], rows: &Rows, schema: &mut Schema, batch: &mut Batch) -> Line {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line == b"\\." {
        return Line::End;
    }
    if let Some(unread) = rows.form.unread {
        return Line::Bad(unread);
    }
    let fields = fields(line, rows.form.delimiter);
    if fields != rows.slots.width() {
        return Line::Bad("as many values as columns");
    }
    let Schema { tables, encoded, .. } = schema;
    let columns = &tables[rows.table].columns;
    let mut odd = None;
    let mut push = |field: &[u8], column: &Column, batch: &mut Batch| {
        if field == rows.form.null {
            return batch.push_null();
        }
        let start = batch.data().len();
        escapes(field, false, batch.data());
        if let Stored::Odd(what) = settle_copied(start, column, encoded, batch) {
            odd = Some(what);
        }
    };
    match rows.slots.order() {
        None => {
            let mut rest = line;
            for column in columns {
                let (field, after) = split(rest, rows.form.delimiter);
                push(field, column, batch);
                rest = after;
            }
        }
        Some(order) => {
            let mut given: Vec<Option<&[u8]>> = vec![None; columns.len()];
            let mut rest = line;
            for slot in order {
                let (field, after) = split(rest, rows.form.delimiter);
                given[*slot] = Some(field);
                rest = after;
            }
            for (column, field) in columns.iter().zip(given) {
                match field {
                    Some(field) => push(field, column, batch),
                    None => batch.push_null(),
                }
            }
        }
    }
    if let Some(what) = odd {
        let record = schema.tables[rows.table].records + 1;
        schema.count_odd(rows.table, what, Position { record, ..Position::default() });
    }
    Line::Row
}

/// Values of a line.
fn fields(line: &[u8], delimiter: u8) -> usize {
    let (mut rest, mut count) = (line, 1);
    while let Some(end) = field_end(rest, delimiter) {
        rest = &rest[end + 1..];
        count += 1;
    }
    count
}

/// The first value, and what stands after its delimiter.
fn split(line: &[u8], delimiter: u8) -> (&[u8], &[u8]) {
    match field_end(line, delimiter) {
        Some(end) => (&line[..end], &line[end + 1..]),
        None => (line, b""),
    }
}

/// Where the first delimiter stands that no backslash takes away.
fn field_end(line: &[u8], delimiter: u8) -> Option<usize> {
    memchr_iter(delimiter, line).find(|end| {
        let slashes = line[..*end].iter().rev().take_while(|b| **b == b'\\').count();
        slashes % 2 == 0
    })
}
