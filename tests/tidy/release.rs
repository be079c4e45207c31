//! The workflow that makes a release, as far as it can be held to the house without being run.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use yaml_rust2::{Yaml, YamlLoader};

use super::root;

const WORKFLOW: &str = ".github/workflows/release.yml";

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text in a document, with the field it stands under.
fn texts<'a>(under: &'a str, yaml: &'a Yaml, found: &mut Vec<(&'a str, &'a str)>) {
    match yaml {
        Yaml::String(text) => found.push((under, text)),
        Yaml::Array(entries) => entries.iter().for_each(|entry| texts(under, entry, found)),
        Yaml::Hash(fields) => {
            fields.iter().for_each(|(name, value)| texts(name.as_str().unwrap_or_default(), value, found));
        }
        _ => {}
    }
}

/// What is wrong with a workflow: `exists` knows paths of the house, `usage` is that of xtask, and `targets` are those of
/// tauri.conf.json.
fn wrong(workflow: &str, exists: impl Fn(&str) -> bool, usage: &str, targets: &BTreeSet<String>) -> Vec<String> {
    let documents = match YamlLoader::load_from_str(workflow) {
        Ok(documents) => documents,
        Err(error) => return vec![format!("it is no YAML: {error}")],
    };
    let document = &documents[0];
    let mut all = Vec::new();
    texts("", document, &mut all);
    let mut told = Vec::new();
    let tops = ["crates/", "ui/", "src-tauri/", "icons/", "tests/"];
    for (field, text) in &all {
        let paths = text.split_whitespace().filter(|word| tops.iter().any(|top| word.starts_with(top)));
        told.extend(paths.filter(|path| !exists(path)).map(|path| format!("there is no {path}")));
        if *field == "run" && text.contains("secrets.") {
            told.push("a secret stands in a script: hand it over in `env`".to_owned());
        }
        for line in text.lines().filter_map(|line| line.trim().strip_prefix("cargo xtask ")) {
            let verb = line.split(' ').next().unwrap_or_default();
            if !usage.lines().any(|of| of.split_whitespace().next() == Some(verb)) {
                told.push(format!("xtask has no `{verb}`"));
            }
        }
        let options = if *field == "options" { text.split_whitespace().collect() } else { Vec::new() };
        told.extend(options.into_iter().filter(|option| !usage.contains(*option)).map(|o| format!("xtask has no {o}")));
    }
    let made: BTreeSet<String> = all
        .iter()
        .filter(|(field, _)| *field == "packages")
        .flat_map(|(_, kinds)| kinds.split(' '))
        .map(target)
        .collect();
    if &made != targets {
        told.push(format!("it makes {made:?}, and src-tauri/tauri.conf.json has {targets:?}"));
    }
    told
}

/// The target that makes files of an ending.
fn target(ending: &str) -> String {
    if ending == "exe" { "nsis".to_owned() } else { ending.to_lowercase() }
}

fn conf() -> Value {
    serde_json::from_str(&read("src-tauri/tauri.conf.json")).expect("tauri.conf.json")
}

#[test]
fn the_release_agrees_with_the_house() {
    let conf = conf();
    let targets = conf["bundle"]["targets"].as_array().expect("targets").iter();
    let targets = targets.map(|target| target.as_str().expect("a name").to_owned()).collect();
    let exists = |path: &str| root().join(path).exists();
    let told = wrong(&read(WORKFLOW), exists, &read("crates/xtask/src/main.rs"), &targets);
    assert!(told.is_empty(), "{WORKFLOW}:\n  {}", told.join("\n  "));
}

#[test]
fn a_release_that_does_not_is_told() {
    let wrong = |workflow: &str| {
        wrong(workflow, |path| path == "ui/there", "  bundle [--appimage]", &BTreeSet::from(["deb".to_owned()]))
    };
    for (trap, workflow, expected) in [
        ("as it should be", "packages: deb\nrun: cargo xtask bundle ui/there\noptions: --appimage", None),
        ("no YAML", "a: [", Some("it is no YAML")),
        ("a path that moved", "packages: deb\npath: ui/gone", Some("there is no ui/gone")),
        ("a verb that went", "packages: deb\nrun: |\n  cd ui\n  cargo xtask pack", Some("xtask has no `pack`")),
        ("an option that went", "packages: deb\noptions: --universal", Some("xtask has no --universal")),
        ("a secret in a log", "packages: deb\nrun: sign ${{ secrets.KEY }}", Some("a secret stands in a script")),
        ("another package", "packages: deb exe", Some("it makes {\"deb\", \"nsis\"}")),
    ] {
        let told = wrong(workflow);
        assert_eq!(told.len(), usize::from(expected.is_some()), "{trap}: {told:?}");
        assert!(expected.is_none_or(|part| told[0].contains(part)), "{trap}: {told:?}");
    }
}

#[test]
fn every_version_is_the_workspaces() {
    let version = env!("CARGO_PKG_VERSION");
    for path in ["ui/package.json", "ui/package-lock.json"] {
        let package: Value = serde_json::from_str(&read(path)).expect("JSON");
        assert_eq!(package["version"], version, "{path}");
    }
    assert!(conf().get("version").is_none(), "src-tauri/tauri.conf.json takes its version from Cargo.toml");
    let about = read("src-tauri/linux/org.crosswalk.desktop.metainfo.xml");
    assert!(about.contains(&format!("<release version=\"{version}\"")), "the metainfo names another version");
}

#[test]
fn tauris_tool_and_its_crate_are_of_one_version() {
    let lock = read("Cargo.lock");
    let crate_version = lock.split("name = \"tauri\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    let npm: Value = serde_json::from_str(&read("ui/package-lock.json")).expect("JSON");
    let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
    let of_npm = npm["packages"]["node_modules/@tauri-apps/cli"]["version"].as_str();
    assert!(crate_version.is_some() && crate_version.map(minor) == of_npm.map(minor), "{crate_version:?}, {of_npm:?}");
}
