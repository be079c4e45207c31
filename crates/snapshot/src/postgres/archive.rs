//! What `pg_dump` writes in its own formats: a table of contents with every statement, and the rows of each table and the
//! content of each large object by themselves: as files of a directory or a tar archive, or as blocks after the table.
//! The format is that of PostgreSQL's `pg_backup_archiver.c`.

mod blocks;
mod entries;

use std::io::{self, Read};

pub use blocks::{Block, Blocks, Chunks};

use super::Postgres;
use crate::event::{Error, Position, Result};
use crate::script::tape::Tape;
use crate::script::{Dialect, Followed, Reading};
use entries::{At, CUSTOM, Entry, LARGEST};

/// What comes in which form, as the archive's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One file with everything in it.
    Custom,
    /// A tar archive or a directory.
    Files,
}

/// The format of the archive whose file begins so; `None` where it is none.
pub fn format(head: &[u8]) -> Option<Format> {
    let rest = head.strip_prefix(b"PGDMP")?;
    match *rest.get(5)? {
        CUSTOM => Some(Format::Custom),
        3 | 5 => Some(Format::Files),
        _ => None,
    }
}

/// The table of contents of a tar archive or a directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// All statements but those with rows.
    script: Vec<u8>,
    pub parts: Vec<Part>,
    /// Of the file it was read from.
    pub bytes: u64,
    /// Of a dump in one file: where its blocks are.
    pub blocks: Option<Blocks>,
}

/// A file beside the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name, without the ending of a packing.
    pub file: String,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Lines after this `COPY` statement; statements where it is blank.
    Rows { of: String, copy: Vec<u8> },
    /// A list of large objects: [`large_objects`] reads it.
    LargeObjects,
}

impl Contents {
    /// # Errors
    ///
    /// The file is none, or cut off, or of a version that is not known.
    pub fn read(from: impl Read) -> Result<Self> {
        let mut at = At::start(from);
        let entries = at.entries().map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => Error::Unreadable(format!(
                "the table of contents of the dump is cut off or damaged at byte {}: ask for the dump again",
                at.used
            )),
            io::ErrorKind::Other => Error::Unreadable(e.to_string()),
            _ => Error::Io { byte: at.used, source: e },
        })?;
        let custom = at.format == CUSTOM;
        let blocks = custom.then(|| Blocks::of(&at, &entries));
        let mut contents = Self { bytes: at.used, blocks, ..Self::default() };
        let mut current = String::new();
        for entry in entries {
            contents.add(entry, at.version, &mut current);
        }
        Ok(contents)
    }

    /// The statements, for [`Postgres::of_archive`].
    pub fn script(&self) -> &[u8] {
        &self.script
    }

    fn add(&mut self, entry: Entry, version: (u8, u8), current: &mut String) {
        if entry.has_data {
            let part = if entry.what == "BLOBS" {
                // Before version 1.16 there was one list, whatever the entry calls it.
                let file = if version < (1, 16) { "blobs.toc".to_owned() } else { entry.file };
                Part { file, what: What::LargeObjects }
            } else {
                let of = if entry.schema.is_empty() { entry.tag } else { format!("{}.{}", entry.schema, entry.tag) };
                Part { file: entry.file, what: What::Rows { of, copy: entry.copy } }
            };
            self.parts.push(part);
            return;
        }
        // A list of numbers, which the list of large objects gives as well.
        if entry.what == "BLOB METADATA" || entry.definition.trim_ascii().is_empty() || entry.what.ends_with("ACL") {
            return;
        }
        // Older statements leave out the schema they stand in.
        if version < (1, 13) && !entry.schema.is_empty() && entry.schema != *current {
            let quoted = entry.schema.replace('"', "\"\"");
            self.script.extend_from_slice(format!("SET search_path = \"{quoted}\", pg_catalog;\n").as_bytes());
            *current = entry.schema;
        }
        self.script.extend_from_slice(&entry.definition);
        self.script.extend_from_slice(b"\n");
    }
}

/// The large objects that a list (`blobs.toc`) names: their numbers and the files they are in.
///
/// # Errors
///
/// The list cannot be read.
pub fn large_objects(list: impl Read) -> Result<Vec<(u32, String)>> {
    let mut text = String::new();
    list.take(LARGEST).read_to_string(&mut text).map_err(|source| Error::Io { byte: 0, source })?;
    let named = text.lines().filter_map(|line| {
        let (oid, file) = line.trim().split_once(' ')?;
        Some((oid.parse().ok()?, file.trim().to_owned()))
    });
    Ok(named.collect())
}

impl<R: Read> Postgres<R> {
    /// Reads the statements of an archive, which [`Contents::script`] gives; `last`: it has no parts.
    pub fn of_archive(inner: R, last: bool) -> Self {
        let mut reader = Self::new(inner);
        reader.more_to_come = !last;
        reader.tape.stands_for_another();
        reader
    }

    /// Goes on with the rows of a table, which stand in a file of their own; `last`: no part follows it.
    pub fn go_on_with_rows(&mut self, copy: &[u8], inner: R, last: bool) {
        let statement = copy.trim_ascii();
        let statement = statement.strip_suffix(b";").unwrap_or(statement);
        let reading = match self.dialect.follow(statement, Position::default(), &mut self.schema) {
            Followed::Lines(rows) if !statement.is_empty() => Reading::Lines(rows),
            _ => Reading::Statements,
        };
        self.turn_to(Tape::as_is(inner), reading);
        self.more_to_come = !last;
    }

    /// Goes on with a large object, whose content is a file of its own.
    pub fn go_on_with_large_object(&mut self, oid: u32, inner: R, last: bool) {
        let reading = match self.dialect.large_objects.open(oid, &mut self.schema) {
            Followed::PartOfRow(table) => Reading::Raw(table),
            _ => Reading::Statements,
        };
        self.turn_to(Tape::as_is(inner), reading);
        self.more_to_come = !last;
    }
}

#[cfg(test)]
mod tests;
