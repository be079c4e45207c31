//! No file imports another that imports it, directly or through others. A module's own parts may use what it declares:
//! they are one thing in several files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::imports::{imported, target};
use super::rust::paths;
use super::{Source, ends_with_any, house, is_test};

/// Folders of Rust that are a crate each.
const CRATES: [&str; 10] = [
    "crates/about/src",
    "crates/analysis/src",
    "crates/snapshot/src",
    "crates/engine/src",
    "crates/cli/src",
    "crates/xtask/src",
    "crates/demo/src",
    "crates/relate/src",
    "crates/search/src",
    "src-tauri/src",
];

/// The modules of a crate by their files: `a/b.rs` is `[a, b]`, the root is `[]`.
fn module(inside: &str) -> Vec<String> {
    let path = inside.strip_suffix(".rs").unwrap_or(inside);
    match path {
        "lib" | "main" => Vec::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// Which file imports which.
fn arrows(files: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut arrows = BTreeMap::new();
    for root in CRATES {
        let own =
            |file: &&Source| file.path.starts_with(root) && ends_with_any(&file.path, &["rs"]) && !is_test(&file.path);
        let modules: BTreeMap<Vec<String>, &Source> =
            files.iter().filter(own).map(|file| (module(&file.path[root.len() + 1..]), file)).collect();
        for (here, file) in &modules {
            let to = paths(&file.text).into_iter().filter_map(|path| reached(&modules, here, &path));
            arrows.insert(file.path.as_str(), to.collect());
        }
    }
    let page = |file: &&Source| file.path.starts_with("ui/src/") && !is_test(&file.path);
    let names: BTreeSet<&str> = files.iter().filter(page).map(|file| file.path.as_str()).collect();
    for file in files.iter().filter(page) {
        let to = file.text.lines().filter_map(imported).filter_map(|from| target(&names, &file.path, from));
        arrows.insert(&file.path, to.collect());
    }
    arrows
}

/// The file that a path such as `super::event::Note` leads to; `None` for the file itself and for what it is a part of.
fn reached<'a>(modules: &BTreeMap<Vec<String>, &'a Source>, here: &[String], path: &[String]) -> Option<&'a str> {
    let mut at: Vec<String> = match path.first().map(String::as_str)? {
        "crate" => Vec::new(),
        _ => here.to_vec(),
    };
    let mut found = None;
    for step in path {
        match step.as_str() {
            "crate" | "self" => {}
            "super" => drop(at.pop()),
            name => at.push(name.to_owned()),
        }
        if modules.contains_key(&at) {
            found = Some(at.clone());
        }
    }
    let found = found?;
    if here.starts_with(&found) { None } else { modules.get(&found).map(|file| file.path.as_str()) }
}

/// The shortest way from a file back to itself, for each set of files that import each other.
fn circles(files: &[Source]) -> Vec<String> {
    let arrows = arrows(files);
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in arrows.keys().copied() {
        if told.contains(start) {
            continue;
        }
        if let Some(way) = way_back(&arrows, start) {
            let shown = way.join(" → ");
            // Whoever else is in the same knot is told with it.
            let tied = |file: &&&str| leads(&arrows, start, file) && leads(&arrows, file, start);
            told.extend(arrows.keys().filter(tied));
            found.push(format!(
                "{shown} → {start}: they import each other in a circle: put what they share into a file below both"
            ));
        }
    }
    found
}

/// Whether one file imports another, directly or through others.
fn leads(arrows: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::from([from]), vec![from]);
    while let Some(at) = next.pop() {
        for file in arrows.get(at).into_iter().flatten().copied() {
            if file == to {
                return true;
            }
            if seen.insert(file) {
                next.push(file);
            }
        }
    }
    false
}

fn way_back<'a>(arrows: &BTreeMap<&'a str, BTreeSet<&'a str>>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(at) = next.pop_front() {
        for to in arrows.get(at).into_iter().flatten().copied() {
            if to == start {
                let mut way = vec![at];
                while let Some(before) = came_from.get(way[way.len() - 1]) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(to) {
                came_from.insert(to, at);
                next.push_back(to);
            }
        }
    }
    None
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found = circles(house());
    assert!(found.is_empty(), "{} circles of imports:\n  {}", found.len(), found.join("\n  "));
}

#[test]
fn a_circle_is_told_and_a_part_of_a_module_is_none() {
    let told = |files: &[(&str, &str)]| {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        circles(&files.iter().map(source).collect::<Vec<_>>())
    };
    let rust = |a: &str, b: &str, c: &str| {
        told(&[
            ("crates/engine/src/a.rs", a),
            ("crates/engine/src/a/part.rs", b),
            ("crates/engine/src/b.rs", c),
            ("crates/engine/src/lib.rs", "pub mod a; pub use a::A;"),
        ])
    };
    assert_eq!(rust("mod part; use part::Part;", "use super::A;", "use crate::a::A;"), [""; 0]);
    assert_eq!(rust("use crate::{b::B, c};", "", "mod tests { use super::super::a::A; }"), [""; 0]);
    let direct = rust("use crate::{b::B, c};", "", "fn f() -> super::a::A {}");
    assert!(
        direct.len() == 1 && direct[0].starts_with("crates/engine/src/a.rs → crates/engine/src/b.rs → "),
        "{direct:?}"
    );
    // What a module hands on of its parts is theirs.
    let through = rust("mod part; pub use part::Part;", "use crate::b::B;", "use crate::a::Part;");
    assert!(through.len() == 1 && through[0].matches('→').count() == 3, "{through:?}");
    let page = told(&[
        ("ui/src/map/a.ts", "import {\n  b,\n} from \"./b\";"),
        ("ui/src/map/b.tsx", "export const b = 1;\nimport type { A } from \"../map/a\";"),
        ("ui/src/map/c.ts", "import \"./a\";"),
    ]);
    assert!(page.len() == 1 && page[0].starts_with("ui/src/map/a.ts → ui/src/map/b.tsx → "), "{page:?}");
}
