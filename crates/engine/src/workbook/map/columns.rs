//! `Data Mapping`: one row per source column, under the headers that the receiving system's scripts match by name.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::{COLUMNS, Lists, MapColumn, SheetWriter, Steps, options};
use crate::error::Result;
use crate::mapping::Mapping;
use crate::sample::Origin;
use crate::sample::leak::{LISTED, TextOrigin};
use crate::target::catalog;
use crate::workbook::grid::{Cell, Column, Grid, Marks};
use crate::workbook::look::Style;

pub(super) const WHAT: &str =
    "Every source column: its usage, deidentified sample values and the target fields it is mapped to";

/// The headers we add to the receiving system's.
const OURS: [&str; 8] = [
    "Disposition",
    "Reason",
    "Target Interface",
    "Target Field",
    "Transform",
    "Mapping Status",
    "Inferred Type",
    "Distinct",
];

const TABLOID: u8 = 3;

pub(super) fn write<C: Borrow<MapColumn>>(
    writer: &mut SheetWriter<'_>,
    source_columns: impl IntoIterator<Item = Result<C>>,
    lists: &Lists,
    steps: &mut Steps<'_>,
) -> Result<()> {
    let theirs = &catalog().mapping_sheet.data_mapping;
    let columns = theirs.iter().map(|h| their_column(h, lists)).chain(OURS.iter().map(|h| our_column(h, lists)));
    let mut grid = Grid::new(writer, COLUMNS, columns.collect(), 3)?;
    let titles: HashMap<&str, &str> = catalog().interfaces.iter().map(|i| (i.id.as_str(), i.title.as_str())).collect();
    for column in source_columns {
        let column = column?;
        let row = Row::of(column.borrow(), &titles);
        let cells = theirs.iter().map(|h| row.theirs(h)).chain(OURS.iter().map(|h| row.ours(h)));
        grid.row(writer, cells.collect())?;
        steps.row(COLUMNS)?;
    }
    let option = |name: &str| theirs.iter().position(|h| h == name);
    if let (Some(first), Some(last)) = (option(options::HEADERS[0]), option(options::HEADERS[10])) {
        grid.fold_empty(first, last)?;
    }
    grid.part_by(1);
    grid.paper(TABLOID);
    grid.finish(writer)
}

fn their_column(header: &'static str, lists: &Lists) -> Column {
    let column = Column::new(header);
    match header {
        "Legacy Column" => column.style(Style::Strong),
        "Comments" => column.wrap(32.0),
        "Description" => column.wrap(20.0),
        "DB Default" => column.wrap(14.0),
        "Sample Data" => column.wrap(28.0),
        "DB Count" | "DB Total Rows" => column.figures(),
        "Module" => column.marks(Marks::Choice(lists.modules(), true)),
        "DB Field Type" => column.wrap(18.0),
        "Order" | "DB Null" | "DB Key" => column.style(Style::Centered),
        "DB Usage" => column.figures().marks(Marks::Share),
        _ if options::HEADERS.contains(&header) => column.wrap(24.0),
        _ => column,
    }
}

fn our_column(header: &'static str, lists: &Lists) -> Column {
    let column = Column::new(header).ours();
    match header {
        "Disposition" => column.marks(Marks::Dispositions(Some(lists.dispositions()))),
        "Reason" | "Transform" => column.wrap(28.0),
        "Distinct" => column.figures(),
        "Target Interface" => column.wrap(46.0).marks(Marks::Choice(lists.interfaces(), true)),
        "Target Field" => column.wrap(24.0),
        "Mapping Status" => column.wrap(14.0).marks(Marks::Choice(lists.mapping_statuses(), true)),
        _ => column,
    }
}

/// A source column with its mappings in order.
struct Row<'a> {
    column: &'a MapColumn,
    mappings: Vec<&'a Mapping>,
    titles: &'a HashMap<&'static str, &'static str>,
}

impl<'a> Row<'a> {
    fn of(column: &'a MapColumn, titles: &'a HashMap<&'static str, &'static str>) -> Self {
        let mut mappings: Vec<&Mapping> = column.facts.mappings.iter().collect();
        mappings.sort_by_key(|m| m.order);
        Self { column, mappings, titles }
    }

    fn theirs(&self, header: &str) -> Cell<'a> {
        let facts = &self.column.facts;
        let figures = &facts.figures;
        match header {
            "Legacy DB" => facts.database.as_deref().map_or(Cell::Empty, Cell::schema),
            "Legacy Table" => Cell::schema(&facts.table),
            "Legacy Column" => Cell::schema(&facts.column),
            "Comments" => Cell::typed(self.comments()),
            "Description" => Cell::typed(self.description()),
            "Module" => facts.module.as_deref().map_or(Cell::Empty, Cell::typed),
            "Order" => self.order(),
            "DB Field Type" => Cell::schema(&facts.declared_type),
            "DB Null" => Cell::ours(if facts.nullable { "YES" } else { "NO" }),
            "DB Key" => Cell::schema(&facts.db_key),
            "DB Default" => facts.default.as_deref().map_or(Cell::Empty, Cell::typed),
            "DB Count" if !facts.state.is_read() => Cell::Empty,
            "DB Usage" if !facts.state.is_read() => Cell::ours(facts.state.label()),
            "DB Count" => Cell::Count(figures.filled()),
            "DB Usage" if self.column.table_rows == 0 => Cell::Empty,
            "DB Usage" => Cell::Share(figures.filled() as f64 / self.column.table_rows as f64),
            "DB Total Rows" => Cell::Count(self.column.table_rows),
            "Sample Data" => self.sample(),
            option => Cell::typed(options::under(option, &self.mappings)),
        }
    }

    fn ours(&self, header: &str) -> Cell<'a> {
        let facts = &self.column.facts;
        match header {
            "Disposition" => Cell::ours(facts.disposition.label()),
            "Reason" => Cell::typed(&facts.reason),
            "Target Interface" => {
                Cell::schema(self.lines(|m| self.titles.get(m.interface.as_str()).unwrap_or(&m.interface.as_str())))
            }
            "Target Field" => Cell::schema(self.lines(|m| &m.field)),
            "Transform" => Cell::typed(self.lines(|m| &m.transform)),
            "Mapping Status" => Cell::schema(self.lines(|m| m.status.code())),
            "Inferred Type" if !facts.state.is_read() => Cell::ours(facts.state.label()),
            "Distinct" if !facts.state.is_read() => Cell::Empty,
            "Inferred Type" => Cell::schema(match &facts.figures.format {
                Some(format) => format!("{} ({format})", facts.figures.inferred_type.label()),
                None => facts.figures.inferred_type.label().to_owned(),
            }),
            _ => Cell::Count(facts.figures.distinct),
        }
    }

    /// A line for each mapping, in order, so that the lines of neighbouring cells answer each other.
    fn lines<'m>(&'m self, word: impl Fn(&'m Mapping) -> &'m str) -> String {
        let lines: Vec<&str> = self.mappings.iter().map(|m| word(m)).collect();
        if lines.iter().all(|l| l.is_empty()) { String::new() } else { lines.join("\n") }
    }

    /// What people noted, then what the legacy schema says.
    fn comments(&self) -> String {
        let facts = &self.column.facts;
        let mut lines: Vec<String> = Vec::new();
        let said = [facts.comment.as_str()].into_iter().chain(self.mappings.iter().map(|m| m.comment.as_str()));
        for comment in said.filter(|c| !c.is_empty()) {
            if !lines.iter().any(|l| l == comment) {
                lines.push(comment.to_owned());
            }
        }
        if !facts.source_comment.is_empty() {
            lines.push(format!("Legacy schema: {}", facts.source_comment));
        }
        if let Some(shown) = &facts.shown {
            lines.push(format!("Legacy workbook: {}", shown.words(facts.figures.filled())));
        }
        lines.join("\n")
    }

    fn description(&self) -> String {
        let facts = &self.column.facts;
        if facts.description.is_empty() { self.lines(|m| &m.description) } else { facts.description.clone() }
    }

    fn order(&self) -> Cell<'a> {
        match self.mappings.as_slice() {
            [] => Cell::Empty,
            [one] => Cell::Count(u64::from(one.order)),
            many => Cell::schema(many.iter().map(|m| m.order.to_string()).collect::<Vec<_>>().join("\n")),
        }
    }

    fn sample(&self) -> Cell<'a> {
        let shown = self.column.sample.iter().filter(|v| !matches!(v.origin(), Origin::Null | Origin::Blank));
        let values: Vec<&str> = shown.clone().map(crate::sample::Deidentified::as_str).collect();
        if shown.clone().all(|v| v.origin() == Origin::Dropped) {
            return values.first().map_or(Cell::Empty, |_| Cell::Muted("withheld"));
        }
        // What stands for an id is searched for short ids as well.
        let origin =
            if shown.clone().any(|v| v.origin() == Origin::SurrogateId) { TextOrigin::Id } else { TextOrigin::Sample };
        Cell::Text(origin, values.join(LISTED).into())
    }
}
