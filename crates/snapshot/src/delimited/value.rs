//! What a field looks like: the evidence that a file was cut where its writer cut it.

/// What a field of a sample looks like. Fields of one column look alike where the file is read as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Look {
    /// Nothing but blanks.
    Empty,
    /// `NULL`, `N/A`, `\N` and the like.
    NoValue,
    Number,
    Date,
    Time,
    DateTime,
    /// A pressure, a height, a ratio, a range: numbers joined by a mark.
    Measure,
    /// A code, an identifier, an address of the net: no blank in it.
    Code,
    /// A few words.
    Words,
    /// Sentences, or anything that no other look fits.
    Prose,
    /// Left over from a cut in the wrong place: half a pair of quotes or brackets.
    Torn,
}

impl Look {
    /// How much it speaks for a field being whole, from 0 to 1.
    pub fn worth(self) -> f64 {
        match self {
            Self::Date | Self::DateTime | Self::Time => 1.0,
            Self::Number | Self::Measure => 0.97,
            Self::NoValue | Self::Empty => 0.9,
            Self::Code => 0.93,
            Self::Words => 0.88,
            Self::Prose => 0.7,
            Self::Torn => 0.0,
        }
    }

    /// Values that a header would not hold.
    pub fn is_value(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Time | Self::DateTime | Self::Measure)
    }

    /// What a field without its quotes looks like.
    pub fn of(text: &[u8]) -> Self {
        let text = text.trim_ascii();
        let Some(&first) = text.first() else { return Self::Empty };
        if text.len() <= 64 {
            if first.is_ascii_digit() || b"+-.,$(\xa3\xe2<>=~%".contains(&first) || text.len() < 5 {
                if no_value(text) {
                    return Self::NoValue;
                }
                if number(text) {
                    return Self::Number;
                }
                if let Some(found) = moment(text) {
                    return found;
                }
                if measure(text) {
                    return Self::Measure;
                }
            } else if first.is_ascii_alphabetic()
                && let Some(found) = named_moment(text).or_else(|| no_value(text).then_some(Self::NoValue))
            {
                return found;
            }
        }
        words(text)
    }
}

fn no_value(text: &[u8]) -> bool {
    const NONE: [&[u8]; 9] = [b"null", b"\\n", b"n/a", b"na", b"nan", b"none", b"nil", b"#n/a", b"-"];
    text.len() <= 4 && NONE.iter().any(|none| text.eq_ignore_ascii_case(none))
}

/// A count or an amount: signs, thousands, a decimal mark of either kind, a currency, a percentage, an exponent.
fn number(text: &[u8]) -> bool {
    let mut text = text;
    if let Some(inner) = text.strip_prefix(b"(").and_then(|t| t.strip_suffix(b")")) {
        text = inner;
    }
    text = text.strip_prefix(b"<").or_else(|| text.strip_prefix(b">")).unwrap_or(text);
    text = text.strip_prefix(b"=").unwrap_or(text).trim_ascii();
    text = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    for sign in [&b"$"[..], b"\xa3", b"\xc2\xa3", b"\xe2\x82\xac"] {
        text = text.strip_prefix(sign).unwrap_or(text);
    }
    text = text.strip_prefix(b"-").unwrap_or(text).trim_ascii_start();
    for sign in [&b"%"[..], b"\xe2\x82\xac", b"\x80", b"-"] {
        text = text.strip_suffix(sign).unwrap_or(text);
    }
    let text = text.trim_ascii_end();
    let (text, exponent) = match text.iter().position(|b| matches!(b, b'e' | b'E')) {
        Some(at) if at > 0 => (&text[..at], Some(&text[at + 1..])),
        _ => (text, None),
    };
    if exponent.is_some_and(|e| {
        let e = e.strip_prefix(b"-").or_else(|| e.strip_prefix(b"+")).unwrap_or(e);
        e.is_empty() || e.len() > 3 || !e.iter().all(u8::is_ascii_digit)
    }) {
        return false;
    }
    // Groups of digits; the marks between them are one kind, but for the last.
    let mut groups = text.split(|b| !b.is_ascii_digit()).peekable();
    let marks: Vec<u8> = text.iter().copied().filter(|b| !b.is_ascii_digit()).collect();
    let digits = text.len() - marks.len();
    match marks[..] {
        _ if digits == 0 => false,
        [] => true,
        [b'.' | b','] => groups.next().is_some() && groups.next().is_some_and(|g| !g.is_empty()),
        _ if marks.len() == 1 && marks[0] != b'\'' && marks[0] != b' ' => false,
        _ => {
            let (last, others) = marks.split_last().unwrap_or((&0, &[]));
            let between = others.first().copied().unwrap_or(*last);
            let grouping = matches!(between, b',' | b'.' | b'\'' | b' ');
            let alike = others.iter().all(|m| *m == between);
            let decimal = *last != between && matches!(last, b'.' | b',');
            let lengths: Vec<usize> = text.split(|b| !b.is_ascii_digit()).map(<[u8]>::len).collect();
            let thousands = &lengths[1..lengths.len() - usize::from(decimal)];
            grouping
                && alike
                && (decimal || *last == between)
                && (1..=3).contains(&lengths[0])
                && thousands.iter().all(|length| *length == 3)
        }
    }
}

/// A date, a time, or both, in figures.
fn moment(text: &[u8]) -> Option<Look> {
    if time(text) {
        return Some(Look::Time);
    }
    let (date, rest) = match text.iter().position(|b| matches!(b, b' ' | b'T')) {
        Some(at) => (&text[..at], text[at + 1..].trim_ascii()),
        None => (text, &b""[..]),
    };
    if !figures_date(date) {
        return named_moment(text);
    }
    if rest.is_empty() {
        return Some(Look::Date);
    }
    time(rest).then_some(Look::DateTime)
}

/// `2024-01-31`, `1/31/24`, `31.01.2024`, with one mark between and figures that a calendar has.
fn figures_date(text: &[u8]) -> bool {
    let Some(mark) = text.iter().copied().find(|b| !b.is_ascii_digit()).filter(|m| matches!(m, b'-' | b'/' | b'.'))
    else {
        return false;
    };
    let parts: Vec<&[u8]> = text.split(|b| *b == mark).collect();
    let [a, b, c] = parts[..] else { return false };
    let figure = |part: &[u8]| -> Option<u32> {
        if part.is_empty() || part.len() > 4 {
            return None;
        }
        str::from_utf8(part).ok()?.parse().ok()
    };
    let (Some(first), Some(second), Some(third)) = (figure(a), figure(b), figure(c)) else {
        // `31-Jan-2024`
        return (1..=2).contains(&a.len())
            && figure(a).is_some()
            && month(b)
            && matches!(c.len(), 2 | 4)
            && figure(c).is_some();
    };
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => second <= 12 && third <= 31,
        (1..=2, 1..=2, 4 | 2) => first <= 31 && second <= 31 && first.min(second) <= 12,
        _ => false,
    }
}

fn month(text: &[u8]) -> bool {
    const MONTHS: [&[u8]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    let text = text.strip_suffix(b".").unwrap_or(text);
    (3..=9).contains(&text.len())
        && text.iter().all(u8::is_ascii_alphabetic)
        && MONTHS.iter().any(|m| text[..3].eq_ignore_ascii_case(m))
}

/// `Jan 31, 2024`, `31 Jan 2024 10:15`, `Wed, 31 Jan 2024`.
fn named_moment(text: &[u8]) -> Option<Look> {
    let parts: Vec<&[u8]> =
        text.split(|b| matches!(b, b' ' | b',' | b'-')).filter(|part| !part.is_empty()).take(8).collect();
    if parts.len() < 2 || parts.len() > 7 {
        return None;
    }
    let months = parts.iter().filter(|part| month(part)).count();
    let figures = parts.iter().filter(|p| p.len() <= 4 && p.iter().all(u8::is_ascii_digit)).count();
    let times = parts.iter().filter(|part| time(part)).count();
    let zone = |p: &[u8]| p.len() <= 5 && !p.is_empty() && p.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'+');
    let others = parts.iter().filter(|p| !month(p) && !time(p) && !zone(p)).count();
    (months == 1 && (1..=2).contains(&figures) && times <= 1 && others == 0 && (figures == 2 || parts.len() == 2))
        .then_some(if times == 1 { Look::DateTime } else { Look::Date })
}

/// `10:15`, `10:15:30.250`, `7:05 pm`, with a zone.
fn time(text: &[u8]) -> bool {
    let Some(colon) = text.iter().position(|b| *b == b':').filter(|at| (1..=2).contains(at)) else { return false };
    let hours = &text[..colon];
    let mut rest = &text[colon + 1..];
    let hour = hours.iter().all(u8::is_ascii_digit) && (hours.len() == 1 || hours <= &b"24"[..]);
    let mut minutes = 0;
    while minutes < 2 && rest.len() >= 2 && rest[0].is_ascii_digit() && rest[0] < b'6' && rest[1].is_ascii_digit() {
        minutes += 1;
        rest = &rest[2..];
        match rest.strip_prefix(b":") {
            Some(more) if minutes < 2 => rest = more,
            _ => break,
        }
    }
    if !hour || minutes == 0 {
        return false;
    }
    if let Some(parts) = rest.strip_prefix(b".").or_else(|| rest.strip_prefix(b",")) {
        let digits = parts.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=9).contains(&digits) {
            return false;
        }
        rest = &parts[digits..];
    }
    let rest = rest.trim_ascii();
    match rest {
        []
        | [b'Z' | b'z']
        | [b'a' | b'A' | b'p' | b'P', b'm' | b'M']
        | [b'a' | b'A' | b'p' | b'P', b'.', b'm' | b'M', b'.'] => true,
        [b'+' | b'-', zone @ ..] => {
            (2..=5).contains(&zone.len()) && zone.iter().all(|b| b.is_ascii_digit() || *b == b':')
        }
        _ => rest.len() <= 5 && rest.iter().all(u8::is_ascii_uppercase),
    }
}

/// `120/80`, `5'10"`, `20-30`, `1:40`, `37.2 C`, `20 mg`, `98%`.
fn measure(text: &[u8]) -> bool {
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let marks = text.iter().filter(|b| b"/-'\":x.,".contains(b)).count();
    let letters = text.len() - digits - marks - memchr::memchr_iter(b' ', text).count();
    text[0].is_ascii_digit()
        && digits > 0
        && marks <= 4
        && letters <= 6
        && (letters == 0 || text.len() <= 16)
        && unit(text)
        && whole_numbers(text)
}

/// What the marks join is numbers; of a comma and a point in a row, one parts columns.
fn whole_numbers(text: &[u8]) -> bool {
    let joins = |b: &u8| !b.is_ascii_digit() && !matches!(b, b'.' | b',');
    text.split(joins).filter(|part| !part.is_empty()).all(number)
}

/// Letters stand at the end only, as a unit does.
fn unit(text: &[u8]) -> bool {
    let last = text.iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    text[..last].iter().all(|b| b.is_ascii_digit() || b"/-'\":x., ".contains(b))
        && text[last + 1..].trim_ascii_start().iter().all(|b| !b"|;\t, ".contains(b))
}

/// What a byte is in a text.
const LETTER: u8 = 0;
const BLANK: u8 = 1;
const MARK: u8 = 2;
const LINE: u8 = 3;
const QUOTE: u8 = 4;
const OTHER: u8 = 5;
/// The first bracket of each kind; the one that closes it has the next number.
const BRACKETS: [u8; 3] = [6, 8, 10];

/// What each byte is.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = kind(byte as u8);
        byte += 1;
    }
    kinds
};

const fn kind(byte: u8) -> u8 {
    match byte {
        b' ' => BLANK,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. | b'_' => LETTER,
        b'-' | b'.' | b'\'' | b'/' | b'#' | b'&' | b':' | b'@' | b'+' | b'*' | b'%' => MARK,
        b'\n' | b'\r' => LINE,
        b'"' => QUOTE,
        b'(' => BRACKETS[0],
        b')' => BRACKETS[0] + 1,
        b'[' => BRACKETS[1],
        b']' => BRACKETS[1] + 1,
        b'{' => BRACKETS[2],
        b'}' => BRACKETS[2] + 1,
        _ => OTHER,
    }
}

fn words(text: &[u8]) -> Look {
    let mut counts = [0_u32; 12];
    for byte in text {
        counts[usize::from(KINDS[usize::from(*byte)])] += 1;
    }
    let of = |kind: u8| counts[usize::from(kind)];
    if torn(text, of) {
        return Look::Torn;
    }
    if of(LINE) > 0 {
        return Look::Prose;
    }
    // Round brackets stand in names and amounts; others in code.
    let brackets: u32 = BRACKETS[1..].iter().map(|open| of(*open) + of(open + 1)).sum();
    let others = of(OTHER) + of(QUOTE) + brackets;
    match (of(BLANK), of(LETTER)) {
        (_, 0) => Look::Prose,
        (0, _) if others == 0 && text.len() <= 128 => Look::Code,
        (0, _) if text.len() <= 512 && (text.starts_with(b"http") || others <= 2) => Look::Code,
        (1..=6, _) if others == 0 && text.len() <= 80 => Look::Words,
        _ => Look::Prose,
    }
}

/// A quote at one edge only, or a bracket without its other half.
fn torn(text: &[u8], count: impl Fn(u8) -> u32) -> bool {
    let (first, last) = (text[0], text[text.len() - 1]);
    if count(QUOTE) % 2 == 1
        && (first == b'"' || (last == b'"' && !text[text.len().saturating_sub(2)].is_ascii_digit()))
    {
        return true;
    }
    BRACKETS.iter().any(|open| count(*open) != count(open + 1))
}

#[cfg(test)]
mod tests {
    use super::Look::{self, *};

    #[test]
    fn each_field_has_its_look() {
        let expected: [(Look, &[&str]); 11] = [
            (Empty, &["", "  "]),
            (NoValue, &["NULL", "\\N", "n/a", "-"]),
            (
                Number,
                &[
                    "0", "-1", "3.5", "3,5", "1,234.00", "1.234,00", "1'000", "$12.50", "12 %", "1e-5", "(12.00)",
                    "12-", "<5", "€ 3,20", ".5",
                ],
            ),
            (
                Date,
                &[
                    "2024-01-31",
                    "1/31/24",
                    "31.01.2024",
                    "31-Jan-2024",
                    "Jan 31, 2024",
                    "31 January 2024",
                    "0000-00-00",
                ],
            ),
            (Time, &["10:15", "7:05 pm", "23:59:59.999", "10:15Z"]),
            (DateTime, &["2024-01-31 10:15", "2024-01-31T10:15:30+01:00", "1/31/2024 7:05:00 PM", "31 Jan 2024 10:15"]),
            (Measure, &["120/80", "5'10\"", "20-30", "20 mg", "6\""]),
            (Code, &["2.2039,137.0000", "K00.1", "K8867-4", "ann@example.org", "https://example.org/a?b=1", "A"]),
            (Words, &["Ann Lee", "12 Main St.", "fit for duty"]),
            (Prose, &["seen, advised to rest; comes back", "one\ntwo"]),
            (Torn, &["\"3", "{\"a\":1", "(left"]),
        ];
        for (look, texts) in expected {
            for text in texts {
                assert_eq!(Look::of(text.as_bytes()), look, "{text}");
            }
        }
    }
}
