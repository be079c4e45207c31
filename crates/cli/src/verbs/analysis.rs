use engine::analysis::{ColumnAnalysis, Sureness};
use engine::facts::{ColumnStudy, InventoryRow, QueryAnswer};
use engine::project::{IssueQuery, ValueOrder, ValueQuery};
use engine::source::TableKey;
use engine::{Project, Result};
use serde_json::json;

use super::tables::print_answer;
use crate::Done;
use crate::arguments::{All, Format, Page, Values};
use crate::print::{Grid, count, counted, json, json_value, out, value};
use crate::progress::Bar;

/// Looks closely at tables, and prints what was told of one.
pub fn analyze(project: &mut Project, what: Option<&str>, again: bool, all: &All) -> Result<Done> {
    let (table, column) = match what {
        None => (None, None),
        Some(name) => match project.find_table(name) {
            Ok(table) => (Some(table), None),
            Err(no_table) => match project.find_column(name) {
                Ok(column) => (Some(column.table_key()), Some(column.column())),
                Err(no_column) => return Err(if name.contains('.') { no_column } else { no_table }),
            },
        },
    };
    let tables: Vec<TableKey> = table.iter().cloned().collect();
    let made = project.analyze(&tables, again, &Bar::new(all.progress))?;
    let Some(table) = table else {
        if all.json {
            json(&made)?;
        } else {
            let before = counted(made.tables - made.made, "table");
            out(&format!(
                "looked at {} with {} in {:.1} s; at {before} before. {} found: `crosswalk issues` lists them all",
                counted(made.made, "table"),
                counted(made.rows, "row"),
                made.seconds,
                counted(made.issues, "issue"),
            ))?;
        }
        return Ok(Done::Well);
    };
    let studies = project.study(&table, column.as_deref())?;
    if all.json {
        let columns: Vec<_> =
            studies.iter().map(|study| json!({ "column": study.facts.column, "analysis": study.analysis })).collect();
        json(&json!({ "table": table, "columns": columns }))?;
    } else if let ([one], Some(_)) = (studies.as_slice(), column) {
        print_one(one)?;
    } else {
        print_all(&studies)?;
    }
    Ok(Done::Well)
}

fn print_all(studies: &[ColumnStudy]) -> Result<()> {
    let mut grid =
        Grid::new(&["column", ">says something", ">stands for none", "holds", "years", "most frequent shape"]);
    for study in studies {
        let Some(a) = &study.analysis else {
            grid.row(vec![
                study.facts.column.clone(),
                study.facts.state.label().to_owned(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ]);
            continue;
        };
        let none: u64 = a.placeholders.iter().map(|p| p.count).sum();
        grid.row(vec![
            study.facts.column.clone(),
            count(a.meant),
            count(none),
            holds(a),
            years(a),
            a.patterns.first().map_or_else(String::new, |p| p.shape.clone()),
        ]);
    }
    grid.print()
}

/// What its values look like, in a word or two.
fn holds(a: &ColumnAnalysis) -> String {
    let kinds = a.kinds.iter().map(|found| match found.sureness {
        Sureness::Possible => format!("{}?", found.label),
        _ if found.percent < 80.0 => format!("{} in {}", found.label, count(found.count)),
        _ => found.label.clone(),
    });
    let blobs = a.blobs.iter().map(|blob| blob.content.clone());
    kinds.chain(blobs).collect::<Vec<_>>().join(", ")
}

fn years(a: &ColumnAnalysis) -> String {
    let Some(dates) = &a.dates else { return String::new() };
    match (dates.years.first(), dates.years.last()) {
        (Some(first), Some(last)) if first.year == last.year => first.year.to_string(),
        (Some(first), Some(last)) => format!("{}–{}", first.year, last.year),
        _ => String::new(),
    }
}

fn print_one(study: &ColumnStudy) -> Result<()> {
    let Some(a) = &study.analysis else {
        return out(&format!("{}: {}", study.facts.key, study.facts.state.label()));
    };
    out(&format!(
        "{}\n{} rows: {} say something, {} NULL, {} blank, {} white space only",
        study.facts.key,
        count(a.rows),
        count(a.meant),
        count(a.nulls),
        count(a.blanks),
        count(a.white_space)
    ))?;
    for p in &a.placeholders {
        out(&format!("  {} hold {}, which may stand for no value", count(p.count), p.written))?;
    }
    for found in &a.kinds {
        out(&format!("{} ({}): {}", found.label, found.sureness.label(), found.evidence.join("; ")))?;
    }
    out(&format!("{} to {} long, {:.1} on average", a.lengths.least, a.lengths.greatest, a.lengths.mean))?;
    if let Some(n) = &a.numbers {
        let quantiles: Vec<String> = n.quantiles.iter().map(|q| format!("{} % {}", q.percent, q.value)).collect();
        out(&format!(
            "{} numbers from {} to {}, mean {:.2}, deviation {:.2}; {} zero, {} negative\nquantiles: {}{}",
            count(n.count),
            n.least,
            n.greatest,
            n.mean,
            n.deviation,
            count(n.zeros),
            count(n.negatives),
            quantiles.join(", "),
            if n.error_percent > 0.0 { format!(" (to {} % of the rows)", n.error_percent) } else { String::new() }
        ))?;
    }
    if let Some(d) = &a.dates {
        let formats: Vec<String> = d.formats.iter().map(|f| format!("{} {}", count(f.count), f.format)).collect();
        out(&format!("{} dates from {} to {}: {}", count(d.count), d.first, d.last, formats.join(", ")))?;
        let mut grid = Grid::new(&["year", ">rows"]);
        for year in &d.years {
            grid.row(vec![year.year.to_string(), count(year.count)]);
        }
        grid.print()?;
    }
    let mut grid = Grid::new(&[">rows", "shape"]);
    for p in a.patterns.iter().take(20) {
        grid.row(vec![count(p.count), p.shape.clone()]);
    }
    grid.print()
}

/// Every table: the part it plays, when it was used, whom it is about.
pub fn inventory(project: &mut Project, all: &All) -> Result<Done> {
    let inventory = project.inventory()?;
    if all.json {
        json(&inventory)?;
        return Ok(Done::Well);
    }
    for system in &inventory.systems {
        out(&format!(
            "may be {}: {} of its {} modules are here ({}); not here: {}",
            system.system,
            system.found.len(),
            system.found.len() + system.missing.len(),
            system.found.join(", "),
            if system.missing.is_empty() { "none".to_owned() } else { system.missing.join(", ") }
        ))?;
    }
    let mut grid = Grid::new(&["table", ">rows", "role", "last used", ">issues", "person"]);
    for row in &inventory.rows {
        let person = row.person.as_ref().map_or_else(|| "no way to a person".to_owned(), |p| p.words.clone());
        grid.row(vec![
            row.key.to_string(),
            count(row.rows),
            row.role_label.clone(),
            last_used(row),
            if row.analyzed { count(row.issues) } else { String::new() },
            person,
        ]);
    }
    grid.print()?;
    let unseen = inventory.rows.len() as u64 - inventory.analyzed;
    if unseen > 0 {
        out(&format!(
            "{} not looked at closely: `crosswalk analyze` tells when they were used and what is wrong in them",
            counted(unseen, "table")
        ))?;
    }
    Ok(Done::Well)
}

fn last_used(row: &InventoryRow) -> String {
    match row.last_year {
        _ if !row.analyzed => String::new(),
        Some(year) if row.dead => format!("dead since {year}"),
        Some(year) => year.to_string(),
        None => "no date tells".to_owned(),
    }
}

/// What is wrong, or may be.
pub fn issues(project: &mut Project, table: Option<&str>, page: &Page, all: &All) -> Result<Done> {
    let table = table.map(|name| project.find_table(name)).transpose()?;
    let query = IssueQuery { table, trouble: None, offset: page.offset, limit: page.limit };
    let found = project.issues(&query)?;
    if all.json {
        json(&found)?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&["table", "column", ">rows", ">%", "issue"]);
    for issue in &found.issues {
        grid.row(vec![
            issue.table.to_string(),
            issue.name.clone(),
            count(issue.rows),
            format!("{:.1}", issue.percent),
            issue.sentence.clone(),
        ]);
    }
    grid.print()?;
    let shown = found.issues.len() as u64;
    out(&format!(
        "{} of {}; {} of {} looked at",
        count(shown),
        counted(found.total, "issue"),
        count(found.analyzed),
        counted(found.tables, "table")
    ))?;
    Ok(Done::Well)
}

/// The distinct values of a column, or the rows that hold one of them.
pub fn values(project: &mut Project, what: &Values, all: &All) -> Result<Done> {
    let column = project.find_column(&what.column)?;
    let order = if what.rarest { ValueOrder::FewestRows } else { ValueOrder::MostRows };
    if let Some(place) = what.rows {
        let place = place.saturating_sub(1);
        let table = column.table_key();
        if what.raw {
            project.unmask(&table)?;
        }
        let rows = project.rows_of_value(&column, order, place, (what.page.offset, what.page.limit))?;
        if what.raw {
            project.mask(&table)?;
        }
        let answer = QueryAnswer { columns: rows.columns, rows: rows.rows, cut: false, masked: !rows.unmasked };
        print_answer(&answer, if all.json { Format::Json } else { Format::Table })?;
        return Ok(Done::Well);
    }
    let query =
        ValueQuery { order, text: what.text.clone(), offset: what.page.offset, limit: what.page.limit, raw: what.raw };
    let found = project.values(&column, &query)?;
    if all.json {
        let values: Vec<_> =
            found.values.iter().map(|v| json!({ "value": json_value(&v.value), "count": v.count })).collect();
        json(&json!({ "column": column, "total": found.total, "offset": found.offset, "values": values }))?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&[">place", ">rows", "value"]);
    for (at, v) in found.values.iter().enumerate() {
        grid.row(vec![count(found.offset + at as u64 + 1), count(v.count), value(&v.value)]);
    }
    grid.print()?;
    out(&format!("{} of {}", count(found.values.len() as u64), counted(found.total, "value")))?;
    Ok(Done::Well)
}
