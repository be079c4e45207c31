//! The least work that reads a workbook: the library alone, every cell touched, nothing kept.

use std::{env, error::Error};

use calamine::{Data, DataRef, Reader, Sheets, open_workbook_auto};

/// What was touched, so that no reading of it can be left out.
#[derive(Debug, Default)]
struct Touched {
    cells: u64,
    bytes: usize,
    styles: usize,
    sum: f64,
}

impl Touched {
    fn streamed(&mut self, cell: &DataRef<'_>) {
        self.cells += 1;
        match cell {
            DataRef::String(text) => self.bytes += text.len(),
            DataRef::SharedString(text) => self.bytes += text.len(),
            DataRef::Float(number) => self.sum += number,
            DataRef::DateTime(serial) => self.sum += serial.as_f64(),
            _ => {}
        }
    }

    fn held(&mut self, cell: &Data) {
        self.cells += 1;
        match cell {
            Data::String(text) => self.bytes += text.len(),
            Data::Float(number) => self.sum += number,
            Data::DateTime(serial) => self.sum += serial.as_f64(),
            _ => {}
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut book = open_workbook_auto(env::args_os().nth(1).ok_or("a workbook is needed")?)?;
    let mut touched = Touched::default();
    for name in book.sheet_names() {
        match &mut book {
            Sheets::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(&name)?;
                while let Some((cell, style)) = cells.next_cell_with_style_id()? {
                    touched.styles += style;
                    touched.streamed(cell.get_value());
                }
            }
            Sheets::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(&name)?;
                while let Some(cell) = cells.next_cell()? {
                    touched.streamed(cell.get_value());
                }
            }
            // The other formats are held as a whole.
            book => book.worksheet_range(&name)?.used_cells().for_each(|(.., cell)| touched.held(cell)),
        }
    }
    println!("{touched:?}");
    Ok(())
}
