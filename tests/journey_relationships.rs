//! What points at what, in a dump whose foreign keys were stripped, and what a person says of it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::crosswalk::Workspace;
use crate::support::shape::assert_shape;

/// Employees, their visits, what was measured there, a list, and users who wrote it. Row 5 of the visits is an orphan.
fn dump() -> String {
    let mut sql = String::from(
        "-- MySQL dump 10.13\n
         CREATE TABLE `employee` (`employee_id` int NOT NULL, `last_name` varchar(40), `birth_date` date, `dept_no` char(4),
             PRIMARY KEY (`employee_id`));
         CREATE TABLE `department` (`dept_no` char(4) NOT NULL, `title` varchar(40), PRIMARY KEY (`dept_no`));
         CREATE TABLE `users` (`user_id` int NOT NULL, `login` varchar(40), PRIMARY KEY (`user_id`));
         CREATE TABLE `clinicvisit` (`id` int NOT NULL, `employee_id` int, `created_by` int, `status` int, PRIMARY KEY (`id`));
         CREATE TABLE `audiogram` (`audio_no` int NOT NULL, `visit_id` int, `tester` int, `l500` int, PRIMARY KEY (`audio_no`));
         CREATE TABLE `parking` (`parking_no` int NOT NULL, `plate` varchar(9), `holder` int, PRIMARY KEY (`parking_no`));\n",
    );
    let mut row = |table: &str, values: &str| writeln!(sql, "INSERT INTO `{table}` VALUES ({values});").expect("text");
    for n in 1..=60 {
        row("employee", &format!("{n},'Name {n}','1970-01-{:02}','D{:03}'", n % 28 + 1, n * 7 % 25));
        row("clinicvisit", &format!("{n},{},{},{}", if n == 5 { 999 } else { n * 7 % 60 + 1 }, n % 22 + 1, n % 3));
        row("audiogram", &format!("{n},{},{},{}", n * 11 % 60 + 1, n % 22 + 1, n % 40));
    }
    for n in 0..25 {
        row("department", &format!("'D{n:03}','Title {n}'"));
        row("users", &format!("{},'login{n}'", n + 1));
        row("parking", &format!("{},'AB {n}',{}", n + 1, n * 2 + 1));
    }
    sql.push_str("-- Dump completed\n");
    sql
}

fn names(relation: &Value) -> String {
    let end = |end: &Value| {
        let columns: Vec<&str> = end["columns"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        format!("{}.{}", end["table"].as_str().unwrap(), columns.join("+"))
    };
    format!("{}>{}", end(&relation["from"]), end(&relation["to"]))
}

fn found(facts: &Value) -> Vec<String> {
    facts["relations"].as_array().expect("a list").iter().map(names).collect()
}

fn relation<'a>(facts: &'a Value, name: &str) -> &'a Value {
    let all = facts["relations"].as_array().expect("a list");
    all.iter().find(|relation| names(relation) == name).unwrap_or_else(|| panic!("no {name} in {:?}", found(facts)))
}

fn text_of<'a>(facts: &'a Value, list: &str, table: &str) -> Option<&'a Value> {
    facts[list].as_array().expect("a list").iter().find(|entry| entry["table"] == table)
}

#[test]
fn stripped_foreign_keys_are_found_and_a_person_has_the_last_word() {
    let workspace = Workspace::new();
    let dump = workspace.write("clinic.sql", dump());
    workspace.run(&["new", "clinic"]).ended(0);
    workspace.run(&["load".as_ref(), "clinic".as_ref(), dump.as_os_str()]).ended(0);

    let facts = workspace.ask(&["relationships", "clinic"]);
    let mut all = found(&facts);
    all.sort();
    assert_eq!(
        all,
        [
            "audiogram.tester>users.user_id",
            "audiogram.visit_id>clinicvisit.id",
            "clinicvisit.created_by>users.user_id",
            "clinicvisit.employee_id>employee.employee_id",
            "employee.dept_no>department.dept_no",
        ]
    );
    let visit = relation(&facts, "clinicvisit.employee_id>employee.employee_id");
    assert_shape(visit, "from:object to:object kind:text state:text confidence:number coverage:number orphans:count");
    assert_eq!((&visit["orphans"], &visit["examples"], &visit["rows"]), (&json!(1), &json!([5]), &json!(60)));
    assert_eq!((&visit["kind"], &visit["state"]), (&json!("inferred"), &json!("proposed")));
    assert_eq!(
        (&facts["person_table"]["table"], &facts["person_table"]["key"]),
        (&json!("employee"), &json!(["employee_id"]))
    );
    assert_eq!(
        text_of(&facts, "paths", "audiogram").expect("a path")["text"],
        "reaches employee by visit_id → clinicvisit.id, employee_id → employee.employee_id"
    );
    // Whoever wrote a row is not whom it is about.
    for table in ["users", "department", "parking"] {
        assert!(text_of(&facts, "without_path", table).is_some(), "{table}");
    }
    assert_eq!(workspace.ask(&["relations", "clinic"]), facts, "the same from what was kept");

    let told = workspace.run(&["relationships", "clinic", "audiogram"]).ended(0).out;
    assert!(told.contains("visit_id → clinicvisit.id: inferred"), "{told}");
    assert!(told.contains("reaches employee by"), "{told}");

    workspace.run(&["relate", "clinic", "parking.holder", "employee.employee_id", "--confirm"]).ended(0);
    workspace.run(&["relate", "clinic", "audiogram.visit_id", "clinicvisit.id", "--reject"]).ended(0);
    let facts = workspace.ask(&["relationships", "clinic"]);
    let added = relation(&facts, "parking.holder>employee.employee_id");
    assert_eq!((&added["kind"], &added["state"], &added["orphans"]), (&json!("added"), &json!("confirmed"), &json!(0)));
    assert_eq!(added["who"], "Ada");
    assert!(text_of(&facts, "paths", "parking").is_some());
    assert!(text_of(&facts, "without_path", "audiogram").is_some(), "no path goes over what was rejected");
    let log = workspace.run(&["map", "clinic", "log"]).ended(0).out;
    assert!(log.contains("rejected audiogram.visit_id → clinicvisit.id"), "{log}");

    workspace.run(&["map", "clinic", "undo"]).ended(0);
    workspace.run(&["relate", "clinic", "parking.holder", "employee.employee_id", "--forget"]).ended(0);
    let facts = workspace.ask(&["relationships", "clinic"]);
    assert!(text_of(&facts, "paths", "audiogram").is_some());
    assert!(!found(&facts).contains(&"parking.holder>employee.employee_id".to_owned()));
    workspace.run(&["relate", "clinic", "parking.holder", "parking.holder", "--confirm"]).ended(1);
    workspace.run(&["relate", "clinic", "parking.holder", "employee.employee_id"]).ended(2);
}

#[test]
fn rows_without_a_parent_are_an_issue_until_a_person_says_that_they_point_elsewhere() {
    let workspace = Workspace::new();
    workspace.write("clinic.sql", dump());
    workspace.run(&["new", "clinic"]).ended(0);
    workspace.run(&["load", "clinic", "clinic.sql"]).ended(0);
    let orphans = || {
        let found = workspace.ask(&["issues", "clinic"]);
        let all = found["issues"].as_array().expect("issues").clone();
        all.into_iter().filter(|issue| issue["trouble"] == "orphans").collect::<Vec<_>>()
    };
    assert_eq!(orphans(), Vec::<Value>::new(), "nobody looked for relationships yet");
    workspace.ask(&["relationships", "clinic"]);
    let found = orphans();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["name"], &found[0]["rows"], &found[0]["about_people"]),
        (&json!("employee_id"), &json!(1), &json!(true))
    );
    let sentence = found[0]["sentence"].as_str().expect("a sentence");
    assert!(sentence.contains("not in employee") && sentence.ends_with("row 5"), "{sentence}");
    workspace.run(&["relate", "clinic", "clinicvisit.employee_id", "employee.employee_id", "--reject"]).ended(0);
    assert_eq!(orphans(), Vec::<Value>::new());
}
