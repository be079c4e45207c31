use engine::facts::FileFacts;
use engine::project::LoadRequest;
use engine::{Error, Project, Result};
use serde_json::json;

use super::handover;
use crate::Done;
use crate::arguments::{All, Handover};
use crate::print::{Grid, count, json, out, tell};
use crate::progress::Bar;
use crate::verbs::ledger;

pub fn load(project: &mut Project, what: &Handover, how: LoadRequest, all: &All) -> Result<Done> {
    let facts = project.facts()?;
    for warning in facts.warnings {
        tell(&warning);
    }
    for partial in facts.partials {
        tell(&format!(
            "an earlier load did not end ({partial}): nothing of it is in use, and this one starts afresh; `crosswalk \
             discard PROJECT` removes what is left of it"
        ));
    }
    let (paths, choices) = (what.paths.clone(), handover::choices(what)?);
    let mut request = LoadRequest { paths, passwords: handover::passwords(what)?, choices, ..how };
    let loaded = loop {
        let bar = Bar::new(all.progress);
        let loaded = project.load(&request, &bar);
        drop(bar);
        let limit = match &loaded {
            Err(e @ Error::Growth { .. }) => Some((e, &mut request.allow_growth, "--allow-growth")),
            Err(e @ Error::NoRoom { .. }) => Some((e, &mut request.allow_tight, "--allow-tight")),
            _ => None,
        };
        if let Some((e, lifted, option)) = limit {
            if !handover::ask_whether(&format!("{e}. Load it all the same?")) {
                return Err(Error::refused(format!("{e} ({option})")));
            }
            *lifted = true;
            continue;
        }
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
        for f in files.iter().filter(|f| !f.questions.is_empty()) {
            ask(f)?;
        }
    }
    let asks = |f: &FileFacts| f.ignored_why.is_some() || !f.questions.is_empty();
    Ok(if files.iter().any(asks) { Done::WithWarnings } else { Done::Well })
}

/// Columns of a reading that fit a terminal.
const COLUMNS: usize = 10;

/// What is asked of a file, and each way to read it as a small table.
fn ask(file: &FileFacts) -> Result<()> {
    out(&format!("\n{}", file.file))?;
    for question in &file.questions {
        out(&format!("  {question}."))?;
    }
    for (number, reading) in file.readings.iter().enumerate() {
        let taken = if number == 0 { " (this one is taken)" } else { "" };
        out(&format!("\n  {}. {}, {}{taken}", number + 1, reading.dialect, reading.encoding))?;
        out(&format!("     {}", reading.reasons.join("; ")))?;
        let names: Vec<&str> = reading.columns.iter().take(COLUMNS).map(|name| name.text.as_str()).collect();
        let mut grid = Grid::new(&names);
        for row in &reading.rows {
            grid.row(row.iter().take(COLUMNS).map(|cell| cell.text.clone()).collect());
        }
        grid.print()?;
        if reading.columns.len() > COLUMNS {
            out(&format!("     and {} more columns", reading.columns.len() - COLUMNS))?;
        }
        if number > 0 {
            out(&format!("     To read it so: {}", handover::options(&file.readings[0].choice, &reading.choice)))?;
        }
    }
    Ok(())
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
