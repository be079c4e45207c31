//! Files inside files, files behind passwords, files of every kind in one folder; and what a person says of them before
//! they are loaded.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

use crate::support::crosswalk::{Told, Workspace, fixture, gzip};
use crate::support::shape::entry;

fn zip_with(entries: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, options).expect("an entry");
        archive.write_all(bytes).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(entries, SimpleFileOptions::default())
}

fn locked(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(entries, SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, "Hippokrates"))
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *bytes).expect("memory takes it");
    }
    archive.into_inner().expect("memory takes it")
}

fn load(workspace: &Workspace, arguments: &[&OsStr]) -> Told {
    workspace.run(&["new", "p"]).ended(0);
    let given: Vec<&OsStr> = [OsStr::new("load"), OsStr::new("p"), OsStr::new("--json")]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    workspace.run(&given)
}

fn rows(workspace: &Workspace, sql: &str) -> Value {
    workspace.ask(&["query", "p", sql, "--raw"])["rows"].clone()
}

/// Files left aside, with the reason.
fn left_aside(ledger: &Value) -> Vec<(String, String)> {
    let files = ledger["files"].as_array().expect("files").iter();
    let told = |v: &Value| v.as_str().expect("text").to_owned();
    files.filter(|f| f["kind"] == "left aside").map(|f| (told(&f["file"]), told(&f["ignored"][0]))).collect()
}

#[test]
fn a_dump_in_containers_is_the_same_dump() {
    let dump = fs::read(fixture("clinic.sql")).expect("the fixture");
    let many: Vec<(String, Vec<u8>)> =
        (0..6).map(|n| (format!("list{n}.csv"), format!("id,name\n{n},x\n").into_bytes())).collect();
    let mut with_many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    with_many.push(("dump.sql", &dump));
    for (name, kind, bytes) in [
        ("dump.sql.zst", "SQL dump, zstd", zstd::encode_all(&dump[..], 3).expect("memory takes it")),
        ("dump.tar", "SQL dump, tar", tar(&[("./dump.sql", &dump)])),
        ("dump.tgz", "SQL dump, tar in gzip", gzip(&tar(&[("dump.sql", &dump)]))),
        ("many.tar.gz", "SQL dump, tar", gzip(&tar(&with_many))),
        ("gz-in.tar", "SQL dump, gzip in tar", tar(&[("dump.sql.gz", &gzip(&dump))])),
        ("gz-in.zip", "SQL dump, gzip in zip", zip(&[("dump.sql.gz", &gzip(&dump))])),
        ("zip-in.zip", "SQL dump, zip", zip(&[("in.zip", &zip(&[("dump.sql", &dump)]))])),
        ("tgz-in.zip", "SQL dump, tar in gzip in zip", zip(&[("in.tgz", &gzip(&tar(&[("dump.sql", &dump)])))])),
        ("zip-in.gz", "SQL dump, zip", gzip(&zip(&[("dump.sql", &dump)]))),
    ] {
        let workspace = Workspace::new();
        let path = workspace.write(name, bytes);
        let ledger = load(&workspace, &[path.as_os_str()]).ended(0).json();
        let files = ledger["files"].as_array().expect("files");
        let file = files.iter().find(|f| f["kind"] == kind).unwrap_or_else(|| panic!("{name}: {ledger:#}"));
        assert_eq!(entry(&file["tables"], "table", "employee")["loaded"], 5, "{name}");
        assert_eq!(file["bytes"], dump.len() as u64, "{name}");
        let inside = format!("p.crosswalk/snapshots/{}", ledger["snapshot"].as_str().expect("an id"));
        assert_eq!(workspace.list(&inside), ["staging.db"], "{name}: what was unpacked is gone");
    }
}

#[test]
fn what_lies_deeper_is_listed() {
    let workspace = Workspace::new();
    let deep = zip(&[("b.zip", &zip(&[("c.csv.gz", &gzip(b"id,n\n1,2\n"))])), ("list.csv", b"id,name\n1,x\n")]);
    let path = workspace.write("a.zip", deep);
    let ledger = load(&workspace, &[path.as_os_str()]).ended(3).json();
    let aside = left_aside(&ledger);
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(aside[0].0, "a.zip/b.zip/c.csv.gz");
    assert!(aside[0].1.contains("packed more than twice: unpack the outer archive"), "{aside:?}");
}

#[test]
fn a_locked_archive_asks_and_opens_with_any_password_of_the_file() {
    let workspace = Workspace::new();
    let path = workspace.write("handover.zip", locked(&[("hr.csv", b"id,name\n1,Ada\n")]));
    let told = load(&workspace, &[path.as_os_str()]).ended(1);
    assert!(told.err.contains("handover.zip/hr.csv is protected by a password"), "{}", told.err);
    assert!(workspace.list("p.crosswalk/snapshots").is_empty());
    let wrong = workspace.write("wrong.txt", "Galen\n");
    let given = [OsStr::new("load"), OsStr::new("p"), path.as_os_str(), OsStr::new("--password-file")];
    let told = workspace.run(&[&given[..], &[wrong.as_os_str()]].concat()).ended(1);
    assert!(!told.err.contains("Galen"), "{}", told.err);
    let right = workspace.write("right.txt", "Galen\r\nHippokrates\r\n");
    workspace.run(&[&given[..], &[right.as_os_str()]].concat()).ended(0);
    assert_eq!(rows(&workspace, "SELECT * FROM hr"), json!([["1", "Ada"]]));
    for file in workspace.list("p.crosswalk") {
        let bytes = fs::read(workspace.path("p.crosswalk").join(&file)).unwrap_or_default();
        assert!(!bytes.windows(11).any(|w| w == b"Hippokrates"), "{file} keeps the password");
    }
}

#[test]
fn beside_what_opens_a_locked_file_is_left_aside() {
    let workspace = Workspace::new();
    workspace.write("in/hr.csv", "id,name\n1,Ada\n");
    workspace.write("in/locked.zip", locked(&[("more.csv", b"id,name\n2,Grace\n")]));
    let ledger = load(&workspace, &[workspace.path("in").as_os_str()]).ended(3).json();
    let aside = left_aside(&ledger);
    assert_eq!(aside[0].0, "locked.zip/more.csv");
    assert!(aside[0].1.contains("protected by a password"), "{aside:?}");
}

/// What came before the cut is loaded, and the cut is told.
#[test]
fn a_packed_file_that_was_cut_off_keeps_what_came_before() {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..60_000u32).map(|n| format!("{n},{}", n.wrapping_mul(2_654_435_761))).collect();
    let text = lines.join("\n") + "\n";
    let packed = gzip(format!("id,code\n{text}").as_bytes());
    let path = workspace.write("codes.csv.gz", &packed[..packed.len() / 2]);
    let ledger = load(&workspace, &[path.as_os_str()]).ended(3).json();
    let file = &ledger["files"][0];
    let loaded = file["tables"][0]["loaded"].as_u64().expect("a count");
    assert!(loaded > 20_000 && loaded < 40_000, "{loaded}");
    let warnings = file["warnings"].to_string();
    assert!(warnings.contains("breaks off at byte"), "{warnings}");
    assert!(ledger["rejects"].as_u64().expect("a count") > 0);
}

#[test]
fn a_mixed_folder_names_what_it_leaves_aside_and_what_to_ask_for() {
    let workspace = Workspace::new();
    workspace.write("in/hr.csv", "id,name\n1,Ada\n");
    workspace.write("in/clinic.bak", b"TAPE\0\0\x03\0\x8c\0\0\0");
    workspace.write("in/dump/toc.dat", b"PGDMP\x01\x0e\0");
    workspace.write("in/dump/3001.dat.gz", gzip(b"1\tAda\n"));
    workspace.write("in/labs.hl7", "MSH|^~\\&|LAB|CLINIC\rPID|1||7\r");
    workspace.write("in/README.md", "# Export\n\nThis folder was made on Monday by the vendor.\n\nIt holds all the tables. Call us if one is missing.\n\nWith kind regards from the vendor.\n");
    let ledger = load(&workspace, &[workspace.path("in").as_os_str()]).ended(3).json();
    let aside = left_aside(&ledger);
    for (file, what) in [("clinic.bak", "a SQL Server backup"), ("labs.hl7", "HL7 v2"), ("README.md", "prose")] {
        let why = aside.iter().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file}: {aside:?}"));
        assert!(why.1.contains(what), "{why:?}");
    }
    assert_eq!(aside.len(), 3);
    // A dump whose contents break off is no rows of text.
    let warnings = ledger["files"].to_string();
    for said in ["the table of contents of the dump is cut off or damaged", "the toc.dat beside it does not name it"] {
        assert!(warnings.contains(said), "{warnings}");
    }
    assert_eq!(rows(&workspace, "SELECT count(*) FROM hr"), json!([["1"]]));
}

fn words(path: &Path, options: &[&str]) -> Vec<OsString> {
    std::iter::once(path.as_os_str().to_owned()).chain(options.iter().map(Into::into)).collect()
}

#[test]
fn a_person_may_say_how_files_are_written() {
    let workspace = Workspace::new();
    workspace.write("in/a.txt", "top of the list\n1=x,y\n2=z\n");
    workspace.write("in/b.csv", "id,name\n1,Ada\n");
    workspace.write("in/tmp1.csv", "id\n1\n");
    let options =
        ["--delimiter", "a.txt==", "--no-header=a.txt", "--skip-lines", "a.txt=1", "--leave", "tmp*", "--no-profile"];
    let given = words(&workspace.path("in"), &options);
    let given: Vec<&OsStr> = given.iter().map(AsRef::as_ref).collect();
    let ledger = load(&workspace, &given).ended(3).json();
    assert_eq!(left_aside(&ledger), [("tmp1.csv".to_owned(), "left aside by choice".to_owned())]);
    assert_eq!(rows(&workspace, "SELECT * FROM a"), json!([["1", "x,y"], ["2", "z"]]));
    assert_eq!(rows(&workspace, "SELECT * FROM b"), json!([["1", "Ada"]]));
}

#[test]
fn inspection_says_what_would_be_read_and_keeps_nothing() {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    workspace.write("in/b.csv", "id;name\n1;Ada\n");
    workspace.write("in/c.zip", locked(&[("d.csv", b"id\n1\n")]));
    let given: [OsString; 4] = ["inspect".into(), "p".into(), workspace.path("in").into(), "--json".into()];
    let facts = workspace.run(&given).ended(3).json();
    let file = entry(&facts["files"], "file", "b.csv");
    assert!(file["dialect"].as_str().expect("a dialect").contains("delimiter semicolon"), "{facts:#}");
    assert_eq!(file["ignored_why"], json!(null));
    assert_eq!(entry(&facts["files"], "file", "c.zip/d.csv")["needs_password"], json!(true));
    assert!(workspace.list("p.crosswalk/snapshots").is_empty());
}
