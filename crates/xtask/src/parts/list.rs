//! The list that About shows: `crates/about/data/parts.json`, and beside it what Cargo.lock has besides, so that a test
//! can tell that neither is out of date.

use std::{collections::BTreeSet, fmt::Write as _, fs};

use serde_json::json;

use super::{Kind, Part, TARGETS, locked, shipped};
use crate::shell::{Done, root};

/// Writes both files anew.
pub fn run() -> Done {
    let parts = shipped(&TARGETS)?;
    let folder = root().join("crates/about/data");
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    write("parts.json", document(&parts))?;
    write("not_shipped.txt", rest(&parts)?)?;
    println!("{} parts ship; crates/about/data is new.", parts.len());
    Ok(())
}

/// One part a line, so that a change shows as one.
pub fn document(parts: &[Part]) -> String {
    let line = |part: &Part| {
        let kind = part.kind.code();
        json!({"kind": kind, "name": part.name, "version": part.version, "licence": part.licence}).to_string()
    };
    format!("[\n{}\n]\n", parts.iter().map(line).collect::<Vec<_>>().join(",\n"))
}

fn rest(parts: &[Part]) -> Result<String, String> {
    let key = |part: &Part| format!("{} {}", part.name, part.version);
    let ships: BTreeSet<String> = parts.iter().filter(|part| part.kind == Kind::Crate).map(key).collect();
    let mut text = String::new();
    // Ours have no checksum.
    for (package, _) in locked()?.into_iter().filter(|(_, checksum)| checksum.is_some()) {
        if !ships.contains(&package) {
            let _ = writeln!(text, "{package}");
        }
    }
    Ok(text)
}
