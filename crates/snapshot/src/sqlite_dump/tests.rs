use super::*;
use crate::event::{Batch, Reader, Step};
use crate::script::tests::{hold_chunks, hold_cuts, hold_flips, told};

const DUMP: &str = r#"PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE visit(id INTEGER PRIMARY KEY AUTOINCREMENT, seen DATETIME, fee DECIMAL(10,2), note TEXT, pic BLOB, w REAL, any);
INSERT INTO visit VALUES(1,'2010-01-01 08:30:00',12.5,'it''s \n (no) break;',X'00ff',70.5,3.140000000000000124);
INSERT INTO visit VALUES(2,NULL,'3.00',replace('two\nlines','\n',char(10)),NULL,70,'007');
INSERT INTO visit VALUES(3,'x',1,'too few');
INSERT INTO visit VALUES(4,'x','n/a',unistr('bell\u0007'),X'',1e999,-9223372036854775808);
INSERT INTO visit VALUES(NULL,5.0,1e3,5,'t',0.1,0x1F);
CREATE TABLE IF NOT EXISTS 'odd name'([a b] INT, "c""d" VARCHAR(5) DEFAULT 'x', FOREIGN KEY ([a b]) REFERENCES visit(id)) WITHOUT ROWID;
INSERT INTO 'odd name'("c""d") VALUES('one'),(2);
INSERT INTO [odd name] DEFAULT VALUES;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f USING fts5(a)');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('visit',5);
CREATE VIEW late AS SELECT * FROM visit;
CREATE TRIGGER t AFTER INSERT ON visit BEGIN INSERT INTO log VALUES(CASE WHEN 1 THEN 2 END); SELECT 1; END;
CREATE UNIQUE INDEX ix ON visit(seen);
COMMIT;
"#;

#[test]
fn a_dump_of_the_shell_is_told_whole() {
    let byte = DUMP.find("(3,'x'").expect("a short row");
    let expected = [
        "table -:visit id seen fee note pic w any".to_owned(),
        r#"0 1 "2010-01-01 08:30:00" "12.5" "it's \\n (no) break;" x00ff "70.5" "3.14""#.into(),
        r#"0 2 NULL 3 "two\nlines" NULL "70.0" "007""#.into(),
        format!("note 0 reject 3 line 6 byte {byte} \"(3,'x',1,'too few')\": expected as many values as columns"),
        r#"0 4 "x" "n/a" "bell\u{7}" x "Inf" -9223372036854775808"#.into(),
        r#"0 5 5 1000 "5" "t" "0.1" 31"#.into(),
        "table -:odd name a b c\"d".into(),
        r#"1 NULL "one""#.into(),
        r#"1 NULL "2""#.into(),
        format!(
            "note - reject 0 line 11 byte {} \"INSERT INTO [odd name] DEFAULT VALUES;\": expected a table's name and VALUES \
             with rows in an INSERT",
            DUMP.find("INSERT INTO [odd").expect("an INSERT without rows")
        ),
        "note - virtual table f of 36 bytes".into(),
        "note - view late of 39 bytes".into(),
        "note - statement CREATE TRIGGER t".into(),
        "changed 0 7".into(),
        "note - statement CREATE INDEX ix".into(),
    ];
    assert_eq!(told(&mut SqliteDump::new(DUMP.as_bytes())), expected);
}

#[test]
fn any_window_any_cut_any_flip() {
    hold_chunks::<SqliteSql>(DUMP.as_bytes(), "UTF-8");
    hold_cuts::<SqliteSql>(DUMP.as_bytes(), "UTF-8");
    hold_flips::<SqliteSql>(DUMP.as_bytes(), "UTF-8");
}

/// Values of a strict table and of every affinity: what the library returned for each is in
/// <https://www.sqlite.org/datatype3.html> and was compared with version 3.40.
#[test]
fn values_are_what_their_declared_type_makes_of_them() {
    for (declared, given, rows) in [
        (
            "v ANY) STRICT",
            "'0012'), (12.0), (12), ('12.0'), (1e3), (X'00ff')",
            r#""0012" "12.0"r 12 "12.0" "1000.0"r x00ff"#,
        ),
        ("v ANY)", "'0012'), (12.0), ('1e3'), ('0x10'), (' 12 ')", r#"12 12 1000 "0x10" 12"#),
        ("v INT) STRICT, WITHOUT ROWID", "1.0), ('7')", "1 7"),
        ("v TEXT) WITHOUT ROWID, STRICT", "12.50), (5)", r#""12.5" "5""#),
        ("v REAL) STRICT", "5), ('8.0')", r#""5.0" "8.0""#),
        ("v CHARINT)", "'012'), ('x')", r#"12 "x""#),
        ("v \"FLOATING POINT\")", "12.0), (1.5)", r#"12 "1.5""#),
        (
            "v DECIMAL(10,2))",
            "1e17), (9007199254740993.0), (1e19), (-0.0), ('1.'), ('-0')",
            r#"100000000000000000 9007199254740992 "1.0e+19" 0 1 0"#,
        ),
        ("v BLOB)", "'012'), (12.0)", r#""012" "12.0""#),
        ("v)", "'012'), (0x10), (12.0)", r#""012" 16 "12.0""#),
        ("v STRING)", "'0012')", "12"),
        (
            "v UNSIGNED BIG INT)",
            "'18446744073709551615'), (9223372036854775807)",
            r#""1.8446744073709552e+19" 9223372036854775807"#,
        ),
    ] {
        let script = format!("CREATE TABLE t({declared};\nINSERT INTO t VALUES ({given});\n");
        let told = told(&mut SqliteDump::new(script.as_bytes()));
        let values: Vec<&str> = crate::script::tests::rows(&told).iter().map(|row| &row[2..]).collect();
        assert_eq!(values.join(" "), rows.replace("\"r", "\""), "{declared}");
    }
}

/// The digest is one of MySQL: no table of another server may be held against it.
#[test]
fn every_table_says_that_it_cannot_be_compared() {
    let script = "CREATE TABLE a (x);\nCREATE TABLE gone (x);\nDROP TABLE gone;\nINSERT INTO b VALUES (1);\n";
    let mut reader = SqliteDump::new(script.as_bytes());
    let mut batch = Batch::default();
    let mut tables = Vec::new();
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::End => break,
            Step::Note(note) if matches!(note.kind, NoteKind::NotComparable { .. }) => tables.extend(note.table),
            _ => {}
        }
    }
    assert_eq!(tables, [0, 2]);
}
