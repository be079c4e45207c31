//! Bytes taken for a dump of MySQL or MariaDB.

use std::io::Read;

use snapshot::mysqldump::Mysqldump;
use snapshot::{CellRef, Reader};

use super::reading::{self, Reading, steps_for};
use super::script;

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
    script::holds(input, &read_boxed);
}

fn read_boxed(stream: Box<dyn Read + '_>, length: usize) -> Reading {
    read(stream, length)
}
