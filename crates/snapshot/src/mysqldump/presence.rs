//! Which columns the rows of a dump hold at all: invisible and generated ones may be left out, and what the server has
//! there is then not known. Columns that only an `INSERT` names are added here, too.

use crate::event::{ColumnKind, Position, Presence};
use crate::script::column::Column;
use crate::script::slots::{Slots, place_listed};
use crate::script::tables::{Schema, Table};

/// Slots of listed columns. Those that the table lacks are added at its end; the rows before have none of them.
pub fn listed_slots(index: usize, listed: &[String], at: Position, schema: &mut Schema) -> Slots {
    let table = &mut schema.tables[index];
    let (order, added) = place_listed(table, listed, undeclared);
    let before = table.columns.len();
    let slots = Slots::new(order, before + added.len());
    if added.is_empty() {
        return slots;
    }
    let rows = table.held.rows;
    for column in before..before + added.len() {
        table.held.miss(column, rows);
    }
    let names: Vec<String> = added.iter().map(|c| format!("`{}`", c.def.name)).collect();
    let after = if rows == 0 { String::new() } else { format!("; NULL stands there in the {rows} rows before") };
    let text = format!(
        "an INSERT names columns that CREATE TABLE does not: {} are added, without a type{after}",
        names.join(", ")
    );
    let text = if names.len() == 1 { text.replace(" are added", " is added") } else { text };
    let history = added.iter().any(|c| c.row_end);
    table.columns.extend(added);
    let at = Position { record: table.records + 1, ..at };
    schema.changes += 1;
    schema.tell(index);
    schema.warn(Some(index), at, text);
    let why = if history { HISTORY } else { "an INSERT names columns that the table does not have" };
    schema.flag(index, why);
    slots
}

/// What the rows so far say of the columns. Asked at the end of each file, for another may hold what this one lacks.
pub fn settle_presence(schema: &mut Schema) {
    for index in 0..schema.tables.len() {
        let held = &schema.tables[index].held;
        if held.rows == 0 || held.is_whole() {
            continue;
        }
        let columns = &schema.tables[index].columns;
        let now: Vec<Presence> = columns.iter().enumerate().map(|(i, c)| held.presence(c, i)).collect();
        let partly = (0..columns.len()).find(|i| held.missing(*i) > 0 && now[*i] == Presence::Read);
        if let Some(column) = partly.filter(|_| !held.told) {
            let (name, missing, rows) = (&columns[column].def.name, held.missing(column), held.rows);
            let text = format!("`{name}` is in some rows only: NULL stands there in {missing} of {rows}");
            schema.tables[index].held.told = true;
            schema.warn(Some(index), Position::default(), text);
            schema.flag(index, "a column is in some rows of the dump only");
        }
        set_presence(index, &now, schema);
    }
}

fn set_presence(index: usize, now: &[Presence], schema: &mut Schema) {
    let columns = &mut schema.tables[index].columns;
    let mut left_out = Vec::new();
    let mut changed = false;
    for (column, now) in columns.iter_mut().zip(now) {
        changed |= column.def.presence != *now;
        if *now == Presence::LeftOut && column.def.presence != *now {
            left_out.push(column.def.name.clone());
        }
        column.def.presence = *now;
    }
    if changed {
        schema.tell(index);
    }
    for name in left_out {
        let text = format!("the invisible column `{name}` is not in the dump: what the server holds there is unknown");
        schema.warn(Some(index), Position::default(), text);
        schema.flag(index, format!("the column `{name}` is not in the dump"));
    }
}

/// Why a table that comes with its history is not what a server counts.
pub const HISTORY: &str = "holds what its rows were before (--dump-history): a server counts the rows of now";

/// A column that only an `INSERT` names. Of a table with a history it may be one that the server keeps unasked:
/// https://mariadb.com/kb/en/system-versioned-tables/
fn undeclared(table: &Table, name: &str) -> Column {
    let mut column = Column::untyped(name);
    let folded = name.to_lowercase();
    if table.versioned && matches!(folded.as_str(), "row_start" | "row_end") {
        "timestamp(6)".clone_into(&mut column.def.declared_type);
        column.def.kind = ColumnKind::Datetime;
        column.def.generated = true;
        column.scale = Some(6);
        column.row_end = folded == "row_end";
    }
    column
}
