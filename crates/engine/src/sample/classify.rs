//! Which identifiers a column holds, and what is therefore done to it: everything is withheld until something speaks
//! for letting it pass.

mod header_rule;
mod keys;
#[cfg(test)]
mod synthea_test;
mod table_role;
#[cfg(test)]
mod tests;
mod token_shape;
mod unknown_words;
mod value_shape;
mod verdict;
mod whom;
mod word_list;

use std::collections::{HashMap, HashSet};
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use self::keys::Keys;
pub use self::table_role::{TableRole, singular};
use self::verdict::Verdict;
use super::people::{Tie, Who};
use super::{Action, Cell, Class, Treatment, header};
use crate::error::Result;
use crate::profile::{ColumnFigures, InferredType};
use crate::source::{ColumnKey, TableKey};

/// What the rows of a table are, by its name and its columns' headers.
pub fn role_of<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> TableRole {
    table_role::role(table, &columns.map(header::words).collect::<Vec<_>>())
}

/// How sure one is of a class for which nothing speaks but the values.
const BY_VALUES: f64 = 0.75;

/// What is known of a column.
#[derive(Debug, Clone)]
pub struct Clue<'a> {
    pub key: &'a ColumnKey,
    /// As the source declares it; empty where it declares none.
    pub declared_type: &'a str,
    pub figures: &'a ColumnFigures,
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

/// What the rules say of a schema.
pub struct Classified {
    /// One per clue, in order.
    pub treatments: Vec<Treatment>,
    /// Whom the rows of a table are about, for those where that can be told.
    pub who: HashMap<TableKey, Who>,
}

/// Up to 20 of a column's most frequent values, with how many rows hold each.
pub type Frequent = Vec<(Cell, u64)>;

/// Columns whose values are judged at once.
const TOGETHER: usize = 256;

/// Looks at the whole schema: a column that a foreign key ties to another, or that bears the name of another table's
/// key, inherits that one's class and surrogate domain.
///
/// `read_values` gives the frequent values of each clue's column in their order. They are judged while the next are
/// read, and not kept.
///
/// # Errors
/// Only those of `read_values`.
pub fn classify(
    clues: &[Clue<'_>],
    read_values: impl FnOnce(&mut dyn FnMut(Frequent)) -> Result<()>,
) -> Result<Classified> {
    let columns = read(clues);
    let mut verdicts = thread::scope(|scope| {
        let (give, take) = sync_channel::<Vec<Frequent>>(4);
        let judging = scope.spawn(|| {
            let values = take.into_iter().flatten();
            columns.iter().zip(values).map(|(column, top)| verdict::verdict(column, &top)).collect::<Vec<Verdict>>()
        });
        let mut waiting = Vec::with_capacity(TOGETHER);
        let read = read_values(&mut |top| {
            waiting.push(top);
            if waiting.len() == TOGETHER {
                // Where the other thread has panicked, joining it tells.
                let _ = give.send(std::mem::replace(&mut waiting, Vec::with_capacity(TOGETHER)));
            }
        });
        let _ = give.send(waiting);
        drop(give);
        let verdicts = judging.join().unwrap_or_else(|panic| resume_unwind(panic));
        read.map(|()| verdicts)
    })?;
    assert_eq!(verdicts.len(), columns.len(), "a column without its values");
    let keys = Keys::of(&columns);
    let pointing = keys.settle(&columns, &mut verdicts);
    let who = whom::whom(&columns, &verdicts, &keys, &pointing);
    let treatments = columns.iter().zip(verdicts).map(|(column, verdict)| treatment(column, verdict)).collect();
    Ok(Classified { treatments, who })
}

/// Whether a value of a column of names may name somebody. Where nothing but values told that they are names, the words
/// among them that every code list uses name nobody.
pub fn may_name(treatment: &Treatment, text: &str) -> bool {
    treatment.decided
        || treatment.confidence > BY_VALUES
        || unknown_words::speaks(text) != unknown_words::Speaks::Against
}

/// Whether nothing but the values told the class.
pub fn is_by_values(treatment: &Treatment) -> bool {
    !treatment.decided && treatment.confidence <= BY_VALUES
}

/// Whether the values of a column that would pass might yet be each person's own: then it is worth a look at the rows.
/// `people` is how many there are, where that is known.
pub fn may_be_own(treatment: &Treatment, figures: &ColumnFigures, people: Option<u64>) -> bool {
    let kinds = [
        InferredType::Empty,
        InferredType::Constant,
        InferredType::Boolean,
        InferredType::Date,
        InferredType::Datetime,
    ];
    treatment.action == Action::Pass
        && !kinds.contains(&figures.inferred_type)
        && figures.distinct >= 3
        && figures.filled() > figures.distinct
        && people.is_none_or(|people| figures.distinct * 4 >= people)
        && !header_rule::is_measured(&header::words(&treatment.column))
}

/// Withholds a column whose values turn out to be people's own, and answers whether they did. `people` as in
/// [`may_be_own`].
pub fn withhold_own(treatment: &mut Treatment, figures: &ColumnFigures, tie: &Tie, people: Option<u64>) -> bool {
    let told = tie.is_own();
    // Of so many people hardly one came up again in what was looked at: then there are as many values as people.
    let counted = people.filter(|people| *people >= 50 && figures.filled() >= people * 2);
    let as_many = counted.is_some_and(|people| figures.distinct.abs_diff(people) * 20 <= people);
    let wordy = figures.inferred_type == InferredType::Text && figures.max_length > 30;
    let numbered = figures.min_length >= 5 && figures.inferred_type != InferredType::Decimal;
    let own = told.unwrap_or(as_many);
    let nobody_elses = (numbered || wordy) && figures.distinct >= 12 && tie.is_nobody_elses() == Some(true);
    if !own && !nobody_elses {
        return false;
    }
    treatment.confidence = 0.8;
    treatment.evidence = vec![if own {
        "each person has a value of their own, the same in all of their rows".to_owned()
    } else {
        "hardly a value is held by two people".to_owned()
    }];
    if wordy {
        (treatment.class, treatment.action) = (Class::Freetext, Action::Drop);
    } else {
        (treatment.class, treatment.action) = (Class::Uid, Action::Surrogate);
        treatment.domain = header::words(&treatment.column).join(" ");
    }
    treatment.ruled = treatment.class;
    true
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
        ruled: verdict.class,
        action: verdict.action,
        confidence: verdict.confidence,
        evidence: verdict.evidence,
        decided: false,
        domain: verdict.domain,
    }
}
