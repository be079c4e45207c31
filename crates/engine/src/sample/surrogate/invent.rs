//! Invented values that look like the ones they stand for. Nothing here remembers or checks: the deidentifier does.

use std::sync::LazyLock;

use super::Chance;

/// The commonest names of the census: kind, name.
static NAMES: LazyLock<(Vec<&'static str>, Vec<&'static str>)> = LazyLock::new(|| {
    let lines = || include_str!("../../../data/census_names.csv").lines();
    let of = |kind: &str| lines().filter_map(|line| line.strip_prefix(kind)).collect();
    (of("family,"), of("given,"))
});

#[rustfmt::skip]
const STEMS: &[&str] = &[
    "Ald", "Bran", "Cald", "Dor", "Elm", "Fen", "Gar", "Hol", "Ives", "Kel", "Lang", "Mar", "Nor", "Oak", "Pen",
    "Quin", "Rad", "Sel", "Thorn", "Ul", "Var", "Wex", "Yar", "Zel", "Brock", "Cran", "Drum", "Esk", "Frost", "Glen",
    "Hatch", "Kirk", "Lock", "Mont", "Nether", "Over", "Pem", "Rush", "Stan", "Tarn",
];
const FAMILY_ENDINGS: &[&str] =
    &["mere", "wick", "combe", "stead", "worth", "holt", "gard", "brand", "lund", "vale", "croft", "shaw", "den", "by"];
const GIVEN_ENDINGS: &[&str] = &["a", "ian", "ine", "or", "essa", "ick", "ina", "us", "elle", "an", "ora", "et"];
const PLACE_ENDINGS: &[&str] = &["ford", "bury", "ham", "port", "field", "haven", "mouth", "ton", "bridge", "cliff"];
const TRADES: &[&str] =
    &["Works", "Supply", "Freight", "Foods", "Milling", "Marine", "Services", "Partners", "Castings"];
const HAN_FAMILY: &str = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕";
const HAN_GIVEN: &str = "安宁和平晨晓春秋雨雪松柏兰梅青山远方清泉";
const KANA: &str = "アイウエオカキクケコサシスセソタチツテト";
const HANGUL: &str = "강고나다라마바사아자차카타파하서수오유주";

/// Which half of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Family,
    Given,
}

/// How the letters of a word are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Upper,
    Lower,
    Title,
}

impl Case {
    pub fn of(text: &str) -> Self {
        let upper = text.chars().any(char::is_uppercase);
        let lower = text.chars().any(char::is_lowercase);
        match (upper, lower) {
            (true, false) => Self::Upper,
            (false, true) => Self::Lower,
            _ => Self::Title,
        }
    }

    pub fn write(self, text: &str) -> String {
        match self {
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Title => text.to_owned(),
        }
    }
}

/// One of a slice, which must not be empty.
pub fn pick<'x, T>(chance: &mut dyn Chance, from: &'x [T]) -> &'x T {
    &from[chance.below(from.len() as u64) as usize]
}

fn letter_of(chance: &mut dyn Chance, from: &str) -> char {
    let letters: Vec<char> = from.chars().collect();
    *pick(chance, &letters)
}

/// A name from the census's commonest; from the second dozen of attempts on, one composed.
pub fn name(chance: &mut dyn Chance, half: Half, attempt: u32) -> String {
    let (known, endings) = match half {
        Half::Family => (&NAMES.0, FAMILY_ENDINGS),
        Half::Given => (&NAMES.1, GIVEN_ENDINGS),
    };
    if attempt < 12 {
        return (*pick(chance, known)).to_owned();
    }
    let mut name = format!("{}{}", pick(chance, STEMS), pick(chance, endings));
    if attempt > 60 {
        // Every short one belongs to somebody.
        name = format!("{}{}", pick(chance, STEMS), name.to_lowercase());
    }
    name
}

/// As many characters in the same writing: Han, kana or Hangul.
pub fn unspaced_name(chance: &mut dyn Chance, like: &str) -> String {
    like.chars()
        .enumerate()
        .map(|(at, letter)| match letter {
            '\u{3040}'..='\u{30ff}' => letter_of(chance, KANA),
            '\u{ac00}'..='\u{d7af}' => letter_of(chance, HANGUL),
            _ if at == 0 => letter_of(chance, HAN_FAMILY),
            _ => letter_of(chance, HAN_GIVEN),
        })
        .collect()
}

/// A town that is on no map, as far as we know.
pub fn place(chance: &mut dyn Chance, attempt: u32) -> String {
    let place = format!("{}{}", pick(chance, STEMS), pick(chance, PLACE_ENDINGS));
    if attempt < 30 { place } else { format!("{} {place}", pick(chance, &["Upper", "Lower", "Outer", "Inner"])) }
}

pub fn employer(chance: &mut dyn Chance) -> String {
    let stem = pick(chance, STEMS).to_owned();
    format!("{stem}{} {}", pick(chance, FAMILY_ENDINGS), pick(chance, TRADES))
}

/// A street address: numbers of the same length, the words for streets and flats kept, every other word invented; those
/// too after many attempts, since `Lane` may be somebody's name.
pub fn street(chance: &mut dyn Chance, like: &str, attempt: u32) -> String {
    #[rustfmt::skip]
    const KINDS: &[&str] = &[
        "st", "street", "rd", "road", "ave", "avenue", "blvd", "ln", "lane", "dr", "drive", "ct", "court", "pl",
        "place", "way", "hwy", "highway", "rt", "rte", "route", "apt", "unit", "ste", "suite", "floor", "fl", "rm",
        "room", "lot", "po", "p", "o", "box", "circle", "cir", "terrace", "ter", "pkwy", "rr",
    ];
    const SIDES: &[&str] = &["n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"];
    let is = |words: &[&str], run: &str| words.contains(&run.to_lowercase().as_str());
    let named = like
        .split(|c: char| !c.is_alphanumeric())
        .any(|run| run.chars().all(char::is_alphabetic) && !run.is_empty() && !is(KINDS, run) && !is(SIDES, run));
    // `North Street` has no other name than its side.
    let kept = |run: &str| attempt < 60 && (is(KINDS, run) || named && is(SIDES, run));
    replace_runs(like, |run| {
        if run.chars().any(|c| c.is_ascii_digit()) {
            shaped(chance, run)
        } else if kept(run) {
            run.to_owned()
        } else {
            Case::of(run).write(&place(chance, 0))
        }
    })
}

/// Digits for digits, letters for letters of the same case, everything else as it is; zeros in front stay zeros. Long
/// hexadecimal numbers stay hexadecimal. Numbers whose last digit checks the others (Luhn) get one that does.
pub fn shaped(chance: &mut dyn Chance, like: &str) -> String {
    let hex = is_hex(like);
    let mut leading = true;
    let mut first = true;
    let mut made: Vec<char> = Vec::with_capacity(like.len());
    for letter in like.chars() {
        if !letter.is_alphanumeric() {
            made.push(letter);
            leading = true;
            first = true;
            continue;
        }
        let zero = letter == '0' && leading && !hex;
        made.push(match letter {
            '0' if zero => '0',
            _ if hex => hex_digit(chance, letter),
            _ if letter.is_numeric() => digit(chance, first && leading),
            _ if letter.is_lowercase() => char::from(b'a' + chance.below(26) as u8),
            _ => char::from(b'A' + chance.below(26) as u8),
        });
        leading = zero;
        first = leading;
    }
    check_digit(like, &mut made);
    made.into_iter().collect()
}

/// One digit more than `like` has, for each step: where every number of its length is taken.
pub fn widened(like: &str, steps: u32) -> String {
    let zeros = like.chars().take_while(|c| *c == '0').count().min(steps as usize);
    let grow = "1".repeat(steps as usize - zeros);
    format!("{}{}{grow}", "1".repeat(zeros), &like[zeros..])
}

/// Calls `change` on each run of letters and digits.
pub fn replace_runs(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        changed.push_str(&rest[..start]);
        let inside = |c: char| !(c.is_alphanumeric() || c == '\'' || c == '’' || ('\u{300}'..='\u{36f}').contains(&c));
        let end = rest[start..].find(inside).map_or(rest.len(), |length| start + length);
        changed.push_str(&change(&rest[start..end]));
        rest = &rest[end..];
    }
    changed + rest
}

/// The digits of `digits`, one after the other, in the places where `like` has digits.
pub fn in_format(like: &str, digits: &str) -> String {
    let mut digits = digits.chars();
    like.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or('0') } else { c }).collect()
}

/// Telephone digits that are never assigned: no exchange of the North American plan begins with 1 (ATIS-0300051). The
/// hundred numbers set aside for fiction would not go round a payroll.
pub fn phone_digits(chance: &mut dyn Chance, source: &str) -> String {
    let line = format!("1{}", random_digits(chance, 6));
    match source.len() {
        10.. => {
            let area = format!("{}{}{}", 2 + chance.below(8), chance.below(9), 2 + chance.below(8));
            format!("{}{area}{line}", &source[..source.len() - 10])
        }
        7 => line,
        length => random_digits(chance, length),
    }
}

/// Nine digits that are neither a social security nor a taxpayer number: begins with 9, group 00.
pub fn ssn_digits(chance: &mut dyn Chance, source: &str) -> String {
    match source.len() {
        9 => format!("9{}00{}", random_digits(chance, 2), random_digits(chance, 4)),
        length => random_digits(chance, length),
    }
}

pub fn random_digits(chance: &mut dyn Chance, length: usize) -> String {
    (0..length).map(|_| digit(chance, false)).collect()
}

fn digit(chance: &mut dyn Chance, not_zero: bool) -> char {
    let least = u64::from(not_zero);
    char::from(b'0' + (least + chance.below(10 - least)) as u8)
}

fn hex_digit(chance: &mut dyn Chance, like: char) -> char {
    let digit = char::from_digit(chance.below(16) as u32, 16).unwrap_or('0');
    if like.is_uppercase() { digit.to_ascii_uppercase() } else { digit }
}

fn is_hex(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    digits.len() >= 12
        && digits.iter().all(char::is_ascii_hexdigit)
        && digits.iter().any(char::is_ascii_digit)
        && digits.iter().any(char::is_ascii_alphabetic)
        && !(digits.iter().any(char::is_ascii_uppercase) && digits.iter().any(char::is_ascii_lowercase))
}

/// Sets the last digit so that it checks the others, where the original's did: plain Luhn, or as provider numbers have
/// it, with 80840 in front.
fn check_digit(like: &str, made: &mut [char]) {
    if like.len() < 8 || !like.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    let prefix =
        ["", "80840"].into_iter().find(|prefix| (prefix.is_empty() || like.len() == 10) && luhn(prefix, like.chars()));
    let Some(prefix) = prefix else { return };
    let last = made.len() - 1;
    for digit in '0'..='9' {
        made[last] = digit;
        if luhn(prefix, made.iter().copied()) {
            return;
        }
    }
}

fn luhn(prefix: &str, digits: impl Iterator<Item = char>) -> bool {
    let digits: Vec<u32> = prefix.chars().chain(digits).filter_map(|c| c.to_digit(10)).collect();
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum::<u32>()
        % 10
        == 0
}
