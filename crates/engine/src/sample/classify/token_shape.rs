//! Values of one run of letters and digits: numbers of people and papers, logins, plates, and codes of lists that
//! everybody uses.

use std::collections::HashSet;

use analysis::check_digit::{is_loinc, is_snomed};

use super::super::{fold, year};
use super::unknown_words::is_unknown;

/// The share of values that must be of a kind.
fn most(texts: &[&str], is: impl Fn(&str) -> bool) -> bool {
    texts.iter().filter(|text| is(text)).count() * 5 >= texts.len() * 4
}

/// Codes of diagnoses, tests, substances: ICD-9 and 10, LOINC, SNOMED CT, NDC, ATC.
pub fn are_listed_codes(texts: &[&str]) -> bool {
    if texts.is_empty() {
        return false;
    }
    // A letter and digits may number anything; diagnoses begin with many letters or have a point.
    let letters: HashSet<char> = texts.iter().filter_map(|text| text.chars().next()).collect();
    let pointed = texts.iter().filter(|text| text.len() < 4 || text.contains('.')).count() * 2 >= texts.len();
    most(texts, is_loinc)
        || most(texts, is_snomed)
        || most(texts, is_ndc)
        || most(texts, is_atc)
        || (letters.len() >= 4 || pointed) && most(texts, is_diagnosis)
}

/// `S39.012A`, `M545`, `J45.909`.
fn is_diagnosis(text: &str) -> bool {
    let bare = text.replacen('.', "", 1);
    let bytes = bare.as_bytes();
    (3..=7).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_digit()
        && bytes[2..].iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && text.find('.').is_none_or(|at| at == 3)
}

/// `00781-1506-10`: labeller, product, package.
fn is_ndc(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) && matches!(lengths[..], [4 | 5, 3 | 4, 1 | 2])
}

/// `C09AA03`.
fn is_atc(text: &str) -> bool {
    text.len() == 7 && text.bytes().zip("A99AA99".bytes()).all(|(is, wanted)| is_like(is, wanted))
}

fn is_like(is: u8, wanted: u8) -> bool {
    if wanted == b'9' { is.is_ascii_digit() } else { is.is_ascii_uppercase() }
}

/// Telephone numbers without the signs that tell them: ten digits as North America numbers its lines, or digits behind
/// a country's sign or the zero of a trunk.
pub fn is_bare_phone(text: &str) -> bool {
    let bare = text.strip_prefix('+').unwrap_or(text);
    if !bare.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let national = bare.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(bare);
    let digit = |at: usize| national.as_bytes()[at] - b'0';
    let american = national.len() == 10
        && digit(0) >= 2
        && digit(1) < 9
        && digit(3) >= 2
        && &national[1..3] != "11"
        && &national[4..6] != "11";
    let abroad = text.starts_with('+') && (9..=15).contains(&bare.len());
    let trunk = (9..=12).contains(&bare.len()) && bare.starts_with('0') && !bare.starts_with("00");
    american || abroad || trunk
}

/// `06 12 34 56 78`, `030/1234567`, `612 345 678`, `555-0142`.
pub fn is_grouped_phone(text: &str) -> bool {
    let groups: Vec<&str> = text.split(|c: char| " -./()+".contains(c)).filter(|group| !group.is_empty()).collect();
    let figures = groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let date = groups.len() <= 3 && year::year(text).is_some();
    if groups.len() < 2 || !figures || text.parse::<f64>().is_ok() || date {
        return false;
    }
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let begins = text.starts_with(['0', '+', '(']);
    let spanish = digits == 9 && groups[0].len() == 3 && text.starts_with(['6', '7', '8', '9']);
    let local = digits == 7 && groups.len() == 2 && groups[0].len() == 3 && !text.contains('/');
    begins && (8..=15).contains(&digits) && groups[0].len() <= 5 || spanish || local
}

/// Numbers that tell one person or paper from all others: five digits and more, or letters with four, in one run.
/// Ranges, decimals, dates and times are none.
pub fn is_number_of_something(text: &str) -> bool {
    let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
    let (digits, letters) = (count(char::is_ascii_digit), count(|c| c.is_alphabetic()));
    let others = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_alphabetic());
    if letters > digits.max(6) || !others.clone().all(|c| "-/. _#".contains(c)) || others.count() > 4 {
        return false;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let range = letters == 0 && parts.len() == 2 && parts.iter().all(|part| part.len() <= 4);
    let decimal = letters == 0 && text.contains('.') && text.parse::<f64>().is_ok();
    let wordy = parts.iter().any(|part| part.len() > 2 && part.chars().all(char::is_lowercase));
    if range || decimal || wordy || letters == 0 && text.contains(['-', '/', '.']) && year::year(text).is_some() {
        return false;
    }
    let mixed = letters > 0 && digits >= 4 && letters + digits >= 7;
    digits >= 5 || mixed
}

/// Whether values are such numbers: three in five, or ones counted up after the same letters (`E1001`).
pub fn are_numbers_of_something(texts: &[&str]) -> bool {
    let some = texts.iter().filter(|text| is_number_of_something(text)).count();
    let stem = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let first = texts.first().map(|text| stem(text)).unwrap_or_default();
    let counted = texts.len() > 12
        && !first.is_empty()
        && texts.iter().all(|text| stem(text) == first && text.len() >= first.len() + 4);
    texts.len() > 1 && some * 5 >= texts.len() * 3 || counted
}

/// Logins: `jroe2`, `m.garcia`, `CLINIC\jroe`, a first letter and a family name. Codes counted up (`stage1`, `stage2`)
/// share their letters, and their words are known.
pub fn are_logins(texts: &[&str], is_family_name: impl Fn(&str) -> bool) -> bool {
    let parted = |text: &str| {
        text.rsplit_once('\\').is_some_and(|(domain, user)| is_plain(domain) && is_plain(user))
            || text.split_once('.').is_some_and(|(a, b)| is_lower(a) && is_lower(b) && a.len() + b.len() > 4)
    };
    if texts.len() < 2 {
        return false;
    }
    if most(texts, parted) {
        return true;
    }
    let stems: Vec<String> = texts
        .iter()
        .filter(|text| text.is_ascii() && text.len() >= 4)
        .map(|text| text.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|stem| {
            stem.len() >= 3 && (is_lower(stem) || stem.len() >= 5 && stem.bytes().all(|b| b.is_ascii_uppercase()))
        })
        .map(fold::fold)
        .collect();
    if stems.len() * 5 < texts.len() * 4 {
        return false;
    }
    let unknown = stems.iter().filter(|stem| is_unknown(stem)).count();
    let numbered = texts.iter().filter(|text| text.ends_with(|c: char| c.is_ascii_digit())).count();
    let distinct = stems.iter().collect::<HashSet<_>>().len();
    let families = stems.iter().filter(|stem| is_family_name(&stem[1..])).count();
    let counted = numbered * 2 >= texts.len() && distinct >= 3 && distinct * 5 >= texts.len() * 2;
    unknown * 10 >= stems.len() * 7 && (counted || families * 2 >= stems.len())
}

fn is_lower(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_plain(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| c.is_alphanumeric() || "._-".contains(c))
}

/// Plates of vehicles: letters and digits as plates have them, no two values with the same letters.
pub fn are_plates(texts: &[&str]) -> bool {
    const FORMS: [&str; 9] =
        ["AAA9999", "AAA999", "9AAA999", "AA999AA", "9999AAA", "AA9999", "AA99AAA", "AAA9A99", "999AAA"];
    let bare = |text: &str| -> String { text.chars().filter(|c| !" -·".contains(*c)).collect() };
    let is_plate = |text: &str| {
        let bare = bare(text);
        let fits = |form: &&str| {
            form.len() == bare.len() && bare.bytes().zip(form.bytes()).all(|(is, wanted)| is_like(is, wanted))
        };
        FORMS.iter().any(fits)
    };
    let letters = |text: &&str| -> String { text.chars().filter(char::is_ascii_uppercase).collect() };
    let distinct = texts.iter().map(letters).collect::<HashSet<_>>().len();
    texts.len() >= 8 && most(texts, is_plate) && distinct * 10 >= texts.len() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    type Kind<'a> = &'a dyn Fn(&[&str]) -> bool;

    #[test]
    fn tokens_are_known_by_their_kind() {
        let logins = |texts: &[&str]| are_logins(texts, |name| ["garcia", "smith", "jones"].contains(&name));
        let phones = |texts: &[&str]| most(texts, is_bare_phone);
        let grouped = |texts: &[&str]| most(texts, is_grouped_phone);
        let cases: [(&str, Kind<'_>, &str, bool); 38] = [
            ("diagnoses", &are_listed_codes, "S39.012A|M54.5|J45.909|Z00.00|L25.3", true),
            ("diagnoses without a point", &are_listed_codes, "S39012A|M545|J45909|Z0000", true),
            ("personnel numbers are no diagnoses", &are_listed_codes, "E1000|E1001|E1002|E1003", false),
            ("tests", &are_listed_codes, "2345-7|718-7|4544-3", true),
            ("concepts", &are_listed_codes, "195662009|410620009|162673000", true),
            ("nine digits are no concepts", &are_listed_codes, "195662003|410620002|162673007", false),
            ("packages", &are_listed_codes, "00781-1506-10|0002-8215-01", true),
            ("substances", &are_listed_codes, "C09AA03|N02BE01", true),
            ("lines of North America", &phones, "2075550142|4155550100|3126020199", true),
            ("with its country", &phones, "12075550142|+14155550100", true),
            ("ten digits that no line has", &phones, "1075550142|0055550100|9999999999", false),
            ("of France and Germany", &phones, "0612345678|03012345678|+33612345678", true),
            ("padded numbers", &phones, "0001234567|0009876543", false),
            ("pairs", &grouped, "06 12 34 56 78|06.98.76.54.32", true),
            ("with a stroke", &grouped, "030/1234567|0151-23456789", true),
            ("nine in threes", &grouped, "612 345 678|912-345-678", true),
            ("without an area", &grouped, "555-0142|555-0199", true),
            ("pressures and ranges", &grouped, "120/80|140-400|4.5-11", false),
            ("dates", &grouped, "2001-02-03|03.04.2001", false),
            ("chart numbers", &are_numbers_of_something, "HM-104233|HM-104234", true),
            ("with zeros in front", &are_numbers_of_something, "09114210|93204089", true),
            ("licences", &are_numbers_of_something, "D1234567|S99887766", true),
            ("seventeen and one sign", &are_numbers_of_something, "1HGCM267574A249988|1HGCM015729A872102", true),
            ("ranges", &are_numbers_of_something, "140-400|135-146|65-99", false),
            ("decimals", &are_numbers_of_something, "1234.50|99812.25", false),
            ("doses", &are_numbers_of_something, "10 mg|0.075 mg|600 mg", false),
            ("models", &are_numbers_of_something, "CCA-200 mini|6200 half|1860 N95", false),
            ("short codes", &are_numbers_of_something, "0100|0110|E11|99213A", false),
            ("logins with numbers", &logins, "lefv35|oyel14|tnguy28|kszcz4", true),
            ("logins of names", &logins, "jsmith|agarcia|mjones", true),
            ("logins with a domain", &logins, "CLINIC\\jroe|CLINIC\\mdoe", true),
            ("first and last", &logins, "jane.roe|max.muster", true),
            ("codes counted up", &logins, "stage1|stage2|stage3|level1", false),
            ("words", &logins, "apte|audition|retour|inapte", false),
            ("units", &logins, "mg|ml|kg|mmol", false),
            ("plates", &are_plates, "ABC-1234|QWE-4321|ZXC-1111|PLM-2222|KJH-3333|BNM-4444|TYU-5555|GHJ-6666", true),
            ("codes like plates", &are_plates, "LAB101|LAB102|LAB103|LAB104|RAD101|RAD102|RAD103|RAD104", false),
            ("nothing", &are_listed_codes, "", false),
        ];
        let wrong: Vec<&str> = cases
            .into_iter()
            .filter(|(_, is, values, expected)| {
                let texts: Vec<&str> = values.split('|').filter(|text| !text.is_empty()).collect();
                is(&texts) != *expected
            })
            .map(|(trap, ..)| trap)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
