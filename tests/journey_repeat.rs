//! The same again: two loads of one snapshot hold the same, whatever ended the one before; and the server is asked.

use std::fs;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::crosswalk::{Told, Workspace, fixture};

/// A dump, delimited text and a workbook, with something rejected and something left aside.
fn handed_over(workspace: &Workspace) {
    fs::create_dir(workspace.path("in")).expect("a folder");
    for name in ["clinic.sql", "torn_rows.sql"] {
        fs::copy(fixture(name), workspace.path("in").join(name)).expect("the fixture");
    }
    workspace.write("in/ragged.csv", "id;name\n1;Ada\n2;Grace;x\n3;Mary\n");
    workspace.write("in/letter.pdf", "%PDF-1.4\n\0\0\0");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Lead levels").expect("a name");
    for (row, (site, lead)) in [("site", "lead"), ("Yard", "1.5"), ("Dock", "2.25")].iter().enumerate() {
        sheet.write(row as u32, 0, *site).expect("a cell");
        sheet.write(row as u32, 1, *lead).expect("a cell");
    }
    book.save(workspace.path("in/lead.xlsx")).expect("a workbook");
}

fn without_times(mut ledger: Value) -> Value {
    let object = ledger.as_object_mut().expect("a document");
    for field in ["snapshot", "seconds", "steps"] {
        object.remove(field);
    }
    for file in ledger["files"].as_array_mut().expect("files") {
        file.as_object_mut().expect("a file").remove("seconds");
    }
    ledger
}

#[test]
fn two_loads_of_one_snapshot_hold_the_same_to_the_last_byte() {
    let workspace = Workspace::new();
    handed_over(&workspace);
    let told: Vec<_> = ["one", "two"]
        .iter()
        .map(|project| {
            workspace.run(&["new", project, "--client", "Harbor Clinic"]).ended(0);
            workspace.run(&["load", project, "in"]).ended(3);
            let checksum = workspace.ask(&["checksum", project]);
            let rejects = workspace.ask(&["rejects", project, "--raw"]);
            let ledger = without_times(workspace.ask(&["ledger", project]));
            let profile = workspace.ask(&["profile", project, "--raw"]);
            (checksum, ledger, rejects, profile)
        })
        .collect();
    let export = |what: &str, out: &str| {
        let told = workspace.run(&["export", "one", what, out, "--at", "2026-03-01T12:00:00Z"]);
        assert!(matches!(told.code, 0 | 3), "{}", told.err);
        fs::read(workspace.path(out)).expect("a workbook")
    };
    assert_eq!(told[0].0["tables"].as_array().map(Vec::len), Some(7));
    assert!(told[0].0["snapshot_digest"].as_str().is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit())));
    assert_eq!(told[0], told[1]);
    // A load into the same project is the same, too, and so are its workbooks.
    let load = || {
        workspace.run(&["load", "one", "in"]).ended(3);
        let shown = workspace.ask(&["show", "one"]);
        let newest = shown["snapshots"].as_array().expect("snapshots").iter().map(|s| s["loaded_at"].to_string()).max();
        newest.expect("a snapshot")[..17].to_owned()
    };
    // The map says in which minute its snapshot was loaded, so both loads are to be of one.
    for attempt in 0..3 {
        let first = load();
        let before =
            (export("map", &format!("map{attempt}.xlsx")), export("samples", &format!("samples{attempt}.xlsx")));
        let second = load();
        assert_eq!(workspace.ask(&["checksum", "one"]), told[0].0);
        if first != second && attempt < 2 {
            continue;
        }
        assert!(export("map", &format!("map-again{attempt}.xlsx")) == before.0, "the maps differ");
        assert!(export("samples", &format!("samples-again{attempt}.xlsx")) == before.1, "the samples differ");
        break;
    }
    // And one figure tells where a value is another.
    let dump = fs::read_to_string(workspace.path("in/torn_rows.sql")).expect("the dump");
    workspace.write("in/torn_rows.sql", dump.replace("stray", "strat"));
    workspace.run(&["load", "one", "in"]).ended(3);
    let other = workspace.ask(&["checksum", "one"]);
    assert_eq!(other["tables"], told[0].0["tables"], "it is in a reject");
    assert_ne!(other["snapshot_digest"], told[0].0["snapshot_digest"]);
}

/// A server's answer, made of our own figures; lines are then changed one by one.
fn answer(checksum: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let line = |t: &Value| {
        ["database", "table", "rows", "columns", "digest"]
            .map(|field| text(&t[field]).replace("null", "NULL"))
            .join("\t")
    };
    checksum["tables"].as_array().expect("tables").iter().map(line).collect()
}

#[test]
fn the_servers_answer_is_compared_table_by_table() {
    let workspace = Workspace::project("clinic.sql");
    let lines = answer(&workspace.ask(&["checksum", "clinic"]));
    let against = |text: &str| -> Told {
        workspace.write("results.tsv", text);
        workspace.run(&["checksum", "clinic", "--against", "results.tsv", "--json"])
    };
    let header = "database\ttable\trows\tcolumns\tdigest";
    let pairs: Vec<String> = lines.iter().map(|line| format!("{header}\r\n{line}\r\n")).collect();
    let batch = pairs.concat();
    let told = against(&batch).ended(0).json();
    assert_eq!((&told["equal"], &told["differing"]), (&json!(lines.len()), &json!(0)), "{told:#}");

    let mut wrong = lines.clone();
    let last = wrong[0].pop().expect("a digit");
    wrong[0].push(if last == '1' { '2' } else { '1' });
    wrong.remove(1);
    wrong.push("clinic\tvaccine\t3\t2\t44".to_owned());
    let told = against(&wrong.join("\n")).ended(3).json();
    let verdict = |at: usize| told["tables"][at]["verdict"].as_str().expect("a word").to_owned();
    assert_eq!((verdict(0), verdict(1)), ("content_differs".to_owned(), "not_on_server".to_owned()));
    assert_eq!(told["tables"].as_array().expect("tables").last().expect("one")["verdict"], "not_staged");
    assert_eq!(told["differing"], 3);
    let told = workspace.run(&["checksum", "clinic", "--against", "results.tsv"]).ended(3).out;
    assert!(told.contains("the content differs") && told.contains("vaccine"), "{told}");

    let told = against("ERROR 1045 (28000): Access denied\n").ended(1);
    assert!(told.err.contains("results.tsv: line 1") && told.err.contains("mysql --batch"), "{}", told.err);
}

/// Room for the database's start, not for its rows.
#[test]
#[cfg(unix)]
fn a_full_disk_ends_the_load_in_words_and_leaves_nothing() {
    use std::fmt::Write;

    let workspace = Workspace::project("clinic.sql");
    let before = workspace.ask(&["show", "clinic"]);
    let mut long = String::from("id,remark\n");
    for id in 0..60_000 {
        let _ = writeln!(long, "{id},a remark of some length about nobody {id}");
    }
    workspace.write("long.csv", long);
    // In blocks of 512 bytes or of 1,024: too little either way. A signal would end the program before it can speak.
    let script = "trap '' XFSZ; ulimit -f 1000; exec \"$CROSSWALK\" load clinic long.csv";
    let told: Told = Command::new("sh")
        .args(["-c", script])
        .current_dir(workspace.path("."))
        .env("CROSSWALK", env!("CARGO_BIN_EXE_crosswalk"))
        .output()
        .expect("a shell")
        .into();
    let told = told.ended(1);
    assert!(told.err.contains("disk"), "{}", told.err);
    assert_eq!(workspace.ask(&["show", "clinic"]), before);
    assert_eq!(workspace.list("clinic.crosswalk/snapshots").len(), 1);
}
