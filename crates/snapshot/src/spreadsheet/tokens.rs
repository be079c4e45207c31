//! Formulas of the binary formats: signs in reverse Polish order (MS-XLS 2.2.2), written out again as a person types
//! them. What leads out of the sheet, and functions of add-ins, are not written out.

use super::binary::{add_utf16, error_text, f64_at, u8_at, u16_at, u32_at};
use super::cell::{letters, number_text};

/// More parts of a formula than any program keeps waiting: a formula that does is broken or hostile.
const DEEPEST: usize = 1024;
const LONGEST: usize = 32 << 10;

/// What differs between the two formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// .xls: rows in two bytes.
    Narrow,
    /// .xlsb: rows in four.
    Wide,
}

/// Operators from 0x03 on.
const BETWEEN: [&str; 15] = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"];

/// Functions that need no more than their number, and with how many arguments where that is settled.
const FUNCTIONS: [(u16, &str, Option<u8>); 106] = [
    (0, "COUNT", None),
    (1, "IF", None),
    (2, "ISNA", Some(1)),
    (3, "ISERROR", Some(1)),
    (4, "SUM", None),
    (5, "AVERAGE", None),
    (6, "MIN", None),
    (7, "MAX", None),
    (8, "ROW", None),
    (9, "COLUMN", None),
    (10, "NA", Some(0)),
    (12, "STDEV", None),
    (13, "DOLLAR", None),
    (14, "FIXED", None),
    (15, "SIN", Some(1)),
    (16, "COS", Some(1)),
    (17, "TAN", Some(1)),
    (18, "ATAN", Some(1)),
    (19, "PI", Some(0)),
    (20, "SQRT", Some(1)),
    (21, "EXP", Some(1)),
    (22, "LN", Some(1)),
    (23, "LOG10", Some(1)),
    (24, "ABS", Some(1)),
    (25, "INT", Some(1)),
    (26, "SIGN", Some(1)),
    (27, "ROUND", Some(2)),
    (28, "LOOKUP", None),
    (29, "INDEX", None),
    (30, "REPT", Some(2)),
    (31, "MID", Some(3)),
    (32, "LEN", Some(1)),
    (33, "VALUE", Some(1)),
    (34, "TRUE", Some(0)),
    (35, "FALSE", Some(0)),
    (36, "AND", None),
    (37, "OR", None),
    (38, "NOT", Some(1)),
    (39, "MOD", Some(2)),
    (46, "VAR", None),
    (48, "TEXT", Some(2)),
    (63, "RAND", Some(0)),
    (64, "MATCH", None),
    (65, "DATE", Some(3)),
    (66, "TIME", Some(3)),
    (67, "DAY", Some(1)),
    (68, "MONTH", Some(1)),
    (69, "YEAR", Some(1)),
    (70, "WEEKDAY", None),
    (71, "HOUR", Some(1)),
    (72, "MINUTE", Some(1)),
    (73, "SECOND", Some(1)),
    (74, "NOW", Some(0)),
    (76, "ROWS", Some(1)),
    (77, "COLUMNS", Some(1)),
    (78, "OFFSET", None),
    (82, "SEARCH", None),
    (97, "ATAN2", Some(2)),
    (98, "ASIN", Some(1)),
    (99, "ACOS", Some(1)),
    (100, "CHOOSE", None),
    (101, "HLOOKUP", None),
    (102, "VLOOKUP", None),
    (109, "LOG", None),
    (111, "CHAR", Some(1)),
    (112, "LOWER", Some(1)),
    (113, "UPPER", Some(1)),
    (114, "PROPER", Some(1)),
    (115, "LEFT", None),
    (116, "RIGHT", None),
    (117, "EXACT", Some(2)),
    (118, "TRIM", Some(1)),
    (119, "REPLACE", Some(4)),
    (120, "SUBSTITUTE", None),
    (121, "CODE", Some(1)),
    (124, "FIND", None),
    (126, "ISERR", Some(1)),
    (127, "ISTEXT", Some(1)),
    (128, "ISNUMBER", Some(1)),
    (129, "ISBLANK", Some(1)),
    (130, "T", Some(1)),
    (131, "N", Some(1)),
    (140, "DATEVALUE", Some(1)),
    (141, "TIMEVALUE", Some(1)),
    (148, "INDIRECT", None),
    (162, "CLEAN", Some(1)),
    (169, "COUNTA", None),
    (183, "PRODUCT", None),
    (184, "FACT", Some(1)),
    (190, "ISNONTEXT", Some(1)),
    (197, "TRUNC", None),
    (212, "ROUNDUP", Some(2)),
    (213, "ROUNDDOWN", Some(2)),
    (216, "RANK", None),
    (220, "DAYS360", None),
    (221, "TODAY", Some(0)),
    (227, "MEDIAN", None),
    (228, "SUMPRODUCT", None),
    (325, "LARGE", Some(2)),
    (326, "SMALL", Some(2)),
    (336, "CONCATENATE", None),
    (337, "POWER", Some(2)),
    (344, "SUBTOTAL", None),
    (345, "SUMIF", None),
    (346, "COUNTIF", Some(2)),
    (347, "COUNTBLANK", Some(1)),
];

/// The formula with its sign in front; `None` where it is not written out.
pub fn formula(signs: &[u8], width: Width) -> Option<String> {
    let (mut waiting, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        at += sign(signs.get(at..)?, width, &mut waiting)?;
        if waiting.len() > DEEPEST || waiting.last().is_some_and(|text: &String| text.len() > LONGEST) {
            return None;
        }
    }
    match waiting.as_slice() {
        [one] => Some(format!("={one}")),
        _ => None,
    }
}

/// Takes one sign; answers its length.
fn sign(rest: &[u8], width: Width, waiting: &mut Vec<String>) -> Option<usize> {
    let wide = width == Width::Wide;
    let first = u8_at(rest, 0);
    // References and functions come in three classes, which differ in nothing that is written.
    let kind = if first & 0x60 == 0 { first } else { first & 0x1f | 0x20 };
    match kind {
        0x03..=0x11 => {
            let (right, left) = (waiting.pop()?, waiting.pop()?);
            waiting.push(format!("{left}{}{right}", BETWEEN[usize::from(kind - 3)]));
            Some(1)
        }
        0x12..=0x15 => {
            let of = waiting.pop()?;
            waiting.push(match kind {
                0x12 => format!("+{of}"),
                0x13 => format!("-{of}"),
                0x14 => format!("{of}%"),
                _ => format!("({of})"),
            });
            Some(1)
        }
        0x16 => put(waiting, String::new(), 1),
        0x17 => text(rest, wide, waiting),
        0x19 => attribute(rest, waiting),
        0x1c => put(waiting, error_text(u8_at(rest, 1)).to_owned(), 2),
        0x1d => put(waiting, if u8_at(rest, 1) == 0 { "FALSE" } else { "TRUE" }.to_owned(), 2),
        0x1e => put(waiting, u16_at(rest, 1).to_string(), 3),
        0x1f => put(waiting, number_text(f64_at(rest, 1)), 9),
        0x21 => {
            let (_, name, count) = FUNCTIONS.iter().find(|(number, ..)| *number == u16_at(rest, 1))?;
            call(name, usize::from((*count)?), waiting)?;
            Some(3)
        }
        0x22 => {
            let (_, name, _) = FUNCTIONS.iter().find(|(number, ..)| *number == u16_at(rest, 2))?;
            call(name, usize::from(u8_at(rest, 1) & 0x7f), waiting)?;
            Some(4)
        }
        0x24 if wide => put(waiting, place(u32_at(rest, 1), u16_at(rest, 5)), 7),
        0x24 => put(waiting, place(u32::from(u16_at(rest, 1)), u16_at(rest, 3)), 5),
        0x25 if wide => {
            let (from, to) = (place(u32_at(rest, 1), u16_at(rest, 9)), place(u32_at(rest, 5), u16_at(rest, 11)));
            put(waiting, format!("{from}:{to}"), 13)
        }
        0x25 => {
            let (top, bottom) = (u32::from(u16_at(rest, 1)), u32::from(u16_at(rest, 3)));
            put(waiting, format!("{}:{}", place(top, u16_at(rest, 5)), place(bottom, u16_at(rest, 7))), 9)
        }
        _ => None,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as the signs that may be broken")]
fn put(waiting: &mut Vec<String>, text: String, length: usize) -> Option<usize> {
    waiting.push(text);
    Some(length)
}

fn call(name: &str, arguments: usize, waiting: &mut Vec<String>) -> Option<()> {
    let given = waiting.split_off(waiting.len().checked_sub(arguments)?);
    waiting.push(format!("{name}({})", given.join(",")));
    Some(())
}

fn text(rest: &[u8], wide: bool, waiting: &mut Vec<String>) -> Option<usize> {
    let count = if wide { usize::from(u16_at(rest, 1)) } else { usize::from(u8_at(rest, 1)) };
    let letters_wide = wide || u8_at(rest, 2) & 1 != 0;
    let length = if letters_wide { count * 2 } else { count };
    let bytes = rest.get(3..3 + length)?;
    let mut text = Vec::new();
    if letters_wide {
        add_utf16(bytes, &mut text);
    } else {
        add_utf16(&bytes.iter().flat_map(|b| [*b, 0]).collect::<Vec<_>>(), &mut text);
    }
    put(waiting, format!("\"{}\"", String::from_utf8_lossy(&text).replace('"', "\"\"")), 3 + length)
}

/// How a formula is computed and spaced is not written; the sum of one thing is a function.
fn attribute(rest: &[u8], waiting: &mut Vec<String>) -> Option<usize> {
    match u8_at(rest, 1) {
        0x04 => Some(4 + (usize::from(u16_at(rest, 2)) + 1) * 2),
        0x10 => call("SUM", 1, waiting).map(|()| 4),
        _ => Some(4),
    }
}

/// A cell by its row from 0; the column's upper bits say what of it moves.
fn place(row: u32, column: u16) -> String {
    let sign = |moves: bool| if moves { "" } else { "$" };
    let (column, moves) = (u32::from(column & 0x3fff), (column & 0x4000 != 0, column & 0x8000 != 0));
    format!("{}{}{}{}", sign(moves.0), letters(column), sign(moves.1), u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_out_as_they_were_typed() {
        let (a2, b2): ([u8; 5], [u8; 5]) = ([0x44, 1, 0, 0, 0xc0], [0x44, 1, 0, 1, 0xc0]);
        for (trap, signs, width, text) in [
            ("a sum", [&a2[..], &b2, &[3]].concat(), Width::Narrow, Some("=A2+B2")),
            ("a fixed cell", vec![0x24, 1, 0, 1, 0], Width::Narrow, Some("=$B$2")),
            (
                "a block",
                vec![0x19, 1, 0, 0, 0x25, 1, 0, 8, 0, 0, 0xc0, 1, 0xc0, 0x19, 0x10, 0, 0],
                Width::Narrow,
                Some("=SUM(A2:B9)"),
            ),
            ("text", [&[0x17, 1, 0, b'E'][..], &a2, &[8]].concat(), Width::Narrow, Some("=\"E\"&A2")),
            ("a call", [&a2[..], &[0x1e, 2, 0, 0x41, 27, 0]].concat(), Width::Narrow, Some("=ROUND(A2,2)")),
            ("any number of arguments", [&a2[..], &b2, &[0x42, 2, 7, 0]].concat(), Width::Narrow, Some("=MAX(A2,B2)")),
            ("wide rows", vec![0x44, 0xff, 0xff, 1, 0, 2, 0xc0], Width::Wide, Some("=C131072")),
            ("another sheet", vec![0x3a, 0, 0, 1, 0, 0, 0xc0], Width::Narrow, None),
            ("nothing to add", vec![3], Width::Narrow, None),
            ("cut off", vec![0x17, 9, 0, b'E'], Width::Narrow, None),
            ("nothing", vec![], Width::Narrow, None),
        ] {
            assert_eq!(formula(&signs, width).as_deref(), text, "{trap}");
        }
    }
}
