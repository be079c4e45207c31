//! Numbers as a format displays them: fifteen digits, halves rounded away from zero.

use std::fmt::Write;

use super::section::{Section, Token};

/// A number in decimal, as precisely as Excel works: fifteen digits.
struct Decimal {
    /// `0` to `9`, the first not 0 unless the number is.
    digits: Vec<u8>,
    /// The point stands after so many digits; may be negative.
    point: i32,
}

impl Decimal {
    fn of(number: f64) -> Self {
        let text = format!("{:.14e}", number.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        while digits.len() > 1 && digits.last() == Some(&b'0') {
            digits.pop();
        }
        Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 }
    }

    fn is_zero(&self) -> bool {
        self.digits.iter().all(|d| *d == b'0')
    }

    fn shift(&mut self, places: i32) {
        if !self.is_zero() {
            self.point += places;
        }
    }

    /// Rounds to so many decimals; answers the digits before and after the point.
    fn fixed(&self, decimals: usize) -> (String, String) {
        let keep = self.point + decimals as i32;
        let mut digits = self.digits.clone();
        let mut point = self.point;
        if keep < 0 {
            digits = Vec::new();
        } else if (keep as usize) < digits.len() {
            let up = digits[keep as usize] >= b'5';
            digits.truncate(keep as usize);
            if up && carry(&mut digits) {
                point += 1;
            }
        }
        let at = |place: i32| digits.get(usize::try_from(place).unwrap_or(usize::MAX)).map_or('0', |d| *d as char);
        let whole: String = (0..point).map(at).collect();
        let part = (point..point + decimals as i32).map(at).collect();
        (whole.trim_start_matches('0').to_owned(), part)
    }
}

/// Adds one to the last digit; true where that made a digit more.
fn carry(digits: &mut Vec<u8>) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    true
}

/// `General`: eleven characters, beyond them six digits and an exponent.
pub fn general(number: f64) -> String {
    let decimal = Decimal::of(number);
    if decimal.is_zero() || !number.is_finite() {
        return "0".to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let exponent = decimal.point - 1;
    if (-5..11).contains(&exponent) {
        let decimals = if exponent < 0 { 9 } else { (9 - exponent).max(0) as usize };
        let (whole, part) = decimal.fixed(decimals);
        let part = part.trim_end_matches('0');
        let short = exponent > -5 || part.len() < 6;
        if whole.len() <= 11 && short {
            let whole = if whole.is_empty() { "0" } else { &whole };
            let point = if part.is_empty() { "" } else { "." };
            return format!("{sign}{whole}{point}{part}");
        }
    }
    let mut mantissa = Decimal { digits: decimal.digits, point: 1 };
    let (mut whole, mut part) = mantissa.fixed(5);
    let mut exponent = exponent;
    if whole.len() > 1 {
        mantissa = Decimal { digits: vec![b'1'], point: 1 };
        (whole, part) = mantissa.fixed(5);
        exponent += 1;
    }
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    let way = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{whole}{point}{part}E{way}{:02}", exponent.abs())
}

/// How a section lays a number out.
#[derive(Default)]
struct Layout {
    percents: i32,
    /// Commas after the last digit.
    thousandths: i32,
    grouped: bool,
    decimals: usize,
    /// Places before the point.
    places: usize,
}

impl Layout {
    fn of(tokens: &[Token]) -> Self {
        let mut layout = Self::default();
        let point = tokens.iter().position(|t| *t == Token::Point).unwrap_or(tokens.len());
        let stop = tokens.iter().position(|t| matches!(t, Token::Exponent { .. })).unwrap_or(tokens.len());
        let is_digit = |t: &Token| matches!(t, Token::Digit(_));
        let last = tokens[..stop].iter().rposition(is_digit);
        let last_whole = tokens[..point.min(stop)].iter().rposition(is_digit);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Percent => layout.percents += 1,
                Token::Digit(_) if at > point && at < stop => layout.decimals += 1,
                Token::Digit(_) if at < stop => layout.places += 1,
                Token::Comma if last.is_some_and(|l| at > l) || at < point && last_whole.is_some_and(|l| at > l) => {
                    layout.thousandths += 1;
                }
                Token::Comma if layout.places > 0 => layout.grouped = true,
                _ => {}
            }
        }
        layout
    }
}

pub fn show(section: &Section, number: f64) -> String {
    let tokens = &section.tokens;
    let sign = if number < 0.0 { "-" } else { "" };
    if let Some(slash) = tokens.iter().position(|t| *t == Token::Slash)
        && let Some(shown) = super::digits::fraction(tokens, slash, number.abs())
    {
        return format!("{sign}{shown}");
    }
    let layout = Layout::of(tokens);
    let mut decimal = Decimal::of(number);
    decimal.shift(layout.percents * 2 - layout.thousandths * 3);
    let body = if let Some(at) = tokens.iter().position(|t| matches!(t, Token::Exponent { .. })) {
        scientific(tokens, at, &decimal, &layout)
    } else {
        let (whole, part) = decimal.fixed(layout.decimals);
        laid_out(tokens, &whole, &part, &layout, number)
    };
    format!("{sign}{body}")
}

/// Digits into their places, from the right; more digits than places stand before the first.
fn laid_out(tokens: &[Token], whole: &str, part: &str, layout: &Layout, number: f64) -> String {
    let mut shown = String::new();
    let (mut place, mut after_point) = (0, false);
    let mut decimals = part.chars();
    // Decimals that `#` and `?` stand for are left out from the last that is not 0.
    let needed = part.trim_end_matches('0').len();
    let mut decimal_at = 0;
    for token in tokens {
        match token {
            Token::Digit(kind) if !after_point => {
                put_whole(&mut shown, *kind, place, whole, layout);
                place += 1;
            }
            Token::Digit(kind) => {
                let digit = decimals.next().unwrap_or('0');
                match kind {
                    _ if *kind == '0' || decimal_at < needed => shown.push(digit),
                    '?' => shown.push(' '),
                    _ => {}
                }
                decimal_at += 1;
            }
            Token::Point => {
                if layout.places == 0 && !after_point {
                    shown.push_str(whole);
                }
                after_point = true;
                shown.push('.');
            }
            Token::General => shown.push_str(&general(number.abs())),
            other => literal(&mut shown, other),
        }
    }
    shown
}

fn put_whole(shown: &mut String, kind: char, place: usize, whole: &str, layout: &Layout) {
    let left = layout.places - place;
    let digits = whole.len();
    let first = if place == 0 { digits.max(left) } else { left };
    // From the leftmost of what belongs here down to this place.
    for back in (left..=first).rev() {
        if back <= digits {
            shown.push(whole.as_bytes()[digits - back] as char);
        } else if back == left && kind != '#' {
            shown.push(if kind == '0' { '0' } else { ' ' });
        } else {
            continue;
        }
        if layout.grouped && back > 1 && (back - 1) % 3 == 0 && (back <= digits || kind == '0') {
            shown.push(',');
        }
    }
}

fn literal(shown: &mut String, token: &Token) {
    match token {
        Token::Literal(text) => shown.push_str(text),
        Token::Percent => shown.push('%'),
        Token::Slash => shown.push('/'),
        _ => {}
    }
}

/// `0.00E+00`; more than one place before the point makes the exponent a multiple of their number.
fn scientific(tokens: &[Token], at: usize, decimal: &Decimal, layout: &Layout) -> String {
    let step = layout.places.max(1) as i32;
    let mut exponent = if decimal.is_zero() { 0 } else { decimal.point - 1 };
    if step > 1 {
        exponent = exponent.div_euclid(step) * step;
    }
    let mut mantissa = Decimal { digits: decimal.digits.clone(), point: decimal.point - exponent };
    let (mut whole, mut part) = mantissa.fixed(layout.decimals);
    if whole.len() as i32 > step {
        exponent += step;
        mantissa.point -= step;
        (whole, part) = mantissa.fixed(layout.decimals);
    }
    let mut shown = laid_out(&tokens[..at], &whole, &part, layout, 0.0);
    let plus = matches!(tokens[at], Token::Exponent { plus: true });
    let way = match (exponent < 0, plus) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    };
    let width = tokens[at..].iter().filter(|t| matches!(t, Token::Digit(_))).count().min(5);
    let _ = write!(shown, "E{way}{:0width$}", exponent.abs());
    for token in &tokens[at + 1..] {
        literal(&mut shown, token);
    }
    shown
}

/// `# ?/?`, `# ??/??`, `?/8`; `None` where the slash is no fraction.
fn fraction(tokens: &[Token], slash: usize, number: f64) -> Option<String> {
    let digit = |t: &Token| matches!(t, Token::Digit(_));
    let over = tokens[..slash].iter().rev().take_while(|t| digit(t)).count();
    let under = tokens[slash + 1..].iter().take_while(|t| digit(t)).count();
    // A denominator that is given stands there as a literal, its zeros as places.
    let given: String = tokens[slash + 1..]
        .iter()
        .map_while(|t| match t {
            Token::Literal(text) if text.bytes().all(|b| b.is_ascii_digit()) => Some(text.as_str()),
            Token::Digit('0') => Some("0"),
            _ => None,
        })
        .collect();
    let given = given.parse::<u64>().ok().filter(|n| (1..=99_999).contains(n));
    if over == 0 || under == 0 && given.is_none() || number > 1e15 {
        return None;
    }
    let start = slash - over;
    let mixed = tokens[..start].iter().any(digit);
    let whole = if mixed { number.floor() } else { 0.0 };
    let (mut top, bottom) = match given {
        Some(bottom) => (((number - whole) * bottom as f64).round() as u64, bottom),
        None => nearest(number - whole, 10u64.pow(under.min(4) as u32) - 1),
    };
    let mut whole = whole as u64;
    if mixed && top == bottom {
        (whole, top) = (whole + 1, 0);
    }
    let mut shown = String::new();
    for token in tokens[..start].iter().filter(|t| !digit(t)).take(1) {
        if !mixed {
            literal(&mut shown, token);
        }
    }
    let wide = under.max(given.map_or(0, |g| g.to_string().len()));
    if mixed && (whole > 0 || top == 0) {
        let _ = write!(shown, "{whole} ");
    } else if mixed {
        shown.push(' ');
    }
    if top == 0 && mixed {
        shown.push_str(&" ".repeat(over + 1 + wide));
    } else {
        let _ = write!(shown, "{top:>over$}/{bottom:<wide$}");
    }
    Some(shown)
}

/// The fraction nearest to a number with no larger denominator.
fn nearest(number: f64, largest: u64) -> (u64, u64) {
    let mut best = (number.round() as u64, 1, (number - number.round()).abs());
    for bottom in 2..=largest {
        let top = (number * bottom as f64).round();
        let off = (number - top / bottom as f64).abs();
        if off < best.2 - 1e-12 {
            best = (top as u64, bottom, off);
        }
    }
    (best.0, best.1)
}
