//! Rejects of a staging store: records that could not be loaded, with their bytes.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use snapshot::retry::Form;

use super::staging::Staging;
use super::staging::file::said;
use crate::error::Result;
use crate::facts::{RejectGroup, RejectQuery};

/// A reject as it is kept: its bytes are raw.
pub struct StagedReject {
    pub id: u64,
    pub file: String,
    pub table: Option<String>,
    pub record: u64,
    pub line: u64,
    pub byte: u64,
    pub length: u64,
    pub reason: String,
    pub tried_again: Option<String>,
    /// The first of them only, where a part was asked for.
    pub raw: Vec<u8>,
    pub form: Option<Form>,
    pub corrected_at: Option<String>,
    pub corrected_by: Option<String>,
}

/// Reasons that are listed to choose from.
const GROUPS: usize = 200;

const FROM: &str = "FROM cw_reject r JOIN cw_file f ON f.id = r.file LEFT JOIN cw_table t ON t.id = r.tab
    LEFT JOIN cw_form m ON m.id = r.form";

/// The condition of a query, with its values.
pub(super) fn condition(query: &RejectQuery) -> (String, Vec<Value>) {
    let mut parts = vec!["1".to_owned()];
    let mut values = Vec::new();
    let mut add = |part: &str, value: &str| {
        parts.push(part.to_owned());
        values.push(Value::Text(value.to_owned()));
    };
    if let Some(file) = &query.file {
        add("f.name = ?", file);
    }
    if let Some(table) = &query.table {
        add("t.name = ?", table);
    }
    if !query.reason.is_empty() {
        add("instr(lower(r.reason), lower(?)) > 0", &query.reason);
    }
    if query.open {
        parts.push("r.row IS NULL".to_owned());
    }
    if !query.ids.is_empty() {
        let ids: Vec<String> = query.ids.iter().map(u64::to_string).collect();
        parts.push(format!("r.id IN ({})", ids.join(",")));
    }
    (parts.join(" AND "), values)
}

impl Staging {
    /// Rejects that are still none, and those that were corrected.
    pub fn reject_counts(&self) -> Result<(u64, u64)> {
        let sql = "SELECT count(*) - count(row) AS open, count(row) AS corrected FROM cw_reject";
        self.connection().query_row(sql, [], |r| Ok((r.get("open")?, r.get("corrected")?))).map_err(said)
    }

    /// How many pass the filter.
    pub fn rejects_passing(&self, query: &RejectQuery) -> Result<u64> {
        let (condition, values) = condition(query);
        let sql = format!("SELECT count(*) AS count {FROM} WHERE {condition}");
        self.connection().query_row(&sql, params_from_iter(values), |r| r.get("count")).map_err(said)
    }

    /// Rejects in the order they were found, `most` bytes of each.
    pub fn rejects(
        &self,
        query: &RejectQuery,
        most: u64,
        mut each: impl FnMut(StagedReject) -> Result<()>,
    ) -> Result<()> {
        let (condition, mut values) = condition(query);
        let sql = format!(
            "SELECT r.id, f.name AS file, t.name AS tab, r.record, r.line, r.byte, length(r.raw) AS length, r.reason,
                substr(r.raw, 1, {most}) AS raw, m.text AS form, r.retried_at, r.who, r.tried_again
             {FROM} WHERE {condition} ORDER BY r.id LIMIT ? OFFSET ?"
        );
        let limit = if query.limit == 0 { -1 } else { query.limit as i64 };
        values.extend([Value::Integer(limit), Value::Integer(query.offset as i64)]);
        let mut statement = self.connection().prepare(&sql).map_err(said)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            each(read_reject(row).map_err(said)?)?;
        }
        Ok(())
    }

    /// One reject with all its bytes.
    pub fn reject(&self, id: u64) -> Result<Option<StagedReject>> {
        let mut found = None;
        let query = RejectQuery { ids: vec![id], ..RejectQuery::default() };
        self.rejects(&query, u64::from(u32::MAX), |reject| {
            found = Some(reject);
            Ok(())
        })?;
        Ok(found)
    }

    /// Rejects by file, table and reason, the most frequent first.
    pub fn reject_groups(&self) -> Result<Vec<RejectGroup>> {
        let sql = format!(
            "SELECT f.name AS file, t.name AS tab, r.reason, count(*) AS count, count(r.row) AS corrected, max(m.text) AS form
             {FROM}
             GROUP BY r.file, r.tab, r.reason ORDER BY count(*) DESC, min(r.id) LIMIT {GROUPS}"
        );
        let mut statement = self.connection().prepare_cached(&sql).map_err(said)?;
        let rows = statement.query_map([], |r| {
            let form: Option<String> = r.get("form")?;
            let form = form.as_deref().and_then(Form::read).map(|form| match form {
                Form::Sql(_) => "sql".to_owned(),
                Form::Delimited(_) => "delimited".to_owned(),
            });
            Ok(RejectGroup {
                file: r.get("file")?,
                table: r.get("tab")?,
                reason: r.get("reason")?,
                count: r.get("count")?,
                corrected: r.get("corrected")?,
                form,
            })
        });
        rows.map_err(said)?.collect::<rusqlite::Result<_>>().map_err(said)
    }

    /// The number of the latest retry that made rows, with how many there are of it.
    pub fn latest_retry(&self) -> Result<Option<(u64, u64)>> {
        let sql = "SELECT retry, count(*) AS count FROM cw_reject WHERE row IS NOT NULL GROUP BY retry ORDER BY retry DESC LIMIT 1";
        self.connection().query_row(sql, [], |r| Ok((r.get("retry")?, r.get("count")?))).optional().map_err(said)
    }
}

fn read_reject(r: &rusqlite::Row<'_>) -> rusqlite::Result<StagedReject> {
    let form: Option<String> = r.get("form")?;
    Ok(StagedReject {
        id: r.get("id")?,
        file: r.get("file")?,
        table: r.get("tab")?,
        record: r.get("record")?,
        line: r.get("line")?,
        byte: r.get("byte")?,
        length: r.get::<_, Option<u64>>("length")?.unwrap_or(0),
        reason: r.get("reason")?,
        raw: r.get::<_, Option<Vec<u8>>>("raw")?.unwrap_or_default(),
        form: form.as_deref().and_then(Form::read),
        corrected_at: r.get("retried_at")?,
        corrected_by: r.get("who")?,
        tried_again: r.get("tried_again")?,
    })
}
