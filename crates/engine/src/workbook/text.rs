//! What fits in a cell, and how wide it is.

use std::borrow::Cow;

/// The longest text a cell of the format holds, in UTF-16 units.
pub(super) const CELL_LIMIT: usize = 32_767;

const CUT_MARK: &str = " … [cut: a cell holds at most 32,767 characters]";

/// A text as a cell can hold it, and whether it had to be cut.
pub(super) struct Fitted<'a> {
    pub text: Cow<'a, str>,
    pub cut: bool,
}

/// Makes characters visible that the file format forbids, and cuts with a mark what is longer than a cell.
pub(super) fn fit(text: &str) -> Fitted<'_> {
    let text = visible(text);
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return Fitted { text, cut: false };
    }
    let room = CELL_LIMIT - CUT_MARK.encode_utf16().count();
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.len_utf16();
            used > room
        })
        .map_or(text.len(), |(at, _)| at);
    Fitted { text: Cow::Owned(format!("{}{CUT_MARK}", &text[..end])), cut: true }
}

/// Control characters become their pictures (␀, ␍); line ends become one line feed.
fn visible(text: &str) -> Cow<'_, str> {
    // Nearly every text of a workbook.
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t' | b'\n')) {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(is_unwritable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\u{7f}' => out.push('\u{2421}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if is_unwritable(c) => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_unwritable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// The widest line of a text in cell type, in widths of a digit of the default type, which is a little larger.
pub(super) fn width(text: &str) -> f64 {
    text.lines().map(line_width).fold(0.0, f64::max)
}

/// A text broken into lines of at most `room` widths of a digit; a longer word runs over.
pub(super) fn broken(text: &str, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && width(&line) + width(" ") + width(word) > room {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// How many lines a text takes in a cell that breaks it.
pub(super) fn lines(text: &str, room: f64) -> u32 {
    let of = |line: &String| (width(line) / room).ceil().max(1.0) as u32;
    broken(text, room).iter().map(of).sum::<u32>().max(1)
}

fn line_width(line: &str) -> f64 {
    line.chars()
        .map(|c| match c {
            // East Asian scripts fill a square.
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffdc}' | '\u{1f300}'..='\u{1faff}' => 1.8,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.4,
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' => 0.45,
            'f' | 'r' | 't' | '(' | ')' | '-' | '/' => 0.65,
            'A'..='Z' | '…' | '—' => 1.05,
            _ => 0.87,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_cannot_hold_is_made_visible() {
        for (name, raw, shown) in [
            ("plain text stays", "a\tb\nc", "a\tb\nc"),
            ("nul and bell", "a\0b\u{7}", "a␀b␇"),
            ("windows line ends", "a\r\nb", "a\nb"),
            ("a lone carriage return", "a\rb", "a␍b"),
            ("delete", "\u{7f}", "␡"),
            ("noncharacters", "\u{fffe}\u{ffff}", "\u{fffd}\u{fffd}"),
            ("C1 controls are legal", "\u{85}", "\u{85}"),
        ] {
            assert_eq!(fit(raw).text, shown, "{name}");
        }
    }

    #[test]
    fn lines_are_counted_as_a_cell_breaks_them() {
        for (name, text, count) in [
            ("nothing", "", 1),
            ("short", "one line", 1),
            ("line feeds", "a\nb\n\nc", 4),
            ("words", "aaa bbb ccc ddd eee", 2),
            ("one long word", "abcdefghijklmnopqrstuvwxyz", 3),
        ] {
            assert_eq!(lines(text, 10.0), count, "{name}");
        }
    }

    #[test]
    fn a_text_is_cut_by_utf16_units_with_a_mark() {
        for (name, raw, cut) in [
            ("just fits", "x".repeat(32_767), false),
            ("one too long", "x".repeat(32_768), true),
            ("pairs just fit", "😀".repeat(16_383), false),
            ("pairs too long", "😀".repeat(16_384), true),
            ("many bytes, few characters", "é".repeat(30_000), false),
        ] {
            let fitted = fit(&raw);
            assert_eq!(fitted.cut, cut, "{name}");
            assert!(fitted.text.encode_utf16().count() <= CELL_LIMIT, "{name}");
            assert_eq!(fitted.text.ends_with(CUT_MARK), cut, "{name}");
        }
    }
}
