//! The project as a whole: opening it, who is at work, and taking back.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use std::path::Path;

use engine::{Project, Result, project::facts::*};

use crate::{demo, error::Answer, requests::*, session::Session};

pub fn app_state(session: &Session, (): ()) -> Answer<AppState> {
    session.state()
}

pub fn about(_: &Session, (): ()) -> Answer<About> {
    Ok(::about::about())
}

pub fn create_project(session: &Session, new: NewProject) -> Answer<ProjectFacts> {
    session.replace(|| Project::create(Path::new(&new.path), &new.client, session.environment.clone()))
}

pub fn open_project(session: &Session, wanted: OpenProject) -> Answer<ProjectFacts> {
    session.open(Path::new(&wanted.path))
}

pub fn open_demo(session: &Session, (): ()) -> Answer<JobFacts> {
    demo::start(session)
}

pub fn close_project(session: &Session, (): ()) -> Answer<()> {
    session.close()
}

pub fn project(session: &Session, (): ()) -> Answer<ProjectFacts> {
    session.project()
}

pub fn forget_recent(session: &Session, recent: OpenProject) -> Answer<AppState> {
    session.forget_recent(&recent.path)
}

pub fn set_who(project: &mut Project, who: Who) -> Result<Touched> {
    project.set_who(&who.who).map(|()| Touched::default())
}

pub fn choose_snapshot(session: &Session, snapshot: SnapshotId) -> Answer<Edited> {
    let mut project = session.apart()?;
    project.choose_snapshot(&snapshot.id)?;
    session.profile(&mut project)?;
    session.edit(|project| project.choose_snapshot(&snapshot.id).map(|()| Touched::everything()))
}

pub fn choose_path(session: &Session, wish: ChoosePath) -> Answer<Vec<String>> {
    let chosen = session.dialogs.choose(&wish);
    Ok(chosen.into_iter().map(|path| path.to_string_lossy().into_owned()).collect())
}

pub fn undo(project: &mut Project, (): ()) -> Result<Touched> {
    Ok(project.undo()?.map(|(_, touched)| touched).unwrap_or_default())
}

pub fn redo(project: &mut Project, (): ()) -> Result<Touched> {
    Ok(project.redo()?.map(|(_, touched)| touched).unwrap_or_default())
}

pub fn history(project: &mut Project, page: PageRequest) -> Result<Vec<LogLine>> {
    project.history(page.offset, page.limit)
}
