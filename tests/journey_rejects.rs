//! Rejects: exported, corrected, read again, taken back.

use std::fs;

use serde_json::{Value, json};

use crate::support::crosswalk::{Workspace, fixture};
use crate::support::shape::entry;

/// A dump and a delimited file, each with records that cannot be read.
fn handed_over() -> Workspace {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    fs::create_dir(workspace.path("in")).expect("a folder");
    fs::copy(fixture("torn_rows.sql"), workspace.path("in/torn_rows.sql")).expect("the fixture");
    workspace
        .write("in/ragged.csv", "id,name,site\n1,Ada,Yard\n2,Grace\n3,Edith,Dock, \n4,Mary,Office\n5,Liz,Pier,B\n");
    workspace.run(&["load", "p", "in"]).ended(3);
    workspace
}

fn rows(workspace: &Workspace, sql: &str) -> Value {
    workspace.ask(&["query", "p", sql, "--raw"])["rows"].clone()
}

/// read, loaded, rejected, corrected of a table, and whether its digest can be compared.
fn account(workspace: &Workspace, file: usize, table: &str) -> ([u64; 4], bool) {
    let ledger = workspace.ask(&["ledger", "p"]);
    let found = entry(&ledger["files"][file]["tables"], "table", table);
    let count = |field: &str| found[field].as_u64().expect("a count");
    let checksum = workspace.ask(&["checksum", "p"]);
    let comparable = entry(&checksum["tables"], "table", table)["comparable"].as_bool().expect("a word");
    (["read", "loaded", "rejected", "corrected"].map(count), comparable)
}

/// What a person does in a spreadsheet program that writes semicolons.
fn correct(workspace: &Workspace, corrections: &[(&str, &str)]) {
    let mut text = fs::read_to_string(workspace.path("out.csv")).expect("an export");
    for (wrong, right) in corrections {
        assert!(text.contains(wrong), "{wrong} is not in\n{text}");
        text = text.replace(wrong, right);
    }
    workspace.write("edited.csv", text);
}

#[test]
fn what_a_person_corrected_is_a_row_and_what_is_still_wrong_stays() {
    let workspace = handed_over();
    let before = workspace.ask(&["checksum", "p"]);
    let told = workspace.run(&["rejects", "p", "--export", "out.csv", "--raw"]).ended(0);
    assert!(told.out.starts_with("6 rejects written"), "{}", told.out);
    correct(&workspace, &[("(2,3.90)", "(2,3.9,'B')"), ("(8,,'B')", "(8,1.005,'it''s')"), ("2,Grace", "2,Grace,Yard")]);
    let told = workspace.run(&["rejects", "p", "--retry", "edited.csv", "--json", "--who", "Ben"]).ended(3).json();
    assert_eq!((&told["tried"], &told["corrected"], &told["rejected"]), (&json!(6), &json!(3), &json!(3)));
    // As the server would hold them: two decimals, rounded.
    let pft = "SELECT * FROM pft WHERE id IN (2, 8) ORDER BY id";
    assert_eq!(rows(&workspace, pft), json!([["2", "3.90", "B"], ["8", "1.01", "it's"]]));
    assert_eq!(rows(&workspace, "SELECT * FROM ragged WHERE id = '2'"), json!([["2", "Grace", "Yard"]]));
    assert_eq!(account(&workspace, 1, "pft"), ([9, 6, 3, 2], false));
    assert_eq!(account(&workspace, 0, "ragged"), ([5, 2, 3, 1], false));
    // Figures are of all rows.
    let profile = workspace.ask(&["profile", "p", "pft.id"]);
    assert_eq!((&profile["columns"][0]["rows"], &profile["columns"][0]["distinct"]), (&json!(8), &json!(8)));
    let facts = workspace.ask(&["show", "p"]);
    assert_eq!((&facts["counts"]["rejects"], &facts["snapshots"][0]["rejects"]), (&json!(3), &json!(3)));
    assert_eq!(facts["snapshots"][0]["rows"], 11);
    // Who and how many, and nothing of what stood there.
    let log = workspace.ask(&["map", "p", "log", "--limit", "100"])["log"].clone();
    let line =
        log.as_array().expect("lines").iter().find(|l| l["label"].to_string().contains("again")).expect("a line");
    assert_eq!(line["who"], "Ben");
    assert_eq!(line["label"], "read 6 rejects again: 3 are rows now, 3 stay rejected");
    let list = workspace.ask(&["rejects", "p", "--open", "--table", "pft"]);
    assert_eq!(
        (&list["total"], &list["rejects"][0]["tried_again"]),
        (&json!(1), &json!("expected no more values than columns"))
    );

    // And back: as if it had never been.
    assert_eq!(workspace.ask(&["rejects", "p", "--take-back"])["taken_back"], 3);
    assert_eq!(account(&workspace, 1, "pft"), ([9, 6, 3, 0], true));
    assert_eq!(workspace.ask(&["checksum", "p"]), before);
    assert_eq!(workspace.ask(&["rejects", "p", "--take-back"])["taken_back"], 0);
}

#[test]
fn short_records_are_padded_and_only_blank_surplus_is_cut() {
    let workspace = handed_over();
    let told = workspace.run(&["rejects", "p", "--retry", "--pad", "--cut", "--json"]).ended(3).json();
    assert_eq!((&told["tried"], &told["corrected"], &told["rejected"]), (&json!(3), &json!(2), &json!(1)));
    let all = "SELECT * FROM ragged ORDER BY id";
    let expected = json!([["1", "Ada", "Yard"], ["2", "Grace", ""], ["3", "Edith", "Dock"], ["4", "Mary", "Office"]]);
    assert_eq!(rows(&workspace, all), expected);
    // Rejects of a dump are none of this.
    assert_eq!(account(&workspace, 1, "pft"), ([9, 6, 3, 0], true));
}

#[test]
fn two_retries_are_taken_back_one_by_one() {
    let workspace = handed_over();
    workspace.run(&["rejects", "p", "--retry", "--pad"]).ended(3);
    workspace.run(&["rejects", "p", "--retry", "--cut"]).ended(3);
    assert_eq!(account(&workspace, 0, "ragged").0, [5, 2, 3, 2]);
    workspace.run(&["rejects", "p", "--take-back"]).ended(0);
    assert_eq!(rows(&workspace, "SELECT id FROM ragged ORDER BY id"), json!([["1"], ["2"], ["4"]]));
    workspace.run(&["rejects", "p", "--take-back"]).ended(0);
    assert_eq!(account(&workspace, 0, "ragged").0, [5, 2, 3, 0]);
}

/// Nothing changes, and the message says where and what to do, never what stood there.
#[test]
fn a_corrected_file_that_is_none_is_refused() {
    let workspace = handed_over();
    workspace.run(&["rejects", "p", "--export", "masked.csv"]).ended(0);
    let masked = fs::read_to_string(workspace.path("masked.csv")).expect("an export");
    assert!(!masked.contains("Grace") && masked.contains(",masked,"), "{masked}");
    workspace.write("other.csv", "name,site\nGrace,Yard\n");
    workspace.write("ids.csv", "id,content\n1,\"2,Grace,Yard\"\nGrace,x\n");
    workspace.write("foreign.csv", "id,content\n1,\"2,Grace,Yard\"\n99,\"2,Grace,Yard\"\n");
    for (file, message) in [
        ("masked.csv", "masked.csv, record 2: it was exported masked"),
        ("other.csv", "other.csv has no columns `id` and `content`"),
        ("ids.csv", "ids.csv, record 3: its id is no number"),
        ("foreign.csv", "there is no reject 99"),
        ("nowhere.csv", "nowhere.csv"),
    ] {
        let told = workspace.run(&["rejects", "p", "--retry", file]).ended(1);
        assert!(told.err.contains(message) && !told.err.contains("Grace"), "{file}: {}", told.err);
        assert_eq!(account(&workspace, 0, "ragged"), ([5, 2, 3, 0], false), "{file}");
    }
    workspace.run(&["rejects", "p", "--retry"]).ended(1);
}

/// The order of an INSERT's list is its own: a row read without it would put one column's values into another.
#[test]
fn a_row_is_read_again_in_the_order_its_statement_lists() {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    let dump = "SET NAMES latin1;\nCREATE TABLE `exam` (`id` int, `left_ear` int, `right_ear` int, `by` varchar(9));\n\
                INSERT INTO `exam` VALUES (1,10,20,'Ada');\n\
                INSERT INTO `exam` (`right_ear`,`by`,`left_ear`,`id`) VALUES (21,'Zo\u{eb}',11,2),(22,'Zo\u{eb}',,3);\n";
    // One byte a letter, as the dump says.
    workspace.write("exam.sql", dump.chars().map(|c| c as u8).collect::<Vec<u8>>());
    workspace.run(&["load", "p", "exam.sql"]).ended(3);
    workspace.run(&["rejects", "p", "--export", "out.csv", "--raw"]).ended(0);
    correct(&workspace, &[("(22,'Zoë',,3)", "(22,'Zoë',12,3)")]);
    workspace.run(&["rejects", "p", "--retry", "edited.csv"]).ended(0);
    let all = "SELECT id, left_ear, right_ear, \"by\" FROM exam ORDER BY id";
    assert_eq!(
        rows(&workspace, all),
        json!([["1", "10", "20", "Ada"], ["2", "11", "21", "Zoë"], ["3", "12", "22", "Zoë"]])
    );
    correct(&workspace, &[("(22,'Zoë',,3)", "(22,'李',12,3)")]);
    workspace.run(&["rejects", "p", "--take-back"]).ended(0);
    let told = workspace.run(&["rejects", "p", "--retry", "edited.csv"]).ended(3);
    assert!(told.out.contains("a character that the character set of its file does not have"), "{}", told.out);
}

/// A spreadsheet program would run it: it is guarded in the file, and a row's value is what it was.
#[test]
fn what_could_be_a_formula_goes_out_guarded_and_comes_back_as_it_was() {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    workspace.write("visits.csv", "id,name,site\n=5,Ada\n-6,Grace\n7,Mary,Dock\n8,Liz,Pier\n'=9,Joan\n");
    workspace.run(&["load", "p", "visits.csv"]).ended(3);
    workspace.run(&["rejects", "p", "--export", "out.csv", "--raw"]).ended(0);
    let corrections =
        [("\"'=5,Ada\"", "\"'=5,Ada,Yard\""), ("\"'-6,Grace\"", "\"-6,Grace,Yard\""), (",Joan\"", ",Joan,Yard\"")];
    correct(&workspace, &corrections);
    workspace.run(&["rejects", "p", "--retry", "edited.csv"]).ended(0);
    let ids = rows(&workspace, "SELECT id FROM visits ORDER BY id");
    assert_eq!(ids, json!([["'=9"], ["-6"], ["7"], ["8"], ["=5"]]));
    // A query's CSV is for people unless a program asks.
    let select = "SELECT id AS '=id', name FROM visits WHERE site = 'Yard' ORDER BY id";
    let told = workspace.run(&["query", "p", select, "--raw", "--format", "csv"]).ended(0);
    assert_eq!(told.out, "'=id,name\r\n'=9,Joan\r\n-6,Grace\r\n'=5,Ada\r\n");
    assert!(told.err.contains("2 fields could be taken for a formula"), "{}", told.err);
    let told = workspace.run(&["query", "p", select, "--raw", "--format", "csv-exact"]).ended(0);
    assert_eq!((told.out.as_str(), told.err.as_str()), ("=id,name\r\n'=9,Joan\r\n-6,Grace\r\n=5,Ada\r\n", ""));
}
