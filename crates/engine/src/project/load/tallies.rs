//! Tallies the tables of a load while they are read: several threads share the columns of each between them, so that the
//! reading waits for none.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use snapshot::Batch;

use crate::error::{Error, Result};
use crate::profile::tally::{BUDGET, Share, TableTally};

/// Threads that tally.
const THREADS: usize = 2;

/// What the reading thread tells those that tally.
#[derive(Clone)]
pub(super) enum Counted {
    Rows(usize, Arc<Batch>),
    /// No more rows come to these tables.
    End(Range<usize>),
}

/// One thread's part of the tallies.
pub(super) struct Tallies {
    /// Without, tables are only measured.
    scratch: Option<Arc<Mutex<File>>>,
    share: Share,
    tables: Vec<TableTally>,
    /// Bytes that each holds.
    held: Vec<usize>,
}

fn said(source: io::Error) -> Error {
    Error::File { what: "the profile could not be written", path: "profile.scratch".into(), source }
}

impl Tallies {
    /// For each thread its part.
    pub(super) fn shared(scratch: Option<&File>) -> Result<Vec<Self>> {
        let scratch = scratch.map(|file| file.try_clone().map(|file| Arc::new(Mutex::new(file)))).transpose();
        let scratch = scratch.map_err(said)?;
        let of = if scratch.is_some() { THREADS } else { 1 };
        let part =
            |which| Self { scratch: scratch.clone(), share: Share { which, of }, tables: Vec::new(), held: Vec::new() };
        Ok((0..of).map(part).collect())
    }

    /// Tallies what comes.
    pub(super) fn follow(mut self, counted: Receiver<Counted>) -> Result<Self> {
        for counted in counted {
            match counted {
                Counted::Rows(id, batch) => self.take(id, &batch)?,
                Counted::End(ids) => self.end(ids).map_err(said)?,
            }
        }
        Ok(self)
    }

    fn take(&mut self, id: usize, batch: &Batch) -> Result<()> {
        if self.tables.len() <= id {
            self.tables.resize_with(id + 1, TableTally::default);
            self.held.resize(id + 1, 0);
        }
        let Some(scratch) = &self.scratch else {
            self.tables[id].count(batch);
            return Ok(());
        };
        self.tables[id].take(batch, self.share).map_err(|_| {
            Error::refused("a table has over 4,294,967,294 rows, which is more than a staging store takes")
        })?;
        self.held[id] = self.tables[id].held();
        while self.held.iter().sum::<usize>() > BUDGET / self.share.of {
            let largest = (0..self.held.len()).max_by_key(|i| self.held[*i]).expect("something is held");
            let mut scratch = scratch.lock().unwrap_or_else(PoisonError::into_inner);
            self.tables[largest].spill(self.held[largest] / 2, &mut *scratch).map_err(said)?;
            self.held[largest] = self.tables[largest].held();
        }
        Ok(())
    }

    /// What these tables hold is needed no longer.
    fn end(&mut self, ids: Range<usize>) -> io::Result<()> {
        let Some(scratch) = &self.scratch else { return Ok(()) };
        let mut scratch = scratch.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids.start..ids.end.min(self.tables.len()) {
            self.tables[id].end(&mut *scratch)?;
            self.held[id] = self.tables[id].held();
        }
        Ok(())
    }

    /// The tables' tallies, put together of what each thread counted.
    pub(super) fn joined(parts: Vec<Self>) -> Vec<TableTally> {
        let tables = parts.iter().map(|part| part.tables.len()).max().unwrap_or_default();
        let mut parts: Vec<_> = parts.into_iter().map(|part| part.tables.into_iter()).collect();
        let mut next = || parts.iter_mut().map(|part| part.next().unwrap_or_default()).collect();
        (0..tables).map(|_| TableTally::of_shares(next())).collect()
    }
}
