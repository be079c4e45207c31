//! What a project leaves on the disk, and for whom.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::crosswalk::Workspace;

/// Everything in a folder, and the folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_path_buf()];
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(all(&path)) } else { found.push(path) }
    }
    found
}

/// What others than the owner may do with any of it.
fn open_to_others(folder: &Path) -> Vec<String> {
    let mode = |path: &PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o7777;
    all(folder)
        .into_iter()
        .filter(|path| mode(path) & 0o077 != 0)
        .map(|path| format!("{} {:o}", path.display(), mode(&path)))
        .collect()
}

#[test]
fn a_project_is_its_owners_alone() {
    let workspace = Workspace::project("clinic.sql");
    workspace.run(&["export", "clinic", "samples", "samples.xlsx"]).ended(0);
    workspace.run(&["rejects", "clinic", "--export", "raw.csv", "--raw"]).ended(0);
    let project = workspace.path("clinic.crosswalk");
    assert!(all(&project).len() > 4, "{:?}", all(&project));
    assert_eq!(open_to_others(&project), [""; 0]);
    let raw = fs::metadata(workspace.path("raw.csv")).expect("the export").permissions().mode();
    assert_eq!(raw & 0o777, 0o600);
}

/// One made before this was so, or copied without its rights.
#[test]
fn a_project_that_was_open_to_others_is_closed_when_it_is_opened() {
    let workspace = Workspace::project("clinic.sql");
    let project = workspace.path("clinic.crosswalk");
    let elsewhere = workspace.write("elsewhere.txt", "not ours");
    std::os::unix::fs::symlink(&elsewhere, project.join("link")).expect("a link");
    for path in all(&project) {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }
    workspace.run(&["show", "clinic"]).ended(0);
    fs::remove_file(project.join("link")).expect("the link");
    assert_eq!(open_to_others(&project), [""; 0]);
    let mode = fs::metadata(&elsewhere).expect("the file").permissions().mode();
    assert_eq!(mode & 0o077, 0o044, "what a link leads to is not the project's");
}

/// Sorting copies source values: they stay where the project is, not where everybody's temporary files are.
#[cfg(target_os = "linux")]
#[test]
fn what_sqlite_puts_aside_stays_in_the_project() {
    let workspace = Workspace::project("clinic.sql");
    let sorted = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000)
                  SELECT i || hex(zeroblob(40)) AS text FROM n ORDER BY text DESC";
    let mut child = workspace.start(&["query", "clinic", sorted]);
    let start = Instant::now();
    // Such a file has no name, or loses it at once.
    let aside = loop {
        let files = fs::read_dir(format!("/proc/{}/fd", child.id())).into_iter().flatten().flatten();
        let aside = files.filter_map(|file| fs::read_link(file.path()).ok());
        let found = aside.map(|path| path.to_string_lossy().into_owned()).find(|path| path.ends_with("(deleted)"));
        if let Some(found) = found {
            break found;
        }
        assert!(child.try_wait().expect("a child").is_none(), "it ended without putting anything aside");
        assert!(start.elapsed() < Duration::from_mins(1), "nothing was put aside");
        std::thread::sleep(Duration::from_millis(2));
    };
    child.kill().expect("it is ours to kill");
    child.wait().expect("it ended");
    let project = workspace.path("clinic.crosswalk").canonicalize().expect("the project");
    assert!(aside.starts_with(&*project.to_string_lossy()), "{aside}");
}
