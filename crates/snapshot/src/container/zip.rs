//! Zip archives, with zip64, and passwords of both kinds.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ENTRY_LIMIT;
use crate::event::{Error, Result};

/// A password of the old kind that does not fit is found out only by what it unpacks to: so much is tried.
const TRIED: u64 = 16 << 20;

/// A file in a zip archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub index: usize,
    pub name: String,
    /// As the archive claims.
    pub size: u64,
    pub packed: u64,
    pub encrypted: bool,
}

/// What an archive lists.
#[derive(Debug, Default)]
pub struct Listing {
    /// Without folders and the droppings of file browsers.
    pub entries: Vec<Entry>,
    pub warnings: Vec<String>,
}

/// The files of an archive. One whose files share their bytes is refused: only bombs are made so.
pub fn list<R: Read + Seek>(archive: R) -> Result<Listing> {
    let mut zip = open(archive)?;
    if zip.len() > ENTRY_LIMIT {
        let text = format!("it holds over {ENTRY_LIMIT} files, which is the limit: unpack what is needed");
        return Err(Error::Limit(text));
    }
    let mut listing = Listing::default();
    if zip.has_duplicate_names() {
        let text = "it holds several files of one name, of which the last is read: unpack it, and load what comes out";
        listing.warnings.push(text.to_owned());
    }
    for index in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(index) else {
            listing.warnings.push(format!("its file {} cannot be found in it: ask for the archive again", index + 1));
            continue;
        };
        let name =
            file.name().map_or_else(|_| String::from_utf8_lossy(file.name_raw()).into_owned(), |n| n.to_string());
        if file.is_dir() || name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") {
            continue;
        }
        let (size, packed, encrypted) = (file.size(), file.compressed_size(), file.encrypted());
        listing.entries.push(Entry { index, name, size, packed, encrypted });
    }
    if zip.has_overlapping_files().unwrap_or(false) {
        let text = "files in it share their bytes, as in a zip bomb, so it is not read: unpack it if you trust it";
        return Err(Error::Limit(text.into()));
    }
    Ok(listing)
}

/// What a zip archive is, where it is one file of another kind in truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    Workbook,
    /// A document of some program; the text says what it is and what to ask for.
    Other(&'static str),
    Files,
}

/// Tells workbooks and documents, which are zip archives themselves, from archives of files.
pub fn inside(entries: &[Entry], mimetype: Option<&str>) -> Inside {
    // Some programs write `\` between folders, and names in letters of their own case.
    let plain = |e: &Entry| e.name.replace('\\', "/").to_lowercase();
    let has = |name: &str| entries.iter().any(|e| e.name == name);
    let is_book = |name: &str| name.ends_with("workbook.xml") || name.ends_with("workbook.bin");
    let book = entries.iter().map(plain).any(|name| is_book(&name));
    if book && entries.iter().map(plain).any(|name| name == "[content_types].xml" || name.starts_with("xl/workbook.")) {
        return Inside::Workbook;
    }
    if has("content.xml") && has("mimetype") {
        return match mimetype {
            Some(m) if !m.contains("spreadsheet") => Inside::Other("an OpenDocument text or drawing: not table data"),
            _ => Inside::Workbook,
        };
    }
    if has("word/document.xml") {
        Inside::Other("a Word document: if it holds tables, ask for them as a workbook or as delimited text")
    } else if has("ppt/presentation.xml") {
        Inside::Other("a PowerPoint presentation")
    } else if has("Index/Document.iwa") || has("Index/Metadata.iwa") {
        Inside::Other("an Apple Numbers or Pages document: ask for it exported as .xlsx")
    } else if has("document.mwb.xml") {
        Inside::Other("a MySQL Workbench model, which holds no rows: ask for a data export")
    } else if has("META-INF/MANIFEST.MF") {
        Inside::Other("a Java program")
    } else {
        Inside::Files
    }
}

/// Hands the content of one entry to `with`.
pub fn read_entry<R: Read + Seek, T>(
    archive: R,
    index: usize,
    password: Option<&[u8]>,
    with: impl FnOnce(&mut dyn Read) -> T,
) -> Result<T> {
    let mut zip = open(archive)?;
    let mut file = match password {
        Some(password) => zip.by_index_decrypt(index, password),
        None => zip.by_index(index),
    }
    .map_err(|e| unreadable(&e))?;
    Ok(with(&mut file))
}

/// Whether a password opens an entry. The check in the entry's head lets one wrong password of 256 through, so what
/// comes out is looked at as well.
pub fn opens<R: Read + Seek>(archive: R, index: usize, password: &[u8]) -> Result<bool> {
    let mut zip = open(archive)?;
    let mut file = match zip.by_index_decrypt(index, password) {
        Ok(file) => file,
        Err(ZipError::InvalidPassword) => return Ok(false),
        Err(e) => return Err(unreadable(&e)),
    };
    Ok(std::io::copy(&mut file.by_ref().take(TRIED), &mut std::io::sink()).is_ok())
}

fn open<R: Read + Seek>(archive: R) -> Result<ZipArchive<R>> {
    ZipArchive::new(archive).map_err(|e| unreadable(&e))
}

fn unreadable(error: &ZipError) -> Error {
    Error::Unreadable(match error {
        ZipError::UnsupportedArchive(what) => {
            format!("it uses what is not read here ({what}): unpack it, and load what comes out")
        }
        _ => format!("it cannot be read, it may be cut off or one of several parts: ask for it again ({error})"),
    })
}

#[cfg(test)]
#[path = "zip_tests.rs"]
mod tests;
