//! The list of what ships agrees with the lock files, so that About never names a version that is not in the program.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use super::root;

const REMEDY: &str = "`cargo xtask licences` lists them anew";

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// `NAME VERSION` of every package of others in Cargo.lock; ours have no source.
fn crates(lock: &str) -> BTreeSet<String> {
    let value = |package: &str, field: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(" = \"")?.strip_suffix('"'));
        line.map(str::to_owned)
    };
    let packages = lock.split("[[package]]").skip(1).filter(|package| value(package, "source").is_some());
    packages.filter_map(|package| Some(format!("{} {}", value(package, "name")?, value(package, "version")?))).collect()
}

/// `NAME VERSION` of every package that `package-lock.json` installs for the page itself.
fn npm(lock: &str) -> BTreeSet<String> {
    let lock: Value = serde_json::from_str(lock).expect("package-lock.json");
    let packages = lock["packages"].as_object().expect("packages");
    let ships = packages
        .iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != true && package["devOptional"] != true);
    let named = |(path, package): (&String, &Value)| {
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        format!("{name} {}", package["version"].as_str().unwrap_or_default())
    };
    ships.map(named).collect()
}

fn listed(list: &str, kind: &str) -> BTreeSet<String> {
    let list: Value = serde_json::from_str(list).expect("parts.json");
    let parts = list.as_array().expect("an array").iter().filter(|part| part["kind"] == kind);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    parts.map(|part| format!("{} {}", text(&part["name"]), text(&part["version"]))).collect()
}

/// What is in one and not in the other.
fn differing(listed: &BTreeSet<String>, locked: &BTreeSet<String>) -> Vec<String> {
    let gone = listed.difference(locked).map(|part| format!("{part} is listed, and no longer locked"));
    gone.chain(locked.difference(listed).map(|part| format!("{part} is locked, and not listed"))).collect()
}

#[test]
fn the_list_of_parts_agrees_with_the_lock_files() {
    let parts = read("crates/about/data/parts.json");
    let ships = listed(&parts, "crate");
    let rest: BTreeSet<String> = read("crates/about/data/not_shipped.txt").lines().map(str::to_owned).collect();
    let both: Vec<_> = ships.intersection(&rest).collect();
    assert!(both.is_empty(), "{both:?} both ship and do not: {REMEDY}");
    let told = differing(&ships.union(&rest).cloned().collect(), &crates(&read("Cargo.lock")));
    assert!(told.is_empty(), "{REMEDY}:\n{}", told.join("\n"));
    let told = differing(&listed(&parts, "npm"), &npm(&read("ui/package-lock.json")));
    assert!(told.is_empty(), "{REMEDY}:\n{}", told.join("\n"));
}

#[test]
fn a_list_that_went_stale_is_told() {
    let lock = "[[package]]\nname = \"engine\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"csv\"\nversion = \"1.4.0\"\n\
                source = \"registry\"\n";
    let list = |version: &str| format!(r#"[{{"kind":"crate","name":"csv","version":"{version}"}}]"#);
    assert_eq!(differing(&listed(&list("1.4.0"), "crate"), &crates(lock)), Vec::<String>::new());
    let told = differing(&listed(&list("1.3.0"), "crate"), &crates(lock));
    assert_eq!(told, ["csv 1.3.0 is listed, and no longer locked", "csv 1.4.0 is locked, and not listed"]);
    let lock = r#"{"packages":{"":{},"node_modules/react":{"version":"19.3.1"},"node_modules/vite":{"dev":true}}}"#;
    assert_eq!(npm(lock), BTreeSet::from(["react 19.3.1".to_owned()]));
}
