//! A sheet of prose, facts and legends, written from top to bottom.

use rust_xlsxwriter::{Format, Url, Worksheet};

use super::pen::{Pen, Says};
use super::text::width;
use crate::Result;

/// Columns of a page: a margin, a term, a figure, its explanation, a last figure.
pub(super) const TERM: u16 = 1;
pub(super) const FIGURE: u16 = 2;
pub(super) const WORDS: u16 = 3;
pub(super) const LAST: u16 = 4;

const WIDTHS: [f64; 5] = [2.0, 30.0, 16.0, 66.0, 10.0];

pub(super) struct Page {
    sheet: Worksheet,
    row: u32,
}

impl Page {
    pub fn new(pen: &mut Pen<'_>, name: &str) -> Result<Self> {
        let mut sheet = pen.sheet(name)?;
        sheet.set_portrait();
        for (i, width) in WIDTHS.into_iter().enumerate() {
            sheet.set_column_width(i as u16, width)?;
        }
        Ok(Self { sheet, row: 0 })
    }

    pub fn title(&mut self, pen: &mut Pen<'_>, title: &str, says: Says, under: &[String]) -> Result<()> {
        let (large, small) = (pen.look.title.clone(), pen.look.subtitle.clone());
        self.sheet.set_row_height(self.row, 30)?;
        self.put(pen, TERM, Says::Fixed, title, &large)?;
        self.row += 1;
        for line in under {
            self.put(pen, TERM, says, line, &small)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A heading with a rule under it, an empty row above it.
    pub fn section(&mut self, pen: &mut Pen<'_>, heading: &str) -> Result<()> {
        let format = pen.look.section.clone();
        self.row += 1;
        self.sheet.set_row_height(self.row, 21)?;
        self.put(pen, TERM, Says::Fixed, heading, &format)?;
        for column in FIGURE..=LAST {
            self.sheet.write_blank(self.row, column, &format)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Running text across the page.
    pub fn prose(&mut self, pen: &mut Pen<'_>, text: &str) -> Result<()> {
        let format = pen.look.base.clone();
        for line in broken(text, WIDTHS[1..].iter().sum::<f64>() * 1.05) {
            self.put(pen, TERM, Says::Fixed, &line, &format)?;
            self.row += 1;
        }
        Ok(())
    }

    /// One row of cells; the caller says where each stands and how.
    pub fn row(&mut self, pen: &mut Pen<'_>, cells: &[(u16, Item<'_>, &Format)]) -> Result<()> {
        for (column, item, format) in cells {
            match item {
                Item::Text(says, text) => self.put(pen, *column, *says, text, format)?,
                Item::Count(n) => {
                    self.sheet.write_number_with_format(self.row, *column, *n as f64, format)?;
                }
                Item::Link(sheet) => {
                    pen.hear(Says::Fixed, sheet);
                    let target = format!("internal:'{}'!A1", sheet.replace('\'', "''"));
                    pen.hear(Says::Fixed, &target);
                    let url = Url::new(target).set_text(*sheet);
                    self.sheet.write_url_with_format(self.row, *column, url, format)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Names of the columns under a heading.
    pub fn heads(&mut self, pen: &mut Pen<'_>, heads: &[(u16, &str)]) -> Result<()> {
        let format = pen.look.label.clone();
        for (column, head) in heads {
            self.put(pen, *column, Says::Fixed, head, &format)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn space(&mut self, points: f64) -> Result<()> {
        self.sheet.set_row_height(self.row, points)?;
        self.row += 1;
        Ok(())
    }

    /// Starts a new printed page at this row.
    pub fn break_here(&mut self, breaks: &mut Vec<u32>) {
        breaks.push(self.row + 1);
    }

    pub fn finish(mut self, pen: &mut Pen<'_>, breaks: &[u32]) -> Result<()> {
        if !breaks.is_empty() {
            self.sheet.set_page_breaks(breaks)?;
        }
        pen.bind(self.sheet);
        Ok(())
    }

    fn put(&mut self, pen: &mut Pen<'_>, column: u16, says: Says, text: &str, format: &Format) -> Result<()> {
        pen.write(&mut self.sheet, (self.row, column), says, text, format)
    }
}

pub(super) enum Item<'a> {
    Text(Says, &'a str),
    Count(u64),
    /// To a sheet of this workbook.
    Link(&'a str),
}

/// Breaks running text into lines of at most `room` digits' width.
fn broken(text: &str, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("starts with one line");
        if !line.is_empty() && width(line) + 1.0 + width(word) > room {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
