//! What the contests need: programs built, data generated. All of it lies under target/bench and is kept.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::shell::{self, Done, cargo, command, target};

pub struct Prepared {
    pub crosswalk: PathBuf,
    pub ceiling: PathBuf,
    /// Writes the plainest workbook there can be.
    pub bare_workbook: PathBuf,
    /// Reads a workbook and keeps nothing.
    pub bare_reader: PathBuf,
    data: PathBuf,
}

/// A generated database.
pub struct Snapshot {
    pub dump: PathBuf,
    /// One file a table.
    pub csv: PathBuf,
}

/// The folder of data, and the program.
pub fn for_dialects() -> Result<(PathBuf, PathBuf), String> {
    shell::run(cargo().args(["build", "--release", "--package", "cli"]))?;
    Ok((corpus::folder(), shell::built("release", "crosswalk")))
}

impl Prepared {
    pub fn make() -> Result<Self, String> {
        let data = corpus::folder();
        if !data.join("bench/make_snapshot.py").is_file() {
            return Err(format!(
                "there is no bench/make_snapshot.py in {}: set CROSSWALK_DATA to the folder that has the yardsticks",
                data.display()
            ));
        }
        shell::run(cargo().args(["build", "--release", "--package", "cli"]))?;
        shell::run(cargo().args(["build", "--release", "--package", "xtask", "--example", "bare_workbook"]))?;
        shell::run(cargo().args(["build", "--release", "--package", "snapshot", "--example", "bare_reader"]))?;
        let name = |stem: &str| format!("{stem}{}", env::consts::EXE_SUFFIX);
        Ok(Self {
            crosswalk: shell::built("release", "crosswalk"),
            ceiling: ceiling(&data)?.join("release").join(name("ceiling")),
            bare_workbook: target().join("release/examples").join(name("bare_workbook")),
            bare_reader: target().join("release/examples").join(name("bare_reader")),
            data,
        })
    }

    /// A database of so many megabytes as a dump and as delimited text. Made once.
    pub fn snapshot(&self, mb: u32) -> Result<Snapshot, String> {
        let folder = place(&format!("db-{mb}"))?;
        let made = Snapshot { dump: folder.join("dump.sql"), csv: folder.join("csv") };
        let whole = folder.join("whole");
        if !whole.is_file() {
            let mut python = command("python3");
            python.arg(self.data.join("bench/make_snapshot.py")).args(["db", "--csv", "--mb", &mb.to_string()]);
            shell::run(python.arg("--out").arg(&folder).arg("--sql").arg(&made.dump))?;
            written(fs::write(&whole, ""), &whole)?;
        }
        Ok(made)
    }

    /// A real Access file, the largest there is.
    pub fn access_file(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.data.join("corpus/access")).ok()?.flatten();
        let files = entries.filter(|e| e.path().extension().is_some_and(|x| x == "mdb" || x == "accdb"));
        files.max_by_key(|e| e.metadata().map_or(0, |m| m.len())).map(|e| e.path())
    }
}

/// The yardstick, from a copy of its source: where it lies nothing may be written.
fn ceiling(data: &Path) -> Result<PathBuf, String> {
    let source = data.join("bench/ceiling");
    let copy = place("ceiling")?;
    written(fs::create_dir_all(copy.join("src")), &copy)?;
    for file in ["Cargo.toml", "src/main.rs"] {
        let text = fs::read(source.join(file)).map_err(|error| format!("{}/{file}: {error}", source.display()))?;
        let path = copy.join(file);
        // A new time stamp would build it anew.
        if fs::read(&path).ok().as_ref() != Some(&text) {
            written(fs::write(&path, text), &path)?;
        }
    }
    let built = copy.join("target");
    let mut cargo = cargo();
    cargo.args(["build", "--release", "--manifest-path"]).arg(copy.join("Cargo.toml"));
    shell::run(cargo.arg("--target-dir").arg(&built))?;
    Ok(built)
}

/// A folder under target/bench.
pub fn place(name: &str) -> Result<PathBuf, String> {
    let folder = target().join("bench").join(name);
    written(fs::create_dir_all(&folder), &folder)?;
    Ok(folder)
}

/// Takes away what the last run left.
pub fn cleared(path: &Path) -> Done {
    let gone = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match gone {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", path.display())),
        _ => Ok(()),
    }
}

pub fn written(result: std::io::Result<()>, path: &Path) -> Done {
    result.map_err(|error| format!("{}: {error}", path.display()))
}
