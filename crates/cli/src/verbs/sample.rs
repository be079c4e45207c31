use std::collections::HashMap;

use engine::facts::TableQuery;
use engine::project::SampleQuery;
use engine::sample::{Action, Class};
use engine::{Error, Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, SampleVerb};
use crate::print::{Grid, json, out, value};

pub fn run(project: &mut Project, verb: SampleVerb, all: &All) -> Result<Done> {
    match verb {
        SampleVerb::Classify { table } => {
            let table = table.map(|t| project.find_table(&t)).transpose()?;
            classify(project, &SampleQuery { table, ..SampleQuery::default() }, all)
        }
        SampleVerb::Treat { columns, class, action } => {
            let keys = columns.iter().map(|c| project.find_column(c)).collect::<Result<Vec<_>>>()?;
            let class = class.map(|c| word::<Class>(&c.to_uppercase(), "class")).transpose()?;
            let action = action.map(|a| word::<Action>(&a.to_lowercase(), "action")).transpose()?;
            project.set_privacy(&keys, class, action)?;
            if all.json {
                json(&project.facts()?)?;
            } else {
                out("done")?;
            }
            Ok(Done::Well)
        }
        SampleVerb::Preview { table } => preview(project, &table, all),
    }
}

/// A word as it crosses in JSON.
pub fn word<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T> {
    serde_json::from_value(json!(text)).map_err(|_| Error::refused(format!("there is no {what} {text}")))
}

fn classify(project: &mut Project, query: &SampleQuery, all: &All) -> Result<Done> {
    let plan = project.sample_plan(query)?;
    if all.json {
        // A key leaves out the database that goes without saying; scripts are told it like everywhere else.
        let tables = project.tables(&TableQuery::default())?.rows;
        let databases: HashMap<_, _> = tables.into_iter().map(|t| (t.key, t.database)).collect();
        let columns: Vec<_> = plan
            .columns
            .iter()
            .map(|t| {
                json!({
                    "database": databases.get(t.table()), "table": t.table().table(), "column": t.column(), "class": t.class(),
                    "confidence": t.confidence(), "evidence": t.evidence(), "action": t.action(), "decided": t.is_decided(),
                    "domain": t.domain(),
                })
            })
            .collect();
        json(&json!({ "columns": columns }))?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&["column", "class", "action", "because"]);
    for t in &plan.columns {
        let class = json!(t.class()).as_str().unwrap_or_default().to_owned();
        grid.row(vec![t.key().to_string(), class, t.action().label().to_owned(), t.evidence().join("; ")]);
    }
    grid.print()?;
    out(&format!(
        "{} pass, {} get surrogates, {} are reduced, {} are dropped",
        plan.passed, plan.surrogated, plan.reduced, plan.dropped
    ))?;
    Ok(Done::Well)
}

fn preview(project: &mut Project, table: &str, all: &All) -> Result<Done> {
    let key = project.find_table(table)?;
    let preview = project.sample_preview(&key)?;
    if all.json {
        json(&preview)?;
        return Ok(Done::Well);
    }
    for row in &preview.rows {
        for (cell, treatment) in row.iter().zip(&preview.columns) {
            out(&format!("{:<28} {:<32} {}", treatment.column(), value(&cell.before), cell.after))?;
        }
        out("")?;
    }
    Ok(Done::Well)
}
