//! Surrogates already given: random, never derived, and secret. Whoever holds this file can undo the deidentification;
//! it never leaves the project.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Access, answered, open};
use crate::error::Result;
use crate::sample::surrogate::Vault;

const NAME: &str = "vault.db";

fn said(source: rusqlite::Error) -> crate::error::Error {
    answered(NAME)(source)
}

pub struct VaultFile {
    connection: Connection,
}

impl VaultFile {
    pub fn open(path: &Path) -> Result<Self> {
        let connection = open(path, NAME, Access::Create)?;
        connection
            .execute_batch(
                // A surrogate that left with a workbook must be here still after a power cut, or the next workbook gives
                // another for the same person: every commit is forced to the disk.
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE IF NOT EXISTS surrogate (
                    domain TEXT NOT NULL, value TEXT NOT NULL, surrogate TEXT NOT NULL, PRIMARY KEY (domain, value)
                 ) WITHOUT ROWID;
                 CREATE INDEX IF NOT EXISTS surrogate_given ON surrogate (domain, surrogate);",
            )
            .map_err(said)?;
        Ok(Self { connection })
    }

    /// Many surrogates are given in one export: they are kept together or not at all.
    pub fn together<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(said)?;
        match work(self) {
            Ok(done) => {
                self.connection.execute_batch("COMMIT").map_err(said)?;
                Ok(done)
            }
            Err(e) => {
                let _ = self.connection.execute_batch("ROLLBACK");
                Err(e)
            }
        }
    }
}

impl Vault for VaultFile {
    fn get(&mut self, domain: &str, value: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT surrogate FROM surrogate WHERE domain = ? AND value = ?")
            .and_then(|mut s| s.query_row(params![domain, value], |r| r.get(0)).optional())
            .map_err(said)
    }

    fn put(&mut self, domain: &str, value: &str, surrogate: &str) -> Result<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO surrogate VALUES (?, ?, ?)")
            .and_then(|mut s| s.execute(params![domain, value, surrogate]))
            .map_err(said)?;
        Ok(())
    }

    fn taken(&mut self, domain: &str, surrogate: &str) -> Result<bool> {
        self.connection
            .prepare_cached("SELECT 1 FROM surrogate WHERE domain = ? AND surrogate = ?")
            .and_then(|mut s| s.exists(params![domain, surrogate]))
            .map_err(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `decisions.db`: what a workbook that has left rests on may not be lost in a power cut.
    #[test]
    fn every_surrogate_is_forced_to_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut vault = VaultFile::open(&folder.path().join(NAME)).unwrap();
        let setting = |name: &str| {
            let asked = format!("SELECT * FROM pragma_{name}");
            vault.connection.query_row(&asked, [], |r| r.get::<_, rusqlite::types::Value>(0)).unwrap()
        };
        let full = 2;
        assert_eq!(setting("synchronous"), rusqlite::types::Value::Integer(full));
        assert_eq!(setting("journal_mode"), rusqlite::types::Value::Text("wal".into()));
        // Another handle sees it as soon as it is given.
        vault.together(|vault| vault.put("NAME", "Ada", "Olga")).unwrap();
        let mut other = VaultFile::open(&folder.path().join(NAME)).unwrap();
        assert_eq!(other.get("NAME", "Ada").unwrap().as_deref(), Some("Olga"));
    }
}
