//! Dates in whatever way legacy systems write them: read down to the year for samples, and to the day for the search
//! for birth dates.

use std::ops::Range;

use jiff::{Span, civil};

use super::fold;

/// A year as read; one written with two digits may be of another century.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    pub year: i32,
    pub two_digits: bool,
}

/// A day that a text may mean; `05/03/1980` means two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::struct_field_names)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

/// The year of a value that is a date and nothing but a date, or `None`. Zero dates are of the year 0.
///
/// Two-digit years from 30 on are of the last century, as spreadsheets read them.
pub fn year(text: &str) -> Option<i32> {
    read(text).map(|year| year.year)
}

/// As [`year`], telling how it was written.
pub fn read(text: &str) -> Option<Year> {
    let text = text.trim();
    if let Some(number) = plain_number(text) {
        return of_number(number).map(|year| Year { year, two_digits: false });
    }
    let folded = without_time(&fold::fold(text));
    let pieces = pieces(&folded);
    let start = pieces.iter().position(|piece| !is_weekday(piece.text))?;
    let found = readings(&pieces[start..]).into_iter().next().or_else(|| month_and_year(&pieces[start..]))?;
    let rest = &pieces[start + found.length..];
    let harmless = |piece: &Piece<'_>| piece.is_number() || TIME_WORDS.contains(&piece.text);
    rest.iter().all(harmless).then_some(Year { year: found.day.year, two_digits: found.two_digits })
}

/// Every full date a text contains, in every way it may be read.
pub fn days(text: &str) -> Vec<Day> {
    let folded = fold::fold(text);
    let pieces = pieces(&folded);
    let mut days = Vec::new();
    for start in 0..pieces.len() {
        for reading in readings(&pieces[start..]) {
            if reading.day.month == 0 || reading.day.day == 0 {
                continue;
            }
            days.push(reading.day);
            if reading.two_digits {
                let other = if reading.day.year < 2000 { 100 } else { -100 };
                days.push(Day { year: reading.day.year + other, ..reading.day });
            }
        }
    }
    days
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const TIME_WORDS: [&str; 16] =
    ["t", "z", "am", "pm", "a", "p", "m", "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "pst", "pdt"];
const ORDINALS: [&str; 5] = ["st", "nd", "rd", "th", "of"];

/// A run of digits or of letters, and what stands between it and the run before.
struct Piece<'a> {
    gap: &'a str,
    text: &'a str,
}

impl Piece<'_> {
    fn is_number(&self) -> bool {
        self.text.as_bytes()[0].is_ascii_digit()
    }

    /// A number of one or two digits.
    fn small(&self) -> Option<u8> {
        (self.is_number() && self.text.len() <= 2).then(|| self.text.parse().ok())?
    }

    fn four_digits(&self) -> Option<i32> {
        (self.is_number() && self.text.len() == 4).then(|| self.text.parse().ok())?
    }

    /// A year of four digits, or of two.
    fn any_year(&self) -> Option<Year> {
        if let Some(year) = self.four_digits() {
            return plausible(year).then_some(Year { year, two_digits: false });
        }
        let small = (self.text.len() == 2).then(|| self.small())??;
        let century = if small >= 30 { 1900 } else { 2000 };
        Some(Year { year: century + i32::from(small), two_digits: true })
    }

    fn month(&self) -> Option<u8> {
        let name = self.text;
        if name.len() < 3 {
            return None;
        }
        let place = MONTHS
            .iter()
            .position(|month| *month == name || month[..3] == *name || name == "sept" && *month == "september")?;
        Some(place as u8 + 1)
    }

    /// Whether this piece may go on the date that the one before it began.
    fn adjoins(&self) -> bool {
        self.gap.chars().count() <= 3 && self.gap.chars().all(|c| " -/.,'_年月日년월일\\".contains(c))
    }
}

struct Reading {
    day: Day,
    two_digits: bool,
    /// How many pieces it takes.
    length: usize,
}

fn pieces(folded: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut gap_start = 0;
    let mut rest = folded.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let same: fn(char) -> bool = match first {
            _ if first.is_ascii_digit() => |c| c.is_ascii_digit(),
            _ if first.is_alphabetic() && !"年月日년월일".contains(first) => {
                |c| c.is_alphabetic() && !fold::is_cjk(c)
            }
            _ => continue,
        };
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| same(*c)) {
            end = at + c.len_utf8();
        }
        pieces.push(Piece { gap: &folded[gap_start..start], text: &folded[start..end] });
        gap_start = end;
    }
    pieces
}

/// The full dates that begin with the first piece, the likelier reading first.
fn readings(pieces: &[Piece<'_>]) -> Vec<Reading> {
    let mut found = Vec::new();
    let Some(first) = pieces.first() else { return found };
    if let Some(run) = first.is_number().then_some(first.text).filter(|run| matches!(run.len(), 8 | 12 | 14)) {
        found.extend(of_run(&run[..8], run.len() > 8).into_iter().map(|day| Reading {
            day,
            two_digits: false,
            length: 1,
        }));
        return found;
    }
    // An ordinal (`3rd of May`) is read over.
    let parts: Vec<(usize, &Piece<'_>)> = pieces
        .iter()
        .enumerate()
        .take(5)
        .filter(|(at, piece)| *at == 0 || !ORDINALS.contains(&piece.text))
        .take(3)
        .collect();
    let [(_, a), (_, b), (last, c)] = parts[..] else { return found };
    if !pieces[1..=last].iter().all(Piece::adjoins) {
        return found;
    }
    let mut add = |year: Option<Year>, month: Option<u8>, day: Option<u8>| {
        if let (Some(year), Some(month @ 0..=12), Some(day @ 0..=31)) = (year, month, day) {
            let day = Day { year: year.year, month, day };
            found.push(Reading { day, two_digits: year.two_digits, length: last + 1 });
        }
    };
    let whole = |piece: &Piece<'_>| {
        let year = piece.four_digits().filter(|year| plausible(*year))?;
        Some(Year { year, two_digits: false })
    };
    add(whole(a), b.small().or_else(|| b.month()), c.small());
    add(c.any_year(), a.small(), b.small());
    add(c.any_year(), b.small().or_else(|| b.month()), a.small());
    add(c.any_year(), a.month(), b.small());
    if a.small().is_some_and(|n| n > 31) {
        add(a.any_year(), b.small().or_else(|| b.month()), c.small());
    }
    found
}

/// `May 1980`, `1980-05`, `05/1980`: no day, and nothing after it.
fn month_and_year(pieces: &[Piece<'_>]) -> Option<Reading> {
    let [a, b] = pieces else { return None };
    let year = match (a.four_digits(), b.four_digits()) {
        (Some(year), None) if b.small().or_else(|| b.month()).is_some_and(|m| m <= 12) => year,
        (None, Some(year)) if a.small().or_else(|| a.month()).is_some_and(|m| m <= 12) => year,
        _ => return None,
    };
    let day = Day { year, month: 0, day: 0 };
    (plausible(year) && b.adjoins()).then_some(Reading { day, two_digits: false, length: 2 })
}

/// Eight digits as a day; `only_iso` where a time follows.
fn of_run(run: &str, only_iso: bool) -> Vec<Day> {
    let number = |range: Range<usize>| run[range].parse::<u16>().unwrap_or(u16::MAX);
    let orders: &[(Range<usize>, Range<usize>, Range<usize>)] =
        &[(0..4, 4..6, 6..8), (4..8, 0..2, 2..4), (4..8, 2..4, 0..2)];
    let mut days: Vec<Day> = Vec::new();
    for (year, month, day) in orders.iter().take(if only_iso { 1 } else { 3 }).cloned() {
        let day = Day { year: i32::from(number(year)), month: number(month) as u8, day: number(day) as u8 };
        if plausible(day.year) && day.month <= 12 && day.day <= 31 && !days.contains(&day) {
            days.push(day);
        }
    }
    days
}

fn plausible(year: i32) -> bool {
    year == 0 || (1000..3000).contains(&year)
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| word.len() >= 3 && day.starts_with(word))
}

/// A value that is one number, with its fraction.
fn plain_number(text: &str) -> Option<(bool, &str)> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    (!whole.is_empty() && all_digits(whole) && all_digits(fraction)).then_some((negative, whole))
}

/// Years, packed dates, spreadsheet serials, seconds or more since 1970, ticks since the year 1 or 1601.
fn of_number((negative, digits): (bool, &str)) -> Option<i32> {
    let number: i64 = digits.parse().ok()?;
    if number == 0 {
        return Some(0);
    }
    let signed = if negative { -number } else { number };
    match digits.len() {
        7..=10 if negative => since_1970(signed),
        11..=13 if negative => since_1970(signed / 1_000),
        _ if negative => None,
        4 => (1000..3000).contains(&number).then_some(number as i32),
        5 if number <= 73_050 => {
            Some(civil::date(1899, 12, 30).checked_add(Span::new().days(number)).ok()?.year().into())
        }
        6 => ((1..=12).contains(&(number % 100)) && (1800..2200).contains(&(number / 100)))
            .then_some((number / 100) as i32),
        8 => of_run(digits, false).into_iter().map(|day| day.year).find(|year| (1800..2200).contains(year)),
        9 | 10 => since_1970(number),
        12 | 14 | 17 if packed(digits).is_some() => packed(digits),
        12 | 13 => since_1970(number / 1_000),
        15 | 16 => since_1970(number / 1_000_000),
        // Ticks of 100 ns, since 1601 (file times) or since the year 1.
        18 if number < 400_000_000_000_000_000 => since_1970(number / 10_000_000 - 11_644_473_600),
        18 => since_1970(number / 10_000_000 - 62_135_596_800),
        _ => None,
    }
}

fn packed(digits: &str) -> Option<i32> {
    let day = of_run(&digits[..8], true).into_iter().next()?;
    let hour: u8 = digits[8..10].parse().ok()?;
    let minute: u8 = digits[10..12].parse().ok()?;
    ((1800..2200).contains(&day.year) && hour < 24 && minute < 60).then_some(day.year)
}

fn since_1970(seconds: i64) -> Option<i32> {
    let year = i32::from(
        civil::date(1970, 1, 1).checked_add(Span::new().try_days(seconds.div_euclid(86_400)).ok()?).ok()?.year(),
    );
    (1800..2200).contains(&year).then_some(year)
}

/// Takes the time of day out, with its fraction, its half of the day and its zone.
fn without_time(folded: &str) -> String {
    let bytes = folded.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let Some(colon) = (1..bytes.len()).find(|&at| bytes[at] == b':' && digit(at - 1) && digit(at + 1)) else {
        return folded.to_owned();
    };
    let start = if colon >= 2 && digit(colon - 2) { colon - 2 } else { colon - 1 };
    let mut end = colon;
    while bytes.get(end).is_some_and(|b| b.is_ascii_digit() || b":.,".contains(b)) {
        end += 1;
    }
    if bytes.get(end).is_some_and(|b| b"+-".contains(b)) && digit(end + 1) {
        end += 1;
        while digit(end) || bytes.get(end) == Some(&b':') {
            end += 1;
        }
    }
    format!("{} {}", &folded[..start], &folded[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_date_gives_its_year() {
        for (trap, text, expected) in [
            ("ISO", "1980-05-03", Some(1980)),
            ("ISO with time", "1980-05-03 10:11:12.123456", Some(1980)),
            ("ISO with zone", "1980-05-03T10:11:12+02:00", Some(1980)),
            ("ISO in UTC", "1980-05-03T10:11Z", Some(1980)),
            ("zero date", "0000-00-00", Some(0)),
            ("zero date and time", "0000-00-00 00:00:00", Some(0)),
            ("zero day", "2008-00-00", Some(2008)),
            ("zero date as a number", "0", Some(0)),
            ("American", "5/3/1980", Some(1980)),
            ("American with time", "05/03/1980 1:02 PM", Some(1980)),
            ("day first", "31/12/1999", Some(1999)),
            ("dots", "03.05.1980", Some(1980)),
            ("two digits, last century", "5/3/80", Some(1980)),
            ("two digits, this century", "05-03-08", Some(2008)),
            ("year first, two digits", "80-05-03", Some(1980)),
            ("named month", "3-May-1980", Some(1980)),
            ("named month, two digits", "03-MAY-80", Some(1980)),
            ("month first", "May 3, 1980", Some(1980)),
            ("month first with a time", "Sep 21 2012 12:00AM", Some(2012)),
            ("ordinal", "May 3rd, 1980", Some(1980)),
            ("of", "3rd of May 1980", Some(1980)),
            ("weekday and zone", "Wed, 05 Mar 1980 10:00:00 GMT", Some(1980)),
            ("ctime", "Wed Mar 05 10:00:00 1980", Some(1980)),
            ("month and year", "May 1980", Some(1980)),
            ("month and year in digits", "05/1980", Some(1980)),
            ("East Asian", "1980年5月3日", Some(1980)),
            ("packed", "19800503", Some(1980)),
            ("packed, month first", "05031980", Some(1980)),
            ("packed with time", "20080503101112", Some(2008)),
            ("packed with T", "20080503T101112", Some(2008)),
            ("year and month", "198005", Some(1980)),
            ("year", "1980", Some(1980)),
            ("spreadsheet serial", "29344", Some(1980)),
            ("spreadsheet serial with time", "29344.75", Some(1980)),
            ("seconds", "326160000", Some(1980)),
            ("seconds before 1970", "-86400000", Some(1967)),
            ("milliseconds", "1209809472000", Some(2008)),
            ("file time", "128542834720000000", Some(2008)),
            ("ticks", "633454000000000000", Some(2008)),
            ("time alone", "07:30:00", None),
            ("military time", "0730", None),
            ("a count", "42", None),
            ("a name with a date", "Smith 1980-05-03", None),
            ("a date with a name", "1980-05-03 Smith", None),
            ("impossible month", "1980-13-45", None),
            ("words", "unknown", None),
            ("blank", " ", None),
            ("a phone", "207-555-0100", None),
        ] {
            assert_eq!(year(text), expected, "{trap}: {text}");
        }
    }

    #[test]
    fn days_are_found_inside_text_in_both_orders() {
        let may_third = Day { year: 1980, month: 5, day: 3 };
        for (trap, text) in [
            ("ISO", "DOB 1980-05-03."),
            ("glued to a word", "dob:1980-05-03T00:00"),
            ("month first", "born 5/3/1980, male"),
            ("day first", "born 03.05.1980"),
            ("two digits", "b. 05/03/80"),
            ("named", "born May 3, 1980"),
            ("named with an ordinal", "born on the 3rd of May, 1980"),
            ("packed", "X19800503Y"),
            ("packed, month first", "file 05031980.pdf"),
            ("after other numbers", "room 12, 1980/05/03"),
            ("East Asian", "生年月日1980年5月3日"),
        ] {
            assert!(days(text).contains(&may_third), "{trap}: {text}");
        }
        assert!(days("2008-00-00 and 12 of 3, 10").iter().all(|day| day.year != 1980));
    }
}
