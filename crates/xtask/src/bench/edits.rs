//! What one edit costs in a large engagement, and how much of the window it puts out of date.

use std::fs;

use super::{
    figures::{Figures, Row},
    prepared::{cleared, place},
};
use crate::shell::{self, cargo, command, output, root, target};

/// The kinds of edit that are timed, and the kinds of records each changes.
const EDITS: [(&str, &[&str]); 6] = [
    ("decide a table", &["Table"]),
    ("decide a column", &["Column"]),
    ("map a column", &["Mapping", "Link"]),
    ("change a mapping", &["Mapping"]),
    ("treat a column in samples", &["Privacy"]),
    ("undo", &["Privacy"]),
];

pub fn held() -> Result<Vec<Row>, String> {
    let folder = place("edits")?;
    cleared(&folder)?;
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    shell::run(cargo().args(["build", "--release", "--package", "engine", "--example", "edits"]))?;
    let edits = target().join("release/examples").join(format!("edits{}", std::env::consts::EXE_SUFFIX));
    let told = output(command(&edits).arg(&folder)).ok_or_else(|| format!("`{}` failed", edits.display()))?;
    let list = root().join("src-tauri/src/command_list.rs");
    let list = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    EDITS.iter().map(|(name, kinds)| row(&told, &list, name, kinds)).collect()
}

fn row(told: &str, list: &str, name: &str, kinds: &[&str]) -> Result<Row, String> {
    let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    let (median, most) = line.and_then(|line| line.split_once('\t')).ok_or_else(|| format!("{name} was not timed"))?;
    println!("  {name:<28}{median:>8} ms, at most {most} ms");
    let (asked, questions) = asked_again(list, kinds);
    let outcome = Ok(Figures {
        ours: format!("{median} ms, at most {most} ms"),
        theirs: "–".to_owned(),
        ratio: format!("{asked} of {questions} questions out of date"),
        peak: None,
    });
    let work = format!("{name}, of 2,000 tables, 60,000 columns and 20,000 mappings");
    Ok(Row { work, against: "itself".to_owned(), outcome, must: "≤ 20 ms" })
}

/// Questions of the window that an edit of these kinds puts out of date, and all there are.
fn asked_again(list: &str, kinds: &[&str]) -> (usize, usize) {
    let questions: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("->") && ["ask ", "apart "].iter().any(|nature| line.starts_with(nature)))
        .collect();
    let of = |question: &&&str| {
        let sources = question.split_once("->").map_or("", |(_, reply)| reply);
        let mut words = sources.split(|c: char| !c.is_alphanumeric());
        words.any(|word| kinds.contains(&word))
    };
    (questions.iter().filter(of).count(), questions.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_questions_about_what_changed_are_asked_again() {
        let list = "//   ask    reads -> Table\n    ask tables(TableQuery) -> TablePage [Table Column],\n    \
                    apart table(TableName) -> TableDetail {Column} [Module],\n    edit put(()) -> Edited,\n";
        assert_eq!(asked_again(list, &["Table"]), (1, 2));
        assert_eq!(asked_again(list, &["Column", "Link"]), (2, 2));
        assert_eq!(asked_again(list, &["Privacy"]), (0, 2));
    }

    #[test]
    fn every_kind_that_is_timed_makes_something_out_of_date() {
        let list = fs::read_to_string(root().join("src-tauri/src/command_list.rs")).unwrap();
        for (name, kinds) in EDITS {
            let (asked, questions) = asked_again(&list, kinds);
            assert!(asked > 0 && asked < questions / 2, "{name}: {asked} of {questions}");
        }
    }
}
