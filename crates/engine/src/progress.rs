//! How long work reports itself and is asked to stop.

/// Watches long work. Called often and from the working thread; must return at once.
pub trait Watch: Sync {
    /// Says how far the work is; `false` asks it to stop.
    fn step(&self, progress: &Progress) -> bool;
}

/// One report of a running job.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// In words: "Reading employees.csv".
    pub phase: String,
    pub done: u64,
    /// 0 where it is not known.
    pub total: u64,
    /// What is counted: "bytes", "tables".
    pub unit: &'static str,
    pub rows: u64,
}

/// Watches nothing and never stops the work.
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&self, _: &Progress) -> bool {
        true
    }
}
