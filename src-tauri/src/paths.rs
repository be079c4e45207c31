//! Asking the person for a path, and showing them a file: what the window has and a test has not.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use engine::path::shown;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::{
    error::Answer,
    requests::{ChoosePath, PathKind, WireError},
};

#[cfg(feature = "e2e")]
mod prepared;
#[cfg(feature = "e2e")]
pub use prepared::Prepared;

/// Kinds of snapshot files, for the chooser's list; what a file really is, its content says.
const SNAPSHOTS: &[&str] = &[
    "sql", "csv", "tsv", "psv", "txt", "dat", "gz", "zip", "zst", "xlsx", "xlsm", "xlsb", "xls", "ods", "mdb", "accdb",
    "db", "sqlite", "sqlite3", "bak", "dump",
];

/// What stands between the commands and the person.
pub trait FileDialogs: Send + Sync {
    /// Nothing chosen: an empty list. Waits for the person.
    fn choose(&self, wish: &ChoosePath) -> Vec<PathBuf>;

    /// Shows where a file lies.
    fn show(&self, file: &Path) -> Answer<()>;
}

/// The system's own dialogs and file manager.
pub struct SystemDialogs {
    pub app: AppHandle,
    /// Variables that are set for this program alone: a file manager has the settings of its person.
    pub own: Vec<&'static str>,
}

impl FileDialogs for SystemDialogs {
    fn choose(&self, wish: &ChoosePath) -> Vec<PathBuf> {
        let chosen = match wish.what {
            PathKind::NewProject => one(self.saving(wish, "New project", "crosswalk").blocking_save_file()),
            PathKind::SaveWorkbook => {
                let dialog = self.saving(wish, "Write the workbook", "xlsx").add_filter("Excel workbook", &["xlsx"]);
                one(dialog.blocking_save_file())
            }
            PathKind::SaveRejects => {
                one(self.saving(wish, "Export rejects", "csv").add_filter("CSV", &["csv"]).blocking_save_file())
            }
            PathKind::OpenRejects => one(self.dialog("Open corrected rejects").blocking_pick_file()),
            PathKind::OpenAnswer => one(self.dialog("Open the server's answer").blocking_pick_file()),
            PathKind::OpenProject => one(self.dialog("Open a project").blocking_pick_folder()),
            PathKind::SnapshotFolder => one(self.dialog("Load a folder").blocking_pick_folder()),
            PathKind::SnapshotFiles => {
                let mut dialog = self.dialog("Load a snapshot");
                // On Linux every filter, "all files" too, hides names without an ending, and a dump may well have none.
                if !cfg!(target_os = "linux") {
                    dialog = dialog.add_filter("Snapshots", SNAPSHOTS).add_filter("All files", &["*"]);
                }
                dialog.blocking_pick_files().unwrap_or_default()
            }
        };
        chosen.into_iter().filter_map(|path| path.into_path().ok()).map(|path| with_ending(path, wish.what)).collect()
    }

    fn show(&self, file: &Path) -> Answer<()> {
        must_be_there(file)?;
        show_in_file_manager(file, &self.own)
    }
}

impl SystemDialogs {
    fn dialog(&self, title: &str) -> FileDialogBuilder<tauri::Wry> {
        let dialog = self.app.dialog().file().set_title(title);
        match self.app.get_webview_window("main") {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }

    fn saving(&self, wish: &ChoosePath, title: &str, ending: &str) -> FileDialogBuilder<tauri::Wry> {
        let name = wish.suggested_name.clone().unwrap_or_else(|| format!("Untitled.{ending}"));
        let dialog = self.dialog(title).set_file_name(name);
        match dirs::document_dir().or_else(dirs::home_dir) {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        }
    }
}

fn one(chosen: Option<FilePath>) -> Vec<FilePath> {
    chosen.into_iter().collect()
}

/// Not every system's dialog adds the ending to a name that was typed without one.
fn with_ending(path: PathBuf, what: PathKind) -> PathBuf {
    let ending = match what {
        PathKind::NewProject => "crosswalk",
        PathKind::SaveWorkbook => "xlsx",
        PathKind::SaveRejects => "csv",
        PathKind::OpenProject
        | PathKind::SnapshotFiles
        | PathKind::SnapshotFolder
        | PathKind::OpenRejects
        | PathKind::OpenAnswer => return path,
    };
    if path.extension().is_some_and(|there| there.eq_ignore_ascii_case(ending)) {
        return path;
    }
    let mut name = OsString::from(path);
    name.push(".");
    name.push(ending);
    name.into()
}

fn must_be_there(file: &Path) -> Answer<()> {
    if file.exists() {
        return Ok(());
    }
    Err(WireError::new("file", format!("{} is no longer there: it was moved or deleted.", shown(file))))
}

fn show_in_file_manager(file: &Path, own: &[&str]) -> Answer<()> {
    let folder = file.parent().unwrap_or(file);
    let mut manager = if cfg!(target_os = "macos") {
        let mut open = Command::new("open");
        open.arg("-R").arg(file);
        open
    } else if cfg!(windows) {
        let mut explorer = Command::new("explorer");
        explorer.arg(folder);
        explorer
    } else {
        let mut open = Command::new("xdg-open");
        open.arg(folder);
        open
    };
    for name in own {
        manager.env_remove(name);
    }
    let started = manager.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let failed = |why: String| {
        let text = format!("The file manager did not open ({why}). The file is in {}.", shown(folder));
        WireError::new("file", text)
    };
    let watched = started.and_then(failed_at_once).map_err(|error| failed(error.to_string()))?;
    // Explorer answers 1 whatever came of it.
    match watched {
        Some(code) if !cfg!(windows) => Err(failed(format!("it ended with {code}"))),
        _ => Ok(()),
    }
}

/// Watches a program for a second; the code it failed with, if it did. One that stays is waited for elsewhere, for a
/// child that nobody waits for lingers as a zombie.
fn failed_at_once(mut program: Child) -> io::Result<Option<i32>> {
    for _ in 0..20 {
        if let Some(status) = program.try_wait()? {
            return Ok(if status.success() { None } else { Some(status.code().unwrap_or(-1)) });
        }
        thread::sleep(Duration::from_millis(50));
    }
    thread::Builder::new().spawn(move || program.wait())?;
    Ok(None)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub struct Nobody;

    impl FileDialogs for Nobody {
        fn choose(&self, _: &ChoosePath) -> Vec<PathBuf> {
            Vec::new()
        }

        fn show(&self, _: &Path) -> Answer<()> {
            Ok(())
        }
    }

    #[test]
    fn a_missing_ending_is_added() {
        let cases = [
            ("/d/map", PathKind::SaveWorkbook, "/d/map.xlsx"),
            ("/d/map.XLSX", PathKind::SaveWorkbook, "/d/map.XLSX"),
            ("/d/map v1.2", PathKind::SaveWorkbook, "/d/map v1.2.xlsx"),
            ("/d/Harbor", PathKind::NewProject, "/d/Harbor.crosswalk"),
            ("/d/Harbor", PathKind::OpenProject, "/d/Harbor"),
            ("/d/dump.sql", PathKind::SnapshotFiles, "/d/dump.sql"),
        ];
        for (chosen, what, expected) in cases {
            assert_eq!(with_ending(chosen.into(), what), Path::new(expected), "{chosen} {what:?}");
        }
    }

    #[test]
    fn a_file_that_is_gone_is_named() {
        let error = must_be_there(Path::new("/nowhere/map.xlsx")).unwrap_err();
        assert!(error.message.contains("/nowhere/map.xlsx"), "{}", error.message);
    }
}
