//! Counts hashes. Each stands where its own bits say, or after it: to find one takes one wait for the memory, where a map
//! that keeps marks apart from entries takes two; and the places are known beforehand, so that many can be waited for
//! at once. A profile does little else.

use super::hash::{Hash, Key, Seen};

/// The fewest places, as a power of two.
const LEAST: usize = 16;

#[derive(Default)]
pub struct Counts {
    /// A power of two of places, or none; at a count of 0, nobody stands there.
    places: Vec<(Key, Seen)>,
    taken: usize,
}

impl Counts {
    /// Bytes that are held.
    pub fn held(&self) -> usize {
        self.places.capacity() * size_of::<(Key, Seen)>()
    }

    /// Counts a hash once; true if it is new, which was first seen in row `first`.
    #[inline]
    pub fn count(&mut self, key: Key, first: u32) -> bool {
        if (self.taken + 1) * 4 > self.places.len() * 3 {
            self.grow();
        }
        let at = find(&self.places, key);
        let (there, seen) = &mut self.places[at];
        seen.count += 1;
        if seen.count > 1 {
            return false;
        }
        *there = key;
        seen.first = first;
        self.taken += 1;
        true
    }

    /// Counts a hash that is there some more times.
    pub fn add(&mut self, key: Key, again: u32) {
        let at = find(&self.places, key);
        self.places[at].1.count += again;
    }

    /// Reads where these would stand.
    #[inline]
    pub fn touch(&self, hashes: &[Hash]) {
        if self.places.is_empty() {
            return;
        }
        let last = self.places.len() - 1;
        let sum = hashes.iter().fold(0, |sum, hash| sum ^ self.places[hash.0.0 as usize & last].1.count);
        // Nobody asks for the sum: the reading must not be left out for that.
        std::hint::black_box(sum);
    }

    pub fn iter(&self) -> impl Iterator<Item = &(Key, Seen)> {
        self.places.iter().filter(|(_, seen)| seen.count > 0)
    }

    /// All that were counted, in the order of their bits.
    pub fn sorted(mut self) -> Vec<(Key, Seen)> {
        self.places.retain(|(_, seen)| seen.count > 0);
        self.places.sort_unstable_by_key(|(key, _)| *key);
        self.places
    }

    #[cold]
    fn grow(&mut self) {
        let mut wider = vec![(Key::default(), Seen::default()); (self.places.len() * 2).max(LEAST)];
        for entry in self.iter() {
            let at = find(&wider, entry.0);
            wider[at] = *entry;
        }
        self.places = wider;
    }
}

/// Where a hash stands, or the free place where it would.
#[inline]
fn find(places: &[(Key, Seen)], key: Key) -> usize {
    let last = places.len() - 1;
    let mut at = key.0 as usize & last;
    loop {
        let (there, seen) = &places[at];
        if seen.count == 0 || *there == key {
            return at;
        }
        at = (at + 1) & last;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Hashes that want few places, the last among them: they stand after each other and around the end.
    #[test]
    fn hashes_that_want_the_same_place_are_counted_apart() {
        let mut counts = Counts::default();
        let mut plain: BTreeMap<Key, (u32, u32)> = BTreeMap::new();
        for row in 0..40_000_u64 {
            let key = Key(u64::MAX - (row * row) % 7, (row * 31) % 1013);
            let new = counts.count(key, row as u32 + 1);
            let entry = plain.entry(key).or_insert((row as u32 + 1, 0));
            entry.1 += 1;
            assert_eq!(new, entry.1 == 1);
            if row % 5 == 0 {
                counts.add(key, 2);
                entry.1 += 2;
            }
        }
        counts.touch(&[Hash(Key(3, 4)), Hash(Key(u64::MAX, 1))]);
        assert_eq!(counts.iter().count(), plain.len());
        let sorted: Vec<_> = counts.sorted().into_iter().map(|(key, seen)| (key, (seen.first, seen.count))).collect();
        assert_eq!(sorted, plain.into_iter().collect::<Vec<_>>());
    }
}
