//! What every sheet of a workbook is written with.

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet};

use super::Written;
use super::look::Look;
use super::text::fit;
use crate::error::{Error, Result};
use crate::sample::leak::{TextLog, TextOrigin};

/// Rows of a sheet that can be filled: the format has one more, which is where a sheet is ended.
pub(super) const SHEET_ROWS: u32 = 1_048_575;

pub(super) struct SheetWriter<'h> {
    pub workbook: Workbook,
    pub look: Look,
    pub cuts: Cuts,
    /// Rows that a sheet has, its headers included.
    pub room: u32,
    texts: &'h mut dyn TextLog,
    paper: Paper,
    rows: u64,
    sheets: u64,
}

impl<'h> SheetWriter<'h> {
    pub fn new(cover: &Cover<'_>, texts: &'h mut dyn TextLog) -> Result<Self> {
        let look = Look::new();
        let workbook = cover.workbook(&look)?;
        let paper = cover.paper();
        for text in [&cover.title(), cover.who, &paper.engagement] {
            texts.text(TextOrigin::Typed, text);
        }
        for word in ["Page", "of"] {
            texts.text(TextOrigin::Ours, word);
        }
        Ok(Self { workbook, look, texts, paper, cuts: Cuts::default(), room: SHEET_ROWS, rows: 0, sheets: 0 })
    }

    /// A sheet with the page set-up they all share. It joins the workbook with [`Self::bind`].
    pub fn sheet(&mut self, name: &str) -> Result<Worksheet> {
        self.texts.text(TextOrigin::Ours, name);
        self.paper.sheet(&mut self.workbook, name)
    }

    /// As [`Self::sheet`], for what is written column by column: it is held in memory.
    pub fn plain_sheet(&mut self, name: &str) -> Result<Worksheet> {
        self.texts.text(TextOrigin::Schema, name);
        self.paper.set_up(Worksheet::new(), name)
    }

    /// Puts a written sheet of so many rows at the end of the workbook.
    pub fn bind(&mut self, mut sheet: Worksheet, rows: u32) -> Result<()> {
        end(&mut sheet, rows, &self.look)?;
        self.bind_stand_in(sheet);
        Ok(())
    }

    /// Puts a sheet at the end in whose place another's part will be carried over.
    pub fn bind_stand_in(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
        self.sheets += 1;
    }

    /// Puts a sheet of so many rows at the end that people do not see and that counts for nothing.
    pub fn bind_hidden(&mut self, mut sheet: Worksheet, rows: u32) -> Result<()> {
        end(&mut sheet, rows, &self.look)?;
        sheet.set_very_hidden(true);
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// Tells of a text that is written elsewhere.
    pub fn tell(&mut self, origin: TextOrigin, text: &str) {
        self.texts.text(origin, text);
    }

    /// A text made fit for a cell and told; `place` says where it stands, for the warning when it is cut.
    pub fn said<'t>(&mut self, origin: TextOrigin, text: &'t str, place: impl FnOnce() -> String) -> Cow<'t, str> {
        let fitted = fit(text);
        if fitted.cut {
            self.cuts.cut(place);
        }
        self.tell(origin, &fitted.text);
        fitted.text
    }

    /// Writes a text as text, whatever it starts with.
    pub fn write(
        &mut self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        origin: TextOrigin,
        text: &str,
        format: &Format,
    ) -> Result<()> {
        let name = sheet.name();
        let text = self.said(origin, text, || format!("{name}, row {}", at.0 + 1));
        if text.is_empty() {
            sheet.write_blank(at.0, at.1, format)?;
        } else {
            sheet.write_string_with_format(at.0, at.1, text.as_ref(), format)?;
        }
        Ok(())
    }

    /// A link to a sheet of this workbook.
    pub fn link(&mut self, sheet: &str) -> Url {
        let target = format!("'{}'!A1", sheet.replace('\'', "''"));
        self.tell(TextOrigin::Schema, sheet);
        self.tell(TextOrigin::Schema, &target);
        Url::new(format!("internal:{target}")).set_text(sheet)
    }

    pub fn count_rows(&mut self, rows: u64) {
        self.rows += rows;
    }

    /// Writes the file.
    pub fn save(mut self, path: &Path) -> Result<Written> {
        self.workbook.save(path)?;
        Ok(self.written())
    }

    pub fn written(self) -> Written {
        Written { sheets: self.sheets, rows: self.rows, warnings: self.cuts.warnings() }
    }
}

/// Ends a sheet of so many rows with a blank cell in the row after them. Without it the library writes a last row that
/// has a height of its own twice, the second time empty, and one reader then loses its cells (findings/last_row_twice.sh).
pub(super) fn end(sheet: &mut Worksheet, rows: u32, look: &Look) -> Result<()> {
    sheet.write_blank(rows, 0, &look.base)?;
    Ok(())
}

/// Takes back the formats that columns were given while their rows were written: a column by itself has none. Only after
/// [`end`], for a row gets its formats when the next one begins.
pub(super) fn take_formats_back(sheet: &mut Worksheet, columns: usize) -> Result<()> {
    let none = Format::default();
    for column in 0..columns {
        sheet.set_column_format(column as u16, &none)?;
    }
    Ok(())
}

/// What a workbook says of itself in its properties and at the foot of its pages.
pub(super) struct Cover<'a> {
    /// "Migration map"
    pub what: &'a str,
    /// The engagement as it is to be printed.
    pub client: &'a str,
    pub who: &'a str,
    /// The declared time, RFC 3339.
    pub at: &'a str,
}

impl Cover<'_> {
    pub fn title(&self) -> String {
        format!("{}: {}", self.what, self.client)
    }

    /// An empty workbook with its properties and every format in one order, so that sheets can be carried over.
    pub fn workbook(&self, look: &Look) -> Result<Workbook> {
        let created = moment(self.at).ok_or_else(|| {
            Error::refused("the declared time of the export is not a time; write it like 2026-01-31T09:30:00Z")
        })?;
        let mut workbook = Workbook::new();
        let properties = DocProperties::new();
        workbook
            .set_properties(&properties.set_title(self.title()).set_author(self.who).set_creation_datetime(&created));
        look.register(&mut workbook);
        Ok(workbook)
    }

    pub fn paper(&self) -> Paper {
        // A footer takes 255 characters with its marks.
        let client: String = fit(self.client).text.chars().take(80).collect();
        Paper { engagement: format!("{client} · {}", self.what.to_lowercase()) }
    }
}

/// The page set-up that all sheets share.
pub(super) struct Paper {
    /// At the foot of every page.
    engagement: String,
}

const LETTER: u8 = 1;

impl Paper {
    pub fn sheet(&self, workbook: &mut Workbook, name: &str) -> Result<Worksheet> {
        let sheet = workbook.new_worksheet_with_constant_memory()?;
        self.set_up(sheet, name)
    }

    fn set_up(&self, mut sheet: Worksheet, name: &str) -> Result<Worksheet> {
        sheet.set_name(name)?;
        sheet.set_screen_gridlines(false);
        sheet.set_landscape().set_paper_size(LETTER).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer(format!("&L{}&C{SMALL}&A&R{SMALL}Page &P of &N", printed(&self.engagement)));
        Ok(sheet)
    }
}

const SMALL: &str = "&8 ";

/// A text for the head or foot of a page, in small type. The space keeps a leading digit out of the size.
pub(super) fn printed(text: &str) -> String {
    format!("{SMALL}{}", text.replace('&', "&&"))
}

/// How many cut cells are named one by one.
const CUTS_NAMED: usize = 20;

/// Cells that held more than a cell can.
#[derive(Default)]
pub(super) struct Cuts {
    named: Vec<String>,
    more: u64,
}

impl Cuts {
    pub fn cut(&mut self, place: impl FnOnce() -> String) {
        if self.named.len() < CUTS_NAMED {
            self.named.push(format!("{}: the text was cut, a cell holds at most 32,767 characters", place()));
        } else {
            self.more += 1;
        }
    }

    fn warnings(mut self) -> Vec<String> {
        if self.more > 0 {
            self.named.push(format!("{} more cells were cut at 32,767 characters", self.more));
        }
        self.named
    }
}

/// An RFC 3339 time as the format holds it, in UTC.
pub(super) fn moment(at: &str) -> Option<ExcelDateTime> {
    let time = at.parse::<Timestamp>().ok()?.to_zoned(TimeZone::UTC);
    let date = ExcelDateTime::from_ymd(time.year().try_into().ok()?, time.month() as u8, time.day() as u8).ok()?;
    date.and_hms(time.hour() as u16, time.minute() as u8, f64::from(time.second())).ok()
}
