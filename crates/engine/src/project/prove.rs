//! Asking the staged tables, and proving that they hold what the server holds.

mod answer;

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::Project;
use crate::error::{Error, Result};
use crate::facts::{Checksum, Comparison, QueryAnswer, RejectQuery, TableDigest};
use crate::progress::{Progress, Watch};
use crate::sample::{Cell, mask};
use crate::store::digest;

/// No server's answer is longer: a line a table.
const ANSWER_LIMIT: u64 = 64 << 20;

impl Project {
    /// Answers a `SELECT` on the staged tables. Values are masked unless `raw`, which is logged; counts are nobody's.
    pub fn query(&mut self, sql: &str, raw: bool, limit: u64, watch: &dyn Watch) -> Result<QueryAnswer> {
        self.refresh()?;
        if raw {
            let by = self.by();
            self.decisions.act(&by, "asked the staged tables for raw values")?;
        }
        let (columns, rows, cut) = self.in_use()?.staging.query(sql, limit, |rows| {
            watch.step(&Progress { phase: "Asking the staged tables".into(), done: 0, total: 0, unit: "rows", rows })
        })?;
        let counts: Vec<bool> = columns.iter().map(|name| is_count(name, sql)).collect();
        // A count is a number, whatever else may be called so.
        let show = |(cell, count): (&Cell, &bool)| match cell {
            _ if raw => mask::exact(cell),
            Cell::Integer(_) if *count => mask::unmasked(cell),
            _ => mask::mask(cell),
        };
        let rows = rows.iter().map(|row| row.iter().zip(&counts).map(show).collect()).collect();
        Ok(QueryAnswer { columns, rows, cut, masked: !raw })
    }

    /// Rows, columns and digest of every table as staged, and one figure over the whole snapshot.
    pub fn checksum(&mut self, watch: &dyn Watch) -> Result<Checksum> {
        let tables = self.digests(watch)?;
        let snapshot_digest = self.snapshot_digest(&tables)?;
        Ok(Checksum { tables, snapshot_digest })
    }

    /// What was staged beside what the server answered to the statements of [`Project::checksum_sql`], as its client
    /// printed it.
    pub fn compare(&mut self, answer: &Path, watch: &dyn Watch) -> Result<Comparison> {
        self.refresh()?;
        let said = |source| Error::File { what: "the answer could not be read", path: answer.into(), source };
        let mut bytes = Vec::new();
        File::open(answer).map_err(said)?.take(ANSWER_LIMIT + 1).read_to_end(&mut bytes).map_err(said)?;
        let name = answer.file_name().unwrap_or_default().to_string_lossy();
        if bytes.len() as u64 > ANSWER_LIMIT {
            return Err(Error::refused(format!("{name} is no answer to `crosswalk checksum --sql`: it is too large")));
        }
        let answers = answer::read(&bytes).map_err(|why| Error::refused(format!("{name}: {why}")))?;
        let staged = self.digests(watch)?;
        Ok(answer::compare(staged, answers))
    }

    fn snapshot_digest(&mut self, tables: &[TableDigest]) -> Result<String> {
        let mut ledger = self.ledger()?;
        ledger.snapshot.clear();
        ledger.seconds = 0.0;
        ledger.steps.clear();
        for file in &mut ledger.files {
            file.seconds = 0.0;
        }
        let snapshot = self.in_use()?;
        let mut figure = Xxh3::new();
        let mut add = |part: &str| {
            figure.update(&(part.len() as u64).to_le_bytes());
            figure.update(part.as_bytes());
        };
        let plain = "facts are plain data";
        add(&serde_json::to_string(tables).expect(plain));
        add(&serde_json::to_string(&ledger).expect(plain));
        for (_, table) in &snapshot.tables {
            add(&serde_json::to_string(&table.keys).expect(plain));
            add(&table.comment);
            for c in snapshot.columns(table)? {
                let part = (&c.name, &c.physical, &c.declared_type, c.nullable, &c.default, c.generated, &c.comment);
                add(&serde_json::to_string(&(part, c.state)).expect(plain));
            }
        }
        for (_, kind, name, text) in snapshot.staging.object_texts()? {
            for part in [kind, name, text] {
                add(&part);
            }
        }
        let whole = u64::from(u32::MAX);
        snapshot.staging.rejects(&RejectQuery::default(), whole, |r| {
            let place = (&r.file, &r.table, r.record, r.line, r.byte, &r.reason, r.corrected_at.is_some());
            add(&serde_json::to_string(&place).expect(plain));
            add(&xxhash_rust::xxh3::xxh3_128(&r.raw).to_string());
            Ok(())
        })?;
        Ok(figure.digest128().to_string())
    }

    fn digests(&mut self, watch: &dyn Watch) -> Result<Vec<TableDigest>> {
        self.refresh()?;
        let snapshot = self.in_use()?;
        let total = snapshot.tables.len() as u64;
        let mut found = Vec::new();
        for (done, (key, table)) in snapshot.tables.iter().enumerate() {
            let step = |rows: u64| {
                watch.step(&Progress {
                    phase: format!("Adding up {key}"),
                    done: done as u64,
                    total,
                    unit: "tables",
                    rows,
                })
            };
            if !step(0) {
                return Err(Error::Cancelled);
            }
            let columns = snapshot.columns(table)?;
            let digest = snapshot.staging.digest(table, columns, step)?.ok_or(Error::Cancelled)?;
            found.push(TableDigest {
                key: key.clone(),
                database: table.database.clone(),
                table: table.name.clone(),
                rows: digest.rows,
                columns: digest.columns,
                digest: digest.sum.to_string(),
                comparable: table.comparable,
                reason: table.reason.clone(),
            });
        }
        Ok(found)
    }

    /// Statements that give the same figures on the legacy server, one a table.
    pub fn checksum_sql(&mut self) -> Result<String> {
        self.refresh()?;
        let snapshot = self.in_use()?;
        let mut sql = digest::PREAMBLE.to_owned();
        for (key, table) in &snapshot.tables {
            if !table.comparable {
                let reason = table.reason.as_deref().unwrap_or("it depends on SQL that was not run");
                let _ = writeln!(sql, "-- {}: {}", one_line(&key.to_string()), one_line(reason));
                continue;
            }
            sql.push_str(&digest::statement(table, snapshot.columns(table)?));
            sql.push('\n');
        }
        Ok(sql)
    }
}

/// SQLite names a column without an alias by its expression, up to the next word of the question. What could give
/// another column such a name (a quoted alias, a star over a source's own headers, a comment after the expression)
/// makes nothing count as a count.
fn is_count(name: &str, sql: &str) -> bool {
    let (name, sql) = (name.to_lowercase(), sql.to_lowercase());
    let quoted = ['"', '\'', '`', '['].iter().any(|quote| sql.contains(&format!("{quote}count(")));
    let disguised = quoted || sql.contains("--") || sql.contains("/*") || sql.replace("count(*)", "").contains('*');
    name.starts_with("count(") && name.ends_with(')') && name.matches('(').count() == 1 && !disguised
}

/// A comment of SQL ends with its line, whatever a table is called.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::is_count;

    #[test]
    fn only_counts_are_told_unmasked() {
        for (name, sql, counts) in [
            ("count(*)", "SELECT count(*) FROM pft", true),
            ("COUNT(DISTINCT perno)", "SELECT COUNT(DISTINCT perno) FROM pft", true),
            ("count(*)", "SELECT last_name AS \"count(*)\" FROM employee", false),
            ("count(*)", "WITH t([count(*)]) AS (SELECT ssn FROM employee) SELECT * FROM t", false),
            ("count(*)||max(ssn)", "SELECT count(*)||max(ssn) FROM employee", false),
            ("count(*) || ssn--)", "SELECT count(*) || ssn--)\n FROM employee GROUP BY ssn", false),
            ("count(*)+perno/*)", "SELECT count(*)+perno/*)\n*/ FROM employee GROUP BY perno", false),
            ("count(visits)", "SELECT * FROM visits_by_person", false),
            ("last_name", "SELECT last_name FROM employee", false),
        ] {
            assert_eq!(is_count(name, sql), counts, "{sql}");
        }
    }
}
