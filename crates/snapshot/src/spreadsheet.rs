//! Workbooks: each sheet with content is a table. Thin for now: the header is the first row that fills most columns,
//! rows above it become rejects, dates come out as ISO text.

#[allow(dead_code)]
mod cell;
#[allow(dead_code)]
mod number_format;
#[allow(dead_code)]
mod serial;

use std::collections::VecDeque;
use std::io::{Cursor, Read, Seek};

use calamine::{Data, Range, Reader as _, SheetVisible, Sheets, open_workbook_auto_from_rs};

use crate::delimited::column_names;
use crate::event::{Batch, ColumnDef, Error, Note, NoteKind, Position, Reader, Result, Step, TableDef};

/// What a person decided about the sheets of a workbook; what is not named is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetChoice {
    pub sheets: Vec<OneSheet>,
}

/// A decision about one sheet; several with ranges may stand for one sheet, each is a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneSheet {
    pub sheet: String,
    /// The last row of the header, from 1 as the legacy program counts; 0 where there is none.
    pub header_row: Option<u32>,
    pub skip: bool,
    /// The cells of the table with its header, such as `A5:K200`.
    pub range: Option<String>,
}

pub struct Spreadsheet {
    sheets: Sheets<Cursor<Vec<u8>>>,
    /// Names still to be read.
    names: VecDeque<(String, bool)>,
    stem: String,
    single: bool,
    queue: VecDeque<Step>,
    current: Option<Current>,
    tables: usize,
    size: u64,
    given: u64,
}

struct Current {
    range: Range<Data>,
    table: usize,
    next: usize,
    left: usize,
    width: usize,
}

impl Spreadsheet {
    /// `source` is the workbook; `stem` the file's name without its extension.
    pub fn new(mut source: impl Read + Seek + Send + 'static, stem: &str, _choice: &SheetChoice) -> Result<Self> {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(|source| Error::Io { byte: 0, source })?;
        let size = bytes.len() as u64;
        let refused = |e: calamine::Error| {
            let text = e.to_string();
            let locked = text.to_lowercase().contains("password") || text.to_lowercase().contains("encrypt");
            Error::Unreadable(if locked {
                "the workbook is protected by a password: ask for one without".into()
            } else {
                "the workbook cannot be read: it may be damaged, or not a workbook at all".into()
            })
        };
        let sheets = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(refused)?;
        let names: VecDeque<_> =
            sheets.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect();
        let single = names.len() == 1;
        let (queue, tables, given) = (VecDeque::new(), 0, 0);
        Ok(Self { sheets, names, stem: stem.to_owned(), single, queue, current: None, tables, size, given })
    }

    fn open_sheet(&mut self, name: &str, hidden: bool) {
        let range = match self.sheets.worksheet_range(name) {
            Ok(range) if !range.is_empty() => range,
            Ok(_) => return self.warn(format!("sheet {name} is empty")),
            Err(_) => return self.warn(format!("sheet {name} cannot be read: it may be a chart, or damaged")),
        };
        if hidden {
            self.warn(format!("sheet {name} is hidden; it is loaded all the same"));
        }
        let header = header_row(&range);
        let (first_row, _) = range.start().unwrap_or_default();
        for row in 0..header {
            self.reject_title(&range, row, first_row as usize);
        }
        // Columns end where the header and everything below it do.
        let used = |r: &[Data]| r.iter().rposition(|c| *c != Data::Empty).map_or(0, |n| n + 1);
        let width = range.rows().skip(header).map(used).max().unwrap_or(0);
        let names: Vec<String> = (0..width).map(|c| text(range.get((header, c)).unwrap_or(&Data::Empty))).collect();
        let columns = column_names(&names)
            .into_iter()
            .map(|name| ColumnDef { name, nullable: true, ..ColumnDef::default() })
            .collect();
        let table = if self.single { self.stem.clone() } else { format!("{} {name}", self.stem) };
        self.queue.push_back(Step::Table(TableDef { name: table, columns, ..TableDef::default() }));
        let left = range.height();
        self.current = Some(Current { range, table: self.tables, next: header + 1, left, width });
        self.tables += 1;
    }

    fn warn(&mut self, text: String) {
        let kind = NoteKind::Warning { text };
        self.queue.push_back(Step::Note(Note { table: None, at: Position::default(), kind }));
    }

    /// A title above the header is kept, and said.
    fn reject_title(&mut self, range: &Range<Data>, row: usize, first: usize) {
        let cells: Vec<String> = range.rows().nth(row).unwrap_or_default().iter().map(text).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        let at = Position { record: 0, line: (first + row + 1) as u64, byte: 0 };
        let reason = "stands above the header row".to_owned();
        let kind = NoteKind::Reject { raw: cells.join("\t").into_bytes(), reason };
        self.queue.push_back(Step::Note(Note { table: Some(self.tables), at, kind }));
    }
}

/// The first row, of the first thirty, that fills most of the columns and holds only text.
fn header_row(range: &Range<Data>) -> usize {
    let filled = |r: &[Data]| r.iter().filter(|c| !text(c).is_empty()).count();
    let widest = range.rows().take(30).map(filled).max().unwrap_or(0);
    range
        .rows()
        .take(30)
        .position(|r| filled(r) * 2 > widest && r.iter().all(|c| matches!(c, Data::String(_) | Data::Empty)))
        .or_else(|| range.rows().position(|r| filled(r) > 0))
        .unwrap_or(0)
}

/// A cell as text: dates in ISO form, whole numbers without a point, errors as Excel writes them.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
        Data::Bool(b) => if *b { "TRUE" } else { "FALSE" }.into(),
        Data::Int(i) => i.to_string(),
        Data::Float(f) => f.to_string(),
        Data::Error(e) => e.to_string(),
        Data::DateTime(d) if d.is_duration() => d.as_f64().to_string(),
        Data::DateTime(d) => {
            let (y, mo, da, h, mi, s, ms) = d.to_ymd_hms_milli();
            let date = format!("{y:04}-{mo:02}-{da:02}");
            match (d.as_f64() < 1.0, h, mi, s, ms) {
                (true, ..) => format!("{h:02}:{mi:02}:{s:02}"),
                (_, 0, 0, 0, 0) => date,
                (.., 0) => format!("{date} {h:02}:{mi:02}:{s:02}"),
                _ => format!("{date} {h:02}:{mi:02}:{s:02}.{ms:03}"),
            }
        }
    }
}

impl Reader for Spreadsheet {
    fn next(&mut self, batch: &mut Batch) -> Result<Step> {
        loop {
            // A sheet's table goes out before the notes about it.
            if let Some(table) = self.queue.iter().position(|s| matches!(s, Step::Table(_))) {
                return Ok(self.queue.remove(table).unwrap_or(Step::End));
            }
            if let Some(step) = self.queue.pop_front() {
                return Ok(step);
            }
            let Some(current) = &mut self.current else {
                match self.names.pop_front() {
                    Some((name, hidden)) => self.open_sheet(&name, hidden),
                    None => return Ok(Step::End),
                }
                continue;
            };
            batch.start(current.table, current.width);
            while current.next < current.left && !batch.is_full() {
                for column in 0..current.width {
                    match current.range.get((current.next, column)) {
                        None | Some(Data::Empty) => batch.push_null(),
                        Some(cell) => batch.push_text(text(cell).as_bytes()),
                    }
                }
                current.next += 1;
            }
            if current.next >= current.left {
                self.current = None;
            }
            self.given = if self.names.is_empty() { self.size } else { self.given };
            if !batch.is_empty() {
                return Ok(Step::Rows);
            }
        }
    }

    fn position(&self) -> u64 {
        self.given
    }

    fn encoding(&self) -> String {
        "workbook".into()
    }
}
