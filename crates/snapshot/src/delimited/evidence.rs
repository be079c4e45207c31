//! What speaks for one way to read a sample, and what against it.

use std::collections::HashMap;

use super::candidates::USUAL;
use super::header::title;
use super::sample::{Reading, Record, usual_width};
use super::value::Look;
use crate::dialect::{Dialect, Escape};

/// Records whose fields are looked at.
const LOOKED_AT: usize = 600;

/// How well a sample reads under one dialect.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// From 0 to about 1.
    pub score: f64,
    pub records: usize,
    pub flaws: usize,
    /// The commonest width, and how many records have it.
    pub usual: usize,
    pub often: usize,
    /// Width of the first record.
    pub first: usize,
    /// How well the fields of each column look alike, and look whole, from 0 to 1.
    pub types: f64,
    /// Share of the fields that look torn.
    pub torn: f64,
    /// Share of the fields in which another usual delimiter stands without quotes.
    pub left_over: f64,
}

impl Evidence {
    /// What speaks for and against it, as a person reads it.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        let all = self.records + self.flaws;
        let s = if self.usual == 1 { "" } else { "s" };
        reasons.push(format!("{} of {all} records have {} field{s}", self.often, self.usual));
        if self.first != self.usual {
            reasons.push(format!("the first record has {}", self.first));
        }
        if self.flaws > 0 {
            reasons.push(format!("{} with unbalanced quotes", self.flaws));
        }
        reasons.push(format!("columns hold values of one kind to {} %", (self.types * 100.0).round()));
        if self.left_over > 0.005 {
            let share = (self.left_over * 100.0).round().max(1.0);
            reasons.push(format!("another delimiter stands in {share} % of the fields"));
        }
        if self.torn > 0.005 {
            reasons.push(format!("{} % of the fields look torn", (self.torn * 100.0).round().max(1.0)));
        }
        reasons
    }
}

/// One way to read the sample.
pub struct Tried<'a> {
    pub dialect: Dialect,
    pub evidence: Evidence,
    pub reading: Reading<'a>,
}

/// Weighs a reading.
pub fn weigh(reading: &Reading, dialect: &Dialect, marks: &[String]) -> Evidence {
    let records = &reading.records;
    let (usual, often) = usual_width(records.iter().map(Vec::len));
    let all = records.len() + reading.flaws;
    let mut evidence = Evidence {
        score: 0.0,
        records: records.len(),
        flaws: reading.flaws,
        usual,
        often,
        first: records.first().map_or(0, Vec::len),
        types: 0.0,
        torn: 0.0,
        left_over: 0.0,
    };
    if records.is_empty() {
        return evidence;
    }
    let like: Vec<&Record> = records.iter().filter(|r| r.len() == usual).take(LOOKED_AT).collect();
    let body = if like.len() > 1 { &like[1..] } else { &like[..] };
    let mut types = 0.0;
    for column in 0..usual {
        let named = like.first().is_some_and(|first| !first[column].text.trim_ascii().is_empty());
        types += match column_score(body, column, dialect, marks, &mut evidence) {
            Some(score) => score,
            // Legacy systems write columns that nobody ever filled; one without a name is between two delimiters.
            None if named => 0.85,
            None => 0.5,
        };
    }
    let fields = (body.len() * usual) as f64;
    evidence.torn /= fields;
    evidence.left_over /= fields;
    evidence.types = types / usual as f64;

    let near: f64 = records.iter().map(|r| nearness(r.len(), usual)).sum();
    let agreement = (near + 0.4 * reading.flaws as f64) / all as f64;
    let columns = if usual == 1 { 0.8 } else { 1.0 + 0.01 * (usual as f64).ln() };
    let above = title(reading);
    let header = match records[above..].first().map_or(0, Vec::len) {
        first if first == usual => 1.0,
        1 => 0.8,
        _ => 0.94,
    };
    let strays = strays(reading, dialect);
    evidence.score = agreement.powf(1.2)
        * evidence.types
        * columns
        * header
        * (1.0 - 0.6 * evidence.left_over)
        * (1.0 - strays)
        * (1.0 - 0.2 * reading.letters as f64 / all as f64)
        * (1.0 + 0.08 * reading.quoted as f64 / records.iter().map(Vec::len).sum::<usize>().max(1) as f64)
        * habit(reading, dialect);
    evidence
}

/// How whole and how alike the fields of a column are; `None` where none is filled.
fn column_score(
    body: &[&Record],
    column: usize,
    dialect: &Dialect,
    marks: &[String],
    evidence: &mut Evidence,
) -> Option<f64> {
    let mut groups: HashMap<u8, usize> = HashMap::new();
    let (mut worth, mut filled) = (0.0, 0usize);
    for record in body {
        let cell = &record[column];
        let look = Look::of(&cell.text);
        if look == Look::Empty {
            continue;
        }
        filled += 1;
        if !cell.quoted {
            evidence.left_over += left_over(&cell.text, look, &dialect.delimiter, marks);
        }
        evidence.torn += f64::from(u8::from(!cell.quoted && look == Look::Torn));
        worth += match look {
            Look::Torn | Look::Prose if cell.quoted => 0.9,
            look => look.worth() - if !cell.quoted && cell.text.first() == Some(&b' ') { 0.1 } else { 0.0 },
        };
        *groups.entry(group(look)).or_default() += 1;
    }
    if filled == 0 {
        return None;
    }
    let alike = groups.values().max().copied().unwrap_or(0) as f64 / filled as f64;
    Some(worth / filled as f64 * (0.6 + 0.4 * alike))
}

/// A record that is a field short is nearly one; a row of empty fields may end early.
fn nearness(width: usize, usual: usize) -> f64 {
    if width == usual {
        return 1.0;
    }
    let part = width.min(usual) as f64 / width.max(usual) as f64;
    0.6 * part.powi(3)
}

/// Quotes that enclose fields, and that this dialect takes for letters.
fn strays(reading: &Reading, dialect: &Dialect) -> f64 {
    let encloses = |text: &[u8]| {
        text.len() > 1 && matches!(text[0], b'"') && text[0] == text[text.len() - 1] && dialect.quote != Some('"')
    };
    let of = |r: &&Record| r.iter().any(|cell| !cell.quoted && encloses(cell.text.trim_ascii()));
    match reading.records.iter().filter(of).count() {
        0 => 0.0,
        // Who encloses names encloses values in the same.
        n if reading.records.first().as_ref().is_some_and(of) => 0.12 + 0.3 * n as f64 / reading.records.len() as f64,
        n => 0.1 + 0.3 * n as f64 / reading.records.len() as f64,
    }
}

fn group(look: Look) -> u8 {
    match look {
        Look::Number | Look::Measure => 1,
        Look::Date | Look::DateTime | Look::Time => 2,
        Look::Code | Look::Words | Look::Prose => 3,
        Look::Torn => 4,
        Look::Empty | Look::NoValue => 5,
    }
}

/// How much speaks for a delimiter that stands in a field without quotes, from 0 to 1.
fn left_over(text: &[u8], look: Look, delimiter: &str, marks: &[String]) -> f64 {
    let usual = text.iter().enumerate().any(|(at, b)| match b {
        _ if delimiter.as_bytes().contains(b) => false,
        b'\t' | b'|' => true,
        b';' | b',' => is_tight(text, at, look),
        _ => false,
    });
    let rare = |mark: &&String| {
        !matches!(mark.as_str(), ":" | " " | "&" | "!" | "#") && !USUAL.contains(&mark.as_str()) && *mark != delimiter
    };
    if usual {
        1.0
    } else if marks.iter().filter(rare).any(|mark| memchr::memmem::find(text, mark.as_bytes()).is_some()) {
        // Parts of a value are more often parted by a rare mark than columns are.
        if USUAL.contains(&delimiter) { 0.25 } else { 0.5 }
    } else {
        0.0
    }
}

/// Text goes on right after a mark, where in prose a blank follows, and it is none between digits: a number, or a list
/// of them.
fn is_tight(text: &[u8], at: usize, look: Look) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let between_digits = at > 0 && digit(at - 1) && digit(at + 1);
    let in_number = between_digits && (text[at] == b';' || look.is_value() || look == Look::Prose);
    !in_number && text.get(at + 1).is_some_and(|b| *b != b' ')
}

/// How often people write so.
fn habit(reading: &Reading, dialect: &Dialect) -> f64 {
    let delimiter = match dialect.delimiter.as_str() {
        "," | "\t" => 1.0,
        ";" | "|" => 0.995,
        "^" | "~" | "\u{a6}" | "\u{a7}" | "\u{fe}" | "\u{1}" | "\u{1f}" | "\u{14}" | "\u{ac}" => 0.95,
        ":" => 0.7,
        " " => 0.65,
        "#" | "&" | "=" | "`" | "!" => 0.8,
        other if other.chars().count() > 1 => 0.97,
        _ => 0.8,
    };
    let quote = match (dialect.quote, reading.opened) {
        // Quotes that never enclose anything are letters.
        (Some('"'), 1..) if reading.quoted == 0 && reading.flaws > 0 => 0.95,
        (Some(_), 1..) if reading.quoted == 0 && reading.flaws > 0 => 0.8,
        (Some('"'), _) => 1.0,
        (Some(_), 0) => 0.95,
        (Some(_), _) if reading.flaws == 0 => 1.002,
        (Some(_) | None, _) => 0.98,
    };
    let escape = match dialect.escape {
        Escape::Doubled => 1.0,
        _ if reading.escapes > 0 => 1.0,
        _ => 0.99,
    };
    delimiter * quote * escape
}
