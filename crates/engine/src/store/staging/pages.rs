//! Writes rows straight into the pages of a SQLite database: a load only ever appends, and the work of a statement for
//! each row is most of what a load would cost.
//!
//! A table is a tree of pages, written from its leaves up; a row is a record in a leaf, its overflow on pages of its
//! own. <https://www.sqlite.org/fileformat2.html>, §1.5 (pages), §1.6 (overflow), §2.1 (records). SQLite makes the file
//! and reads everything that is written here; the tests let it check the trees.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use snapshot::{Batch, CellRef};
use xxhash_rust::xxh3::Xxh3;

/// Bytes of a page.
pub const PAGE: usize = 16384;
/// The page with the byte at 1 GiB is left empty: SQLite puts its locks there.
const LOCKS: u32 = 0x4000_0000 / PAGE as u32 + 1;
/// The longest record that stands in a leaf as a whole.
const WHOLE: usize = PAGE - 35;
/// What stands in a leaf of any longer one, at the least.
const FRONT: usize = (PAGE - 12) * 32 / 255 - 23;
/// Of a record's overflow, what a page holds.
const PIECE: usize = PAGE - 4;
/// Pages below one page of a tree. Whatever their numbers take, one more has room.
const BELOW: usize = 1000;
/// Pages are handed to the system so many at once.
const AT_ONCE: usize = 64;
/// What SQLite reads back at most of one record.
pub const LONGEST: usize = 1_000_000_000;

/// Pages of a database, in the order they are written.
pub struct Pages {
    file: File,
    /// Pages that the file does not have yet.
    waiting: Vec<u8>,
    /// The number of the next page; the first is 1.
    next: u32,
    /// The head of the record at hand.
    head: Vec<u8>,
    /// [`BELOW`].
    below: usize,
}

/// One table's tree while it grows.
#[derive(Default)]
pub struct Tree {
    /// Cells of the leaf that is filled, and where each starts.
    cells: Vec<u8>,
    starts: Vec<u16>,
    rows: i64,
    /// From the leaves up: pages without a parent yet, each with its last row.
    levels: Vec<Vec<(u32, i64)>>,
    /// Of the last row.
    last: Mark,
}

impl Tree {
    pub fn rows(&self) -> i64 {
        self.rows
    }

    /// What the last row is known by.
    pub fn last(&self) -> Mark {
        self.last
    }
}

/// What the values of a row are known by when they are read back.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub width: usize,
    hash: u64,
}

impl Mark {
    pub fn of<'a>(cells: impl Iterator<Item = CellRef<'a>>) -> Self {
        let (mut width, mut hash) = (0, Xxh3::new());
        for cell in cells {
            width += 1;
            let (kind, length) = kind(cell);
            hash.update(&kind.to_le_bytes());
            hash.update(&(length as u64).to_le_bytes());
            with_body(cell, |bytes| hash.update(bytes));
        }
        Self { width, hash: hash.digest() }
    }
}

#[derive(Debug)]
pub enum PagesError {
    Io(io::Error),
    /// A record of over a thousand million bytes: whoever reads sets such apart before.
    TooLong,
    /// More values in a row than the table has columns.
    Surplus,
}

impl From<io::Error> for PagesError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Pages {
    /// Goes on after the pages of the database at `path`, which nobody else has open.
    pub fn after(path: &Path) -> io::Result<Self> {
        let mut file = File::options().read(true).write(true).open(path)?;
        let length = file.seek(SeekFrom::End(0))?;
        let next = u32::try_from(length / PAGE as u64).map_err(io::Error::other)? + 1;
        Ok(Self { file, waiting: Vec::with_capacity(AT_ONCE * PAGE), next, head: Vec::new(), below: BELOW })
    }

    /// What the pages take so far.
    pub fn bytes(&self) -> u64 {
        u64::from(self.next - 1) * PAGE as u64
    }

    /// Adds the rows of a batch to a table of `width` columns. Columns after the values that a row has are NULL.
    pub fn add(&mut self, tree: &mut Tree, batch: &Batch, width: usize) -> Result<(), PagesError> {
        if batch.width > width && !batch.is_empty() {
            return Err(PagesError::Surplus);
        }
        for row in 0..batch.rows() {
            self.row(tree, || batch.row(row))?;
        }
        if let Some(last) = batch.rows().checked_sub(1) {
            tree.last = Mark::of(batch.row(last));
        }
        Ok(())
    }

    fn row<'a, I>(&mut self, tree: &mut Tree, cells: impl Fn() -> I) -> Result<(), PagesError>
    where
        I: Iterator<Item = CellRef<'a>>,
    {
        self.head.clear();
        let mut body = 0;
        for cell in cells() {
            let (kind, length) = kind(cell);
            put_varint(&mut self.head, kind);
            body += length;
        }
        if self.head.is_empty() {
            // A record has a column, though the table may have none.
            put_varint(&mut self.head, 0);
        }
        let head_length = with_itself(self.head.len());
        let record = head_length + body;
        if record > LONGEST {
            return Err(PagesError::TooLong);
        }
        let here = if record <= WHOLE { record } else { front(record) };
        // Two numbers, the front of the record, the page where it goes on.
        let most = 9 + 9 + here + 4;
        if 8 + tree.cells.len() + 2 * (tree.starts.len() + 1) + most > PAGE && !tree.starts.is_empty() {
            self.leaf(tree)?;
        }
        tree.rows += 1;
        tree.starts.push(tree.cells.len() as u16);
        put_varint(&mut tree.cells, record as u64);
        put_varint(&mut tree.cells, tree.rows as u64);
        if here == record {
            put_varint(&mut tree.cells, head_length as u64);
            tree.cells.extend_from_slice(&self.head);
            cells().for_each(|cell| with_body(cell, |bytes| tree.cells.extend_from_slice(bytes)));
            return Ok(());
        }
        let mut head = Vec::with_capacity(head_length);
        put_varint(&mut head, head_length as u64);
        head.extend_from_slice(&self.head);
        let mut split = Split { pages: self, tree, here, rest: record - here, at: 0, room: 0, failed: Ok(()) };
        split.put(&head);
        cells().for_each(|cell| with_body(cell, |bytes| split.put(bytes)));
        split.failed.map_err(PagesError::Io)
    }

    /// Ends a table; answers the page that its tree starts from.
    pub fn root(&mut self, mut tree: Tree) -> io::Result<u32> {
        if tree.levels.is_empty() || !tree.starts.is_empty() {
            self.leaf(&mut tree)?;
        }
        let mut depth = 0;
        while depth + 1 < tree.levels.len() || tree.levels[depth].len() > 1 {
            let all = tree.levels[depth].len();
            self.parent(&mut tree, depth, all)?;
            depth += 1;
        }
        Ok(tree.levels[depth][0].0)
    }

    /// Hands over what waits, and tells the database how many pages it has.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.file.seek(SeekFrom::Start(28))?;
        self.file.write_all(&(self.next - 1).to_be_bytes())
    }

    /// Writes the leaf that was filled.
    fn leaf(&mut self, tree: &mut Tree) -> io::Result<()> {
        let (number, page) = self.page()?;
        let content = PAGE - tree.cells.len();
        page[0] = 0x0d;
        page[3..5].copy_from_slice(&(tree.starts.len() as u16).to_be_bytes());
        page[5..7].copy_from_slice(&(content as u16).to_be_bytes());
        for (place, start) in page[8..].chunks_exact_mut(2).zip(&tree.starts) {
            place.copy_from_slice(&(content as u16 + start).to_be_bytes());
        }
        page[content..].copy_from_slice(&tree.cells);
        tree.cells.clear();
        tree.starts.clear();
        self.adopt(tree, 0, (number, tree.rows))
    }

    /// Puts a page below the next one of the level above.
    fn adopt(&mut self, tree: &mut Tree, depth: usize, child: (u32, i64)) -> io::Result<()> {
        if tree.levels.len() == depth {
            tree.levels.push(Vec::new());
        }
        tree.levels[depth].push(child);
        // Two stay: a page above has no fewer below it.
        if tree.levels[depth].len() == self.below + 2 { self.parent(tree, depth, self.below) } else { Ok(()) }
    }

    /// Writes the page above the first `count` of a level.
    fn parent(&mut self, tree: &mut Tree, depth: usize, count: usize) -> io::Result<()> {
        let below: Vec<(u32, i64)> = tree.levels[depth].drain(..count).collect();
        let Some((right, others)) = below.split_last() else { return Ok(()) };
        let (number, page) = self.page()?;
        let mut cells: Vec<u8> = Vec::new();
        let mut starts = Vec::new();
        for (child, last) in others {
            starts.push(cells.len());
            cells.extend_from_slice(&child.to_be_bytes());
            put_varint(&mut cells, *last as u64);
        }
        let content = PAGE - cells.len();
        page[0] = 0x05;
        page[3..5].copy_from_slice(&(others.len() as u16).to_be_bytes());
        page[5..7].copy_from_slice(&(content as u16).to_be_bytes());
        page[8..12].copy_from_slice(&right.0.to_be_bytes());
        for (place, start) in page[12..].chunks_exact_mut(2).zip(starts) {
            place.copy_from_slice(&((content + start) as u16).to_be_bytes());
        }
        page[content..].copy_from_slice(&cells);
        self.adopt(tree, depth + 1, (number, right.1))
    }

    /// A new page of zeros, and its number.
    fn page(&mut self) -> io::Result<(u32, &mut [u8])> {
        if self.waiting.len() >= AT_ONCE * PAGE {
            self.flush()?;
        }
        if self.next == LOCKS {
            self.waiting.resize(self.waiting.len() + PAGE, 0);
            self.next += 1;
        }
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| io::Error::other("a database has no more pages than 2^32"))?;
        let start = self.waiting.len();
        self.waiting.resize(start + PAGE, 0);
        Ok((number, &mut self.waiting[start..]))
    }

    /// The number that the next page will have.
    fn coming(&self) -> u32 {
        if self.next == LOCKS { LOCKS + 1 } else { self.next }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

/// A record too long for a leaf: its front goes there, the rest on pages that are chained.
struct Split<'a> {
    pages: &'a mut Pages,
    tree: &'a mut Tree,
    /// Bytes that still go into the leaf.
    here: usize,
    /// Bytes that still go to overflow pages.
    rest: usize,
    /// Where they go among the pages that wait, and how many that page takes.
    at: usize,
    room: usize,
    failed: io::Result<()>,
}

impl Split<'_> {
    fn put(&mut self, bytes: &[u8]) {
        let (front, bytes) = bytes.split_at(bytes.len().min(self.here));
        self.tree.cells.extend_from_slice(front);
        self.here -= front.len();
        if self.here == 0 && !front.is_empty() {
            let first = self.pages.coming();
            self.tree.cells.extend_from_slice(&first.to_be_bytes());
        }
        if self.failed.is_ok() {
            self.failed = self.overflow(bytes);
        }
    }

    fn overflow(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if self.room == 0 {
                self.pages.page()?;
                let next = if self.rest > PIECE { self.pages.coming() } else { 0 };
                self.at = self.pages.waiting.len() - PAGE + 4;
                self.room = PIECE;
                self.pages.waiting[self.at - 4..self.at].copy_from_slice(&next.to_be_bytes());
            }
            let (now, later) = bytes.split_at(bytes.len().min(self.room));
            self.pages.waiting[self.at..self.at + now.len()].copy_from_slice(now);
            self.at += now.len();
            self.room -= now.len();
            self.rest -= now.len();
            bytes = later;
        }
        Ok(())
    }
}

/// Whether a row makes a record of over `most` bytes.
pub fn is_longer<'a>(cells: impl Iterator<Item = CellRef<'a>>, most: usize) -> bool {
    let mut head = 0;
    let mut body = 0;
    for cell in cells {
        let (kind, length) = kind(cell);
        head += varint_length(kind);
        body += length;
    }
    with_itself(head.max(1)) + body > most
}

/// Whether a row of the batch may make a record of over `most` bytes; tells at a glance for all of it.
pub fn may_be_longer(batch: &Batch, most: usize) -> bool {
    // A number takes eight bytes, a value's type no more than six, the head's own length three.
    batch.byte_size() + batch.rows() * batch.width * (8 + 6) + 3 > most
}

/// Bytes of a record that stand in its leaf, where it does not stand there whole.
fn front(record: usize) -> usize {
    let even = FRONT + (record - FRONT) % PIECE;
    if even <= WHOLE { even } else { FRONT }
}

/// The length of a record's head, which starts with this length.
fn with_itself(head: usize) -> usize {
    (1..=9).map(|own| head + own).find(|all| varint_length(*all as u64) == all - head).unwrap_or(head + 9)
}

/// A value's type in the head of its record, and the length of its body.
#[inline]
fn kind(cell: CellRef<'_>) -> (u64, usize) {
    match cell {
        CellRef::Null => (0, 0),
        CellRef::Integer(0) => (8, 0),
        CellRef::Integer(1) => (9, 0),
        CellRef::Integer(i) => {
            let length = integer_length(i);
            (if length == 8 { 6 } else { length.min(5) as u64 }, length)
        }
        CellRef::Text(text) => (text.len() as u64 * 2 + 13, text.len()),
        CellRef::Bytes(bytes) => (bytes.len() as u64 * 2 + 12, bytes.len()),
    }
}

/// Gives the body of a value.
#[inline]
fn with_body(cell: CellRef<'_>, mut take: impl FnMut(&[u8])) {
    match cell {
        CellRef::Null | CellRef::Integer(0 | 1) => {}
        CellRef::Integer(i) => take(&i.to_be_bytes()[8 - integer_length(i)..]),
        CellRef::Text(bytes) | CellRef::Bytes(bytes) => take(bytes),
    }
}

/// Of the fewest bytes that a record takes for it: 1 to 4, 6 or 8.
#[inline]
fn integer_length(i: i64) -> usize {
    // The bits without those that only repeat the sign.
    match 65 - (i ^ (i >> 63)).leading_zeros() {
        0..=8 => 1,
        9..=16 => 2,
        17..=24 => 3,
        25..=32 => 4,
        33..=48 => 6,
        _ => 8,
    }
}

fn varint_length(n: u64) -> usize {
    (64 - n.leading_zeros() as usize).div_ceil(7).max(1)
}

/// Seven bits a byte, the highest first, as long as `n` is below 2^56.
#[inline]
fn put_varint(out: &mut Vec<u8>, n: u64) {
    if n < 0x80 {
        out.push(n as u8);
        return;
    }
    for place in (1..varint_length(n)).rev() {
        out.push((n >> (7 * place)) as u8 | 0x80);
    }
    out.push(n as u8 & 0x7f);
}

#[cfg(test)]
mod tests;
