//! The values of a key, held so that millions of rows can be looked up in them: a bit a number where the numbers are
//! close together, else eight bytes a value.

use crate::store::staging::marks::Mark;

/// What is known of a key before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub rows: u64,
    /// Least and greatest, where all are integers.
    pub range: Option<(i64, i64)>,
}

impl Shape {
    /// Numbers close enough for a bit each: no more than a figure each would take.
    fn bits(self) -> Option<(i64, u64)> {
        let (least, greatest) = self.range?;
        let bits = greatest.checked_sub(least)?.unsigned_abs().checked_add(1)?;
        (bits <= (self.rows * 64).max(1 << 20)).then_some((least, bits))
    }

    /// Bytes that the set takes at most.
    pub fn bytes(self) -> u64 {
        self.bits().map_or(self.rows * 9 + 1024, |(_, bits)| bits / 8 + 64)
    }
}

/// The part of a key's values whose figures leave `part` when divided by `parts`; all of them where there is one part.
pub struct KeySet {
    part: u64,
    parts: u64,
    values: Values,
}

enum Values {
    /// With the figures of what is out of the range, or no number after all.
    Bits {
        least: i64,
        bits: Vec<u64>,
        count: u64,
        others: Vec<u64>,
    },
    Figures {
        sorted: Vec<u64>,
        starts: Vec<u32>,
        shift: u32,
    },
}

impl KeySet {
    pub fn empty(shape: Shape, part: u64, parts: u64) -> Self {
        let values = match shape.bits() {
            Some((least, bits)) if parts == 1 => {
                Values::Bits { least, bits: vec![0; bits.div_ceil(64) as usize], count: bits, others: Vec::new() }
            }
            _ => Values::Figures {
                sorted: Vec::with_capacity((shape.rows / parts) as usize + 16),
                starts: Vec::new(),
                shift: 0,
            },
        };
        Self { part, parts, values }
    }

    pub fn add(&mut self, mark: Mark) {
        match (&mut self.values, mark) {
            (_, Mark::None) => {}
            (Values::Bits { least, bits, count, others }, mark) => match placed(*least, *count, mark) {
                Some(at) => bits[at / 64] |= 1 << (at % 64),
                None => others.extend(mark.figure()),
            },
            (Values::Figures { sorted, .. }, mark) => {
                let figure = mark.figure().expect("something stands there");
                if self.parts == 1 || figure % self.parts == self.part {
                    sorted.push(figure);
                }
            }
        }
    }

    /// When all was added.
    pub fn close(&mut self) {
        let (sorted, starts, shift) = match &mut self.values {
            Values::Bits { others, .. } => return others.sort_unstable(),
            Values::Figures { sorted, starts, shift } => (sorted, starts, shift),
        };
        sorted.sort_unstable();
        sorted.dedup();
        // About four values a place.
        let places = (sorted.len() as u64 / 4).max(1).next_power_of_two().min(1 << 24);
        *shift = 64 - places.trailing_zeros();
        starts.clear();
        starts.reserve(places as usize + 1);
        let mut at = 0;
        for first in 0..places {
            while at < sorted.len() && top(sorted[at], *shift) < first {
                at += 1;
            }
            starts.push(at as u32);
        }
        starts.push(sorted.len() as u32);
    }

    /// Whether it holds a value; `None` where the value is of another part, or nothing.
    pub fn holds(&self, mark: Mark) -> Option<bool> {
        match (&self.values, mark) {
            (_, Mark::None) => None,
            (Values::Bits { least, bits, count, others }, mark) => Some(match placed(*least, *count, mark) {
                Some(at) => (bits[at / 64] >> (at % 64)) & 1 == 1,
                None => others.binary_search(&mark.figure()?).is_ok(),
            }),
            (Values::Figures { sorted, starts, shift }, mark) => {
                let figure = mark.figure()?;
                if self.parts > 1 && figure % self.parts != self.part {
                    return None;
                }
                let first = top(figure, *shift) as usize;
                let (from, to) = (starts[first] as usize, starts[first + 1] as usize);
                Some(sorted[from..to].contains(&figure))
            }
        }
    }
}

/// A figure's upper bits.
fn top(figure: u64, shift: u32) -> u64 {
    figure.checked_shr(shift).unwrap_or(0)
}

fn placed(least: i64, count: u64, mark: Mark) -> Option<usize> {
    let Mark::Integer(number) = mark else { return None };
    let at = number.checked_sub(least).and_then(|at| u64::try_from(at).ok())?;
    (at < count).then_some(at as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_was_added_is_held_and_nothing_else() {
        for (trap, range, parts, step) in [
            ("close together", Some((1, 3000)), 1, 3),
            ("far apart", Some((1, 1 << 40)), 1, 1 << 28),
            ("in parts", Some((1, 3000)), 4, 3),
            ("no numbers alone", None, 1, 3),
        ] {
            let shape = Shape { rows: 1000, range };
            let mut sets: Vec<KeySet> = (0..parts).map(|part| KeySet::empty(shape, part, parts)).collect();
            for set in &mut sets {
                (0..1000).for_each(|n| set.add(Mark::Integer(1 + n * step)));
                set.close();
            }
            let held = |mark| sets.iter().find_map(|set| set.holds(mark));
            for n in 0..1000 {
                assert_eq!(held(Mark::Integer(1 + n * step)), Some(true), "{trap} {n}");
                assert_eq!(held(Mark::Integer(2 + n * step)), Some(false), "{trap} {n}");
            }
            assert_eq!(held(Mark::Integer(0)), Some(false), "{trap}");
            assert_eq!(held(Mark::Integer(i64::MIN)), Some(false), "{trap}");
            assert_eq!(held(Mark::None), None, "{trap}");
            assert_eq!(held(Mark::Other(5)), Some(false), "{trap}");
        }
    }
}
