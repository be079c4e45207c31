//! Whom the rows of a table are about, and how many people hold a value: rare is what few people hold, however many
//! rows repeat it.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use crate::source::{Cell, TableKey};

/// Values that fewer people hold are suppressed; fewer rows, where no row says whom it is about.
pub const RARE: u64 = 11;

/// How a person is told from the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// By these columns of the row, taken together.
    Here(Vec<String>),
    /// By the row of another table, whose `key` this column holds, and there by those columns.
    There { column: String, table: TableKey, key: String, people: Vec<String> },
}

/// What stands for a value, or for a person, where people are counted.
pub fn mark(text: &[u8]) -> u64 {
    xxh3_64(text)
}

/// The values of a column that enough people hold.
#[derive(Debug, Clone, Default)]
pub struct Common(HashSet<u64>);

impl Common {
    pub fn holds(&self, text: &str) -> bool {
        self.0.contains(&mark(text.as_bytes()))
    }

    pub fn holds_cell(&self, cell: &Cell) -> bool {
        match cell {
            Cell::Null | Cell::Bytes(_) => false,
            Cell::Integer(number) => self.holds(&number.to_string()),
            Cell::Text(text) => self.holds(text),
        }
    }
}

impl<'a> FromIterator<&'a str> for Common {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        Self(texts.into_iter().map(|text| mark(text.as_bytes())).collect())
    }
}

impl FromIterator<u64> for Common {
    fn from_iter<I: IntoIterator<Item = u64>>(marks: I) -> Self {
        Self(marks.into_iter().collect())
    }
}

/// Values of one table whose people are kept count of at once. What comes up when there are so many is rare.
const ROOM: usize = 50_000;

/// Counts the people who hold each value of some columns, as far as it takes to be no rarity.
pub struct Holders {
    columns: Vec<Column>,
    room: usize,
    /// Values asked about that are rare so far; `None` where any value is.
    open: Option<usize>,
}

#[derive(Default)]
struct Column {
    asked: bool,
    /// The people of values that are rare so far.
    few: HashMap<u64, Vec<u64>>,
    common: HashSet<u64>,
}

impl Holders {
    /// Of whatever values come by in so many columns.
    pub fn of_all(columns: usize) -> Self {
        Self { columns: (0..columns).map(|_| Column::default()).collect(), room: ROOM, open: None }
    }

    /// Of these values of each column.
    pub fn of(asked: impl IntoIterator<Item = HashSet<u64>>) -> Self {
        let columns: Vec<Column> = asked
            .into_iter()
            .map(|values| Column {
                asked: true,
                few: values.into_iter().map(|value| (value, Vec::new())).collect(),
                common: HashSet::new(),
            })
            .collect();
        let open = columns.iter().map(|column| column.few.len()).sum();
        Self { columns, room: 0, open: Some(open) }
    }

    /// Takes in one row. False once nothing more is to be learnt.
    pub fn see(&mut self, person: Option<u64>, values: &[Option<u64>]) -> bool {
        if let Some(person) = person {
            for (column, value) in self.columns.iter_mut().zip(values) {
                let Some(value) = value else { continue };
                let taken = usize::from(!column.asked && !column.few.contains_key(value));
                if column.common.contains(value) || taken > self.room {
                    continue;
                }
                if column.see(*value, person) {
                    self.open = self.open.map(|open| open - 1);
                }
                self.room -= taken;
            }
        }
        self.open != Some(0)
    }

    /// In the order of the columns.
    pub fn conclude(self) -> Vec<Common> {
        self.columns.into_iter().map(|column| Common(column.common)).collect()
    }
}

impl Column {
    /// True where the value is rare no longer.
    fn see(&mut self, value: u64, person: u64) -> bool {
        let people = if self.asked {
            match self.few.get_mut(&value) {
                Some(people) => people,
                None => return false,
            }
        } else {
            self.few.entry(value).or_default()
        };
        if people.contains(&person) {
            return false;
        }
        people.push(person);
        let common = people.len() as u64 >= RARE;
        if common {
            self.few.remove(&value);
            self.common.insert(value);
        }
        common
    }
}

/// Whether the values of a column are people's own: each person's is the same in all of their rows, and nobody else's.
#[derive(Debug, Default)]
pub struct Tie {
    /// By value: who held it first, in how many rows, and whether another did.
    values: HashMap<u64, Held>,
    /// By person: the first value, in how many rows, and whether there was another.
    people: HashMap<u64, Held>,
}

#[derive(Debug)]
struct Held {
    first: u64,
    rows: u32,
    others: bool,
}

/// Fewer people, or values, that came up again say nothing.
const ENOUGH: usize = 3;

impl Tie {
    pub fn see(&mut self, person: u64, value: u64) {
        for (map, key, other) in [(&mut self.values, value, person), (&mut self.people, person, value)] {
            let held = map.entry(key).or_insert(Held { first: other, rows: 0, others: false });
            held.rows += 1;
            held.others |= held.first != other;
        }
    }

    /// `None` where too few came up again to tell.
    pub fn is_own(&self) -> Option<bool> {
        let (steady, people) = Self::single(&self.people);
        let (owned, values) = Self::single(&self.values);
        let told = people >= ENOUGH && values >= ENOUGH;
        told.then_some(steady * 10 >= people * 7 && owned * 10 >= values * 7)
    }

    /// Whether hardly a value has two people, though each may have several.
    pub fn is_nobody_elses(&self) -> Option<bool> {
        let (owned, values) = Self::single(&self.values);
        (values >= ENOUGH && self.people.len() >= ENOUGH).then_some(owned * 10 >= values * 9)
    }

    /// Whether it is clear that several people hold the same values.
    pub fn is_shared(&self) -> bool {
        self.is_own() == Some(false) && self.is_nobody_elses() == Some(false)
    }

    /// Of what came up again: how many have one partner, and how many there are.
    fn single(map: &HashMap<u64, Held>) -> (usize, usize) {
        let again = map.values().filter(|held| held.rows > 1);
        again.fold((0, 0), |(single, all), held| (single + usize::from(!held.others), all + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> HashSet<u64> {
        text.split(' ').map(|value| mark(value.as_bytes())).collect()
    }

    #[test]
    fn a_value_is_common_when_enough_people_hold_it() {
        // What it shows, people and rows each, whether 11 of them are enough.
        for (trap, people, rows, common) in [
            ("one person's own, over and over", 1, 40, false),
            ("one too few", 10, 5, false),
            ("enough, a row each", 11, 1, true),
            ("more than enough", 200, 3, true),
        ] {
            for mut holders in [Holders::of_all(1), Holders::of([marks("x y")])] {
                for _ in 0..rows {
                    for person in 0..people {
                        holders.see(Some(person), &[Some(mark(b"x"))]);
                    }
                }
                let found = holders.conclude();
                assert_eq!(found[0].holds("x"), common, "{trap}");
                assert!(!found[0].holds("y"), "{trap}");
            }
        }
    }

    #[test]
    fn rows_about_nobody_count_for_nobody() {
        let mut holders = Holders::of_all(2);
        for _ in 0..100 {
            holders.see(None, &[Some(mark(b"x")), None]);
        }
        assert!(!holders.conclude()[0].holds("x"));
    }

    #[test]
    fn looking_ends_once_every_value_asked_about_is_common() {
        let mut holders = Holders::of([marks("x"), marks("y")]);
        let row = [Some(mark(b"x")), Some(mark(b"y"))];
        let seen = (0..100).take_while(|person| holders.see(Some(*person), &row)).count();
        assert_eq!(seen as u64, RARE - 1);
    }

    #[test]
    fn without_room_a_value_stays_rare() {
        let mut holders = Holders::of_all(1);
        for value in 0..ROOM as u64 {
            holders.see(Some(0), &[Some(value)]);
        }
        for person in 0..50 {
            holders.see(Some(person), &[Some(mark(b"late"))]);
            holders.see(Some(person), &[Some(7)]);
        }
        let found = holders.conclude();
        assert!(!found[0].holds("late"));
        assert!(found[0].0.contains(&7));
    }

    #[test]
    fn own_values_are_told_from_shared_and_from_changing_ones() {
        let rows = |value: fn(u64, u64) -> u64| {
            let mut tie = Tie::default();
            for visit in 0..12 {
                for person in 0..15 {
                    tie.see(person, value(person, visit));
                }
            }
            tie.is_own()
        };
        for (trap, found, expected) in [
            ("a number of each person's own", rows(|person, _| person + 5_000), Some(true)),
            (
                "changed once by a few",
                rows(|person, visit| person + u64::from(person < 3 && visit > 6) * 500),
                Some(true),
            ),
            ("two of a household share it", rows(|person, _| if person < 4 { person / 2 } else { person }), Some(true)),
            ("one of three supervisors", rows(|person, _| person % 3), Some(false)),
            ("a status", rows(|_, visit| visit % 4), Some(false)),
            ("measured anew every time", rows(|person, visit| person * 7 % 11 + visit), Some(false)),
            ("another number in every row", rows(|person, visit| person * 1_000 + visit), None),
        ] {
            assert_eq!(found, expected, "{trap}");
        }
    }
}
