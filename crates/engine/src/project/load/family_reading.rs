//! Reads the files of a family one after the other, with those that they name.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use snapshot::mysqldump::{Mysqldump, RowSource};
use snapshot::recognise::Kind;

use super::choice;
use super::families::{find_rows, find_sourced};
use super::family::{Family, Member, Part};
use super::input::{Input, last};
use super::postgres_reading;
use super::reading::{Asks, Halt, Reading};
use super::streams::{self, Stream};

/// Files named by `source` lines, one within another.
const DEEPEST: usize = 16;

/// Reads the members of a family, one after the other, and what they name.
pub struct FamilyReading<'a> {
    files: &'a [Input],
    count: &'a Arc<AtomicU64>,
    ids: Vec<usize>,
    reader: Option<Mysqldump<Stream>>,
    /// Files that were read, of this family or of one before it.
    read: &'a mut Vec<usize>,
}

impl<'a> FamilyReading<'a> {
    pub fn new(files: &'a [Input], count: &'a Arc<AtomicU64>, read: &'a mut Vec<usize>) -> Self {
        Self { files, count, ids: Vec::new(), reader: None, read }
    }

    /// `None`: nobody listens any more.
    pub fn read(mut self, family: &Family, reading: &mut Reading) -> Option<()> {
        if let Some(first) = family.members.first().filter(|m| self.files[m.file].kind == Kind::PostgresContents) {
            let parts = family.members[1..].iter().map(|m| m.file).collect();
            return postgres_reading::read(self.files, first.file, parts, self.count, reading);
        }
        for text in &family.told {
            reading.warn(family.members[0].file, text.clone())?;
        }
        for member in &family.members {
            if self.read.contains(&member.file) {
                continue;
            }
            self.read.push(member.file);
            let input = &self.files[member.file];
            if input.kind != Kind::Sql && member.part == Part::Whole {
                reading.read(member.file, input)?;
                continue;
            }
            // Rows may hold any bytes: they are not looked at for UTF-16.
            let stream = match member.part {
                Part::Whole => streams::script(input, Some(self.count)),
                _ => streams::open(input, Some(self.count)),
            };
            match stream {
                Err(error) => reading.broken(member.file, error)?,
                Ok(stream) => self.read_member(member, stream, reading)?,
            }
        }
        Some(())
    }

    fn read_member(&mut self, member: &Member, stream: Stream, reading: &mut Reading) -> Option<()> {
        let taken = match (&member.part, &mut self.reader) {
            (Part::Whole, Some(reader)) => {
                reader.go_on(stream, member.database.clone());
                true
            }
            (Part::Whole, None) => {
                self.reader = Some(Mysqldump::new(stream).in_database(member.database.clone()));
                true
            }
            (Part::RowsBeside, reader) => {
                let said = choice::rows(&self.files[member.file].choice);
                match reader.as_mut().map(|r| r.go_on_with_rows(stream, &said)) {
                    Some(Err(error)) => return reading.broken(member.file, error),
                    Some(Ok(taken)) => taken,
                    None => false,
                }
            }
            (Part::RowsOf(source), reader) => {
                let reader = reader.get_or_insert_with(|| Mysqldump::new(Box::new(std::io::empty())));
                let format = match choice::rows(&self.files[member.file].choice).over(source.format.clone()) {
                    Ok(format) => format,
                    Err(error) => return reading.broken(member.file, error),
                };
                reader.go_on_with_rows_of(stream, &RowSource { format, ..(**source).clone() })
            }
        };
        if !taken {
            // Not what it looked like: text of its own.
            return reading.read(member.file, &self.files[member.file]);
        }
        self.follow(member.file, reading)
    }

    /// To the end of the file, and of those it names.
    fn follow(&mut self, file: usize, reading: &mut Reading) -> Option<()> {
        let mut reader = self.reader.take()?;
        let mut open = vec![(file, Instant::now())];
        while let Some((file, started)) = open.last().copied() {
            match reading.follow(file, &mut reader, &mut self.ids)? {
                Halt::Asks(Asks::Script(name)) => {
                    let found = find_sourced(self.files, file, &name);
                    let Some(next) = found.filter(|f| open.len() < DEEPEST && !self.read.contains(f)) else {
                        let known = found.is_some();
                        reading.warn(file, sourced_in_vain(&name, known))?;
                        continue;
                    };
                    self.read.push(next);
                    match streams::script(&self.files[next], Some(self.count)) {
                        Err(error) => reading.broken(next, error)?,
                        Ok(stream) => {
                            reader.enter(stream);
                            open.push((next, Instant::now()));
                        }
                    }
                    continue;
                }
                Halt::Asks(Asks::Rows(name)) => {
                    let found = find_rows(self.files, file, &name).filter(|f| !self.read.contains(f));
                    let opened = found.map(|next| (next, streams::open(&self.files[next], Some(self.count))));
                    match opened {
                        None => {
                            reader.without_rows();
                            reading.warn(file, rows_in_vain(&name))?;
                        }
                        Some((next, Err(error))) => {
                            reader.without_rows();
                            reading.broken(next, error)?;
                        }
                        Some((next, Ok(stream))) => {
                            self.read.push(next);
                            reader.enter_rows(stream);
                            open.push((next, Instant::now()));
                        }
                    }
                    continue;
                }
                Halt::Ended => reading.done(file, &reader, &self.ids, started)?,
            }
            open.pop();
            reader.leave();
        }
        self.reader = Some(reader);
        Some(())
    }
}

fn rows_in_vain(name: &str) -> String {
    let name = last(name);
    format!(
        "LOAD DATA reads the rows of a table from {name}, and no such file was given, or it was read before: ask for it"
    )
}

fn sourced_in_vain(name: &str, known: bool) -> String {
    if known {
        format!("it names {name}, which was read before: it is not read again")
    } else {
        format!("it names {name} in a source line, and no such file was given: ask for it")
    }
}
