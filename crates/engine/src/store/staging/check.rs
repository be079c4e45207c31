//! Reads back what a load wrote, as SQLite finds it: whoever cannot read it back has not written it.

use rusqlite::types::ValueRef;
use snapshot::CellRef;

use super::file::said;
use super::pages::Mark;
use super::read::Staging;
use super::write::Written;
use crate::error::{Error, Result};
use crate::store::quoted;

/// Rows are counted one by one as long as there are no more in the whole store: that reads every leaf.
const COUNTED: i64 = 20_000_000;
/// Of more, so many are looked up, spread over the table.
const LOOKED_UP: i64 = 64;

impl Staging {
    /// Holds every table against what was written of it: how many rows there are, and what the last one holds.
    ///
    /// Takes a hundredth of the load's time, most of it while the disk is waited for.
    pub fn holds(&self, written: &[Written]) -> Result<()> {
        self.holds_counting(written, COUNTED)
    }

    fn holds_counting(&self, written: &[Written], counted: i64) -> Result<()> {
        // Every leaf is touched once: what is mapped would count as memory of ours, as much as the snapshot has.
        self.connection().execute_batch("PRAGMA mmap_size = 0").map_err(said)?;
        let all: i64 = written.iter().map(|table| table.rows).sum();
        for table in written {
            let fault = self.fault(table, all <= counted);
            let what = match fault {
                Ok(None) => continue,
                Ok(Some(what)) => what,
                Err(e) => format!("it cannot be read ({e})"),
            };
            return Err(Error::refused(format!(
                "what was written of the table {} did not come back from the disk: {what}. Nothing was loaded: see                  whether the disk is damaged, and load again",
                table.physical
            )));
        }
        Ok(())
    }

    fn fault(&self, table: &Written, count: bool) -> rusqlite::Result<Option<String>> {
        let name = quoted(&table.physical);
        let one = |sql: &str| self.connection().query_row(sql, [], |r| r.get::<_, i64>(0));
        // Rows are numbered from 1 in the order they came.
        let last = one(&format!("SELECT coalesce(max(_rowid_), 0) FROM {name}"))?;
        if last != table.rows {
            return Ok(Some(format!("its last row should be number {}, and is {last}", table.rows)));
        }
        if count {
            let found = one(&format!("SELECT count(*) FROM {name}"))?;
            if found != table.rows {
                return Ok(Some(format!("{} rows were written, {found} are there", table.rows)));
            }
        } else {
            let mut look = self.connection().prepare(&format!("SELECT 1 FROM {name} WHERE _rowid_ = ?"))?;
            for row in (0..LOOKED_UP).map(|n| 1 + n * (table.rows - 1).max(0) / LOOKED_UP) {
                if row <= table.rows && !look.exists([row])? {
                    return Ok(Some(format!("row {row} is not there")));
                }
            }
        }
        if table.rows > 0 && self.last_row(table)? != Some(table.last) {
            return Ok(Some("its last row is not what was written".to_owned()));
        }
        Ok(None)
    }

    /// What the last row is known by; `None` where it holds what is never written.
    fn last_row(&self, table: &Written) -> rusqlite::Result<Option<Mark>> {
        let select = format!("SELECT * FROM {} WHERE _rowid_ = ?", quoted(&table.physical));
        let mut statement = self.connection().prepare(&select)?;
        let mut rows = statement.query([table.rows])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let cells: Option<Vec<CellRef<'_>>> =
            (0..table.last.width).map(|i| row.get_ref(i).ok().and_then(cell)).collect();
        Ok(cells.map(|cells| Mark::of(cells.into_iter())))
    }
}

fn cell(value: ValueRef<'_>) -> Option<CellRef<'_>> {
    match value {
        ValueRef::Null => Some(CellRef::Null),
        ValueRef::Integer(i) => Some(CellRef::Integer(i)),
        ValueRef::Text(text) => Some(CellRef::Text(text)),
        ValueRef::Blob(bytes) => Some(CellRef::Bytes(bytes)),
        ValueRef::Real(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use snapshot::{Batch, ColumnDef, TableDef};
    use tempfile::TempDir;

    use super::*;
    use crate::store::staging::Writer;
    use crate::store::staging::pages::PAGE;

    /// A store of two tables, one of 3,000 rows, one without any.
    fn store() -> (TempDir, PathBuf, Vec<Written>) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("staging.db");
        let mut writer = Writer::create(&path).unwrap();
        let columns = ["id", "note"].map(|name| ColumnDef { name: name.to_owned(), ..ColumnDef::default() });
        let def = |name: &str| TableDef { name: name.to_owned(), columns: columns.to_vec(), ..TableDef::default() };
        let visit = writer.add_table(0, &def("visit"), "visit").unwrap();
        writer.add_table(0, &def("empty"), "empty").unwrap();
        let mut batch = Batch::default();
        batch.start(0, 2);
        for id in 0..3000 {
            batch.push_integer(id);
            batch.push_text(format!("a note on visit {id}, as long as such notes are").as_bytes());
        }
        writer.insert(visit, &batch).unwrap();
        (folder, path, writer.finish().unwrap())
    }

    fn checked(path: &Path, written: &[Written], counted: i64) -> String {
        let checked = Staging::open(path).and_then(|staging| staging.holds_counting(written, counted));
        checked.map_or_else(|e| e.to_string(), |()| "sound".to_owned())
    }

    #[test]
    fn what_was_written_is_found() {
        let (_folder, path, written) = store();
        assert_eq!(checked(&path, &written, COUNTED), "sound");
        assert_eq!(checked(&path, &written, 0), "sound");
    }

    /// A disk that loses or alters a page without a word: whichever leaf, and the page above them.
    #[test]
    fn a_page_that_did_not_reach_the_disk_is_noticed() {
        let (_folder, path, written) = store();
        let whole = fs::read(&path).unwrap();
        let of_rows: Vec<usize> = (1..whole.len() / PAGE)
            .filter(|page| {
                let bytes = &whole[page * PAGE..(page + 1) * PAGE];
                bytes.windows(15).any(|text| text == b"a note on visit") || bytes[0] == 5
            })
            .collect();
        assert!(of_rows.len() > 10, "{} pages", of_rows.len());
        for page in &of_rows {
            let mut broken = whole.clone();
            broken[page * PAGE..(page + 1) * PAGE].fill(0);
            fs::write(&path, broken).unwrap();
            let told = checked(&path, &written, COUNTED);
            assert!(told.contains("the table visit did not come back"), "page {page}: {told}");
            assert!(!told.contains("a note on"), "{told}");
        }
    }

    #[test]
    fn a_last_row_that_was_altered_is_noticed() {
        let (_folder, path, written) = store();
        let mut bytes = fs::read(&path).unwrap();
        let last = b"a note on visit 2999,";
        let at = bytes.windows(last.len()).position(|text| text == last).unwrap();
        bytes[at] = b'A';
        fs::write(&path, bytes).unwrap();
        for counted in [0, COUNTED] {
            assert!(checked(&path, &written, counted).contains("its last row is not what was written"));
        }
    }

    #[test]
    fn rows_too_few_or_too_many_are_noticed() {
        let (_folder, path, mut written) = store();
        written[0].rows = 3001;
        assert!(checked(&path, &written, COUNTED).contains("its last row should be number 3001, and is 3000"));
        written[0].rows = 3000;
        written[1].rows = 1;
        assert!(checked(&path, &written, COUNTED).contains("the table empty did not come back"));
    }
}
