//! The entries of a table of contents, as they are written.

use std::io::{self, Read};

/// A table of contents holds statements, no rows: one beyond this is broken or hostile.
pub const LARGEST: u64 = 1 << 30;
/// The byte that says that everything is in one file.
pub const CUSTOM: u8 = 1;
const OLDEST: (u8, u8) = (1, 7);
const NEWEST: (u8, u8) = (1, 16);

/// An entry of the table.
#[derive(Debug, Default)]
pub struct Entry {
    pub id: i64,
    pub has_data: bool,
    pub tag: String,
    pub what: String,
    pub definition: Vec<u8>,
    pub copy: Vec<u8>,
    pub schema: String,
    pub file: String,
    /// Of its block, where that is known.
    pub offset: Option<u64>,
}

/// Where a table of contents is read.
pub struct At<R> {
    from: R,
    pub used: u64,
    /// Bytes of a number, without its sign, and of a place in the file.
    pub int: usize,
    offset: usize,
    pub version: (u8, u8),
    pub format: u8,
    /// How data is packed: 0 not at all, 1 zlib, 2 lz4, 3 zstd.
    pub packed: u8,
}

impl<R: Read> At<R> {
    pub fn start(from: R) -> Self {
        Self { from, used: 0, int: 4, offset: 8, version: (1, 0), format: 0, packed: 0 }
    }

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

    pub fn entries(&mut self) -> io::Result<Vec<Entry>> {
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
pub fn signed(bytes: &[u8]) -> Option<i64> {
    let (sign, digits) = bytes.split_first()?;
    let number = digits.iter().take(8).rev().fold(0_u64, |n, b| n << 8 | u64::from(*b));
    let number = i64::try_from(number).ok()?;
    Some(if *sign == 0 { number } else { -number })
}
