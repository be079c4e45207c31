//! Whether the first record gives the names of the columns, and what stands above it.

use std::collections::{HashMap, HashSet};

use super::sample::{Cell, Reading, Record, usual_width};
use super::value::Look;

/// Letters by which values begin alike, and values that an order needs.
const START: usize = 4;
const MANY: usize = 12;
/// Records below the first that are looked at.
const BELOW: usize = 500;
/// Words of a sentence.
const SENTENCE: usize = 4;

/// How many records are a title or remarks above the header.
pub fn title(reading: &Reading) -> usize {
    fn first<'a>(record: &'a Record) -> &'a [u8] {
        record.first().map_or(b"", |field| field.text.trim_ascii())
    }
    let widths = reading.records.iter().filter(|r| r.len() > 1 || !first(r).is_empty()).map(Vec::len);
    let (usual, often) = usual_width(widths.clone());
    // Text and blanks; a title in a spreadsheet is saved with an empty field for each other column.
    let is_title = |r: &Record| match &r[..] {
        [_] => first(r).is_empty() || first(r).contains(&b' '),
        [_, rest @ ..] => rest.len() > 1 && rest.iter().all(|cell| cell.text.trim_ascii().is_empty()),
        [] => false,
    };
    let head = reading.records.iter().take(20);
    let Some(above) = head.clone().position(|r| r.len() == usual && !is_title(r)) else { return 0 };
    // One record of two fields is a sentence with a comma.
    let stands_apart = above > 0 && usual > 1 && widths.clone().count() > 1 && often * 2 > widths.count();
    if !stands_apart || !reading.records[..above].iter().all(is_title) || header_odds(&reading.records[above..]) < 0.0 {
        return 0;
    }
    above
}

/// Odds, as a logarithm, that the first record gives the names of the columns: above 0 it does. Near 0 nothing tells.
pub fn header_odds(records: &[Record]) -> f64 {
    odds_and_strongest(records).0
}

/// Whether the first record gives names, and whether that could as well be otherwise.
pub fn header(records: &[Record]) -> (bool, bool) {
    let (odds, strongest) = odds_and_strongest(records);
    (odds >= 0.0, odds.abs() < 0.6 || strongest < 1.0)
}

/// The odds, and the most that one column says.
fn odds_and_strongest(records: &[Record]) -> (f64, f64) {
    let Some((first, below)) = records.split_first() else { return (1.0, 1.0) };
    let filled: Vec<&[u8]> = first.iter().map(|f| f.text.trim_ascii()).filter(|f| !f.is_empty()).collect();
    if filled.is_empty() {
        return (-3.0, 3.0);
    }
    let mut strongest = 0.0_f64;
    let below: Vec<&Record> = below.iter().filter(|r| r.len() >= first.len() && *r != first).take(BELOW).collect();
    let mut odds = 0.0;
    let years = spread_years(first);
    for (index, cell) in first.iter().enumerate() {
        if !years.contains(&index) {
            let column = column_odds(cell, &below, index).clamp(-4.0, 4.0);
            strongest = strongest.max(column.abs());
            odds += column;
        }
    }
    let distinct: HashSet<Vec<u8>> = filled.iter().map(|f| f.to_ascii_lowercase()).collect();
    let repeated = filled.len() - distinct.len();
    odds -= 1.5 * repeated as f64;
    if filled.len() * 2 < first.len() {
        odds -= 2.0;
        // A title with an empty field for each other column.
        strongest = strongest.max(2.0);
    }
    if filled.iter().any(|f| f.len() > 128 || f.contains(&b'\n') && f.len() > 80) {
        odds -= 3.0;
        strongest = 3.0;
    }
    (odds, strongest)
}

/// What one column says of the first record.
fn column_odds(cell: &Cell, below: &[&Record], index: usize) -> f64 {
    let first = cell.text.trim_ascii();
    let look = Look::of(first);
    let values: Vec<&[u8]> = below.iter().map(|r| r[index].text.trim_ascii()).filter(|t| !t.is_empty()).collect();
    // What all values have is no sign of a name.
    let as_named = values.iter().take(50).map(|v| name_odds(v)).sum::<f64>() / values.len().clamp(1, 50) as f64;
    let named = name_odds(first) - as_named.max(0.0);
    if values.is_empty() {
        return match look {
            Look::Empty => 0.0,
            look if look.is_value() => -2.5,
            _ => named,
        };
    }
    let share = |n: usize| n as f64 / values.len() as f64;
    let looks: Vec<Look> = values.iter().map(|v| Look::of(v)).collect();
    let are_values = share(looks.iter().filter(|l| l.is_value()).count());
    if look == Look::Empty {
        return -0.2;
    }
    if are_values >= 0.8 {
        return match look {
            look if look.is_value() => -3.0,
            Look::NoValue => -1.0,
            _ => 2.5 + named.max(0.0),
        };
    }
    if look.is_value() {
        return -2.5;
    }
    if values.iter().all(|v| is_flag(v)) && values.len() > 2 {
        return if is_flag(first) { -2.0 } else { 2.0 + named.max(0.0) };
    }
    let addresses = share(values.iter().filter(|v| is_address(v)).count());
    if addresses >= 0.8 {
        return if is_address(first) { -3.0 } else { 1.8 + named.max(0.0) };
    }
    // A value that comes again below is one; a name among values of few kinds would be a coincidence.
    let again = values.iter().filter(|v| **v == first).count();
    let mut odds = named;
    if again > 0 {
        odds -= 2.5;
    }
    if begins_alike(first, &values) {
        return -2.5;
    }
    if is_sentence(first) && values.iter().filter(|v| is_sentence(v)).count() * 2 > values.len() {
        odds -= 1.5;
    }
    odds += in_order(first, &values);
    let mut shapes: HashMap<Vec<u8>, usize> = HashMap::new();
    for value in &values {
        *shapes.entry(shape(value)).or_default() += 1;
    }
    let own = shape(first);
    let digit = |shape: &[u8]| shape.contains(&b'9');
    let with_digits = share(shapes.iter().filter(|(s, _)| digit(s)).map(|(_, n)| n).sum());
    let alike = share(shapes.get(&own).copied().unwrap_or(0));
    if with_digits >= 0.8 {
        // Codes, addresses: a name has no figures in it.
        odds += if digit(&own) { -1.0 - 2.0 * alike } else { 1.8 };
    } else if digit(&own) && named <= 0.0 {
        odds -= 0.6;
    }
    let before = odds;
    let length = values[0].len();
    if length <= 4 && share(values.iter().filter(|v| v.len() == length).count()) > 0.95 {
        // Flags and codes of one length.
        odds += if first.len() == length { -1.5 } else { 1.2 };
    } else if with_digits < 0.8 && alike > 0.6 && named <= 0.0 {
        odds -= 0.7;
    }
    // Few values tell little of a shape.
    before + (odds - before) * values.len() as f64 / (values.len() as f64 + 3.0)
}

/// Prose. A question of a survey may be a name, but not where the answers are sentences too.
fn is_sentence(text: &[u8]) -> bool {
    text.split(|b| *b == b' ').filter(|word| word.iter().any(u8::is_ascii_alphabetic)).count() >= SENTENCE
}

/// It begins as nearly all values below it do, or as most do with a mark such as `n.` or `RX-`.
fn begins_alike(first: &[u8], values: &[&[u8]]) -> bool {
    let share = |start: &[u8]| values.iter().filter(|v| v.starts_with(start)).count() * 10 / values.len().max(1);
    let mark = first.iter().take(START).position(|b| matches!(b, b'.' | b':' | b'-' | b'/'));
    let marked = mark.is_some_and(|at| at > 0 && at + 1 < first.len() && share(&first[..=at]) >= 5);
    values.len() > 2 && (marked || first.len() >= START && share(&first[..START]) >= 8)
}

/// What the first text says where the values are in order: a name stands before them by chance only.
fn in_order(first: &[u8], values: &[&[u8]]) -> f64 {
    let lower = |text: &[u8]| text.to_ascii_lowercase();
    let pairs = values.windows(2).filter(|pair| lower(pair[0]) <= lower(pair[1])).count();
    let kinds = values.iter().collect::<HashSet<_>>().len();
    if values.len() < MANY || kinds * 2 < values.len() || pairs * 50 < (values.len() - 1) * 49 {
        return 0.0;
    }
    if lower(first) <= lower(values[0]) { -1.5 } else { 1.2 }
}

/// Yes or no, in one of the ways it is written.
fn is_flag(text: &[u8]) -> bool {
    const FLAGS: [&[u8]; 10] = [b"y", b"n", b"yes", b"no", b"t", b"f", b"true", b"false", b"0", b"1"];
    FLAGS.iter().any(|flag| text.eq_ignore_ascii_case(flag))
}

/// Of the net or of mail.
fn is_address(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"://").is_some() || text.contains(&b'@') && !text.contains(&b' ')
}

/// Columns whose names are years one after another, as people spread a figure over columns.
fn spread_years(first: &Record) -> Vec<usize> {
    let year = |cell: &Cell| {
        str::from_utf8(cell.text.trim_ascii()).ok()?.parse().ok().filter(|y: &u32| (1900..2100).contains(y))
    };
    let years: Vec<(usize, u32)> = first.iter().enumerate().filter_map(|(i, f)| Some((i, year(f)?))).collect();
    let in_a_row = years.len() > 1 && years.windows(2).all(|w| w[0].1.abs_diff(w[1].1) == 1);
    if in_a_row { years.into_iter().map(|(index, _)| index).collect() } else { Vec::new() }
}

/// Letters and figures by their kind, runs of one kind once.
fn shape(text: &[u8]) -> Vec<u8> {
    let mut shape: Vec<u8> = text
        .iter()
        .map(|b| match b {
            b'0'..=b'9' => b'9',
            b'A'..=b'Z' => b'A',
            b'a'..=b'z' | 0x80.. => b'a',
            other => *other,
        })
        .collect();
    shape.dedup();
    shape
}

/// Words of which names of columns are made, in the languages legacy systems are written in.
const NAME_WORDS: [&str; 122] = [
    "id",
    "ids",
    "key",
    "code",
    "name",
    "names",
    "date",
    "time",
    "dt",
    "no",
    "nr",
    "num",
    "number",
    "type",
    "desc",
    "description",
    "label",
    "title",
    "status",
    "state",
    "city",
    "zip",
    "address",
    "addr",
    "street",
    "phone",
    "tel",
    "fax",
    "email",
    "mail",
    "dob",
    "birth",
    "sex",
    "gender",
    "age",
    "first",
    "last",
    "middle",
    "surname",
    "forename",
    "given",
    "family",
    "amount",
    "amt",
    "qty",
    "quantity",
    "price",
    "cost",
    "total",
    "count",
    "value",
    "val",
    "unit",
    "units",
    "result",
    "results",
    "comment",
    "comments",
    "note",
    "notes",
    "text",
    "body",
    "remark",
    "remarks",
    "test",
    "visit",
    "provider",
    "patient",
    "employee",
    "emp",
    "pat",
    "dept",
    "department",
    "site",
    "location",
    "room",
    "start",
    "end",
    "begin",
    "from",
    "to",
    "flag",
    "is",
    "has",
    "year",
    "month",
    "day",
    "created",
    "updated",
    "modified",
    "entered",
    "user",
    "author",
    "group",
    "category",
    "class",
    "level",
    "rank",
    "order",
    "seq",
    "index",
    "file",
    "url",
    "lat",
    "lon",
    "country",
    "region",
    "left",
    "right",
    "height",
    "weight",
    "pulse",
    "bp",
    "dose",
    "drug",
    "reason",
    "nachname",
    "vorname",
    "geburtsdatum",
    "datum",
    "nom",
    "fecha",
];

/// What a text says by itself of being a name: words of the field, `snake_case`, `camelCase`.
fn name_odds(text: &[u8]) -> f64 {
    if text.len() > 64 || text.is_empty() {
        return -1.0;
    }
    let parts = words(text);
    let ends = |word: &str| ["name", "date", "code", "time", "number"].iter().any(|end| word.ends_with(end));
    let known = parts.iter().filter(|word| NAME_WORDS.contains(&word.as_str()) || ends(word)).count();
    let joined =
        text.contains(&b'_') || text.windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    let mut odds = 0.0;
    if known > 0 && known * 2 >= parts.len() {
        odds += 1.6;
    } else if known > 0 && parts.len() < SENTENCE {
        // A sentence holds such words by chance.
        odds += 0.8;
    }
    if joined && !text.contains(&b' ') {
        odds += 0.9;
    }
    odds
}

fn words(text: &[u8]) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = b' ';
    for &byte in text {
        if byte.is_ascii_alphabetic() {
            if before.is_ascii_lowercase() && byte.is_ascii_uppercase() {
                words.push(String::new());
            }
            words.last_mut().expect("one at least").push(byte.to_ascii_lowercase() as char);
        } else {
            words.push(String::new());
        }
        before = byte;
    }
    words.retain(|word| !word.is_empty());
    words
}
