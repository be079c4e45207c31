//! Schemas that everybody can look up, by their names alone: every key counts from 1, so that values object to little
//! and names must find the way. What is written here are names and what points where, no text of theirs.
//!
//! A line is a table and its columns: `*` and `+` as in [`super::held`], `>` before the table that a column points at, `=`
//! before a key that is a code. Columns without a sign hold small numbers, or text where their names say so.

use std::collections::HashMap;
use std::fmt::Write;

use super::held::Held;

mod schemas;

struct Schema {
    /// As [`Held`] takes it.
    text: String,
    edges: Vec<String>,
}

fn read(schema: &str) -> Schema {
    let lines: Vec<(&str, Vec<&str>)> = schema
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (table, columns) = line.split_once(':').expect(line);
            (table, columns.split_whitespace().collect())
        })
        .collect();
    let keys: HashMap<&str, &str> = lines
        .iter()
        .map(|(table, columns)| (*table, columns.iter().find(|c| c.starts_with('*')).copied().unwrap_or("")))
        .collect();
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for (at, (table, _)) in lines.iter().enumerate() {
        rows.insert(table, 40 + at * 53 % 97);
    }
    // A key that is another table's key is a part of it.
    for (table, columns) in &lines {
        if let Some((_, parent)) = columns.iter().find(|c| c.starts_with('*')).and_then(|c| c.split_once('>')) {
            let there = *rows.get(parent).unwrap_or_else(|| panic!("{table}: no {parent}"));
            rows.insert(table, (there * 3 / 4).max(20));
        }
    }
    let (mut text, mut edges) = (String::new(), Vec::new());
    for (table, columns) in &lines {
        let mut written = Vec::new();
        for column in columns {
            let bare = column.trim_start_matches(['*', '+']);
            let mark = &column[..column.len() - bare.len()];
            let (name, how) = match (bare.split_once('>'), bare.strip_suffix('=')) {
                (Some((name, parent)), _) => {
                    let key = keys.get(parent).unwrap_or_else(|| panic!("{table}: no {parent}"));
                    let plain = key.trim_start_matches('*').split('>').next().unwrap_or_default();
                    edges.push(format!("{table}.{name}>{parent}.{}", plain.trim_end_matches('=')));
                    let there = rows[parent];
                    let how = match (key.ends_with('='), mark) {
                        (true, _) => format!("codeof {} {there}", &parent[..1]),
                        (_, "*") => "seq".to_owned(),
                        _ => format!("cycle 1 {there}"),
                    };
                    (name, how)
                }
                (_, Some(name)) => (name, format!("code {}", &table[..1])),
                _ if mark == "*" => (bare, "seq".to_owned()),
                _ => (bare, plain(bare)),
            };
            written.push(format!("{name}{mark} {how}"));
        }
        writeln!(text, "{table} {}: {}", rows[table], written.join(", ")).expect("text");
    }
    Schema { text, edges }
}

/// What stands in a column that points nowhere.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let texts = ["name", "date", "desc", "text", "comment", "title", "time", "phone", "street", "email", "note"];
    if texts.iter().any(|word| lower.contains(word)) {
        return "text".to_owned();
    }
    format!("cycle 1 {}", 2 + name.bytes().map(usize::from).sum::<usize>() % 30)
}

#[test]
fn well_known_schemas_are_found_by_their_names() {
    let (mut all_right, mut all_wrong, mut all_missed) = (0, 0, 0);
    for (title, schema) in schemas::ALL {
        let schema = read(schema);
        let found = Held::of(&schema.text).found();
        let right = found.iter().filter(|edge| schema.edges.contains(edge)).count();
        let wrong: Vec<&String> = found.iter().filter(|edge| !schema.edges.contains(edge)).collect();
        let missed: Vec<&String> = schema.edges.iter().filter(|edge| !found.contains(edge)).collect();
        println!("{title:22} right {right:4} missed {:3} wrong {:3}", missed.len(), wrong.len());
        for edge in &wrong {
            println!("    wrong  {edge}");
        }
        for edge in &missed {
            println!("    missed {edge}");
        }
        all_right += right;
        all_wrong += wrong.len();
        all_missed += missed.len();
    }
    println!("all: right {all_right} missed {all_missed} wrong {all_wrong}");
    assert!(all_wrong * 10 <= all_right && all_missed * 10 <= all_right, "see what is printed");
}
