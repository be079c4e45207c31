//! `crosswalk`: the engine's verbs for the terminal and for scripts. Reads arguments, calls one verb, prints facts.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 done but with rejects or warnings that a person must see.

mod arguments;
mod print;
mod progress;
mod verbs;

use std::panic::{AssertUnwindSafe, catch_unwind};
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
        print::tell(&format!("a mistake of ours{place}; what was decided so far is kept. Please report the place"));
    }));
    let arguments = Arguments::parse();
    ended(|| verbs::run(arguments))
}

/// How the program ends. A panic has been told by the hook, and is a failure like others; what a work under way put on
/// the disk went with it.
fn ended(work: impl FnOnce() -> engine::Result<Done>) -> ExitCode {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(Done::Well)) => ExitCode::SUCCESS,
        Ok(Ok(Done::WithWarnings)) => ExitCode::from(3),
        Ok(Err(error)) => {
            print::tell(&error.to_string());
            ExitCode::FAILURE
        }
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_like_others() {
        let text = |code: ExitCode| format!("{code:?}");
        assert_eq!(text(ended(|| panic!("what a cell holds"))), text(ExitCode::FAILURE));
        assert_eq!(text(ended(|| Ok(Done::WithWarnings))), text(ExitCode::from(3)));
    }
}
