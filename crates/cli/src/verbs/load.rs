use engine::project::LoadRequest;
use engine::{Error, Project, Result};
use serde_json::json;

use super::handover;
use crate::Done;
use crate::arguments::{All, Handover};
use crate::print::{Grid, count, json, out, tell};
use crate::progress::Bar;
use crate::verbs::ledger;

pub fn load(project: &mut Project, what: &Handover, label: Option<String>, profile: bool, all: &All) -> Result<Done> {
    for partial in project.facts()?.partials {
        tell(&format!(
            "an earlier load did not end ({partial}): nothing of it is in use, and this one starts afresh; `crosswalk \
             discard PROJECT` removes what is left of it"
        ));
    }
    let (paths, choices) = (what.paths.clone(), handover::choices(what)?);
    let mut request = LoadRequest { paths, label, passwords: handover::passwords(what)?, choices, profile };
    let loaded = loop {
        let bar = Bar::new(all.progress);
        let loaded = project.load(&request, &bar);
        drop(bar);
        let Err(Error::PasswordNeeded { file }) = loaded else { break loaded? };
        let Some(password) = handover::ask(&file) else {
            let needed = Error::PasswordNeeded { file };
            return Err(Error::refused(format!("{needed} (--password-file FILE, or on a terminal)")));
        };
        request.passwords.push(password);
    };
    ledger::summary(&loaded.ledger, all)?;
    Ok(ledger::verdict(&loaded.ledger))
}

pub fn inspect(project: &Project, what: &Handover, all: &All) -> Result<Done> {
    let (passwords, choices) = (handover::passwords(what)?, handover::choices(what)?);
    let bar = Bar::new(all.progress);
    let files = project.inspect(&what.paths, &passwords, &choices, &bar)?;
    drop(bar);
    if all.json {
        json(&json!({ "files": files }))?;
    } else {
        let mut grid = Grid::new(&["file", "kind", ">bytes", "encoding", "dialect, or why it is left aside"]);
        for f in &files {
            let how = f.ignored_why.as_deref().or(f.dialect.as_deref()).unwrap_or_default();
            let encoding = f.encoding.clone().unwrap_or_default();
            grid.row(vec![f.file.clone(), f.kind.clone(), count(f.bytes), encoding, how.to_owned()]);
        }
        grid.print()?;
    }
    Ok(if files.iter().any(|f| f.ignored_why.is_some()) { Done::WithWarnings } else { Done::Well })
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
