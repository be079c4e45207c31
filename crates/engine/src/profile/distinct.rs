//! Exact counts of distinct values: 128-bit hashes with their count and first row, in sorted runs on disk where there
//! are too many to hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::counts::Counts;
use super::hash::{Hash, IN_SEQUENCE, Key, Seen};
use super::sequence::{Sequence, written_plainly};

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

#[derive(Default)]
pub struct Distinct {
    sequence: Sequence,
    counts: Counts,
    /// The latest value, and how often it was repeated since: sorted and constant columns repeat it.
    latest: Option<(Key, u32)>,
    runs: Vec<Run>,
}

#[derive(Clone, Copy)]
struct Run {
    at: u64,
    entries: u64,
}

impl Distinct {
    /// Takes in an integer that continues the column's sequence; such a value was never seen before.
    #[inline]
    pub fn follow(&mut self, value: i64, row: u32) -> bool {
        self.sequence.follow(value, row)
    }

    /// Whether values may still continue the sequence.
    pub fn is_sequence(&self) -> bool {
        !self.sequence.has_ended()
    }

    /// Reads ahead where values will be looked for: to wait for the memory once for all of them takes as long as for one.
    #[inline]
    pub fn expect(&self, hashes: &[Hash]) {
        self.counts.touch(hashes);
    }

    /// Takes in a value; `integer` where it is one. False if it is known to have been seen before.
    #[inline]
    pub fn see(&mut self, value: &[u8], Hash(mut key): Hash, integer: Option<i64>, row: u32) -> bool {
        self.sequence.end();
        if let Some((latest, again)) = &mut self.latest
            && latest.0 == key.0
            && latest.1 & !IN_SEQUENCE == key.1
        {
            *again += 1;
            return false;
        }
        self.settle();
        let mut first = row;
        if self.sequence.values() > 0 {
            // Text that reads as a number is the same value: figures are defined on the staged bytes.
            let number = integer.or_else(|| written_plainly(value));
            if let Some(there) = number.and_then(|n| self.sequence.row_of(n)) {
                key.1 |= IN_SEQUENCE;
                first = there;
            }
        }
        self.latest = Some((key, 0));
        self.counts.count(key, first)
    }

    fn settle(&mut self) {
        if let Some((key, again)) = self.latest.take()
            && again > 0
        {
            self.counts.add(key, again);
        }
    }

    /// Values of the sequence, which [`Distinct::see`] was not asked about.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// Bytes that are held.
    pub fn held(&self) -> usize {
        self.counts.held() + self.sequence.held()
    }

    /// Writes what is counted as a sorted run and forgets it.
    pub fn spill(&mut self, scratch: &mut dyn Scratch) -> io::Result<()> {
        self.settle();
        let entries = std::mem::take(&mut self.counts).sorted();
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

    /// How many values there are, and the `top` most frequent: by count, then by first appearance. Of all but the
    /// sequence nothing is kept.
    pub fn conclude(&mut self, top: usize, scratch: &mut dyn Scratch) -> io::Result<(u64, Vec<Frequent>)> {
        self.settle();
        let mut best = Best::new(top);
        if self.runs.is_empty() {
            for (key, seen) in std::mem::take(&mut self.counts).iter() {
                best.take(*key, seen.first, u64::from(seen.count));
            }
            return Ok(best.conclude(&self.sequence));
        }
        self.spill(scratch)?;
        // The more runs, the smaller the part of each that is held.
        let part = (8192 / self.runs.len()).clamp(64, 4096);
        let mut readers: Vec<RunReader> = self.runs.drain(..).map(|run| RunReader::new(run, part)).collect();
        let mut next = BinaryHeap::new();
        for (index, reader) in readers.iter_mut().enumerate() {
            if let Some((key, seen)) = reader.next(scratch)? {
                next.push(Reverse((key, seen.first, seen.count, index)));
            }
        }
        let mut current: Option<(Key, u32, u64)> = None;
        while let Some(mut least) = next.peek_mut() {
            let Reverse((key, first, count, index)) = *least;
            match &mut current {
                Some((there, earliest, sum)) if *there == key => {
                    *earliest = (*earliest).min(first);
                    *sum += u64::from(count);
                }
                _ => {
                    if let Some((key, first, count)) = current.replace((key, first, u64::from(count))) {
                        best.take(key, first, count);
                    }
                }
            }
            match readers[index].next(scratch)? {
                Some((key, seen)) => *least = Reverse((key, seen.first, seen.count, index)),
                None => drop(PeekMut::pop(least)),
            }
        }
        if let Some((key, first, count)) = current {
            best.take(key, first, count);
        }
        Ok(best.conclude(&self.sequence))
    }
}

/// The most frequent so far; the least of them on top of the heap.
struct Best {
    top: usize,
    heap: BinaryHeap<Reverse<Frequent>>,
    /// Values that do not stand in the sequence.
    others: u64,
    /// Rows of the sequence whose value came again, as far as there may be too few of them to fill the heap.
    again: Vec<u32>,
}

impl Best {
    fn new(top: usize) -> Self {
        Self { top, heap: BinaryHeap::new(), others: 0, again: Vec::new() }
    }

    fn take(&mut self, key: Key, first: u32, count: u64) {
        if key.1 & IN_SEQUENCE == 0 {
            self.others += 1;
            self.offer(first, count);
        } else {
            if self.again.len() < self.top {
                self.again.push(first);
            }
            self.offer(first, count + 1);
        }
    }

    /// The number of values, and the most frequent of them.
    fn conclude(mut self, sequence: &Sequence) -> (u64, Vec<Frequent>) {
        if self.again.len() < self.top {
            let once = |row: &u32| !self.again.contains(row);
            let rows: Vec<u32> = sequence.iter().map(|(row, _)| row).filter(once).take(self.top).collect();
            for row in rows {
                self.offer(row, 1);
            }
        }
        let distinct = self.others + sequence.values();
        (distinct, self.heap.into_sorted_vec().into_iter().map(|r| r.0).collect())
    }

    fn offer(&mut self, first: u32, count: u64) {
        let offered = Frequent { count, first: Reverse(first) };
        if self.heap.len() < self.top {
            self.heap.push(Reverse(offered));
        } else if self.heap.peek().is_some_and(|least| least.0 < offered) {
            self.heap.pop();
            self.heap.push(Reverse(offered));
        }
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
                distinct.see(value.as_bytes(), Hash::of(value.as_bytes()), None, row as u32 + 1);
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

    /// Columns as a server numbers them, with what people do to them later.
    #[test]
    fn a_sequence_counts_like_any_other_values() {
        let columns: [Vec<i64>; 6] = [
            (1..=500).collect(),
            (1..=300).chain(400..=700).chain([12, 12, 13, 650, 900]).collect(),
            (-3..=200).chain(-3..=200).collect(),
            (0..400).map(|i| i * 2).collect(),
            (1..=100).chain([350, 350, 5]).chain(200..=400).collect(),
            [7, 7, 7, 8, 9, 7].to_vec(),
        ];
        for values in columns {
            let mut plain: BTreeMap<i64, (u64, u32)> = BTreeMap::new();
            for (row, value) in values.iter().enumerate() {
                plain.entry(*value).or_insert((0, row as u32 + 1)).0 += 1;
            }
            let mut expected: Vec<(u64, Reverse<u32>)> = plain.values().map(|(c, f)| (*c, Reverse(*f))).collect();
            expected.sort_unstable();
            expected.reverse();
            for every in [usize::MAX, 37] {
                let mut scratch = Cursor::new(Vec::new());
                let mut distinct = Distinct::default();
                for (row, value) in values.iter().enumerate() {
                    let at = row as u32 + 1;
                    if !distinct.follow(*value, at) {
                        // Every other one as text: the same bytes are the same value.
                        let integer = (row % 2 == 0).then_some(*value);
                        let text = value.to_string();
                        distinct.see(text.as_bytes(), Hash::of(text.as_bytes()), integer, at);
                    }
                    if row % every == every - 1 {
                        distinct.spill(&mut scratch).unwrap();
                    }
                }
                let (count, top) = distinct.conclude(20, &mut scratch).unwrap();
                assert_eq!(count as usize, plain.len(), "{values:?}");
                let top: Vec<_> = top.into_iter().map(|f| (f.count, f.first)).collect();
                assert_eq!(top, expected[..20.min(expected.len())], "{values:?}");
            }
        }
    }
}
