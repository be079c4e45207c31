//! Number formats: what a stored number is (a date, a percentage, …) and how the legacy program displays it
//! (ECMA-376 part 1, 18.8.31), in English as Excel shows it.

mod date;
mod digits;
mod section;

pub use digits::general;
use section::{Section, Token};

use super::serial::Epoch;
use crate::event::FacetKind;

/// A longer format code is broken or hostile: it is taken for `General`.
const CODE_LIMIT: usize = 4096;

#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    sections: Vec<Section>,
    /// `None` for `General` and text: the value is shown as it is.
    kind: Option<FacetKind>,
}

impl NumberFormat {
    pub fn parse(code: &str) -> Self {
        let code = if code.len() > CODE_LIMIT { "General" } else { code };
        let sections: Vec<Section> = section::split(code).into_iter().take(4).map(Section::parse).collect();
        let kind = kind(&sections);
        Self { sections, kind }
    }

    pub fn kind(&self) -> Option<FacetKind> {
        self.kind
    }

    /// What the legacy program displays for a number.
    pub fn show(&self, number: f64, epoch: Epoch) -> String {
        let (section, strip_sign) = self.section_for(number);
        let Some(section) = section else { return general(number) };
        if section.is_date() {
            return date::show(section, number, epoch);
        }
        let number = if strip_sign { number.abs() } else { number };
        digits::show(section, number)
    }

    /// The section in force, and whether it shows the sign itself.
    fn section_for(&self, number: f64) -> (Option<&Section>, bool) {
        let text_last = self.sections.last().is_some_and(Section::is_text) && self.sections.len() > 1;
        let numeric = self.sections.len().min(3) - usize::from(text_last && self.sections.len() < 4);
        let of = |i: usize| self.sections.get(i);
        if numeric == 0 || (numeric == 1 && self.sections[0].is_text()) {
            return (None, false);
        }
        let conditions: Vec<_> = self.sections.iter().take(2).map(|s| s.condition).collect();
        if conditions.iter().any(Option::is_some) {
            let meets = |i: usize| conditions.get(i).copied().flatten().is_some_and(|c| c.holds(number));
            let chosen = match (meets(0), meets(1)) {
                (true, _) => 0,
                (_, true) => 1,
                _ if conditions.iter().all(Option::is_some) => 2,
                _ => 1,
            };
            return (of(chosen.min(numeric - 1)), numeric > 1 && number < 0.0);
        }
        match numeric {
            1 => (of(0), false),
            2 => (of(usize::from(number < 0.0)), number < 0.0),
            _ if number > 0.0 => (of(0), false),
            _ if number < 0.0 => (of(1), true),
            _ => (of(2), false),
        }
    }
}

/// What the first section that says anything makes of a number.
fn kind(sections: &[Section]) -> Option<FacetKind> {
    let first = sections.first()?;
    let has = |f: fn(&Token) -> bool| first.tokens.iter().any(f);
    let day = has(|t| matches!(t, Token::Year(_) | Token::Month(_) | Token::Day(_)));
    let time = has(|t| matches!(t, Token::Hour(_) | Token::Minute(_) | Token::Second(_) | Token::HalfDay(_)));
    if has(|t| matches!(t, Token::Elapsed(..))) {
        return Some(FacetKind::Duration);
    }
    match (day, time) {
        (true, true) => return Some(FacetKind::Datetime),
        (true, false) => return Some(FacetKind::Date),
        (false, true) => return Some(FacetKind::Time),
        _ => {}
    }
    if has(|t| *t == Token::Percent) {
        return Some(FacetKind::Percent);
    }
    let plain = |s: &Section| s.tokens.is_empty() || s.tokens.iter().all(|t| matches!(t, Token::General | Token::Text));
    if sections.len() == 1 && plain(first) { None } else { Some(FacetKind::Number) }
}

/// The code behind a number that needs no definition in the file. The short dates are the system's: shown with two
/// digits of the year, as the standard has them.
pub fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => "\"$\"#,##0_);\\(\"$\"#,##0\\)",
        6 => "\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)",
        7 => "\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)",
        8 => "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=31 | 36 | 50..=58 => "m/d/yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 | 32..=35 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 => "#,##0_);\\(#,##0\\)",
        38 => "#,##0_);[Red]\\(#,##0\\)",
        39 => "#,##0.00_);\\(#,##0.00\\)",
        40 => "#,##0.00_);[Red]\\(#,##0.00\\)",
        41 => "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
        42 => "_(\"$\"* #,##0_);_(\"$\"* \\(#,##0\\);_(\"$\"* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
        44 => "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

#[cfg(test)]
mod tests;
