//! Reads, writes and tallies at once: one thread reads, one tallies, the caller's writes. Batches go round between them,
//! so that memory does not grow with the snapshot.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::Instant;

use snapshot::mysqldump::SOURCE;
use snapshot::{Batch, Note, NoteKind, Position, Reader, Share, ShareOf, Step, TableDef};

use super::account::Account;
use super::families::{FamilyReading, families};
use super::inputs::{Input, Inputs};
use super::streams;
use crate::error::{Error, Result};
use crate::profile::tally::{BUDGET, TableTally};
use crate::progress::Watch;
use crate::store::staging::Writer;

/// What the reading thread tells the writing one. Tables are numbered over the whole snapshot.
pub(super) enum Message {
    Table {
        file: usize,
        id: usize,
        def: TableDef,
    },
    Changed {
        id: usize,
        def: TableDef,
    },
    Gone {
        id: usize,
    },
    Rows {
        file: usize,
        id: usize,
        batch: Arc<Batch>,
    },
    Note {
        file: usize,
        table: Option<usize>,
        note: Note,
        /// Of a reject: how its record is read again by itself.
        form: Option<String>,
    },
    /// The file broke; what came before is kept.
    Broken {
        file: usize,
        error: snapshot::Error,
    },
    Done {
        file: usize,
        encoding: String,
        dialect: Option<String>,
        bytes: u64,
        /// Tables by their number over the whole snapshot.
        shares: Vec<Share>,
        seconds: f64,
    },
}

/// What a load amounts to.
#[derive(Default)]
pub struct Sums {
    pub tables: u64,
    pub rows: u64,
    pub rejects: u64,
}

/// What the reading thread tells the tallying one.
enum Counted {
    Rows(usize, Arc<Batch>),
    /// No more rows come to these tables.
    End(Range<usize>),
}

const BATCHES: usize = 16;

pub fn run(
    inputs: &Inputs,
    writer: &mut Writer,
    scratch: &mut File,
    home: Option<&str>,
    profile: bool,
    watch: &dyn Watch,
) -> Result<Sums> {
    let stop = AtomicBool::new(false);
    let count = Arc::new(AtomicU64::new(0));
    let mut account = Account::new(inputs, writer, home);
    account.left_aside()?;
    let tallies = std::thread::scope(|scope| -> Result<Vec<TableTally>> {
        let (messages, tally) = start(scope, inputs, &stop, &count, profile.then_some(&*scratch));
        let written = account.follow(&messages, &count, watch);
        // Whoever still sends must not wait for one who left.
        stop.store(true, Ordering::Relaxed);
        drop(messages);
        let tallied = tally.join().map_err(|_| Error::refused("the profile ended unexpectedly; nothing was loaded"))?;
        written?;
        tallied
    })?;
    account.rows_end()?;
    account.step_done("read, write and count");
    account.profile(tallies, profile, scratch, watch)?;
    account.close()
}

type Tallying<'scope> = ScopedJoinHandle<'scope, Result<Vec<TableTally>>>;

fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    inputs: &'scope Inputs,
    stop: &'scope AtomicBool,
    count: &'scope Arc<AtomicU64>,
    scratch: Option<&File>,
) -> (Receiver<Message>, Tallying<'scope>) {
    let (to_writer, messages) = sync_channel(BATCHES);
    let (to_tally, batches) = sync_channel::<Counted>(BATCHES);
    named(scope, "read", move || {
        let mut reading = Reading { to_writer, to_tally, stop, count, next: 0, used: Vec::new() };
        let mut first = 0;
        for family in families(&inputs.files) {
            // What is behind the last one is told with its progress, when all is read.
            if reading.to_tally.send(Counted::End(first..reading.next)).is_err() {
                return;
            }
            first = reading.next;
            if FamilyReading::new(&inputs.files, count).read(&family, &mut reading).is_none() {
                return;
            }
        }
    });
    let scratch = scratch.map(File::try_clone).transpose();
    let tally = named(scope, "tally", move || {
        let mut tallies = Tallies { scratch: scratch.map_err(said)?, tables: Vec::new(), held: Vec::new() };
        for counted in batches {
            match counted {
                Counted::Rows(id, batch) => tallies.take(id, &batch)?,
                Counted::End(ids) => tallies.end(ids).map_err(said)?,
            }
        }
        Ok(tallies.tables)
    });
    (messages, tally)
}

/// The tables' tallies while rows come.
struct Tallies {
    /// Without, tables are only measured.
    scratch: Option<File>,
    tables: Vec<TableTally>,
    /// Bytes that each holds.
    held: Vec<usize>,
}

fn said(source: io::Error) -> Error {
    Error::File { what: "the profile could not be written", path: "profile.scratch".into(), source }
}

impl Tallies {
    fn take(&mut self, id: usize, batch: &Batch) -> Result<()> {
        if self.tables.len() <= id {
            self.tables.resize_with(id + 1, TableTally::default);
            self.held.resize(id + 1, 0);
        }
        let Some(scratch) = &mut self.scratch else {
            self.tables[id].count(batch);
            return Ok(());
        };
        self.tables[id].take(batch).map_err(|_| {
            Error::refused("a table has over 4,294,967,294 rows, which is more than a staging store takes")
        })?;
        self.held[id] = self.tables[id].held();
        while self.held.iter().sum::<usize>() > BUDGET {
            let largest = (0..self.held.len()).max_by_key(|i| self.held[*i]).expect("something is held");
            self.tables[largest].spill(self.held[largest] / 2, scratch).map_err(said)?;
            self.held[largest] = self.tables[largest].held();
        }
        Ok(())
    }

    /// What these tables hold is needed no longer.
    fn end(&mut self, ids: Range<usize>) -> io::Result<()> {
        let Some(scratch) = &mut self.scratch else { return Ok(()) };
        for id in ids.start..ids.end.min(self.tables.len()) {
            self.tables[id].end(scratch)?;
            self.held[id] = self.tables[id].held();
        }
        Ok(())
    }
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

pub(super) struct Reading<'a> {
    to_writer: SyncSender<Message>,
    to_tally: SyncSender<Counted>,
    stop: &'a AtomicBool,
    count: &'a Arc<AtomicU64>,
    /// The next table's number.
    next: usize,
    /// Batches on their way; those that came back are used again.
    used: Vec<Arc<Batch>>,
}

/// Why the reading of a file halts.
pub(super) enum Halt {
    Ended,
    /// It names another file, which stands in this place.
    Asks(String),
}

impl Reading<'_> {
    /// `None`: nobody listens any more.
    pub(super) fn read(&mut self, file: usize, input: &Input) -> Option<()> {
        let started = Instant::now();
        let mut reader = match streams::reader(input, self.count) {
            Ok(reader) => reader,
            Err(error) => return self.broken(file, error),
        };
        let mut ids = Vec::new();
        while let Halt::Asks(_) = self.follow(file, reader.as_mut(), &mut ids)? {}
        self.done(file, reader.as_ref(), &ids, started)
    }

    /// Passes on what the reader tells of a file. `ids`: its tables, by their number over the whole snapshot.
    pub(super) fn follow(&mut self, file: usize, reader: &mut dyn Reader, ids: &mut Vec<usize>) -> Option<Halt> {
        let mut batch = self.batch();
        let halt = loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            let step = match reader.next(Arc::get_mut(&mut batch).expect("a batch that came back is ours alone")) {
                Ok(step) => step,
                Err(error) => {
                    self.broken(file, error)?;
                    break Halt::Ended;
                }
            };
            match step {
                Step::Table(def) => {
                    let id = self.next;
                    self.next += 1;
                    ids.push(id);
                    self.tell(Message::Table { file, id, def })?;
                }
                Step::Changed(index, def) => self.tell(Message::Changed { id: ids[index], def })?,
                Step::Gone(index) => self.tell(Message::Gone { id: ids[index] })?,
                Step::Rows => {
                    let id = ids[batch.table];
                    self.to_tally.send(Counted::Rows(id, Arc::clone(&batch))).ok()?;
                    self.tell(Message::Rows { file, id, batch: Arc::clone(&batch) })?;
                    self.used.push(batch);
                    batch = self.batch();
                }
                Step::Note(note) => {
                    let asks = sourced(&note);
                    let table = note.table.map(|index| ids[index]);
                    let rejected = matches!(note.kind, NoteKind::Reject { .. }) && table.is_some();
                    let form = rejected.then(|| reader.form()).flatten().map(|form| form.write());
                    self.tell(Message::Note { file, table, note, form })?;
                    if let Some(name) = asks {
                        break Halt::Asks(name);
                    }
                }
                Step::End => break Halt::Ended,
            }
        };
        self.used.push(batch);
        Some(halt)
    }

    pub(super) fn done(&self, file: usize, reader: &dyn Reader, ids: &[usize], started: Instant) -> Option<()> {
        let mut shares = reader.shares();
        for share in &mut shares {
            if let ShareOf::Table(index) = &mut share.of {
                *index = ids[*index];
            }
        }
        let (encoding, dialect, bytes) = (reader.encoding(), reader.dialect(), reader.position());
        self.tell(Message::Done { file, encoding, dialect, bytes, shares, seconds: started.elapsed().as_secs_f64() })
    }

    pub(super) fn broken(&self, file: usize, error: snapshot::Error) -> Option<()> {
        self.tell(Message::Broken { file, error })
    }

    pub(super) fn warn(&self, file: usize, text: String) -> Option<()> {
        let note = Note { table: None, at: Position::default(), kind: NoteKind::Warning { text } };
        self.tell(Message::Note { file, table: None, note, form: None })
    }

    fn tell(&self, message: Message) -> Option<()> {
        self.to_writer.send(message).ok()
    }

    fn batch(&mut self) -> Arc<Batch> {
        match self.used.iter_mut().position(|b| Arc::get_mut(b).is_some()) {
            Some(index) => self.used.swap_remove(index),
            None => Arc::default(),
        }
    }
}

/// The file that a script names at this place.
fn sourced(note: &Note) -> Option<String> {
    match &note.kind {
        NoteKind::Statement { kind, name } if kind == SOURCE => name.clone(),
        _ => None,
    }
}
