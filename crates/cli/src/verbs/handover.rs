//! What is typed about a client's files: passwords, and how single files are to be read.

use std::fs;
use std::io::IsTerminal;

use engine::facts::{FileChoice, QuoteEscape, SheetRule, TreatAs, UnnamedColumn};
use engine::project::Secret;
use engine::{Error, Result};

use crate::arguments::Handover;

/// The passwords of the file that holds them, one a line.
pub fn passwords(what: &Handover) -> Result<Vec<Secret>> {
    let Some(path) = &what.password_file else { return Ok(Vec::new()) };
    let said = |source| Error::File { what: "the passwords could not be read", path: path.clone(), source };
    let text = zeroize::Zeroizing::new(fs::read_to_string(path).map_err(said)?);
    let lines = text.trim_start_matches('\u{feff}').lines();
    Ok(lines.filter(|line| !line.is_empty()).map(|line| Secret::new(line.to_owned())).collect())
}

/// Asks on the terminal, without showing what is typed. `None`: there is nobody to ask, or nothing was typed.
pub fn ask(file: &str) -> Option<Secret> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let typed = rpassword::prompt_password(format!("Password of {file}: ")).ok()?;
    (!typed.is_empty()).then(|| Secret::new(typed))
}

/// Asks on the terminal whether to do something. `false` where there is nobody to ask.
pub fn ask_whether(question: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("{question} [y/N] ");
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed).is_ok() && matches!(typed.trim(), "y" | "Y" | "yes")
}

/// What is decided about files, an option a choice.
pub fn choices(what: &Handover) -> Result<Vec<FileChoice>> {
    let mut all = Vec::new();
    let mut add = |file: &str, set: &dyn Fn(&mut FileChoice)| {
        let mut choice = FileChoice { file: file.to_owned(), ..FileChoice::default() };
        set(&mut choice);
        all.push(choice);
    };
    for files in &what.leave {
        add(files, &|c| c.skip = true);
    }
    for given in &what.treat {
        let (files, kind) = apart(given);
        let kind = match kind {
            "sql" => TreatAs::Sql,
            "delimited" => TreatAs::Delimited,
            _ => return wrong("--treat", given, "FILES=sql or FILES=delimited"),
        };
        add(files, &|c| c.treat_as = Some(kind));
    }
    for given in &what.delimiter {
        let (files, text) = apart(given);
        let delimiter = character(text).map_or_else(|| text.to_owned(), String::from);
        add(files, &|c| c.delimiter = Some(delimiter.clone()));
    }
    for given in &what.quote {
        let (files, text) = apart(given);
        let quote = match (text, character(text)) {
            ("none", _) => String::new(),
            (_, Some(quote)) => quote.to_string(),
            _ => return wrong("--quote", given, "one character, or none; FILES=… for some files only"),
        };
        add(files, &|c| c.quote = Some(quote.clone()));
    }
    for given in &what.escape {
        let (files, text) = apart(given);
        let escape = match text {
            "doubled" => QuoteEscape::Doubled,
            "backslash" => QuoteEscape::Backslash,
            "backslash-letters" => QuoteEscape::BackslashLetters,
            _ => {
                let wanted = "doubled, backslash or backslash-letters; FILES=… for some files only";
                return wrong("--escape", given, wanted);
            }
        };
        add(files, &|c| c.escape = Some(escape));
    }
    for given in &what.encoding {
        let (files, label) = apart(given);
        add(files, &|c| c.encoding = Some(label.to_owned()));
    }
    for (files, header) in what.header.iter().map(|f| (f, true)).chain(what.no_header.iter().map(|f| (f, false))) {
        add(files, &|c| c.header = Some(header));
    }
    for given in &what.skip_lines {
        let (files, text) = apart(given);
        let Ok(lines) = text.parse() else {
            return wrong("--skip-lines", given, "a number of lines; FILES=… for some files only");
        };
        add(files, &|c| c.skip_lines = Some(lines));
    }
    for given in &what.comment {
        let (files, text) = apart(given);
        let sign = if text == "none" { "" } else { text };
        add(files, &|c| c.comment = Some(sign.to_owned()));
    }
    for given in &what.null {
        let (files, text) = apart(given);
        let mark = if text == "none" { "" } else { text };
        add(files, &|c| c.null = Some(mark.to_owned()));
    }
    for given in &what.record_end {
        let (files, text) = apart(given);
        let only = match text {
            "crlf" => true,
            "any" => false,
            _ => return wrong("--record-end", given, "crlf or any; FILES=… for some files only"),
        };
        add(files, &|c| c.crlf_only = Some(only));
    }
    for given in &what.unnamed {
        let (files, text) = apart(given);
        let which = match text {
            "first" => UnnamedColumn::First,
            "last" => UnnamedColumn::Last,
            _ => return wrong("--unnamed", given, "first or last; FILES=… for some files only"),
        };
        add(files, &|c| c.unnamed = Some(which));
    }
    for given in &what.sheet {
        let Some((files, rule)) = sheet(given) else {
            return wrong("--sheet", given, "FILE:SHEET=header:ROW, FILE:SHEET=range:A5:K200 or FILE:SHEET=skip");
        };
        add(files, &|c| c.sheets.push(rule.clone()));
    }
    Ok(all)
}

/// The options that make the one choice of the other, as they are typed.
pub fn options(taken: &FileChoice, wanted: &FileChoice) -> String {
    let mut all = Vec::new();
    let mut say = |differs: bool, option: String| {
        if differs {
            all.push(option);
        }
    };
    let of = |name: &str, value: &str| format!("--{name} '{}={value}'", wanted.file);
    let text = |value: &Option<String>| value.clone().filter(|v| !v.is_empty()).unwrap_or_else(|| "none".to_owned());
    let delimiter = wanted.delimiter.clone().unwrap_or_default();
    let delimiter = if delimiter == "\t" { "tab".to_owned() } else { delimiter };
    say(taken.delimiter != wanted.delimiter, of("delimiter", &delimiter));
    say(taken.quote != wanted.quote, of("quote", &text(&wanted.quote).replace('\'', "0x27")));
    let escape = match wanted.escape {
        Some(QuoteEscape::Backslash) => "backslash",
        Some(QuoteEscape::BackslashLetters) => "backslash-letters",
        _ => "doubled",
    };
    say(taken.escape != wanted.escape, of("escape", escape));
    say(taken.null != wanted.null, of("null", &text(&wanted.null)));
    say(taken.comment != wanted.comment, of("comment", &text(&wanted.comment)));
    let ends = if wanted.crlf_only == Some(true) { "crlf" } else { "any" };
    say(taken.crlf_only != wanted.crlf_only, of("record-end", ends));
    let unnamed = if wanted.unnamed == Some(UnnamedColumn::First) { "first" } else { "last" };
    say(taken.unnamed != wanted.unnamed, of("unnamed", unnamed));
    let header = if wanted.header == Some(true) { "--header" } else { "--no-header" };
    say(taken.header != wanted.header, format!("{header}='{}'", wanted.file));
    say(wanted.encoding.is_some(), of("encoding", wanted.encoding.as_deref().unwrap_or_default()));
    all.join(" ")
}

fn wrong<T>(option: &str, given: &str, wanted: &str) -> Result<T> {
    Err(Error::refused(format!("{option} {given} is not understood: give {wanted}")))
}

/// Files and what is said of them; without files it is said of all. The last `=` parts them, so that `hr.csv==` says
/// that fields are parted by one.
fn apart(given: &str) -> (&str, &str) {
    let last = given.char_indices().next_back().map_or(0, |(at, _)| at);
    match given[..last].rsplit_once('=') {
        Some((files, _)) => (files, &given[files.len() + 1..]),
        None => ("*", given),
    }
}

fn character(text: &str) -> Option<char> {
    let named = match text {
        "tab" | "\\t" => '\t',
        "space" => ' ',
        "comma" => ',',
        "semicolon" => ';',
        "pipe" | "bar" => '|',
        _ if text.starts_with("0x") && text.len() > 2 => {
            return char::from_u32(u32::from_str_radix(&text[2..], 16).ok()?);
        }
        _ => {
            let mut chars = text.chars();
            return chars.next().filter(|_| chars.next().is_none());
        }
    };
    Some(named)
}

/// `FILE:SHEET=WHAT`.
fn sheet(given: &str) -> Option<(&str, SheetRule)> {
    let (place, rule) = given.split_once('=')?;
    let (files, sheet) = place.rsplit_once(':')?;
    let mut found = SheetRule { sheet: sheet.to_owned(), ..SheetRule::default() };
    match rule.split_once(':') {
        None if rule == "skip" => found.skip = true,
        Some(("header", row)) => found.header_row = Some(row.parse().ok()?),
        Some(("range", cells)) => found.range = Some(cells.to_owned()),
        _ => return None,
    }
    Some((files, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_before_the_last_equals_sign() {
        for (given, expected) in [
            (";", ("*", ";")),
            ("=", ("*", "=")),
            ("hr*.csv=;", ("hr*.csv", ";")),
            ("hr.csv==", ("hr.csv", "=")),
            ("a=b.csv=tab", ("a=b.csv", "tab")),
            ("windows-1252", ("*", "windows-1252")),
        ] {
            assert_eq!(apart(given), expected, "{given}");
        }
    }

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
            assert_eq!(character(text), expected, "{text}");
        }
    }

    #[test]
    fn sheets() {
        let rule = |given| sheet(given).map(|(files, rule)| (files.to_owned(), rule));
        let header = SheetRule { sheet: "Jan 1".into(), header_row: Some(4), ..SheetRule::default() };
        assert_eq!(rule("hr.xlsx:Jan 1=header:4"), Some(("hr.xlsx".to_owned(), header)));
        let range = SheetRule { sheet: "S".into(), range: Some("A5:K200".into()), ..SheetRule::default() };
        assert_eq!(rule("hr.xlsx:S=range:A5:K200"), Some(("hr.xlsx".to_owned(), range)));
        assert!(rule("hr.xlsx:S=skip").unwrap().1.skip);
        assert_eq!((rule("hr.xlsx=header:4"), rule("hr.xlsx:S=header:x")), (None, None));
    }
}
