//! The thread that reads: it passes on what the readers of the files tell.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::Instant;

use snapshot::mysqldump::{LOAD_DATA, SOURCE};
use snapshot::{Batch, Note, NoteKind, Position, Reader, ShareOf, Step};

use super::input::Input;
use super::message::Message;
use super::streams;
use super::tallies::Counted;
use crate::store::staging::pages::{is_longer, may_be_longer};

/// Reads files one after another.
pub(super) struct Reading<'a> {
    to_writer: SyncSender<Message>,
    to_tally: Vec<SyncSender<Counted>>,
    stop: &'a AtomicBool,
    read: &'a Arc<AtomicU64>,
    /// The next table's number.
    pub(super) next: usize,
    /// Batches on their way; those that came back are used again.
    used: Vec<Arc<Batch>>,
    /// Bytes of the longest row that the store takes.
    longest: usize,
    /// Records so far, by table.
    records: Vec<u64>,
}

/// Why the reading of a file halts.
pub(super) enum Halt {
    Ended,
    /// It names another file, which stands in this place.
    Asks(Asks),
}

/// What a script asks for by its name.
pub(super) enum Asks {
    Script(String),
    /// A file with the rows of a table.
    Rows(String),
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        to_writer: SyncSender<Message>,
        to_tally: Vec<SyncSender<Counted>>,
        stop: &'a AtomicBool,
        read: &'a Arc<AtomicU64>,
        longest: usize,
    ) -> Self {
        Self { to_writer, to_tally, stop, read, next: 0, used: Vec::new(), longest, records: Vec::new() }
    }

    /// `None`: nobody listens any more.
    pub(super) fn read(&mut self, file: usize, input: &Input) -> Option<()> {
        let started = Instant::now();
        let mut reader = match streams::reader(input, self.read) {
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
            let byte = reader.position();
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
                    self.records.push(0);
                    self.tell(Message::Table { file, id, def })?;
                }
                Step::Changed(index, def) => self.tell(Message::Changed { id: ids[index], def })?,
                Step::Gone(index) => self.tell(Message::Gone { id: ids[index] })?,
                Step::Rows => {
                    let id = ids[batch.table];
                    if may_be_longer(&batch, self.longest) {
                        self.set_apart(file, id, &batch, byte)?;
                    } else {
                        self.pass_on(file, id, &batch)?;
                    }
                    self.used.push(batch);
                    batch = self.batch();
                }
                Step::Note(note) => {
                    let asks = sourced(&note);
                    // What it asks for is read, or else that is told.
                    if let Some(rows @ Asks::Rows(_)) = asks {
                        break Halt::Asks(rows);
                    }
                    let table = note.table.map(|index| ids[index]);
                    let rejected = matches!(note.kind, NoteKind::Reject { .. }) && table.is_some();
                    table.filter(|_| rejected).into_iter().for_each(|id| self.records[id] += 1);
                    let form = rejected.then(|| reader.form()).flatten().map(|form| form.write());
                    self.tell(Message::Note { file, table, note, form })?;
                    if let Some(asks) = asks {
                        break Halt::Asks(asks);
                    }
                }
                Step::End => break Halt::Ended,
            }
        };
        self.used.push(batch);
        Some(halt)
    }

    fn pass_on(&mut self, file: usize, id: usize, batch: &Arc<Batch>) -> Option<()> {
        self.records[id] += batch.rows() as u64;
        self.count(&Counted::Rows(id, Arc::clone(batch)))?;
        self.tell(Message::Rows { file, id, batch: Arc::clone(batch) })
    }

    /// Passes on the rows that a store takes, and each that is too long as what it is. `byte`: where they begin, or a
    /// little before.
    fn set_apart(&mut self, file: usize, id: usize, batch: &Arc<Batch>, byte: u64) -> Option<()> {
        let is_too_long = |row: &usize| is_longer(batch.row(*row), self.longest);
        let long: Vec<usize> = (0..batch.rows()).filter(is_too_long).collect();
        if long.is_empty() {
            return self.pass_on(file, id, batch);
        }
        let mut from = 0;
        for row in long.into_iter().chain([batch.rows()]) {
            if from < row {
                let rows = Arc::new(batch.part(from..row));
                self.pass_on(file, id, &rows)?;
            }
            from = row + 1;
            if row < batch.rows() {
                self.records[id] += 1;
                let at = Position { record: self.records[id], line: 0, byte };
                self.tell(Message::TooLong { file, id, at, batch: Arc::clone(batch), row })?;
            }
        }
        Some(())
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

    /// Every thread that tallies hears of it.
    pub(super) fn count(&self, counted: &Counted) -> Option<()> {
        self.to_tally.iter().try_for_each(|to| to.send(counted.clone()).ok())
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
fn sourced(note: &Note) -> Option<Asks> {
    match &note.kind {
        NoteKind::Statement { kind, name: Some(name) } if kind == SOURCE => Some(Asks::Script(name.clone())),
        NoteKind::Statement { kind, name: Some(name) } if kind == LOAD_DATA => Some(Asks::Rows(name.clone())),
        _ => None,
    }
}
