use std::path::PathBuf;

use engine::facts::{ConformanceFacts, ConformanceFile};
use engine::project::Environment;
use engine::{Project, Result};

use super::handover;
use crate::Done;
use crate::arguments::{All, Handover};
use crate::print::{Grid, count, json, out};
use crate::progress::Bar;

pub fn conformance(
    what: &Handover,
    report: Option<PathBuf>,
    at: Option<&str>,
    here: &Environment,
    all: &All,
) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let (passwords, choices) = (handover::passwords(what)?, handover::choices(what)?);
    let facts = Project::conformance(&what.paths, &passwords, &choices, &bar)?;
    drop(bar);
    if let Some(path) = report {
        let exported = Project::conformance_report(&facts, &path, at, here)?;
        if !all.json {
            out(&format!("{}: {} sheets, {} rows", exported.path, exported.sheets, count(exported.rows)))?;
        }
    }
    if all.json {
        json(&facts)?;
    } else {
        print(&facts)?;
    }
    Ok(if facts.broken == 0 { Done::Well } else { Done::WithWarnings })
}

fn print(facts: &ConformanceFacts) -> Result<()> {
    for file in &facts.files {
        out(&format!("{}: {} records, {}, {}", file.file, count(file.records), file.encoding, file.dialect))?;
        print_broken(file)?;
    }
    for other in &facts.others {
        out(&format!("not checked: {other}"))?;
    }
    Ok(())
}

fn print_broken(file: &ConformanceFile) -> Result<()> {
    let mut grid = Grid::new(&[">rule", "severity", ">places", ">first line", "what the rule says"]);
    let broken: Vec<_> = file.rules.iter().filter(|r| r.broken > 0).collect();
    if broken.is_empty() {
        return out("  keeps all rules");
    }
    for rule in broken {
        let first = file.findings.iter().find(|f| f.rule == rule.rule).map_or(0, |f| f.line);
        let line = if first == 0 { "file".to_owned() } else { count(first) };
        let severity = format!("{:?}", rule.severity).to_lowercase();
        grid.row(vec![rule.rule.to_string(), severity, count(rule.broken), line, rule.text.clone()]);
    }
    grid.print()
}
