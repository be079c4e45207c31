//! What was written, read back.

mod invented;
mod look;
mod map;
mod samples;
pub(super) mod valid;
mod valid_test;

use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};

use crate::sample::leak::{TextLog, TextOrigin};

/// Keeps what it is told.
#[derive(Default)]
pub(super) struct Told {
    pub fixed: Vec<String>,
    pub typed: Vec<String>,
    pub id: Vec<String>,
}

impl TextLog for Told {
    fn text(&mut self, origin: TextOrigin, text: &str) {
        let told = match origin {
            TextOrigin::Ours | TextOrigin::Schema => &mut self.fixed,
            TextOrigin::Typed => &mut self.typed,
            TextOrigin::Id => &mut self.id,
            TextOrigin::Sample => return,
        };
        told.push(text.to_owned());
    }
}

/// A workbook read back, by sheet.
pub(super) struct Seen {
    pub names: Vec<String>,
    book: Xlsx<std::io::BufReader<std::fs::File>>,
}

impl Seen {
    pub fn read(path: &Path) -> Self {
        valid::assert_valid(path);
        let book: Xlsx<_> = open_workbook(path).expect("the workbook opens");
        Self { names: book.sheet_names(), book }
    }

    pub fn sheet(&mut self, name: &str) -> Range<Data> {
        self.book.worksheet_range(name).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The texts of one row.
    pub fn row(&mut self, sheet: &str, row: usize) -> Vec<String> {
        self.sheet(sheet).rows().nth(row).unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    /// The cell under a header, by the number of its row; the header's row is 0.
    pub fn under(&mut self, sheet: &str, header: &str, row: usize) -> Data {
        let range = self.sheet(sheet);
        let mut rows = range.rows();
        let headers = rows.next().expect("a header row");
        let column =
            headers.iter().position(|h| matches!(h, Data::String(h) if h == header)).expect("the header is there");
        if row == 0 { headers[column].clone() } else { rows.nth(row - 1).expect("the row is there")[column].clone() }
    }
}

/// One part of the packed file, as text.
pub(super) fn part(path: &Path, name: &str) -> String {
    let file = std::fs::File::open(path).expect("the workbook is there");
    let mut packed = zip::ZipArchive::new(file).expect("a packed file");
    let mut part = packed.by_name(name).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut text = String::new();
    std::io::Read::read_to_string(&mut part, &mut text).expect("text");
    text
}
