//! The two workbooks a person walks out with: the migration map and the deidentified samples. The only code that
//! writes .xlsx.
//!
//! Every sheet is written row by row to disk and its strings stand in the cells themselves, so that memory does not grow
//! with the rows. The same facts and the same declared time give the same bytes.

pub mod conformance;
pub mod map;
pub mod samples;

mod grid;
mod look;
mod page;
mod pen;
mod sheet_names;
mod text;

/// Told every text the workbook writes that is not a sample cell, so that the leak scan knows what is ours.
///
/// A text is told exactly as its cell holds it.
pub trait Heard {
    /// Our own words, words of the target catalog and names from the source's schema.
    fn fixed(&mut self, text: &str);
    /// Typed by a person, or carried over from the source's comments, defaults and file names.
    fn typed(&mut self, text: &str);
    /// A cell that stands for an identifier: short and numeric ids are searched in it too.
    fn id(&mut self, text: &str);
}

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
