//! Runs the fuzz targets of the readers: each from the inputs that are kept, for some minutes, and says what broke.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::shell::{self, Done, command, on_path, output, root, target};

pub struct Options {
    targets: Vec<String>,
    minutes: u64,
    cut: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { targets: Vec::new(), minutes: 10, cut: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--minutes" => {
                    let minutes = arguments.next().map(String::as_str).unwrap_or_default();
                    // Of no minutes the engine makes minutes without end.
                    options.minutes = minutes.parse().ok().filter(|n| *n > 0).ok_or(format!("--minutes {minutes}"))?;
                }
                "--cut" => options.cut = true,
                name if !name.starts_with('-') => options.targets.push(name.to_owned()),
                other => return Err(other.to_owned()),
            }
        }
        Ok(options)
    }
}

pub fn run(options: &Options) -> Done {
    if options.cut {
        return cut();
    }
    let there = targets()?;
    let chosen = if options.targets.is_empty() { &there } else { &options.targets };
    if let Some(unknown) = chosen.iter().find(|name| !there.contains(name)) {
        return Err(format!("there is no target {unknown}; there are {}", there.join(", ")));
    }
    toolchain()?;
    shell::run(nightly_fuzz("build").args(["--sanitizer", "none"]).arg("--target-dir").arg(place("build")))?;
    let mut broken = Vec::new();
    for (index, name) in chosen.iter().enumerate() {
        println!("\n== {name} ({} of {}, {} minutes)", index + 1, chosen.len(), options.minutes);
        if let Err(told) = fuzz(name, options.minutes) {
            println!("{told}");
            broken.push(name.as_str());
        }
    }
    if broken.is_empty() {
        println!("\nEvery property held: {}.", chosen.join(", "));
        return Ok(());
    }
    Err(format!("broken: {}; what to do stands above", broken.join(", ")))
}

/// The bigger run of the tests that cut and turn bits of whole files: at 200 places each, and 500 bits.
fn cut() -> Done {
    let mut cargo = shell::cargo();
    cargo.args(["test", "--release", "--package", "cli", "--test", "main", "journey_broken", "--", "--nocapture"]);
    shell::run(cargo.env("CROSSWALK_CUTS", "200").env("CROSSWALK_TURNS", "500"))
}

fn folder() -> PathBuf {
    root().join("crates/snapshot/fuzz")
}

/// What the runs leave: programs, inputs found on the way, inputs that broke something.
fn place(what: &str) -> PathBuf {
    target().join("fuzz").join(what)
}

/// Every target has a program.
fn targets() -> Result<Vec<String>, String> {
    let programs = folder().join("targets");
    let entries = fs::read_dir(&programs).map_err(|error| format!("{}: {error}", programs.display()))?;
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| stem(entry.path())).collect();
    names.sort();
    Ok(names)
}

fn toolchain() -> Done {
    if !on_path("rustup") || output(command("rustup").args(["run", "nightly", "cargo", "--version"])).is_none() {
        return Err("fuzzing needs a nightly toolchain beside the usual one: `rustup toolchain install nightly`; \
                    the inputs kept so far are replayed by `cargo test --package snapshot` without it"
            .to_owned());
    }
    if output(nightly_fuzz("--version").current_dir(folder())).is_none() {
        return Err("fuzzing needs cargo-fuzz: `cargo install cargo-fuzz`".to_owned());
    }
    Ok(())
}

fn nightly_fuzz(verb: &str) -> std::process::Command {
    let mut cargo = command("rustup");
    // A workspace of its own: what cargo told this program about itself does not hold there.
    cargo.env_remove("CARGO_TARGET_DIR").args(["run", "nightly", "cargo", "fuzz", verb]);
    if verb != "--version" {
        cargo.arg("--fuzz-dir").arg(folder());
    }
    cargo
}

/// Runs one target; the error says what broke and what to do.
fn fuzz(name: &str, minutes: u64) -> Done {
    let (found, crashes) = (place("found").join(name), place("crashes").join(name));
    for folder in [&found, &crashes] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let before = listed(&crashes);
    let mut run = program(name)?;
    run.arg(&found).args(seeds(name));
    run.arg(format!("-max_total_time={}", minutes * 60)).arg(format!("-artifact_prefix={}/", crashes.display()));
    run.args(["-rss_limit_mb=1024", "-timeout=20", "-print_final_stats=1", "-verbosity=0"]);
    run.arg(format!("-max_len={}", longest(name)));
    let Err(ended) = shell::run(&mut run) else { return Ok(()) };
    let Some(input) = listed(&crashes).into_iter().find(|path| !before.contains(path)) else { return Err(ended) };
    Err(advice(name, &minimised(name, &input)))
}

fn program(name: &str) -> Result<std::process::Command, String> {
    let host = output(command("rustc").arg("-vV")).unwrap_or_default();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("`rustc -vV` names no host")?;
    Ok(command(place("build").join(host).join("release").join(name)))
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// Inputs to start from: ours, and where they lie, real files, which are only read.
fn seeds(name: &str) -> Vec<PathBuf> {
    let data = corpus::folder();
    // A folder of the same name has files of the same kind; a model, which draws its files from chance, has none.
    let real = Some(data.join("corpus").join(name));
    [Some(folder().join("corpus").join(name)), real].into_iter().flatten().filter(|folder| folder.is_dir()).collect()
}

/// Bytes of the longest input: text breaks in little, a database or a workbook needs its frame.
fn longest(name: &str) -> u32 {
    match name {
        "access" => 512 << 10,
        "spreadsheet" => 128 << 10,
        _ => 8 << 10,
    }
}

/// A shorter input that breaks the same, if one is found within a minute.
fn minimised(name: &str, input: &Path) -> PathBuf {
    let shorter = input.with_extension("short");
    let Ok(mut run) = program(name) else { return input.to_path_buf() };
    run.arg(input).args([
        "-minimize_crash=1",
        "-max_total_time=60",
        "-rss_limit_mb=1024",
        "-timeout=20",
        "-verbosity=0",
    ]);
    run.arg(format!("-exact_artifact_path={}", shorter.display()));
    let _ = output(&mut run);
    if shorter.is_file() { shorter } else { input.to_path_buf() }
}

fn advice(name: &str, input: &Path) -> String {
    let again = program(name).map(|run| shell::shown(&run)).unwrap_or_default();
    format!(
        "\n{name} broke its property. The input: {}\n  see it again: {}/{again} {}\n  then mend the reader, and keep the \
         input, cut down to its trap and named after it, in\n  {}, where the tests replay it",
        input.display(),
        place("build").display(),
        input.display(),
        folder().join("corpus").join(name).display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_the_programs_of_the_folder() {
        assert!(targets().unwrap().contains(&"mysqldump".to_owned()));
    }

    #[test]
    fn minutes_are_a_number() {
        let parse = |line: &str| Options::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let options = parse("mysqldump --minutes 2").map_err(|_| ()).unwrap();
        assert_eq!((options.targets, options.minutes), (vec!["mysqldump".to_owned()], 2));
        assert_eq!(parse("--minutes soon").map(|_| ()), Err("--minutes soon".to_owned()));
        assert_eq!(parse("--fast").map(|_| ()), Err("--fast".to_owned()));
    }
}
