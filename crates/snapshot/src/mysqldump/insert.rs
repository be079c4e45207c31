//! `INSERT` and `REPLACE`: the head that says which columns, then row after row.
//! https://dev.mysql.com/doc/refman/8.4/en/insert.html

use super::column::Column;
use super::create_table::{Decode, Table};
use super::lexer::{Scan, Style, Token, Words, quoted_end, skip_blank};
use super::session::Settings;
use super::value::{Stored, store};
use crate::event::Batch;

/// The head of an `INSERT`.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    pub database: Option<String>,
    pub table: String,
    /// As listed, if they are.
    pub columns: Option<Vec<String>>,
    /// `IGNORE` or `REPLACE`: the server may have resolved rows that collide on a key.
    pub resolving: bool,
    /// Bytes up to the first row.
    pub length: usize,
}

/// Reads the head; `Bad` where rows do not follow (`INSERT … SELECT`, `SET`).
pub fn read_head(buf: &[u8], style: Style, decode: Decode) -> Scan<Head> {
    let mut words = Words::new(buf, style);
    let mut resolving = words.next().is_word("replace");
    loop {
        let token = words.peek();
        if token.is_word("ignore") {
            resolving = true;
        } else if !["low_priority", "delayed", "high_priority", "into"].iter().any(|w| token.is_word(w)) {
            break;
        }
        words.next();
    }
    let Some((database, table)) = words.qualified() else { return more_or(buf, &words, "a table's name") };
    if words.take("partition") {
        words.brackets();
    }
    let columns = if words.peek() == Token::Punct(b'(') {
        let Some(list) = words.brackets() else { return Scan::More };
        let mut names = Words::new(list, Style::NAMES);
        let mut columns = Vec::new();
        while let Some(name) = names.name() {
            columns.push(decode(&name));
            names.take_punct(b',');
        }
        Some(columns)
    } else {
        None
    };
    if !(words.take("values") || words.take("value")) {
        return more_or(buf, &words, "VALUES");
    }
    let length = words.end();
    if length == buf.len() {
        return Scan::More;
    }
    Scan::Found(Head { database: database.map(|d| decode(&d)), table: decode(&table), columns, resolving, length })
}

/// A word that touches the end of the buffer may go on behind it.
fn more_or(buf: &[u8], words: &Words, expected: &'static str) -> Scan<Head> {
    if words.end() + 64 >= buf.len() { Scan::More } else { Scan::Bad(expected) }
}

/// Which column each value of a row goes to.
pub struct Slots {
    /// Index of the column for each value, where the list names other columns than all in order.
    pub order: Option<Vec<usize>>,
    pub width: usize,
}

impl Slots {
    /// Values go to all columns, or to those listed. Unknown names are answered as an error.
    pub fn new(table: &Table, listed: Option<&[String]>) -> Result<Self, String> {
        let columns = &table.columns;
        let Some(listed) = listed else {
            return Ok(Self { order: None, width: columns.len() });
        };
        let find = |name: &String| {
            columns
                .iter()
                .position(|c| c.def.name == *name)
                .or_else(|| columns.iter().position(|c| c.def.name.to_lowercase() == name.to_lowercase()))
                .ok_or_else(|| format!("a column `{name}` is listed that the table does not have"))
        };
        let order: Vec<usize> = listed.iter().map(find).collect::<Result<_, _>>()?;
        let same = order.len() == columns.len() && order.iter().enumerate().all(|(i, o)| i == *o);
        Ok(Self { width: order.len(), order: (!same).then_some(order) })
    }
}

/// What reading one row noticed.
#[derive(Default)]
pub struct Noticed {
    /// Columns to be filled by the server's counter.
    pub auto: Option<usize>,
    pub function: bool,
    pub odd: Vec<&'static str>,
    /// Columns whose default is a function.
    pub unknown: Option<String>,
}

/// Reads `( … )` at the start of `buf` into the batch; answers its length.
pub fn read_row(
    buf: &[u8],
    columns: &[Column],
    slots: &Slots,
    settings: &Settings,
    batch: &mut Batch,
    spare: &mut Batch,
    noticed: &mut Noticed,
) -> Scan<usize> {
    let mark = batch.mark();
    if let Some(order) = &slots.order {
        spare.start(0, slots.width);
        let scan =
            read_values(buf, |i| order.get(i).map(|o| (&columns[*o], *o)), slots.width, settings, spare, noticed);
        if matches!(scan, Scan::Found(_)) {
            arrange(columns, order, spare, batch, noticed);
        }
        return scan;
    }
    let scan = read_values(buf, |i| columns.get(i).map(|c| (c, i)), slots.width, settings, batch, noticed);
    if !matches!(scan, Scan::Found(_)) {
        batch.rewind(mark);
    }
    scan
}

fn read_values<'c>(
    buf: &[u8],
    column: impl Fn(usize) -> Option<(&'c Column, usize)>,
    width: usize,
    settings: &Settings,
    batch: &mut Batch,
    noticed: &mut Noticed,
) -> Scan<usize> {
    const TOO_MANY: &str = "no more values than columns";
    if buf.first() != Some(&b'(') {
        return if buf.is_empty() { Scan::More } else { Scan::Bad("an opening bracket before a row") };
    }
    let mut at = 1;
    let mut index = 0;
    loop {
        if !matches!(buf.get(at), Some(b'0'..=b'9' | b'\'' | b'N')) {
            match skip_blank(&buf[at..], false) {
                Scan::Found(n) => at += n,
                _ => return Scan::More,
            }
            if index == 0 && buf.get(at) == Some(&b')') {
                return if width == 0 { Scan::Found(at + 1) } else { Scan::Bad("as many values as columns") };
            }
        }
        let Some((column, slot)) = column(index) else { return Scan::Bad(TOO_MANY) };
        match store(&buf[at..], column, settings, batch) {
            Scan::Found((length, stored)) => {
                at += length;
                if stored != Stored::Plain {
                    notice(stored, column, slot, settings, batch, noticed);
                }
            }
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        }
        index += 1;
        let Some(next) = buf.get(at) else { return Scan::More };
        at += 1;
        if *next == b')' {
            return if index == width { Scan::Found(at) } else { Scan::Bad("as many values as columns") };
        }
    }
}

fn notice(stored: Stored, column: &Column, slot: usize, settings: &Settings, batch: &mut Batch, noticed: &mut Noticed) {
    match stored {
        Stored::Plain => {}
        Stored::Function => noticed.function = true,
        Stored::Odd(what) => noticed.odd.push(what),
        Stored::Auto => {
            if !settings.no_auto_value_on_zero || batch.last_is_null() {
                noticed.auto = Some(slot);
            }
        }
        Stored::Default => {
            batch.pop();
            push_default(column, slot, batch, noticed);
        }
    }
}

/// Lays the values of a listed row in column order; columns that the list leaves out get their default.
fn arrange(columns: &[Column], order: &[usize], spare: &Batch, batch: &mut Batch, noticed: &mut Noticed) {
    for (index, column) in columns.iter().enumerate() {
        // Listed twice, the last one counts.
        match order.iter().rposition(|o| *o == index) {
            Some(value) => batch.push_cell(spare.cell(value)),
            None => push_default(column, index, batch, noticed),
        }
    }
}

fn push_default(column: &Column, slot: usize, batch: &mut Batch, noticed: &mut Noticed) {
    if column.def.generated {
        return batch.push_null();
    }
    if column.def.auto_increment {
        noticed.auto = Some(slot);
        return batch.push_null();
    }
    if column.unknown_default.is_some() {
        noticed.unknown = Some(column.def.name.clone());
        return batch.push_null();
    }
    let text = match &column.def.default {
        Some(text) => text.clone(),
        None if column.def.nullable => return batch.push_null(),
        None => column.implicit_default(),
    };
    let literal = format!("'{}')", text.replace('\\', "\\\\").replace('\'', "''"));
    let bit = format!("{text})");
    let literal = if column.def.kind == crate::event::ColumnKind::Bit { bit } else { literal };
    if !matches!(store(literal.as_bytes(), column, &Settings::default(), batch), Scan::Found(_)) {
        batch.push_text(text.as_bytes());
    }
}

/// How far a row that cannot be read goes: to its closing bracket, or to where a new statement starts a line.
pub fn skip_broken_row(buf: &[u8], eof: bool) -> Scan<usize> {
    let (mut at, mut depth) = (0, 0);
    while let Some(&byte) = buf.get(at) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth <= 0 {
                    // Only a bracket that a row's end can follow closes the row.
                    let next = buf[at + 1..].iter().position(|b| !b.is_ascii_whitespace());
                    match next.map(|n| buf[at + 1 + n]) {
                        None if !eof => return Scan::More,
                        Some(b',' | b';') | None => return Scan::Found(at + 1),
                        Some(_) => {}
                    }
                }
            }
            b'\n' if at > 0 && buf.len() - at <= LONGEST_OPENER && !eof => return Scan::More,
            b'\n' if at > 0 && starts_statement(&buf[at + 1..]) => return Scan::Found(at + 1),
            b'\'' => match quoted_end(&buf[at..], byte, true, |_| false) {
                Scan::Found(n) if !crosses_statement(&buf[at..at + n]) => {
                    at += n;
                    continue;
                }
                // It may yet close, unless a statement has begun since.
                Scan::More if !eof && !crosses_statement(&buf[at..]) => return Scan::More,
                // The quote is unbalanced: go on byte by byte.
                _ => {}
            },
            _ => {}
        }
        at += 1;
    }
    if eof { Scan::Found(buf.len()) } else { Scan::More }
}

fn crosses_statement(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', text).any(|n| text[..n].ends_with(b";") && starts_statement(&text[n + 1..]))
}

/// Bytes it takes to know that a line begins a statement.
const LONGEST_OPENER: usize = 16;

/// A line that begins as a dump's statements do.
pub fn starts_statement(line: &[u8]) -> bool {
    const OPENERS: [&[u8]; 12] = [
        b"INSERT INTO ",
        b"INSERT IGNORE ",
        b"REPLACE INTO ",
        b"CREATE TABLE ",
        b"DROP TABLE ",
        b"LOCK TABLES ",
        b"UNLOCK TABLES",
        b"ALTER TABLE ",
        b"/*!",
        b"-- ",
        b"USE `",
        b"CREATE DATABASE ",
    ];
    OPENERS.iter().any(|o| line.len() >= o.len() && line[..o.len()].eq_ignore_ascii_case(o))
}
