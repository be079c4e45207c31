//! Where a guess could be otherwise: the readings that come near, and what a person is told of them.

use super::candidates::USUAL;
use super::choice::DialectChoice;
use super::evidence::Tried;
use super::sample::usual_width;
use crate::dialect::{Dialect, Escape, Unnamed, character, characters};
use crate::text::Wide;

/// A reading that divides the fields otherwise and comes so near to the best is a close call.
const CLOSE: f64 = 0.9;
/// Of few records little can be said.
const CLOSE_OF_FEW: f64 = 0.8;
const FEW: usize = 3;
/// A reading that takes other marks for quotes must come nearer.
const CLOSE_QUOTES: f64 = 0.96;
/// A reading below this fits so badly that any other near it is worth a look.
const POOR: f64 = 0.5;
/// Readings that are told of.
const TOLD: usize = 4;
/// Records by which two readings are told apart.
const COMPARED: usize = 300;

/// What could be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Another reading is nearly as good.
    Close { other: Box<Considered> },
    /// Nothing tells whether the first record gives names.
    Header { taken: bool },
    /// The header has another number of names than the records have fields.
    Width { names: usize, fields: usize, unnamed: Unnamed },
    /// Backslash codes are undone.
    Letters,
    /// Read as one column, though a delimiter stands on many lines.
    OneColumn { delimiter: String },
    /// Read as one column, though blanks line its text up in columns.
    LinedUp { columns: usize },
    /// Few bytes decided the encoding.
    Encoding { name: &'static str, bytes: u64 },
}

impl Doubt {
    /// The other reading; `None` where it is among those considered already, or has no dialect of its own.
    pub fn other(&self, taken: &Dialect, width: usize) -> Option<Considered> {
        let (dialect, reason, width) = match self {
            Self::Header { taken: header } => {
                let reason = if *header { "the first record is data" } else { "the first record gives the names" };
                (Dialect { header: !header, ..taken.clone() }, reason, width)
            }
            Self::Width { unnamed, .. } => {
                let (unnamed, reason) = match unnamed {
                    Unnamed::First => (Unnamed::Last, "the last column is the one without a name"),
                    Unnamed::Last => (Unnamed::First, "the first column is the one without a name"),
                };
                (Dialect { unnamed, ..taken.clone() }, reason, width)
            }
            Self::Letters => {
                let dialect = Dialect { escape: Escape::Doubled, null: Some(String::new()), ..taken.clone() };
                (dialect, "backslashes are text", width)
            }
            Self::Close { .. } | Self::OneColumn { .. } | Self::LinedUp { .. } | Self::Encoding { .. } => return None,
        };
        Some(Considered { dialect, encoding: None, width, score: 0, reasons: vec![reason.to_owned()] })
    }

    /// What a person is told.
    pub fn sentence(&self, taken: &Dialect, width: usize) -> String {
        let parted = |dialect: &Dialect, width: usize| match width {
            1 => "as one column".to_owned(),
            n => format!("divided by {} into {n} columns", characters(&dialect.delimiter)),
        };
        match self {
            Self::Close { other } => {
                let marks = if other.dialect.quote == taken.quote {
                    String::new()
                } else {
                    format!(" with {}", quotes(&other.dialect))
                };
                format!(
                    "read {} with {}; read {}{marks} it fits nearly as well. Compare both readings and say which is right",
                    parted(taken, width),
                    quotes(taken),
                    parted(&other.dialect, other.width),
                )
            }
            Self::Header { taken: true } => {
                "the first record was taken for the names of the columns, but it may be data. \
                 See whether the names fit; if not, say that the file has no header"
                    .to_owned()
            }
            Self::Header { taken: false } => "the first record was taken for data, but it may give the names of the \
                 columns. See whether it fits; if it does not, say that the file has a header"
                .to_owned(),
            Self::Width { names, fields, unnamed } => {
                let s = if *names == 1 { "" } else { "s" };
                let which = match unnamed {
                    Unnamed::Last => {
                        "The names were given to the first columns; say if the first column is the one without"
                    }
                    Unnamed::First => {
                        "The first column counts the rows and was taken for the one without a name; say if it is the last"
                    }
                };
                format!("the header has {names} name{s}, the records have {fields} fields. {which}")
            }
            Self::Letters => {
                "backslash codes such as \\n and \\N were undone, as PostgreSQL and MySQL write them. If they \
                 are text, say that a backslash escapes nothing"
                    .to_owned()
            }
            Self::OneColumn { delimiter } => format!(
                "read as one column, but {} stands on most lines. If it divides them into columns, say so",
                characters(delimiter)
            ),
            Self::LinedUp { columns } => format!(
                "read as one column, but blanks line its text up in {columns} columns. Columns of a fixed width are \
                 not divided: ask for this file with a delimiter, or say that a blank is one"
            ),
            Self::Encoding { name, bytes } => {
                let s = if *bytes == 1 { "" } else { "s" };
                format!(
                    "read as {name}, which {bytes} byte{s} beyond ASCII decided. See whether accents and signs are \
                     right; if not, say which encoding it is"
                )
            }
        }
    }
}

fn quotes(dialect: &Dialect) -> String {
    dialect.quote.map_or("no quotes".to_owned(), |q| format!("{} for quotes", character(q)))
}

/// One way to read the file that was considered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    pub dialect: Dialect,
    /// Where it is another than the one taken.
    pub encoding: Option<Wide>,
    /// Fields of most records.
    pub width: usize,
    /// In thousandths of what a perfect reading gets.
    pub score: u32,
    pub reasons: Vec<String>,
}

/// The readings that differ, the best first, and whether the second comes too near.
pub fn ways(tried: &[Tried], choice: &DialectChoice) -> (Vec<Considered>, Vec<Doubt>) {
    let mut told: Vec<&Tried> = Vec::new();
    for t in tried {
        if told.len() < TOLD && told.iter().all(|other| differing(other, t) > 0.0) {
            told.push(t);
        }
    }
    let all = told.iter().map(|t| considered(t)).collect();
    let mut doubts = Vec::new();
    if let [best, ..] = told[..] {
        // Of several near ones, the one that divides otherwise is the one to tell of.
        let near = told[1..].iter().find(|other| comes_near(best, other));
        doubts.extend(near.map(|other| Doubt::Close { other: Box::new(considered(other)) }));
    }
    if let Some(best) = tried.first().filter(|best| best.evidence.usual == 1 && choice.delimiter.is_none()) {
        doubts.extend(one_column(best, tried).or_else(|| lined_up(best)));
    }
    (all, doubts)
}

fn comes_near(best: &Tried, other: &Tried) -> bool {
    let ratio = other.evidence.score / best.evidence.score;
    if best.dialect.delimiter != other.dialect.delimiter && (best.evidence.usual > 1 || other.evidence.usual > 1) {
        return ratio > if best.evidence.records < FEW { CLOSE_OF_FEW } else { CLOSE };
    }
    // What the quotes of the other reading leave over is rejected, and told row by row.
    let other_quotes = other.dialect.quote.is_some() && other.dialect.quote != best.dialect.quote;
    let fits = best.evidence.score < POOR || other.evidence.flaws == 0 && other.reading.quoted > 0;
    other_quotes && fits && ratio > CLOSE_QUOTES
}

/// A delimiter that stands on most lines of what is read as one column.
fn one_column(best: &Tried, tried: &[Tried]) -> Option<Doubt> {
    let records = &best.reading.records;
    let stands = |t: &&Tried| {
        let delimiter = t.dialect.delimiter.as_bytes();
        let holds = |text: &[u8]| {
            memchr::memmem::find_iter(text, delimiter).any(|at| {
                // In prose a blank follows.
                delimiter == b"\t" || text.get(at + delimiter.len()).is_some_and(|b| *b != b' ')
            })
        };
        USUAL.contains(&t.dialect.delimiter.as_str())
            && records.iter().filter(|r| r.iter().any(|f| !f.quoted && holds(&f.text))).count() * 2 > records.len()
    };
    let found = tried.iter().find(stands)?;
    Some(Doubt::OneColumn { delimiter: found.dialect.delimiter.clone() })
}

/// Most lines fall into as many pieces, three at least, with several blanks between.
fn lined_up(best: &Tried) -> Option<Doubt> {
    let records = &best.reading.records;
    let pieces = |text: &[u8]| {
        let text = str::from_utf8(text).unwrap_or_default().trim();
        text.split("  ").filter(|piece| !piece.trim().is_empty()).count()
    };
    let counts = records.iter().take(COMPARED).map(|r| r.first().map_or(0, |f| pieces(&f.text)));
    let (columns, often) = usual_width(counts);
    let all = records.len().min(COMPARED);
    (columns > 2 && often > 2 && often * 2 > all).then_some(Doubt::LinedUp { columns })
}

/// The share of the records that two readings give differently.
fn differing(a: &Tried, b: &Tried) -> f64 {
    let (a, b) = (&a.reading.records, &b.reading.records);
    let all = a.len().max(b.len()).min(COMPARED);
    let same = a
        .iter()
        .zip(b)
        .take(COMPARED)
        .filter(|(a, b)| a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.text == b.text));
    1.0 - same.count() as f64 / all.max(1) as f64
}

fn considered(tried: &Tried) -> Considered {
    Considered {
        dialect: tried.dialect.clone(),
        encoding: None,
        width: tried.evidence.usual,
        score: (tried.evidence.score * 1000.0).round() as u32,
        reasons: tried.evidence.reasons(),
    }
}
