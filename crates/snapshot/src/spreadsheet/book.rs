//! What every kind of workbook offers: sheets, formats, and rows one at a time.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell::{Block, ROW_TEXT_LIMIT, Row};
use super::formula::{Formulas, Zeros};
use super::number_format::{NumberFormat, built_in};
use super::serial::Epoch;
use crate::event::{Error, Result};

/// Sheets in one workbook; Excel itself ends where memory does.
pub const SHEET_LIMIT: usize = 10_000;
/// Shared texts are held in memory, in all no more bytes than this.
const STRINGS_LIMIT: usize = 1 << 29;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Shown,
    Hidden,
    /// Only a macro can show it.
    VeryHidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    Cells,
    Chart,
    Macro,
    Dialog,
    /// Named by the workbook, but not there.
    Missing,
}

#[derive(Debug, Clone)]
pub struct About {
    pub name: String,
    pub visibility: Visibility,
    pub kind: SheetKind,
}

pub trait Book: Send {
    fn sheets(&self) -> &[About];

    fn formats(&self) -> &Formats;

    /// What it is when a formula's result is 0.
    fn zeros(&self) -> Zeros {
        Zeros::Results
    }

    /// Rows of a sheet, from its first.
    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows>>;
}

pub trait Rows: Send {
    /// The next row that has a cell, numbers going up; `false` at the end of the sheet.
    fn next(&mut self, row: &mut Row) -> Result<bool>;

    /// What else stood on the sheet, as far as it was read.
    fn seen(&self) -> &Seen;

    /// Goes on to the sheet after this one, where the file has them one after the other.
    fn next_sheet(&mut self) -> Result<bool> {
        Ok(false)
    }
}

/// The next row of a sheet, held to what is kept of a row.
pub fn next_row(rows: &mut dyn Rows, row: &mut Row) -> Result<bool> {
    let more = rows.next(row)?;
    if row.over {
        let text = format!("a row holds over {ROW_TEXT_LIMIT} bytes of text: the sheet is not read further");
        return Err(Error::Limit(text));
    }
    Ok(more)
}

/// Merged cells and the like, which stand after the rows.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub merges: u64,
    /// Those kept: the first of them.
    pub merged: Vec<Block>,
    hidden_columns: Vec<(u32, u32)>,
    /// Cells whose text the workbook does not hold.
    pub lost_texts: u64,
    pub formulas: Formulas,
    /// Pictures, charts and shapes.
    pub drawings: bool,
    /// Cells that have a format and nothing else.
    pub bare: u64,
}

impl Seen {
    /// More merged cells than this are counted but not looked at for headers.
    const MERGED_LIMIT: usize = 1 << 16;

    pub fn merge(&mut self, block: Option<Block>) {
        self.merges += 1;
        if let Some(block) = block.filter(|_| self.merged.len() < Self::MERGED_LIMIT) {
            self.merged.push(block);
        }
    }

    pub fn hide_columns(&mut self, first: u32, last: u32) {
        if self.hidden_columns.len() < Self::MERGED_LIMIT {
            self.hidden_columns.push((first, last));
        }
    }

    pub fn is_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Number formats by style.
#[derive(Debug, Clone, Default)]
pub struct Formats {
    pub epoch: Epoch,
    of_style: Arc<Vec<Arc<NumberFormat>>>,
}

impl Formats {
    /// Excel allows 65,490 styles.
    pub const LIMIT: usize = 1 << 17;

    /// `styles` gives each style's format by its number, `codes` those that the file defines.
    pub fn new(styles: &[u32], codes: &HashMap<u32, String>) -> Self {
        let mut parsed: HashMap<u32, Arc<NumberFormat>> = HashMap::new();
        let mut of = |id: u32| {
            let code = || codes.get(&id).map_or_else(|| built_in(id), String::as_str);
            Arc::clone(parsed.entry(id).or_insert_with(|| Arc::new(NumberFormat::parse(code()))))
        };
        let of_style = styles.iter().map(|id| of(*id)).collect();
        Self { epoch: Epoch::default(), of_style: Arc::new(of_style) }
    }

    pub fn of(&self, style: u32) -> Option<&NumberFormat> {
        self.of_style.get(style as usize).map(AsRef::as_ref)
    }
}

/// What the part of a zipped workbook that names its sheets says.
#[derive(Default)]
pub struct Declared {
    pub epoch: Epoch,
    pub zeros: Zeros,
    /// Name, id of the relation, visibility.
    pub sheets: Vec<(String, String, Visibility)>,
}

/// Texts that cells point to.
#[derive(Debug, Default)]
pub struct Strings {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    pub fn push(&mut self, text: &[u8]) -> Result<()> {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        if self.bytes.len() + self.ends.len() * 4 > STRINGS_LIMIT {
            let text = format!(
                "the workbook's shared texts are over the limit of {STRINGS_LIMIT} bytes: ask for delimited text"
            );
            return Err(Error::Limit(text));
        }
        Ok(())
    }

    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)? as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        Some(&self.bytes[start..end])
    }
}
