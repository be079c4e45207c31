//! The rows of a snapshot as the rules look at them: keys are read into sets, as many at a time as memory is set aside
//! for, and each table that may point at them is read once for all its columns.

use std::collections::{BTreeMap, HashMap, HashSet};

use relate::{ColumnAt, Contained, EXAMPLES, Pair, Sampled};
use xxhash_rust::xxh3::xxh3_64;

use super::super::snapshots::InUse;
use super::key_set::{KeySet, Shape};
use crate::error::Result;
use crate::progress::{Progress, Watch};
use crate::source::Cell;
use crate::store::staging::marks::{Mark, Stretch};
use crate::store::staging::{StagedColumn, StagedTable};

/// For the sets of keys that are held at a time.
const MEMORY: u64 = 128 << 20;
/// Rows of a table that a column is sampled from, and different values that are taken of it.
const SAMPLED_ROWS: u64 = 2_000;
const SAMPLED: usize = 32;
/// Different orphans of a pair that are told apart.
const ORPHANS: usize = 200;

pub struct Rows<'a> {
    snapshot: &'a InUse,
    watch: &'a dyn Watch,
    memory: u64,
}

/// A key that pairs point at: its table and its columns.
type KeyAt = (usize, Vec<usize>);

/// Keys, or parts of one, that are held at a time.
struct Held {
    sets: HashMap<KeyAt, KeySet>,
}

impl<'a> Rows<'a> {
    pub fn of(snapshot: &'a InUse, watch: &'a dyn Watch) -> Self {
        Self { snapshot, watch, memory: MEMORY }
    }

    /// With so many bytes for keys.
    #[cfg(test)]
    pub fn within(self, memory: u64) -> Self {
        Self { memory, ..self }
    }

    fn table(&self, at: usize) -> &'a StagedTable {
        &self.snapshot.tables[at].1
    }

    fn columns(&self, table: usize, columns: &[usize]) -> Result<Vec<&'a StagedColumn>> {
        let all = self.snapshot.columns(self.table(table))?;
        Ok(columns.iter().map(|at| &all[*at]).collect())
    }

    /// Reads all tables' columns in turn, telling how far it is.
    fn read(
        &self,
        phase: &str,
        tables: &BTreeMap<usize, Vec<usize>>,
        rows: Stretch,
        mut each: impl FnMut(usize, u64, &[Mark]),
    ) -> Result<()> {
        let counted = |at: usize| match rows {
            Stretch::All => self.table(at).rows,
            Stretch::Some(some) => self.table(at).rows.min(some),
        };
        let total = tables.keys().map(|at| counted(*at)).sum();
        let mut done = 0;
        for (&table, columns) in tables {
            let step = |more: u64| {
                done += more;
                let (phase, rows) = (phase.to_owned(), done);
                self.watch.step(&Progress { phase, done: done.min(total), total, unit: "rows", rows })
            };
            let columns = self.columns(table, columns)?;
            self.snapshot
                .staging
                .marks(self.table(table), &columns, rows, step, |row, marks| each(table, row, marks))?;
        }
        Ok(())
    }

    fn shape(&self, (table, columns): &KeyAt) -> Result<Shape> {
        let known = self.columns(*table, columns)?;
        let range = match known.as_slice() {
            [one] => range(one),
            _ => None,
        };
        Ok(Shape { rows: self.table(*table).rows, range })
    }

    /// Keys by the turns in which they are held: a turn's fit into memory, and one that does not by itself has a turn for
    /// each part.
    fn turns(&self, keys: &[KeyAt]) -> Result<Vec<Vec<(KeyAt, u64, u64)>>> {
        let mut turns: Vec<Vec<(KeyAt, u64, u64)>> = vec![Vec::new()];
        let mut used = 0;
        for key in keys {
            let bytes = self.shape(key)?.bytes();
            if bytes > self.memory {
                let parts = bytes.div_ceil(self.memory);
                for part in 0..parts {
                    turns.insert(0, vec![(key.clone(), part, parts)]);
                }
                continue;
            }
            if used + bytes > self.memory {
                turns.push(Vec::new());
                used = 0;
            }
            used += bytes;
            turns.last_mut().expect("there is one").push((key.clone(), 0, 1));
        }
        turns.retain(|turn| !turn.is_empty());
        Ok(turns)
    }

    fn hold(&self, phase: &str, turn: &[(KeyAt, u64, u64)]) -> Result<Held> {
        let mut sets: HashMap<KeyAt, KeySet> = HashMap::new();
        let mut asked: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (key, part, parts) in turn {
            sets.insert(key.clone(), KeySet::empty(self.shape(key)?, *part, *parts));
            add(&mut asked, key.0, &key.1);
        }
        // Of each table: the keys, and where their columns stand among those that are read.
        let mut by_table: BTreeMap<usize, Vec<(Vec<usize>, KeySet)>> = BTreeMap::new();
        let mut keys: BTreeMap<usize, Vec<KeyAt>> = BTreeMap::new();
        for (key, set) in sets.drain() {
            let places = places(&asked[&key.0], &key.1);
            by_table.entry(key.0).or_default().push((places, set));
            keys.entry(key.0).or_default().push(key);
        }
        self.read(phase, &asked, Stretch::All, |table, _, marks| {
            for (places, set) in by_table.get_mut(&table).into_iter().flatten() {
                set.add(together(places, marks));
            }
        })?;
        for (table, of) in by_table {
            for (key, (_, mut set)) in keys.remove(&table).unwrap_or_default().into_iter().zip(of) {
                set.close();
                sets.insert(key, set);
            }
        }
        Ok(Held { sets })
    }
}

/// The answer to a pair, as it adds up.
struct Counting<'a> {
    at: usize,
    places: Vec<usize>,
    set: &'a KeySet,
    holds_zero: bool,
}

impl relate::Values for Rows<'_> {
    type Error = crate::Error;

    fn sample(&mut self, children: &[ColumnAt], parents: &[ColumnAt]) -> Result<Vec<Sampled>> {
        let (mut asked, mut there) = (BTreeMap::new(), BTreeMap::new());
        for child in children {
            add(&mut asked, child.table, &[child.column]);
        }
        for parent in parents {
            add(&mut there, parent.table, &[parent.column]);
        }
        let mut wanted: HashMap<u64, Vec<ColumnAt>, foldhash::fast::RandomState> = HashMap::default();
        let mut taken: HashMap<ColumnAt, Vec<u64>> = HashMap::new();
        self.read("Sampling columns", &asked, Stretch::Some(SAMPLED_ROWS), |table, _, marks| {
            for (mark, &column) in marks.iter().zip(&asked[&table]) {
                let Some(figure) = mark.figure() else { continue };
                let at = ColumnAt { table, column };
                let of = taken.entry(at).or_default();
                if of.len() < SAMPLED && !of.contains(&figure) {
                    of.push(figure);
                    wanted.entry(figure).or_default().push(at);
                }
            }
        })?;
        let mut held: BTreeMap<(ColumnAt, ColumnAt), u32> = BTreeMap::new();
        self.read("Looking for their values in keys", &there, Stretch::All, |table, _, marks| {
            for (mark, &column) in marks.iter().zip(&there[&table]) {
                let Some(children) = mark.figure().and_then(|figure| wanted.get(&figure)) else { continue };
                let parent = ColumnAt { table, column };
                for child in children.iter().filter(|child| **child != parent) {
                    *held.entry((*child, parent)).or_default() += 1;
                }
            }
        })?;
        let told = held.into_iter().map(|((child, parent), held)| {
            let of = taken[&child].len() as u32;
            Sampled { child, parent, held: held.min(of), of }
        });
        Ok(told.collect())
    }

    fn contained(&mut self, pairs: &[Pair]) -> Result<Vec<Contained>> {
        let mut answers = vec![Contained::default(); pairs.len()];
        let mut orphans: Vec<Vec<u64>> = vec![Vec::new(); pairs.len()];
        let mut keys: Vec<KeyAt> = pairs.iter().map(|pair| (pair.parent, pair.parent_columns.clone())).collect();
        keys.sort();
        keys.dedup();
        let turns = self.turns(&keys)?;
        for (number, turn) in turns.iter().enumerate() {
            let which = if turns.len() > 1 { format!(" ({} of {})", number + 1, turns.len()) } else { String::new() };
            let held = self.hold(&format!("Reading keys{which}"), turn)?;
            let mut asked: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut by_table: BTreeMap<usize, Vec<Counting<'_>>> = BTreeMap::new();
            let of_turn = |pair: &Pair| held.sets.get(&(pair.parent, pair.parent_columns.clone()));
            for pair in pairs.iter().filter(|pair| of_turn(pair).is_some()) {
                add(&mut asked, pair.child, &pair.child_columns);
            }
            for (at, pair) in pairs.iter().enumerate() {
                let Some(set) = of_turn(pair) else { continue };
                let places = places(&asked[&pair.child], &pair.child_columns);
                let holds_zero = pair.child_columns.len() > 1 || set.holds(Mark::Integer(0)) == Some(true);
                by_table.entry(pair.child).or_default().push(Counting { at, places, set, holds_zero });
            }
            self.read(&format!("Comparing columns with keys{which}"), &asked, Stretch::All, |table, row, marks| {
                for counting in by_table.get(&table).into_iter().flatten() {
                    let mark = together(&counting.places, marks);
                    let Some(holds) = counting.set.holds(mark) else { continue };
                    let answer = &mut answers[counting.at];
                    if !holds && mark == Mark::Integer(0) && !counting.holds_zero {
                        answer.zeros += 1;
                        continue;
                    }
                    answer.rows += 1;
                    if !holds {
                        orphan(answer, &mut orphans[counting.at], row, mark);
                    }
                }
            })?;
        }
        for (answer, of) in answers.iter_mut().zip(orphans) {
            answer.orphan_values = of.len() as u64;
        }
        Ok(answers)
    }
}

fn orphan(answer: &mut Contained, of: &mut Vec<u64>, row: u64, mark: Mark) {
    answer.orphans += 1;
    // In turns, later ones may find earlier rows.
    if answer.examples.len() < EXAMPLES || answer.examples.last().is_some_and(|last| row < *last) {
        let at = answer.examples.partition_point(|other| *other < row);
        answer.examples.insert(at, row);
        answer.examples.truncate(EXAMPLES);
    }
    if answer.many_orphans {
        return;
    }
    let figure = mark.figure().unwrap_or_default();
    if let Err(at) = of.binary_search(&figure) {
        if of.len() < ORPHANS {
            of.insert(at, figure);
        } else {
            answer.many_orphans = true;
        }
    }
}

/// One mark for several columns; none where one of them has none.
fn together(places: &[usize], marks: &[Mark]) -> Mark {
    let [first, rest @ ..] = places else { return Mark::None };
    if rest.is_empty() {
        return marks[*first];
    }
    let mut bytes = Vec::with_capacity(places.len() * 8);
    for place in places {
        let Some(figure) = marks[*place].figure() else { return Mark::None };
        bytes.extend_from_slice(&figure.to_le_bytes());
    }
    Mark::Other(xxh3_64(&bytes))
}

/// One figure for the marks of a key's columns; `None` where one of them holds nothing.
pub fn figure_of(marks: &[Mark]) -> Option<u64> {
    let places: Vec<usize> = (0..marks.len()).collect();
    together(&places, marks).figure()
}

/// The same of keys that were read.
pub fn figures_of(keys: &[Vec<Cell>]) -> HashSet<u64> {
    let figure = |key: &Vec<Cell>| figure_of(&key.iter().map(Mark::of_cell).collect::<Vec<_>>());
    keys.iter().filter_map(figure).collect()
}

/// Adds columns of a table to those that are read, in order, each once.
fn add(asked: &mut BTreeMap<usize, Vec<usize>>, table: usize, columns: &[usize]) {
    let of = asked.entry(table).or_default();
    for column in columns {
        if let Err(at) = of.binary_search(column) {
            of.insert(at, *column);
        }
    }
}

fn places(read: &[usize], columns: &[usize]) -> Vec<usize> {
    columns.iter().map(|column| read.binary_search(column).expect("it is read")).collect()
}

/// Least and greatest, where both are whole numbers. `000123` is a code: it meets texts, not numbers.
pub fn range(column: &StagedColumn) -> Option<(i64, i64)> {
    Some((whole(&column.min)?, whole(&column.max)?))
}

fn whole(cell: &Cell) -> Option<i64> {
    match Mark::of_cell(cell) {
        Mark::Integer(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_zeros_before_it_is_no_number() {
        let cases = [("7", Some(7)), ("-7", Some(-7)), ("0", Some(0)), ("007", None), ("+7", None), ("7.0", None)];
        for (text, expected) in cases {
            assert_eq!(whole(&Cell::Text(text.to_owned())), expected, "{text}");
        }
    }
}
