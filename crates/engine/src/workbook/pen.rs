//! What every sheet of a workbook is written with.

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::look::Look;
use super::text::fit;
use super::{Heard, Written};
use crate::{Error, Result};

/// Whose words a cell holds, which is what the leak scan is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Fixed,
    Typed,
    Id,
    /// Deidentified; told to nobody, so that all of it is searched.
    Sample,
}

/// How many cut cells are named one by one.
const CUTS_NAMED: u64 = 20;

pub(super) struct Pen<'h> {
    pub workbook: Workbook,
    pub look: Look,
    heard: &'h mut dyn Heard,
    footer: String,
    warnings: Vec<String>,
    cuts: u64,
    rows: u64,
    sheets: u64,
}

impl<'h> Pen<'h> {
    /// `at` is the declared time in RFC 3339; `footer` names the engagement on every printed page.
    pub fn new(title: &str, who: &str, footer: &str, at: &str, heard: &'h mut dyn Heard) -> Result<Self> {
        let created = moment(at).ok_or_else(|| {
            Error::refused("the declared time of the export is not a time; write it like 2026-01-31T09:30:00Z")
        })?;
        let mut workbook = Workbook::new();
        let properties = DocProperties::new().set_title(title).set_author(who).set_creation_datetime(&created);
        workbook.set_properties(&properties);
        heard.typed(title);
        heard.typed(who);
        let footer = format!("&L&8{}&C&8&A&R&8Page &P of &N", footer.replace('&', "&&"));
        heard.typed(&footer);
        Ok(Self { workbook, look: Look::new(), heard, footer, warnings: Vec::new(), cuts: 0, rows: 0, sheets: 0 })
    }

    /// A sheet with the page set-up they all share. It joins the workbook with [`Self::bind`].
    pub fn sheet(&mut self, name: &str) -> Result<Worksheet> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        self.heard.fixed(name);
        sheet.set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(LETTER).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer(&self.footer);
        Ok(sheet)
    }

    /// Puts a written sheet at the end of the workbook.
    pub fn bind(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
        self.sheets += 1;
    }

    /// Puts a sheet at the end that people do not see and that counts for nothing.
    pub fn bind_hidden(&mut self, mut sheet: Worksheet) {
        sheet.set_very_hidden(true);
        self.workbook.push_worksheet(sheet);
    }

    pub fn hear(&mut self, says: Says, text: &str) {
        match says {
            Says::Fixed => self.heard.fixed(text),
            Says::Typed => self.heard.typed(text),
            Says::Id => self.heard.id(text),
            Says::Sample => {}
        }
    }

    /// A text made fit for a cell and told; `place` says where it stands, for the warning when it is cut.
    pub fn said<'t>(&mut self, says: Says, text: &'t str, place: impl FnOnce() -> String) -> Cow<'t, str> {
        let fitted = fit(text);
        if fitted.cut {
            self.cuts += 1;
            if self.cuts <= CUTS_NAMED {
                self.warnings.push(format!("{}: the text was cut, a cell holds at most 32,767 characters", place()));
            }
        }
        self.hear(says, &fitted.text);
        fitted.text
    }

    /// Writes a text as text, whatever it starts with.
    pub fn write(
        &mut self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        says: Says,
        text: &str,
        format: &Format,
    ) -> Result<()> {
        let name = sheet.name();
        let text = self.said(says, text, || format!("{name}, row {}", at.0 + 1));
        if text.is_empty() {
            sheet.write_blank(at.0, at.1, format)?;
        } else {
            sheet.write_string_with_format(at.0, at.1, text.as_ref(), format)?;
        }
        Ok(())
    }

    pub fn count_rows(&mut self, rows: u64) {
        self.rows += rows;
    }

    /// Writes the file.
    pub fn save(mut self, path: &Path) -> Result<Written> {
        if self.cuts > CUTS_NAMED {
            self.warnings.push(format!("{} more cells were cut at 32,767 characters", self.cuts - CUTS_NAMED));
        }
        self.workbook.save(path)?;
        Ok(Written { sheets: self.sheets, rows: self.rows, warnings: self.warnings })
    }
}

const LETTER: u8 = 1;

/// An RFC 3339 time as the format holds it, in UTC.
pub(super) fn moment(at: &str) -> Option<ExcelDateTime> {
    let time = at.parse::<Timestamp>().ok()?.to_zoned(TimeZone::UTC);
    let date = ExcelDateTime::from_ymd(time.year().try_into().ok()?, time.month() as u8, time.day() as u8).ok()?;
    date.and_hms(time.hour() as u16, time.minute() as u8, f64::from(time.second())).ok()
}
