//! The table whose rows are people, and how the others reach it.

use std::collections::HashMap;

use relate::path::{Step, paths};

use super::super::snapshots::InUse;
use crate::error::Result;
use crate::facts::{
    PathStep, PersonPath, PersonTable, Relation, RelationKind, RelationState, RelationshipFacts, UnreachedTable,
};
use crate::sample::classify::{TableRole, role_of};
use crate::source::TableKey;
use crate::store::staging::StagedTable;

/// Names that the person table itself has, and hardly another.
const NAMES: [&str; 6] = ["patient", "employee", "person", "worker", "client", "member"];

/// Tells of all tables how they reach the person table.
pub fn reach(snapshot: &InUse, relations: Vec<Relation>) -> Result<RelationshipFacts> {
    let places: HashMap<&TableKey, usize> =
        snapshot.tables.iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
    let roles: Vec<TableRole> =
        snapshot.tables.iter().map(|(_, table)| role(snapshot, table)).collect::<Result<_>>()?;
    let mut steps: Vec<Step> = Vec::new();
    let mut of_steps: Vec<&Relation> = Vec::new();
    for relation in &relations {
        let (Some(&child), Some(&parent)) = (places.get(&relation.from.key), places.get(&relation.to.key)) else {
            continue;
        };
        if leads(relation, roles[parent]) {
            steps.push(Step { child, parent, trust: trust(relation), coverage: relation.coverage.unwrap_or(0.0) });
            of_steps.push(relation);
        }
    }
    let person = person(snapshot, &roles, &steps);
    let mut facts =
        RelationshipFacts { relations: Vec::new(), person_table: None, paths: Vec::new(), without_path: Vec::new() };
    let ways = person.map_or_else(|| vec![None; snapshot.tables.len()], |at| paths(snapshot.tables.len(), at, &steps));
    for (at, ((key, table), way)) in snapshot.tables.iter().zip(ways).enumerate() {
        let (key, database, name, rows) = (key.clone(), table.database.clone(), table.name.clone(), table.rows);
        match way {
            _ if Some(at) == person => {}
            Some(way) => {
                let way: Vec<&Relation> = way.into_iter().map(|step| of_steps[step]).collect();
                let confidence = way.iter().map(|step| step.confidence).fold(1.0, f64::min);
                let text = sentence(&way);
                let steps = way.iter().map(|step| PathStep { from: step.from.clone(), to: step.to.clone() }).collect();
                facts.paths.push(PersonPath { key, database, table: name, rows, steps, confidence, text });
            }
            None => facts.without_path.push(UnreachedTable { key, database, table: name, rows }),
        }
    }
    if let Some(at) = person {
        let (key, table) = &snapshot.tables[at];
        facts.person_table = Some(PersonTable {
            table_key: key.clone(),
            database: table.database.clone(),
            table: table.name.clone(),
            key: key_of(table, key, &relations),
            rows: table.rows,
            reached_by: facts.paths.len() as u64,
        });
    }
    facts.relations = relations;
    Ok(facts)
}

fn role(snapshot: &InUse, table: &StagedTable) -> Result<TableRole> {
    Ok(role_of(&table.name, snapshot.columns(table)?.iter().map(|column| column.name.as_str())))
}

/// Whether a row is about whom its parent is about: who wrote or treated is another, and a rejected one leads nowhere.
fn leads(relation: &Relation, parent: TableRole) -> bool {
    let confirmed = relation.state == RelationState::Confirmed;
    let another = relation.from.columns.iter().any(|column| relate::names_another(column));
    relation.state != RelationState::Rejected
        && relation.rows > relation.orphans
        && (confirmed || !another && parent != TableRole::Staff)
}

fn trust(relation: &Relation) -> f64 {
    match relation.state {
        RelationState::Confirmed => 1.0,
        _ if relation.kind == RelationKind::Inferred => relation.confidence * 0.9,
        _ => 1.0,
    }
}

/// Of the tables of people, the one that most tables reach; one that is called after people counts twice.
fn person(snapshot: &InUse, roles: &[TableRole], steps: &[Step]) -> Option<usize> {
    let mut best: Option<(usize, u64, usize)> = None;
    for (at, (_, table)) in snapshot.tables.iter().enumerate() {
        let named = is_named(&table.name);
        if table.rows == 0 || roles[at] != TableRole::People && !named {
            continue;
        }
        let reached = paths(snapshot.tables.len(), at, steps).iter().flatten().count();
        let weight = reached * if named { 2 } else { 1 };
        if (reached > 1 || named) && best.is_none_or(|(most, rows, _)| (weight, table.rows) > (most, rows)) {
            best = Some((weight, table.rows, at));
        }
    }
    best.map(|(_, _, at)| at)
}

fn is_named(table: &str) -> bool {
    let words = crate::sample::header::words(table);
    let plain = |word: &String| {
        let one = word.strip_suffix('s').unwrap_or(word);
        NAMES.contains(&one)
            || ["people", "tbl", "data", "master", "demographic", "demographics"].contains(&word.as_str())
    };
    words.iter().all(plain)
        && words.iter().any(|word| NAMES.contains(&word.strip_suffix('s').unwrap_or(word)) || word == "people")
}

/// The primary key, or else the columns that most point at.
fn key_of(table: &StagedTable, key: &TableKey, relations: &[Relation]) -> Vec<String> {
    if let Some(primary) = table.keys.iter().find(|key| key.kind == "primary") {
        return primary.columns.clone();
    }
    let mut counted: HashMap<&[String], usize> = HashMap::new();
    for relation in relations.iter().filter(|relation| relation.to.key == *key) {
        *counted.entry(&relation.to.columns).or_default() += 1;
    }
    let most = counted.into_iter().max_by_key(|(columns, count)| (*count, std::cmp::Reverse(*columns)));
    most.map(|(columns, _)| columns.to_vec()).unwrap_or_default()
}

/// `reaches employee by visit_id → visit.id, employee_id → employee.id`.
fn sentence(way: &[&Relation]) -> String {
    let step = |relation: &&Relation| {
        let to: Vec<String> =
            relation.to.columns.iter().map(|column| format!("{}.{column}", relation.to.key)).collect();
        format!("{} → {}", relation.from.columns.join(" + "), to.join(" + "))
    };
    let steps: Vec<String> = way.iter().map(step).collect();
    let person = way.last().map(|last| last.to.key.to_string()).unwrap_or_default();
    format!("reaches {person} by {}", steps.join(", "))
}
