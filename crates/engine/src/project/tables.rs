//! Tables and columns as people look at them: figures beside decisions, values masked unless a person unmasked them.

use std::cmp::Ordering;

use super::Project;
use super::snapshots::InUse;
use crate::error::Result;
use crate::facts::{
    CellPage, ColumnFacts, ShownFacts, ShownKind, TableDetail, TableFacts, TablePage, TableQuery, TableSort, TopValue,
};
use crate::mapping::{ColumnDecision, ModuleStatus, TableDecision};
use crate::sample::people::Common;
use crate::sample::{Cell, Treatment, mask};
use crate::source::{ColumnKey, Disposition, TableKey};
use crate::store::staging::{StagedColumn, StagedTable};

/// How much of a column's values its facts carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// Least and greatest, masked; no frequent ones. Needs no classification of the schema.
    None,
    /// What the privacy gate lets through.
    Gated,
    /// As a screen shows them.
    Raw,
    /// To the last byte.
    Exact,
}

impl Values {
    pub fn of(raw: bool) -> Self {
        if raw { Self::Raw } else { Self::Gated }
    }
}

impl Project {
    /// Tables that pass the filter, in the order asked for.
    pub fn tables(&mut self, query: &TableQuery) -> Result<TablePage> {
        self.refresh()?;
        self.not_lost()?;
        if self.in_use.is_none() {
            return Ok(TablePage { total: 0, rows: Vec::new(), keys: Vec::new() });
        }
        let snapshot = self.profiled()?;
        let mut rows: Vec<TableFacts> = snapshot
            .tables
            .iter()
            .map(|(key, table)| self.table_facts(key, table))
            .filter(|facts| passes(facts, query))
            .collect();
        rows.sort_by(|a, b| {
            let order = compare(a, b, query.sort);
            let order = if query.descending { order.reverse() } else { order };
            order.then_with(|| by_name(a, b))
        });
        let keys: Vec<TableKey> = rows.iter().map(|r| r.key.clone()).collect();
        let total = rows.len() as u64;
        let limit = if query.limit == 0 { usize::MAX } else { query.limit as usize };
        let rows = rows.into_iter().skip(query.offset as usize).take(limit).collect();
        Ok(TablePage { total, rows, keys })
    }

    fn table_facts(&self, key: &TableKey, table: &StagedTable) -> TableFacts {
        let none = TableDecision::none(key.clone());
        let decision = self.state.records.tables.get(key).unwrap_or(&none);
        let of_columns = self.state.of_table(key);
        let module = decision.module.as_deref().and_then(|m| self.state.module_named(m));
        TableFacts {
            key: key.clone(),
            database: table.database.clone(),
            table: table.name.clone(),
            rows: table.rows,
            bytes: table.bytes,
            columns: table.columns,
            empty_columns: table.empty_columns,
            absent_columns: table.absent_columns,
            filled_percent: table.filled_percent,
            rejected: table.rejected,
            disposition: decision.disposition,
            reason: decision.reason.clone(),
            who: decision.who.clone(),
            when: decision.when.clone(),
            module: decision.module.clone(),
            comment: decision.comment.clone(),
            status: module.map_or(ModuleStatus::Undecided, |m| m.status),
            columns_decided: of_columns.own,
            columns_mapped: of_columns.mapped,
            source_comment: table.comment.clone(),
            file: table.file.clone(),
            keys: table.keys.clone(),
        }
    }

    /// One table with its columns.
    pub fn table(&mut self, table: &TableKey) -> Result<TableDetail> {
        self.refresh()?;
        let staged = self.staged(table)?;
        let facts = self.table_facts(table, staged);
        let unmasked = self.unmasked.contains(table);
        let columns = self.column_facts(table, None, Values::of(unmasked))?;
        Ok(TableDetail { facts, columns, unmasked })
    }

    /// Profiles: of every column, of one table's, or of one. Values are what the privacy gate lets through; `raw` shows
    /// them whole and is logged.
    pub fn profile(&mut self, table: Option<&TableKey>, column: Option<&str>, raw: bool) -> Result<Vec<ColumnFacts>> {
        self.refresh()?;
        let values = if raw { Values::Exact } else { Values::Gated };
        if raw {
            let what = table.map_or_else(|| "every table".to_owned(), ToString::to_string);
            let by = self.by();
            self.decisions.act(&by, &format!("printed the profile of {what} with raw values"))?;
        }
        if let Some(table) = table {
            return self.column_facts(table, column, values);
        }
        let keys: Vec<TableKey> = self.profiled()?.tables.iter().map(|(key, _)| key.clone()).collect();
        let mut all = Vec::new();
        for key in keys {
            all.extend(self.column_facts(&key, None, values)?);
        }
        Ok(all)
    }

    pub(super) fn column_facts(&self, key: &TableKey, only: Option<&str>, values: Values) -> Result<Vec<ColumnFacts>> {
        let snapshot = self.profiled()?;
        let table = self.staged(key)?;
        let gate = if values == Values::Gated { Some((self.treatments()?, self.common_figures(key)?)) } else { None };
        let mut found = Vec::new();
        for (at, column) in snapshot.columns(table)?.iter().enumerate() {
            if only.is_some_and(|name| column.name != name) {
                continue;
            }
            let column_key = key.column(&column.name);
            let gate = gate.as_ref().and_then(|(t, common)| Some((t.get(&column_key)?, common.get(at)?)));
            found.push(self.one_column(snapshot, (key, table), (&column_key, column), gate, values)?);
        }
        Ok(found)
    }

    fn one_column(
        &self,
        snapshot: &InUse,
        (table_key, table): (&TableKey, &StagedTable),
        (key, column): (&ColumnKey, &StagedColumn),
        gate: Option<(&Treatment, &Common)>,
        values: Values,
    ) -> Result<ColumnFacts> {
        let none = ColumnDecision::none(key.clone());
        let decision = self.state.records.columns.get(key).unwrap_or(&none);
        let of_table = self.state.records.tables.get(table_key);
        let own = decision.disposition != Disposition::Undecided;
        let disposition =
            if own { decision.disposition } else { of_table.map_or(Disposition::Undecided, |t| t.disposition) };
        let shown = |cell: &Cell| match (values, gate) {
            (Values::Raw, _) => mask::unmasked(cell),
            (Values::Exact, _) => mask::exact(cell),
            (Values::Gated, Some((treatment, common))) => mask::gate(treatment, cell, common.holds_cell(cell)),
            _ => mask::mask(cell),
        };
        let top = match values {
            Values::None => Vec::new(),
            _ => snapshot.staging.top(table.id, column.ordinal)?,
        };
        let top = top.into_iter().map(|(cell, count)| TopValue { value: shown(&cell), count }).collect();
        Ok(ColumnFacts {
            key: key.clone(),
            database: table.database.clone(),
            table: table.name.clone(),
            column: column.name.clone(),
            ordinal: column.ordinal,
            declared_type: column.declared_type.clone(),
            nullable: column.nullable,
            db_key: db_key(table, &column.name).to_owned(),
            default: column.default.clone(),
            generated: column.generated,
            state: column.state,
            source_comment: column.comment.clone(),
            filled_percent: column.state.is_read().then(|| column.figures.filled_percent()),
            shown: shown_facts(table, column),
            figures: column.figures.clone(),
            min: shown(&column.min),
            max: shown(&column.max),
            top,
            disposition,
            own,
            reason: if own { decision.reason.clone() } else { String::new() },
            module: decision.module.clone().or_else(|| of_table.and_then(|t| t.module.clone())),
            description: decision.description.clone(),
            comment: decision.comment.clone(),
            mappings: self.state.mappings_of(key),
        })
    }

    /// Rows of a table in the order of the source; masked unless a person unmasked the table.
    pub fn cells(&mut self, table: &TableKey, offset: u64, limit: u64) -> Result<CellPage> {
        self.refresh()?;
        let snapshot = self.in_use()?;
        let staged = self.staged(table)?;
        let columns = snapshot.columns(staged)?;
        let unmasked = self.unmasked.contains(table);
        let mut rows = Vec::new();
        snapshot.staging.cells(staged, columns, offset, limit.min(1000), |cells| {
            rows.push(cells.iter().map(|c| mask::shown(c, unmasked)).collect());
            Ok(())
        })?;
        let columns = columns.iter().map(|c| c.name.clone()).collect();
        Ok(CellPage { columns, rows, total: staged.rows, unmasked })
    }

    /// Shows a table's raw values from now on, for as long as this handle lives. The log says so.
    pub fn unmask(&mut self, table: &TableKey) -> Result<()> {
        self.staged(table)?;
        let by = self.by();
        self.decisions.act(&by, &format!("unmasked {table}"))?;
        self.unmasked.insert(table.clone());
        Ok(())
    }

    pub fn mask(&mut self, table: &TableKey) -> Result<()> {
        if self.unmasked.remove(table) {
            let by = self.by();
            self.decisions.act(&by, &format!("masked {table} again"))?;
        }
        Ok(())
    }
}

/// What of a column the legacy program shows otherwise.
fn shown_facts(table: &StagedTable, column: &StagedColumn) -> Option<ShownFacts> {
    let view = table.shown_view.clone().filter(|_| !column.shown.is_empty())?;
    let kinds = column.shown.iter().map(|(kind, count)| ShownKind { kind: kind.clone(), count: *count }).collect();
    Some(ShownFacts { view, kinds })
}

/// As `SHOW COLUMNS` prints it.
fn db_key(table: &StagedTable, column: &str) -> &'static str {
    let holds = |k: &&crate::source::KeyFacts| k.columns.iter().any(|c| c.eq_ignore_ascii_case(column));
    let leads = |k: &&crate::source::KeyFacts| k.columns.first().is_some_and(|c| c.eq_ignore_ascii_case(column));
    let mut keys = table.keys.iter();
    if keys.clone().filter(holds).any(|k| k.kind == "primary") {
        "PRI"
    } else if keys.clone().filter(leads).any(|k| k.kind == "unique" && k.columns.len() == 1) {
        "UNI"
    } else if keys.any(|k| leads(&k)) {
        "MUL"
    } else {
        ""
    }
}

fn passes(facts: &TableFacts, query: &TableQuery) -> bool {
    let text = query.text.trim().to_lowercase();
    let named = text.is_empty()
        || facts.key.to_string().to_lowercase().contains(&text)
        || facts.module.as_deref().is_some_and(|m| m.to_lowercase().contains(&text));
    let decided = query.dispositions.is_empty() || query.dispositions.contains(&facts.disposition);
    let module = query.module.as_ref().is_none_or(|m| facts.module.as_deref().unwrap_or("") == m);
    let filled = query.filled.is_none_or(|f| (facts.rows > 0) == f);
    named && decided && module && filled
}

fn compare(a: &TableFacts, b: &TableFacts, sort: TableSort) -> Ordering {
    match sort {
        TableSort::Name => by_name(a, b),
        TableSort::Rows => a.rows.cmp(&b.rows),
        TableSort::Bytes => a.bytes.cmp(&b.bytes),
        TableSort::Columns => a.columns.cmp(&b.columns),
        TableSort::Filled => a.filled_percent.total_cmp(&b.filled_percent),
        TableSort::Disposition => a.disposition.cmp(&b.disposition),
        TableSort::Module => a.module.cmp(&b.module),
        TableSort::Rejected => a.rejected.cmp(&b.rejected),
    }
}

fn by_name(a: &TableFacts, b: &TableFacts) -> Ordering {
    let folded = |f: &TableFacts| (f.database.clone(), f.table.to_lowercase());
    folded(a).cmp(&folded(b)).then_with(|| a.key.cmp(&b.key))
}
