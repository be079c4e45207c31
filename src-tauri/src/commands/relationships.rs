//! Which column points at which table, and a person's word on it.

#![allow(clippy::needless_pass_by_value, reason = "every handler has the one shape of the list")]

use engine::facts::{RelationJudged, RelationshipFacts, RelationshipQuery, Touched};
use engine::{Project, Result};

use crate::{error::Answer, requests::JobKind, session::Session};

pub fn relationships(session: &Session, project: &mut Project, query: RelationshipQuery) -> Answer<RelationshipFacts> {
    session.jobs.during(
        JobKind::Relationships,
        "What points at what",
        |watch| Ok(project.relationships(&query, watch)?),
    )
}

pub fn judge_relationship(project: &mut Project, judged: RelationJudged) -> Result<Touched> {
    project.judge_relationship(&judged)
}
