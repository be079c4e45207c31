//! What the values of a column look like, whatever its header says.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::{Cell, Class, fold, year};

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
    PersonName,
    FilePath,
    /// Short numbers, some with a sign or a unit's mark before them.
    Measured,
}

impl Shape {
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Email => Some(Class::Email),
            Self::Phone => Some(Class::Phone),
            Self::Ssn => Some(Class::Ssn),
            Self::Url => Some(Class::Url),
            Self::Ip => Some(Class::Ip),
            Self::Uuid => Some(Class::Uid),
            Self::Date => Some(Class::Date),
            Self::PersonName => Some(Class::Name),
            Self::TimeOfDay | Self::FilePath | Self::Measured => None,
        }
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
            Self::PersonName => "values look like names of people",
            Self::FilePath => "values look like file names",
            Self::Measured => "values look measured",
        }
    }
}

/// A shape, how a value of it is told, and the share of values that must be.
type Test = (Shape, fn(&str) -> bool, f64);

/// The shape that at least four in five of the values have; names need three in five.
pub fn shape(top: &[(Cell, u64)]) -> Option<Shape> {
    let texts: Vec<String> =
        top.iter().filter_map(|(cell, _)| text(cell)).filter(|text| !text.trim().is_empty()).collect();
    let share =
        |is: fn(&str) -> bool| texts.iter().filter(|text| is(text.trim())).count() as f64 / texts.len().max(1) as f64;
    let shapes: [Test; 11] = [
        (Shape::Email, is_email, 0.8),
        (Shape::Url, is_url, 0.8),
        (Shape::Uuid, is_uuid, 0.8),
        (Shape::Ip, is_ip, 0.8),
        (Shape::Ssn, is_ssn, 0.8),
        (Shape::Date, is_date, 0.8),
        (Shape::TimeOfDay, is_time, 0.8),
        (Shape::Phone, is_phone, 0.8),
        (Shape::FilePath, is_path, 0.8),
        (Shape::PersonName, is_person, 0.6),
        (Shape::Measured, is_measured, 0.8),
    ];
    if texts.is_empty() {
        return None;
    }
    shapes.into_iter().find(|(_, is, least)| share(*is) >= *least).map(|(shape, ..)| shape)
}

/// How many of the values are dates in any writing, numbers too; 0 to 1.
pub fn dated(top: &[(Cell, u64)]) -> f64 {
    let texts: Vec<String> =
        top.iter().filter_map(|(cell, _)| text(cell)).filter(|text| !text.trim().is_empty()).collect();
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
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let table = include_str!("../../../data/census_names.csv");
        table.lines().filter_map(|line| line.split_once(',')).map(|(_, name)| fold::fold(name)).collect()
    });
    let folded = fold::fold(text);
    let words: Vec<&str> =
        fold::tokens(&folded).map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    (1..=4).contains(&words.len())
        && words.iter().any(|word| NAMES.contains(*word))
        && !text.contains(|c: char| ";:#%".contains(c))
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
            ("zeros in front", "00123|00456", None),
            ("files", "/scans/2001/a.pdf|C:\\x\\b.tif", Some(Shape::FilePath)),
            ("nothing", "", None),
        ] {
            let top: Vec<(Cell, u64)> = values.split('|').map(|value| (Cell::Text(value.to_owned()), 1)).collect();
            assert_eq!(shape(&top), expected, "{trap}");
        }
    }
}
