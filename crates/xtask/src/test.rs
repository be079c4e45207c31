//! Every check there is, cheapest first, each thing built once.

use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    cross::windows,
    setup,
    shell::{self, Done, built, cargo, npm, on_path, run_heard},
    tally::Tally,
    ui,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Rust,
    Ui,
    Browser,
    Window,
    Windows,
}

const GROUPS: [(&str, Group); 5] = [
    ("rust", Group::Rust),
    ("ui", Group::Ui),
    ("browser", Group::Browser),
    ("window", Group::Window),
    ("windows", Group::Windows),
];

pub struct Options {
    groups: Vec<Group>,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut groups = Vec::new();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument != "--only" {
                return Err(argument.to_owned());
            }
            let name = arguments.next().map(String::as_str).unwrap_or_default();
            let known = GROUPS.iter().find(|(known, _)| *known == name);
            groups.push(known.ok_or_else(|| format!("--only {name}"))?.1);
        }
        if groups.is_empty() {
            groups = GROUPS.map(|(_, group)| group).to_vec();
        }
        Ok(Self { groups })
    }
}

type Outcome = Result<String, String>;

struct Step {
    name: &'static str,
    /// Groups that need this step.
    groups: &'static [Group],
    run: fn() -> Outcome,
}

/// The shell of the window embeds ui/dist, so even a look at its code comes after that build.
const STEPS: [Step; 13] = [
    Step { name: "format", groups: &[Group::Rust], run: || plain(cargo().args(["fmt", "--all", "--check"])) },
    Step { name: "ui lint", groups: &[Group::Ui], run: || plain(npm().args(["run", "lint"])) },
    Step { name: "ui types", groups: &[Group::Ui], run: || plain(npm().args(["run", "typecheck"])) },
    Step { name: "ui unit tests", groups: &[Group::Ui], run: || counted(npm().args(["run", "test"])) },
    Step {
        name: "ui build",
        groups: &[Group::Rust, Group::Ui, Group::Browser, Group::Window, Group::Windows],
        run: || Ok(if ui::build()? { "" } else { "up to date" }.to_owned()),
    },
    Step {
        name: "clippy",
        groups: &[Group::Rust],
        run: || plain(workspace("clippy").args(["--all-targets", "--", "-D", "warnings"])),
    },
    Step {
        name: "build",
        groups: &[Group::Rust, Group::Browser, Group::Window],
        run: || plain(workspace("build").args(["--lib", "--bins", "--tests"])),
    },
    Step { name: "rust tests", groups: &[Group::Rust], run: || counted(&mut workspace("test")) },
    Step { name: "browser tests", groups: &[Group::Browser], run: browser },
    Step { name: "window tests", groups: &[Group::Window], run: window },
    Step {
        name: "windows build",
        groups: &[Group::Windows],
        run: || on_windows(|| windows::build().map(|()| String::new())),
    },
    Step { name: "windows tests", groups: &[Group::Windows], run: || on_windows(windows::test) },
    Step {
        name: "windows types",
        groups: &[Group::Windows],
        run: || on_windows(|| windows::check().map(|()| String::new())),
    },
];

pub fn run(options: &Options) -> Done {
    let wanted = |step: &&Step| step.groups.iter().any(|group| options.groups.contains(group));
    let steps: Vec<&Step> = STEPS.iter().filter(wanted).collect();
    let start = Instant::now();
    let mut rows = Vec::new();
    let mut failed = None;

    announce(start, "setup");
    let (setup, took) = timed(|| prepare(&options.groups));
    match setup {
        Ok(()) => rows.push(("setup", Some(took), "ok".to_owned())),
        Err(reason) => {
            rows.push(("setup", Some(took), "FAILED".to_owned()));
            failed = Some(format!("setup: {reason}"));
        }
    }
    for step in steps {
        if failed.is_some() {
            rows.push((step.name, None, "not run".to_owned()));
            continue;
        }
        announce(start, step.name);
        let (outcome, took) = timed(step.run);
        let result = match outcome {
            Ok(detail) if detail.is_empty() => "ok".to_owned(),
            Ok(detail) => format!("ok: {detail}"),
            Err(reason) => {
                failed = Some(format!("{}: {reason}", step.name));
                "FAILED".to_owned()
            }
        };
        rows.push((step.name, Some(took), result));
    }

    println!("\n{:<16}{:>9}  result", "step", "seconds");
    for (name, took, result) in rows {
        let seconds = took.map_or_else(|| "-".to_owned(), |took| format!("{:.1}", took.as_secs_f64()));
        println!("{name:<16}{seconds:>9}  {result}");
    }
    println!("{:<16}{:>9.1}", "all", start.elapsed().as_secs_f64());
    failed.map_or(Ok(()), Err)
}

fn announce(start: Instant, name: &str) {
    println!("\n== {name} (at {:.0} s)", start.elapsed().as_secs_f64());
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn prepare(groups: &[Group]) -> Done {
    let rust = groups.contains(&Group::Rust);
    let drives = |group: &Group| matches!(group, Group::Browser | Group::Window);
    setup::run_for(if groups.iter().any(drives) {
        setup::Need::Test
    } else if rust {
        setup::Need::Window
    } else {
        setup::Need::Nothing
    })?;
    if rust { setup::toolchain() } else { Ok(()) }
}

/// One choice of packages and features for every cargo call, or the window's libraries are compiled twice.
fn workspace(verb: &str) -> Command {
    let mut cargo = cargo();
    cargo.args([verb, "--workspace", "--features"]);
    cargo.arg("crosswalk-desktop/custom-protocol,crosswalk-desktop/e2e");
    cargo
}

fn plain(command: &mut Command) -> Outcome {
    shell::run(command).map(|()| String::new())
}

/// A runner that must have run something: "no tests, no failures" is not a pass.
fn counted(command: &mut Command) -> Outcome {
    let mut tally = Tally::default();
    run_heard(command, |line| tally.hear(line))?;
    if tally.passed == 0 {
        return Err("no test ran".to_owned());
    }
    Ok(tally.to_string())
}

fn program(name: &str) -> Result<PathBuf, String> {
    let path = built("debug", name);
    let there = path.is_file();
    let missing = || format!("the build left no {}", path.display());
    there.then(|| path.clone()).ok_or_else(missing)
}

fn browser() -> Outcome {
    let mut npm = npm();
    npm.args(["run", "e2e"])
        .env("CROSSWALK_BRIDGE_BIN", program("crosswalk-bridge")?)
        .env("CROSSWALK_CLI", program("crosswalk")?);
    counted(&mut npm)
}

fn window() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok("left out: WebKitWebDriver exists on Linux only".to_owned());
    }
    if !on_path("WebKitWebDriver") {
        return Err("WebKitWebDriver is not installed".to_owned());
    }
    let mut cargo = workspace("test");
    // In a plain `cargo test` they are ignored; one at a time, for each has a display and a web view.
    // All of them by name, as they were built: for one alone cargo would choose other features and compile anew.
    cargo.args(["--lib", "--bins", "--tests", "--", "window::"]);
    cargo.args(["--include-ignored", "--test-threads=1"]);
    cargo.env("CROSSWALK_WINDOW_BIN", program("crosswalk-desktop")?);
    counted(&mut cargo)
}

/// Left out, and loudly, only where the packages cannot be had.
fn on_windows(step: impl FnOnce() -> Outcome) -> Outcome {
    if let Some(reason) = windows::absent() {
        println!("\n*** SKIPPED: nothing was tried on Windows: {reason} ***\n");
        return Ok(format!("SKIPPED: {reason}"));
    }
    step()
}
