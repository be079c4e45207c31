//! Bytes taken for a gzip file and for a zip archive.

use std::io::{Cursor, Read};

use snapshot::container::{entries, gunzip, read_entry};

use super::reading::bounded;

/// What is unpacked at most: a bomb is the caller's to stop, by the limits of a load.
const ENOUGH: u64 = 1 << 20;

pub fn holds(input: &[u8]) {
    bounded(input.len(), || {
        let mut unpacked = Vec::new();
        let _ = gunzip(input).take(ENOUGH).read_to_end(&mut unpacked);
    });
    bounded(input.len(), || {
        let Ok(found) = entries(Cursor::new(input)) else { return };
        assert!(found.len() <= input.len(), "more entries than bytes");
        for entry in found.iter().take(16) {
            let _ = read_entry(Cursor::new(input), entry.index, |stream| {
                let mut unpacked = Vec::new();
                let _ = stream.take(ENOUGH).read_to_end(&mut unpacked);
            });
        }
    });
}
