//! Values that differ in case, padding or inner blanks only: `Flu Shot`, `FLU SHOT `, `flu  shot`.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use xxhash_rust::xxh3::xxh3_64;

use super::told::Variants;

/// So many values of a column are compared.
const ROOM: usize = 50_000;

#[derive(Default)]
pub(crate) struct VariantCounts {
    /// By the value without what varies.
    found: HashMap<u64, Found, RandomState>,
    in_part: bool,
    scratch: String,
}

struct Found {
    first: u64,
    several: bool,
    rows: u64,
}

impl VariantCounts {
    pub fn see(&mut self, text: &str, count: u64) {
        self.scratch.clear();
        for word in text.split_whitespace() {
            if !self.scratch.is_empty() {
                self.scratch.push(' ');
            }
            self.scratch.extend(word.chars().flat_map(char::to_lowercase));
        }
        let (folded, exact) = (xxh3_64(self.scratch.as_bytes()), xxh3_64(text.as_bytes()));
        if let Some(known) = self.found.get_mut(&folded) {
            known.several |= known.first != exact;
            known.rows += count;
        } else if self.found.len() < ROOM {
            self.found.insert(folded, Found { first: exact, several: false, rows: count });
        } else {
            self.in_part = true;
        }
    }

    pub fn conclude(self) -> Option<Variants> {
        let several = self.found.values().filter(|found| found.several);
        let (values, rows) = several.fold((0, 0), |(values, rows), found| (values + 1, rows + found.rows));
        (values > 0).then_some(Variants { values, rows, in_part: self.in_part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_written_in_several_ways_is_one_value() {
        let mut counts = VariantCounts::default();
        for (text, count) in [("Flu Shot", 4), ("FLU SHOT ", 2), ("flu  shot", 1), ("Tdap", 9), ("Tdap", 1)] {
            counts.see(text, count);
        }
        assert_eq!(counts.conclude(), Some(Variants { values: 1, rows: 7, in_part: false }));
        let mut counts = VariantCounts::default();
        counts.see("Tdap", 1);
        counts.see("MMR", 1);
        assert_eq!(counts.conclude(), None);
    }
}
