//! Imports go down only.

use std::collections::BTreeSet;

use super::rust::{names_above, names_under};
use super::{breaks, ends_with_any, hold, is_test};

/// What stands above the engine's concepts, and `Project`, the façade by its short name.
const UPPER: [&str; 4] = ["store", "workbook", "project", "Project"];

/// Whether a module of the engine may use another. The façade joins everything; the crate's root only lists it.
fn may_use(module: &str, other: &str) -> bool {
    match module {
        "project" | "lib" => true,
        _ => !UPPER.contains(&other) || other == module,
    }
}

/// The engine's module a file belongs to, and how many `super`s lead out of it to the crate's root.
fn module_of(path: &str) -> Option<(&str, usize)> {
    let inside = path.strip_prefix("crates/engine/src/")?;
    let module = inside.split(['/', '.']).next()?;
    Some((module, inside.split('/').count()))
}

/// Concepts know neither stores, workbooks nor the façade; stores and workbooks know concepts only.
fn engine(path: &str, text: &str) -> Vec<String> {
    let Some((module, depth)) = module_of(path) else { return Vec::new() };
    let mut used = names_under(text, "crate");
    used.extend(names_above(text, depth));
    used.into_iter()
        .filter(|(_, name)| !may_use(module, name))
        .map(|(line, name)| {
            format!(
                "{path}:{line}: `{module}` may not use `{name}`: hand in the value it needs, or let `project` join \
                 the two"
            )
        })
        .collect()
}

/// Of the engine, readers of snapshots are known to those who load, store and count their batches.
fn readers(path: &str, text: &str) -> Vec<String> {
    let Some((module, _)) = module_of(path) else { return Vec::new() };
    let may = ["project", "store", "error"].contains(&module) || path == "crates/engine/src/profile/tally.rs";
    if may || is_test(path) {
        return Vec::new();
    }
    names_under(text, "snapshot")
        .into_iter()
        .map(|(line, name)| {
            format!(
                "{path}:{line}: `{module}` may not use `snapshot::{name}`: it works on concepts, not on what was read"
            )
        })
        .collect()
}

/// The snapshot crate turns bytes into events and knows nothing else of ours.
fn snapshot(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("crates/snapshot/") {
        return Vec::new();
    }
    let mut told: Vec<String> = ["engine", "cli", "rusqlite"]
        .into_iter()
        .flat_map(|of| names_under(text, of).into_iter().map(move |(line, _)| (line, of)))
        .map(|(line, of)| format!("{path}:{line}: a reader may not use `{of}`: it gives events, the engine takes them"))
        .collect();
    let paths = names_under(text, "std").into_iter().filter(|(_, name)| name == "path" || name == "thread");
    told.extend(paths.filter(|_| !is_test(path)).map(|(line, name)| {
        format!("{path}:{line}: a reader may not use `std::{name}`: `engine::project` opens files and starts threads")
    }));
    if path.ends_with("Cargo.toml") && text.lines().any(|l| l.starts_with("engine") || l.starts_with("rusqlite")) {
        told.push(format!("{path}: the snapshot crate depends on nothing of ours and on no SQL: take the line out"));
    }
    told
}

/// The demonstration is made of nothing of ours, and the façade alone asks for it.
fn demonstration(path: &str, text: &str) -> Vec<String> {
    let depends =
        |on: &str| text.lines().any(|line| line.strip_prefix(on).is_some_and(|rest| rest.starts_with(['.', ' ', '='])));
    match path {
        "crates/demo/Cargo.toml" => ["snapshot", "engine", "corpus", "cli"]
            .into_iter()
            .filter(|of| depends(of))
            .map(|of| format!("{path}: the demonstration may not use `{of}`: it only writes files, as a client would"))
            .collect(),
        "crates/cli/Cargo.toml" | "src-tauri/Cargo.toml" if depends("demo") => {
            vec![format!("{path}: a skin may not use `demo`: `Project::demo` makes it, for both skins")]
        }
        _ => {
            let Some((module, _)) = module_of(path).filter(|(module, _)| *module != "project") else {
                return Vec::new();
            };
            names_under(text, "demo")
                .into_iter()
                .map(|(line, _)| {
                    format!("{path}:{line}: `{module}` may not use `demo`: a load reads it like any other files")
                })
                .collect()
        }
    }
}

/// What a close look at values tells stands apart, so that it is tried and built by itself.
fn analysis(path: &str, text: &str) -> Vec<String> {
    if !path.starts_with("crates/analysis/") {
        return Vec::new();
    }
    let of_ours = ["snapshot", "relate", "demo", "engine", "corpus", "cli", "about", "rusqlite"];
    let depends = |on: &&str| {
        path.ends_with("Cargo.toml")
            && text.lines().any(|line| line.strip_prefix(*on).is_some_and(|rest| rest.starts_with(['.', ' ', '='])))
    };
    let told = |of: &str| format!("{path}: the analysis may not use `{of}`: it is given values and tells of them");
    of_ours.into_iter().filter(depends).map(told).collect()
}

/// The same of what is looked for.
fn search(path: &str, text: &str) -> Vec<String> {
    if path == "crates/search/Cargo.toml" {
        let of_ours = ["snapshot", "analysis", "relate", "demo", "engine", "corpus", "cli", "about", "rusqlite"];
        let depends = |of: &&str| text.lines().any(|line| line.starts_with(*of));
        return of_ours
            .into_iter()
            .filter(depends)
            .map(|of| format!("{path}: the search may not use `{of}`: it is given texts"))
            .collect();
    }
    let Some((module, _)) = module_of(path).filter(|(module, _)| *module != "project") else { return Vec::new() };
    names_under(text, "search")
        .into_iter()
        .map(|(line, _)| format!("{path}:{line}: `{module}` may not use `search`: `project` asks it"))
        .collect()
}

/// Relationships are found by rules alone: rows are looked at through a trait, and the façade joins the two.
fn relationships(path: &str, text: &str) -> Vec<String> {
    if path == "crates/relate/Cargo.toml" {
        let depends = |on: &str| text.lines().any(|line| line.starts_with(on));
        return ["snapshot", "analysis", "demo", "engine", "corpus", "cli", "about", "rusqlite"]
            .into_iter()
            .filter(|of| depends(of))
            .map(|of| {
                format!("{path}: the rules may not use `{of}`: what they need comes through `Schema` and `Values`")
            })
            .collect();
    }
    if path.starts_with("crates/relate/") {
        return names_under(text, "std")
            .into_iter()
            .filter(|(_, name)| ["fs", "path", "io", "thread"].contains(&name.as_str()))
            .map(|(line, name)| format!("{path}:{line}: the rules may not use `std::{name}`: they hold no rows"))
            .collect();
    }
    let above = ["project", "store"];
    let Some((module, _)) = module_of(path).filter(|(module, _)| !above.contains(module)) else { return Vec::new() };
    names_under(text, "relate")
        .into_iter()
        .map(|(line, _)| {
            format!("{path}:{line}: `{module}` may not use `relate`: `project` asks it and tells in facts")
        })
        .collect()
}

/// What the program is stands apart: the skins alone say it, so that a commit rebuilds nothing else.
fn about(path: &str, text: &str) -> Vec<String> {
    let depends =
        |on: &str| text.lines().any(|line| line.strip_prefix(on).is_some_and(|rest| rest.starts_with(['.', ' ', '='])));
    let told = |of: &str| format!("{path}: it may not use `{of}`: only the skins say what the program is");
    match path {
        "crates/about/Cargo.toml" => {
            ["snapshot", "demo", "engine", "corpus", "cli"].into_iter().filter(|of| depends(of)).map(told).collect()
        }
        "crates/snapshot/Cargo.toml" | "crates/demo/Cargo.toml" | "crates/engine/Cargo.toml" if depends("about") => {
            vec![told("about")]
        }
        _ => Vec::new(),
    }
}

/// The skins speak to the façade and in concepts.
fn skins(path: &str, text: &str) -> Vec<String> {
    let skin = ["crates/cli/src/", "src-tauri/src/"].into_iter().find(|skin| path.starts_with(skin));
    let Some(skin) = skin else { return Vec::new() };
    let mut told = Vec::new();
    for (line, name) in names_under(text, "engine") {
        if ["store", "workbook"].contains(&name.as_str()) {
            told.push(format!(
                "{path}:{line}: a skin may not use `engine::{name}`: make it a verb of `Project`, so that the other \
                 skin has it too"
            ));
        }
    }
    let other = if skin.starts_with("crates") { "crosswalk_desktop" } else { "cli" };
    for (line, _) in ["snapshot", "rusqlite", "rust_xlsxwriter", other].into_iter().flat_map(|n| names_under(text, n)) {
        told.push(format!("{path}:{line}: a skin reaches data through `engine::Project` only: add a verb there"));
    }
    told
}

/// Of the page, `ipc` alone knows the host; features know `parts` and `ipc`; only `app` knows features.
fn page(path: &str, text: &str) -> Vec<String> {
    let Some(inside) = path.strip_prefix("ui/src/").filter(|_| ends_with_any(path, &["ts", "tsx"])) else {
        return Vec::new();
    };
    let Some((folder, _)) = inside.split_once('/') else { return Vec::new() };
    let mut told = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let Some(from) = imported(line) else { continue };
        if from.starts_with("@tauri-apps/") && folder != "ipc" {
            told.push(format!(
                "{path}:{number}: only ui/src/ipc knows Tauri: put what is needed into a function there"
            ));
        }
        let other = reached(path, from);
        let other = other.as_deref();
        let fine = match folder {
            "app" => true,
            "ipc" => other.is_none_or(|o| o == "ipc"),
            "parts" => other.is_none_or(|o| o == "parts" || o == "ipc"),
            feature => other.is_none_or(|o| o == feature || o == "parts" || o == "ipc"),
        };
        if !fine {
            told.push(format!(
                "{path}:{number}: `{folder}` may not import `{}`: what two features share goes into parts, what joins \
                 them into app",
                other.unwrap_or_default()
            ));
        }
    }
    told
}

/// What a line of TypeScript imports.
pub fn imported(line: &str) -> Option<&str> {
    let (_, after) = line
        .split_once(" from \"")
        .or_else(|| line.split_once("import(\""))
        .or_else(|| line.trim_start().strip_prefix("import \"").map(|rest| ("", rest)))?;
    after.split('"').next()
}

/// The folder of ui/src that a relative import leads to; `None` for a package or a file of the root.
fn reached(path: &str, from: &str) -> Option<String> {
    let at = joined(path, from)?;
    let inside = at.strip_prefix("ui/src/")?;
    inside.split_once('/').map(|(folder, _)| folder.to_owned())
}

/// The path of a relative import, without its ending.
fn joined(path: &str, from: &str) -> Option<String> {
    if !from.starts_with('.') {
        return None;
    }
    let mut at: Vec<&str> = path.split('/').collect();
    at.pop();
    for step in from.split('/') {
        match step {
            "." => {}
            ".." => drop(at.pop()),
            name => at.push(name),
        }
    }
    Some(at.join("/"))
}

/// Of these files, the one that a relative import leads to.
pub fn target<'a>(names: &BTreeSet<&'a str>, path: &str, from: &str) -> Option<&'a str> {
    let at = joined(path, from)?;
    [".ts", ".tsx", "/index.ts", "/index.tsx", ""]
        .iter()
        .find_map(|end| names.get(format!("{at}{end}").as_str()).copied())
}

#[test]
fn imports_go_down() {
    hold(engine);
    hold(readers);
    hold(snapshot);
    hold(demonstration);
    hold(relationships);
    hold(search);
    hold(about);
    hold(analysis);
    hold(skins);
    hold(page);
}

#[test]
fn an_import_that_goes_up_is_told() {
    let engine_cases = [
        ("mapping.rs", "use crate::store::Staging;", "`mapping` may not use `store`"),
        ("sample/mask.rs", "use crate::{source::Cell, project::Here};", "`sample` may not use `project`"),
        ("progress.rs", "use crate::Project;", "`progress` may not use `Project`"),
        ("facts.rs", "fn f() { crate::workbook::write() }", "`facts` may not use `workbook`"),
        ("workbook/map.rs", "use crate::project::facts::Ledger;", "`workbook` may not use `project`"),
        ("workbook/map.rs", "use super::super::store::open;", "`workbook` may not use `store`"),
        ("store/ledger.rs", "use crate::workbook::Pen;", "`store` may not use `workbook`"),
        ("store.rs", "use super::project;", "`store` may not use `project`"),
    ];
    for (file, text, told) in engine_cases {
        breaks(engine, &format!("crates/engine/src/{file}"), text, &[told]);
    }
    breaks(
        readers,
        "crates/engine/src/mapping.rs",
        "use snapshot::Batch;",
        &["`mapping` may not use `snapshot::Batch`"],
    );
    breaks(snapshot, "crates/snapshot/src/text.rs", "use engine::Cell;", &["may not use `engine`"]);
    breaks(snapshot, "crates/snapshot/src/text.rs", "use std::path::Path;", &["may not use `std::path`"]);
    breaks(snapshot, "crates/snapshot/Cargo.toml", "engine.workspace = true", &["take the line out"]);
    breaks(demonstration, "crates/demo/Cargo.toml", "engine.workspace = true", &["may not use `engine`"]);
    breaks(demonstration, "src-tauri/Cargo.toml", "demo = { path = \"\" }", &["`Project::demo` makes it"]);
    breaks(demonstration, "crates/engine/src/target.rs", "use demo::FILES;", &["`target` may not use `demo`"]);
    breaks(relationships, "crates/relate/Cargo.toml", "engine.workspace = true", &["the rules may not use `engine`"]);
    breaks(relationships, "crates/relate/src/judge.rs", "use std::fs::File;", &["may not use `std::fs`"]);
    breaks(relationships, "crates/engine/src/facts.rs", "use relate::Evidence;", &["`facts` may not use `relate`"]);
    breaks(search, "crates/search/Cargo.toml", "relate.workspace = true", &["it is given texts"]);
    breaks(search, "crates/engine/src/store.rs", "use search::Wanted;", &["`store` may not use `search`"]);
    breaks(about, "crates/about/Cargo.toml", "engine.workspace = true", &["may not use `engine`"]);
    breaks(about, "crates/engine/Cargo.toml", "about.workspace = true", &["may not use `about`"]);
    breaks(analysis, "crates/analysis/Cargo.toml", "engine.workspace = true", &["it is given values"]);
    breaks(about, "crates/cli/Cargo.toml", "about.workspace = true", &[]);
    breaks(skins, "crates/cli/src/verbs.rs", "use engine::{Project, store::Staging};", &["a verb of `Project`"]);
    breaks(skins, "src-tauri/src/commands.rs", "fn f() { engine::workbook::map() }", &["a verb of `Project`"]);
    breaks(skins, "src-tauri/src/jobs.rs", "use snapshot::Reader;", &["through `engine::Project` only"]);
    let invoke = "import { invoke } from \"@tauri-apps/api/core\";";
    breaks(page, "ui/src/map/Fields.tsx", invoke, &["only ui/src/ipc knows Tauri"]);
    breaks(page, "ui/src/map/Fields.tsx", "import { x } from \"../tables/listing\";", &["may not import `tables`"]);
    breaks(page, "ui/src/parts/grid/Grid.tsx", "import { x } from \"../../map/view\";", &["may not import `map`"]);
}

#[test]
fn an_import_that_goes_down_is_not_told() {
    breaks(engine, "crates/engine/src/store/ledger.rs", "use crate::{Error, facts::Ledger, store::quoted};", &[]);
    breaks(engine, "crates/engine/src/workbook/map.rs", "use super::pen; /* crate::store */", &[]);
    breaks(engine, "crates/engine/src/project/load.rs", "use crate::store::Staging; use crate::workbook::map;", &[]);
    breaks(engine, "crates/engine/src/mapping.rs", "const WHY: &str = \"crate::store\"; // crate::project", &[]);
    breaks(demonstration, "crates/engine/src/project/demonstrate.rs", "use demo::{Demo, FILES};", &[]);
    breaks(skins, "crates/cli/src/verbs.rs", "use engine::project::Here;", &[]);
    breaks(page, "ui/src/ipc/client.ts", "import { invoke } from \"@tauri-apps/api/core\";", &[]);
    breaks(page, "ui/src/map/edits.ts", "import { x } from \"../parts/notices\";\nimport y from \"react\";", &[]);
}
