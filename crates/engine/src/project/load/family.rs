//! Files that are read by one reader.

use snapshot::mysqldump::RowSource;

/// What is read by one reader.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Family {
    pub members: Vec<Member>,
    /// What is to be told of it before it is read.
    pub told: Vec<String>,
}

/// A file of a family, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its place among the inputs.
    pub file: usize,
    /// What its name says of the database.
    pub database: Option<String>,
    pub part: Part,
}

/// What a file is to its family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A script, or of another kind altogether.
    Whole,
    /// The rows of the table that the member before it declares, as `mysqldump --tab` writes them.
    RowsBeside,
    /// Rows of a table that an earlier member declares.
    RowsOf(Box<RowSource>),
}
