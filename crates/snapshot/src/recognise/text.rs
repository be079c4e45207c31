//! Text by what stands in it. In doubt it is delimited text: a silly table is seen and taken out, a list that was left
//! aside is missed.

use std::io::Read;

use super::kind::{HEAD, Kind};
use super::script::{Written, written};
use super::{binary, markup, messages, statement};
use crate::text::{Utf8Stream, byte_order_mark, unmarked_wide};

const ORACLE: &str = "a script of Oracle (SQL*Plus, SQL Developer): ask for each table as delimited text";

/// `whole`: nothing follows `head`.
pub(super) fn kind(head: &[u8], whole: bool) -> Kind {
    let wide = byte_order_mark(head).or_else(|| unmarked_wide(head).map(|w| (w, 0)));
    let text = match wide {
        Some((encoding, mark)) => {
            let mut text = Vec::new();
            let _ = Utf8Stream::new(&head[mark..], encoding).read_to_end(&mut text);
            text
        }
        None => head.to_vec(),
    };
    let shown = String::from_utf8_lossy(&text);
    if statement::begins_script(&shown) || is_dump(&shown) {
        return match written(&text) {
            Written::By(script) => Kind::Script(script),
            Written::ByMySql => Kind::Sql,
            Written::ByOracle => Kind::Unread(ORACLE),
        };
    }
    if is_binary(&text) {
        return binary::packed(head, whole).unwrap_or(Kind::Unknown);
    }
    let start = shown.trim_start_matches('\u{feff}').trim_start();
    let what = messages::kind(start)
        .or_else(|| markup::kind(start, whole))
        .or_else(|| settings(&shown))
        .or_else(|| globals(start))
        .or_else(|| is_prose(&shown).then_some("prose, such as a README: there are no columns in it"));
    what.map_or(Kind::Delimited, Kind::Unread)
}

/// Signs that no text has, too many of them. Text in some other encoding than UTF-8 has next to none.
fn is_binary(text: &[u8]) -> bool {
    let is_control = |b: &u8| *b < 9 && *b != 1 || (0x0e..0x1a).contains(b);
    let zeros = text.iter().filter(|b| **b < 9 && **b != 1).count();
    let others = text.iter().filter(|b| is_control(b)).count();
    zeros * 50 > text.len()
        || std::str::from_utf8(text).is_err_and(|e| e.error_len().is_some()) && others * 50 > text.len()
}

/// What a dump says of itself in its first lines, whatever comes after them.
fn is_dump(text: &str) -> bool {
    const DUMPS: [&str; 4] = ["-- MySQL dump", "-- MariaDB dump", "-- phpMyAdmin", "-- PostgreSQL database "];
    text.starts_with(['-', '/', '\u{feff}']) && text.lines().take(4).any(|l| DUMPS.iter().any(|d| l.starts_with(d)))
}

/// `[section]`, then nothing but `key = value`.
fn settings(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text
        .lines()
        .map(|l| l.trim().trim_start_matches('\u{feff}'))
        .filter(|l| !l.is_empty() && !l.starts_with(['#', ';']))
        .collect();
    let section = |l: &str| l.starts_with('[') && l.find(']') == Some(l.len() - 1);
    // The last line may be cut off.
    let whole = lines.len().saturating_sub(usize::from(text.len() >= HEAD));
    let fit = lines.iter().take(whole).all(|l| section(l) || l.contains('='));
    let sound = lines.len() > 1 && section(lines[0]) && fit && lines.iter().any(|l| !section(l));
    sound.then_some("a file of settings")
}

/// A saved MUMPS global: two lines of heading, then references.
fn globals(start: &str) -> Option<&'static str> {
    let lines: Vec<&str> = start.lines().take(12).collect();
    let reference = |l: &&&str| l.starts_with('^') && l.contains('(');
    let many = lines.len() > 3 && lines.iter().skip(2).filter(reference).count() * 3 >= lines.len() - 2;
    many.then_some(
        "globals of a MUMPS system (Caché, IRIS, GT.M): ask for the tables as delimited text, from its SQL side",
    )
}

/// Paragraphs of sentences in which no delimiter keeps its number from line to line.
fn is_prose(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(200).collect();
    let full: Vec<&str> = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let paragraphs = lines.split(|l| l.trim().is_empty()).filter(|p| !p.is_empty()).count();
    if full.len() < 4 || paragraphs < 3 {
        return false;
    }
    let words: usize = full.iter().map(|l| l.split_whitespace().count()).sum();
    let sentences = full.iter().filter(|l| l.ends_with(['.', ':', '!', '?'])).count();
    let steady = [',', ';', '\t', '|', '^', '~'].iter().any(|d| {
        let with = full.iter().filter(|l| l.contains(*d)).count();
        with * 5 >= full.len() * 3
    });
    words >= 5 * full.len() && sentences >= 2 && !steady
}
