//! What was found in a snapshot, kept in a file beside it: finding it takes minutes in a large one.

use std::io::Write;
use std::path::Path;

use relate::{Cardinality, Contained, Evidence, Origin, Pair, Values};
use serde::{Deserialize, Serialize};

use super::super::snapshots::InUse;
use super::rows::Rows;
use super::schema::schema_of;
use crate::disk::{self, Part};
use crate::error::Result;
use crate::facts::{
    Relation, RelationAlternative, RelationCardinality, RelationEnd, RelationEvidence, RelationKind, RelationState,
};
use crate::mapping::Relationship;
use crate::progress::Watch;
use crate::source::ColumnKey;

pub const FILE: &str = "relationships.json";
/// Raised whenever the rules or the file's shape change: it is made anew then.
const FORMAT: u32 = 2;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    format: u32,
    /// Of the rows that it was found in.
    stamp: String,
    found: Vec<Relation>,
    /// A person thought of these.
    added: Vec<Relation>,
}

impl Known {
    pub fn find(snapshot: &InUse, stamp: &str, watch: &dyn Watch) -> Result<Self> {
        let schema = schema_of(snapshot)?;
        let found = relate::relate(&schema, &mut Rows::of(snapshot, watch))?;
        let found = found.iter().map(|one| relation(snapshot, one)).collect::<Result<_>>()?;
        Ok(Self { format: FORMAT, stamp: stamp.to_owned(), found, added: Vec::new() })
    }

    /// `None` where there is none, or it is of other rows or rules.
    pub fn read(file: &Path, stamp: &str) -> Option<Self> {
        let read: Self = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
        (read.format == FORMAT && read.stamp == stamp).then_some(read)
    }

    /// Where it cannot be kept it is found again the next time.
    pub fn write(&self, file: &Path, random: u64) {
        let Ok(part) = Part::of(file, random) else { return };
        let text = serde_json::to_vec(self).expect("facts are plain data");
        let opened = disk::private().create(true).truncate(true).open(part.path());
        let written = opened.and_then(|mut opened| opened.write_all(&text)).and_then(|()| disk::force(part.path()));
        if written.is_ok() {
            let _ = part.name();
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Relation> {
        self.found.iter().chain(&self.added)
    }

    /// Holds those against the rows that were not found; whether there was one.
    pub fn add<'a>(
        &mut self,
        snapshot: &InUse,
        wanted: impl Iterator<Item = &'a Relationship>,
        watch: &dyn Watch,
    ) -> Result<bool> {
        let mut pairs: Vec<Pair> = Vec::new();
        for judged in wanted {
            let ends = (judged.child.clone(), judged.parent.clone());
            if self.all().all(|relation| super::ends(relation) != ends) {
                pairs.extend(pair(snapshot, judged)?);
            }
        }
        if pairs.is_empty() {
            return Ok(false);
        }
        let answers = Rows::of(snapshot, watch).contained(&pairs)?;
        for (pair, contained) in pairs.into_iter().zip(answers) {
            let column = match pair.child_columns.as_slice() {
                [one] => Some(&snapshot.columns(&snapshot.tables[pair.child].1)?[*one]),
                _ => None,
            };
            let unique = column.is_some_and(|column| column.figures.distinct == column.figures.filled());
            let cardinality = if unique { Cardinality::OneToOne } else { Cardinality::ManyToOne };
            let one = relate::Relationship {
                child: pair.child,
                child_columns: pair.child_columns,
                parent: pair.parent,
                parent_columns: pair.parent_columns,
                origin: Origin::Added,
                score: 1.0,
                evidence: Vec::new(),
                contained,
                distinct: column.map_or(0, |column| column.figures.distinct),
                cardinality,
                alternatives: Vec::new(),
            };
            self.added.push(relation(snapshot, &one)?);
        }
        Ok(true)
    }
}

/// `None` where a column is not in the snapshot.
fn pair(snapshot: &InUse, judged: &Relationship) -> Result<Option<Pair>> {
    let places = |columns: &[ColumnKey]| -> Result<Option<(usize, Vec<usize>)>> {
        let Some(first) = columns.first() else { return Ok(None) };
        let table = first.table_key();
        let Some(at) = snapshot.tables.iter().position(|(key, _)| *key == table) else { return Ok(None) };
        let all = snapshot.columns(&snapshot.tables[at].1)?;
        let place = |column: &ColumnKey| all.iter().position(|there| there.name == column.column());
        Ok(columns.iter().map(place).collect::<Option<Vec<usize>>>().map(|places| (at, places)))
    };
    let (Some((child, child_columns)), Some((parent, parent_columns))) =
        (places(&judged.child)?, places(&judged.parent)?)
    else {
        return Ok(None);
    };
    Ok(Some(Pair { child, child_columns, parent, parent_columns }))
}

fn relation(snapshot: &InUse, one: &relate::Relationship) -> Result<Relation> {
    let evidence = |why: &Evidence| RelationEvidence { code: why.code().to_owned(), text: why.sentence() };
    let coverage = |contained: &Contained| (contained.rows > 0).then(|| rounded(contained.coverage()));
    let mut alternatives = Vec::new();
    for other in &one.alternatives {
        let to = end(snapshot, other.parent, &[other.column])?;
        let (confidence, coverage) = (rounded(other.score), Some(rounded(other.coverage)));
        alternatives.push(RelationAlternative { to, confidence, coverage });
    }
    Ok(Relation {
        from: end(snapshot, one.child, &one.child_columns)?,
        to: end(snapshot, one.parent, &one.parent_columns)?,
        kind: match one.origin {
            Origin::Declared => RelationKind::Declared,
            Origin::Inferred => RelationKind::Inferred,
            Origin::Added => RelationKind::Added,
        },
        state: RelationState::Proposed,
        confidence: rounded(one.score),
        coverage: coverage(&one.contained),
        rows: one.contained.rows,
        orphans: one.contained.orphans,
        orphan_values: one.contained.orphan_values,
        zeros: one.contained.zeros,
        distinct: one.distinct,
        cardinality: match one.cardinality {
            Cardinality::OneToOne => RelationCardinality::OneToOne,
            Cardinality::ManyToOne => RelationCardinality::ManyToOne,
            Cardinality::Unknown => RelationCardinality::Unknown,
        },
        examples: one.contained.examples.clone(),
        evidence: one.evidence.iter().map(evidence).collect(),
        alternatives,
        who: String::new(),
        when: String::new(),
    })
}

/// To four places; what is not all is never shown as all.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}

fn end(snapshot: &InUse, table: usize, columns: &[usize]) -> Result<RelationEnd> {
    let (key, staged) = &snapshot.tables[table];
    let all = snapshot.columns(staged)?;
    Ok(RelationEnd {
        key: key.clone(),
        database: staged.database.clone(),
        table: staged.name.clone(),
        columns: columns.iter().map(|at| all[*at].name.clone()).collect(),
    })
}
