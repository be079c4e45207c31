//! The profile as a workbook: usage statistics of every table and column, what is wrong in them, and the frequent values of
//! each, deidentified. Its first sheets are laid out as a WhiteRabbit scan report, for Rabbit-In-a-Hat, which looks
//! for the fields on the first sheet by their headers, and for values on a sheet that bears the table's name.

use std::borrow::Borrow;
use std::path::Path;

use analysis::{ColumnAnalysis, Numbers};
use rust_xlsxwriter::Worksheet;

use super::Written;
use super::grid::{Cell, Column, Grid, Marks};
use super::look::{Shade, Style};
use super::sheet_names::SheetNames;
use super::sheet_writer::{Cover, SheetWriter};
use crate::error::{Error, Result};
use crate::facts::{ColumnFacts, DataIssue, InventoryRow, SheetPreview, TableFacts};
use crate::progress::{Progress, Watch};
use crate::sample::Deidentified;
use crate::sample::leak::{TextLog, TextOrigin};
use crate::source::TableKey;

const FIELDS: &str = "Field Overview";
const TABLES: &str = "Table Overview";
const ISSUES: &str = "Issues";
/// Under values of which some are left out; Rabbit-In-a-Hat knows the words.
const TRUNCATED: &str = "List truncated...";

/// What the workbook is about.
pub struct ProfileBook<'a> {
    /// The engagement's name as it is to be printed.
    pub client: &'a str,
    pub who: &'a str,
    /// The declared time of the export, RFC 3339.
    pub at: &'a str,
    pub tables: &'a [TableFacts],
    pub inventory: &'a [InventoryRow],
    pub issues: &'a [DataIssue],
}

/// A table with its columns; they come one after the other, in the order of the book.
pub struct ProfileTable {
    pub columns: Vec<ProfileColumn>,
}

pub struct ProfileColumn {
    pub facts: ColumnFacts,
    /// Without figures that point at single people.
    pub analysis: Option<ColumnAnalysis>,
    /// The most frequent first, with their rows.
    pub values: Vec<(Deidentified, u64)>,
    /// Whether there are more values than these.
    pub truncated: bool,
}

/// What the workbook will contain, sheet by sheet.
pub fn sheets(tables: &[TableFacts]) -> Vec<SheetPreview> {
    let sheet = |name: &str, rows: u64, what: &str| SheetPreview { name: name.to_owned(), rows, what: what.to_owned() };
    let mut names = Names::default();
    let mut all = vec![
        sheet(FIELDS, tables.iter().map(|t| t.columns).sum(), "Every column: type, usage, distinct values, statistics"),
        sheet(TABLES, tables.len() as u64, "Every table: rows, columns, role, years in which it was used"),
        sheet(ISSUES, 0, "What is wrong, or may be"),
    ];
    all.extend(tables.iter().map(|table| SheetPreview {
        name: names.take(&table.key).0,
        rows: 0,
        what: format!("Frequent values of {}, deidentified", table.key),
    }));
    all
}

/// Names of sheets, and of tables as the overviews have them: the first 31 characters of one are the other.
struct Names(SheetNames);

impl Default for Names {
    fn default() -> Self {
        let mut names = SheetNames::default();
        for ours in [FIELDS, TABLES, ISSUES] {
            names.take(ours);
        }
        Self(names)
    }
}

impl Names {
    fn take(&mut self, key: &TableKey) -> (String, String) {
        let table = key.to_string();
        let sheet = self.0.take(&table);
        // As Rabbit-In-a-Hat makes the one of the other.
        let front: String = table.chars().take(31).collect::<String>().replace('/', "_");
        if front == sheet { (sheet, table) } else { (sheet.clone(), sheet) }
    }
}

/// Writes the profile to `path`, replacing what is there; `tables` in the order of the book's.
pub fn write<T: Borrow<ProfileTable>>(
    path: &Path,
    book: &ProfileBook<'_>,
    tables: impl IntoIterator<Item = Result<T>>,
    texts: &mut dyn TextLog,
    watch: &dyn Watch,
) -> Result<Written> {
    let cover = Cover { what: "Profile", client: book.client, who: book.who, at: book.at };
    let mut writer = SheetWriter::new(&cover, texts)?;
    let mut names = Names::default();
    let mut fields = Grid::new(&mut writer, FIELDS, field_headers(), 2)?;
    let mut values = Vec::new();
    let mut called = Vec::new();
    for (done, table) in tables.into_iter().enumerate() {
        let table = table?;
        let Some(facts) = book.tables.get(done) else { break };
        step(watch, &facts.key, done as u64, book.tables.len() as u64)?;
        let (sheet, name) = names.take(&facts.key);
        for column in &table.borrow().columns {
            fields.row(&mut writer, field(&name, facts, column))?;
        }
        values.push(value_sheet(&mut writer, &sheet, table.borrow())?);
        called.push(name);
    }
    fields.finish(&mut writer)?;
    write_tables(&mut writer, book, &called)?;
    write_issues(&mut writer, book)?;
    for (sheet, rows) in values {
        writer.bind(sheet, rows)?;
    }
    writer.save(path)
}

fn step(watch: &dyn Watch, key: &TableKey, done: u64, total: u64) -> Result<()> {
    let progress = Progress { phase: format!("Writing {key}"), done, total, unit: "tables", rows: 0 };
    if watch.step(&progress) { Ok(()) } else { Err(Error::Cancelled) }
}

fn field_headers() -> Vec<Column> {
    let theirs = [
        Column::new("Table"),
        Column::new("Field").style(Style::Strong),
        Column::new("Description").wrap(30.0),
        Column::new("Type"),
        Column::new("Max length").figures(),
        Column::new("N rows").figures(),
        Column::new("N rows checked").figures(),
        Column::new("Fraction empty").figures().marks(Marks::Share),
        Column::new("N unique values").figures(),
        Column::new("Fraction unique").figures().marks(Marks::Share),
        Column::new("Average").figures(),
        Column::new("Standard Deviation").figures(),
        Column::new("Min").figures(),
        Column::new("25%").figures(),
        Column::new("Median").figures(),
        Column::new("75%").figures(),
        Column::new("Max").figures(),
    ];
    let ours = [
        Column::new("Looks like"),
        Column::new("Holds").wrap(28.0),
        Column::new("Stands for none").figures(),
        Column::new("First year").style(Style::Centered),
        Column::new("Last year").style(Style::Centered),
        Column::new("Most frequent shape"),
    ];
    theirs.into_iter().chain(ours.map(Column::ours)).collect()
}

fn field<'a>(name: &'a str, table: &'a TableFacts, column: &'a ProfileColumn) -> Vec<Cell<'a>> {
    let facts = &column.facts;
    let figures = &facts.figures;
    let read = facts.state.is_read();
    let share = |part: u64, of: u64| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    let analysis = column.analysis.as_ref();
    let filled = figures.filled();
    let mut cells = vec![
        Cell::schema(name),
        Cell::schema(&facts.column),
        Cell::typed(if facts.description.is_empty() { &facts.source_comment } else { &facts.description }),
        Cell::schema(&facts.declared_type),
        Cell::Count(if read { figures.max_length } else { 0 }),
        Cell::Count(table.rows),
        Cell::Count(if read { figures.rows } else { 0 }),
        if read { Cell::Share(share(figures.rows - filled, figures.rows)) } else { Cell::Empty },
        if read { Cell::Count(figures.distinct) } else { Cell::Empty },
        if read { Cell::Share(share(figures.distinct, figures.rows)) } else { Cell::Empty },
    ];
    cells.extend(statistics(analysis.and_then(|a| a.numbers.as_ref())));
    let none = analysis.map_or(0, |a| a.placeholders.iter().map(|p| p.count).sum());
    let years = analysis.and_then(|a| a.dates.as_ref()).map(|dates| &dates.years);
    let year = |year: Option<&analysis::YearCount>| year.map_or(Cell::Empty, |y| Cell::Number(f64::from(y.year)));
    cells.extend([
        Cell::ours(if read { figures.inferred_type.label() } else { facts.state.label() }),
        Cell::schema(analysis.map_or_else(String::new, holds)),
        if analysis.is_some() { Cell::Count(none) } else { Cell::Empty },
        year(years.and_then(|years| years.first())),
        year(years.and_then(|years| years.last())),
        Cell::schema(analysis.and_then(|a| a.patterns.first()).map_or("", |pattern| &pattern.shape)),
    ]);
    cells
}

fn statistics<'a>(numbers: Option<&Numbers>) -> [Cell<'a>; 7] {
    let Some(numbers) = numbers else { return std::array::from_fn(|_| Cell::Empty) };
    let at = |percent: u32| numbers.quantiles.iter().find(|q| q.percent == percent).map_or(0.0, |q| q.value);
    [numbers.mean, numbers.deviation, numbers.least, at(25), at(50), at(75), numbers.greatest].map(Cell::Number)
}

/// What its values look like, in words of ours.
fn holds(analysis: &ColumnAnalysis) -> String {
    let kinds =
        analysis.kinds.iter().map(|kind| format!("{} ({}, {} %)", kind.label, kind.sureness.label(), kind.percent));
    let blobs = analysis.blobs.iter().map(|blob| blob.content.clone());
    kinds.chain(blobs).collect::<Vec<_>>().join("\n")
}

/// Pairs of columns: a field's values, and how many rows hold each.
fn value_sheet(writer: &mut SheetWriter<'_>, name: &str, table: &ProfileTable) -> Result<(Worksheet, u32)> {
    let mut sheet = writer.plain_sheet(name)?;
    let (text, figure) = (writer.look.plain.clone(), writer.look.count.clone());
    let heads = [Style::Plain, Style::Figures].map(|style| writer.look.header(Shade::Plain, style).clone());
    let mut last = 1;
    for (at, column) in table.columns.iter().enumerate() {
        let (value_at, count_at) = (at as u16 * 2, at as u16 * 2 + 1);
        writer.write(&mut sheet, (0, value_at), TextOrigin::Schema, &column.facts.column, &heads[0])?;
        writer.write(&mut sheet, (0, count_at), TextOrigin::Ours, "Frequency", &heads[1])?;
        for (row, (value, count)) in (1..).zip(&column.values) {
            let origin =
                if value.origin() == crate::sample::Origin::SurrogateId { TextOrigin::Id } else { TextOrigin::Sample };
            writer.write(&mut sheet, (row, value_at), origin, value.as_str(), &text)?;
            sheet.write_number_with_format(row, count_at, *count as f64, &figure)?;
        }
        let end = column.values.len() as u32 + 1;
        if column.truncated {
            writer.write(&mut sheet, (end, value_at), TextOrigin::Ours, TRUNCATED, &writer.look.muted.clone())?;
        }
        last = last.max(end + u32::from(column.truncated));
        sheet.set_column_width(value_at, 22)?;
        sheet.set_column_width(count_at, 11)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    writer.count_rows(u64::from(last - 1));
    Ok((sheet, last))
}

fn write_tables(writer: &mut SheetWriter<'_>, book: &ProfileBook<'_>, called: &[String]) -> Result<()> {
    let theirs = [
        Column::new("Table").style(Style::Strong),
        Column::new("Description").wrap(30.0),
        Column::new("N rows").figures(),
        Column::new("N rows checked").figures(),
        Column::new("N Fields").figures(),
        Column::new("N Fields Empty").figures(),
    ];
    let ours = [
        Column::new("Role"),
        Column::new("First year").style(Style::Centered),
        Column::new("Last year").style(Style::Centered),
        Column::new("Dated by"),
        Column::new("Person").wrap(40.0),
        Column::new("Repeated rows").figures(),
        Column::new("Issues").figures(),
    ];
    let columns = theirs.into_iter().chain(ours.map(Column::ours)).collect();
    let mut grid = Grid::new(writer, TABLES, columns, 1)?;
    for ((table, row), name) in book.tables.iter().zip(book.inventory).zip(called) {
        let year = |year: Option<u32>| year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year)));
        let cells = vec![
            Cell::schema(name),
            Cell::typed(if table.comment.is_empty() { &table.source_comment } else { &table.comment }),
            Cell::Count(table.rows),
            Cell::Count(table.rows),
            Cell::Count(table.columns),
            Cell::Count(table.empty_columns),
            Cell::schema(&row.role_label),
            year(row.years.first().map(|year| year.year)),
            year(row.last_year),
            row.dated_by.as_deref().map_or(Cell::Empty, Cell::schema),
            row.person.as_ref().map_or(Cell::Empty, |person| Cell::schema(&person.words)),
            row.repeats.as_ref().map_or(Cell::Empty, |repeats| Cell::Count(repeats.rows)),
            Cell::Count(row.issues),
        ];
        grid.row(writer, cells)?;
    }
    grid.finish(writer)
}

fn write_issues(writer: &mut SheetWriter<'_>, book: &ProfileBook<'_>) -> Result<()> {
    let columns = vec![
        Column::new("Table").style(Style::Strong),
        Column::new("Field"),
        Column::new("Rows").figures(),
        Column::new("Of the table").figures().marks(Marks::Share),
        Column::new("Issue"),
        Column::new("What").wrap(60.0),
        Column::new("Person data").style(Style::Centered),
    ];
    let mut grid = Grid::new(writer, ISSUES, columns, 2)?;
    for issue in book.issues {
        let cells = vec![
            Cell::schema(issue.table.to_string()),
            Cell::schema(&issue.name),
            Cell::Count(issue.rows),
            Cell::Share(issue.percent / 100.0),
            Cell::ours(issue.trouble.label()),
            Cell::schema(&issue.sentence),
            Cell::ours(if issue.about_people { "yes" } else { "no" }),
        ];
        grid.row(writer, cells)?;
    }
    grid.finish(writer)
}
