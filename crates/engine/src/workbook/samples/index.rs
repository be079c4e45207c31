//! `Tables`: which table stands on which sheet.

use super::{Listed, TABLES};
use crate::error::Result;
use crate::workbook::grid::{Cell, Column, Grid, Marks};
use crate::workbook::look::Style;
use crate::workbook::sheet_writer::SheetWriter;

pub(super) fn write(writer: &mut SheetWriter<'_>, listed: &[Listed]) -> Result<()> {
    let columns = vec![
        Column::new("Database"),
        Column::new("Table").style(Style::Strong),
        Column::new("Sheet"),
        Column::new("Rows in the source").figures(),
        Column::new("Rows sampled").figures(),
        Column::new("Columns").figures(),
        Column::new("Disposition").marks(Marks::Dispositions(None)),
        Column::new("Module"),
    ];
    let mut grid = Grid::new(writer, TABLES, columns, 2)?;
    for table in listed {
        let facts = &table.facts;
        for (i, sheet) in table.carried.iter().enumerate() {
            let first = |n: u64| if i == 0 { Cell::Count(n) } else { Cell::Empty };
            let cells = vec![
                facts.database.as_deref().map_or(Cell::Empty, Cell::schema),
                Cell::schema(&facts.table),
                Cell::Link(&sheet.name),
                first(facts.rows),
                first(table.sampled),
                Cell::Count(u64::from(sheet.columns)),
                Cell::ours(facts.disposition.label()),
                facts.module.as_deref().map_or(Cell::Empty, Cell::typed),
            ];
            grid.row(writer, cells)?;
        }
    }
    grid.finish(writer)
}
