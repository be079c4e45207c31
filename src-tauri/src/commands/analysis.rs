//! The close look at tables, and what it told.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::{
    Project,
    project::{IssueQuery, ValueQuery, facts::*},
};

use super::snapshot::counted;
use crate::{error::Answer, jobs::Outcome, requests::*, session::Session};

pub fn start_analysis(session: &Session, wanted: Analyze) -> Answer<JobFacts> {
    session.set_apart(|mut project| {
        session.jobs.start(JobKind::Analysis, "Analysis of the tables", move |watch| {
            let made = project.analyze(&wanted.tables, wanted.again, watch)?;
            let (tables, rows) = (counted(made.made, "table"), counted(made.rows, "row"));
            let message = format!("{tables} with {rows}: {} found.", counted(made.issues, "issue"));
            Ok(Outcome { message, ..Outcome::default() })
        })
    })
}

pub fn inventory(_: &Session, project: &mut Project, (): ()) -> Answer<Inventory> {
    Ok(project.inventory()?)
}

pub fn issues(_: &Session, project: &mut Project, wanted: IssueRequest) -> Answer<IssuePage> {
    let IssueRequest { table, trouble, offset, limit } = wanted;
    Ok(project.issues(&IssueQuery { table, trouble, offset, limit })?)
}

pub fn study(_: &Session, project: &mut Project, of: StudyOf) -> Answer<Vec<ColumnStudy>> {
    Ok(project.study(&of.table, of.column.as_deref())?)
}

pub fn values(_: &Session, project: &mut Project, wanted: ValueRequest) -> Answer<ValuePage> {
    let ValueRequest { column, order, text, offset, limit, .. } = wanted;
    Ok(project.values(&column, &ValueQuery { order, text, offset, limit, raw: false })?)
}

pub fn rows_of_value(_: &Session, project: &mut Project, wanted: RowsOfValue) -> Answer<CellPage> {
    let RowsOfValue { column, order, place, offset, limit } = wanted;
    Ok(project.rows_of_value(&column, order, place, (offset, limit))?)
}
