//! Source tables and columns: looking at them, and deciding what becomes of them.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use std::path::Path;

use engine::project::{ColumnChange, TableChange, facts::*};

use crate::{error::Answer, requests::*, session::Session};

pub fn tables(session: &Session, query: TableQuery) -> Answer<TablePage> {
    session.ask(|project| project.tables(&query))
}

pub fn table(session: &Session, name: TableName) -> Answer<TableDetail> {
    session.ask(|project| project.table(&name.table))
}

pub fn cells(session: &Session, wanted: CellRequest) -> Answer<CellPage> {
    session.ask(|project| project.cells(&wanted.table, wanted.offset, wanted.limit))
}

pub fn unmask(session: &Session, name: TableName) -> Answer<ProjectFacts> {
    session.act(|project| project.unmask(&name.table))
}

pub fn mask(session: &Session, name: TableName) -> Answer<ProjectFacts> {
    session.act(|project| project.mask(&name.table))
}

// The next three may read a whole snapshot, so they leave the open handle free.

pub fn query(session: &Session, asked: QueryRequest) -> Answer<QueryAnswer> {
    let mut project = session.apart()?;
    session
        .jobs
        .during(JobKind::Query, "The query", |watch| Ok(project.query(&asked.sql, asked.raw, asked.limit, watch)?))
}

pub fn checksum(session: &Session, (): ()) -> Answer<Checksum> {
    let mut project = session.apart()?;
    session.jobs.during(JobKind::Checksum, "Digests of all tables", |watch| Ok(project.checksum(watch)?))
}

pub fn compare(session: &Session, answer: AnswerFile) -> Answer<Comparison> {
    let mut project = session.apart()?;
    session.jobs.during(JobKind::Checksum, "Comparing with the server", |watch| {
        Ok(project.compare(Path::new(&answer.path), watch)?)
    })
}

pub fn checksum_sql(session: &Session, (): ()) -> Answer<String> {
    Ok(session.apart()?.checksum_sql()?)
}

pub fn decide_tables(session: &Session, decision: DecideTables) -> Answer<ProjectFacts> {
    let DecideTables { tables, disposition, reason, module, comment } = decision;
    let change = TableChange { disposition, reason, module, comment };
    session.act(|project| project.decide_tables(&tables, &change))
}

pub fn decide_columns(session: &Session, decision: DecideColumns) -> Answer<ProjectFacts> {
    let DecideColumns { columns, disposition, reason } = decision;
    let change = ColumnChange { disposition, reason, ..ColumnChange::default() };
    session.act(|project| project.decide_columns(&columns, &change))
}

pub fn describe_column(session: &Session, words: DescribeColumn) -> Answer<ProjectFacts> {
    let DescribeColumn { column, description, comment, module } = words;
    let change = ColumnChange { description, comment, module, ..ColumnChange::default() };
    session.act(|project| project.decide_columns(&[column], &change))
}
