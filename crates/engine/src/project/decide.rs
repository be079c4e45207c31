//! Dispositions, reasons, modules and descriptions. Every change is an [`Edit`]; what changes together is undone
//! together.

use super::Project;
use crate::error::{Error, Result};
use crate::facts::Touched;
use crate::mapping::{ColumnDecision, Edit, Module, TableDecision};
use crate::source::{ColumnKey, Disposition, TableKey};

/// Absent parts stay as they are.
#[derive(Debug, Clone, Default)]
pub struct TableChange {
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
    /// Empty: no module.
    pub module: Option<String>,
    pub comment: Option<String>,
}

/// Absent parts stay as they are.
#[derive(Debug, Clone, Default)]
pub struct ColumnChange {
    /// `Undecided` gives the column back to its table.
    pub disposition: Option<Disposition>,
    pub reason: Option<String>,
    pub description: Option<String>,
    pub comment: Option<String>,
    /// Empty: its table's module.
    pub module: Option<String>,
}

impl Project {
    pub fn decide_tables(&mut self, tables: &[TableKey], change: &TableChange) -> Result<Touched> {
        self.refresh()?;
        for table in tables {
            self.staged(table)?;
        }
        let by = self.by();
        let mut edit = Edit::new(label_of(change.disposition, change.module.as_deref(), tables));
        for table in tables {
            let decision = self.state.records.tables.get(table).cloned();
            let mut decision = decision.unwrap_or_else(|| TableDecision::none(table.clone()));
            if let Some(disposition) = change.disposition {
                decision.disposition = disposition;
            }
            set(&mut decision.reason, change.reason.as_ref());
            set(&mut decision.comment, change.comment.as_ref());
            set_name(&mut decision.module, change.module.as_ref());
            decision.who.clone_from(&by.who);
            decision.when.clone_from(&by.at);
            edit = edit.put(decision);
        }
        edit = self.with_module(edit, change.module.as_deref());
        self.edit(&edit)
    }

    pub fn decide_columns(&mut self, columns: &[ColumnKey], change: &ColumnChange) -> Result<Touched> {
        self.refresh()?;
        for column in columns {
            if self.in_use()?.column(column)?.is_none() {
                return Err(Error::refused(format!("the snapshot in use has no column {column}")));
            }
        }
        let by = self.by();
        let described = change.description.is_some() || change.comment.is_some();
        let mut edit = match change.disposition {
            None if described => Edit::new(format!("edited the description of {}", named(columns))),
            disposition => Edit::new(label_of(disposition, change.module.as_deref(), columns)),
        };
        for column in columns {
            let decision = self.state.records.columns.get(column).cloned();
            let mut decision = decision.unwrap_or_else(|| ColumnDecision::none(column.clone()));
            if let Some(disposition) = change.disposition {
                decision.disposition = disposition;
            }
            set(&mut decision.reason, change.reason.as_ref());
            set(&mut decision.description, change.description.as_ref());
            set(&mut decision.comment, change.comment.as_ref());
            set_name(&mut decision.module, change.module.as_ref());
            decision.who.clone_from(&by.who);
            decision.when.clone_from(&by.at);
            edit = edit.put(decision);
        }
        edit = self.with_module(edit, change.module.as_deref());
        self.edit(&edit)
    }

    /// A module named for the first time is made on the way, so that the map never names one it does not list.
    fn with_module(&self, edit: Edit, module: Option<&str>) -> Edit {
        match module.map(str::trim) {
            Some(name) if !name.is_empty() && self.state.module_named(name).is_none() => {
                let order = self.state.next_module_order();
                edit.put(Module { name: name.to_owned(), order, ..Module::default() })
            }
            _ => edit,
        }
    }
}

fn set(field: &mut String, to: Option<&String>) {
    if let Some(to) = to {
        to.trim().clone_into(field);
    }
}

fn set_name(field: &mut Option<String>, to: Option<&String>) {
    if let Some(to) = to {
        *field = Some(to.trim().to_owned()).filter(|m| !m.is_empty());
    }
}

fn label_of(disposition: Option<Disposition>, module: Option<&str>, what: &[impl ToString]) -> String {
    let what = named(what);
    match (disposition, module) {
        (Some(d), _) => format!("{what}: {}", d.label().to_lowercase()),
        (None, Some("")) => format!("{what}: no module"),
        (None, Some(module)) => format!("{what}: module {module}"),
        (None, None) => format!("note on {what}"),
    }
}

fn named(what: &[impl ToString]) -> String {
    match what {
        [one] => one.to_string(),
        [one, rest @ ..] => format!("{} and {} more", one.to_string(), rest.len()),
        [] => "nothing".to_owned(),
    }
}
