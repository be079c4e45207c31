//! Where something is: one question over names, over what columns hold, and over the values themselves.

mod names;
mod values;
mod word_index;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use analysis::{Kind, Sureness};
use search::Wanted;

pub(super) use values::may_hold_all;

use super::snapshots::{InUse, STAGED};
use super::{Project, locked};
use crate::error::{Error, Result};
use crate::facts::{FoundNames, FoundPlace, FoundRows, FoundValues, WordIndexFacts};
use crate::progress::Watch;
use crate::sample::mask;
use crate::source::{ColumnKey, Disposition, TableKey};
use crate::store::staging::StagedColumn;
use crate::store::word_index::WordIndex;

/// Rows a page at most.
const PAGE: usize = 1_000;

/// Numbers of the rows that hold what was looked for. Only the last question's are kept.
#[derive(Clone)]
pub(super) struct LastFound {
    /// Snapshot, table, the column's place unless it was any, and text.
    question: (String, TableKey, Option<u32>, String),
    rows: Arc<Vec<u64>>,
}

/// Where the last question's answers were, so that a decision does not ask it again.
pub(super) struct LastPlaces {
    stamp: String,
    text: String,
    found: Arc<Places>,
}

/// By column, and what it took to find them.
type Places = (Vec<(ColumnKey, values::Found)>, values::Read);

/// What the values of columns look like, by table and place.
pub(super) type Kinds = HashMap<u64, Vec<(u32, Kind, f64, Sureness)>>;

impl Project {
    /// Tables and columns whose names, comments or kind of values fit `text`, at most `limit` of each; quick enough to be
    /// asked at every key.
    pub fn find_names(&mut self, text: &str, limit: u64) -> Result<FoundNames> {
        self.refresh()?;
        let snapshot = self.profiled()?;
        let kinds = self.known_kinds()?;
        names::find(snapshot, &kinds, text, limit as usize, |column, table| self.disposition_of(column, table))
    }

    /// Columns with rows that hold `text` as the words of [`search`]: through the index where there is one, else by reading
    /// every row.
    pub fn find_values(&mut self, text: &str, watch: &dyn Watch) -> Result<FoundValues> {
        self.refresh()?;
        let began = Instant::now();
        let found = self.values_found(text, watch)?;
        let (found, read) = &*found;
        let snapshot = self.profiled()?;
        let mut places = Vec::new();
        for (column_key, found) in found {
            let Some((table, column)) = snapshot.column(column_key)? else { continue };
            let key = column_key.table_key();
            places.push(FoundPlace {
                disposition: self.disposition_of(Some(column_key), &key).0,
                column: column_key.clone(),
                table_key: key,
                database: table.database.clone(),
                table: table.name.clone(),
                name: column.name.clone(),
                rows: found.rows,
                first_rows: found.first.clone(),
            });
        }
        places.sort_by(|a, b| (b.rows, &a.column).cmp(&(a.rows, &b.column)));
        let seconds = began.elapsed().as_secs_f64();
        Ok(FoundValues { places, rows_read: read.rows, tables: read.tables, indexed: read.indexed, seconds })
    }

    fn values_found(&self, text: &str, watch: &dyn Watch) -> Result<Arc<Places>> {
        let snapshot = self.profiled()?;
        let stamp = snapshot.stamp();
        if let Some(last) = &*locked(&self.derived.places)
            && last.stamp == stamp
            && last.text == text
        {
            return Ok(Arc::clone(&last.found));
        }
        let (found, read) = values::find(snapshot, self.words_of(snapshot).as_ref(), &wanted(text)?, watch)?;
        let named = found.into_iter().map(|(key, column, found)| (key.column(&column.name), found));
        let found = Arc::new((named.collect(), read));
        *locked(&self.derived.places) = Some(LastPlaces { stamp, text: text.to_owned(), found: Arc::clone(&found) });
        Ok(found)
    }

    /// The rows in which a column holds `text`, masked unless its table is unmasked.
    pub fn found_rows(
        &mut self,
        text: &str,
        column: &ColumnKey,
        page: (u64, u64),
        watch: &dyn Watch,
    ) -> Result<FoundRows> {
        self.refresh()?;
        let (_, staged) = self
            .profiled()?
            .column(column)?
            .ok_or_else(|| Error::refused(format!("the snapshot in use has no column {column}")))?;
        self.rows_holding(text, &column.table_key(), Some(staged), page, watch)
    }

    /// Rows of a table that hold `text` in one column, or in any.
    pub(super) fn rows_holding(
        &self,
        text: &str,
        table: &TableKey,
        column: Option<&StagedColumn>,
        (offset, limit): (u64, u64),
        watch: &dyn Watch,
    ) -> Result<FoundRows> {
        let snapshot = self.profiled()?;
        let staged = self.staged(table)?;
        let question = (snapshot.stamp(), table.clone(), column.map(|column| column.ordinal), text.to_owned());
        let known = locked(&self.derived.found).clone().filter(|last| last.question == question);
        let rows = if let Some(last) = known {
            last.rows
        } else {
            let columns: Vec<&StagedColumn> = match column {
                Some(one) => vec![one],
                None => snapshot.columns(staged)?.iter().collect(),
            };
            let index = self.words_of(snapshot);
            let rows = Arc::new(values::rows_of(snapshot, index.as_ref(), &wanted(text)?, (staged, &columns), watch)?);
            *locked(&self.derived.found) = Some(LastFound { question, rows: Arc::clone(&rows) });
            rows
        };
        let page: Vec<u64> = rows.iter().copied().skip(offset as usize).take(page_length(limit)).collect();
        self.numbered_rows(table, &page, rows.len() as u64)
    }

    /// The index over the words of a snapshot, where there is one.
    pub(super) fn words_of(&self, snapshot: &InUse) -> Option<WordIndex> {
        WordIndex::there(&self.folder.join(STAGED).join(&snapshot.id), snapshot.edition())
    }

    /// Rows of a table by their numbers, as a screen shows them.
    pub(super) fn numbered_rows(&self, table: &TableKey, numbers: &[u64], total: u64) -> Result<FoundRows> {
        let snapshot = self.in_use()?;
        let staged = self.staged(table)?;
        let columns = snapshot.columns(staged)?;
        let unmasked = self.unmasked.contains(table);
        let found = snapshot.staging.rows_numbered(staged, columns, numbers)?;
        let (numbers, rows) = found
            .iter()
            .map(|(number, row)| (*number, row.iter().map(|cell| mask::shown(cell, unmasked)).collect()))
            .unzip();
        let columns = columns.iter().map(|column| column.name.clone()).collect();
        Ok(FoundRows { table: table.clone(), columns, rows, numbers, total, unmasked })
    }

    /// Makes the index over the words of the snapshot in use, or goes on with it: what was indexed is kept where it is
    /// cancelled. Without `make` it only tells how far it is.
    pub fn word_index(&mut self, make: bool, watch: &dyn Watch) -> Result<WordIndexFacts> {
        self.refresh()?;
        let snapshot = self.in_use()?;
        if make {
            return word_index::make(snapshot, &self.folder.join(STAGED).join(&snapshot.id), watch);
        }
        word_index::told(snapshot, self.words_of(snapshot).as_ref())
    }

    /// Of a column, or of a table where there is none; with the table's module.
    fn disposition_of(&self, column: Option<&ColumnKey>, table: &TableKey) -> (Disposition, Option<String>) {
        let of_table = self.state.records.tables.get(table);
        let own = column.and_then(|column| self.state.records.columns.get(column)).map(|decided| decided.disposition);
        let own = own.filter(|disposition| *disposition != Disposition::Undecided);
        let inherited = of_table.map_or(Disposition::Undecided, |decided| decided.disposition);
        (own.unwrap_or(inherited), of_table.and_then(|decided| decided.module.clone()))
    }

    fn known_kinds(&self) -> Result<Arc<Kinds>> {
        let edition = self.in_use()?.edition();
        let analyses = self.analyses()?;
        let stamp = (self.in_use()?.stamp(), analyses.count(edition)?);
        let mut kept = locked(&self.derived.kinds);
        if let Some((made_at, kinds)) = &*kept
            && *made_at == stamp
        {
            return Ok(Arc::clone(kinds));
        }
        let kinds: Kinds = analyses.summaries(edition)?.into_iter().map(|(table, one)| (table, one.kinds)).collect();
        let kinds = Arc::new(kinds);
        *kept = Some((stamp, Arc::clone(&kinds)));
        Ok(kinds)
    }
}

/// Rows of a page; 0: as many as there may be.
pub(super) fn page_length(limit: u64) -> usize {
    if limit == 0 { PAGE } else { limit.min(PAGE as u64) as usize }
}

fn wanted(text: &str) -> Result<Wanted> {
    Wanted::new(text).ok_or_else(|| Error::refused("type a word or a number to look for"))
}
