//! Reads a staging store. Opened read-only: nothing here can change what was staged.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Statement, params};

use super::VERSION;
use super::file::{NAME, mend, said};
use crate::error::{Error, Result};
use crate::path::shown;
use crate::profile::{ColumnFigures, InferredType};
use crate::source::{Cell, ColumnState, KeyFacts};
use crate::store::{Access, open, quoted};

pub struct Staging {
    connection: Connection,
}

/// Why the server cannot hold what is here.
const BY_HAND: &str = "rows were corrected by hand";

/// A source table as the catalog knows it.
#[derive(Debug, Clone)]
pub struct StagedTable {
    pub id: u64,
    pub database: Option<String>,
    pub name: String,
    pub physical: String,
    pub comment: String,
    pub keys: Vec<KeyFacts>,
    pub rows: u64,
    pub bytes: u64,
    pub rejected: u64,
    pub comparable: bool,
    pub reason: Option<String>,
    /// Rejected records that were corrected by hand, and are rows now.
    pub corrected: u64,
    pub file: String,
    pub columns: u64,
    pub empty_columns: u64,
    pub absent_columns: u64,
    /// Mean over the columns.
    pub filled_percent: f64,
    /// The view that holds it as the legacy program shows it, where it shows something otherwise.
    pub shown_view: Option<String>,
}

/// A source column with its figures; frequent values come by [`Staging::top`].
#[derive(Debug, Clone)]
pub struct StagedColumn {
    pub table: u64,
    pub ordinal: u32,
    pub name: String,
    pub physical: String,
    pub declared_type: String,
    pub nullable: bool,
    pub default: Option<String>,
    pub generated: bool,
    pub state: ColumnState,
    pub comment: String,
    pub figures: ColumnFigures,
    pub min: Cell,
    pub max: Cell,
    /// Values that the legacy program shows otherwise than they are staged: how, and how many.
    pub shown: Vec<(String, u64)>,
}

impl Staging {
    pub fn open(path: &Path) -> Result<Self> {
        mend(path)?;
        let connection = open(path, NAME, Access::Read)?;
        let version: i32 = connection.query_row("PRAGMA user_version", [], |r| r.get("user_version")).map_err(said)?;
        if version != VERSION {
            return Err(Error::refused(format!(
                "{} was made by another version of Crosswalk: load the snapshot again",
                shown(path)
            )));
        }
        connection.execute_batch("PRAGMA query_only = 1; PRAGMA mmap_size = 268435456;").map_err(said)?;
        Ok(Self { connection })
    }

    pub(in crate::store) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The database that goes without saying in the names of decisions.
    pub fn home(&self) -> Result<Option<String>> {
        let home: Option<String> = self
            .connection
            .query_row("SELECT value FROM cw_meta WHERE key = 'home'", [], |r| r.get("value"))
            .optional()
            .map_err(said)?;
        Ok(home.filter(|h| !h.is_empty()))
    }

    /// Goes up with every correction: what was derived from the rows before it is to be derived anew.
    pub fn edition(&self) -> Result<u64> {
        let sql = "SELECT value FROM cw_meta WHERE key = 'edition'";
        let edition =
            self.connection.prepare_cached(sql).and_then(|mut s| s.query_row([], |r| r.get("value")).optional());
        edition.map(Option::unwrap_or_default).map_err(said)
    }

    /// Whether figures of columns are there: a load may leave them for later.
    pub fn profiled(&self) -> Result<bool> {
        let sql = "SELECT value FROM cw_meta WHERE key = 'profiled'";
        let said_so: Option<String> =
            self.connection.query_row(sql, [], |r| r.get("value")).optional().map_err(said)?;
        Ok(said_so.as_deref() != Some("no"))
    }

    pub fn tables(&self) -> Result<Vec<StagedTable>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT t.id, t.database, t.name, t.physical, t.comment, t.keys, t.rows, t.bytes, t.rejected,
                    t.comparable, t.reason, t.corrected, t.shown_view, f.name AS file, count(c.ordinal) AS columns,
                    count(CASE WHEN c.presence = 'read' AND t.rows = c.nulls + c.blanks THEN 1 END) AS empty_columns,
                    count(CASE WHEN c.presence != 'read' THEN 1 END) AS absent_columns,
                    avg(CASE WHEN c.presence != 'read' THEN NULL
                        WHEN t.rows > 0 THEN 100.0 * (t.rows - c.nulls - c.blanks) / t.rows ELSE 0 END)
                        AS filled_percent
                 FROM cw_table t LEFT JOIN cw_file f ON f.id = t.file LEFT JOIN cw_column c ON c.tab = t.id
                 GROUP BY t.id ORDER BY t.id",
            )
            .map_err(said)?;
        let rows = statement.query_map([], read_table).map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    /// Columns of one table, or of all, in order.
    pub fn columns(&self, table: Option<u64>) -> Result<Vec<StagedColumn>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.tab, c.ordinal, c.name, c.physical, c.declared_type, c.nullable, c.default_value, c.generated,
                    c.comment, t.rows, c.nulls, c.blanks, c.distinct_values, c.min_length, c.max_length, c.inferred,
                    c.format, c.least, c.greatest, c.presence
                 FROM cw_column c JOIN cw_table t ON t.id = c.tab
                 WHERE c.tab BETWEEN ?1 AND ?2 ORDER BY c.tab, c.ordinal",
            )
            .map_err(said)?;
        let (from, to) = table.map_or((0, i64::MAX), |id| (id as i64, id as i64));
        let rows = statement.query_map([from, to], read_column).map_err(said)?;
        let mut columns: Vec<StagedColumn> = rows.collect::<rusqlite::Result<_>>().map_err(said)?;
        self.add_shown((from, to), &mut columns)?;
        Ok(columns)
    }

    /// Adds what of these columns is shown otherwise.
    fn add_shown(&self, (from, to): (i64, i64), columns: &mut [StagedColumn]) -> Result<()> {
        let sql =
            "SELECT tab, ordinal, kind, count FROM cw_shown WHERE tab BETWEEN ? AND ? ORDER BY tab, ordinal, kind";
        let mut statement = self.connection.prepare_cached(sql).map_err(said)?;
        let mut rows = statement.query([from, to]).map_err(said)?;
        while let Some(r) = rows.next().map_err(said)? {
            let at: (u64, u32) = (r.get("tab").map_err(said)?, r.get("ordinal").map_err(said)?);
            if let Ok(place) = columns.binary_search_by_key(&at, |c| (c.table, c.ordinal)) {
                columns[place].shown.push((r.get("kind").map_err(said)?, r.get("count").map_err(said)?));
            }
        }
        Ok(())
    }

    /// The most frequent values with their counts, most frequent first.
    pub fn top(&self, table: u64, ordinal: u32) -> Result<Vec<(Cell, u64)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value, count FROM cw_top WHERE tab = ? AND ordinal = ? ORDER BY rank")
            .map_err(said)?;
        let rows = statement
            .query_map(params![table, ordinal], |r| Ok((cell(r.get_ref("value")?), r.get::<_, u64>("count")?)))
            .map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    /// The same of every column of a table, in the order of its columns; as many as `columns`.
    pub fn table_top(&self, table: u64, columns: usize) -> Result<Vec<Vec<(Cell, u64)>>> {
        let mut found: Vec<Vec<(Cell, u64)>> = vec![Vec::new(); columns];
        let sql = "SELECT ordinal, value, count FROM cw_top WHERE tab = ? ORDER BY ordinal, rank";
        let mut statement = self.connection.prepare_cached(sql).map_err(said)?;
        let [ordinal_at, value_at, count_at] = places(&statement, ["ordinal", "value", "count"])?;
        let mut rows = statement.query([table]).map_err(said)?;
        while let Some(r) = rows.next().map_err(said)? {
            let value = cell(r.get_ref(value_at).map_err(said)?);
            if let Some(column) = found.get_mut(r.get::<_, usize>(ordinal_at).map_err(said)?) {
                column.push((value, r.get(count_at).map_err(said)?));
            }
        }
        Ok(found)
    }

    /// Rows of a table in order, `limit` of them after row `offset`: each a cell per column asked for.
    pub fn cells(
        &self,
        table: &StagedTable,
        columns: &[StagedColumn],
        offset: u64,
        limit: u64,
        mut each: impl FnMut(Vec<Cell>) -> Result<()>,
    ) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let select = format!("{} WHERE _rowid_ > ? ORDER BY _rowid_ LIMIT ?", select(table, columns));
        let mut statement = self.connection.prepare(&select).map_err(said)?;
        let mut rows = statement.query(params![offset, limit]).map_err(said)?;
        while let Some(r) = rows.next().map_err(said)? {
            each(row_cells(r, columns.len()).map_err(said)?)?;
        }
        Ok(())
    }

    /// Rows by their numbers, in the order asked for, each with its own; a number that is none is left out.
    pub fn rows_numbered(
        &self,
        table: &StagedTable,
        columns: &[StagedColumn],
        numbers: &[u64],
    ) -> Result<Vec<(u64, Vec<Cell>)>> {
        let mut found = Vec::with_capacity(numbers.len());
        if columns.is_empty() {
            return Ok(found);
        }
        let mut statement =
            self.connection.prepare(&format!("{} WHERE _rowid_ = ?", select(table, columns))).map_err(said)?;
        for number in numbers {
            let mut rows = statement.query([number]).map_err(said)?;
            while let Some(row) = rows.next().map_err(said)? {
                found.push((*number, row_cells(row, columns.len()).map_err(said)?));
            }
        }
        Ok(found)
    }

    /// The number of the last row; 0 where there is none. Numbers of rows that were taken back are missing.
    pub fn last_number(&self, table: &StagedTable) -> Result<u64> {
        let sql = format!("SELECT coalesce(max(_rowid_), 0) AS last FROM {}", quoted(&table.physical));
        self.connection.query_row(&sql, [], |r| r.get("last")).map_err(said)
    }

    /// `limit` rows spread evenly over the table, in order.
    pub fn spread(&self, table: &StagedTable, columns: &[StagedColumn], limit: u64) -> Result<Vec<Vec<Cell>>> {
        let mut found = Vec::new();
        if columns.is_empty() || limit == 0 {
            return Ok(found);
        }
        let select = format!("{} WHERE _rowid_ = ?", select(table, columns));
        let mut statement = self.connection.prepare(&select).map_err(said)?;
        let count = limit.min(table.rows);
        for n in 0..count {
            let mut rows = statement.query([1 + n * table.rows / count]).map_err(said)?;
            if let Some(r) = rows.next().map_err(said)? {
                found.push(row_cells(r, columns.len()).map_err(said)?);
            }
        }
        Ok(found)
    }

    /// A column's values with their number of rows, for those that at least `least` rows hold.
    pub fn values(&self, table: &StagedTable, column: &StagedColumn, least: u64) -> Result<Vec<(Cell, u64)>> {
        let name = quoted(&column.physical);
        let select = format!(
            "SELECT {name} AS value, count(*) AS count FROM {} WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) >= ?",
            quoted(&table.physical)
        );
        let mut statement = self.connection.prepare(&select).map_err(said)?;
        let rows = statement
            .query_map([least], |r| Ok((cell(r.get_ref("value")?), r.get::<_, u64>("count")?)))
            .map_err(said)?;
        rows.collect::<rusqlite::Result<_>>().map_err(said)
    }

    /// A `SELECT` of the person's. At most `limit` rows; the flag says that there are more. `keep_on` is asked several
    /// times a second, with the rows found so far.
    pub fn query(
        &self,
        sql: &str,
        limit: u64,
        keep_on: impl Fn(u64) -> bool + Sync,
    ) -> Result<(Vec<String>, Vec<Vec<Cell>>, bool)> {
        let (found, over, stopped) = (AtomicU64::new(0), AtomicBool::new(false), AtomicBool::new(false));
        let interrupt = self.connection.get_interrupt_handle();
        let answer = std::thread::scope(|scope| {
            // One row may take a minute to be found: somebody else must look at the clock.
            let watching = scope.spawn(|| {
                while !over.load(Ordering::Acquire) {
                    if !keep_on(found.load(Ordering::Relaxed)) {
                        stopped.store(true, Ordering::Release);
                    }
                    // Again and again: the statement may not have begun yet.
                    if stopped.load(Ordering::Acquire) {
                        interrupt.interrupt();
                    }
                    std::thread::park_timeout(Duration::from_millis(50));
                }
            });
            let answer = self.answer(sql, limit, &found, &stopped);
            over.store(true, Ordering::Release);
            watching.thread().unpark();
            answer
        });
        if stopped.load(Ordering::Acquire) { Err(Error::Cancelled) } else { answer }
    }

    fn answer(
        &self,
        sql: &str,
        limit: u64,
        count: &AtomicU64,
        stopped: &AtomicBool,
    ) -> Result<(Vec<String>, Vec<Vec<Cell>>, bool)> {
        let refused = |e: rusqlite::Error| Error::refused(format!("the query was not understood: {}", plain(&e)));
        let mut statement = self.connection.prepare(sql).map_err(refused)?;
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(Error::refused("only SELECT is answered: what was staged is not changed"));
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(refused)?;
        let mut found = Vec::new();
        while let Some(r) = rows.next().map_err(|e| failed(&e))? {
            if found.len() as u64 == limit {
                return Ok((names, found, true));
            }
            if stopped.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            found.push(row_cells(r, names.len()).map_err(|e| failed(&e))?);
            count.store(found.len() as u64, Ordering::Relaxed);
        }
        Ok((names, found, false))
    }
}

/// Where columns stand among those of a statement: looked up once, where a name would be looked for in every row.
fn places<const N: usize>(statement: &Statement<'_>, names: [&str; N]) -> Result<[usize; N]> {
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = statement.column_index(name).map_err(said)?;
    }
    Ok(places)
}

pub(super) fn select(table: &StagedTable, columns: &[StagedColumn]) -> String {
    let list: Vec<String> = columns.iter().map(|c| quoted(&c.physical)).collect();
    format!("SELECT {} FROM {}", list.join(", "), quoted(&table.physical))
}

/// What SQLite said, without the statement it was about.
fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => format!("{msg} (at character {offset})"),
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        other => other.to_string(),
    }
}

/// Once rows are read, what SQLite says may quote a cell ("bad JSON path: 'Ada'"): only the kind of it is told.
fn failed(error: &rusqlite::Error) -> Error {
    let kind = match error {
        rusqlite::Error::SqliteFailure(failure, _) => failure.to_string(),
        _ => "a value is not of the kind that was asked for".to_owned(),
    };
    Error::refused(format!(
        "the query could not be answered to its end: {kind}. A function in it may not take every value that stands there"
    ))
}

pub(super) fn row_cells(row: &Row<'_>, width: usize) -> rusqlite::Result<Vec<Cell>> {
    (0..width).map(|i| Ok(cell(row.get_ref(i)?))).collect()
}

pub(in crate::store) fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(i) => Cell::Integer(i),
        // Only a query of the person's computes one.
        ValueRef::Real(f) => Cell::Text(f.to_string()),
        ValueRef::Text(t) => match std::str::from_utf8(t) {
            Ok(text) => Cell::Text(text.to_owned()),
            Err(_) => Cell::Bytes(t.to_vec()),
        },
        ValueRef::Blob(b) => Cell::Bytes(b.to_vec()),
    }
}

fn read_table(r: &Row<'_>) -> rusqlite::Result<StagedTable> {
    let keys: String = r.get("keys")?;
    let corrected: u64 = r.get("corrected")?;
    Ok(StagedTable {
        id: r.get("id")?,
        database: r.get("database")?,
        name: r.get("name")?,
        physical: r.get("physical")?,
        comment: r.get("comment")?,
        keys: serde_json::from_str(&keys).unwrap_or_default(),
        rows: r.get("rows")?,
        bytes: r.get("bytes")?,
        rejected: r.get("rejected")?,
        comparable: r.get::<_, bool>("comparable")? && corrected == 0,
        reason: r.get::<_, Option<String>>("reason")?.or_else(|| (corrected > 0).then(|| BY_HAND.to_owned())),
        corrected,
        file: r.get::<_, Option<String>>("file")?.unwrap_or_default(),
        columns: r.get("columns")?,
        empty_columns: r.get("empty_columns")?,
        absent_columns: r.get("absent_columns")?,
        filled_percent: (r.get::<_, Option<f64>>("filled_percent")?.unwrap_or(0.0) * 10.0).round() / 10.0,
        shown_view: r.get("shown_view")?,
    })
}

fn read_column(r: &Row<'_>) -> rusqlite::Result<StagedColumn> {
    let inferred: Option<String> = r.get("inferred")?;
    let inferred = inferred
        .and_then(|word| serde_json::from_value(serde_json::Value::String(word)).ok())
        .unwrap_or(InferredType::Empty);
    let count = |name: &str| r.get::<_, Option<u64>>(name).map(Option::unwrap_or_default);
    Ok(StagedColumn {
        table: r.get("tab")?,
        ordinal: r.get("ordinal")?,
        name: r.get("name")?,
        physical: r.get("physical")?,
        declared_type: r.get("declared_type")?,
        nullable: r.get("nullable")?,
        default: r.get("default_value")?,
        generated: r.get("generated")?,
        state: state(&r.get::<_, String>("presence")?),
        comment: r.get("comment")?,
        figures: ColumnFigures {
            rows: r.get("rows")?,
            nulls: count("nulls")?,
            blanks: count("blanks")?,
            distinct: count("distinct_values")?,
            min_length: count("min_length")?,
            max_length: count("max_length")?,
            inferred_type: inferred,
            format: r.get("format")?,
        },
        min: cell(r.get_ref("least")?),
        max: cell(r.get_ref("greatest")?),
        shown: Vec::new(),
    })
}

pub(in crate::store) fn state(words: &str) -> ColumnState {
    ColumnState::ALL.into_iter().find(|s| s.label() == words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_called_the_same_everywhere() {
        for (state, presence) in ColumnState::ALL.into_iter().zip(snapshot::Presence::ALL) {
            assert_eq!(serde_json::to_value(state).unwrap(), state.label());
            assert_eq!(state.label(), presence.words());
        }
    }
}
