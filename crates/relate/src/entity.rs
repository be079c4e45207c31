//! What tables are tables of, by their names, and which columns their rows can be pointed at by.

use std::collections::{HashMap, HashSet};

use crate::schema::{Schema, Table, ValueKind};
use crate::values::ColumnAt;
use crate::vocabulary::{COPIES, ID_TAILS, KEYS, KINDS_OF_PERSON, TABLE_ENDS, TABLE_PREFIXES, TAILS};
use crate::words::{plain, split};

/// How surely a name means a table.
#[derive(Debug, Clone, Copy)]
pub struct Meant {
    pub table: usize,
    pub strength: f64,
}

/// Nothing more than a table's own name, or a key's, says so.
pub const SURE: f64 = 0.86;

pub struct Entities {
    /// Names without spaces, in the singular, and the tables they mean.
    names: HashMap<String, Vec<Meant>>,
    /// Columns that rows are pointed at by, by their names without spaces.
    pub by_key: HashMap<String, Vec<ColumnAt>>,
    /// Of those, numbers that people go by.
    pub second: HashSet<ColumnAt>,
    /// Of each table, the best first.
    pub keys: Vec<Vec<usize>>,
    /// Whether a table is a copy or a log of another.
    pub copies: Vec<bool>,
    pub words: Vec<Vec<String>>,
}

impl Entities {
    pub fn of(schema: &Schema) -> Self {
        let words: Vec<Vec<String>> = schema.tables.iter().map(|table| table_words(&table.name)).collect();
        let mut made = Self {
            names: HashMap::new(),
            by_key: HashMap::new(),
            second: HashSet::new(),
            keys: Vec::new(),
            copies: copies(&schema.tables),
            words,
        };
        made.name_tables();
        for (at, table) in schema.tables.iter().enumerate() {
            let keys = made.keys_of(at, table);
            for &column in &keys {
                let name = joined(&split(&table.columns[column].name));
                if !is_bare(&split(&table.columns[column].name)) {
                    made.by_key.entry(name).or_default().push(ColumnAt { table: at, column });
                }
            }
            made.keys.push(keys);
        }
        made.add_second_keys(schema);
        made.name_keys(schema);
        made
    }

    /// Numbers that people go by, beside the key that the program gave: `employee.personnel_no`. Other tables may hold only
    /// those. One that is called like the key of a table that is no smaller is a pointer there.
    fn add_second_keys(&mut self, schema: &Schema) {
        let mut found: Vec<(String, ColumnAt)> = Vec::new();
        for (at, table) in schema.tables.iter().enumerate().filter(|(at, table)| table.rows >= 20 && !self.copies[*at])
        {
            for (place, column) in table.columns.iter().enumerate() {
                let words = split(&column.name);
                let whole = joined(&words);
                let is_key = column.is_unique()
                    && column.filled == table.rows
                    && matches!(column.kind, ValueKind::Integer | ValueKind::Text)
                    && !self.keys[at].contains(&place)
                    && !table.is_in_primary(place);
                let named = key_rank(self, at, &words) > 0 || KEYS.iter().any(|(short, _)| *short == whole);
                let there = self.by_key.get(&whole).into_iter().flatten();
                let points = there.into_iter().any(|key| schema.tables[key.table].rows >= table.rows);
                if is_key && named && !is_bare(&words) && !points {
                    found.push((whole, ColumnAt { table: at, column: place }));
                }
            }
        }
        // Of several that are called so, the one of most rows; of equals, that of a table of people.
        let better = |a: &ColumnAt, b: &ColumnAt| {
            let of_people = |at: &ColumnAt| {
                self.words[at.table].iter().any(|word| KINDS_OF_PERSON.contains(&word.as_str()) || word == "person")
            };
            let rank = |at: &ColumnAt| (schema.tables[at.table].rows, of_people(at), std::cmp::Reverse(at.table));
            rank(a) > rank(b)
        };
        let mut best: HashMap<String, ColumnAt> = HashMap::new();
        for (name, at) in found {
            let known = best.entry(name).or_insert(at);
            if better(&at, known) {
                *known = at;
            }
        }
        for (name, at) in best {
            self.by_key.entry(name).or_default().push(at);
            self.second.insert(at);
        }
    }

    /// Tables that a name without spaces may mean.
    pub fn meant(&self, name: &str) -> &[Meant] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// As surely as its name says so.
    pub fn means(&self, name: &str, table: usize) -> f64 {
        self.meant(name).iter().find(|meant| meant.table == table).map_or(0.0, |meant| meant.strength)
    }

    /// `patient_identifier_id` of a table `patient_identifier`: all but the last word is the table's name.
    pub fn is_named_whole(&self, table: usize, words: &[String]) -> bool {
        let Some((tail, of)) = words.split_last() else { return false };
        let of: Vec<String> = of.iter().map(|word| plain(word)).collect();
        TAILS.contains(&tail.as_str()) && self.means(&joined(&of), table) >= SURE
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, &[Meant])> {
        self.names.iter().map(|(name, meant)| (name.as_str(), meant.as_slice()))
    }

    fn add(&mut self, name: String, table: usize, strength: f64) {
        if name.len() < 2 {
            return;
        }
        let meant = self.names.entry(name).or_default();
        match meant.iter_mut().find(|meant| meant.table == table) {
            Some(there) => there.strength = there.strength.max(strength),
            None => meant.push(Meant { table, strength }),
        }
    }

    fn name_tables(&mut self) {
        let families = families(&self.words);
        for at in 0..self.words.len() {
            let words = self.words[at].clone();
            let ends = words.iter().rev().take_while(|word| TABLE_ENDS.contains(&word.as_str())).count();
            let ends = ends.min(words.len() - 1);
            let mut cost = 0.0;
            for start in 0..words.len() - ends {
                self.add(joined(&words[start..]), at, 0.95 - cost);
                for end in 1..=ends {
                    self.add(joined(&words[start..words.len() - end]), at, 0.89 - cost);
                }
                let word = words[start].as_str();
                cost += match () {
                    () if TABLE_PREFIXES.contains(&word) => 0.02,
                    // `party party`
                    () if words.get(start + 1).is_some_and(|next| next == word) => 0.02,
                    () if start == 0 && families.contains(word) => 0.07,
                    () if cost < 0.25 => 0.3,
                    () => 0.1,
                };
            }
        }
    }

    /// What a key is called after, its table is a table of, unless another table is called so.
    fn name_keys(&mut self, schema: &Schema) {
        let mut firsts: HashMap<String, usize> = HashMap::new();
        for (at, keys) in self.keys.iter().enumerate() {
            if let Some(&key) = keys.first() {
                *firsts.entry(schema.tables[at].columns[key].name.to_lowercase()).or_default() += 1;
            }
        }
        for at in 0..self.keys.len() {
            let Some(&key) = self.keys[at].first() else { continue };
            // A table about people by their number is no table of numbers.
            let whole = joined(&split(&schema.tables[at].columns[key].name));
            if self.by_key.get(&whole).into_iter().flatten().any(|there| self.second.contains(there)) {
                continue;
            }
            let mut words = split(&schema.tables[at].columns[key].name);
            while words.len() > 1 && words.last().is_some_and(|word| TAILS.contains(&word.as_str())) {
                words.pop();
            }
            let words: Vec<String> = words.iter().map(|word| plain(word)).collect();
            let name = joined(&words);
            let others = self.meant(&name).iter().any(|meant| meant.table != at && meant.strength >= SURE);
            // `row id` of many tables names none of them.
            let shared = firsts[&schema.tables[at].columns[key].name.to_lowercase()] > 1;
            let of_another = others || shared && self.means(&name, at) < 0.5;
            if !is_bare(&words) && !of_another && !self.copies[at] {
                self.add(name, at, 0.9);
            }
        }
    }

    /// Columns that can be pointed at, the best first.
    fn keys_of(&self, at: usize, table: &Table) -> Vec<usize> {
        let primary = table.primary();
        let mut ranked: Vec<(u32, usize)> = Vec::new();
        for (place, column) in table.columns.iter().enumerate() {
            let words = split(&column.name);
            let named = key_rank(self, at, &words);
            let rank = if primary == Some(place) {
                10
            } else if column.kind == ValueKind::Other || column.kind == ValueKind::Nothing {
                continue;
            } else if table.is_declared_unique(place) {
                3 + named
            } else if column.is_unique() && column.filled == table.rows && !table.has_primary() {
                let first = u32::from(place == 0 && (named > 0 || column.is_guid()));
                if named + first == 0 && place > 0 {
                    continue;
                }
                named + first
            } else if column.is_unique() && named >= 3 && column.filled == table.rows && !table.is_in_primary(place) {
                named
            } else if named >= 3 && !table.has_primary() && is_nearly_unique(column.distinct, column.filled) {
                2
            } else {
                continue;
            };
            ranked.push((rank, place));
        }
        ranked.sort_by_key(|(rank, place)| (std::cmp::Reverse(*rank), *place));
        ranked.into_iter().map(|(_, place)| place).collect()
    }
}

/// Keys of files that declare none, where a row came twice.
fn is_nearly_unique(distinct: u64, filled: u64) -> bool {
    filled >= 20 && distinct * 20 >= filled * 19
}

/// How much a column's name is that of its table's key.
fn key_rank(entities: &Entities, table: usize, words: &[String]) -> u32 {
    if entities.is_named_whole(table, words) {
        return 4;
    }
    let stem: Vec<String> =
        words.iter().filter(|word| !TAILS.contains(&word.as_str())).map(|word| plain(word)).collect();
    let tailed = stem.len() < words.len();
    let id = words.iter().any(|word| ID_TAILS.contains(&word.as_str()));
    if stem.is_empty() {
        return if id { 4 } else { 3 };
    }
    let name = joined(&stem);
    let whole = name.strip_suffix("id").or_else(|| name.strip_suffix("no")).or_else(|| name.strip_suffix("code"));
    let own = entities.means(&name, table).max(whole.map_or(0.0, |name| entities.means(name, table)));
    match (own > 0.5, tailed || whole.is_some()) {
        (true, true) => 4,
        (true, false) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// Whether a name is nothing but an ending: `id`, `key no`.
pub fn is_bare(words: &[String]) -> bool {
    words.iter().all(|word| TAILS.contains(&word.as_str()) || word.len() == 1)
}

pub fn joined(words: &[String]) -> String {
    words.concat()
}

fn table_words(name: &str) -> Vec<String> {
    let words: Vec<String> = split(name).iter().map(|word| plain(word)).collect();
    // `tblpatient` in one.
    let cut = |word: &String| {
        let rest = word.strip_prefix("tbl").filter(|rest| rest.len() > 2);
        rest.map_or_else(|| word.clone(), plain)
    };
    let words: Vec<String> = words.iter().map(cut).collect();
    if words.is_empty() { vec![name.to_lowercase()] } else { words }
}

/// First words that many tables share, and that no table has for its name: the name of a program or of a part of it.
fn families(words: &[Vec<String>]) -> HashSet<String> {
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for table in words.iter().filter(|table| table.len() > 1) {
        *firsts.entry(table[0].as_str()).or_default() += 1;
    }
    let alone: HashSet<&str> = words.iter().filter(|table| table.len() == 1).map(|table| table[0].as_str()).collect();
    let shared = firsts.into_iter().filter(|(word, tables)| *tables >= 4 && !alone.contains(word));
    shared.map(|(word, _)| word.to_owned()).collect()
}

fn copies(tables: &[Table]) -> Vec<bool> {
    let all: Vec<Vec<String>> = tables.iter().map(|table| split(&table.name)).collect();
    let names: HashSet<String> = all.iter().map(|words| joined(words)).collect();
    let is_extra = |word: &String| COPIES.contains(&word.as_str()) || word.bytes().all(|b| b.is_ascii_digit());
    all.iter()
        .map(|words| {
            let rest: Vec<String> = words.iter().filter(|word| !is_extra(word)).cloned().collect();
            let name = joined(&rest);
            rest.len() < words.len()
                && !rest.is_empty()
                && (names.contains(&name) || names.contains(&format!("{name}s")))
        })
        .collect()
}
