//! The user interface: its packages and its build.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::shell::{Done, npm, root, run};

fn folder() -> PathBuf {
    root().join("ui")
}

/// Installs the packages that `ui/package-lock.json` names, unless they are there already.
pub fn install() -> Done {
    let locked = fs::read(folder().join("package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json cannot be read: {error}"))?;
    // A copy of the lock file says what was installed; times of files change with every checkout.
    let stamp = folder().join("node_modules/.installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    println!("Installing the packages of the user interface (ui/package-lock.json).");
    run(npm().args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]))?;
    fs::write(&stamp, locked).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Builds `ui/dist`, which the window embeds. Says whether there was anything to do.
pub fn build() -> Result<bool, String> {
    let built = fs::metadata(folder().join("dist/index.html")).and_then(|file| file.modified());
    let newest = newest(&folder()).map_err(|error| format!("ui/ cannot be read: {error}"))?;
    if built.is_ok_and(|built| built > newest) {
        return Ok(false);
    }
    run(npm().args(["run", "build"]))?;
    Ok(true)
}

/// The latest change under `ui/` that a build could depend on.
fn newest(folder: &Path) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || ["node_modules", "dist", "e2e", "test-results"].contains(&&*name) {
            continue;
        }
        // A folder's own time tells of files that went away.
        newest = newest.max(entry.metadata()?.modified()?);
        if entry.file_type()?.is_dir() {
            newest = newest.max(self::newest(&entry.path())?);
        }
    }
    Ok(newest)
}
