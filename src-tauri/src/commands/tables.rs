//! Source tables and columns: looking at them, and deciding what becomes of them.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use std::path::Path;

use engine::{
    Project, Result,
    project::{ColumnChange, TableChange, facts::*},
};

use crate::{error::Answer, requests::*, session::Session};

pub fn tables(project: &mut Project, query: TableQuery) -> Result<TablePage> {
    project.tables(&query)
}

pub fn table(_: &Session, project: &mut Project, name: TableName) -> Answer<TableDetail> {
    Ok(project.table(&name.table)?)
}

pub fn cells(project: &mut Project, wanted: CellRequest) -> Result<CellPage> {
    project.cells(&wanted.table, wanted.offset, wanted.limit)
}

pub fn unmask(project: &mut Project, name: TableName) -> Result<Touched> {
    project.unmask(&name.table).map(|()| Touched::everything())
}

pub fn mask(project: &mut Project, name: TableName) -> Result<Touched> {
    project.mask(&name.table).map(|()| Touched::everything())
}

pub fn query(session: &Session, project: &mut Project, asked: QueryRequest) -> Answer<QueryAnswer> {
    session
        .jobs
        .during(JobKind::Query, "The query", |watch| Ok(project.query(&asked.sql, asked.raw, asked.limit, watch)?))
}

pub fn checksum(session: &Session, project: &mut Project, (): ()) -> Answer<Checksum> {
    session.jobs.during(JobKind::Checksum, "Digests of all tables", |watch| Ok(project.checksum(watch)?))
}

pub fn compare(session: &Session, project: &mut Project, answer: AnswerFile) -> Answer<Comparison> {
    session.jobs.during(JobKind::Checksum, "Comparing with the server", |watch| {
        Ok(project.compare(Path::new(&answer.path), watch)?)
    })
}

pub fn checksum_sql(_: &Session, project: &mut Project, (): ()) -> Answer<String> {
    Ok(project.checksum_sql()?)
}

pub fn decide_tables(project: &mut Project, decision: DecideTables) -> Result<Touched> {
    let DecideTables { tables, disposition, reason, module, comment } = decision;
    project.decide_tables(&tables, &TableChange { disposition, reason, module, comment })
}

pub fn decide_columns(project: &mut Project, decision: DecideColumns) -> Result<Touched> {
    let DecideColumns { columns, disposition, reason } = decision;
    project.decide_columns(&columns, &ColumnChange { disposition, reason, ..ColumnChange::default() })
}

pub fn describe_column(project: &mut Project, words: DescribeColumn) -> Result<Touched> {
    let DescribeColumn { column, description, comment, module } = words;
    project.decide_columns(&[column], &ColumnChange { description, comment, module, ..ColumnChange::default() })
}
