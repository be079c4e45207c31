use std::path::Path;

use engine::facts::{Reject, RejectQuery, Retried};
use engine::path::shown;
use engine::project::{RecordFit, Retry};
use engine::{Error, Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, Rejects};
use crate::print::{count, json, out, value};
use crate::progress::Bar;

pub fn rejects(project: &mut Project, wanted: &Rejects, all: &All) -> Result<Done> {
    let query = RejectQuery {
        file: wanted.file.clone(),
        table: wanted.table.clone(),
        reason: wanted.reason.clone(),
        open: wanted.open,
        ids: wanted.ids.clone(),
        offset: wanted.page.offset,
        limit: wanted.page.limit,
    };
    if let Some(path) = &wanted.export {
        return export(project, path, &RejectQuery { offset: 0, limit: 0, ..query }, wanted.raw, all);
    }
    if wanted.take_back {
        return take_back(project, all);
    }
    match &wanted.retry {
        None => list(project, &query, wanted.raw, all),
        Some(path) => {
            let fit = RecordFit { pad: wanted.pad, cut: wanted.cut };
            retry(project, &what(path.as_deref(), query, fit)?, all)
        }
    }
}

fn what(path: Option<&Path>, query: RejectQuery, fit: RecordFit) -> Result<Retry> {
    match (path, fit.pad || fit.cut) {
        (None, true) => Ok(Retry::Fitted { query, fit }),
        (Some(path), false) => Ok(Retry::Edited(path.to_owned())),
        (None, false) => Err(Error::refused(
            "say what is to be read again: --retry EDITED, an export that was corrected, or --retry with --pad or --cut",
        )),
        (Some(_), true) => Err(Error::refused(
            "--pad and --cut change the records as the files have them: give --retry without a file",
        )),
    }
}

fn list(project: &mut Project, query: &RejectQuery, raw: bool, all: &All) -> Result<Done> {
    let found = project.rejects(query, raw)?;
    if all.json {
        let rejects: Vec<_> = found.rejects.iter().map(reject_json).collect();
        json(&json!({ "total": found.total, "rejects": rejects, "groups": found.groups }))?;
        return Ok(Done::Well);
    }
    for r in &found.rejects {
        let table = r.table.as_deref().map_or(String::new(), |t| format!(" {t}"));
        let mut after = String::new();
        if let (Some(at), Some(who)) = (&r.corrected_at, &r.corrected_by) {
            after = format!("\n    corrected by {who}, {at}: it is a row now");
        } else if let Some(again) = &r.tried_again {
            after = format!("\n    tried again: {again}");
        }
        out(&format!(
            "{}: {}{table}: record {}, line {}, byte {}: {}\n    {}{after}",
            r.id,
            r.file,
            r.record,
            r.line,
            r.byte,
            r.reason,
            value(&r.raw)
        ))?;
    }
    if found.total > found.rejects.len() as u64 {
        out("by reason:")?;
        for g in found.groups.iter().take(20) {
            let table = g.table.as_deref().map_or(String::new(), |t| format!(" {t}"));
            out(&format!("  {} × {}{table}: {}", count(g.count), g.file, g.reason))?;
        }
    }
    out(&format!("{} rejects", count(found.total)))?;
    Ok(Done::Well)
}

fn reject_json(r: &Reject) -> serde_json::Value {
    json!({
        "id": r.id, "file": r.file, "table": r.table, "record": r.record, "line": r.line, "byte": r.byte,
        "length": r.length, "reason": r.reason, "tried_again": r.tried_again, "raw": r.raw.text,
        "masked": r.raw.masked, "corrected_at": r.corrected_at, "corrected_by": r.corrected_by,
        "retriable": r.retriable,
    })
}

fn export(project: &mut Project, path: &Path, query: &RejectQuery, raw: bool, all: &All) -> Result<Done> {
    let (written, at) = project.export_rejects(path, query, raw)?;
    if all.json {
        json(&json!({ "path": shown(&at), "rejects": written, "masked": !raw }))?;
        return Ok(Done::Well);
    }
    let how = if raw {
        "with their content: it holds people's data. Correct `content`, and read it back with --retry"
    } else {
        "masked: to correct them, export with --raw"
    };
    out(&format!("{} rejects written to {}, {how}", count(written), shown(&at)))?;
    Ok(Done::Well)
}

fn retry(project: &mut Project, wanted: &Retry, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let told = project.retry_rejects(wanted, &bar)?;
    drop(bar);
    if all.json {
        json(&told)?;
    } else {
        print(&told)?;
    }
    Ok(if told.rejected == 0 { Done::Well } else { Done::WithWarnings })
}

fn print(told: &Retried) -> Result<()> {
    for reason in told.reasons.iter().take(20) {
        out(&format!("  {} × {}", count(reason.count), reason.reason))?;
    }
    if told.reasons.len() > 20 {
        out(&format!("  and {} reasons more: `crosswalk rejects PROJECT` has each", told.reasons.len() - 20))?;
    }
    out(&format!(
        "{} read again: {} are rows now, {} stay rejected",
        count(told.tried),
        count(told.corrected),
        count(told.rejected)
    ))
}

fn take_back(project: &mut Project, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let count_of = project.take_back_retry(&bar)?;
    drop(bar);
    if all.json {
        json(&json!({ "taken_back": count_of }))?;
    } else {
        out(&format!("{} rows are rejects again", count(count_of)))?;
    }
    Ok(Done::Well)
}
