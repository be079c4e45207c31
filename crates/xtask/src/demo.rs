//! From a checkout to Crosswalk with something in it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    setup,
    shell::{self, Done, built, cargo, command, shown, status, target},
    ui,
};

pub struct Options {
    folder: Option<PathBuf>,
    fresh: bool,
    window: bool,
}

impl Options {
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { folder: None, fresh: false, window: has_display() };
        for argument in arguments {
            match argument.as_str() {
                "--fresh" => options.fresh = true,
                "--no-window" => options.window = false,
                other if other.starts_with('-') || options.folder.is_some() => {
                    return Err(other.to_owned());
                }
                folder => options.folder = Some(from_where_it_was_typed(folder)),
            }
        }
        Ok(options)
    }
}

/// Everything here runs in the root of the workspace; a path on the command line means the caller's folder.
fn from_where_it_was_typed(folder: &str) -> PathBuf {
    env::current_dir().map_or_else(|_| folder.into(), |here| here.join(folder))
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

pub fn run(options: &Options) -> Done {
    // Optimised: a debug build of the engine is an order of magnitude slower to load a snapshot.
    let mut build = cargo();
    build.args(["build", "--release", "-p", "cli"]);
    if options.window {
        setup::run_for(setup::Need::Window)?;
        ui::build()?;
        build.args(["-p", "crosswalk-desktop"]);
        build.args(["--features", "crosswalk-desktop/custom-protocol"]);
    } else {
        setup::system(setup::Need::Nothing)?;
    }
    shell::run(&mut build)?;

    // Only the folder of our own under target/ is ever cleared.
    let ours = options.folder.is_none();
    let folder = options.folder.clone();
    let folder = folder.unwrap_or_else(|| target().join("demo"));
    let project = project(&folder, ours, options.fresh)?;
    if options.window {
        println!("Opening {}", project.display());
        return shell::run(command(built("release", "crosswalk-desktop")).arg(project));
    }
    println!("No display: the workbooks instead of the window.");
    let map = folder.join("migration-map.xlsx");
    let samples = folder.join("deidentified-samples.xlsx");
    for (kind, workbook) in [("map", &map), ("samples", &samples)] {
        if ours {
            remove(workbook)?;
        }
        crosswalk(&["export".as_ref(), &project, kind.as_ref(), workbook])?;
    }
    println!("\nProject               {}", project.display());
    println!("Migration map         {}", map.display());
    println!("Deidentified samples  {}", samples.display());
    Ok(())
}

/// The demo project in `folder`, made now if it is not there.
fn project(folder: &Path, ours: bool, fresh: bool) -> Result<PathBuf, String> {
    // Written last: without it a project there may be a half-made one.
    let stamp = folder.join(".complete");
    if fresh && !ours {
        return Err(format!("--fresh clears only target/demo: remove {} yourself", folder.display()));
    }
    if ours && (fresh || !stamp.is_file()) {
        remove(folder)?;
    }
    if let Some(project) = found(folder) {
        return Ok(project);
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    crosswalk(&["demo".as_ref(), folder])?;
    let project =
        found(folder).ok_or_else(|| format!("`crosswalk demo` left no NAME.crosswalk in {}", folder.display()))?;
    fs::write(&stamp, "").map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(project)
}

fn found(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let mut projects = entries.flatten().map(|entry| entry.path());
    projects.find(|path| path.extension().is_some_and(|end| end == "crosswalk") && path.is_dir())
}

fn crosswalk(arguments: &[&Path]) -> Done {
    let mut crosswalk = command(built("release", "crosswalk"));
    crosswalk.args(arguments);
    let status = status(&mut crosswalk)?;
    // 3 is "done, with something a person should see", which the demo snapshot has on purpose.
    match status.code() {
        Some(0 | 3) => Ok(()),
        _ => Err(format!("`{}` failed ({status})", shown(&crosswalk))),
    }
}

fn remove(path: &Path) -> Done {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("{} cannot be removed: {error}", path.display()))
        }
        _ => Ok(()),
    }
}
