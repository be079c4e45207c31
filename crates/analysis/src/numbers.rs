//! Numbers: where they lie, exactly as long as there are not too many different ones.

use std::collections::BTreeMap;

use super::told::{NumberBin, Numbers, Quantile};

/// So many different numbers are kept apart; then neighbours are put together, half as many.
const ROOM: usize = 32_768;
const PERCENTS: [u32; 7] = [1, 5, 25, 50, 75, 95, 99];
const BINS: usize = 20;

/// Rows by number.
#[derive(Default)]
pub(crate) struct NumberCounts {
    counts: BTreeMap<Ordered, u64>,
    /// The most rows that were put together under another number than their own.
    merged: u64,
    /// How often neighbours were put together. A number lies within at most so many of what was put together, for what
    /// comes later stands by itself again.
    times: u64,
    count: u64,
    zeros: u64,
    negatives: u64,
    mean: f64,
    /// Sum of squared differences from the mean.
    squares: f64,
    least: Option<f64>,
    greatest: f64,
}

/// A number that is none of infinity and not-a-number, in order.
#[derive(Clone, Copy, PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A number as it is plainly written; what begins with a zero is a code.
pub(crate) fn read(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let number = plain(whole) && plain(fraction) && whole.len() + fraction.len() > 0 && !digits.ends_with('.');
    let code = whole.len() > 1 && whole.starts_with('0');
    if !number || code || digits.len() > 40 || digits.is_empty() { None } else { text.parse().ok() }
}

impl NumberCounts {
    pub fn see(&mut self, number: f64, count: u64) {
        // -0 is 0.
        let number = if number == 0.0 { 0.0 } else { number };
        self.count += count;
        self.zeros += if number == 0.0 { count } else { 0 };
        self.negatives += if number < 0.0 { count } else { 0 };
        let off = number - self.mean;
        self.mean += off * count as f64 / self.count as f64;
        self.squares += off * (number - self.mean) * count as f64;
        self.least = Some(self.least.map_or(number, |least| least.min(number)));
        self.greatest = if self.count == count { number } else { self.greatest.max(number) };
        *self.counts.entry(Ordered(number)).or_default() += count;
        if self.counts.len() > ROOM {
            self.put_together();
        }
    }

    /// Each pair of neighbours under the greater of them.
    fn put_together(&mut self) {
        let mut halved = BTreeMap::new();
        let mut all = std::mem::take(&mut self.counts).into_iter();
        while let Some((first, count)) = all.next() {
            let (number, more) = all.next().map_or((first, 0), |(second, more)| (second, more));
            if more > 0 {
                self.merged = self.merged.max(count + more);
            }
            halved.insert(number, count + more);
        }
        self.counts = halved;
        self.times += 1;
    }

    pub fn conclude(self) -> Option<Numbers> {
        let least = self.least?;
        let quantiles = PERCENTS.map(|percent| Quantile { percent, value: self.quantile(percent) }).to_vec();
        let deviation = if self.count > 1 { (self.squares / (self.count - 1) as f64).max(0.0).sqrt() } else { 0.0 };
        Some(Numbers {
            count: self.count,
            zeros: self.zeros,
            negatives: self.negatives,
            least,
            greatest: self.greatest,
            mean: self.mean,
            deviation,
            quantiles,
            error_percent: ((self.merged * self.times) as f64 * 100_000.0 / self.count as f64).ceil() / 1000.0,
            histogram: self.histogram(least),
        })
    }

    fn quantile(&self, percent: u32) -> f64 {
        let wanted = (u128::from(self.count) * u128::from(percent)).div_ceil(100).max(1);
        let mut seen = 0;
        for (number, count) in &self.counts {
            seen += u128::from(*count);
            if seen >= wanted {
                return number.0;
            }
        }
        self.greatest
    }

    fn histogram(&self, least: f64) -> Vec<NumberBin> {
        if self.counts.len() <= BINS {
            return self.counts.iter().map(|(n, count)| NumberBin { from: n.0, to: n.0, count: *count }).collect();
        }
        let width = (self.greatest - least) / BINS as f64;
        let edge = |at: usize| if at == BINS { self.greatest } else { least + width * at as f64 };
        let mut bins: Vec<NumberBin> =
            (0..BINS).map(|at| NumberBin { from: edge(at), to: edge(at + 1), count: 0 }).collect();
        for (number, count) in &self.counts {
            let at = ((number.0 - least) / width) as usize;
            bins[at.min(BINS - 1)].count += count;
        }
        bins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: impl IntoIterator<Item = f64>) -> Numbers {
        let mut counts = NumberCounts::default();
        for number in numbers {
            counts.see(number, 1);
        }
        counts.conclude().unwrap()
    }

    #[test]
    fn numbers_are_read_as_they_are_plainly_written() {
        for (text, expected) in [
            ("12", Some(12.0)),
            ("-0.5", Some(-0.5)),
            (".5", Some(0.5)),
            ("0", Some(0.0)),
            ("02155", None),
            ("1,200", None),
            ("12.", None),
            ("1e3", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn figures_are_those_of_the_textbook() {
        let told = of([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!((told.mean, told.least, told.greatest), (5.0, 2.0, 9.0));
        assert!((told.deviation - 2.138_089_935).abs() < 1e-8);
        let median = told.quantiles.iter().find(|q| q.percent == 50).unwrap();
        assert_eq!((median.value, told.error_percent), (4.0, 0.0));
        assert_eq!(told.histogram.len(), 5, "each value by itself");
        let told = of([0.0, -0.0, -3.0]);
        assert_eq!((told.zeros, told.negatives, told.greatest), (2, 1, 0.0));
    }

    #[test]
    fn an_error_is_told_and_kept_where_there_are_too_many_numbers() {
        let count = 200_000_u64;
        // Not in order: 7 and 200,000 have no divisor in common.
        let told = of((0..count).map(|n| (n * 7_919 % count) as f64));
        assert!(told.error_percent > 0.0 && told.error_percent < 1.0, "{}", told.error_percent);
        for quantile in &told.quantiles {
            let exact = count as f64 * f64::from(quantile.percent) / 100.0;
            let off = (quantile.value - exact).abs() * 100.0 / count as f64;
            assert!(off <= told.error_percent, "{}: off by {off} %", quantile.percent);
        }
        assert_eq!(told.histogram.iter().map(|b| b.count).sum::<u64>(), count);
    }
}
