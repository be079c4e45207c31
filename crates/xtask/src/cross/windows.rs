//! Crosswalk as a Windows program: built on Debian, run under Wine.
//!
//! What this cannot prove: Microsoft's linker and WebView2, NTFS itself, the limit of 260 characters (Wine has none),
//! antivirus programs, installers.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use crate::{
    shell::{self, Done, run_heard, target},
    tally::Tally,
};

pub use super::debian::absent;
use super::{debian, wine::Wine};

/// The programs that run under Wine, and the ones that ship.
const GNU: &str = "x86_64-pc-windows-gnu";
const MSVC: &str = "x86_64-pc-windows-msvc";

const LONG_PATHS: &str = "longPathAware";

/// Tests that are left out: they compute, most of them for long, and ask nothing of the system.
const ALIKE: [&str; 8] = [
    "tidy::",
    "corpus::",
    "trees_of_every_height_are_sound_and_found_by_row",
    "values_of_every_length_come_out_as_they_went_in",
    "a_table_wider_than_a_sheet_goes_on_beside_it",
    "a_file_cut_anywhere_is_not_taken_for_the_whole",
    "a_file_with_a_turned_bit_is_loaded_or_refused",
    "nobody_of_the_demonstration_is_in_its_workbooks",
];

/// Everything of this that a build leaves behind.
fn folder() -> PathBuf {
    target().join("windows")
}

/// All of it, as `cargo xtask windows`.
pub fn run() -> Done {
    if let Some(reason) = absent() {
        return Err(reason);
    }
    build()?;
    println!("\n{}", test()?);
    check()
}

/// Programs, window and tests, each linked.
pub fn build() -> Done {
    fs::create_dir_all(folder()).map_err(|error| format!("{}: {error}", folder().display()))?;
    shell::run(workspace("build", GNU).args(["--lib", "--bins", "--tests"]))?;
    for name in ["crosswalk.exe", "crosswalk-desktop.exe"] {
        let program = folder().join(GNU).join("debug").join(name);
        let bytes = fs::read(&program).map_err(|error| format!("{}: {error}", program.display()))?;
        if !bytes.windows(LONG_PATHS.len()).any(|here| here == LONG_PATHS.as_bytes()) {
            return Err(format!("{name} does not tell Windows that it takes long paths: its manifest is missing"));
        }
    }
    Ok(())
}

/// Runs the tests as Windows programs.
pub fn test() -> Result<String, String> {
    let wine = Wine::ready(&folder(), &folder().join(GNU))?;
    let mut cargo = workspace("test", GNU);
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", wine.runner());
    wine.tell(&mut cargo);
    // Programs that start wait for Wine's server more than for a processor.
    cargo.env("RUST_TEST_THREADS", "4");
    cargo.args(["--lib", "--bins", "--tests", "--no-fail-fast", "--"]);
    cargo.args(ALIKE.iter().flat_map(|name| ["--skip", name]));
    let mut tally = Tally::default();
    let outcome = run_heard(&mut cargo, |line| tally.hear(line));
    wine.end();
    outcome?;
    if tally.passed == 0 {
        return Err("no test ran under Wine".to_owned());
    }
    Ok(tally.to_string())
}

/// Whether the types fit Microsoft's target, which ships. It cannot be linked here.
pub fn check() -> Done {
    let compiler = folder().join("no_compiler");
    let said = |error| format!("{}: {error}", compiler.display());
    fs::write(&compiler, include_str!("no_compiler.sh")).map_err(said)?;
    fs::set_permissions(&compiler, fs::Permissions::from_mode(0o755)).map_err(said)?;
    let mut cargo = workspace("check", MSVC);
    for tool in ["CC", "CXX", "AR"] {
        cargo.env(format!("{tool}_x86_64_pc_windows_msvc"), &compiler);
    }
    shell::run(&mut cargo)
}

/// One choice of packages and features for every call, or all is compiled twice.
fn workspace(verb: &str, triple: &str) -> Command {
    let mut cargo = debian::cargo(&folder());
    cargo.args([verb, "--locked", "--target", triple, debian::STD]);
    // With what they are made of. Tests of those without a system (readers, demonstration) say the same everywhere.
    cargo.args(["engine", "cli", "crosswalk-desktop"].iter().flat_map(|package| ["--package", package]));
    cargo.args(["--features", "crosswalk-desktop/custom-protocol,crosswalk-desktop/e2e"]);
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc");
    cargo
}
