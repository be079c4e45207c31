//! What a person says of sheets must be about sheets that are there.

use std::sync::Arc;

use snapshot::recognise::Kind;

use super::choice::Choices;
use super::input::Input;
use super::streams;
use crate::error::{Error, Result};

/// Names listed one by one.
const NAMED: usize = 20;

/// Refuses what is said of a workbook or a sheet that nobody handed over, and lists those that are there.
pub fn fit(choices: &Choices, files: &[Input]) -> Result<()> {
    let workbooks: Vec<&Input> = files.iter().filter(|file| file.kind == Kind::Spreadsheet).collect();
    for choice in choices.of_sheets() {
        let meant: Vec<&Input> = workbooks.iter().copied().filter(|w| Choices::is_about(choice, &w.name)).collect();
        if meant.is_empty() {
            let there = listed(workbooks.iter().map(|w| w.name.clone()).collect(), "no workbook");
            let rule = &choice.sheets[0].sheet;
            let text = format!("no workbook fits {}, of which sheet {rule} is spoken: there is {there}", choice.file);
            return Err(Error::refused(text));
        }
        // What cannot be opened says why when it is read.
        let sheets = |w: &Input| streams::workbook(w, &Arc::default()).map(|book| book.sheets()).unwrap_or_default();
        let there: Vec<String> = meant.iter().flat_map(|w| sheets(w)).collect();
        let is_there = |name: &str| there.iter().any(|t| t.to_lowercase() == name.to_lowercase());
        if let Some(rule) = choice.sheets.iter().find(|rule| !there.is_empty() && !is_there(&rule.sheet)) {
            let there = listed(there, "no sheet");
            return Err(Error::refused(format!("{} has no sheet {}: it has {there}", choice.file, rule.sheet)));
        }
    }
    Ok(())
}

fn listed(mut names: Vec<String>, none: &str) -> String {
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    match (names.is_empty(), more) {
        (true, _) => none.to_owned(),
        (_, 0) => names.join(", "),
        _ => format!("{} and {more} more", names.join(", ")),
    }
}
