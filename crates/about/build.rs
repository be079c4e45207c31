//! The commit, from git; where there is no checkout, from `CROSSWALK_COMMIT` and `CROSSWALK_COMMITTED_AT`.

use std::{env, path::Path, process::Command};

fn main() {
    for name in ["CROSSWALK_COMMIT", "CROSSWALK_COMMITTED_AT"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    // What a commit or a checkout writes, and only what is there: for a file that is missing, cargo runs this at every build.
    // A branch that was packed becomes a file of its own with the next commit, hence the folder.
    for file in
        ["HEAD", "packed-refs", "refs/heads"].into_iter().filter_map(|file| git(&["rev-parse", "--git-path", file]))
    {
        if Path::new(&file).exists() {
            println!("cargo:rerun-if-changed={file}");
        }
    }
    println!("cargo:rerun-if-changed=build.rs");
    let told = |name: &str, format: &str| {
        let named = env::var(name).ok().filter(|text| !text.trim().is_empty());
        named.or_else(|| git(&["log", "-1", format])).unwrap_or_default()
    };
    let commit = told("CROSSWALK_COMMIT", "--format=%H");
    let at = told("CROSSWALK_COMMITTED_AT", "--format=%cd");
    let short: String = commit.chars().take(10).collect();
    let version = env::var("CARGO_PKG_VERSION").expect("cargo gives the version");
    let line = match (&*short, at.get(..10)) {
        ("", _) => format!("{version} (unknown commit)"),
        (_, None) => format!("{version} ({short})"),
        (_, Some(day)) => format!("{version} ({short}, {day})"),
    };
    println!("cargo:rustc-env=CROSSWALK_COMMIT={commit}");
    println!("cargo:rustc-env=CROSSWALK_COMMITTED_AT={at}");
    println!("cargo:rustc-env=CROSSWALK_VERSION_LINE={line}");
}

/// What git answers in one line; times in UTC.
fn git(arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["-c", "log.showSignature=false"]).args(arguments).env("TZ", "UTC0");
    if arguments[0] == "log" {
        git.arg("--date=format-local:%Y-%m-%dT%H:%M:%SZ");
    }
    let told = git.output().ok().filter(|output| output.status.success())?;
    let line = String::from_utf8(told.stdout).ok()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}
