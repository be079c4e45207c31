//! Files inside files: streams of one file (gzip, zstd, bzip2, xz) and archives of many (zip, tar). Sizes come from what
//! is read, never from what a header claims; whoever opens one names the limits it is held to.

pub mod stream;
pub mod tar;
pub mod zip;

pub use stream::{Bounded, Break, Counted, Exactly, Packed, Packing, Salvaged, unpack};

/// More files than this in one archive are refused.
pub const ENTRY_LIMIT: usize = 100_000;
