//! The tables of a snapshot at a glance: the part each plays, when it was used, whom it is about, what is wrong in it.

use std::collections::{HashMap, HashSet};

use analysis::finding::Trouble;
use analysis::role::{ColumnLook, Holds, Look, is_copy_name, originals, role};

use super::Project;
use super::samples::Rules;
use super::snapshots::InUse;
use crate::error::Result;
use crate::facts::{DataIssue, Inventory, InventoryRow, IssuePage, PersonLink, SystemGuess, ThroughTable};
use crate::profile::{InferredType, percent};
use crate::sample::classify::{TableRole, role_of, singular};
use crate::sample::header;
use crate::sample::people::Who;
use crate::source::TableKey;
use crate::store::analyses::TableSummary;
use crate::store::staging::{StagedColumn, StagedTable};
use crate::target::catalog;

/// A table is dead whose newest row is so many years older than the newest of all.
const DEAD: u32 = 2;

/// Which findings of the snapshot.
#[derive(Debug, Clone, Default)]
pub struct IssueQuery {
    pub table: Option<TableKey>,
    pub trouble: Option<Trouble>,
    pub offset: u64,
    /// 0: all.
    pub limit: u64,
}

impl Project {
    pub fn inventory(&mut self) -> Result<Inventory> {
        self.refresh()?;
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        let twins = snapshot.copies()?;
        // Last of what takes its time: an analysis may go on meanwhile.
        let known = self.analyses()?.summaries(snapshot.edition())?;
        let this_year = (self.environment.now)().get(..4).and_then(|y| y.parse().ok()).unwrap_or(u32::MAX);
        let mut rows = Vec::with_capacity(snapshot.tables.len());
        for (key, table) in &snapshot.tables {
            let mut row = snapshot.row((key, table), &rules, known.get(&table.id), twins.get(&table.id).cloned())?;
            // A date in the future tells no use; it is among the issues.
            row.years.retain(|year| year.year <= this_year);
            row.last_year = row.years.iter().map(|year| year.year).max();
            rows.push(row);
        }
        for found in self.relations_found_before()?.iter().filter(|found| found.orphans > 0) {
            if let Some(row) = rows.iter_mut().find(|row| row.key == found.from.key) {
                row.issues += 1;
            }
        }
        let newest_year = rows.iter().filter_map(|row| row.last_year).max();
        for row in &mut rows {
            row.dead = newest_year.zip(row.last_year).is_some_and(|(newest, last)| last + DEAD <= newest);
        }
        let systems = systems(&snapshot.tables);
        Ok(Inventory { rows, analyzed: known.len() as u64, newest_year, systems })
    }

    /// What is wrong, or may be: what is about people first, then by rows.
    pub fn issues(&mut self, query: &IssueQuery) -> Result<IssuePage> {
        self.refresh()?;
        let snapshot = self.profiled()?;
        let rules = self.rules_of(snapshot)?;
        let mut known = self.analyses()?.summaries(snapshot.edition())?;
        let analyzed = known.len() as u64;
        let mut issues = Vec::new();
        for (key, table) in &snapshot.tables {
            if query.table.as_ref().is_some_and(|wanted| wanted != key) {
                continue;
            }
            let Some(summary) = known.remove(&table.id) else { continue };
            let columns = snapshot.columns(table)?;
            for found in summary.findings {
                if query.trouble.is_some_and(|trouble| trouble != found.trouble) {
                    continue;
                }
                let column = found.column.and_then(|at| columns.get(at as usize));
                issues.push(DataIssue {
                    table: key.clone(),
                    column: column.map(|c| key.column(&c.name)),
                    name: column.map_or_else(String::new, |c| c.name.clone()),
                    trouble: found.trouble,
                    label: found.trouble.label().to_owned(),
                    rows: found.rows,
                    percent: percent(found.rows, table.rows),
                    about_people: rules.who.contains_key(key),
                    sentence: found.sentence,
                });
            }
        }
        issues.extend(self.orphans(query, &rules)?);
        issues.sort_by(|a, b| {
            (b.about_people, b.rows, &a.table, &a.name).cmp(&(a.about_people, a.rows, &b.table, &b.name))
        });
        let limit = if query.limit == 0 { usize::MAX } else { query.limit as usize };
        let total = issues.len() as u64;
        let issues = issues.into_iter().skip(query.offset as usize).take(limit).collect();
        Ok(IssuePage { total, issues, analyzed, tables: snapshot.tables.len() as u64 })
    }
}

impl Project {
    /// Rows whose parent is not there, as far as relationships were looked for.
    fn orphans(&self, query: &IssueQuery, rules: &Rules) -> Result<Vec<DataIssue>> {
        if query.trouble.is_some_and(|trouble| trouble != Trouble::Orphans) {
            return Ok(Vec::new());
        }
        let mut issues = Vec::new();
        for found in self.relations_found_before()? {
            let elsewhere = query.table.as_ref().is_some_and(|wanted| *wanted != found.from.key);
            if found.orphans == 0 || elsewhere {
                continue;
            }
            let Some(table) = self.in_use()?.table(&found.from.key) else { continue };
            let examples: Vec<String> = found.examples.iter().take(3).map(u64::to_string).collect();
            let sure = if found.confidence < 1.0 { ", if it points there" } else { "" };
            issues.push(DataIssue {
                column: found.from.columns.first().map(|column| found.from.key.column(column)),
                name: found.from.columns.join(", "),
                trouble: Trouble::Orphans,
                label: Trouble::Orphans.label().to_owned(),
                rows: found.orphans,
                percent: percent(found.orphans, table.rows),
                about_people: rules.who.contains_key(&found.from.key),
                sentence: format!(
                    "what it points at is not in {}{sure}: such as row {}",
                    found.to.key,
                    examples.join(", ")
                ),
                table: found.from.key,
            });
        }
        Ok(issues)
    }
}

impl InUse {
    fn row(
        &self,
        (key, table): (&TableKey, &StagedTable),
        rules: &Rules,
        known: Option<&TableSummary>,
        copy_of: Option<String>,
    ) -> Result<InventoryRow> {
        let columns = self.columns(table)?;
        let who = rules.who.get(key);
        let (role, role_why) = role(&look(self, table, columns, who, known, copy_of));
        let name = |at: u32| columns.get(at as usize).map(|c| c.name.clone());
        Ok(InventoryRow {
            key: key.clone(),
            rows: table.rows,
            role,
            role_label: role.label().to_owned(),
            role_why,
            analyzed: known.is_some(),
            dated_by: known.and_then(|k| k.dated_by).and_then(name),
            last_year: None,
            years: known.map(|k| k.years.clone()).unwrap_or_default(),
            dead: false,
            person: who.map(|who| path(who, columns)),
            repeats: known.and_then(|k| k.repeats.clone()),
            issues: known.map_or(0, |k| k.findings.len() as u64),
        })
    }

    /// Tables that are copies of another by their names and columns, with the other's name.
    fn copies(&self) -> Result<HashMap<u64, String>> {
        let mut by_name: HashMap<(Option<&str>, String), &StagedTable> = HashMap::new();
        for (_, table) in &self.tables {
            by_name.entry((table.database.as_deref(), table.name.to_lowercase())).or_insert(table);
        }
        let headers = |table: &StagedTable| -> Result<HashSet<String>> {
            Ok(self.columns(table)?.iter().map(|c| c.name.to_lowercase()).collect())
        };
        let mut found = HashMap::new();
        for (_, table) in &self.tables {
            let name = table.name.to_lowercase();
            for part in originals(&name) {
                let Some(other) = by_name.get(&(table.database.as_deref(), part.to_owned())) else { continue };
                if other.id == table.id || !is_copy_name(&name, part) {
                    continue;
                }
                let (own, theirs) = (headers(table)?, headers(other)?);
                if own.intersection(&theirs).count() * 10 >= own.len().max(theirs.len()) * 8 {
                    found.insert(table.id, other.name.clone());
                    break;
                }
            }
        }
        Ok(found)
    }
}

fn look(
    snapshot: &InUse,
    table: &StagedTable,
    columns: &[StagedColumn],
    who: Option<&Who>,
    known: Option<&TableSummary>,
    copy_of: Option<String>,
) -> Look {
    let words: Vec<Vec<String>> = columns.iter().map(|column| header::words(&column.name)).collect();
    let holds = match role_of(&table.name, columns.iter().map(|column| column.name.as_str())) {
        TableRole::People => Holds::People,
        TableRole::Staff => Holds::Staff,
        TableRole::Lookup | TableRole::Organization | TableRole::Employer => Holds::List,
        TableRole::Event => Holds::Other,
    };
    let column = |(at, (column, words)): (usize, (&StagedColumn, Vec<String>))| ColumnLook {
        dated: known.is_some_and(|k| k.dated.contains(&(at as u32)))
            || matches!(column.figures.inferred_type, InferredType::Date | InferredType::Datetime),
        key: snapshot.reference(table, &column.name).is_some()
            || table.keys.iter().any(|k| k.kind == "primary" && k.columns.contains(&column.name))
            || words.last().is_some_and(|word| ["id", "key", "fk", "pk"].contains(&word.as_str())),
        filled: column.figures.filled() * 2 > column.figures.rows,
        words,
    };
    Look {
        rows: table.rows,
        words: header::words(&table.name).iter().map(|word| singular(word)).collect(),
        holds,
        copy_of,
        columns: columns.iter().zip(words).enumerate().map(column).collect(),
        names_person: matches!(who, Some(Who::Here(_))),
        reaches_person: matches!(who, Some(Who::There { .. })),
    }
}

fn path(who: &Who, columns: &[StagedColumn]) -> PersonLink {
    match who {
        Who::Here(names) => {
            let people = match names.as_slice() {
                [one] => columns.iter().find(|c| c.name == *one).map(|c| c.figures.distinct),
                _ => None,
            };
            let words = format!("names the person by {}", names.join(", "));
            PersonLink { columns: names.clone(), through: None, people, words }
        }
        Who::There { column, table, key, people } => PersonLink {
            columns: vec![column.clone()],
            words: format!("reaches the person by {column} → {table}.{key} → {}", people.join(", ")),
            through: Some(ThroughTable { table: table.clone(), key: key.clone(), people: people.clone() }),
            people: None,
        },
    }
}

/// The legacy systems whose modules have tables here, likeliest first.
fn systems(tables: &[(TableKey, StagedTable)]) -> Vec<SystemGuess> {
    let names: HashSet<String> = tables.iter().map(|(_, table)| plain(&table.name)).collect();
    let mut guesses: Vec<SystemGuess> = catalog()
        .legacy_systems()
        .filter(|(_, modules)| !modules.is_empty())
        .map(|(system, modules)| {
            let there = |module: &&String| {
                let module = plain(module);
                names.iter().any(|name| *name == module || name.strip_suffix('s') == Some(&module))
            };
            let (found, missing): (Vec<&String>, Vec<&String>) = modules.iter().partition(there);
            SystemGuess {
                system: system.to_owned(),
                percent: percent(found.len() as u64, modules.len() as u64),
                found: found.into_iter().cloned().collect(),
                missing: missing.into_iter().cloned().collect(),
            }
        })
        .filter(|guess| guess.found.len() >= 2)
        .collect();
    guesses.sort_by(|a, b| b.percent.total_cmp(&a.percent));
    guesses
}

/// A name without what varies between installations.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
