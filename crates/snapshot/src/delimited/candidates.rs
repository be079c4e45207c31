//! The dialects that are tried on a sample.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memchr;

use super::choice::{DialectChoice, QuoteChoice};
use crate::dialect::{Dialect, Escape};

/// The delimiters that most files have, the likeliest first.
pub const USUAL: [&str; 4] = [",", "\t", ";", "|"];
/// Lines that are looked at for other delimiters.
const LINES: usize = 40;
/// Of a line.
const LOOK: usize = 64 << 10;

/// Every dialect that is worth a try; `choice` leaves open what it does not say.
pub fn candidates(sample: &[u8], choice: &DialectChoice, said: Option<&str>) -> Vec<Dialect> {
    let delimiters = match choice.delimiter.as_deref().or(said) {
        Some(one) => vec![one.to_owned()],
        None => delimiters(sample),
    };
    let quotes = match choice.quote {
        Some(QuoteChoice::None) => vec![None],
        Some(QuoteChoice::Char(c)) => vec![Some(c)],
        None if memchr(b'\'', sample).is_some() => vec![Some('"'), Some('\''), None],
        None if memchr(b'"', sample).is_some() => vec![Some('"'), None],
        None => vec![Some('"')],
    };
    let escapes = match choice.escape {
        Some(one) => vec![one],
        None if memchr(b'\\', sample).is_some() => vec![Escape::Doubled, Escape::Backslash],
        None => vec![Escape::Doubled],
    };
    let mut all: Vec<Dialect> = Vec::new();
    for delimiter in delimiters {
        // What makes no difference on the sample is not tried.
        let opened = |quote: char| opens_field(sample, &delimiter, quote);
        let worth_a_try = |quote: Option<char>| match quote {
            _ if choice.quote.is_some() => true,
            Some('"') => true,
            Some(other) => opened(other),
            None => opened('"'),
        };
        for quote in quotes.iter().copied().filter(|q| q.is_none_or(|q| !delimiter.starts_with(q)) && worth_a_try(*q)) {
            for escape in escapes.iter().copied() {
                let escapes = escape == Escape::Doubled || quote.is_some() && escapes_any(sample, &delimiter, quote);
                if escapes || choice.escape.is_some() {
                    all.push(Dialect {
                        delimiter: delimiter.clone(),
                        quote,
                        escape,
                        comment: choice.comment.clone().filter(|sign| !sign.is_empty()),
                        null: choice.null.clone(),
                        crlf_only: choice.crlf_only.unwrap_or(false),
                        blanks: choice.blanks.unwrap_or(false),
                        unnamed: choice.unnamed.unwrap_or_default(),
                        ..Dialect::default()
                    });
                }
            }
        }
    }
    if choice.blanks.is_none() {
        let spaced = all.iter().filter(|d| spaced_quotes(sample, d)).map(|d| Dialect { blanks: true, ..d.clone() });
        all.extend(spaced.collect::<Vec<_>>());
    }
    all
}

/// A quote stands where a field begins, blanks before it or not.
fn opens_field(sample: &[u8], delimiter: &str, quote: char) -> bool {
    memchr::memchr_iter(quote as u8, sample).any(|at| {
        let before = &sample[..at];
        let edge =
            |text: &[u8]| text.last().is_none_or(|b| matches!(b, b'\n' | b'\r')) || text == "\u{feff}".as_bytes();
        edge(before)
            || before.ends_with(delimiter.as_bytes())
            || before.ends_with(b" ") && {
                let blanks = before.iter().rev().take_while(|b| **b == b' ').count();
                let text = &before[..at - blanks];
                edge(text) || text.ends_with(delimiter.as_bytes())
            }
    })
}

/// A backslash stands before what it may escape.
fn escapes_any(sample: &[u8], delimiter: &str, quote: Option<char>) -> bool {
    let mark = delimiter.as_bytes().first();
    memchr::memchr_iter(b'\\', sample).any(|at| {
        let next = sample.get(at + 1);
        matches!(next, Some(b'\\' | b'\n' | b'\r')) || next == mark || next.map(|b| *b as char) == quote
    })
}

/// A delimiter, blanks and a quote stand in a row.
fn spaced_quotes(sample: &[u8], dialect: &Dialect) -> bool {
    let Some(quote) = dialect.quote else { return false };
    let delimiter = dialect.delimiter.as_bytes();
    memchr::memchr_iter(quote as u8, sample).any(|at| {
        let before = &sample[..at];
        let blanks = before.iter().rev().take_while(|b| **b == b' ').count();
        let ahead = if delimiter == b" " { blanks.min(1) } else { 0 };
        blanks > ahead && before[..at - blanks + ahead].ends_with(delimiter)
    })
}

/// The usual delimiters first, then any other mark or run of marks that stands on most early lines: a line may be a part
/// of a value.
fn delimiters(sample: &[u8]) -> Vec<String> {
    let lines = sample.split(|b| matches!(b, b'\n' | b'\r')).filter(|l| !l.is_empty()).take(LINES);
    // In UTF-8 as it is, in other encodings as Windows-1252 has it: the same marks.
    let lines: Vec<String> = lines
        .map(|l| l[..l.len().min(LOOK)].to_vec())
        .map(|l| String::from_utf8(l).unwrap_or_else(|e| encoding_rs::mem::decode_latin1(e.as_bytes()).into_owned()))
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in &lines {
        let mut found: BTreeSet<String> = line.chars().filter(|c| is_mark(*c)).map(String::from).collect();
        found.extend(runs(line));
        for mark in found {
            *counts.entry(mark).or_default() += 1;
        }
    }
    let mut others: Vec<(String, usize)> =
        counts.into_iter().filter(|(mark, n)| *n * 2 > lines.len() && !USUAL.contains(&mark.as_str())).collect();
    // The most lines first; of as many, the longest: `|~|` before `~`.
    others.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.chars().count().cmp(&a.0.chars().count())).then(a.0.cmp(&b.0)));
    others.truncate(14);
    // Those that stand nowhere all read it as one column: one of them is tried.
    let (mut usual, absent): (Vec<&str>, Vec<&str>) =
        USUAL.into_iter().partition(|mark| memchr(mark.as_bytes()[0], sample).is_some());
    usual.extend(absent.first());
    usual.into_iter().map(str::to_owned).chain(others.into_iter().map(|(mark, _)| mark)).collect()
}

/// Runs of two to four marks, such as `||`, `|~|` or `::`; one of a single mark only where it is no more than two long:
/// empty fields make longer ones.
fn runs(line: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut run = String::new();
    for c in line.chars().chain(['\n']) {
        if is_mark(c) && c != ' ' || is_inner(c) {
            run.push(c);
            continue;
        }
        let length = run.chars().count();
        if (2..=4).contains(&length) {
            found.insert(run.clone());
        } else if length > 4 {
            // Empty fields between: the run is its own start over and over.
            for part in 2..=4 {
                let piece: String = run.chars().take(part).collect();
                let again = piece.chars().cycle();
                if length.is_multiple_of(part) && run.chars().zip(again).all(|(a, b)| a == b) {
                    found.insert(piece);
                    break;
                }
            }
        }
        run.clear();
    }
    found.retain(|run| {
        let first = run.chars().next().unwrap_or(' ');
        !run.chars().all(is_inner) && (run.chars().any(|c| c != first) || !matches!(first, ',' | '\t'))
    });
    found
}

/// Marks that stand within a delimiter of several, but are none by themselves.
fn is_inner(c: char) -> bool {
    matches!(c, '<' | '>' | '[' | ']' | '{' | '}' | '*' | '=')
}

fn is_mark(c: char) -> bool {
    match c {
        '\u{fe}' | '\u{de}' | '\u{ff}' | ' ' => true,
        '"' | '\'' | '\\' | '.' | '-' | '_' | '/' | '(' | ')' | '@' | '+' | '\0' | '\u{fffd}' | '[' | ']' | '{'
        | '}' | '<' | '>' | '?' | '=' | '*' | '%' | '$' | '£' | '€' | '\u{2019}' | '\u{2013}' | '\u{b0}' | '\u{a0}' => {
            false
        }
        c => !c.is_alphanumeric(),
    }
}
