//! Another snapshot under the same decisions.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::crosswalk::{Workspace, fixture};
use crate::support::shape::entry;

fn load(workspace: &Workspace, name: &str, label: &str) {
    let path = fixture(name);
    let arguments = ["load".as_ref(), "clinic".as_ref(), path.as_os_str(), "--label".as_ref(), OsStr::new(label)];
    workspace.run(&arguments).ended(0);
}

fn misfits(workspace: &Workspace) -> Vec<String> {
    let told = workspace.run(&["misfits", "clinic", "--json"]);
    let list: Value = told.json()["misfits"].clone();
    let line =
        |m: &Value| [&m["kind"], &m["name"], &m["why"]].map(|v| v.as_str().unwrap_or_default().to_owned()).join(" | ");
    let lines: Vec<String> = list.as_array().expect("misfits").iter().map(line).collect();
    assert_eq!(told.code, if lines.is_empty() { 0 } else { 3 });
    lines
}

#[test]
fn a_second_snapshot_keeps_every_decision_and_lists_what_no_longer_fits() {
    let workspace = Workspace::project("clinic.sql");
    let decide = |arguments: &[&str]| drop(workspace.run(&[&["map", "clinic"], arguments].concat()).ended(0));
    decide(&["disposition", "discrete", "employee", "visit_kind", "employee.hourly_rate"]);
    decide(&["field", "visit.employee_id", "audiometric-data.documents.pat_id"]);
    decide(&["field", "visit.note", "audiometric-data.documents.ext_doc_id"]);
    decide(&["field", "employee.hourly_rate", "employees-simple.Employee ID"]);
    workspace.run(&["sample", "clinic", "treat", "visit.note", "--action", "drop"]).ended(0);
    assert!(misfits(&workspace).is_empty());
    let log = |workspace: &Workspace| {
        let log = workspace.ask(&["map", "clinic", "log", "--limit", "100"])["log"].clone();
        log.as_array().expect("lines").iter().filter(|l| l["act"] == "edit").count()
    };
    let edits = log(&workspace);

    load(&workspace, "clinic_second.sql", "Second cut");
    assert_eq!(log(&workspace), edits, "a load is no edit");
    let expected = [
        "column | employee.hourly_rate | it is to be discrete data, but holds nothing in this snapshot",
        "mapping | employee.hourly_rate → employees-simple.Employee ID | the source column holds nothing in this snapshot",
        "mapping | visit.note → audiometric-data.documents.ext_doc_id | the source column is not in this snapshot",
        "privacy | visit.note | the column is not in this snapshot",
        "table | visit_kind | the table is not in this snapshot",
    ];
    assert_eq!(misfits(&workspace), expected);
    let tables = workspace.ask(&["tables", "clinic"])["tables"].clone();
    assert_eq!(entry(&tables, "table", "employee")["disposition"], "discrete");
    assert_eq!(entry(&tables, "table", "vitals")["disposition"], "undecided");
    let facts = workspace.ask(&["show", "clinic"]);
    assert_eq!((&facts["counts"]["mappings"], &facts["counts"]["misfits"]), (&json!(3), &json!(5)));

    // The first is still there, whole, and everything fits it.
    let snapshots = facts["snapshots"].as_array().expect("snapshots");
    assert_eq!(snapshots.iter().map(|s| &s["label"]).collect::<Vec<_>>(), ["Second cut", "clinic.sql"]);
    let first = snapshots[1]["id"].as_str().expect("an id");
    let tables = workspace.ask(&["tables", "clinic", "--snapshot", first])["tables"].clone();
    assert_eq!(entry(&tables, "table", "visit_kind")["disposition"], "discrete");
    let told = workspace.run(&["misfits", "clinic", "--snapshot", first]).ended(0);
    assert!(told.out.starts_with("0 decisions"), "{}", told.out);
    // And a third like the first takes the list away again.
    load(&workspace, "clinic.sql", "Third cut");
    assert!(misfits(&workspace).is_empty());
}

#[test]
fn a_load_that_fails_leaves_the_snapshot_and_the_decisions_as_they_were() {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["map", "clinic", "disposition", "both", "visit"]).ended(0);
    let before = (
        workspace.ask(&["show", "clinic"]),
        workspace.ask(&["tables", "clinic"]),
        workspace.ask(&["checksum", "clinic"]),
    );
    workspace.write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    workspace.write("words.sql", "-- MySQL dump\nSET NAMES utf8mb4;\n");
    for file in ["photo.jpg", "words.sql", "nowhere.sql"] {
        workspace.run(&["load", "clinic", file]).ended(1);
    }
    let after = (
        workspace.ask(&["show", "clinic"]),
        workspace.ask(&["tables", "clinic"]),
        workspace.ask(&["checksum", "clinic"]),
    );
    assert_eq!(before, after);
}

/// What befalls a staging store.
type Break = fn(&Path);

/// Staging is disposable: what people decided is there without it, and the snapshot can be loaded again.
#[test]
fn a_staging_store_that_is_lost_or_broken_can_be_loaded_again() {
    let breaks: [(&str, Break); 3] = [
        ("is not where it was", |store| fs::remove_dir_all(store.parent().expect("a folder")).expect("removed")),
        ("not a database", |store| {
            fs::write(store, "no database at all, but long enough to be one".repeat(9)).expect("written");
        }),
        ("staging.db", |store| fs::write(store, "").expect("written")),
    ];
    for (message, break_it) in breaks {
        let workspace = Workspace::project("clinic.sql");
        workspace.run(&["map", "clinic", "disposition", "both", "visit", "--reason", "precious"]).ended(0);
        let first = workspace.ask(&["show", "clinic"])["snapshot"].as_str().expect("an id").to_owned();
        break_it(&workspace.path("clinic.crosswalk/snapshots").join(&first).join("staging.db"));
        for arguments in [
            &["tables", "clinic"] as &[&str],
            &["misfits", "clinic"],
            &["ledger", "clinic"],
            &["export", "clinic", "map", "map.xlsx"],
            &["tables", "clinic", "--snapshot", &first],
        ] {
            let told = workspace.run(arguments).ended(1);
            assert!(told.err.contains(message), "{arguments:?}: {}", told.err);
        }
        assert_eq!(workspace.ask(&["show", "clinic"])["snapshot"], json!(null));
        assert_eq!(workspace.ask(&["map", "clinic", "log"])["log"][0]["label"], "visit: both");
        load(&workspace, "clinic.sql", "again");
        let tables = workspace.ask(&["tables", "clinic"])["tables"].clone();
        assert_eq!(entry(&tables, "table", "visit")["reason"], "precious");
    }
}
