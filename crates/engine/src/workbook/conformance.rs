//! The conformance report: which rules of the hand-over format a client's files break, for the client.

use std::path::Path;

use super::Written;
use super::grid::{Cell, Column, Grid};
use super::look::Style;
use super::page::Page;
use super::sheet_writer::{Cover, SheetWriter};
use crate::error::Result;
use crate::facts::{ConformanceFacts, ConformanceFile, ConformanceFinding, ConformanceRule, Severity};
use crate::sample::leak::{TextLog, TextOrigin};

/// What the report is made of.
pub struct ConformanceBook<'a> {
    pub facts: &'a ConformanceFacts,
    /// Who checked.
    pub who: &'a str,
    /// The declared time, RFC 3339.
    pub at: &'a str,
}

/// No cell's text is in it, so nobody searches it.
struct NotSearched;

impl TextLog for NotSearched {
    fn text(&mut self, _: TextOrigin, _: &str) {}
}

const WIDTHS: [f64; 2] = [2.0, 96.0];

/// Writes the report to `path`, replacing what is there. Refused when `at` is not a time.
pub fn write(path: &Path, book: &ConformanceBook<'_>) -> Result<Written> {
    let client = match book.facts.files.as_slice() {
        [one] => one.file.clone(),
        many => format!("{} files", many.len()),
    };
    let cover = Cover { what: "Conformance report", client: &client, who: book.who, at: book.at };
    let mut texts = NotSearched;
    let mut writer = SheetWriter::new(&cover, &mut texts)?;
    summary(&mut writer, book)?;
    findings(&mut writer, book)?;
    read_me(&mut writer, book)?;
    writer.save(path)
}

fn summary(writer: &mut SheetWriter<'_>, book: &ConformanceBook<'_>) -> Result<()> {
    let columns = vec![
        Column::new("File").wrap(30.0),
        Column::new("Bytes").figures(),
        Column::new("Records").figures(),
        Column::new("Encoding"),
        Column::new("How it is written").wrap(30.0),
        Column::new("Rule").figures(),
        Column::new("What the rule says").wrap(46.0),
        Column::new("Severity"),
        Column::new("Verdict").style(Style::Strong),
        Column::new("Places").figures(),
    ];
    let mut grid = Grid::new(writer, "Summary", columns, 1)?;
    grid.part_by(0);
    for file in &book.facts.files {
        for (i, rule) in file.rules.iter().enumerate() {
            grid.row(writer, verdict(file, rule, i == 0))?;
        }
    }
    grid.finish(writer)
}

/// What is said of the whole file stands on its first row only, so that sums over the sheet hold.
fn verdict<'a>(file: &'a ConformanceFile, rule: &'a ConformanceRule, first: bool) -> Vec<Cell<'a>> {
    let once = |cell: Cell<'a>| if first { cell } else { Cell::Empty };
    vec![
        Cell::typed(&file.file),
        once(Cell::Count(file.bytes)),
        once(Cell::Count(file.records)),
        once(Cell::schema(&file.encoding)),
        once(Cell::schema(&file.dialect)),
        Cell::Count(u64::from(rule.rule)),
        Cell::schema(&rule.text),
        Cell::ours(word(rule.severity)),
        if rule.broken == 0 { Cell::Muted("kept") } else { Cell::ours("broken") },
        if rule.broken == 0 { Cell::Empty } else { Cell::Count(rule.broken) },
    ]
}

fn findings(writer: &mut SheetWriter<'_>, book: &ConformanceBook<'_>) -> Result<()> {
    let columns = vec![
        Column::new("File").wrap(30.0),
        Column::new("Rule").figures(),
        Column::new("Severity"),
        Column::new("Line").figures(),
        Column::new("Record").figures(),
        Column::new("Byte").figures(),
        Column::new("What").wrap(44.0),
        Column::new("What to do").wrap(52.0),
    ];
    let mut grid = Grid::new(writer, "Findings", columns, 1)?;
    grid.part_by(0);
    for file in &book.facts.files {
        for finding in &file.findings {
            grid.row(writer, place(file, finding))?;
        }
    }
    grid.finish(writer)
}

fn place<'a>(file: &'a ConformanceFile, finding: &'a ConformanceFinding) -> Vec<Cell<'a>> {
    // The file as a whole stands nowhere in it.
    let of_file = finding.line == 0;
    let at = |n: u64| if of_file { Cell::Empty } else { Cell::Count(n) };
    vec![
        Cell::typed(&file.file),
        Cell::Count(u64::from(finding.rule)),
        Cell::ours(word(finding.severity)),
        at(finding.line),
        at(finding.record),
        at(finding.byte),
        Cell::schema(&finding.what),
        Cell::schema(&finding.remedy),
    ]
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Advice",
    }
}

fn read_me(writer: &mut SheetWriter<'_>, book: &ConformanceBook<'_>) -> Result<()> {
    let mut page = Page::new(writer, "Read me", &WIDTHS)?.upright();
    let day = book.at.split('T').next().unwrap_or(book.at);
    page.title(writer, "Conformance report", TextOrigin::Typed, &[format!("{day} · checked by {}", book.who)])?;
    page.section(writer, "What this is")?;
    page.prose(
        writer,
        "The files handed over were held to the agreed rules for delimited text. This workbook says which rules each file \
         keeps, which it breaks, and where. It holds no value of any record: places are given by line, record and byte.",
    )?;
    page.section(writer, "How to read it")?;
    for line in [
        "Summary has a row for each file and rule. Filter Verdict to broken.",
        "Error: the file is sent back. Warning: it is taken, but harm may come of it.",
        "Findings has the places: lines count from 1, record 0 is the header, bytes count from 0. A finding without a \
         place is about the file as a whole.",
        "Of each rule the first 1,000 places are listed; Summary counts them all.",
    ] {
        page.prose(writer, line)?;
    }
    page.section(writer, "How to send a corrected extract")?;
    for line in [
        "1.  Mend the export, not the file: the same export is run again for the rehearsal and for the go-live.",
        "2.  Write all tables again in the same way, with the same columns in the same order, one file a table.",
        "3.  Keep the file names, encrypt the files as agreed and send them the way you sent these.",
    ] {
        page.prose(writer, line)?;
    }
    if !book.facts.others.is_empty() {
        page.section(writer, "Not checked, because they are no delimited text")?;
        for other in &book.facts.others {
            page.prose(writer, other)?;
        }
    }
    page.finish(writer, &[])
}
