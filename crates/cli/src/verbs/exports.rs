use std::path::PathBuf;

use engine::facts::ExportKind;
use engine::project::ExportRequest;
use engine::{Project, Result};

use crate::Done;
use crate::arguments::{All, Workbook};
use crate::print::{count, json, out};
use crate::progress::Bar;

fn kind(what: Workbook) -> ExportKind {
    match what {
        Workbook::Map => ExportKind::Map,
        Workbook::Samples => ExportKind::Samples,
        Workbook::Profile => ExportKind::Profile,
    }
}

pub fn export(
    project: &mut Project,
    what: Workbook,
    path: PathBuf,
    rows: Option<u64>,
    at: Option<String>,
    all: &All,
) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let exported = project.export(&ExportRequest { kind: kind(what), path, rows, at }, &bar)?;
    drop(bar);
    if all.json {
        json(&exported)?;
    } else {
        out(&format!("{}: {} sheets, {} rows", exported.path, exported.sheets, count(exported.rows)))?;
        for warning in &exported.warnings {
            out(&format!("! {warning}"))?;
        }
    }
    Ok(if exported.warnings.is_empty() { Done::Well } else { Done::WithWarnings })
}

pub fn preview(project: &mut Project, what: Workbook, all: &All) -> Result<Done> {
    let preview = project.export_preview(kind(what))?;
    if all.json {
        json(&preview)?;
        return Ok(Done::Well);
    }
    out(&preview.default_name)?;
    for sheet in &preview.sheets {
        out(&format!("  {}: {} rows. {}", sheet.name, count(sheet.rows), sheet.what))?;
    }
    for remark in &preview.remarks {
        out(&format!("! {remark}"))?;
    }
    Ok(Done::Well)
}
