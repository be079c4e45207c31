//! What people may look at, and how each column is treated before they do.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::project::{self, facts::*};

use crate::{error::Answer, requests::*, session::Session};

pub fn sample_plan(session: &Session, wanted: SampleQuery) -> Answer<SamplePlan> {
    let SampleQuery { table, text, offset, limit } = wanted;
    session.ask(|project| project.sample_plan(&project::SampleQuery { table, text, offset, limit }))
}

pub fn sample_preview(session: &Session, name: TableName) -> Answer<SamplePreview> {
    session.ask(|project| project.sample_preview(&name.table))
}

pub fn set_privacy(session: &Session, wanted: SetPrivacy) -> Answer<ProjectFacts> {
    session.act(|project| project.set_privacy(&wanted.columns, wanted.class, wanted.action))
}
