//! What one edit costs in a large engagement, from the call to the answer: `edits FOLDER` makes a project of 2,000 tables,
//! 60,000 columns and 20,000 mappings in FOLDER and prints a line a kind of edit, its median and longest time.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use engine::facts::{TableQuery, Touched};
use engine::mapping::MappingStatus;
use engine::progress::Unwatched;
use engine::project::{ColumnChange, Environment, FieldMapping, LoadRequest, MappingChange, TableChange};
use engine::sample::Action;
use engine::source::{ColumnKey, Disposition, TableKey};
use engine::{Project, Result};

const TABLES: usize = 2_000;
const COLUMNS: usize = 30;
const MAPPED: usize = 10;
const ROUNDS: usize = 41;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let dump = folder.join("large.sql");
    std::fs::write(&dump, schema()).expect("the dump can be written");
    let mut project = Project::create(&folder.join("large"), "", Environment::system())?;
    let request = LoadRequest { paths: vec![dump], profile: true, ..LoadRequest::default() };
    project.load(&request, &Unwatched)?;
    let tables = project.tables(&TableQuery::default())?.keys;
    decide_all(&mut project, &tables)?;

    time("decide a table", &mut project, &tables, |project, table, _| {
        let change = TableChange { disposition: Some(Disposition::Both), ..TableChange::default() };
        project.decide_tables(std::slice::from_ref(table), &change)
    })?;
    time("decide a column", &mut project, &tables, |project, table, _| {
        let change = ColumnChange { disposition: Some(Disposition::Summary), ..ColumnChange::default() };
        project.decide_columns(&[table.column("c3")], &change)
    })?;
    time("map a column", &mut project, &tables, |project, table, _| {
        project.map_columns(&[field_mapping(table.column("c29"), 3)])
    })?;
    let mapping = |project: &mut Project, table| Ok(project.table(table)?.columns.remove(1).mappings.remove(0).id);
    let ids = tables.iter().map(|table| mapping(&mut project, table)).take(ROUNDS).collect::<Result<Vec<String>>>()?;
    time("change a mapping", &mut project, &tables, |project, _, round| {
        let change = MappingChange { status: Some(MappingStatus::Checked), ..MappingChange::default() };
        project.change_mapping(&ids[round], &change)
    })?;
    time("treat a column in samples", &mut project, &tables, |project, table, _| {
        project.set_privacy(&[table.column("c2")], None, Some(Action::Drop))
    })?;
    time("undo", &mut project, &tables, |project, _, _| Ok(project.undo()?.expect("there is one").1))
}

/// One edit in each of several tables, with the answer that the window gets.
fn time(
    name: &str,
    project: &mut Project,
    tables: &[TableKey],
    edit: impl Fn(&mut Project, &TableKey, usize) -> Result<Touched>,
) -> Result<()> {
    let mut taken = Vec::new();
    for round in 0..ROUNDS {
        let called = Instant::now();
        let touched = edit(project, &tables[round * 17], round)?;
        assert!(!touched.parts.is_empty(), "{name} changed nothing");
        let answer = serde_json::to_vec(&(project.facts()?, touched)).expect("facts are plain data");
        assert!(!answer.is_empty());
        taken.push(called.elapsed().as_secs_f64() * 1_000.0);
    }
    taken.sort_by(f64::total_cmp);
    println!("{name}\t{:.1}\t{:.1}", taken[ROUNDS / 2], taken[ROUNDS - 1]);
    Ok(())
}

fn schema() -> String {
    let mut sql = String::new();
    for table in 0..TABLES {
        let _ = write!(sql, "CREATE TABLE `t{table}` (");
        for column in 0..COLUMNS {
            let _ = write!(sql, "{}`c{column}` varchar(20)", if column == 0 { "" } else { ", " });
        }
        let values = vec!["'v'"; COLUMNS].join(",");
        let _ = writeln!(sql, ");\nINSERT INTO `t{table}` VALUES ({values});");
    }
    sql
}

/// Every column is decided of, and a third of them mapped.
fn decide_all(project: &mut Project, tables: &[TableKey]) -> Result<()> {
    let columns =
        |of: usize| move |table: &TableKey| (0..of).map(|c| table.column(&format!("c{c}"))).collect::<Vec<_>>();
    let all: Vec<ColumnKey> = tables.iter().flat_map(columns(COLUMNS)).collect();
    let change = ColumnChange { disposition: Some(Disposition::Discrete), ..ColumnChange::default() };
    project.decide_columns(&all, &change)?;
    let wanted: Vec<FieldMapping> =
        tables.iter().flat_map(columns(MAPPED)).enumerate().map(|(n, column)| field_mapping(column, n)).collect();
    project.map_columns(&wanted)?;
    let counts = project.facts()?.counts;
    assert_eq!((counts.tables, counts.columns, counts.mappings), (2_000, 60_000, 20_000));
    Ok(())
}

fn field_mapping(column: ColumnKey, field: usize) -> FieldMapping {
    const FIELDS: [&str; 4] = ["patient.MRN", "sched.Resource", "sched.Start Date", "sched.End Date"];
    FieldMapping { column, interface: "appointments".to_owned(), field: FIELDS[field % FIELDS.len()].to_owned() }
}
