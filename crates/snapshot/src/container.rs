//! Files inside files: gzip and zip. Sizes come from what is read, never from what a header claims.

use std::io::{self, Read, Seek};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::event::{Error, Result};

/// More files than this in one archive are refused.
pub const ENTRY_LIMIT: usize = 100_000;
/// A workbook inside an archive is held in memory; larger ones must be unpacked first.
pub const HELD_LIMIT: u64 = 1 << 30;

/// Bytes behind a gzip wrapper, all members of it.
pub fn gunzip<R: Read>(inner: R) -> MultiGzDecoder<R> {
    MultiGzDecoder::new(inner)
}

/// A file in a zip archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub index: usize,
    pub name: String,
    /// As the archive claims.
    pub size: u64,
    pub encrypted: bool,
}

/// The files of an archive, without folders and the droppings of file browsers.
pub fn entries<R: Read + Seek>(archive: R) -> Result<Vec<Entry>> {
    let mut zip = open(archive)?;
    if zip.len() > ENTRY_LIMIT {
        return Err(Error::Limit(format!("the archive holds over {ENTRY_LIMIT} files: unpack what is needed")));
    }
    let mut found = Vec::new();
    for index in 0..zip.len() {
        let file = zip.by_index_raw(index).map_err(|e| unreadable(&e))?;
        let name = file.name().map_or_else(|_| format!("entry {index}"), |n| n.to_string());
        if file.is_dir() || name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") {
            continue;
        }
        found.push(Entry { index, name, size: file.size(), encrypted: file.encrypted() });
    }
    Ok(found)
}

/// Whether the archive is a workbook or an OpenDocument sheet.
pub fn is_workbook(entries: &[Entry]) -> bool {
    let has = |name: &str| entries.iter().any(|e| e.name == name);
    has("xl/workbook.xml") || has("xl/workbook.bin") || has("content.xml") && has("mimetype")
}

/// Hands the content of one entry to `with`.
pub fn read_entry<R: Read + Seek, T>(archive: R, index: usize, with: impl FnOnce(&mut dyn Read) -> T) -> Result<T> {
    let mut zip = open(archive)?;
    let mut file = zip.by_index(index).map_err(|e| unreadable(&e))?;
    Ok(with(&mut file))
}

/// An entry read on its own, for a reader that keeps it: the archive is opened for it alone.
pub fn entry_bytes<R: Read + Seek>(archive: R, index: usize) -> Result<Vec<u8>> {
    let held = read_entry(archive, index, |r| {
        let mut bytes = Vec::new();
        r.take(HELD_LIMIT + 1).read_to_end(&mut bytes).map(|_| bytes)
    })?
    .map_err(|source| Error::Io { byte: 0, source })?;
    if held.len() as u64 > HELD_LIMIT {
        return Err(Error::Limit(format!("a workbook inside an archive is over {HELD_LIMIT} bytes: unpack it first")));
    }
    Ok(held)
}

fn open<R: Read + Seek>(archive: R) -> Result<ZipArchive<R>> {
    ZipArchive::new(archive).map_err(|e| unreadable(&e))
}

fn unreadable(error: &zip::result::ZipError) -> Error {
    Error::Unreadable(format!("the zip archive cannot be read, it may be cut off: ask for it again ({error})"))
}

/// Counts what goes through it, for progress on packed files.
pub struct Counted<R> {
    inner: R,
    count: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl<R> Counted<R> {
    pub fn new(inner: R, count: std::sync::Arc<std::sync::atomic::AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(pos)
    }
}
