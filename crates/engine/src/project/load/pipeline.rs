//! Reads, writes and tallies at once: one thread reads, some tally, the caller's writes. Batches go round between them,
//! so that memory does not grow with the snapshot.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use super::How;
use super::account::{Account, Sums};
use super::families::families;
use super::family_reading::FamilyReading;
use super::inputs::Inputs;
use super::message::Message;
use super::reading::Reading;
use super::tallies::{Counted, Tallies};
use crate::error::{Error, Result};
use crate::profile::tally::TableTally;
use crate::progress::Watch;
use crate::store::staging::Writer;

const BATCHES: usize = 16;

pub fn run(inputs: &Inputs, writer: &mut Writer, scratch: &mut File, how: &How<'_>, watch: &dyn Watch) -> Result<Sums> {
    let profile = how.profile;
    let stop = AtomicBool::new(false);
    let count = Arc::new(AtomicU64::new(0));
    let longest = writer.longest();
    let mut account = Account::new(inputs, writer, how);
    account.left_aside()?;
    let tallies = std::thread::scope(|scope| -> Result<Vec<TableTally>> {
        let parts = Tallies::shared(profile.then_some(&*scratch))?;
        let (messages, reading, parts) = start(scope, inputs, &stop, &count, parts, longest);
        let written = account.follow(&messages, &count, watch);
        // Whoever still sends must not wait for one who left.
        stop.store(true, Ordering::Relaxed);
        drop(messages);
        joined(reading, "the reading")?;
        let parts: Vec<Result<Tallies>> =
            parts.into_iter().map(|part| joined(part, "the profile")).collect::<Result<_>>()?;
        written?;
        Ok(Tallies::joined(parts.into_iter().collect::<Result<_>>()?))
    })?;
    account.rows_end()?;
    account.step_done("read, write and count");
    account.profile(tallies, profile, scratch, watch)?;
    account.close()
}

type Tallying<'scope> = ScopedJoinHandle<'scope, Result<Tallies>>;

fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    inputs: &'scope Inputs,
    stop: &'scope AtomicBool,
    count: &'scope Arc<AtomicU64>,
    parts: Vec<Tallies>,
    longest: usize,
) -> (Receiver<Message>, ScopedJoinHandle<'scope, ()>, Vec<Tallying<'scope>>) {
    let (to_writer, messages) = sync_channel(BATCHES);
    let (to_tally, batches): (Vec<_>, Vec<_>) = parts.iter().map(|_| sync_channel(BATCHES)).unzip();
    let reading = named(scope, "read", move || {
        let mut reading = Reading::new(to_writer, to_tally, stop, count, longest);
        let mut first = 0;
        let mut read = Vec::new();
        for family in families(&inputs.files, &inputs.dumps) {
            // What is after the last one is told with its progress, when all is read.
            if reading.count(&Counted::End(first..reading.next)).is_none() {
                return;
            }
            first = reading.next;
            if FamilyReading::new(&inputs.files, count, &mut read).read(&family, &mut reading).is_none() {
                return;
            }
        }
    });
    let tally = |(part, batches): (Tallies, _)| named(scope, "tally", move || part.follow(batches));
    (messages, reading, parts.into_iter().zip(batches).map(tally).collect())
}

/// What a thread came to. Where it panicked, the place has been told; what was read until then is not the whole.
fn joined<T>(thread: ScopedJoinHandle<'_, T>, what: &str) -> Result<T> {
    thread.join().map_err(|_| {
        Error::refused(format!("a mistake of ours ended {what}: nothing was loaded. Please report the place"))
    })
}

/// A thread that tools can tell from the others.
fn named<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    work: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn_scoped(scope, work).expect("the system starts a thread")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it had read until then must not pass for the whole, and its words may quote a cell.
    #[test]
    fn a_thread_that_panics_ends_its_load() {
        let panics = |words: &str| -> () { panic!("{words}") };
        let told = std::thread::scope(|scope| joined(named(scope, "read", || panics("Quillfeather")), "the reading"));
        let told = told.unwrap_err().to_string();
        assert!(told.starts_with("a mistake of ours ended the reading: nothing was loaded"), "{told}");
        assert!(!told.contains("Quillfeather"));
    }
}
