//! The licence texts of all parts, as most licences ask to be handed on.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    parts::{Kind, Part, sources},
    shell::{Done, root},
};

/// Writes one file with the text of every part's licence; a text that several share stands there once.
pub fn write(parts: &[Part], path: &Path) -> Done {
    let sources = sources()?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for part in parts {
        let named = format!("{} {} ({})", part.name, part.version, part.licence);
        let folder = match part.kind {
            Kind::Crate => sources.get(&format!("{} {}", part.name, part.version)).cloned(),
            Kind::Npm => Some(root().join("ui/node_modules").join(&part.name)),
            // In the crate that brings it.
            Kind::C => None,
        };
        let found = folder.as_deref().map(of_folder).unwrap_or_default();
        if found.is_empty() {
            without.push(named.clone());
        }
        for text in found {
            texts.entry(text).or_default().push(named.clone());
        }
    }
    let mut out = String::from("Crosswalk is made of its own code and of these parts.\n");
    for (text, of) in &texts {
        let _ = write!(out, "\n{}\n{}\n\n{text}\n", "=".repeat(80), of.join("\n"));
    }
    let _ = write!(out, "\n{}\nWithout a text of their own, under the licence named:\n\n", "=".repeat(80));
    for named in without {
        let _ = writeln!(out, "{named}");
    }
    fs::write(path, out).map_err(|error| format!("{}: {error}", path.display()))
}

/// Texts of licences at the top of a package.
fn of_folder(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.is_file() && is_licence(path)).collect();
    files.sort();
    let texts = files.iter().filter_map(|path| fs::read(path).ok());
    texts.map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned()).collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
    let code = [".RS", ".JS", ".TS"].iter().any(|ending| name.ends_with(ending));
    !code
        && ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"]
            .iter()
            .any(|word| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_hold_a_licence() {
        for (name, is) in [
            ("LICENSE-MIT", true),
            ("license.md", true),
            ("LICENCE", true),
            ("NOTICE", true),
            ("licenses.rs", false),
            ("README.md", false),
        ] {
            assert_eq!(is_licence(Path::new(name)), is, "{name}");
        }
    }
}
