//! Workbooks behind a password. One that only guards its structure, or asks not to be changed, is encrypted too: Excel
//! does so under a password of its own, which it tries before it asks for one (MS-OFFCRYPTO 2.3, MS-XLS 2.2.10).

use std::io::{self, Read, Seek, SeekFrom};

use cfb::CompoundFile;
use md5::{Digest, Md5};

use super::binary::u16_at;
use super::package::cut;
use crate::cipher::{Cipher, rc4, utf16};
use crate::event::{Error, Result};

/// Excel's own password.
const UNASKED: &str = "VelvetSweatshop";
/// Bytes encrypted under one start: of a package, and of the stream of an .xls.
const PART: usize = 4096;
const BLOCK: usize = 1024;
/// Parts decrypted at once: finding a place in the file takes its time.
const AT_ONCE: u64 = 256;
const WINDOW: u64 = AT_ONCE * PART as u64;
/// A description of more bytes is none.
const INFO_LIMIT: u64 = 1 << 20;
const ENCRYPTED: &str = "/EncryptedPackage";
const INFO: &str = "/EncryptionInfo";
/// Of an .xls: the record that says how all others are encrypted.
const FILE_PASS: u16 = 0x2f;

/// Tries Excel's own password, then the one that a person gave.
fn with_password<T>(given: Option<&str>, open: impl Fn(&str) -> Result<T>) -> Result<T> {
    match open(UNASKED) {
        Err(Error::PasswordWrong) => open(given.ok_or(Error::PasswordNeeded)?),
        other => other,
    }
}

/// Whether a compound file opens with this password, or needs none.
pub fn opens(source: impl Read + Seek, password: Option<&str>) -> Result<()> {
    let mut file = CompoundFile::open(source).map_err(|_| damaged())?;
    if is_package(&file) {
        return package_key(&mut file, password).map(drop);
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)) else { return Ok(()) };
    let mut start = Vec::new();
    let stream = file.open_stream(name).map_err(|_| damaged())?;
    // What cannot be read says so where it is read.
    let _ = stream.take(1 << 16).read_to_end(&mut start);
    match file_pass(&start) {
        Some(described) => Key::of(described, password).map(drop),
        None => Ok(()),
    }
}

pub(super) fn damaged() -> Error {
    Error::Unreadable("the workbook is damaged or cut off: ask for it again".to_owned())
}

pub(super) fn is_package<F: Read + Seek>(file: &CompoundFile<F>) -> bool {
    file.is_stream(ENCRYPTED) && file.is_stream(INFO)
}

fn package_key<F: Read + Seek>(file: &mut CompoundFile<F>, password: Option<&str>) -> Result<Cipher> {
    let mut info = Vec::new();
    let stream = file.open_stream(INFO).map_err(|_| damaged())?;
    stream.take(INFO_LIMIT).read_to_end(&mut info).map_err(|_| damaged())?;
    with_password(password, |password| Cipher::described(&info, 0, Some(password)))
}

/// The zip archive within an encrypted package, decrypted as it is read.
pub(super) struct Package<F> {
    file: CompoundFile<F>,
    cipher: Cipher,
    length: u64,
    at: u64,
    window: Vec<u8>,
    /// Which window is held.
    held: Option<u64>,
}

impl<F: Read + Seek> Package<F> {
    pub fn open(mut file: CompoundFile<F>, password: Option<&str>) -> Result<Self> {
        let cipher = package_key(&mut file, password)?;
        let mut stream = file.open_stream(ENCRYPTED).map_err(|_| damaged())?;
        let mut length = [0; 8];
        stream.read_exact(&mut length).map_err(|_| damaged())?;
        let length = u64::from_le_bytes(length).min(stream.len().saturating_sub(8));
        drop(stream);
        Ok(Self { file, cipher, length, at: 0, window: Vec::new(), held: None })
    }

    fn hold(&mut self, number: u64) -> io::Result<()> {
        if self.held == Some(number) {
            return Ok(());
        }
        self.held = None;
        let mut stream = self.file.open_stream(ENCRYPTED)?;
        stream.seek(SeekFrom::Start(8 + number * WINDOW))?;
        self.window.clear();
        stream.take(WINDOW).read_to_end(&mut self.window)?;
        // The other schemes have one key for all parts.
        let first = if matches!(self.cipher, Cipher::Agile { .. }) { Some(number * AT_ONCE) } else { None };
        for (offset, part) in self.window.chunks_mut(PART).enumerate() {
            self.cipher.decode(first.map_or(0, |first| first as u32 + offset as u32), part);
        }
        self.held = Some(number);
        Ok(())
    }
}

impl<F: Read + Seek> Read for Package<F> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length {
            return Ok(0);
        }
        self.hold(self.at / WINDOW)?;
        let from = (self.at % WINDOW) as usize;
        let here = self.window.get(from..).unwrap_or_default();
        let n = here.len().min(buf.len()).min(usize::try_from(self.length - self.at).unwrap_or(usize::MAX));
        buf[..n].copy_from_slice(&here[..n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl<F: Read + Seek> Seek for Package<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => i128::from(at),
            SeekFrom::End(by) => i128::from(self.length) + i128::from(by),
            SeekFrom::Current(by) => i128::from(self.at) + i128::from(by),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the start");
        self.at = u64::try_from(to).map_err(|_| before())?;
        Ok(self.at)
    }
}

/// How the stream of an .xls is encrypted.
enum Key {
    Obfuscated([u8; 16]),
    Rc4([u8; 5]),
    CryptoApi(Cipher),
}

impl Key {
    fn of(described: &[u8], password: Option<&str>) -> Result<Self> {
        with_password(password, |password| Self::with(described, password))
    }

    fn with(described: &[u8], password: &str) -> Result<Self> {
        let version = (u16_at(described, 2), u16_at(described, 4));
        match (u16_at(described, 0), described.len()) {
            (1, _) if version == (1, 1) => rc4_key(described.get(6..).unwrap_or_default(), password).map(Self::Rc4),
            (1, _) => Cipher::described(described.get(2..).unwrap_or_default(), 0, Some(password)).map(Self::CryptoApi),
            // Excel 5 and 95 know one scheme, and do not say which.
            (_, 4) => obfuscation(u16_at(described, 0), u16_at(described, 2), password).map(Self::Obfuscated),
            _ => obfuscation(u16_at(described, 2), u16_at(described, 4), password).map(Self::Obfuscated),
        }
    }

    /// Decrypts a block of the stream.
    fn decode(&self, number: u32, block: &mut [u8]) {
        match self {
            Self::Obfuscated(_) => {}
            Self::Rc4(key) => rc4(&block_key(*key, number), block),
            Self::CryptoApi(cipher) => cipher.decode(number, block),
        }
    }
}

fn md5(bytes: &[u8]) -> [u8; 16] {
    Md5::digest(bytes).into()
}

fn first(hash: [u8; 16]) -> [u8; 5] {
    [hash[0], hash[1], hash[2], hash[3], hash[4]]
}

fn block_key(key: [u8; 5], number: u32) -> [u8; 16] {
    md5(&[&key[..], &number.to_le_bytes()].concat())
}

/// The key of RC4 as Excel 97 has it: after a salt stand a random text and its hash, both encrypted.
fn rc4_key(described: &[u8], password: &str) -> Result<[u8; 5]> {
    let (Some(salt), Some(check)) = (described.get(..16), described.get(16..48)) else {
        return Err(cut("the workbook", 0));
    };
    let of_password = first(md5(&utf16(password)));
    let key = first(md5(&[&of_password[..], salt].concat().repeat(16)));
    let mut check = check.to_vec();
    rc4(&block_key(key, 0), &mut check);
    if md5(&check[..16]) == check[16..] { Ok(key) } else { Err(Error::PasswordWrong) }
}

/// The letters that bytes are mixed with in the oldest scheme; 15 of the password count.
fn obfuscation(key: u16, check: u16, password: &str) -> Result<[u8; 16]> {
    const PAD: [u8; 15] = [0xbb, 0xff, 0xff, 0xba, 0xff, 0xff, 0xb9, 0x80, 0, 0xbe, 0x0f, 0, 0xbf, 0x0f, 0];
    let letters: Vec<u8> = encoding_rs::WINDOWS_1252.encode(password).0.iter().copied().take(15).collect();
    let hash = [letters.len() as u8].iter().chain(&letters).rev().fold(0u16, |hash, letter| {
        let turned = (hash >> 14 & 1) | (hash << 1 & 0x7fff);
        turned ^ u16::from(*letter)
    });
    if letters.is_empty() || hash ^ 0xce4b != check {
        return Err(Error::PasswordWrong);
    }
    let [low, high] = key.to_le_bytes();
    let mut mixed = [0; 16];
    for (at, to) in mixed.iter_mut().enumerate() {
        let letter = letters.get(at).copied().unwrap_or_else(|| PAD[at - letters.len()]);
        *to = (letter ^ if at % 2 == 0 { low } else { high }).rotate_right(1);
    }
    Ok(mixed)
}

/// What the record says that describes how a stream is encrypted.
fn file_pass(stream: &[u8]) -> Option<&[u8]> {
    records(stream)
        .take_while(|(kind, _, _)| *kind != 0x0a)
        .find(|(kind, _, _)| *kind == FILE_PASS)
        .map(|(_, at, length)| &stream[at..at + length])
}

/// Kind, place and length of the records of a stream.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let head = stream.get(at..at + 4)?;
        let (kind, length) = (u16_at(head, 0), usize::from(u16_at(head, 2)));
        let place = at + 4;
        stream.get(place..place + length)?;
        at = place + length;
        Some((kind, place, length))
    })
}

/// Decrypts the stream of an .xls where it is encrypted. Heads of records stand as they are, and so do some records.
pub(super) fn decrypt(stream: &mut Vec<u8>, password: Option<&str>) -> Result<()> {
    let Some(described) = file_pass(stream) else { return Ok(()) };
    let key = Key::of(described, password)?;
    let mut plain = stream.clone();
    for (number, block) in plain.chunks_mut(BLOCK).enumerate() {
        key.decode(number as u32, block);
    }
    for (kind, at, length) in records(stream) {
        let clear = match kind {
            0x809 | FILE_PASS | 0xe1 | 0x194 | 0x195 | 0x138 | 0x196 => length,
            // Where a sheet begins.
            0x85 => length.min(4),
            _ => 0,
        };
        if let Key::Obfuscated(mixed) = &key {
            for (offset, byte) in plain[at..at + length].iter_mut().enumerate() {
                *byte = (*byte ^ mixed[(at + length + offset) % 16]).rotate_right(5);
            }
        }
        plain[at - 4..at + clear].copy_from_slice(&stream[at - 4..at + clear]);
    }
    *stream = plain;
    Ok(())
}
