//! Text by what stands in it. In doubt it is delimited text: a silly table is seen and taken out, a list that was left
//! aside is missed.

use std::io::Read;

use super::{HEAD, Kind, script};
use crate::text::{Utf8Stream, byte_order_mark, unmarked_wide};

pub(super) fn kind(head: &[u8]) -> Kind {
    let wide = byte_order_mark(head).or_else(|| unmarked_wide(head).map(|w| (w, 0)));
    let text = match wide {
        Some((encoding, mark)) => {
            let mut text = Vec::new();
            let _ = Utf8Stream::new(&head[mark..], encoding).read_to_end(&mut text);
            text
        }
        None => head.to_vec(),
    };
    let control = text.iter().filter(|b| **b < 9 && **b != 1).count();
    if let Some(script) = script::script(&text) {
        return Kind::Script(script);
    }
    let text = String::from_utf8_lossy(&text);
    if looks_like_sql(&text) {
        return Kind::Sql;
    }
    if control * 50 > text.len() {
        return Kind::Unknown;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    match marked(start).or_else(|| markup(start)).or_else(|| settings(&text)).or_else(|| globals(start)) {
        Some(what) => Kind::Unread(what),
        None if is_prose(&text) => Kind::Unread("prose, such as a README: there are no columns in it"),
        None => Kind::Delimited,
    }
}

/// Texts that say at once what they are.
fn marked(start: &str) -> Option<&'static str> {
    const MARKS: [(&str, &str); 15] = [
        ("MSH|", HL7),
        ("FHS|", HL7),
        ("BHS|", HL7),
        ("\u{b}MSH|", HL7),
        ("ISA*0", "X12 (EDI) transactions: ask for the tables behind them"),
        ("BEGIN:VCARD", "address cards: ask for them as delimited text"),
        ("BEGIN:VCALENDAR", "a calendar: ask for it as delimited text"),
        ("#!/", "a shell script"),
        ("@echo off", "a batch file"),
        ("@ECHO OFF", "a batch file"),
        ("-----BEGIN PGP", "encrypted or signed: ask whoever holds the key to decrypt it, and load what comes out"),
        ("-----BEGIN ", "a certificate or key"),
        ("Windows Registry Editor", "a part of a Windows registry"),
        ("%!PS", "a PostScript document"),
        ("MIME-Version: ", "a mail or saved web page: save what is attached to it"),
    ];
    const HL7: &str = "HL7 v2 messages: ask for the tables behind them, as a dump or as delimited text";
    MARKS.iter().find(|(mark, _)| start.starts_with(mark)).map(|(_, what)| *what)
}

fn markup(start: &str) -> Option<&'static str> {
    let lower = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let after = |open: &str| lower.strip_prefix(open).map(str::trim_start);
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.starts_with("<table") {
        return Some("a web page, perhaps called .xls: open it in Excel and save it as .xlsx");
    }
    if lower.starts_with("<?xml") || lower.starts_with("<!doctype") || lower.starts_with("<!--") {
        return Some(if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "an Excel 2003 XML workbook: open it in Excel and save it as .xlsx"
        } else if lower.contains("<html") {
            "a web page, perhaps called .xls: open it in Excel and save it as .xlsx"
        } else if lower.contains("clinicaldocument") {
            "a clinical document (CDA): ask for the tables behind it"
        } else if lower.contains("mysqldump") || lower.contains("pma_xml_export") {
            "a database dump as XML: ask for one as SQL"
        } else {
            "an XML document: ask for the tables in it as delimited text"
        });
    }
    let json = after("{").is_some_and(|r| r.starts_with(['"', '}']) && r.contains(':'))
        || after("[").is_some_and(|r| r.starts_with('{'));
    json.then_some("JSON: ask for the tables in it as delimited text")
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

/// Behind its comments, the text begins as a statement does.
fn looks_like_sql(text: &str) -> bool {
    const OPENERS: [&str; 27] = [
        "create table",
        "create database",
        "create schema",
        "create definer",
        "create algorithm",
        "create sequence",
        "create view",
        "create or replace",
        "create procedure",
        "create function",
        "create trigger",
        "create temporary",
        "drop view",
        "rename table",
        "truncate table",
        "insert into",
        "insert ignore",
        "replace into",
        "drop table",
        "drop database",
        "set ",
        "use ",
        "lock tables",
        "alter table",
        "start transaction",
        "delimiter ",
        "begin;",
    ];
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if rest.starts_with("-- ") || rest.starts_with("--\n") || rest.starts_with("--\r") {
            if ["-- MySQL dump", "-- MariaDB dump", "-- phpMyAdmin"].iter().any(|h| rest.starts_with(h)) {
                return true;
            }
            rest.split_once('\n').map(|(_, r)| r)
        } else if rest.starts_with('#') || rest.starts_with("mysqldump: ") || rest.starts_with("mariadb-dump: ") {
            rest.split_once('\n').map(|(_, r)| r)
        } else if rest.starts_with("/*M!999999") || rest.starts_with("/*!999999") {
            rest.split_once("*/").map(|(_, r)| r)
        } else if let Some(open) = rest.strip_prefix("/*!").or(rest.strip_prefix("/*M!")) {
            Some(open.trim_start_matches(|c: char| c.is_ascii_digit() || c == '\\' || c == '-'))
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, r)| r)
        } else {
            let start: String = rest.chars().take(24).collect::<String>().to_ascii_lowercase();
            let start = start.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
            return OPENERS.iter().any(|o| start.starts_with(o));
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
}
