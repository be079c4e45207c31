//! Bytes taken for a dump.

use std::fmt::Debug;
use std::io::Read;

use snapshot::mysqldump::Mysqldump;
use snapshot::{CellRef, Reader};

use super::cut;
use super::dripping::{Dripping, Pieces};
use super::reading::{self, Reading, bounded, steps_for};

/// Reads from any stream.
pub fn read(stream: impl Read, length: usize) -> Reading {
    read_with(stream, length, |_, _| {})
}

pub fn read_with(
    stream: impl Read,
    length: usize,
    row: impl FnMut(usize, &mut dyn Iterator<Item = CellRef<'_>>),
) -> Reading {
    reading::read(Ok(Box::new(Mysqldump::new(stream)) as Box<dyn Reader>), steps_for(length), row)
}

pub fn holds(input: &[u8]) {
    let whole = bounded(input.len(), || read(input, input.len()));
    assert!(read(input, input.len()) == whole, "a second reading tells something else");
    let pieces = if input.len() <= 256 { Pieces::Of(1) } else { Pieces::Drawn(input.len() as u64) };
    let dripped = read(Dripping::new(input, pieces), input.len());
    same(&whole, &dripped);
    accounts(&whole, input);
    for at in cut::points(input.len(), 8) {
        cut::holds(&whole, &read(&input[..at], at), 0, at);
    }
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
    if reading.error.is_some() {
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
