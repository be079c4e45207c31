//! Columns that are called after what somebody is or does: whoever wrote, treated or leads, who is of the family, a row
//! above in the same table; and tables whose rows are a kind of another's.

use crate::entity::{Meant, SURE, is_bare, joined};
use crate::evidence::Evidence;
use crate::naming::{Asked, Name};
use crate::schema::ValueKind;
use crate::vocabulary::{
    CHIEF_TABLES, CHIEFS, KINDS_OF_PERSON, OWN, PERSON_TABLES, RELATIVES, TREATED, TREATER_TABLES, TREATERS,
    WHOLE_PERSON, WRITER_TABLES, WRITERS, WRITTEN,
};
use crate::words::{plain, split};

impl Asked<'_> {
    pub fn kind(&mut self) {
        let core = self.entities.words[self.at.table].last().cloned().unwrap_or_default();
        if !KINDS_OF_PERSON.contains(&core.as_str()) || self.entities.means(&core, self.at.table) < SURE {
            return;
        }
        let sure = |whole: &&str| {
            let meant = self.entities.meant(whole).iter().find(|m| m.strength >= SURE && m.table != self.at.table);
            meant.map(|meant| meant.table)
        };
        if let Some(table) = WHOLE_PERSON.iter().filter(|whole| **whole != core).find_map(sure) {
            // A column of its own says which person.
            if self.has_other_to(table) {
                return;
            }
            let why = Evidence::Kind { table: self.title(table) };
            // Where keys are all called `id`, every table's would be a person's, if values do not say more.
            let shared = self.shares_key_name(table);
            self.at_table(table, if shared { 0.96 } else { 0.3 }, &why, false);
        }
    }

    /// Whether another column of the table is called after that one.
    fn has_other_to(&self, table: usize) -> bool {
        let columns = self.schema.tables[self.at.table].columns.iter().enumerate();
        columns.filter(|(at, _)| *at != self.at.column).any(|(_, column)| {
            let name = Name::of(&column.name, self.entities);
            let ends = |from: usize| self.entities.means(&joined(&name.stem[from..]), table) >= SURE;
            name.tailed && (0..name.stem.len()).any(ends)
        })
    }

    fn shares_key_name(&self, table: usize) -> bool {
        let key = self.entities.keys[table].first();
        key.is_some_and(|&key| {
            let words = split(&self.schema.tables[table].columns[key].name);
            joined(&words) == self.name.whole && !is_bare(&words)
                || !is_bare(&split(&self.column.name)) && !is_bare(&words)
        })
    }

    /// Tables that a name surely means; else the only one that it may.
    fn most_meant(&self, name: &str) -> Vec<Meant> {
        let meant = self.entities.meant(name);
        let sure: Vec<Meant> = meant.iter().copied().filter(|meant| meant.strength >= SURE).collect();
        match meant {
            [one] if one.strength >= 0.6 => vec![*one],
            _ => sure,
        }
    }

    /// The first of some names that tables have.
    pub fn first_of(&mut self, names: &[&str], strength: f64, why: impl Fn(String) -> Evidence) {
        let mut strength = strength;
        let mut found = 0;
        for name in names {
            let meant = self.most_meant(name);
            for Meant { table, .. } in &meant {
                let why = why(self.title(*table));
                self.at_table(*table, strength, &why, false);
            }
            found += usize::from(!meant.is_empty());
            if found == 2 {
                return;
            }
            if !meant.is_empty() {
                strength -= 0.12;
            }
        }
    }

    pub fn roles(&mut self) {
        if self.name.measure {
            return;
        }
        let role = |table| Evidence::Role { table };
        let stem = &self.name.stem;
        let raw = split(&self.column.name);
        let Some(last) = stem.last().map(String::as_str).or_else(|| raw.last().map(String::as_str)) else { return };
        let holds = |list: &[&str]| stem.iter().any(|word| list.contains(&word.as_str()));
        // `sort by` names a column.
        let sorts = raw.first().is_some_and(|first| ["sort", "order", "group"].contains(&first.as_str()));
        let by = raw.iter().any(|word| word == "by") && !sorts
            || self.name.whole.ends_with("by") && holds_written(&self.name.whole);
        let writer = WRITERS.contains(&last) || by || self.name.uid && holds(WRITTEN);
        if treated_by(&self.name.whole) {
            self.first_of(TREATER_TABLES, 0.72, role);
        } else if writer {
            self.first_of(WRITER_TABLES, 0.8, role);
        } else if TREATERS.contains(&last) {
            self.first_of(TREATER_TABLES, 0.7, role);
        } else if holds(CHIEFS) {
            self.first_of(CHIEF_TABLES, 0.72, role);
        } else if RELATIVES.contains(&last) {
            self.first_of(PERSON_TABLES, 0.66, role);
        } else if KINDS_OF_PERSON.contains(&last) && self.name.tailed && self.found.is_empty() {
            // There is no table of patients: they are among the users.
            self.first_of(&["user", "person", "account"], 0.68, role);
        }
    }

    pub fn own_table(&mut self) {
        if self.name.measure && !self.name.id {
            return;
        }
        let stem = &self.name.stem;
        let is_own = |word: &String| OWN.contains(&word.as_str());
        let rest = stem.iter().all(|word| is_own(word) || ["of", "to"].contains(&word.as_str()));
        let own = stem.iter().any(is_own) && rest || OWN.contains(&self.name.whole.as_str());
        let strength = match (own, self.name.id || self.name.whole.ends_with("to")) {
            (true, true) => 0.8,
            (true, false) => 0.7,
            (false, _) => return,
        };
        self.at_table(self.at.table, strength, &Evidence::OwnTable, false);
    }

    /// `name` that holds numbers: programs that show a record by its name let it point at what names it. That is a party,
    /// or the table whose name its own begins with.
    pub fn named_by(&mut self) {
        let numbers = self.column.kind == ValueKind::Integer && self.column.min_length < self.column.max_length;
        if self.name.whole != "name" || !numbers {
            return;
        }
        let words = &self.entities.words[self.at.table];
        let longest = (2..words.len()).rev().find_map(|end| {
            let mut tables = (0..self.entities.words.len()).filter(|table| *table != self.at.table);
            tables.find(|table| self.entities.words[*table] == words[..end])
        });
        if let Some(table) = longest {
            let why = Evidence::PartOf { table: self.title(table) };
            return self.at_table(table, 0.7, &why, false);
        }
        self.first_of(&["party"], 0.7, |table| Evidence::Kind { table });
    }
}

fn holds_written(whole: &str) -> bool {
    WRITTEN.iter().any(|word| whole.starts_with(word))
}

/// `given_by`, `GIVENBY`, `dispensed_by_id`.
fn treated_by(whole: &str) -> bool {
    TREATED.iter().any(|treated| whole.strip_prefix(treated).is_some_and(|rest| matches!(rest, "by" | "byid")))
}

/// Whether a column names who wrote, treated, led or is related, and so not whom its row is about.
pub fn names_another(column: &str) -> bool {
    let words: Vec<String> = split(column).iter().map(|word| plain(word)).collect();
    let another = |word: &String| {
        let word = word.as_str();
        [WRITERS, TREATERS, CHIEFS, RELATIVES].iter().any(|list| list.contains(&word)) || word == "by"
    };
    let whole = joined(&words);
    let wrote = holds_written(&whole) && (whole.ends_with("by") || words.last().is_some_and(|word| word == "uid"));
    words.iter().any(another) || wrote || treated_by(&whole)
}
