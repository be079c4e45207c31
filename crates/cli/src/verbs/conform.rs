use std::path::PathBuf;

use engine::facts::{ConformanceFacts, ConformanceFile};
use engine::project::{DialectChoice, Escape, Here, QuoteChoice};
use engine::{Error, Project, Result};

use crate::Done;
use crate::arguments::{All, DialectFlags, EscapeFlag};
use crate::print::{Grid, count, json, out};
use crate::progress::Bar;

pub fn conformance(
    paths: &[PathBuf],
    flags: &DialectFlags,
    report: Option<PathBuf>,
    at: Option<&str>,
    here: &Here,
    all: &All,
) -> Result<Done> {
    let bar = Bar::new(all.progress);
    let facts = Project::conformance(paths, &choice(flags)?, &bar)?;
    drop(bar);
    if let Some(path) = report {
        let exported = Project::conformance_report(&facts, &path, at, here)?;
        if !all.json {
            out(&format!("{}: {} sheets, {} rows", exported.path, exported.sheets, count(exported.rows)))?;
        }
    }
    if all.json {
        json(&facts)?;
    } else {
        print(&facts)?;
    }
    Ok(if facts.broken == 0 { Done::Well } else { Done::WithWarnings })
}

fn print(facts: &ConformanceFacts) -> Result<()> {
    for file in &facts.files {
        out(&format!("{}: {} records, {}, {}", file.file, count(file.records), file.encoding, file.dialect))?;
        print_broken(file)?;
    }
    for other in &facts.others {
        out(&format!("not checked: {other}"))?;
    }
    Ok(())
}

fn print_broken(file: &ConformanceFile) -> Result<()> {
    let mut grid = Grid::new(&[">rule", "severity", ">places", ">first line", "what the rule says"]);
    let broken: Vec<_> = file.rules.iter().filter(|r| r.broken > 0).collect();
    if broken.is_empty() {
        return out("  keeps all rules");
    }
    for rule in broken {
        let first = file.findings.iter().find(|f| f.rule == rule.rule).map_or(0, |f| f.line);
        let line = if first == 0 { "file".to_owned() } else { count(first) };
        let severity = format!("{:?}", rule.severity).to_lowercase();
        grid.row(vec![rule.rule.to_string(), severity, count(rule.broken), line, rule.text.clone()]);
    }
    grid.print()
}

/// How the files are written, as far as it was said.
pub fn choice(flags: &DialectFlags) -> Result<DialectChoice> {
    let quote = match flags.quote.as_deref() {
        None => None,
        Some("none" | "") => Some(QuoteChoice::None),
        Some(text) => Some(QuoteChoice::Char(character("--quote", text)?)),
    };
    Ok(DialectChoice {
        encoding: flags.encoding.clone(),
        delimiter: flags.delimiter.as_deref().map(|text| character("--delimiter", text)).transpose()?,
        quote,
        escape: flags.escape.map(|escape| match escape {
            EscapeFlag::Doubled => Escape::Doubled,
            EscapeFlag::Backslash => Escape::Backslash,
        }),
        header: flags.header,
        skip: flags.skip,
    })
}

/// A character by its name, its number or itself.
fn character(flag: &str, text: &str) -> Result<char> {
    let named = match text {
        "tab" | "\\t" => Some('\t'),
        "comma" => Some(','),
        "semicolon" => Some(';'),
        "bar" | "pipe" => Some('|'),
        "space" => Some(' '),
        "colon" => Some(':'),
        "double" => Some('"'),
        "single" => Some('\''),
        _ => None,
    };
    let numbered = || char::from_u32(u32::from_str_radix(text.strip_prefix("0x")?, 16).ok()?);
    let mut letters = text.chars();
    let single = || letters.next().filter(|_| letters.next().is_none());
    named.or_else(numbered).or_else(single).ok_or_else(|| {
        Error::refused(format!(
            "{flag} is one character, or its name (tab, comma, semicolon, bar, space) or number (0x1f)"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn characters_by_name_number_and_themselves() {
        for (text, expected) in [
            ("tab", Some('\t')),
            ("\\t", Some('\t')),
            ("bar", Some('|')),
            ("0x1f", Some('\u{1f}')),
            ("0xa6", Some('¦')),
            (";", Some(';')),
            ("þ", Some('þ')),
            ("", None),
            ("||", None),
            ("0xd800", None),
        ] {
            assert_eq!(character("--delimiter", text).ok(), expected, "{text}");
        }
    }
}
