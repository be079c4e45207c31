use std::path::Path;

use engine::facts::{TableComparison, Verdict};
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::All;
use crate::print::{Grid, count, json, out};
use crate::progress::Bar;

pub fn checksum_sql(project: &mut Project, all: &All) -> Result<Done> {
    let text = project.checksum_sql()?;
    if all.json {
        json(&json!({ "sql": text }))?;
    } else {
        out(text.trim_end())?;
    }
    Ok(Done::Well)
}

pub fn checksum(project: &mut Project, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let sums = project.checksum(&bar)?;
    drop(bar);
    if all.json {
        json(&sums)?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&["table", ">rows", ">columns", ">digest", "comparable"]);
    for t in &sums.tables {
        let comparable = if t.comparable { "yes".to_owned() } else { t.reason.clone().unwrap_or_default() };
        grid.row(vec![t.key.to_string(), count(t.rows), count(t.columns), t.digest.clone(), comparable]);
    }
    grid.print()?;
    out(&format!("the whole snapshot: {}", sums.snapshot_digest))?;
    Ok(Done::Well)
}

pub fn compare(project: &mut Project, answer: &Path, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let told = project.compare(answer, &bar)?;
    drop(bar);
    if all.json {
        json(&told)?;
    } else {
        let mut grid = Grid::new(&["table", "verdict", ">rows", ">on the server", ">digest", ">on the server"]);
        for t in told.tables.iter().filter(|t| t.verdict != Verdict::Equal) {
            grid.row(line(t));
        }
        if told.equal < told.tables.len() as u64 {
            grid.print()?;
        }
        out(&format!(
            "{} tables are equal, {} differ, {} cannot be compared",
            count(told.equal),
            count(told.differing),
            count(told.not_comparable)
        ))?;
    }
    Ok(if told.differing == 0 { Done::Well } else { Done::WithWarnings })
}

fn line(t: &TableComparison) -> Vec<String> {
    let verdict = match t.verdict {
        Verdict::Equal => "equal".to_owned(),
        Verdict::RowsDiffer => "the number of rows differs".to_owned(),
        Verdict::ContentDiffers => "the content differs".to_owned(),
        Verdict::NotOnServer => "not in the server's answer".to_owned(),
        Verdict::NotStaged => "not in the snapshot".to_owned(),
        Verdict::NotComparable => {
            format!("cannot be compared: {}", t.reason.as_deref().unwrap_or("no reason is known"))
        }
    };
    let number = |n: Option<u64>| n.map_or("–".to_owned(), count);
    let text = |t: &Option<String>| t.clone().unwrap_or_else(|| "–".to_owned());
    let name = t.database.as_ref().map_or_else(|| t.table.clone(), |d| format!("{d}.{}", t.table));
    vec![name, verdict, number(t.rows), number(t.server_rows), text(&t.digest), text(&t.server_digest)]
}
