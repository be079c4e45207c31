//! The blocks of a dump in one file (`pg_dump --format=custom`): the rows of a table, or large objects, in chunks.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use super::entries::{At, Entry, signed};
use crate::container::Packing;

/// Where the blocks are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// Bytes of a number, without its sign.
    int: usize,
    /// After the table of contents.
    first: u64,
    /// By the entry's number: its file's name, whether it holds large objects, its place if the table says it.
    entries: HashMap<i64, (String, bool, Option<u64>)>,
    /// How chunks are packed; `Err`: in a way that is not read here, by its name.
    pub packing: Result<Option<Packing>, &'static str>,
}

/// What would be a file of its own in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// As `pg_dump` would call the file.
    pub name: String,
    /// Of its first chunk.
    pub offset: u64,
}

impl Blocks {
    pub(super) fn of<R>(at: &At<R>, entries: &[Entry]) -> Self {
        let packing = match at.packed {
            0 => Ok(None),
            1 => Ok(Some(Packing::Zlib)),
            3 => Ok(Some(Packing::Zstd)),
            _ => Err("lz4"),
        };
        let with_data = entries.iter().filter(|e| e.has_data);
        let entries = with_data.map(|e| (e.id, (e.file.clone(), e.what == "BLOBS", e.offset))).collect();
        Self { int: at.int, first: at.used, entries, packing }
    }

    /// Bytes of a number in front of a chunk.
    pub fn int(&self) -> usize {
        self.int
    }

    /// Finds the blocks in the file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or ends within a block: what was found before is in the first of the answers.
    pub fn find<R: Read + Seek>(&self, mut file: R) -> (Vec<Block>, io::Result<()>) {
        let mut found = Vec::new();
        let walked = self.walk(&mut file, &mut found);
        (found, walked)
    }

    fn walk<R: Read + Seek>(&self, file: &mut R, found: &mut Vec<Block>) -> io::Result<()> {
        let all_known = self.entries.values().all(|(_, _, place)| place.is_some());
        if all_known {
            let mut places: Vec<u64> = self.entries.values().filter_map(|(_, _, place)| *place).collect();
            places.sort_unstable();
            for place in places {
                file.seek(SeekFrom::Start(place))?;
                self.block(file, found, false)?;
            }
            return Ok(());
        }
        // Written into a pipe, it does not say where its blocks are.
        file.seek(SeekFrom::Start(self.first))?;
        while self.block(file, found, true)? {}
        Ok(())
    }

    /// Reads a block's head, and the heads of what is in it; false at the end of the file. `over`: to its end.
    fn block<R: Read + Seek>(&self, file: &mut R, found: &mut Vec<Block>, over: bool) -> io::Result<bool> {
        let mut kind = [0];
        if file.read(&mut kind)? == 0 {
            return Ok(false);
        }
        let id = self.number(file)?;
        match kind[0] {
            1 => {
                let name = self.entries.get(&id).map_or_else(|| format!("{id}.dat"), |(name, _, _)| name.clone());
                found.push(Block { name, offset: file.stream_position()? });
                if over {
                    self.skip(file)?;
                }
            }
            2 | 3 => loop {
                let oid = self.number(file)?;
                if oid == 0 {
                    break;
                }
                found.push(Block { name: format!("blob_{oid}.dat"), offset: file.stream_position()? });
                self.skip(file)?;
            },
            _ => return Err(io::Error::other("a block of it is of a kind that is not known")),
        }
        Ok(true)
    }

    fn skip<R: Read + Seek>(&self, file: &mut R) -> io::Result<()> {
        loop {
            match self.number(file)? {
                0 => return Ok(()),
                length if length > 0 => file.seek_relative(length)?,
                _ => return Err(io::Error::other("the length of a block makes no sense")),
            }
        }
    }

    fn number<R: Read>(&self, file: &mut R) -> io::Result<i64> {
        let mut bytes = vec![0; self.int + 1];
        file.read_exact(&mut bytes)?;
        signed(&bytes).ok_or_else(|| io::Error::other("a number of it makes no sense"))
    }
}

/// The bytes of a block's chunks, one after the other.
pub struct Chunks<R> {
    inner: R,
    int: usize,
    /// Of the chunk that is being read.
    left: u64,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    /// `inner` begins with the first chunk, whose length has `int` bytes after its sign.
    pub fn new(inner: R, int: usize) -> Self {
        Self { inner, int, left: 0, ended: false }
    }
}

impl<R: Read> Read for Chunks<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        while self.left == 0 && !self.ended {
            let mut bytes = vec![0; self.int + 1];
            self.inner.read_exact(&mut bytes)?;
            let length = signed(&bytes).and_then(|n| u64::try_from(n).ok());
            self.left = length.ok_or_else(|| io::Error::other("the length of a chunk makes no sense"))?;
            self.ended = self.left == 0;
        }
        if self.ended {
            return Ok(0);
        }
        let want = buf.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let n = self.inner.read(&mut buf[..want])?;
        if n == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the dump ends within a chunk"));
        }
        self.left -= n as u64;
        Ok(n)
    }
}
