//! What the legacy program shows otherwise than it is stored: counted by column and kind, and offered to queries in a view
//! beside each table.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use snapshot::{Batch, CellRef, FacetKind};

use super::super::file::said;
use super::Writer;
use crate::error::Result;
use crate::store::quoted;

/// Cells shown otherwise than they are staged, by table, column and kind.
#[derive(Default)]
pub(super) struct Shown(BTreeMap<(usize, u32, &'static str), u64>);

impl Shown {
    pub fn count(&mut self, table: usize, batch: &Batch) {
        for facet in batch.facets() {
            let Some(column) = facet.column.filter(|_| facet.kind != FacetKind::Hidden) else { continue };
            let same = match batch.value(facet.row as usize, column as usize) {
                CellRef::Text(text) => text == facet.shown.as_bytes(),
                CellRef::Integer(integer) => itoa::Buffer::new().format(integer) == facet.shown,
                CellRef::Null | CellRef::Bytes(_) => false,
            };
            if !same {
                *self.0.entry((table, column, facet.kind.word())).or_default() += 1;
            }
        }
    }

    pub fn tables(&self) -> BTreeSet<usize> {
        self.0.keys().map(|(table, _, _)| *table).collect()
    }

    /// Columns of a table that are shown otherwise.
    pub fn columns(&self, table: usize) -> BTreeSet<u32> {
        self.0.range((table, 0, "")..(table + 1, 0, "")).map(|((_, column, _), _)| *column).collect()
    }

    pub fn counts(&self) -> impl Iterator<Item = ((usize, u32, &'static str), u64)> {
        self.0.iter().map(|(key, count)| (*key, *count))
    }
}

impl Writer {
    /// Puts a view beside each table that the legacy program shows otherwise than it is stored.
    pub fn views(&mut self) -> Result<()> {
        let tables = self.shown.tables();
        for id in tables {
            if self.tables[id].gone {
                continue;
            }
            let view = self.names.give(&format!("{}_shown", self.tables[id].physical));
            let table = &self.tables[id];
            let columns = self.shown.columns(id);
            self.connection
                .execute_batch(&view_statement(&view, id, &table.physical, &table.columns, &columns))
                .map_err(said)?;
            self.put("UPDATE cw_table SET shown_view = ? WHERE id = ?", params![view, id])?;
        }
        for ((table, ordinal, kind), count) in self.shown.counts() {
            self.put("INSERT INTO cw_shown VALUES (?, ?, ?, ?)", params![table, ordinal, kind, count])?;
        }
        Ok(())
    }
}

/// A view with the table's columns as they are shown, and after them the number of the row in the table.
fn view_statement(view: &str, id: usize, table: &str, columns: &[String], shown: &BTreeSet<u32>) -> String {
    let column = |(ordinal, name): (usize, &String)| {
        let name = quoted(name);
        if !shown.contains(&(ordinal as u32)) {
            return format!("t.{name} AS {name}");
        }
        let facet = format!("SELECT shown FROM cw_facet WHERE tab = {id} AND row = t._rowid_ AND ordinal = {ordinal}");
        format!("coalesce(({facet}), t.{name}) AS {name}")
    };
    let list: Vec<String> = columns.iter().enumerate().map(column).collect();
    let (view, table) = (quoted(view), quoted(table));
    format!("CREATE VIEW {view} AS SELECT {}, t._rowid_ AS cw_row FROM {table} t", list.join(", "))
}
