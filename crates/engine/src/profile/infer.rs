//! What a column's values look like, whatever its declared type. Strict: every value that is not blank must fit.

use std::cmp::Ordering;

use analysis::dates::{DATES, Stamp, may_be_date};

use super::InferredType;

/// What the whole column says, beside the shapes of its values.
pub struct Evidence {
    pub filled: u64,
    /// Without blank values.
    pub distinct: u64,
    pub max_length: u64,
    pub binary: u64,
    /// Declared unique by itself.
    pub keyed: bool,
}

pub struct Verdict {
    pub inferred: InferredType,
    pub format: Option<&'static str>,
    /// Of numbers and dates; text has the bytewise one.
    pub range: Option<(Vec<u8>, Vec<u8>)>,
}

/// Shapes that all values so far have.
pub struct Shape {
    seen: bool,
    integer: bool,
    decimal: bool,
    words: Words,
    /// A value holds white space inside or is longer than an id.
    spaced: bool,
    /// Every value has a digit.
    digits: bool,
    integers: Option<(i64, i64)>,
    decimals: Option<(Vec<u8>, Vec<u8>)>,
    dates: Dates,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            seen: false,
            integer: true,
            decimal: true,
            words: Words::default(),
            spaced: false,
            digits: true,
            integers: None,
            decimals: None,
            dates: Dates::default(),
        }
    }
}

/// Pairs of words that stand for yes and no; the bits of those that all values so far belong to.
#[derive(Clone, Copy)]
struct Words(u8);

const PAIRS: [[&str; 2]; 6] = [["1", "0"], ["y", "n"], ["yes", "no"], ["t", "f"], ["true", "false"], ["on", "off"]];

impl Default for Words {
    fn default() -> Self {
        Self((1 << PAIRS.len()) - 1)
    }
}

impl Words {
    fn see(&mut self, text: &[u8]) {
        if self.0 == 0 {
            return;
        }
        for (bit, pair) in PAIRS.iter().enumerate() {
            if !pair.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(text)) {
                self.0 &= !(1 << bit);
            }
        }
    }
}

#[derive(Default)]
struct Dates {
    dead: bool,
    timed: bool,
    /// Per format: least and greatest.
    ranges: Option<Box<[Option<Range>; DATES.len()]>>,
}

struct Range {
    least: (Stamp, Vec<u8>),
    greatest: (Stamp, Vec<u8>),
}

impl Shape {
    pub fn see_binary(&mut self) {
        self.seen = true;
        self.integer = false;
        self.decimal = false;
        self.words = Words(0);
        self.dates.dead = true;
        self.dates.ranges = None;
    }

    pub fn see_integer(&mut self, i: i64) {
        self.seen = true;
        self.integers = Some(self.integers.map_or((i, i), |(a, b)| (a.min(i), b.max(i))));
        if self.words.0 != 0 {
            self.words.see(itoa::Buffer::new().format(i).as_bytes());
        }
        if self.decimal && !self.integer {
            self.widen(itoa::Buffer::new().format(i).as_bytes());
        }
        if !self.dates.dead {
            self.dates.see(itoa::Buffer::new().format(i).as_bytes());
        }
    }

    pub fn see_text(&mut self, text: &[u8]) {
        self.seen = true;
        if !self.spaced {
            self.spaced = text.len() > 64 || text.iter().any(u8::is_ascii_whitespace);
        }
        if self.digits {
            self.digits = text.iter().any(u8::is_ascii_digit);
        }
        self.words.see(text);
        if self.integer || self.decimal {
            self.see_number(text);
        }
        if !self.dates.dead {
            self.dates.see(text);
        }
    }

    fn see_number(&mut self, text: &[u8]) {
        match numeral(text) {
            Some(Numeral::Integer(Some(i))) if self.integer => {
                self.integers = Some(self.integers.map_or((i, i), |(a, b)| (a.min(i), b.max(i))));
            }
            Some(_) if self.decimal => {
                if self.integer {
                    self.integer = false;
                    if let Some((least, greatest)) = self.integers {
                        self.widen(least.to_string().as_bytes());
                        self.widen(greatest.to_string().as_bytes());
                    }
                }
                self.widen(text);
            }
            _ => {
                self.integer = false;
                self.decimal = false;
                self.decimals = None;
            }
        }
    }

    fn widen(&mut self, text: &[u8]) {
        match &mut self.decimals {
            None => self.decimals = Some((text.to_vec(), text.to_vec())),
            Some((least, greatest)) => {
                if by_value(text, least) == Ordering::Less {
                    *least = text.to_vec();
                } else if by_value(text, greatest) == Ordering::Greater {
                    *greatest = text.to_vec();
                }
            }
        }
    }

    pub fn conclude(self, evidence: &Evidence) -> Verdict {
        let plain = |inferred| Verdict { inferred, format: None, range: None };
        if !self.seen || evidence.filled == 0 {
            return plain(InferredType::Empty);
        }
        let numbers = if self.integer {
            self.integers.map(|(a, b)| (a.to_string().into_bytes(), b.to_string().into_bytes()))
        } else if self.decimal {
            self.decimals.clone()
        } else {
            None
        };
        let dates = self.dates.conclude();
        let range = dates.as_ref().map(|d| (d.least.clone(), d.greatest.clone())).or(numbers);
        let constant = evidence.distinct == 1 && evidence.filled > 1;
        let unique = evidence.distinct == evidence.filled;
        let inferred = if constant {
            InferredType::Constant
        } else if evidence.binary > 0 {
            InferredType::Binary
        } else if let Some(dates) = &dates {
            if dates.timed { InferredType::Datetime } else { InferredType::Date }
        } else if self.words.0 != 0 {
            InferredType::Boolean
        } else if self.integer {
            let id = unique && (evidence.keyed || evidence.filled >= 100);
            if id { InferredType::Identifier } else { InferredType::Integer }
        } else if self.decimal {
            InferredType::Decimal
        } else if unique && !self.spaced && self.digits && (evidence.keyed || evidence.filled >= 20) {
            InferredType::Identifier
        } else if evidence.max_length <= 64 && evidence.distinct <= 200 && evidence.distinct * 5 <= evidence.filled {
            InferredType::Code
        } else if evidence.keyed && !self.spaced {
            InferredType::Identifier
        } else {
            InferredType::Text
        };
        Verdict { inferred, format: dates.map(|d| d.format), range }
    }
}

/// Rising dates replace the greatest every time.
fn keep(bound: &mut (Stamp, Vec<u8>), stamp: Stamp, text: &[u8]) {
    bound.0 = stamp;
    bound.1.clear();
    bound.1.extend_from_slice(text);
}

struct DateVerdict {
    format: &'static str,
    timed: bool,
    least: Vec<u8>,
    greatest: Vec<u8>,
}

impl Dates {
    /// Only formats that fitted every value so far are tried.
    fn see(&mut self, text: &[u8]) {
        let first = self.ranges.is_none();
        let ranges = self.ranges.get_or_insert_with(|| Box::new([const { None }; DATES.len()]));
        let may_be = may_be_date(text);
        let mut alive = false;
        for (slot, format) in ranges.iter_mut().zip(&DATES) {
            if !first && slot.is_none() {
                continue;
            }
            let Some((stamp, timed)) = (if may_be { format.stamp(text) } else { None }) else {
                *slot = None;
                continue;
            };
            alive = true;
            self.timed |= timed;
            match slot {
                None => *slot = Some(Range { least: (stamp, text.to_vec()), greatest: (stamp, text.to_vec()) }),
                Some(range) if stamp < range.least.0 => keep(&mut range.least, stamp, text),
                Some(range) if stamp > range.greatest.0 => keep(&mut range.greatest, stamp, text),
                Some(_) => {}
            }
        }
        if !alive {
            self.dead = true;
            self.ranges = None;
        }
    }

    fn conclude(&self) -> Option<DateVerdict> {
        let ranges = self.ranges.as_ref()?;
        // Where two formats fit every value (03/04/2019), the one listed first stands.
        let (index, range) = ranges.iter().enumerate().find_map(|(i, r)| r.as_ref().map(|r| (i, r)))?;
        let format = if self.timed { DATES[index].timed } else { DATES[index].plain };
        Some(DateVerdict {
            format,
            timed: self.timed,
            least: range.least.1.clone(),
            greatest: range.greatest.1.clone(),
        })
    }
}

enum Numeral {
    /// `None`: beyond 64 bits.
    Integer(Option<i64>),
    Decimal,
}

/// Reads a number as people write it; a leading zero makes it a code.
fn numeral(text: &[u8]) -> Option<Numeral> {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    let (mantissa, exponent) = match digits.iter().position(|b| *b == b'e' || *b == b'E') {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let (whole, part) = match mantissa.iter().position(|b| *b == b'.') {
        Some(at) => (&mantissa[..at], Some(&mantissa[at + 1..])),
        None => (mantissa, None),
    };
    let number = |d: &[u8]| d.iter().all(u8::is_ascii_digit);
    if !number(whole) || !part.is_none_or(number) || whole.is_empty() && part.is_none_or(<[u8]>::is_empty) {
        return None;
    }
    if whole.len() > 1 && whole[0] == b'0' {
        return None;
    }
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
        if digits.is_empty() || digits.len() > 3 || !number(digits) {
            return None;
        }
        return Some(Numeral::Decimal);
    }
    if part.is_some() {
        return Some(Numeral::Decimal);
    }
    Some(Numeral::Integer(std::str::from_utf8(text).ok().and_then(|t| t.parse().ok())))
}

/// Compares two numerals of any length; those with an exponent by their nearest floats.
pub fn by_value(a: &[u8], b: &[u8]) -> Ordering {
    let scientific = |t: &[u8]| t.iter().any(|b| b.eq_ignore_ascii_case(&b'e'));
    if scientific(a) || scientific(b) {
        let float = |t: &[u8]| std::str::from_utf8(t).ok().and_then(|t| t.parse::<f64>().ok()).unwrap_or(f64::NAN);
        return float(a).total_cmp(&float(b));
    }
    let (a, b) = (Parts::of(a), Parts::of(b));
    match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => a.size(&b),
        (true, true) => b.size(&a),
    }
}

struct Parts<'a> {
    negative: bool,
    whole: &'a [u8],
    part: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(text: &'a [u8]) -> Self {
        let negative = text.first() == Some(&b'-');
        let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
        let (whole, part) = match digits.iter().position(|b| *b == b'.') {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, &[][..]),
        };
        let whole = &whole[whole.iter().take_while(|b| **b == b'0').count()..];
        let end = part.len() - part.iter().rev().take_while(|b| **b == b'0').count();
        let part = &part[..end];
        Self { negative: negative && !(whole.is_empty() && part.is_empty()), whole, part }
    }

    fn size(&self, other: &Self) -> Ordering {
        self.whole.len().cmp(&other.whole.len()).then(self.whole.cmp(other.whole)).then(self.part.cmp(other.part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn infer(values: &[&str]) -> (InferredType, Option<&'static str>, Option<(String, String)>) {
        let mut shape = Shape::default();
        for v in values {
            shape.see_text(v.as_bytes());
        }
        let distinct = values.iter().collect::<std::collections::BTreeSet<_>>().len() as u64;
        let evidence = Evidence {
            filled: values.len() as u64,
            distinct,
            max_length: values.iter().map(|v| v.len() as u64).max().unwrap_or(0),
            binary: 0,
            keyed: false,
        };
        let v = shape.conclude(&evidence);
        let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
        (v.inferred, v.format, v.range.map(|(a, b)| (text(a), text(b))))
    }

    /// What it shows, values, what they are, their format, their range.
    type Case<'a> = (&'a str, Vec<&'a str>, InferredType, Option<&'a str>, Option<(String, String)>);

    #[test]
    fn columns_are_what_all_their_values_are() {
        use InferredType as T;
        let range = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        let many: Vec<String> = (0..25).map(|i| format!("E{i:05}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let cases: Vec<Case> = vec![
            ("numbers by value, not by letter", vec!["9", "10", "-2"], T::Integer, None, range("-2", "10")),
            ("a leading zero is a code", vec!["02155", "10001", "02155"], T::Text, None, None),
            (
                "decimals beyond a float",
                vec!["0.10000000000000000001", "0.1", "3"],
                T::Decimal,
                None,
                range("0.1", "3"),
            ),
            (
                "an integer beyond 64 bits",
                vec!["99999999999999999999", "1"],
                T::Decimal,
                None,
                range("1", "99999999999999999999"),
            ),
            (
                "ISO dates with a zero date",
                vec!["2019-02-01", "0000-00-00"],
                T::Date,
                Some("YYYY-MM-DD"),
                range("0000-00-00", "2019-02-01"),
            ),
            (
                "month and day told apart by one value",
                vec!["03/04/2019", "13/04/2019"],
                T::Date,
                Some("D/M/YYYY"),
                range("03/04/2019", "13/04/2019"),
            ),
            (
                "ambiguous all along",
                vec!["03/04/2019", "04/03/2018"],
                T::Date,
                Some("M/D/YYYY"),
                range("04/03/2018", "03/04/2019"),
            ),
            (
                "packed dates are not integers",
                vec!["20190301", "20181231"],
                T::Date,
                Some("YYYYMMDD"),
                range("20181231", "20190301"),
            ),
            ("a day that does not exist", vec!["2019-02-31", "2019-02-01"], T::Text, None, None),
            (
                "some with a time",
                vec!["2019-02-01 08:30:00", "2019-02-01"],
                T::Datetime,
                Some("YYYY-MM-DD hh:mm:ss"),
                range("2019-02-01", "2019-02-01 08:30:00"),
            ),
            ("yes and no", vec!["Y", "n", "Y"], T::Boolean, None, None),
            ("ones and zeros", vec!["1", "0", "1"], T::Boolean, None, range("0", "1")),
            ("one value only", vec!["HQ", "HQ"], T::Constant, None, None),
            ("codes repeat", vec!["a", "b", "a", "b", "a", "b", "a", "b", "a", "b"], T::Code, None, None),
            ("every one its own", many, T::Identifier, None, None),
            ("words", vec!["seen today", "left early", "seen today"], T::Text, None, None),
        ];
        for (name, values, inferred, format, range) in cases {
            assert_eq!(infer(&values), (inferred, format, range), "{name}");
        }
    }

    #[test]
    fn numerals_compare_by_value() {
        for (a, b, expected) in [
            ("2", "10", Ordering::Less),
            ("-2", "-10", Ordering::Greater),
            ("0.5", "0.50", Ordering::Equal),
            ("-0", "0", Ordering::Equal),
            ("1e3", "999", Ordering::Greater),
            (".5", "0.45", Ordering::Greater),
        ] {
            assert_eq!(by_value(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }
}
