//! What points at what.

use engine::facts::{
    PersonTable, Relation, RelationJudged, RelationKind, RelationState, RelationshipFacts, RelationshipQuery,
};
use engine::mapping::Judgement;
use engine::source::ColumnKey;
use engine::{Error, Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, Word};
use crate::print::{count, counted, json, out};
use crate::progress::Bar;

pub fn relationships(project: &mut Project, table: Option<&str>, all: &All) -> Result<Done> {
    let table = table.map(|name| project.find_table(name)).transpose()?;
    let bar = Bar::new(all.progress);
    let facts = project.relationships(&RelationshipQuery { table }, &bar)?;
    drop(bar);
    if all.json {
        json(&facts)?;
    } else {
        print(&facts)?;
    }
    Ok(Done::Well)
}

pub fn relate(project: &mut Project, pairs: &[String], word: &Word, all: &All) -> Result<Done> {
    if !pairs.len().is_multiple_of(2) {
        return Err(Error::refused("columns come in pairs: TABLE.COLUMN TABLE.COLUMN, the child's first"));
    }
    let mut wanted = RelationJudged { child: Vec::new(), parent: Vec::new(), judgement: judgement(word) };
    for pair in pairs.chunks(2) {
        wanted.child.push(project.find_column(&pair[0])?);
        wanted.parent.push(project.find_column(&pair[1])?);
    }
    project.judge_relationship(&wanted)?;
    let names = |columns: &[ColumnKey]| columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    let (child, parent) = (names(&wanted.child), names(&wanted.parent));
    if all.json {
        let state = wanted.judgement.map(Judgement::label);
        json(&json!({ "child": wanted.child, "parent": wanted.parent, "state": state.unwrap_or("proposed") }))?;
    } else {
        out(&format!("{child} → {parent}: {}", wanted.judgement.map_or("as it was found", Judgement::label)))?;
    }
    Ok(Done::Well)
}

fn judgement(word: &Word) -> Option<Judgement> {
    match word {
        Word { confirm: true, .. } => Some(Judgement::Confirmed),
        Word { reject: true, .. } => Some(Judgement::Rejected),
        Word { .. } => None,
    }
}

fn print(facts: &RelationshipFacts) -> Result<()> {
    let mut last = None;
    for relation in &facts.relations {
        if last != Some(&relation.from.key) {
            out(&format!("{}", relation.from.key))?;
            last = Some(&relation.from.key);
        }
        print_relation(relation)?;
    }
    if facts.relations.is_empty() {
        out("no column points at another table, as far as names and values tell")?;
    }
    out("")?;
    match &facts.person_table {
        Some(person) => print_person(person)?,
        None => out("No table looks as if its rows were people.")?,
    }
    for path in &facts.paths {
        out(&format!("  {} {} ({})", path.key, path.text, counted(path.rows, "row")))?;
    }
    let filled: Vec<_> = facts.without_path.iter().filter(|table| table.rows > 0).collect();
    if facts.person_table.is_some() && !filled.is_empty() {
        out(&format!(
            "\n{} with rows have no path to a person. Their rows drop out of a chart, unless they are lists:",
            counted(filled.len() as u64, "table")
        ))?;
        for table in filled {
            out(&format!("  {} ({})", table.key, counted(table.rows, "row")))?;
        }
    }
    Ok(())
}

fn print_person(person: &PersonTable) -> Result<()> {
    out(&format!(
        "People are in {}: {}, by {}. It is reached from {}:",
        person.table_key,
        counted(person.rows, "row"),
        if person.key.is_empty() { "no known key".to_owned() } else { person.key.join(" + ") },
        counted(person.reached_by, "table")
    ))
}

fn print_relation(relation: &Relation) -> Result<()> {
    let to: Vec<String> = relation.to.columns.iter().map(|column| format!("{}.{column}", relation.to.key)).collect();
    let how = match (relation.state, relation.kind) {
        (RelationState::Rejected, _) => "rejected".to_owned(),
        (RelationState::Confirmed, RelationKind::Added) => "added by hand".to_owned(),
        (RelationState::Confirmed, _) => "confirmed".to_owned(),
        (_, RelationKind::Declared) => "declared".to_owned(),
        _ => format!("inferred, {:.0} % sure", (relation.confidence * 100.0).floor()),
    };
    let found = match relation.coverage {
        None => "no row to check".to_owned(),
        Some(_) if relation.orphans == 0 => format!("all {} find their parent", counted(relation.rows, "row")),
        Some(coverage) => format!(
            "{:.1} % of {} find their parent; without one: {} (such as row {})",
            (coverage * 1000.0).floor() / 10.0,
            counted(relation.rows, "row"),
            count(relation.orphans),
            relation.examples.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
        ),
    };
    out(&format!("  {} → {}: {how}; {found}", relation.from.columns.join(" + "), to.join(" + ")))?;
    let why: Vec<&str> = relation.evidence.iter().map(|why| why.text.as_str()).collect();
    if relation.kind != RelationKind::Declared || relation.evidence.len() > 1 {
        out(&format!("      {}", why.join("; ")))?;
    }
    for other in &relation.alternatives {
        let to: Vec<String> = other.to.columns.iter().map(|column| format!("{}.{column}", other.to.key)).collect();
        out(&format!("      or {}? It fits nearly as well ({:.0} % sure)", to.join(" + "), other.confidence * 100.0))?;
    }
    Ok(())
}
