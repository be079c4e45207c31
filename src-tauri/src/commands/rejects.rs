//! Rejects: looked at, exported, corrected and read again.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(clippy::needless_pass_by_value, reason = "every handler has the one shape of the list")]

use std::path::Path;

use engine::{
    Project, Result,
    path::shown,
    project::{RecordFit, Retry, facts::*},
};

use crate::{error::Answer, requests::*, session::Session};

pub fn rejects(_: &Session, project: &mut Project, query: RejectQuery) -> Answer<RejectPage> {
    Ok(project.rejects(&query, false)?)
}

pub fn reject_text(project: &mut Project, reject: RejectId) -> Result<RejectText> {
    project.reject_text(reject.id)
}

pub fn export_rejects(_: &Session, project: &mut Project, wanted: ExportRejects) -> Answer<RejectsWritten> {
    let query = RejectQuery { offset: 0, limit: 0, ..wanted.query };
    let (rejects, at) = project.export_rejects(Path::new(&wanted.path), &query, wanted.raw)?;
    Ok(RejectsWritten { path: shown(&at), rejects })
}

pub fn retry_rejects(session: &Session, project: &mut Project, wanted: RetryRejects) -> Answer<Retried> {
    let retry = match (wanted.edited, wanted.one) {
        (Some(path), _) => Retry::Edited(path.into()),
        (None, Some(one)) => Retry::Text { id: one.id, text: one.text },
        (None, None) => Retry::Fitted { query: wanted.query, fit: RecordFit { pad: wanted.pad, cut: wanted.cut } },
    };
    session.jobs.during(JobKind::Retry, "Reading rejects again", |watch| Ok(project.retry_rejects(&retry, watch)?))
}

pub fn take_back_retry(session: &Session, project: &mut Project, (): ()) -> Answer<TakenBack> {
    session.jobs.during(JobKind::Retry, "Taking back corrected rejects", |watch| {
        Ok(TakenBack { rejects: project.take_back_retry(watch)? })
    })
}
