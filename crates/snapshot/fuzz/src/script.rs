//! What holds of every script of SQL, whose ever dialect it is in.

use std::fmt::Debug;
use std::io::{Cursor, Read};

use snapshot::Reader;
use snapshot::postgres::Postgres;
use snapshot::sql_server::SqlServer;
use snapshot::sqlite_dump::SqliteDump;

use super::cut;
use super::dripping::{Dripping, Pieces};
use super::reading::{self, Reading, bounded, steps_for};

/// Reads a script of some dialect from a stream; the number is its length in bytes.
type Telling<'a> = &'a dyn Fn(Box<dyn Read + '_>, usize) -> Reading;

/// Comments as long as the stretch that decides on the encoding, which comes in one piece always.
const AHEAD: usize = 4096;

pub fn postgres(input: &[u8]) {
    holds(input, &|stream, length| read(Box::new(Postgres::new(stream)), length));
}

pub fn sql_server(input: &[u8]) {
    holds(input, &|stream, length| read(Box::new(SqlServer::new(stream)), length));
}

pub fn sqlite_dump(input: &[u8]) {
    holds(input, &|stream, length| read(Box::new(SqliteDump::new(stream)), length));
}

fn read(reader: Box<dyn Reader + '_>, length: usize) -> Reading {
    reading::read(Ok(reader), steps_for(length), |_, _| {})
}

pub fn holds(input: &[u8], read: Telling<'_>) {
    let length = input.len();
    let whole = bounded(length, || read(Box::new(input), length));
    assert!(read(Box::new(input), length) == whole, "a second reading tells something else");
    accounts(&whole, input);
    for at in cut::points(length, 8) {
        cut::holds(&whole, &read(Box::new(&input[..at]), at), 0, at);
    }
    let pieces = if length <= 256 { Pieces::Of(1) } else { Pieces::Drawn(length as u64) };
    let ahead = "-- ahead of all, and of no weight\n".repeat(AHEAD / 34 + 1);
    let after: Vec<u8> = [ahead.as_bytes(), input].concat();
    let at_once = read(Box::new(Cursor::new(&after)), after.len());
    let dripped = read(Box::new(Cursor::new(ahead).chain(Dripping::new(input, pieces))), after.len());
    same(&at_once, &dripped);
}

/// In any pieces, the same.
pub fn same(whole: &Reading, dripped: &Reading) {
    alike("table", &whole.tables, &dripped.tables);
    alike("note", &whole.notes, &dripped.notes);
    alike("row", &whole.rows, &dripped.rows);
    alike("share", &whole.shares, &dripped.shares);
    assert!(whole == dripped, "in pieces, something else: {:?} and {:?}", whole.error, dripped.error);
}

fn alike<T: PartialEq + Debug>(what: &str, whole: &[T], dripped: &[T]) {
    let first = (0..whole.len().max(dripped.len())).find(|i| whole.get(*i) != dripped.get(*i));
    let shown = |of: Option<&T>| of.map_or("none".to_owned(), |t| format!("{t:?}").chars().take(400).collect());
    if let Some(at) = first {
        panic!("in pieces, another {what} {at}: {}\n  was {}", shown(dripped.get(at)), shown(whole.get(at)));
    }
}

/// Every byte belongs to something, and a reject stands where it says.
pub fn accounts(reading: &Reading, input: &[u8]) {
    // Where the bytes were decoded first, rejects hold decoded ones.
    if reading.error.is_some() || reading.encoding.starts_with("UTF-16") || reading.encoding.starts_with("UTF-32") {
        return;
    }
    assert_eq!(reading.position, input.len() as u64, "it ends before the end");
    if !reading.shares.is_empty() {
        let sum: u64 = reading.shares.iter().map(|s| s.bytes).sum();
        assert_eq!(sum, input.len() as u64, "shares of the bytes: {:?}", reading.shares);
    }
    for (at, raw, reason) in reading.rejects() {
        let there = input.get(at.byte as usize..).is_some_and(|rest| rest.starts_with(raw));
        assert!(there, "the reject at byte {} ({reason}) does not stand there", at.byte);
        let line = input[..at.byte as usize].split(|b| *b == b'\n').count() as u64;
        assert_eq!(at.line, line, "the line of the reject at byte {}", at.byte);
    }
}
