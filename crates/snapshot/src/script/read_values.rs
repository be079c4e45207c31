//! How a server takes values, and what is left to do then.

use super::column::Column;
use super::lexer::Scan;
use super::noticed::Noticed;
use crate::event::Batch;

/// How a server takes the values of a row.
pub trait ReadValues {
    /// Length of the blanks at the start.
    fn blank(&self, buf: &[u8]) -> Scan<usize>;

    /// The value at the start of `buf` into the batch, unless its column's default is asked for; answers its length up
    /// to the comma or bracket after it.
    fn read(&mut self, buf: &[u8], column: &Column, batch: &mut Batch) -> Scan<(usize, Stored)>;

    /// What the column holds without a value; `asked`: the row says `DEFAULT`.
    fn push_default(&mut self, slot: usize, column: &Column, asked: bool, batch: &mut Batch, noticed: &mut Noticed);
}

/// What storing a value left to do or to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    Plain,
    /// NULL or 0 stands where the server counts up.
    Auto,
    /// The column's default.
    Default,
    /// An expression, kept as its source.
    Function,
    /// Kept otherwise than the server would.
    Odd(&'static str),
}
