//! Where something is, and one person through all tables.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::crosswalk::Workspace;

/// A clinic whose tables know people by two numbers, written in several ways. All of it is invented.
fn dump() -> String {
    let mut sql = String::from(
        "CREATE TABLE employee (employee_id int NOT NULL PRIMARY KEY, perno varchar(9), last_name varchar(20), phone varchar(20));\n\
         CREATE TABLE visit (visit_id int NOT NULL PRIMARY KEY, employee_id int, visit_date datetime, note varchar(60), \
         FOREIGN KEY (employee_id) REFERENCES employee (employee_id));\n\
         CREATE TABLE lab (lab_id int NOT NULL PRIMARY KEY, visit_id int, result varchar(60), \
         FOREIGN KEY (visit_id) REFERENCES visit (visit_id));\n\
         CREATE TABLE xray (xray_key int NOT NULL PRIMARY KEY, perno varchar(9), taken date);\n\
         CREATE TABLE hepatitis_lot (lot varchar(8), maker varchar(20));\n\
         CREATE TABLE login (login_id int, host varchar(20), active varchar(3));\n",
    );
    for id in 1..=300 {
        let phone = if id == 7 { "(212) 555-0107".to_owned() } else { format!("212-555-{:04}", 1000 + id) };
        writeln!(sql, "INSERT INTO employee VALUES ({id},'0000{:05}','M\u{fc}ller{id}','{phone}');", 40_000 + id * 3)
            .expect("text");
        let note = if id % 100 == 7 { "H\u{e9}patitis B vaccine, 2nd dose" } else { "seen" };
        let visit =
            format!("INSERT INTO visit VALUES ({},{id},'20{:02}-03-04 00:00:00','{note}');", id * 2, 10 + id % 10);
        writeln!(sql, "{visit}").expect("text");
        if id % 7 == 0 {
            let earlier = format!("({},{id},'2001-02-03 00:00:00','first')", id * 2 + 1);
            writeln!(sql, "INSERT INTO visit VALUES {earlier};").expect("text");
            writeln!(sql, "INSERT INTO lab VALUES ({id},{},'hepatitis B surface antibody');", id * 2 + 1)
                .expect("text");
        }
        writeln!(sql, "INSERT INTO xray VALUES ({id},'0000{:05}','2015-01-02');", 40_000 + id * 3).expect("text");
        writeln!(sql, "INSERT INTO login VALUES ({id},'host{id}','{}');", if id % 2 == 0 { "yes" } else { "no" })
            .expect("text");
    }
    sql.push_str("INSERT INTO hepatitis_lot VALUES ('HB12345','Merck');\n");
    sql
}

fn project() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("clinic.sql", dump());
    workspace.run(&["new", "clinic"]).ended(0);
    workspace.run(&["load", "clinic", "clinic.sql"]).ended(0);
    workspace
}

/// `table.column rows` of every place.
fn places(found: &Value) -> Vec<String> {
    let one = |place: &Value| format!("{}.{} {}", place["table"], place["name"], place["rows"]).replace('"', "");
    found["values"]["places"].as_array().expect("places").iter().map(one).collect()
}

#[test]
fn values_are_found_the_same_with_and_without_the_index() {
    let workspace = project();
    let questions: &[(&str, &[&str])] = &[
        ("hepatitis", &["lab.result 42", "visit.note 3"]),
        ("HEPAT b", &["lab.result 42", "visit.note 3"]),
        ("patitis", &[]),
        ("muller7", &["employee.last_name 11"]),
        ("2125550107", &["employee.phone 1"]),
        ("40021", &["employee.perno 1", "xray.perno 1"]),
        ("000040021", &["employee.perno 1", "xray.perno 1"]),
        ("4002", &[]),
        ("2001-02-03", &["visit.visit_date 42"]),
        ("2003-02-01", &[]),
        ("yes", &["login.active 150"]),
    ];
    for (question, expected) in questions {
        assert_eq!(places(&workspace.ask(&["find", "clinic", question])), *expected, "{question}, by reading");
    }
    let rows = 5 * 300 + 2 * 42 + 1 - 300;
    let made = workspace.ask(&["index", "clinic"]);
    assert_eq!((&made["tables"], &made["indexed"], &made["rows"]), (&json!(6), &json!(6), &json!(rows)));
    assert_eq!(workspace.ask(&["index", "clinic"])["rows"], 0, "what was done is kept");
    for (question, expected) in questions {
        let found = workspace.ask(&["find", "clinic", question]);
        assert_eq!(places(&found), *expected, "{question}, through the index");
        assert_eq!(found["values"]["indexed"], 6);
    }
    let read = &workspace.ask(&["find", "clinic", "40021"])["values"]["rows_read"];
    assert!(read.as_u64().is_some_and(|read| read < rows), "{read} rows were read");
}

#[test]
fn rows_that_hold_it_are_masked() {
    let workspace = project();
    let shown = workspace.ask(&["find", "clinic", "40021", "--rows", "xray.perno"]);
    assert_eq!((&shown["numbers"], &shown["total"], &shown["masked"]), (&json!([7]), &json!(1), &json!(true)));
    assert!(!shown["rows"].to_string().contains("40021"), "{shown}");
    let raw = workspace.ask(&["find", "clinic", "40021", "--rows", "xray.perno", "--raw"]);
    assert_eq!(raw["rows"][0][1], "000040021");
}

#[test]
fn names_are_found_by_the_words_people_say() {
    let workspace = project();
    let found = workspace.ask(&["find", "clinic", "labs", "--names"]);
    assert_eq!(found["names"]["tables"][0]["table"], "lab");
    assert_eq!(found["values"], Value::Null);
    assert_eq!(workspace.ask(&["find", "clinic", "phone number", "--names"])["names"]["columns_total"], 0);
    workspace.run(&["analyze", "clinic"]).ended(0);
    let found = workspace.ask(&["find", "clinic", "phone number", "--names"]);
    let why = found["names"]["columns"][0]["why"].as_str().expect("why");
    assert!(why.contains("look like phone number"), "{why}");
    workspace.run(&["find", "clinic", "--", "--"]).ended(1);
}

#[test]
fn one_person_is_followed_through_all_tables() {
    let workspace = project();
    workspace.run(&["analyze", "clinic"]).ended(0);
    workspace.run(&["map", "clinic", "disposition", "discrete", "visit", "--reason", "clinical"]).ended(0);
    let people = workspace.ask(&["follow", "clinic", "--text", "2125550107"]);
    assert_eq!((&people["numbers"], &people["masked"]), (&json!([7]), &json!(true)));
    for step in ["by reading", "through the index"] {
        let person = workspace.ask(&["follow", "clinic", "7"]);
        let tables: Vec<String> = person["tables"]
            .as_array()
            .expect("tables")
            .iter()
            .map(|t| format!("{} {} {}", t["table"], t["rows"], t["years"][0]["year"]).replace('"', ""))
            .collect();
        assert_eq!(tables, ["employee 1 null", "visit 2 2001", "xray 1 2015", "lab 1 null"], "{step}");
        let visit = &person["tables"][1];
        assert_eq!(visit["unmapped"], json!(["visit_id", "employee_id", "visit_date", "note"]));
        assert_eq!(
            (&person["rows_undecided"], &person["without_path"][0]["table"]),
            (&json!(3), &json!("hepatitis_lot"))
        );
        workspace.run(&["index", "clinic"]).ended(0);
    }
    let rows = workspace.ask(&["follow", "clinic", "7", "--table", "visit"]);
    assert_eq!((&rows["years"], &rows["total"]), (&json!([2001, 2017]), &json!(2)), "in the order of time");
    let refused = workspace.run(&["follow", "clinic", "301"]);
    refused.ended(1);
}
