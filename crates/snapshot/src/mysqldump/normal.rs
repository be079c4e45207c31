//! Literals in the form the server would return them. A server's own dump is in that form already: these are the
//! shortcuts that hand-written scripts take, and each check is meant to fail fast on what needs nothing.

use std::fmt::Write;

/// Digits of an integer literal without sign, leading zeros or point; `None` where it is none.
pub fn integer(text: &str) -> Option<String> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let rounded;
    let digits = if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() {
        digits
    } else {
        rounded = decimal(digits, 0)?;
        &rounded
    };
    let digits = digits.trim_start_matches('0');
    Some(match digits {
        "" => "0".into(),
        d if negative => format!("-{d}"),
        d => d.into(),
    })
}

/// A decimal with exactly `scale` digits after its point, rounded half away from zero as the server does.
pub fn decimal(text: &str, scale: usize) -> Option<String> {
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i32>().ok().filter(|e| e.abs() <= 100)?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    if all.is_empty() || !all.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let point = whole.len() as i32 + exponent;
    let digit = |i: i32| if i >= 0 && (i as usize) < all.len() { all[i as usize] } else { b'0' };
    let start = point.min(0);
    let end = point + scale as i32;
    let mut digits: Vec<u8> = (start..end.max(start)).map(digit).collect();
    if end >= 0 && digit(end) >= b'5' {
        round_up(&mut digits);
    }
    let cut = digits.len() - scale.min(digits.len());
    let fraction = String::from_utf8_lossy(&digits[cut..]).into_owned();
    let whole = String::from_utf8_lossy(&digits[..cut]).trim_start_matches('0').to_owned();
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    let zero = whole == "0" && fraction.bytes().all(|b| b == b'0');
    let sign = if negative && !zero { "-" } else { "" };
    Some(if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction:0>scale$}") })
}

fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// A float as the server prints it: the shortest digits that read back, six of them for `float`, and an exponent only
/// beyond 15 places.
pub fn float(text: &str, single: bool, scale: Option<usize>) -> Option<String> {
    let value: f64 = text.trim().parse().ok().filter(|v: &f64| v.is_finite())?;
    if let Some(scale) = scale {
        return Some(format!("{value:.scale$}"));
    }
    let scientific = if single { format!("{:.5e}", value as f32) } else { format!("{value:e}") };
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let negative = mantissa.starts_with('-');
    let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    while digits.len() > 1 && digits.ends_with('0') {
        digits.pop();
    }
    if digits == "0" {
        return Some(if negative { "-0".into() } else { "0".into() });
    }
    let sign = if negative { "-" } else { "" };
    let body = if (-15..15).contains(&exponent) {
        plain(&digits, exponent)
    } else {
        let (first, rest) = digits.split_at(1);
        let rest = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        format!("{first}{rest}e{exponent}")
    };
    Some(format!("{sign}{body}"))
}

fn plain(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        format!("{digits}{}", "0".repeat(whole - digits.len()))
    } else {
        format!("{}.{}", &digits[..whole], &digits[whole..])
    }
}

/// `YYYY-MM-DD`.
pub fn is_date(text: &[u8]) -> bool {
    text.len() == 10
        && text[4] == b'-'
        && text[7] == b'-'
        && text.iter().enumerate().all(|(i, b)| i == 4 || i == 7 || b.is_ascii_digit())
}

/// `HH:MM:SS` with exactly `fraction` digits after it, hours of two or three digits, perhaps a minus.
pub fn is_time(text: &[u8], fraction: usize) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let Some(hours) = text.iter().position(|b| *b == b':') else { return false };
    let rest = &text[hours..];
    let expected = if fraction == 0 { 6 } else { 7 + fraction };
    (2..=3).contains(&hours)
        && text[..hours].iter().all(u8::is_ascii_digit)
        && rest.len() == expected
        && rest.iter().enumerate().all(|(i, b)| match i {
            0 | 3 => *b == b':',
            6 => *b == b'.',
            _ => b.is_ascii_digit(),
        })
}

pub fn is_datetime(text: &[u8], fraction: usize) -> bool {
    text.len() >= 19 && is_date(&text[..10]) && text[10] == b' ' && is_time(&text[11..], fraction)
}

/// Date, time and fraction out of the looser forms the server takes: `2009-1-1`, `20090101`, `2009/01/01 7:5`.
struct Parts {
    date: [u32; 3],
    time: [u32; 3],
    fraction: String,
}

fn parts(text: &str) -> Option<Parts> {
    let text = text.trim();
    let (text, fraction) = match text.rsplit_once('.') {
        Some((head, tail)) if head.contains([':', ' ', 'T']) && tail.bytes().all(|b| b.is_ascii_digit()) => {
            (head, tail.to_owned())
        }
        _ => (text, String::new()),
    };
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let number = |s: &str| s.parse::<u32>().ok();
    let numbers: Vec<u32> = if let [one] = groups[..] {
        let cuts: &[usize] = match one.len() {
            14 => &[4, 2, 2, 2, 2, 2],
            12 => &[2, 2, 2, 2, 2, 2],
            8 => &[4, 2, 2],
            6 => &[2, 2, 2],
            _ => return None,
        };
        let mut at = 0;
        let cut = |n: &usize| {
            at += n;
            number(&one[at - n..at])
        };
        cuts.iter().map(cut).collect::<Option<_>>()?
    } else {
        groups.iter().map(|g| number(g)).collect::<Option<_>>()?
    };
    if !(3..=6).contains(&numbers.len()) {
        return None;
    }
    let short_year = groups[0].len() <= 2 || (groups.len() == 1 && matches!(groups[0].len(), 6 | 12));
    let get = |i: usize| numbers.get(i).copied().unwrap_or(0);
    let year = match get(0) {
        y if !short_year => y,
        y if y == 0 && get(1) == 0 => 0,
        y if y < 70 => 2000 + y,
        y => 1900 + y,
    };
    let sane = get(1) <= 12 && get(2) <= 31 && get(3) < 24 && get(4) < 60 && get(5) < 60 && year <= 9999;
    sane.then(|| Parts { date: [year, get(1), get(2)], time: [get(3), get(4), get(5)], fraction })
}

pub fn date(text: &str) -> Option<String> {
    let p = parts(text)?;
    Some(format!("{:04}-{:02}-{:02}", p.date[0], p.date[1], p.date[2]))
}

pub fn datetime(text: &str, fraction: usize) -> Option<String> {
    let p = parts(text)?;
    // Rounding a longer fraction could carry into the next day; what a script wrote by hand is rarer than that.
    if p.fraction.len() > fraction && p.fraction.bytes().any(|b| b != b'0') {
        return None;
    }
    let mut out = format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        p.date[0], p.date[1], p.date[2], p.time[0], p.time[1], p.time[2]
    );
    push_fraction(&mut out, &p.fraction, fraction);
    Some(out)
}

pub fn time(text: &str, fraction: usize) -> Option<String> {
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (rest, given) = rest.split_once('.').unwrap_or((rest, ""));
    if given.len() > fraction && given.bytes().any(|b| b != b'0') {
        return None;
    }
    let groups: Vec<u32> = rest.split(':').map(|g| g.parse().ok()).collect::<Option<_>>()?;
    let (h, m, s) = match groups[..] {
        [h, m, s] => (h, m, s),
        [h, m] => (h, m, 0),
        [n] => (n / 10000, n / 100 % 100, n % 100),
        _ => return None,
    };
    if h > 838 || m > 59 || s > 59 {
        return None;
    }
    let mut out = format!("{}{h:02}:{m:02}:{s:02}", if negative { "-" } else { "" });
    push_fraction(&mut out, given, fraction);
    Some(out)
}

fn push_fraction(out: &mut String, given: &str, digits: usize) {
    if digits > 0 {
        let given = &given[..given.len().min(digits)];
        let _ = write!(out, ".{given:0<digits$}");
    }
}

/// A year of four digits; two digits stand for 1970 to 2069. A number 0 is the zero year, a text '0' is 2000.
pub fn year(text: &str, number: bool) -> Option<String> {
    let n: u32 = text.trim().parse().ok()?;
    Some(match n {
        0 if number || text.trim().len() >= 4 => "0000".into(),
        0..=69 => format!("{}", 2000 + n),
        70..=99 => format!("{}", 1900 + n),
        1901..=2155 => n.to_string(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_as_the_server_prints_them() {
        for (text, scale, printed) in [
            ("5", 2, "5.00"),
            ("0.99", 2, "0.99"),
            (".5", 1, "0.5"),
            ("-0.004", 2, "0.00"),
            ("1.005", 2, "1.01"),
            ("99.995", 2, "100.00"),
            ("1e3", 1, "1000.0"),
            ("007", 0, "7"),
            ("0.005", 1, "0.0"),
            ("123456789012345678901234567890.12345", 5, "123456789012345678901234567890.12345"),
        ] {
            assert_eq!(decimal(text, scale).as_deref(), Some(printed), "{text}");
        }
        for (text, single, printed) in [
            ("1.0", false, "1"),
            ("0.1", false, "0.1"),
            ("1e3", false, "1000"),
            ("1e15", false, "1e15"),
            ("1e14", false, "100000000000000"),
            ("123456789012345680", false, "1.2345678901234568e17"),
            ("0.00001", false, "0.00001"),
            ("-2.50", false, "-2.5"),
            ("3.14159274", true, "3.14159"),
            ("1e-20", false, "1e-20"),
        ] {
            assert_eq!(float(text, single, None).as_deref(), Some(printed), "{text}");
        }
        assert_eq!(integer("+0042").as_deref(), Some("42"));
        assert_eq!(integer("2.5").as_deref(), Some("3"));
        assert_eq!(integer("x"), None);
    }

    #[test]
    fn loose_dates_become_whole_ones() {
        assert_eq!(datetime("2009-1-1", 0).as_deref(), Some("2009-01-01 00:00:00"));
        assert_eq!(datetime("2009/01/02 7:05:09.5", 3).as_deref(), Some("2009-01-02 07:05:09.500"));
        assert_eq!(date("20090102").as_deref(), Some("2009-01-02"));
        assert_eq!(date("0000-00-00").as_deref(), Some("0000-00-00"));
        assert_eq!(date("2009-13-01"), None);
        assert_eq!(time("7:30", 0).as_deref(), Some("07:30:00"));
        assert_eq!(year("5", true).as_deref(), Some("2005"));
        assert!(is_datetime(b"2009-01-01 00:00:00.123", 3) && !is_datetime(b"2009-01-01", 0));
        assert!(is_time(b"-838:59:59", 0) && !is_time(b"1:00:00", 0));
    }
}
