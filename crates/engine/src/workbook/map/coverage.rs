//! `Target coverage`: every field of the interfaces in use, and what fills it.

use super::{COVERAGE, Coverage, CoverageSource, MapBook, SheetWriter, Steps};
use crate::error::Result;
use crate::facts::FieldFacts;
use crate::mapping::MappingStatus;
use crate::workbook::grid::{Cell, Column, GAP, Grid, Marks};
use crate::workbook::look::Style;

pub(super) const WHAT: &str = "Every target field of the interfaces in use: what is mapped to it, and what is missing";

pub(super) fn write(writer: &mut SheetWriter<'_>, book: &MapBook<'_>, steps: &mut Steps<'_>) -> Result<()> {
    let columns = vec![
        Column::new("Interface"),
        Column::new("Title").wrap(30.0),
        Column::new("Field").style(Style::Strong),
        Column::new("Label").wrap(28.0),
        Column::new("Requirement"),
        Column::new("Type"),
        Column::new("Format").wrap(34.0),
        Column::new("Mapped from").wrap(36.0),
        Column::new("Mapping status").wrap(14.0),
        Column::new("Transform or value").wrap(36.0),
        Column::new("Gap").style(Style::Strong).marks(Marks::Gap),
    ];
    let mut grid = Grid::new(writer, COVERAGE, columns, 3)?;
    for line in book.coverage {
        grid.row(writer, cells(line))?;
        steps.row(COVERAGE)?;
    }
    grid.part_by(0);
    grid.finish(writer)
}

fn cells(line: &Coverage) -> Vec<Cell<'_>> {
    let lines = |words: Vec<String>| if words.iter().all(String::is_empty) { String::new() } else { words.join("\n") };
    let sources = &line.sources;
    vec![
        Cell::schema(&line.interface),
        Cell::schema(&line.title),
        Cell::schema(&line.field.name),
        Cell::schema(&line.field.label),
        Cell::ours(line.field.requirement.label()),
        Cell::schema(&line.field.kind),
        Cell::schema(format_of(&line.field)),
        Cell::schema(lines(sources.iter().map(from).collect())),
        Cell::schema(lines(sources.iter().map(|source| source.status.code().to_owned()).collect())),
        Cell::typed(lines(sources.iter().map(|source| source.how.clone()).collect())),
        if line.is_gap() { Cell::ours(GAP) } else { Cell::Empty },
    ]
}

fn from(source: &CoverageSource) -> String {
    match (&source.column, source.status) {
        (Some(column), _) => column.to_string(),
        (None, MappingStatus::Waived) => "(waived)".to_owned(),
        (None, _) => "(constant)".to_owned(),
    }
}

/// What a value must look like: the format, the length, the allowed words.
fn format_of(field: &FieldFacts) -> String {
    let mut parts: Vec<String> = field.format.iter().cloned().collect();
    if let Some(length) = field.max_length {
        parts.push(format!("at most {length} characters"));
    }
    if !field.allowed.is_empty() {
        parts.push(format!("one of: {}", field.allowed.join(", ")));
    }
    parts.join("\n")
}
