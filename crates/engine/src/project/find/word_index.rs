//! Makes the index over the words of a snapshot, table by table; what was done stays done.

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use analysis::Value;
use search::{Words, index_words};
use xxhash_rust::xxh3::xxh3_64;

use super::super::snapshots::InUse;
use crate::error::{Error, Result};
use crate::facts::WordIndexFacts;
use crate::progress::{Progress, Watch};
use crate::store::staging::StagedColumn;
use crate::store::staging::scan::Cells;
use crate::store::word_index::{BLOCK, WordIndex};

/// Blocks that are kept at a time.
const KEPT: u64 = 2_048;

pub fn make(snapshot: &InUse, folder: &Path, watch: &dyn Watch) -> Result<WordIndexFacts> {
    let began = Instant::now();
    let index = WordIndex::make(folder, snapshot.edition())?;
    let known = index.tables()?;
    let wanted: Vec<_> = snapshot.tables.iter().filter(|(_, table)| table.rows > 0).collect();
    let total: u64 = wanted.iter().map(|(_, table)| table.rows).sum();
    let (mut done, mut rows) = (0, 0);
    for (key, table) in wanted {
        let (mut blocks, complete) = known.get(&table.id).copied().unwrap_or_default();
        let columns: Vec<&StagedColumn> = snapshot.columns(table)?.iter().collect();
        let step = |now: u64| {
            let (phase, done) = (format!("Indexing {key}"), (done + now).min(total));
            watch.step(&Progress { phase, done, total, unit: "rows", rows: done })
        };
        let (end, mut ended) = (snapshot.staging.last_number(table)?, complete);
        while !ended {
            if !step(blocks * BLOCK) {
                return Err(Error::Cancelled);
            }
            let (first, last) = (blocks * BLOCK + 1, (blocks + KEPT) * BLOCK);
            if !index.begin(table.id, blocks)? {
                (blocks, ended) = index.tables()?.get(&table.id).copied().unwrap_or_default();
                continue;
            }
            let mut into = Blocks::new(&index, table.id);
            snapshot.staging.scan_between(table, &columns, (first, last), &mut into)?;
            let read = into.conclude()?;
            rows += read;
            // Numbers of rows that were taken back are missing in between.
            ended = last >= end;
            blocks = last.min(end).div_ceil(BLOCK);
            index.keep(table.id, snapshot.edition(), blocks, ended)?;
        }
        done += table.rows;
    }
    Ok(WordIndexFacts { rows, seconds: began.elapsed().as_secs_f64(), ..told(snapshot, Some(&index))? })
}

pub fn told(snapshot: &InUse, index: Option<&WordIndex>) -> Result<WordIndexFacts> {
    let tables = snapshot.tables.iter().filter(|(_, table)| table.rows > 0).count() as u64;
    let indexed = match index {
        Some(index) => index.tables()?.values().filter(|(_, complete)| *complete).count() as u64,
        None => 0,
    };
    let bytes = index.map(WordIndex::bytes).transpose()?.unwrap_or_default();
    Ok(WordIndexFacts { tables, indexed, bytes, rows: 0, seconds: 0.0 })
}

/// Rows on their way into blocks.
struct Blocks<'a> {
    index: &'a WordIndex,
    table: u64,
    words: Words,
    number: itoa::Buffer,
    /// Of the present block: each word once.
    seen: HashSet<u64, foldhash::fast::RandomState>,
    text: String,
    block: Option<u64>,
    rows: u64,
    failed: Option<Error>,
}

impl<'a> Blocks<'a> {
    fn new(index: &'a WordIndex, table: u64) -> Self {
        let (words, number, seen) = (Words::default(), itoa::Buffer::new(), HashSet::default());
        Self { index, table, words, number, seen, text: String::new(), block: None, rows: 0, failed: None }
    }

    fn flush(&mut self) {
        if let Some(block) = self.block.take()
            && let Err(why) = self.index.add(self.table, block, &self.text)
        {
            self.failed.get_or_insert(why);
        }
        self.text.clear();
        self.seen.clear();
    }

    /// How many rows went in.
    fn conclude(mut self) -> Result<u64> {
        self.flush();
        self.failed.map_or(Ok(self.rows), Err)
    }

    fn add(&mut self, text: &str) {
        let (seen, into) = (&mut self.seen, &mut self.text);
        index_words(&mut self.words, text, |word| {
            if seen.insert(xxh3_64(word.as_bytes())) {
                into.push_str(word);
                into.push(' ');
            }
        });
    }
}

impl Cells for Blocks<'_> {
    fn cell(&mut self, _: usize, value: Value<'_>) {
        match value {
            Value::Text(text) => self.add(text),
            Value::Integer(number) => {
                let mut buffer = self.number;
                self.add(buffer.format(number));
            }
            Value::Null | Value::Bytes(_) => {}
        }
    }

    fn end_row(&mut self, row: u64) -> bool {
        self.rows += 1;
        self.block = Some((row - 1) / BLOCK);
        if row.is_multiple_of(BLOCK) {
            self.flush();
        }
        self.failed.is_none()
    }
}
