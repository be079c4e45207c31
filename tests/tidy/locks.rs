//! Lock files say what is used, not where one machine once fetched it.

use std::fs;

use super::{breaks, root};

/// The one source Cargo writes for every package that is not of this workspace.
const CARGO_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn lock(path: &str, text: &str) -> Vec<String> {
    let mut told = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let number = number + 1;
        if path.ends_with("Cargo.lock") {
            let source = line.strip_prefix("source = \"").and_then(|rest| rest.strip_suffix('"'));
            if source.is_some_and(|source| source != CARGO_SOURCE) {
                told.push(format!("{path}:{number}: a package of another source: use a published version"));
            }
        } else if line.starts_with("\"resolved\":") {
            told.push(format!(
                "{path}:{number}: it names the host it was fetched from: `npm install \
                 --omit-lockfile-registry-resolved` leaves that out"
            ));
        }
    }
    told
}

#[test]
fn lock_files_name_no_host() {
    for path in ["Cargo.lock", "ui/package-lock.json"] {
        let text = fs::read_to_string(root().join(path)).expect("a lock file");
        assert!(text.lines().count() > 1000, "{path} is not the whole lock file");
        let told = lock(path, &text);
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
}

#[test]
fn a_host_in_a_lock_file_is_told() {
    breaks(lock, "Cargo.lock", "source = \"git+https://host.example/x#1\"", &["a package of another source"]);
    breaks(lock, "Cargo.lock", &format!("source = \"{CARGO_SOURCE}\""), &[]);
    let resolved = "      \"resolved\": \"https://host.example/x-1.0.0.tgz\",";
    breaks(lock, "ui/package-lock.json", resolved, &["the host it was fetched from"]);
    breaks(lock, "ui/package-lock.json", "\"funding\": { \"url\": \"https://host.example\" }", &[]);
}
