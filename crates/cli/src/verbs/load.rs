use std::path::PathBuf;

use engine::project::LoadRequest;
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::All;
use crate::print::{count, json, out};
use crate::progress::Bar;
use crate::verbs::ledger;

pub fn load(project: &mut Project, paths: Vec<PathBuf>, label: Option<String>, all: &All) -> Result<Done> {
    for partial in project.facts()?.partials {
        eprintln!(
            "crosswalk: an earlier load did not end ({partial}): nothing of it is in use, and this one starts afresh; \
             `crosswalk discard PROJECT` removes what is left of it"
        );
    }
    let bar = Bar::new(all.progress);
    let loaded = project.load(&LoadRequest { paths, label, ..LoadRequest::default() }, &bar)?;
    drop(bar);
    ledger::summary(&loaded.ledger, all)?;
    Ok(ledger::verdict(&loaded.ledger))
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
