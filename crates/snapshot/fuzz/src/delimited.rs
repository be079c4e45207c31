//! Bytes taken for delimited text.

use std::io::Read;

use snapshot::delimited::{Delimited, DialectChoice, Escape, Survey, survey};
use snapshot::text::Wide;
use snapshot::{CellRef, Reader};

use super::cut;
use super::dripping::{Dripping, Pieces};
use super::reading::{self, Reading, bounded, steps_for};
use super::script::same;

pub fn read_with(
    stream: impl Read + Send + 'static,
    length: usize,
    survey: Survey,
    row: impl FnMut(usize, &mut dyn Iterator<Item = CellRef<'_>>),
) -> Reading {
    let opened = Delimited::new(Box::new(stream), "feed", survey).map(|r| Box::new(r) as Box<dyn Reader>);
    reading::read(opened, steps_for(length), row)
}

fn read(input: &[u8], survey: Survey) -> Reading {
    read_with(std::io::Cursor::new(input.to_vec()), input.len(), survey, |_, _| {})
}

pub fn holds(input: &[u8]) {
    let Ok(about) = bounded(input.len(), || survey(input, &DialectChoice::default())) else { return };
    assert_eq!(
        survey(input, &DialectChoice::default()).ok(),
        Some(about.clone()),
        "a second look tells something else"
    );
    let whole = bounded(input.len(), || read(input, about.clone()));
    assert!(read(input, about.clone()) == whole, "a second reading tells something else");
    let pieces = if input.len() <= 256 { Pieces::Of(1) } else { Pieces::Drawn(input.len() as u64) };
    same(&whole, &read_with(Dripping::new(input, pieces), input.len(), about.clone(), |_, _| {}));
    accounts(&whole, input, &about);
    for at in cut::points(input.len(), 8).into_iter().filter(|at| *at >= about.mark) {
        // The last cell may go on after the cut.
        cut::holds(&whole, &read(&input[..at], about.clone()), 1, at);
    }
}

/// Where bytes are read as they stand: a reject stands where it says, and without quotes a record is a line.
pub fn accounts(reading: &Reading, input: &[u8], about: &Survey) {
    let plain = matches!(about.encoding, Wide::Plain(e) if e.is_single_byte() || e.name() == "UTF-8");
    if reading.error.is_some() || !plain {
        return;
    }
    for (at, raw, reason) in reading.rejects() {
        let there = input.get(at.byte as usize..).is_some_and(|rest| rest.starts_with(raw));
        assert!(there, "the reject at byte {} ({reason}) does not stand there", at.byte);
    }
    if !reading.shares.is_empty() {
        let sum: u64 = reading.shares.iter().map(|s| s.bytes).sum();
        assert_eq!(sum, input.len() as u64, "shares of the bytes: {:?}", reading.shares);
    }
    let lines = || input[about.mark..].split(|b| matches!(b, b'\n' | b'\r')).filter(|l| !l.is_empty());
    // A return alone may end a line or stand in a field; lines of nothing but marks are no records.
    let alone = input.windows(2).any(|w| w[0] == b'\r' && w[1] != b'\n') || input.ends_with(b"\r");
    // Where a backslash escapes, it does so with a line's end too.
    let goes_on = about.dialect.escape != Escape::Doubled
        && input.windows(2).any(|w| w[0] == b'\\' && matches!(w[1], b'\n' | b'\r'));
    let odd = |l: &[u8]| !l.iter().any(u8::is_ascii_alphanumeric);
    let marked = about.dialect.comment.is_some() || about.dialect.crlf_only;
    if alone
        || goes_on
        || marked
        || about.dialect.skip > 0
        || input.iter().any(|b| matches!(b, b'"' | b'\''))
        || lines().any(odd)
    {
        return;
    }
    let lines = lines().count();
    let header = usize::from(about.dialect.header && lines > 0);
    assert_eq!(reading.rows.len() + reading.rejects().count() + header, lines, "rows + rejects + header = lines");
}
