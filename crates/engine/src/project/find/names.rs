//! What is called so, or looks so.

use std::cmp::Reverse;

use analysis::{Kind, Sureness};
use relate::words::{plain, split};

use super::super::snapshots::InUse;
use super::Kinds;
use crate::error::Result;
use crate::facts::{FoundColumn, FoundNames, FoundTable};
use crate::source::{ColumnKey, Disposition, TableKey};
use crate::store::staging::StagedTable;

/// How well a word fits a name, best last.
const WITHIN: u8 = 1;
const BEGINS: u8 = 2;
const SAME: u8 = 3;

/// What was typed, word by word.
struct Typed {
    /// In lower case, and written out, of many one: `meds` is `medication`.
    words: Vec<(String, String)>,
}

/// A name as it is compared.
struct Name {
    words: Vec<String>,
    /// Letters and digits alone, in lower case.
    glued: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let words = split(name).iter().map(|word| plain(word)).collect();
        Self { words, glued: glued(name) }
    }

    /// How well a word fits; `None` where it does not.
    fn fit(&self, (typed, written_out): &(String, String)) -> Option<u8> {
        let stem = stem(written_out);
        let word = |word: &String| {
            if word == written_out || word == typed {
                Some(SAME)
            } else {
                (word.starts_with(stem) || word.starts_with(typed)).then_some(BEGINS)
            }
        };
        let best = self.words.iter().filter_map(word).max();
        best.or_else(|| {
            let long = stem.len() >= 3 && self.glued.contains(stem);
            (long || self.glued.contains(typed.as_str())).then_some(WITHIN)
        })
    }
}

impl Typed {
    fn of(text: &str) -> Self {
        let written = |word: &str| (word.to_owned(), plain(word));
        Self { words: text.split_whitespace().flat_map(split).map(|word| written(&word)).collect() }
    }

    /// The worst fit of its words, where each fits one of the names.
    fn fit(&self, names: &[&Name]) -> Option<u8> {
        let best = |word: &(String, String)| names.iter().filter_map(|name| name.fit(word)).max();
        self.words.iter().map(best).try_fold(SAME, |worst, fit| fit.map(|fit| worst.min(fit)))
    }
}

/// What words of one thing begin with: `allergies` and `allergy` with `allerg`.
fn stem(word: &str) -> &str {
    let end = |tail: &str| word.strip_suffix(tail).filter(|stem| stem.len() >= 4);
    ["is", "y", "s", "e"].iter().find_map(|tail| end(tail)).unwrap_or(word)
}

fn glued(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub fn find(
    snapshot: &InUse,
    kinds: &Kinds,
    text: &str,
    limit: usize,
    decided: impl Fn(Option<&ColumnKey>, &TableKey) -> (Disposition, Option<String>),
) -> Result<FoundNames> {
    let typed = Typed::of(text);
    let limit = if limit == 0 { usize::MAX } else { limit };
    let analyzed = kinds.len() as u64;
    if typed.words.is_empty() {
        let (tables, columns) = Default::default();
        return Ok(FoundNames { tables, tables_total: 0, columns, columns_total: 0, analyzed });
    }
    let (mut tables, mut columns) = (Vec::new(), Vec::new());
    for (at, (key, table)) in snapshot.tables.iter().enumerate() {
        let name = Name::of(&table.name);
        if let Some((fit, why)) = table_fit(&typed, &name, table) {
            tables.push(((fit, table.rows > 0, table.rows, Reverse(at)), key, table, why));
        }
        let of_table = kinds.get(&table.id).map_or(&[][..], Vec::as_slice);
        for column in snapshot.columns(table)? {
            let own = Name::of(&column.name);
            // A word may stand in the table's name, but not all of them: the table is found by itself.
            let named = typed.fit(&[&own, &name]).filter(|_| typed.words.iter().any(|word| own.fit(word).is_some()));
            let comment = || typed.fit(&[&Name::of(&column.comment)]).map(|_| (0, "its comment".to_owned()));
            let kind =
                of_table.iter().filter(|(place, ..)| *place == column.ordinal).find_map(|found| fits(&typed, found));
            let fit = match (named, kind) {
                // What its values are tells more than a name that only holds the word.
                (Some(named), Some((_, why))) => Some((named.max(BEGINS), format!("its name; {why}"))),
                (Some(named), None) => Some((named, "its name".to_owned())),
                (None, Some(kind)) => Some(kind),
                (None, None) => comment(),
            };
            if let Some((fit, why)) = fit {
                let filled = column.figures.filled();
                columns.push(((fit, filled > 0, filled, Reverse((at, column.ordinal))), key, table, column, why));
            }
        }
    }
    let (tables_total, columns_total) = (tables.len() as u64, columns.len() as u64);
    tables.sort_by_key(|found| Reverse(found.0));
    columns.sort_by_key(|found| Reverse(found.0));
    let tables = tables.into_iter().take(limit).map(|(_, key, table, why)| {
        let (disposition, module) = decided(None, key);
        let (database, name) = (table.database.clone(), table.name.clone());
        FoundTable { key: key.clone(), database, table: name, rows: table.rows, disposition, module, why }
    });
    let columns = columns.into_iter().take(limit).map(|(_, table_key, table, column, why)| {
        let key = table_key.column(&column.name);
        FoundColumn {
            disposition: decided(Some(&key), table_key).0,
            key,
            table_key: table_key.clone(),
            database: table.database.clone(),
            table: table.name.clone(),
            column: column.name.clone(),
            rows: column.figures.filled(),
            filled_percent: column.figures.filled_percent(),
            why,
        }
    });
    Ok(FoundNames { tables: tables.collect(), tables_total, columns: columns.collect(), columns_total, analyzed })
}

fn table_fit(typed: &Typed, name: &Name, table: &StagedTable) -> Option<(u8, String)> {
    let named = typed.fit(&[name]).map(|fit| (fit, "its name".to_owned()));
    named.or_else(|| typed.fit(&[&Name::of(&table.comment)]).map(|_| (0, "its comment".to_owned())))
}

/// Whether what was typed is what the values look like.
fn fits(typed: &Typed, (_, kind, percent, sureness): &(u32, Kind, f64, Sureness)) -> Option<(u8, String)> {
    let label = Name::of(kind.label());
    let words = if *kind == Kind::SsnInText { Kind::Ssn.words() } else { kind.words() };
    let is_called = |word: &(String, String)| {
        words.contains(&word.0.as_str()) || label.words.contains(&word.1) || label.words.contains(&word.0)
    };
    typed.words.iter().all(is_called).then(|| {
        let fit = if *sureness == Sureness::Possible { WITHIN } else { SAME };
        let percent = if *percent >= 1.0 { format!("{percent:.0} %") } else { "a few".to_owned() };
        (fit, format!("{percent} of its values look like {} ({})", kind.label(), sureness.label()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_the_words_people_say() {
        for (typed, name, expected) in [
            ("allergies", "allergy", Some(SAME)),
            ("allergy", "PatientAllergies", Some(SAME)),
            ("allergies", "EMPLALLERGENS", Some(WITHIN)),
            ("allergies", "allergen_code", Some(BEGINS)),
            ("diagnoses", "dx_code", Some(SAME)),
            ("medication", "meds", Some(SAME)),
            ("lab result", "LabResults", Some(SAME)),
            ("lab result", "lab_orders", None),
            ("visit type", "VISITTYPE", Some(WITHIN)),
            ("emp", "employee", Some(SAME)),
            ("id", "patient_id", Some(SAME)),
            ("hearing", "audiometry", None),
        ] {
            assert_eq!(Typed::of(typed).fit(&[&Name::of(name)]), expected, "{typed} in {name}");
        }
    }

    #[test]
    fn values_are_found_by_what_they_look_like() {
        let fits = |typed: &str, kind| fits(&Typed::of(typed), &(0, kind, 97.6, Sureness::Likely)).map(|(_, why)| why);
        assert_eq!(fits("cvx", Kind::Cvx).as_deref(), Some("98 % of its values look like CVX vaccine code (likely)"));
        assert!(fits("SSN", Kind::Ssn).is_some() && fits("social security", Kind::Ssn).is_some());
        assert!(fits("ssn", Kind::SsnInText).is_some(), "the ones within notes are looked for first of all");
        assert!(fits("phone", Kind::Ssn).is_none());
    }
}
