//! Rows that do not look as `CREATE TABLE` says, each as a MariaDB 10.11 or MySQL 8 server takes them.

use super::*;
use crate::event::{NoteKind, Presence};

/// Rows, a cell printed; rejects, by their bytes; warnings; what is not in the dump; tables that cannot be compared.
#[derive(Debug, Default)]
struct Told {
    rows: Vec<String>,
    rejects: Vec<String>,
    warnings: Vec<String>,
    absent: Vec<String>,
    apart: Vec<String>,
}

fn cell(cell: CellRef) -> String {
    match cell {
        CellRef::Null => "NULL".to_owned(),
        CellRef::Integer(i) => i.to_string(),
        CellRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        CellRef::Bytes(b) => format!("{b:02x?}"),
    }
}

fn told_in_chunks(script: &[u8], chunk: usize) -> Told {
    let mut reader = Mysqldump::new(script);
    reader.tape.set_chunk(chunk);
    let (mut batch, mut told, mut tables) = (Batch::default(), Told::default(), Vec::new());
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::Rows => {
                let row = |row| batch.row(row).map(cell).collect::<Vec<_>>().join(" ");
                told.rows.extend((0..batch.rows()).map(row));
            }
            Step::Table(def) => tables.push(def),
            Step::Changed(index, def) => tables[index] = def,
            Step::Gone(_) => {}
            Step::Note(note) => match note.kind {
                NoteKind::Reject { raw, .. } => told.rejects.push(String::from_utf8_lossy(&raw).into_owned()),
                NoteKind::Warning { text } => told.warnings.push(text),
                NoteKind::NotComparable { reason } => told.apart.push(reason),
                _ => {}
            },
            Step::End => break,
        }
    }
    for column in tables.iter().flat_map(|t| &t.columns).filter(|c| c.presence != Presence::Read) {
        told.absent.push(format!("{}: {}", column.name, column.presence.words()));
    }
    told
}

fn told(script: &[u8]) -> Told {
    let whole = told_in_chunks(script, 1 << 20);
    for chunk in [1, 2, 3, 7, 64] {
        assert_eq!(format!("{:?}", told_in_chunks(script, chunk)), format!("{whole:?}"), "{chunk} bytes at a time");
    }
    whole
}

#[test]
fn columns_that_only_an_insert_names_are_added_and_said() {
    let told = told(
        b"CREATE TABLE t (id int, v varchar(9)) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1,'a');
          INSERT INTO t (id, v, row_start, row_end) VALUES (2,'b','2026-01-01 00:00:00.000001','2038-01-19 03:14:07.999999'),
          (3,'c','2026-01-01 00:00:00.000002','2038-01-19 03:14:07.999999');
          CREATE TABLE u (a int); INSERT INTO u (t.a, `more`) VALUES (1,'x');",
    );
    let rows = [
        "1 a",
        "2 b 2026-01-01 00:00:00.000001 2038-01-19 03:14:07.999999",
        "3 c 2026-01-01 00:00:00.000002 2038-01-19 03:14:07.999999",
        "1 x",
    ];
    assert_eq!(told.rows, rows);
    assert!(told.warnings[0].contains("`row_start`, `row_end` are added, without a type; NULL stands there in the 1"));
    assert!(told.warnings.iter().any(|w| w.contains("`more` is added")), "{:?}", told.warnings);
    assert_eq!((told.rejects.len(), told.apart.len(), told.absent.len()), (0, 2, 0), "{told:?}");
}

#[test]
fn a_head_written_again_means_the_columns_there_are_by_then() {
    let told = told(
        b"CREATE TABLE t (a int); INSERT INTO t (a) VALUES (1); LOAD DATA INFILE 'f' INTO TABLE t (a, more);
          INSERT INTO t (a) VALUES (2); SET sql_mode = 'NO_BACKSLASH_ESCAPES'; INSERT INTO t (a) VALUES (3);",
    );
    assert_eq!(told.rows, ["1", "2 NULL", "3 NULL"]);
}

#[test]
fn a_history_is_not_what_a_server_counts() {
    let told = told(
        b"CREATE TABLE t (id int, rs timestamp(6) GENERATED ALWAYS AS ROW START, re timestamp(6) GENERATED ALWAYS AS ROW END)
          WITH SYSTEM VERSIONING; CREATE TABLE u (id int) WITH SYSTEM VERSIONING;
          /*M!101100 SET @old=@@session.system_versioning_insert_history, @@session.system_versioning_insert_history=1 */;
          INSERT INTO t VALUES (1,'2026-01-01 00:00:00.000001','2038-01-19 03:14:07.999999');
          /*M!101100 SET system_versioning_insert_history=@old */; INSERT INTO u VALUES (1);",
    );
    assert_eq!(told.rows.len(), 2);
    assert_eq!((told.apart.len(), told.warnings.len(), told.absent.len()), (1, 0, 0), "{told:?}");
}

#[test]
fn columns_that_a_dump_leaves_out_are_neither_empty_nor_their_default() {
    const TABLE: &str = "CREATE TABLE t (id int, h varchar(9) NOT NULL INVISIBLE DEFAULT 'UNREAD', z int,
        twice int GENERATED ALWAYS AS (id * 2) STORED);";
    let both = ["h: not in the dump", "twice: computed by the server, not in the dump"];
    for (insert, rows, absent) in [
        // As mysqldump lists them.
        ("INSERT INTO t (id, z) VALUES (1,2),(3,4)", &["1 NULL 2 NULL", "3 NULL 4 NULL"][..], &both[..]),
        // The visible ones, as a server takes a row without a list.
        ("INSERT INTO t VALUES (1,2,2)", &["1 NULL 2 2"], &both[..1]),
        ("INSERT INTO t VALUES (1,2,DEFAULT)", &["1 NULL 2 NULL"], &both),
        ("INSERT INTO t VALUES (1,2)", &["1 NULL 2 NULL"], &both),
        // All of them, which can be meant in one way only.
        ("INSERT INTO t VALUES (1,'x',2,2)", &["1 x 2 2"], &[]),
        // What is listed is there.
        ("INSERT INTO t (id, h) VALUES (1,'x')", &["1 x NULL NULL"], &both[1..]),
        // DEFAULT is what the server would hold.
        ("INSERT INTO t (id, h) VALUES (1,DEFAULT)", &["1 UNREAD NULL NULL"], &both[1..]),
        ("INSERT INTO t (h) VALUES ()", &[], &[]),
    ] {
        let told = told(format!("{TABLE}{insert};").as_bytes());
        assert_eq!(
            (told.rows.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), told.absent.as_slice()),
            (rows, absent.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>().as_slice()),
            "{insert}: {told:?}"
        );
        let invisible = absent.contains(&both[0]);
        assert_eq!(told.warnings.iter().any(|w| w.contains("`h` is not in the dump")), invisible, "{insert}");
        assert_eq!(told.apart.iter().any(|w| w.contains("`h` is not in the dump")), invisible, "{insert}");
    }
    // A table without rows leaves nothing out.
    assert_eq!(told(TABLE.as_bytes()).absent, [""; 0]);
}

#[test]
fn a_column_in_some_rows_only_is_said() {
    let told = told(
        b"CREATE TABLE t (id int, h int INVISIBLE); INSERT INTO t (id) VALUES (1),(2); INSERT INTO t (id, h) VALUES (3,4);",
    );
    assert_eq!(told.rows, ["1 NULL", "2 NULL", "3 4"]);
    assert_eq!(told.absent, [""; 0]);
    assert_eq!(told.warnings, ["`h` is in some rows only: NULL stands there in 2 of 3"]);
    assert_eq!(told.apart.len(), 1);
}

#[test]
fn one_reject_stands_for_one_row() {
    const TABLE: &str = "CREATE TABLE t (a int, b text);";
    for (script, rows, rejects) in [
        (
            "INSERT INTO t (a b) VALUES (1,'x'),(2,'(y)'),\n(3,'it''s');",
            &[][..],
            &["(1,'x')", "(2,'(y)')", "(3,'it''s')"][..],
        ),
        ("INSERT INTO t AS n (a) VALUES (1),(2);", &[], &["(1)", "(2)"]),
        // A missing comma costs one row, not the rest.
        ("INSERT INTO t VALUES (1,'x') (2,'y'),(3,'z');", &["1 x", "3 z"], &["(2,'y')"]),
        ("INSERT INTO t VALUES (1,'x'), oops (2,'y'),(3,'z');", &["1 x", "3 z"], &["oops (2,'y')"]),
        ("INSERT INTO t VALUES (1,'x') oops; INSERT INTO t VALUES (2,'y');", &["1 x", "2 y"], &["oops"]),
        ("INSERT INTO t VALUES (1),(2,'y'),(3,4,5);", &["2 y"], &["(1)", "(3,4,5)"]),
        ("INSERT INTO t VALUES ROW(1,'x'), ROW (2,'y');", &["1 x", "2 y"], &[]),
        ("INSERT INTO t VALUE (1,'x'); INSERT INTO t VALUES (2,'y');", &["1 x", "2 y"], &[]),
        ("INSERT INTO t SELECT * FROM u;", &[], &["INSERT INTO t SELECT * FROM u"]),
    ] {
        let told = told(format!("{TABLE}{script}").as_bytes());
        assert_eq!((told.rows.as_slice(), told.rejects.as_slice()), (&*owned(rows), &*owned(rejects)), "{script}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

#[test]
fn many_rejects_of_one_insert_do_not_pile_up() {
    let rows: Vec<String> = (0..30_000).map(|n| format!("({n},'x')")).collect();
    let script = format!("CREATE TABLE t (a int); INSERT INTO t (a b) VALUES {};", rows.join(","));
    let mut reader = Mysqldump::new(script.as_bytes());
    let (mut batch, mut rejects) = (Batch::default(), 0);
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::End => break,
            Step::Note(note) => rejects += usize::from(matches!(note.kind, NoteKind::Reject { .. })),
            _ => {}
        }
        assert!(reader.schema.queue.len() < 300);
    }
    assert_eq!(rejects, 30_000);
}

#[test]
fn assignments_are_a_row() {
    for (script, rows, rejects) in [
        ("INSERT INTO t SET b='x, y', a=1;", &["1 x, y 7"][..], 0),
        ("REPLACE t SET a := 2, t.b = CONVERT('z' USING latin1);", &["2 z 7"], 0),
        ("INSERT INTO t SET a = 3 ON DUPLICATE KEY UPDATE a = 4;", &["3 NULL 7"], 0),
        ("INSERT INTO t SET a = 1, more = 2;", &["1 NULL 7 2"], 0),
        ("INSERT INTO t SET a 1;", &[], 1),
    ] {
        let told = told(format!("CREATE TABLE t (a int, b text, c int DEFAULT 7);{script}").as_bytes());
        assert_eq!((told.rows.as_slice(), told.rejects.len()), (&*owned(rows), rejects), "{script}");
    }
}

#[test]
fn values_beyond_their_type_are_kept_and_counted_by_column() {
    let told = told(
        "SET NAMES utf8mb4; CREATE TABLE t (a varchar(3), b varbinary(2), c decimal(4,1), d tinyint, e char(3), f int(2));
         INSERT INTO t VALUES ('äöü','ab',123.4,-128,'abc  ',99999),('äöüß','abc',1234.5,200,'abcd',1),('12345',0x010203,0,0,'',0);"
            .as_bytes(),
    );
    assert_eq!(told.rows[1], "äöüß [61, 62, 63] 1234.5 200 abcd 1");
    let counts: Vec<&str> = told.warnings.iter().map(|w| &w[..w.find(" beyond").unwrap()]).collect();
    let expected = ["`a`: 2 values are", "`b`: 2 values are", "`c`: 1 value is", "`d`: 1 value is", "`e`: 1 value is"];
    assert_eq!(counts, expected);
    assert_eq!(told.apart.len(), 1);
}

#[test]
fn triggers_made_before_the_rows_are_said() {
    const TABLES: &str = "CREATE TABLE a (x int); CREATE TABLE log (x int); ";
    const TRIGGER: &str =
        "DELIMITER ;;\nCREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW INSERT INTO log VALUES (NEW.x);;\nDELIMITER ;\n";
    const ROWS: &str = "INSERT INTO a VALUES (1);";
    for (script, warnings, apart) in [
        (format!("{TABLES}{TRIGGER}{ROWS}"), 1, &["a trigger writes into it, which is not run"][..]),
        // As dumps do.
        (format!("{TABLES}{ROWS}{TRIGGER}"), 0, &[]),
        (format!("{TABLES}{TRIGGER}DROP TRIGGER IF EXISTS t;{ROWS}"), 0, &[]),
        (format!("{TABLES}{TRIGGER}INSERT INTO log VALUES (1);"), 0, &[]),
    ] {
        let told = told(script.as_bytes());
        assert_eq!((told.warnings.len(), told.apart.as_slice()), (warnings, &*owned(apart)), "{script}: {told:?}");
    }
}

#[test]
fn a_backslash_is_a_letter_where_the_mode_says_so() {
    for mode in [
        "SET sql_mode='NO_BACKSLASH_ESCAPES'",
        "/*!40101 SET @OLD=@@SQL_MODE, SESSION sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES' */",
        "SET @@session.sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
        "SET sql_mode=(SELECT CONCAT_WS(',', @@sql_mode, 'NO_BACKSLASH_ESCAPES'))",
        "SET @@sql_mode=1048576",
    ] {
        let script = format!(
            r"{mode}; CREATE TABLE t (a text COMMENT 'c:\', e enum('\','b')); INSERT INTO t VALUES ('c:\','\'),('\\','b');
              INSERT INTO t VALUES (1,'x','c:\'),('d:\','b'); SET sql_mode='';"
        );
        let told = told(script.as_bytes());
        assert_eq!((told.rows.as_slice(), told.rejects.len()), (&*owned(&[r"c:\ \", r"\\ b", r"d:\ b"]), 1), "{mode}");
    }
}

/// In each set the second byte of a letter is a backslash, and of another a backtick.
#[test]
fn second_bytes_of_wide_letters_end_nothing() {
    for (charset, backslash, backtick) in [
        ("cp932", &b"\x95\x5c"[..], &b"\x83\x60"[..]),
        ("sjis", b"\x83\x5c", b"\x83\x60"),
        ("gbk", b"\xd5\x5c", b"\xb3\x60"),
        ("gb18030", b"\xd5\x5c", b"\xb3\x60"),
        ("big5", b"\xb3\x5c", b"\xa4\x60"),
    ] {
        let script = [
            &b"SET NAMES "[..],
            charset.as_bytes(),
            b"; CREATE TABLE `t",
            backtick,
            b"` (a text COMMENT 'x",
            backslash,
            b"', b int);\n-- ",
            backtick,
            b"\nINSERT INTO t",
            backtick,
            b" VALUES ('",
            backslash,
            b"',1),('it\\'s ",
            backslash,
            b"', 2, 3),('",
            backtick,
            b"',CONCAT('",
            backslash,
            b"'));\nCREATE VIEW v AS SELECT '",
            backslash,
            b"' AS ",
            backtick,
            b";\nINSERT INTO `t",
            backtick,
            b"` VALUES ('last',4);",
        ]
        .concat();
        let told = told(&script);
        let numbers: Vec<&str> = told.rows.iter().map(|r| r.rsplit(' ').next().unwrap()).collect();
        assert_eq!(
            (numbers.len(), numbers[0], numbers[2], told.rejects.len()),
            (3, "1", "4", 1),
            "{charset}: {told:?}"
        );
    }
}

/// A file of rows, as a script asks for it.
fn loaded(script: &str, rows: &[u8], chunk: usize) -> Told {
    let mut reader = Mysqldump::new(script.as_bytes());
    let (mut batch, mut told, mut asked) = (Batch::default(), Told::default(), false);
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::Rows => {
                let row = |row| batch.row(row).map(cell).collect::<Vec<_>>().join(" ");
                told.rows.extend((0..batch.rows()).map(row));
            }
            Step::Note(note) => match note.kind {
                NoteKind::Statement { kind, .. } if kind == LOAD_DATA => {
                    reader.enter_rows(rows);
                    reader.tape.set_chunk(chunk);
                    asked = true;
                }
                NoteKind::Reject { raw, .. } => told.rejects.push(String::from_utf8_lossy(&raw).into_owned()),
                NoteKind::Warning { text } => told.warnings.push(text),
                NoteKind::NotComparable { reason } => told.apart.push(reason),
                _ => {}
            },
            Step::End if asked => {
                let shares: u64 = reader.shares().iter().map(|s| s.bytes).sum();
                assert_eq!(shares, rows.len() as u64, "every byte has an owner");
                asked = false;
                assert!(reader.leave());
            }
            Step::End => return told,
            _ => {}
        }
    }
}

#[test]
fn rows_that_load_data_asks_for_are_what_a_server_makes_of_them() {
    const TABLE: &str =
        "CREATE TABLE t (id int, note text, raw blob, doc json, twice int AS (id * 2)) CHARSET=latin1; ";
    for (load, rows, expected, rejects) in [
        (
            r"LOAD DATA LOCAL INFILE 'c.t.00000.dat' INTO TABLE `t` CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\t' ENCLOSED BY ''
              ESCAPED BY '\\' LINES STARTING BY '' TERMINATED BY '\n' (`id`,`note`,@raw,@doc)SET `raw`=UNHEX(@raw),
              `doc`=CONVERT(@doc USING UTF8MB4)",
            "1\tone\\ntw\u{f6}\\t\t00FF\t{\\\"k\\\": 1}\n2\t\\N\t\\N\t\\N\n3\tx\n4\ty\tzz\t[]\n".as_bytes(),
            &["1 one\ntwö\t [00, ff] {\"k\": 1} NULL", "2 NULL NULL NULL NULL", "4 y zz [] NULL"][..],
            1,
        ),
        (
            r#"LOAD DATA INFILE '/tmp/t.csv' INTO TABLE t FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '"'
              LINES TERMINATED BY '\r\n' IGNORE 1 LINES (@skipped, id, @note) SET note = NULLIF(@note, ''), raw = FROM_BASE64('x')"#,
            b"a,b,c\r\nz,1,\"say \"\"yes\"\"\r\nplease\"\r\n,2,\r\n",
            &["1 say \"yes\"\r\nplease NULL NULL NULL", "2 NULL NULL NULL NULL"],
            0,
        ),
        ("LOAD DATA INFILE 't' INTO TABLE t", b"5\t\xe9\tx\tnull", &["5 é [78] null NULL"], 0),
    ] {
        for chunk in [1, 2, 3, 5, 1000] {
            let told = loaded(&format!("{TABLE}{load}; INSERT INTO t (id) VALUES (9);"), rows, chunk);
            let (last, before) = told.rows.split_last().unwrap();
            assert_eq!((before, told.rejects.len()), (&*owned(expected), rejects), "{chunk}: {load}: {told:?}");
            assert_eq!(last, "9 NULL NULL NULL NULL", "the script goes on where it was");
        }
    }
}
