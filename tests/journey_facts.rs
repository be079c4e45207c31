//! What the program prints for scripts: shapes and figures.

use std::fmt::Write;

use flate2::Crc;
use serde_json::{Value, json};

use crate::support::crosswalk::Workspace;
use crate::support::shape::{assert_shape, entry};

#[track_caller]
fn assert_each(list: &Value, shape: &str) {
    let entries = list.as_array().expect("a list");
    assert!(!entries.is_empty(), "an empty list shows no shape");
    for entry in entries {
        assert_shape(entry, shape);
    }
}

#[test]
fn documents_have_the_shapes_that_scripts_rely_on() {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["map", "clinic", "connect", "visit", "audiometric-data"]).ended(0);
    let ask = |arguments: &[&str]| workspace.ask(arguments);

    assert_each(
        &ask(&["checksum", "clinic"])["tables"],
        "database:text? table:text rows:count columns:count digest:digits comparable:bool reason:text?",
    );
    assert_each(
        &ask(&["tables", "clinic"])["tables"],
        "database:text? table:text rows:count bytes:count columns:count filled_percent:number disposition:text \
         module:text?",
    );
    let profile = ask(&["profile", "clinic", "visit"]);
    assert_each(
        &profile["columns"],
        "database:text? table:text column:text filled_percent:number declared_type:text inferred_type:text rows:count \
         nulls:count blanks:count distinct:count min:text? max:text? min_length:count max_length:count top:list",
    );
    assert_each(&entry(&profile["columns"], "column", "kind")["top"], "value:text? count:count");
    let ledger = ask(&["ledger", "clinic"]);
    assert_shape(&ledger, "files:list rejects:count");
    assert_each(&ledger["files"], "file:text kind:text encoding:text bytes:count tables:list ignored:list");
    assert_each(&ledger["files"][0]["tables"], "table:text read:count loaded:count rejected:count");
    assert_each(
        &ask(&["sample", "clinic", "classify"])["columns"],
        "table:text column:text class:text confidence:number evidence:list action:text",
    );
    let databases: Vec<_> = ["checksum", "tables", "profile"]
        .map(|verb| ask(&[verb, "clinic"])[if verb == "profile" { "columns" } else { "tables" }][0]["database"].clone())
        .into_iter()
        .chain([ask(&["sample", "clinic", "classify"])["columns"][0]["database"].clone()])
        .collect();
    assert_eq!(databases, ["clinic"; 4], "every list names a table in the same way");
    let answer = ask(&["query", "clinic", "SELECT kind FROM visit_kind"]);
    assert_shape(&answer, "columns:list rows:list masked:bool cut:bool");
    let facts = ask(&["show", "clinic"]);
    assert_shape(&facts, "project:text who:text client:text snapshots:list snapshot:text partials:list counts:object");
    assert_each(&facts["snapshots"], "id:text label:text loaded_at:text tables:count rows:count rejects:count");
    assert_each(&ask(&["map", "clinic", "log"])["log"], "seq:count at:text who:text act:text label:text");
    let overview = ask(&["map", "clinic", "overview"]);
    assert_each(&overview["links"], "table:text interface:text mapped:count");
    assert_each(&overview["interfaces"], "id:text title:text fields:count required:count required_missing:count");
    let preview = ask(&["export", "clinic", "map", "--preview"]);
    assert_shape(&preview, "kind:text default_name:text sheets:list remarks:list");
    assert_each(&preview["sheets"], "name:text rows:count what:text");
}

/// Counted by hand in the fixture.
#[test]
fn figures_of_columns() {
    let workspace = Workspace::project("clinic.sql");
    let profile = workspace.ask(&["profile", "clinic", "--raw"]);
    // rows, nulls, blanks, distinct, shortest, longest, filled, type, least, greatest
    let cases = [
        ("employee", "employee_id", json!([5, 0, 0, 5, 1, 1, 100.0, "identifier", "1", "5"])),
        ("employee", "badge_no", json!([5, 0, 0, 5, 5, 5, 100.0, "identifier", "00417", "01004"])),
        ("employee", "first_name", json!([5, 0, 1, 5, 0, 8, 80.0, "text", "", "小龍"])),
        ("employee", "hourly_rate", json!([5, 1, 0, 4, 5, 5, 80.0, "decimal", "19.05", "44.00"])),
        ("employee", "hired", json!([5, 0, 0, 5, 10, 10, 100.0, "date", "0000-00-00", "2019-04-29"])),
        ("employee", "unused", json!([5, 5, 0, 0, 0, 0, 0.0, "empty", null, null])),
        ("visit", "systolic", json!([7, 1, 0, 6, 3, 3, 85.7, "integer", "109", "134"])),
        ("visit", "note", json!([7, 1, 1, 6, 0, 53, 71.4, "text", "", "ok"])),
        ("fax_queue", "payload", json!([0, 0, 0, 0, 0, 0, 0.0, "empty", null, null])),
    ];
    for (table, column, expected) in cases {
        let columns = profile["columns"].as_array().expect("columns");
        let found = columns.iter().find(|c| c["table"] == table && c["column"] == column).expect("the column");
        let figures: Vec<&Value> = [
            "rows",
            "nulls",
            "blanks",
            "distinct",
            "min_length",
            "max_length",
            "filled_percent",
            "inferred_type",
            "min",
            "max",
        ]
        .iter()
        .map(|name| &found[*name])
        .collect();
        assert_eq!(json!(figures), expected, "{table}.{column}");
    }
    let kinds = entry(&profile["columns"], "column", "kind")["top"].clone();
    let expected =
        json!([{ "value": "AUDIO", "count": 3 }, { "value": "PFT", "count": 2 }, { "value": "EXAM", "count": 2 }]);
    assert_eq!(kinds, expected);
}

/// The digest as its definition says, added up here without the program's own code.
fn digest(rows: &[&[Option<&str>]]) -> String {
    let hex = |text: &str| {
        text.bytes().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02X}");
            hex
        })
    };
    let sum: u128 = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(|cell| cell.map_or_else(|| "N".to_owned(), hex)).collect();
            let mut crc = Crc::new();
            crc.update(cells.join(",").as_bytes());
            u128::from(crc.sum())
        })
        .sum();
    sum.to_string()
}

#[test]
fn a_digest_is_what_its_definition_says() {
    let workspace = Workspace::project("clinic.sql");
    let tables = workspace.ask(&["checksum", "clinic"])["tables"].clone();
    let kinds = digest(&[
        &[Some("AUDIO"), Some("Hearing test")],
        &[Some("PFT"), Some("Lung function")],
        &[Some("EXAM"), Some("Physical examination")],
    ]);
    assert_eq!(entry(&tables, "table", "visit_kind")["digest"], json!(kinds));
    let [ada, matteo, long, last, rosalind] = [
        "1|00417|Okonkwo-Vance|Adaeze|1971-03-09|901-44-7716|adaeze.okonkwo@harbor.example|(207) 555-0142|F|1998-06-01|\
         31.50|0|NULL",
        "2|00418|D'Àngelo|Matteo|1965-11-30|902-51-3348|m.dangelo@harbor.example|207.555.0177|M|1989-01-16|44.00|1|NULL",
        "3|01002|李|小龍|1983-07-21|903-60-1925|li.xiaolong@harbor.example|207-555-0119|M|0000-00-00|28.75|0|NULL",
        "4|01003|Thibodeaux||1990-02-14|NULL|NULL|NULL|U|2015-09-08|NULL|0|NULL",
        "5|01004|Quillfeather|Rosalind|NULL|905-78-4401|rosalind.q@harbor.example|+1 207 555 0163|F|2019-04-29|19.05|0|NULL",
    ]
    .map(|row| row.split('|').map(|cell| (cell != "NULL").then_some(cell)).collect::<Vec<_>>());
    let people = digest(&[&ada, &matteo, &long, &last, &rosalind]);
    assert_eq!(entry(&tables, "table", "employee")["digest"], json!(people));
    assert_eq!(entry(&tables, "table", "fax_queue")["digest"], json!("0"));
}

#[test]
fn the_statement_for_the_server_asks_for_every_table() {
    let workspace = Workspace::project("clinic.sql");
    let sql = workspace.run(&["checksum", "clinic", "--sql"]).ended(0).out;
    for part in ["SET NAMES utf8mb4", "sql_mode = ''", "`retired`+0", "HEX(`scan`)", "CONVERT(`note` USING utf8mb4)"] {
        assert!(sql.contains(part), "{part} is not in\n{sql}");
    }
    for table in ["employee", "visit", "visit_kind", "fax_queue"] {
        assert_eq!(sql.matches(&format!("FROM `clinic`.`{table}`;")).count(), 1, "{table}");
    }
}

#[test]
fn a_query_answers_as_table_csv_and_json() {
    let workspace = Workspace::project("clinic.sql");
    let sql = "SELECT visit_id, note FROM visit WHERE visit_id IN (12, 13, 15) ORDER BY visit_id";
    let run = |format: &str| workspace.run(&["query", "clinic", sql, "--raw", "--format", format]).ended(0).out;
    assert_eq!(run("csv"), "visit_id,note\r\n12,\"\"\r\n13,\r\n15,Matteo D'Àngelo called in for her.\r\n");
    assert_eq!(run("table"), "visit_id\tnote\n12\t''\n13\tNULL\n15\tMatteo D'Àngelo called in for her.\n");
    let answer: Value = serde_json::from_str(&run("json")).expect("a document");
    assert_eq!(answer["rows"], json!([["12", ""], ["13", null], ["15", "Matteo D'Àngelo called in for her."]]));
    // Counts are nobody's, and shown without asking.
    let counts =
        workspace.ask(&["query", "clinic", "SELECT count(*), count(DISTINCT kind) FROM visit WHERE kind <> 'PFT'"]);
    assert_eq!((&counts["rows"], &counts["masked"]), (&json!([["5", "2"]]), &json!(true)));
    // An answer that was cut says so, and how to get the rest.
    let cut = workspace.run(&["query", "clinic", "SELECT visit_id FROM visit", "--limit", "2"]).ended(3);
    assert!(cut.err.contains("--limit"), "{}", cut.err);
}

/// Neither cut nor drawn; only in text a value must not move the cursor.
#[test]
fn raw_values_for_programs_are_the_very_values() {
    let note = format!("first line\n\tthen \"{}\", 100 %\u{200b}", "long ".repeat(1_000));
    let sql_note = note.replace('"', "\\\"").replace('\n', "\\n");
    let workspace = Workspace::new();
    workspace.write(
        "dump.sql",
        format!("CREATE TABLE t (id int, note text, scan blob);\nINSERT INTO t VALUES (1,'{sql_note}',0x00D80A);\n-- Dump completed\n"),
    );
    workspace.run(&["new", "p"]).ended(0);
    workspace.run(&["load", "p", "dump.sql"]).ended(0);
    let answer = workspace.ask(&["query", "p", "SELECT * FROM t", "--raw"]);
    assert_eq!(answer["rows"], json!([["1", note, "0x00D80A"]]));
    let csv = workspace.run(&["query", "p", "SELECT * FROM t", "--raw", "--format", "csv"]).ended(0).out;
    assert_eq!(csv, format!("id,note,scan\r\n1,\"{}\",0x00D80A\r\n", note.replace('"', "\"\"")));
    let profile = workspace.ask(&["profile", "p", "t.note", "--raw"]);
    assert_eq!(profile["columns"][0]["top"], json!([{ "value": note, "count": 1 }]));
    let shown = workspace.run(&["query", "p", "SELECT * FROM t", "--raw"]).ended(0).out;
    assert!(shown.contains("first line␊␉then") && shown.contains("0x00D80A"), "{shown}");
}
