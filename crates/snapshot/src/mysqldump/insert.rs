//! `INSERT` and `REPLACE`: the head that says which columns, then row after row.
//! https://dev.mysql.com/doc/refman/8.4/en/insert.html

use super::lexer::table_name;
use super::settings::Settings;
use super::value::store;
use crate::event::{Batch, Position};
use crate::script::column::Column;
use crate::script::lexer::mysql::skip_blank;
use crate::script::lexer::{Lex, Scan};
use crate::script::noticed::Noticed;
use crate::script::slots::Slots;
use crate::script::tables::Table;
use crate::script::takes::Takes;
use crate::script::value::Stored;
use crate::script::words::{Token, Words};

/// The head of an `INSERT`.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    pub database: Option<String>,
    pub table: String,
    /// As listed, if they are.
    pub columns: Option<Vec<String>>,
    /// `IGNORE` or `REPLACE`: the server may have resolved rows that collide on a key.
    pub resolving: bool,
    /// `INSERT … SET a = 1` rather than `VALUES`.
    pub set: bool,
    /// Bytes up to the first row, or assignment.
    pub length: usize,
}

/// Reads the head; `Bad` where neither rows nor assignments follow (`INSERT … SELECT`).
pub fn read_head(buf: &[u8], lex: &Lex) -> Scan<Head> {
    let mut words = Words::new(buf, lex);
    let mut resolving = words.next().is_word("replace");
    resolving |= skip_to_name(&mut words);
    let Some((database, table)) = table_name(&mut words) else { return more_or(buf, &words, "a table's name") };
    if words.take("partition") {
        words.brackets();
    }
    let columns = if words.peek() == Token::Sign(b'(') {
        let Some(list) = words.brackets() else { return Scan::More };
        match read_list(list, lex) {
            Some(columns) => Some(columns),
            None => return Scan::Bad("a list of columns behind the table's name"),
        }
    } else {
        None
    };
    let set = columns.is_none() && words.take("set");
    if !(set || words.take("values") || words.take("value")) {
        return more_or(buf, &words, "VALUES with rows: this INSERT is not run");
    }
    let length = words.end();
    if length == buf.len() {
        return Scan::More;
    }
    Scan::Found(Head { database, table, columns, resolving, set, length })
}

/// To the table's name; answers whether rows that collide are resolved.
pub fn skip_to_name(words: &mut Words) -> bool {
    let mut resolving = false;
    loop {
        let token = words.peek();
        if token.is_word("ignore") {
            resolving = true;
        } else if !["low_priority", "delayed", "high_priority", "into"].iter().any(|w| token.is_word(w)) {
            return resolving;
        }
        words.next();
    }
}

/// The names in a list's brackets; each may say its table before it.
pub fn read_list(list: &[u8], lex: &Lex) -> Option<Vec<String>> {
    let mut words = Words::new(list, lex);
    let mut names = Vec::new();
    while let Some(name) = column_name(&mut words) {
        names.push(name);
        if !words.take_sign(b',') {
            break;
        }
    }
    (words.next() == Token::End).then_some(names)
}

/// `name`, `table.name` or `database.table.name`.
pub fn column_name(words: &mut Words) -> Option<String> {
    let mut name = words.name()?;
    while words.take_sign(b'.') {
        name = words.name()?;
    }
    Some(name)
}

/// A word that touches the end of the buffer may go on behind it.
fn more_or(buf: &[u8], words: &Words, expected: &'static str) -> Scan<Head> {
    if words.end() + 64 >= buf.len() { Scan::More } else { Scan::Bad(expected) }
}

/// The column and the source of the value of each assignment from here to the end.
pub fn read_assignments(words: &mut Words) -> Option<Vec<(String, Vec<u8>)>> {
    let mut assignments = Vec::new();
    loop {
        let name = column_name(words)?;
        words.take_sign(b':');
        if !words.take_sign(b'=') {
            return None;
        }
        let start = words.start();
        loop {
            match words.peek() {
                Token::Sign(b',') | Token::End => break,
                token if token.is_word("on") || token.is_word("as") => break,
                Token::Sign(b'(') => {
                    words.brackets()?;
                }
                _ => {
                    words.next();
                }
            }
        }
        assignments.push((name, words.source(start, words.end().max(start)).trim_ascii().to_vec()));
        if !words.take_sign(b',') {
            return Some(assignments);
        }
    }
}

/// Values go to the columns that are listed, all of which the table has.
pub fn listed_slots(table: &Table, listed: &[String]) -> Result<Slots, String> {
    let find = |name: &String| {
        table.position(name).ok_or_else(|| format!("a column `{name}` is listed that the table does not have"))
    };
    Ok(Slots::new(listed.iter().map(find).collect::<Result<_, _>>()?, table.columns.len()))
}

/// Nothing is listed: values go to the columns a server would give them to, which are the visible ones; or, where
/// the first row has another number of them, to those it can only be meant for.
pub fn fitting_slots(table: &Table, values: usize) -> Slots {
    let all = 0..table.columns.len();
    let of = |kept: &dyn Fn(&Column) -> bool| all.clone().filter(|i| kept(&table.columns[*i])).collect::<Vec<_>>();
    let visible = of(&|c| !c.invisible);
    let ways = [visible.clone(), of(&|_| true), of(&|c| !c.invisible && !c.def.generated), of(&|c| !c.def.generated)];
    Slots::new(ways.into_iter().find(|way| way.len() == values).unwrap_or(visible), table.columns.len())
}

/// An `INSERT` whose rows are being read.
pub struct Rows {
    pub table: usize,
    pub slots: Slots,
    /// Columns without a value that the server knows and the dump does not.
    pub left_out: Vec<usize>,
    /// No comma is expected before the next row.
    pub first: bool,
    /// The one row of an `INSERT … SET`, which stands elsewhere.
    pub only: Option<OnlyRow>,
}

impl Rows {
    pub fn new(table: usize, columns: &[Column], slots: Slots, only: Option<OnlyRow>) -> Self {
        let given = |i: &usize| slots.order().is_none_or(|order| order.contains(i));
        let left_out = (0..columns.len()).filter(|i| columns[*i].may_be_left_out() && !given(i)).collect();
        Self { table, slots, left_out, first: true, only }
    }
}

/// `INSERT … SET a = 1, b = 2` as the row it stands for.
pub struct OnlyRow {
    /// `(1,2)`.
    pub row: Vec<u8>,
    /// The statement, and where it stands.
    pub statement: Vec<u8>,
    pub at: Position,
}

/// Why the rows of an `INSERT` cannot be placed. They are rejected one by one.
pub struct Unplaced {
    pub table: Option<usize>,
    pub reason: String,
    pub first: bool,
}

impl Takes for &Settings {
    #[inline]
    fn blank(&self, buf: &[u8]) -> Scan<usize> {
        if matches!(buf.first(), Some(b'0'..=b'9' | b'\'' | b'N')) { Scan::Found(0) } else { skip_blank(buf, false) }
    }

    #[inline]
    fn take(&mut self, buf: &[u8], column: &Column, batch: &mut Batch) -> Scan<(usize, Stored)> {
        match store(buf, column, self, batch) {
            Scan::Found((length, Stored::Auto)) if self.no_auto_value_on_zero && !batch.last_is_null() => {
                Scan::Found((length, Stored::Plain))
            }
            scan => scan,
        }
    }

    fn push_default(&mut self, slot: usize, column: &Column, asked: bool, batch: &mut Batch, noticed: &mut Noticed) {
        if asked && column.def.generated {
            noticed.computed.push(slot);
        }
        // What the server has where nothing is listed is not its default: it is not known.
        if !asked && column.may_be_left_out() { batch.push_null() } else { push_default(column, slot, batch, noticed) }
    }
}

pub fn push_default(column: &Column, slot: usize, batch: &mut Batch, noticed: &mut Noticed) {
    if column.def.generated {
        return batch.push_null();
    }
    if column.def.auto_increment {
        noticed.auto = Some(slot);
        return batch.push_null();
    }
    if column.unknown_default.is_some() {
        noticed.unknown = Some(slot);
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

/// How lines of a dump begin that begin a statement.
pub const OPENERS: &[&[u8]] = &[
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
