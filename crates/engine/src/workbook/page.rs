//! A sheet of prose, facts and legends, written from top to bottom.

use rust_xlsxwriter::{Format, Worksheet};

use super::look::{HIGHEST, LINE};
use super::sheet_writer::SheetWriter;
use super::text::{broken, lines};
use crate::error::Result;
use crate::sample::leak::TextOrigin;

/// Height of an ordinary row, in points.
const ROW: f64 = 16.5;

pub(super) struct Page {
    sheet: Worksheet,
    widths: Vec<f64>,
    row: u32,
}

impl Page {
    /// `widths` of its columns, in widths of a digit; the first is the margin.
    pub fn new(writer: &mut SheetWriter<'_>, name: &str, widths: &[f64]) -> Result<Self> {
        let mut sheet = writer.sheet(name)?;
        for (i, width) in widths.iter().enumerate() {
            sheet.set_column_width(i as u16, *width)?;
        }
        sheet.set_default_row_height(ROW);
        Ok(Self { sheet, widths: widths.to_vec(), row: 0 })
    }

    /// Higher than wide, where the paper is otherwise wider than high.
    pub fn upright(mut self) -> Self {
        self.sheet.set_portrait();
        self
    }

    pub fn title(
        &mut self,
        writer: &mut SheetWriter<'_>,
        title: &str,
        origin: TextOrigin,
        under: &[String],
    ) -> Result<()> {
        let (large, small) = (writer.look.title.clone(), writer.look.subtitle.clone());
        self.sheet.set_row_height(self.row, 30)?;
        self.put(writer, 1, TextOrigin::Ours, title, &large)?;
        self.row += 1;
        for line in under {
            self.put(writer, 1, origin, line, &small)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A heading with a rule under it, an empty row above it.
    pub fn section(&mut self, writer: &mut SheetWriter<'_>, heading: &str) -> Result<()> {
        let format = writer.look.section.clone();
        self.row += 1;
        self.sheet.set_row_height(self.row, 21)?;
        self.put(writer, 1, TextOrigin::Ours, heading, &format)?;
        for column in 2..self.widths.len() {
            self.sheet.write_blank(self.row, column as u16, &format)?;
        }
        self.row += 1;
        self.space(5.0)
    }

    /// Running text across the page.
    pub fn prose(&mut self, writer: &mut SheetWriter<'_>, text: &str) -> Result<()> {
        let format = writer.look.base.clone();
        for line in broken(text, self.widths[1..].iter().sum::<f64>()) {
            self.put(writer, 1, TextOrigin::Ours, &line, &format)?;
            self.row += 1;
        }
        Ok(())
    }

    /// One row of cells; the caller says where each stands and how.
    pub fn row(&mut self, writer: &mut SheetWriter<'_>, cells: &[(u16, Item<'_>, &Format)]) -> Result<()> {
        for (column, item, format) in cells {
            match item {
                Item::Wrapped(origin, text) => {
                    let lines = lines(text, self.widths[usize::from(*column)] - 2.0);
                    if lines > 1 {
                        self.sheet.set_row_height(self.row, ROW.max(LINE * f64::from(lines) + 3.0).min(HIGHEST))?;
                    }
                    self.put(writer, *column, *origin, text, format)?;
                }
                Item::Text(origin, text) => self.put(writer, *column, *origin, text, format)?,
                Item::Count(n) => {
                    self.sheet.write_number_with_format(self.row, *column, *n as f64, format)?;
                }
                Item::Link(sheet) => {
                    let link = writer.link(sheet);
                    self.sheet.write_url_with_format(self.row, *column, link, format)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Names of the columns under a heading.
    pub fn heads(&mut self, writer: &mut SheetWriter<'_>, heads: &[(u16, &str, &Format)]) -> Result<()> {
        for (column, head, format) in heads {
            self.put(writer, *column, TextOrigin::Ours, head, format)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn space(&mut self, points: f64) -> Result<()> {
        self.sheet.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    /// The row that will be written next.
    pub fn row_number(&self) -> u32 {
        self.row
    }

    /// Puts a filter on what was written since the header row `first`, and repeats that header on each printed page.
    pub fn filter(&mut self, writer: &mut SheetWriter<'_>, first: u32, (left, right): (u16, u16)) -> Result<()> {
        self.sheet.autofilter(first, left, self.row - 1, right)?;
        self.sheet.set_repeat_rows(first, first)?;
        writer.count_rows(u64::from(self.row - 1 - first));
        Ok(())
    }

    pub fn finish(mut self, writer: &mut SheetWriter<'_>, breaks: &[u32]) -> Result<()> {
        if !breaks.is_empty() {
            self.sheet.set_page_breaks(breaks)?;
        }
        writer.bind(self.sheet, self.row)
    }

    fn put(
        &mut self,
        writer: &mut SheetWriter<'_>,
        column: u16,
        origin: TextOrigin,
        text: &str,
        format: &Format,
    ) -> Result<()> {
        writer.write(&mut self.sheet, (self.row, column), origin, text, format)
    }
}

pub(super) enum Item<'a> {
    Text(TextOrigin, &'a str),
    /// In a format that breaks lines.
    Wrapped(TextOrigin, &'a str),
    Count(u64),
    /// To a sheet of this workbook.
    Link(&'a str),
}
