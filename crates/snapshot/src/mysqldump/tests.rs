use super::*;
use crate::event::{CellRef, Reader, Step};

mod unlike_declared;

/// A dump with what dumps hold, small enough to be cut at every byte.
const DUMP: &str = r#"-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: clinic
-- ------------------------------------------------------
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET TIME_ZONE='+00:00' */;

DROP TABLE IF EXISTS `visit`;
CREATE TABLE `visit` (
  `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'the visit''s number',
  `seen` date DEFAULT '0000-00-00',
  `note` text,
  `pic` blob,
  PRIMARY KEY (`id`),
  KEY `seen` (`seen`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `visit` WRITE;
/*!40000 ALTER TABLE `visit` DISABLE KEYS */;
INSERT INTO `visit` VALUES (1,'2019-01-02','it''s \"fine\"; (really),\n','a\0b'),(2,'0000-00-00',NULL,0xFF00),
 (3,'2020-02-29','é漢字 -- no comment /* none */','');
INSERT INTO `visit` (`note`, `id`) VALUES ('out of order',7), ('next', NULL);
INSERT INTO `visit` VALUES (9,'2020-02-29','too few'),(10,'2020-03-01','whole',NULL);
/*!40000 ALTER TABLE `visit` ENABLE KEYS */;
UNLOCK TABLES;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`%`*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `visit` FOR EACH ROW BEGIN
  SET NEW.note = 'x;y'; END */;;
DELIMITER ;
CREATE TABLE `other` (`a` bigint unsigned, `b` decimal(10,2));
INSERT INTO other VALUES(18446744073709551615,1.50);
-- Dump completed on 2020-01-01 00:00:00
"#;

fn told(dump: &str, chunk: Option<usize>) -> Vec<String> {
    let mut reader = Mysqldump::new(dump.as_bytes());
    if let Some(chunk) = chunk {
        reader.tape.set_chunk(chunk);
    }
    let mut batch = Batch::default();
    let mut told = Vec::new();
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::End => {
                let shares: u64 = reader.shares().iter().map(|s| s.bytes).sum();
                assert_eq!(
                    (shares, reader.position()),
                    (dump.len() as u64, dump.len() as u64),
                    "every byte has an owner"
                );
                return told;
            }
            Step::Rows => told.extend((0..batch.rows()).map(|row| {
                let cells: Vec<String> = batch
                    .row(row)
                    .map(|cell| match cell {
                        CellRef::Null => "NULL".to_owned(),
                        CellRef::Integer(i) => i.to_string(),
                        CellRef::Text(t) => format!("{:?}", String::from_utf8_lossy(t)),
                        CellRef::Bytes(b) => format!("{b:02x?}"),
                    })
                    .collect();
                format!("{} {}", batch.table, cells.join(" "))
            })),
            Step::Table(def) => told.push(format!("table {:?}.{}: {}", def.database, def.name, def.columns.len())),
            Step::Changed(index, _) => told.push(format!("changed {index}")),
            Step::Gone(index) => told.push(format!("gone {index}")),
            Step::Note(note) => {
                told.push(format!("{:?} line {} byte {} {:?}", note.table, note.at.line, note.at.byte, note.kind));
            }
        }
    }
}

#[test]
fn rows_are_as_the_server_holds_them() {
    let told = told(DUMP, None);
    let rows: Vec<&String> = told.iter().filter(|t| t.starts_with(['0', '1'])).collect();
    assert_eq!(
        rows,
        [
            r#"0 1 "2019-01-02" "it's \"fine\"; (really),\n" [61, 00, 62]"#,
            r#"0 2 "0000-00-00" NULL [ff, 00]"#,
            r#"0 3 "2020-02-29" "é漢字 -- no comment /* none */" []"#,
            r#"0 7 "0000-00-00" "out of order" NULL"#,
            r#"0 8 "0000-00-00" "next" NULL"#,
            r#"0 10 "2020-03-01" "whole" NULL"#,
            r#"1 "18446744073709551615" "1.50""#,
        ]
    );
    let rejects: Vec<&String> = told.iter().filter(|t| t.contains("Reject")).collect();
    assert_eq!(rejects.len(), 1, "{told:#?}");
    assert!(rejects[0].contains("line 22"), "{}", rejects[0]);
}

/// Wherever the window ends, the same is told.
#[test]
fn one_byte_chunks_tell_what_large_chunks_tell() {
    let whole = told(DUMP, None);
    for chunk in [1, 2, 3, 5, 16, 63, 64, 65, 1000] {
        assert_eq!(told(DUMP, Some(chunk)), whole, "{chunk} bytes at a time");
    }
}

/// Cut anywhere, it never panics, and tells no row that the whole does not hold.
#[test]
fn a_dump_cut_anywhere_tells_no_other_rows() {
    let whole = told(DUMP, None);
    for end in (0..DUMP.len()).filter(|e| DUMP.is_char_boundary(*e)) {
        for line in told(&DUMP[..end], Some(7)).iter().filter(|t| t.starts_with(['0', '1'])) {
            assert!(whole.contains(line), "cut at {end}: {line}");
        }
    }
}

fn rows_of(script: &str) -> Vec<String> {
    let rows = told(script, Some(5)).into_iter().filter(|t| t.starts_with(['0', '1']));
    rows.map(|t| t.split_once(' ').map(|(_, cells)| cells.to_owned()).unwrap_or_default()).collect()
}

/// Each as a MariaDB 10.11 server stores it.
#[test]
fn literals_in_odd_forms_are_what_the_server_makes_of_them() {
    let table = "SET NAMES utf8mb4; CREATE TABLE t (v varchar(20), e enum('a','b','c'), s set('x','y','z'), n decimal(5,2)) \
                 CHARSET=latin1; TRUNCATE TABLE t; INSERT INTO t VALUES ";
    for (row, cells) in [
        ("('a' 'b','2','3', - 5)", r#""ab" "b" "x,y" "-5.00""#),
        ("(_utf8mb4 0xC3A9,2,3,(1.5))", r#""é" "b" "x,y" "1.50""#),
        ("(X'E9','c','z,x',TRUE)", r#""é" "c" "x,z" "1.00""#),
        ("(N'é',3,0,1e2)", r#""é" "c" "" "100.00""#),
        ("(CONVERT('é' USING latin1),'A','X',+7)", r#""é" "a" "x" "7.00""#),
    ] {
        assert_eq!(rows_of(&format!("{table}{row};")), [cells], "{row}");
    }
}

/// An odd number of digits is one too few within quotes, and a leading zero is meant without:
/// https://dev.mysql.com/doc/refman/8.4/en/hexadecimal-literals.html
#[test]
fn hexadecimal_and_bit_literals_with_wrong_digits_are_no_values() {
    let script = |row: &str| format!("CREATE TABLE t (b blob); INSERT INTO t VALUES (x'41'),({row}),(x'42');");
    for (row, cell) in
        [("0x4", "[04]"), ("0x414", "[04, 14]"), ("X''", "[]"), ("b'1000001'", "[41]"), ("_binary 0x4", "[04]")]
    {
        assert_eq!(rows_of(&script(row)), ["[41]", cell, "[42]"], "{row}");
    }
    for row in ["x'4G'", "X'4'", "b'012'", "_binary x'4G'", "CONCAT('a', x'4')"] {
        assert_eq!(rows_of(&script(row)), ["[41]", "[42]"], "{row}");
        assert!(told(&script(row), None).iter().any(|line| line.contains("Reject")), "{row}");
    }
}

/// The mode is put back as it was, and so is the character set.
#[test]
fn settings_saved_in_variables_come_back() {
    let script = "SET NAMES binary; SET @OLD_MODE=@@SQL_MODE, SQL_MODE='NO_BACKSLASH_ESCAPES';
        SET @saved = @@character_set_client; SET character_set_client = utf8mb4;
        CREATE TABLE t (v text) CHARSET=sjis; SET character_set_client = @saved;
        INSERT INTO t VALUES ('a\\b'); SET SQL_MODE=@OLD_MODE; INSERT INTO t VALUES ('a\\\\b');";
    assert_eq!(rows_of(script), [r#""a\\b""#, r#""a\\b""#]);
}

/// A second file declares the table again: its rows are another table's.
#[test]
fn tables_go_on_from_file_to_file_and_never_mix() {
    let mut reader = Mysqldump::new(&b"CREATE TABLE `t` (`a` int);"[..]).in_database(Some("clinic".into()));
    let mut batch = Batch::default();
    let mut told = Vec::new();
    for next in [
        Some((&b"INSERT INTO t VALUES (1);"[..], Some("clinic"))),
        Some((b"CREATE TABLE IF NOT EXISTS t (a int); INSERT INTO t VALUES (2);", Some("clinic"))),
        Some((b"CREATE TABLE t (a int); INSERT INTO t VALUES (3);", Some("ward"))),
        None,
    ] {
        loop {
            match reader.next(&mut batch).unwrap() {
                Step::End => break,
                Step::Table(def) => told.push(format!("table {}", def.database.unwrap_or_default())),
                Step::Rows => told.push(format!("rows of {}", batch.table)),
                Step::Gone(_) => told.push("gone".to_owned()),
                _ => {}
            }
        }
        if let Some((file, database)) = next {
            reader.go_on(file, database.map(str::to_owned));
        }
    }
    let expected = ["table clinic", "rows of 0", "table clinic", "rows of 1", "table ward", "rows of 2"];
    assert_eq!(told, expected);
}
