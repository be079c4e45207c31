//! `INSERT`: the head that says which columns, then row after row.

use std::io::Read;

use super::lexer::{Lex, Piece, Scan, piece, quoted_end, skip_blank};
use super::tape::Tape;
use super::words::{Token, Words};
use crate::event;

/// The head of an `INSERT`.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// The table's name and what it stands in.
    pub table: Vec<String>,
    /// As listed, if they are.
    pub columns: Option<Vec<String>>,
    /// `OR IGNORE`, `IGNORE`, `REPLACE`: the server may have resolved rows that collide on a key.
    pub resolving: bool,
    /// `SET a = 1` follows rather than rows.
    pub assigns: bool,
}

/// Words of MySQL between `INSERT` and the table's name.
const MODIFIERS: [&str; 5] = ["low_priority", "delayed", "high_priority", "ignore", "into"];

/// Length of the head up to its first row or assignment; `Bad` where neither follows (`INSERT … SELECT`).
pub fn head_end(buf: &[u8], lex: &Lex, eof: bool) -> Scan<usize> {
    const NO_ROWS: &str = "VALUES with rows: this INSERT is not run";
    let (mut at, mut depth, mut named) = (0, 0, false);
    while at < buf.len() {
        let (kind, length) = match piece(&buf[at..], lex, eof) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        let word = &buf[at..at + length];
        let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w.as_bytes()));
        let first = at == 0;
        at += length;
        match kind {
            Piece::Sign(b'(') => depth += 1,
            Piece::Sign(b')') => depth -= 1,
            Piece::Sign(b';') => return Scan::Bad(NO_ROWS),
            Piece::Word if depth == 0 && is(&["values"]) => return Scan::Found(at),
            // A table of MySQL may be called `value`.
            Piece::Word if depth == 0 && lex.mysql && named && is(&["value", "set"]) => return Scan::Found(at),
            Piece::Word if depth <= 1 && is(&["select", "exec", "execute", "table"]) => return Scan::Bad(NO_ROWS),
            Piece::Word if depth == 0 && is(&["go", "insert"]) && !first => return Scan::Bad(NO_ROWS),
            Piece::Word if first || is(&MODIFIERS) => {}
            Piece::Word | Piece::Name => named = true,
            _ => {}
        }
    }
    if eof { Scan::Bad(NO_ROWS) } else { Scan::More }
}

/// Reads a head, which is whole.
pub fn read_head(head: &[u8], lex: &Lex) -> Result<Head, &'static str> {
    const NOTHING: &str = "a table's name and VALUES with rows in an INSERT";
    let mut words = Words::new(head, lex);
    let (table, resolving) = read_name(&mut words);
    let table = table.ok_or(NOTHING)?;
    if lex.mysql {
        return read_mysql_list(&mut words, table, resolving);
    }
    if words.take("as") {
        words.name();
    }
    let columns = (words.peek() == Token::Sign(b'(')).then(|| words.name_list());
    // DEFAULT VALUES has no rows to read.
    if words.peek().is_word("default") {
        return Err(NOTHING);
    }
    Ok(Head { table, columns: columns.filter(|listed| !listed.is_empty()), resolving, assigns: false })
}

/// The table that an `INSERT` names, whatever follows.
pub fn named(statement: &[u8], lex: &Lex) -> Option<Vec<String>> {
    read_name(&mut Words::new(statement, lex)).0
}

/// From the first word to the table's name; also whether rows that collide on a key are resolved.
fn read_name(words: &mut Words) -> (Option<Vec<String>>, bool) {
    let mut resolving = words.next().is_word("replace");
    if words.take("or") {
        resolving = true;
        words.next();
    }
    while words.lex().mysql && words.peek().is_one_of(&MODIFIERS) {
        resolving |= words.next().is_word("ignore");
    }
    if words.take("top") {
        words.brackets();
    }
    words.take("into");
    (words.qualified(), resolving)
}

/// The rest of a head of MySQL's, whose list may be empty and say a table before each name:
/// https://dev.mysql.com/doc/refman/8.4/en/insert.html
fn read_mysql_list(words: &mut Words, table: Vec<String>, resolving: bool) -> Result<Head, &'static str> {
    if words.take("partition") {
        words.brackets();
    }
    let columns = match words.brackets() {
        Some(list) => {
            let columns = read_list(list, words.lex());
            Some(columns.ok_or("a list of columns after the table's name")?)
        }
        None => None,
    };
    let assigns = columns.is_none() && words.take("set");
    if assigns || words.take("values") || words.take("value") {
        Ok(Head { table, columns, resolving, assigns })
    } else {
        Err("VALUES with rows: this INSERT is not run")
    }
}

fn read_list(list: &[u8], lex: &Lex) -> Option<Vec<String>> {
    let mut words = Words::new(list, lex);
    let mut names = Vec::new();
    while let Some(name) = words.qualified().and_then(|mut parts| parts.pop()) {
        names.push(name);
        if !words.take_sign(b',') {
            break;
        }
    }
    (words.next() == Token::End).then_some(names)
}

/// The column and the source of the value of each assignment from here to the end.
pub fn assignments(words: &mut Words) -> Option<Vec<(String, Vec<u8>)>> {
    let mut assignments = Vec::new();
    loop {
        let name = words.qualified()?.pop()?;
        words.take_sign(b':');
        if !words.take_sign(b'=') {
            return None;
        }
        let start = words.start();
        loop {
            match words.peek() {
                Token::Sign(b',') | Token::End => break,
                token if token.is_one_of(&["on", "as"]) => break,
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

/// Length of the blanks, and of MySQL's word `ROW`, before the bracket that opens a row; `Bad` where none does.
pub fn begins_row(buf: &[u8], lex: &Lex, eof: bool) -> Scan<usize> {
    let blank = match skip_blank(buf, lex, eof) {
        Scan::Found(blank) => blank,
        scan => return scan,
    };
    match &buf[blank..] {
        [b'(', ..] => Scan::Found(blank),
        // VALUES ROW(1), ROW (2)
        [b'r' | b'R', ..] if lex.mysql => match piece(&buf[blank..], lex, eof) {
            Scan::Found((Piece::Word, 3)) if buf[blank..blank + 3].eq_ignore_ascii_case(b"row") => {
                match skip_blank(&buf[blank + 3..], lex, eof) {
                    Scan::Found(n) if buf.get(blank + 3 + n) == Some(&b'(') => Scan::Found(blank + 3 + n),
                    Scan::More => Scan::More,
                    _ => Scan::Bad("a row"),
                }
            }
            Scan::More => Scan::More,
            _ => Scan::Bad("a row"),
        },
        [] if !eof => Scan::More,
        _ => Scan::Bad("a row"),
    }
}

/// Values in the first row, which begins after blanks.
pub fn count_values(buf: &[u8], lex: &Lex) -> Scan<usize> {
    let (mut at, mut depth, mut values) = (0, 0, 0);
    while at < buf.len() {
        let (kind, length) = match piece(&buf[at..], lex, false) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        match kind {
            Piece::Blank => {}
            Piece::Sign(b'(') => depth += 1,
            Piece::Sign(b')') => {
                depth -= 1;
                if depth <= 0 {
                    return Scan::Found(values);
                }
            }
            Piece::Word if depth == 0 && lex.mysql && buf[at..at + length].eq_ignore_ascii_case(b"row") => {}
            _ if depth == 0 => return Scan::Bad("an opening bracket before a row"),
            Piece::Sign(b',') if depth == 1 => values = values.max(1) + 1,
            _ => values = values.max(1),
        }
        at += length;
    }
    Scan::More
}

/// How far a row that cannot be read goes: to its closing bracket, or to where a new statement begins a line. In MySQL a
/// semicolon ends it too, nothing but another row or the end stands after a bracket, and a quote that is not closed is
/// not waited for once a statement has begun.
pub fn skip_broken_row(buf: &[u8], lex: &Lex, openers: &[&[u8]], eof: bool) -> Scan<usize> {
    let longest = openers.iter().map(|o| o.len()).max().unwrap_or(0);
    let (mut at, mut depth) = (0, 0);
    // Quotes up to here stand in what was taken for a string and is none: they are not tried again.
    let mut tried = 0;
    while let Some(&byte) = buf.get(at) {
        match byte {
            b'(' => depth += 1,
            b';' if lex.mysql && depth <= 0 && at > 0 => return Scan::Found(at),
            b')' => {
                depth -= 1;
                if depth <= 0 {
                    // Only a bracket that a row's end can follow closes the row.
                    let next = buf[at + 1..].iter().position(|b| !b.is_ascii_whitespace());
                    match next.map(|n| &buf[at + 1 + n..]) {
                        None if !eof => return Scan::More,
                        None | Some([b',' | b';', ..]) => return Scan::Found(at + 1),
                        Some(_) if lex.mysql => {}
                        Some(after) if after.len() < longest && !eof => return Scan::More,
                        Some(after) if starts_statement(after, openers) => return Scan::Found(at + 1),
                        Some(_) => {}
                    }
                }
            }
            b'\n' if at > 0 => {
                if buf.len() - at <= longest && !eof {
                    return Scan::More;
                }
                if starts_statement(&buf[at + 1..], openers) {
                    return Scan::Found(at + 1);
                }
            }
            b'\'' if at >= tried => {
                match quoted_end(&buf[at..], byte, true, lex.backslash, lex.wide, eof && lex.mysql) {
                    Scan::Found(n) if !crosses_statement(&buf[at..at + n], lex, openers) => {
                        at += n;
                        continue;
                    }
                    // Whether the quote closes is not known before the whole file is read.
                    Scan::More if !(eof || lex.mysql && crosses_statement(&buf[at..], lex, openers)) => {
                        return Scan::More;
                    }
                    // The quote is unbalanced: go on byte by byte.
                    _ if lex.mysql => {}
                    Scan::Found(n) => tried = at + n,
                    _ => tried = buf.len(),
                }
            }
            _ => {}
        }
        at += 1;
    }
    if eof { Scan::Found(buf.len()) } else { Scan::More }
}

/// A string that holds what looks like the end of a row and the next statement has lost its closing quote before.
fn crosses_statement(text: &[u8], lex: &Lex, openers: &[&[u8]]) -> bool {
    memchr::memchr_iter(b'\n', text).any(|n| {
        let before = if lex.mysql { &text[..n] } else { text[..n].trim_ascii_end() };
        let ends = before.ends_with(b";") || !lex.mysql && before.ends_with(b")");
        ends && starts_statement(&text[n + 1..], openers)
    })
}

/// Reads up to the next line that begins a statement; answers how far that is.
pub fn up_to_statement<R: Read>(tape: &mut Tape<R>, openers: &[&[u8]]) -> event::Result<usize> {
    let longest = openers.iter().map(|o| o.len()).max().unwrap_or(0);
    let mut from = 0;
    loop {
        let (rest, eof) = (tape.rest(), tape.eof());
        let known = if eof { rest.len() } else { rest.len().saturating_sub(longest) };
        let mut lines = memchr::memchr_iter(b'\n', &rest[from.min(known)..known]).map(|n| from + n + 1);
        match lines.find(|n| starts_statement(&rest[*n..], openers)) {
            Some(n) => return Ok(n),
            None if eof => return Ok(rest.len()),
            None => from = known.max(from),
        }
        tape.more()?;
    }
}

/// A line that begins as statements of such scripts do.
pub fn starts_statement(line: &[u8], openers: &[&[u8]]) -> bool {
    openers.iter().any(|o| line.len() >= o.len() && line[..o.len()].eq_ignore_ascii_case(o))
}
