//! What `pg_dump` writes in its own formats: a table of contents with every statement, and the rows of each table and the
//! content of each large object by themselves: as files of a directory or a tar archive, or as blocks behind the table.
//! The format is that of PostgreSQL's `pg_backup_archiver.c`.

mod blocks;

use std::io::{self, Read};

pub use blocks::{Block, Blocks, Chunks};

use super::Postgres;
use crate::event::{Error, Position, Result};
use crate::script::tape::Tape;
use crate::script::{Dialect, Followed, Reading};

/// A table of contents holds statements, no rows: one beyond this is broken or hostile.
const LARGEST: u64 = 1 << 30;
/// The byte that says that everything is in one file.
const CUSTOM: u8 = 1;
const OLDEST: (u8, u8) = (1, 7);
const NEWEST: (u8, u8) = (1, 16);

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
    /// Lines behind this `COPY` statement; statements where it is blank.
    Rows { of: String, copy: Vec<u8> },
    /// A list of large objects: [`large_objects`] reads it.
    LargeObjects,
}

/// An entry of the table.
#[derive(Debug, Default)]
struct Entry {
    id: i64,
    has_data: bool,
    tag: String,
    what: String,
    definition: Vec<u8>,
    copy: Vec<u8>,
    schema: String,
    file: String,
    /// Of its block, where that is known.
    offset: Option<u64>,
}

impl Contents {
    /// # Errors
    ///
    /// The file is none, or cut off, or of a version that is not known.
    pub fn read(from: impl Read) -> Result<Self> {
        let mut at = At { from, used: 0, int: 4, offset: 8, version: (1, 0), format: 0, packed: 0 };
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

/// Where a table of contents is read.
struct At<R> {
    from: R,
    used: u64,
    /// Bytes of a number, without its sign, and of a place in the file.
    int: usize,
    offset: usize,
    version: (u8, u8),
    format: u8,
    /// How data is packed: 0 not at all, 1 zlib, 2 lz4, 3 zstd.
    packed: u8,
}

impl<R: Read> At<R> {
    fn take(&mut self, n: u64) -> io::Result<Vec<u8>> {
        let mut taken = Vec::new();
        if n > LARGEST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (&mut self.from).take(n).read_to_end(&mut taken)?;
        self.used += taken.len() as u64;
        if (taken.len() as u64) < n { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(taken) }
    }

    fn byte(&mut self) -> io::Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// A sign, then the number, its lowest byte first.
    fn int(&mut self) -> io::Result<i64> {
        let bytes = self.take(self.int as u64 + 1)?;
        signed(&bytes).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// In the encoding of the database; blank where there is none.
    fn text(&mut self) -> io::Result<Vec<u8>> {
        let length = self.int()?;
        self.take(u64::try_from(length).unwrap_or(0))
    }

    fn name(&mut self) -> io::Result<String> {
        self.text().map(|name| String::from_utf8_lossy(&name).into_owned())
    }

    fn entries(&mut self) -> io::Result<Vec<Entry>> {
        self.header()?;
        let count = self.int()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(self.entry()?);
            if self.used > LARGEST {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(entries)
    }

    fn header(&mut self) -> io::Result<()> {
        if self.take(5)? != b"PGDMP" {
            return Err(io::Error::other("it is no table of contents of a PostgreSQL archive"));
        }
        self.version = (self.byte()?, self.byte()?);
        if self.version < OLDEST || self.version > NEWEST {
            let (major, minor) = self.version;
            return Err(io::Error::other(format!(
                "it is a PostgreSQL archive of version {major}.{minor}, which is not known here: ask for a plain dump \
                 (pg_dump --format=plain), or run pg_restore --file=dump.sql"
            )));
        }
        self.byte()?;
        (self.int, self.offset) = (usize::from(self.byte()?), usize::from(self.byte()?));
        self.format = self.byte()?;
        if !(1..=32).contains(&self.int) || !(1..=32).contains(&self.offset) || ![CUSTOM, 3, 5].contains(&self.format) {
            return Err(io::Error::other("it is a PostgreSQL archive of a form that is not known"));
        }
        self.packed = if self.version >= (1, 15) { self.byte()? } else { u8::from(self.int()? != 0) };
        // When it was made.
        for _ in 0..7 {
            self.int()?;
        }
        self.text()?;
        if self.version >= (1, 10) {
            self.text()?;
            self.text()?;
        }
        Ok(())
    }

    fn entry(&mut self) -> io::Result<Entry> {
        let mut entry = Entry { id: self.int()?, has_data: self.int()? != 0, ..Entry::default() };
        if self.version >= (1, 8) {
            self.text()?;
        }
        self.text()?;
        entry.tag = self.name()?;
        entry.what = self.name()?;
        if self.version >= (1, 11) {
            self.int()?;
        }
        entry.definition = self.text()?;
        self.text()?;
        entry.copy = self.text()?;
        entry.schema = self.name()?;
        if self.version >= (1, 10) {
            self.text()?;
        }
        if self.version >= (1, 14) {
            self.text()?;
        }
        if self.version >= (1, 16) {
            self.int()?;
        }
        self.text()?;
        if self.version >= (1, 9) {
            self.text()?;
        }
        // Entries it depends on, up to one that is none.
        while !self.text()?.is_empty() {}
        if self.format == CUSTOM {
            let known = self.byte()? == 2;
            let place = self.take(self.offset as u64)?;
            let place = place.iter().take(8).rev().fold(0, |n, b| n << 8 | u64::from(*b));
            entry.offset = known.then_some(place);
            entry.file = format!("{}.dat", entry.id);
        } else {
            entry.file = self.name()?;
        }
        if entry.id <= 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(entry)
    }
}

/// A sign and a number.
fn signed(bytes: &[u8]) -> Option<i64> {
    let (sign, digits) = bytes.split_first()?;
    let number = digits.iter().take(8).rev().fold(0_u64, |n, b| n << 8 | u64::from(*b));
    let number = i64::try_from(number).ok()?;
    Some(if *sign == 0 { number } else { -number })
}

impl<R: Read> Postgres<R> {
    /// Reads the statements of an archive, which [`Contents::script`] gives; `last`: it has no parts.
    pub fn of_archive(inner: R, last: bool) -> Self {
        let mut reader = Self::new(inner);
        reader.script.more_to_come = !last;
        reader.script.tape.stands_for_another();
        reader
    }

    /// Goes on with the rows of a table, which stand in a file of their own; `last`: no part follows it.
    pub fn go_on_with_rows(&mut self, copy: &[u8], inner: R, last: bool) {
        let (dialect, schema) = self.script.parts();
        let statement = copy.trim_ascii();
        let statement = statement.strip_suffix(b";").unwrap_or(statement);
        let reading = match dialect.follow(statement, Position::default(), schema) {
            Followed::Lines(rows) if !statement.is_empty() => Reading::Lines(rows),
            _ => Reading::Statements,
        };
        self.script.go_on(Tape::as_is(inner), reading, last);
    }

    /// Goes on with a large object, whose content is a file of its own.
    pub fn go_on_with_large_object(&mut self, oid: u32, inner: R, last: bool) {
        let (dialect, schema) = self.script.parts();
        let reading = match dialect.large_objects.open(oid, schema) {
            Followed::PartOfRow(table) => Reading::Raw(table),
            _ => Reading::Statements,
        };
        self.script.go_on(Tape::as_is(inner), reading, last);
    }
}

#[cfg(test)]
mod tests;
