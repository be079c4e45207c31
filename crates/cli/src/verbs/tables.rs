use std::borrow::Cow;

use engine::csv;
use engine::facts::{ColumnFacts, QueryAnswer, TableQuery, TableSort};
use engine::{Project, Result};
use serde_json::json;

use crate::Done;
use crate::arguments::{All, Format, Page, Sort};
use crate::print::{Grid, count, counted, json, json_value, out, tell, value};
use crate::progress::Bar;

pub fn tables(project: &mut Project, text: String, sort: Sort, descending: bool, all: &All) -> Result<Done> {
    let sort = match sort {
        Sort::Name => TableSort::Name,
        Sort::Rows => TableSort::Rows,
        Sort::Bytes => TableSort::Bytes,
        Sort::Columns => TableSort::Columns,
        Sort::Filled => TableSort::Filled,
        Sort::Disposition => TableSort::Disposition,
        Sort::Module => TableSort::Module,
        Sort::Rejected => TableSort::Rejected,
    };
    let page = project.tables(&TableQuery { text, sort, descending, ..TableQuery::default() })?;
    if all.json {
        json(&json!({ "tables": page.rows }))?;
        return Ok(Done::Well);
    }
    let absent = page.rows.iter().any(|t| t.absent_columns > 0);
    let mut heads = vec!["table", ">rows", ">columns", ">empty", ">filled %", ">bytes", "disposition", "module"];
    if absent {
        heads.insert(4, ">not in the dump");
    }
    let mut grid = Grid::new(&heads);
    for t in &page.rows {
        let mut row = vec![
            t.key.to_string(),
            count(t.rows),
            count(t.columns),
            count(t.empty_columns),
            format!("{:.1}", t.filled_percent),
            count(t.bytes),
            t.disposition.label().to_owned(),
            t.module.clone().unwrap_or_default(),
        ];
        if absent {
            row.insert(4, count(t.absent_columns));
        }
        grid.row(row);
    }
    grid.print()?;
    Ok(Done::Well)
}

pub fn profile(project: &mut Project, what: Option<&str>, raw: bool, all: &All) -> Result<Done> {
    let columns = match what {
        None => project.profile(None, None, raw)?,
        Some(name) => match project.find_table(name) {
            Ok(table) => project.profile(Some(&table), None, raw)?,
            Err(no_table) => match project.find_column(name) {
                Ok(key) => project.profile(Some(&key.table_key()), Some(&key.column()), raw)?,
                Err(no_column) => return Err(if name.contains('.') { no_column } else { no_table }),
            },
        },
    };
    if all.json {
        let columns: Vec<_> = columns.iter().map(column_json).collect();
        json(&json!({ "columns": columns }))?;
        return Ok(Done::Well);
    }
    if let [one] = columns.as_slice() {
        print_one(one)?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&[
        "column",
        "declared",
        "looks like",
        ">filled %",
        ">nulls",
        ">blanks",
        ">distinct",
        ">longest",
        "min",
        "max",
    ]);
    for c in &columns {
        let f = &c.figures;
        let read = c.state.is_read();
        let known = |figure| if read { count(figure) } else { String::new() };
        grid.row(vec![
            c.key.to_string(),
            c.declared_type.clone(),
            looks_like(c),
            c.filled_percent.map_or(String::new(), |filled| format!("{filled:.1}")),
            known(f.nulls),
            known(f.blanks),
            known(f.distinct),
            known(f.max_length),
            if read { value(&c.min) } else { String::new() },
            if read { value(&c.max) } else { String::new() },
        ]);
    }
    grid.print()?;
    for c in &columns {
        if let Some(shown) = &c.shown {
            out(&format!("{}: {} (query the view {})", c.key, shown.words(c.figures.filled()), shown.view))?;
        }
    }
    Ok(Done::Well)
}

/// What its values are, or that there are none to look at.
fn looks_like(c: &ColumnFacts) -> String {
    match &c.figures.format {
        _ if !c.state.is_read() => c.state.label().to_owned(),
        Some(format) => format.clone(),
        None => c.figures.inferred_type.label().to_owned(),
    }
}

fn print_one(c: &ColumnFacts) -> Result<()> {
    let f = &c.figures;
    if !c.state.is_read() {
        let rows = count(f.rows);
        return out(&format!("{}  {} {}\n{}; {rows} rows", c.key, c.declared_type, c.db_key, c.state.label()));
    }
    out(&format!(
        "{}  {} {}\nlooks like {}{}\n{} rows, {} NULL, {} blank, {:.1} % filled, {} distinct\n{} to {} characters\n\
         min {}\nmax {}",
        c.key,
        c.declared_type,
        c.db_key,
        f.inferred_type.label(),
        f.format.as_deref().map_or(String::new(), |x| format!(" ({x})")),
        count(f.rows),
        count(f.nulls),
        count(f.blanks),
        c.filled_percent.unwrap_or_default(),
        count(f.distinct),
        f.min_length,
        f.max_length,
        value(&c.min),
        value(&c.max)
    ))?;
    if let Some(shown) = &c.shown {
        out(&format!("{} (query the view {})", shown.words(f.filled()), shown.view))?;
    }
    let mut grid = Grid::new(&[">count", "value"]);
    for t in &c.top {
        grid.row(vec![count(t.count), value(&t.value)]);
    }
    grid.print()
}

fn column_json(c: &ColumnFacts) -> serde_json::Value {
    let f = &c.figures;
    let top: Vec<_> = c.top.iter().map(|t| json!({ "value": json_value(&t.value), "count": t.count })).collect();
    // A column that is not in the dump has no figures: none is better than one that says it is empty.
    let known = |figure: u64| c.state.is_read().then_some(figure);
    let inferred = c.state.is_read().then_some(f.inferred_type);
    json!({
        "database": c.database, "table": c.table, "column": c.column, "ordinal": c.ordinal,
        "declared_type": c.declared_type, "inferred_type": inferred, "format": f.format,
        "nullable": c.nullable, "key": c.db_key, "default": c.default, "generated": c.generated,
        "state": c.state, "comment": c.source_comment, "rows": f.rows, "nulls": known(f.nulls),
        "blanks": known(f.blanks), "filled_percent": c.filled_percent, "distinct": known(f.distinct),
        "min": json_value(&c.min), "max": json_value(&c.max), "shown": c.shown, "min_length": known(f.min_length),
        "max_length": known(f.max_length), "top": if c.state.is_read() { top } else { Vec::new() },
        "disposition": c.disposition,
    })
}

pub fn cells(project: &mut Project, table: &str, page: &Page, raw: bool, all: &All) -> Result<Done> {
    let key = project.find_table(table)?;
    if raw {
        project.unmask(&key)?;
    }
    let cells = project.cells(&key, page.offset, page.limit)?;
    let answer = QueryAnswer { columns: cells.columns, rows: cells.rows, cut: false, masked: !cells.unmasked };
    if raw {
        project.mask(&key)?;
    }
    print_answer(&answer, if all.json { Format::Json } else { Format::Table })?;
    Ok(Done::Well)
}

pub fn query(project: &mut Project, sql: &str, format: Format, raw: bool, limit: u64, all: &All) -> Result<Done> {
    let answer = project.query(sql, raw, limit, &Bar::new(all.progress))?;
    print_answer(&answer, if all.json { Format::Json } else { format })?;
    if answer.cut {
        tell(&format!("there are more rows than {limit}: ask for them with --limit"));
        return Ok(Done::WithWarnings);
    }
    Ok(Done::Well)
}

pub(super) fn print_answer(answer: &QueryAnswer, format: Format) -> Result<()> {
    match format {
        Format::Json => {
            let rows: Vec<Vec<_>> = answer.rows.iter().map(|r| r.iter().map(json_value).collect()).collect();
            json(&json!({ "columns": answer.columns, "rows": rows, "masked": answer.masked, "cut": answer.cut }))
        }
        Format::Csv => {
            let mut guards = 0;
            let lines = records(answer, |field| {
                guards += u64::from(csv::is_formula(field));
                csv::guarded(field)
            });
            out(&lines)?;
            if guards > 0 {
                tell(&format!(
                    "{} could be taken for a formula by a spreadsheet program, and got a ' before it: --format csv-exact \
                     gives every value as it is",
                    counted(guards, "field")
                ));
            }
            Ok(())
        }
        Format::CsvExact => out(&records(answer, Cow::Borrowed)),
        Format::Table => {
            let width = answer.columns.len();
            let mut text = vec![answer.columns.join("\t")];
            text.extend(answer.rows.iter().map(|r| {
                let cells: Vec<String> = r.iter().take(width).map(value).collect();
                cells.join("\t")
            }));
            out(&text.join("\n"))
        }
    }
}

/// Header and rows. Whoever prints ends the last line with a line feed.
fn records<'a>(answer: &'a QueryAnswer, mut as_written: impl FnMut(&'a str) -> Cow<'a, str>) -> String {
    let mut line = |fields: Vec<Option<&'a str>>| {
        let fields: Vec<_> = fields.into_iter().map(|field| field.map(&mut as_written)).collect();
        csv::record(fields.iter().map(Option::as_deref)) + "\r"
    };
    let mut lines = vec![line(answer.columns.iter().map(|name| Some(name.as_str())).collect())];
    lines.extend(answer.rows.iter().map(|row| line(row.iter().map(json_value).collect())));
    lines.join("\n")
}
