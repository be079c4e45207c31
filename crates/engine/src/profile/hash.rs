//! What stands for a value while distinct values are counted.

use xxhash_rust::xxh3::xxh3_128;

/// 128 bits of a value; the lowest of them is [`IN_SEQUENCE`].
#[derive(Default, Debug, PartialEq, Eq, Clone, Copy, PartialOrd, Ord)]
pub(super) struct Key(pub u64, pub u64);

/// The lowest bit of a key says that the value stands in the sequence as well.
pub(super) const IN_SEQUENCE: u64 = 1;

/// The first row that holds a value, and how many do.
#[derive(Default, Clone, Copy)]
pub(super) struct Seen {
    pub first: u32,
    pub count: u32,
}

/// What stands for a value.
#[derive(Clone, Copy)]
pub struct Hash(pub(super) Key);

impl Hash {
    #[inline]
    pub fn of(value: &[u8]) -> Self {
        let hash = xxh3_128(value);
        Self(Key(hash as u64, (hash >> 64) as u64 & !IN_SEQUENCE))
    }
}
