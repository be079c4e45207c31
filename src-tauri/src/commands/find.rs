//! Where something is, and everything about one person.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::progress::{Unwatched, Watch};
use engine::{Project, Result, project::facts::*};

use super::snapshot::counted;
use crate::{error::Answer, jobs::Outcome, requests::*, session::Session};

pub fn find_names(project: &mut Project, wanted: FindNames) -> Result<FoundNames> {
    project.find_names(&wanted.text, wanted.limit)
}

pub fn find_values(session: &Session, project: &mut Project, wanted: FindValues) -> Answer<FoundValues> {
    let work = |watch: &dyn Watch| Ok(project.find_values(&wanted.text, watch)?);
    session.jobs.during(JobKind::Find, "Search through the values", work)
}

pub fn found_rows(session: &Session, project: &mut Project, wanted: FindRows) -> Answer<FoundRows> {
    let FindRows { text, column, offset, limit } = wanted;
    let work = |watch: &dyn Watch| Ok(project.found_rows(&text, &column, (offset, limit), watch)?);
    session.jobs.during(JobKind::Find, "Rows that hold it", work)
}

pub fn word_index(_: &Session, project: &mut Project, (): ()) -> Answer<WordIndexFacts> {
    Ok(project.word_index(false, &Unwatched)?)
}

pub fn start_index(session: &Session, (): ()) -> Answer<JobFacts> {
    session.set_apart(|mut project| {
        session.jobs.start(JobKind::Index, "Index of all words", move |watch| {
            let made = project.word_index(true, watch)?;
            let message = format!("{} indexed: searches need not read every row.", counted(made.indexed, "table"));
            Ok(Outcome { message, ..Outcome::default() })
        })
    })
}

pub fn people(session: &Session, project: &mut Project, wanted: FindPeople) -> Answer<PeoplePage> {
    let FindPeople { text, offset, limit } = wanted;
    let work = |watch: &dyn Watch| Ok(project.people(&text, (offset, limit), watch)?);
    session.jobs.during(JobKind::Find, "People", work)
}

pub fn follow(session: &Session, project: &mut Project, person: Person) -> Answer<PersonFacts> {
    let work = |watch: &dyn Watch| Ok(project.follow(person.row, watch)?);
    session.jobs.during(JobKind::Find, "One person through all tables", work)
}

pub fn person_rows(session: &Session, project: &mut Project, wanted: PersonRowsRequest) -> Answer<PersonRows> {
    let PersonRowsRequest { row, table, offset, limit } = wanted;
    let work = |watch: &dyn Watch| Ok(project.person_rows(row, &table, (offset, limit), watch)?);
    session.jobs.during(JobKind::Find, "Rows of one person", work)
}
