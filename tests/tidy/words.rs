//! Names in the field's words, and files that one can read in one sitting.

use super::{breaks, ends_with_any, hold};

/// Lines a file may have.
const LONGEST: usize = 500;

/// Written by a program from the list of commands.
const GENERATED: [&str; 1] = ["ui/src/ipc/bindings.ts"];

fn size(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let counts = ends_with_any(path, &["rs", "ts", "tsx", "css"]) && !GENERATED.contains(&path);
    if !counts || lines < LONGEST {
        return Vec::new();
    }
    vec![format!("{path}: {lines} lines: a file has fewer than {LONGEST}; take out what has a name of its own")]
}

/// A folder that says nothing gathers everything; "module" is a word of the field.
const EMPTY_WORDS: [&str; 8] = ["modules", "module", "utils", "util", "common", "misc", "helpers", "helper"];
/// Doers that hide what they do.
const DOERS: [&str; 5] = ["manager", "helper", "util", "utils", "misc"];

fn names(path: &str, _: &str) -> Vec<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let file = parts.pop().unwrap_or_default();
    let folders = parts.iter().filter(|folder| EMPTY_WORDS.contains(&folder.to_lowercase().as_str()));
    let mut told: Vec<String> = folders
        .map(|folder| format!("{path}: no folder is called `{folder}`: name it after the thing of the field it holds"))
        .collect();
    if words(file).iter().any(|word| DOERS.contains(&word.as_str()) || word == "common") {
        told.push(format!("{path}: no file is called `{file}`: name it after what it knows"));
    }
    told
}

/// `TableManager.tsx` and `table_manager.rs` are both of the words table and manager.
fn words(name: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            found.push(String::new());
        }
        if letter.is_alphanumeric() {
            found.last_mut().expect("never empty").extend(letter.to_lowercase());
        }
    }
    found
}

fn types(path: &str, text: &str) -> Vec<String> {
    if !ends_with_any(path, &["rs", "ts", "tsx"]) {
        return Vec::new();
    }
    let mut told = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let declared =
            ["struct ", "enum ", "trait ", "class ", "interface ", "mod ", "type "].iter().find_map(|word| {
                line.trim_start().trim_start_matches("pub ").trim_start_matches("export ").strip_prefix(word)
            });
        let Some(rest) = declared else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if words(&name).iter().any(|word| DOERS.contains(&word.as_str())) {
            let number = number + 1;
            told.push(format!("{path}:{number}: `{name}` says that it does something, not what: name it after that"));
        }
    }
    told
}

#[test]
fn files_are_short_and_names_are_of_the_field() {
    hold(size);
    hold(names);
    hold(types);
}

#[test]
fn a_long_file_or_an_empty_name_is_told() {
    breaks(size, "crates/cli/src/verbs.rs", &"\n".repeat(500), &["500 lines"]);
    breaks(size, "crates/cli/src/verbs.rs", &"\n".repeat(499), &[]);
    breaks(size, "ui/src/map/map.css", &"\n".repeat(501), &["501 lines"]);
    breaks(size, "ui/src/ipc/bindings.ts", &"\n".repeat(900), &[]);
    breaks(names, "crates/engine/src/utils/text.rs", "", &["no folder is called `utils`"]);
    breaks(names, "ui/src/modules/List.tsx", "", &["no folder is called `modules`"]);
    breaks(names, "crates/cli/src/print_helper.rs", "", &["no file is called `print_helper.rs`"]);
    breaks(names, "ui/src/app/JobManager.tsx", "", &["no file is called `JobManager.tsx`"]);
    breaks(names, "ui/src/tables/Modules.tsx", "", &[]);
    breaks(types, "src-tauri/src/jobs.rs", "pub struct JobManager {", &["`JobManager` says that it does something"]);
    breaks(types, "src-tauri/src/jobs.rs", "pub struct Managed {", &[]);
}
