//! Small schemas written in a line a table, with rows that a few words describe.
//!
//! `visit 50: id* seq, patient_id cycle 1 20` is a table of 50 rows. `*` marks the primary key, `+` a column of one of
//! several, `!` a unique one.

use std::collections::{BTreeSet, HashMap};

use crate::{
    Column, ColumnAt, Contained, EXAMPLES, Key, KeyKind, Pair, Relationship, Sampled, Schema, Table, ValueKind, Values,
    relate,
};

pub struct Held {
    pub schema: Schema,
    rows: Vec<Vec<Vec<String>>>,
}

impl Held {
    pub fn of(text: &str) -> Self {
        let mut held = Self { schema: Schema::default(), rows: Vec::new() };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            held.add(line);
        }
        held
    }

    fn add(&mut self, line: &str) {
        let (head, columns) = line.split_once(':').expect("a colon after the table");
        let (name, rows) = head.rsplit_once(' ').expect("a number of rows");
        let rows: u64 = rows.parse().expect("a number of rows");
        let mut table = Table { name: name.to_owned(), rows, ..Table::default() };
        let (mut primary, mut all) = (Vec::new(), Vec::new());
        for (place, column) in columns.split(',').map(str::trim).enumerate() {
            let (name, how) = column.split_once(' ').unwrap_or((column, "none"));
            let bare = name.trim_end_matches(['*', '+', '!']);
            if name.ends_with(['*', '+']) {
                primary.push(place);
            }
            if name.ends_with('!') {
                table.keys.push(Key { kind: KeyKind::Unique, name: None, columns: vec![place] });
            }
            let (how, comment) = how.split_once('#').unwrap_or((how, ""));
            let values: Vec<String> = (0..rows as i64).map(|row| value(how.trim(), row)).collect();
            table.columns.push(figures(bare, comment.trim(), &values));
            all.push(values);
        }
        if !primary.is_empty() {
            table.keys.push(Key { kind: KeyKind::Primary, name: None, columns: primary });
        }
        self.schema.tables.push(table);
        self.rows.push(all);
    }

    /// `child.column>parent.column`, in order.
    pub fn found(&mut self) -> Vec<String> {
        let found = self.relate();
        found.iter().map(|one| self.words(one)).collect()
    }

    pub fn relate(&mut self) -> Vec<Relationship> {
        let schema = self.schema.clone();
        relate(&schema, self).expect("nothing fails in memory")
    }

    pub fn words(&self, one: &Relationship) -> String {
        let named = |table: usize, columns: &[usize]| {
            let table = &self.schema.tables[table];
            let columns: Vec<&str> = columns.iter().map(|at| table.columns[*at].name.as_str()).collect();
            format!("{}.{}", table.name, columns.join("+"))
        };
        format!("{}>{}", named(one.child, &one.child_columns), named(one.parent, &one.parent_columns))
    }

    fn key(&self, table: usize, columns: &[usize], row: usize) -> Option<String> {
        let parts = columns.iter().map(|column| self.rows[table][*column][row].clone());
        let parts: Vec<String> = parts.collect();
        parts.iter().all(|part| !part.is_empty()).then(|| parts.join("\u{1f}").to_lowercase())
    }
}

/// What stands in a row, counted from 0.
fn value(how: &str, row: i64) -> String {
    let words: Vec<&str> = how.split(' ').collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i64>().ok()).unwrap_or(1);
    let mixed = |from: i64, to: i64| from + (row * 7 + 3) % (to - from + 1);
    let gap = |n: i64| 1000 + n * 37 + (n * n) % 31;
    let guid = |n: i64| format!("{:08x}-0000-4000-8000-{:012x}", n * 2_654_435_761 % 0xffff_ffff, n * 40_503);
    match words[0] {
        "seq" => (number(1) + row).to_string(),
        "cycle" => mixed(number(1), number(2)).to_string(),
        "zeros" => {
            if row % 4 == 0 {
                "0".to_owned()
            } else {
                mixed(number(1), number(2)).to_string()
            }
        }
        "orphans" => {
            if row % 10 == 0 {
                "99999".to_owned()
            } else {
                mixed(number(1), number(2)).to_string()
            }
        }
        "some" => {
            if row % 3 == 0 {
                mixed(number(1), number(2)).to_string()
            } else {
                String::new()
            }
        }
        "gap" => gap(row * number(1)).to_string(),
        "gapof" => gap(mixed(0, number(1) - 1)).to_string(),
        "guid" => guid(row + 1000 * number(1)),
        "guidof" => guid(mixed(0, number(2) - 1) + 1000 * number(1)),
        "code" => format!("{}{:04}", words[1], row * 13),
        "codeof" => format!("{}{:04}", words[1], mixed(0, number(2) - 1) * 13),
        "flag" => (row % 2).to_string(),
        "yn" => ["Y", "N"][row as usize % 2].to_owned(),
        "text" => format!("some words {row}"),
        "word" => words[1..][row as usize % (words.len() - 1)].to_owned(),
        _ => String::new(),
    }
}

fn figures(name: &str, comment: &str, values: &[String]) -> Column {
    let filled: Vec<&String> = values.iter().filter(|value| !value.is_empty()).collect();
    let numbers: Vec<i64> = filled.iter().filter_map(|value| value.parse().ok()).collect();
    let kind = match () {
        () if filled.is_empty() => ValueKind::Nothing,
        () if numbers.len() == filled.len() => ValueKind::Integer,
        () if filled[0].contains(' ') => ValueKind::Other,
        () => ValueKind::Text,
    };
    Column {
        name: name.to_owned(),
        declared_type: String::new(),
        comment: comment.to_owned(),
        kind,
        filled: filled.len() as u64,
        distinct: filled.iter().collect::<BTreeSet<_>>().len() as u64,
        least: numbers.iter().min().copied().unwrap_or_default(),
        greatest: numbers.iter().max().copied().unwrap_or_default(),
        min_length: filled.iter().map(|value| value.len() as u64).min().unwrap_or_default(),
        max_length: filled.iter().map(|value| value.len() as u64).max().unwrap_or_default(),
    }
}

impl Values for Held {
    type Error = ();

    fn sample(&mut self, children: &[ColumnAt], parents: &[ColumnAt]) -> Result<Vec<Sampled>, ()> {
        let mut found = Vec::new();
        for &child in children {
            let wanted: BTreeSet<&String> =
                self.rows[child.table][child.column].iter().filter(|value| !value.is_empty()).take(32).collect();
            for &parent in parents.iter().filter(|parent| **parent != child) {
                let there: BTreeSet<&String> = self.rows[parent.table][parent.column].iter().collect();
                let held = wanted.intersection(&there).count() as u32;
                if held > 0 {
                    found.push(Sampled { child, parent, held, of: wanted.len() as u32 });
                }
            }
        }
        Ok(found)
    }

    fn contained(&mut self, pairs: &[Pair]) -> Result<Vec<Contained>, ()> {
        let rows = |table: usize| self.schema.tables[table].rows as usize;
        let one = |pair: &Pair| {
            let there: HashMap<String, ()> = (0..rows(pair.parent))
                .filter_map(|row| self.key(pair.parent, &pair.parent_columns, row))
                .map(|key| (key, ()))
                .collect();
            let mut answer = Contained::default();
            let mut orphans = BTreeSet::new();
            for row in 0..rows(pair.child) {
                let Some(key) = self.key(pair.child, &pair.child_columns, row) else { continue };
                let here = there.contains_key(&key);
                if !here && key == "0" {
                    answer.zeros += 1;
                    continue;
                }
                answer.rows += 1;
                if !here {
                    answer.orphans += 1;
                    orphans.insert(key);
                    if answer.examples.len() < EXAMPLES {
                        answer.examples.push(row as u64 + 1);
                    }
                }
            }
            answer.orphan_values = orphans.len() as u64;
            answer
        };
        Ok(pairs.iter().map(one).collect())
    }
}
