//! A table-shaped sheet: a header row, rows under it, and further sheets where the rows do not fit on one.

use std::borrow::Cow;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatType, DataValidation, DataValidationErrorStyle, Format, FormatBorder, Formula, Worksheet,
};

use super::look::{self, HIGHEST, LINE, Look, Shade, Style};
use super::sheet_writer::{SheetWriter, end, moment, take_formats_back};
use super::text::{lines, width};
use crate::error::Result;
use crate::sample::leak::TextOrigin;
use crate::source::Disposition;

/// A sheet takes 65,530 links; what comes after is told in words.
const LINKS: u32 = 65_530;

/// No column is wider, in widths of a digit; longer texts wrap or run on.
const WIDEST: f64 = 60.0;

/// What stands in a column of gaps.
pub(super) const GAP: &str = "required, not mapped";

/// One column of a grid.
pub(super) struct Column {
    pub header: Cow<'static, str>,
    pub shade: Shade,
    pub style: Style,
    /// In widths of a digit.
    pub widest: f64,
    pub marks: Marks,
    /// The text of the last cell that wraps, and how many lines it takes.
    last: (String, u32),
}

/// What a column's cells carry besides their content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marks {
    None,
    /// Coloured by disposition, and chosen from a list where there is one.
    Dispositions(Option<String>),
    /// Chosen from the list the formula names; `true` lets other words pass with a warning.
    Choice(String, bool),
    /// A bar as long as the share.
    Share,
    /// A cell that says [`GAP`] stands out.
    Gap,
}

impl Column {
    pub fn new(header: impl Into<Cow<'static, str>>) -> Self {
        Self {
            header: header.into(),
            shade: Shade::Plain,
            style: Style::Plain,
            widest: WIDEST,
            marks: Marks::None,
            last: (String::new(), 1),
        }
    }

    pub fn ours(mut self) -> Self {
        self.shade = Shade::Ours;
        self
    }

    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Wraps what is longer than `widest`.
    pub fn wrap(mut self, widest: f64) -> Self {
        self.style = Style::Wrap;
        self.widest = widest;
        self
    }

    /// Holds numbers.
    pub fn figures(mut self) -> Self {
        self.style = Style::Figures;
        self
    }

    pub fn marks(mut self, marks: Marks) -> Self {
        self.marks = marks;
        self
    }
}

impl Column {
    /// What most of its cells hold.
    fn usual(&self) -> Usual {
        match (&self.marks, self.style) {
            (Marks::Share, _) => Usual::Share,
            (_, Style::Figures) => Usual::Count,
            _ => Usual::Text,
        }
    }

    /// Lines that a cell of this column takes.
    fn lines(&mut self, cell: &Cell<'_>) -> u32 {
        match cell {
            Cell::Text(_, text) if matches!(self.style, Style::Wrap | Style::Centered) => {
                // The same reason stands in row after row.
                if self.last.0 != **text {
                    self.last = (text.to_string(), lines(text, self.widest - 2.0));
                }
                self.last.1
            }
            _ => 1,
        }
    }
}

/// Cells of this kind have the format of their column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Usual {
    Text,
    Count,
    Share,
}

/// Gives columns the format of most of their cells while rows are written: the library looks a format up for every cell
/// that brings its own, which takes longer than writing the cell.
fn lend_formats(sheet: &mut Worksheet, columns: &[Column], look: &Look) -> Result<()> {
    for (i, column) in columns.iter().enumerate() {
        let format = match column.usual() {
            Usual::Text => look.cell(column.style),
            Usual::Count => &look.count,
            Usual::Share => &look.share,
        };
        sheet.set_column_format(i as u16, format)?;
    }
    Ok(())
}

pub(super) enum Cell<'a> {
    Empty,
    Text(TextOrigin, Cow<'a, str>),
    Count(u64),
    /// As it is.
    Number(f64),
    /// 0 to 1.
    Share(f64),
    /// RFC 3339.
    Moment(&'a str),
    /// To a sheet of the same workbook.
    Link(&'a str),
    /// Of ours, set back from the rest.
    Muted(&'static str),
}

impl<'a> Cell<'a> {
    fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(_, text) => text.is_empty(),
            _ => false,
        }
    }

    /// Our own words.
    pub fn ours(words: &'static str) -> Self {
        Self::Text(TextOrigin::Ours, words.into())
    }

    /// Names and types of the source's schema and of the target's catalog.
    pub fn schema(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(TextOrigin::Schema, text.into())
    }

    pub fn typed(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(TextOrigin::Typed, text.into())
    }
}

pub(super) struct Grid {
    name: &'static str,
    columns: Vec<Column>,
    widths: Vec<f64>,
    /// Filled cells under each header.
    filled: Vec<u64>,
    frozen: u16,
    parted: Option<u16>,
    done: Vec<(Worksheet, u32)>,
    sheet: Worksheet,
    /// The next row to write.
    next: u32,
}

impl Grid {
    /// Starts a sheet with its headers; the first `frozen` columns stay in view.
    pub fn new(writer: &mut SheetWriter<'_>, name: &'static str, columns: Vec<Column>, frozen: u16) -> Result<Self> {
        let mut sheet = writer.sheet(name)?;
        lend_formats(&mut sheet, &columns, &writer.look)?;
        let widths = columns.iter().map(|c| header_width(&c.header)).collect();
        let filled = vec![0; columns.len()];
        let mut grid = Self { name, columns, widths, filled, frozen, parted: None, done: Vec::new(), sheet, next: 0 };
        grid.headers(writer)?;
        Ok(grid)
    }

    fn headers(&mut self, writer: &mut SheetWriter<'_>) -> Result<()> {
        for (i, column) in self.columns.iter().enumerate() {
            let format = writer.look.header(column.shade, column.style).clone();
            writer.write(&mut self.sheet, (0, i as u16), TextOrigin::Ours, &column.header, &format)?;
        }
        self.sheet.set_row_height(0, 30)?;
        self.next = 1;
        Ok(())
    }

    pub fn row(&mut self, writer: &mut SheetWriter<'_>, cells: Vec<Cell<'_>>) -> Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.name);
        if self.next == writer.room {
            self.turn_over(writer)?;
        }
        let lines = cells.iter().zip(&mut self.columns).map(|(cell, column)| column.lines(cell)).max().unwrap_or(1);
        let mut blank = 0;
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 && cell.is_blank() {
                blank += 1;
                continue;
            }
            self.blanks(writer, i - blank, i)?;
            blank = 0;
            self.cell(writer, i, cell)?;
        }
        self.blanks(writer, self.columns.len() - blank, self.columns.len())?;
        // One line is left to the program; not every program measures more when it opens a file.
        if lines > 1 {
            self.sheet.set_row_height(self.next, (LINE * f64::from(lines) + 2.0).min(HIGHEST))?;
        }
        self.next += 1;
        writer.count_rows(1);
        Ok(())
    }

    /// Blank cells in the columns `from..to` of the row that has been begun, in one go where they look the same: the
    /// library looks the format of each up that comes by itself.
    fn blanks(&mut self, writer: &SheetWriter<'_>, from: usize, to: usize) -> Result<()> {
        let mut start = from;
        for run in self.columns[from..to].chunk_by(|a, b| a.style == b.style) {
            let (first, last) = (start as u16, (start + run.len() - 1) as u16);
            let format = writer.look.cell(run[0].style);
            self.sheet.set_range_format(self.next, first, self.next, last, format)?;
            start += run.len();
        }
        Ok(())
    }

    fn turn_over(&mut self, writer: &mut SheetWriter<'_>) -> Result<()> {
        let mut sheet = writer.sheet(&format!("{} ({})", self.name, self.done.len() + 2))?;
        lend_formats(&mut sheet, &self.columns, &writer.look)?;
        let full = std::mem::replace(&mut self.sheet, sheet);
        self.done.push((full, self.next));
        self.headers(writer)
    }

    fn cell(&mut self, writer: &mut SheetWriter<'_>, i: usize, cell: Cell<'_>) -> Result<()> {
        let (row, column) = (self.next, i as u16);
        let (style, usual) = (self.columns[i].style, self.columns[i].usual());
        let wide = match cell {
            Cell::Text(origin, text) if !text.is_empty() => {
                let (name, header) = (self.name, &self.columns[i].header);
                let text = writer.said(origin, &text, || format!("{name}, row {}, {header}", row + 1));
                if usual == Usual::Text {
                    self.sheet.write_string(row, column, text.as_ref())?;
                } else {
                    self.sheet.write_string_with_format(row, column, text.as_ref(), writer.look.cell(style))?;
                }
                width(&text) * if style == Style::Strong { 1.1 } else { 1.0 }
            }
            Cell::Muted(text) => {
                writer.tell(TextOrigin::Ours, text);
                self.sheet.write_string_with_format(row, column, text, &writer.look.muted)?;
                width(text)
            }
            Cell::Link(sheet) if row < LINKS => {
                let link = writer.link(sheet);
                self.sheet.write_url_with_format(row, column, link, &writer.look.link_cell)?;
                width(sheet)
            }
            Cell::Link(sheet) => return self.cell(writer, i, Cell::schema(sheet)),
            Cell::Count(n) => {
                if usual == Usual::Count || style == Style::Centered {
                    self.sheet.write_number(row, column, n as f64)?;
                } else {
                    self.sheet.write_number_with_format(row, column, n as f64, &writer.look.count)?;
                }
                f64::from(n.max(1).ilog10() + 1) * 4.0 / 3.0
            }
            Cell::Number(number) => {
                // A year is centred and has no thousands; other figures stand to the right.
                let format = if style == Style::Centered { &writer.look.centered } else { &writer.look.number };
                self.sheet.write_number_with_format(row, column, number, format)?;
                10.0
            }
            Cell::Share(share) => {
                if usual == Usual::Share {
                    self.sheet.write_number(row, column, share)?;
                } else {
                    self.sheet.write_number_with_format(row, column, share, &writer.look.share)?;
                }
                8.0
            }
            Cell::Moment(at) => return self.moment(writer, i, at),
            Cell::Empty | Cell::Text(..) => {
                self.sheet.write_blank(row, column, writer.look.cell(style))?;
                return Ok(());
            }
        };
        self.filled[i] += 1;
        self.widths[i] = self.widths[i].max(wide);
        Ok(())
    }

    /// A time as a time; a text that is none stays the text it is.
    fn moment(&mut self, writer: &mut SheetWriter<'_>, i: usize, at: &str) -> Result<()> {
        let Some(time) = moment(at) else {
            return self.cell(writer, i, Cell::typed(at));
        };
        self.sheet.write_datetime_with_format(self.next, i as u16, &time, &writer.look.moment)?;
        self.filled[i] += 1;
        self.widths[i] = self.widths[i].max(15.0);
        Ok(())
    }

    /// Draws a line above each row whose cell in this column differs from the one before.
    pub fn part_by(&mut self, column: u16) {
        self.parted = Some(column);
    }

    /// Folds away those of the columns `first..=last` that hold nothing; the reader opens them with a click.
    pub fn fold_empty(&mut self, first: usize, last: usize) -> Result<()> {
        let empty: Vec<usize> = (first..=last).filter(|i| self.filled[*i] == 0).collect();
        for run in empty.chunk_by(|a, b| a + 1 == *b) {
            let (from, to) = (run[0] as u16, run[run.len() - 1] as u16);
            for sheet in self.done.iter_mut().map(|(sheet, _)| sheet).chain([&mut self.sheet]) {
                sheet.group_columns_collapsed(from, to)?;
            }
        }
        Ok(())
    }

    pub fn paper(&mut self, size: u8) {
        for sheet in self.done.iter_mut().map(|(s, _)| s).chain([&mut self.sheet]) {
            sheet.set_paper_size(size);
        }
    }

    /// Sets what depends on all rows, and puts the sheets into the workbook.
    pub fn finish(mut self, writer: &mut SheetWriter<'_>) -> Result<()> {
        for ours in [NOT_LISTED, CHOOSE, ASIDE, &format!("\"{GAP}\"")] {
            writer.tell(TextOrigin::Ours, ours);
        }
        let mut sheets = std::mem::take(&mut self.done);
        sheets.push((self.sheet, self.next));
        for (mut sheet, rows) in sheets {
            let (last_row, last_column) = ((rows - 1).max(1), (self.columns.len() - 1) as u16);
            for (i, column) in self.columns.iter().enumerate() {
                sheet.set_column_width(
                    i as u16,
                    (self.widths[i] + 2.5).min(column.widest.max(header_width(&column.header))),
                )?;
                mark(&mut sheet, i as u16, last_row, &column.marks)?;
            }
            if let Some(column) = self.parted.and_then(|c| char::from_digit(u32::from(c) + 10, 36)) {
                let column = column.to_ascii_uppercase();
                let format = Format::new().set_border_top(FormatBorder::Thin).set_border_top_color(look::INK);
                let formula = format!("${column}3<>${column}2");
                writer.tell(TextOrigin::Ours, &formula);
                let rule = ConditionalFormatFormula::new().set_rule(formula.as_str());
                sheet.add_conditional_format(2, 0, last_row.max(2), last_column, &rule.set_format(format))?;
            }
            sheet.set_freeze_panes(1, self.frozen)?;
            sheet.set_repeat_rows(0, 0)?;
            sheet.autofilter(0, 0, last_row, last_column)?;
            end(&mut sheet, rows, &writer.look)?;
            take_formats_back(&mut sheet, self.columns.len())?;
            writer.bind(sheet, rows)?;
        }
        Ok(())
    }
}

/// Two lines and a filter button have room in a header.
fn header_width(header: &str) -> f64 {
    let word = header.split(' ').map(width).fold(0.0, f64::max);
    (word * 1.1 + 3.5).max(width(header) * 0.6)
}

fn mark(sheet: &mut Worksheet, column: u16, last_row: u32, marks: &Marks) -> Result<()> {
    match marks {
        Marks::None => {}
        Marks::Dispositions(list) => {
            for disposition in Disposition::ALL {
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(disposition.label()))
                    .set_format(look::tint(disposition).on(Format::new()));
                sheet.add_conditional_format(1, column, last_row, column, &rule)?;
            }
            if let Some(list) = list {
                choose(sheet, column, last_row, list, false)?;
            }
        }
        Marks::Choice(list, open) => choose(sheet, column, last_row, list, *open)?,
        Marks::Share => {
            let bar = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_maximum(ConditionalFormatType::Number, 1)
                .set_fill_color(look::BAR)
                .set_solid_fill(true)
                .set_border_off(true);
            sheet.add_conditional_format(1, column, last_row, column, &bar)?;
        }
        Marks::Gap => {
            let (fill, text) = look::GAP;
            let format = Format::new().set_bold().set_background_color(fill).set_font_color(text);
            let rule =
                ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(GAP)).set_format(format);
            sheet.add_conditional_format(1, column, last_row, column, &rule)?;
        }
    }
    Ok(())
}

const NOT_LISTED: &str = "Not in the list";
const CHOOSE: &str = "Choose one of the words in the list.";
const ASIDE: &str = "This word is not in the list. Keep it if it is meant to be new.";

fn choose(sheet: &mut Worksheet, column: u16, last_row: u32, list: &str, open: bool) -> Result<()> {
    let style = if open { DataValidationErrorStyle::Information } else { DataValidationErrorStyle::Stop };
    let message = if open { ASIDE } else { CHOOSE };
    let validation = DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_style(style)
        .set_error_title(NOT_LISTED)?
        .set_error_message(message)?;
    sheet.add_data_validation(1, column, last_row, column, &validation)?;
    Ok(())
}
