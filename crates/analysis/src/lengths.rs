//! How long values are.

use std::collections::BTreeMap;

use super::told::{LengthBin, Lengths, Truncation};

/// Up to here each length is counted by itself; above, lengths share a bin as wide as it is far.
const APART: u64 = 64;

#[derive(Default)]
pub(crate) struct LengthCounts {
    /// By the length, or the least of its bin.
    bins: BTreeMap<u64, u64>,
    least: Option<u64>,
    greatest: u64,
    /// Rows of the greatest length, and of the length one below it.
    at_greatest: u64,
    below_greatest: u64,
    /// Different texts of the greatest length, as far as they came apart.
    different: u64,
    sum: u128,
    rows: u64,
}

impl LengthCounts {
    pub fn see(&mut self, length: u64, count: u64) {
        self.see_text(length, count, false);
    }

    /// `words`: of letters, as what is cut off is; a code of the greatest length is whole.
    pub fn see_text(&mut self, length: u64, count: u64, words: bool) {
        *self.bins.entry(start(length)).or_default() += count;
        self.least = Some(self.least.map_or(length, |least| least.min(length)));
        if self.rows == 0 || length > self.greatest {
            self.below_greatest = if self.rows > 0 && length == self.greatest + 1 { self.at_greatest } else { 0 };
            self.greatest = length;
            (self.at_greatest, self.different) = (0, 0);
        }
        if length == self.greatest {
            self.at_greatest += count;
            self.different += u64::from(words);
        } else if length + 1 == self.greatest {
            self.below_greatest += count;
        }
        self.sum += u128::from(length) * u128::from(count);
        self.rows += count;
    }

    pub fn conclude(&self) -> Lengths {
        let mean = if self.rows == 0 { 0.0 } else { self.sum as f64 / self.rows as f64 };
        let bins = self.bins.iter().map(|(from, count)| LengthBin { from: *from, to: end(*from), count: *count });
        Lengths { least: self.least.unwrap_or(0), greatest: self.greatest, mean, bins: bins.collect() }
    }

    /// Text of many lengths, of which the longest is had by more rows than chance would have it.
    pub fn truncation(&self, declared: Option<u64>) -> Option<Truncation> {
        let varied = self.bins.len() >= 4 && self.greatest >= 10;
        let declared = declared.filter(|declared| *declared > 0);
        let at_declared = declared == Some(self.greatest);
        // A column that is wider than its longest value has cut nothing itself; whoever filled it may have.
        // One word that is the longest of a list was not cut.
        let enough = self.different >= 5 && self.at_greatest > 3 * self.below_greatest.max(1);
        let share = self.at_greatest * 200 >= self.rows;
        (varied && enough && (at_declared || share)).then_some(Truncation {
            length: self.greatest,
            count: self.at_greatest,
            declared: at_declared,
        })
    }
}

/// The least length of the bin that a length belongs to.
fn start(length: u64) -> u64 {
    if length <= APART { length } else { 1 << length.ilog2() }
}

fn end(start: u64) -> u64 {
    if start < APART { start } else { (start * 2).saturating_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case<'a> = (&'a str, &'a [(u64, u64)], Option<u64>, Option<bool>);

    fn of(lengths: &[(u64, u64)]) -> LengthCounts {
        let mut counts = LengthCounts::default();
        for (length, count) in lengths {
            for _ in 0..*count {
                counts.see_text(*length, 1, true);
            }
        }
        counts
    }

    #[test]
    fn the_longest_word_of_a_list_was_not_cut() {
        let mut counts = LengthCounts::default();
        for (length, count) in [(4, 100), (7, 300), (9, 80), (12, 300), (16, 340)] {
            counts.see(length, count);
        }
        assert_eq!(counts.truncation(None), None);
    }

    #[test]
    fn lengths_are_counted_apart_as_far_as_a_chart_can_show_them() {
        let told = of(&[(3, 2), (63, 1), (65, 1), (127, 4), (128, 1)]).conclude();
        let bins: Vec<(u64, u64, u64)> = told.bins.iter().map(|b| (b.from, b.to, b.count)).collect();
        assert_eq!(bins, [(3, 3, 2), (63, 63, 1), (64, 127, 5), (128, 255, 1)]);
        assert_eq!((told.least, told.greatest), (3, 128));
    }

    #[test]
    fn many_values_of_the_greatest_length_may_have_been_cut() {
        let notes = [(4, 10), (12, 20), (17, 15), (29, 2), (30, 40)];
        let cases: &[Case<'_>] = &[
            ("notes cut at the declared length", &notes, Some(30), Some(true)),
            ("notes cut before they came", &notes, Some(255), Some(false)),
            ("a code of one length", &[(10, 500)], Some(10), None),
            ("names that happen to be long", &[(4, 50), (9, 20), (12, 3), (20, 1)], Some(20), None),
            ("codes of two lengths", &[(5, 40), (10, 60)], Some(10), None),
        ];
        for (trap, lengths, declared, expected) in cases {
            assert_eq!(of(lengths).truncation(*declared).map(|t| t.declared), *expected, "{trap}");
        }
    }
}
