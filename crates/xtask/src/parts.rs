//! The parts that ship: every crate and npm package in the two programs, and the C libraries inside of crates. Tools,
//! macros and what only tests need are none.

pub mod list;
pub mod sbom;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::shell::{cargo, output, root};

/// What the product is built with; the test seams are never among it.
pub const FEATURES: &str = "crosswalk-desktop/custom-protocol";
/// The packages whose programs ship.
pub const PROGRAMS: [&str; 2] = ["cli", "crosswalk-desktop"];
/// The systems there are installers for.
pub const TARGETS: [&str; 4] =
    ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "x86_64-apple-darwin", "aarch64-apple-darwin"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Crate,
    Npm,
    /// Written in C, compiled into the crate that brings it.
    C,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Npm => "npm",
            Self::C => "c",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub kind: Kind,
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub licence: String,
    /// The algorithm and the hexadecimal figure of the package as it was fetched.
    pub digest: Option<(&'static str, String)>,
}

/// The parts of the programs for these systems, in order of kind, name and version.
pub fn shipped(targets: &[&str]) -> Result<Vec<Part>, String> {
    let locked = locked()?;
    let mut parts = BTreeSet::new();
    for target in targets {
        for (name, version, licence) in crates(target)? {
            let key = format!("{name} {version}");
            let digest = locked.get(&key).ok_or_else(|| format!("Cargo.lock does not know {key}"))?.clone();
            parts.insert(Part {
                kind: Kind::Crate,
                name,
                version,
                licence,
                digest: digest.map(|hex| ("SHA-256", hex)),
            });
        }
    }
    let sources = sources()?;
    for part in parts.clone() {
        parts.extend(c_library(&part, &sources)?);
    }
    parts.extend(npm()?);
    let nameless: Vec<&str> = parts.iter().filter(|part| part.licence.is_empty()).map(|part| &*part.name).collect();
    if nameless.is_empty() {
        Ok(parts.into_iter().collect())
    } else {
        Err(format!("no licence is known of {nameless:?}"))
    }
}

/// Name, version and licence of every crate of others that is linked into the programs.
fn crates(target: &str) -> Result<BTreeSet<(String, String, String)>, String> {
    let mut tree = cargo();
    tree.args(["tree", "--locked", "--features", FEATURES, "--target", target]);
    tree.args(PROGRAMS.iter().flat_map(|program| ["--package", program]));
    tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}"]);
    let told = output(&mut tree).ok_or_else(|| format!("`cargo tree` for {target} failed"))?;
    Ok(told.lines().filter_map(of_tree).collect())
}

/// A line `NAME vVERSION (…)|LICENCE (*)`. What has a path is ours.
fn of_tree(line: &str) -> Option<(String, String, String)> {
    let (package, licence) = line.split_once('|')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    if words.next().is_some_and(|rest| rest.starts_with("(/") || rest.contains(":\\")) {
        return None;
    }
    Some((name.to_owned(), version.to_owned(), spdx(licence.trim_end_matches("(*)"))))
}

/// Older packages write `MIT/Apache-2.0` for "either".
fn spdx(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

/// `NAME VERSION` of every package in Cargo.lock, with its checksum; ours have none.
pub fn locked() -> Result<BTreeMap<String, Option<String>>, String> {
    let lock = read(&root().join("Cargo.lock"))?;
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'));
        line.map(str::to_owned)
    };
    let packages = lock.split("[[package]]").skip(1).filter_map(|package| {
        let (name, version) = (field(package, "name")?, field(package, "version")?);
        Some((format!("{name} {version}"), field(package, "checksum")))
    });
    Ok(packages.collect())
}

/// Where the source of each crate lies, by `NAME VERSION`.
pub fn sources() -> Result<BTreeMap<String, PathBuf>, String> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    let told = output(&mut metadata).ok_or("`cargo metadata` failed")?;
    let told: Value = serde_json::from_str(&told).map_err(|error| format!("`cargo metadata`: {error}"))?;
    let packages = told["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let source = |package: &Value| {
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        let key = format!("{} {}", text(&package["name"]), text(&package["version"]));
        Some((key, manifest.parent()?.to_owned()))
    };
    Ok(packages.iter().filter_map(source).collect())
}

/// The library that a crate compiles in.
fn c_library(part: &Part, sources: &BTreeMap<String, PathBuf>) -> Result<Option<Part>, String> {
    let of = |name: &str, version: &str, licence: &str| Part {
        kind: Kind::C,
        name: name.to_owned(),
        version: version.to_owned(),
        licence: licence.to_owned(),
        digest: None,
    };
    match &*part.name {
        "libsqlite3-sys" => {
            let key = format!("{} {}", part.name, part.version);
            let source = sources.get(&key).ok_or_else(|| format!("the source of {key} was not found"))?;
            let header = read(&source.join("sqlite3/sqlite3.h"))?;
            let version = header.lines().find_map(|line| line.strip_prefix("#define SQLITE_VERSION "));
            let version = version.ok_or("sqlite3.h names no version")?.trim().trim_matches('"');
            Ok(Some(of("SQLite", version, "blessing")))
        }
        "zstd-sys" => {
            let (_, version) = part.version.split_once("+zstd.").ok_or("zstd-sys no longer names its zstd")?;
            Ok(Some(of("Zstandard", version, "BSD-3-Clause")))
        }
        _ => Ok(None),
    }
}

/// What `ui/package-lock.json` installs for the page itself.
fn npm() -> Result<Vec<Part>, String> {
    let lock = read(&root().join("ui/package-lock.json"))?;
    let lock: Value = serde_json::from_str(&lock).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let packages = lock["packages"].as_object().ok_or("ui/package-lock.json lists no packages")?;
    packages
        .iter()
        .filter(|(path, package)| ships(path, package))
        .map(|(path, package)| of_npm(path, package))
        .collect()
}

fn ships(path: &str, package: &Value) -> bool {
    !path.is_empty() && package["dev"] != true && package["devOptional"] != true
}

fn of_npm(path: &str, package: &Value) -> Result<Part, String> {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let name = path.rsplit("node_modules/").next().unwrap_or(path).to_owned();
    let digest = match package["integrity"].as_str().and_then(|text| text.strip_prefix("sha512-")) {
        Some(figure) => {
            let bytes = STANDARD.decode(figure).map_err(|error| format!("{path}: integrity: {error}"))?;
            Some(("SHA-512", hex(&bytes)))
        }
        None => None,
    };
    let licence = text("license").trim_matches(['(', ')']).to_owned();
    Ok(Part { kind: Kind::Npm, name, version: text("version"), licence, digest })
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_of_the_tree() {
        let package =
            |name: &str, version: &str, licence: &str| Some((name.to_owned(), version.to_owned(), licence.to_owned()));
        for (trap, line, expected) in [
            ("plain", "csv v1.4.0|Unlicense/MIT", package("csv", "1.4.0", "Unlicense OR MIT")),
            ("seen before", "aes v0.9.4|MIT OR Apache-2.0 (*)", package("aes", "0.9.4", "MIT OR Apache-2.0")),
            ("ours", "engine v0.1.0 (/work/crates/engine)|MIT", None),
            ("ours on Windows", "engine v0.1.0 (C:\\work\\engine)|MIT", None),
            ("slash with blanks", "x v1.0.0|Apache-2.0 / MIT", package("x", "1.0.0", "Apache-2.0 OR MIT")),
            ("between two programs", "", None),
        ] {
            assert_eq!(of_tree(line), expected, "{trap}");
        }
    }

    #[test]
    fn what_ships_of_npm() {
        for (trap, path, package, expected) in [
            ("the page itself", "", json!({"version": "0.1.0"}), false),
            ("needed", "node_modules/react", json!({"version": "19.3.1"}), true),
            ("a tool", "node_modules/vite", json!({"dev": true}), false),
            ("types, which a tool also wants", "node_modules/@types/react", json!({"devOptional": true}), false),
        ] {
            assert_eq!(ships(path, &package), expected, "{trap}");
        }
        let nested = of_npm(
            "node_modules/@xyflow/react/node_modules/zustand",
            &json!({"version": "4.5.7", "license": "(MIT OR CC0-1.0)", "integrity": "sha512-AAH/"}),
        );
        let expected = Part {
            kind: Kind::Npm,
            name: "zustand".to_owned(),
            version: "4.5.7".to_owned(),
            licence: "MIT OR CC0-1.0".to_owned(),
            digest: Some(("SHA-512", "0001ff".to_owned())),
        };
        assert_eq!(nested, Ok(expected));
    }
}
