//! What the values of a column look like, whatever its header says.

use std::collections::HashSet;
use std::sync::LazyLock;

use analysis::check_digit;

use super::super::{Cell, Class, fold, year};
use super::{token_shape, unknown_words};

/// What most of a column's frequent values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Email,
    Phone,
    Ssn,
    Url,
    Ip,
    Uuid,
    Date,
    TimeOfDay,
    /// Numbers with the check of a payment card, an account, a provider, a vehicle, a citizen.
    Card,
    Account,
    Provider,
    Vehicle,
    National,
    Plate,
    /// Telephone numbers without the signs that tell them.
    BarePhone,
    Login,
    PersonName,
    /// Capitalised words that no list knows, two and more.
    FullNames,
    /// Capitalised words that no list knows.
    UnknownNames,
    /// Codes of diagnoses, tests and substances.
    ListedCode,
    /// Longer numbers, or letters with them, of which no list is known.
    NumberOfSomething,
    FilePath,
    /// Short numbers, some with a sign or a unit's mark before them.
    Measured,
}

impl Shape {
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Email => Some(Class::Email),
            Self::Phone | Self::BarePhone => Some(Class::Phone),
            Self::Ssn | Self::National => Some(Class::Ssn),
            Self::Url => Some(Class::Url),
            Self::Ip => Some(Class::Ip),
            Self::Uuid | Self::NumberOfSomething => Some(Class::Uid),
            Self::Date => Some(Class::Date),
            Self::Card | Self::Account => Some(Class::Acct),
            Self::Provider => Some(Class::Lic),
            Self::Vehicle | Self::Plate => Some(Class::Vehicle),
            Self::Login => Some(Class::Staff),
            Self::PersonName | Self::FullNames | Self::UnknownNames => Some(Class::Name),
            Self::TimeOfDay | Self::FilePath | Self::Measured | Self::ListedCode => None,
        }
    }

    /// Whether a header may speak against it.
    pub fn is_weak(self) -> bool {
        matches!(
            self,
            Self::PersonName
                | Self::FullNames
                | Self::UnknownNames
                | Self::BarePhone
                | Self::Login
                | Self::Plate
                | Self::NumberOfSomething
        )
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Email => "values look like mail addresses",
            Self::Phone => "values look like telephone numbers",
            Self::Ssn => "values look like social security numbers",
            Self::Url => "values look like web addresses",
            Self::Ip => "values look like network addresses",
            Self::Uuid => "values are UUIDs",
            Self::Date => "values are dates",
            Self::TimeOfDay => "values are times of day",
            Self::Card => "values are numbers of payment cards, by their check digit",
            Self::Account => "values are account numbers, by their check digits",
            Self::Provider => "values are numbers of providers, by their check digit",
            Self::Vehicle => "values are numbers of vehicles, by their check digit",
            Self::National => "values look like numbers that a state gives to people",
            Self::Plate => "values look like plates of vehicles",
            Self::BarePhone => "values may be telephone numbers",
            Self::Login => "values look like logins",
            Self::PersonName => "values look like names of people",
            Self::FullNames => "values are names of several words that no list knows",
            Self::UnknownNames => "values are capitalised words that no list knows",
            Self::ListedCode => "values are codes of diagnoses, tests or substances",
            Self::NumberOfSomething => "values look like numbers of people or papers",
            Self::FilePath => "values look like file names",
            Self::Measured => "values look measured",
        }
    }
}

/// A shape, how a value of it is told, and the share of values that must be.
type Test = (Shape, fn(&str) -> bool, f64);

const FIRST: [Test; 12] = [
    (Shape::Email, is_email, 0.8),
    (Shape::Url, is_url, 0.8),
    (Shape::Uuid, is_uuid, 0.8),
    (Shape::Ip, is_ip, 0.8),
    (Shape::Ssn, is_ssn, 0.8),
    (Shape::Card, check_digit::is_card, 0.8),
    (Shape::Account, check_digit::is_iban, 0.8),
    (Shape::Provider, check_digit::is_npi, 0.8),
    (Shape::Vehicle, check_digit::is_vin, 0.8),
    (Shape::National, check_digit::is_national, 0.8),
    (Shape::Date, is_date, 0.8),
    (Shape::TimeOfDay, is_time, 0.8),
];
const LAST: [Test; 4] = [
    (Shape::Phone, is_phone, 0.8),
    (Shape::Phone, token_shape::is_grouped_phone, 0.8),
    (Shape::BarePhone, token_shape::is_bare_phone, 0.8),
    (Shape::FilePath, is_path, 0.8),
];

/// The shape that at least four in five of the values have; names need three in five. Names of the dictionary say
/// something only in a column whose values are `varied`.
pub fn shape(top: &[(Cell, u64)], varied: bool) -> Option<Shape> {
    let texts = texts(top);
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return None;
    }
    let share = |is: fn(&str) -> bool| texts.iter().filter(|text| is(text)).count() as f64 / texts.len() as f64;
    // Most columns fail most tests at their first values.
    let most = |is: fn(&str) -> bool, least: f64| {
        let others = texts.iter().filter(|text| !is(text)).zip(1..);
        others.map(|(_, n)| (texts.len() - n) as f64 / texts.len() as f64).all(|share| share >= least)
    };
    let of = |tests: &[Test]| tests.iter().find(|(_, is, least)| most(*is, *least)).map(|(shape, ..)| *shape);
    if token_shape::are_listed_codes(&texts) {
        return Some(Shape::ListedCode);
    }
    of(&FIRST).or_else(|| of(&LAST)).or_else(|| {
        let family = |name: &str| is_in_dictionary(name);
        Some(match () {
            () if token_shape::are_plates(&texts) => Shape::Plate,
            () if token_shape::are_logins(&texts, family) => Shape::Login,
            () if varied && share(is_person) >= 0.6 => Shape::PersonName,
            () if share(is_measured) >= 0.8 => Shape::Measured,
            () if unknown_words::are_full_names(&texts) => Shape::FullNames,
            () if unknown_words::are_names(&texts) => Shape::UnknownNames,
            () if token_shape::are_numbers_of_something(&texts) => Shape::NumberOfSomething,
            () => return None,
        })
    })
}

/// Whether nearly all whole numbers end with two zeros, as estimates and prices do.
pub fn are_round(top: &[(Cell, u64)]) -> bool {
    let texts = texts(top);
    !texts.is_empty() && texts.iter().filter(|text| text.ends_with("00")).count() * 10 >= texts.len() * 8
}

fn texts(top: &[(Cell, u64)]) -> Vec<String> {
    top.iter().filter_map(|(cell, _)| text(cell)).filter(|text| !text.trim().is_empty()).collect()
}

/// How many of the values are dates in any writing, numbers too; 0 to 1.
pub fn dated(top: &[(Cell, u64)]) -> f64 {
    let texts = texts(top);
    texts.iter().filter(|text| year::year(text).is_some()).count() as f64 / texts.len().max(1) as f64
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null | Cell::Bytes(_) => None,
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.clone()),
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(' '))
}

fn is_url(text: &str) -> bool {
    let folded = text.to_lowercase();
    folded.contains("://") || folded.starts_with("www.")
}

fn is_uuid(text: &str) -> bool {
    let bare = text.trim_matches(['{', '}']);
    bare.len() == 36
        && bare
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() })
}

fn is_ip(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok()
}

fn is_ssn(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == 3
        && parts.iter().zip([3, 2, 4]).all(|(part, length)| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || b"*Xx".contains(&b))
        })
}

/// A date with separators or a month's name: a bare number may be anything.
fn is_date(text: &str) -> bool {
    text.contains(['-', '/', '.', ' ', ':'])
        && text.len() >= 6
        && !text.contains("..")
        && year::year(text).is_some()
        && text.parse::<f64>().is_err()
}

fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.len() <= 11
        && matches!(bytes.iter().position(|b| *b == b':'), Some(1 | 2))
        && text.chars().all(|c| c.is_ascii_digit() || ": .apmAPM".contains(c))
}

fn is_phone(text: &str) -> bool {
    let digits = fold::digits(text).len();
    let punctuation = text.contains(['-', '(', '.', ' ', '+']);
    let main = text.split(['x', 'X', 'e', 'E']).next().unwrap_or(text);
    punctuation
        && (10..=15).contains(&digits)
        && text.parse::<f64>().is_err()
        && main.chars().all(|c| c.is_ascii_digit() || " -.()+/".contains(c))
        && main.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).any(|run| run.len() == 4)
}

/// `98`, `<5.0`, `>= 120`, `120/80`: too short to be anybody's number.
fn is_measured(text: &str) -> bool {
    let number = text.trim_start_matches(['<', '>', '=', '+', '-', ' ', '~']);
    let padded = number.starts_with('0') && number.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    (1..=6).contains(&fold::digits(number).len())
        && number.split(['.', '/']).all(|part| part.len() <= 4)
        && number.chars().all(|c| c.is_ascii_digit() || "./".contains(c))
        && !padded
}

fn is_path(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    text.contains(['/', '\\']) && ending.is_some_and(|e| (3..=4).contains(&e.len())) || text.starts_with("\\\\")
}

/// A dictionary alone misleads: words for states and races are surnames too. Only names of two or three words, of which
/// one is in the dictionary, and single ones that are in it, in columns of many values (the caller's part).
fn is_person(text: &str) -> bool {
    let folded = fold::fold(text);
    let words: Vec<&str> =
        fold::tokens(&folded).map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    (1..=4).contains(&words.len())
        && words.iter().any(|word| is_in_dictionary(word))
        && !text.contains(|c: char| ";:#%".contains(c))
}

/// Whether the census counts it among the commonest names.
fn is_in_dictionary(folded: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let table = include_str!("../../../data/census_names.csv");
        table.lines().filter_map(|line| line.split_once(',')).map(|(_, name)| fold::fold(name)).collect()
    });
    NAMES.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_their_shape() {
        for (trap, values, expected) in [
            ("mails", "a.roe@mail.example|b@c.org", Some(Shape::Email)),
            ("phones", "(207) 555-0100|207-555-0111 x12|+1 207 555 0123", Some(Shape::Phone)),
            ("social security", "900-00-1234|900-00-4321", Some(Shape::Ssn)),
            ("masked social security", "***-**-1234|XXX-XX-4321", Some(Shape::Ssn)),
            ("UUIDs", "3edac2e3-d223-6fae-d515-daf96ef6bc76", Some(Shape::Uuid)),
            ("network addresses", "10.0.0.1|192.168.1.20", Some(Shape::Ip)),
            ("dates", "2001-02-03|3/4/2005", Some(Shape::Date)),
            ("times", "07:30|16:45:00", Some(Shape::TimeOfDay)),
            ("numbers are no dates", "1980|1981|20050304", None),
            ("decimals are no phones", "2075550100.5|2075550101.25", None),
            ("names", "ROE, MARY|Smith, J|Zebulon Garcia", Some(Shape::PersonName)),
            ("names with digits", "Linda604 Lopez123|Ann99", Some(Shape::PersonName)),
            ("codes", "A|B|C", None),
            ("measurements", "98|<50|101.5|120/80", Some(Shape::Measured)),
            ("zeros in front", "00123|00456", Some(Shape::NumberOfSomething)),
            ("files", "/scans/2001/a.pdf|C:\\x\\b.tif", Some(Shape::FilePath)),
            ("nothing", "", None),
        ] {
            let top: Vec<(Cell, u64)> = values.split('|').map(|value| (Cell::Text(value.to_owned()), 1)).collect();
            assert_eq!(shape(&top, true), expected, "{trap}");
        }
    }
}
