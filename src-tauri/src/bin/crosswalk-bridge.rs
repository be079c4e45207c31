//! `crosswalk-bridge --ui DIR [PROJECT]` serves the built page in DIR, with the real engine behind it, to a browser on
//! this machine. The first line it prints is the address. It ends when its standard input does, so that a test that is
//! killed leaves nothing behind.

use std::{
    ffi::OsString,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use crosswalk_desktop::{Places, Prepared, Session, bridge::Bridge, tell_of_panics};
use engine::project::Environment;

const USAGE: &str = "crosswalk-bridge --ui DIR [PROJECT]";

fn main() -> ExitCode {
    let Some((ui, project)) = parse(std::env::args_os().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    tell_of_panics();
    let session = Session::new(Environment::system(), Places::system(), Box::new(Prepared::from_environment()));
    if let Some(project) = project {
        session.open_at_start(&project);
    }
    match Bridge::start(&ui, &session).and_then(|bridge| serve(&bridge)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("crosswalk-bridge: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(bridge: &Bridge) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{}", bridge.url())?;
    out.flush()?;
    // Whatever comes is not for us; its end is.
    let mut ignored = [0; 4096];
    let mut input = io::stdin().lock();
    while input.read(&mut ignored)? > 0 {}
    Ok(())
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Option<(PathBuf, Option<PathBuf>)> {
    let (mut ui, mut project) = (None, None);
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        if argument == "--ui" && ui.is_none() {
            ui = Some(PathBuf::from(arguments.next()?));
        } else if project.is_none() && !argument.as_encoded_bytes().starts_with(b"-") {
            project = Some(PathBuf::from(argument));
        } else {
            return None;
        }
    }
    Some((ui?, project))
}
