//! What a person decides about single files before they are loaded.

use snapshot::delimited::{DialectChoice, Escape, QuoteChoice};
use snapshot::recognise::Kind;
use snapshot::spreadsheet::{OneSheet, SheetChoice};

use crate::error::{Error, Result};
use crate::facts::{FileChoice, QuoteEscape, TreatAs};

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
        delimiter: choice.delimiter,
        quote: choice.quote.as_ref().map(|quote| quote.chars().next().map_or(QuoteChoice::None, QuoteChoice::Char)),
        escape: choice.escape.map(|escape| match escape {
            QuoteEscape::Doubled => Escape::Doubled,
            QuoteEscape::Backslash => Escape::Backslash,
        }),
        header: choice.header,
        skip: choice.skip_lines,
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
            let pattern = glob::Pattern::new(&choice.file).map_err(|e| {
                Error::refused(format!("{} is no pattern of file names: {}; use * and ?", choice.file, e.msg))
            })?;
            Ok((pattern, choice.clone()))
        });
        understood.collect::<Result<_>>().map(Self)
    }

    /// All that is decided about one file.
    pub fn of(&self, name: &str) -> FileChoice {
        let mut all = FileChoice { file: name.to_owned(), ..FileChoice::default() };
        for (pattern, choice) in &self.0 {
            let last = name.rsplit('/').next().unwrap_or(name);
            if choice.file != name && !pattern.matches(name) && !pattern.matches(last) {
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
            all.sheets.extend(choice.sheets);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let said = Choices::new(&[choice("a[", None, false)]).unwrap_err().to_string();
        assert!(said.starts_with("a[ is no pattern"), "{said}");
    }
}
