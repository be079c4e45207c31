//! Bytes taken for a workbook.

use snapshot::Reader;
use snapshot::spreadsheet::{SheetChoice, Spreadsheet};

use super::reading::{self, Reading, bounded};

/// A packed workbook says much with few bytes: a sheet of a kilobyte may hold thousands of rows.
const STEPS: usize = 100_000;

fn read(input: &[u8]) -> Reading {
    let bytes = std::io::Cursor::new(input.to_vec());
    let opened = Spreadsheet::new(bytes, "book", &SheetChoice::default(), None)
        .map(|reader| Box::new(reader) as Box<dyn Reader>);
    reading::read(opened, STEPS, |_, _| {})
}

pub fn holds(input: &[u8]) {
    let whole = bounded(4 * input.len(), || read(input));
    assert!(read(input) == whole, "a second reading tells something else");
}
