//! Rows of a sheet as nearly every program writes them, taken without a parser.

use memchr::memchr;

use super::written::{Open, Written, whole};
use crate::spreadsheet::cell::COLUMN_LIMIT;
use crate::spreadsheet::markup::{Cursor, Stop, Tag, Taken, Text};

/// A row, with places in the bytes it was found in.
#[derive(Debug, Default)]
pub struct PlainRow {
    pub number: Option<u32>,
    pub hidden: bool,
    /// Cells without anything inside.
    pub bare: u64,
    pub cells: Vec<PlainCell>,
}

#[derive(Debug)]
pub struct PlainCell {
    pub open: Open,
    pub value: Text,
    pub formula: Text,
}

/// The row that the bytes begin with, and where it ends.
pub fn row(bytes: &[u8], row: &mut PlainRow) -> Taken<usize> {
    let mut at = Cursor::new(bytes);
    at.blanks();
    let Tag::Start(name) = at.tag()? else { return Err(Stop::Odd) };
    let colon = memchr(b':', name).map_or(0, |colon| colon + 1);
    if &name[colon..] != b"row" {
        return Err(Stop::Odd);
    }
    at.prefix = &name[..colon];
    (row.number, row.hidden, row.bare) = (None, false, 0);
    row.cells.clear();
    let (mut numbered, mut told) = (false, false);
    while let Some((key, value)) = at.attribute()? {
        match key {
            b"r" if !numbered => (row.number, numbered) = (whole(value), true),
            b"hidden" if !told => (row.hidden, told) = (matches!(value, b"1" | b"true" | b"on"), true),
            b"r" | b"hidden" => return Err(Stop::Odd),
            _ if key.ends_with(b":r") || key.ends_with(b":hidden") => return Err(Stop::Odd),
            _ => {}
        }
    }
    if at.is_empty() {
        return Err(Stop::Odd);
    }
    let mut next = 0;
    loop {
        at.blanks();
        match at.own()? {
            Tag::Start(b"c") => next = cell(&mut at, next, row)? + 1,
            Tag::End(b"row") => break,
            _ => return Err(Stop::Odd),
        }
    }
    at.passed()
}

/// A cell after the name of its tag; answers its column.
#[inline]
fn cell(at: &mut Cursor<'_>, next: u32, row: &mut PlainRow) -> Taken<u32> {
    let mut open = Open::at(next);
    while let Some((key, value)) = at.attribute()? {
        open.take(key, value, next);
    }
    if open.column >= COLUMN_LIMIT {
        return Err(Stop::Odd);
    }
    if at.is_empty() {
        row.bare += 1;
        return Ok(open.column);
    }
    let (mut value, mut written_out) = (Text::default(), Text::default());
    loop {
        at.blanks();
        match at.own()? {
            Tag::Start(b"v") if !open.given => {
                at.attributes()?;
                (value, open.given) = (at.text(b"v")?, true);
            }
            Tag::Start(b"is") if !open.given => {
                at.attributes()?;
                (value, open.given) = (inline(at)?, true);
            }
            Tag::Start(b"f") if open.formula.is_none() => {
                let (written, text) = formula(at)?;
                (open.formula, written_out) = (Some(written), text);
            }
            Tag::End(b"c") => break,
            _ => return Err(Stop::Odd),
        }
    }
    row.cells.push(PlainCell { open, value, formula: written_out });
    Ok(open.column)
}

/// The one text of an inline string.
fn inline(at: &mut Cursor<'_>) -> Taken<Text> {
    at.blanks();
    let Tag::Start(b"t") = at.own()? else { return Err(Stop::Odd) };
    at.attributes()?;
    let text = at.text(b"t")?;
    at.blanks();
    at.end(b"is")?;
    Ok(text)
}

fn formula(at: &mut Cursor<'_>) -> Taken<(Written, Text)> {
    let (mut kind, mut shared) = (None, None);
    while let Some((key, value)) = at.attribute()? {
        match key {
            b"t" if kind.is_none() => kind = Some(value),
            b"si" if shared.is_none() => shared = Some(whole(value)),
            b"t" | b"si" => return Err(Stop::Odd),
            _ if key.ends_with(b":t") || key.ends_with(b":si") => return Err(Stop::Odd),
            _ => {}
        }
    }
    let written = Written::by(kind, shared.flatten());
    if at.is_empty() {
        return Ok((written, Text::default()));
    }
    Ok((written, at.text(b"f")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns, texts and formulas of a row, and what follows it.
    fn told(bytes: &str) -> String {
        let mut found = PlainRow::default();
        match row(bytes.as_bytes(), &mut found) {
            Ok(end) => {
                let text = |t: Text| String::from_utf8(t.of(bytes.as_bytes(), &mut Vec::new()).to_vec()).unwrap();
                let cell = |c: &PlainCell| format!("{} {}{}", c.open.column, text(c.value), text(c.formula));
                let cells: Vec<String> = found.cells.iter().map(cell).collect();
                let (number, hidden) = (found.number.unwrap_or(0), if found.hidden { " hidden" } else { "" });
                format!("{number}{hidden}: {} | {}", cells.join(", "), &bytes[end..])
            }
            Err(stop) => format!("{stop:?}"),
        }
    }

    #[test]
    fn plain_rows_are_taken_and_others_left_to_the_parser() {
        for (trap, bytes, expected) in [
            ("figures", "<row r=\"7\"><c r=\"B7\" s=\"1\"><v>1</v></c></row><row", "7: 1 1 | <row"),
            ("no places", "\n<row><c><v>1</v></c> <c/><c><v>2</v></c></row>", "0: 0 1, 2 2 | "),
            ("hidden", "<row r='2' hidden='1'></row>", "2 hidden:  | "),
            ("a prefix", "<x:row r=\"1\"><x:c><x:v>1</x:v></x:c></x:row>", "1: 0 1 | "),
            ("two prefixes", "<x:row><c><v>1</v></c></x:row>", "Odd"),
            ("an inline text", "<row><c t=\"inlineStr\"><is><t> a </t></is></c></row>", "0: 0  a  | "),
            ("entities", "<row><c t=\"str\"><v>&lt;a &amp;amp; b&gt;</v></c></row>", "0: 0 <a &amp; b> | "),
            ("a number for a letter", "<row><c t=\"str\"><v>&#65;</v></c></row>", "Odd"),
            ("an entity of nobody", "<row><c t=\"str\"><v>&x;</v></c></row>", "Odd"),
            ("an ampersand alone", "<row><c t=\"str\"><v>a & b</v></c></row>", "Odd"),
            ("a carriage return", "<row><c t=\"str\"><v>a\r\nb</v></c></row>", "Odd"),
            ("a formula", "<row><c><f>A1</f><v>2</v></c></row>", "0: 0 2A1 | "),
            ("a shared formula", "<row><c><f t=\"shared\" si=\"0\"/><v>2</v></c></row>", "0: 0 2 | "),
            ("rich text", "<row><c t=\"inlineStr\"><is><r><t>a</t></r></is></c></row>", "Odd"),
            ("a comment", "<row><!-- --><c><v>1</v></c></row>", "Odd"),
            ("CDATA", "<row><c t=\"str\"><v><![CDATA[a]]></v></c></row>", "Odd"),
            ("two values", "<row><c><v>1</v><v>2</v></c></row>", "Odd"),
            ("an extension", "<row><c><v>1</v><extLst/></c></row>", "Odd"),
            ("> in an attribute", "<row spans=\"a>b\" r=\"3\"></row>", "3:  | "),
            ("an entity in an attribute", "<row r=\"&#49;\"></row>", "Odd"),
            ("an attribute without quotes", "<row r=1></row>", "Odd"),
            ("attributes that touch", "<row r=\"1\"hidden=\"1\"></row>", "Odd"),
            ("an end that is another's", "<row><c><v>1</c></v></row>", "Odd"),
            ("a column no sheet has", "<row><c r=\"XFE1\"><v>1</v></c></row>", "0: 0 1 | "),
            ("the end of the rows", "</sheetData>", "Odd"),
            ("no end", "<row r=\"1\"><c><v>1</v></c>", "Short"),
            ("cut in a tag", "<row r=\"1", "Short"),
            ("nothing", "", "Short"),
        ] {
            assert_eq!(told(bytes), expected, "{trap}");
        }
        assert_eq!(row(b"<row><c t=\"str\"><v>\xff</v></c></row>", &mut PlainRow::default()), Err(Stop::Odd));
    }
}
