//! Killed at any instant: nothing decided is lost, nothing half-done looks whole.
#![cfg(unix)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};

use crate::support::crosswalk::{DEMO, Desk};
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
fn long_dump(desk: &Desk) {
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
    desk.write("long.sql", dump);
}

fn partials(desk: &Desk) -> Vec<String> {
    desk.list("clinic.crosswalk/snapshots").into_iter().filter(|name| ends_with_any(name, &["partial"])).collect()
}

/// A load of the long dump that is in the middle of it.
fn load_under_way(desk: &Desk) -> Child {
    let mut child = desk.start(&["load", "clinic", "long.sql"]);
    let size = fs::metadata(desk.path("long.sql")).expect("the dump").len();
    until("a third of the dump is read", || !partials(desk).is_empty() && bytes_read(&child) > size / 3);
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

fn with_decisions() -> Desk {
    let desk = Desk::project("clinic.sql");
    desk.run(&["map", "clinic", "disposition", "discrete", "visit", "--reason", "in use"]).ended(0);
    desk.run(&["map", "clinic", "field", "visit.kind", "audiometric-data.documents.pat_id"]).ended(0);
    long_dump(&desk);
    desk
}

/// Tables, mappings and log of a project: all that people decided.
fn decided(desk: &Desk) -> [serde_json::Value; 3] {
    let log = desk.ask(&["map", "clinic", "log", "--limit", "1000"]);
    [desk.ask(&["tables", "clinic"]), desk.ask(&["map", "clinic", "detail", "visit", "audiometric-data"]), log]
}

#[test]
fn a_load_that_is_killed_is_named_and_discarded() {
    let desk = with_decisions();
    let before = decided(&desk);
    let mut child = load_under_way(&desk);
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");

    assert_eq!(decided(&desk), before);
    let facts = desk.ask(&["show", "clinic"]);
    assert_eq!(facts["snapshots"].as_array().map(Vec::len), Some(1), "{facts:#}");
    let named = facts["partials"].as_array().expect("partials").clone();
    assert_eq!(named.len(), 1, "{facts:#}");
    assert_eq!(partials(&desk), [named[0].as_str().expect("a name")]);
    assert!(desk.run(&["show", "clinic"]).ended(0).out.contains("a load did not end"));
    // It cannot be taken for a snapshot, by its id or by its folder's name.
    let id = named[0].as_str().expect("a name");
    desk.run(&["tables", "clinic", "--snapshot", id]).ended(1);
    desk.run(&["tables", "clinic", "--snapshot", id.trim_end_matches(".partial")]).ended(1);

    // Another load says that it starts afresh, and is no continuation.
    desk.write("short.csv", "id,site\n1,Yard\n2,Dock\n");
    let told = desk.run(&["load", "clinic", "short.csv"]).ended(0);
    assert!(told.err.contains("an earlier load did not end") && told.err.contains("starts afresh"), "{}", told.err);
    assert_eq!(partials(&desk), [id]);

    assert_eq!(desk.ask(&["discard", "clinic"])["discarded"], facts["partials"]);
    assert!(partials(&desk).is_empty());
    let loaded = desk.ask(&["load", "clinic", "long.sql"]);
    assert_eq!(loaded["files"][0]["tables"][0]["loaded"], 300_000);
}

/// Whoever looks in the meantime is not offered the load that runs.
#[test]
fn a_load_under_way_is_no_load_that_died() {
    let desk = with_decisions();
    let mut child = load_under_way(&desk);
    let facts = desk.ask(&["show", "clinic"]);
    let running = child.try_wait().expect("a child").is_none();
    assert!(!running || facts["partials"].as_array().is_some_and(Vec::is_empty), "{facts:#}");
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");
}

#[test]
fn a_load_that_is_stopped_leaves_nothing() {
    let desk = with_decisions();
    let before = decided(&desk);
    let mut child = load_under_way(&desk);
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(stopped.success());
    assert_eq!(child.wait().expect("it ended").code(), Some(1));
    assert_eq!(desk.list("clinic.crosswalk/snapshots").len(), 1, "the first snapshot, and nothing else");
    assert_eq!(decided(&desk), before);
}

#[test]
fn an_export_that_is_killed_leaves_no_workbook() {
    let desk = Desk::demo();
    let half = |desk: &Desk| desk.list("out").iter().any(|name| ends_with_any(name, &["part"]));
    fs::create_dir(desk.path("out")).expect("a folder");
    let mut child = desk.start(&["export", DEMO, "samples", "out/samples.xlsx"]);
    until("the export begins to write", || half(&desk));
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");
    assert!(!desk.path("out/samples.xlsx").exists(), "a half workbook under the final name");
    let log = desk.ask(&["map", DEMO, "log"]).to_string();
    assert!(!log.contains("exported deidentified samples"), "{log}");

    desk.run(&["export", DEMO, "samples", "out/samples.xlsx"]).ended(0);
    let book: Xlsx<_> = open_workbook(desk.path("out/samples.xlsx")).expect("a whole workbook");
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
    let desk = Desk::project("clinic.sql");
    for round in 0..3 {
        let _ = fs::remove_file(desk.path("done.txt"));
        let before = edits(&desk);
        let mut child = edit_and_die(&desk);
        until("edits are made", || told_done(&desk.path("done.txt")) >= 6 + round);
        stop_all(&mut child);
        let told = told_done(&desk.path("done.txt"));
        let made = edits(&desk) - before;
        // One may have been made whose `done` nobody heard any more.
        assert!(made == told || made == told + 1, "round {round}: {told} edits were told to be done, {made} are there");
        let tables = desk.ask(&["tables", "clinic"]);
        let visit = entry(&tables["tables"], "table", "visit");
        let last = (1..=made).rev().find(|n| n % 3 == 0).expect("some edits");
        assert_eq!(visit["reason"], format!("edit {last}"), "round {round}");
        // And each can be taken back.
        desk.run(&["map", "clinic", "undo"]).ended(0);
        desk.run(&["map", "clinic", "redo"]).ended(0);
    }
}

fn edit_and_die(desk: &Desk) -> Child {
    use std::os::unix::process::CommandExt;

    Command::new("sh")
        .args(["-c", EDITS])
        .current_dir(desk.path("."))
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

fn edits(desk: &Desk) -> usize {
    let log = desk.ask(&["map", "clinic", "log", "--limit", "10000"]);
    log["log"].as_array().expect("lines").iter().filter(|line| line["act"] == "edit").count()
}
