//! Where the bytes of an input are: a file on the disk, and what it is wrapped in.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

use snapshot::container::zip::read_entry;
use snapshot::container::{Bounded, Break, Counted, Exactly, Packed, Packing, Salvaged, unpack};
use snapshot::postgres::archive::Chunks;
use tempfile::{NamedTempFile, TempPath};

use super::secret::Secret;
use crate::disk;

pub type Stream = Box<dyn Read + Send>;

const PART: usize = 256 << 10;

/// One wrapping around bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layer {
    Packed(Packing),
    /// An entry of a zip archive, which lies on the disk as a file of its own.
    Zip {
        index: usize,
        packed: u64,
        password: Option<Secret>,
    },
    /// A stretch of a tar archive.
    Tar {
        offset: u64,
        size: u64,
    },
    /// Chunks in a PostgreSQL dump, which lies on the disk as a file of its own.
    Chunks {
        offset: u64,
        int: usize,
    },
}

/// A file on the disk, and the layers to go through, the outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub path: PathBuf,
    pub layers: Vec<Layer>,
    /// Bytes it was packed in, where it was unpacked to the disk for the load.
    pub unpacked_from: Option<u64>,
    /// Where files may be unpacked to for as long as the load lasts.
    scratch: Arc<Path>,
}

impl Place {
    pub fn new(path: &Path, scratch: &Arc<Path>) -> Self {
        Self { path: path.to_path_buf(), layers: Vec::new(), unpacked_from: None, scratch: Arc::clone(scratch) }
    }

    pub fn within(&self, layer: Layer) -> Self {
        let mut place = self.clone();
        place.layers.push(layer);
        place
    }

    /// Whether the bytes are a file on the disk as they are.
    pub fn is_plain(&self) -> bool {
        self.layers.is_empty()
    }

    /// Whether the last layer is a packing of one file.
    pub fn is_packed(&self) -> bool {
        matches!(self.layers.last(), Some(Layer::Packed(_)))
    }

    /// Bytes that it was packed in, where something packs it: of the last archive that says so, else of the whole file.
    pub fn packed(&self) -> Option<u64> {
        let wrapped = self.layers.iter().any(|layer| matches!(layer, Layer::Packed(_) | Layer::Zip { .. }));
        let said = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Zip { packed, .. } => Some(*packed),
            _ => None,
        });
        said.or(self.unpacked_from)
            .or_else(|| std::fs::metadata(&self.path).map(|about| about.len()).ok().filter(|_| wrapped))
    }

    /// How the wrapping is called: "gzip in zip".
    pub fn label(&self) -> String {
        let word = |layer: &Layer| match layer {
            Layer::Packed(packing) => packing.label(),
            Layer::Zip { .. } => "zip",
            Layer::Tar { .. } => "tar",
            Layer::Chunks { .. } => "custom dump",
        };
        self.layers.iter().rev().map(word).collect::<Vec<_>>().join(" in ")
    }

    /// The bytes from front to back. Where they break, the stream ends and `broken` keeps why. `count` goes up with what
    /// is taken from the innermost file whose size is known.
    pub fn open(&self, count: Option<&Arc<AtomicU64>>, broken: &Arc<Break>) -> io::Result<Stream> {
        let sized = self.layers.iter().rposition(|l| !matches!(l, Layer::Packed(_))).map_or(0, |at| at + 1);
        let counted = |depth: usize, stream: Stream| match count {
            Some(count) if depth == sized => Box::new(Counted::new(stream, Arc::clone(count))),
            _ => stream,
        };
        let mut stream = counted(0, Box::new(File::open(&self.path)?));
        for (depth, layer) in self.layers.iter().enumerate() {
            stream = counted(depth + 1, self.through(depth, layer, stream, broken)?);
        }
        Ok(Box::new(Salvaged::new(stream, Arc::clone(broken))))
    }

    fn through(&self, depth: usize, layer: &Layer, mut stream: Stream, broken: &Arc<Break>) -> io::Result<Stream> {
        Ok(match layer {
            Layer::Packed(packing) => {
                let taken = Arc::new(AtomicU64::new(0));
                let packed = Box::new(Counted::new(stream, Arc::clone(&taken)));
                Box::new(Bounded::new(
                    unpack(*packing, packed, broken)?,
                    Packed::Read(taken),
                    disk::free(&self.scratch),
                ))
            }
            Layer::Zip { index, packed, password } => {
                let entry = Unpacked::start(File::open(&self.path)?, *index, password.clone());
                Box::new(Bounded::new(entry, Packed::Known(*packed), disk::free(&self.scratch)))
            }
            Layer::Chunks { offset, int } => {
                let mut file = File::open(&self.path)?;
                file.seek(SeekFrom::Start(*offset))?;
                Box::new(Chunks::new(BufReader::with_capacity(PART, file), *int))
            }
            Layer::Tar { offset, size } if depth == 0 => {
                let mut file = File::open(&self.path)?;
                file.seek(SeekFrom::Start(*offset))?;
                Box::new(Exactly::new(BufReader::with_capacity(PART, file), *size))
            }
            Layer::Tar { offset, size } => {
                io::copy(&mut stream.by_ref().take(*offset), &mut io::sink())?;
                Box::new(Exactly::new(stream, *size))
            }
        })
    }

    pub fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Writes the bytes to a file of their own. It is removed when the answer is dropped. `on` is asked often whether to
    /// go on. Bytes that break are an error: a database that is cut off is not to be trusted.
    pub fn unpack(&self, on: &dyn Fn() -> bool) -> io::Result<TempPath> {
        disk::make_folder(&self.scratch)?;
        let mut to = NamedTempFile::with_prefix_in("unpacked-", &self.scratch)?;
        let broken = Arc::new(Break::default());
        let mut from = self.open(None, &broken)?;
        while io::copy(&mut from.by_ref().take(16 << 20), &mut to)? > 0 {
            if !on() {
                return Err(io::Error::new(io::ErrorKind::Interrupted, "stopped on request"));
            }
        }
        match broken.why() {
            Some((byte, why)) => Err(io::Error::other(format!("it breaks off at byte {byte}: {why}"))),
            None => Ok(to.into_temp_path()),
        }
    }
}

/// An entry of an archive, unpacked by a thread of its own, because it borrows the archive.
struct Unpacked {
    parts: Receiver<io::Result<Vec<u8>>>,
    thread: Option<JoinHandle<()>>,
    part: Vec<u8>,
    at: usize,
}

impl Unpacked {
    fn start(archive: File, index: usize, password: Option<Secret>) -> Self {
        let (send, parts) = sync_channel(4);
        let work = move || {
            let password = password.as_ref().map(|p| p.text().as_bytes());
            let done = read_entry(BufReader::new(archive), index, password, |from| {
                loop {
                    let mut part = Vec::with_capacity(PART);
                    let got = from.take(PART as u64).read_to_end(&mut part);
                    let ended = part.is_empty();
                    // What came before an error is sound. Where nobody listens any more, the load was stopped.
                    if !ended && send.send(Ok(part)).is_err() {
                        return;
                    }
                    if let Err(e) = got {
                        let _ = send.send(Err(e));
                        return;
                    }
                    if ended {
                        return;
                    }
                }
            });
            if let Err(e) = done {
                let _ = send.send(Err(io::Error::other(e.to_string())));
            }
        };
        let thread = std::thread::Builder::new().name("unpack".into()).spawn(work).expect("the system starts a thread");
        Self { parts, thread: Some(thread), part: Vec::new(), at: 0 }
    }
}

impl Unpacked {
    /// No more comes: all was read, or the thread panicked, and what came is not all.
    fn end(&mut self) -> io::Result<usize> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Err(_)) => Err(io::Error::other("a mistake of ours ended its unpacking")),
            _ => Ok(0),
        }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.at == self.part.len() {
            match self.parts.recv() {
                Ok(part) => self.part = part?,
                Err(_) => return self.end(),
            }
            self.at = 0;
        }
        let n = buf.len().min(self.part.len() - self.at);
        buf[..n].copy_from_slice(&self.part[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unpacking_that_panics_is_no_end_of_the_file() {
        let (send, parts) = sync_channel(4);
        let thread = std::thread::spawn(move || {
            send.send(Ok(b"half of it".to_vec())).unwrap();
            panic!("in the middle");
        });
        let mut unpacked = Unpacked { parts, thread: Some(thread), part: Vec::new(), at: 0 };
        let mut read = Vec::new();
        let told = unpacked.read_to_end(&mut read).unwrap_err();
        assert_eq!(
            (read.as_slice(), told.to_string().as_str()),
            (&b"half of it"[..], "a mistake of ours ended its unpacking")
        );
    }
}
