//! Records of CSV (RFC 4180) as spreadsheet programs open them.
//!
//! Such a program runs a field that begins as its formulas do, which whoever filled the legacy database could write. A
//! `'` before the field makes text of it (OWASP, "CSV Injection").

use std::borrow::Cow;

use csv_core::{QuoteStyle, Writer, WriterBuilder};

const GUARD: char = '\'';

/// Whether a spreadsheet program may take the field for a formula. A plain negative number is none.
pub fn is_formula(field: &str) -> bool {
    // Programs differ in what they skip before it.
    let start = field.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    field.starts_with(['\t', '\r', '\n']) || (start.starts_with(signs) && !is_negative_number(field))
}

fn is_negative_number(field: &str) -> bool {
    let Some(number) = field.strip_prefix('-') else { return false };
    let (number, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let marks = |text: &str| text.replace(['.', ','], "");
    digits(power) && digits(&marks(number))
}

/// The field, with a `'` before it where it could be taken for a formula.
pub fn guarded(field: &str) -> Cow<'_, str> {
    if is_formula(field) { Cow::Owned(format!("{GUARD}{field}")) } else { Cow::Borrowed(field) }
}

/// What was guarded, as it was. A spreadsheet program may have taken the `'` for a sign of its own, and away.
pub fn unguarded(field: &str) -> &str {
    match field.strip_prefix(GUARD) {
        Some(within) if is_formula(within) => within,
        _ => field,
    }
}

/// A record without the end of its line: NULL (`None`) is an empty field, a blank value two quotes, as databases export
/// them.
pub fn record<'a>(fields: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let styled = |style| WriterBuilder::new().quote_style(style).build();
    // The writer of the `csv` crate quotes all fields by one style, and then NULL and blank are the same.
    let (mut plain, mut quoted) = (styled(QuoteStyle::Never), styled(QuoteStyle::Always));
    let mut record = Vec::new();
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            record.push(b',');
        }
        let Some(field) = field else { continue };
        // Programs part fields at semicolons or tabs where the country's comma is in numbers.
        let is_plain = !field.is_empty() && !field.contains([',', '"', '\n', '\r', ';', '\t']) && field.trim() == field;
        push(if is_plain { &mut plain } else { &mut quoted }, field.as_bytes(), &mut record);
    }
    String::from_utf8(record).expect("quotes and commas around text are text")
}

/// One field as the writer writes it.
fn push(writer: &mut Writer, field: &[u8], record: &mut Vec<u8>) {
    let start = record.len();
    // At the most a quote before each byte, and two around it.
    record.resize(start + 2 * field.len() + 2, 0);
    let (_, _, written) = writer.field(field, &mut record[start..]);
    let (_, closed) = writer.finish(&mut record[start + written..]);
    record.truncate(start + written + closed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_blank_stay_apart() {
        let fields = [None, Some(""), Some("a,b"), Some("say \"hi\"\n"), Some("plain"), Some("a;b"), Some(" a")];
        assert_eq!(record(fields), ",\"\",\"a,b\",\"say \"\"hi\"\"\n\",plain,\"a;b\",\" a\"");
    }

    #[test]
    fn what_could_be_a_formula_is_text_and_numbers_stay_numbers() {
        let formulas = [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "@SUM(A1)",
            "+15551234567",
            "-1+2",
            "-2+3+cmd|' /C calc'!A0",
            "--1",
            "-",
            "-abc",
            "-1e",
            "-1e5x",
            "\t=1",
            "\ttab",
            "\rreturn",
            "\nline",
            "  =1+1",
            "\u{a0}=1",
            "\u{feff}=1",
            "＝1+1",
            "－1＋1",
        ];
        for formula in formulas {
            assert_eq!(guarded(formula), format!("'{formula}"), "{formula:?}");
            assert_eq!(unguarded(&guarded(formula)), formula);
            // The program kept it as text, and took the sign away.
            assert_eq!(unguarded(formula), formula);
        }
        let others = [
            "",
            "5",
            "-5",
            "-0.25",
            "-1,234.50",
            "-3e10",
            "-2.5E-3",
            "a=b",
            "5'10\"",
            "'quoted'",
            "O'Brien",
            "1-2",
            "'",
        ];
        for other in others {
            assert_eq!(guarded(other), other);
            assert_eq!(unguarded(other), other);
        }
    }
}
