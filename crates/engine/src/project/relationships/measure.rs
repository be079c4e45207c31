//! Precision and recall over real schemas: what they declare is hidden from the rules, and then looked for.
//!
//! `CROSSWALK_SCHEMAS` may name more files, as a path list; what was found wrongly is printed for every file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use relate::{Pair, Schema, Values};

use super::super::{Environment, LoadRequest, Project};
use super::rows::Rows;
use super::schema::schema_of;
use crate::progress::Unwatched;

/// Where fewer rows stand, accidents are too many to judge by.
const ROWS: u64 = 20;

/// A child's column, and the parent's that it points at.
type Edge = ((usize, usize), (usize, usize));

#[derive(Default)]
struct Tally {
    right: usize,
    missed: Vec<Edge>,
    wrong: Vec<Edge>,
}

impl Tally {
    fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong.len())
    }

    fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed.len())
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// What is declared of single columns, by the child's.
fn truth(schema: &Schema) -> BTreeMap<(usize, usize), BTreeSet<(usize, usize)>> {
    let mut truth: BTreeMap<(usize, usize), BTreeSet<(usize, usize)>> = BTreeMap::new();
    for (child, table) in schema.tables.iter().enumerate() {
        for key in table.declared.iter().filter(|key| key.columns.len() == 1) {
            truth.entry((child, key.columns[0])).or_default().insert((key.parent, key.parent_columns[0]));
        }
    }
    truth
}

fn measure(schema: &Schema, hidden: &Schema, rows: &mut Rows<'_>) -> Tally {
    let found = relate::relate(hidden, rows).unwrap();
    let truth = truth(schema);
    let counts = |a: usize, b: usize| schema.tables[a].rows >= ROWS && schema.tables[b].rows >= ROWS;
    let mut tally = Tally::default();
    let mut seen = BTreeSet::new();
    for one in found.iter().filter(|one| one.child_columns.len() == 1 && counts(one.child, one.parent)) {
        let (child, parent) = ((one.child, one.child_columns[0]), (one.parent, one.parent_columns[0]));
        if truth.get(&child).is_some_and(|parents| parents.contains(&parent)) {
            tally.right += 1;
            seen.insert((child, parent));
        } else {
            tally.wrong.push((child, parent));
        }
    }
    for (child, parents) in &truth {
        for parent in parents.iter().filter(|parent| counts(child.0, parent.0)) {
            if !seen.contains(&(*child, *parent)) {
                tally.missed.push((*child, *parent));
            }
        }
    }
    tally
}

fn named(schema: &Schema, edge: &Edge) -> String {
    let name = |(table, column): (usize, usize)| {
        format!("{}.{}", schema.tables[table].name, schema.tables[table].columns[column].name)
    };
    format!("{} > {}", name(edge.0), name(edge.1))
}

/// Prints a line for the file, as dumped without foreign keys and without any key; answers the tallies.
fn of_file(path: &Path) -> Vec<Tally> {
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("p"), "", Environment::system()).unwrap();
    let request = LoadRequest { paths: vec![path.to_path_buf()], allow_growth: true, ..LoadRequest::default() };
    project.load(&request, &Unwatched).unwrap();
    project.refresh().unwrap();
    let snapshot = project.profiled().unwrap();
    let schema = schema_of(snapshot).unwrap();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut tallies = Vec::new();
    for without in ["foreign keys", "any key"] {
        let mut hidden = schema.clone();
        for table in &mut hidden.tables {
            table.declared.clear();
            if without == "any key" {
                table.keys.clear();
            }
        }
        let tally = measure(&schema, &hidden, &mut Rows::of(snapshot, &Unwatched));
        println!(
            "{name:40} without {without:12}  right {:4}  missed {:4}  wrong {:4}  precision {:.2}  recall {:.2}",
            tally.right,
            tally.missed.len(),
            tally.wrong.len(),
            tally.precision(),
            tally.recall()
        );
        for (what, edges) in [("missed", &tally.missed), ("wrong", &tally.wrong)] {
            for edge in edges {
                println!("    {what} {}", named(&schema, edge));
            }
        }
        tallies.push(tally);
    }
    tallies
}

#[test]
fn keys_that_do_not_fit_into_memory_are_held_in_parts() {
    let Some(path) = corpus::data("corpus/sqlite/Chinook_Sqlite.sqlite") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("p"), "", Environment::system()).unwrap();
    project.load(&LoadRequest { paths: vec![path], ..LoadRequest::default() }, &Unwatched).unwrap();
    project.refresh().unwrap();
    let snapshot = project.profiled().unwrap();
    let schema = schema_of(snapshot).unwrap();
    let mut pairs = Vec::new();
    for (child, table) in schema.tables.iter().enumerate() {
        for key in &table.declared {
            let (child_columns, parent_columns) = (key.columns.clone(), key.parent_columns.clone());
            // The way back has orphans.
            let back = (key.parent, parent_columns.clone(), child, child_columns.clone());
            for (child, child_columns, parent, parent_columns) in
                [(child, child_columns, key.parent, parent_columns), back]
            {
                pairs.push(Pair { child, child_columns, parent, parent_columns });
            }
        }
    }
    let whole = Rows::of(snapshot, &Unwatched).contained(&pairs).unwrap();
    let parts = Rows::of(snapshot, &Unwatched).within(200).contained(&pairs).unwrap();
    assert!(whole.iter().any(|one| one.orphans > 0) && whole.iter().any(|one| one.orphans == 0 && one.rows > 0));
    assert_eq!(whole, parts);
}

#[test]
fn hidden_foreign_keys_are_found_again() {
    let within = ["corpus/mysqldump/openmrs-initial_test_db.sql", "corpus/sqlite/Chinook_Sqlite.sqlite"];
    let mut paths: Vec<PathBuf> = within.iter().filter_map(|path| corpus::data(path)).collect();
    let more = std::env::var_os("CROSSWALK_SCHEMAS").unwrap_or_default();
    let own = paths.len();
    paths.extend(std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()));
    for (at, path) in paths.iter().enumerate() {
        let tallies = of_file(path);
        let keyed = &tallies[0];
        let enough = keyed.precision() >= 0.9 && keyed.recall() >= 0.9;
        assert!(enough || at >= own, "{}: see what is printed", path.display());
    }
}
