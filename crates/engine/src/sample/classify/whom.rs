//! Whom the rows of each table are about: the column by which a person is told, in the table itself or in one that it
//! points at.

use std::collections::HashMap;

use super::super::people::Who;
use super::keys::Keys;
use super::table_role::{self, TableRole};
use super::verdict::Verdict;
use super::word_list::{NAME_PARTS, NAMED_PEOPLE, WRITERS};
use super::{Class, Column};
use crate::source::TableKey;

/// Those whom the rows of a table may be about; all others named in it stand around them.
const SUBJECTS: &[&str] = &["patient", "employee", "person", "client", "worker", "claimant", "member", "injured"];

/// By table, for those from which a person can be reached.
pub(super) fn whom(
    columns: &[Column<'_>],
    verdicts: &[Verdict],
    keys: &Keys,
    pointing: &[Option<usize>],
) -> HashMap<TableKey, Who> {
    let mut tables: HashMap<&TableKey, Vec<usize>> = HashMap::new();
    for (at, column) in columns.iter().enumerate() {
        tables.entry(&column.table).or_default().push(at);
    }
    let mut found: HashMap<TableKey, Who> = HashMap::new();
    for (table, own) in &tables {
        if let Some(people) = here(columns, verdicts, keys, pointing, own) {
            found.insert((*table).clone(), Who::Here(people));
        }
    }
    for (table, own) in &tables {
        if found.contains_key(*table) {
            continue;
        }
        if let Some(there) = own.iter().find_map(|at| there(&columns[*at], keys, pointing[*at], columns, &found)) {
            found.insert((*table).clone(), there);
        }
    }
    found
}

fn here(
    columns: &[Column<'_>],
    verdicts: &[Verdict],
    keys: &Keys,
    pointing: &[Option<usize>],
    own: &[usize],
) -> Option<Vec<String>> {
    let name = |at: &usize| columns[*at].clue.key.column();
    let ranked = own.iter().filter(|at| is_filled(&columns[**at])).filter_map(|at| {
        let role = pointing[*at].map(|entity| keys.role(entity));
        Some((rank(&columns[*at], &verdicts[*at], role)?, *at))
    });
    let best = ranked.min();
    if let Some((rank, at)) = best
        && rank < BY_CONTACT
    {
        return Some(vec![name(&at)]);
    }
    let named: Vec<&usize> = own.iter().filter(|at| is_own_name(&columns[**at], verdicts[**at].class)).collect();
    if named.iter().any(|at| verdicts[**at].class == Class::Name) {
        return Some(named.into_iter().map(name).collect());
    }
    best.map(|(_, at)| vec![name(&at)])
}

/// From here on a column tells a person no better than a name does.
const BY_CONTACT: u8 = 6;

/// How well a column tells whom its row is about; the least is the best.
fn rank(column: &Column<'_>, verdict: &Verdict, role: Option<TableRole>) -> Option<u8> {
    if is_about_others(&column.words) {
        return None;
    }
    let about = column.words.iter().any(|word| {
        SUBJECTS.contains(&word.as_str()) || table_role::PEOPLE.contains(&word.as_str()) || word == "personnel"
    });
    match verdict.class {
        Class::Uid if verdict.id && role == Some(TableRole::People) => Some(0),
        Class::Mrn => Some(1),
        Class::Uid if verdict.id && about => Some(2),
        Class::Ssn => Some(3),
        Class::Plan if about => Some(4),
        Class::Staff if column.role == TableRole::Staff && verdict.id => Some(5),
        Class::Email | Class::Phone => Some(BY_CONTACT),
        Class::Plan | Class::Lic | Class::Vehicle => Some(BY_CONTACT + 1),
        _ => None,
    }
}

/// The row of another table, where a person stands.
fn there(
    column: &Column<'_>,
    keys: &Keys,
    pointing: Option<usize>,
    columns: &[Column<'_>],
    here: &HashMap<TableKey, Who>,
) -> Option<Who> {
    let key = &columns[keys.column(pointing?)];
    let event = !matches!(key.role, TableRole::Lookup | TableRole::Organization | TableRole::Staff);
    let Some(Who::Here(people)) = here.get(&key.table) else { return None };
    (key.table != column.table && event && is_filled(column)).then(|| Who::There {
        column: column.clue.key.column(),
        table: key.table.clone(),
        key: key.clue.key.column(),
        people: people.clone(),
    })
}

fn is_filled(column: &Column<'_>) -> bool {
    column.clue.figures.filled() * 2 > column.clue.figures.rows
}

/// `last name`, `patient name`, `birth date`: parts of whom a row is about.
fn is_own_name(column: &Column<'_>, class: Class) -> bool {
    let birth = class == Class::Date && column.words.iter().any(|word| word == "birth");
    let plain = |word: &String| {
        let word = word.as_str();
        NAME_PARTS.contains(&word) || SUBJECTS.contains(&word) || ["name", "initial"].contains(&word)
    };
    birth || class == Class::Name && is_filled(column) && column.words.iter().all(plain)
}

fn is_about_others(words: &[String]) -> bool {
    words.iter().any(|word| {
        let word = word.as_str();
        let around = NAMED_PEOPLE.contains(&word) || WRITERS.contains(&word) || table_role::STAFF.contains(&word);
        word == "by" || around && !SUBJECTS.contains(&word)
    })
}
