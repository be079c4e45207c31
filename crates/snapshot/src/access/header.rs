//! Page 0: which engine wrote the file, how its text and pages are encoded, whether it asks for a password.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::format::{Generation, array_at, u16_at, u32_at};
use super::pages::{Pages, Source};
use crate::cipher::{Cipher, rc4};
use crate::event::{Error, Result};

/// Under which bytes 24 and on of every header are encoded.
const HEADER_KEY: [u8; 4] = [0xC7, 0xDA, 0x39, 0x6B];
const ENCODED: usize = 0x18;
const CODE_PAGE: usize = 0x3C;
const PAGE_KEY: usize = 0x3E;
const PASSWORD: usize = 0x42;
const CREATED: usize = 0x72;

pub struct Header {
    pub generation: Generation,
    /// Of text in Jet 3.
    pub encoding: &'static Encoding,
    /// The code page has no decoder here; text is taken for Windows-1252.
    pub unknown_code_page: Option<u16>,
    /// Access asks for a password, though the pages are readable without.
    pub locked: bool,
}

/// Reads the header and makes the pages after it readable.
pub fn open(mut source: Box<dyn Source>, password: Option<&str>) -> Result<(Header, Pages)> {
    let io = |source| Error::Io { byte: 0, source };
    let size = source.seek(SeekFrom::End(0)).map_err(io)?;
    source.seek(SeekFrom::Start(0)).map_err(io)?;
    let mut page = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut page).map_err(io)?;
    let signed = page.get(4..19).is_some_and(|s| s == b"Standard Jet DB" || s == b"Standard ACE DB");
    if !signed {
        return Err(Error::Unreadable("this is not an Access database: its first bytes are not those of one".into()));
    }
    let generation = Generation(page.get(0x14).copied().unwrap_or(u8::MAX));
    if generation.0 > 6 {
        let text = "this Access database is of a version that is not known here: save it in Access as .accdb of 2007 \
                    to 2019 and hand over that copy";
        return Err(Error::Unreadable(text.into()));
    }
    let mut pages = Pages::new(source, generation, size);
    page.truncate(pages.layout.page);
    // The header, the catalog's definition at page 2 and something after it.
    if pages.count < 4 {
        return Err(Error::Unreadable("the Access database is cut short: there is no catalog in it".into()));
    }
    let raw = page.clone();
    let encoded = if generation.is_jet3() { 126 } else { 128 };
    rc4(&HEADER_KEY, &mut page[ENCODED..ENCODED + encoded]);
    let key = u32_at(&page, PAGE_KEY).unwrap_or(0);
    pages.cipher = Cipher::of(&raw, key, generation.is_ace(), password)?;
    let number = u16_at(&page, CODE_PAGE).unwrap_or(0);
    let known = codepage::to_encoding(number);
    let header = Header {
        generation,
        encoding: known.unwrap_or(WINDOWS_1252),
        unknown_code_page: (known.is_none() && generation.is_jet3()).then_some(number),
        locked: matches!(pages.cipher, Cipher::None | Cipher::Jet { .. }) && has_password(&page, generation),
    };
    Ok((header, pages))
}

/// Whether the header carries a password. Later than Jet 3 it stands behind a mask made from the file's date.
fn has_password(page: &[u8], generation: Generation) -> bool {
    if generation.is_jet3() {
        return page[PASSWORD..PASSWORD + 20].iter().any(|b| *b != 0);
    }
    let created = array_at::<8>(page, CREATED).map_or(0.0, f64::from_le_bytes);
    let mask = (created as i32).to_le_bytes();
    page[PASSWORD..PASSWORD + 40].iter().enumerate().any(|(i, b)| b ^ mask[i % 4] != 0)
}
