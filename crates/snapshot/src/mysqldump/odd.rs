//! What is odd of a value.

use crate::event;

/// How a value is kept otherwise than the server would hold it, in the order in which a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odd {
    Function,
    Undecoded,
    /// Beyond what its column is declared for, which is told by column.
    Long,
    /// It does not fit its column's type.
    Unread,
}

impl From<Odd> for event::Odd {
    fn from(odd: Odd) -> Self {
        match odd {
            Odd::Function => Self::Kept("function value: kept as its source text"),
            Odd::Undecoded => Self::Kept("text that is not valid in its character set: bytes kept"),
            Odd::Long => Self::Kept("value beyond what its column is declared for"),
            Odd::Unread => Self::Unread,
        }
    }
}
