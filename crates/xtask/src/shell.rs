//! Other programs: where they are, how they are run, what they said.

use std::{
    env,
    ffi::OsStr,
    fmt::Write as _,
    io::{self, BufRead, BufReader, IsTerminal, Write as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

pub type Done = Result<(), String>;

pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The target folder this very program was built into: right whatever the cargo configuration says.
pub fn target() -> PathBuf {
    let built = env::current_exe().ok();
    let folder = built.as_deref().and_then(|exe| exe.ancestors().nth(2));
    folder.map_or_else(|| root().join("target"), Path::to_path_buf)
}

/// A program built into `target/PROFILE`.
pub fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm is a batch file on Windows, which is only found under its whole name.
pub fn npm() -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui"));
    npm
}

/// A program run in the root of the workspace, with nothing to read: nothing here may stop to ask.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    let mut line = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let quote = if argument.contains(' ') { "'" } else { "" };
        let _ = write!(line, " {quote}{argument}{quote}");
    }
    line
}

fn started<T>(command: &Command, result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("`{}` cannot be started: {error}", shown(command)))
}

fn succeeded(command: &Command, status: ExitStatus) -> Done {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", shown(command))) }
}

pub fn run(command: &mut Command) -> Done {
    let status = status(command)?;
    succeeded(command, status)
}

pub fn status(command: &mut Command) -> Result<ExitStatus, String> {
    println!("$ {}", shown(command));
    let result = command.status();
    started(command, result)
}

/// What a program printed, if it is there and succeeded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Runs a program, passes its output through as it comes and hands every line of it to `heard`.
pub fn run_heard(command: &mut Command, mut heard: impl FnMut(&str)) -> Done {
    println!("$ {}", shown(command));
    // The pipe would take away the colours that a person at a terminal expects.
    if io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
        command.env("FORCE_COLOR", "1").env("CARGO_TERM_COLOR", "always");
    }
    let spawned = command.stdout(Stdio::piped()).spawn();
    let mut child = started(command, spawned)?;
    if let Some(pipe) = child.stdout.take() {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let mut out = io::stdout().lock();
            let _ = out.write_all(&line).and_then(|()| out.flush());
            heard(&without_colours(&String::from_utf8_lossy(&line)));
            line.clear();
        }
    }
    let waited = child.wait();
    let status = started(command, waited)?;
    succeeded(command, status)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.trim_end().chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            // A colour is ESC [ … up to its first letter.
            let _ = characters.find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

pub fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_colours("\u{1b}[32m 3 passed\u{1b}[39m\n"), " 3 passed");
    }

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = command("/usr/bin/crosswalk");
        command.args(["demo", "a b"]);
        assert_eq!(shown(&command), "crosswalk demo 'a b'");
    }
}
