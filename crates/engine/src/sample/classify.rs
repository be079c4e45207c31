//! Which identifiers a column holds.

/// Values that fewer rows hold are suppressed.
pub const RARE: u64 = 11;
