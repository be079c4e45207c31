//! Bytes taken for each packing and each archive.

use std::io::{Cursor, Read};
use std::sync::Arc;

use snapshot::container::{Break, Packing, tar, unpack, zip};

use super::reading::bounded;

/// What is unpacked at most: a bomb is the caller's to stop, by the limits of a load.
const ENOUGH: u64 = 1 << 20;

pub fn holds(input: &[u8]) {
    for packing in [Packing::Gzip, Packing::Zstd, Packing::Bzip2, Packing::Xz] {
        let packed = Box::new(Cursor::new(input.to_vec()));
        let Ok(stream) = unpack(packing, packed, &Arc::new(Break::default())) else { continue };
        let _ = stream.take(ENOUGH).read_to_end(&mut Vec::new());
    }
    bounded(input.len(), || {
        let Ok(found) = zip::list(Cursor::new(input)) else { return };
        assert!(found.entries.len() <= input.len(), "more entries than bytes");
        for entry in found.entries.iter().take(16) {
            let _ = zip::read_entry(Cursor::new(input), entry.index, None, |stream| {
                let _ = stream.take(ENOUGH).read_to_end(&mut Vec::new());
            });
        }
    });
    bounded(input.len(), || {
        let mut found = 0_usize;
        let _ = tar::walk(&mut tar::Streamed(input), &mut |_, stream| {
            found += 1;
            let _ = stream.take(ENOUGH).read_to_end(&mut Vec::new());
        });
        assert!(found * 512 <= input.len(), "more files than blocks");
    });
}
