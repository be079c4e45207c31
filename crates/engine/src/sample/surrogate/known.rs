//! What was found out while a workbook is made: the same value stands in many cells.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::super::leak::Depth;
use super::super::{Class, Treatment};
use super::Deidentified;

type Texts<T> = HashMap<Box<str>, T, RandomState>;

/// So many values are remembered; then it begins anew. About 20 MB.
const ROOM: usize = 200_000;

#[derive(Default)]
pub(super) struct Known {
    /// By class, header and domain, on which it depends what a value is replaced by.
    columns: HashMap<(Class, String, String), usize>,
    /// By the number of the column.
    replaced: Vec<Texts<Deidentified>>,
    /// Whether a text holds somebody's identifier, by how deep it was searched.
    searched: HashMap<Depth, Texts<bool>>,
    held: usize,
}

impl Known {
    /// The number that a column shares with those that replace a value in the same way.
    pub fn alike(&mut self, treatment: &Treatment) -> usize {
        let key = (treatment.class, treatment.column.clone(), treatment.domain.clone());
        let next = self.replaced.len();
        let number = *self.columns.entry(key).or_insert(next);
        if number == next {
            self.replaced.push(Texts::default());
        }
        number
    }

    pub fn replaced(&self, alike: usize, text: &str) -> Option<&Deidentified> {
        self.replaced[alike].get(text)
    }

    pub fn keep(&mut self, alike: usize, text: &str, made: &Deidentified) {
        self.make_room();
        self.replaced[alike].insert(text.into(), made.clone());
    }

    pub fn is_somebodys(&mut self, depth: Depth, text: &str, search: impl FnOnce() -> bool) -> bool {
        if let Some(known) = self.searched.get(&depth).and_then(|texts| texts.get(text)) {
            return *known;
        }
        self.make_room();
        let found = search();
        self.searched.entry(depth).or_default().insert(text.into(), found);
        found
    }

    fn make_room(&mut self) {
        self.held += 1;
        if self.held > ROOM {
            self.replaced.iter_mut().for_each(Texts::clear);
            self.searched.clear();
            self.held = 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_out_is_found_out_once_and_forgotten_in_time() {
        let mut known = Known::default();
        assert!(known.is_somebodys(Depth::Source, "Okafor", || true));
        assert!(known.is_somebodys(Depth::Source, "Okafor", || panic!("it is known")));
        assert!(!known.is_somebodys(Depth::Counted, "Okafor", || false), "each depth by itself");
        for number in 0..ROOM {
            known.is_somebodys(Depth::Source, &number.to_string(), || false);
        }
        assert!(known.held <= ROOM && known.searched[&Depth::Source].len() <= ROOM);
    }
}
