//! How a column is treated in samples.

use serde::Serialize;

use super::{Action, Class};
use crate::source::{ColumnKey, TableKey};

/// How one column is treated, and why. It comes from the rules, or from a person's record; nobody else makes or changes
/// one.
///
/// ```compile_fail
/// fn let_pass(treatment: &mut engine::sample::Treatment) {
///     treatment.action = engine::sample::Action::Pass;
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct Treatment {
    pub(in crate::sample) key: ColumnKey,
    pub(in crate::sample) table: TableKey,
    pub(in crate::sample) column: String,
    pub(in crate::sample) class: Class,
    /// What the rules take it for, whatever a person decided.
    #[serde(skip)]
    pub(in crate::sample) ruled: Class,
    pub(in crate::sample) action: Action,
    /// 0 to 1.
    pub(in crate::sample) confidence: f64,
    /// In words, without a source value.
    pub(in crate::sample) evidence: Vec<String>,
    /// A person set it, rather than a rule.
    pub(in crate::sample) decided: bool,
    /// Columns of one domain share surrogates, so that joins hold.
    pub(in crate::sample) domain: String,
}

impl Treatment {
    /// As a person's record has it, instead of as the rules say.
    pub(crate) fn decided_by(&self, who: &str, class: Class, action: Action) -> Self {
        let evidence = vec![format!("decided by {who}")];
        Self { class, action, confidence: 1.0, decided: true, evidence, ..self.clone() }
    }

    pub fn key(&self) -> &ColumnKey {
        &self.key
    }

    pub fn table(&self) -> &TableKey {
        &self.table
    }

    pub fn column(&self) -> &str {
        &self.column
    }

    pub fn class(&self) -> Class {
        self.class
    }

    pub fn action(&self) -> Action {
        self.action
    }

    /// From 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// In words, without a source value.
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// A person set it, rather than a rule.
    pub fn is_decided(&self) -> bool {
        self.decided
    }

    /// Columns of one domain share surrogates.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether a person lets pass what the rules take for names or numbers of people: they stay in the search for them.
    /// What the rules withheld for want of knowing better is for a person to decide.
    pub fn passes_against_the_rules(&self) -> bool {
        let of_people = matches!(
            self.ruled,
            Class::Name
                | Class::Geo
                | Class::Phone
                | Class::Fax
                | Class::Email
                | Class::Ssn
                | Class::Mrn
                | Class::Plan
                | Class::Acct
                | Class::Lic
                | Class::Vehicle
        );
        self.decided && self.action == Action::Pass && of_people
    }

    /// Whether the column holds ids: the leak scan then searches its cells for short and numeric ones too.
    pub fn holds_ids(&self) -> bool {
        let id = matches!(
            self.class,
            Class::Mrn
                | Class::Plan
                | Class::Acct
                | Class::Lic
                | Class::Uid
                | Class::Vehicle
                | Class::Device
                | Class::Ssn
        );
        id || self.passes_against_the_rules()
            || self.action == Action::Surrogate && matches!(self.class, Class::Staff | Class::None)
    }

    #[cfg(test)]
    pub(crate) fn for_test(table: &str, column: &str, class: Class, action: Action) -> Self {
        let table = TableKey::new(None, table);
        Self {
            key: table.column(column),
            table,
            column: column.to_owned(),
            class,
            ruled: class,
            action,
            confidence: 1.0,
            evidence: vec!["header".to_owned()],
            decided: false,
            domain: column.to_owned(),
        }
    }
}
