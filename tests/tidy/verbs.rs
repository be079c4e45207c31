//! What one skin can do, the other can: every public verb of `Project` is called by both.

use super::rust::{calls, public_functions};
use super::{Source, house};

/// Verbs that one skin leaves out, and why.
const LEFT_OUT: [(Skin, &str, &str); 8] = [
    (Skin::Cli, "again", "a second handle for work that runs in the background; a command runs by itself"),
    (Skin::Cli, "path", "where the project stands; a command was told, and prints it with the facts"),
    (Skin::Cli, "prepare", "work done ahead while a person looks at the first screen; a command has none"),
    (Skin::Cli, "table", "a table opened on a screen; `tables` and `profile` print the same facts"),
    (Skin::Cli, "reject_text", "a record opened to be edited; the command exports it to a file"),
    (Skin::Window, "profile", "the window has it in `table`; this one prints many tables at once"),
    (Skin::Window, "find_table", "finds what a person typed; the window holds keys"),
    (Skin::Window, "find_column", "finds what a person typed; the window holds keys"),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Skin {
    Cli,
    Window,
}

impl Skin {
    fn of(path: &str) -> Option<Self> {
        if path.starts_with("crates/cli/src/verbs") {
            Some(Self::Cli)
        } else if path.starts_with("src-tauri/src/") && !path.contains("tests") {
            Some(Self::Window)
        } else {
            None
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Cli => "call it in crates/cli/src/verbs",
            Self::Window => "add it to src-tauri/src/command_list.rs and its handler",
        }
    }
}

fn verbs(files: &[Source]) -> Vec<String> {
    let of_project =
        |path: &str| path == "crates/engine/src/project.rs" || path.starts_with("crates/engine/src/project/");
    let files = files.iter().filter(|file| of_project(&file.path));
    files.flat_map(|file| public_functions(&file.text, "Project")).collect()
}

/// Verbs that a skin does not call and is not excused from.
fn missing(files: &[Source]) -> Vec<String> {
    let mut told = Vec::new();
    for verb in verbs(files) {
        for skin in [Skin::Cli, Skin::Window] {
            let called = files
                .iter()
                .filter(|file| Skin::of(&file.path) == Some(skin))
                .any(|file| calls(&file.text, "project", "Project", &verb));
            let excused = LEFT_OUT.iter().any(|(of, name, _)| *of == skin && *name == verb);
            if !called && !excused {
                let remedy = skin.remedy();
                told.push(format!(
                    "{skin:?}: `Project::{verb}` cannot be reached: {remedy}, or say in LEFT_OUT why not"
                ));
            }
            if called && excused {
                told.push(format!("{skin:?}: `Project::{verb}` is called: take it out of LEFT_OUT"));
            }
        }
    }
    told
}

#[test]
fn both_skins_reach_every_verb() {
    assert!(verbs(house()).len() > 30, "the verbs of Project were not found");
    let told = missing(house());
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn excuses_are_of_verbs_there_are() {
    let verbs = verbs(house());
    let gone: Vec<_> = LEFT_OUT.iter().filter(|(_, name, _)| !verbs.iter().any(|verb| verb == name)).collect();
    assert!(gone.is_empty(), "take these out of LEFT_OUT, there is no such verb: {gone:?}");
}

#[test]
fn a_verb_without_a_caller_is_told() {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let project =
        "impl Project { pub fn load(&self) {} pub fn undo(&self) {} pub(super) fn own(&self) {} fn it(&self) {} }";
    let told = missing(&[
        file("crates/engine/src/project/load.rs", project),
        file("crates/cli/src/verbs/load.rs", "fn f() { project.load(); other.undo(); }"),
        file("src-tauri/src/commands/map.rs", "fn f() { session.ask(Project::undo); } // project.load()"),
    ]);
    let expected = ["Cli: `Project::undo` cannot be reached", "Window: `Project::load` cannot be reached"];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    assert!(expected.iter().all(|part| told.iter().any(|line| line.contains(part))), "{told:?}");
}
