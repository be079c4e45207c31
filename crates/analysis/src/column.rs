//! A column while its values go by.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::blob::Blobs;
use super::days::Days;
use super::kind::{self, By, Kind, Sureness};
use super::lengths::LengthCounts;
use super::numbers::{self, NumberCounts};
use super::pattern::Patterns;
use super::placeholder;
use super::told::{ColumnAnalysis, KindFound, Placeholder};
use super::variants::VariantCounts;

/// A cell as it is staged.
#[derive(Debug, Clone, Copy)]
pub enum Value<'v> {
    Null,
    Integer(i64),
    Text(&'v str),
    Bytes(&'v [u8]),
}

/// What is known of a column beforehand.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Words of its name, in lower case.
    pub words: Vec<String>,
    /// Of text, in characters, where the type says so.
    pub declared_length: Option<u64>,
    /// Year, month and day from which on a date lies in the future.
    pub today: (u32, u32, u32),
}

/// So many different values wait to be looked at once each, with their number.
const WAITING: usize = 4_096;
/// Longer values do not wait, and only their front is looked at.
const LONG: usize = 512;
const FRONT: usize = 16 << 10;
/// Rows told of each kind.
const EXAMPLES: usize = 5;
/// Kinds of which any row counts are told from the first on; others from this share of what is meant.
const SHARE: f64 = 80.0;

/// Takes in a column, and tells what it holds.
pub struct Analysis {
    about: About,
    waiting: HashMap<Box<str>, (u64, u64), RandomState>,
    rows: u64,
    nulls: u64,
    blanks: u64,
    white_space: u64,
    placeholders: [u64; placeholder::COUNT],
    meant: u64,
    lengths: LengthCounts,
    patterns: Patterns,
    numbers: NumberCounts,
    days: Days,
    kinds: Vec<(u64, Vec<u64>)>,
    blobs: Blobs,
    variants: VariantCounts,
}

impl Analysis {
    pub fn new(about: About) -> Self {
        Self {
            about,
            waiting: HashMap::default(),
            rows: 0,
            nulls: 0,
            blanks: 0,
            white_space: 0,
            placeholders: [0; placeholder::COUNT],
            meant: 0,
            lengths: LengthCounts::default(),
            patterns: Patterns::default(),
            numbers: NumberCounts::default(),
            days: Days::default(),
            kinds: vec![(0, Vec::new()); Kind::ALL.len()],
            blobs: Blobs::default(),
            variants: VariantCounts::default(),
        }
    }

    /// The next row's cell.
    pub fn see(&mut self, value: Value<'_>) {
        self.rows += 1;
        match value {
            Value::Null => self.nulls += 1,
            Value::Integer(number) => self.see_text(&number.to_string()),
            Value::Text(text) => self.see_text(text),
            Value::Bytes([]) => self.blanks += 1,
            Value::Bytes(bytes) => {
                self.meant += 1;
                self.lengths.see(bytes.len() as u64, 1);
                self.blobs.see(bytes, 1);
            }
        }
    }

    fn see_text(&mut self, text: &str) {
        if text.len() > LONG {
            self.look(text, 1, self.rows);
        } else if let Some((count, _)) = self.waiting.get_mut(text) {
            *count += 1;
        } else {
            if self.waiting.len() >= WAITING {
                self.look_at_waiting();
            }
            self.waiting.insert(text.into(), (1, self.rows));
        }
    }

    fn look_at_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut by_row: Vec<(Box<str>, (u64, u64))> = waiting.drain().collect();
        // The first rows of a kind are told, whatever the order of the map.
        by_row.sort_unstable_by_key(|(_, (_, row))| *row);
        for (text, (count, row)) in by_row {
            self.look(&text, count, row);
        }
        self.waiting = waiting;
    }

    fn look(&mut self, text: &str, count: u64, row: u64) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            let blank = text.bytes().all(|b| b == b' ');
            *(if blank { &mut self.blanks } else { &mut self.white_space }) += count;
            return;
        }
        let words = trimmed.chars().filter(|c| c.is_alphabetic()).nth(4).is_some();
        self.lengths.see_text(text.chars().count() as u64, count, words);
        if let Some(which) = placeholder::of(trimmed) {
            self.placeholders[which] += count;
            return;
        }
        self.meant += count;
        self.days.see(trimmed, count, self.about.today);
        self.patterns.see(trimmed, count);
        self.variants.see(text, count);
        if let Some(number) = numbers::read(trimmed) {
            self.numbers.see(number, count);
        }
        let front =
            &trimmed[..(0..=FRONT.min(trimmed.len())).rev().find(|at| trimmed.is_char_boundary(*at)).unwrap_or(0)];
        let found = kind::of(front);
        for (at, (rows, examples)) in self.kinds.iter_mut().enumerate() {
            if found & (1 << at) != 0 {
                *rows += count;
                if examples.len() < EXAMPLES {
                    examples.push(row);
                }
            }
        }
    }

    pub fn conclude(mut self) -> ColumnAnalysis {
        self.look_at_waiting();
        let dates = self.days.conclude();
        let dated = dates.as_ref().is_some_and(|d| d.count * 2 > self.meant);
        let numbers = if dated { None } else { self.numbers.conclude() };
        let numeric = numbers.as_ref().is_some_and(|n| n.count == self.meant);
        let kinds = kinds(&self.about, &self.kinds, self.meant, dated);
        let shaped = kinds.iter().any(|found| found.sureness != Sureness::Possible && found.percent >= SHARE);
        let (patterns, other_patterns) = self.patterns.conclude();
        let placeholders = self.placeholders.iter().enumerate().filter(|(_, count)| **count > 0);
        ColumnAnalysis {
            rows: self.rows,
            nulls: self.nulls,
            blanks: self.blanks,
            white_space: self.white_space,
            placeholders: placeholders
                .map(|(which, count)| Placeholder { written: placeholder::written(which).to_owned(), count: *count })
                .collect(),
            meant: self.meant,
            truncation: self.lengths.truncation(self.about.declared_length).filter(|_| !numeric && !dated && !shaped),
            lengths: self.lengths.conclude(),
            patterns,
            other_patterns,
            numbers,
            dates,
            kinds,
            blobs: self.blobs.conclude(),
            variants: self.variants.conclude(),
        }
    }
}

/// What a column holds, by how many of its rows look like it and by its header.
fn kinds(about: &About, counted: &[(u64, Vec<u64>)], meant: u64, dated: bool) -> Vec<KindFound> {
    let of = |kind: Kind| Kind::ALL.iter().zip(counted).find(|(known, _)| **known == kind).map_or(0, |(_, (n, _))| *n);
    let mut found = Vec::new();
    for (kind, (count, examples)) in Kind::ALL.iter().copied().zip(counted) {
        let plainer = kind.plainer().map_or(0, of);
        // Phones with brackets make those of ten digits beside them phones, too.
        let count = if *count * 10 >= meant { *count + plainer } else { *count };
        let percent = if meant == 0 { 0.0 } else { (count as f64 * 1000.0 / meant as f64).round() / 10.0 };
        let named = kind.words().iter().any(|word| about.words.iter().any(|w| w == word));
        if count == 0 || dated && kind.by() != By::AnyRow {
            continue;
        }
        let Some(sureness) = sureness(kind, (count, percent), named) else { continue };
        let mut evidence = vec![format!("{percent} % of the values that say something look like it")];
        if kind.by() == By::CheckDigit {
            evidence.push("their check digits are right".to_owned());
        }
        if named {
            evidence.push("the name of the column says so".to_owned());
        }
        if kind.by() == By::CommonShape && !named {
            evidence.push("other numbers have the same shape".to_owned());
        }
        let example_rows = examples.clone();
        found.push(KindFound {
            kind,
            label: kind.label().to_owned(),
            count,
            percent,
            sureness,
            evidence,
            example_rows,
        });
    }
    // What is sure makes guesses of the same rows superfluous, and a form beside its plainer one is told once.
    let sure = found.iter().any(|f| f.sureness < Sureness::Possible && f.percent >= SHARE);
    let told: Vec<Kind> = found.iter().filter(|f| f.percent >= SHARE).filter_map(|f| f.kind.plainer()).collect();
    found.retain(|f| (!sure || f.sureness < Sureness::Possible) && !told.contains(&f.kind));
    found.sort_by(|a, b| a.sureness.cmp(&b.sureness).then(b.percent.total_cmp(&a.percent)));
    found
}

fn sureness(kind: Kind, (count, percent): (u64, f64), named: bool) -> Option<Sureness> {
    let enough = percent >= SHARE;
    match kind.by() {
        By::AnyRow => Some(Sureness::Sure),
        // A tenth of all numbers are right by chance: a few rows prove nothing.
        By::CheckDigit if enough && (count >= 5 || named) => Some(Sureness::Sure),
        By::Shape if enough && (named || count >= 20) => Some(Sureness::Sure),
        By::Shape | By::CheckDigit | By::CommonShape if enough && named => Some(Sureness::Likely),
        By::Shape if enough => Some(Sureness::Likely),
        By::CommonShape if percent >= 95.0 && is_telling(kind) && count >= 20 => Some(Sureness::Possible),
        // Some rows of a risk that stands among others.
        By::Shape if kind == Kind::Ssn => Some(Sureness::Likely),
        _ => None,
    }
}

/// Shapes that are worth a guess without a word in the header; small numbers are not.
fn is_telling(kind: Kind) -> bool {
    !matches!(kind, Kind::Cvx | Kind::RxNorm | Kind::HearingThreshold | Kind::Icd9 | Kind::Icd10Plain)
}

#[cfg(test)]
mod tests;
