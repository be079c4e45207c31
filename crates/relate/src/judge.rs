//! How much names and values weigh together.

use crate::chance::chance;
use crate::evidence::Evidence;
use crate::naming::Name;
use crate::schema::{Column, Schema, ValueKind};
use crate::values::{ColumnAt, Contained};

/// A parent that may be a column's.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub parent: ColumnAt,
    /// What the name is worth; 0 where values alone suggest it.
    pub strength: f64,
    pub why: Vec<Evidence>,
    pub plain: bool,
}

/// A candidate that was looked at.
#[derive(Debug, Clone)]
pub struct Judged {
    pub parent: ColumnAt,
    pub score: f64,
    pub evidence: Vec<Evidence>,
    pub contained: Contained,
}

/// Who scores less is no relationship.
pub const ENOUGH: f64 = 0.62;

/// Whether a key can be what a column points at, by the look of their values.
pub fn fits(child: &Column, parent: &Column, strength: f64) -> bool {
    match (child.kind, parent.kind) {
        (ValueKind::Other, _) | (_, ValueKind::Other) | (ValueKind::Text, ValueKind::Integer) => false,
        (ValueKind::Nothing, _) => may_be_key(&child.declared_type) && are_alike(&child.declared_type, parent),
        (_, ValueKind::Nothing) => false,
        (ValueKind::Integer, ValueKind::Integer) => {
            // Nothing in common, so nothing to be found.
            child.greatest >= parent.least && child.least <= parent.greatest
        }
        (ValueKind::Text, ValueKind::Text) => child.min_length <= parent.max_length,
        // Codes of which only the numbers are in use.
        (ValueKind::Integer, ValueKind::Text) => strength >= 0.8,
    }
}

/// Whether a declared type is one that keys have: it decides where there are no values.
fn may_be_key(declared: &str) -> bool {
    let declared = declared.to_lowercase();
    let never =
        ["date", "time", "float", "double", "real", "blob", "text", "bit", "bool", "image", "money", "json", "xml"];
    !never.iter().any(|word| declared.contains(word)) && !declared.starts_with("tinyint(1)")
}

/// Whether a column that holds nothing was meant for such values: no text for numbers.
fn are_alike(declared: &str, parent: &Column) -> bool {
    let declared = declared.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    match parent.kind {
        ValueKind::Integer => !has(&["char", "clob", "string"]),
        ValueKind::Text => !has(&["int", "number", "numeric", "decimal", "serial"]),
        _ => true,
    }
}

/// What the name and the values say together; `None`: no relationship.
pub fn judge(
    schema: &Schema,
    at: ColumnAt,
    name: &Name,
    indexed: bool,
    candidate: &Candidate,
    contained: &Contained,
) -> Option<Judged> {
    let child = &schema.tables[at.table].columns[at.column];
    let parent = &schema.tables[candidate.parent.table].columns[candidate.parent.column];
    let mut evidence = candidate.why.clone();
    let judged = |score: f64, evidence| Judged {
        parent: candidate.parent,
        score: (score * 1000.0).round() / 1000.0,
        evidence,
        contained: contained.clone(),
    };
    if contained.rows == 0 {
        evidence.push(Evidence::NoValues);
        // `source field id` among fields: of another row, or of something else.
        if candidate.parent.table == at.table && !candidate.why.contains(&Evidence::OwnTable) {
            return None;
        }
        let wide = name.id || !candidate.plain && candidate.strength >= 0.8;
        let score = candidate.strength * if wide { 0.9 } else { 0.6 };
        return (score >= ENOUGH).then(|| judged(score, evidence));
    }
    let chance = chance(child, parent);
    let values = found(contained, child.distinct);
    let weight = (chance.against / 6.0).min(1.0);
    if !name_suffices(child, name, candidate, contained, chance.against, chance.spread) {
        return None;
    }
    let support = 0.7 * weight + 0.3 * (1.0 - weight) * reach(child, parent, chance.spread);
    let mut score = 1.0 - (1.0 - candidate.strength) * (1.0 - support);
    score *= toll(contained.coverage());
    if indexed {
        score += (1.0 - score) * 0.15;
        evidence.push(Evidence::Indexed);
    }
    evidence.push(values);
    if contained.zeros > 0 {
        evidence.push(Evidence::Zeros { rows: contained.zeros });
    }
    if chance.against >= 6.0 {
        evidence.push(Evidence::Unlikely);
    } else if candidate.strength < 0.9 && chance.against < 1.0 {
        evidence.push(Evidence::AnyWouldFit);
    }
    (score >= ENOUGH).then(|| judged(score, evidence))
}

fn found(contained: &Contained, distinct: u64) -> Evidence {
    if contained.orphans == 0 {
        Evidence::AllFound { values: distinct.saturating_sub(u64::from(contained.zeros > 0)) }
    } else {
        Evidence::MostFound { rows: contained.rows - contained.orphans, of: contained.rows }
    }
}

/// Plain numbers that go as far as the key does are rather its than a counter's or a state's.
fn reach(child: &Column, parent: &Column, spread: f64) -> f64 {
    if child.distinct < 3 {
        return 0.0;
    }
    let used = (child.distinct as f64 / parent.distinct.max(1) as f64).min(1.0);
    (spread * 0.6 + used * 0.6).min(1.0)
}

/// What orphans cost: a legacy system has some, but a column of them points elsewhere.
fn toll(coverage: f64) -> f64 {
    match coverage {
        c if c >= 0.999 => 1.0,
        c if c >= 0.9 => 0.9 + (c - 0.9),
        c if c >= 0.5 => 0.62 + (c - 0.5) * 0.7,
        _ => 0.0,
    }
}

/// Whether what speaks for a candidate is enough to believe it at all.
fn name_suffices(
    child: &Column,
    name: &Name,
    candidate: &Candidate,
    contained: &Contained,
    against: f64,
    spread: f64,
) -> bool {
    let coverage = contained.coverage();
    match candidate.strength {
        // The values alone.
        s if s < 0.3 => {
            let many = if child.is_guid() { 3 } else { 10 };
            let named = name.tailed || child.distinct >= 30 && child.kind == ValueKind::Text;
            coverage >= 0.99 && child.distinct >= many && against >= 8.0 && spread >= 0.3 && !name.measure && named
        }
        s if s < 0.6 => coverage >= 0.99 && (against >= 3.0 || child.distinct >= 3 && spread >= 0.5),
        s if s < 0.8 => coverage >= 0.95 && (child.distinct > 2 || name.tailed),
        // `order`, `status`: the table, or a number.
        _ if candidate.plain => coverage >= 0.99 && (against >= 3.0 || spread >= 0.5 && child.distinct >= 3),
        _ => coverage >= 0.5,
    }
}
