//! What screens and printed facts show of source cells: the shape of a value, or the value where that was allowed.

use std::fmt::Write;

use super::{Action, Cell, Class, Mark, Shown, Treatment, header, year};

/// Longest masked value, in characters.
const MASKED_LENGTH: usize = 80;
/// Longest unmasked value, in characters.
const SHOWN_LENGTH: usize = 2_000;
/// Separators carry the shape of a value and stay readable under the mask.
const SEPARATORS: &str = " .,-/:@()";

/// Length and shape: every character but the separators ` .,-/:@()` becomes `•`; over 80 characters the middle is cut
/// to `…`. Binary values show their size only.
pub fn mask(cell: &Cell) -> Shown {
    show(cell, true)
}

/// The value itself, control characters as visible signs; over 2,000 characters the middle is cut to `…`.
pub fn unmasked(cell: &Cell) -> Shown {
    show(cell, false)
}

/// The value to the last byte, for scripts that asked for raw values; binary as `0x` and hexadecimal digits.
pub fn exact(cell: &Cell) -> Shown {
    match cell {
        Cell::Text(text) if !text.is_empty() => {
            let mark = if text.chars().all(char::is_whitespace) { Mark::Space } else { Mark::Value };
            Shown { mark, text: text.clone(), masked: false }
        }
        Cell::Bytes(bytes) if !bytes.is_empty() => {
            let mut text = "0x".to_owned();
            for byte in bytes {
                let _ = write!(text, "{byte:02X}");
            }
            Shown { mark: Mark::Binary, text, masked: false }
        }
        other => show(other, false),
    }
}

/// [`unmasked`] where `raw`, else [`mask`].
pub fn shown(cell: &Cell, raw: bool) -> Shown {
    show(cell, !raw)
}

/// The privacy gate for the figures of a profile (top values, least and greatest), where nobody asked for raw ones.
///
/// Values of columns that pass show when they are `common`: when enough people hold them, as
/// [`Holders`](super::people::Holders) counts; dates show their year, birth dates only where the day is common;
/// everything else is masked, and so is what a person lets pass though the rules take it for an identifier.
pub fn gate(treatment: &Treatment, cell: &Cell, common: bool) -> Shown {
    match treatment.action {
        Action::Pass if common && !treatment.passes_against_the_rules() => unmasked(cell),
        Action::Year => year_of(treatment, cell, common).unwrap_or_else(|| mask(cell)),
        _ => mask(cell),
    }
}

fn year_of(treatment: &Treatment, cell: &Cell, common: bool) -> Option<Shown> {
    // An early year of birth tells an age over 89; without a clock here, only one that many share may show.
    if !common && (treatment.class != Class::Date || header::is_birth(&treatment.column)) {
        return None;
    }
    let year = match cell {
        Cell::Integer(number) => year::year(&number.to_string())?,
        Cell::Text(text) => year::year(text)?,
        Cell::Null | Cell::Bytes(_) => return None,
    };
    Some(Shown { mark: Mark::Value, text: format!("{year:04}"), masked: false })
}

fn show(cell: &Cell, masked: bool) -> Shown {
    let (mark, text) = match cell {
        Cell::Null => (Mark::Null, String::new()),
        Cell::Integer(number) => (Mark::Value, value(&number.to_string(), masked)),
        Cell::Text(text) if text.is_empty() => (Mark::Blank, String::new()),
        Cell::Text(text) if text.chars().all(char::is_whitespace) => (Mark::Space, cut(text, MASKED_LENGTH, |c| c)),
        Cell::Text(text) => (Mark::Value, value(text, masked)),
        Cell::Bytes(bytes) if bytes.is_empty() => (Mark::Blank, String::new()),
        Cell::Bytes(bytes) => (Mark::Binary, size(bytes.len())),
    };
    Shown { mark, text, masked }
}

fn size(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}

fn value(text: &str, masked: bool) -> String {
    if masked {
        cut(text, MASKED_LENGTH, |c| if SEPARATORS.contains(c) { c } else { '•' })
    } else {
        cut(text, SHOWN_LENGTH, visible)
    }
}

/// Control characters as signs that can be seen; ones that reorder or hide text as `�`.
fn visible(letter: char) -> char {
    match letter {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}' => '�',
        _ => letter,
    }
}

/// At most `longest` characters, the middle cut out; each character drawn by `draw`.
fn cut(text: &str, longest: usize, draw: impl Fn(char) -> char) -> String {
    if text.char_indices().nth(longest).is_none() {
        return text.chars().map(draw).collect();
    }
    let (head, tail) = (longest / 2, (longest - 1) / 2);
    let tail_start = text.char_indices().rev().nth(tail - 1).map_or(0, |(at, _)| at);
    let head = text.chars().take(head).map(&draw);
    head.chain(['…']).chain(text[tail_start..].chars().map(&draw)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::treatment;
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn masks_keep_length_and_shape_and_nothing_else() {
        for (trap, cell, mark, expected) in [
            ("a name", text("Smith, John Q."), Mark::Value, "•••••, •••• •."),
            ("a phone", text("(207) 555-0100 x4"), Mark::Value, "(•••) •••-•••• ••"),
            ("a mail", text("a.b@c.org"), Mark::Value, "•.•@•.•••"),
            ("symbols say something too", text("C# + Ω_é"), Mark::Value, "•• • •••"),
            ("a negative number", Cell::Integer(-12), Mark::Value, "-••"),
            ("control characters", text("a\tb\nc"), Mark::Value, "•••••"),
            ("NULL", Cell::Null, Mark::Null, ""),
            ("blank", text(""), Mark::Blank, ""),
            ("spaces", text("   "), Mark::Space, "   "),
            ("no bytes", Cell::Bytes(vec![]), Mark::Blank, ""),
            ("one byte", Cell::Bytes(vec![1]), Mark::Binary, "1 byte"),
            ("bytes", Cell::Bytes(vec![0xff; 12]), Mark::Binary, "12 bytes"),
        ] {
            assert_eq!(mask(&cell), Shown { mark, text: expected.to_owned(), masked: true }, "{trap}");
        }
    }

    #[test]
    fn exact_values_are_the_very_values() {
        let long = "é\r\n\u{200b}".repeat(2_000);
        for (trap, cell, mark, expected) in [
            ("a long one with signs that hide", text(&long), Mark::Value, &*long),
            ("a negative number", Cell::Integer(-12), Mark::Value, "-12"),
            ("NULL", Cell::Null, Mark::Null, ""),
            ("blank", text(""), Mark::Blank, ""),
            ("spaces", text("\t "), Mark::Space, "\t "),
            ("no bytes", Cell::Bytes(vec![]), Mark::Blank, ""),
            ("bytes", Cell::Bytes(vec![0, 0xd8, 0x0a]), Mark::Binary, "0x00D80A"),
        ] {
            assert_eq!(exact(&cell), Shown { mark, text: expected.to_owned(), masked: false }, "{trap}");
        }
    }

    #[test]
    fn long_values_lose_their_middle() {
        let masked = mask(&text(&"x".repeat(81))).text;
        assert_eq!(masked, format!("{}…{}", "•".repeat(40), "•".repeat(39)));
        assert_eq!(mask(&text(&"x".repeat(80))).text, "•".repeat(80));
        let long = format!("{}é…{}", "a".repeat(1_500), "z".repeat(1_500));
        assert_eq!(unmasked(&text(&long)).text, format!("{}…{}", "a".repeat(1_000), "z".repeat(999)));
        // A `…` of the value's own is masked like any other character while the value is short.
        assert_eq!(mask(&text("a…b")).text, "•••");
    }

    #[test]
    fn unmasked_values_show_what_cannot_be_seen() {
        let shown = shown(&text("a\tb\r\n\u{7f}\u{202e}c"), true);
        assert_eq!(shown, Shown { mark: Mark::Value, text: "a␉b␍␊␡�c".to_owned(), masked: false });
        assert_eq!(super::shown(&text("abc"), false).text, "•••");
    }

    #[test]
    fn the_gate_lets_common_values_of_passing_columns_and_years_through() {
        for (trap, column, class, action, cell, common, expected) in [
            ("a common code", "status", Class::None, Action::Pass, text("A"), true, "A"),
            ("rare code", "status", Class::None, Action::Pass, text("A"), false, "•"),
            ("a common number", "height", Class::None, Action::Pass, Cell::Integer(70), true, "70"),
            ("a common name", "last_name", Class::Name, Action::Surrogate, text("Roe"), true, "•••"),
            ("a date", "hire_date", Class::Date, Action::Year, text("2001-04-05"), false, "2001"),
            ("no date after all", "hire_date", Class::Date, Action::Year, text("soon"), false, "••••"),
            ("a day of birth", "birth_date", Class::Date, Action::Year, text("1931-04-05"), false, "••••-••-••"),
            ("a default for it", "dob", Class::Date, Action::Year, text("1900-01-01"), true, "1900"),
            ("a ZIP code", "zip", Class::Zip, Action::Zip3, text("04101"), true, "•••••"),
        ] {
            assert_eq!(gate(&treatment(column, class, action), &cell, common).text, expected, "{trap}");
        }
        for (trap, ruled, expected) in [("a name let pass", Class::Name, "•••"), ("a code let pass", Class::Uid, "Roe")]
        {
            let passed = Treatment { ruled, decided: true, ..treatment("f1", Class::None, Action::Pass) };
            assert_eq!(gate(&passed, &text("Roe"), true).text, expected, "{trap}");
        }
    }
}
