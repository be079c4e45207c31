//! Loading snapshots, and the account of it.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use engine::{
    Project, Result,
    project::{self, Loaded, facts::*},
};

use crate::{error::Answer, jobs::Outcome, requests::*, session::Session};

pub fn start_load(session: &Session, wanted: LoadRequest) -> Answer<JobFacts> {
    let label = label(&wanted.paths);
    let request = request(wanted);
    session.set_apart(|mut project| {
        session.jobs.start(JobKind::Load, label, move |watch| {
            let loaded = project.load(&request, watch)?;
            // By the time somebody opens a table, its columns are classified. What goes wrong is told when asked for.
            let _ = project.prepare();
            Ok(outcome(&loaded))
        })
    })
}

/// Looks at the files and keeps nothing. Archives are unpacked for it, so it may take a while.
pub fn inspect(session: &Session, project: &mut Project, wanted: LoadRequest) -> Answer<Vec<FileFacts>> {
    let request = request(wanted);
    session.jobs.during(JobKind::Look, "Looking at the files", |watch| {
        Ok(project.inspect(&request.paths, &request.passwords, &request.choices, watch)?)
    })
}

fn request(wanted: LoadRequest) -> project::LoadRequest {
    let LoadRequest { paths, label, passwords, choices, profile, allow_growth, allow_tight } = wanted;
    let paths = paths.into_iter().map(PathBuf::from).collect();
    project::LoadRequest { paths, label, passwords, choices, profile, allow_growth, allow_tight }
}

pub fn jobs(session: &Session, (): ()) -> Answer<Vec<JobFacts>> {
    Ok(session.jobs.all())
}

pub fn cancel_job(session: &Session, job: JobId) -> Answer<JobFacts> {
    session.jobs.cancel(job.id)
}

pub fn delete_partial(session: &Session, partial: PartialName) -> Answer<Edited> {
    // It may be the one that is being written.
    if session.jobs.runs(JobKind::Load) {
        return Err(WireError::refused("A snapshot is being loaded: what is left of another can be deleted after it."));
    }
    session.edit(|project| project.delete_partial(&partial.name).map(|()| Touched::default()))
}

pub fn ledger(project: &mut Project, (): ()) -> Result<Ledger> {
    project.ledger()
}

pub fn objects(project: &mut Project, asked: ObjectsRequest) -> Result<Vec<ObjectFacts>> {
    project.objects(asked.raw)
}

pub fn misfits(project: &mut Project, (): ()) -> Result<Vec<Misfit>> {
    project.misfits()
}

/// No project need be open: the files are held to rules, not loaded.
pub fn conformance(session: &Session, wanted: CheckFiles) -> Answer<ConformanceFacts> {
    let paths: Vec<PathBuf> = wanted.paths.into_iter().map(PathBuf::from).collect();
    session.jobs.during(JobKind::Look, "Holding the files to the rules", |watch| {
        Ok(Project::conformance(&paths, &[], &wanted.choices, watch)?)
    })
}

pub fn conformance_report(session: &Session, wanted: ReportOn) -> Answer<Exported> {
    let facts = conformance(session, CheckFiles { paths: wanted.paths, choices: wanted.choices })?;
    Ok(Project::conformance_report(&facts, Path::new(&wanted.path), None, &session.environment)?)
}

fn label(paths: &[String]) -> String {
    let name = |path: &String| {
        let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| path.clone())
    };
    match paths {
        [] => "A snapshot".to_owned(),
        [only] => name(only),
        [first, more @ ..] => format!("{} and {} more", name(first), more.len()),
    }
}

fn outcome(loaded: &Loaded) -> Outcome {
    let ledger = &loaded.ledger;
    let tables: Vec<&LedgerTable> = ledger.files.iter().flat_map(|file| &file.tables).collect();
    let rows = tables.iter().map(|table| table.loaded).sum();
    // A table may be put together from several files.
    let names: BTreeSet<_> = tables.iter().map(|table| &table.key).collect();
    let rejects = (ledger.rejects > ledger.corrected).then(|| {
        format!("{} could not be loaded; the ledger has each with its reason", counted(ledger.rejects, "record"))
    });
    let of_files =
        ledger.files.iter().flat_map(|file| file.warnings.iter().map(move |it| format!("{}: {it}", file.file)));
    Outcome {
        message: format!("{} in {} loaded.", counted(rows, "row"), counted(names.len() as u64, "table")),
        path: None,
        warnings: rejects.into_iter().chain(of_files).collect(),
    }
}

/// `1 row`, `12,345 rows`.
pub(super) fn counted(count: u64, what: &str) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let plural = if count == 1 { "" } else { "s" };
    format!("{text} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(rejects: u64, warnings: &[&str]) -> Loaded {
        let table = |name: &str, loaded| LedgerTable {
            key: engine::source::TableKey::new(None, name),
            database: None,
            table: name.to_owned(),
            read: loaded,
            loaded,
            rejected: 0,
            corrected: 0,
            bytes: 0,
            not_in_dump: Vec::new(),
        };
        let file = LedgerFile {
            file: "hr.csv".to_owned(),
            kind: String::new(),
            encoding: String::new(),
            bytes: 0,
            seconds: 0.0,
            dialect: None,
            // One of them comes from two files.
            tables: vec![table("t", 1_234_000), table("u", 500), table("t", 67)],
            statements: Vec::new(),
            shares: Vec::new(),
            objects: Vec::new(),
            ignored: Vec::new(),
            warnings: warnings.iter().map(|&text| text.to_owned()).collect(),
        };
        let snapshot = String::new();
        let ledger = Ledger { snapshot, files: vec![file], rejects, corrected: 0, seconds: 0.0, steps: Vec::new() };
        Loaded { snapshot: String::new(), ledger }
    }

    #[test]
    fn what_came_of_a_load() {
        let clean = outcome(&loaded(0, &[]));
        assert_eq!((&*clean.message, clean.warnings.len()), ("1,234,567 rows in 2 tables loaded.", 0));
        let warned = outcome(&loaded(1, &["the last line has no end"])).warnings;
        let expected =
            ["1 record could not be loaded; the ledger has each with its reason", "hr.csv: the last line has no end"];
        assert_eq!(warned, expected);
    }

    #[test]
    fn labels() {
        for (paths, expected) in [
            (&[] as &[&str], "A snapshot"),
            (&["/in/dump.sql"], "dump.sql"),
            (&["/in/dump.sql", "/in/hr.csv", "/in/b.txt"], "dump.sql and 2 more"),
            (&["/"], "/"),
        ] {
            let paths: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
            assert_eq!(label(&paths), expected);
        }
    }

    #[test]
    fn counts_in_words() {
        for (count, expected) in
            [(0, "0 rows"), (1, "1 row"), (999, "999 rows"), (1000, "1,000 rows"), (1_234_567, "1,234,567 rows")]
        {
            assert_eq!(counted(count, "row"), expected);
        }
    }
}
