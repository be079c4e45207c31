//! What reading a row noticed.

#[derive(Debug, Default, PartialEq)]
pub struct Noticed {
    /// The column to be filled by the server's counter.
    pub auto: Option<usize>,
    pub function: bool,
    /// Columns, and what is odd of their values.
    pub odd: Vec<(usize, &'static str)>,
    /// Columns that the server is told to compute (`DEFAULT`).
    pub computed: Vec<usize>,
    /// A column whose default is a function.
    pub unknown: Option<usize>,
}
