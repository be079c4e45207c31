//! `Module Summary`: the components each module is made of, under the receiving system's headers.

use super::{MODULES, MapBook, SheetWriter, Steps};
use crate::error::Result;
use crate::mapping::{Component, Module};
use crate::target::catalog;
use crate::workbook::grid::{Cell, Column, Grid};
use crate::workbook::look::Style;

pub(super) const WHAT: &str = "Every module with the components it creates and the order they are processed in";

pub(super) fn rows(book: &MapBook<'_>) -> u64 {
    book.modules.iter().map(|m| m.components.len().max(1) as u64).sum()
}

pub(super) fn write(writer: &mut SheetWriter<'_>, book: &MapBook<'_>, steps: &mut Steps<'_>) -> Result<()> {
    let headers = &catalog().mapping_sheet.module_summary;
    let columns = headers.iter().map(|h| match h.as_str() {
        "Module" => Column::new(h.as_str()).style(Style::Strong),
        _ => Column::new(h.as_str()).wrap(32.0),
    });
    let mut grid = Grid::new(writer, MODULES, columns.collect(), 2)?;
    for facts in book.modules {
        let none = [Component::default()];
        let components = if facts.components.is_empty() { &none[..] } else { &facts.components };
        for component in components {
            let cells = headers.iter().map(|h| cell(h, &facts.module, component)).collect();
            grid.row(writer, cells)?;
            steps.row(MODULES)?;
        }
    }
    grid.finish(writer)
}

fn cell<'a>(header: &str, module: &'a Module, component: &'a Component) -> Cell<'a> {
    let order = |n: u32| if n == 0 { Cell::Empty } else { Cell::Count(u64::from(n)) };
    match header {
        "Module" => Cell::typed(&module.name),
        "Component" => Cell::typed(&component.component),
        "Module Order" => order(module.order),
        "Component Order" => order(component.order),
        "Doc Type" => Cell::typed(&component.doc_type),
        "get_pat_id" => Cell::typed(&component.get_pat_id),
        "get_user_id" => Cell::typed(&component.get_user_id),
        "get_interface_name" => Cell::typed(&component.get_interface_name),
        "get_ext_id" => Cell::typed(&component.get_ext_id),
        "get_subject" => Cell::typed(&component.get_subject),
        "get_location" => Cell::typed(&component.get_location),
        "get_encounter_id" => Cell::typed(&component.get_encounter_id),
        "Template" => Cell::typed(&component.template),
        _ => Cell::Empty,
    }
}
