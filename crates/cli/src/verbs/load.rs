use std::path::PathBuf;

use engine::facts::Ledger;
use engine::project::LoadRequest;
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, Page};
use crate::print::{Grid, count, json, out, value};
use crate::progress::Bar;

pub fn load(project: &mut Project, paths: Vec<PathBuf>, label: Option<String>, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let loaded = project.load(&LoadRequest { paths, label }, &bar)?;
    drop(bar);
    print(&loaded.ledger, all)?;
    Ok(verdict(&loaded.ledger))
}

pub fn ledger(project: &mut Project, all: &All) -> Result<Done> {
    let ledger = project.ledger()?;
    print(&ledger, all)?;
    Ok(Done::Well)
}

/// Rejects and warnings are for a person to see.
pub fn verdict(ledger: &Ledger) -> Done {
    let warned = ledger.files.iter().any(|f| !f.warnings.is_empty() || !f.ignored.is_empty());
    if ledger.rejects > 0 || warned { Done::WithWarnings } else { Done::Well }
}

fn print(ledger: &Ledger, all: &All) -> Result<()> {
    if all.json {
        return json(ledger);
    }
    let (mut tables, mut rows) = (0, 0);
    for file in &ledger.files {
        let dialect = file.dialect.as_deref().map_or(String::new(), |d| format!(", {d}"));
        out(&format!("{}  {}, {}{dialect}, {} bytes", file.file, file.kind, file.encoding, count(file.bytes)))?;
        let mut grid = Grid::new(&["  table", ">read", ">loaded", ">rejected"]);
        for t in &file.tables {
            tables += 1;
            rows += t.loaded;
            grid.row(vec![format!("  {}", t.key), count(t.read), count(t.loaded), count(t.rejected)]);
        }
        grid.print()?;
        for s in &file.statements {
            out(&format!("  read, not run: {} × {}", count(s.count), s.statement))?;
        }
        for ignored in &file.ignored {
            out(&format!("  left aside: {ignored}"))?;
        }
        for warning in &file.warnings {
            out(&format!("  ! {warning}"))?;
        }
    }
    out(&format!("{} tables, {} rows, {} rejected", count(tables), count(rows), count(ledger.rejects)))
}

pub fn discard(project: &mut Project, name: Option<String>, all: &All) -> Result<Done> {
    let names = match name {
        Some(name) => vec![name],
        None => project.facts()?.partials,
    };
    for name in &names {
        project.delete_partial(name)?;
    }
    if all.json {
        json(&json!({ "discarded": names }))?;
    } else {
        out(&format!("{} removed", names.len()))?;
    }
    Ok(Done::Well)
}

pub fn rejects(project: &mut Project, page: &Page, raw: bool, all: &All) -> Result<Done> {
    let found = project.rejects(page.offset, page.limit, raw)?;
    if all.json {
        let rejects: Vec<_> = found
            .rejects
            .iter()
            .map(|r| {
                json!({
                    "file": r.file, "table": r.table, "record": r.record, "line": r.line, "byte": r.byte,
                    "length": r.length, "reason": r.reason, "raw": r.raw.text, "masked": r.raw.masked,
                })
            })
            .collect();
        json(&json!({ "total": found.total, "rejects": rejects }))?;
        return Ok(Done::Well);
    }
    for r in &found.rejects {
        let table = r.table.as_deref().map_or(String::new(), |t| format!(" {t}"));
        out(&format!(
            "{}{table}: record {}, line {}, byte {}: {}\n    {}",
            r.file,
            r.record,
            r.line,
            r.byte,
            r.reason,
            value(&r.raw)
        ))?;
    }
    out(&format!("{} rejects", count(found.total)))?;
    Ok(Done::Well)
}

pub fn misfits(project: &mut Project, all: &All) -> Result<Done> {
    let misfits = project.misfits()?;
    if all.json {
        json(&json!({ "misfits": misfits }))?;
    } else {
        for m in &misfits {
            out(&format!("{}  {}: {}", m.kind, m.name, m.why))?;
        }
        out(&format!("{} decisions no longer fit", count(misfits.len() as u64)))?;
    }
    Ok(if misfits.is_empty() { Done::Well } else { Done::WithWarnings })
}
