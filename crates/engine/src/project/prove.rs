//! Asking the staged tables, and proving that they hold what the server holds.

use std::fmt::Write;

use super::Project;
use crate::error::{Error, Result};
use crate::facts::{QueryAnswer, TableDigest};
use crate::progress::{Progress, Watch};
use crate::sample::{Cell, mask};
use crate::store::digest;

impl Project {
    /// Answers a `SELECT` on the staged tables. Values are masked unless `raw`, which is logged; counts are nobody's.
    pub fn query(&mut self, sql: &str, raw: bool, limit: u64) -> Result<QueryAnswer> {
        self.refresh()?;
        if raw {
            let by = self.by();
            self.decisions.act(&by, "asked the staged tables for raw values")?;
        }
        let (columns, rows, cut) = self.in_use()?.staging.query(sql, limit)?;
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

    /// Rows, columns and digest of every table as staged.
    pub fn checksum(&mut self, watch: &dyn Watch) -> Result<Vec<TableDigest>> {
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
/// another column such a name (a quoted alias, a star over a source's own headers, a comment behind the expression)
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
