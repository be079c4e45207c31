//! What stands between the fields of a file of rows, where nobody says: the table's declaration says how many there
//! are, and only few separators give as many in every line.

use super::outfile::{Fields, Format, Lines};
use crate::script::column::Column;
use crate::script::lexer::Scan;

/// Lines that are looked at.
const LINES: usize = 200;

/// Fields a line may have, which is one for each column, or for those that are not computed.
fn widths(columns: &[Column]) -> [usize; 2] {
    [columns.len(), columns.iter().filter(|c| !c.def.generated).count()]
}

/// The format that fits the start of a file, the usual one first; `None` where none does.
pub fn fitting(head: &[u8], whole: bool, columns: &[Column]) -> Option<Format> {
    // The longer ones before those they are made of.
    const BETWEEN: [&[u8]; 11] = [b"\t", b"|~|", b"~|~", b"||", b",", b";", b"|", b"^", b"~", b":", b"\x01"];
    let between = BETWEEN.iter().flat_map(|field_end| {
        let format = |line_end: &[u8]| Format {
            field_end: field_end.to_vec(),
            line_end: line_end.to_vec(),
            ..Format::default()
        };
        [format(b"\r\n"), format(b"\n")]
    });
    for format in between {
        // With CRLF at the ends of lines, a lone LF ends none.
        if format.line_end == b"\r\n" && memchr::memmem::find(head, b"\r\n").is_none() {
            continue;
        }
        for enclosed in [b'"', b'\''] {
            let quoted = Format { enclosed: Some(enclosed), ..format.clone() };
            if encloses(head, whole, columns, &format, enclosed) && fits(head, whole, columns, &quoted) {
                return Some(quoted);
            }
        }
        if fits(head, whole, columns, &format) {
            return Some(format);
        }
    }
    None
}

fn fits(head: &[u8], whole: bool, columns: &[Column], format: &Format) -> bool {
    let mut lines = 0;
    let all = each(head, whole, format, |fields| {
        lines += 1;
        widths(columns).contains(&fields.len())
    });
    all && lines > 0
}

/// Whether all values of some column stand between two of these, as far as they are not NULL.
fn encloses(head: &[u8], whole: bool, columns: &[Column], format: &Format, quote: u8) -> bool {
    let quoted = Format { enclosed: Some(quote), ..format.clone() };
    let (mut enclosed, mut bare) = (vec![0u32; columns.len()], vec![0u32; columns.len()]);
    each(head, whole, &quoted, |fields| {
        for index in 0..fields.len().min(columns.len()) {
            match fields.get(index) {
                Some(_) if fields.was_enclosed(index) => enclosed[index] += 1,
                Some(_) => bare[index] += 1,
                None => {}
            }
        }
        true
    });
    enclosed.iter().zip(&bare).any(|(enclosed, bare)| *enclosed > 0 && *bare == 0)
}

/// Goes over the lines of the start for as long as `on` says so; true where it always did.
fn each(head: &[u8], whole: bool, format: &Format, mut on: impl FnMut(&Fields) -> bool) -> bool {
    let lines = Lines::new(format.clone(), Vec::new());
    let (mut at, mut fields) = (0, Fields::default());
    for _ in 0..LINES {
        match lines.read(&head[at..], whole, &mut fields) {
            Scan::Found(length) if length > 0 => {
                if !on(&fields) {
                    return false;
                }
                at += length;
            }
            _ => return true,
        }
    }
    true
}

/// As a person reads it.
pub fn described(format: &Format) -> String {
    let shown = |bytes: &[u8]| match bytes {
        b"\t" => "a tab".to_owned(),
        bytes => format!("`{}`", bytes.escape_ascii()),
    };
    let enclosed = format.enclosed.map_or(String::new(), |quote| format!(", values in {}", char::from(quote)));
    format!("fields stand apart by {}{enclosed}", shown(&format.field_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_columns_tells_what_stands_between() {
        let columns: Vec<Column> = ["a", "b", "c"].iter().map(|name| Column::untyped(name)).collect();
        for (text, told) in [
            (&b"1\ta,b,c\tx\n2\t\ty\n"[..], Some("fields stand apart by a tab")),
            (b"1,x\ty,3\n2,\\N,\\,\n", Some("fields stand apart by `,`")),
            (b"\"1\",\"a, b\",\"x\"\n\"2\",\\N,\"\"\n", Some("fields stand apart by `,`, values in \"")),
            (b"1;'it''s; so';x\r\n2;'';y\r\n", Some("fields stand apart by `;`, values in '")),
            (b"1|5'10\" tall|x\n2|z|y\n", Some("fields stand apart by `|`")),
            (b"1|~|a|b|~|x\n", Some("fields stand apart by `|~|`")),
            (b"1,2\n", None),
            (b"", None),
        ] {
            let found = fitting(text, true, &columns).map(|format| described(&format));
            assert_eq!(found.as_deref(), told, "{}", String::from_utf8_lossy(text));
        }
    }
}
