//! In which rows of a snapshot a word stands, kept beside it: who looks for a value need not read every row. Disposable;
//! it holds words of source values, as the staging store does.
//!
//! One entry of SQLite's FTS5 stands for a block of neighbouring rows of a table, and holds no text of its own.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Access, answered, open};
use crate::error::Result;

const NAME: &str = "words.db";

/// Raised whenever the file, or what counts as a word, changes; a file of another number begins anew.
const VERSION: i32 = 1;

/// Rows of a block. Smaller ones lead closer to the row, and make the index larger.
pub const BLOCK: u64 = 128;
/// An entry's number is its table's, shifted so far, and its block's.
const SHIFT: u32 = 36;

// Nothing else is looked up in it than whether a word is there at all.
const SCHEMA: &str = "
DROP TABLE IF EXISTS cw_words;
DROP TABLE IF EXISTS cw_indexed;
CREATE VIRTUAL TABLE cw_words USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
INSERT INTO cw_words (cw_words, rank) VALUES ('hashsize', 33554432);
CREATE TABLE cw_indexed (tab INTEGER PRIMARY KEY, edition INTEGER, blocks INTEGER, complete INTEGER);
";

pub struct WordIndex {
    connection: Connection,
}

impl WordIndex {
    /// Of the snapshot in `folder`; made where there is none, one of other rows, or one that cannot be read.
    pub fn make(folder: &Path, edition: u64) -> Result<Self> {
        Self::made(folder, edition).or_else(|_| {
            for end in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(folder.join(format!("{NAME}{end}")));
            }
            Self::made(folder, edition)
        })
    }

    fn made(folder: &Path, edition: u64) -> Result<Self> {
        let said = answered(NAME);
        let connection = open(&folder.join(NAME), NAME, Access::Create)?;
        // An index of which a part is lost would find less, and nobody would see it.
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;").map_err(&said)?;
        let index = Self { connection };
        if index.version()? != VERSION || !index.is_of(edition)? {
            index
                .connection
                .execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"))
                .map_err(&said)?;
        }
        Ok(index)
    }

    /// The one that is there, where it can be read and is of these rows. Without one every row is read.
    pub fn there(folder: &Path, edition: u64) -> Option<Self> {
        let path = folder.join(NAME);
        if !path.is_file() {
            return None;
        }
        let index = Self { connection: open(&path, NAME, Access::Change).ok()? };
        let is_it = index.version().is_ok_and(|version| version == VERSION) && index.is_of(edition).unwrap_or(false);
        is_it.then_some(index)
    }

    fn version(&self) -> Result<i32> {
        self.connection.query_row("PRAGMA user_version", [], |r| r.get("user_version")).map_err(answered(NAME))
    }

    /// Whether every table in it is of this edition of the rows.
    fn is_of(&self, edition: u64) -> Result<bool> {
        let sql = "SELECT count(*) AS count FROM cw_indexed WHERE edition != ?";
        let others: u64 = self.connection.query_row(sql, [edition], |r| r.get("count")).map_err(answered(NAME))?;
        Ok(others == 0)
    }

    /// By table: the blocks that are in it, and whether they are all of the table's.
    pub fn tables(&self) -> Result<HashMap<u64, (u64, bool)>> {
        let said = answered(NAME);
        let mut statement = self.connection.prepare("SELECT tab, blocks, complete FROM cw_indexed").map_err(&said)?;
        let rows =
            statement.query_map([], |r| Ok((r.get("tab")?, (r.get("blocks")?, r.get("complete")?)))).map_err(&said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&said)
    }

    /// What follows until [`WordIndex::keep`] is kept as a whole. False, and nothing begins, where somebody else got on with
    /// the table meanwhile: it does not have `blocks` any more.
    pub fn begin(&self, table: u64, blocks: u64) -> Result<bool> {
        let said = answered(NAME);
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(&said)?;
        let there = self.tables().map(|tables| tables.get(&table).map_or(0, |(blocks, _)| *blocks));
        if matches!(there, Ok(there) if there == blocks) {
            return Ok(true);
        }
        self.connection.execute_batch("ROLLBACK").map_err(&said)?;
        there.map(|_| false)
    }

    /// The words of a block, with spaces between.
    pub fn add(&self, table: u64, block: u64, words: &str) -> Result<()> {
        let said = answered(NAME);
        let mut statement =
            self.connection.prepare_cached("INSERT INTO cw_words (rowid, words) VALUES (?, ?)").map_err(&said)?;
        statement.execute(params![entry(table, block), words]).map_err(&said)?;
        Ok(())
    }

    /// Keeps what was added: the first `blocks` of the table are in it now.
    pub fn keep(&self, table: u64, edition: u64, blocks: u64, complete: bool) -> Result<()> {
        let said = answered(NAME);
        let sql = "INSERT OR REPLACE INTO cw_indexed (tab, edition, blocks, complete) VALUES (?, ?, ?, ?)";
        self.connection.execute(sql, params![table, edition, blocks, complete]).map_err(&said)?;
        self.connection.execute_batch("COMMIT").map_err(&said)
    }

    /// Blocks of a table that may hold what is asked for: any of the lists whose words all stand there. A word that ends
    /// with `*` is a beginning.
    pub fn blocks(&self, table: u64, asked: &[Vec<String>]) -> Result<Vec<u64>> {
        let said = answered(NAME);
        let all = |words: &Vec<String>| {
            let quoted: Vec<String> = words
                .iter()
                .map(|word| word.strip_suffix('*').map_or_else(|| format!("\"{word}\""), |w| format!("\"{w}\"*")))
                .collect();
            format!("({})", quoted.join(" AND "))
        };
        let wanted: Vec<String> = asked.iter().map(all).collect();
        let sql = "SELECT rowid FROM cw_words WHERE cw_words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid";
        let mut statement = self.connection.prepare_cached(sql).map_err(&said)?;
        let found = statement
            .query_map(params![wanted.join(" OR "), entry(table, 0), entry(table + 1, 0) - 1], |r| r.get::<_, u64>(0))
            .map_err(&said)?;
        let block = |number: u64| number & ((1 << SHIFT) - 1);
        found.map(|number| number.map(block)).collect::<rusqlite::Result<_>>().map_err(&said)
    }

    /// Bytes of the file.
    pub fn bytes(&self) -> Result<u64> {
        let sql = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";
        let bytes: Option<u64> =
            self.connection.query_row(sql, [], |r| r.get("bytes")).optional().map_err(answered(NAME))?;
        Ok(bytes.unwrap_or_default())
    }
}

fn entry(table: u64, block: u64) -> u64 {
    (table << SHIFT) + block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&[&str]]) -> Vec<Vec<String>> {
        list.iter().map(|all| all.iter().map(|word| (*word).to_owned()).collect()).collect()
    }

    #[test]
    fn blocks_are_found_by_their_words() {
        let folder = tempfile::tempdir().unwrap();
        let index = WordIndex::make(folder.path(), 0).unwrap();
        assert!(index.begin(1, 0).unwrap());
        for (table, block, text) in
            [(1, 0, "hepatitis b 123"), (1, 1, "hepatica 1234"), (1, 7, "анна 123 b"), (2, 0, "hepatitis b 9")]
        {
            index.add(table, block, text).unwrap();
        }
        index.keep(1, 0, 8, true).unwrap();
        for (trap, asked, expected) in [
            ("a word", words(&[&["hepatitis"]]), vec![0]),
            ("a beginning", words(&[&["hepat*"]]), vec![0, 1]),
            ("a number is met whole", words(&[&["123"]]), vec![0, 7]),
            ("both", words(&[&["hepat*", "b"]]), vec![0]),
            ("either", words(&[&["hepatica"], &["анна"]]), vec![1, 7]),
            ("a word of the query language", words(&[&["and"]]), vec![]),
            ("other scripts", words(&[&["ан*"]]), vec![7]),
        ] {
            assert_eq!(index.blocks(1, &asked).unwrap(), expected, "{trap}");
        }
        assert_eq!(index.blocks(2, &words(&[&["hepatitis"]])).unwrap(), [0]);
    }

    #[test]
    fn what_was_kept_goes_on_and_other_rows_begin_anew() {
        let folder = tempfile::tempdir().unwrap();
        let index = WordIndex::make(folder.path(), 0).unwrap();
        assert!(index.begin(1, 0).unwrap());
        index.add(1, 0, "one").unwrap();
        index.keep(1, 0, 1, false).unwrap();
        assert!(!index.begin(1, 0).unwrap(), "another program got on with it");
        assert!(index.begin(1, 1).unwrap());
        index.add(1, 1, "two").unwrap();
        // The laptop was closed before it was kept.
        drop(index);
        let index = WordIndex::there(folder.path(), 0).unwrap();
        assert_eq!(index.tables().unwrap()[&1], (1, false));
        assert!(index.blocks(1, &words(&[&["two"]])).unwrap().is_empty());
        drop(index);
        assert!(WordIndex::there(folder.path(), 1).is_none(), "rows were corrected");
        assert!(WordIndex::make(folder.path(), 1).unwrap().tables().unwrap().is_empty());
        fs::write(folder.path().join(NAME), "what a broken disk left").unwrap();
        assert!(WordIndex::there(folder.path(), 1).is_none(), "every row is read instead");
        assert!(WordIndex::make(folder.path(), 1).unwrap().tables().unwrap().is_empty());
    }
}
