//! Which column each value of a row goes to, with a list of columns and without one.

use std::collections::HashMap;

use super::column::Column;
use super::tables::{Schema, Table};
use crate::event::Position;

/// Which column each value of a row goes to.
#[derive(Debug, Clone)]
pub struct Slots {
    /// Index of the column for each value, where these are not all columns in order.
    order: Option<Vec<usize>>,
    /// Then for each column the value that goes there; of several the last one counts.
    values: Vec<Option<usize>>,
    width: usize,
}

impl Slots {
    pub fn new(order: Vec<usize>, columns: usize) -> Self {
        let same = order.len() == columns && order.iter().enumerate().all(|(i, o)| i == *o);
        let mut values = vec![None; if same { 0 } else { columns }];
        if !same {
            for (value, slot) in order.iter().enumerate() {
                values[*slot] = Some(value);
            }
        }
        Self { width: order.len(), order: (!same).then_some(order), values }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The value that goes into a column, where these are not all in order.
    pub fn value(&self, column: usize) -> Option<usize> {
        self.values.get(column).copied().flatten()
    }

    pub fn order(&self) -> Option<&[usize]> {
        self.order.as_deref()
    }

    /// Of an `INSERT` without a list, whose first row has so many values: all columns, or all that the server does not
    /// fill itself, or the first ones.
    pub fn unlisted(table: &Table, values: usize, first_ones: bool) -> Self {
        let columns = &table.columns;
        let of = |keep: &dyn Fn(&Column) -> bool| -> Vec<usize> {
            (0..columns.len()).filter(|i| keep(&columns[*i])).collect()
        };
        let filled = of(&|c| !c.def.generated);
        let given = of(&|c| !c.def.generated && !c.def.auto_increment);
        let order = if values == columns.len() {
            of(&|_| true)
        } else if values == filled.len() {
            filled
        } else if values == given.len() {
            given
        } else if first_ones && values < columns.len() {
            (0..values).collect()
        } else {
            of(&|_| true)
        };
        Self::new(order, columns.len())
    }
}

/// Which columns listed names are; for those that the table lacks, columns are made that come after its own.
pub fn place_listed(
    table: &Table,
    listed: &[String],
    make: impl Fn(&Table, &str) -> Column,
) -> (Vec<usize>, Vec<Column>) {
    // Of two columns of one name the first is meant, and a name of just these letters before one of others.
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, column) in table.columns.iter().enumerate().rev() {
        places.insert(column.def.name.to_lowercase(), index);
    }
    for (index, column) in table.columns.iter().enumerate().rev() {
        places.insert(column.def.name.clone(), index);
    }
    let mut added = Vec::new();
    let mut order = Vec::with_capacity(listed.len());
    for name in listed {
        let known = places.get(name).or_else(|| places.get(&name.to_lowercase())).copied();
        order.push(known.unwrap_or_else(|| {
            let index = table.columns.len() + added.len();
            places.insert(name.clone(), index);
            added.push(make(table, name));
            index
        }));
    }
    (order, added)
}

/// Slots of listed columns; those that the table lacks are added to it, so that no value is lost. Answers the table's
/// index as well: one whose parents are unknown gets its columns in the order that rows have.
pub fn listed_slots(schema: &mut Schema, table: usize, listed: &[String], at: Position) -> (usize, Slots) {
    let (mut order, added) = place_listed(&schema.tables[table], listed, |_, name| Column::untyped(name));
    let Some(first) = added.first() else {
        return (table, Slots::new(order, schema.tables[table].columns.len()));
    };
    let (name, count) = (&first.def.name, added.len());
    let orphan = schema.tables[table].orphan;
    let text = if orphan {
        format!(
            "it has columns of a table that is not declared here: their types are not known ({count}, the first is `{name}`)"
        )
    } else {
        format!("rows list columns that the table does not have: {count} added, the first is `{name}`")
    };
    let mut changed = schema.tables[table].clone();
    changed.columns.extend(added);
    let mut table = table;
    if orphan && changed.records == 0 {
        order = in_listed_order(&mut changed, &order);
        changed.orphan = false;
        table = schema.rebuild(table, changed);
    } else {
        schema.change(table, changed);
    }
    schema.warn(Some(table), at, text);
    (table, Slots::new(order, schema.tables[table].columns.len()))
}

/// Puts the columns that rows list first, as they list them; answers the new order of values.
fn in_listed_order(table: &mut Table, order: &[usize]) -> Vec<usize> {
    let mut sorted: Vec<usize> = Vec::with_capacity(table.columns.len());
    for index in order.iter().copied().chain(0..table.columns.len()) {
        if !sorted.contains(&index) {
            sorted.push(index);
        }
    }
    let columns = std::mem::take(&mut table.columns);
    table.columns = sorted.iter().map(|index| columns[*index].clone()).collect();
    order.iter().map(|index| sorted.iter().position(|i| i == index).unwrap_or(*index)).collect()
}
