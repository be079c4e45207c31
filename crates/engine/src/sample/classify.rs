//! Which identifiers a column holds, and what is therefore done to it: everything is withheld until something speaks
//! for letting it pass.

mod header_rule;
mod keys;
#[cfg(test)]
mod synthea_test;
mod table_role;
#[cfg(test)]
mod tests;
mod value_shape;
mod verdict;
mod word_list;

use std::collections::{HashMap, HashSet};

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
    /// A column of its table points at a person.
    about_people: bool,
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

/// A table's columns taken together.
struct Table {
    role: TableRole,
    about_people: bool,
    /// What the code columns are the codes of: `reason code` gives `reason`.
    coded: HashSet<String>,
}

impl Table {
    fn of(key: &TableKey, columns: &[Vec<String>]) -> Self {
        let person = |word: &String| {
            table_role::PEOPLE.contains(&word.as_str()) || ["mrn", "ssn", "personnel"].contains(&word.as_str())
        };
        let stem = |words: &Vec<String>| {
            words.split_last().filter(|(tail, _)| *tail == "code").map(|(_, stem)| stem.join(" "))
        };
        Self {
            role: table_role::role(&key.table(), columns),
            about_people: columns.iter().flatten().any(person),
            coded: columns.iter().filter_map(stem).collect(),
        }
    }

    /// `reason description` stands beside `reason code`, `test name` beside `test code`.
    fn has_code_of(&self, text: &[String]) -> bool {
        let Some((tail, stem)) = text.split_last() else { return false };
        ["description", "name", "display", "text", "label"].contains(&tail.as_str())
            && self.coded.contains(&stem.join(" "))
    }
}

fn read<'a>(clues: &'a [Clue<'a>]) -> Vec<Column<'a>> {
    let mut headers: HashMap<TableKey, Vec<Vec<String>>> = HashMap::new();
    for clue in clues {
        headers.entry(clue.key.table_key()).or_default().push(header::words(&clue.key.column()));
    }
    let tables: HashMap<&TableKey, Table> =
        headers.iter().map(|(table, columns)| (table, Table::of(table, columns))).collect();
    let column = |clue: &'a Clue<'a>| {
        let key = clue.key.table_key();
        let table = &tables[&key];
        let words = header::words(&clue.key.column());
        let beside_code = table.has_code_of(&words);
        Column { clue, words, role: table.role, beside_code, about_people: table.about_people, table: key }
    };
    clues.iter().map(column).collect()
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
