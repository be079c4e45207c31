//! A corrected file that was saved as a workbook.

use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use csv::StringRecord;

/// How workbooks begin: as a ZIP, or as a compound file.
const STARTS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

pub(super) fn is_workbook(path: &Path) -> bool {
    let mut start = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && STARTS.contains(&start.as_slice())
}

/// The records of the first sheet that holds anything, its first row first.
///
/// # Errors
/// In words, without a cell's text.
pub(super) fn records(path: &Path) -> Result<Vec<StringRecord>, String> {
    let unreadable = "it cannot be read as a workbook: save it as CSV UTF-8";
    let bytes: Arc<[u8]> = fs::read(path).map_err(|_| unreadable)?.into();
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| unreadable)?;
    for sheet in book.sheet_names() {
        let cells = book.worksheet_range(&sheet).map_err(|_| unreadable)?;
        if !cells.is_empty() {
            return cells.rows().zip(1..).map(|(row, number)| record(row, number)).collect();
        }
    }
    Err("no sheet of it holds anything".to_owned())
}

fn record(row: &[Data], number: usize) -> Result<StringRecord, String> {
    let field = |cell: &Data| match cell {
        Data::Empty => Ok(String::new()),
        Data::String(text) => Ok(text.clone()),
        Data::Int(number) => Ok(number.to_string()),
        Data::Float(number) => Ok(number.to_string()),
        Data::Bool(is) => Ok(is.to_string().to_uppercase()),
        // What was written in its place is gone.
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Err(format!(
            "record {number}: a cell became a date: open the CSV with its columns as text, correct it, and save it again"
        )),
        Data::Error(_) => Err(format!("record {number}: a cell holds an error instead of a text")),
    };
    row.iter().map(field).collect::<Result<Vec<_>, _>>().map(StringRecord::from)
}
