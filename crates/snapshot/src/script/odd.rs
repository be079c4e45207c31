//! Values kept otherwise than the server would hold them: counted, and told once for a table and kind.

use std::collections::BTreeMap;

use crate::event::Position;

/// How many, and where the first stands.
type Count = (u64, Position);

#[derive(Default)]
pub struct OddValues {
    /// By table and kind, in the order in which a person is told.
    pub kinds: BTreeMap<(usize, &'static str), Count>,
    /// Beyond their column's type, by table and column.
    pub long: BTreeMap<(usize, usize), Count>,
}

/// Beyond what its column is declared for, which is told by column.
pub const LONG: &str = "value beyond what its column is declared for";
/// It does not fit its column's type.
pub const UNREAD: &str = "value that does not fit its column's type: kept as written";
