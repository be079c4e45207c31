//! The leak scan: a workbook is opened again as a ZIP, and every part of it searched for the people of the roster.

mod part;
mod roster;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Read, Seek};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub use roster::{Depth, Roster};

use super::Class;
use crate::error::{Error, Result};
use crate::progress::{Progress, Watch};

/// Stands between the values of one cell that lists several.
pub const LISTED: &str = " · ";

/// Where a text of a workbook comes from, which says how deep it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextOrigin {
    /// Our own words and those of the target's catalog, with counts in them. Not searched.
    Ours,
    /// Names and types of the source's schema. Not searched: its columns are named on every sheet.
    Schema,
    /// Typed by a person or carried over from the source's comments, defaults and file names, or a sentence that may quote
    /// such a text: searched for whole names, phones, mails and long ids.
    Typed,
    /// A cell that stands for an id: searched for short and numeric ids too.
    Id,
    /// Deidentified: all of it is searched.
    Sample,
}

/// Told every text that a workbook holds, exactly as its cell holds it.
pub trait TextLog {
    fn text(&mut self, origin: TextOrigin, text: &str);
}

/// What a workbook holds that did not come from source cells, collected by the writer while it writes.
///
/// A text is exempt as a whole or not at all: `White` as a heading hides no `White` in a cell beside it, as long as
/// nobody wrote that cell. What nobody told of is searched as source text.
#[derive(Debug, Default)]
pub struct ExemptTexts {
    fixed: Texts,
    typed: Texts,
    ids: Texts,
}

/// Hashed as suits short texts: every cell of a workbook is looked up.
type Texts = HashSet<String, foldhash::fast::RandomState>;

impl TextLog for ExemptTexts {
    fn text(&mut self, origin: TextOrigin, text: &str) {
        match origin {
            TextOrigin::Ours | TextOrigin::Schema => put(&mut self.fixed, text),
            TextOrigin::Typed => put(&mut self.typed, text),
            TextOrigin::Id => put(&mut self.ids, text),
            TextOrigin::Sample => {}
        }
    }
}

impl ExemptTexts {
    /// How deep a text is to be searched; `None` where it is our own.
    fn depth(&self, text: &str) -> Option<Depth> {
        let text = &*normal(text);
        if self.ids.contains(text) {
            Some(Depth::Id)
        } else if text.is_empty() || self.fixed.contains(text) || self.is_list(text) {
            None
        } else if self.typed.contains(text) {
            Some(Depth::Typed)
        } else {
            Some(Depth::Source)
        }
    }

    /// A drop-down's list, or a reference to a sheet, made of our own words only.
    fn is_list(&self, text: &str) -> bool {
        if let Some(list) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return list.split(',').all(|word| self.fixed.contains(word.trim()));
        }
        let Some((sheet, _)) = text.rsplit_once('!') else { return false };
        let sheet = sheet.trim_start_matches('=').trim_matches('\'').replace("''", "'");
        self.fixed.contains(&sheet)
    }
}

/// Most texts stand in a workbook many times.
fn put(texts: &mut Texts, text: &str) {
    let text = normal(text);
    if !texts.contains(&*text) {
        texts.insert(text.into_owned());
    }
}

/// Line ends and spaces around a text differ between what was written and what is read back.
fn normal(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text.trim());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.trim().to_owned())
}

/// An identifier found in a workbook; where, never what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The part's name inside the ZIP; a number where the name is itself the hit.
    pub part: String,
    /// The cell, or the element or attribute and its running number in the part.
    pub place: String,
    pub class: Class,
}

/// Searches every part of a workbook, several at a time; the parts' names too. `open` opens the file for each that
/// searches.
///
/// # Errors
/// [`Error::Refused`] where the workbook can't be read back as one: what cannot be searched must not leave.
/// [`Error::Cancelled`] when `watch` says stop.
pub fn scan<R: Read + Seek>(
    open: impl Fn() -> io::Result<R> + Sync,
    roster: &Roster,
    exempt: &ExemptTexts,
    watch: &dyn Watch,
) -> Result<Vec<Hit>> {
    let next = AtomicUsize::new(0);
    let parts = zip::ZipArchive::new(open().map_err(|_| unreadable("the workbook"))?);
    let parts = parts.map_err(|_| unreadable("the workbook"))?.len();
    let searches = thread::available_parallelism().map_or(1, usize::from).min(parts).min(MOST_SEARCHES);
    let search = || search_parts(&open, roster, exempt, watch, (&next, parts));
    let mut found: Vec<(usize, Vec<Hit>)> = thread::scope(|scope| {
        let running: Vec<_> = (0..searches).map(|_| scope.spawn(search)).collect();
        let ended = running.into_iter().map(|search| search.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.collect::<Result<Vec<_>>>()
    })?
    .into_iter()
    .flatten()
    .collect();
    found.sort_by_key(|(part, _)| *part);
    Ok(found.into_iter().flat_map(|(_, hits)| hits).collect())
}

/// Each remembers what it has searched.
const MOST_SEARCHES: usize = 4;

/// Takes one part after the other of those that nobody has taken.
fn search_parts<R: Read + Seek>(
    open: impl Fn() -> io::Result<R>,
    roster: &Roster,
    exempt: &ExemptTexts,
    watch: &dyn Watch,
    (next, parts): (&AtomicUsize, usize),
) -> Result<Vec<(usize, Vec<Hit>)>> {
    let file = open().map_err(|_| unreadable("the workbook"))?;
    let mut zip = zip::ZipArchive::new(file).map_err(|_| unreadable("the workbook"))?;
    let mut found = Vec::new();
    let mut searched = part::Searched::default();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= parts {
            return Ok(found);
        }
        // How far all searches are together, so that it never goes back.
        let go_on = || {
            watch.step(&Progress {
                phase: "Searching the workbook for people of the snapshot".to_owned(),
                done: next.load(Ordering::Relaxed).min(parts) as u64 - 1,
                total: parts as u64,
                unit: "parts",
                rows: 0,
            })
        };
        if !go_on() {
            return Err(Error::Cancelled);
        }
        let mut entry = zip.by_index(index).map_err(|_| unreadable(&format!("part {}", index + 1)))?;
        let name = entry.name().map_err(|_| unreadable(&format!("part {}", index + 1)))?.into_owned();
        let mut search = part::Search::new(&name, roster, exempt, &mut searched);
        search.part_name(index);
        search.content(&mut entry, go_on)?;
        if !search.hits.is_empty() {
            found.push((index, search.hits));
        }
    }
}

fn unreadable(what: &str) -> Error {
    Error::refused(format!("the leak scan could not read {what} back; no file was kept, export again"))
}
