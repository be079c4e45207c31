//! The snapshots of a project: which is in use, what the ledger says, what no longer fits.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::Project;
use super::load::{LOCK, STAGING};
use crate::error::{Error, Result};
use crate::facts::{Counts, Ledger, ObjectFacts};
use crate::path::shown;
use crate::sample::{Cell, mask};
use crate::source::{ColumnKey, Disposition, TableKey};
use crate::store::Staging;
use crate::store::staging::{StagedColumn, StagedTable};

/// The folder of snapshots in a project, each in one named after it.
pub(super) const STAGED: &str = "snapshots";

/// The snapshot in use.
pub struct InUse {
    pub staging: Staging,
    catalog: Arc<Catalog>,
}

/// What is known of a snapshot without asking the store; handles share it.
pub struct Catalog {
    pub id: String,
    /// The database that goes without saying in keys.
    pub home: Option<String>,
    pub tables: Vec<(TableKey, StagedTable)>,
    by_key: HashMap<TableKey, usize>,
    columns: OnceLock<HashMap<u64, Vec<StagedColumn>>>,
    rejects: OnceLock<u64>,
    /// Of its rows: corrections change them.
    edition: u64,
    /// Whether columns have figures; until then nothing is said of them.
    pub profiled: bool,
}

impl Deref for InUse {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        &self.catalog
    }
}

impl InUse {
    fn open(id: &str, staging: Staging) -> Result<Self> {
        let (home, edition, profiled) = (staging.home()?, staging.edition()?, staging.profiled()?);
        let tables: Vec<(TableKey, StagedTable)> =
            staging.tables()?.into_iter().map(|t| (key_of(home.as_deref(), &t), t)).collect();
        let by_key = tables.iter().enumerate().map(|(i, (key, _))| (key.clone(), i)).collect();
        let (columns, rejects) = Default::default();
        let id = id.to_owned();
        let catalog = Arc::new(Catalog { id, home, tables, by_key, columns, rejects, edition, profiled });
        Ok(Self { staging, catalog })
    }

    /// For another handle on the project in `folder`.
    pub(super) fn again(&self, folder: &Path) -> Result<Self> {
        Ok(Self { staging: Staging::open(&staging_of(folder, &self.id))?, catalog: Arc::clone(&self.catalog) })
    }

    /// Records that are not rows, as yet.
    pub fn rejects(&self) -> Result<u64> {
        if let Some(counted) = self.rejects.get() {
            return Ok(*counted);
        }
        let counted = self.staging.reject_counts()?.0;
        Ok(*self.rejects.get_or_init(|| counted))
    }

    /// What is derived from the rows holds as long as this stays the same.
    pub fn stamp(&self) -> String {
        format!("{}/{}", self.id, self.edition)
    }

    pub fn edition(&self) -> u64 {
        self.edition
    }

    fn is_current(&self) -> bool {
        self.staging.edition().is_ok_and(|edition| edition == self.edition)
    }

    pub fn table(&self, key: &TableKey) -> Option<&StagedTable> {
        self.by_key.get(key).map(|i| &self.tables[*i].1)
    }

    fn all_columns(&self) -> Result<&HashMap<u64, Vec<StagedColumn>>> {
        if self.columns.get().is_none() {
            let mut by_table: HashMap<u64, Vec<StagedColumn>> = HashMap::new();
            for column in self.staging.columns(None)? {
                by_table.entry(column.table).or_default().push(column);
            }
            let _ = self.columns.set(by_table);
        }
        Ok(self.columns.get().expect("just set"))
    }

    pub fn columns(&self, table: &StagedTable) -> Result<&[StagedColumn]> {
        Ok(self.all_columns()?.get(&table.id).map_or(&[], Vec::as_slice))
    }

    pub fn column(&self, key: &ColumnKey) -> Result<Option<(&StagedTable, &StagedColumn)>> {
        let Some(table) = self.table(&key.table_key()) else { return Ok(None) };
        let name = key.column();
        Ok(self.columns(table)?.iter().find(|c| c.name == name).map(|c| (table, c)))
    }
}

fn staging_of(folder: &Path, id: &str) -> PathBuf {
    folder.join(STAGED).join(id).join(STAGING)
}

pub fn key_of(home: Option<&str>, table: &StagedTable) -> TableKey {
    TableKey::new(table.database.as_deref().filter(|d| Some(*d) != home), &table.name)
}

impl Project {
    /// Opens the snapshot that is meant, if it is not open already.
    pub(super) fn use_snapshot(&mut self) -> Result<()> {
        let whole = self.decisions.snapshots()?;
        let wanted = match &self.chosen {
            Some(id) => whole.iter().find(|s| s.id == *id).or(whole.first()),
            None => whole.first(),
        };
        let Some(wanted) = wanted else {
            (self.in_use, self.lost) = (None, None);
            return Ok(());
        };
        if self.in_use.as_ref().is_some_and(|s| s.id == wanted.id && s.is_current()) {
            return Ok(());
        }
        let path = staging_of(&self.folder, &wanted.id);
        let opened = if path.is_file() {
            Staging::open(&path).and_then(|staging| InUse::open(&wanted.id, staging))
        } else {
            Err(Error::refused(format!(
                "the snapshot {} is not where it was ({}): put it back, or load it again",
                wanted.label,
                shown(&path)
            )))
        };
        // A staging store is disposable: without it decisions are all there, and the snapshot can be loaded again.
        (self.in_use, self.lost) = match opened {
            Ok(in_use) => (Some(in_use), None),
            Err(why) => (None, Some(why.to_string())),
        };
        Ok(())
    }

    pub(super) fn in_use(&self) -> Result<&InUse> {
        self.not_lost()?;
        self.in_use.as_ref().ok_or_else(|| {
            Error::refused("the project holds no snapshot yet: load one first (`crosswalk load PROJECT SNAPSHOT…`)")
        })
    }

    /// The snapshot in use, where something is said of its columns' values: what was not profiled looks empty.
    pub(super) fn profiled(&self) -> Result<&InUse> {
        let snapshot = self.in_use()?;
        if snapshot.profiled {
            return Ok(snapshot);
        }
        Err(Error::refused(
            "the snapshot in use was loaded without its profile (--no-profile): `crosswalk profile PROJECT` makes it",
        ))
    }

    /// There may be no snapshot yet; one that was loaded and cannot be opened is another matter.
    pub(super) fn not_lost(&self) -> Result<()> {
        self.lost.as_ref().map_or(Ok(()), |why| Err(Error::refused(why)))
    }

    pub(super) fn staged(&self, key: &TableKey) -> Result<&StagedTable> {
        self.in_use()?
            .table(key)
            .ok_or_else(|| Error::refused(format!("the snapshot in use has no table {key}: see `crosswalk tables`")))
    }

    /// Finds a table by name as people write it: `table` or `database.table`, whatever the case if only one fits.
    pub fn find_table(&mut self, name: &str) -> Result<TableKey> {
        self.refresh()?;
        let tables = &self.in_use()?.tables;
        let exact = tables.iter().find(|(key, _)| key.to_string() == name || key.0 == name);
        if let Some((key, _)) = exact {
            return Ok(key.clone());
        }
        let lower = name.to_lowercase();
        let fits = |key: &TableKey| key.to_string().to_lowercase() == lower || key.table().to_lowercase() == lower;
        let mut found = tables.iter().filter(|(key, _)| fits(key));
        match (found.next(), found.next()) {
            (Some((key, _)), None) => Ok(key.clone()),
            (Some(_), Some(_)) => {
                Err(Error::refused(format!("several tables are called {name}: say which, as DATABASE.TABLE")))
            }
            _ => Err(Error::refused(format!("the snapshot in use has no table {name}: see `crosswalk tables`"))),
        }
    }

    /// Finds a column by name as people write it: `table.column` or `database.table.column`.
    pub fn find_column(&mut self, name: &str) -> Result<ColumnKey> {
        // As programs write it.
        let key = ColumnKey(name.to_owned());
        if name.contains('/') && self.in_use()?.column(&key)?.is_some() {
            return Ok(key);
        }
        // Table and column names may hold dots themselves: every split is tried.
        let splits: Vec<usize> = name.match_indices('.').map(|(i, _)| i).collect();
        for at in splits.into_iter().rev() {
            let Ok(table) = self.find_table(&name[..at]) else { continue };
            let wanted = &name[at + 1..];
            let snapshot = self.in_use()?;
            let columns = snapshot.columns(self.staged(&table)?)?;
            let same = |c: &&StagedColumn| c.name == wanted;
            let folded = |c: &&StagedColumn| c.name.to_lowercase() == wanted.to_lowercase();
            if let Some(column) = columns.iter().find(same).or_else(|| columns.iter().find(folded)) {
                return Ok(table.column(&column.name));
            }
        }
        Err(Error::refused(format!("the snapshot in use has no column {name}: write it TABLE.COLUMN")))
    }

    /// Uses another snapshot, for as long as this handle lives.
    pub fn choose_snapshot(&mut self, id: &str) -> Result<()> {
        if !self.decisions.snapshots()?.iter().any(|s| s.id == id) {
            return Err(Error::refused(format!("the project has no snapshot {id}")));
        }
        self.chosen = Some(id.to_owned());
        self.unmasked.clear();
        self.refresh()?;
        self.not_lost()
    }

    /// Folders of loads that did not end, by name.
    pub(super) fn partials(&self) -> Result<Vec<String>> {
        let whole: HashSet<String> = self.decisions.snapshots()?.into_iter().map(|s| s.id).collect();
        let Ok(entries) = fs::read_dir(self.folder.join(STAGED)) else { return Ok(Vec::new()) };
        let mut found: Vec<String> = entries
            .flatten()
            .filter(|e| e.path().is_dir())
            .filter(|e| !is_loading(&e.path()))
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .filter(|name| !whole.contains(name))
            .collect();
        found.sort();
        Ok(found)
    }

    /// Removes what a load that did not end left behind.
    pub fn delete_partial(&mut self, name: &str) -> Result<()> {
        self.decisions.may_write()?;
        if !self.partials()?.iter().any(|p| p == name) {
            return Err(Error::refused(format!("there is no unfinished load {name}")));
        }
        let path = self.folder.join(STAGED).join(name);
        fs::remove_dir_all(&path).map_err(|source| Error::File {
            what: "the unfinished load could not be removed",
            path,
            source,
        })
    }

    pub fn ledger(&mut self) -> Result<Ledger> {
        self.refresh()?;
        let snapshot = self.in_use()?;
        let home = snapshot.home.as_deref();
        snapshot
            .staging
            .ledger(&snapshot.id, |database, table| TableKey::new(database.filter(|d| Some(*d) != home), table))
    }

    /// Views, saved queries and linked tables, with their text: masked unless `raw`, which is logged, because it may
    /// quote people.
    pub fn objects(&mut self, raw: bool) -> Result<Vec<ObjectFacts>> {
        self.refresh()?;
        if raw {
            let by = self.by();
            self.decisions.act(&by, "read views and saved queries with their text")?;
        }
        let show = |(file, kind, name, text)| {
            let text = Cell::Text(text);
            ObjectFacts { file, kind, name, text: if raw { mask::exact(&text) } else { mask::mask(&text) } }
        };
        Ok(self.in_use()?.staging.object_texts()?.into_iter().map(show).collect())
    }

    pub(super) fn counts(&mut self) -> Result<Counts> {
        let misfits = if self.lost.is_some() { 0 } else { self.all_misfits()?.count() as u64 };
        let required_missing = self.state.interfaces_in_use().map(|i| self.missing_of(i)).sum();
        let mut counts = Counts {
            tables: 0,
            tables_decided: 0,
            columns: 0,
            columns_decided: 0,
            rows: 0,
            rows_decided: 0,
            rejects: 0,
            mappings: self.state.records.mappings.len() as u64,
            required_missing,
            misfits,
        };
        let Some(snapshot) = &self.in_use else { return Ok(counts) };
        counts.rejects = snapshot.rejects()?;
        for (key, table) in &snapshot.tables {
            counts.tables += 1;
            counts.rows += table.rows;
            counts.columns += table.columns;
            let decision = self.state.records.tables.get(key);
            if decision.is_some_and(|d| d.disposition != Disposition::Undecided) {
                counts.tables_decided += 1;
                counts.rows_decided += table.rows;
                counts.columns_decided += table.columns;
            } else {
                counts.columns_decided += self.state.of_table(key).own.min(table.columns);
            }
        }
        Ok(counts)
    }
}

/// A load of another process, or of another handle, is still going on in there.
fn is_loading(folder: &Path) -> bool {
    let Ok(lock) = File::open(folder.join(LOCK)) else { return false };
    lock.try_lock_shared().is_err()
}
