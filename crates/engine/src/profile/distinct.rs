//! Exact counts of distinct values: 128-bit hashes with their count and first row, in sorted runs on disk where there
//! are too many to hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, Read, Seek, SeekFrom, Write};

use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// Where runs are put; a file of the load's own.
pub trait Scratch: Read + Write + Seek {}
impl<T: Read + Write + Seek> Scratch for T {}

/// A value by the row (from 1) where it first stands, with its number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frequent {
    pub count: u64,
    pub first: Reverse<u32>,
}

impl Frequent {
    pub fn row(&self) -> u32 {
        self.first.0
    }
}

/// The hash is as good as random: its low half serves as it is.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[derive(PartialEq, Eq, Clone, Copy, PartialOrd, Ord)]
struct Key(u64, u64);

impl std::hash::Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

#[derive(Clone, Copy)]
struct Seen {
    first: u32,
    count: u32,
}

const ENTRY: usize = size_of::<(Key, Seen)>();

#[derive(Default)]
pub struct Distinct {
    map: HashMap<Key, Seen, BuildHasherDefault<AsIs>>,
    /// The latest value: sorted and constant columns repeat it.
    latest: Option<(Key, Seen)>,
    runs: Vec<Run>,
}

#[derive(Clone, Copy)]
struct Run {
    at: u64,
    entries: u64,
}

impl Distinct {
    #[inline]
    pub fn see(&mut self, value: &[u8], row: u32) {
        let hash = xxh3_128(value);
        let key = Key(hash as u64, (hash >> 64) as u64);
        if let Some((latest, seen)) = &mut self.latest
            && *latest == key
        {
            seen.count += 1;
            return;
        }
        self.settle();
        self.latest = Some((key, Seen { first: row, count: 1 }));
    }

    fn settle(&mut self) {
        if let Some((key, seen)) = self.latest.take() {
            self.map.entry(key).and_modify(|there| there.count += seen.count).or_insert(seen);
        }
    }

    /// Bytes the map takes.
    pub fn held(&self) -> usize {
        self.map.capacity() * (ENTRY + 1) * 8 / 7
    }

    /// Writes what the map holds as a sorted run and forgets it.
    pub fn spill(&mut self, scratch: &mut dyn Scratch) -> io::Result<()> {
        self.settle();
        let mut entries: Vec<(Key, Seen)> = std::mem::take(&mut self.map).into_iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        let at = scratch.seek(SeekFrom::End(0))?;
        let mut block = Vec::with_capacity(RECORD * 4096);
        for chunk in entries.chunks(4096) {
            block.clear();
            for (key, seen) in chunk {
                block.extend_from_slice(&key.0.to_le_bytes());
                block.extend_from_slice(&key.1.to_le_bytes());
                block.extend_from_slice(&seen.first.to_le_bytes());
                block.extend_from_slice(&seen.count.to_le_bytes());
            }
            scratch.write_all(&block)?;
        }
        self.runs.push(Run { at, entries: entries.len() as u64 });
        Ok(())
    }

    /// How many values there are, and the `top` most frequent: by count, then by first appearance.
    pub fn conclude(mut self, top: usize, scratch: &mut dyn Scratch) -> io::Result<(u64, Vec<Frequent>)> {
        self.settle();
        let mut best = Best { top, heap: BinaryHeap::new() };
        let mut distinct = 0;
        if self.runs.is_empty() {
            for seen in self.map.values() {
                best.offer(seen.first, u64::from(seen.count));
            }
            return Ok((self.map.len() as u64, best.sorted()));
        }
        self.spill(scratch)?;
        // The more runs, the smaller the part of each that is held.
        let part = (8192 / self.runs.len()).clamp(64, 4096);
        let mut readers: Vec<RunReader> = self.runs.iter().map(|run| RunReader::new(*run, part)).collect();
        let mut next = BinaryHeap::new();
        for (index, reader) in readers.iter_mut().enumerate() {
            if let Some((key, seen)) = reader.next(scratch)? {
                next.push(Reverse((key, seen.first, seen.count, index)));
            }
        }
        let mut current: Option<(Key, u32, u64)> = None;
        while let Some(Reverse((key, first, count, index))) = next.pop() {
            match &mut current {
                Some((there, earliest, sum)) if *there == key => {
                    *earliest = (*earliest).min(first);
                    *sum += u64::from(count);
                }
                _ => {
                    if let Some((_, first, count)) = current.replace((key, first, u64::from(count))) {
                        best.offer(first, count);
                    }
                    distinct += 1;
                }
            }
            if let Some((key, seen)) = readers[index].next(scratch)? {
                next.push(Reverse((key, seen.first, seen.count, index)));
            }
        }
        if let Some((_, first, count)) = current {
            best.offer(first, count);
        }
        Ok((distinct, best.sorted()))
    }
}

/// The most frequent so far; the least of them on top of the heap.
struct Best {
    top: usize,
    heap: BinaryHeap<Reverse<Frequent>>,
}

impl Best {
    fn offer(&mut self, first: u32, count: u64) {
        let offered = Frequent { count, first: Reverse(first) };
        if self.heap.len() < self.top {
            self.heap.push(Reverse(offered));
        } else if self.heap.peek().is_some_and(|least| least.0 < offered) {
            self.heap.pop();
            self.heap.push(Reverse(offered));
        }
    }

    fn sorted(self) -> Vec<Frequent> {
        self.heap.into_sorted_vec().into_iter().map(|r| r.0).collect()
    }
}

/// Bytes of an entry on disk.
const RECORD: usize = 24;

struct RunReader {
    run: Run,
    part: usize,
    held: Vec<u8>,
    at: usize,
}

impl RunReader {
    fn new(run: Run, part: usize) -> Self {
        Self { run, part, held: Vec::new(), at: 0 }
    }

    fn next(&mut self, scratch: &mut dyn Scratch) -> io::Result<Option<(Key, Seen)>> {
        if self.at == self.held.len() {
            let entries = self.run.entries.min(self.part as u64);
            if entries == 0 {
                return Ok(None);
            }
            self.held.resize(entries as usize * RECORD, 0);
            scratch.seek(SeekFrom::Start(self.run.at))?;
            scratch.read_exact(&mut self.held)?;
            self.run.at += self.held.len() as u64;
            self.run.entries -= entries;
            self.at = 0;
        }
        let entry = &self.held[self.at..self.at + RECORD];
        self.at += RECORD;
        let long = |at: usize| u64::from_le_bytes(entry[at..at + 8].try_into().expect("eight bytes"));
        let short = |at: usize| u32::from_le_bytes(entry[at..at + 4].try_into().expect("four bytes"));
        Ok(Some((Key(long(0), long(8)), Seen { first: short(16), count: short(20) })))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use super::*;

    /// The same values with and without spilling give the same answer as counting them all.
    #[test]
    fn spilling_changes_nothing() {
        let values: Vec<String> = (0_u64..20_000).map(|i| format!("v{}", (i * i * 7919) % 5003)).collect();
        let mut plain: BTreeMap<&str, (u64, u32)> = BTreeMap::new();
        for (row, value) in values.iter().enumerate() {
            plain.entry(value).or_insert((0, row as u32 + 1)).0 += 1;
        }
        let mut expected: Vec<(u64, Reverse<u32>)> = plain.values().map(|(c, f)| (*c, Reverse(*f))).collect();
        expected.sort_unstable();
        expected.reverse();
        for every in [usize::MAX, 997, 5000, 19_999] {
            let mut scratch = Cursor::new(Vec::new());
            let mut distinct = Distinct::default();
            for (row, value) in values.iter().enumerate() {
                distinct.see(value.as_bytes(), row as u32 + 1);
                if row % every == every - 1 {
                    distinct.spill(&mut scratch).unwrap();
                }
            }
            let (count, top) = distinct.conclude(20, &mut scratch).unwrap();
            assert_eq!(count as usize, plain.len());
            let top: Vec<_> = top.into_iter().map(|f| (f.count, f.first)).collect();
            assert_eq!(top, expected[..20]);
        }
    }
}
