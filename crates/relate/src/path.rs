//! How each table reaches the one that holds people: from child to parent only, over what can be trusted most.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A relationship as a step from its child to its parent.
#[derive(Debug, Clone)]
pub struct Step {
    pub child: usize,
    pub parent: usize,
    /// From 0 (a guess) to 1 (declared, or confirmed).
    pub trust: f64,
    /// Share of the child's rows that find their parent, from 0 to 1.
    pub coverage: f64,
}

/// Of every table, the steps to `person` as places among `steps`, first the table's own; `None` where there is no way.
/// The person table's own way is empty.
pub fn paths(tables: usize, person: usize, steps: &[Step]) -> Vec<Option<Vec<usize>>> {
    let mut cost = vec![f64::INFINITY; tables];
    let mut via: Vec<Option<usize>> = vec![None; tables];
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); tables];
    for (at, step) in steps.iter().enumerate() {
        into[step.parent].push(at);
    }
    cost[person] = 0.0;
    let mut open = BinaryHeap::from([Reverse((Cost(0.0), person))]);
    while let Some(Reverse((Cost(so_far), table))) = open.pop() {
        if so_far > cost[table] {
            continue;
        }
        for &at in &into[table] {
            let step = &steps[at];
            let now = so_far + price(step);
            if step.child != step.parent && now < cost[step.child] {
                cost[step.child] = now;
                via[step.child] = Some(at);
                open.push(Reverse((Cost(now), step.child)));
            }
        }
    }
    (0..tables).map(|table| cost[table].is_finite().then(|| walk(table, person, &via, steps))).collect()
}

fn walk(table: usize, person: usize, via: &[Option<usize>], steps: &[Step]) -> Vec<usize> {
    let mut way = Vec::new();
    let mut at = table;
    while at != person {
        let Some(step) = via[at] else { break };
        way.push(step);
        at = steps[step].parent;
    }
    way
}

/// A step costs one; a doubtful one costs more, and so does one that loses rows.
fn price(step: &Step) -> f64 {
    1.0 + 3.0 * (1.0 - step.trust) + 2.0 * (1.0 - step.coverage)
}

#[derive(PartialEq)]
struct Cost(f64);

impl Eq for Cost {}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_up_over_what_can_be_trusted() {
        let step = |child, parent, trust, coverage| Step { child, parent, trust, coverage };
        // 0 person, 1 visit, 2 result, 3 list of units, 4 alone.
        let steps = [
            step(1, 0, 1.0, 1.0),
            step(2, 1, 1.0, 1.0),
            step(2, 0, 0.2, 0.5),
            step(2, 3, 1.0, 1.0),
            step(1, 3, 1.0, 1.0),
            step(1, 1, 1.0, 1.0),
        ];
        let ways = paths(5, 0, &steps);
        assert_eq!(ways[0], Some(vec![]));
        assert_eq!(ways[1], Some(vec![0]));
        assert_eq!(ways[2], Some(vec![1, 0]), "two sure steps rather than a guess that loses half the rows");
        assert_eq!(ways[3], None, "a list that many point at is no bridge");
        assert_eq!(ways[4], None);
    }
}
