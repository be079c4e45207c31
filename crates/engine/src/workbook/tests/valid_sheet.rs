//! One sheet of a workbook.

use std::collections::HashMap;

use super::{Element, Ranges};

const ROWS: u64 = 1_048_576;
const COLUMNS: u64 = 16_384;
/// UTF-16 units of a cell, and of what is at the head or foot of a page.
const CELL: usize = 32_767;
const PAGE: usize = 255;
const LINKS: usize = 65_530;
const CHOICES: usize = 65_534;
const BREAKS: usize = 1_023;
/// In this order and in no other.
const CHILDREN: [&str; 24] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "autoFilter",
    "sortState",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
    "drawing",
    "tableParts",
    "extLst",
];

type Say<'a> = &'a mut dyn FnMut(String);

pub fn check(found: &[Element], targets: &HashMap<String, String>, ranges: &Ranges, say: Say<'_>) {
    children(found, say);
    cells(found, ranges, say);
    columns(found, ranges, say);
    blocks(found, say);
    choices(found, say);
    conditions(found, ranges, say);
    links(found, targets, ranges, say);
    let page = found.iter().filter(|e| ["oddHeader", "oddFooter"].contains(&e.name.as_str()));
    page.filter(|e| units(&e.text) > PAGE).for_each(|e| say(format!("{} is too long", e.name)));
    if found.iter().filter(|e| e.name == "brk").count() > BREAKS {
        say("there are too many breaks between pages".to_owned());
    }
}

fn named<'a>(found: &'a [Element], name: &'a str) -> impl Iterator<Item = &'a Element> {
    found.iter().filter(move |e| e.name == name)
}

fn children(found: &[Element], say: Say<'_>) {
    let mut last = 0;
    for child in found.iter().filter(|e| e.parent == Some(0)) {
        match CHILDREN.iter().position(|c| *c == child.name) {
            Some(at) if at > last || at == last && child.name == "conditionalFormatting" || last == 0 => last = at,
            _ => say(format!("{} stands where it may not", child.name)),
        }
    }
    let all = |name, most: usize, say: Say<'_>| {
        let there = named(found, name).count();
        if there > most {
            say(format!("{name} is there {there} times"));
        }
    };
    all("sheetData", 1, say);
    all("hyperlink", LINKS, say);
    all("dataValidation", CHOICES, say);
}

/// Rows go up, and so do the cells of each.
fn cells(found: &[Element], ranges: &Ranges, say: Say<'_>) {
    let mut texts = texts_by_cell(found);
    let (mut row, mut column) = (0, 0);
    for (at, element) in found.iter().enumerate() {
        match element.name.as_str() {
            "row" => {
                let number = element.number("r").unwrap_or(0);
                if number <= row || number > ROWS {
                    say(format!("row {number} stands after row {row}"));
                }
                if element.get("ht").is_some_and(|h| h.parse::<f64>().map_or(true, |h| !(0.0..=409.5).contains(&h))) {
                    say(format!("row {number} is higher than a row can be"));
                }
                (row, column) = (number, 0);
            }
            "c" => {
                let place = element.get("r").and_then(place);
                let (own_column, own_row) = place.unwrap_or((0, 0));
                if own_row != row || own_column <= column {
                    say(format!("cell {} stands in row {row} after column {column}", element.get("r").unwrap_or("?")));
                }
                column = own_column;
                cell(element, &texts.remove(&at).unwrap_or_default(), ranges, say);
            }
            _ => {}
        }
        if ["row", "c"].contains(&element.name.as_str()) && element.number("s").is_some_and(|s| s >= ranges.styles) {
            say(format!("a style of row {row} is not there"));
        }
    }
}

/// What stands in each cell, by the cell: its kind of element and its text.
fn texts_by_cell(found: &[Element]) -> HashMap<usize, Vec<(&str, &str)>> {
    let mut texts: HashMap<usize, Vec<(&str, &str)>> = HashMap::new();
    for element in found.iter().filter(|e| ["v", "f", "t"].contains(&e.name.as_str())) {
        let mut up = element.parent;
        while let Some(at) = up.filter(|at| found[*at].name != "c") {
            up = found[at].parent;
        }
        if let Some(at) = up {
            texts.entry(at).or_default().push((&element.name, &element.text));
        }
    }
    texts
}

fn cell(cell: &Element, texts: &[(&str, &str)], ranges: &Ranges, say: Say<'_>) {
    let at = cell.get("r").unwrap_or_default();
    let value = texts.iter().find(|(name, _)| *name == "v").map(|(_, text)| *text);
    let fine = match cell.get("t").unwrap_or("n") {
        "s" => value.and_then(|v| v.parse::<u64>().ok()).is_some_and(|v| v < ranges.strings),
        "b" => matches!(value, Some("0" | "1")),
        "n" => value.is_none_or(|v| v.parse::<f64>().is_ok_and(f64::is_finite)),
        "inlineStr" => texts.iter().any(|(name, _)| *name == "t"),
        "str" | "e" => value.is_some(),
        _ => false,
    };
    if !fine {
        say(format!("cell {at} holds no value of its kind"));
    }
    let all: String = texts.iter().filter(|(name, _)| *name != "f").map(|(_, text)| *text).collect();
    if is_too_long(&all) {
        say(format!("cell {at} is too long"));
    }
    if texts.iter().any(|(name, text)| *name == "f" && units(text) > 8_192) {
        say(format!("the formula of cell {at} is too long"));
    }
}

/// The text of each element of a kind, put together of all that stands in it.
pub fn texts(found: &[Element], kind: &str) -> Vec<String> {
    let mut texts: HashMap<usize, String> =
        (0..found.len()).filter(|at| found[*at].name == kind).map(|at| (at, String::new())).collect();
    for element in named(found, "t") {
        let mut up = element.parent;
        while let Some(at) = up.filter(|at| !texts.contains_key(at)) {
            up = found[at].parent;
        }
        if let Some(text) = up.and_then(|at| texts.get_mut(&at)) {
            text.push_str(&element.text);
        }
    }
    texts.into_values().collect()
}

fn columns(found: &[Element], ranges: &Ranges, say: Say<'_>) {
    let mut last = 0;
    for column in named(found, "col") {
        let (from, to) = (column.number("min").unwrap_or(0), column.number("max").unwrap_or(0));
        if from <= last || to < from || to > COLUMNS {
            say(format!("columns {from} to {to} stand after column {last}"));
        }
        if column.number("style").is_some_and(|s| s >= ranges.styles) {
            say(format!("the style of column {from} is not there"));
        }
        last = to;
    }
}

/// Blocks that merge cells do not overlap; whatever is a block lies on the sheet.
fn blocks(found: &[Element], say: Say<'_>) {
    let mut merged: Vec<[u64; 4]> = Vec::new();
    // What programs of 2010 and later know besides says its cells otherwise.
    let of_sheet = |e: &&Element| e.parent == Some(0) || e.parent.is_some_and(|p| found[p].parent == Some(0));
    for element in found.iter().filter(of_sheet).filter(|e| e.name != "ext") {
        let refs = match element.name.as_str() {
            "mergeCell" | "dimension" | "autoFilter" | "hyperlink" => element.get("ref"),
            "conditionalFormatting" | "dataValidation" | "ignoredError" | "selection" => element.get("sqref"),
            _ => continue,
        };
        let Some(refs) = refs.filter(|r| !r.is_empty()) else {
            if element.name != "selection" {
                say(format!("{} is about no cells", element.name));
            }
            continue;
        };
        for one in refs.split(' ') {
            let Some(block) = block(one) else {
                say(format!("{} is about {one}, which is no cells", element.name));
                continue;
            };
            if element.name == "mergeCell" {
                if merged.iter().any(|other| overlap(other, &block)) || block[0] == block[2] && block[1] == block[3] {
                    say(format!("the merged cells {one} overlap others, or are one"));
                }
                merged.push(block);
            }
        }
    }
}

fn choices(found: &[Element], say: Say<'_>) {
    for list in ["dataValidations", "mergeCells"] {
        let Some(at) = found.iter().position(|e| e.name == list) else { continue };
        let own = found.iter().filter(|e| e.parent == Some(at)).count() as u64;
        if own == 0 || found[at].number("count").is_some_and(|count| count != own) {
            say(format!("{list} holds {own}, not as many as it says"));
        }
    }
    for (at, choice) in found.iter().enumerate().filter(|(_, e)| e.name == "dataValidation") {
        let own = found.iter().filter(|e| e.parent == Some(at) && e.name.starts_with("formula"));
        if own
            .clone()
            .any(|f| f.text.is_empty() || units(&f.text) > 8_192 || f.text.starts_with('"') && units(&f.text) > 257)
        {
            say("the list of a choice is empty or too long".to_owned());
        }
        let long = |name, most| choice.get(name).is_some_and(|text| units(text) > most);
        if long("errorTitle", 32) || long("promptTitle", 32) || long("error", 255) || long("prompt", 255) {
            say("the message of a choice is too long".to_owned());
        }
    }
}

fn conditions(found: &[Element], ranges: &Ranges, say: Say<'_>) {
    let mut priorities = Vec::new();
    for rule in named(found, "cfRule") {
        if rule.number("dxfId").is_some_and(|id| id >= ranges.differential) {
            say("the format of a condition is not there".to_owned());
        }
        priorities.extend(rule.number("priority"));
    }
    let all = priorities.len();
    priorities.sort_unstable();
    priorities.dedup();
    if priorities.len() < all {
        say("two conditions have one priority".to_owned());
    }
}

fn links(found: &[Element], targets: &HashMap<String, String>, ranges: &Ranges, say: Say<'_>) {
    for element in found {
        let by_id = ["hyperlink", "drawing", "legacyDrawing", "tablePart", "picture", "pageSetup"];
        if by_id.contains(&element.name.as_str()) && element.get("id").is_some_and(|id| !targets.contains_key(id)) {
            say(format!("{} leads to nothing", element.name));
        }
        let location = element.get("location").filter(|_| element.name == "hyperlink");
        if location.is_some_and(|to| units(to) > 2_079 || !leads(to, ranges.sheets.iter().map(String::as_str))) {
            say("a link leads to no sheet".to_owned());
        }
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

pub fn is_too_long(text: &str) -> bool {
    units(text) > CELL
}

/// Whether a reference, perhaps several, leads to cells of one of the sheets.
pub fn leads<'a>(text: &str, sheets: impl Iterator<Item = &'a str>) -> bool {
    let sheets: Vec<&str> = sheets.collect();
    let mut rest = text;
    loop {
        let found = sheets.iter().filter_map(|name| {
            let quoted = format!("'{}'!", name.replace('\'', "''"));
            rest.strip_prefix(quoted.as_str()).or_else(|| rest.strip_prefix(&format!("{name}!")))
        });
        let Some(cells) = found.min_by_key(|r| r.len()) else { return false };
        let (one, more) = cells.split_once(',').map_or((cells, None), |(one, more)| (one, Some(more)));
        if block(&one.replace('$', "")).is_none() {
            return false;
        }
        match more {
            Some(more) => rest = more,
            None => return true,
        }
    }
}

/// Column and row, both from 1.
fn place(text: &str) -> Option<(u64, u64)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = (&text[..digits], text[digits..].parse().ok()?);
    let column =
        letters.bytes().try_fold(0u64, |sum, b| b.is_ascii_uppercase().then(|| sum * 26 + u64::from(b - b'A') + 1))?;
    ((1..=COLUMNS).contains(&column) && (1..=ROWS).contains(&row)).then_some((column, row))
}

pub fn is_place(text: &str) -> bool {
    place(&text.to_uppercase()).is_some()
}

/// Left, top, right and bottom; whole rows and columns reach from edge to edge.
fn block(text: &str) -> Option<[u64; 4]> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    if let (Ok(top), Ok(bottom)) = (from.parse::<u64>(), to.parse::<u64>()) {
        return (1 <= top && top <= bottom && bottom <= ROWS).then_some([1, top, COLUMNS, bottom]);
    }
    let ((left, top), (right, bottom)) = (place(from)?, place(to)?);
    (left <= right && top <= bottom).then_some([left, top, right, bottom])
}

fn overlap(a: &[u64; 4], b: &[u64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
