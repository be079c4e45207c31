//! `crosswalk`: the engine's verbs for the terminal and for scripts. Reads arguments, calls one verb, prints facts.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 done but with rejects or warnings that a person must see.

mod arguments;
mod print;
mod progress;
mod verbs;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

/// How a verb ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Well,
    /// A person must look at what was printed.
    WithWarnings,
}

fn main() -> ExitCode {
    // A panic's own words may quote a cell, so only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
        eprintln!("crosswalk: a mistake of ours{place}; what was decided so far is kept");
    }));
    let arguments = Arguments::parse();
    match verbs::run(arguments) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithWarnings) => ExitCode::from(3),
        Err(error) => {
            eprintln!("crosswalk: {error}");
            ExitCode::FAILURE
        }
    }
}
