//! Values that stand for none: `N/A`, `1900-01-01`, `999-99-9999`. They are counted, never taken out.

/// Each as it is usually written, with other ways to write it; compared in lower case, without blanks around.
#[rustfmt::skip]
const KNOWN: &[(&str, &[&str])] = &[
    ("N/A", &["n/a", "#n/a", "n.a.", "n\\a"]),
    ("NA", &["na"]),
    ("NULL", &["null", "(null)", "<null>", "\\n"]),
    ("NONE", &["none", "(none)", "nil"]),
    ("UNKNOWN", &["unknown", "unk", "unkn", "unknow", "not known", "(unknown)", "unspecified"]),
    ("NOT AVAILABLE", &["not available", "not applicable", "not given", "not recorded", "not on file", "not provided"]),
    ("NO DATA", &["no data", "missing", "blank", "empty"]),
    ("TBD", &["tbd", "to be determined", "pending entry"]),
    ("?", &["?", "??", "???"]),
    ("-", &["-", "--", "---", "."]),
    ("XXX", &["xx", "xxx", "xxxx", "xxxxx"]),
    ("0000-00-00", &["0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00000000"]),
    ("1900-01-01", &["1900-01-01", "1900-01-01 00:00:00", "1900-01-01t00:00:00", "1900-01-01 00:00:00.000",
        "01/01/1900", "1/1/1900", "1/1/1900 12:00:00 am", "19000101"]),
    ("1899-12-30", &["1899-12-30", "1899-12-30 00:00:00", "12/30/1899", "18991230"]),
    ("1753-01-01", &["1753-01-01", "1753-01-01 00:00:00", "01/01/1753", "1/1/1753", "17530101"]),
    ("0001-01-01", &["0001-01-01", "0001-01-01 00:00:00", "01/01/0001", "1/1/0001"]),
    ("9999-12-31", &["9999-12-31", "9999-12-31 00:00:00", "9999-12-31 23:59:59", "12/31/9999", "99991231"]),
    ("2999-12-31", &["2999-12-31", "12/31/2999", "2099-12-31", "12/31/2099"]),
    ("999-99-9999", &["999-99-9999", "999999999"]),
    ("000-00-0000", &["000-00-0000", "000000000"]),
    ("111-11-1111", &["111-11-1111", "123-45-6789", "111111111"]),
    ("000-000-0000", &["000-000-0000", "(000) 000-0000", "0000000000"]),
    ("999-999-9999", &["999-999-9999", "(999) 999-9999", "9999999999"]),
];

/// The number of a known placeholder that a trimmed text is.
pub(crate) fn of(text: &str) -> Option<usize> {
    // Nothing in the list is longer.
    if text.len() > 24 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    KNOWN.iter().position(|(_, written)| written.contains(&lower.as_str()))
}

pub(crate) fn written(number: usize) -> &'static str {
    KNOWN[number].0
}

pub(crate) const COUNT: usize = KNOWN.len();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_stand_for_none_are_known_however_they_are_written() {
        for (text, expected) in [
            ("n/a", Some("N/A")),
            ("Unknown", Some("UNKNOWN")),
            ("01/01/1900", Some("1900-01-01")),
            ("9999-12-31 23:59:59", Some("9999-12-31")),
            ("0", None),
            ("2019-01-01", None),
            ("Unknown allergy to penicillin", None),
            ("00000", None),
        ] {
            assert_eq!(of(text).map(written), expected, "{text}");
        }
    }

    #[test]
    fn each_stands_in_the_list_once_and_in_lower_case() {
        let all: Vec<&str> = KNOWN.iter().flat_map(|(_, written)| written.iter().copied()).collect();
        for (at, written) in all.iter().enumerate() {
            assert_eq!(*written, written.to_ascii_lowercase());
            assert!(!all[..at].contains(written), "{written} twice");
            assert!(written.len() <= 24, "{written} is longer than what is looked at");
        }
    }
}
