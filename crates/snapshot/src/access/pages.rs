//! The pages of the file, decoded, by their numbers; and the rows on them.

use std::io::{Read, Seek, SeekFrom};

use super::format::{Fallible, Fault, Generation, Layout, Pointer, broken, u16_at};
use crate::cipher::Cipher;
use crate::event::Error;

/// Anything that can be read at any place.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// Pages kept, each in the place its number gives it.
const KEPT: usize = 256;
/// Pages fetched at once where a table is read from front to back.
const AHEAD: u32 = 32;

const DELETED: u16 = 0x8000;
const MOVED: u16 = 0x4000;
const OFFSET: u16 = 0x1FFF;

pub struct Pages {
    source: Box<dyn Source>,
    pub generation: Generation,
    pub layout: &'static Layout,
    pub cipher: Cipher,
    /// Whole pages in the file.
    pub count: u32,
    /// Bytes of the file.
    pub size: u64,
    kept: Vec<(u32, Vec<u8>)>,
    ahead: Vec<u8>,
    ahead_from: u32,
}

/// What a slot of a data page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// No row, or one that is read from where it was moved from.
    Empty,
    /// Bytes of the page that hold the row.
    Row {
        start: usize,
        end: usize,
    },
    /// The same, of a pointer to where the row went.
    Moved {
        start: usize,
        end: usize,
    },
    Broken,
}

impl Pages {
    pub fn new(source: Box<dyn Source>, generation: Generation, size: u64) -> Self {
        let layout = generation.layout();
        let count = u32::try_from(size / layout.page as u64).unwrap_or(u32::MAX).min(1 << 24);
        let kept = (0..KEPT).map(|_| (0, Vec::new())).collect();
        let (cipher, ahead) = (Cipher::None, Vec::new());
        Self { source, generation, layout, cipher, count, size, kept, ahead, ahead_from: 0 }
    }

    /// Where a page begins in the file.
    pub fn offset(&self, page: u32) -> u64 {
        u64::from(page) * self.layout.page as u64
    }

    /// A page, wherever it stands. Page 0 is the header and never asked for.
    pub fn page(&mut self, page: u32) -> Fallible<&[u8]> {
        self.check(page)?;
        let place = page as usize % KEPT;
        if self.kept[place].0 != page {
            let mut bytes = std::mem::take(&mut self.kept[place].1);
            bytes.resize(self.layout.page, 0);
            // Not kept under its number until it is whole.
            self.kept[place].0 = 0;
            self.fetch(page, &mut bytes)?;
            self.cipher.decode(page, &mut bytes);
            self.kept[place] = (page, bytes);
        }
        Ok(&self.kept[place].1)
    }

    /// A page into `into`, where the ones after it will be asked for next.
    pub fn next_page(&mut self, page: u32, into: &mut Vec<u8>) -> Fallible<()> {
        self.check(page)?;
        let size = self.layout.page;
        let held = (self.ahead.len() / size) as u32;
        if page < self.ahead_from || page >= self.ahead_from + held {
            // Tables lie between each other: only where one goes on is more of it likely to follow.
            let wanted = if page == self.ahead_from + held { AHEAD } else { 4 };
            let run = wanted.min(self.count - page);
            let mut ahead = std::mem::take(&mut self.ahead);
            ahead.resize(run as usize * size, 0);
            self.fetch(page, &mut ahead)?;
            (self.ahead, self.ahead_from) = (ahead, page);
        }
        let at = (page - self.ahead_from) as usize * size;
        into.clear();
        into.extend_from_slice(&self.ahead[at..at + size]);
        self.cipher.decode(page, into);
        Ok(())
    }

    fn check(&self, page: u32) -> Fallible<()> {
        if page == 0 || page >= self.count {
            return broken(format!("page {page} is not in the file, which has {} pages", self.count));
        }
        Ok(())
    }

    fn fetch(&mut self, page: u32, into: &mut [u8]) -> Fallible<()> {
        let byte = self.offset(page);
        let done = self.source.seek(SeekFrom::Start(byte)).and_then(|_| self.source.read_exact(into));
        done.map_err(|source| Fault::Io(Error::Io { byte, source }))
    }

    /// The bytes of the row a pointer leads to.
    pub fn row(&mut self, pointer: Pointer) -> Fallible<&[u8]> {
        let layout = self.layout;
        let page = self.page(pointer.page())?;
        match slot(layout, page, pointer.slot(), true) {
            Slot::Row { start, end } | Slot::Moved { start, end } => Ok(&page[start..end]),
            Slot::Empty | Slot::Broken => {
                broken(format!("there is no row {} on page {}", pointer.slot(), pointer.page()))
            }
        }
    }
}

/// Slots of a data page. A count that the page has no room for is cut to what it has.
pub fn slots(layout: &Layout, page: &[u8]) -> (usize, bool) {
    let said = usize::from(u16_at(page, layout.slots).unwrap_or(0));
    let room = (page.len() - layout.slots - 2) / 2;
    (said.min(room), said > room)
}

/// What a slot says; `followed` where a pointer led there, which a row that was moved is only reached by.
pub fn slot(layout: &Layout, page: &[u8], index: usize, followed: bool) -> Slot {
    let (count, _) = slots(layout, page);
    if index >= count {
        return Slot::Broken;
    }
    let entry = |i: usize| u16_at(page, layout.slots + 2 + 2 * i).unwrap_or(0);
    let word = entry(index);
    if word & DELETED != 0 && (!followed || word & MOVED != 0) {
        return Slot::Empty;
    }
    let start = usize::from(word & OFFSET);
    let end = if index == 0 { page.len() } else { usize::from(entry(index - 1) & OFFSET) };
    if start < layout.slots + 2 + 2 * count || start > end || end > page.len() {
        return Slot::Broken;
    }
    if word & MOVED != 0 { Slot::Moved { start, end } } else { Slot::Row { start, end } }
}
