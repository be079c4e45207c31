//! Rejects: looked at, exported, corrected and read again.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(clippy::needless_pass_by_value, reason = "every handler has the one shape of the list")]

use std::path::Path;

use engine::project::{RecordFit, Retry, facts::*};

use crate::{error::Answer, requests::*, session::Session};

pub fn rejects(session: &Session, query: RejectQuery) -> Answer<RejectPage> {
    session.ask(|project| project.rejects(&query, false))
}

pub fn reject_text(session: &Session, reject: RejectId) -> Answer<RejectText> {
    session.ask(|project| project.reject_text(reject.id))
}

pub fn export_rejects(session: &Session, wanted: ExportRejects) -> Answer<RejectsWritten> {
    let mut project = session.apart()?;
    let query = RejectQuery { offset: 0, limit: 0, ..wanted.query };
    let rejects = project.export_rejects(Path::new(&wanted.path), &query, wanted.raw)?;
    Ok(RejectsWritten { path: wanted.path, rejects })
}

pub fn retry_rejects(session: &Session, wanted: RetryRejects) -> Answer<Retried> {
    let retry = match (wanted.edited, wanted.one) {
        (Some(path), _) => Retry::Edited(path.into()),
        (None, Some(one)) => Retry::Text { id: one.id, text: one.text },
        (None, None) => Retry::Fitted { query: wanted.query, fit: RecordFit { pad: wanted.pad, cut: wanted.cut } },
    };
    let mut project = session.apart()?;
    session.jobs.during(JobKind::Retry, "Reading rejects again", |watch| Ok(project.retry_rejects(&retry, watch)?))
}

pub fn take_back_retry(session: &Session, (): ()) -> Answer<TakenBack> {
    let mut project = session.apart()?;
    session.jobs.during(JobKind::Retry, "Taking back corrected rejects", |watch| {
        Ok(TakenBack { rejects: project.take_back_retry(watch)? })
    })
}
