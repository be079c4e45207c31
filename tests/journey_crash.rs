//! Killed at any instant: nothing decided is lost, nothing half-done looks whole.
#![cfg(unix)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};

use crate::support::crosswalk::{DEMO, Workspace};
use crate::support::shape::entry;
use crate::tidy::ends_with_any;

/// Waits for something that another process does.
#[track_caller]
fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_mins(1), "waited a minute: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A dump that takes a debug build some seconds to load: one table, many rows.
fn long_dump(workspace: &Workspace) {
    let mut dump = String::from(
        "-- MySQL dump\nSET NAMES utf8mb4;\nCREATE TABLE `vitals` (`id` int, `taken` datetime, `note` text);\n",
    );
    for block in 0..1500 {
        dump.push_str("INSERT INTO `vitals` VALUES ");
        for row in 0..200 {
            let comma = if row == 0 { "" } else { "," };
            let id = block * 200 + row;
            let _ = write!(dump, "{comma}({id},'2019-05-02 08:15:00','pulse {id} and a remark of some length')");
        }
        dump.push_str(";\n");
    }
    dump.push_str("-- Dump completed\n");
    workspace.write("long.sql", dump);
}

fn partials(workspace: &Workspace) -> Vec<String> {
    workspace.list("clinic.crosswalk/snapshots").into_iter().filter(|name| ends_with_any(name, &["partial"])).collect()
}

/// A load of the long dump that is in the middle of it.
fn load_under_way(workspace: &Workspace) -> Child {
    let mut child = workspace.start(&["load", "clinic", "long.sql"]);
    let size = fs::metadata(workspace.path("long.sql")).expect("the dump").len();
    until("a third of the dump is read", || !partials(workspace).is_empty() && bytes_read(&child) > size / 3);
    assert!(child.try_wait().expect("a child").is_none(), "it ended before it could be stopped: make the dump longer");
    child
}

/// What a process has read so far; where the system does not tell, a moment has to do.
fn bytes_read(child: &Child) -> u64 {
    if !cfg!(target_os = "linux") {
        std::thread::sleep(Duration::from_millis(300));
        return u64::MAX;
    }
    let told = fs::read_to_string(format!("/proc/{}/io", child.id())).unwrap_or_default();
    let read = told.lines().find_map(|line| line.strip_prefix("rchar: "));
    read.and_then(|count| count.parse().ok()).unwrap_or(0)
}

fn with_decisions() -> Workspace {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["map", "clinic", "disposition", "discrete", "visit", "--reason", "in use"]).ended(0);
    workspace.run(&["map", "clinic", "field", "visit.kind", "audiometric-data.documents.pat_id"]).ended(0);
    long_dump(&workspace);
    workspace
}

/// Tables, mappings and log of a project: all that people decided.
fn decided(workspace: &Workspace) -> [serde_json::Value; 3] {
    let log = workspace.ask(&["map", "clinic", "log", "--limit", "1000"]);
    [
        workspace.ask(&["tables", "clinic"]),
        workspace.ask(&["map", "clinic", "detail", "visit", "audiometric-data"]),
        log,
    ]
}

#[test]
fn a_load_that_is_killed_is_named_and_discarded() {
    let workspace = with_decisions();
    let before = decided(&workspace);
    let mut child = load_under_way(&workspace);
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");

    assert_eq!(decided(&workspace), before);
    let facts = workspace.ask(&["show", "clinic"]);
    assert_eq!(facts["snapshots"].as_array().map(Vec::len), Some(1), "{facts:#}");
    let named = facts["partials"].as_array().expect("partials").clone();
    assert_eq!(named.len(), 1, "{facts:#}");
    assert_eq!(partials(&workspace), [named[0].as_str().expect("a name")]);
    assert!(workspace.run(&["show", "clinic"]).ended(0).out.contains("a load did not end"));
    // It cannot be taken for a snapshot, by its id or by its folder's name.
    let id = named[0].as_str().expect("a name");
    workspace.run(&["tables", "clinic", "--snapshot", id]).ended(1);
    workspace.run(&["tables", "clinic", "--snapshot", id.trim_end_matches(".partial")]).ended(1);

    // Another load says that it starts afresh, and is no continuation.
    workspace.write("short.csv", "id,site\n1,Yard\n2,Dock\n");
    let told = workspace.run(&["load", "clinic", "short.csv"]).ended(0);
    assert!(told.err.contains("an earlier load did not end") && told.err.contains("starts afresh"), "{}", told.err);
    assert_eq!(partials(&workspace), [id]);

    assert_eq!(workspace.ask(&["discard", "clinic"])["discarded"], facts["partials"]);
    assert!(partials(&workspace).is_empty());
    let loaded = workspace.ask(&["load", "clinic", "long.sql"]);
    assert_eq!(loaded["files"][0]["tables"][0]["loaded"], 300_000);
}

/// Whoever looks in the meantime is not offered the load that runs.
#[test]
fn a_load_under_way_is_no_load_that_died() {
    let workspace = with_decisions();
    let mut child = load_under_way(&workspace);
    let facts = workspace.ask(&["show", "clinic"]);
    let running = child.try_wait().expect("a child").is_none();
    assert!(!running || facts["partials"].as_array().is_some_and(Vec::is_empty), "{facts:#}");
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");
}

#[test]
fn a_load_that_is_stopped_leaves_nothing() {
    let workspace = with_decisions();
    let before = decided(&workspace);
    let mut child = load_under_way(&workspace);
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(stopped.success());
    assert_eq!(child.wait().expect("it ended").code(), Some(1));
    assert_eq!(workspace.list("clinic.crosswalk/snapshots").len(), 1, "the first snapshot, and nothing else");
    assert_eq!(decided(&workspace), before);
}

#[test]
fn an_export_that_is_killed_leaves_no_workbook() {
    let workspace = Workspace::demo();
    let half = |workspace: &Workspace| workspace.list("out").iter().any(|name| ends_with_any(name, &["part"]));
    fs::create_dir(workspace.path("out")).expect("a folder");
    let mut child = workspace.start(&["export", DEMO, "samples", "out/samples.xlsx"]);
    until("the export begins to write", || half(&workspace));
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");
    assert!(!workspace.path("out/samples.xlsx").exists(), "a half workbook under the final name");
    let log = workspace.ask(&["map", DEMO, "log"]).to_string();
    assert!(!log.contains("exported deidentified samples"), "{log}");

    workspace.run(&["export", DEMO, "samples", "out/samples.xlsx"]).ended(0);
    let book: Xlsx<_> = open_workbook(workspace.path("out/samples.xlsx")).expect("a whole workbook");
    assert!(book.sheet_names().len() > 60);
}

/// Edits one after the other, each told to be done before the next begins; then the plug is pulled.
const EDITS: &str = r#"
n=0
while :; do
  n=$((n + 1))
  case $((n % 3)) in
    0) "$CROSSWALK" map clinic disposition custom visit --reason "edit $n" ;;
    1) "$CROSSWALK" map clinic note visit --comment "edit $n" ;;
    2) "$CROSSWALK" map clinic disposition archive visit.note --reason "edit $n" ;;
  esac | grep -q done && echo "$n" >> done.txt
done
"#;

#[test]
fn every_edit_that_was_told_to_be_done_is_there_after_a_kill() {
    let workspace = Workspace::project("clinic.sql");
    for round in 0..3 {
        let _ = fs::remove_file(workspace.path("done.txt"));
        let before = edits(&workspace);
        let mut child = edit_and_die(&workspace);
        until("edits are made", || told_done(&workspace.path("done.txt")) >= 6 + round);
        stop_all(&mut child);
        let told = told_done(&workspace.path("done.txt"));
        let made = edits(&workspace) - before;
        // One may have been made whose `done` nobody heard any more.
        assert!(made == told || made == told + 1, "round {round}: {told} edits were told to be done, {made} are there");
        let tables = workspace.ask(&["tables", "clinic"]);
        let visit = entry(&tables["tables"], "table", "visit");
        let last = (1..=made).rev().find(|n| n % 3 == 0).expect("some edits");
        assert_eq!(visit["reason"], format!("edit {last}"), "round {round}");
        // And each can be taken back.
        workspace.run(&["map", "clinic", "undo"]).ended(0);
        workspace.run(&["map", "clinic", "redo"]).ended(0);
    }
}

fn edit_and_die(workspace: &Workspace) -> Child {
    use std::os::unix::process::CommandExt;

    Command::new("sh")
        .args(["-c", EDITS])
        .current_dir(workspace.path("."))
        .env("CROSSWALK", env!("CARGO_BIN_EXE_crosswalk"))
        // A group of its own: the loop and the program in it die at the same instant.
        .process_group(0)
        .spawn()
        .expect("a shell")
}

fn stop_all(child: &mut Child) {
    let killed = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status().expect("kill runs");
    assert!(killed.success());
    child.wait().expect("it ended");
}

fn told_done(path: &Path) -> usize {
    fs::read_to_string(path).map_or(0, |text| text.lines().count())
}

fn edits(workspace: &Workspace) -> usize {
    let log = workspace.ask(&["map", "clinic", "log", "--limit", "10000"]);
    log["log"].as_array().expect("lines").iter().filter(|line| line["act"] == "edit").count()
}
