//! How many tests a runner says it ran, from its own closing lines.

use std::fmt;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    skipped: u64,
    /// Passed only when they were run again.
    flaky: u64,
}

impl Tally {
    /// Knows the closing lines of libtest, Vitest, Playwright and node's own runner.
    pub fn hear(&mut self, line: &str) {
        let words: Vec<&str> =
            line.split(|c: char| c.is_whitespace() || ";()|".contains(c)).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["test", "result:", ..] | ["Tests", ..] => self.count(&words),
            // Playwright gives a line to each kind: "  12 passed (3.4s)", "  1 skipped".
            [number, "passed" | "skipped" | "flaky", ..] if number.parse::<u64>().is_ok() => {
                self.count(&words);
            }
            ["#" | "ℹ", "pass", number] => self.passed += number.parse().unwrap_or(0),
            ["#" | "ℹ", "skipped", number] => self.skipped += number.parse().unwrap_or(0),
            _ => {}
        }
    }

    fn count(&mut self, words: &[&str]) {
        for pair in words.windows(2) {
            let number: u64 = pair[0].parse().unwrap_or(0);
            match pair[1] {
                "passed" => self.passed += number,
                "ignored" | "skipped" => self.skipped += number,
                "flaky" => self.flaky += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed", self.passed)?;
        if self.flaky > 0 {
            write!(f, ", {} only the second time", self.flaky)?;
        }
        if self.skipped > 0 {
            write!(f, ", {} not run here", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(lines: &str) -> Tally {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| tally.hear(line));
        tally
    }

    #[test]
    fn each_runner_is_understood() {
        let two = |passed, skipped| Tally { passed, skipped, flaky: 0 };
        let libtest = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 1 filtered out; \
                       finished in 0.00s\ntest result: ok. 4 passed; 0 failed; 0 ignored; 0 measured";
        assert_eq!(heard(libtest), two(16, 3));
        let vitest = " Test Files  2 passed (2)\n      Tests  7 passed | 1 skipped (8)\n";
        assert_eq!(heard(vitest), two(7, 1));
        assert_eq!(heard("  1 skipped\n  5 passed (3.2s)\n"), two(5, 1));
        let flaky = heard("  1 flaky\n    e2e/map.spec.ts:1:1 › a map\n  5 passed (3.2s)\n");
        assert_eq!(flaky.to_string(), "5 passed, 1 only the second time");
        assert_eq!(heard("ℹ pass 9\nℹ fail 0\nℹ skipped 0\n"), two(9, 0));
        assert_eq!(heard("rows passed on: 3\npassed 4\n"), two(0, 0));
    }
}
