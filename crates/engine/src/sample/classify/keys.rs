//! Keys: which columns point at the same things, so that they share a class and a domain of surrogates and joins hold.

use std::collections::{HashMap, HashSet};

use super::table_role::{self, THINGS, TableRole, singular};
use super::verdict::Verdict;
use super::word_list::ORDINALS;
use super::{Action, Class, Column, header, usual_action};
use crate::source::TableKey;

/// Words at the end of a key's header that name nothing by themselves.
const TAILS: &[&str] = &["id", "uid", "uuid", "key", "pk", "fk", "oid", "identifier"];
/// The schema's entities: tables with a key of one column.
pub(super) struct Keys {
    /// By the entity's name in words, and by its key's header.
    names: HashMap<String, usize>,
    /// The key column of a table.
    by_table: HashMap<TableKey, usize>,
    entities: Vec<Entity>,
}

struct Entity {
    /// What its key's header names, or its table's where that names nothing.
    key: String,
    role: TableRole,
    /// The key column's place among the columns.
    column: usize,
}

impl Keys {
    pub fn of(columns: &[Column<'_>]) -> Self {
        let mut keys = Self { names: HashMap::new(), by_table: HashMap::new(), entities: Vec::new() };
        let mut primaries: HashMap<&TableKey, Vec<usize>> = HashMap::new();
        for (at, column) in columns.iter().enumerate() {
            if column.clue.primary || is_bare_id(column) {
                primaries.entry(&column.table).or_default().push(at);
            }
        }
        // Files declare no keys: there it is the column that bears its table's name and never says the same twice.
        let declared: HashSet<&TableKey> = primaries.keys().copied().collect();
        for (at, column) in columns.iter().enumerate() {
            if !declared.contains(&column.table) && is_like_a_key(column) {
                primaries.entry(&column.table).or_default().push(at);
            }
        }
        let mut singles: Vec<usize> = primaries.values().filter(|keys| keys.len() == 1).map(|keys| keys[0]).collect();
        singles.sort_unstable();
        let mut headers: HashMap<String, HashSet<&TableKey>> = HashMap::new();
        for column in columns {
            headers.entry(column.words.join(" ")).or_default().insert(&column.table);
        }
        for at in singles {
            let shared = headers.get(&columns[at].words.join(" ")).is_some_and(|tables| tables.len() > 1);
            // A personnel number that is the key of a table of tests is somebody else's key.
            if !shared || is_bare_id(&columns[at]) || names_its_table(&columns[at]) {
                keys.add(columns, at);
            }
        }
        keys
    }

    fn add(&mut self, columns: &[Column<'_>], at: usize) {
        let column = &columns[at];
        // A key that is another table's key is no entity of its own.
        if column.clue.references.is_some() {
            return;
        }
        let table: Vec<String> = header::words(&column.table.table()).iter().map(|word| singular(word)).collect();
        let name = table.join(" ");
        let place = self.entities.len();
        let key = if is_bare_id(column) { name.clone() } else { stem(&column.words) };
        self.entities.push(Entity { key, role: column.role, column: at });
        self.by_table.insert(column.table.clone(), place);
        self.names.entry(name).or_insert(place);
        // The last word of a table's name is enough where it is the only such table: `tbl patient`.
        if let Some(last) = table.last() {
            self.names.entry(last.clone()).or_insert(place);
        }
        if !is_bare_id(column) {
            self.names.entry(column.words.join(" ")).or_insert(place);
            self.names.entry(stem(&column.words)).or_insert(place);
        }
    }

    /// What the rows of an entity's table are.
    pub fn role(&self, entity: usize) -> TableRole {
        self.entities[entity].role
    }

    /// The place of an entity's key column among the columns.
    pub fn column(&self, entity: usize) -> usize {
        self.entities[entity].column
    }

    /// Gives every column its domain, and keys the class of what they point at. Answers the entity that each column is
    /// the key of, or points at.
    pub fn settle(&self, columns: &[Column<'_>], verdicts: &mut [Verdict]) -> Vec<Option<usize>> {
        let mut pointing = vec![None; columns.len()];
        let key_columns: HashSet<usize> = self.entities.iter().map(|entity| entity.column).collect();
        for (place, entity) in self.entities.iter().enumerate() {
            own_class(entity, &columns[entity.column], &mut verdicts[entity.column]);
            pointing[entity.column] = Some(place);
        }
        for at in 0..columns.len() {
            let column = &columns[at];
            if key_columns.contains(&at) {
                continue;
            }
            let target = self.declared_target(column).map(|place| (place, "a foreign key to")).or_else(|| {
                let named = verdicts[at].id || is_possible_key(&verdicts[at]);
                named.then(|| self.named_target(column))?.map(|place| (place, "named like the key of"))
            });
            match target {
                Some((place, why)) => {
                    let entity = &self.entities[place];
                    pointing[at] = Some(place);
                    let key = verdicts[entity.column].clone();
                    inherit(&mut verdicts[at], &key, &format!("{why} {}", columns[entity.column].table));
                }
                None => alone(column, &mut verdicts[at]),
            }
        }
        pointing
    }

    fn declared_target(&self, column: &Column<'_>) -> Option<usize> {
        let (table, _) = column.clue.references.as_ref()?;
        self.by_table.get(table).copied()
    }

    /// By the whole header, by the header without its tail, by the last words of that.
    fn named_target(&self, column: &Column<'_>) -> Option<usize> {
        let words: Vec<&str> =
            column.words.iter().map(String::as_str).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
        if words.len() == 1 && TAILS.contains(&words[0]) {
            return None;
        }
        let find = |name: &str| self.names.get(name).copied();
        if let Some(entity) = find(&words.join(" ")) {
            return Some(entity);
        }
        let stem: Vec<&str> = words.iter().copied().take_while(|word| !TAILS.contains(word)).collect();
        if stem.len() + 1 < words.len() {
            return None;
        }
        // `patient department id` points at neither.
        let first = &stem.first().copied().unwrap_or_default();
        let about_people = stem.len() > 1 && table_role::PEOPLE.contains(first);
        let starts = if about_people { 0..1.min(stem.len()) } else { 0..stem.len() };
        starts.into_iter().find_map(|start| find(&stem[start..].join(" "))).or_else(|| self.only_of(&words))
    }

    /// A supervisor is one of the employees, whoever wrote something one of the users: where there is one such table.
    fn only_of(&self, words: &[&str]) -> Option<usize> {
        let last = words.iter().rev().find(|word| !TAILS.contains(word))?;
        let role = match *last {
            "supervisor" | "manager" | "foreman" => TableRole::People,
            "by" => TableRole::Staff,
            word if table_role::STAFF.contains(&word) => TableRole::Staff,
            _ => return None,
        };
        let people = if role == TableRole::Staff { table_role::STAFF } else { table_role::PEOPLE };
        let called = |place: &usize| {
            let entity = &self.entities[*place];
            entity.role == role && entity.key.split(' ').any(|word| people.contains(&word))
        };
        let mut of_role = (0..self.entities.len()).filter(called);
        of_role.next().filter(|_| of_role.next().is_none())
    }
}

/// Whether a key's header and its table's name share a word, or an end of one.
fn names_its_table(column: &Column<'_>) -> bool {
    let table: Vec<String> = header::words(&column.table.table()).iter().map(|word| singular(word)).collect();
    let stem = column.words.iter().filter(|word| !TAILS.contains(&word.as_str()));
    stem.map(|word| singular(word))
        .any(|word| table.iter().any(|part| *part == word || word.len() > 3 && part.ends_with(&word)))
}

/// `encounter id` of a table of encounters, different in every row.
fn is_like_a_key(column: &Column<'_>) -> bool {
    let figures = column.clue.figures;
    let counted = column.words.iter().any(|word| ORDINALS.contains(&word.as_str()));
    let numbered =
        column.words.last().is_some_and(|word| TAILS.contains(&word.as_str()) || word == "number" && !counted);
    numbered && figures.rows > 0 && figures.distinct == figures.rows && names_its_table(column)
}

/// The key of the table itself.
fn own_class(entity: &Entity, column: &Column<'_>, verdict: &mut Verdict) {
    verdict.domain.clone_from(&entity.key);
    // A header that names another identifier (`mrn`) is heard; a short list's codes stay readable.
    if !verdict.id && verdict.class != Class::None {
        return;
    }
    if !verdict.id && verdict.class == Class::None && !column.clue.primary {
        return;
    }
    let listed = matches!(entity.role, TableRole::Lookup | TableRole::Organization | TableRole::Employer);
    if listed && column.words.last().is_some_and(|word| word == "code") {
        verdict.class = Class::None;
        verdict.action = Action::Pass;
        verdict.id = false;
        verdict.evidence.push("the code of a list; rare ones are suppressed".to_owned());
        return;
    }
    let (class, why) = match entity.role {
        TableRole::Staff => (Class::Staff, "the key of a table of staff"),
        TableRole::Organization | TableRole::Lookup | TableRole::Employer => {
            (Class::None, "the key of a list or of organisations")
        }
        TableRole::Event if is_thing(&column.words) && !column.about_people => (Class::None, "the key of a list"),
        TableRole::People | TableRole::Event => (Class::Uid, "the key of its table"),
    };
    verdict.class = class;
    verdict.action = Action::Surrogate;
    verdict.id = true;
    verdict.confidence = verdict.confidence.max(0.9);
    verdict.evidence.push(why.to_owned());
}

fn inherit(verdict: &mut Verdict, key: &Verdict, why: &str) {
    verdict.class = key.class;
    verdict.action = key.action;
    verdict.domain.clone_from(&key.domain);
    verdict.id = key.id;
    verdict.confidence = 0.95;
    verdict.evidence.push(why.to_owned());
}

/// A column that points at no table of the schema: same header, same domain.
fn alone(column: &Column<'_>, verdict: &mut Verdict) {
    let words: Vec<&str> =
        column.words.iter().map(String::as_str).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
    verdict.domain = match verdict.class {
        _ if verdict.action != Action::Surrogate => String::new(),
        // One person's login, initials and name stand in many columns.
        Class::Staff => "staff".to_owned(),
        _ if verdict.id && is_bare_id(column) => header::words(&column.table.table()).join(" "),
        _ if verdict.id => stem(&column.words),
        _ => words.join(" "),
    };
    if !verdict.id || verdict.class != Class::Uid {
        return;
    }
    let people = column.words.iter().any(|word| table_role::PEOPLE.contains(&word.as_str()));
    if column.words.iter().any(|word| table_role::STAFF.contains(&word.as_str())) {
        verdict.class = Class::Staff;
    } else if !people && is_thing(&column.words) {
        verdict.class = Class::None;
        verdict.evidence.push("the key of a kind of thing, not of a person".to_owned());
    }
    verdict.action = match verdict.class {
        Class::None => Action::Surrogate,
        class => usual_action(class),
    };
}

/// `id` or `code id`: a key by its name, where no key was declared.
fn is_bare_id(column: &Column<'_>) -> bool {
    column.words.len() == 1 && TAILS.contains(&column.words[0].as_str())
}

/// `payer` may be a key of payers where it holds UUIDs or was denied as unknown.
fn is_possible_key(verdict: &Verdict) -> bool {
    verdict.class == Class::Uid || verdict.id
}

fn is_thing(words: &[String]) -> bool {
    let stem =
        words.iter().rev().find(|word| !TAILS.contains(&word.as_str()) && !word.bytes().all(|b| b.is_ascii_digit()));
    stem.is_some_and(|word| THINGS.contains(&word.as_str()) || THINGS.contains(&singular(word).as_str()))
}

fn stem(words: &[String]) -> String {
    let numbered = |word: &&str| *word == "number" || word.bytes().all(|b| b.is_ascii_digit());
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .take_while(|word| !TAILS.contains(word))
        .filter(|word| !numbered(word))
        .collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}
