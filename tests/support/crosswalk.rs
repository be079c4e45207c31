//! The program, run on projects in a folder of its own.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

use super::valid;

/// A folder to work in; it goes away with the test.
pub struct Workspace {
    folder: TempDir,
}

/// What the program said, and how it ended.
pub struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Told {
    /// The one JSON document that was printed.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.out) {
            Ok(document) => document,
            Err(why) => panic!("no JSON document ({why}); code {}:\n{}{}", self.code, self.out, self.err),
        }
    }

    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "it printed:\n{}{}", self.out, self.err);
        self
    }
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        Self {
            // A signal leaves no code.
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }
}

impl Workspace {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write into");
        fs::write(&path, bytes).expect("a file to write");
        path
    }

    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosswalk"));
        // Whoever runs the tests, decisions are Ada's.
        command.args(arguments).current_dir(self.folder.path()).env("USER", "Ada");
        command
    }

    /// Runs the program in this folder. Every workbook that it writes is one that others open.
    #[track_caller]
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Told {
        let told: Told = started(|| self.command(arguments).output().and_then(began)).into();
        let writes =
            arguments.first().is_some_and(|verb| ["export", "conformance"].map(OsStr::new).contains(&verb.as_ref()));
        let written = arguments.iter().map(|a| self.folder.path().join(a.as_ref()));
        for book in written.filter(|path| writes && told.code != 1 && path.extension() == Some(OsStr::new("xlsx"))) {
            if book.exists() {
                valid::assert_valid(&book);
            }
        }
        told
    }

    /// Starts it and leaves it running; what it says goes nowhere.
    pub fn start<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Child {
        let quiet = || Stdio::null();
        started(|| self.command(arguments).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn())
    }

    /// Runs it with `--json`, expects it to end well, gives the document.
    #[track_caller]
    pub fn ask<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Value {
        let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).chain([OsStr::new("--json")]).collect();
        self.run(&arguments).ended(0).json()
    }

    /// A project with the snapshot of one fixture.
    pub fn project(name: &str) -> Self {
        let workspace = Self::new();
        workspace.run(&["new", "clinic", "--client", "Harbor Clinic"]).ended(0);
        let fixture = fixture(name);
        let loaded = workspace.run(&[OsStr::new("load"), OsStr::new("clinic"), fixture.as_os_str()]);
        assert!(matches!(loaded.code, 0 | 3), "{}", loaded.err);
        workspace
    }

    /// The demonstration, which is made once for all tests.
    pub fn demo() -> Self {
        let workspace = Self::new();
        copy(demo(), workspace.folder.path());
        workspace
    }

    /// Names of what lies in a folder, in order.
    pub fn list(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).expect("a folder to list").flatten();
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// A library of Wine's did not come up (0xC0000142): nothing of the program has run yet.
fn began(output: Output) -> io::Result<Output> {
    const NOT_STARTED: i32 = 0xC000_0142_u32.cast_signed();
    let not_started = cfg!(windows) && output.status.code() == Some(NOT_STARTED) && output.stdout.is_empty();
    if not_started { Err(io::Error::from_raw_os_error(1359)) } else { Ok(output) }
}

/// Under Wine a program now and then cannot be started, when others are (its "internal error", 1359).
fn started<T>(start: impl Fn() -> io::Result<T>) -> T {
    let again = |error: &io::Error| cfg!(windows) && error.raw_os_error() == Some(1359);
    let mut tries = (0..5).map(|_| start());
    let kept = tries.find(|outcome| !outcome.as_ref().is_err_and(again));
    kept.unwrap_or_else(start).expect("crosswalk runs")
}

/// The demonstration's project in its workspace.
pub const DEMO: &str = "harbor-marine.crosswalk";

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

/// A file of tests/fixtures.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

/// The demonstration as made; nothing there is to be changed.
fn demo() -> &'static Path {
    // Nothing drops a static: the folder stays, under target/, and is cleared by the next run. The lock keeps a second
    // run of the tests away from it.
    static MADE: OnceLock<(PathBuf, File)> = OnceLock::new();
    let (folder, _) = MADE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let lock = File::create(place.join("demo.lock")).expect("a lock file");
        lock.lock().expect("the lock");
        let folder = place.join("demo");
        let _ = fs::remove_dir_all(&folder);
        let made = Command::new(env!("CARGO_BIN_EXE_crosswalk")).arg("demo").arg(&folder).output();
        let told = Told::from(made.expect("crosswalk runs"));
        assert!(matches!(told.code, 0 | 3), "{}", told.err);
        (folder, lock)
    });
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder to copy into");
    for entry in fs::read_dir(from).expect("a folder to copy").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file to copy");
        }
    }
}
