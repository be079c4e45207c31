//! How databases of Access and workbooks are encrypted, and the password that opens them.
//!
//! Jet encodes pages with RC4 under a key in the header that anyone can read; later programs encrypt under a password, in
//! one of three ways that a description names (MS-OFFCRYPTO 2.3). Workbooks are encrypted in parts of 4,096 bytes, which
//! are pages here, under the header 0.

use aes::cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit, StreamCipher};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rc4::Rc4;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::event::{Error, Result};

/// Where an encrypted file's header says how.
const DESCRIPTION: usize = 0x299;
/// More rounds than any program asks for: a file that does is hostile.
const ROUNDS_LIMIT: u32 = 10_000_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

pub enum Cipher {
    None,
    /// Jet's own, under the key of the header.
    Jet {
        key: u32,
    },
    /// RC4 under a key derived for each page.
    CryptoApi {
        base: Vec<u8>,
        bytes: usize,
        header: u32,
    },
    /// AES in blocks of their own, under a key derived for each page.
    Standard {
        base: Vec<u8>,
        bytes: usize,
        header: u32,
    },
    /// AES in chained blocks, under one key, started anew for each page.
    Agile {
        key: Vec<u8>,
        salt: Vec<u8>,
        hash: Hash,
        header: u32,
    },
}

impl Cipher {
    /// What the header asks for. `key` is the header's own, decoded; `page` is page 0 as it stands in the file.
    pub fn of(page: &[u8], key: u32, ace: bool, password: Option<&str>) -> Result<Self> {
        let length = if ace { u16_at(page, DESCRIPTION).unwrap_or(0) } else { 0 };
        if length == 0 {
            return Ok(if key == 0 { Self::None } else { Self::Jet { key } });
        }
        let start = DESCRIPTION + 2;
        let text = page.get(start..start + usize::from(length)).ok_or_else(unknown)?;
        Self::described(text, key, password)
    }

    /// What a description asks for. `key` is the header's own, where there is one.
    pub fn described(text: &[u8], key: u32, password: Option<&str>) -> Result<Self> {
        let version = (u16_at(text, 0).ok_or_else(unknown)?, u16_at(text, 2).ok_or_else(unknown)?);
        match version {
            (4, 4) => agile(text.get(4..).unwrap_or_default(), key, password),
            (2..=4, 2) => crypto_api(text, key, password),
            _ => Err(unknown()),
        }
    }

    /// Decodes a page in place.
    pub fn decode(&self, page: u32, bytes: &mut [u8]) {
        match self {
            Self::None => {}
            Self::Jet { key } => rc4(&(key ^ page).to_le_bytes(), bytes),
            Self::CryptoApi { base, bytes: size, header } => rc4(&rc4_key(base, header ^ page, *size), bytes),
            Self::Standard { base, bytes: size, header } => {
                aes_blocks(&standard_key(base, header ^ page, *size), bytes);
            }
            Self::Agile { key, salt, hash, header } => {
                let start = digest(*hash, &[salt, &(header ^ page).to_le_bytes()]);
                aes_chained(key, &fitted(start, 16), bytes);
            }
        }
    }
}

fn unknown() -> Error {
    let text = "the file is encrypted in a way that is not read here: open it in the program it is from, remove the \
                password, and hand over that copy";
    Error::Unreadable(text.into())
}

/// `N` bytes at a place.
fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

pub fn rc4(key: &[u8], bytes: &mut [u8]) {
    if let Ok(mut cipher) = Rc4::new_from_slice(key) {
        cipher.apply_keystream(bytes);
    }
}

fn digest(hash: Hash, parts: &[&[u8]]) -> Vec<u8> {
    fn run<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
        let mut digest = D::new();
        for part in parts {
            digest.update(part);
        }
        digest.finalize().to_vec()
    }
    match hash {
        Hash::Sha1 => run::<Sha1>(parts),
        Hash::Sha256 => run::<Sha256>(parts),
        Hash::Sha384 => run::<Sha384>(parts),
        Hash::Sha512 => run::<Sha512>(parts),
    }
}

/// Cut or filled up to a length, as the scheme wants keys and starts.
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

/// Whole blocks are decoded; a rest shorter than one is left.
fn aes_blocks(key: &[u8], bytes: &mut [u8]) -> bool {
    fn run<C: KeyInit + BlockCipherDecrypt>(key: &[u8], bytes: &mut [u8]) -> bool {
        let Ok(cipher) = C::new_from_slice(key) else { return false };
        let (blocks, _) = Array::slice_as_chunks_mut(bytes);
        cipher.decrypt_blocks(blocks);
        true
    }
    match key.len() {
        16 => run::<aes::Aes128>(key, bytes),
        24 => run::<aes::Aes192>(key, bytes),
        _ => run::<aes::Aes256>(key, bytes),
    }
}

fn aes_chained(key: &[u8], start: &[u8], bytes: &mut [u8]) -> bool {
    fn run<C: KeyIvInit + BlockModeDecrypt>(key: &[u8], start: &[u8], bytes: &mut [u8]) -> bool {
        let Ok(mut cipher) = C::new_from_slices(key, start) else { return false };
        let (blocks, _) = Array::slice_as_chunks_mut(bytes);
        cipher.decrypt_blocks(blocks);
        true
    }
    match key.len() {
        16 => run::<cbc::Decryptor<aes::Aes128>>(key, start, bytes),
        24 => run::<cbc::Decryptor<aes::Aes192>>(key, start, bytes),
        _ => run::<cbc::Decryptor<aes::Aes256>>(key, start, bytes),
    }
}

pub fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The two schemes with a binary description: RC4, and AES in separate blocks.
fn crypto_api(text: &[u8], key: u32, password: Option<&str>) -> Result<Cipher> {
    const FLAG_AES: u32 = 0x20;
    const RC4: u32 = 0x6801;
    let field = |at| u32_at(text, at).ok_or_else(unknown);
    let flags = field(4)?;
    let header = field(8)? as usize;
    let (algorithm, bits) = (field(12 + 8)?, field(12 + 16)?);
    let verifier = text.get(12usize.saturating_add(header)..).ok_or_else(unknown)?;
    let (bytes, aes) = match (algorithm, bits) {
        (RC4, 0 | 40) => (5, false),
        (RC4, 41..=128) => ((bits / 8) as usize, false),
        (0x660E, 0 | 128) => (16, true),
        (0x660F, 0 | 192) => (24, true),
        (0x6610, 0 | 256) => (32, true),
        _ => return Err(unknown()),
    };
    // Without the flag the older engines wrote AES with the plain hash of the password.
    let rounds = if aes && flags & FLAG_AES != 0 { 50_000 } else { 0 };
    let salt: [u8; 16] = array_at(verifier, 4).ok_or_else(unknown)?;
    let mut check = array_at::<16>(verifier, 20).ok_or_else(unknown)?.to_vec();
    let said = u32_at(verifier, 36).ok_or_else(unknown)? as usize;
    let mut hashed = verifier.get(40..40 + if aes { 32 } else { 20 }).ok_or_else(unknown)?.to_vec();

    let password = password.ok_or(Error::PasswordNeeded)?;
    let mut base = digest(Hash::Sha1, &[&salt, &utf16(password)]);
    for round in 0..rounds {
        base = digest(Hash::Sha1, &[&u32::to_le_bytes(round), &base]);
    }
    if aes {
        let key = standard_key(&base, 0, bytes);
        aes_blocks(&key, &mut check);
        aes_blocks(&key, &mut hashed);
    } else {
        // One stream over both.
        check.extend_from_slice(&hashed);
        rc4(&rc4_key(&base, 0, bytes), &mut check);
        hashed = check.split_off(16);
    }
    if said == 0 || said > 20 || digest(Hash::Sha1, &[&check])[..said] != hashed[..said] {
        return Err(Error::PasswordWrong);
    }
    Ok(if aes { Cipher::Standard { base, bytes, header: key } } else { Cipher::CryptoApi { base, bytes, header: key } })
}

fn rc4_key(base: &[u8], block: u32, bytes: usize) -> Vec<u8> {
    let mut key = digest(Hash::Sha1, &[base, &block.to_le_bytes()]);
    key.truncate(bytes);
    if bytes == 5 {
        key.resize(16, 0);
    }
    key
}

fn standard_key(base: &[u8], block: u32, bytes: usize) -> Vec<u8> {
    let hash = digest(Hash::Sha1, &[base, &block.to_le_bytes()]);
    let filled = |with: u8| {
        let mut pad = [with; 64];
        pad.iter_mut().zip(&hash).for_each(|(p, h)| *p ^= h);
        digest(Hash::Sha1, &[&pad])
    };
    let mut key = filled(0x36);
    key.extend(filled(0x5C));
    key.truncate(bytes);
    key
}

/// One element's attributes of the description of the third scheme.
#[derive(Default)]
struct Described {
    bits: usize,
    hash: Option<Hash>,
    salt: Vec<u8>,
    rounds: u32,
    check: Vec<u8>,
    hashed: Vec<u8>,
    key: Vec<u8>,
}

/// The scheme described in XML.
fn agile(xml: &[u8], header: u32, password: Option<&str>) -> Result<Cipher> {
    const CHECK: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
    const HASHED: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
    const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
    let (data, lock) = described(xml).ok_or_else(unknown)?;
    let (Some(data_hash), Some(hash)) = (data.hash, lock.hash) else { return Err(unknown()) };
    let sizes = |d: &Described| matches!(d.bits, 128 | 192 | 256);
    if !sizes(&data) || !sizes(&lock) || lock.rounds > ROUNDS_LIMIT {
        return Err(unknown());
    }
    let password = password.ok_or(Error::PasswordNeeded)?;
    let mut base = digest(hash, &[&lock.salt, &utf16(password)]);
    for round in 0..lock.rounds {
        base = digest(hash, &[&round.to_le_bytes(), &base]);
    }
    let start = fitted(lock.salt.clone(), 16);
    let opened = |block: &[u8], sealed: &[u8]| {
        let mut bytes = sealed.to_vec();
        aes_chained(&fitted(digest(hash, &[&base, block]), lock.bits / 8), &start, &mut bytes);
        bytes
    };
    let expected = digest(hash, &[&opened(&CHECK, &lock.check)]);
    if !opened(&HASHED, &lock.hashed).starts_with(&expected) {
        return Err(Error::PasswordWrong);
    }
    let key = opened(&KEY, &lock.key).get(..data.bits / 8).ok_or_else(unknown)?.to_vec();
    Ok(Cipher::Agile { key, salt: data.salt, hash: data_hash, header })
}

/// How the data and how its key are locked; `None` where the description is not as it should be.
fn described(xml: &[u8]) -> Option<(Described, Described)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut data, mut lock) = (None, None);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(e) | Event::Empty(e) => {
                let place = match e.local_name().as_ref() {
                    "keyData" => &mut data,
                    "encryptedKey" => &mut lock,
                    _ => continue,
                };
                let mut seen = Described::default();
                for attribute in e.attributes() {
                    let attribute = attribute.ok()?;
                    seen.take(attribute.key.as_ref(), &attribute.value)?;
                }
                *place = Some(seen);
            }
            Event::Eof => return Some((data?, lock?)),
            _ => {}
        }
    }
}

impl Described {
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        let bytes = || STANDARD.decode(value).ok();
        match name {
            "keyBits" => self.bits = value.parse().ok()?,
            "spinCount" => self.rounds = value.parse().ok()?,
            "saltValue" => self.salt = bytes()?,
            "encryptedVerifierHashInput" => self.check = bytes()?,
            "encryptedVerifierHashValue" => self.hashed = bytes()?,
            "encryptedKeyValue" => self.key = bytes()?,
            "cipherAlgorithm" if value != "AES" => return None,
            "cipherChaining" if value != "ChainingModeCBC" => return None,
            "hashAlgorithm" => {
                self.hash = match value {
                    "SHA1" => Some(Hash::Sha1),
                    "SHA256" => Some(Hash::Sha256),
                    "SHA384" => Some(Hash::Sha384),
                    "SHA512" => Some(Hash::Sha512),
                    _ => return None,
                }
            }
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
#[path = "cipher_tests.rs"]
mod tests;
