//! Reads, writes and tallies at once: one thread reads, one tallies, the caller's writes. Batches go round between them,
//! so that memory does not grow with the snapshot.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use snapshot::{Batch, KeyKind, Note, NoteKind, Step, TableDef};

use super::inputs::{Input, Inputs};
use super::streams;
use crate::error::{Error, Result};
use crate::profile::tally::{BUDGET, TableTally};
use crate::progress::{Progress, Watch};
use crate::store::staging::Writer;
use crate::store::staging::write::FileEntry;

/// What the reading thread tells the writing one. Tables are numbered over the whole snapshot.
enum Message {
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
        id: usize,
        batch: Arc<Batch>,
    },
    Note {
        file: usize,
        table: Option<usize>,
        note: Note,
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

const BATCHES: usize = 6;

pub fn run(
    inputs: &Inputs,
    writer: &mut Writer,
    scratch: &mut File,
    home: Option<&str>,
    watch: &dyn Watch,
) -> Result<Sums> {
    let stop = AtomicBool::new(false);
    let count = Arc::new(AtomicU64::new(0));
    let mut account = Account::new(inputs, writer, home);
    for (name, what) in &inputs.ignored {
        account.writer.note(Some(0), "ignored", &format!("{name}: {what}"), 1)?;
    }
    let tallies = std::thread::scope(|scope| -> Result<Vec<TableTally>> {
        let (messages, tally) = start(scope, inputs, &stop, &count, scratch);
        let written = account.follow(&messages, &count, watch);
        // Whoever still sends must not wait for one who left.
        stop.store(true, Ordering::Relaxed);
        drop(messages);
        let tallied = tally.join().map_err(|_| Error::refused("the profile ended unexpectedly; nothing was loaded"))?;
        written?;
        tallied
    })?;
    account.profile(tallies, scratch, watch)?;
    account.close()
}

type Tallying<'scope> = ScopedJoinHandle<'scope, Result<Vec<TableTally>>>;

fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    inputs: &'scope Inputs,
    stop: &'scope AtomicBool,
    count: &'scope Arc<AtomicU64>,
    scratch: &File,
) -> (Receiver<Message>, Tallying<'scope>) {
    let (to_writer, messages) = sync_channel(BATCHES);
    let (to_tally, batches) = sync_channel::<(usize, Arc<Batch>)>(BATCHES);
    scope.spawn(move || {
        let mut reading = Reading { to_writer, to_tally, stop, count, next: 0, used: Vec::new() };
        for (file, input) in inputs.files.iter().enumerate() {
            if reading.read(file, input).is_none() {
                return;
            }
        }
    });
    let scratch = scratch.try_clone();
    let tally = scope.spawn(move || {
        let said =
            |source| Error::File { what: "the profile could not be written", path: "profile.scratch".into(), source };
        let mut scratch = scratch.map_err(said)?;
        let mut tallies: Vec<TableTally> = Vec::new();
        let mut held: Vec<usize> = Vec::new();
        for (id, batch) in batches {
            if tallies.len() <= id {
                tallies.resize_with(id + 1, TableTally::default);
                held.resize(id + 1, 0);
            }
            tallies[id].take(&batch).map_err(|_| {
                Error::refused("a table has over 4,294,967,294 rows, which is more than a staging store takes")
            })?;
            held[id] = tallies[id].held();
            while held.iter().sum::<usize>() > BUDGET {
                let largest = (0..held.len()).max_by_key(|i| held[*i]).expect("something is held");
                tallies[largest].spill(held[largest] / 2, &mut scratch).map_err(said)?;
                held[largest] = tallies[largest].held();
            }
        }
        Ok(tallies)
    });
    (messages, tally)
}

struct Reading<'a> {
    to_writer: SyncSender<Message>,
    to_tally: SyncSender<(usize, Arc<Batch>)>,
    stop: &'a AtomicBool,
    count: &'a Arc<AtomicU64>,
    /// The next table's number.
    next: usize,
    /// Batches on their way; those that came back are used again.
    used: Vec<Arc<Batch>>,
}

impl Reading<'_> {
    /// `None`: nobody listens any more.
    fn read(&mut self, file: usize, input: &Input) -> Option<()> {
        let started = Instant::now();
        let mut reader = match streams::reader(input, self.count) {
            Ok(reader) => reader,
            Err(error) => return self.tell(Message::Broken { file, error }),
        };
        let base = self.next;
        let mut batch = self.batch();
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            let step = match reader.next(Arc::get_mut(&mut batch).expect("a batch that came back is ours alone")) {
                Ok(step) => step,
                Err(error) => {
                    self.tell(Message::Broken { file, error })?;
                    break;
                }
            };
            match step {
                Step::Table(def) => {
                    let id = self.next;
                    self.next += 1;
                    self.tell(Message::Table { file, id, def })?;
                }
                Step::Changed(index, def) => self.tell(Message::Changed { id: base + index, def })?,
                Step::Gone(index) => self.tell(Message::Gone { id: base + index })?,
                Step::Rows => {
                    let id = base + batch.table;
                    self.to_tally.send((id, Arc::clone(&batch))).ok()?;
                    self.tell(Message::Rows { id, batch: Arc::clone(&batch) })?;
                    self.used.push(batch);
                    batch = self.batch();
                }
                Step::Note(note) => {
                    let table = note.table.map(|index| base + index);
                    self.tell(Message::Note { file, table, note })?;
                }
                Step::End => break,
            }
        }
        self.used.push(batch);
        let (encoding, dialect, bytes) = (reader.encoding(), reader.dialect(), reader.position());
        self.tell(Message::Done { file, encoding, dialect, bytes, seconds: started.elapsed().as_secs_f64() })
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

/// Keeps the account while it writes.
struct Account<'a> {
    inputs: &'a Inputs,
    writer: &'a mut Writer,
    defs: BTreeMap<usize, TableDef>,
    /// Per name: the databases it stands in.
    names: HashMap<String, Vec<Option<String>>>,
    statements: BTreeMap<(usize, String), (u64, Vec<String>)>,
    home: Option<String>,
    first_database: Option<String>,
    sums: Sums,
    reading: usize,
}

impl<'a> Account<'a> {
    fn new(inputs: &'a Inputs, writer: &'a mut Writer, home: Option<&str>) -> Self {
        Self {
            inputs,
            writer,
            defs: BTreeMap::new(),
            names: HashMap::new(),
            statements: BTreeMap::new(),
            home: home.map(str::to_owned),
            first_database: None,
            sums: Sums::default(),
            reading: 0,
        }
    }

    fn follow(&mut self, messages: &Receiver<Message>, count: &AtomicU64, watch: &dyn Watch) -> Result<()> {
        loop {
            // The reader may be busy with one long record; the person is asked all the same.
            let message = messages.recv_timeout(Duration::from_millis(100));
            let input = &self.inputs.files[self.reading.min(self.inputs.files.len() - 1)];
            let on = watch.step(&Progress {
                phase: format!("Reading {}", input.name),
                done: count.load(Ordering::Relaxed).min(self.inputs.bytes()),
                total: self.inputs.bytes(),
                unit: "bytes",
                rows: self.sums.rows,
            });
            if !on {
                return Err(Error::Cancelled);
            }
            match message {
                Ok(message) => self.take(message)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn take(&mut self, message: Message) -> Result<()> {
        match message {
            Message::Table { file, id, def } => {
                let name = self.unlike_others(file, &def)?;
                if self.first_database.is_none() {
                    self.first_database.clone_from(&def.database);
                }
                let given = self.writer.add_table(file, &def, &name)?;
                debug_assert_eq!(given, id, "tables come in order");
                self.defs.insert(id, def);
            }
            Message::Changed { id, def } => {
                self.writer.change_table(id, &def)?;
                self.defs.insert(id, def);
            }
            Message::Gone { id } => {
                self.writer.drop_table(id)?;
                if let Some(def) = self.defs.remove(&id) {
                    self.names.entry(def.name).or_default().retain(|d| *d != def.database);
                }
            }
            Message::Rows { id, batch } => {
                self.writer.insert(id, &batch)?;
                self.sums.rows += batch.rows() as u64;
            }
            Message::Note { file, table, note } => self.note(file, table, note)?,
            Message::Broken { file, error } => self.broken(file, &error)?,
            Message::Done { file, encoding, dialect, bytes, seconds } => {
                self.reading = file + 1;
                let input = &self.inputs.files[file];
                self.writer.file(
                    file,
                    &FileEntry {
                        name: &input.name,
                        kind: &kind_of(input),
                        encoding: &encoding,
                        bytes,
                        dialect: dialect.as_deref(),
                        seconds,
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Two tables of one name in one snapshot are told apart by a number.
    fn unlike_others(&mut self, file: usize, def: &TableDef) -> Result<String> {
        let collides = |there: &Option<String>| *there == def.database || there.is_none() || def.database.is_none();
        let mut name = def.name.clone();
        let mut n = 1;
        while self.names.get(&name).is_some_and(|databases| databases.iter().any(collides)) {
            n += 1;
            name = format!("{} ({n})", def.name);
        }
        self.names.entry(name.clone()).or_default().push(def.database.clone());
        if n > 1 {
            let text = format!("a table {} is there already: this one is called {name}", def.name);
            self.writer.note(Some(file), "warning", &text, 1)?;
        }
        Ok(name)
    }

    fn note(&mut self, file: usize, table: Option<usize>, note: Note) -> Result<()> {
        let name = |id: usize| self.defs.get(&id).map_or("a table", |d| d.name.as_str());
        match note.kind {
            NoteKind::Reject { raw, reason } => {
                self.sums.rejects += 1;
                self.writer.reject(file, table, note.at, &reason, &raw)?;
            }
            NoteKind::Statement { kind, name } => {
                let entry = self.statements.entry((file, kind)).or_default();
                entry.0 += 1;
                entry.1.extend(name);
            }
            NoteKind::Odd { what, count } => {
                let place = table.map_or(String::new(), |id| format!("{}: ", name(id)));
                self.writer.note(Some(file), "warning", &format!("{place}{what} ({count} values)"), count)?;
            }
            NoteKind::NotComparable { reason } => {
                if let Some(id) = table {
                    self.writer.not_comparable(id, &reason)?;
                }
            }
            NoteKind::Object { kind, name, text } => self.writer.object(file, &kind, &name, &text)?,
            NoteKind::Warning { text } => {
                let place = table.map_or(String::new(), |id| format!("{}: ", name(id)));
                self.writer.note(Some(file), "warning", &format!("{place}{text}"), 1)?;
            }
        }
        Ok(())
    }

    /// A file that cannot be read to its end: what came before it broke is kept, and the ledger says so.
    fn broken(&mut self, file: usize, error: &snapshot::Error) -> Result<()> {
        let input = &self.inputs.files[file];
        if self.inputs.files.len() == 1 && self.defs.is_empty() {
            return Err(Error::refused(format!("{} cannot be read: {error}", input.name)));
        }
        let byte = if let snapshot::Error::Io { byte, .. } = error { *byte } else { 0 };
        let at = snapshot::Position { record: 0, line: 0, byte };
        self.sums.rejects += 1;
        self.writer.reject(file, None, at, &format!("the rest of the file cannot be read: {error}"), b"")?;
        self.writer.note(Some(file), "warning", &format!("it cannot be read to its end: {error}"), 1)?;
        let kind = kind_of(input);
        let entry =
            FileEntry { name: &input.name, kind: &kind, encoding: "", bytes: byte, dialect: None, seconds: 0.0 };
        self.writer.file(file, &entry)
    }

    fn profile(&mut self, tallies: Vec<TableTally>, scratch: &mut File, watch: &dyn Watch) -> Result<()> {
        let total = self.defs.len() as u64;
        let mut tallies: Vec<Option<TableTally>> = tallies.into_iter().map(Some).collect();
        for (done, (id, def)) in self.defs.iter().enumerate() {
            let progress = Progress {
                phase: format!("Profiling {}", def.name),
                done: done as u64,
                total,
                unit: "tables",
                rows: self.sums.rows,
            };
            if !watch.step(&progress) {
                return Err(Error::Cancelled);
            }
            let tally = tallies.get_mut(*id).and_then(Option::take).unwrap_or_default();
            let (rows, bytes) = (tally.rows, tally.bytes);
            let keyed = |column: usize| {
                def.keys.iter().any(|k| {
                    matches!(k.kind, KeyKind::Primary | KeyKind::Unique)
                        && k.columns.len() == 1
                        && def.columns.get(column).is_some_and(|c| c.name.eq_ignore_ascii_case(&k.columns[0]))
                })
            };
            let columns = tally.conclude(self.writer.columns(*id), keyed, scratch).map_err(|source| Error::File {
                what: "the profile could not be read back",
                path: "profile.scratch".into(),
                source,
            })?;
            self.writer.profile(*id, rows, bytes, &columns)?;
            if def.columns.iter().all(|c| c.declared_type.is_empty()) {
                self.writer.not_comparable(*id, "it did not come from a MySQL or MariaDB server")?;
            }
        }
        Ok(())
    }

    fn close(mut self) -> Result<Sums> {
        if self.defs.is_empty() {
            return Err(Error::refused("no table was found: nothing was loaded"));
        }
        for ((file, kind), (count, mut names)) in std::mem::take(&mut self.statements) {
            names.truncate(20);
            let text = if names.is_empty() { kind } else { format!("{kind}: {}", names.join(", ")) };
            self.writer.note(Some(file), "statement", &text, count)?;
        }
        let has = |wanted: &str| self.defs.values().any(|d| d.database.as_deref() == Some(wanted));
        // Decisions attach to names: the database they were made in stays the one that goes without saying.
        let home = self.home.filter(|h| has(h)).or(self.first_database);
        self.writer.meta("home", home.as_deref().unwrap_or_default())?;
        self.sums.tables = self.defs.len() as u64;
        Ok(self.sums)
    }
}

fn kind_of(input: &Input) -> String {
    match input.wrap {
        super::inputs::Wrap::Plain => input.kind.label().to_owned(),
        super::inputs::Wrap::Gzip => format!("{}, gzip", input.kind.label()),
        super::inputs::Wrap::Zip(_) => format!("{}, zip", input.kind.label()),
    }
}
