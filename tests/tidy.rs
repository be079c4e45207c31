//! Rules of structure, as tests. A rule is a function from a file's path and text to what breaks it; each is held
//! against the house and against a sample that breaks it, and each message says the remedy.

mod circles;
mod doors;
mod imports;
mod locks;
mod parts;
mod release;
mod rust;
mod verbs;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file of ours: its path from the root with `/` between, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root of the workspace")
}

/// Every text file of the house that people write, in order of paths.
pub fn house() -> &'static [Source] {
    static HOUSE: OnceLock<Vec<Source>> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let root = root();
        let mut found = Vec::new();
        for top in ["crates", "src-tauri", "ui", "tests"] {
            walk(&root.join(top), top, &mut found);
        }
        assert!(found.len() > 100, "the house was not found: only {} files in {}", found.len(), root.display());
        found
    })
}

/// What is built or installed, not written.
const MADE: [&str; 6] = ["node_modules", "dist", "target", "gen", "test-results", "playwright-report"];
const WRITTEN: [&str; 8] = ["rs", "ts", "tsx", "css", "toml", "json", "md", "html"];

fn walk(folder: &Path, path: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("a folder of the house").flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{path}/{name}");
        if entry.path().is_dir() {
            if !MADE.contains(&name.as_str()) && !name.starts_with('.') {
                walk(&entry.path(), &path, found);
            }
        } else if ends_with_any(&name, &WRITTEN) {
            let text = fs::read_to_string(entry.path()).expect("a text file");
            found.push(Source { path, text });
        }
    }
}

pub fn ends_with_any(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

/// Tests may look behind every door.
pub fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_test.rs")
        || path.starts_with("ui/e2e/")
        || path.ends_with(".test.ts")
        || path.ends_with(".test.tsx")
}

/// Holds a rule against every file of the house.
#[track_caller]
pub fn hold(rule: impl Fn(&str, &str) -> Vec<String>) {
    let broken: Vec<String> = house().iter().flat_map(|file| rule(&file.path, &file.text)).collect();
    assert!(broken.is_empty(), "{} places break a rule of structure:\n  {}", broken.len(), broken.join("\n  "));
}

/// Holds a rule against a sample: each of `expected` must stand in a message of its own, and no message be left over.
#[track_caller]
pub fn breaks(rule: impl Fn(&str, &str) -> Vec<String>, path: &str, text: &str, expected: &[&str]) {
    let told = rule(path, text);
    let as_expected = told.len() == expected.len() && told.iter().zip(expected).all(|(told, part)| told.contains(part));
    assert!(as_expected, "{path}: {text:?}\n  expected {expected:?}\n  was told {told:?}");
}
