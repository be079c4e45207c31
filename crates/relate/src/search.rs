//! The search: what names suggest and what values suggest is looked at together, a column at a time; what becomes known
//! of some columns helps with others of the same name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::chance::chance;
use crate::entity::Entities;
use crate::evidence::Evidence;
use crate::judge::{Candidate, ENOUGH, Judged, fits, judge};
use crate::naming::{Name, hints};
use crate::relationship::{Alternative, Cardinality, Origin, Relationship};
use crate::schema::{KeyKind, Schema, Table, ValueKind};
use crate::values::{ColumnAt, Contained, Pair, Values};

/// So many parents of a column are looked at in full.
const LOOKED_AT: usize = 6;
/// A parent that scores so much less is no alternative.
const NEAR: f64 = 0.1;

/// Finds the relationships of a schema: the declared ones, and those that its names and values give away. In the order of
/// tables and columns.
pub fn relate<V: Values>(schema: &Schema, values: &mut V) -> Result<Vec<Relationship>, V::Error> {
    let entities = Entities::of(schema);
    let mut search = Search { schema, entities, names: BTreeMap::new(), candidates: BTreeMap::new() };
    search.by_names();
    search.by_values(values)?;
    let mut judged = search.look(values)?;
    search.smallest(&mut judged);
    search.elsewhere(values, &mut judged)?;
    one_way(&mut judged);
    let mut found = search.declared(values)?;
    found.extend(search.conclude(judged));
    found.sort_by(|a, b| (a.child, &a.child_columns, a.parent).cmp(&(b.child, &b.child_columns, b.parent)));
    Ok(found)
}

type ByColumn<T> = BTreeMap<ColumnAt, T>;

struct Search<'a> {
    schema: &'a Schema,
    entities: Entities,
    names: ByColumn<Name>,
    candidates: ByColumn<Vec<Candidate>>,
}

impl Search<'_> {
    fn column(&self, at: ColumnAt) -> &crate::schema::Column {
        &self.schema.tables[at.table].columns[at.column]
    }

    /// Every column that may point somewhere, with what its name suggests.
    fn by_names(&mut self) {
        for (table, known) in self.schema.tables.iter().enumerate().filter(|(_, known)| known.rows > 0) {
            let declared: BTreeSet<usize> = known.declared.iter().flat_map(|key| key.columns.iter().copied()).collect();
            for (column, figures) in known.columns.iter().enumerate() {
                if figures.kind == ValueKind::Other || declared.contains(&column) {
                    continue;
                }
                let at = ColumnAt { table, column };
                let name = Name::of(&figures.name, &self.entities);
                let hints = hints(self.schema, &self.entities, at, &name);
                let fitting = hints.into_iter().filter(|hint| {
                    self.schema.tables[hint.parent.table].rows > 0
                        && fits(figures, self.column(hint.parent), hint.strength)
                });
                let candidates: Vec<Candidate> = fitting
                    .map(|hint| Candidate {
                        parent: hint.parent,
                        strength: hint.strength,
                        why: vec![hint.why],
                        plain: hint.plain,
                    })
                    .collect();
                self.candidates.insert(at, candidates);
                self.names.insert(at, name);
            }
        }
    }

    /// Columns whose names say little, held against every key whose values could speak for themselves.
    fn by_values<V: Values>(&mut self, values: &mut V) -> Result<(), V::Error> {
        let parents: Vec<ColumnAt> = (0..self.schema.tables.len())
            .filter(|table| !self.entities.copies[*table])
            .filter_map(|table| self.entities.keys[table].first().map(|&column| ColumnAt { table, column }))
            .filter(|at| speaks(self.column(*at)))
            .collect();
        let asks = |at: &ColumnAt| {
            let (column, name) = (self.column(*at), &self.names[at]);
            let own_key = self.entities.keys[at.table].contains(&at.column);
            let named = self.candidates[at].first().is_some_and(|best| best.strength >= 0.8);
            let many = if column.is_guid() { 3 } else { 10 };
            !own_key && !named && !name.measure && column.distinct >= many
        };
        let children: Vec<ColumnAt> = self.candidates.keys().copied().filter(asks).collect();
        if parents.is_empty() || children.is_empty() {
            return Ok(());
        }
        for sampled in values.sample(&children, &parents)? {
            let (child, parent) = (self.column(sampled.child), self.column(sampled.parent));
            let held = f64::from(sampled.held) >= 0.95 * f64::from(sampled.of.max(1));
            if sampled.child == sampled.parent
                || !held
                || chance(child, parent).against < 8.0
                || !fits(child, parent, 0.0)
            {
                continue;
            }
            let of = self.candidates.get_mut(&sampled.child).expect("it was asked for");
            if of.iter().all(|candidate| candidate.parent != sampled.parent) {
                let (why, plain) = (Vec::new(), false);
                of.push(Candidate { parent: sampled.parent, strength: 0.0, why, plain });
            }
        }
        Ok(())
    }

    /// Looks at all candidates at once.
    fn look<V: Values>(&self, values: &mut V) -> Result<ByColumn<Vec<Judged>>, V::Error> {
        let mut asked: Vec<(ColumnAt, &Candidate)> = Vec::new();
        for (at, candidates) in &self.candidates {
            let named = candidates.iter().filter(|candidate| candidate.strength > 0.0).take(LOOKED_AT);
            let valued = candidates.iter().filter(|candidate| candidate.strength == 0.0).take(LOOKED_AT);
            asked.extend(named.chain(valued).map(|candidate| (*at, candidate)));
        }
        let filled: Vec<(ColumnAt, &Candidate)> =
            asked.iter().copied().filter(|(at, _)| self.column(*at).filled > 0).collect();
        let pairs: Vec<Pair> = filled.iter().map(|(at, candidate)| pair(*at, candidate.parent)).collect();
        let answers = if pairs.is_empty() { Vec::new() } else { values.contained(&pairs)? };
        let mut contained: HashMap<(ColumnAt, ColumnAt), Contained> =
            filled.iter().zip(answers).map(|((at, candidate), answer)| ((*at, candidate.parent), answer)).collect();
        let mut judged: ByColumn<Vec<Judged>> = BTreeMap::new();
        for (at, candidate) in asked {
            let contained = contained.remove(&(at, candidate.parent)).unwrap_or_default();
            judged.entry(at).or_default().extend(self.one(at, candidate, &contained));
        }
        for of in judged.values_mut() {
            self.sort(of);
        }
        Ok(judged)
    }

    fn one(&self, at: ColumnAt, candidate: &Candidate, contained: &Contained) -> Option<Judged> {
        // Nothing but zeros is nothing.
        let nothing = contained.rows == 0 && self.column(at).filled > 0;
        let indexed = is_indexed(&self.schema.tables[at.table], at.column);
        if nothing && candidate.strength < 0.9 {
            return None;
        }
        judge(self.schema, at, &self.names[&at], indexed, candidate, contained)
    }

    /// Best first; of equals the larger table, of which others hold a part.
    fn sort(&self, judged: &mut [Judged]) {
        judged.sort_by(|a, b| {
            let rows = |j: &Judged| self.schema.tables[j.parent.table].rows;
            b.score.total_cmp(&a.score).then(rows(b).cmp(&rows(a))).then(a.parent.cmp(&b.parent))
        });
    }

    /// One key in several tables, each a part of the next: a column whose values all stand in the smallest points there,
    /// unless that may be an accident.
    fn smallest(&self, judged: &mut ByColumn<Vec<Judged>>) {
        for (at, of) in judged.iter_mut() {
            let key = |j: &Judged| self.column(j.parent).name.to_lowercase();
            let Some(best) = of.first() else { continue };
            if best.contained.orphans > 0 || best.contained.rows == 0 {
                continue;
            }
            let name = key(best);
            let kind = best.evidence.iter().any(|e| matches!(e, Evidence::Kind { .. }));
            let mut chosen = 0;
            let child = self.column(*at).distinct as f64;
            let owned = self.entities.means(&self.names[at].stem.concat(), best.parent.table) > 0.8;
            for (place, other) in of.iter().enumerate().skip(1) {
                if key(other) != name || other.contained.orphans > 0 || kind || self.names[at].stem.is_empty() {
                    continue;
                }
                let (now, then) =
                    (self.column(of[chosen].parent).distinct as f64, self.column(other.parent).distinct as f64);
                let part = then / now;
                // So unlikely that all are found in a part; and it is one that is used up, or a small one where no table
                // is called after the key.
                let unlikely = part < 1.0 && child * part.log10() < -6.0;
                if unlikely && (child >= 0.9 * then || part < 0.5 && !owned) {
                    chosen = place;
                }
            }
            if chosen > 0 {
                let mut taken = of.remove(chosen);
                taken.score = taken.score.max(of[0].score);
                taken.evidence.push(Evidence::Smallest);
                of.insert(0, taken);
            }
        }
    }

    /// What columns of a name point at in other tables, one that nothing else is known of points at as well.
    fn elsewhere<V: Values>(&mut self, values: &mut V, judged: &mut ByColumn<Vec<Judged>>) -> Result<(), V::Error> {
        let mut known: HashMap<&str, BTreeMap<ColumnAt, u64>> = HashMap::new();
        for (at, of) in judged.iter() {
            if let Some(best) = of.first()
                && best.contained.rows > 0
                && best.parent.table != at.table
                && !self.names[at].stem.is_empty()
            {
                *known.entry(self.names[at].whole.as_str()).or_default().entry(best.parent).or_default() += 1;
            }
        }
        let mut more: ByColumn<Vec<Candidate>> = BTreeMap::new();
        for (at, name) in &self.names {
            let done = judged.get(at).is_some_and(|of| !of.is_empty());
            if done || name.measure || name.stem.is_empty() || name.is_plain() {
                continue;
            }
            let Some(parents) = known.get(name.whole.as_str()) else { continue };
            let (parent, tables) = parents.iter().max_by_key(|(_, tables)| **tables).expect("one was counted");
            let own_key = self.entities.keys[at.table].first() == Some(&at.column);
            let all: u64 = parents.values().sum();
            if parent.table == at.table || own_key || *tables * 5 < all * 4 {
                continue;
            }
            let (figures, there) = (self.column(*at), self.column(*parent));
            let strength = if *tables > 1 { 0.82 } else { 0.72 };
            if fits(figures, there, strength) {
                let why = vec![Evidence::Elsewhere { tables: *tables }];
                more.insert(*at, vec![Candidate { parent: *parent, strength, why, plain: false }]);
            }
        }
        let before = std::mem::replace(&mut self.candidates, more);
        let added = self.look(values)?;
        self.candidates = before;
        judged.extend(added.into_iter().filter(|(_, of)| !of.is_empty()));
        Ok(())
    }

    fn declared<V: Values>(&self, values: &mut V) -> Result<Vec<Relationship>, V::Error> {
        let mut pairs: Vec<Pair> = Vec::new();
        for (child, table) in self.schema.tables.iter().enumerate() {
            for key in &table.declared {
                let (columns, parent_columns) = (key.columns.clone(), key.parent_columns.clone());
                pairs.push(Pair { child, child_columns: columns, parent: key.parent, parent_columns });
            }
        }
        let answers = if pairs.is_empty() { Vec::new() } else { values.contained(&pairs)? };
        Ok(pairs.into_iter().zip(answers).map(|(pair, answer)| self.declared_one(pair, answer)).collect())
    }

    fn declared_one(&self, pair: Pair, contained: Contained) -> Relationship {
        let single = match pair.child_columns.as_slice() {
            [one] => Some(&self.schema.tables[pair.child].columns[*one]),
            _ => None,
        };
        let unique = single.is_some_and(crate::schema::Column::is_unique)
            || self.schema.tables[pair.child].keys.iter().any(|key| {
                key.kind != KeyKind::Index && key.columns.iter().all(|column| pair.child_columns.contains(column))
            });
        let cardinality = match contained.rows {
            0 => Cardinality::Unknown,
            _ if unique => Cardinality::OneToOne,
            _ => Cardinality::ManyToOne,
        };
        let mut evidence = vec![Evidence::Declared];
        if contained.rows == 0 {
            evidence.push(Evidence::NoValues);
        }
        if contained.zeros > 0 {
            evidence.push(Evidence::Zeros { rows: contained.zeros });
        }
        Relationship {
            child: pair.child,
            child_columns: pair.child_columns,
            parent: pair.parent,
            parent_columns: pair.parent_columns,
            origin: Origin::Declared,
            score: 1.0,
            evidence,
            contained,
            distinct: single.map_or(0, |column| column.distinct),
            cardinality,
            alternatives: Vec::new(),
        }
    }

    fn conclude(&self, judged: ByColumn<Vec<Judged>>) -> Vec<Relationship> {
        let mut found = Vec::new();
        for (at, of) in judged {
            let mut of = of.into_iter();
            let Some(best) = of.next().filter(|best| best.score >= ENOUGH) else { continue };
            let near = of.filter(|other| other.score >= best.score - NEAR && other.parent.table != best.parent.table);
            let alternatives = near.map(|other| Alternative {
                parent: other.parent.table,
                column: other.parent.column,
                score: other.score,
                coverage: other.contained.coverage(),
            });
            let alternatives: Vec<Alternative> = alternatives.take(3).collect();
            let column = self.column(at);
            let cardinality = match best.contained.rows {
                0 => Cardinality::Unknown,
                _ if column.is_unique() => Cardinality::OneToOne,
                _ => Cardinality::ManyToOne,
            };
            found.push(Relationship {
                child: at.table,
                child_columns: vec![at.column],
                parent: best.parent.table,
                parent_columns: vec![best.parent.column],
                origin: Origin::Inferred,
                score: best.score,
                evidence: best.evidence,
                contained: best.contained,
                distinct: column.distinct,
                cardinality,
                alternatives,
            });
        }
        found
    }
}

fn pair(at: ColumnAt, parent: ColumnAt) -> Pair {
    Pair { child: at.table, child_columns: vec![at.column], parent: parent.table, parent_columns: vec![parent.column] }
}

/// Whether so many of a key's values in a column would be no accident.
fn speaks(key: &crate::schema::Column) -> bool {
    match key.kind {
        ValueKind::Text => key.max_length >= 3 && key.distinct >= 3,
        ValueKind::Integer => {
            let range = key.greatest.saturating_sub(key.least).max(0) as f64 + 1.0;
            key.distinct >= 10 && (key.distinct as f64) < 0.5 * range
        }
        _ => false,
    }
}

fn is_indexed(table: &Table, column: usize) -> bool {
    table.keys.iter().any(|key| key.kind == KeyKind::Index && key.columns.first() == Some(&column))
}

/// Two keys that hold the same point at each other: the better named way is kept.
fn one_way(judged: &mut ByColumn<Vec<Judged>>) {
    let best: BTreeMap<ColumnAt, (ColumnAt, f64)> =
        judged.iter().filter_map(|(at, of)| of.first().map(|j| (*at, (j.parent, j.score)))).collect();
    for (at, (parent, score)) in &best {
        if let Some((back, theirs)) = best.get(parent)
            && back == at
            && (*score, parent) < (*theirs, at)
        {
            judged.get_mut(at).expect("it is the best of some").remove(0);
        }
    }
}
