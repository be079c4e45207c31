//! One part of a workbook, read for its texts: cells, comments, names, properties, attributes, and what is no XML.

use std::collections::HashSet;
use std::io::{BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::{Depth, ExemptTexts, Hit, LISTED, Roster, unreadable};
use crate::error::{Error, Result};

/// Elements whose whole content is one text, however many runs it is written in.
const TEXTS: &[&str] = &["si", "is", "text", "p"];
/// Attributes that people read, or that carry names.
#[rustfmt::skip]
const READ_ATTRIBUTES: &[&str] = &[
    "name", "descr", "title", "display", "displayName", "tooltip", "prompt", "promptTitle", "error", "errorTitle",
    "alt", "codeName", "totalsRowLabel", "caption", "author", "displayText", "uniqueName", "fmla", "location",
];
/// Parts that hold the file format's own words: fonts, styles, relations.
const FORMAT_PARTS: &[&str] = &["xl/theme/", "xl/styles.xml", "[Content_Types].xml", "_rels/", "vmlDrawing"];
/// What the format itself writes into properties.
#[rustfmt::skip]
const FORMAT_WORDS: &[&str] = &[
    "Microsoft Excel", "Microsoft Macintosh Excel", "Worksheets", "Named Ranges", "Charts", "Calculation", "none",
    "en-US",
];
/// The names the format gives its parts, without their numbers.
#[rustfmt::skip]
const PART_NAMES: &[&str] = &[
    "xl", "worksheets", "sheet", "docProps", "app", "core", "custom", "_rels", "theme", "styles", "sharedStrings",
    "workbook", "comments", "drawings", "drawing", "vmlDrawing", "media", "image", "charts", "chart", "tables",
    "table", "[Content_Types]", "metadata", "calcChain", "featurePropertyBag", "xml", "rels", "vml", "png", "jpeg",
    "gif", "bmp", "",
];

/// Texts that were searched already and hold nobody, by what stands for each: most stand in a workbook many times.
#[derive(Default)]
pub struct Searched(HashSet<u128, foldhash::fast::RandomState>);

/// Elements after which to ask whether to go on.
const ASKED: usize = 20_000;
/// So many are remembered, in 20 MB at the most.
const REMEMBERED: usize = 500_000;

impl Searched {
    /// What stands for a text and how deep it is to be searched at the most.
    fn mark(text: &str, deepest: Depth) -> u128 {
        xxh3_128_with_seed(text.as_bytes(), deepest as u64)
    }

    fn remember(&mut self, mark: u128) {
        if self.0.len() < REMEMBERED {
            self.0.insert(mark);
        }
    }
}

pub struct Search<'a> {
    part: String,
    xml: bool,
    /// Holds format words only: names are not looked for token by token.
    format: bool,
    roster: &'a Roster,
    exempt: &'a ExemptTexts,
    searched: &'a mut Searched,
    cell: CellPlace,
    open: Open,
    /// How many of the open elements are whole texts.
    texts: usize,
    text: String,
    seen: usize,
    pub hits: Vec<Hit>,
}

/// A worksheet's `c` element, where one is open.
#[derive(Default)]
struct CellPlace {
    is_open: bool,
    name: String,
    kind: String,
}

/// Names of open elements from the outermost, one after the other in one text.
#[derive(Default)]
struct Open {
    names: String,
    starts: Vec<usize>,
}

impl Open {
    fn push(&mut self, name: &str) {
        self.starts.push(self.names.len());
        self.names.push_str(name);
    }

    fn last(&self) -> Option<&str> {
        self.starts.last().map(|start| &self.names[*start..])
    }

    fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start);
        }
    }
}

impl<'a> Search<'a> {
    pub fn new(part: &str, roster: &'a Roster, exempt: &'a ExemptTexts, searched: &'a mut Searched) -> Self {
        Self {
            part: part.to_owned(),
            xml: [".xml", ".rels", ".vml"].iter().any(|ending| part.ends_with(ending)),
            format: FORMAT_PARTS.iter().any(|format| part.contains(format)),
            roster,
            exempt,
            searched,
            cell: CellPlace::default(),
            open: Open::default(),
            texts: 0,
            text: String::new(),
            seen: 0,
            hits: Vec::new(),
        }
    }

    /// Searches the part's own name; what follows then names the part by number if that was a hit.
    pub fn part_name(&mut self, index: usize) {
        let ours = self
            .part
            .split(['/', '.'])
            .all(|piece| PART_NAMES.contains(&piece.trim_end_matches(|c: char| c.is_ascii_digit())));
        if ours || self.exempt.depth(&self.part).is_none() {
            return;
        }
        if let Some(class) = self.roster.search(&self.part, Depth::Source) {
            self.part = format!("part {}", index + 1);
            self.hit("part name".to_owned(), class);
        }
    }

    /// Searches what the part holds; asks now and then whether to go on.
    pub fn content(&mut self, bytes: &mut impl Read, go_on: impl Fn() -> bool) -> Result<()> {
        if !self.xml {
            return self.binary(bytes);
        }
        let mut reader = Reader::from_reader(BufReader::new(bytes));
        let mut buffer = Vec::new();
        let mut asked = 0;
        loop {
            if self.seen >= asked + ASKED {
                asked = self.seen;
                if !go_on() {
                    return Err(Error::Cancelled);
                }
            }
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| unreadable(&self.part))? {
                Event::Start(element) => self.start(&element)?,
                Event::Empty(element) => {
                    self.start(&element)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let letter = match entity.resolve_char_ref().map_err(|_| unreadable(&self.part))? {
                        Some(letter) => letter,
                        None => predefined(&entity.xml10_content()).ok_or_else(|| unreadable(&self.part))?,
                    };
                    self.text.push(letter);
                }
                Event::Comment(text) => self.look("comment", &text.xml10_content()),
                Event::PI(instruction) => self.look("instruction", instruction.content()),
                Event::DocType(text) => self.look("document type", &text.xml10_content()),
                Event::Decl(_) => {}
                Event::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<()> {
        if self.texts == 0 {
            self.flush();
        }
        let name = element.local_name();
        let name: &str = name.as_ref();
        self.texts += usize::from(TEXTS.contains(&name));
        let is_cell = name == "c";
        if is_cell {
            self.cell.is_open = true;
            self.cell.name.clear();
            self.cell.kind.clear();
            self.cell.kind.push('n');
        }
        self.seen += 1;
        let mut external = false;
        let mut target = None;
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| unreadable(&self.part))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| unreadable(&self.part))?;
            match attribute.key.local_name().as_ref() {
                "r" if is_cell => put(&mut self.cell.name, &value),
                "t" if is_cell => put(&mut self.cell.kind, &value),
                "TargetMode" => external = value == "External",
                "Target" => target = Some(value),
                key => self.attribute(name, key, &value),
            }
        }
        if let Some(target) = target {
            let depth = if external { Depth::Source } else { Depth::Typed };
            self.place_search(&target, depth, |search| format!("target of element {}", search.seen));
        }
        self.open.push(name);
        Ok(())
    }

    fn attribute(&mut self, element: &str, key: &str, value: &str) {
        let reads = READ_ATTRIBUTES.contains(&key) && !value.starts_with("_xlnm.");
        if !reads && (value.len() < 7 || matches!(element, "c" | "row" | "col")) {
            return;
        }
        let deepest = if reads && !self.format { Depth::Source } else { Depth::Typed };
        self.place_search(value, deepest, |search| format!("{key} of element {}", search.seen));
    }

    fn end(&mut self) {
        let Some(name) = self.open.last() else { return };
        let (whole, is_cell) = (TEXTS.contains(&name), name == "c");
        if self.texts == 0 || whole && self.texts == 1 {
            self.flush();
        }
        self.open.pop();
        self.texts -= usize::from(whole);
        if is_cell {
            self.cell.is_open = false;
        }
    }

    /// Searches the text read so far as one.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.text_of_element(&text);
        }
        // Its room is used for the next.
        text.clear();
        self.text = text;
    }

    fn text_of_element(&mut self, text: &str) {
        let element = self.open.last().unwrap_or("");
        if element == "v" {
            match if self.cell.is_open { self.cell.kind.as_str() } else { "str" } {
                // An index into the shared strings, a truth value, an error's code.
                "s" | "b" | "e" => {}
                "n" => self.look_to(Depth::Counted, text),
                _ => self.look("value", text),
            }
            return;
        }
        match element {
            "created" | "modified" => self.look_to(Depth::Counted, text),
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                for piece in header_texts(text) {
                    self.look("header", &piece);
                }
            }
            _ if text.contains("_x") => self.look("text", &unescaped(text)),
            _ => self.look("text", text),
        }
    }

    fn look_to(&mut self, deepest: Depth, text: &str) {
        self.place_search(text, deepest, |search| search.place("number"));
    }

    fn look(&mut self, what: &str, text: &str) {
        if FORMAT_WORDS.contains(&text) {
            return;
        }
        let deepest = if self.format { Depth::Typed } else { Depth::Source };
        self.place_search(text, deepest, |search| search.place(what));
    }

    fn place(&self, what: &str) -> String {
        if self.cell.is_open { format!("cell {}", self.cell.name) } else { format!("{what} of element {}", self.seen) }
    }

    /// `deepest` holds where nothing is known of the text, or only that it is ordinary source text.
    fn place_search(&mut self, text: &str, deepest: Depth, place: impl FnOnce(&Self) -> String) {
        let mark = Searched::mark(text, deepest);
        if self.searched.0.contains(&mark) {
            return;
        }
        let depth = match self.exempt.depth(text) {
            None => return self.searched.remember(mark),
            Some(Depth::Source) => deepest,
            Some(depth) => depth,
        };
        // Values listed in one cell are as many texts: together they would look like prose.
        let found = text.split(LISTED).find_map(|value| self.roster.search(value, depth));
        match found {
            Some(class) => self.hit(place(self), class),
            None => self.searched.remember(mark),
        }
    }

    fn hit(&mut self, place: String, class: super::Class) {
        self.hits.push(Hit { part: self.part.clone(), place, class });
    }

    /// Pictures and the like: what of them reads as text is searched for what can't be there by accident.
    fn binary(&mut self, bytes: &mut impl Read) -> Result<()> {
        let mut content = Vec::new();
        bytes.read_to_end(&mut content).map_err(|_| unreadable(&self.part))?;
        let wide: Vec<u16> = content.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        for text in [String::from_utf8_lossy(&content).into_owned(), String::from_utf16_lossy(&wide)] {
            for run in
                text.split(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER).filter(|run| run.len() >= 7)
            {
                self.place_search(run, Depth::Typed, |_| "content".to_owned());
            }
        }
        Ok(())
    }
}

fn put(to: &mut String, text: &str) {
    to.clear();
    to.push_str(text);
}

fn predefined(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Spreadsheets write characters that XML can't hold as `_x000B_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.push_str(&rest[..at]);
        if let Some(letter) = letter {
            plain.push(letter);
            rest = &rest[at + 7..];
        } else {
            plain.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    plain + rest
}

/// The texts of a page header between its codes (`&L`, `&12`, `&"Arial,Bold"`, `&K01+000`).
fn header_texts(header: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut letters = header.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '&' {
            if let Some(text) = texts.last_mut() {
                text.push(letter);
            }
            continue;
        }
        match letters.next() {
            Some('&') => {
                if let Some(text) = texts.last_mut() {
                    text.push('&');
                }
                continue;
            }
            Some('"') => while letters.next().is_some_and(|c| c != '"') {},
            Some('K') => while letters.next_if(|c| c.is_ascii_hexdigit() || "+-".contains(*c)).is_some() {},
            Some(first) if first.is_ascii_digit() => while letters.next_if(char::is_ascii_digit).is_some() {},
            _ => {}
        }
        texts.push(String::new());
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}
