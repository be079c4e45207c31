//! Two programs at once; a disk that fills up, an fsync that fails, power that goes, at sampled moments of a load, an edit and an export: what
//! was decided stays, nothing half-done looks whole, and the same again then works.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::crosswalk::{Told, Workspace, fixture};

/// Moments of each kind that are tried; the first and the last are among them.
const MOMENTS: usize = 9;

/// The disk that fails, built by the compiler that SQLite is built with.
fn failing_disk() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failing_disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/support/failing_disk.c");
        let mut cc = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
        cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&built).arg(source).arg("-ldl");
        let told: Told = cc.output().expect("a C compiler is there").into();
        told.ended(0);
        built
    })
}

/// What fails, and how.
type Fault = (&'static str, &'static str);

const FAULTS: [Fault; 4] = [("write", "full"), ("sync", "error"), ("write", "power"), ("sync", "power")];

impl Workspace {
    /// Runs the program on a disk that fails at the given call.
    fn run_on_failing_disk(&self, arguments: &[&str], (call, how): Fault, at: usize) -> Told {
        let mut command = self.command(arguments);
        command.env("LD_PRELOAD", failing_disk()).env("FAIL_CALL", call).env("FAIL_HOW", how);
        command.env("FAIL_AT", at.to_string()).env("FAIL_TELL", self.path("calls.txt"));
        command.output().expect("crosswalk runs").into()
    }

    /// How many such calls the work makes.
    fn calls(&self, arguments: &[&str], fault: Fault) -> usize {
        self.run_on_failing_disk(arguments, fault, 0);
        let told = fs::read_to_string(self.path("calls.txt")).expect("the number of calls");
        told.trim().parse().expect("a number")
    }
}

/// A project with a snapshot and decisions.
fn decided() -> Workspace {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["map", "clinic", "disposition", "discrete", "visit", "--reason", "in use"]).ended(0);
    workspace.run(&["map", "clinic", "field", "visit.kind", "audiometric-data.documents.pat_id"]).ended(0);
    fs::copy(fixture("clinic.sql"), workspace.path("again.sql")).expect("a second cut");
    workspace
}

/// What people see of a project, without times and drawn ids.
fn seen(workspace: &Workspace) -> Vec<String> {
    let facts = workspace.ask(&["show", "clinic"]);
    let tables = workspace.ask(&["tables", "clinic"]);
    let rows = tables["tables"].as_array().expect("tables");
    let table =
        |t: &Value| format!("{} {} {} {} {}", t["key"], t["rows"], t["disposition"], t["reason"], t["columns_mapped"]);
    let snapshots = facts["snapshots"].as_array().map_or(0, Vec::len);
    rows.iter().map(table).chain([facts["counts"].to_string(), format!("{snapshots} snapshots")]).collect()
}

fn sampled(calls: usize) -> Vec<usize> {
    let mut moments: Vec<usize> = (0..MOMENTS).map(|n| 1 + n * calls.saturating_sub(1) / (MOMENTS - 1)).collect();
    moments.dedup();
    moments
}

/// Does the work on a disk that fails, at one moment after the other. Afterwards the project is as before, or as the work
/// leaves it; `check` looks at the rest.
fn at_every_moment(arguments: &[&str], check: impl Fn(&Workspace, &Told, &str)) {
    let whole = decided();
    let before = seen(&whole);
    whole.run(arguments);
    let after = seen(&whole);
    for fault in FAULTS {
        let calls = decided().calls(arguments, fault);
        assert!(calls > 0, "{arguments:?} makes no call of {}", fault.0);
        let mut hit = 0;
        for at in sampled(calls) {
            let place = format!("{arguments:?}: {} fails ({}), call {at} of {calls}", fault.0, fault.1);
            let workspace = decided();
            let told = workspace.run_on_failing_disk(arguments, fault, at);
            assert!(fault.1 == "power" || matches!(told.code, 0 | 1 | 3), "{place}: {}\n{}", told.code, told.err);
            let now = seen(&workspace);
            assert!(now == before || now == after, "{place}: {}{now:#?}", told.err);
            if matches!(told.code, 0 | 3) {
                assert!(now == after, "{place}: it was told to be done");
            }
            hit += usize::from(!matches!(told.code, 0 | 3));
            check(&workspace, &told, &place);
            let again = workspace.run(arguments);
            assert!(matches!(again.code, 0 | 3), "{place}: it does not work again: {}", again.err);
        }
        // What fails at the very end of the work may be none of its business.
        assert!(hit * 2 >= sampled(calls).len(), "{arguments:?}: {fault:?} was hardly noticed ({hit} times)");
    }
}

#[test]
fn an_edit_is_there_or_not_whenever_the_disk_fails() {
    at_every_moment(&["map", "clinic", "disposition", "archive", "visit", "employee"], |_, told, place| {
        if told.code == 1 {
            assert!(told.err.contains("disk"), "{place}: {}", told.err);
        }
    });
}

#[test]
fn a_load_is_whole_or_no_snapshot_whenever_the_disk_fails() {
    at_every_moment(&["load", "clinic", "again.sql"], |workspace, told, place| {
        // What is left half-done is named as such.
        let whole = workspace.ask(&["show", "clinic"])["snapshots"].as_array().map_or(0, Vec::len);
        let folders = workspace.list("clinic.crosswalk/snapshots");
        let named = folders.iter().filter(|name| !name.ends_with(".partial")).count();
        assert!(named >= whole, "{place}: {folders:?}");
        assert!(told.code != 1 || !told.err.trim().is_empty(), "{place}");
    });
}

#[test]
fn an_export_is_whole_or_no_file_whenever_the_disk_fails() {
    at_every_moment(&["export", "clinic", "map", "map.xlsx"], |workspace, told, place| {
        let there = workspace.path("map.xlsx").exists();
        if there {
            crate::support::valid::assert_valid(&workspace.path("map.xlsx"));
        }
        assert!(there || told.code != 0 && told.code != 3, "{place}: it was told to be there");
    });
}

#[test]
fn two_programs_that_edit_one_project_overwrite_nothing() {
    let workspace = Workspace::project("clinic.sql");
    let edit = |table: &str, n: usize| {
        let reason = format!("{table} {n}");
        workspace.run(&["map", "clinic", "disposition", "archive", table, "--reason", &reason])
    };
    let made = |table: &'static str| (0..12).filter(|n| edit(table, *n).code == 0).collect::<Vec<usize>>();
    let (left, right) = std::thread::scope(|scope| {
        let left = scope.spawn(|| made("visit"));
        let right = made("employee");
        (left.join().expect("its edits"), right)
    });
    // Who is overtaken is told so and writes nothing; who is told "done" is in the log.
    let log = workspace.ask(&["map", "clinic", "log", "--limit", "1000"]);
    let edits = log["log"].as_array().or(log.as_array()).expect("the log").iter().filter(|line| line["act"] == "edit");
    assert_eq!(edits.count(), left.len() + right.len());
    assert!(left.len() + right.len() >= 12, "{left:?} {right:?}");
    let tables = workspace.ask(&["tables", "clinic"]).to_string();
    for (table, made) in [("visit", left), ("employee", right)] {
        let last = made.last().expect("one at least");
        assert!(tables.contains(&format!("{table} {last}")), "the last word on {table} is not {last}");
    }
}
