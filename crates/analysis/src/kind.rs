//! What single values look like: documents, identifiers and the code systems of the field, by shape and check digit
//! alone. No list of codes is held.

use serde::{Deserialize, Serialize};

use super::check_digit::{is_loinc, is_npi, is_snomed, is_vin};

/// How far a look alone tells what a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// A check digit, a signature, or a shape that nothing else has.
    Sure,
    /// A shape that fits, and a header that says so too.
    Likely,
    /// A shape that other numbers have as well.
    Possible,
}

impl Sureness {
    pub fn label(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// What makes a kind of value known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    CheckDigit,
    Shape,
    /// Numbers of the same shape are common: without a word in the header it is a guess.
    CommonShape,
    /// Of risk or of trouble wherever it stands, in however few rows.
    AnyRow,
}

macro_rules! kinds {
    ($($kind:ident $label:literal by $by:ident ($is:expr) named $words:expr,)*) => {
        /// What a value looks like.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wire", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($kind,)* }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            pub(crate) fn by(self) -> By {
                match self { $(Self::$kind => By::$by,)* }
            }

            /// Words of a header that say the same.
            pub fn words(self) -> &'static [&'static str] {
                match self { $(Self::$kind => $words,)* }
            }

            /// Whether a trimmed, filled text looks like it.
            pub(crate) fn is(self, text: &str) -> bool {
                match self { $(Self::$kind => ($is)(text),)* }
            }
        }
    };
}

kinds! {
    Npi "NPI" by CheckDigit (is_npi) named &["npi"],
    Dea "DEA number" by CheckDigit (is_dea) named &["dea"],
    Snomed "SNOMED CT concept" by CheckDigit (|t: &str| t.len() >= 6 && is_snomed(t)) named &["snomed", "sctid", "concept"],
    Loinc "LOINC code" by CheckDigit (is_loinc) named &["loinc"],
    Vin "vehicle identification number" by CheckDigit (is_vin) named &["vin"],
    Icd10 "ICD-10-CM code" by Shape (|t: &str| t.contains('.') && is_icd_10(t)) named &["icd", "icd10", "dx", "diag", "diagnosis"],
    Icd10Plain "ICD-10-CM code without its dot" by CommonShape (|t: &str| !t.contains('.') && is_icd_10(t)) named &["icd", "icd10", "dx", "diag", "diagnosis"],
    Icd9 "ICD-9-CM code" by CommonShape (is_icd_9) named &["icd", "icd9", "dx", "diag", "diagnosis"],
    Cpt "CPT code" by CommonShape (is_cpt) named &["cpt", "procedure", "proc", "hcpcs"],
    Hcpcs "HCPCS code" by CommonShape (|t: &str| fits(t, "A9999") && t.as_bytes()[0] <= b'V') named &["hcpcs", "cpt", "procedure", "proc"],
    Ndc "NDC" by Shape (is_ndc) named &["ndc", "drug"],
    NdcPlain "NDC without dashes" by CommonShape (|t: &str| fits(t, "99999999999")) named &["ndc"],
    Cvx "CVX vaccine code" by CommonShape (|t: &str| digits(t, 1, 3) && t.trim_start_matches('0').len() <= 3 && t != "0") named &["cvx", "vaccine", "vacc", "immunization"],
    RxNorm "RxNorm number" by CommonShape (|t: &str| digits(t, 3, 7)) named &["rxnorm", "rxcui", "rxnormcode"],
    BloodPressure "blood pressure" by Shape (is_blood_pressure) named &["bp", "blood", "pressure"],
    HearingThreshold "hearing threshold" by CommonShape (is_threshold) named &["500", "1000", "2000", "3000", "4000", "6000", "8000", "hz", "audio", "audiometry", "threshold"],
    Ssn "social security number" by Shape (is_ssn) named &["ssn", "social"],
    SsnPlain "social security number without dashes" by CommonShape (|t: &str| fits(t, "999999999") && is_ssn_area(t)) named &["ssn", "social", "ss"],
    Phone "phone number" by Shape (is_phone) named &["phone", "fax", "tel", "cell", "mobile", "pager"],
    PhonePlain "phone number of ten digits" by CommonShape (|t: &str| fits(t, "9999999999") && t.as_bytes()[0] >= b'2' && t.as_bytes()[3] >= b'2') named &["phone", "fax", "tel", "cell", "mobile", "pager"],
    ZipPlus "ZIP code" by Shape (|t: &str| fits(t, "99999-9999")) named &["zip", "postal"],
    Zip "ZIP code of five digits" by CommonShape (|t: &str| fits(t, "99999")) named &["zip", "postal", "zipcode"],
    State "US state" by Shape (|t: &str| STATES.contains(&t.to_ascii_uppercase().as_str())) named &["state", "st", "province"],
    Email "mail address" by AnyRow (is_email) named &["email", "mail"],
    SsnInText "social security number within text" by AnyRow (holds_ssn) named &[],
    Guid "GUID" by Shape (is_guid) named &["guid", "uuid"],
    Url "URL" by AnyRow (|t: &str| starts(t, &["http://", "https://", "ftp://"])) named &["url", "link"],
    FilePath "file path" by AnyRow (is_path) named &["path", "file", "folder"],
    Rtf "RTF" by AnyRow (|t: &str| starts(t, &["{\\rtf"])) named &["rtf"],
    Html "HTML" by AnyRow (is_html) named &["html"],
    Xml "XML" by AnyRow (|t: &str| starts(t, &["<?xml"]) || (t.starts_with('<') && t.ends_with('>') && t.contains("</") && !is_html(t))) named &["xml"],
    Json "JSON" by AnyRow (is_json) named &["json"],
    Hl7 "HL7 message" by AnyRow (|t: &str| starts(t, &["MSH|"])) named &["hl7"],
    Base64 "base64" by AnyRow (is_base64) named &["base64"],
    ZonedTimestamp "HL7 timestamp" by Shape (is_hl7_time) named &["time", "date", "dt", "timestamp"],
    TimeOfDay "time of day" by Shape (|t: &str| is_time(t, false)) named &["time"],
    TimeAmPm "time of day with AM or PM" by Shape (|t: &str| is_time(t, true)) named &["time"],
    Mojibake "wrongly decoded text" by AnyRow (|t: &str| repaired(t).is_some()) named &[],
}

impl Kind {
    /// The same thing written without what makes it known: it counts where a tenth of the values have that.
    pub(crate) fn plainer(self) -> Option<Self> {
        match self {
            Self::Icd10 => Some(Self::Icd10Plain),
            Self::Ndc => Some(Self::NdcPlain),
            Self::Ssn => Some(Self::SsnPlain),
            Self::Phone => Some(Self::PhonePlain),
            Self::ZipPlus => Some(Self::Zip),
            _ => None,
        }
    }
}

/// The kinds that a text looks like, one bit each in the order of [`Kind::ALL`].
pub(crate) fn of(text: &str) -> u64 {
    Kind::ALL.iter().enumerate().filter(|(_, kind)| kind.is(text)).fold(0, |all, (at, _)| all | 1 << at)
}

#[rustfmt::skip]
const STATES: [&str; 56] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME",
    "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR", "VI", "GU", "AS", "MP",
];

/// Whether each sign is what the shape says: `9` a digit, `A` a capital letter, anything else itself.
fn fits(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(is, wanted)| match wanted {
            b'9' => is.is_ascii_digit(),
            b'A' => is.is_ascii_uppercase(),
            sign => is == sign,
        })
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|w| text.get(..w.len()).is_some_and(|front| front.eq_ignore_ascii_case(w)))
}

/// Two letters, six digits and a check: the odd digits and twice the even ones add up to what ends with it.
fn is_dea(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 9 || !bytes[0].is_ascii_alphabetic() || !(bytes[1].is_ascii_alphabetic() || bytes[1] == b'9') {
        return false;
    }
    if !bytes[2..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digit = |at: usize| u32::from(bytes[at + 1] - b'0');
    (digit(1) + digit(3) + digit(5) + 2 * (digit(2) + digit(4) + digit(6))) % 10 == digit(7)
}

/// A letter, a digit, a digit or letter; a dot and up to four more. Three signs alone are the code of a category.
fn is_icd_10(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 3 || !bytes[0].is_ascii_uppercase() || !bytes[1].is_ascii_digit() {
        return false;
    }
    if !(bytes[2].is_ascii_digit() || matches!(bytes[2], b'A' | b'B')) {
        return false;
    }
    let rest = if bytes.get(3) == Some(&b'.') { &bytes[4..] } else { &bytes[3..] };
    let ended = bytes.get(3) == Some(&b'.') && rest.is_empty();
    !ended && rest.len() <= 4 && rest.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn is_icd_9(text: &str) -> bool {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let fraction = rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit());
    let numbered = digits(whole, 3, 3) || fits(whole, "A99") && whole.starts_with('V');
    let external = fits(whole, "A999") && whole.starts_with('E') && rest.len() <= 1;
    fraction && !text.ends_with('.') && (numbered || external)
}

fn is_cpt(text: &str) -> bool {
    let (front, end) = text.split_at_checked(4).unwrap_or((text, ""));
    digits(text, 5, 5) || digits(front, 4, 4) && matches!(end, "F" | "T" | "U" | "M")
}

/// Labeler, product and package: 4-4-2, 5-3-2, 5-4-1 and the eleven digits 5-4-2.
fn is_ndc(text: &str) -> bool {
    ["9999-9999-99", "99999-999-99", "99999-9999-9", "99999-9999-99"].iter().any(|shape| fits(text, shape))
}

fn is_blood_pressure(text: &str) -> bool {
    let Some((high, low)) = text.split_once('/') else { return false };
    let number = |part: &str| digits(part.trim(), 2, 3).then(|| part.trim().parse::<u32>().unwrap_or(0));
    match (number(high), number(low)) {
        (Some(high), Some(low)) => (60..=300).contains(&high) && (20..=200).contains(&low) && high > low,
        _ => false,
    }
}

/// Decibels in steps of five, as an audiometer gives them.
fn is_threshold(text: &str) -> bool {
    text.len() <= 3 && text.parse::<i32>().is_ok_and(|level| (-10..=120).contains(&level) && level % 5 == 0)
}

fn is_ssn(text: &str) -> bool {
    fits(text, "999-99-9999") && is_ssn_area(text)
}

/// No number begins with 000 or 666; those with 9 are taxpayers', who are people too.
fn is_ssn_area(text: &str) -> bool {
    !text.starts_with("000") && !text.starts_with("666")
}

fn is_phone(text: &str) -> bool {
    let grouped = text.contains(['(', '-', '.', ' ', '+']);
    let allowed = text.bytes().all(|b| b.is_ascii_digit() || b" ()-.+xX".contains(&b));
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    let dated = text.matches('-').count() == 2 && !fits(text, "999-999-9999");
    grouped && allowed && (10..=15).contains(&count) && !dated && text.len() <= 24
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(char::is_whitespace)
        && !host.contains('@')
}

fn holds_ssn(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 12 {
        return false;
    }
    bytes.windows(11).enumerate().any(|(at, part)| {
        let shaped = part[3] == b'-'
            && part[6] == b'-'
            && part.iter().enumerate().all(|(i, b)| matches!(i, 3 | 6) || b.is_ascii_digit());
        let apart = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
        shaped
            && !part.starts_with(b"000")
            && !part.starts_with(b"666")
            && apart(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && apart(bytes.get(at + 11))
    })
}

fn is_guid(text: &str) -> bool {
    let bare = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let parts: Vec<&str> = bare.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    let drive = bytes.len() > 3
        && bytes[0].is_ascii_alphabetic()
        && (bytes[1..].starts_with(b":\\") || bytes[1..].starts_with(b":/"));
    let share = text.starts_with("\\\\") && text.len() > 4;
    let unix = text.starts_with('/') && text.matches('/').count() > 1 && !text.contains(' ') && !text.contains("//");
    drive || share || unix
}

fn is_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    ["<html", "<body", "<br", "<p>", "<p ", "<div", "<span", "<table", "<b>", "<font", "</p>"]
        .iter()
        .any(|tag| lower.contains(tag))
}

fn is_json(text: &str) -> bool {
    let object = text.starts_with('{') && text.ends_with('}') && (text.contains("\":") || text == "{}");
    let list = text.starts_with("[{") && text.ends_with("}]");
    object || list
}

/// Long, in groups of four, of letters in both cases and digits.
fn is_base64(text: &str) -> bool {
    let bare = text.trim_end_matches('=');
    text.len() >= 40
        && text.len().is_multiple_of(4)
        && text.len() - bare.len() <= 2
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b))
        && bare.bytes().any(|b| b.is_ascii_lowercase())
        && bare.bytes().any(|b| b.is_ascii_uppercase())
        && bare.bytes().any(|b| b.is_ascii_digit())
}

/// `20240105093000-0500`, `202401050930`.
fn is_hl7_time(text: &str) -> bool {
    let at = text.find(['+', '-', '.']).unwrap_or(text.len());
    let (stamp, rest) = text.split_at(at);
    let year = stamp.get(..4).and_then(|y| y.parse::<u32>().ok()).unwrap_or(0);
    let month = stamp.get(4..6).and_then(|m| m.parse::<u32>().ok()).unwrap_or(0);
    let hour = stamp.get(8..10).and_then(|h| h.parse::<u32>().ok()).unwrap_or(99);
    let zone = rest.trim_start_matches(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    (digits(stamp, 12, 12) || digits(stamp, 14, 14))
        && (1850..2150).contains(&year)
        && (1..=12).contains(&month)
        && hour < 24
        && (zone.is_empty() || zone.len() == 5 && digits(&zone[1..], 4, 4))
}

fn is_time(text: &str, half_days: bool) -> bool {
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")).map(str::trim_end);
    if bare.is_some() != half_days {
        return false;
    }
    let parts: Vec<&str> = bare.unwrap_or(&lower).split(':').collect();
    let in_range = |part: &str, limit: u32| {
        let whole = part.split('.').next().unwrap_or_default();
        digits(whole, 1, 2) && whole.parse::<u32>().is_ok_and(|n| n < limit)
    };
    matches!(parts.len(), 2 | 3)
        && in_range(parts[0], if half_days { 13 } else { 24 })
        && parts[1..].iter().all(|part| in_range(part, 60))
        && parts[1].len() == 2
}

/// UTF-8 that was read as Windows-1252 (`Ã©` for `é`), as it was meant; `None` where it was not.
pub fn repaired(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ä']) {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(windows_1252).collect();
    let meant = String::from_utf8(bytes?).ok()?;
    (meant.len() < text.len()).then_some(meant)
}

/// The byte that Windows-1252 reads as this letter.
fn windows_1252(letter: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match letter as u32 {
        code @ (0..0x80 | 0xa0..0x100) => Some(code as u8),
        _ => HIGH.iter().position(|high| *high == letter).map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_look_like_what_they_are_and_like_nothing_else_that_is_sure() {
        use Kind as K;
        let cases: &[(&str, &[Kind])] = &[
            ("1234567893", &[K::Npi]),
            ("AB1234563", &[K::Dea]),
            ("195662009", &[K::Snomed]),
            ("2345-7", &[K::Loinc]),
            ("E11.9", &[K::Icd10]),
            ("S52.521A", &[K::Icd10]),
            ("U07.1", &[K::Icd10]),
            ("E119", &[]),
            ("250.00", &[]),
            ("120/80", &[K::BloodPressure]),
            ("80/120", &[]),
            ("12/31", &[]),
            ("123-45-6789", &[K::Ssn]),
            ("000-12-3456", &[]),
            ("(212) 555-0147", &[K::Phone]),
            ("2019-04-01", &[]),
            ("555-0147", &[]),
            ("02139-1234", &[K::ZipPlus]),
            ("ma", &[K::State]),
            ("12345-1234-12", &[K::Ndc]),
            ("person@example.invalid", &[K::Email]),
            ("seen @ 10.30", &[]),
            ("his number is 123-45-6789, he says", &[K::SsnInText]),
            ("order 9123-45-67890", &[]),
            ("912-34-5678", &[K::Ssn]),
            ("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}", &[K::Guid]),
            ("https://example.invalid/a", &[K::Url]),
            (r"C:\scans\1.tif", &[K::FilePath]),
            (r"\\server\share\1.tif", &[K::FilePath]),
            ("/var/scans/1.tif", &[K::FilePath]),
            ("/ day", &[]),
            (r"{\rtf1\ansi text}", &[K::Rtf]),
            ("<p>Well</p>", &[K::Html]),
            ("<?xml version='1.0'?><a/>", &[K::Xml]),
            ("<note><to>x</to></note>", &[K::Xml]),
            ("BP < 120 and > 90", &[]),
            (r#"{"a": 1}"#, &[K::Json]),
            (r"MSH|^~\&|LAB", &[K::Hl7]),
            ("20240105093000-0500", &[K::ZonedTimestamp]),
            ("20241305093000", &[]),
            ("09:30", &[K::TimeOfDay]),
            ("9:30 PM", &[K::TimeAmPm]),
            ("24:00", &[]),
            ("FranÃ§ois", &[K::Mojibake]),
            ("donâ€™t", &[K::Mojibake]),
            ("São Paulo", &[]),
            ("Ã", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<Kind> =
                Kind::ALL.iter().copied().filter(|kind| kind.by() != By::CommonShape && kind.is(text)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn a_shape_that_numbers_share_is_seen_too() {
        for (text, kind) in [
            ("250.00", Kind::Icd9),
            ("E119", Kind::Icd10Plain),
            ("V70.0", Kind::Icd9),
            ("E849.0", Kind::Icd9),
            ("99213", Kind::Cpt),
            ("0001F", Kind::Cpt),
            ("J3301", Kind::Hcpcs),
            ("00093715010", Kind::NdcPlain),
            ("208", Kind::Cvx),
            ("-10", Kind::HearingThreshold),
            ("123456789", Kind::SsnPlain),
            ("2125550147", Kind::PhonePlain),
            ("02139", Kind::Zip),
        ] {
            assert!(kind.is(text), "{text}");
        }
        assert!(!Kind::HearingThreshold.is("12") && !Kind::Cvx.is("0") && !Kind::PhonePlain.is("1125550147"));
    }

    #[test]
    fn a_repair_gives_what_was_meant() {
        assert_eq!(repaired("FranÃ§ois").as_deref(), Some("François"));
        assert_eq!(repaired("donâ€™t").as_deref(), Some("don’t"));
        assert_eq!(repaired("naïve"), None);
    }

    #[test]
    fn no_letter_is_cut_in_two() {
        for text in [
            "é",
            "1é",
            "12é45",
            "123é",
            "ééééé",
            "12345678é",
            "A1é",
            "1234é",
            "{é}",
            "202401é50930",
            "12:3é pm",
            "é@é.é",
        ] {
            assert!(of(text).count_ones() < 3, "{text}");
        }
        for length in 1..40 {
            of(&"漢".repeat(length));
            of(&format!("{}漢", "1".repeat(length)));
        }
    }

    #[test]
    fn there_is_a_bit_for_each_kind() {
        assert!(Kind::ALL.len() <= 64);
    }
}
