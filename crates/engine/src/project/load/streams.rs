//! Opens the inputs: bytes out of files, gzip and zip, counted for progress, and the reader that fits them.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, sync_channel};

use snapshot::container::{Counted, HELD_LIMIT, entry_bytes, gunzip, read_entry};
use snapshot::delimited::{Delimited, DialectChoice, survey};
use snapshot::mysqldump::Mysqldump;
use snapshot::recognise::{HEAD, Kind};
use snapshot::spreadsheet::{SheetChoice, Spreadsheet};
use snapshot::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};
use snapshot::{Error, Reader, Result};

use super::inputs::{Input, Wrap};

pub(super) type Stream = Box<dyn Read + Send>;

/// The reader for an input; `count` goes up with the bytes taken from the disk (or out of the archive).
pub fn reader(input: &Input, count: &Arc<AtomicU64>) -> Result<Box<dyn Reader>> {
    let stem = stem(&input.name);
    match input.kind {
        Kind::Spreadsheet => {
            let workbook = io::Cursor::new(whole(input, count)?);
            Ok(Box::new(Spreadsheet::new(workbook, &stem, &SheetChoice::default())?))
        }
        Kind::Delimited => {
            let about = survey(open(input, None)?, &DialectChoice::default())?;
            Ok(Box::new(Delimited::new(open(input, Some(count))?, &stem, about)?))
        }
        _ => Ok(Box::new(Mysqldump::new(script(input, Some(count))?))),
    }
}

/// A script as UTF-8, or as whatever its settings say where it is not UTF-16.
pub(super) fn script(input: &Input, count: Option<&Arc<AtomicU64>>) -> Result<Stream> {
    let mut head = Vec::new();
    open(input, None)?.take(HEAD as u64).read_to_end(&mut head).map_err(at_start)?;
    let wide = byte_order_mark(&head).or_else(|| unmarked_wide(&head).map(|w| (w, 0)));
    let mut stream = open(input, count)?;
    match wide {
        Some((encoding, mark)) if !is_utf8(encoding) => {
            stream.read_exact(&mut vec![0; mark]).map_err(at_start)?;
            Ok(Box::new(Utf8Stream::new(stream, encoding)))
        }
        _ => Ok(stream),
    }
}

fn is_utf8(encoding: Wide) -> bool {
    encoding.name() == "UTF-8"
}

fn at_start(source: io::Error) -> Error {
    Error::Io { byte: 0, source }
}

/// What the table of a file without names of its own is called.
fn stem(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let file = file.strip_suffix(".gz").unwrap_or(file);
    Path::new(file).file_stem().map_or_else(|| file.to_owned(), |s| s.to_string_lossy().into_owned())
}

/// The bytes of an input, unpacked.
pub fn open(input: &Input, count: Option<&Arc<AtomicU64>>) -> Result<Stream> {
    let counted = |stream: Stream| -> Stream {
        match count {
            Some(count) => Box::new(Counted::new(stream, Arc::clone(count))),
            None => stream,
        }
    };
    let file = File::open(&input.path).map_err(at_start)?;
    Ok(match input.wrap {
        Wrap::Plain => counted(Box::new(file)),
        Wrap::Gzip => Box::new(gunzip(BufReader::with_capacity(256 << 10, counted(Box::new(file))))),
        Wrap::Zip(index) => counted(Box::new(Unpacked::start(file, index))),
    })
}

/// The whole of a workbook, which is read at random.
fn whole(input: &Input, count: &Arc<AtomicU64>) -> Result<Vec<u8>> {
    if let Wrap::Zip(index) = input.wrap {
        return entry_bytes(File::open(&input.path).map_err(at_start)?, index);
    }
    let mut bytes = Vec::new();
    open(input, Some(count))?.take(HELD_LIMIT + 1).read_to_end(&mut bytes).map_err(at_start)?;
    if bytes.len() as u64 > HELD_LIMIT {
        return Err(Error::Limit(format!("a workbook of over {HELD_LIMIT} bytes is not read: ask for delimited text")));
    }
    Ok(bytes)
}

/// An entry of an archive, unpacked by a thread of its own, because it borrows the archive.
struct Unpacked {
    parts: Receiver<io::Result<Vec<u8>>>,
    part: Vec<u8>,
    at: usize,
}

impl Unpacked {
    fn start(archive: File, index: usize) -> Self {
        let (send, parts) = sync_channel(4);
        std::thread::spawn(move || {
            let done = read_entry(archive, index, |from| {
                loop {
                    let mut part = Vec::with_capacity(256 << 10);
                    let got = from.take(256 << 10).read_to_end(&mut part);
                    let ended = matches!(got, Ok(0));
                    // Nobody listens any more: the load was stopped.
                    if ended || send.send(got.map(|_| part)).is_err() {
                        return;
                    }
                }
            });
            if let Err(e) = done {
                let _ = send.send(Err(io::Error::other(e.to_string())));
            }
        });
        Self { parts, part: Vec::new(), at: 0 }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.at == self.part.len() {
            match self.parts.recv() {
                Ok(part) => self.part = part?,
                Err(_) => return Ok(0),
            }
            self.at = 0;
        }
        let n = buf.len().min(self.part.len() - self.at);
        buf[..n].copy_from_slice(&self.part[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
