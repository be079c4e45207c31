//! Streams of one file, and what holds them to their limits.

use std::io::{self, BufRead, BufReader, Read, Seek};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

/// Up to this many bytes a stream may expand as it likes: a small file of blanks is no attack.
pub const FREE: u64 = 1 << 30;
/// Beyond [`FREE`], no stream may give more than this many times the bytes it was packed in. Dumps give 5 to 50.
pub const RATIO_LIMIT: u64 = 250;
/// Memory an xz stream may ask for its dictionary, in KiB.
const XZ_MEMORY_KIB: u32 = 256 << 10;
const BUFFER: usize = 256 << 10;

pub type Stream = Box<dyn Read + Send>;

/// A format that packs one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Zlib,
    /// The same without a head of its own.
    Deflate,
}

impl Packing {
    pub const ALL: [Self; 6] = [Self::Gzip, Self::Zstd, Self::Bzip2, Self::Xz, Self::Zlib, Self::Deflate];

    pub fn label(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
        }
    }

    /// What a file packed so is called after its own name.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Gzip => &[".gz", ".gzip", ".tgz"],
            Self::Zstd => &[".zst", ".zstd", ".tzst"],
            Self::Bzip2 => &[".bz2", ".tbz2", ".tbz"],
            Self::Xz => &[".xz", ".txz"],
            Self::Zlib => &[".zlib", ".zz"],
            Self::Deflate => &[".deflate"],
        }
    }
}

/// The bytes behind a packing: all members, frames or streams of it.
pub fn unpack(packing: Packing, packed: Stream, broken: &Arc<Break>) -> io::Result<Stream> {
    let packed = BufReader::with_capacity(BUFFER, packed);
    Ok(match packing {
        Packing::Gzip => Box::new(Gunzip { at: Some(GzDecoder::new(packed)), broken: Arc::clone(broken) }),
        Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
        Packing::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(packed)),
        Packing::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY_KIB)),
        Packing::Zlib | Packing::Deflate => {
            let at = Decompress::new(packing == Packing::Zlib);
            Box::new(Inflate { packed, at, ended: false, broken: Arc::clone(broken) })
        }
    })
}

/// One stream of deflate, with or without zlib's head. What follows it is left with a word.
struct Inflate<R> {
    packed: R,
    at: Decompress,
    ended: bool,
    broken: Arc<Break>,
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !buf.is_empty() {
            let ahead = self.packed.fill_buf()?;
            let (used, made) = (self.at.total_in(), self.at.total_out());
            let status = self.at.decompress(ahead, buf, FlushDecompress::None).map_err(io::Error::other)?;
            let starved = ahead.is_empty();
            self.packed.consume((self.at.total_in() - used) as usize);
            self.ended = status == Status::StreamEnd;
            let made = (self.at.total_out() - made) as usize;
            if made > 0 {
                return Ok(made);
            }
            if starved && !self.ended {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the packed data ends too soon"));
            }
        }
        if self.ended && !buf.is_empty() {
            let left = io::copy(&mut self.packed, &mut io::sink())?;
            if left > 0 {
                self.broken.warn(format!(
                    "{left} bytes after the end of the packed data are no part of it: they are not read"
                ));
            }
        }
        Ok(0)
    }
}

/// Gzip, member after member. What follows the last one is left with a word: tape blocks and mail programs add it.
struct Gunzip<R: BufRead> {
    at: Option<GzDecoder<R>>,
    broken: Arc<Break>,
}

impl<R: BufRead> Gunzip<R> {
    /// Goes on to the next member; `false` where there is none.
    fn next_member(&mut self) -> io::Result<bool> {
        let Some(ended) = self.at.take() else { return Ok(false) };
        let mut rest = ended.into_inner();
        let (mut left, mut blank) = (0u64, true);
        loop {
            let ahead = rest.fill_buf()?;
            if ahead.is_empty() {
                break;
            }
            // A member begins right after the one before, or after zeros that fill a block.
            let zeros = ahead.iter().take_while(|b| **b == 0).count();
            if blank && zeros < ahead.len() && is_member(&ahead[zeros..]) {
                rest.consume(zeros);
                self.at = Some(GzDecoder::new(rest));
                return Ok(true);
            }
            blank &= zeros == ahead.len();
            left += ahead.len() as u64;
            let all = ahead.len();
            rest.consume(all);
        }
        if !blank {
            self.broken
                .warn(format!("{left} bytes after the end of the gzip data are no gzip data: they are not read"));
        }
        Ok(false)
    }
}

fn is_member(ahead: &[u8]) -> bool {
    ahead.starts_with(b"\x1f\x8b") || ahead == b"\x1f"
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(member) = &mut self.at else { return Ok(0) };
            let got = member.read(buf)?;
            if got > 0 {
                return Ok(got);
            }
            self.next_member()?;
        }
    }
}

/// Why a stream ended before its end, and what else is to be told of it.
#[derive(Debug, Default)]
pub struct Break {
    why: Mutex<Option<(u64, String)>>,
    warnings: Mutex<Vec<String>>,
}

impl Break {
    pub fn warn(&self, text: String) {
        self.warnings.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(text);
    }

    fn at(&self, byte: u64, why: String) {
        let mut place = self.why.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        place.get_or_insert((byte, why));
    }

    /// The (unpacked) byte at which it broke, and why.
    pub fn why(&self) -> Option<(u64, String)> {
        self.why.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub fn take_warnings(&self) -> Vec<String> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// Ends where its inner stream breaks, so that a reader gives all that came before; [`Break`] keeps why.
pub struct Salvaged<R> {
    inner: R,
    given: u64,
    broken: Arc<Break>,
}

impl<R> Salvaged<R> {
    pub fn new(inner: R, broken: Arc<Break>) -> Self {
        Self { inner, given: 0, broken }
    }
}

impl<R: Read> Read for Salvaged<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.broken.why().is_some() {
            return Ok(0);
        }
        loop {
            match self.inner.read(buf) {
                Ok(n) => {
                    self.given += n as u64;
                    return Ok(n);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    self.broken.at(self.given, e.to_string());
                    return Ok(0);
                }
            }
        }
    }
}

/// How many bytes a stream was packed in.
#[derive(Debug, Clone)]
pub enum Packed {
    Known(u64),
    /// Counted while it is read.
    Read(Arc<AtomicU64>),
}

impl Packed {
    fn bytes(&self) -> u64 {
        match self {
            Self::Known(bytes) => *bytes,
            Self::Read(count) => count.load(Ordering::Relaxed),
        }
    }
}

/// Refuses to go on once more comes out than an honest file holds, or than there is room for.
pub struct Bounded<R> {
    inner: R,
    packed: Packed,
    given: u64,
    free: u64,
    room: u64,
}

impl<R> Bounded<R> {
    /// `room` is what may come out at most: the free bytes of the disk it goes to.
    pub fn new(inner: R, packed: Packed, room: u64) -> Self {
        Self { inner, packed, given: 0, free: FREE, room }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.given += n as u64;
        if self.given > self.free && self.given / RATIO_LIMIT > self.packed.bytes() {
            return Err(io::Error::other(format!(
                "it unpacks to over {RATIO_LIMIT} times its size, which no honest dump does (the limit holds beyond \
                 {FREE} bytes): if you trust it, unpack it yourself and load what comes out"
            )));
        }
        if self.given > self.room {
            let room = self.room;
            return Err(io::Error::other(format!(
                "it unpacks to more than the {room} bytes that are free on the disk: make room, or load from another disk"
            )));
        }
        Ok(n)
    }
}

/// So many bytes, or an error: a stretch of an archive that is cut off must not pass for a shorter file.
pub struct Exactly<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Exactly<R> {
    pub fn new(inner: R, bytes: u64) -> Self {
        Self { inner, left: bytes }
    }
}

impl<R: Read> Read for Exactly<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let want = buf.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if want == 0 {
            return Ok(0);
        }
        let n = self.inner.read(&mut buf[..want])?;
        if n == 0 {
            let text = format!("the archive is cut off: {} bytes of this file are missing", self.left);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, text));
        }
        self.left -= n as u64;
        Ok(n)
    }
}

/// Counts what goes through it, for progress on packed files.
pub struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    pub fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(pos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        to.write_all(text).unwrap();
        to.finish().unwrap()
    }

    /// What comes out, where it broke, and the warnings.
    fn through(packing: Packing, packed: Vec<u8>) -> (Vec<u8>, Option<(u64, String)>, Vec<String>) {
        let broken = Arc::new(Break::default());
        let stream = unpack(packing, Box::new(io::Cursor::new(packed)), &broken).unwrap();
        let mut out = Vec::new();
        Salvaged::new(stream, Arc::clone(&broken)).read_to_end(&mut out).unwrap();
        (out, broken.why(), broken.take_warnings())
    }

    #[test]
    fn gzip_members_follow_each_other_and_what_follows_them_is_told() {
        let members = [gzip(b"one\n"), gzip(b""), gzip(b"two\n")].concat();
        for (after, warnings) in [
            (&b""[..], &[][..]),
            (b"\0\0\0\0", &[]),
            (b"-- sent by mail", &["15 bytes after the end of the gzip data are no gzip data: they are not read"]),
        ] {
            let packed = [&members, after].concat();
            assert_eq!(
                through(Packing::Gzip, packed),
                (b"one\ntwo\n".to_vec(), None, warnings.iter().map(|&w| w.to_owned()).collect())
            );
        }
    }

    #[test]
    fn all_packings_give_their_bytes_back() {
        let text = b"MRN,ALLERGY\n1,penicillin\n".repeat(1000);
        let mut bz = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        bz.write_all(&text).unwrap();
        let frames = [zstd::encode_all(&text[..], 3).unwrap(), zstd::encode_all(&b"tail"[..], 3).unwrap()].concat();
        assert_eq!(through(Packing::Bzip2, bz.finish().unwrap()), (text.clone(), None, vec![]));
        assert_eq!(through(Packing::Zstd, frames), ([&text[..], b"tail"].concat(), None, vec![]));
        assert_eq!(through(Packing::Gzip, gzip(&text)), (text, None, vec![]));
    }

    /// Made with `xz` from `MRN\n1\n`.
    #[test]
    fn xz() {
        const PACKED: &[u8] = include_bytes!("../../fixtures/mrn.xz");
        assert_eq!(through(Packing::Xz, PACKED.to_vec()), (b"MRN\n1\n".to_vec(), None, vec![]));
    }

    #[test]
    fn what_comes_before_a_cut_is_given_and_the_cut_is_kept() {
        let text: Vec<u8> =
            (0..40_000u32).flat_map(|n| format!("{},{}\n", n, n.wrapping_mul(2_654_435_761)).into_bytes()).collect();
        for packing in [Packing::Gzip, Packing::Zstd] {
            let mut packed =
                if packing == Packing::Gzip { gzip(&text) } else { zstd::encode_all(&text[..], 3).unwrap() };
            packed.truncate(packed.len() * 3 / 4);
            let (out, broken, _) = through(packing, packed);
            assert!(out.len() > text.len() / 4 && text.starts_with(&out), "{packing:?}: {} bytes", out.len());
            assert_eq!(broken.map(|b| b.0), Some(out.len() as u64), "{packing:?}");
        }
    }

    #[test]
    fn a_bomb_is_refused_by_a_named_limit() {
        let bounded = |bytes: u64, packed: u64| {
            let mut held = Bounded::new(io::repeat(0).take(bytes), Packed::Known(packed), u64::MAX);
            held.free = 1 << 20;
            io::copy(&mut held, &mut io::sink()).map_err(|e| e.to_string())
        };
        let said = bounded(4 << 20, 4 << 10).unwrap_err();
        assert!(said.contains("over 250 times its size"), "{said}");
        assert_eq!(bounded(1 << 20, 1), Ok(1 << 20), "small files expand as they like");
        assert_eq!(bounded(4 << 20, 80 << 10), Ok(4 << 20), "an honest dump passes");
        let mut full = Bounded::new(io::repeat(0).take(1 << 20), Packed::Known(1 << 20), 1 << 19);
        let said = io::copy(&mut full, &mut io::sink()).unwrap_err().to_string();
        assert!(said.contains("the 524288 bytes that are free"), "{said}");
    }
}
