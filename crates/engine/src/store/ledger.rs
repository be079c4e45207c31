//! The ledger of a staging store, read back.

use super::staging::Staging;
use super::staging::file::said;
use super::staging::read::state;
use crate::error::Result;
use crate::facts::{
    AbsentColumn, Ledger, LedgerFile, LedgerObject, LedgerShare, LedgerStep, LedgerTable, StatementCount,
};
use crate::source::TableKey;

impl Staging {
    /// `key` names a table of the ledger as decisions do.
    pub fn ledger(&self, snapshot: &str, key: impl Fn(Option<&str>, &str) -> TableKey) -> Result<Ledger> {
        let mut files = Vec::new();
        let mut statement = self
            .connection()
            .prepare_cached("SELECT id, name, kind, encoding, bytes, dialect, seconds FROM cw_file ORDER BY id")
            .map_err(said)?;
        let rows = statement
            .query_map([], |r| {
                let file = LedgerFile {
                    file: r.get("name")?,
                    kind: r.get("kind")?,
                    encoding: r.get("encoding")?,
                    bytes: r.get("bytes")?,
                    dialect: r.get("dialect")?,
                    seconds: r.get("seconds")?,
                    tables: Vec::new(),
                    statements: Vec::new(),
                    shares: Vec::new(),
                    objects: Vec::new(),
                    ignored: Vec::new(),
                    warnings: Vec::new(),
                };
                Ok((r.get::<_, i64>("id")?, file))
            })
            .map_err(said)?;
        for row in rows {
            let (id, mut file) = row.map_err(said)?;
            file.tables = self.ledger_tables(id, &key)?;
            file.shares = self.shares(id)?;
            file.objects = self.objects(id)?;
            self.notes(id, &mut file)?;
            files.push(file);
        }
        let (open, corrected) = self.reject_counts()?;
        let seconds = files.iter().map(|f| f.seconds).sum();
        Ok(Ledger {
            snapshot: snapshot.to_owned(),
            files,
            rejects: open + corrected,
            corrected,
            seconds,
            steps: self.steps()?,
        })
    }

    fn steps(&self) -> Result<Vec<LedgerStep>> {
        let sql = "SELECT step, seconds FROM cw_step ORDER BY id";
        self.list(sql, [], |r| Ok(LedgerStep { step: r.get("step")?, seconds: r.get("seconds")? }))
    }

    fn shares(&self, file: i64) -> Result<Vec<LedgerShare>> {
        let sql = "SELECT class, count, bytes FROM cw_share WHERE file = ? ORDER BY class";
        self.list(sql, [file], |r| {
            Ok(LedgerShare { class: r.get("class")?, count: r.get("count")?, bytes: r.get("bytes")? })
        })
    }

    fn objects(&self, file: i64) -> Result<Vec<LedgerObject>> {
        let sql = "SELECT kind, name FROM cw_object WHERE file = ? ORDER BY id";
        self.list(sql, [file], |r| Ok(LedgerObject { kind: r.get("kind")?, name: r.get("name")? }))
    }

    /// Views, saved queries and linked tables with their text: file, kind, name, text.
    pub fn object_texts(&self) -> Result<Vec<(String, String, String, String)>> {
        let sql = "SELECT f.name AS file, o.kind, o.name, o.text
                   FROM cw_object o JOIN cw_file f ON f.id = o.file ORDER BY o.id";
        self.list(sql, [], |r| Ok((r.get("file")?, r.get("kind")?, r.get("name")?, r.get("text")?)))
    }

    fn list<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection().prepare_cached(sql).map_err(said)?;
        let rows = statement.query_map(values, read).map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    fn ledger_tables(&self, file: i64, key: impl Fn(Option<&str>, &str) -> TableKey) -> Result<Vec<LedgerTable>> {
        let sql = "SELECT t.database, t.name, p.loaded, p.rejected, p.bytes,
                CASE WHEN t.corrected = 0 THEN 0 ELSE (SELECT count(*) FROM cw_reject r
                    WHERE r.file = p.file AND r.tab = p.tab AND r.row IS NOT NULL) END AS corrected, t.id
             FROM cw_part p JOIN cw_table t ON t.id = p.tab WHERE p.file = ? ORDER BY t.id";
        self.list(sql, [file], |r| {
            let (database, table): (Option<String>, String) = (r.get("database")?, r.get("name")?);
            let (loaded, rejected): (u64, u64) = (r.get("loaded")?, r.get("rejected")?);
            let key = key(database.as_deref(), &table);
            Ok(LedgerTable {
                key,
                database,
                table,
                read: loaded + rejected,
                loaded,
                rejected,
                corrected: r.get("corrected")?,
                bytes: r.get("bytes")?,
                not_in_dump: self.not_in_dump(r.get("id")?)?,
            })
        })
    }

    fn not_in_dump(&self, table: i64) -> rusqlite::Result<Vec<AbsentColumn>> {
        let sql = "SELECT name, presence FROM cw_column WHERE tab = ? AND presence != 'read' ORDER BY ordinal";
        let mut statement = self.connection().prepare_cached(sql)?;
        let absent = |r: &rusqlite::Row<'_>| {
            Ok(AbsentColumn { column: r.get("name")?, state: state(&r.get::<_, String>("presence")?) })
        };
        statement.query_map([table], absent)?.collect()
    }

    fn notes(&self, file: i64, to: &mut LedgerFile) -> Result<()> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT kind, text, count FROM cw_note WHERE file = ? ORDER BY id")
            .map_err(said)?;
        let mut rows = statement.query([file]).map_err(said)?;
        while let Some(r) = rows.next().map_err(said)? {
            let kind: String = r.get("kind").map_err(said)?;
            let text: String = r.get("text").map_err(said)?;
            match kind.as_str() {
                "statement" => {
                    to.statements.push(StatementCount { statement: text, count: r.get("count").map_err(said)? });
                }
                "ignored" => to.ignored.push(text),
                _ => to.warnings.push(text),
            }
        }
        Ok(())
    }
}
