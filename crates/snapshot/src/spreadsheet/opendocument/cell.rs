//! A cell of an OpenDocument sheet: its value spelled out in attributes, its display in paragraphs.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use crate::event::{Error, FacetKind, Result};
use crate::spreadsheet::cell::{Content, Plain, Row, Told, number_text};
use crate::spreadsheet::package::{EVENT_LIMIT, Xml, add_text, attribute};

#[derive(Default)]
pub struct Reading<'a> {
    kind: Kind,
    error: bool,
    /// The value's attribute, whichever its kind has.
    value: Option<Cow<'a, str>>,
    string: Option<Cow<'a, str>>,
    formula: Option<Cow<'a, str>>,
    text: Vec<u8>,
    paragraphs: usize,
    /// A picture or a chart is on it.
    pub drawing: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Untold,
    Float,
    Percentage,
    Currency,
    Date,
    Time,
    Boolean,
    String,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name {
            "float" => Self::Float,
            "percentage" => Self::Percentage,
            "currency" => Self::Currency,
            "date" => Self::Date,
            "time" => Self::Time,
            "boolean" => Self::Boolean,
            "string" => Self::String,
            _ => Self::Untold,
        }
    }
}

impl Reading<'static> {
    pub fn start(tag: &BytesStart<'_>) -> Self {
        let mut reading = Self::default();
        let mut all = tag.attributes();
        all.with_checks(false);
        for attribute in all.flatten() {
            let value = || attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
            reading.take(attribute.key.as_ref(), || Cow::Owned(value().into_owned()));
        }
        reading
    }
}

impl<'a> Reading<'a> {
    /// What an attribute of its tag says.
    pub fn take(&mut self, key: &str, value: impl FnOnce() -> Cow<'a, str>) {
        let (prefix, local) = key.split_once(':').unwrap_or(("", key));
        let extension = prefix == "calcext";
        match local {
            "value-type" if extension => self.error = value() == "error",
            "value-type" => self.kind = Kind::of(&value()),
            "value" | "date-value" | "time-value" | "boolean-value" if !extension => self.value = Some(value()),
            "formula" => self.formula = Some(value()),
            "string-value" => self.string = Some(value()),
            _ => {}
        }
    }

    /// A paragraph of what it displays.
    pub fn paragraph(&mut self, text: &[u8]) {
        self.begin_paragraph();
        self.add(text);
    }

    /// What the cell displays, until it is closed. Remarks and drawings on it are no part of it.
    pub fn text(&mut self, xml: &mut Xml) -> Result<()> {
        let (mut depth, mut foreign, mut paragraph) = (1, 0, 0);
        let mut piece = Vec::new();
        while depth > 0 {
            if self.text.len() > EVENT_LIMIT {
                let text = format!("a cell holds over {EVENT_LIMIT} bytes: the sheet is not read further");
                return Err(Error::Limit(text));
            }
            match xml.next()? {
                Event::Start(tag) => {
                    depth += 1;
                    self.drawing |= is_drawing(&tag);
                    if foreign > 0 || is_foreign(&tag) {
                        foreign += 1;
                    } else if matches!(tag.local_name().as_ref(), "p" | "h") {
                        paragraph += 1;
                        self.begin_paragraph();
                    } else if paragraph > 0 {
                        self.sign(&tag);
                    }
                }
                Event::Empty(tag) if is_drawing(&tag) => self.drawing = true,
                Event::Empty(tag) if foreign == 0 => match tag.local_name().as_ref() {
                    "p" | "h" => self.begin_paragraph(),
                    _ if paragraph > 0 => self.sign(&tag),
                    _ => {}
                },
                Event::End(tag) => {
                    depth -= 1;
                    if foreign > 0 {
                        foreign -= 1;
                    } else if matches!(tag.local_name().as_ref(), "p" | "h") {
                        paragraph -= 1;
                    }
                }
                Event::Eof => return Ok(()),
                event if paragraph > 0 && foreign == 0 => {
                    piece.clear();
                    add_text(&event, &mut piece);
                    self.add(&piece);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn begin_paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push(b'\n');
        }
        self.paragraphs += 1;
    }

    /// Blanks in a row are one, and none where a paragraph begins: more are written as elements.
    fn add(&mut self, piece: &[u8]) {
        for byte in piece {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                self.text.push(*byte);
            } else if !matches!(self.text.last(), None | Some(b' ' | b'\n')) {
                self.text.push(b' ');
            }
        }
    }

    fn sign(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "s" => {
                let count = count(tag, "c").min(1 << 16);
                self.text.extend((0..count).map(|_| b' '));
            }
            "tab" => self.text.push(b'\t'),
            "line-break" => self.text.push(b'\n'),
            _ => {}
        }
    }

    /// The formula of a cell that holds no result of it.
    pub fn formula_alone(&self) -> Option<String> {
        let result =
            self.value.is_some() || self.string.is_some() || !self.text.is_empty() || self.kind == Kind::String;
        let formula = self.formula.as_deref().filter(|_| !result && !self.error)?;
        // The language it is written in stands in front: `of:=`.
        Some(formula.find('=').map_or_else(|| format!("={formula}"), |at| formula[at..].to_owned()))
    }

    /// The cell's value; `None` where it has none.
    pub fn content(self, row: &mut Row) -> Option<Content> {
        if self.error {
            return Some(Content::Error(row.keep(&self.text)));
        }
        let stored = self.value.unwrap_or_default();
        let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        let told = |kind, value, stored: Cow<'_, str>, shown| {
            let stored = stored.into_owned();
            Some(Content::Told(Box::new(Told { kind, value, stored, shown })))
        };
        match self.kind {
            Kind::Float if is_plain(&self.text) && stored.as_bytes() == self.text => {
                stored.parse().ok().map(Content::Number)
            }
            Kind::Float | Kind::Percentage | Kind::Currency => {
                let Some(number) = stored.parse::<f64>().ok().filter(|n| n.is_finite()) else {
                    return Some(Content::Text(row.keep(stored.as_bytes())));
                };
                let shown = text(&self.text);
                let kind = match self.kind {
                    Kind::Percentage => Some(FacetKind::Percent),
                    Kind::Float if shown.is_empty() || shown == number_text(number) => None,
                    _ => Some(FacetKind::Number),
                };
                told(kind, Plain::Number(number), stored, shown)
            }
            Kind::Date if stored.len() <= 10 => {
                told(Some(FacetKind::Date), Plain::Text(stored.clone().into_owned()), stored, text(&self.text))
            }
            Kind::Date => {
                told(Some(FacetKind::Datetime), Plain::Text(stored.replacen('T', " ", 1)), stored, text(&self.text))
            }
            Kind::Time => {
                let (kind, value) = time(&stored).unwrap_or_else(|| (FacetKind::Duration, stored.clone().into_owned()));
                told(Some(kind), Plain::Text(value), stored, text(&self.text))
            }
            Kind::Boolean => Some(Content::Boolean(stored == "true")),
            Kind::String => Some(Content::Text(row.keep(self.string.as_deref().map_or(&self.text, str::as_bytes)))),
            Kind::Untold => (!self.text.is_empty()).then(|| Content::Text(row.keep(&self.text))),
        }
    }
}

/// A whole number of few digits, which is shown as it is stored wherever it is shown.
fn is_plain(text: &[u8]) -> bool {
    (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit) && (text[0] != b'0' || text.len() == 1)
}

fn is_foreign(tag: &BytesStart<'_>) -> bool {
    tag.name().as_ref() == "office:annotation" || is_drawing(tag)
}

fn is_drawing(tag: &BytesStart<'_>) -> bool {
    tag.name().prefix().is_some_and(|p| p.as_ref() == "draw")
}

/// `PT13H45M00S` as a time of day, or as all hours that passed where they are more than a day's.
fn time(stored: &str) -> Option<(FacetKind, String)> {
    let rest = stored.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H').unwrap_or(("0", rest));
    let (minutes, rest) = rest.split_once('M').unwrap_or(("0", rest));
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    let (hours, minutes) = (hours.parse::<u64>().ok()?, minutes.parse::<u64>().ok()?);
    let (whole, part) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
    let whole = whole.parse::<u64>().ok()?;
    if minutes > 59 || whole > 60 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    let kind = if hours < 24 { FacetKind::Time } else { FacetKind::Duration };
    Some((kind, format!("{hours:02}:{minutes:02}:{whole:02}{point}{part}")))
}

/// How often something stands there, or how far it reaches: once where nothing is said.
pub fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    times(attribute(tag, name).as_deref())
}

pub fn times(said: Option<&str>) -> u32 {
    said.and_then(|v| v.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours_minutes_and_seconds() {
        for (stored, kind, text) in [
            ("PT13H45M00S", FacetKind::Time, "13:45:00"),
            ("PT36H15M00S", FacetKind::Duration, "36:15:00"),
            ("PT00H00M01.500000000S", FacetKind::Time, "00:00:01.5"),
        ] {
            assert_eq!(time(stored), Some((kind, text.to_owned())), "{stored}");
        }
        assert_eq!([time("P1D"), time("PT-1H"), time("PT1H99M")], [None, None, None]);
    }
}
