//! Whether a workbook is one that every program opens without a word: no part missing, rows and cells in order, every
//! limit of the format kept, and nothing that points to where nothing is.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

use quick_xml::events::Event;

#[path = "valid_sheet.rs"]
mod sheet;

/// Parts by name, as text.
type Parts = HashMap<String, String>;

/// An element of a part, in the order of the document.
pub(super) struct Element {
    pub name: String,
    /// The element it stands in.
    pub parent: Option<usize>,
    attributes: Vec<(String, String)>,
    /// Its own text, without that of others in it.
    pub text: String,
}

impl Element {
    /// An attribute by its name without prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }
}

/// What cells of a sheet may point to.
pub(super) struct Ranges {
    pub styles: u64,
    pub differential: u64,
    pub strings: u64,
    pub sheets: Vec<String>,
}

#[track_caller]
pub fn assert_valid(path: &Path) {
    let wrong = faults(path);
    assert!(wrong.is_empty(), "{}: {} faults:\n  {}", path.display(), wrong.len(), wrong.join("\n  "));
}

/// All that is wrong with a workbook.
pub fn faults(path: &Path) -> Vec<String> {
    match opened(path) {
        Ok((parts, mut wrong)) => {
            check(&parts, &mut wrong);
            wrong
        }
        Err(why) => vec![why],
    }
}

fn opened(path: &Path) -> Result<(Parts, Vec<String>), String> {
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    let mut packed = zip::ZipArchive::new(file).map_err(|e| e.to_string())?;
    let (mut parts, mut wrong) = (Parts::new(), Vec::new());
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).map_err(|e| e.to_string())?;
        let name = part.name().map_err(|e| e.to_string())?.into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).map_err(|e| format!("{name}: {e}"))?;
        if parts.insert(name.clone(), text).is_some() {
            wrong.push(format!("{name} is there twice"));
        }
    }
    Ok((parts, wrong))
}

fn check(parts: &Parts, wrong: &mut Vec<String>) {
    let mut read = HashMap::new();
    for (name, text) in parts {
        match elements(text) {
            Ok(elements) => drop(read.insert(name.as_str(), elements)),
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    let empty = Vec::new();
    let of = |name: &str| read.get(name).unwrap_or(&empty);
    types(parts, of("[Content_Types].xml"), wrong);
    let mut targets = HashMap::new();
    for name in parts.keys().filter(|name| is_rels(name)) {
        targets.insert(source_of(name), relations(parts, name, of(name), wrong));
    }
    let (none, strings) = (HashMap::new(), of("xl/sharedStrings.xml"));
    let of_workbook = targets.get("xl/workbook.xml").unwrap_or(&none);
    let sheets = workbook(of("xl/workbook.xml"), of_workbook, wrong);
    let (styles, differential) = styles(of("xl/styles.xml"), wrong);
    let texts = sheet::texts(strings, "si");
    texts.iter().filter(|t| sheet::is_too_long(t)).for_each(|_| wrong.push("a shared text is too long".to_owned()));
    let names = sheets.iter().map(|(name, _)| name.clone()).collect();
    let ranges = Ranges { styles, differential, strings: texts.len() as u64, sheets: names };
    for (name, part) in &sheets {
        let own = targets.get(part.as_str()).unwrap_or(&none);
        sheet::check(of(part), own, &ranges, &mut |what| wrong.push(format!("sheet {name}: {what}")));
    }
}

/// The elements of a part; an error where it is no XML or holds what XML cannot.
fn elements(text: &str) -> Result<Vec<Element>, String> {
    if let Some(bad) = text
        .chars()
        .find(|c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
    {
        return Err(format!("it holds {bad:?}, which no XML may"));
    }
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut found, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().map_err(|e| e.to_string())?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let mut element = Element {
                    name: tag.local_name().as_ref().to_owned(),
                    parent: open.last().copied(),
                    attributes: Vec::new(),
                    text: String::new(),
                };
                for attribute in tag.attributes() {
                    let attribute = attribute.map_err(|e| e.to_string())?;
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                    let value = value.map_err(|e| e.to_string())?.into_owned();
                    element.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
                }
                if matches!(event, Event::Start(_)) {
                    open.push(found.len());
                }
                found.push(element);
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(part) => add(&mut found, &open, &part.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => add(&mut found, &open, letter.encode_utf8(&mut [0; 4])),
                _ => add(&mut found, &open, quick_xml::escape::resolve_predefined_entity(name).unwrap_or("?")),
            },
            Event::Eof if open.is_empty() => return Ok(found),
            Event::Eof => return Err("it is cut off".to_owned()),
            _ => {}
        }
    }
}

fn add(found: &mut [Element], open: &[usize], text: &str) {
    if let Some(at) = open.last() {
        found[*at].text.push_str(text);
    }
}

/// Every part has a type, and every type its part.
fn types(parts: &Parts, types: &[Element], wrong: &mut Vec<String>) {
    let named = |element: &'static str, attribute: &'static str| {
        types.iter().filter(move |e| e.name == element).filter_map(move |e| e.get(attribute))
    };
    let overrides: HashSet<&str> = named("Override", "PartName").map(|n| n.trim_start_matches('/')).collect();
    let defaults: HashSet<&str> = named("Default", "Extension").collect();
    for name in parts.keys().filter(|n| *n != "[Content_Types].xml") {
        let by_ending = name.rsplit_once('.').is_some_and(|(_, ending)| defaults.contains(ending));
        if !by_ending && !overrides.contains(name.as_str()) {
            wrong.push(format!("{name} has no content type"));
        }
    }
    let gone = overrides.iter().filter(|n| !parts.contains_key(**n));
    wrong.extend(gone.map(|n| format!("[Content_Types].xml names {n}, which is not there")));
}

fn is_rels(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "rels")
}

/// The part whose relations these are; blank for the package itself.
fn source_of(rels: &str) -> String {
    rels.trim_end_matches(".rels").replace("_rels/", "")
}

/// Target by id; one outside of the package as it stands.
fn relations(parts: &Parts, rels: &str, found: &[Element], wrong: &mut Vec<String>) -> HashMap<String, String> {
    let source = source_of(rels);
    if !source.is_empty() && !parts.contains_key(&source) {
        wrong.push(format!("{rels} belongs to no part"));
    }
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut by_id = HashMap::new();
    for relation in found.iter().filter(|e| e.name == "Relationship") {
        let (id, target) = (relation.get("Id").unwrap_or_default(), relation.get("Target").unwrap_or_default());
        let outside = relation.get("TargetMode") == Some("External");
        let target = if outside { target.to_owned() } else { reached(folder, target) };
        if !outside && !parts.contains_key(&target) {
            wrong.push(format!("{rels}: {id} leads to {target}, which is not there"));
        }
        if by_id.insert(id.to_owned(), target).is_some() {
            wrong.push(format!("{rels}: {id} is there twice"));
        }
    }
    by_id
}

fn reached(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/').filter(|s| !s.is_empty()) {
        match step {
            ".." => _ = steps.pop(),
            name => steps.push(name),
        }
    }
    steps.retain(|s| !s.is_empty());
    steps.join("/")
}

/// The sheets with their parts.
fn workbook(found: &[Element], targets: &HashMap<String, String>, wrong: &mut Vec<String>) -> Vec<(String, String)> {
    let (mut names, mut ids, mut sheets) = (HashSet::new(), HashSet::new(), Vec::new());
    let mut visible = Vec::new();
    for sheet in found.iter().filter(|e| e.name == "sheet") {
        let name = sheet.get("name").unwrap_or_default();
        wrong.extend(sheet_name(name).map(|why| format!("the sheet name {name:?} {why}")));
        if !names.insert(name.to_lowercase()) {
            wrong.push(format!("two sheets are called {name}"));
        }
        if !ids.insert(sheet.get("sheetId")) {
            wrong.push(format!("two sheets have the number of {name}"));
        }
        visible.push(sheet.get("state").is_none_or(|state| state == "visible"));
        match sheet.get("id").and_then(|id| targets.get(id)) {
            Some(part) => sheets.push((name.to_owned(), part.clone())),
            None => wrong.push(format!("the sheet {name} has no part")),
        }
    }
    let view = found.iter().find(|e| e.name == "workbookView").and_then(|e| e.number("activeTab")).unwrap_or(0);
    if visible.get(view as usize) != Some(&true) {
        wrong.push("the sheet in view is not there, or hidden".to_owned());
    }
    defined_names(found, &sheets, wrong);
    sheets
}

/// Why a sheet cannot be called so.
fn sheet_name(name: &str) -> Option<&'static str> {
    if name.is_empty() || name.encode_utf16().count() > 31 {
        Some("is empty or over 31 characters")
    } else if name.contains(['[', ']', ':', '*', '?', '/', '\\']) || name.starts_with('\'') || name.ends_with('\'') {
        Some("holds what no sheet name may")
    } else if name.eq_ignore_ascii_case("history") {
        Some("is kept by the program for itself")
    } else {
        None
    }
}

fn defined_names(found: &[Element], sheets: &[(String, String)], wrong: &mut Vec<String>) {
    let mut taken = HashSet::new();
    for defined in found.iter().filter(|e| e.name == "definedName") {
        let name = defined.get("name").unwrap_or_default();
        let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '\\');
        let holds = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '\\' | '?'));
        if !begins || !holds || name.len() > 255 || sheet::is_place(name) {
            wrong.push(format!("{name:?} is no name that can be defined"));
        }
        let local = defined.number("localSheetId");
        if local.is_some_and(|sheet| sheet as usize >= sheets.len()) || !taken.insert((name.to_lowercase(), local)) {
            wrong.push(format!("the name {name} is defined twice, or for a sheet that is not there"));
        }
        if !sheet::leads(&defined.text, sheets.iter().map(|(name, _)| name.as_str())) {
            wrong.push(format!("the name {name} leads to no cells: {}", defined.text));
        }
    }
}

/// How many styles cells, and how many conditions, may point to.
fn styles(found: &[Element], wrong: &mut Vec<String>) -> (u64, u64) {
    let inside = |e: &Element, list: &str| e.parent.is_some_and(|p| found[p].name == list);
    let count = |list: &'static str, name: &'static str| {
        found.iter().filter(move |e| e.name == name && inside(e, list)).count() as u64
    };
    for list in
        found.iter().filter(|e| ["fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"].contains(&e.name.as_str()))
    {
        let own =
            found.iter().filter(|e| e.parent.is_some_and(|p| std::ptr::eq(&raw const found[p], list))).count() as u64;
        if list.number("count") != Some(own) {
            wrong.push(format!("styles: {} holds {own}, not as many as it says", list.name));
        }
    }
    let codes: HashSet<u64> =
        found.iter().filter(|e| e.name == "numFmt").filter_map(|e| e.number("numFmtId")).collect();
    for style in found.iter().filter(|e| e.name == "xf" && inside(e, "cellXfs")) {
        for (to, there) in [
            ("fontId", count("fonts", "font")),
            ("fillId", count("fills", "fill")),
            ("borderId", count("borders", "border")),
            ("xfId", count("cellStyleXfs", "xf")),
        ] {
            if style.number(to).is_some_and(|id| id >= there) {
                wrong.push(format!("styles: {to} leads to nothing"));
            }
        }
        if style.number("numFmtId").is_some_and(|id| id >= 164 && !codes.contains(&id)) {
            wrong.push("styles: a number format is not there".to_owned());
        }
    }
    (count("cellXfs", "xf"), count("dxfs", "dxf"))
}
