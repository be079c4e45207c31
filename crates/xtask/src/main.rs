//! The project's own tooling, started as `cargo xtask COMMAND`.

mod bench;
mod bundle;
mod cross;
mod demo;
mod fuzz;
mod icons;
mod parts;
mod setup;
mod shell;
mod tally;
mod test;
mod ui;

use std::{env, process::ExitCode};

use shell::Done;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  setup [--test]           install what a build needs; with --test also what the tests need
  demo [DIR] [--fresh] [--no-window]
                           build Crosswalk, make the demo project, open it in the window;
                           without a display, write its workbooks instead
                           (DIR is target/demo unless given; --fresh makes it anew)
  test [--only GROUP]…     every check; GROUP is rust, ui, browser, window or windows
  windows                  build for Windows and run the tests under Wine: what the group windows does
  macos                    look whether the types fit macOS (Intel and ARM); nothing of it runs here
  fuzz [TARGET]… [--minutes N]
                           look for inputs that break a reader, each target for N minutes (10);
                           needs a nightly toolchain and cargo-fuzz
  fuzz --cut               load files cut at 200 places, and with 500 bits turned
  bench [--mb N] [--only NAME]… [--readme]
                           time Crosswalk beside the ceiling and its peers (N is 100);
                           --readme writes the figures into README.md
  bench dialect            how often the dialect of delimited text is found, ours and the peers'
  bundle [--test] [--appimage]
                           make the packages of this system, with checksums and a bill of
                           materials, in target/packages (--test: with the seams that tests drive)
  bundle --check           install them on a clean system, drive the installed window, remove
                           them again (Debian, as root)
  licences                 list anew what ships and under which licence, for About
  icons                    draw the sizes of icons/crosswalk.svg anew";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) => match command.as_str() {
            "setup" => parsed(setup::Options::parse(rest), setup::run),
            "demo" => parsed(demo::Options::parse(rest), |options| demo::run(&options)),
            "test" => parsed(test::Options::parse(rest), |options| test::run(&options)),
            "fuzz" => parsed(fuzz::Options::parse(rest), |options| fuzz::run(&options)),
            "bench" => parsed(bench::Options::parse(rest), |options| bench::run(&options)),
            "windows" if rest.is_empty() => cross::windows::run(),
            "macos" if rest.is_empty() => cross::macos::run(),
            "bundle" => parsed(bundle::Options::parse(rest), |options| bundle::run(&options)),
            "licences" if rest.is_empty() => parts::list::run(),
            "icons" if rest.is_empty() => icons::run(),
            "help" | "--help" | "-h" => {
                println!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            _ => return wrong_usage(&format!("`{}`", arguments.join(" "))),
        },
        None => return wrong_usage("no command"),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) if reason.starts_with(NOT_UNDERSTOOD) => wrong_usage(&reason),
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

const NOT_UNDERSTOOD: &str = "not understood: ";

fn parsed<T>(options: Result<T, String>, run: impl FnOnce(T) -> Done) -> Done {
    options.map_err(|argument| format!("{NOT_UNDERSTOOD}{argument}")).and_then(run)
}

fn wrong_usage(what: &str) -> ExitCode {
    eprintln!("xtask: {what}\n\n{USAGE}");
    ExitCode::from(2)
}
