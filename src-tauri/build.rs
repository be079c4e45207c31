//! Puts every command of the one list under the permission system; what is not in `capabilities/main.json` is refused.

use std::fs;

const LIST: &str = "src/command_list.rs";

fn main() {
    println!("cargo:rerun-if-changed={LIST}");
    let list = fs::read_to_string(LIST).expect("src/command_list.rs");
    let names: Vec<&'static str> = list.lines().filter_map(name).map(|name| &*name.to_owned().leak()).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    // Paths of more than 260 characters.
    let windows = tauri_build::WindowsAttributes::new().app_manifest(include_str!("crosswalk.exe.manifest"));
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest).windows_attributes(windows))
        .expect("tauri.conf.json");
}

/// The command's name in a line `nature name(Request) -> Reply,`.
fn name(line: &str) -> Option<&str> {
    let (nature_and_name, rest) = line.trim().split_once('(')?;
    let (_, name) = nature_and_name.split_once(' ').filter(|(nature, _)| !nature.starts_with("//"))?;
    let is_command = rest.contains("->") && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_command.then_some(name)
}
