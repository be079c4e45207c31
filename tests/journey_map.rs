//! The main journey: a dump goes in, a person decides, the map and the samples come out.

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::json;

use crate::support::crosswalk::{Told, Workspace, fixture};
use crate::support::shape::entry;

/// The cells of a sheet as text, row by row.
fn sheet(workspace: &Workspace, workbook: &str, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(workspace.path(workbook)).expect("a workbook");
    let range = book.worksheet_range(name).expect("the sheet");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// Rows of a sheet as maps from the header that holds `mark` to the cell below.
struct Table(Vec<Vec<String>>);

impl Table {
    fn under(rows: &[Vec<String>], mark: &str) -> Self {
        let head = rows.iter().position(|row| row.iter().any(|cell| cell == mark)).expect("the header row");
        Self(rows[head..].to_vec())
    }

    #[track_caller]
    fn cell(&self, where_: &[(&str, &str)], column: &str) -> &str {
        let at = |name: &str| {
            let found = self.0[0].iter().position(|head| head == name);
            found.unwrap_or_else(|| panic!("there is no column {name} in {:?}", self.0[0]))
        };
        let fits = |row: &&Vec<String>| where_.iter().all(|(name, value)| row[at(name)] == *value);
        let row = self.0[1..].iter().find(fits).unwrap_or_else(|| panic!("no row has {where_:?}"));
        &row[at(column)]
    }
}

#[test]
fn from_a_dump_to_the_map_and_the_samples() {
    let workspace = Workspace::new();
    let made = workspace.ask(&["new", "clinic", "--client", "Harbor Clinic"]);
    assert_eq!((&made["client"], &made["who"]), (&json!("Harbor Clinic"), &json!("Ada")));
    let dump = fixture("clinic.sql");
    workspace.run(&["load".as_ref(), "clinic".as_ref(), dump.as_os_str()]).ended(0);

    let done = |told: Told| assert_eq!(told.ended(0).out.trim(), "done");
    let decide = |arguments: &[&str]| done(workspace.run(&[&["map", "clinic"], arguments].concat()));
    decide(&["disposition", "discrete", "employee", "visit", "--reason", "in use every day"]);
    decide(&["disposition", "not_migrated", "fax_queue", "--reason", "nobody needs old faxes"]);
    decide(&["disposition", "archive", "employee.unused"]);
    decide(&["module", "demographics", "employee"]);
    decide(&["connect", "visit", "audiometric-data"]);
    decide(&["field", "visit.employee_id", "audiometric-data.documents.pat_id"]);
    decide(&["field", "employee.last_name", "employees-simple.Last Name"]);
    decide(&["note", "visit.kind", "--comment", "ask about EXAM", "--description", "Kind of visit"]);

    let map = ["export", "clinic", "map", "map.xlsx", "--at", "2026-03-01T12:00:00Z"];
    let exported = workspace.ask(&map);
    assert_eq!(exported["sheets"], 6);
    workspace.run(&["export", "clinic", "samples", "samples.xlsx"]).ended(0);

    let tables = Table::under(&sheet(&workspace, "map.xlsx", "Tables"), "Disposition");
    let of = |table| [("Table", table)];
    assert_eq!(tables.cell(&of("employee"), "Disposition"), "Discrete");
    assert_eq!(tables.cell(&of("employee"), "Reason"), "in use every day");
    assert_eq!(tables.cell(&of("employee"), "Module"), "demographics");
    assert_eq!(tables.cell(&of("fax_queue"), "Disposition"), "Not migrated");
    assert_eq!(tables.cell(&of("visit_kind"), "Disposition"), "Undecided");

    let columns = Table::under(&sheet(&workspace, "map.xlsx", "Data Mapping"), "Legacy Column");
    let of = |table, column| [("Legacy Table", table), ("Legacy Column", column)];
    assert_eq!(columns.cell(&of("visit", "employee_id"), "Target Field"), "documents.pat_id");
    assert_eq!(columns.cell(&of("employee", "last_name"), "Target Field"), "Last Name");
    assert_eq!(columns.cell(&of("employee", "unused"), "Disposition"), "Archive only");
    assert_eq!(columns.cell(&of("visit", "kind"), "Comments"), "ask about EXAM");
    assert_eq!(columns.cell(&of("visit", "kind"), "Description"), "Kind of visit");
    assert_eq!(columns.cell(&of("employee", "hourly_rate"), "DB Field Type"), "decimal(8,2)");
    assert_eq!(columns.cell(&of("employee", "hourly_rate"), "DB Count"), "4");
    assert_eq!(columns.cell(&of("employee", "hourly_rate"), "DB Total Rows"), "5");
    assert_eq!(columns.cell(&of("employee", "employee_id"), "DB Key"), "PRI");

    // Five people, their names replaced; the visits still point at them.
    let people = Table::under(&sheet(&workspace, "samples.xlsx", "employee"), "last_name");
    let visits = Table::under(&sheet(&workspace, "samples.xlsx", "visit"), "employee_id");
    let column = |table: &Table, name: &str| {
        let at = table.0[0].iter().position(|head| head == name).expect("the column");
        // The row below the header says what was done to the column.
        table.0[2..].iter().map(|row| row[at].clone()).collect::<Vec<_>>()
    };
    assert_eq!((column(&people, "last_name").len(), column(&visits, "visit_id").len()), (5, 7));
    let ids = column(&people, "employee_id");
    assert!(column(&visits, "employee_id").iter().all(|id| ids.contains(id)), "{ids:?}");
    let names = column(&people, "last_name");
    assert!(names.iter().all(|name| !name.is_empty()), "{names:?}");
    for name in ["Okonkwo-Vance", "D'Àngelo", "李", "Thibodeaux", "Quillfeather"] {
        assert!(!names.iter().any(|n| n == name), "{name} is in the sample");
    }
}

#[test]
fn undo_redo_and_the_log_outlive_the_program() {
    let workspace = Workspace::project("clinic.sql");
    let disposition = |table: &str| {
        let tables = workspace.ask(&["tables", "clinic"]);
        entry(&tables["tables"], "table", table)["disposition"].clone()
    };
    workspace.run(&["map", "clinic", "disposition", "custom", "visit", "--who", "Grace"]).ended(0);
    workspace.run(&["map", "clinic", "disposition", "summary", "visit"]).ended(0);
    assert_eq!(disposition("visit"), "summary");
    assert_eq!(workspace.ask(&["map", "clinic", "undo"])["undone"], "visit: summary document");
    assert_eq!(disposition("visit"), "custom");
    assert_eq!(workspace.ask(&["map", "clinic", "undo"])["undone"], "visit: custom table only");
    assert_eq!(disposition("visit"), "undecided");
    assert_eq!(workspace.ask(&["map", "clinic", "undo"])["undone"], json!(null));
    assert_eq!(workspace.ask(&["map", "clinic", "redo"])["redone"], "visit: custom table only");
    assert_eq!(disposition("visit"), "custom");
    // What was taken back is gone once something else is decided.
    workspace.run(&["map", "clinic", "disposition", "file", "visit"]).ended(0);
    assert_eq!(workspace.ask(&["map", "clinic", "redo"])["redone"], json!(null));
    assert_eq!(disposition("visit"), "file");

    let log = workspace.ask(&["map", "clinic", "log"]);
    let lines: Vec<_> =
        log["log"].as_array().expect("lines").iter().map(|l| (&l["who"], &l["act"], &l["label"])).collect();
    let told = |(who, act, label): (&serde_json::Value, &serde_json::Value, &serde_json::Value)| {
        [who, act, label].map(|v| v.as_str().unwrap_or_default().to_owned()).join(" ")
    };
    let lines: Vec<String> = lines.into_iter().map(told).collect();
    let expected = [
        "Ada edit visit: file/document",
        "Ada redo visit: custom table only",
        "Ada undo visit: custom table only",
        "Ada undo visit: summary document",
        "Ada edit visit: summary document",
        "Grace edit visit: custom table only",
    ];
    assert_eq!(lines[..expected.len()], expected);
}

/// Taking a connection away takes its mappings along; undo brings all of it back at once.
#[test]
fn a_connection_goes_and_comes_back_with_its_mappings() {
    let workspace = Workspace::project("clinic.sql");
    for (column, field) in [("employee_id", "documents.pat_id"), ("seen_at", "audio.test_datetime")] {
        let (column, field) = (format!("visit.{column}"), format!("audiometric-data.{field}"));
        workspace.run(&["map", "clinic", "field", &column, &field]).ended(0);
    }
    let mapped = || {
        let detail = workspace.ask(&["map", "clinic", "detail", "visit", "audiometric-data"]);
        detail["mappings"].as_array().expect("mappings").len()
    };
    assert_eq!(mapped(), 2);
    workspace.run(&["map", "clinic", "disconnect", "visit", "audiometric-data"]).ended(0);
    assert_eq!(mapped(), 0);
    workspace.run(&["map", "clinic", "undo"]).ended(0);
    assert_eq!(mapped(), 2);
}

/// A component that is moved takes its place, and the others make room: none is overwritten, none doubled.
#[test]
fn components_are_moved_removed_and_brought_back() {
    let workspace = Workspace::project("clinic.sql");
    let map = |arguments: &[&str]| workspace.run(&[&["map", "clinic"], arguments].concat()).ended(0);
    let components = || -> Vec<String> {
        let modules = workspace.ask(&["map", "clinic", "modules"]);
        let of_first = modules["modules"][0]["components"].as_array().expect("components").clone();
        let one = |c: &serde_json::Value| {
            let word = |name: &str| c[name].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", c["order"], word("component"), word("doc_type")).trim_end().to_owned()
        };
        of_first.iter().map(one).collect()
    };
    map(&["put-module", "hearing"]);
    map(&["put-component", "hearing", "Audiogram"]);
    map(&["put-component", "hearing", "Summary Document", "doc_type=HEARING"]);
    assert_eq!(components(), ["1 Audiogram", "2 Summary Document HEARING"]);
    map(&["put-component", "hearing", "summary document", "--order", "1"]);
    assert_eq!(components(), ["1 Summary Document HEARING", "2 Audiogram"]);
    map(&["put-component", "hearing", "Encounter", "--order", "2"]);
    assert_eq!(components(), ["1 Summary Document HEARING", "2 Encounter", "3 Audiogram"]);
    map(&["undo"]);
    map(&["undo"]);
    assert_eq!(components(), ["1 Audiogram", "2 Summary Document HEARING"]);
    map(&["remove-component", "hearing", "Audiogram"]);
    assert_eq!(components(), ["2 Summary Document HEARING"]);
    map(&["undo"]);
    assert_eq!(components().len(), 2);
}

/// What is said of a field that no column fills, what is answered, and how many required fields are missing then.
#[test]
fn a_field_without_a_column_is_a_constant_or_waived_for_a_reason() {
    let workspace = Workspace::project("clinic.sql");
    let map = |arguments: &[&str]| workspace.run(&[&["map", "clinic"], arguments].concat());
    map(&["connect", "visit", "audiometric-data"]).ended(0);
    let missing = || workspace.ask(&["show", "clinic"])["counts"]["required_missing"].as_u64().expect("a count");
    let (kind, id) = ("audiometric-data.documents.pat_id_type", "audiometric-data.documents.ext_doc_id");
    assert_eq!(missing(), 4);
    for (arguments, code, answer, left) in [
        (vec!["constant", kind, "ssn"], 1, "takes one of these: id:username, id:ext_id", 4),
        (vec!["constant", kind, "part:<PARTITION>"], 1, "takes one of these", 4),
        (vec!["constant", kind, " "], 1, "a constant needs a value", 4),
        (vec!["constant", "audiometric-data.nothing", "1"], 1, "has no field nothing", 4),
        (vec!["constant", kind, "part:EMP"], 0, "done", 3),
        (vec!["constant", kind, "id:ssn"], 0, "done", 3),
        (vec!["waive", id, "--reason", " "], 1, "waived for a reason", 3),
        (vec!["waive", id, "--reason", "the tests were on paper"], 0, "done", 2),
        (vec!["undo"], 0, "undone: waive", 3),
        (vec!["redo"], 0, "redone: waive", 2),
        (vec!["field", "visit.visit_id", id], 0, "done", 2),
        (vec!["constant", id, "1"], 1, "is filled from visit.visit_id: remove that mapping first", 2),
    ] {
        let told = map(&arguments);
        assert_eq!(told.code, code, "{arguments:?}: {}{}", told.out, told.err);
        assert!((told.out + &told.err).contains(answer), "{arguments:?}: not {answer}");
        assert_eq!(missing(), left, "{arguments:?}");
    }
    let detail = workspace.ask(&["map", "clinic", "detail", "visit", "audiometric-data"]);
    assert_eq!(entry(&detail["fields"], "name", "documents.pat_id_type")["constant"], "id:ssn");
    assert_eq!(entry(&detail["fields"], "name", "documents.ext_doc_id")["waived"], json!(null));

    map(&["waive", "audiometric-data.audio.test_datetime", "--reason", "in the document only"]).ended(0);
    workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(0);
    let coverage = Table::under(&sheet(&workspace, "map.xlsx", "Target coverage"), "Field");
    let told = |field: &str| {
        let of = [("Field", field)];
        ["Mapped from", "Mapping status", "Transform or value", "Gap"]
            .map(|column| coverage.cell(&of, column).to_owned())
    };
    assert_eq!(told("documents.pat_id_type"), ["(constant)", "mapped", "id:ssn", ""]);
    assert_eq!(told("audio.test_datetime"), ["(waived)", "waived", "in the document only", ""]);
    assert_eq!(told("documents.pat_id")[3], "required, not mapped");

    // What was said of the interface goes with its last table, and comes back with it.
    map(&["disconnect", "visit", "audiometric-data"]).ended(0);
    assert_eq!(workspace.ask(&["show", "clinic"])["counts"]["mappings"], 0);
    map(&["undo"]).ended(0);
    assert_eq!(workspace.ask(&["show", "clinic"])["counts"]["mappings"], 3);
}
