//! The account of a load, kept while its tables are written: for every file and table what was read, loaded and
//! rejected, where the bytes went, and how long each step took.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use snapshot::{KeyKind, Note, NoteKind, Share, ShareOf, TableDef};

use super::input::Input;
use super::inputs::Inputs;
use super::message::Message;
use super::{GROWTH, GROWTH_FREE, How};
use crate::error::{Error, Result};
use crate::profile::tally::TableTally;
use crate::progress::{Progress, Watch};
use crate::store::staging::Writer;
use crate::store::staging::write::FileEntry;

/// What a load amounts to.
#[derive(Default)]
pub struct Sums {
    pub tables: u64,
    pub rows: u64,
    pub rejects: u64,
}

/// Keeps the account while it writes.
pub(super) struct Account<'a> {
    inputs: &'a Inputs,
    writer: &'a mut Writer,
    defs: BTreeMap<usize, TableDef>,
    /// Per name: the databases it stands in.
    names: HashMap<String, Vec<Option<String>>>,
    statements: BTreeMap<(usize, String), (u64, Vec<String>)>,
    /// Tables whose rows the server may have chosen among.
    resolved: BTreeSet<usize>,
    /// What was said of each file: the first of it.
    warnings: BTreeMap<usize, Vec<String>>,
    home: Option<String>,
    /// Bytes that each file's rows take; `None` where files may grow as they like.
    grown: Option<Vec<u64>>,
    first_database: Option<String>,
    sums: Sums,
    reading: usize,
    /// Rows loaded and rejected, and their bytes, by file and table.
    parts: BTreeMap<(usize, usize), Part>,
    steps: Vec<(&'static str, f64)>,
    since: Instant,
}

/// What one file gave to one table.
#[derive(Default, Clone, Copy)]
struct Part {
    loaded: u64,
    rejected: u64,
    bytes: u64,
}

impl<'a> Account<'a> {
    pub(super) fn new(inputs: &'a Inputs, writer: &'a mut Writer, how: &How<'_>) -> Self {
        Self {
            inputs,
            writer,
            defs: BTreeMap::new(),
            names: HashMap::new(),
            statements: BTreeMap::new(),
            resolved: BTreeSet::new(),
            warnings: BTreeMap::new(),
            home: how.home.map(str::to_owned),
            grown: (!how.allow_growth).then(|| vec![0; inputs.files.len()]),
            first_database: None,
            sums: Sums::default(),
            reading: 0,
            parts: BTreeMap::new(),
            steps: Vec::new(),
            since: Instant::now(),
        }
    }

    /// A file that is not read has its place in the ledger as well.
    pub(super) fn left_aside(&mut self) -> Result<()> {
        for (index, (name, what)) in self.inputs.ignored.iter().enumerate() {
            let file = self.inputs.files.len() + index;
            let entry = FileEntry { name, kind: "left aside", encoding: "", bytes: 0, dialect: None, seconds: 0.0 };
            self.writer.file(file, &entry)?;
            self.writer.note(Some(file), "ignored", what, 1)?;
        }
        for (index, (input, what)) in self.inputs.aside.iter().enumerate() {
            let file = self.inputs.files.len() + self.inputs.ignored.len() + index;
            let (name, bytes) = (&input.name, input.bytes);
            let entry = FileEntry { name, kind: what, encoding: "", bytes, dialect: None, seconds: 0.0 };
            self.writer.file(file, &entry)?;
            self.writer.share(file, what, 1, bytes)?;
        }
        Ok(())
    }

    /// The last row was taken.
    pub(super) fn rows_end(&mut self) -> Result<()> {
        self.writer.rows_end()
    }

    /// The dress rehearsal wants to know how long each step takes.
    pub(super) fn step_done(&mut self, step: &'static str) {
        self.steps.push((step, self.since.elapsed().as_secs_f64()));
        self.since = Instant::now();
    }

    pub(super) fn follow(&mut self, messages: &Receiver<Message>, count: &AtomicU64, watch: &dyn Watch) -> Result<()> {
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
                self.parts.entry((file, id)).or_default();
                self.defs.insert(id, def);
            }
            Message::Changed { id, def } => {
                self.writer.change_table(id, &def)?;
                self.defs.insert(id, def);
            }
            Message::Gone { id } => {
                self.writer.drop_table(id)?;
                self.parts.retain(|(_, table), _| *table != id);
                if let Some(def) = self.defs.remove(&id) {
                    self.names.entry(def.name).or_default().retain(|d| *d != def.database);
                }
            }
            Message::Rows { file, id, batch } => {
                let before = self.writer.bytes();
                self.writer.insert(id, &batch)?;
                self.grow(file, self.writer.bytes() - before)?;
                self.parts.entry((file, id)).or_default().loaded += batch.rows() as u64;
                self.sums.rows += batch.rows() as u64;
            }
            Message::TooLong { file, id, at, batch, row } => {
                self.writer.reject_row(file, id, at, &batch, row)?;
                self.parts.entry((file, id)).or_default().rejected += 1;
                self.sums.rejects += 1;
            }
            Message::Note { file, table, note, form } => self.note(file, table, note, form.as_deref())?,
            Message::Broken { file, error } => self.broken(file, &error)?,
            Message::Done { file, encoding, dialect, bytes, shares, seconds } => {
                self.reading = file + 1;
                self.share_out(file, bytes, shares)?;
                let input = &self.inputs.files[file];
                for kind in input.endings() {
                    self.note(file, None, Note { table: None, at: snapshot::Position::default(), kind }, None)?;
                }
                self.writer.file(
                    file,
                    &FileEntry {
                        name: &input.name,
                        kind: &input.label(),
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

    /// Asks before a few bytes fill the disk.
    fn grow(&mut self, file: usize, bytes: u64) -> Result<()> {
        let Some(grown) = self.grown.as_mut().and_then(|files| files.get_mut(file)) else { return Ok(()) };
        *grown += bytes;
        let input = &self.inputs.files[file];
        let handed_over = input.handed_over();
        let limit = growth_limit(handed_over);
        if *grown > limit {
            return Err(Error::Growth { file: input.name.clone(), handed_over, limit, times: GROWTH });
        }
        Ok(())
    }

    /// Where the bytes of a file went. What belongs to nothing must not pass in silence.
    fn share_out(&mut self, file: usize, bytes: u64, shares: Vec<Share>) -> Result<()> {
        let accounted: u64 = shares.iter().map(|s| s.bytes).sum();
        if !shares.is_empty() && accounted != bytes {
            let text = format!("{accounted} of {bytes} bytes are accounted for: please report this file's shape");
            self.writer.note(Some(file), "warning", &text, 1)?;
        }
        for share in shares {
            match share.of {
                ShareOf::Table(id) if self.defs.contains_key(&id) => {
                    self.parts.entry((file, id)).or_default().bytes += share.bytes;
                }
                ShareOf::Table(_) => self.writer.share(file, "tables taken back", share.count, share.bytes)?,
                ShareOf::Class(class) => self.writer.share(file, &class, share.count, share.bytes)?,
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

    fn note(&mut self, file: usize, table: Option<usize>, note: Note, form: Option<&str>) -> Result<()> {
        let name = |id: usize| self.defs.get(&id).map_or("a table", |d| d.name.as_str());
        match note.kind {
            NoteKind::Reject { raw, reason } => {
                self.sums.rejects += 1;
                if let Some(id) = table {
                    self.parts.entry((file, id)).or_default().rejected += 1;
                }
                self.writer.reject(file, table, note.at, &reason, &raw, form)?;
                self.grow(file, raw.len() as u64)?;
            }
            NoteKind::Statement { kind, name } => {
                let entry = self.statements.entry((file, kind)).or_default();
                entry.0 += 1;
                entry.1.extend(name);
            }
            NoteKind::Odd { what, count } => {
                let place = table.map_or(String::new(), |id| format!("{}: ", name(id)));
                let s = if count == 1 { "" } else { "s" };
                self.writer.note(Some(file), "warning", &format!("{place}{what} ({count} value{s})"), count)?;
            }
            NoteKind::NotComparable { reason } => {
                if let Some(id) = table {
                    self.writer.not_comparable(id, &reason)?;
                }
            }
            NoteKind::Resolved => self.resolved.extend(table),
            NoteKind::Object { kind, name, text } => {
                self.writer.object(file, &kind, &name, &text)?;
                self.grow(file, text.len() as u64)?;
            }
            NoteKind::Warning { text } => {
                let place = table.map_or(String::new(), |id| format!("{}: ", name(id)));
                let text = format!("{place}{text}");
                self.writer.note(Some(file), "warning", &text, 1)?;
                let said = self.warnings.entry(file).or_default();
                if said.len() < 10 {
                    said.push(text);
                }
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
        self.writer.reject(file, None, at, &format!("the rest of the file cannot be read: {error}"), b"", None)?;
        self.writer.note(Some(file), "warning", &format!("it cannot be read to its end: {error}"), 1)?;
        let kind = input.label();
        let entry =
            FileEntry { name: &input.name, kind: &kind, encoding: "", bytes: byte, dialect: None, seconds: 0.0 };
        self.writer.file(file, &entry)
    }

    /// Without a profile, only the tables' sizes are known.
    pub(super) fn profile(
        &mut self,
        tallies: Vec<TableTally>,
        profile: bool,
        scratch: &mut File,
        watch: &dyn Watch,
    ) -> Result<()> {
        self.writer.views()?;
        self.writer.meta("profiled", if profile { "yes" } else { "no" })?;
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
            let columns = tally.conclude(if profile { self.writer.columns(*id) } else { 0 }, keyed, scratch).map_err(
                |source| Error::File {
                    what: "the profile could not be read back",
                    path: "profile.scratch".into(),
                    source,
                },
            )?;
            self.writer.profile(*id, rows, bytes, &columns)?;
            if self.resolved.contains(id) && self.writer.may_collide(*id)? {
                let reason = "rows come with INSERT IGNORE or REPLACE: those that collide on a key are all kept";
                self.writer.not_comparable(*id, reason)?;
            }
            if def.columns.iter().all(|c| c.declared_type.is_empty()) {
                self.writer.not_comparable(*id, "it did not come from a MySQL or MariaDB server")?;
            }
        }
        Ok(())
    }

    /// Why no file gave a table, file by file.
    fn without_tables(&self) -> Error {
        const NAMED: usize = 10;
        let why = |(file, input): (usize, &Input)| {
            let said = self.warnings.get(&file).into_iter().flatten().cloned();
            let statements = self.statements.range((file, String::new())..(file + 1, String::new()));
            let read =
                statements.map(|((_, kind), (count, _))| format!("{count} {kind}")).collect::<Vec<_>>().join(", ");
            let read = if read.is_empty() { None } else { Some(format!("it holds {read}")) };
            // What a reader itself says of its tables goes before what it counted.
            let all: Vec<String> = said.chain(read).take(NAMED).collect();
            let all = if all.is_empty() { "it holds no record".to_owned() } else { all.join("; ") };
            format!("{}: {all}", input.name)
        };
        let files: Vec<String> = self.inputs.files.iter().enumerate().take(NAMED).map(why).collect();
        let more = self.inputs.files.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(". And {more} more files") } else { String::new() };
        Error::refused(format!("no table was found: nothing was loaded. {}{more}", files.join(". ")))
    }

    pub(super) fn close(mut self) -> Result<Sums> {
        if self.defs.is_empty() {
            return Err(self.without_tables());
        }
        for ((file, kind), (count, mut names)) in std::mem::take(&mut self.statements) {
            names.truncate(20);
            let text = if names.is_empty() { kind } else { format!("{kind}: {}", names.join(", ")) };
            self.writer.note(Some(file), "statement", &text, count)?;
        }
        let has = |wanted: &str| self.defs.values().any(|d| d.database.as_deref() == Some(wanted));
        // Decisions attach to names: the database they were made in stays the one that goes without saying.
        let home = self.home.take().filter(|h| has(h)).or_else(|| self.first_database.take());
        self.writer.meta("home", home.as_deref().unwrap_or_default())?;
        for ((file, id), part) in std::mem::take(&mut self.parts) {
            self.writer.part(file, id, part.loaded, part.rejected, part.bytes)?;
        }
        self.sums.tables = self.defs.len() as u64;
        self.step_done("profile");
        for (step, seconds) in std::mem::take(&mut self.steps) {
            self.writer.step(step, seconds)?;
        }
        Ok(self.sums)
    }
}

/// Bytes that the rows of a file of this size may take.
fn growth_limit(handed_over: u64) -> u64 {
    GROWTH_FREE.max(handed_over.saturating_mul(GROWTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_may_grow_to_the_free_part_and_others_by_the_factor() {
        for (trap, handed_over, limit) in [
            ("a workbook of 110 KB", 110 << 10, 512 << 20),
            ("a packed dump of 10 MB", 10 << 20, 2000 << 20),
            ("no overflow", u64::MAX, u64::MAX),
        ] {
            assert_eq!(growth_limit(handed_over), limit, "{trap}");
        }
    }
}
