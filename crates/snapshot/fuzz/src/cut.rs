//! An input that ends too early.

use super::reading::Reading;

/// Places to cut at, drawn evenly over the length: `count` of them, and those next to either end.
pub fn points(length: usize, count: usize) -> Vec<usize> {
    let mut points: Vec<usize> = (0..count).map(|i| length * i / count.max(1)).collect();
    points.extend([1, length.saturating_sub(1), length.saturating_sub(2)]);
    points.retain(|p| *p < length);
    points.sort_unstable();
    points.dedup();
    points
}

/// Rows of the front are those of the whole, in their order. Where others come, the reader says that something is wrong,
/// and `may_differ` of the last rows need no such word: nobody can tell that a last cell goes on.
pub fn holds(whole: &Reading, front: &Reading, may_differ: usize, at: usize) {
    let same = whole.rows.iter().zip(&front.rows).take_while(|(a, b)| a == b).count();
    let other = front.rows.len() - same;
    assert!(other <= may_differ || front.warns(), "cut at {at}: {other} rows that the whole does not hold, unsaid");
    assert!(
        front.error.is_some()
            || front.rows.len() <= whole.rows.len() + whole.rejects().count() + may_differ
            || front.warns(),
        "cut at {at}: {} rows where the whole has {}",
        front.rows.len(),
        whole.rows.len()
    );
}
