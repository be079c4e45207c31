//! The sheets of one table while its rows come in.

use rust_xlsxwriter::{IgnoreError, Workbook, Worksheet};

use super::{BLANK, CellTexts, DROPPED, NULL, is_id};
use crate::error::{Error, Result};
use crate::sample::{Action, Class, Deidentified, Origin, Treatment};
use crate::workbook::look::{Look, Shade, Style};
use crate::workbook::sheet_names::SheetNames;
use crate::workbook::sheet_writer::{Cuts, Paper, end, printed, take_formats_back};
use crate::workbook::text::{fit, width};

/// Columns of a sheet.
const SHEET_COLUMNS: usize = 16_384;
/// Rows of headers over the sampled rows.
pub(super) const HEADS: u32 = 2;
const WIDEST: f64 = 45.0;

/// A sheet that was carried over, for the index and for what the workbook says of its sheets.
pub(super) struct Carried {
    pub name: String,
    /// Rows, the headers included.
    pub rows: u32,
    pub columns: u16,
}

/// What one table's sheets need of the book.
pub(super) struct Around<'a> {
    /// Takes the sheets that are written.
    pub batch: &'a mut Workbook,
    pub look: &'a Look,
    pub paper: &'a Paper,
    pub names: &'a mut SheetNames,
    pub texts: &'a mut CellTexts,
    pub cuts: &'a mut Cuts,
    pub room: u32,
}

/// An open table. Over [`SHEET_COLUMNS`] its columns stand on several sheets side by side.
pub(super) struct OpenTable {
    title: String,
    columns: Vec<(String, Class, Action)>,
    sheets: Vec<Worksheet>,
    names: Vec<String>,
    widths: Vec<f64>,
    next: u32,
    pub sampled: u64,
    /// Its sheets that are written.
    pub carried: Vec<Carried>,
}

impl OpenTable {
    pub fn new(title: &str, columns: &[(String, &Treatment)], around: &mut Around<'_>) -> Result<Self> {
        let mut table = Self {
            title: title.to_owned(),
            columns: columns.iter().map(|(name, t)| (name.clone(), t.class(), t.action())).collect(),
            sheets: Vec::new(),
            names: Vec::new(),
            widths: vec![0.0; columns.len()],
            next: 0,
            sampled: 0,
            carried: Vec::new(),
        };
        table.open(around)?;
        Ok(table)
    }

    /// Starts fresh sheets with their two header rows.
    fn open(&mut self, around: &mut Around<'_>) -> Result<()> {
        for columns in chunks(&self.columns) {
            let name = around.names.take(&self.title);
            let mut sheet = around.paper.sheet(around.batch, &name)?;
            let title: String = fit(&self.title).text.chars().take(100).collect();
            sheet.set_header(format!("&L{}", printed(&title)));
            around.texts.exempt.insert(title);
            around.texts.exempt.insert(name.clone());
            // While rows are written, for the library looks up the format of every cell that brings its own.
            for column in 0..columns.len() {
                sheet.set_column_format(column as u16, around.look.absent_or(false))?;
            }
            heads(&mut sheet, columns, around)?;
            sheet.set_row_height(0, 18)?;
            sheet.set_row_height(1, 26)?;
            self.names.push(name);
            self.sheets.push(sheet);
        }
        for (width_so_far, (column, class, action)) in self.widths.iter_mut().zip(&self.columns) {
            let treated = width(&treated(*class, *action)) * 0.6;
            *width_so_far = width_so_far.max(width(column) * 1.1 + 2.0).max(treated + 3.0).max(9.0);
        }
        self.next = HEADS;
        Ok(())
    }

    /// One sampled row, on further sheets where the ones before are full.
    pub fn row(&mut self, cells: &[Deidentified], around: &mut Around<'_>) -> Result<()> {
        if cells.len() != self.columns.len() {
            return Err(Error::refused(format!(
                "a sample row of {} has {} cells where the table has {} columns; start the table with its columns",
                self.title,
                cells.len(),
                self.columns.len()
            )));
        }
        if self.next == around.room {
            self.close(around)?;
            self.open(around)?;
        }
        for (i, cell) in cells.iter().enumerate() {
            self.cell(i, cell, around)?;
        }
        self.next += 1;
        self.sampled += 1;
        Ok(())
    }

    fn cell(&mut self, i: usize, cell: &Deidentified, around: &mut Around<'_>) -> Result<()> {
        let at = (self.next, (i % SHEET_COLUMNS) as u16);
        let sheet = &mut self.sheets[i / SHEET_COLUMNS];
        let ours = match cell.origin() {
            Origin::Null => Some(NULL),
            Origin::Blank => Some(BLANK),
            Origin::Dropped if cell.as_str().is_empty() => Some(DROPPED),
            Origin::Dropped => Some(cell.as_str()),
            Origin::Passed | Origin::Reduced | Origin::Surrogate | Origin::SurrogateId => None,
        };
        let (text, format) = (ours.unwrap_or(cell.as_str()), around.look.absent_or(ours.is_some()));
        let fitted = fit(text);
        if fitted.cut {
            around.cuts.cut(|| format!("{}, row {}, {}", self.names[i / SHEET_COLUMNS], at.0 + 1, self.columns[i].0));
        }
        if ours.is_some() {
            around.texts.exempt.insert(fitted.text.to_string());
        } else if cell.origin() == Origin::SurrogateId || is_id(self.columns[i].1) {
            around.texts.ids.insert(fitted.text.to_string());
        }
        self.widths[i] = self.widths[i].max(width(&fitted.text) + 2.0);
        if fitted.text.is_empty() {
            sheet.write_blank(at.0, at.1, format)?;
        } else if ours.is_some() {
            sheet.write_string_with_format(at.0, at.1, fitted.text.as_ref(), format)?;
        } else {
            sheet.write_string(at.0, at.1, fitted.text.as_ref())?;
        }
        Ok(())
    }

    /// Sets what depends on all rows, and gives the sheets to the batch.
    pub fn close(&mut self, around: &mut Around<'_>) -> Result<()> {
        let sheets = self.sheets.drain(..).zip(self.names.drain(..));
        for (chunk, (mut sheet, name)) in sheets.enumerate() {
            let widths: Vec<f64> =
                self.widths.iter().skip(chunk * SHEET_COLUMNS).take(SHEET_COLUMNS).copied().collect();
            for (i, width) in widths.iter().enumerate() {
                sheet.set_column_width(i as u16, width.min(WIDEST))?;
            }
            let last = (widths.len().max(1) - 1) as u16;
            sheet.set_freeze_panes(HEADS, 1)?;
            sheet.set_repeat_rows(0, HEADS - 1)?;
            sheet.autofilter(HEADS - 1, 0, (self.next - 1).max(HEADS), last)?;
            sheet.ignore_error_range(HEADS, 0, (self.next - 1).max(HEADS), last, IgnoreError::NumberStoredAsText)?;
            self.carried.push(Carried { name, rows: self.next, columns: last + 1 });
            end(&mut sheet, self.next, around.look)?;
            take_formats_back(&mut sheet, widths.len())?;
            around.batch.push_worksheet(sheet);
        }
        Ok(())
    }
}

fn chunks<T>(columns: &[T]) -> impl Iterator<Item = &[T]> {
    // A table without columns still gets its sheet.
    let none = columns.is_empty().then_some(columns);
    columns.chunks(SHEET_COLUMNS).chain(none)
}

/// Two header rows: what a column is called and how it was treated. A row is done before the next begins.
fn heads(sheet: &mut Worksheet, columns: &[(String, Class, Action)], around: &mut Around<'_>) -> Result<()> {
    for (i, (column, ..)) in columns.iter().enumerate() {
        let name = fit(column).text;
        if name.is_empty() {
            sheet.write_blank(0, i as u16, around.look.header(Shade::Plain, Style::Plain))?;
        } else {
            sheet.write_string_with_format(
                0,
                i as u16,
                name.as_ref(),
                around.look.header(Shade::Plain, Style::Plain),
            )?;
        }
        around.texts.exempt.insert(name.into_owned());
    }
    for (i, (_, class, action)) in columns.iter().enumerate() {
        let treated = treated(*class, *action);
        sheet.write_string_with_format(1, i as u16, &treated, around.look.treated(*action))?;
        around.texts.exempt.insert(treated);
    }
    Ok(())
}

/// How a column was treated, in words.
fn treated(class: Class, action: Action) -> String {
    if class == Class::None {
        action.label().to_owned()
    } else {
        format!("{} · {}", class_code(class), action.label())
    }
}

/// The class as the report and the command line write it.
pub(super) fn class_code(class: Class) -> String {
    format!("{class:?}").to_uppercase()
}
