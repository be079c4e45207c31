//! The real window, driven from outside.
//!
//! It takes the built window and a display, so a plain `cargo test` leaves these out and
//! `cargo xtask test --only window` runs them.
#![cfg(target_os = "linux")]

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::webdriver::Window;

/// The demo project in a folder of its own.
struct Demo {
    _folder: TempDir,
    project: PathBuf,
}

impl Demo {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = Command::new(env!("CARGO_BIN_EXE_crosswalk"))
            .arg("demo")
            .arg(folder.path())
            .arg("--json")
            .output()
            .expect("crosswalk runs");
        // 3: done, with something to look at.
        assert!(matches!(made.status.code(), Some(0 | 3)), "{made:?}");
        let facts: Value = serde_json::from_slice(&made.stdout).expect("one JSON document");
        let project = PathBuf::from(facts["project"].as_str().expect("the project's path"));
        Self { _folder: folder, project }
    }

    fn open(&self, name: &str, environment: &[(&str, &OsStr)]) -> Window {
        let program = env::var_os("CROSSWALK_WINDOW_BIN")
            .expect("CROSSWALK_WINDOW_BIN; `cargo xtask test --only window` sets it");
        let window = Window::open(name, Path::new(&program), &[self.project.as_os_str()], environment);
        window.wait_for("nav[aria-label=\"Places\"]");
        window
    }
}

/// The page collects what its own content security policy kept out.
#[track_caller]
fn assert_nothing_was_kept_out(window: &Window) {
    let kept_out = window.script("return window.__cspViolations", &[]);
    assert_eq!(kept_out, json!([]), "violations of the content security policy");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn opens_and_draws() {
    let demo = Demo::new();
    let window = demo.open("opens_and_draws", &[]);
    let title = window.title();
    assert!(title.contains("Crosswalk"), "{title:?}");
    let picture = window.screenshot("opens_and_draws");
    // An empty page packs into three or four thousand bytes.
    assert!(picture.len() > 10_000, "the window is blank: {} bytes", picture.len());
    assert_nothing_was_kept_out(&window);
}
