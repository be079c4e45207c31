//! What people may look at, and how each column is treated before they do.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::{
    Project, Result,
    project::{self, facts::*},
};

use crate::{error::Answer, requests::*, session::Session};

pub fn sample_plan(_: &Session, project: &mut Project, wanted: SampleQuery) -> Answer<SamplePlan> {
    let SampleQuery { table, text, offset, limit } = wanted;
    Ok(project.sample_plan(&project::SampleQuery { table, text, offset, limit })?)
}

pub fn sample_preview(_: &Session, project: &mut Project, name: TableName) -> Answer<SamplePreview> {
    Ok(project.sample_preview(&name.table)?)
}

pub fn set_privacy(project: &mut Project, wanted: SetPrivacy) -> Result<Touched> {
    project.set_privacy(&wanted.columns, wanted.class, wanted.action)
}
