//! Whether the disk has room for a load, before it begins, and what to say when it turns out that it had not.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use snapshot::recognise::Kind;

use super::input::Input;
use crate::disk::free;
use crate::error::{Error, Result};
use crate::path::shown;
use crate::progress::{Progress, Watch};

/// Room that is left alone: an edit needs some, and so does the system.
const SPARE: u64 = 64 << 20;

/// Refuses a load that would most likely fill the disk.
pub fn check(folder: &Path, files: &[Input]) -> Result<()> {
    let needed = files.iter().map(needs).sum::<u64>() + SPARE;
    judged(folder, needed, free(folder))
}

fn judged(folder: &Path, needed: u64, free: u64) -> Result<()> {
    if needed <= free {
        return Ok(());
    }
    Err(Error::NoRoom { folder: shown(folder), needed: size(needed), free: size(free) })
}

/// What a file takes in the staging store, in bytes, as far as can be told without reading it: real dumps and delimited
/// files take 0.5 to 1.2 times their size; packed, four times; workbooks are packed XML, most of which is no content.
fn needs(file: &Input) -> u64 {
    let handed_over = file.handed_over();
    // Of an archive's entry its size is known.
    let bytes = match file.place.packed() {
        Some(_) if file.bytes <= handed_over => handed_over.saturating_mul(4),
        _ => file.bytes,
    };
    match file.kind {
        Kind::Access | Kind::Sqlite => bytes / 2,
        Kind::Spreadsheet => bytes,
        _ => bytes / 4 * 3,
    }
}

/// Remembers how far a load is, for what is said where the disk fills.
pub struct Far<'a> {
    watch: &'a dyn Watch,
    done: AtomicU64,
    total: AtomicU64,
}

impl<'a> Far<'a> {
    pub fn new(watch: &'a dyn Watch) -> Self {
        Self { watch, done: AtomicU64::new(0), total: AtomicU64::new(0) }
    }

    /// Says what the load would have needed, by what it had taken when the disk was full. Other errors stay.
    pub fn when_full(&self, error: Error, folder: &Path) -> Error {
        if !matches!(error, Error::DiskFull { .. }) {
            return error;
        }
        let taken: u64 = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.metadata().ok())
            .filter(fs::Metadata::is_file)
            .map(|about| about.len())
            .sum();
        let (done, total) = (self.done.load(Relaxed).max(1), self.total.load(Relaxed));
        let needed = (taken as f64 * (total.max(done) as f64 / done as f64)) as u64 + SPARE;
        Error::refused(format!(
            "the disk is full: the load needs about {} in {}, where {} were free. Free some space, or move the project to \
             a larger disk. Nothing was loaded",
            size(needed),
            shown(folder),
            size(taken.saturating_add(free(folder)))
        ))
    }
}

impl Watch for Far<'_> {
    fn step(&self, progress: &Progress) -> bool {
        if progress.unit == "bytes" {
            self.done.store(progress.done, Relaxed);
            self.total.store(progress.total, Relaxed);
        }
        self.watch.step(progress)
    }
}

/// As disks are sold: in powers of ten.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    #[test]
    fn a_load_that_would_fill_the_disk_is_refused_with_both_figures() {
        let said = |needed, free| judged(Path::new("/stick"), needed, free).map_err(|e| e.to_string());
        assert_eq!(said(8, 8), Ok(()));
        let refused = said(12_420_000_000, 3_100_000_000).unwrap_err();
        assert!(refused.starts_with("the load needs about 12.4 GB in /stick, and 3.1 GB are free"), "{refused}");
        assert!(said(2_000_000, 999_999).unwrap_err().contains("about 2 MB in /stick, and 1 MB are free"));
    }

    #[test]
    fn a_disk_that_fills_half_way_says_what_the_whole_would_take() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("staging.db"), vec![0; 3_000_000]).unwrap();
        let far = Far::new(&Unwatched);
        let progress = |done, total, unit| Progress { phase: String::new(), done, total, unit, rows: 0 };
        far.step(&progress(25, 100, "bytes"));
        far.step(&progress(2, 3, "tables"));
        let told = far.when_full(Error::DiskFull { name: "staging.db".into() }, folder.path()).to_string();
        assert!(told.contains(&format!("the load needs about {} in", size(12_000_000 + SPARE))), "{told}");
        assert!(matches!(far.when_full(Error::Cancelled, folder.path()), Error::Cancelled));
    }
}
