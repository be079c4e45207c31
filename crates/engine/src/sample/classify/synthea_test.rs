//! Synthea's tables and what each of their columns holds (`CROSSWALK_DATA`, by default `../shared`); not kept here.

use std::collections::{BTreeMap, HashMap};

use super::{Clue, Frequent, classify};
use crate::profile::{ColumnFigures, InferredType};
use crate::sample::{Action, Cell, Class, Treatment, year};
use crate::source::{ColumnKey, TableKey};

/// A column as loaded: its key, figures and most frequent values.
pub struct Loaded {
    pub key: ColumnKey,
    pub figures: ColumnFigures,
    pub top: Vec<(Cell, u64)>,
}

/// Records of a comma-separated file with quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    for letter in text.chars() {
        let record = records.last_mut().expect("there is one");
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\n' if !quoted => records.push(vec![String::new()]),
            '\r' => {}
            _ => record.last_mut().expect("there is one").push(letter),
        }
    }
    records.retain(|record| record.len() > 1 || !record[0].is_empty());
    records
}

fn infer(values: &BTreeMap<&str, u64>, rows: u64) -> InferredType {
    let all = |is: fn(&str) -> bool| values.keys().all(|value| is(value));
    match values.len() {
        0 => InferredType::Empty,
        _ if all(|v| v.parse::<i64>().is_ok()) => InferredType::Integer,
        _ if all(|v| v.parse::<f64>().is_ok()) => InferredType::Decimal,
        1 => InferredType::Constant,
        _ if all(|v| v.len() >= 10 && year::year(v).is_some()) => InferredType::Datetime,
        distinct if distinct as u64 == rows => InferredType::Identifier,
        distinct if distinct < 50 && all(|v| v.len() < 20) => InferredType::Code,
        _ => InferredType::Text,
    }
}

pub fn load(table: &str, text: &str) -> Vec<Loaded> {
    let records = records(text);
    let (headers, rows) = records.split_first().expect("a header");
    let column = |(at, header): (usize, &String)| {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for row in rows {
            *counts.entry(row[at].as_str()).or_default() += 1;
        }
        let blanks = counts.remove("").unwrap_or(0);
        let mut top: Vec<(Cell, u64)> = counts.iter().map(|(v, n)| (Cell::Text((*v).to_owned()), *n)).collect();
        top.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        top.truncate(20);
        let lengths = || counts.keys().map(|value| value.chars().count() as u64);
        let figures = ColumnFigures {
            rows: rows.len() as u64,
            nulls: 0,
            blanks,
            distinct: counts.len() as u64,
            min_length: lengths().min().unwrap_or(0),
            max_length: lengths().max().unwrap_or(0),
            inferred_type: infer(&counts, rows.len() as u64 - blanks),
            format: None,
        };
        Loaded { key: TableKey::new(None, table).column(header), figures, top }
    };
    headers.iter().enumerate().map(column).collect()
}

pub fn treat(loaded: &[Loaded]) -> Vec<Treatment> {
    let clue = |column: &'_ Loaded| Clue {
        key: Box::leak(Box::new(column.key.clone())),
        declared_type: "",
        figures: Box::leak(Box::new(column.figures.clone())),
        primary: false,
        references: None,
    };
    let values = |give: &mut dyn FnMut(Frequent)| {
        loaded.iter().map(|column| column.top.clone()).for_each(give);
        Ok(())
    };
    classify(&loaded.iter().map(clue).collect::<Vec<_>>(), values).expect("nothing is read from a disk").treatments
}

#[test]
fn synthea_columns_are_found() {
    let Some(folder) = corpus::data("deidentification") else { return };
    let gold = std::fs::read_to_string(folder.join("synthea_columns_gold.csv")).expect("the labelled columns");
    let gold: HashMap<(String, String), Class> = records(&gold)
        .into_iter()
        .skip(1)
        .map(|row| ((row[0].clone(), row[1].clone()), serde_json::from_value(row[2].clone().into()).expect("a class")))
        .collect();
    let mut tables: Vec<String> = gold.keys().map(|(table, _)| table.clone()).collect();
    tables.sort();
    tables.dedup();
    let mut loaded = Vec::new();
    for table in &tables {
        let path = folder.join("synthea").join(format!("{table}.csv"));
        loaded.extend(load(table, &std::fs::read_to_string(path).expect("its table")));
    }
    let (mut hits, mut misses, mut false_alarms, mut open) = (0, Vec::new(), Vec::new(), Vec::new());
    for treatment in treat(&loaded) {
        let wanted = gold[&(treatment.table.table(), treatment.column.clone())];
        let line = format!(
            "{} is {wanted:?}, taken for {:?} {:?}: {:?}",
            treatment.key, treatment.class, treatment.action, treatment.evidence
        );
        match (wanted != Class::None, treatment.class != Class::None) {
            (true, true) => hits += 1,
            (true, false) => misses.push(line.clone()),
            (false, true) => false_alarms.push(line.clone()),
            (false, false) => {}
        }
        if wanted != Class::None && treatment.action == Action::Pass {
            open.push(line);
        }
    }
    let recall = f64::from(hits) / f64::from(hits + misses.len() as i32);
    let precision = f64::from(hits) / f64::from(hits + false_alarms.len() as i32);
    println!("recall {recall:.3}, precision {precision:.3}");
    println!("missed:\n{}\nfalse alarms:\n{}", misses.join("\n"), false_alarms.join("\n"));
    assert!(open.is_empty(), "identifiers would pass:\n{}", open.join("\n"));
    assert!(recall >= 0.95 && precision >= 0.80, "recall {recall:.3}, precision {precision:.3}");
}
