//! A cell's value as it is staged, and what the legacy program displays for it.

use super::book::Formats;
use super::cell::{Block, Cell, Content, Instead, Plain, Row, number_text, whole};
use super::number_format::general;
use super::serial::{DAY_SECONDS, Epoch, Moment};
use crate::event::{Batch, Facet, FacetKind};

/// What is needed to stage the cells of a table.
pub struct Staging<'a> {
    pub formats: &'a Formats,
    /// Zeros and blanks that formulas hold are no results.
    pub placeholders: bool,
}

/// Adds the part of a row that lies in a block; `false` where there is nothing but blanks.
pub fn row(row: &Row, block: &Block, staging: &Staging<'_>, batch: &mut Batch) -> bool {
    let inside = || row.cells.iter().filter(|c| (block.left..=block.right).contains(&c.column));
    let holds = |c: &Cell| !c.is_blank() || staging.placeholders && matches!(c.content, Content::Formula { .. });
    if !inside().any(holds) {
        return false;
    }
    let number = batch.rows() as u32;
    let mut next = block.left;
    for cell in inside() {
        (next..cell.column).for_each(|_| batch.push_null());
        if let Some((kind, stored, shown)) = value(row, cell, staging, batch) {
            let column = Some(cell.column - block.left);
            batch.push_facet(Facet { row: number, column, kind, stored, shown });
        }
        next = cell.column + 1;
    }
    (next..=block.right).for_each(|_| batch.push_null());
    true
}

type Beside = Option<(FacetKind, String, String)>;

/// Adds a cell's value; answers what is said beside it.
fn value(row: &Row, cell: &Cell, staging: &Staging<'_>, batch: &mut Batch) -> Beside {
    let formats = staging.formats;
    match &cell.content {
        Content::Formula { instead: Instead::Zero, .. } if !staging.placeholders => {
            staged_number(0.0, cell.style, formats, batch)
        }
        Content::Formula { instead: Instead::Blank, .. } if !staging.placeholders => {
            batch.push_text(b"");
            None
        }
        Content::Formula { text, instead } => {
            batch.push_null();
            let stored = if *instead == Instead::Zero { "0" } else { "" };
            let formula = String::from_utf8_lossy(row.span(*text)).into_owned();
            Some((FacetKind::NotComputed, stored.to_owned(), formula))
        }
        Content::Text(text) => {
            batch.push_text(row.span(*text));
            None
        }
        Content::Boolean(yes) => {
            let text = boolean(*yes);
            batch.push_text(text.as_bytes());
            Some((FacetKind::Boolean, u8::from(*yes).to_string(), text.to_owned()))
        }
        Content::Error(text) => {
            let text = row.span(*text);
            batch.push_text(text);
            let text = String::from_utf8_lossy(text).into_owned();
            Some((FacetKind::Error, text.clone(), text))
        }
        Content::Number(number) => staged_number(*number, cell.style, formats, batch),
        Content::Told(told) => {
            match &told.value {
                Plain::Number(number) => push_number(*number, batch),
                Plain::Text(text) => batch.push_text(text.as_bytes()),
            }
            let kind = told.kind.map(|kind| with_zeros(kind, &told.stored, &told.shown));
            kind.map(|kind| (kind, told.stored.clone(), told.shown.clone()))
        }
    }
}

fn boolean(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

fn push_number(number: f64, batch: &mut Batch) {
    match whole(number) {
        Some(integer) => batch.push_integer(integer),
        None => batch.push_text(number_text(number).as_bytes()),
    }
}

fn staged_number(number: f64, style: u32, formats: &Formats, batch: &mut Batch) -> Beside {
    let Some((format, kind)) = formats.of(style).and_then(|f| f.kind().map(|kind| (f, kind))) else {
        push_number(number, batch);
        return None;
    };
    match iso(number, kind, formats.epoch) {
        Some(text) => batch.push_text(text.as_bytes()),
        None => push_number(number, batch),
    }
    let (stored, shown) = (number_text(number), format.show(number, formats.epoch));
    Some((with_zeros(kind, &stored, &shown), stored, shown))
}

/// Tells numbers apart that are shown with zeros in front of their own digits: `02138`, `001-23-4567`.
fn with_zeros(kind: FacetKind, stored: &str, shown: &str) -> FacetKind {
    let digits = |text: &str| {
        let before_point = text.split(['.', ',']).next().unwrap_or_default();
        before_point.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>()
    };
    let (stored, shown) = (digits(stored), digits(shown));
    let padded = kind == FacetKind::Number && shown.len() > stored.len();
    if padded && shown[0] == b'0' && shown.ends_with(&stored) { FacetKind::LeadingZeros } else { kind }
}

/// A serial as ISO text; `None` where it is no date that can be displayed, or no date at all.
fn iso(serial: f64, kind: FacetKind, epoch: Epoch) -> Option<String> {
    let moment = || Moment::exact(serial, epoch);
    let both = |m: &Moment| format!("{} {}", m.iso_date(), m.iso_time());
    match kind {
        FacetKind::Date => moment().map(|m| if m.is_midnight() { m.iso_date() } else { both(&m) }),
        FacetKind::Datetime => moment().map(|m| both(&m)),
        FacetKind::Time => moment().map(|m| if serial < 1.0 { m.iso_time() } else { both(&m) }),
        FacetKind::Duration => duration(serial),
        _ => None,
    }
}

/// All hours that have passed: `36:15:00`.
fn duration(days: f64) -> Option<String> {
    let millis = (days * DAY_SECONDS as f64 * 1000.0).round();
    if !(0.0..1e15).contains(&millis) {
        return None;
    }
    let millis = millis as i64;
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    let text = format!("{hours:02}:{minutes:02}:{seconds:02}");
    Some(if millis % 1000 == 0 { text } else { format!("{text}.{:03}", millis % 1000) })
}

/// What a person sees in the cell.
pub fn display(row: &Row, cell: &Cell, formats: &Formats) -> String {
    match &cell.content {
        Content::Text(text) | Content::Error(text) | Content::Formula { text, .. } => {
            String::from_utf8_lossy(row.span(*text)).into_owned()
        }
        Content::Boolean(yes) => boolean(*yes).to_owned(),
        Content::Number(number) => match formats.of(cell.style) {
            Some(format) => format.show(*number, formats.epoch),
            None => general(*number),
        },
        Content::Told(told) => told.shown.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_in_front_are_told_from_other_formats() {
        for (stored, shown, zeros) in [
            ("2138", "02138", true),
            ("94105", "94105", false),
            ("1234567", "001-23-4567", true),
            ("123456789", "123-45-6789", false),
            ("0", "00000", true),
            ("0", "0.00", false),
            ("0", "0,00", false),
            ("0.5", "0.50", false),
            ("2.5", "002.5", true),
            ("-7", "-007", true),
            ("1234.5", "$1,234.50", false),
            ("5551234", "(000) 555-1234", true),
            ("0", "-", false),
        ] {
            assert_eq!(with_zeros(FacetKind::Number, stored, shown) == FacetKind::LeadingZeros, zeros, "{shown}");
        }
    }
}
