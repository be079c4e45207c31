//! The workbooks a person walks out with: the migration map, the deidentified samples, the profile. The only code that
//! writes .xlsx.
//!
//! Every sheet is written row by row to disk and its strings stand in the cells themselves, so that memory does not grow
//! with the rows. The same facts and the same declared time give the same bytes.

pub mod conformance;
pub mod map;
pub mod profile;
pub mod samples;

mod grid;
mod look;
mod page;
mod sheet_names;
mod sheet_writer;
mod text;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Sheets a person sees.
    pub sheets: u64,
    /// Rows under the headers, over all sheets.
    pub rows: u64,
    /// What a person should know before handing the file over; positions, never a cell's text.
    pub warnings: Vec<String>,
}

#[cfg(test)]
mod tests;
