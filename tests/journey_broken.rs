//! Files that were cut off or damaged on their way, loaded with a gigabyte of address space: the program never panics,
//! hangs, fills memory or takes a part for the whole.
//!
//! `cargo xtask fuzz --cut` does the same at many more places.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::crosswalk::{Told, Workspace, fixture, gzip};

/// A load of a small file that takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// How many, unless a bigger run says so.
fn count(variable: &str, usual: usize) -> usize {
    env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// A file, and what may be taken for the whole of it when only its front is there.
struct Sample {
    name: &'static str,
    bytes: Vec<u8>,
    /// Whether its format cannot tell a front from a whole: then every line in it must be there.
    lines: bool,
}

fn samples() -> Vec<Sample> {
    let dump = fs::read(fixture("clinic.sql")).expect("the fixture");
    let mut text = String::from("badge_no,site,note\n");
    for n in 0..60 {
        writeln!(text, "{n:05},Yard {},\"said \"\"no\"\", twice\"", n % 7).expect("memory takes it");
    }
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("in/dump.sql", SimpleFileOptions::default()).expect("an entry");
    archive.write_all(&dump).expect("memory takes it");
    let archive = archive.finish().expect("memory takes it").into_inner();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../snapshot/fuzz/corpus/spreadsheet/plain.xlsx");
    let whole = |name, bytes| Sample { name, bytes, lines: false };
    let mut samples = vec![
        whole("dump.sql.gz", gzip(&dump)),
        whole("dump.zip", archive),
        whole("book.xlsx", fs::read(kept).expect("a workbook")),
        whole("dump.sql", dump),
        Sample { name: "feed.csv", bytes: text.into_bytes(), lines: true },
    ];
    samples.extend(access().map(|bytes| whole("clinic.mdb", bytes)));
    samples
}

/// An Access file nobody here made; it lies outside of the project.
fn access() -> Option<Vec<u8>> {
    let path = corpus::data("corpus/access/jackcess_V2000_delTestV2000.mdb")?;
    Some(fs::read(path).expect("an Access file"))
}

/// Runs the program with a gigabyte of address space, and waits as long as patience goes.
fn confined(workspace: &Workspace, arguments: &[&str], what: &str) -> Told {
    // Only Linux holds a program to it.
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 1048576; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_crosswalk")]);
        shell
    } else {
        Command::new(env!("CARGO_BIN_EXE_crosswalk"))
    };
    let mut child = command
        .args(arguments)
        .current_dir(workspace.path(""))
        .env("USER", "Ada")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("crosswalk runs");
    let (mut out, mut err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    let heard = thread::spawn(move || {
        let mut text = String::new();
        let _ = out.read_to_string(&mut text);
        text
    });
    let complaints = thread::spawn(move || {
        let mut text = String::new();
        let _ = err.read_to_string(&mut text);
        text
    });
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("{what}: it has not ended after {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let (out, err) = (heard.join().expect("text"), complaints.join().expect("text"));
    // A signal leaves no code.
    Told { code: status.code().unwrap_or(-1), out, err }
}

/// Loads bytes under a file's name; what is wrong with how it ended is panicked about here. `None`: refused.
fn loaded(name: &str, bytes: &[u8], what: &str) -> Option<(i32, Value)> {
    let workspace = Workspace::new();
    workspace.run(&["new", "p"]).ended(0);
    workspace.write(name, bytes);
    let told = confined(&workspace, &["load", "p", name, "--json"], what);
    let said = told.err.trim();
    assert!(!said.contains("panicked") && !said.contains("ended unexpectedly"), "{what}: {said}");
    match told.code {
        1 => {
            assert!(said.contains(name) || said.contains("no table"), "{what}: refused without naming it: {said:?}");
            assert!(workspace.list("p.crosswalk/snapshots").is_empty(), "{what}: something was left behind");
            None
        }
        0 | 3 => {
            let ledger = told.json();
            adds_up(&ledger, what);
            assert!(told.code == 0 || tells(&ledger), "{what}: 3, and not a word why: {ledger:#}");
            Some((told.code, ledger))
        }
        code => panic!("{what}: it ended with {code}: {said}"),
    }
}

fn tables(ledger: &Value) -> impl Iterator<Item = &Value> {
    ledger["files"].as_array().into_iter().flatten().flat_map(|file| file["tables"].as_array().into_iter().flatten())
}

fn rows(ledger: &Value) -> u64 {
    tables(ledger).map(|table| table["loaded"].as_u64().expect("a count")).sum()
}

fn adds_up(ledger: &Value, what: &str) {
    for table in tables(ledger) {
        let [read, loaded, rejected] = ["read", "loaded", "rejected"].map(|f| table[f].as_u64().expect("a count"));
        assert_eq!(read, loaded + rejected, "{what}: {table}");
    }
}

fn tells(ledger: &Value) -> bool {
    let any = |field: &str| {
        let files = ledger["files"].as_array().into_iter().flatten();
        files.into_iter().any(|file| file[field].as_array().is_some_and(|told| !told.is_empty()))
    };
    ledger["rejects"].as_u64().is_some_and(|n| n > 0) || any("warnings") || any("ignored")
}

#[test]
fn a_file_cut_anywhere_is_not_taken_for_the_whole() {
    let cuts = count("CROSSWALK_CUTS", 4);
    for sample in samples() {
        let (_, whole) = loaded(sample.name, &sample.bytes, sample.name)
            .unwrap_or_else(|| panic!("{}: the whole of it does not load", sample.name));
        for cut in 1..=cuts {
            // From the first bytes to all but the last one.
            let at = (sample.bytes.len() - 1) * cut / cuts;
            let what = format!("{} cut at {at} of {}", sample.name, sample.bytes.len());
            let front = &sample.bytes[..at];
            let Some((code, ledger)) = loaded(sample.name, front, &what) else { continue };
            let there = rows(&ledger);
            assert!(there <= rows(&whole) + 1, "{what}: {there} rows of {}", rows(&whole));
            if code == 0 && sample.lines {
                let lines = front.split(|b| *b == b'\n').count() as u64 - 1;
                assert!(there + 1 >= lines, "{what}: {there} rows of {lines} lines, and 0");
            } else if code == 0 {
                assert_eq!(there, rows(&whole), "{what}: it ended with 0, and rows are missing");
            }
        }
    }
}

#[test]
fn a_file_with_a_turned_bit_is_loaded_or_refused() {
    let turns = count("CROSSWALK_TURNS", 4);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for sample in samples() {
        for _ in 0..turns {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let (at, bit) = ((state >> 8) as usize % sample.bytes.len(), state % 8);
            let mut bytes = sample.bytes.clone();
            bytes[at] ^= 1 << bit;
            loaded(sample.name, &bytes, &format!("{} with bit {bit} of byte {at} turned", sample.name));
        }
    }
}

/// Threads, caches and the profile of many distinct values have room in a gigabyte.
#[test]
fn a_larger_dump_has_room_in_a_gigabyte() {
    let records = 20_000 * count("CROSSWALK_CUTS", 1).max(1);
    let mut dump =
        String::from("-- MySQL dump 10.13\nCREATE TABLE `visit` (`id` int, `code` varchar(40), `note` text);\n");
    for first in (0..records).step_by(1000) {
        dump.push_str("INSERT INTO `visit` VALUES ");
        for id in first..first + 1000 {
            let comma = if id > first { "," } else { "" };
            let day = id % 365;
            write!(dump, "{comma}({id},'V-{id:08}','seen on day {day} by no one in particular')")
                .expect("memory takes it");
        }
        dump.push_str(";\n");
    }
    dump.push_str("-- Dump completed on 2020-01-01\n");
    let (code, ledger) = loaded("visits.sql", dump.as_bytes(), "a larger dump").expect("it loads");
    assert_eq!((code, rows(&ledger)), (0, records as u64));
}
