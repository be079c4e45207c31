//! Loading a snapshot: all or nothing. Everything is written to `snapshots/ID.partial/`; at the end it is forced to the
//! disk, renamed, and one line in `decisions.db` makes it a snapshot. What a load that did not end left behind is named
//! at the next opening and counts for nothing.

mod account;
mod ahead;
pub(super) mod choice;
mod families;
mod family;
mod family_reading;
pub(super) mod find;
pub(super) mod input;
mod inputs;
mod message;
mod pipeline;
mod place;
mod postgres_archive;
mod postgres_reading;
mod preview;
mod reading;
mod room;
mod secret;
mod sheets;
mod shell_dump;
pub(super) mod streams;
mod tallies;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::disk;
use crate::error::{Error, Result};
use crate::facts::{FileChoice, FileFacts, Ledger, SnapshotFacts};
use crate::progress::Watch;
use crate::store::Staging;
use crate::store::staging::Writer;

use super::{Project, locked};
use account::Sums;
use inputs::Inputs;
pub(super) use preview::Known;
pub use secret::Secret;

/// What is to be loaded as one snapshot: files and folders.
#[derive(Debug, Clone)]
pub struct LoadRequest {
    pub paths: Vec<PathBuf>,
    /// What people call it; the files' names where it is absent.
    pub label: Option<String>,
    /// Every protected file tries each of them.
    pub passwords: Vec<Secret>,
    pub choices: Vec<FileChoice>,
    /// Whether columns are profiled: without, a load is done sooner, and figures of columns are missing.
    pub profile: bool,
    /// Whether files may grow as they like: without, one that takes [`GROWTH`] times its size ends the load.
    pub allow_growth: bool,
    /// Whether a load is begun though the disk seems to have no room for it.
    pub allow_tight: bool,
}

/// A staging store holds at most so many bytes for each byte of a file that was handed over. Dumps take 1 to 3, packed
/// ones to 100; a few bytes that stand for many rows take thousands.
pub const GROWTH: u64 = 200;
/// Up to this many bytes a file may grow as it likes.
pub const GROWTH_FREE: u64 = 512 << 20;

impl Default for LoadRequest {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            label: None,
            passwords: Vec::new(),
            choices: Vec::new(),
            profile: true,
            allow_growth: false,
            allow_tight: false,
        }
    }
}

pub struct Loaded {
    pub snapshot: String,
    pub ledger: Ledger,
}

/// Held while a load runs, so that another process does not take it for one that died.
pub(super) const LOCK: &str = "loading.lock";
pub(super) const STAGING: &str = "staging.db";
/// Files out of archives, for as long as a load needs them.
const UNPACKED: &str = "unpacked";

impl Project {
    /// Loads a snapshot and its profile, and uses it from then on. Decisions are not touched.
    pub fn load(&mut self, request: &LoadRequest, watch: &dyn Watch) -> Result<Loaded> {
        let started = Instant::now();
        self.decisions.may_write()?;
        let at = (self.environment.now)();
        let id = self.new_id(&at);
        let partial = Partial::make(&self.folder.join("snapshots"), &id)?;
        let home = self.in_use.as_ref().and_then(|s| s.home.clone());
        let inputs = partial.find(&request.paths, &request.passwords, &request.choices, watch)?.something()?;
        if !request.allow_tight {
            room::check(&partial.folder, &inputs.files)?;
        }
        let writer = Writer::create(&partial.folder.join(STAGING))?;
        let how = How { home: home.as_deref(), profile: request.profile, allow_growth: request.allow_growth };
        let far = room::Far::new(watch);
        let sums =
            stage(writer, &partial.folder, &inputs, &how, &far).map_err(|e| far.when_full(e, &partial.folder))?;
        let files = Files { label: inputs.label(), number: inputs.files.len() as u64, bytes: inputs.bytes() };
        drop(inputs);
        let facts = SnapshotFacts {
            label: request.label.clone().unwrap_or(files.label),
            loaded_at: at,
            files: files.number,
            tables: sums.tables,
            rows: sums.rows,
            bytes: files.bytes,
            rejects: sums.rejects,
            seconds: (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            id: id.clone(),
        };
        partial.become_whole(&self.folder.join("snapshots").join(&id))?;
        self.force_snapshots()?;
        let by = self.by();
        self.decisions.add_snapshot(&facts, &by)?;
        self.chosen = None;
        self.refresh()?;
        Ok(Loaded { snapshot: id, ledger: self.ledger()? })
    }

    /// What a load of these files would read, and how. Nothing is kept of it; `passwords` and `choices` as for a load.
    pub fn inspect(
        &self,
        paths: &[PathBuf],
        passwords: &[Secret],
        choices: &[FileChoice],
        watch: &dyn Watch,
    ) -> Result<Vec<FileFacts>> {
        let partial = Partial::make(&self.folder.join("snapshots"), &self.new_id(&(self.environment.now)()))?;
        let inputs = partial.find(paths, passwords, choices, watch)?;
        locked(&self.derived.looked_at).facts(&inputs, watch)
    }

    fn force_snapshots(&self) -> Result<()> {
        let path = self.folder.join("snapshots");
        disk::force_folder(&path).map_err(|source| Error::File {
            what: "the disk did not confirm the load",
            path,
            source,
        })
    }

    fn new_id(&self, at: &str) -> String {
        let digits: String = at.chars().filter(char::is_ascii_digit).collect();
        format!("{digits}-{:04x}", (self.environment.random)() & 0xffff)
    }
}

/// What is told of the files once they are no longer needed.
struct Files {
    label: String,
    number: u64,
    bytes: u64,
}

/// The folder of a load under way, locked against whoever takes it for one that died. Removed unless it becomes whole.
struct Partial {
    folder: PathBuf,
    lock: Option<File>,
}

impl Partial {
    fn make(snapshots: &Path, id: &str) -> Result<Self> {
        let folder = snapshots.join(format!("{id}.partial"));
        let said = |source| Error::File { what: "the load could not be started", path: folder.clone(), source };
        disk::make_folder(&folder).map_err(said)?;
        let lock = disk::private().create(true).truncate(true).open(folder.join(LOCK)).map_err(said)?;
        lock.try_lock().map_err(|e| said(std::io::Error::other(e.to_string())))?;
        Ok(Self { folder, lock: Some(lock) })
    }

    /// What there is to load. What must be unpacked for it goes into this folder.
    fn find(
        &self,
        paths: &[PathBuf],
        passwords: &[Secret],
        choices: &[FileChoice],
        watch: &dyn Watch,
    ) -> Result<Inputs> {
        find::find(paths, passwords, choices, &self.folder.join(UNPACKED), watch).map(families::set_apart)
    }

    fn become_whole(mut self, whole: &Path) -> Result<()> {
        let said = |source| Error::File {
            what: "the load is complete but could not be put in its place",
            path: whole.to_path_buf(),
            source,
        };
        let _ = fs::remove_dir_all(self.folder.join(UNPACKED));
        let _ = fs::remove_file(self.folder.join(LOCK));
        self.lock = None;
        let moved = disk::rename(&self.folder, whole).map_err(said);
        // What is whole is not thrown away for want of its name.
        self.folder = PathBuf::new();
        moved
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.lock = None;
        if !self.folder.as_os_str().is_empty() {
            // What is left of it counts for nothing; that it cannot be removed must not hide why it ended.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// How a load goes.
struct How<'a> {
    /// The database that goes without saying in decisions made before.
    home: Option<&'a str>,
    profile: bool,
    allow_growth: bool,
}

fn stage(mut writer: Writer, partial: &Path, inputs: &Inputs, how: &How<'_>, watch: &dyn Watch) -> Result<Sums> {
    let path = partial.join(STAGING);
    let scratch_path = partial.join("profile.scratch");
    let said = |source| Error::File { what: "the load could not go on", path: partial.to_path_buf(), source };
    let mut scratch = disk::private().create_new(true).open(&scratch_path).map_err(said)?;
    let sums = pipeline::run(inputs, &mut writer, &mut scratch, how, watch)?;
    let written = writer.finish()?;
    drop(scratch);
    fs::remove_file(&scratch_path).map_err(said)?;
    // The disk takes its time: meanwhile it is read back what was written.
    std::thread::scope(|scope| {
        let forcing = scope.spawn(|| disk::force(&path).and_then(|()| disk::force_folder(partial)));
        let read = Staging::open(&path).and_then(|staging| staging.holds(&written));
        forcing.join().unwrap_or_else(|_| Err(std::io::Error::other("a mistake of ours"))).map_err(said)?;
        read
    })?;
    Ok(sums)
}

#[cfg(test)]
mod tests;
