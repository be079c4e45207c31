//! Which columns point at which tables: found once for a snapshot and kept beside it, with a person's word on each, and
//! the path from every table to the one whose rows are people.

mod key_set;
mod known;
#[cfg(test)]
mod measure;
mod person;
mod rows;
mod schema;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) use known::Known;
pub(super) use rows::{figure_of, figures_of};

use super::snapshots::STAGED;
use super::{Project, locked};
use crate::error::{Error, Result};
use crate::facts::{
    Relation, RelationEvidence, RelationJudged, RelationKind, RelationState, RelationshipFacts, RelationshipQuery,
    Touched,
};
use crate::mapping::{Edit, Judgement, Relationship};
use crate::progress::Watch;
use crate::source::{ColumnKey, TableKey};

/// As people read it.
pub(super) fn relation_name(child: &[ColumnKey], parent: &[ColumnKey]) -> String {
    let names = |columns: &[ColumnKey]| columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    format!("{} → {}", names(child), names(parent))
}

impl Project {
    /// What points at what, found at the first question, which takes as long as reading the snapshot once or twice; with
    /// each a person's word on it. Then the person table, and how every other table reaches it.
    pub fn relationships(&mut self, query: &RelationshipQuery, watch: &dyn Watch) -> Result<RelationshipFacts> {
        self.refresh()?;
        if let Some(table) = &query.table {
            self.staged(table)?;
        }
        let known = self.known_relationships(watch)?;
        let snapshot = self.profiled()?;
        let mut relations = self.with_words(&known);
        let order: HashMap<&TableKey, usize> =
            snapshot.tables.iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
        relations.sort_by_key(|relation| order.get(&relation.from.key).copied());
        let mut facts = person::reach(snapshot, relations)?;
        if let Some(table) = &query.table {
            facts.relations.retain(|relation| relation.from.key == *table || relation.to.key == *table);
            facts.paths.retain(|path| path.key == *table);
            facts.without_path.retain(|unreached| unreached.key == *table);
        }
        Ok(facts)
    }

    /// With each a person's word on it; what a person thought of and took back is no relationship.
    fn with_words(&self, known: &Known) -> Vec<Relation> {
        let mut relations: Vec<Relation> = known.all().cloned().collect();
        if !self.state.records.relationships.is_empty() {
            let places: HashMap<_, usize> = relations.iter().enumerate().map(|(at, one)| (ends(one), at)).collect();
            for judged in self.state.records.relationships.values() {
                // What is not there is of another snapshot.
                if let Some(&at) = places.get(&(judged.child.clone(), judged.parent.clone())) {
                    tell(&mut relations[at], judged);
                }
            }
        }
        relations.retain(|relation| relation.kind != RelationKind::Added || relation.state == RelationState::Confirmed);
        relations
    }

    /// Those that were found before, but for rejected ones; nothing is looked for now.
    pub(super) fn relations_found_before(&self) -> Result<Vec<Relation>> {
        let snapshot = self.profiled()?;
        let stamp = snapshot.stamp();
        let mut kept = locked(&self.derived.relationships);
        if kept.as_ref().is_none_or(|(made_at, _)| *made_at != stamp) {
            let Some(known) = Known::read(&self.relationships_file(&snapshot.id), &stamp) else {
                return Ok(Vec::new());
            };
            *kept = Some((stamp, Arc::new(known)));
        }
        let mut relations = kept.as_ref().map(|(_, known)| self.with_words(known)).unwrap_or_default();
        relations.retain(|relation| relation.state != RelationState::Rejected);
        Ok(relations)
    }

    fn relationships_file(&self, snapshot: &str) -> PathBuf {
        self.folder.join(STAGED).join(snapshot).join(known::FILE)
    }

    /// What was found in the snapshot in use, and what a person added, held against the rows.
    fn known_relationships(&mut self, watch: &dyn Watch) -> Result<Arc<Known>> {
        let snapshot = self.profiled()?;
        let stamp = snapshot.stamp();
        let file = self.relationships_file(&snapshot.id);
        let mut kept = locked(&self.derived.relationships);
        let mut known = match &*kept {
            Some((made_at, known)) if *made_at == stamp => Known::clone(known),
            _ => {
                let found = || -> Result<Known> {
                    let made = Known::find(snapshot, &stamp, watch)?;
                    made.write(&file, (self.environment.random)());
                    Ok(made)
                };
                Known::read(&file, &stamp).map_or_else(found, Ok)?
            }
        };
        let wanted =
            self.state.records.relationships.values().filter(|judged| judged.judgement == Judgement::Confirmed);
        if known.add(snapshot, wanted, watch)? {
            known.write(&file, (self.environment.random)());
        }
        let known = Arc::new(known);
        *kept = Some((stamp, Arc::clone(&known)));
        Ok(known)
    }

    /// A person's word: a relationship is confirmed or rejected, whether it was found or not; without a word it is as it
    /// was found.
    pub fn judge_relationship(&mut self, wanted: &RelationJudged) -> Result<Touched> {
        self.refresh()?;
        let RelationJudged { child, parent, judgement } = wanted;
        self.fit_together(child, parent)?;
        let by = self.by();
        let name = relation_name(child, parent);
        let edit = match judgement {
            Some(judgement) => Edit::new(format!("{} {name}", judgement.label())).put(Relationship {
                child: child.clone(),
                parent: parent.clone(),
                judgement: *judgement,
                who: by.who,
                when: by.at,
            }),
            None => Edit::new(format!("took back what was said of {name}"))
                .remove(Relationship::record_key(&(child.clone(), parent.clone()))),
        };
        self.edit(&edit)
    }

    fn fit_together(&self, child: &[ColumnKey], parent: &[ColumnKey]) -> Result<()> {
        let one_table = |columns: &[ColumnKey]| {
            columns.first().is_some_and(|first| columns.iter().all(|column| column.table_key() == first.table_key()))
        };
        if child.len() != parent.len() || !one_table(child) || !one_table(parent) {
            return Err(Error::refused(
                "a relationship is between columns of one table and as many of one other: write TABLE.COLUMN TABLE.COLUMN",
            ));
        }
        if child == parent {
            return Err(Error::refused("a column does not point at itself: name the column it points at"));
        }
        for column in child.iter().chain(parent) {
            if self.in_use()?.column(column)?.is_none() {
                return Err(Error::refused(format!("the snapshot in use has no column {column}")));
            }
        }
        Ok(())
    }
}

fn ends(relation: &Relation) -> (Vec<ColumnKey>, Vec<ColumnKey>) {
    let keys = |end: &crate::facts::RelationEnd| end.columns.iter().map(|column| end.key.column(column)).collect();
    (keys(&relation.from), keys(&relation.to))
}

fn tell(relation: &mut Relation, judged: &Relationship) {
    relation.who.clone_from(&judged.who);
    relation.when.clone_from(&judged.when);
    let (state, code) = match judged.judgement {
        Judgement::Confirmed => (RelationState::Confirmed, "confirmed"),
        Judgement::Rejected => (RelationState::Rejected, "rejected"),
    };
    relation.state = state;
    if state == RelationState::Confirmed {
        relation.confidence = 1.0;
    }
    let text = format!("{} {code} it", judged.who);
    relation.evidence.insert(0, RelationEvidence { code: code.to_owned(), text });
}
