//! Tar archives, walked from front to back: header, file, padding. GNU long names and pax records are understood; their
//! length is limited, because a hostile one is held in memory.

use std::io::{self, Read, Seek, SeekFrom};

use tar::{EntryType, Header, PaxExtensions};

use super::ENTRY_LIMIT;

const BLOCK: u64 = 512;
/// A long name or a set of pax records longer than this is refused.
pub const RECORD_LIMIT: u64 = 1 << 20;

/// A file in a tar archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Offset of its first byte in the (unpacked) archive.
    pub offset: u64,
    pub size: u64,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    File,
    Link,
    /// Stored with holes, which are not filled here.
    Sparse,
    /// A device, a pipe and the like.
    Special,
}

/// A stream that can pass over bytes.
pub trait Forward: Read {
    /// Goes on by so many bytes; fewer where the end is nearer.
    fn forward(&mut self, bytes: u64) -> io::Result<()>;
}

/// Passes over bytes by reading them.
pub struct Streamed<R>(pub R);

impl<R: Read> Read for Streamed<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl<R: Read> Forward for Streamed<R> {
    fn forward(&mut self, bytes: u64) -> io::Result<()> {
        io::copy(&mut self.0.by_ref().take(bytes), &mut io::sink()).map(|_| ())
    }
}

/// Passes over bytes without touching them.
pub struct Seeked<R>(pub R);

impl<R: Read> Read for Seeked<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl<R: Read + Seek> Forward for Seeked<R> {
    fn forward(&mut self, bytes: u64) -> io::Result<()> {
        let bytes = i64::try_from(bytes).map_err(|_| invalid("a file in it claims an impossible size"))?;
        self.0.seek(SeekFrom::Current(bytes)).map(|_| ())
    }
}

/// Gives every entry to `with`, with its content to look at; what of it is not read is passed over. Folders are left
/// out. An error means that the archive cannot be followed any further: entries given before are sound.
pub fn walk(archive: &mut dyn Forward, with: &mut dyn FnMut(Entry, &mut dyn Read)) -> io::Result<()> {
    let mut at = 0;
    let mut records = EntryRecords::default();
    let mut files = 0;
    loop {
        let Some(header) = next_header(archive, at)? else { return Ok(()) };
        at += BLOCK;
        let header = Header::from_byte_slice(&header);
        let kind = header.entry_type();
        let mut size = header.entry_size().map_err(|_| invalid("the size of a file in it cannot be read"))?;
        if kind.is_gnu_longname() || kind.is_gnu_longlink() || kind.is_pax_local_extensions() {
            let record = held(archive, size)?;
            at = pass(archive, at, size, size)?;
            records.read(kind, record);
            continue;
        }
        let about = std::mem::take(&mut records);
        size = about.size.unwrap_or(size);
        let name = about.name.unwrap_or_else(|| header.path_bytes().into_owned());
        let what = if about.sparse { What::Sparse } else { of(kind) };
        let read = if kind.is_dir() || kind.is_pax_global_extensions() {
            0
        } else {
            files += 1;
            if files > ENTRY_LIMIT {
                return Err(invalid(&format!("it holds over {ENTRY_LIMIT} files, which is the limit")));
            }
            let mut content = archive.take(if matches!(what, What::File) { size } else { 0 });
            let all = content.limit();
            let name = String::from_utf8_lossy(&name).trim_start_matches("./").to_owned();
            with(Entry { name, offset: at, size, what }, &mut content);
            all - content.limit()
        };
        at = pass(archive, at, size, read)?;
    }
}

/// What the records before a header say of its file.
#[derive(Default)]
struct EntryRecords {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl EntryRecords {
    fn read(&mut self, kind: EntryType, mut record: Vec<u8>) {
        if kind.is_gnu_longname() {
            record.truncate(record.iter().position(|b| *b == 0).unwrap_or(record.len()));
            self.name = Some(record);
        } else if kind.is_pax_local_extensions() {
            for pax in PaxExtensions::new(&record).flatten() {
                match pax.key_bytes() {
                    b"path" => self.name = Some(pax.value_bytes().to_vec()),
                    b"size" => self.size = pax.value().ok().and_then(|v| v.parse().ok()),
                    key if key.starts_with(b"GNU.sparse") => self.sparse = true,
                    _ => {}
                }
            }
        }
    }
}

fn of(kind: EntryType) -> What {
    match kind {
        EntryType::Regular | EntryType::Continuous => What::File,
        EntryType::Link | EntryType::Symlink => What::Link,
        EntryType::GNUSparse => What::Sparse,
        _ => What::Special,
    }
}

/// The next header; `None` at the end, which is two blocks of zeros or, with some writers, simply the end.
fn next_header(archive: &mut dyn Forward, at: u64) -> io::Result<Option<[u8; BLOCK as usize]>> {
    let mut block = [0; BLOCK as usize];
    let mut got = 0;
    while got < block.len() {
        match archive.read(&mut block[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    if got == 0 || block[..got].iter().all(|b| *b == 0) {
        return Ok(None);
    }
    if got < block.len() || !is_header(&block) {
        return Err(invalid(&format!("it is damaged or cut off at its byte {at}: what follows cannot be told apart")));
    }
    Ok(Some(block))
}

/// Whether a block is a tar header: its sum is right.
pub fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK as usize) else { return false };
    let summed: u32 =
        block.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) }).sum();
    summed > 256 && Header::from_byte_slice(block).cksum().is_ok_and(|told| told == summed)
}

fn held(archive: &mut dyn Forward, size: u64) -> io::Result<Vec<u8>> {
    if size > RECORD_LIMIT {
        return Err(invalid(&format!("a name in it is over {RECORD_LIMIT} bytes long, which is the limit")));
    }
    let mut record = Vec::new();
    archive.take(size).read_to_end(&mut record)?;
    Ok(record)
}

/// Passes over the rest of a file of which `read` bytes are read, and its padding; answers where the next header is.
fn pass(archive: &mut dyn Forward, at: u64, size: u64, read: u64) -> io::Result<u64> {
    let padded = size.div_ceil(BLOCK).checked_mul(BLOCK).and_then(|p| at.checked_add(p));
    let next = padded.ok_or_else(|| invalid("a file in it claims an impossible size"))?;
    archive.forward(next - at - read)?;
    Ok(next)
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the tar archive cannot be read on: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(build: impl FnOnce(&mut tar::Builder<Vec<u8>>)) -> Vec<u8> {
        let mut to = tar::Builder::new(Vec::new());
        build(&mut to);
        to.into_inner().unwrap()
    }

    fn file(to: &mut tar::Builder<Vec<u8>>, name: &str, content: &[u8]) {
        let mut header = Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        to.append_data(&mut header, name, content).unwrap();
    }

    fn listed(bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, io::Result<()>) {
        let mut found = Vec::new();
        let walked = walk(&mut Streamed(bytes), &mut |entry, content| {
            let mut text = Vec::new();
            content.read_to_end(&mut text).unwrap();
            assert_eq!(bytes[entry.offset as usize..][..text.len()], text[..], "{}", entry.name);
            found.push((entry.name, text));
        });
        (found, walked)
    }

    #[test]
    fn long_names_of_gnu_and_pax() {
        let long = format!("{}/hr.csv", "a folder with quite a name".repeat(8));
        let bytes = archive(|to| {
            file(to, &long, b"1");
            to.append_pax_extensions([("path", "exports/häuser.csv".as_bytes())]).unwrap();
            file(to, "short.csv", b"22");
            file(to, "last.csv", &[b'3'; 600]);
        });
        let (found, walked) = listed(&bytes);
        walked.unwrap();
        let names: Vec<_> = found.iter().map(|(n, t)| (n.as_str(), t.len())).collect();
        assert_eq!(names, [(&*long, 1), ("exports/häuser.csv", 2), ("last.csv", 600)]);
        let mut seeked = Vec::new();
        walk(&mut Seeked(io::Cursor::new(&bytes)), &mut |entry, _| seeked.push(entry.name)).unwrap();
        assert_eq!(seeked, [&*long, "exports/häuser.csv", "last.csv"]);
    }

    #[test]
    fn a_cut_gives_what_came_before() {
        let bytes = archive(|to| {
            file(to, "a.csv", b"1");
            file(to, "b.csv", b"2");
        });
        let (found, walked) = listed(&bytes[..1024 + 100]);
        assert_eq!(found.len(), 1);
        assert!(walked.unwrap_err().to_string().contains("cut off at its byte 1024"));
    }

    #[test]
    fn a_name_without_end_is_refused() {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::GNULongName);
        header.set_size(8 << 30);
        header.set_cksum();
        let endless = io::repeat(b'a');
        let said = walk(&mut Streamed((&header.as_bytes()[..]).chain(endless)), &mut |_, _| {}).unwrap_err();
        assert!(said.to_string().contains("over 1048576 bytes long"), "{said}");
    }
}
