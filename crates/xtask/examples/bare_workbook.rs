//! The plainest workbook of 100,000 rows and 30 columns: what the library alone takes, and something to read.

use std::env;

use rust_xlsxwriter::{Workbook, XlsxError};

fn main() -> Result<(), XlsxError> {
    let path = env::args().nth(1).unwrap_or_else(|| "bare.xlsx".to_owned());
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
    book.save(path)
}
