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
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
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
