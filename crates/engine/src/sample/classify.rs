//! Which identifiers a column holds, and what is therefore done to it: everything is withheld until something speaks
//! for letting it pass.

mod header_rule;
mod keys;
#[cfg(test)]
mod synthea_test;
mod table_role;
mod value_shape;
mod verdict;

use std::collections::HashMap;

use self::keys::Keys;
use self::table_role::TableRole;
use self::verdict::Verdict;
use super::{Action, Cell, Class, Treatment, header};
use crate::profile::ColumnFigures;
use crate::source::{ColumnKey, TableKey};

/// Values that fewer rows hold are suppressed.
pub const RARE: u64 = 11;

/// What is known of a column.
#[derive(Debug, Clone)]
pub struct Clue<'a> {
    pub key: &'a ColumnKey,
    /// As the source declares it; empty where it declares none.
    pub declared_type: &'a str,
    pub figures: &'a ColumnFigures,
    /// Up to 20 of the most frequent values, with how many rows hold each.
    pub top: &'a [(Cell, u64)],
    /// Part of the primary key.
    pub primary: bool,
    /// Where a foreign key points.
    pub references: Option<(TableKey, String)>,
}

/// A clue read: its header in words, its table's role.
struct Column<'a> {
    clue: &'a Clue<'a>,
    table: TableKey,
    words: Vec<String>,
    role: TableRole,
    /// A code column stands beside it, whose text it may be.
    beside_code: bool,
}

/// One treatment per clue, in order.
///
/// Looks at the whole schema: a column that a foreign key ties to another, or that bears the name of another table's
/// key, inherits that one's class and surrogate domain.
pub fn classify(clues: &[Clue<'_>]) -> Vec<Treatment> {
    let columns = read(clues);
    let mut verdicts: Vec<Verdict> = columns.iter().map(verdict::verdict).collect();
    let keys = Keys::of(&columns);
    keys.settle(&columns, &mut verdicts);
    columns.iter().zip(verdicts).map(|(column, verdict)| treatment(column, verdict)).collect()
}

/// What is usually done to a column of that class.
pub fn usual_action(class: Class) -> Action {
    match class {
        Class::None => Action::Pass,
        Class::Date => Action::Year,
        Class::Zip => Action::Zip3,
        Class::Bio | Class::Photo | Class::Freetext => Action::Drop,
        _ => Action::Surrogate,
    }
}

fn read<'a>(clues: &'a [Clue<'a>]) -> Vec<Column<'a>> {
    let mut tables: HashMap<TableKey, Vec<Vec<String>>> = HashMap::new();
    for clue in clues {
        tables.entry(clue.key.table_key()).or_default().push(header::words(&clue.key.column()));
    }
    let roles: HashMap<&TableKey, TableRole> =
        tables.iter().map(|(table, columns)| (table, table_role::role(&table.table(), columns))).collect();
    let column = |clue: &'a Clue<'a>| {
        let table = clue.key.table_key();
        let words = header::words(&clue.key.column());
        let role = roles[&table];
        let beside_code = tables[&table].iter().any(|other| is_code_of(other, &words));
        Column { clue, table, words, role, beside_code }
    };
    clues.iter().map(column).collect()
}

/// `reason code` is the code of `reason description`, `test code` of `test name`, `code` of `description`.
fn is_code_of(code: &[String], text: &[String]) -> bool {
    let Some((text_tail, text_stem)) = text.split_last() else { return false };
    let Some((code_tail, code_stem)) = code.split_last() else { return false };
    code_tail == "code"
        && ["description", "name", "display", "text", "label"].contains(&text_tail.as_str())
        && code_stem == text_stem
}

fn treatment(column: &Column<'_>, verdict: Verdict) -> Treatment {
    Treatment {
        key: column.clue.key.clone(),
        table: column.table.clone(),
        column: column.clue.key.column(),
        class: verdict.class,
        action: verdict.action,
        confidence: verdict.confidence,
        evidence: verdict.evidence,
        decided: false,
        domain: verdict.domain,
    }
}
