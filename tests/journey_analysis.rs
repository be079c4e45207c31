//! The close look at tables: what it finds, what it shows to whom, and that it is done once.

use std::fmt::Write as _;
use std::fs;

use calamine::{DataType, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::support::crosswalk::Workspace;

/// A clinic in which much is odd. All of it is invented.
fn dump() -> String {
    let mut sql = String::from(
        "CREATE TABLE employee (employee_id int NOT NULL PRIMARY KEY, last_name varchar(20), birth_date date, npi varchar(10));\n\
         CREATE TABLE visit (visit_id int NOT NULL PRIMARY KEY, employee_id int, visit_date datetime, dx varchar(10), \
         bp varchar(10), note varchar(60), FOREIGN KEY (employee_id) REFERENCES employee (employee_id));\n\
         CREATE TABLE visit_bak (visit_id int, employee_id int, visit_date datetime, dx varchar(10), bp varchar(10), \
         note varchar(60));\n\
         CREATE TABLE visit_type (code varchar(4), description varchar(30));\n",
    );
    for id in 1..=60 {
        let born = if id == 1 { "1921-02-03".to_owned() } else { format!("19{:02}-05-06", 50 + id % 40) };
        writeln!(sql, "INSERT INTO employee VALUES ({id},'Okafor{id}','{born}','1234567893');").expect("text");
        let date =
            if id == 60 { "2091-01-02 00:00:00".to_owned() } else { format!("20{:02}-03-04 00:00:00", 10 + id % 10) };
        let note = match id {
            7 => "her number is 123-45-6780".to_owned(),
            8 => "Unknown".to_owned(),
            _ => format!("seen {id}"),
        };
        let dx = if id % 2 == 0 { "E11.9" } else { "S52.521A" };
        writeln!(sql, "INSERT INTO visit VALUES ({id},{id},'{date}','{dx}','12{}/80','{note}');", id % 10)
            .expect("text");
    }
    sql.push_str("INSERT INTO visit_bak VALUES (1,1,'2003-01-02 00:00:00','I10','120/80','a'),(1,1,'2003-01-02 00:00:00','I10','120/80','a');\n");
    sql.push_str("INSERT INTO visit_type VALUES ('PE','physical exam'),('pe ','physical exam');\n");
    sql
}

fn project() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("clinic.sql", dump());
    workspace.run(&["new", "clinic"]).ended(0);
    workspace.run(&["load", "clinic", "clinic.sql"]).ended(0);
    workspace
}

fn of<'a>(list: &'a Value, key: &str, name: &str) -> &'a Value {
    let found =
        list.as_array().expect("a list").iter().find(|one| one[key].as_str().is_some_and(|k| k.ends_with(name)));
    found.unwrap_or_else(|| panic!("nothing called {name} in {list}"))
}

#[test]
fn every_table_says_what_it_is_when_it_was_used_and_whom_it_is_about() {
    let workspace = project();
    let before = workspace.ask(&["inventory", "clinic"]);
    assert_eq!(before["analyzed"], 0, "nothing was looked at yet");
    assert_eq!(of(&before["rows"], "key", "visit")["last_year"], Value::Null);
    let made = workspace.ask(&["analyze", "clinic"]);
    assert_eq!((&made["tables"], &made["made"]), (&4.into(), &4.into()));
    let again = workspace.ask(&["analyze", "clinic"]);
    assert_eq!(again["made"], 0, "what was told is kept");
    let inventory = workspace.ask(&["inventory", "clinic"]);
    let row = |name| of(&inventory["rows"], "key", name);
    assert_eq!(row("/employee")["role"], "person");
    assert_eq!(row("/visit")["role"], "event");
    assert_eq!(row("/visit")["dated_by"], "visit_date");
    assert_eq!(row("/visit")["person"]["columns"][0], "employee_id");
    assert_eq!(row("/visit_bak")["role"], "copy");
    assert_eq!(row("/visit_bak")["dead"], true, "{}", row("/visit_bak"));
    assert_eq!(row("/visit_bak")["repeats"]["rows"], 1);
    assert_eq!(row("/visit_type")["role"], "lookup");
    assert_eq!(inventory["newest_year"], 2019, "a date in the future tells no use");
}

#[test]
fn what_is_wrong_is_listed_without_a_value() {
    let workspace = project();
    workspace.run(&["analyze", "clinic"]).ended(0);
    let page = workspace.ask(&["issues", "clinic", "--limit", "0"]);
    let found: Vec<(String, u64)> = page["issues"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|issue| {
            let place = format!("{} {} {}", issue["table"], issue["name"], issue["trouble"]).replace('"', "");
            (place, issue["rows"].as_u64().expect("rows"))
        })
        .collect();
    for expected in [
        ("/visit visit_date future_dates", 1),
        ("/visit visit_date no_time_of_day", 60),
        ("/visit note ssn_in_text", 1),
        ("/visit note placeholders", 1),
        ("/visit_bak  repeated_rows", 1),
        ("/visit_type code variants", 2),
    ] {
        assert!(found.iter().any(|(place, rows)| (place.as_str(), *rows) == expected), "{expected:?} in {found:?}");
    }
    let told = page.to_string();
    for value in ["Okafor", "123-45-6780", "physical", "1921"] {
        assert!(!told.contains(value), "{value} was told");
    }
}

#[test]
fn codes_are_known_by_their_values() {
    let workspace = project();
    let told = workspace.ask(&["analyze", "clinic", "visit"]);
    let kind = |told: &Value, name| of(&told["columns"], "column", name)["analysis"]["kinds"][0]["kind"].clone();
    assert_eq!(kind(&told, "dx"), "icd10");
    assert_eq!(kind(&told, "bp"), "blood_pressure");
    let told = workspace.ask(&["analyze", "clinic", "employee"]);
    assert_eq!(kind(&told, "npi"), "npi");
    // Nobody's year of birth tells an age over 89.
    let dates = &of(&told["columns"], "column", "birth_date")["analysis"]["dates"];
    assert!(!dates.to_string().contains("1921"), "{dates}");
    assert!(!dates.to_string().contains("-05-"), "days are left out: {dates}");
}

/// As Rabbit-In-a-Hat reads it: fields on the first sheet by their headers, values on a sheet of the table's name.
#[test]
fn the_profile_is_a_scan_report() {
    let workspace = project();
    workspace.run(&["export", "clinic", "profile", "profile.xlsx"]).ended(0);
    let mut book: Xlsx<_> = open_workbook(workspace.path("profile.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names()[..3], ["Field Overview", "Table Overview", "Issues"]);
    let fields = book.worksheet_range("Field Overview").expect("fields");
    let heads: Vec<String> = fields.headers().expect("headers");
    let at =
        |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name} in {heads:?}"));
    for head in ["Table", "Field", "Type", "N rows", "N rows checked", "Fraction empty", "Median", "Max"] {
        at(head);
    }
    let field = |table: &str, name: &str| {
        let mut rows = fields.rows().skip(1);
        rows.find(|row| row[at("Table")] == *table && row[at("Field")] == *name).expect("the field").to_vec()
    };
    let dx = field("visit", "dx");
    assert_eq!((dx[at("N rows")].as_f64(), dx[at("N unique values")].as_f64()), (Some(60.0), Some(2.0)));
    assert!(fields.rows().skip(1).all(|row| row[at("Max length")].as_f64().is_some()), "readers take it for a number");
    let visits = book.worksheet_range("visit").expect("the table's sheet");
    let heads: Vec<String> = visits.headers().expect("headers");
    let dx = heads.iter().position(|head| head == "dx").expect("the field");
    assert_eq!(heads[dx + 1], "Frequency");
    assert_eq!((visits[(1, dx)].to_string(), visits[(1, dx + 1)].as_f64()), ("E11.9".to_owned(), Some(30.0)));
    let preview = workspace.ask(&["export", "clinic", "profile", "--preview"]);
    let promised: Vec<&str> =
        preview["sheets"].as_array().expect("sheets").iter().filter_map(|sheet| sheet["name"].as_str()).collect();
    assert_eq!(book.sheet_names(), promised);
    let bytes = |name: &str| {
        workspace.run(&["export", "clinic", "profile", name, "--at", "2026-03-01T12:00:00Z"]).ended(0);
        fs::read(workspace.path(name)).expect("the workbook")
    };
    assert!(bytes("first.xlsx") == bytes("second.xlsx"), "two exports of the same state differ");
    for name in book.sheet_names() {
        let text = format!("{:?}", book.worksheet_range(&name).expect("a sheet"));
        assert!(!text.contains("Okafor") && !text.contains("123-45-6780"), "{name} holds a person");
    }
}

#[test]
fn all_values_are_counted_and_lead_to_their_rows() {
    let workspace = project();
    let page = workspace.ask(&["values", "clinic", "visit.dx"]);
    assert_eq!(page["total"], 2);
    assert_eq!((&page["values"][0]["value"], &page["values"][0]["count"]), (&"E11.9".into(), &30.into()));
    let names = workspace.ask(&["values", "clinic", "employee.last_name", "--limit", "5"]);
    assert_eq!(names["total"], 60);
    assert!(!names.to_string().contains("Okafor"), "names stay masked: {names}");
    workspace.run(&["values", "clinic", "employee.last_name", "--text", "kafor"]).ended(1);
    let raw = workspace.ask(&["values", "clinic", "employee.last_name", "--text", "OKAFOR1", "--raw"]);
    assert_eq!(raw["total"], 11, "1 and 10 to 19: {raw}");
    let rows = workspace.ask(&["values", "clinic", "visit.dx", "--rows", "2", "--limit", "100"]);
    assert_eq!(rows["rows"].as_array().expect("rows").len(), 30);
    assert!(!rows.to_string().contains("seen"), "rows stay masked: {rows}");
    workspace.run(&["values", "clinic", "visit.dx", "--rows", "3"]).ended(1);
}
