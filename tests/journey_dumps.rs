//! Dumps in folders, whose rows stand apart from what declares their tables; and columns that a dump leaves out.

use serde_json::{Value, json};

use crate::support::crosswalk::{Workspace, gzip};
use crate::support::shape::entry;

fn load(workspace: &Workspace, more: &[&str], code: i32) -> Value {
    workspace.run(&["new", "p"]).ended(0);
    let arguments: Vec<&str> = ["load", "p", "dump", "--json"].into_iter().chain(more.iter().copied()).collect();
    workspace.run(&arguments).ended(code).json()
}

fn rows(workspace: &Workspace, sql: &str) -> Value {
    workspace.ask(&["query", "p", sql, "--raw"])["rows"].clone()
}

fn warnings(ledger: &Value) -> Vec<String> {
    let files = ledger["files"].as_array().expect("files").iter();
    let told = files.flat_map(|file| file["warnings"].as_array().expect("warnings"));
    told.map(|text| text.as_str().expect("text").to_owned()).collect()
}

const TABLE: &str =
    "CREATE TABLE `test` (`id` int, `note` text, `raw` blob, `twice` int GENERATED ALWAYS AS (`id` * 2));\n";
const LOAD: &str = r"LOAD DATA LOCAL INFILE 'clinic.test.00000.dat' INTO TABLE `test` CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\t'
    ENCLOSED BY '' ESCAPED BY '\\' LINES STARTING BY '' TERMINATED BY '\n' (`id`,`note`,@raw)SET `raw`=UNHEX(@raw);";

/// mydumper --load-data: packed or not, the rows are the table's, and their file is no table of its own.
#[test]
fn rows_that_a_script_loads_from_another_file() {
    for packed in [false, true] {
        let workspace = Workspace::new();
        workspace.write(
            "dump/metadata",
            "# Started dump at: 2025-02-02 10:00:00\n# Finished dump at: 2025-02-02 10:00:01\n",
        );
        workspace.write("dump/clinic-schema-create.sql", "CREATE DATABASE `clinic`;\n");
        workspace.write("dump/clinic.test-schema.sql", TABLE);
        let data = b"1\tone\\ntwo\t00FF\n2\t\\N\t\\N\n";
        if packed {
            workspace.write("dump/clinic.test.00000.sql.gz", gzip(LOAD.replace(".dat", ".dat.gz").as_bytes()));
            workspace.write("dump/clinic.test.00000.dat.gz", gzip(data));
        } else {
            workspace.write("dump/clinic.test.00000.sql", LOAD);
            workspace.write("dump/clinic.test.00000.dat", data);
        }
        load(&workspace, &[], 0);
        assert_eq!(
            rows(&workspace, "SELECT id, note, hex(raw), twice FROM test"),
            json!([["1", "one\ntwo", "00FF", null], ["2", null, "", null]])
        );
        let tables = workspace.ask(&["tables", "p"]);
        let test = entry(&tables["tables"], "table", "test");
        assert_eq!(
            (&test["absent_columns"], &test["empty_columns"], &test["database"]),
            (&json!(1), &json!(0), &json!("clinic"))
        );
        let profile = workspace.ask(&["profile", "p"]);
        let twice = entry(&profile["columns"], "column", "twice");
        assert_eq!(twice["state"], "computed by the server, not in the dump");
        assert_eq!((&twice["filled_percent"], &twice["nulls"]), (&Value::Null, &Value::Null));
    }
}

#[test]
fn a_file_that_a_script_loads_and_nobody_gave() {
    let workspace = Workspace::new();
    workspace.write("dump/schema.sql", TABLE);
    workspace.write("dump/rows.sql", LOAD);
    let ledger = load(&workspace, &[], 3);
    assert!(warnings(&ledger)[0].contains("clinic.test.00000.dat, and no such file was given"), "{ledger}");
    let sums = workspace.ask(&["checksum", "p"]);
    assert_eq!(sums["tables"][0]["comparable"], json!(false));
}

fn shell_dump(workspace: &Workspace) {
    workspace.write("dump/@.json", r#"{"dumper": "mysqlsh", "version": "2.0.1", "schemas": ["clinic"]}"#);
    workspace.write("dump/@.done.json", r#"{"end": "2024-05-01 10:00:01"}"#);
    workspace.write("dump/@.sql", "-- MySQLShell dump 2.0.1\n-- Host: db    Database: clinic\n");
    workspace
        .write("dump/clinic.json", r#"{"schema": "clinic", "tables": ["test"], "basenames": {"test": "clinic@test"}}"#);
    let header = "-- MySQLShell dump 2.0.1\n-- Host: db    Database: clinic    Table: test\n";
    workspace.write("dump/clinic@test.sql", format!("{header}{TABLE}"));
    workspace.write(
        "dump/clinic@test.json",
        r#"{"options": {"schema": "clinic", "table": "test", "columns": ["id", "note", "raw"],
            "decodeColumns": {"raw": "FROM_BASE64"}, "defaultCharacterSet": "utf8mb4", "fieldsTerminatedBy": ",",
            "fieldsEnclosedBy": "\"", "fieldsOptionallyEnclosed": true, "fieldsEscapedBy": "\\", "linesTerminatedBy": "\n"},
            "includesData": true, "extension": "csv.gz", "chunking": true, "compression": "gzip"}"#,
    );
    workspace.write("dump/clinic@test@0.csv.gz", gzip(b"1,\"a, b\",\"AP8=\"\n"));
    workspace.write("dump/clinic@test@0.csv.gz.idx", [0, 0, 0, 0, 0, 0, 0, 16]);
    workspace.write("dump/clinic@test@@1.csv.gz", gzip(b"2,\"say \\\"x\\\"\",\\N\n"));
}

#[test]
fn a_dump_of_mysql_shell_is_read_by_its_own_account() {
    let workspace = Workspace::new();
    shell_dump(&workspace);
    let ledger = load(&workspace, &[], 0);
    assert_eq!(ledger["rejects"], 0);
    let expected = json!([["1", "a, b", "00FF", null], ["2", "say \"x\"", "", null]]);
    assert_eq!(rows(&workspace, "SELECT id, note, hex(raw), twice FROM test ORDER BY id"), expected);
    assert_eq!(workspace.ask(&["tables", "p"])["tables"].as_array().unwrap().len(), 1);
}

#[test]
fn a_dump_of_mysql_shell_that_did_not_finish() {
    let workspace = Workspace::new();
    shell_dump(&workspace);
    for gone in ["@.done.json", "clinic@test@0.csv.gz"] {
        std::fs::remove_file(workspace.path("dump").join(gone)).unwrap();
    }
    let told = warnings(&load(&workspace, &[], 3)).join("\n");
    assert!(told.contains("the dump did not finish") && told.contains("the dump lacks clinic@test@0.csv.gz"), "{told}");
}

/// mysqldump --tab --fields-terminated-by: found by the number of columns, or said.
#[test]
fn rows_with_other_separators_beside_their_script() {
    for (more, code) in [(&[][..], 3), (&["--delimiter", "|", "--quote", "\""], 0)] {
        let workspace = Workspace::new();
        workspace.write("dump/t.sql", "CREATE TABLE t (id int, note text, seen date);\n");
        workspace.write("dump/t.txt", "1|\"a \\\\ b\"|\"2020-01-02\"\n2|\\N|\"2020-01-03\"\n");
        load(&workspace, more, code);
        let expected = json!([["1", "a \\ b", "2020-01-02"], ["2", null, "2020-01-03"]]);
        assert_eq!(rows(&workspace, "SELECT * FROM t"), expected, "{more:?}");
    }
}
