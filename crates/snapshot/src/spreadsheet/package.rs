//! Workbooks that are zip archives: parts by name, unpacked as they are read, and their XML under limits.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::DeflateDecoder;
use quick_xml::events::{BytesStart, Event};
use zip::{CompressionMethod, ZipArchive};

use super::part::Part;
use crate::container::ENTRY_LIMIT;
use crate::event::{Error, Result};

/// A tag or a text of more bytes is refused: a cell holds 32,767 characters.
pub const EVENT_LIMIT: usize = 64 << 20;
/// Elements inside each other.
const DEPTH_LIMIT: usize = 256;
const CHUNK: usize = 64 << 10;

/// What a workbook is read from.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

#[derive(Clone)]
pub struct Package {
    source: Arc<Mutex<Box<dyn Source>>>,
    parts: Arc<Vec<About>>,
}

struct About {
    /// In lower case, with `/` between and none in front: programs differ in all of these.
    name: String,
    start: u64,
    packed: u64,
    crc: u32,
    method: CompressionMethod,
    encrypted: bool,
}

impl Package {
    pub fn open(source: Box<dyn Source>) -> Result<Self> {
        let damaged = |e: zip::result::ZipError| {
            Error::Unreadable(format!("the workbook is damaged or cut off: ask for it again ({e})"))
        };
        let mut zip = ZipArchive::new(source).map_err(damaged)?;
        if zip.len() > ENTRY_LIMIT {
            return Err(Error::Limit(format!("the workbook holds over {ENTRY_LIMIT} parts: it is not read")));
        }
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            // A part whose own header is broken is not there; what needs it says so.
            let Ok(file) = zip.by_index_raw(index) else { continue };
            let (Ok(name), Some(start)) = (file.name(), file.data_start()) else { continue };
            let (packed, crc) = (file.compressed_size(), file.crc32());
            let (method, encrypted) = (file.compression(), file.encrypted());
            parts.push(About { name: plain(&name), start, packed, crc, method, encrypted });
        }
        let source = Arc::new(Mutex::new(zip.into_inner()));
        Ok(Self { source, parts: Arc::new(parts) })
    }

    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&About> {
        let name = plain(name);
        self.parts.iter().find(|p| p.name == name)
    }

    /// The name of the first part with such an ending.
    pub fn ending(&self, end: &str) -> Option<&str> {
        self.parts.iter().map(|p| p.name.as_str()).find(|n| n.ends_with(end))
    }

    pub fn part(&self, name: &str) -> Result<Part> {
        let Some(about) = self.find(name) else {
            return Err(Error::Unreadable(format!("the workbook has no part {name}: ask for it again")));
        };
        if about.encrypted {
            return Err(protected());
        }
        let window = Window { source: Arc::clone(&self.source), at: about.start, left: about.packed };
        let inner: Box<dyn Read + Send> = match about.method {
            CompressionMethod::Stored => Box::new(window),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(BufReader::with_capacity(CHUNK, window))),
            _ => {
                let text = format!("{name} is packed in a way no workbook is: open the file and save it again");
                return Err(Error::Unreadable(text));
            }
        };
        Ok(Part::new(inner, about.crc))
    }

    pub fn xml(&self, name: &str) -> Result<Xml> {
        Ok(Xml::new(self.part(name)?, name))
    }

    /// A small part as a whole.
    pub fn whole(&self, name: &str, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.part(name)?.take(limit + 1).read_to_end(&mut bytes).map_err(|_| cut(name, 0))?;
        if bytes.len() as u64 > limit {
            return Err(Error::Limit(format!("{name} unpacks to over {limit} bytes: it is not read")));
        }
        Ok(bytes)
    }
}

pub fn protected() -> Error {
    let text = "the workbook is protected by a password: ask for it without one, or open and save it unprotected";
    Error::Unreadable(text.to_owned())
}

pub fn cut(part: &str, byte: u64) -> Error {
    Error::Unreadable(format!("{part} is damaged or cut off at byte {byte}: ask for the workbook again"))
}

fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A stretch of the file. Several are open at a time, so each goes to its own place before it reads.
struct Window {
    source: Arc<Mutex<Box<dyn Source>>>,
    at: u64,
    left: u64,
}

impl Read for Window {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let most = buf.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::Start(self.at))?;
        let n = source.read(&mut buf[..most])?;
        self.at += n as u64;
        self.left -= n as u64;
        Ok(n)
    }
}

/// Refuses an event that never ends.
struct Guarded<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Read for Guarded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buf)
    }
}

impl<R: BufRead> BufRead for Guarded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let text = format!("a tag or text of over {EVENT_LIMIT} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n);
        self.inner.consume(n);
    }
}

/// XML pulled piece by piece. Entities are not declared in workbooks: who declares some is refused.
pub struct Xml {
    reader: quick_xml::Reader<Guarded<Part>>,
    buf: Vec<u8>,
    part: String,
    depth: usize,
    began: bool,
    /// Bytes that were taken without the parser.
    skipped: u64,
}

impl Xml {
    fn new(part: Part, name: &str) -> Self {
        let reader = quick_xml::Reader::from_reader(Guarded { inner: part, left: EVENT_LIMIT });
        Self { reader, buf: Vec::new(), part: name.to_owned(), depth: 0, began: false, skipped: 0 }
    }

    /// Goes on; `Event::Eof` only where every element is closed.
    pub fn next(&mut self) -> Result<Event<'_>> {
        self.buf.clear();
        if self.buf.capacity() > 1 << 20 {
            self.buf.shrink_to(CHUNK);
        }
        self.reader.get_mut().left = EVENT_LIMIT;
        let at = self.reader.buffer_position() + self.skipped;
        let event = match self.reader.read_event_into(&mut self.buf) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(e)) if e.kind() == io::ErrorKind::FileTooLarge => {
                return Err(Error::Limit(format!("{}: {e}: it is not read further", self.part)));
            }
            Err(_) => return Err(cut(&self.part, at)),
        };
        match &event {
            Event::Start(_) if self.depth == DEPTH_LIMIT => {
                let text = format!("{}: over {DEPTH_LIMIT} elements inside each other: it is not read", self.part);
                return Err(Error::Limit(text));
            }
            Event::Start(_) => (self.depth, self.began) = (self.depth + 1, true),
            Event::Empty(_) => self.began = true,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => {
                let text = format!("{} declares entities, as no workbook does: it is not read", self.part);
                return Err(Error::Unreadable(text));
            }
            Event::Eof if self.depth > 0 || !self.began => return Err(cut(&self.part, at)),
            _ => {}
        }
        Ok(event)
    }
}

impl Xml {
    /// The bytes that come next. Whoever takes some of them stands after a tag and takes whole elements.
    pub fn ahead(&self) -> &[u8] {
        self.reader.get_ref().inner.ahead()
    }

    /// Gets more of them, as [`Part::more`].
    pub fn more(&mut self) -> bool {
        self.reader.get_mut().inner.more()
    }

    pub fn skip(&mut self, bytes: usize) {
        self.reader.get_mut().inner.consume(bytes);
        self.skipped += bytes as u64;
    }
}

/// Adds what an event says as text; others say nothing.
pub fn add_text(event: &Event<'_>, out: &mut Vec<u8>) {
    match event {
        Event::Text(text) => out.extend_from_slice(text.xml10_content().as_bytes()),
        Event::CData(text) => out.extend_from_slice(text.xml10_content().as_bytes()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(letter)) => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            _ => match quick_xml::escape::resolve_predefined_entity(name) {
                Some(text) => out.extend_from_slice(text.as_bytes()),
                // Not declared anywhere: it stays as it is written.
                None => out.extend([b"&", name.as_bytes(), b";"].concat()),
            },
        },
        _ => {}
    }
}

/// An attribute by its name without prefix.
pub fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut all = tag.attributes();
    // Whether a name is given twice would be looked up for each pair of them.
    all.with_checks(false);
    let found = all.flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(match found.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
        Ok(value) => value,
        Err(_) => found.value,
    })
}

pub fn flag(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|v| v == "1" || v == "true" || v == "on")
}
