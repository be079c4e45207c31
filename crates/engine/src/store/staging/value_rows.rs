//! The distinct values of a column, and the rows that hold one.

use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{ToSql, params};

use super::file::said;
use super::read::{StagedColumn, StagedTable, Staging, cell, row_cells, select};
use crate::error::Result;
use crate::source::Cell;
use crate::store::quoted;

impl Staging {
    /// How many distinct values hold `text`, and a page of them with their rows: those of most rows first, or of fewest
    /// where `rarest`. NULL is no value.
    pub fn value_page(
        &self,
        table: &StagedTable,
        column: &StagedColumn,
        (text, rarest): (&str, bool),
        offset: u64,
        limit: u64,
    ) -> Result<(u64, Vec<(Cell, u64)>)> {
        let (name, of) = (quoted(&column.physical), quoted(&table.physical));
        // `instr` knows no wildcards; text of either case is met by SQLite's own folding.
        let filter = format!("{name} IS NOT NULL AND (?1 = '' OR instr(lower({name}), lower(?1)) > 0)");
        let count = format!("SELECT count(*) AS count FROM (SELECT 1 FROM {of} WHERE {filter} GROUP BY {name})");
        let total = self.connection().query_row(&count, [text], |r| r.get("count")).map_err(said)?;
        let order = if rarest { "ASC" } else { "DESC" };
        let page = format!(
            "SELECT {name} AS value, count(*) AS count FROM {of} WHERE {filter} GROUP BY {name} \
             ORDER BY count {order}, value LIMIT ?2 OFFSET ?3"
        );
        let mut statement = self.connection().prepare(&page).map_err(said)?;
        let rows = statement
            .query_map(params![text, limit, offset], |r| Ok((cell(r.get_ref("value")?), r.get::<_, u64>("count")?)))
            .map_err(said)?;
        Ok((total, rows.collect::<rusqlite::Result<_>>().map_err(said)?))
    }

    /// Rows that hold a value, in order.
    pub fn rows_with(
        &self,
        table: &StagedTable,
        columns: &[StagedColumn],
        (column, value): (&StagedColumn, &Cell),
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Vec<Cell>>> {
        let select = format!(
            "{} WHERE {} IS ?1 ORDER BY _rowid_ LIMIT ?2 OFFSET ?3",
            select(table, columns),
            quoted(&column.physical)
        );
        let mut statement = self.connection().prepare(&select).map_err(said)?;
        let mut rows = statement.query(params![AsStored(value), limit, offset]).map_err(said)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(said)? {
            found.push(row_cells(row, columns.len()).map_err(said)?);
        }
        Ok(found)
    }
}

struct AsStored<'a>(&'a Cell);

impl ToSql for AsStored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Null => ToSqlOutput::Owned(Stored::Null),
            Cell::Integer(number) => ToSqlOutput::Owned(Stored::Integer(*number)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}
