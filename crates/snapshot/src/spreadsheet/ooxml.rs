//! The workbook of Office Open XML (.xlsx, .xlsm) and what .xlsb shares with it (ECMA-376 part 1, 18).

mod plain;
mod sheet;
mod strings;
mod styles;
mod written;

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::Event;

use super::book::{About, Book, Declared, Formats, Rows, SHEET_LIMIT, SheetKind, Strings, Visibility};
use super::formula::Zeros;
use super::package::{Package, attribute, flag};
use super::serial::Epoch;
use super::xlsb;
use crate::event::Result;
use sheet::SheetRows;

pub struct Ooxml {
    package: Package,
    sheets: Vec<About>,
    parts: Vec<String>,
    formats: Formats,
    strings: Arc<Strings>,
    zeros: Zeros,
    binary: bool,
}

/// Target part by id and by the last word of its type.
#[derive(Default)]
pub struct Relations {
    by_id: HashMap<String, (String, String)>,
}

impl Ooxml {
    pub fn is(package: &Package) -> bool {
        package.ending("workbook.xml").or(package.ending("workbook.bin")).is_some()
    }

    pub fn open(package: Package) -> Result<Self> {
        let root = Relations::read(&package, "", "_rels/.rels").unwrap_or_default();
        let found = root.of_kind("officeDocument").filter(|p| package.has(p)).map(str::to_owned);
        let named = || ["xl/workbook.xml", "xl/workbook.bin"].into_iter().find(|p| package.has(p)).map(str::to_owned);
        let workbook = found.or_else(named).unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let relations = Relations::read(&package, folder, &format!("{folder}/_rels/{file}.rels"))?;
        let binary = workbook.to_lowercase().ends_with(".bin");
        let declared = if binary { xlsb::workbook(&package, &workbook)? } else { declared(&package, &workbook)? };
        let strings = relations.of_kind("sharedStrings").filter(|p| package.has(p));
        let strings = match strings {
            Some(part) if binary => xlsb::strings(&package, part)?,
            Some(part) => strings::read(&package, part)?,
            None => Strings::default(),
        };
        let styles = relations.of_kind("styles").filter(|p| package.has(p));
        let mut formats = match styles {
            Some(part) if binary => xlsb::styles(&package, part)?,
            Some(part) => styles::read(&package, part)?,
            None => Formats::default(),
        };
        formats.epoch = declared.epoch;
        let zeros = declared.zeros;
        let (mut sheets, mut parts) = (Vec::new(), Vec::new());
        for (name, id, visibility) in declared.sheets {
            let (kind, part) = relations.sheet(&id);
            sheets.push(About { name, visibility, kind });
            parts.push(part);
        }
        Ok(Self { package, sheets, parts, formats, strings: Arc::new(strings), zeros, binary })
    }
}

impl Book for Ooxml {
    fn sheets(&self) -> &[About] {
        &self.sheets
    }

    fn formats(&self) -> &Formats {
        &self.formats
    }

    fn zeros(&self) -> Zeros {
        self.zeros
    }

    fn rows(&mut self, sheet: usize) -> Result<Box<dyn Rows>> {
        let (part, strings) = (&self.parts[sheet], Arc::clone(&self.strings));
        if self.binary {
            return Ok(Box::new(xlsb::SheetRows::new(self.package.part(part)?, part, strings)));
        }
        Ok(Box::new(SheetRows::new(self.package.xml(part)?, strings, &self.formats)))
    }
}

/// By this number the libraries name themselves that write formulas and compute none (XlsxWriter, its ports, openpyxl).
const COMPUTES_NOTHING: &str = "124519";

fn declared(package: &Package, part: &str) -> Result<Declared> {
    let mut xml = package.xml(part)?;
    let mut declared = Declared { zeros: Zeros::Alone, ..Declared::default() };
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "calcPr" if flag(&tag, "fullCalcOnLoad") => {
                    let nothing = attribute(&tag, "calcId").as_deref() == Some(COMPUTES_NOTHING);
                    declared.zeros = if nothing { Zeros::Placeholders } else { Zeros::Doubtful };
                }
                "fileVersion" | "calcPr" => declared.zeros = Zeros::Results,
                "workbookPr" if flag(&tag, "date1904") => declared.epoch = Epoch::Of1904,
                "sheet" if declared.sheets.len() < SHEET_LIMIT => {
                    let visibility = match attribute(&tag, "state").as_deref() {
                        Some("hidden") => Visibility::Hidden,
                        Some("veryHidden") => Visibility::VeryHidden,
                        _ => Visibility::Shown,
                    };
                    let text = |name| attribute(&tag, name).unwrap_or_default().into_owned();
                    declared.sheets.push((text("name"), text("id"), visibility));
                }
                _ => {}
            },
            Event::Eof => return Ok(declared),
            _ => {}
        }
    }
}

impl Relations {
    fn read(package: &Package, folder: &str, part: &str) -> Result<Self> {
        let mut relations = Self::default();
        let mut xml = package.xml(part)?;
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let text = |name| attribute(&tag, name).unwrap_or_default().into_owned();
                    let kind = text("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    relations.by_id.insert(text("Id"), (kind, resolved(folder, &text("Target"))));
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }

    fn of_kind(&self, kind: &str) -> Option<&str> {
        let mut found: Vec<_> = self.by_id.iter().filter(|(_, (k, _))| k == kind).collect();
        found.sort();
        found.first().map(|(_, (_, part))| part.as_str())
    }

    fn sheet(&self, id: &str) -> (SheetKind, String) {
        let Some((kind, part)) = self.by_id.get(id) else { return (SheetKind::Missing, String::new()) };
        let kind = match kind.as_str() {
            "worksheet" => SheetKind::Cells,
            "chartsheet" => SheetKind::Chart,
            "dialogsheet" => SheetKind::Dialog,
            "xlMacrosheet" | "xlIntlMacrosheet" => SheetKind::Macro,
            _ => SheetKind::Missing,
        };
        (kind, part.clone())
    }
}

/// The part that a target leads to from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            name => steps.push(name),
        }
    }
    steps.retain(|s| !s.is_empty());
    steps.join("/")
}
