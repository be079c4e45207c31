//! Names that a sheet can carry: at most 31 characters, none twice whatever the case, some forbidden.

use std::collections::HashSet;

use super::text::fit;

const LONGEST: usize = 31;

/// Gives each sheet of a workbook a name of its own, as like the wanted one as the format allows.
#[derive(Default)]
pub(super) struct SheetNames {
    taken: HashSet<String>,
}

impl SheetNames {
    pub fn take(&mut self, wanted: &str) -> String {
        let clean = clean(wanted);
        let mut name = cut(&clean, LONGEST);
        let mut turn = 2;
        while !self.taken.insert(folded(&name)) {
            let mark = format!(" ({turn})");
            name = format!("{}{mark}", cut(&clean, LONGEST - mark.len()));
            turn += 1;
        }
        name
    }
}

fn clean(wanted: &str) -> String {
    let shown = fit(wanted).text;
    let name: String = shown
        .chars()
        .map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
            '\n' | '\t' => ' ',
            c => c,
        })
        .collect();
    let name = name.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    match name {
        "" => "(no name)".to_owned(),
        // The program keeps this one for itself.
        name if name.eq_ignore_ascii_case("History") => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// The first `room` UTF-16 units, whole characters, without an apostrophe or a space at the end.
fn cut(name: &str, room: usize) -> String {
    let mut used = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    kept.trim_end_matches(['\'', ' ']).to_owned()
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_gets_a_name_the_format_takes() {
        let mut names = SheetNames::default();
        for (trap, wanted, given) in [
            ("plain", "audiometry", "audiometry"),
            ("the same, other case", "AUDIOMETRY", "AUDIOMETRY (2)"),
            ("a third", "Audiometry", "Audiometry (3)"),
            ("forbidden characters", "a/b[c]:d*e?f\\g", "a_b_c__d_e_f_g"),
            ("apostrophes at the ends", "'quoted'", "quoted"),
            ("an apostrophe where the cut falls", "123456789012345678901234567890'x", "123456789012345678901234567890"),
            ("reserved", "history", "history_"),
            ("nothing", "", "(no name)"),
            ("only spaces", "  ", "(no name) (2)"),
            ("31 characters", "1234567890123456789012345678901", "1234567890123456789012345678901"),
            ("32 characters", "12345678901234567890123456789012", "123456789012345678901234567 (2)"),
            ("long and alike", "12345678901234567890123456789013", "123456789012345678901234567 (3)"),
            ("pairs", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"),
            ("accents fold too", "ÉCOLE", "ÉCOLE"),
            ("accents, lower case", "école", "école (2)"),
            ("a control character", "a\u{1}b", "a␁b"),
        ] {
            let name = names.take(wanted);
            assert_eq!(name, given, "{trap}");
            rust_xlsxwriter::utility::check_sheet_name(&name).unwrap_or_else(|e| panic!("{trap}: {e}"));
        }
    }
}
