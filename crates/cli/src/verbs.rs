//! One function a command: it calls a verb of [`Project`] and prints what that answers.

mod about;
mod analysis;
mod conform;
mod exports;
mod find;
mod handover;
mod ledger;
mod load;
mod map;
mod prove;
mod rejects;
mod relationships;
mod sample;
mod tables;

use std::path::Path;

use engine::project::{Environment, LoadRequest};
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, Arguments, Verb};
use crate::print::{count, counted, json, out};
use crate::progress;

pub fn run(arguments: Arguments) -> Result<Done> {
    let all = &arguments.all;
    progress::listen();
    match arguments.verb {
        Verb::New { project, client } => {
            let mut project = Project::create(&project, &client, here(all))?;
            show(&mut project, all)
        }
        Verb::Show { project } => show(&mut open(&project, all)?, all),
        Verb::Who { project, name } => {
            let mut project = open(&project, all)?;
            project.set_who(&name)?;
            show(&mut project, all)
        }
        Verb::Load { project, what, label, no_profile, allow_growth, allow_tight } => {
            let limits = LoadRequest { allow_growth, allow_tight, ..LoadRequest::default() };
            let how = LoadRequest { label, profile: !no_profile, ..limits };
            load::load(&mut open(&project, all)?, &what, how, all)
        }
        Verb::Inspect { project, what } => load::inspect(&open(&project, all)?, &what, all),
        Verb::Discard { project, name } => load::discard(&mut open(&project, all)?, name, all),
        Verb::Ledger { project } => ledger::ledger(&mut open(&project, all)?, all),
        Verb::Objects { project, raw } => ledger::objects(&mut open(&project, all)?, raw, all),
        Verb::Rejects(wanted) => rejects::rejects(&mut open(&wanted.project, all)?, &wanted, all),
        Verb::Misfits { project } => load::misfits(&mut open(&project, all)?, all),
        Verb::Tables { project, text, sort, descending } => {
            tables::tables(&mut open_profiled(&project, all)?, text, sort, descending, all)
        }
        Verb::Profile { project, what, raw } => {
            tables::profile(&mut open_profiled(&project, all)?, what.as_deref(), raw, all)
        }
        Verb::Analyze { project, what, again } => {
            analysis::analyze(&mut open_profiled(&project, all)?, what.as_deref(), again, all)
        }
        Verb::Inventory { project } => analysis::inventory(&mut open_profiled(&project, all)?, all),
        Verb::Issues { project, table, page } => {
            analysis::issues(&mut open_profiled(&project, all)?, table.as_deref(), &page, all)
        }
        Verb::Values(wanted) => analysis::values(&mut open_profiled(&wanted.project, all)?, &wanted, all),
        Verb::Find(wanted) => find::find(&mut open_profiled(&wanted.project, all)?, &wanted, all),
        Verb::Index { project, check } => find::index(&mut open_profiled(&project, all)?, check, all),
        Verb::Follow(wanted) => find::follow(&mut open_profiled(&wanted.project, all)?, &wanted, all),
        Verb::Cells { project, table, page, raw } => tables::cells(&mut open(&project, all)?, &table, &page, raw, all),
        Verb::Query { project, sql, format, raw, limit } => {
            tables::query(&mut open(&project, all)?, &sql, format, raw, limit, all)
        }
        Verb::Checksum { project, sql: true, .. } => prove::checksum_sql(&mut open(&project, all)?, all),
        Verb::Checksum { project, against: Some(answer), .. } => {
            prove::compare(&mut open(&project, all)?, &answer, all)
        }
        Verb::Checksum { project, .. } => prove::checksum(&mut open(&project, all)?, all),
        Verb::Relationships { project, table } => {
            relationships::relationships(&mut open_profiled(&project, all)?, table.as_deref(), all)
        }
        Verb::Relate { project, pairs, word } => {
            relationships::relate(&mut open_profiled(&project, all)?, &pairs, &word, all)
        }
        Verb::Map { project, verb } => map::run(&mut open_profiled(&project, all)?, verb, all),
        Verb::Sample { project, verb } => sample::run(&mut open_profiled(&project, all)?, verb, all),
        Verb::Export { project, what, out, rows, at, preview } => {
            let mut project = open_profiled(&project, all)?;
            match (out, preview) {
                (Some(out), false) => exports::export(&mut project, what, out, rows, at, all),
                _ => exports::preview(&mut project, what, all),
            }
        }
        Verb::Conformance { what, out, at } => conform::conformance(&what, out, at.as_deref(), &here(all), all),
        Verb::About => about::about(all),
        Verb::Demo { dir } => {
            let bar = progress::Bar::new(all.progress);
            let mut project = Project::demo(&dir, here(all), &bar)?;
            drop(bar);
            let ledger = project.ledger()?;
            show(&mut project, all)?;
            Ok(ledger::verdict(&ledger))
        }
    }
}

fn here(all: &All) -> Environment {
    let mut here = Environment::system();
    if let Some(who) = &all.who {
        here.user.clone_from(who);
        here.user_is_meant = true;
    }
    here
}

/// For what speaks of columns' values: a profile that the load left out is made now.
fn open_profiled(path: &Path, all: &All) -> Result<Project> {
    let mut project = open(path, all)?;
    project.profile_snapshot(&progress::Bar::new(all.progress))?;
    Ok(project)
}

fn open(path: &Path, all: &All) -> Result<Project> {
    let mut project = Project::open(path, here(all))?;
    if let Some(id) = &all.snapshot {
        project.choose_snapshot(id)?;
    }
    Ok(project)
}

fn show(project: &mut Project, all: &All) -> Result<Done> {
    let facts = project.facts()?;
    if all.json {
        let mut document = json!(facts);
        document["project"] = json!(facts.path);
        json(&document)?;
        return Ok(Done::Well);
    }
    let c = &facts.counts;
    out(&format!("{} ({})\n{}", facts.client, facts.who, facts.path))?;
    for s in &facts.snapshots {
        let mark = if facts.snapshot.as_ref() == Some(&s.id) { "*" } else { " " };
        out(&format!(
            "{mark} {}  {}  {}: {}, {}, {}",
            s.id,
            s.loaded_at,
            s.label,
            counted(s.tables, "table"),
            counted(s.rows, "row"),
            counted(s.rejects, "reject")
        ))?;
    }
    for warning in &facts.warnings {
        out(&format!("! {warning}"))?;
    }
    for partial in &facts.partials {
        out(&format!(
            "! a load did not end: {partial}. Nothing of it is in use; load the files again, and `crosswalk discard \
             PROJECT` removes what is left of it"
        ))?;
    }
    out(&format!(
        "{} of {} decided, {}, {} missing, {}",
        count(c.tables_decided),
        counted(c.tables, "table"),
        counted(c.mappings, "mapping"),
        counted(c.required_missing, "required field"),
        counted(c.misfits, "misfit")
    ))?;
    Ok(Done::Well)
}
