//! How the program ends, and what it says when it does not do what was asked.

use crate::support::crosswalk::Workspace;

#[test]
fn wrong_usage_ends_with_two() {
    let workspace = Workspace::new();
    let cases: [&[&str]; 8] = [
        &[],
        &["fly"],
        &["load", "p"],
        &["export", "p", "map"],
        &["export", "p", "letters", "out.xlsx"],
        &["tables", "p", "--sort", "mood"],
        &["query", "p", "SELECT 1", "--limit", "many"],
        &["map", "p"],
    ];
    for arguments in cases {
        let told = workspace.run(arguments);
        assert_eq!(told.code, 2, "{arguments:?}: {}{}", told.out, told.err);
    }
    workspace.run(&["--help"]).ended(0);
    workspace.run(&["--version"]).ended(0);
}

/// Who, where, and what to do instead.
#[test]
fn a_refusal_ends_with_one_and_says_what_to_do() {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["new", "empty"]).ended(0);
    let cases: [(&[&str], &str); 22] = [
        (&["new", "clinic"], "exists already: open it, or choose another name"),
        (&["tables", "nowhere"], "`crosswalk new PROJECT` makes one"),
        (&["checksum", "empty"], "load one first"),
        (&["export", "empty", "map", "m.xlsx"], "load one first"),
        (&["tables", "clinic", "--snapshot", "x"], "has no snapshot x"),
        (&["profile", "clinic", "visits"], "has no table visits: see `crosswalk tables`"),
        (&["profile", "clinic", "visit.mood"], "has no column visit.mood: write it TABLE.COLUMN"),
        (&["map", "clinic", "disposition", "maybe", "visit"], "one of discrete, summary, both"),
        (&["map", "clinic", "disposition", "discrete", "vist"], "has no table vist"),
        (&["map", "clinic", "connect", "visit", "x"], "the target has no interface x"),
        (&["map", "clinic", "field", "visit.kind", "audiometric-data"], "write it INTERFACE.FIELD"),
        (&["map", "clinic", "field", "visit.kind", "audiometric-data.x"], "has no field x"),
        (&["map", "clinic", "disconnect", "visit", "audiometric-data"], "is not connected"),
        (&["map", "clinic", "change", "m0", "--order", "1"], "there is no mapping m0"),
        (&["map", "clinic", "remove", "m0"], "there is no mapping m0"),
        (&["map", "clinic", "put-module", "x", "--status", "done"], "there is no status done"),
        (&["map", "clinic", "put-component", "x", "Encounter"], "there is no module x: set it up first"),
        (&["map", "clinic", "note", "visit", "--description", "x"], "a description is a column's"),
        (&["sample", "clinic", "treat", "visit.note", "--action", "burn"], "there is no action burn"),
        (&["discard", "clinic", "x.partial"], "there is no unfinished load x.partial"),
        (&["query", "clinic", "SELECT FROM"], "syntax error"),
        (&["who", "clinic", " "], "a name is needed"),
    ];
    for (arguments, message) in cases {
        let told = workspace.run(arguments);
        assert_eq!(told.code, 1, "{arguments:?}: {}{}", told.out, told.err);
        assert!(told.err.starts_with("crosswalk: ") && told.err.contains(message), "{arguments:?}: {}", told.err);
        assert!(told.out.is_empty(), "{arguments:?} printed: {}", told.out);
    }
}

/// Whoever reads may stop early.
#[cfg(unix)]
#[test]
fn an_answer_that_nobody_reads_to_its_end_is_no_failure() {
    use std::process::{Command, Stdio};

    let workspace = Workspace::project("clinic.sql");
    let mut child = Command::new(env!("CARGO_BIN_EXE_crosswalk"))
        .args(["map", "clinic", "overview", "--json"])
        .current_dir(workspace.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("crosswalk runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn who_decides_is_asked_once_and_can_be_told_for_one_call() {
    let workspace = Workspace::project("clinic.sql");
    let who = |arguments: &[&str]| {
        workspace.run(&[&["map", "clinic", "disposition"], arguments].concat()).ended(0);
        workspace.ask(&["map", "clinic", "log"])["log"][0]["who"].clone()
    };
    assert_eq!(who(&["both", "visit"]), "Ada");
    workspace.run(&["who", "clinic", "Mary"]).ended(0);
    assert_eq!(who(&["custom", "visit"]), "Mary");
    assert_eq!(who(&["file", "visit", "--who", "Grace"]), "Grace");
    assert_eq!(who(&["archive", "visit"]), "Mary");
}
