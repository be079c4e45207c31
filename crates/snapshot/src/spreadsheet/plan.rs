//! What will be read of a workbook: its tables, and what a person must know of its sheets.

use std::collections::{HashSet, VecDeque};

use super::book::{About, Book, Formats, Rows, Seen, SheetKind, Visibility, next_row};
use super::cell::{Block, Content, Row, letters};
use super::choice::{OneSheet, SheetChoice};
use super::formula::Zeros;
use super::layout::{Area, Survey, names};
use super::stage::display;
use crate::event::{ColumnDef, Error, Note, NoteKind, Position, Result};

/// The tables of one sheet.
pub struct Plan {
    pub tables: VecDeque<Table>,
}

pub struct Table {
    pub sheet: usize,
    pub area: Area,
    seen: Seen,
    /// Zeros that formulas of the sheet hold are no results.
    pub placeholders: bool,
    /// With the row they are about, 0 where there is none.
    pub notes: Vec<(u32, NoteKind)>,
}

/// What looking at a sheet brought.
struct Looked {
    areas: Vec<Area>,
    seen: Seen,
    /// Cells outside of the ranges that a person gave.
    outside: u64,
    /// There were rows, of blank texts.
    blank: bool,
    /// The only cell of the sheet that holds something, if it is a text: no table, but perhaps a title or a remark.
    lone: Option<String>,
    /// Where reading stopped, why, and what of that row was read.
    cut: Option<(u32, Error, String)>,
}

/// Looks at every sheet, in order.
pub fn survey(book: &mut dyn Book, choice: &SheetChoice) -> Result<(Vec<Plan>, Vec<Note>)> {
    let (mut plans, mut notes) = (Vec::new(), Vec::new());
    // Why each sheet has no table.
    let mut empty = Vec::new();
    let mut open = None;
    let mut failed = false;
    for sheet in 0..book.sheets().len() {
        let about = book.sheets()[sheet].clone();
        let chosen = choice.of(&about.name);
        if chosen.iter().any(|s| s.skip) {
            empty.push(format!("{} is left out by choice", about.name));
            notes.push(note(NoteKind::Statement { kind: "sheet left out".into(), name: Some(about.name) }));
            continue;
        }
        if let Some(what) = without_cells(about.kind) {
            empty.push(format!("{} {what}", about.name));
            notes.push(warning(format!("sheet {} {what}", about.name)));
            continue;
        }
        let looked = match go_to(book, &mut open, sheet).and_then(|()| look(&mut open, book.formats(), &chosen)) {
            Ok(looked) => looked,
            Err(error) => {
                empty.push(format!("{} cannot be read: {error}", about.name));
                notes.push(warning(format!("sheet {} cannot be read: {error}", about.name)));
                failed = true;
                continue;
            }
        };
        if looked.areas.is_empty() && looked.cut.is_none() {
            let why = why_empty(&looked);
            empty.push(format!("{} {why}{}", about.name, hidden(about.visibility)));
            let name = Some(about.name);
            notes.push(note(NoteKind::Statement { kind: format!("sheet without a table, which {why}"), name }));
            continue;
        }
        if looked.areas.is_empty()
            && let Some((_, error, raw)) = looked.cut
        {
            empty.push(format!("{} cannot be read: {error}", about.name));
            notes.push(warning(format!("sheet {} cannot be read: {error}", about.name)));
            notes.extend(cut_row(&raw).map(note));
            failed = true;
            continue;
        }
        if let Some(text) = looked.lone.clone().filter(|_| looked.cut.is_none()) {
            empty.push(format!("{} holds one text and nothing else{}", about.name, hidden(about.visibility)));
            let kind = "text of a sheet without a table".into();
            notes.push(note(NoteKind::Object { kind, name: about.name, text }));
            continue;
        }
        plans.push(Plan { tables: tables(sheet, &about, looked, book.zeros()) });
    }
    if plans.is_empty() {
        let sheets = if empty.is_empty() { "it names no sheet".to_owned() } else { listed(&empty) };
        if failed {
            return Err(Error::Unreadable(format!("no sheet has a table that can be read: {sheets}")));
        }
        // It says again what was noted of each.
        notes.retain(|n| matches!(n.kind, NoteKind::Object { .. }));
        notes.push(warning(format!("no sheet has a table: {sheets}")));
    }
    Ok((plans, notes))
}

/// The first of many, and how many more there are.
fn listed(all: &[String]) -> String {
    const NAMED: usize = 30;
    let more = all.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}{more}", all[..all.len().min(NAMED)].join("; "))
}

/// What a sheet without a table holds.
fn why_empty(looked: &Looked) -> &'static str {
    match (looked.seen.drawings, looked.seen.bare > 0 || looked.blank) {
        _ if looked.outside > 0 => "holds nothing in the range that was given",
        (true, _) => "holds pictures, charts or remarks and no value",
        (false, true) => "holds cells that are formatted or blank, and no value",
        (false, false) => "is empty",
    }
}

fn hidden(visibility: Visibility) -> &'static str {
    if visibility == Visibility::Shown { "" } else { " (it is hidden)" }
}

/// Makes a sheet's rows the open ones, from its first.
pub fn go_to(book: &mut dyn Book, open: &mut Option<(usize, Box<dyn Rows>)>, sheet: usize) -> Result<()> {
    if let Some((at, rows)) = open
        && *at < sheet
    {
        while *at < sheet && matches!(rows.next_sheet(), Ok(true)) {
            *at += 1;
        }
        if *at == sheet {
            return Ok(());
        }
    }
    *open = None;
    *open = Some((sheet, book.rows(sheet)?));
    Ok(())
}

fn without_cells(kind: SheetKind) -> Option<&'static str> {
    match kind {
        SheetKind::Cells => None,
        SheetKind::Chart => Some("is a chart: it has no cells"),
        SheetKind::Macro => Some("holds macros: it is not read"),
        SheetKind::Dialog => Some("is a dialog: it is not read"),
        SheetKind::Missing => Some("is named by the workbook but is not there: ask for the file again"),
    }
}

fn note(kind: NoteKind) -> Note {
    Note { table: None, at: Position::default(), kind }
}

fn warning(text: String) -> Note {
    note(NoteKind::Warning { text })
}

fn cut_row(raw: &str) -> Option<NoteKind> {
    let reason = "the sheet is damaged or cut off in this row".to_owned();
    (!raw.is_empty()).then(|| NoteKind::Reject { raw: raw.as_bytes().to_vec(), reason })
}

/// Of a group's name, which stands over each of its columns, so many bytes are taken.
const GROUP: usize = 255;

fn cut_at(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Reads a sheet for the places of its tables.
fn look(open: &mut Option<(usize, Box<dyn Rows>)>, formats: &Formats, chosen: &[&OneSheet]) -> Result<Looked> {
    let ranges = chosen.iter().filter_map(|s| s.range.as_deref().map(|r| (range(r), s.header_row)));
    let ranges: Vec<(Block, Option<u32>)> =
        ranges.map(|(block, header)| block.map(|b| (b, header))).collect::<Result<_>>()?;
    let mut surveys: Vec<Survey> = ranges.iter().map(|_| Survey::default()).collect();
    let mut whole = Survey::default();
    let (mut outside, mut cut, mut last) = (0, None, 0);
    let (mut filled, mut first) = (0u64, None);
    let Some((_, rows)) = open else { return Err(Error::Unreadable("the sheet is not there".into())) };
    let (mut row, mut part) = (Row::default(), Row::default());
    loop {
        match next_row(rows.as_mut(), &mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let fresh = row.number > last;
                let texts = row.cells.iter().map(|c| display(&row, c, formats)).collect::<Vec<_>>();
                cut = Some((last + 1, error, if fresh { texts.join("\t") } else { String::new() }));
                break;
            }
        }
        last = row.number;
        for cell in row.cells.iter().filter(|c| !c.is_blank()) {
            filled += 1;
            if filled == 1 && matches!(cell.content, Content::Text(_)) {
                first = Some(display(&row, cell, formats));
            }
        }
        if ranges.is_empty() {
            whole.row(&row);
            continue;
        }
        for ((block, _), survey) in ranges.iter().zip(&mut surveys) {
            part.start(row.number);
            part.text.extend_from_slice(&row.text);
            part.cells.extend(row.cells.iter().filter(|c| block.holds(c.column, row.number)).cloned());
            survey.row(&part);
        }
        let is_out = |c: &&super::cell::Cell| !ranges.iter().any(|(b, _)| b.holds(c.column, row.number));
        outside += row.cells.iter().filter(is_out).filter(|c| !c.is_blank()).count() as u64;
    }
    let seen = rows.seen().clone();
    let lone = first.filter(|_| filled == 1 && chosen.is_empty());
    let mut areas = whole.finish(&seen.merged);
    for ((_, header), survey) in ranges.iter().zip(surveys) {
        let found = survey.finish(&seen.merged);
        let Some(block) = found.iter().map(|a| a.block).reduce(|a, b| a.with(&b)) else { continue };
        let area = Area { block, ..found[0].clone() };
        areas.push(header.map_or_else(|| area.clone(), |h| with_header(&area, h)));
    }
    if let Some(header) = chosen.iter().filter(|s| s.range.is_none()).find_map(|s| s.header_row) {
        let all = |a: &Area| header == 0 || (a.block.top..=a.block.bottom).contains(&header);
        areas = areas.into_iter().map(|a| if all(&a) { with_header(&a, header) } else { a }).collect();
    }
    Ok(Looked { areas, seen, outside, blank: last > 0, lone, cut })
}

fn range(text: &str) -> Result<Block> {
    let wrong = || Error::Unreadable(format!("{text} is no range of cells: write it like A5:K200"));
    Block::parse(text).ok_or_else(wrong)
}

/// The header where a person says it is.
fn with_header(area: &Area, row: u32) -> Area {
    if row == 0 {
        return Area { header: None, body: area.block.top, block: area.block };
    }
    let row = row.clamp(area.block.top, area.block.bottom);
    Area { header: Some((row, row)), body: row, block: area.block }
}

/// The tables of a sheet with what is said about them; what is about the sheet is said with its first.
fn tables(sheet: usize, about: &About, looked: Looked, zeros: Zeros) -> VecDeque<Table> {
    let mut notes = Vec::new();
    let mut warn = |row: u32, text: String| notes.push((row, NoteKind::Warning { text }));
    match about.visibility {
        Visibility::Shown => {}
        Visibility::Hidden => warn(0, "the sheet is hidden; it is loaded all the same".into()),
        Visibility::VeryHidden => warn(0, "the sheet is hidden by a macro; it is loaded all the same".into()),
    }
    if looked.areas.len() > 1 {
        let blocks: Vec<String> = looked.areas.iter().map(|a| a.block.name()).collect();
        let count = blocks.len();
        warn(0, format!("the sheet holds {count} tables, each is loaded as one: {}", blocks.join(", ")));
    }
    if looked.seen.merges > 0 {
        let count = looked.seen.merges;
        warn(0, format!("{count} merged cells: each has its value in its first cell, the others are empty"));
    }
    if looked.seen.lost_texts > 0 {
        let count = looked.seen.lost_texts;
        warn(0, format!("{count} cells point to texts that the workbook does not hold: ask for it again"));
    }
    for text in looked.seen.formulas.warnings(&about.name, zeros) {
        warn(0, text);
    }
    if looked.outside > 0 {
        warn(0, format!("{} cells outside of the ranges that were given are not loaded", looked.outside));
    }
    if let Some((row, error, raw)) = &looked.cut {
        warn(*row, format!("the sheet is read as far as row {}: {error}", row.saturating_sub(1)));
        notes.extend(cut_row(raw).map(|kind| (*row, kind)));
    }
    let seen = &looked.seen;
    let placeholders = seen.formulas.are_placeholders(zeros);
    let table = |area| Table { sheet, area, seen: seen.clone(), placeholders, notes: Vec::new() };
    let mut tables: VecDeque<Table> = looked.areas.into_iter().map(table).collect();
    if let Some(first) = tables.front_mut() {
        first.notes = notes;
    }
    tables
}

/// What a hidden sheet's table is remarked with.
pub fn comment(visibility: Visibility) -> String {
    match visibility {
        Visibility::Shown => String::new(),
        Visibility::Hidden => "hidden sheet".into(),
        Visibility::VeryHidden => "very hidden sheet".into(),
    }
}

/// A name that no other table of the workbook has.
pub fn unique(taken: &mut HashSet<String>, name: &str) -> String {
    let mut found = name.to_owned();
    let mut n = 2;
    while !taken.insert(found.to_lowercase()) {
        found = format!("{name} ({n})");
        n += 1;
    }
    found
}

impl Table {
    /// The last row that is not data.
    pub fn last_head(&self) -> u32 {
        self.area.header.map_or(self.area.body - 1, |(_, last)| last)
    }

    /// What a row above the header says; `None` for a row of the header.
    pub fn title(&self, row: &Row, formats: &Formats) -> Option<String> {
        let first = self.area.header.map_or(self.area.body, |(first, _)| first);
        if row.number >= first {
            return None;
        }
        let texts = row.cells.iter().filter(|c| self.area.block.holds(c.column, row.number));
        Some(texts.map(|c| display(row, c, formats)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\t"))
    }

    /// A row of the header: its number, and each column's text.
    pub fn header_cells(&self, row: &Row, formats: &Formats) -> (u32, Vec<String>) {
        let block = self.area.block;
        let mut texts = vec![String::new(); (block.right - block.left + 1) as usize];
        for cell in row.cells.iter().filter(|c| block.holds(c.column, row.number)) {
            texts[(cell.column - block.left) as usize] = display(row, cell, formats);
        }
        (row.number, texts)
    }

    pub fn columns(&self, head: &[(u32, Vec<String>)]) -> Vec<ColumnDef> {
        let block = self.area.block;
        let width = (block.right - block.left + 1) as usize;
        let mut texts = vec![String::new(); width];
        for (number, row) in head {
            for (at, text) in texts.iter_mut().enumerate() {
                let own = self.header_text(*number, at as u32 + block.left, row, head.len() > 1);
                if !own.is_empty() && !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(own);
            }
        }
        let remark = |column: u32, blank: bool| {
            let hidden = self.seen.is_hidden(column).then(|| "hidden column".to_owned());
            let letter = blank.then(|| format!("column {}", letters(column)));
            hidden.into_iter().chain(letter).collect::<Vec<_>>().join("; ")
        };
        let blank: Vec<bool> = texts.iter().map(|t| t.trim().is_empty()).collect();
        let defs = names(&texts).into_iter().zip(blank).enumerate().map(|(at, (name, blank))| {
            let comment = remark(at as u32 + block.left, blank);
            ColumnDef { name, nullable: true, comment, ..ColumnDef::default() }
        });
        defs.collect()
    }

    /// A group's name stands over each of its columns.
    fn header_text<'a>(&self, number: u32, column: u32, row: &'a [String], several: bool) -> &'a str {
        let left = self.area.block.left;
        let own = &row[(column - left) as usize];
        if !own.is_empty() || !several {
            return own;
        }
        let group = self.seen.merged.iter().find(|m| m.holds(column, number) && m.top == number && m.left >= left);
        group.map_or("", |m| cut_at(&row[(m.left - left) as usize], GROUP))
    }
}
