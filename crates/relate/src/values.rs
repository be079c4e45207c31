//! How the rules look at values, without holding any.

/// Row numbers that an answer gives at most.
pub const EXAMPLES: usize = 5;

/// A column, by its table's place in the schema and its own in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnAt {
    pub table: usize,
    pub column: usize,
}

/// Columns of a child table, and the columns of the parent table that they are held against, in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    pub child: usize,
    pub child_columns: Vec<usize>,
    pub parent: usize,
    pub parent_columns: Vec<usize>,
}

/// How far a child's values are those of a parent, over all rows. Values are compared as text, whatever their case and the
/// spaces around them. NULL and blank are absent; of several columns, where any is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contained {
    /// Child rows that hold something, rows of `zeros` not among them.
    pub rows: u64,
    /// Of those, rows whose value the parent does not hold.
    pub orphans: u64,
    /// Different values of the orphans; a lower bound where `many_orphans`.
    pub orphan_values: u64,
    pub many_orphans: bool,
    /// Rows that hold 0 where the parent does not: systems write so for "none".
    pub zeros: u64,
    /// Numbers of the first orphans, from 1, at most [`EXAMPLES`].
    pub examples: Vec<u64>,
}

impl Contained {
    /// From 0 to 1; 0 where there is no row.
    pub fn coverage(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { (self.rows - self.orphans) as f64 / self.rows as f64 }
    }
}

/// That a parent holds sampled values of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampled {
    pub child: ColumnAt,
    pub parent: ColumnAt,
    pub held: u32,
    /// Different values that were sampled of the child.
    pub of: u32,
}

/// Whoever holds the rows. Both questions are asked once or twice, with all that is to be known, so that a table is read
/// once for all its columns.
pub trait Values {
    type Error;

    /// Of a few different values of each child column, how many each parent column holds; pairs without any are left out,
    /// and so is a column with itself.
    fn sample(&mut self, children: &[ColumnAt], parents: &[ColumnAt]) -> Result<Vec<Sampled>, Self::Error>;

    /// One answer a pair, in the same order.
    fn contained(&mut self, pairs: &[Pair]) -> Result<Vec<Contained>, Self::Error>;
}
