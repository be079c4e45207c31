//! Where something is, and everything about one person.

use engine::facts::{FoundNames, FoundRows, FoundValues, PersonFacts, PersonTableFacts, QueryAnswer};
use engine::source::TableKey;
use engine::{Project, Result};
use serde_json::json;

use super::tables::print_answer;
use crate::Done;
use crate::arguments::{All, Find, Follow, Format};
use crate::print::{Grid, count, counted, json, json_value, out};
use crate::progress::Bar;

pub fn find(project: &mut Project, wanted: &Find, all: &All) -> Result<Done> {
    let (text, page) = (wanted.text.as_str(), (wanted.page.offset, wanted.page.limit));
    if let Some(name) = &wanted.rows {
        let column = project.find_column(name)?;
        let rows = shown(project, wanted.raw.then(|| column.table_key()).as_ref(), |project| {
            project.found_rows(text, &column, page, &Bar::new(all.progress))
        })?;
        return print_rows(rows, None, all);
    }
    let names = project.find_names(text, wanted.page.limit)?;
    let values = if wanted.names { None } else { Some(project.find_values(text, &Bar::new(all.progress))?) };
    if all.json {
        json(&json!({ "names": names, "values": values }))?;
        return Ok(Done::Well);
    }
    print_names(&names)?;
    if let Some(values) = &values {
        print_values(values)?;
    }
    Ok(Done::Well)
}

/// With the table's values showing meanwhile, where one is named.
fn shown<T>(
    project: &mut Project,
    table: Option<&TableKey>,
    work: impl FnOnce(&mut Project) -> Result<T>,
) -> Result<T> {
    let Some(table) = table else { return work(project) };
    project.unmask(table)?;
    let done = work(project);
    project.mask(table)?;
    done
}

fn print_names(names: &FoundNames) -> Result<()> {
    if names.tables_total + names.columns_total == 0 {
        return out("no table and no column is called so, or looks so");
    }
    let mut grid = Grid::new(&["table", ">rows", "disposition", "found by"]);
    for table in &names.tables {
        let decided = table.disposition.label().to_owned();
        grid.row(vec![table.key.to_string(), count(table.rows), decided, table.why.clone()]);
    }
    if names.tables_total > 0 {
        grid.print()?;
        out(&of(names.tables.len(), names.tables_total, "table"))?;
    }
    let mut grid = Grid::new(&["column", ">filled rows", "disposition", "found by"]);
    for column in &names.columns {
        let decided = column.disposition.label().to_owned();
        grid.row(vec![column.key.to_string(), count(column.rows), decided, column.why.clone()]);
    }
    if names.columns_total > 0 {
        grid.print()?;
        out(&of(names.columns.len(), names.columns_total, "column"))?;
    }
    Ok(())
}

fn of(shown: usize, total: u64, what: &str) -> String {
    format!("{} of {}", count(shown as u64), counted(total, what))
}

fn print_values(values: &FoundValues) -> Result<()> {
    let mut grid = Grid::new(&["values of", ">rows", "such as row", "disposition"]);
    for place in &values.places {
        let first: Vec<String> = place.first_rows.iter().map(u64::to_string).collect();
        let decided = place.disposition.label().to_owned();
        grid.row(vec![place.column.to_string(), count(place.rows), first.join(", "), decided]);
    }
    if !values.places.is_empty() {
        grid.print()?;
    }
    let index = match values.indexed {
        0 => "no index: `crosswalk index` makes one".to_owned(),
        all if all == values.tables => "through the index".to_owned(),
        some => format!("{} through the index", counted(some, "table")),
    };
    out(&format!(
        "values of {} hold it; read {} in {:.1} s ({index}); binary values are not searched",
        counted(values.places.len() as u64, "column"),
        counted(values.rows_read, "row"),
        values.seconds
    ))
}

pub fn index(project: &mut Project, check: bool, all: &All) -> Result<Done> {
    let facts = project.word_index(!check, &Bar::new(all.progress))?;
    if all.json {
        json(&facts)?;
    } else {
        out(&format!(
            "the index covers {} of {} with rows and takes {} KB; {} read in {:.1} s",
            count(facts.indexed),
            counted(facts.tables, "table"),
            count(facts.bytes.div_ceil(1024)),
            counted(facts.rows, "row"),
            facts.seconds
        ))?;
    }
    Ok(Done::Well)
}

pub fn follow(project: &mut Project, wanted: &Follow, all: &All) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let page = (wanted.page.offset, wanted.page.limit);
    let Some(row) = wanted.row else {
        // Which table it is, is not known before.
        let mut people = project.people(&wanted.text, page, &bar)?;
        if wanted.raw {
            people = shown(project, Some(&people.table), |project| project.people(&wanted.text, page, &bar))?;
        }
        drop(bar);
        return print_rows(people.page, None, all);
    };
    if let Some(name) = &wanted.table {
        let table = project.find_table(name)?;
        let rows =
            shown(project, wanted.raw.then_some(&table), |project| project.person_rows(row, &table, page, &bar))?;
        drop(bar);
        return print_rows(rows.page, Some(&rows.years), all);
    }
    let person = project.follow(row, &bar)?;
    drop(bar);
    if all.json {
        json(&person)?;
    } else {
        print_person(&person)?;
    }
    Ok(Done::Well)
}

fn print_person(person: &PersonFacts) -> Result<()> {
    let mut grid = Grid::new(&["table", ">rows", "years", "disposition", "goes nowhere", "path"]);
    for table in &person.tables {
        grid.row(vec![
            table.key.to_string(),
            count(table.rows),
            years(table),
            table.disposition.label().to_owned(),
            table.unmapped.join(", "),
            table.path.clone(),
        ]);
    }
    grid.print()?;
    out(&format!(
        "row {} of {}: {} in {}, {} of them in tables that are undecided; nothing in {} more",
        person.row,
        person.table,
        counted(person.rows, "row"),
        counted(person.tables.len() as u64, "table"),
        count(person.rows_undecided),
        counted(person.without_rows, "table"),
    ))?;
    if !person.without_path.is_empty() {
        out(&format!(
            "{} with rows have no path to a person, so what they hold of this one is not here",
            counted(person.without_path.len() as u64, "table")
        ))?;
    }
    Ok(())
}

fn years(table: &PersonTableFacts) -> String {
    match (table.years.first(), table.years.last()) {
        (Some(first), Some(last)) if first.year == last.year => first.year.to_string(),
        (Some(first), Some(last)) => format!("{}–{}", first.year, last.year),
        _ => String::new(),
    }
}

/// Rows with their numbers before them, and the year where one was told.
fn print_rows(found: FoundRows, years: Option<&[Option<u32>]>, all: &All) -> Result<Done> {
    if all.json {
        let rows: Vec<Vec<_>> = found.rows.iter().map(|row| row.iter().map(json_value).collect()).collect();
        json(&json!({
            "table": found.table, "columns": found.columns, "rows": rows, "numbers": found.numbers, "years": years,
            "total": found.total, "masked": !found.unmasked,
        }))?;
        return Ok(Done::Well);
    }
    let numbers: Vec<String> = found.numbers.iter().map(u64::to_string).collect();
    let total = found.total;
    let answer = QueryAnswer { columns: found.columns, rows: found.rows, cut: false, masked: !found.unmasked };
    print_answer(&answer, Format::Table)?;
    let which = if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") };
    out(&format!("rows {which} of {}", counted(total, "row")))?;
    Ok(Done::Well)
}
