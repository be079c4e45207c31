//! The READMEs say what the program has, and what they say works.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::crosswalk::{Told, Workspace, gzip};
use crate::tidy::root;

fn readme() -> String {
    fs::read_to_string(root().join("crates/cli/README.md")).expect("crates/cli/README.md")
}

/// Commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let list = help.split("Commands:").nth(1).unwrap_or_default();
    let lines = list.lines().skip(1).take_while(|line| !line.trim().is_empty());
    let names = lines
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

fn options(help: &str) -> BTreeSet<String> {
    let lines = help.split("Options:").nth(1).unwrap_or_default().lines();
    let words = lines.flat_map(str::split_whitespace).filter(|word| word.starts_with("--"));
    words.map(|word| word.trim_end_matches(',').to_owned()).filter(|word| *word != "--version").collect()
}

#[test]
fn every_command_and_option_is_in_the_readme() {
    let workspace = Workspace::new();
    let readme = readme();
    let help = |path: &[&str]| workspace.run(&[&["help"], path].concat()).ended(0).out;
    let mut missing = Vec::new();
    let top = commands(&help(&[]));
    assert!(top.len() > 12, "only {top:?}");
    for verb in &top {
        let page = help(&[verb]);
        let below = commands(&page);
        let mut pages = vec![(format!("crosswalk {verb}"), page)];
        if !below.is_empty() {
            pages.clear();
            pages.extend(below.iter().map(|sub| (format!("{verb} PROJECT {sub}"), help(&[verb, sub]))));
        }
        for (written, page) in pages {
            let section = [format!("{written} "), format!("{written}`"), format!("{written}…")];
            if !section.iter().any(|section| readme.contains(section)) {
                missing.push(written.clone());
            }
            missing.extend(
                options(&page).into_iter().filter(|o| !readme.contains(o.as_str())).map(|o| format!("{written} {o}")),
            );
        }
    }
    assert!(missing.is_empty(), "crates/cli/README.md says nothing of {missing:?}");
}

fn fields(document: &Value, found: &mut BTreeSet<String>) {
    match document {
        Value::Object(fields_of) => {
            for (name, value) in fields_of {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| fields(entry, found)),
        _ => {}
    }
}

#[test]
fn every_field_of_a_document_is_in_the_readme() {
    let workspace = Workspace::project("torn_rows.sql");
    for arguments in [
        &["connect", "pft", "pft-data"] as &[&str],
        &["field", "pft.fvc", "pft-data.documents.pat_id"],
        &["module", "breathing", "pft"],
        &["put-component", "breathing", "PFT"],
    ] {
        workspace.run(&[&["map", "clinic"], arguments].concat()).ended(0);
    }
    let documents: [&[&str]; 21] = [
        &["about"],
        &["show", "clinic"],
        &["ledger", "clinic"],
        &["rejects", "clinic"],
        &["misfits", "clinic"],
        &["discard", "clinic"],
        &["tables", "clinic"],
        &["profile", "clinic"],
        &["cells", "clinic", "pft"],
        &["query", "clinic", "SELECT 1"],
        &["checksum", "clinic"],
        &["checksum", "clinic", "--sql"],
        &["map", "clinic", "modules"],
        &["map", "clinic", "overview"],
        &["map", "clinic", "detail", "pft", "pft-data"],
        &["map", "clinic", "log"],
        &["sample", "clinic", "classify"],
        &["sample", "clinic", "preview", "pft"],
        &["export", "clinic", "map", "--preview"],
        &["map", "clinic", "undo"],
        &["map", "clinic", "redo"],
    ];
    let readme = readme();
    let mut missing = Vec::new();
    for arguments in documents {
        let mut found = BTreeSet::new();
        fields(&workspace.ask(arguments), &mut found);
        assert!(!found.is_empty(), "{arguments:?} printed nothing");
        missing
            .extend(found.into_iter().filter(|name| !readme.contains(&format!("\"{name}\""))).map(|n| (arguments, n)));
    }
    assert!(missing.is_empty(), "crates/cli/README.md says nothing of {missing:?}");
}

/// The tour of the project's README, typed line by line in the demonstration's folder.
#[cfg(unix)]
#[test]
fn the_tour_can_be_walked() {
    let workspace = Workspace::demo();
    let dump = fs::read(workspace.path("snapshot/medgate_harbor.sql")).expect("the demonstration's dump");
    workspace.write("dump.sql.gz", gzip(&dump));
    fs::copy(workspace.path("snapshot/hr_feed.csv"), workspace.path("hr_feed.csv")).expect("the demonstration's feed");
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let lines =
        readme.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with("crosswalk "));
    // What stands after three blanks is said to the reader.
    let lines: Vec<&str> = lines.map(|line| line.split("   ").next().unwrap_or(line)).collect();
    assert!(lines.len() > 12, "the tour was not found: {lines:?}");
    for line in lines {
        let script = format!("crosswalk() {{ \"$CROSSWALK\" \"$@\"; }}\n{line}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(workspace.path(".")).env("CROSSWALK", env!("CARGO_BIN_EXE_crosswalk"));
        let told = Told::from(shell.output().expect("a shell"));
        assert_eq!(told.code, 0, "{line}\n{}{}", told.out, told.err);
    }
    assert!(workspace.path("map.xlsx").is_file() && workspace.path("samples.xlsx").is_file());
}
