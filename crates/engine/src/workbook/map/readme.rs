//! `Read me`: what the map is, where it stands, what its words mean, and where it is signed.

use super::{ColumnCounts, MapBook, README, SheetWriter};
use crate::error::Result;
use crate::mapping::{MappingStatus, ModuleStatus};
use crate::sample::leak::TextOrigin;
use crate::source::Disposition;
use crate::workbook::look;
use crate::workbook::page::{Item, Page};

pub(super) const WHAT: &str = "What this is, where the map stands, what its words mean, and room for signatures";

/// Columns of the page: a margin, a term, a figure, its explanation, a last figure.
const WIDTHS: [f64; 5] = [2.0, 30.0, 16.0, 66.0, 10.0];
const TERM: u16 = 1;
const FIGURE: u16 = 2;
const WORDS: u16 = 3;
const LAST: u16 = 4;

pub(super) fn write(writer: &mut SheetWriter<'_>, book: &MapBook<'_>) -> Result<()> {
    let mut page = Page::new(writer, README, &WIDTHS)?.upright();
    let under = [book.client.to_owned(), format!("{} · {} · prepared by {}", book.project, day(book.at), book.who)];
    page.title(writer, "Migration map", TextOrigin::Typed, &under)?;
    page.section(writer, "What this is")?;
    page.prose(
        writer,
        "This workbook origin, table by table and column by column, what becomes of the data in the legacy system: which \
         part moves into the new system and into which field, which part is kept as a document or an archive, and which \
         part stays behind. What it says is what will be built. Times are in UTC. Sample values are deidentified: \
         identifiers are replaced by invented values or left out, dates are cut to the year.",
    )?;
    snapshot(writer, &mut page, book)?;
    standing(writer, &mut page, book)?;
    contents(writer, &mut page, book)?;
    let breaks = [page.row_number() + 1];
    dispositions(writer, &mut page, book)?;
    statuses(writer, &mut page, book)?;
    how_to(writer, &mut page)?;
    signatures(writer, &mut page)?;
    page.finish(writer, &breaks)
}

/// The day of an RFC 3339 time.
fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

fn snapshot(writer: &mut SheetWriter<'_>, page: &mut Page, book: &MapBook<'_>) -> Result<()> {
    page.section(writer, "Snapshot")?;
    let Some(snapshot) = book.snapshot else {
        return page.prose(writer, "No snapshot is loaded: the map holds decisions only.");
    };
    let (label, fact, count) = (writer.look.label.clone(), writer.look.fact.clone(), writer.look.fact_count.clone());
    for (name, text) in [("Snapshot", snapshot.label.as_str()), ("Loaded on", &loaded_on(&snapshot.loaded_at))] {
        page.row(
            writer,
            &[(TERM, Item::Text(TextOrigin::Ours, name), &label), (FIGURE, Item::Text(TextOrigin::Typed, text), &fact)],
        )?;
    }
    for (name, n) in [
        ("Files", snapshot.files),
        ("Bytes", snapshot.bytes),
        ("Tables", snapshot.tables),
        ("Rows loaded", snapshot.rows),
        ("Records rejected", snapshot.rejects),
    ] {
        page.row(writer, &[(TERM, Item::Text(TextOrigin::Ours, name), &label), (FIGURE, Item::Count(n), &count)])?;
    }
    Ok(())
}

fn loaded_on(at: &str) -> String {
    let clock = at.split('T').nth(1).and_then(|t| t.get(..5)).unwrap_or_default();
    format!("{} {clock}", day(at)).trim_end().to_owned()
}

/// The figures a meeting starts with.
fn standing(writer: &mut SheetWriter<'_>, page: &mut Page, book: &MapBook<'_>) -> Result<()> {
    page.section(writer, "Where the map stands")?;
    let decided = |t: &&crate::facts::TableFacts| t.disposition != Disposition::Undecided;
    let tables = book.tables.len() as u64;
    let tables_decided = book.tables.iter().filter(decided).count() as u64;
    let rows: u64 = book.tables.iter().map(|t| t.rows).sum();
    let rows_decided: u64 = book.tables.iter().filter(decided).map(|t| t.rows).sum();
    let ColumnCounts { all: columns, decided: columns_decided, mapped: columns_mapped } = book.columns;
    let required =
        book.coverage.iter().filter(|c| c.field.requirement == crate::target::Requirement::Required).count() as u64;
    let gaps = book.coverage.iter().filter(|c| c.is_gap()).count() as u64;
    let lines = [
        ("Tables decided", tables_decided, of(tables_decided, tables, "tables")),
        ("Rows in decided tables", rows_decided, of(rows_decided, rows, "rows")),
        ("Columns decided", columns_decided, of(columns_decided, columns, "columns")),
        ("Columns mapped to a field", columns_mapped, of(columns_mapped, columns, "columns")),
        ("Modules", book.modules.len() as u64, String::new()),
        ("Required fields not mapped", gaps, of(gaps, required, "required fields of the interfaces in use")),
    ];
    let (label, count, words) = (writer.look.label.clone(), writer.look.fact_count.clone(), writer.look.note.clone());
    let missing = count.clone().set_bold().set_background_color(look::GAP.0).set_font_color(look::GAP.1);
    for (name, n, note) in lines {
        let figure = if name.starts_with("Required") && n > 0 { &missing } else { &count };
        page.row(
            writer,
            &[
                (TERM, Item::Text(TextOrigin::Ours, name), &label),
                (FIGURE, Item::Count(n), figure),
                (WORDS, Item::Text(TextOrigin::Ours, &note), &words),
            ],
        )?;
    }
    Ok(())
}

fn of(part: u64, whole: u64, what: &str) -> String {
    if whole == 0 {
        return format!("of 0 {what}");
    }
    format!("of {} {what} ({}%)", thousands(whole), part.saturating_mul(100) / whole)
}

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn contents(writer: &mut SheetWriter<'_>, page: &mut Page, book: &MapBook<'_>) -> Result<()> {
    page.section(writer, "Sheets")?;
    let (head, note) = (writer.look.label.clone(), writer.look.note_head.clone());
    page.heads(writer, &[(TERM, "Sheet", &head), (FIGURE, "Rows", &head), (WORDS, "What it holds", &note)])?;
    let (link, count, prose) = (writer.look.link.clone(), writer.look.fact_count.clone(), writer.look.note.clone());
    for sheet in super::sheets(book).iter().skip(1) {
        page.row(
            writer,
            &[
                (TERM, Item::Link(&sheet.name), &link),
                (FIGURE, Item::Count(sheet.rows), &count),
                (WORDS, Item::Text(TextOrigin::Ours, &sheet.what), &prose),
            ],
        )?;
    }
    Ok(())
}

fn dispositions(writer: &mut SheetWriter<'_>, page: &mut Page, book: &MapBook<'_>) -> Result<()> {
    page.section(writer, "Dispositions: what becomes of a table or column")?;
    let (head, note) = (writer.look.label.clone(), writer.look.note_head.clone());
    let middle = head.clone().set_align(rust_xlsxwriter::FormatAlign::Center);
    page.heads(
        writer,
        &[
            (TERM, "Disposition", &middle),
            (FIGURE, "Letter", &middle),
            (WORDS, "What it means", &note),
            (LAST, "Tables", &head),
        ],
    )?;
    let (chip, prose, count) = (writer.look.chip.clone(), writer.look.note.clone(), writer.look.fact_count.clone());
    for disposition in Disposition::ALL {
        let tinted = look::tint(disposition).on(chip.clone());
        let tables = book.tables.iter().filter(|t| t.disposition == disposition).count() as u64;
        page.row(
            writer,
            &[
                (TERM, Item::Text(TextOrigin::Ours, disposition.label()), &tinted),
                (FIGURE, Item::Text(TextOrigin::Ours, &disposition.letter().to_string()), &tinted),
                (WORDS, Item::Text(TextOrigin::Ours, meaning(disposition)), &prose),
                (LAST, Item::Count(tables), &count),
            ],
        )?;
    }
    Ok(())
}

fn meaning(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Discrete => "Moves into fields of the new system, where it can be searched and reported",
        Disposition::Summary => "Is printed into a readable document in the chart",
        Disposition::Both => "Moves into fields, and is printed into a document as well",
        Disposition::File => "Is a file or scan, and is attached to the chart as it is",
        Disposition::Custom => "Is kept as a table of its own in the new system, for queries only",
        Disposition::Archive => "Stays in the archived legacy database, outside the new system",
        Disposition::NotMigrated => "Is left behind",
        Disposition::Undecided => "Nobody has decided yet",
    }
}

fn statuses(writer: &mut SheetWriter<'_>, page: &mut Page, book: &MapBook<'_>) -> Result<()> {
    let (term, prose, count) =
        (writer.look.base.clone().set_bold(), writer.look.note.clone(), writer.look.fact_count.clone());
    page.section(writer, "Status of a module")?;
    for status in ModuleStatus::ALL {
        let modules = book.modules.iter().filter(|m| m.module.status == status).count() as u64;
        page.row(
            writer,
            &[
                (TERM, Item::Text(TextOrigin::Ours, status.label()), &term),
                (WORDS, Item::Text(TextOrigin::Ours, module_status(status)), &prose),
                (LAST, Item::Count(modules), &count),
            ],
        )?;
    }
    page.section(writer, "Status of a mapping")?;
    for status in MappingStatus::ALL {
        page.row(
            writer,
            &[
                (TERM, Item::Text(TextOrigin::Ours, status.code()), &term),
                (WORDS, Item::Text(TextOrigin::Ours, mapping_status(status)), &prose),
            ],
        )?;
    }
    Ok(())
}

fn module_status(status: ModuleStatus) -> &'static str {
    match status {
        ModuleStatus::Undecided => "Not all of its tables are decided",
        ModuleStatus::Mapped => "Decided and mapped; can be built",
        ModuleStatus::InBuild => "Being built",
        ModuleStatus::InternalTest => "Built; checked by the migration team",
        ModuleStatus::ClientTest => "Checked by the client, chart by chart",
        ModuleStatus::Verified => "The client has approved it",
        ModuleStatus::Blocked => "Waits for an answer or for data",
        ModuleStatus::ChangeRequest => "Approved before, and to be changed",
    }
}

fn mapping_status(status: MappingStatus) -> &'static str {
    match status {
        MappingStatus::Proposed => "Suggested; nobody has confirmed it",
        MappingStatus::Mapped => "A person drew it",
        MappingStatus::Checked => "A second person confirmed it",
        MappingStatus::Waived => "Agreed to be left unfilled",
    }
}

fn how_to(writer: &mut SheetWriter<'_>, page: &mut Page) -> Result<()> {
    page.section(writer, "How to fill it in")?;
    for step in [
        "1.  Start on Tables. Filter Disposition to Undecided and sort by Rows: large, well filled tables first.",
        "2.  Choose a disposition from the list in the cell, and write why under Reason.",
        "3.  On Data Mapping, give a column its own disposition where it differs from its table's.",
        "4.  Choose Target Interface from the list and name the Target Field; several stand on lines of their own, in order.",
        "5.  On Target coverage, filter Gap: each required field needs a source, or a note that it is waived.",
        "6.  Option columns that hold nothing are folded away on Data Mapping; the + above them opens them.",
        "7.  Keep sheet and column names as they are: they are how the map is read back and built from.",
    ] {
        page.prose(writer, step)?;
    }
    Ok(())
}

fn signatures(writer: &mut SheetWriter<'_>, page: &mut Page) -> Result<()> {
    page.section(writer, "Signatures")?;
    page.prose(writer, "By signing, both sides agree that this map says what is to be migrated, and how.")?;
    let (label, line) = (writer.look.label.clone(), writer.look.line.clone());
    for side in ["For the client", "For the migration (lead)"] {
        page.space(24.0)?;
        let blank = Item::Text(TextOrigin::Ours, "");
        page.row(writer, &[(TERM, blank, &line), (WORDS, Item::Text(TextOrigin::Ours, ""), &line)])?;
        page.row(
            writer,
            &[
                (TERM, Item::Text(TextOrigin::Ours, side), &label),
                (WORDS, Item::Text(TextOrigin::Ours, "Name, signature, date"), &label),
            ],
        )?;
    }
    Ok(())
}
