//! All values of a column with their rows, page by page, and the rows that hold one of them.

use serde::{Deserialize, Serialize};

use super::Project;
use crate::error::{Error, Result};
use crate::facts::{CellPage, TopValue, ValuePage};
use crate::sample::people::Common;
use crate::sample::{Cell, Treatment, mask};
use crate::source::ColumnKey;

/// Values a page at most.
const PAGE: u64 = 1_000;

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ValueOrder {
    #[default]
    MostRows,
    FewestRows,
}

/// Which values of a column.
#[derive(Debug, Clone, Default)]
pub struct ValueQuery {
    pub order: ValueOrder,
    /// Values that hold this, whatever the case; only where values are shown whole.
    pub text: String,
    pub offset: u64,
    pub limit: u64,
    /// Shows them whole, and is logged.
    pub raw: bool,
}

impl Project {
    /// Distinct values with their rows. What the privacy gate lets through is shown, unless the table is unmasked.
    pub fn values(&mut self, column: &ColumnKey, query: &ValueQuery) -> Result<ValuePage> {
        self.refresh()?;
        let table_key = column.table_key();
        let unmasked = self.unmasked.contains(&table_key);
        if !query.text.is_empty() && !query.raw && !unmasked {
            return Err(Error::refused(format!(
                "values of {table_key} are masked: unmask the table to search in them, or see all without a search"
            )));
        }
        if query.raw {
            let by = self.by();
            self.decisions.act(&by, &format!("printed the values of {column}"))?;
        }
        let snapshot = self.profiled()?;
        let treatments = self.treatments()?;
        let (table, staged) = snapshot
            .column(column)?
            .ok_or_else(|| Error::refused(format!("the snapshot in use has no column {column}")))?;
        let limit = if query.limit == 0 { PAGE } else { query.limit.min(PAGE) };
        let rarest = query.order == ValueOrder::FewestRows;
        let (total, found) = snapshot.staging.value_page(table, staged, (&query.text, rarest), query.offset, limit)?;
        let whole = query.raw || unmasked;
        let common = if whole {
            Common::default()
        } else {
            let rules = self.rules_of(snapshot)?;
            let place = staged.ordinal as usize;
            let mut all = snapshot.common_values((&table_key, table), &rules, &treatments)?;
            if place < all.len() { all.swap_remove(place) } else { Common::default() }
        };
        let treatment = treatments.get(column);
        let show = |cell: &Cell| match treatment {
            _ if query.raw => mask::exact(cell),
            _ if whole => mask::unmasked(cell),
            Some(treatment) => gated(treatment, cell, &common),
            None => mask::mask(cell),
        };
        let values = found.into_iter().map(|(cell, count)| TopValue { value: show(&cell), count }).collect();
        Ok(ValuePage { column: column.clone(), total, offset: query.offset, values, unmasked: whole })
    }

    /// The rows that hold the value at a place of that list, masked unless the table is unmasked. It is named by its
    /// place, so that nobody needs to know it.
    pub fn rows_of_value(
        &mut self,
        column: &ColumnKey,
        order: ValueOrder,
        place: u64,
        (offset, limit): (u64, u64),
    ) -> Result<CellPage> {
        self.refresh()?;
        let table_key = column.table_key();
        let unmasked = self.unmasked.contains(&table_key);
        let snapshot = self.profiled()?;
        let (table, staged) = snapshot
            .column(column)?
            .ok_or_else(|| Error::refused(format!("the snapshot in use has no column {column}")))?;
        let rarest = order == ValueOrder::FewestRows;
        let (_, found) = snapshot.staging.value_page(table, staged, ("", rarest), place, 1)?;
        let Some((cell, total)) = found.into_iter().next() else {
            return Err(Error::refused(format!("{column} has no value at place {}", place + 1)));
        };
        let columns = snapshot.columns(table)?;
        let rows = snapshot.staging.rows_with(table, columns, (staged, &cell), offset, limit.min(PAGE))?;
        let rows = rows.iter().map(|row| row.iter().map(|c| mask::shown(c, unmasked)).collect()).collect();
        let columns = columns.iter().map(|c| c.name.clone()).collect();
        Ok(CellPage { columns, rows, total, unmasked })
    }
}

fn gated(treatment: &Treatment, cell: &Cell, common: &Common) -> crate::sample::Shown {
    mask::gate(treatment, cell, common.holds_cell(cell))
}
