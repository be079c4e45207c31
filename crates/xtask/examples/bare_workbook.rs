//! What writing a workbook takes the library alone, and something to read.
//!
//!     bare_workbook OUT               the plainest workbook of 100,000 rows and 30 columns
//!     bare_workbook take BOOK CELLS   puts the cells of a workbook aside
//!     bare_workbook put CELLS OUT     writes them, and nothing but them

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Workbook, Worksheet};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [out] => plain(out),
        ["take", book, cells] => take(book, cells),
        ["put", cells, out] => put(cells, out),
        _ => Err("bare_workbook OUT, or take BOOK CELLS, or put CELLS OUT".into()),
    }
}

fn plain(out: &str) -> Result<(), Box<dyn Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for column in 0..30u16 {
        sheet.write_string(0, column, format!("c{column:02}"))?;
    }
    for row in 1..=100_000u32 {
        for column in 0..30u16 {
            if column % 3 == 0 {
                sheet.write_number(row, column, f64::from(row * u32::from(column + 1)))?;
            } else {
                sheet.write_string(row, column, format!("value {} of {column}", row % 5000))?;
            }
        }
    }
    Ok(book.save(out)?)
}

// What is put aside: a letter, then row and column and a number, or row, column and a text; a sheet's name in a text.
const SHEET: u8 = b'#';
const TEXT: u8 = b't';
const NUMBER: u8 = b'n';

fn take(book: &str, cells: &str) -> Result<(), Box<dyn Error>> {
    let mut book: Xlsx<_> = open_workbook(book)?;
    let mut out = BufWriter::new(File::create(cells)?);
    for name in book.sheet_names() {
        one(&mut out, SHEET, 0, 0, name.as_bytes())?;
        let range = book.worksheet_range(&name)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            match value {
                Data::Float(number) => one(&mut out, NUMBER, row, column, &number.to_le_bytes())?,
                other => one(&mut out, TEXT, row, column, other.to_string().as_bytes())?,
            }
        }
    }
    Ok(out.flush()?)
}

fn one(out: &mut impl Write, kind: u8, row: u32, column: u32, content: &[u8]) -> std::io::Result<()> {
    out.write_all(&[kind])?;
    out.write_all(&row.to_le_bytes())?;
    out.write_all(&(column as u16).to_le_bytes())?;
    out.write_all(&(content.len() as u32).to_le_bytes())?;
    out.write_all(content)
}

fn put(cells: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let mut cells = BufReader::new(File::open(cells)?);
    let mut book = Workbook::new();
    let mut sheet: Option<Worksheet> = None;
    let mut head = [0; 11];
    let mut content = Vec::new();
    loop {
        match cells.read_exact(&mut head) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            read => read?,
        }
        let row = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        let column = u16::from_le_bytes([head[5], head[6]]);
        content.resize(u32::from_le_bytes([head[7], head[8], head[9], head[10]]) as usize, 0);
        cells.read_exact(&mut content)?;
        match (head[0], &mut sheet) {
            (NUMBER, Some(sheet)) => {
                let number = f64::from_le_bytes(content.as_slice().try_into()?);
                sheet.write_number(row, column, number)?;
            }
            (TEXT, Some(sheet)) => {
                sheet.write_string(row, column, std::str::from_utf8(&content)?)?;
            }
            _ => {
                let mut next = book.new_worksheet_with_constant_memory()?;
                next.set_name(std::str::from_utf8(&content)?)?;
                if let Some(done) = sheet.replace(next) {
                    book.push_worksheet(done);
                }
            }
        }
    }
    if let Some(done) = sheet {
        book.push_worksheet(done);
    }
    Ok(book.save(out)?)
}
