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
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::network::sockets;
use crate::support::webdriver::{PATIENCE, Undriven, Window};

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
        let window = Window::open(name, &program(), &[self.project.as_os_str()], environment);
        window.wait_for("nav[aria-label=\"Places\"]");
        window
    }
}

fn program() -> PathBuf {
    let program =
        env::var_os("CROSSWALK_WINDOW_BIN").expect("CROSSWALK_WINDOW_BIN; `cargo xtask test --only window` sets it");
    PathBuf::from(program)
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

/// Lists one table and one interface on the map.
fn on_the_map(window: &Window, table: &str, interface: &str) {
    window.click("[data-testid=place-map]");
    window.wait_for("[data-testid=map-canvas]");
    let all = "const box = document.querySelector('[data-testid=map-all-tables]');\
               if (box && !box.disabled && !box.checked) box.click(); return true";
    window.script(all, &[]);
    window.retype("[data-testid=map-filter-tables]", table);
    window.retype("[data-testid=map-filter-interfaces]", interface);
    window.wait_for(&format!("[data-testid=map-table-{table}]"));
    // Nor may it move while it is dragged: the filters come a moment after what was typed.
    let filtered = "const all = [...document.querySelectorAll(arguments[0])]; \
                    return all.length > 0 && all.every(it => it.dataset.testid.includes(arguments[1]))";
    for (kind, wanted) in [("table", table), ("interface", interface)] {
        let listed = format!("[data-testid^=map-{kind}-]");
        window.wait_until(&format!("only {wanted}"), filtered, &[json!(listed), json!(wanted)], PATIENCE);
    }
}

fn draw(window: &Window, table: &str, interface: &str) {
    on_the_map(window, table, interface);
    window.drag(
        &format!("[data-testid=map-table-{table}] [data-testid=connect-handle]"),
        &format!("[data-testid=map-interface-{interface}]"),
    );
    links(window, 1);
}

fn links(window: &Window, count: u64) {
    let script = "return document.querySelectorAll('.react-flow__edge').length === arguments[0]";
    window.wait_until(&format!("{count} lines on the map"), script, &[json!(count)], PATIENCE);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn two_tables_drawn_by_hand_outlive_a_restart() {
    let demo = Demo::new();
    let window = demo.open("draws", &[]);
    draw(&window, "sys_config", "pharmacy-filter");
    draw(&window, "relation", "language-translation");
    window.press("Control+z");
    links(&window, 0);
    window.press("Control+y");
    links(&window, 1);
    assert_nothing_was_kept_out(&window);
    window.screenshot("two_tables_drawn");
    drop(window);

    let window = demo.open("draws_again", &[]);
    for (table, interface) in [("sys_config", "pharmacy-filter"), ("relation", "language-translation")] {
        on_the_map(&window, table, interface);
        links(&window, 1);
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn both_workbooks_are_written() {
    let demo = Demo::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (map, samples) = (folder.path().join("map.xlsx"), folder.path().join("samples.xlsx"));
    let answers = folder.path().join("answers");
    let lines = format!("save_workbook\t{}\nsave_workbook\t{}\n", map.display(), samples.display());
    std::fs::write(&answers, lines).expect("the answers can be written");
    let window = demo.open("exports", &[("CROSSWALK_E2E_PATHS", answers.as_os_str())]);
    window.click("[data-testid=place-export]");
    for (kind, path) in [("map", &map), ("samples", &samples)] {
        window.click(&format!("[data-testid=export-{kind}]"));
        let done = format!("[data-testid=exported-{kind}]");
        let shown = "return document.querySelector(arguments[0]) !== null";
        window.wait_until(&done, shown, &[json!(done)], Duration::from_mins(1));
        // A workbook is a zip archive.
        assert!(std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"PK")), "{}", path.display());
    }
    assert_nothing_was_kept_out(&window);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn no_source_value_shows_before_a_person_unmasks_it() {
    let demo = Demo::new();
    let window = demo.open("masked", &[]);
    window.click("[data-testid=place-tables]");
    window.retype("[data-testid=tables-filter]", "employeephone");
    // Else the row moves away between the two clicks.
    window.wait_for_text("[data-testid=tables-listed]", "1 listed");
    window.double_click("[data-table$=\"/employeephone\"]");
    window.click("[data-testid=sample-rows]");
    window.wait_for_text("[data-testid=rows-grid]", "••••");
    let phone = "return /\\d{3}.?\\d{4}/.test(document.querySelector('[data-testid=rows-grid]').innerText)";
    assert_eq!(window.script(phone, &[]), json!(false), "a phone number shows");
    window.click("[data-testid=unmask]");
    window.wait_until("a phone number, unmasked", phone, &[], PATIENCE);
    window.wait_for_text("body", "aw values showing");
}

/// Files in a folder and below, but for sockets and the like; their paths within it.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let kind = entry.file_type().expect("what it is");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path();
                found.push(path.strip_prefix(folder).expect("it is below").display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn carried_on_a_stick_it_leaves_nothing_on_the_computer() {
    let demo = Demo::new();
    let stick = tempfile::tempdir().expect("a temporary folder");
    let carried = stick.path().join("crosswalk-desktop");
    std::fs::copy(program(), &carried).expect("the program can be carried");
    let window = Window::open("carried", &carried, &["--portable".as_ref(), demo.project.as_os_str()], &[]);
    window.wait_for("nav[aria-label=\"Places\"]");
    // Something to remember.
    window.script("localStorage.setItem('remembered', 'yes'); return true", &[]);
    window.click("[data-testid=place-map]");
    window.wait_for("[data-testid=map-canvas]");
    assert_eq!(files_below(window.home()), Vec::<String>::new(), "left on the computer");
    drop(window);
    let kept = files_below(&stick.path().join("Crosswalk data"));
    let begins = |start: &str| kept.iter().any(|file| file.starts_with(start));
    assert!(begins("settings/recents.json") && begins("web view/"), "kept on the stick: {kept:?}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn nothing_asks_for_the_network() {
    let demo = Demo::new();
    let home = tempfile::tempdir().expect("a temporary home");
    let calls = home.path().join("calls");
    let undriven = Undriven::start(&program(), &[demo.project.as_os_str()], home.path(), &calls);
    // It is written when the project is open.
    let recents = home.path().join("config/crosswalk/recents.json");
    let start = Instant::now();
    while !recents.exists() {
        assert!(start.elapsed() < 2 * PATIENCE, "the project was not opened: is the package strace installed?");
        thread::sleep(Duration::from_millis(100));
    }
    // The page comes after that, in programs of its own.
    thread::sleep(Duration::from_secs(5));
    drop(undriven);
    let calls = std::fs::read_to_string(&calls).expect("what strace wrote");
    let (local, leaving) = sockets(&calls);
    assert_eq!(leaving, Vec::<&str>::new());
    assert!(local > 0, "not even the display's socket was seen:\n{calls}");
}
