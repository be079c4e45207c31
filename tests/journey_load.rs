//! Loading: what a client hands over, in whatever wrapping, and the account of it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::crosswalk::{Told, Workspace, fixture, gzip};
use crate::support::shape::{assert_shape, entry};

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

fn load(workspace: &Workspace, paths: &[&Path]) -> Told {
    workspace.run(&["new", "p"]).ended(0);
    let paths = paths.iter().map(|path| path.as_os_str());
    let arguments: Vec<&OsStr> =
        ["load", "p"].iter().map(OsStr::new).chain(paths).chain([OsStr::new("--json")]).collect();
    workspace.run(&arguments)
}

/// Rows and digest of a table, which the same content has in any wrapping.
fn content(workspace: &Workspace, table: &str) -> (u64, String) {
    let checksum = workspace.ask(&["checksum", "p"]);
    let found = entry(&checksum["tables"], "table", table);
    (found["rows"].as_u64().expect("a count"), found["digest"].as_str().expect("digits").to_owned())
}

fn rows(workspace: &Workspace, sql: &str) -> Value {
    workspace.ask(&["query", "p", sql, "--raw"])["rows"].clone()
}

/// Writes a dump in some wrapping, and says where.
type Wrap = fn(&Workspace, &[u8]) -> PathBuf;

#[test]
fn a_dump_in_any_wrapping_is_the_same_dump() {
    let dump = fs::read(fixture("clinic.sql")).expect("the fixture");
    let wrappings: [(&str, &str, Wrap); 5] = [
        ("plain", "SQL dump", |workspace, dump| workspace.write("dump.sql", dump)),
        ("plain, under another name", "SQL dump", |workspace, dump| workspace.write("BACKUP.DAT", dump)),
        ("gzip", "SQL dump, gzip", |workspace, dump| workspace.write("dump.sql.gz", gzip(dump))),
        ("zip", "SQL dump, zip", |workspace, dump| workspace.write("dump.zip", zip(&[("in/dump.sql", dump)]))),
        ("a folder", "SQL dump", |workspace, dump| {
            workspace.write("all/.DS_Store", b"\0\0");
            workspace.write("all/deep/dump.sql", dump);
            workspace.path("all")
        }),
    ];
    let mut digests = Vec::new();
    for (what, kind, wrap) in wrappings {
        let workspace = Workspace::new();
        let ledger = load(&workspace, &[&wrap(&workspace, &dump)]).ended(0).json();
        let file = &ledger["files"][0];
        assert_eq!((&file["kind"], &file["encoding"]), (&json!(kind), &json!("UTF-8")), "{what}");
        assert_eq!(file["bytes"], dump.len() as u64, "{what}: bytes are counted unpacked");
        digests.push((content(&workspace, "employee"), content(&workspace, "visit")));
    }
    assert!(digests.iter().all(|d| *d == digests[0]), "{digests:?}");
}

#[test]
fn delimited_text_says_how_it_was_written() {
    let bom_utf16: Vec<u8> = "\u{feff}id,name\r\n7,Zoë\r\n8,李\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Every letter of these is one byte in Windows-1252, the euro sign at 0x80.
    let western = |text: &str| text.chars().map(|c| if c == '€' { 0x80 } else { c as u8 }).collect::<Vec<u8>>();
    let semicolons = western("id;name;fee\n1;\"Müller; Jürgen\";3,50 €\n2;Peña;4,00 €\n3;Frühstück;1,25 €\n");
    let cases: [(&str, Vec<u8>, &str, &str, Value); 4] = [
        ("utf16.csv", bom_utf16, "UTF-16", "delimiter comma", json!([["7", "Zoë"], ["8", "李"]])),
        (
            "western.csv",
            semicolons,
            "windows-1252",
            "delimiter semicolon",
            json!([["1", "Müller; Jürgen", "3,50 €"], ["2", "Peña", "4,00 €"], ["3", "Frühstück", "1,25 €"]]),
        ),
        (
            "tabs.txt",
            b"id\tnote\n1\tone line\n2\t\"two\nlines\"\n".to_vec(),
            "UTF-8",
            "header",
            json!([["1", "one line"], ["2", "two\nlines"]]),
        ),
        (
            "pipes.psv",
            b"a|b|c\n1|x|\n2||z\n".to_vec(),
            "UTF-8",
            "delimiter pipe",
            json!([["1", "x", ""], ["2", "", "z"]]),
        ),
    ];
    for (name, bytes, encoding, dialect, expected) in cases {
        let workspace = Workspace::new();
        let path = workspace.write(name, bytes);
        let ledger = load(&workspace, &[&path]).ended(0).json();
        let file = &ledger["files"][0];
        let told = |field: &str| file[field].as_str().unwrap_or_default().to_owned();
        assert!(told("encoding").contains(encoding), "{name}: {}", told("encoding"));
        assert!(told("dialect").contains(dialect), "{name}: {}", told("dialect"));
        let table = file["tables"][0]["table"].as_str().expect("a table").to_owned();
        assert_eq!(rows(&workspace, &format!("SELECT * FROM {table}")), expected, "{name}");
    }
}

#[test]
fn a_zip_of_many_files_is_one_snapshot() {
    let workspace = Workspace::new();
    let dump = fs::read(fixture("clinic.sql")).expect("the fixture");
    let archive = zip(&[
        ("hr/feed.csv", b"badge_no,site\n00417,Yard\n00418,Office\n"),
        ("clinic.sql", &dump),
        ("letter.pdf", b"%PDF-1.4\n\0\0\0"),
        ("empty.csv", b""),
    ]);
    let path = workspace.write("handover.zip", archive);
    // Something was left aside: a person must see it.
    let ledger = load(&workspace, &[&path]).ended(3).json();
    let files: Vec<&str> =
        ledger["files"].as_array().expect("files").iter().filter_map(|f| f["file"].as_str()).collect();
    assert!(files.contains(&"handover.zip/hr/feed.csv") && files.contains(&"handover.zip/clinic.sql"), "{files:?}");
    for name in ["letter.pdf", "empty.csv"] {
        let file = entry(&ledger["files"], "file", &format!("handover.zip/{name}"));
        assert!(file["ignored"][0].is_string(), "{name}: {file:#}");
    }
    let joined = "SELECT e.last_name, f.site FROM employee e JOIN feed f USING (badge_no) ORDER BY badge_no";
    assert_eq!(rows(&workspace, joined), json!([["Okonkwo-Vance", "Yard"], ["D'Àngelo", "Office"]]));
}

/// The reasons, and where: byte offsets are those of the first byte of the row.
#[test]
fn rows_that_cannot_be_read_are_kept_with_their_place() {
    let workspace = Workspace::new();
    let path = fixture("torn_rows.sql");
    let ledger = load(&workspace, &[&path]).ended(3).json();
    assert_eq!(ledger["rejects"], 3);
    let table = &ledger["files"][0]["tables"][0];
    assert_eq!((&table["read"], &table["loaded"], &table["rejected"]), (&json!(9), &json!(6), &json!(3)));

    let text = fs::read_to_string(&path).expect("the fixture");
    let rejects = workspace.ask(&["rejects", "p", "--raw"]);
    assert_eq!(rejects["total"], 3);
    let expected = [
        (2, "(2,3.90)", "expected as many values as columns"),
        (5, "(5,3.30,'C','stray')", "expected no more values than columns"),
        (8, "(8,,'B')", "expected a value"),
    ];
    for (reject, (record, raw, reason)) in rejects["rejects"].as_array().expect("rejects").iter().zip(expected) {
        let byte = text.find(raw).expect("it stands in the fixture");
        let line = text[..byte].lines().count() + usize::from(text[..byte].ends_with('\n'));
        assert_shape(reject, "file:text table:text? record:count line:count byte:count length:count reason:text");
        let told = (&reject["record"], &reject["line"], &reject["byte"], &reject["raw"], &reject["reason"]);
        let wanted = (&json!(record), &json!(line), &json!(byte), &json!(raw), &json!(reason));
        assert_eq!(told, wanted);
        assert_eq!(reject["length"], raw.len());
    }
    // Without --raw the bytes are masked.
    let masked = workspace.ask(&["rejects", "p"]).to_string();
    assert!(!masked.contains("stray") && masked.contains("•••••"), "{masked}");
    // What stands beside them is loaded.
    assert_eq!(rows(&workspace, "SELECT id FROM pft ORDER BY id"), json!([["1"], ["3"], ["4"], ["6"], ["7"], ["9"]]));
}

#[test]
fn rows_of_another_width_are_rejects_of_their_file() {
    let workspace = Workspace::new();
    let path = workspace.write("ragged.csv", "id,name,site\n1,Ada,Yard\n2,Grace\n3,Edith,Dock,extra\n4,Mary,Office\n");
    let ledger = load(&workspace, &[&path]).ended(3).json();
    let table = &ledger["files"][0]["tables"][0];
    assert_eq!((&table["read"], &table["loaded"], &table["rejected"]), (&json!(4), &json!(2), &json!(2)));
    let rejects = workspace.ask(&["rejects", "p", "--raw"]);
    let places: Vec<_> = rejects["rejects"]
        .as_array()
        .expect("rejects")
        .iter()
        .map(|r| [&r["record"], &r["line"], &r["byte"]].map(|n| n.as_u64().expect("a count")))
        .collect();
    assert_eq!(places, [[2, 3, 24], [3, 4, 32]]);
}

/// Nothing of a refused load stays, and the message says what, where and what to do.
#[test]
fn what_cannot_be_loaded_is_refused() {
    let cases: [(&str, &[u8], &str); 4] = [
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01", "photo.jpg cannot be loaded"),
        ("empty.sql", b"", "empty.sql cannot be loaded: it is empty"),
        ("words.sql", b"-- MySQL dump\nSET NAMES utf8mb4;\n", "no table was found"),
        ("cut.sql.gz", &gzip(b"-- MySQL dump\nCREATE TABLE t (a int);\n")[..20], "cut.sql.gz"),
    ];
    for (name, bytes, message) in cases {
        let workspace = Workspace::new();
        let path = workspace.write(name, bytes);
        let told = load(&workspace, &[&path]).ended(1);
        assert!(told.err.contains(message), "{name}: {}", told.err);
        assert!(workspace.list("p.crosswalk/snapshots").is_empty(), "{name} left something behind");
    }
    let workspace = Workspace::new();
    let told = load(&workspace, &[Path::new("nowhere.sql")]).ended(1);
    assert!(told.err.contains("nowhere.sql"), "{}", told.err);
}

/// The dump ends in the middle of a row: what came before is loaded, the rest is told of.
#[test]
fn a_dump_that_was_cut_off_is_not_taken_for_a_whole_one() {
    let workspace = Workspace::new();
    let dump = fs::read_to_string(fixture("clinic.sql")).expect("the fixture");
    let cut = dump.find("(14,3,").expect("a row of visit") + 20;
    let path = workspace.write("cut.sql", &dump[..cut]);
    let ledger = load(&workspace, &[&path]).ended(3).json();
    let file = &ledger["files"][0];
    let visit = entry(&file["tables"], "table", "visit");
    assert_eq!((&visit["loaded"], &visit["rejected"]), (&json!(4), &json!(1)), "{ledger:#}");
    assert_eq!(entry(&file["tables"], "table", "employee")["loaded"], 5);
    assert!(!file["warnings"].as_array().expect("warnings").is_empty() || ledger["rejects"] == 1, "{ledger:#}");
}

/// On a terminal it is drawn; into a pipe it goes only where it was asked for, as lines.
#[test]
fn progress_is_told_where_it_is_asked_for() {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    let dump = fixture("clinic.sql");
    let arguments = ["load".as_ref(), "p".as_ref(), dump.as_os_str(), "--progress".as_ref()];
    assert_eq!(workspace.run(&arguments[..3]).ended(0).err, "");
    let told = workspace.run(&arguments).ended(0).err;
    for phase in ["Reading clinic.sql", "Profiling employee"] {
        assert!(told.contains(phase), "{phase} is not in\n{told}");
    }
}

/// A profile left for later is made before anything is said of values, and is the one that a whole load makes.
#[test]
fn a_load_without_a_profile_says_nothing_false_of_its_columns() {
    let workspace = Workspace::new();
    let dump = fixture("clinic.sql");
    for (project, options) in [("whole", &[][..]), ("later", &["--no-profile"])] {
        workspace.run(&["new", project]).ended(0);
        let arguments = ["load", project, dump.to_str().expect("a name in ASCII")];
        workspace.run(&[&arguments[..], options].concat()).ended(0);
    }
    assert_eq!(workspace.ask(&["ledger", "later"])["rows_loaded"], workspace.ask(&["ledger", "whole"])["rows_loaded"]);
    for asked in [&["sample", "classify"][..], &["profile"], &["tables"]] {
        let of = |project| {
            let mut words = asked[..1].to_vec();
            words.push(project);
            words.extend(&asked[1..]);
            workspace.ask(&words)
        };
        let mut words = of("later").to_string();
        assert!(words.contains("employee"), "{words}");
        words = words.replace("later", "whole");
        assert_eq!(words, of("whole").to_string(), "{asked:?}");
    }
}

/// `mysqldump --replace` and `--insert-ignore`: only where rows do collide on a key is the server's table another.
#[test]
fn rows_that_the_server_chose_among_are_compared_where_there_was_no_choice() {
    let workspace = Workspace::new();
    let dump = workspace.write(
        "replace.sql",
        "CREATE TABLE `plain` (`id` int NOT NULL, PRIMARY KEY (`id`));\nREPLACE INTO `plain` VALUES (1),(2);\n\
         CREATE TABLE `twice` (`id` int NOT NULL, PRIMARY KEY (`id`));\nINSERT IGNORE INTO `twice` VALUES (1),(1);\n\
         CREATE TABLE `cases` (`id` varchar(9) NOT NULL, PRIMARY KEY (`id`));\nREPLACE INTO `cases` VALUES ('a'),('A ');\n\
         CREATE TABLE `letters` (`id` varchar(9), UNIQUE KEY (`id`));\nREPLACE INTO `letters` VALUES ('é'),('e');\n\
         CREATE TABLE `nulls` (`a` int, `b` int, UNIQUE KEY (`a`,`b`));\nREPLACE INTO `nulls` VALUES (1,NULL),(1,NULL);\n\
         CREATE TABLE `keyless` (`n` int, KEY (`n`));\nREPLACE INTO `keyless` VALUES (1),(1);\n",
    );
    load(&workspace, &[&dump]).ended(0);
    let checksum = workspace.ask(&["checksum", "p"]);
    for (table, comparable) in
        [("plain", true), ("twice", false), ("cases", false), ("letters", false), ("nulls", true), ("keyless", true)]
    {
        assert_eq!(entry(&checksum["tables"], "table", table)["comparable"], comparable, "{table}");
    }
}
