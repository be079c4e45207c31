//! `Tables`: one row per source table.

use super::{Lists, MapBook, SheetWriter, Steps, TABLES};
use crate::error::Result;
use crate::facts::TableFacts;
use crate::workbook::grid::{Cell, Column, Grid, Marks};
use crate::workbook::look::Style;

pub(super) const WHAT: &str = "Every source table: how much it holds, what becomes of it and who said so";

pub(super) fn write(
    writer: &mut SheetWriter<'_>,
    book: &MapBook<'_>,
    lists: &Lists,
    steps: &mut Steps<'_>,
) -> Result<()> {
    let mut grid = Grid::new(writer, TABLES, headers(lists), 2)?;
    for table in book.tables {
        grid.row(writer, cells(table))?;
        steps.row(TABLES)?;
    }
    grid.finish(writer)
}

fn headers(lists: &Lists) -> Vec<Column> {
    vec![
        Column::new("Database"),
        Column::new("Table").style(Style::Strong),
        Column::new("Rows").figures(),
        Column::new("Columns").figures(),
        Column::new("Empty Columns").figures(),
        Column::new("Filled %").figures().marks(Marks::Share),
        Column::new("Disposition").marks(Marks::Dispositions(Some(lists.dispositions()))),
        Column::new("Reason").wrap(34.0),
        Column::new("Module").marks(Marks::Choice(lists.modules(), true)),
        Column::new("Status").marks(Marks::Choice(lists.module_statuses(), false)),
        Column::new("Comment").wrap(34.0),
        Column::new("Decided by"),
        Column::new("Decided on"),
        Column::new("Mapped columns").figures(),
        Column::new("Rejected rows").figures(),
        Column::new("Source file"),
    ]
}

fn cells(table: &TableFacts) -> Vec<Cell<'_>> {
    let decided = !table.when.is_empty();
    vec![
        table.database.as_deref().map_or(Cell::Empty, Cell::schema),
        Cell::schema(&table.table),
        Cell::Count(table.rows),
        Cell::Count(table.columns),
        Cell::Count(table.empty_columns),
        Cell::Share(table.filled_percent / 100.0),
        Cell::ours(table.disposition.label()),
        Cell::typed(&table.reason),
        table.module.as_deref().map_or(Cell::Empty, Cell::typed),
        if table.module.is_some() { Cell::ours(table.status.label()) } else { Cell::Empty },
        Cell::typed(&table.comment),
        if decided { Cell::typed(&table.who) } else { Cell::Empty },
        if decided { Cell::Moment(&table.when) } else { Cell::Empty },
        Cell::Count(table.columns_mapped),
        Cell::Count(table.rejected),
        Cell::typed(&table.file),
    ]
}
