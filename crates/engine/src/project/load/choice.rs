//! What a person decides about single files before they are loaded.

use snapshot::delimited::{Dialect, DialectChoice, Escape, QuoteChoice, Unnamed};
use snapshot::mysqldump::RowChoice;
use snapshot::recognise::Kind;
use snapshot::spreadsheet::{OneSheet, SheetChoice};
use snapshot::text::Wide;

use crate::error::{Error, Result};
use crate::facts::{FileChoice, QuoteEscape, TreatAs, UnnamedColumn};

pub(super) fn kind(treat_as: TreatAs) -> Kind {
    match treat_as {
        TreatAs::Sql => Kind::Sql,
        TreatAs::Delimited => Kind::Delimited,
    }
}

/// What is said of a file's dialect, as its reader takes it.
pub(in crate::project) fn dialect(choice: &FileChoice) -> DialectChoice {
    DialectChoice {
        encoding: choice.encoding.clone(),
        delimiter: choice.delimiter.clone(),
        quote: choice.quote.as_ref().map(|quote| quote.chars().next().map_or(QuoteChoice::None, QuoteChoice::Char)),
        escape: choice.escape.map(|escape| match escape {
            QuoteEscape::Doubled => Escape::Doubled,
            QuoteEscape::Backslash => Escape::Backslash,
            QuoteEscape::BackslashLetters => Escape::Letters,
        }),
        header: choice.header,
        skip: choice.skip_lines,
        comment: choice.comment.clone(),
        null: choice.null.clone(),
        crlf_only: choice.crlf_only,
        blanks: choice.blanks_around_quotes,
        unnamed: choice.unnamed.map(|which| match which {
            UnnamedColumn::First => Unnamed::First,
            UnnamedColumn::Last => Unnamed::Last,
        }),
    }
}

/// What is decided for a file to be read so, whatever is recognised.
pub(super) fn of_reading(file: &str, dialect: &Dialect, encoding: &str) -> FileChoice {
    FileChoice {
        file: file.to_owned(),
        exact: true,
        encoding: Some(encoding.to_owned()),
        delimiter: Some(dialect.delimiter.clone()),
        quote: Some(dialect.quote.map_or(String::new(), String::from)),
        escape: Some(match dialect.escape {
            Escape::Doubled => QuoteEscape::Doubled,
            Escape::Backslash => QuoteEscape::Backslash,
            Escape::Letters => QuoteEscape::BackslashLetters,
        }),
        header: Some(dialect.header),
        skip_lines: Some(dialect.skip),
        comment: Some(dialect.comment.clone().unwrap_or_default()),
        null: dialect.null.clone(),
        crlf_only: Some(dialect.crlf_only),
        blanks_around_quotes: Some(dialect.blanks),
        unnamed: Some(match dialect.unnamed {
            Unnamed::First => UnnamedColumn::First,
            Unnamed::Last => UnnamedColumn::Last,
        }),
        ..FileChoice::default()
    }
}

/// What is said of a file of rows beside its script, or of one that a dump's account names.
pub(super) fn rows(choice: &FileChoice) -> RowChoice {
    let bytes = |text: &Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
    let header = u64::from(choice.header == Some(true));
    RowChoice {
        field_end: bytes(&choice.delimiter),
        enclosed: choice.quote.as_ref().map(|quote| quote.bytes().next()),
        escape: choice.escape.map(|escape| (escape != QuoteEscape::Doubled).then_some(b'\\')),
        line_end: choice.crlf_only.and_then(|only| only.then(|| b"\r\n".to_vec())),
        skip: (choice.skip_lines.is_some() || choice.header.is_some()).then(|| choice.skip_lines.unwrap_or(0) + header),
        null: bytes(&choice.null).filter(|null| !null.is_empty()),
        comment: bytes(&choice.comment).filter(|sign| !sign.is_empty()),
        encoding: choice.encoding.as_deref().and_then(Wide::labelled),
    }
}

pub(super) fn sheets(choice: &FileChoice) -> SheetChoice {
    let one = |rule: &crate::facts::SheetRule| OneSheet {
        sheet: rule.sheet.clone(),
        header_row: rule.header_row,
        skip: rule.skip,
        range: rule.range.clone(),
    };
    SheetChoice { sheets: choice.sheets.iter().map(one).collect() }
}

/// Choices with their patterns understood.
#[derive(Debug, Default)]
pub(super) struct Choices(Vec<(glob::Pattern, FileChoice)>);

impl Choices {
    pub fn new(choices: &[FileChoice]) -> Result<Self> {
        let understood = choices.iter().map(|choice| {
            dialect(choice).check().map_err(|e| Error::refused(e.to_string()))?;
            if choice.exact {
                return Ok((glob::Pattern::default(), choice.clone()));
            }
            let pattern = glob::Pattern::new(&choice.file).map_err(|e| {
                Error::refused(format!("{} is no pattern of file names: {}; use * and ?", choice.file, e.msg))
            })?;
            Ok((pattern, choice.clone()))
        });
        understood.collect::<Result<_>>().map(Self)
    }

    /// Refuses a decision that fits no file: it would decide nothing, and nobody would hear of it. `delimited` and
    /// `others` are the names of the files there are.
    pub fn all_fit(&self, delimited: &[&str], others: &[&str]) -> Result<()> {
        for (pattern, choice) in &self.0 {
            let any = |names: &[&str]| names.iter().any(|name| fits(pattern, choice, name));
            let named = if choice.file == "*" { String::new() } else { format!(" named {}", choice.file) };
            if says_dialect(choice) && !any(delimited) {
                return Err(Error::refused(format!(
                    "there is no delimited text{named} here, so what was said of its delimiter, quotes, header, encoding \
                     and the like decides nothing: check the name of the file, or leave the option out"
                )));
            }
            if !any(delimited) && !any(others) {
                return Err(Error::refused(format!(
                    "there is no file{named} here, so what was said of it decides nothing: check the name"
                )));
            }
        }
        Ok(())
    }

    /// Those that speak of sheets.
    pub fn of_sheets(&self) -> impl Iterator<Item = &FileChoice> {
        self.0.iter().map(|(_, choice)| choice).filter(|choice| !choice.sheets.is_empty())
    }

    /// Whether a choice is about a file of this name.
    pub fn is_about(choice: &FileChoice, name: &str) -> bool {
        glob::Pattern::new(&choice.file).is_ok_and(|pattern| fits(&pattern, choice, name))
    }

    /// All that is decided about one file.
    pub fn of(&self, name: &str) -> FileChoice {
        let mut all = FileChoice { file: name.to_owned(), ..FileChoice::default() };
        for (pattern, choice) in &self.0 {
            if !fits(pattern, choice, name) {
                continue;
            }
            let choice = choice.clone();
            all.treat_as = choice.treat_as.or(all.treat_as);
            all.skip |= choice.skip;
            all.encoding = choice.encoding.or(all.encoding);
            all.delimiter = choice.delimiter.or(all.delimiter);
            all.quote = choice.quote.or(all.quote);
            all.escape = choice.escape.or(all.escape);
            all.header = choice.header.or(all.header);
            all.skip_lines = choice.skip_lines.or(all.skip_lines);
            all.comment = choice.comment.or(all.comment);
            all.null = choice.null.or(all.null);
            all.crlf_only = choice.crlf_only.or(all.crlf_only);
            all.blanks_around_quotes = choice.blanks_around_quotes.or(all.blanks_around_quotes);
            all.unnamed = choice.unnamed.or(all.unnamed);
            all.sheets.extend(choice.sheets);
        }
        all
    }
}

fn fits(pattern: &glob::Pattern, choice: &FileChoice, name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    choice.file == name || !choice.exact && (pattern.matches(name) || pattern.matches(last))
}

/// Whether it decides how delimited text is written.
fn says_dialect(choice: &FileChoice) -> bool {
    let silent = FileChoice {
        file: choice.file.clone(),
        exact: choice.exact,
        treat_as: choice.treat_as,
        skip: choice.skip,
        sheets: choice.sheets.clone(),
        ..FileChoice::default()
    };
    *choice != silent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_of_one_file_is_not_that_of_its_namesakes() {
        let choice = |file: &str| FileChoice { file: file.into(), exact: true, skip: true, ..FileChoice::default() };
        let choices = Choices::new(&[choice("a.csv"), choice("notes[1.csv"), choice("b*.csv")]).unwrap();
        for (name, skip) in
            [("a.csv", true), ("old/a.csv", false), ("notes[1.csv", true), ("b*.csv", true), ("bc.csv", false)]
        {
            assert_eq!(choices.of(name).skip, skip, "{name}");
        }
        assert!(choices.all_fit(&["old/a.csv"], &[]).is_err());
    }

    #[test]
    fn the_last_that_fits_counts() {
        let choice =
            |file: &str, treat_as, skip| FileChoice { file: file.into(), treat_as, skip, ..FileChoice::default() };
        let choices = Choices::new(&[
            choice("*.txt", Some(TreatAs::Delimited), false),
            choice("hr/notes.txt", Some(TreatAs::Sql), false),
            choice("tmp*", None, true),
        ])
        .unwrap();
        for (name, kind, skip) in [
            ("a.csv", None, false),
            ("hr/a.txt", Some(TreatAs::Delimited), false),
            ("hr/notes.txt", Some(TreatAs::Sql), false),
            ("hr.zip/tmp1.txt", Some(TreatAs::Delimited), true),
        ] {
            let all = choices.of(name);
            assert_eq!((all.treat_as, all.skip), (kind, skip), "{name}");
        }
        assert!(choices.all_fit(&["a.txt", "hr/notes.txt"], &["tmp1"]).is_ok());
        let said = choices.all_fit(&["a.txt", "hr/notes.txt"], &["b.sql"]).unwrap_err().to_string();
        assert!(said.starts_with("there is no file named tmp*"), "{said}");
        let dialect = FileChoice { file: "*.csv".into(), header: Some(true), ..FileChoice::default() };
        let said = Choices::new(&[dialect]).unwrap().all_fit(&["a.txt"], &["b.csv"]).unwrap_err().to_string();
        assert!(said.starts_with("there is no delimited text named *.csv"), "{said}");
        let said = Choices::new(&[choice("a[", None, false)]).unwrap_err().to_string();
        assert!(said.starts_with("a[ is no pattern"), "{said}");
    }
}
