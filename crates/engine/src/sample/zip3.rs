//! ZIP codes to their first three digits, where the area holds over 20,000 people (45 CFR 164.514(b)(2)(i)(B)).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold;

/// What stands for every area too small to name, and for whatever is no ZIP code.
pub const SMALL_AREA: &str = "000";

/// Three-digit areas of over 20,000 people, 2020 census.
static ALLOWED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../data/zip3_census2020.csv");
    table.lines().skip(1).filter(|line| line.ends_with(",1")).filter_map(|line| line.get(..3)).collect()
});

/// The first three digits of a ZIP code in whatever form, or `000`.
pub fn zip3(value: &str) -> &'static str {
    five_digits(value).and_then(|five| ALLOWED.get(&five[..3]).copied()).unwrap_or(SMALL_AREA)
}

/// ZIP+4, lost leading zeros, a number with a fraction of zeros.
fn five_digits(value: &str) -> Option<String> {
    let value = value.trim();
    let value = value.strip_suffix(".0").or_else(|| value.strip_suffix(".00")).unwrap_or(value);
    if !value.chars().all(|c| c.is_ascii_digit() || " -".contains(c)) {
        return None;
    }
    let (first, _) = value.split_once(['-', ' ']).unwrap_or((value, ""));
    let digits = fold::digits(first);
    match digits.len() {
        3..=5 => Some(format!("{digits:0>5}")),
        8 | 9 => Some(format!("{digits:0>9}")[..5].to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zip_codes_in_every_form() {
        for (trap, value, expected) in [
            ("plain", "04101", "041"),
            ("lost leading zero", "2155", "021"),
            ("two lost zeros", "602", "006"),
            ("as a float", "2155.0", "021"),
            ("ZIP+4", "02155-1234", "021"),
            ("ZIP+4 without its dash", "021551234", "021"),
            ("ZIP+4 without its dash and zero", "21551234", "021"),
            ("lost zero before a dash", "2155-1234", "021"),
            ("small area", "82190", "000"),
            ("no such area", "00012", "000"),
            ("Canadian", "K1A 0B1", "000"),
            ("words", "unknown", "000"),
            ("too short", "12", "000"),
        ] {
            assert_eq!(zip3(value), expected, "{trap}: {value}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(ALLOWED.len(), 876);
    }
}
