//! Workbooks of Excel 5 to 2003 (.xls): records in a stream of a compound file (MS-XLS, BIFF5 and BIFF8). The stream
//! is held as a whole. Excel 2 to 4 wrote no compound files; those are recognised and refused.

mod record;
mod sheet;
mod text;

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use cfb::CompoundFile;
use encoding_rs::WINDOWS_1252;

use super::binary::{u8_at, u16_at, u32_at};
use super::book::{About, Book, Formats, Rows, SHEET_LIMIT, SheetKind, Strings, Visibility};
use super::formula::Zeros;
use super::package::cut;
use super::protected::{damaged, decrypt};
use super::serial::Epoch;
use crate::event::{Error, Result};
use record::{BEGIN, Stream};
use sheet::SheetRows;

/// A stream of more bytes is refused: 65,536 rows of 256 columns are far smaller.
pub const STREAM_LIMIT: u64 = 1 << 30;

pub struct Xls {
    stream: Arc<Stream>,
    sheets: Vec<About>,
    /// Where each begins.
    places: Vec<u32>,
    formats: Formats,
    strings: Arc<Strings>,
    zeros: Zeros,
}

impl Xls {
    pub fn open(file: CompoundFile<impl Read + Seek>, password: Option<&str>) -> Result<Self> {
        let mut bytes = workbook_stream(file)?;
        decrypt(&mut bytes, password)?;
        let mut stream = Stream { bytes, wide: true, encoding: WINDOWS_1252 };
        let begin = stream.record(0).filter(|r| r.kind == BEGIN).ok_or_else(|| cut("the workbook", 0))?;
        let (wide, mut at) = (u16_at(begin.fields, 0) >= 0x600, begin.next);
        let encoding = stream.globals(at).find(|r| r.kind == 0x42).map(|r| text::code_page(u16_at(r.fields, 0)));
        let encoding = encoding.unwrap_or(WINDOWS_1252);
        (stream.wide, stream.encoding) = (wide, encoding);
        let mut codes = HashMap::new();
        let (mut styles, mut sheets, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let (mut epoch, mut strings) = (Epoch::Of1900, Strings::default());
        // Excel says by which version of it the workbook was computed; libraries that compute nothing say nothing.
        let mut zeros = Zeros::Alone;
        // A stream that ends in its globals may still hold the sheets they named.
        for record in stream.globals(at) {
            let fields = record.fields;
            match record.kind {
                0x22 if u16_at(fields, 0) == 1 => epoch = Epoch::Of1904,
                0x41e if codes.len() < Formats::LIMIT => {
                    let code = if stream.wide {
                        text::unicode(&[fields.get(2..).unwrap_or_default()], true)
                    } else {
                        text::narrow(fields, 2, 1, encoding)
                    };
                    codes.insert(u32::from(u16_at(fields, 0)), String::from_utf8_lossy(&code).into_owned());
                }
                0xe0 if styles.len() < Formats::LIMIT => styles.push(u32::from(u16_at(fields, 2))),
                0x85 if sheets.len() < SHEET_LIMIT => {
                    places.push(u32_at(fields, 0));
                    sheets.push(about(fields, &stream));
                }
                0x1c1 => zeros = Zeros::Results,
                0xfc => strings = text::shared(&stream.continued(record))?,
                _ => {}
            }
            at = record.next;
        }
        for (sheet, place) in sheets.iter_mut().zip(&places) {
            let begins = stream.record(*place as usize).is_some_and(|r| r.kind == BEGIN);
            if !begins && sheet.kind == SheetKind::Cells {
                sheet.kind = SheetKind::Missing;
            }
        }
        if sheets.is_empty() {
            return Err(cut("the workbook", at as u64));
        }
        let mut formats = Formats::new(&styles, &codes);
        formats.epoch = epoch;
        Ok(Self { stream: Arc::new(stream), sheets, places, formats, strings: Arc::new(strings), zeros })
    }
}

/// The stream that holds the workbook, in whichever spelling.
fn workbook_stream(mut file: CompoundFile<impl Read + Seek>) -> Result<Vec<u8>> {
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|n| file.is_stream(n)) else {
        let text = "the file holds no workbook: it may be a Word document, a mail or a presentation";
        return Err(Error::Unreadable(text.to_owned()));
    };
    let mut bytes = Vec::new();
    let stream = file.open_stream(name).map_err(|_| damaged())?;
    // What can be read of a stream that is cut off is kept: its sheets say where they end.
    let read = stream.take(STREAM_LIMIT + 1).read_to_end(&mut bytes);
    if read.is_err() && bytes.is_empty() {
        return Err(damaged());
    }
    if bytes.len() as u64 > STREAM_LIMIT {
        return Err(Error::Limit(format!("the workbook holds over {STREAM_LIMIT} bytes: ask for delimited text")));
    }
    Ok(bytes)
}

fn about(fields: &[u8], stream: &Stream) -> About {
    let visibility = match u8_at(fields, 4) & 3 {
        0 => Visibility::Shown,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    let kind = match u8_at(fields, 5) {
        0 => SheetKind::Cells,
        2 => SheetKind::Chart,
        _ => SheetKind::Macro,
    };
    let name = if stream.wide {
        text::unicode(&[fields.get(6..).unwrap_or_default()], false)
    } else {
        text::narrow(fields, 6, 1, stream.encoding)
    };
    About { name: String::from_utf8_lossy(&name).into_owned(), visibility, kind }
}

impl Book for Xls {
    fn sheets(&self) -> &[About] {
        &self.sheets
    }

    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn zeros(&self) -> Zeros {
        self.zeros
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows>> {
        let place = self.places[sheet] as usize;
        Ok(Box::new(SheetRows::new(Arc::clone(&self.stream), place, Arc::clone(&self.strings))))
    }
}
