//! Loading a snapshot: all or nothing. Everything is written to `snapshots/ID.partial/`; at the end it is forced to the
//! disk, renamed, and one line in `decisions.db` makes it a snapshot. What a load that did not end left behind is named
//! at the next opening and counts for nothing.

mod account;
mod families;
pub(super) mod inputs;
mod pipeline;
pub(super) mod streams;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{Error, Result};
use crate::facts::{Ledger, SnapshotFacts};
use crate::progress::Watch;
use crate::store::Staging;
use crate::store::staging::Writer;

use super::Project;
use inputs::Inputs;
use pipeline::Sums;

/// What is to be loaded as one snapshot: files and folders.
#[derive(Debug, Clone, Default)]
pub struct LoadRequest {
    pub paths: Vec<PathBuf>,
    /// What people call it; the files' names where it is absent.
    pub label: Option<String>,
}

pub struct Loaded {
    pub snapshot: String,
    pub ledger: Ledger,
}

/// Held while a load runs, so that another process does not take it for one that died.
pub(super) const LOCK: &str = "loading.lock";
pub(super) const STAGING: &str = "staging.db";

impl Project {
    /// Loads a snapshot and its profile, and uses it from then on. Decisions are not touched.
    pub fn load(&mut self, request: &LoadRequest, watch: &dyn Watch) -> Result<Loaded> {
        let inputs = families::set_apart(Inputs::find(&request.paths)?);
        let started = Instant::now();
        let at = (self.here.now)();
        let id = self.new_id(&at);
        let partial = self.folder.join("snapshots").join(format!("{id}.partial"));
        let said = |source| Error::File { what: "the load could not be started", path: partial.clone(), source };
        fs::create_dir_all(&partial).map_err(said)?;
        let lock = File::create(partial.join(LOCK)).map_err(said)?;
        lock.try_lock().map_err(|e| said(std::io::Error::other(e.to_string())))?;
        let home = self.in_use.as_ref().and_then(|s| s.home.clone());
        let outcome = stage(&partial, &inputs, home.as_deref(), watch);
        let sums = match outcome {
            Ok(sums) => sums,
            Err(e) => {
                drop(lock);
                // What is left of it counts for nothing; that it cannot be removed must not hide why it ended.
                let _ = fs::remove_dir_all(&partial);
                return Err(e);
            }
        };
        let _ = fs::remove_file(partial.join(LOCK));
        drop(lock);
        let facts = SnapshotFacts {
            label: request.label.clone().unwrap_or_else(|| inputs.label()),
            loaded_at: at,
            files: inputs.files.len() as u64,
            tables: sums.tables,
            rows: sums.rows,
            bytes: inputs.bytes(),
            rejects: sums.rejects,
            seconds: (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            id: id.clone(),
        };
        let whole = self.folder.join("snapshots").join(&id);
        fs::rename(&partial, &whole).map_err(|source| Error::File {
            what: "the load is complete but could not be put in its place",
            path: whole.clone(),
            source,
        })?;
        force_folder(&self.folder.join("snapshots"))?;
        let by = self.by();
        self.decisions.add_snapshot(&facts, &by)?;
        self.chosen = None;
        self.refresh()?;
        Ok(Loaded { snapshot: id, ledger: self.ledger()? })
    }

    fn new_id(&self, at: &str) -> String {
        let digits: String = at.chars().filter(char::is_ascii_digit).collect();
        format!("{digits}-{:04x}", (self.here.random)() & 0xffff)
    }
}

fn stage(partial: &Path, inputs: &Inputs, home: Option<&str>, watch: &dyn Watch) -> Result<Sums> {
    let path = partial.join(STAGING);
    let mut writer = Writer::create(&path)?;
    let scratch_path = partial.join("profile.scratch");
    let said = |source| Error::File { what: "the load could not go on", path: partial.to_path_buf(), source };
    let mut scratch = File::options().read(true).write(true).create_new(true).open(&scratch_path).map_err(said)?;
    let sums = pipeline::run(inputs, &mut writer, &mut scratch, home, std::env::var_os("NOPROF").is_none(), watch)?;
    writer.finish()?;
    drop(scratch);
    fs::remove_file(&scratch_path).map_err(said)?;
    File::open(&path).and_then(|f| f.sync_all()).map_err(said)?;
    force_folder(partial)?;
    // Whoever cannot read it back has not written it.
    Staging::open(&path)?;
    Ok(sums)
}

/// Forces a folder's entries to the disk, where the system knows such a thing.
fn force_folder(folder: &Path) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder).and_then(|f| f.sync_all()).map_err(|source| Error::File {
        what: "the disk did not confirm the load",
        path: folder.to_path_buf(),
        source,
    })
}
