//! Keys that a server numbered: integers that only ever rise. Held as a few stretches instead of one hash each; what
//! comes after the first that does not rise is counted by hash like everything else.

/// Values `from ..= to` in successive rows, the first of them in row `row` (from 1).
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: i64,
    to: i64,
    row: u32,
}

/// The rising start of a column.
#[derive(Default)]
pub struct Sequence {
    stretches: Vec<Stretch>,
    values: u64,
    ended: bool,
}

impl Sequence {
    /// Takes the value in, if the column has risen without a break so far.
    #[inline]
    pub fn follow(&mut self, value: i64, row: u32) -> bool {
        if self.ended {
            return false;
        }
        let full = self.stretches.len() as u64 >= 64 + self.values / 32;
        match self.stretches.last_mut() {
            Some(last) if value == last.to.wrapping_add(1) && i64::from(row - last.row) == value - last.from => {
                last.to = value;
            }
            Some(last) if value <= last.to || full => {
                self.ended = true;
                return false;
            }
            _ => self.stretches.push(Stretch { from: value, to: value, row }),
        }
        self.values += 1;
        true
    }

    /// From here on nothing is taken in.
    pub fn end(&mut self) {
        self.ended = true;
    }

    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The row in which a value stands.
    #[inline]
    pub fn row_of(&self, value: i64) -> Option<u32> {
        let after = self.stretches.partition_point(|s| s.from <= value);
        let stretch = self.stretches[..after].last()?;
        (value <= stretch.to).then(|| stretch.row + (value - stretch.from) as u32)
    }

    pub fn values(&self) -> u64 {
        self.values
    }

    /// Rows and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.stretches.iter().flat_map(|s| (s.from..=s.to).zip(s.row..).map(|(value, row)| (row, value)))
    }

    pub fn held(&self) -> usize {
        self.stretches.capacity() * size_of::<Stretch>()
    }
}

/// The number that is printed as just this text.
#[inline]
pub fn written_plainly(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let leads = matches!(digits, [b'1'..=b'9', ..]) || text == b"0";
    if leads { std::str::from_utf8(text).ok()?.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_column_is_held_by_its_stretches() {
        let mut sequence = Sequence::default();
        for (row, value) in [(1, -2), (2, -1), (4, 0), (5, 7), (6, 8)] {
            assert!(sequence.follow(value, row));
        }
        assert!(!sequence.follow(8, 7), "it does not rise");
        assert!(!sequence.follow(9, 8), "it has ended");
        assert_eq!(sequence.iter().collect::<Vec<_>>(), [(1, -2), (2, -1), (4, 0), (5, 7), (6, 8)]);
        assert_eq!((sequence.row_of(-1), sequence.row_of(1), sequence.row_of(8)), (Some(2), None, Some(6)));
        assert_eq!(sequence.values(), 5);
    }

    #[test]
    fn only_what_prints_alike_is_a_number() {
        for i in [0, 1, -1, 10, -90, 999_999_999_999_999_999, -999_999_999_999_999_999, i64::MAX, i64::MIN] {
            assert_eq!(written_plainly(i.to_string().as_bytes()), Some(i));
        }
        for text in [
            "",
            "-",
            "-0",
            "00",
            "01",
            "+1",
            " 1",
            "1 ",
            "1.0",
            "1e3",
            "9223372036854775808",
            "123456789012345678x",
            "１",
        ] {
            assert_eq!(written_plainly(text.as_bytes()), None, "{text}");
        }
    }
}
