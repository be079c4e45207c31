//! What a close look at tables told, kept beside the snapshot it is of. Disposable: it can be made anew.

use std::collections::HashMap;
use std::path::Path;

use analysis::finding::Trouble;
use analysis::{Kind, Repeats, Sureness, TableAnalysis, YearCount};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Access, answered, open};
use crate::error::{Error, Result};

const NAME: &str = "analysis.db";

/// Raised whenever the file or what stands in it changes; a file of another number begins anew.
const VERSION: i32 = 2000 + analysis::VERSION as i32;

const SCHEMA: &str = "
DROP TABLE IF EXISTS cw_analysis;
CREATE TABLE cw_analysis (tab INTEGER PRIMARY KEY, edition INTEGER, summary TEXT, whole TEXT);
";

/// What lists of tables need, so that they need not read the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableSummary {
    /// The place of the column that tells when rows were made, and the rows by year.
    pub dated_by: Option<u32>,
    pub years: Vec<YearCount>,
    pub repeats: Option<Repeats>,
    pub findings: Vec<FoundTrouble>,
    /// Places of columns that hold dates.
    pub dated: Vec<u32>,
    /// What the values of columns look like: place, kind, percent of the rows that say something, how sure.
    pub kinds: Vec<(u32, Kind, f64, Sureness)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundTrouble {
    /// Its place; `None`: the table as a whole.
    pub column: Option<u32>,
    pub trouble: Trouble,
    pub rows: u64,
    pub sentence: String,
}

pub struct Analyses {
    connection: Connection,
}

impl Analyses {
    /// Of the snapshot in `folder`.
    pub fn of(folder: &Path) -> Result<Self> {
        let connection = open(&folder.join(NAME), NAME, Access::Create)?;
        let said = answered(NAME);
        let version: i32 = connection.query_row("PRAGMA user_version", [], |r| r.get("user_version")).map_err(&said)?;
        if version != VERSION {
            connection
                .execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"))
                .map_err(&said)?;
        }
        // It can be made anew, but a torn one would have to be seen first.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;").map_err(&said)?;
        Ok(Self { connection })
    }

    pub fn keep(&self, table: u64, edition: u64, summary: &TableSummary, whole: &TableAnalysis) -> Result<()> {
        let (summary, whole) = (json(summary)?, json(whole)?);
        let sql = "INSERT OR REPLACE INTO cw_analysis (tab, edition, summary, whole) VALUES (?, ?, ?, ?)";
        self.connection.execute(sql, params![table, edition, summary, whole]).map_err(answered(NAME))?;
        Ok(())
    }

    /// By table, as far as they are of this edition of the rows.
    pub fn summaries(&self, edition: u64) -> Result<HashMap<u64, TableSummary>> {
        let said = answered(NAME);
        let mut statement =
            self.connection.prepare_cached("SELECT tab, summary FROM cw_analysis WHERE edition = ?").map_err(&said)?;
        let rows = statement
            .query_map([edition], |r| Ok((r.get::<_, u64>("tab")?, r.get::<_, String>("summary")?)))
            .map_err(&said)?;
        let mut found = HashMap::new();
        for row in rows {
            let (table, summary) = row.map_err(&said)?;
            // One that cannot be read is made anew.
            if let Ok(summary) = serde_json::from_str(&summary) {
                found.insert(table, summary);
            }
        }
        Ok(found)
    }

    pub fn summary(&self, table: u64, edition: u64) -> Result<Option<TableSummary>> {
        let sql = "SELECT summary FROM cw_analysis WHERE tab = ? AND edition = ?";
        let found: Option<String> = self
            .connection
            .query_row(sql, [table, edition], |r| r.get("summary"))
            .optional()
            .map_err(answered(NAME))?;
        Ok(found.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// How many tables are in it, of this edition.
    pub fn count(&self, edition: u64) -> Result<u64> {
        let sql = "SELECT count(*) AS count FROM cw_analysis WHERE edition = ?";
        self.connection.query_row(sql, [edition], |r| r.get("count")).map_err(answered(NAME))
    }

    pub fn whole(&self, table: u64, edition: u64) -> Result<Option<TableAnalysis>> {
        let sql = "SELECT whole FROM cw_analysis WHERE tab = ? AND edition = ?";
        let found: Option<String> = self
            .connection
            .query_row(sql, params![table, edition], |r| r.get("whole"))
            .optional()
            .map_err(answered(NAME))?;
        Ok(found.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

fn json(facts: &impl Serialize) -> Result<String> {
    serde_json::to_string(facts)
        .map_err(|_| Error::refused("an analysis could not be written down: this is a mistake of ours"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(year: u32) -> TableSummary {
        let years = vec![YearCount { year, count: 3 }];
        TableSummary {
            dated_by: Some(1),
            years,
            repeats: None,
            findings: Vec::new(),
            dated: vec![1],
            kinds: Vec::new(),
        }
    }

    #[test]
    fn a_number_comes_back_to_its_last_digit() {
        let folder = tempfile::tempdir().unwrap();
        let mut column = analysis::Analysis::new(analysis::About::default());
        for text in ["10.357019999999999", "6.904679999999999", "12.658579999999999"] {
            column.see(analysis::Value::Text(text));
        }
        let whole = TableAnalysis { columns: vec![column.conclude()], repeats: None, repeats_but_for_key: None };
        let analyses = Analyses::of(folder.path()).unwrap();
        analyses.keep(7, 0, &summary(2009), &whole).unwrap();
        assert_eq!(analyses.whole(7, 0).unwrap(), Some(whole));
    }

    #[test]
    fn what_is_kept_holds_for_the_rows_it_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let whole = TableAnalysis { columns: Vec::new(), repeats: None, repeats_but_for_key: None };
        let analyses = Analyses::of(folder.path()).unwrap();
        analyses.keep(7, 0, &summary(2009), &whole).unwrap();
        analyses.keep(8, 1, &summary(2010), &whole).unwrap();
        drop(analyses);
        let analyses = Analyses::of(folder.path()).unwrap();
        assert_eq!(analyses.summaries(0).unwrap().keys().collect::<Vec<_>>(), [&7]);
        assert_eq!(analyses.whole(7, 0).unwrap(), Some(whole));
        assert_eq!(analyses.whole(8, 0).unwrap(), None, "rows were corrected");
        analyses.connection.execute_batch("PRAGMA user_version = 1").unwrap();
        drop(analyses);
        let anew = Analyses::of(folder.path()).unwrap();
        assert!(anew.summaries(0).unwrap().is_empty(), "an older version's are made anew");
    }
}
