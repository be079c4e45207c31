//! `Ledger`: what was read, loaded and rejected, file by file and table by table.

use super::{LEDGER, MapBook, SheetWriter, Steps};
use crate::error::Result;
use crate::facts::{LedgerFile, LedgerTable};
use crate::workbook::grid::{Cell, Column, Grid};
use crate::workbook::look::Style;

pub(super) const WHAT: &str = "The account of the load: read = loaded + rejected, for every file and table";

pub(super) fn rows(book: &MapBook<'_>) -> u64 {
    book.ledger.map_or(0, |l| l.files.iter().map(|f| f.tables.len().max(1) as u64).sum())
}

pub(super) fn write(writer: &mut SheetWriter<'_>, book: &MapBook<'_>, steps: &mut Steps<'_>) -> Result<()> {
    let columns = vec![
        Column::new("File").wrap(40.0),
        Column::new("Kind"),
        Column::new("Encoding"),
        Column::new("Bytes").figures(),
        Column::new("Dialect").wrap(30.0),
        Column::new("Database"),
        Column::new("Table").style(Style::Strong),
        Column::new("Read").figures(),
        Column::new("Loaded").figures(),
        Column::new("Rejected").figures(),
        Column::new("Statements not run").wrap(30.0),
        Column::new("Left aside").wrap(40.0),
        Column::new("Warnings").wrap(40.0),
    ];
    let mut grid = Grid::new(writer, LEDGER, columns, 1)?;
    for file in book.ledger.iter().flat_map(|l| &l.files) {
        if file.tables.is_empty() {
            grid.row(writer, cells(file, None, true))?;
            steps.row(LEDGER)?;
        }
        for (i, table) in file.tables.iter().enumerate() {
            grid.row(writer, cells(file, Some(table), i == 0))?;
            steps.row(LEDGER)?;
        }
    }
    grid.finish(writer)
}

/// What is said of the whole file stands on its first row only, so that sums over the sheet hold.
fn cells<'a>(file: &'a LedgerFile, table: Option<&'a LedgerTable>, first: bool) -> Vec<Cell<'a>> {
    let count = |n: Option<u64>| n.map_or(Cell::Empty, Cell::Count);
    let once = |text: String| if first { Cell::typed(text) } else { Cell::Empty };
    let statements = file.statements.iter().map(|s| format!("{} × {}", s.statement, s.count)).collect::<Vec<_>>();
    vec![
        Cell::typed(&file.file),
        Cell::schema(&file.kind),
        Cell::schema(&file.encoding),
        if first { Cell::Count(file.bytes) } else { Cell::Empty },
        once(file.dialect.clone().unwrap_or_default()),
        table.and_then(|t| t.database.as_deref()).map_or(Cell::Empty, Cell::schema),
        table.map_or(Cell::Empty, |t| Cell::schema(&t.table)),
        count(table.map(|t| t.read)),
        count(table.map(|t| t.loaded)),
        count(table.map(|t| t.rejected)),
        once(statements.join("\n")),
        once(file.ignored.join("\n")),
        once(file.warnings.join("\n")),
    ]
}
