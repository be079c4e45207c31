//! Bytes taken for an Access database.

use std::io::Cursor;

use snapshot::Reader;
use snapshot::access::Access;

use super::reading::{self, Reading, bounded, steps_for};

fn read(input: &[u8]) -> Reading {
    let opened = Access::open(Cursor::new(input.to_vec()), "clinic", None).map(|a| Box::new(a) as Box<dyn Reader>);
    reading::read(opened, steps_for(input.len()), |_, _| {})
}

pub fn holds(input: &[u8]) {
    let whole = bounded(2 * input.len(), || read(input));
    assert!(read(input) == whole, "a second reading tells something else");
}
