//! Rows of an OpenDocument sheet as nearly every program writes them, taken without a parser.

use std::ops::Range;

use crate::spreadsheet::markup::{Cursor, Stop, Tag, Taken, Text};

/// A row's attributes, cells and paragraphs, each kind in one list.
#[derive(Debug, Default)]
pub struct PlainRow<'a> {
    /// Those of the row itself stand in front.
    pub attributes: Vec<Attribute<'a>>,
    pub own: usize,
    pub cells: Vec<PlainCell>,
    pub paragraphs: Vec<Text>,
}

/// Its name without prefix, whether the prefix is that of an extension, its value.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    pub key: &'a str,
    pub value: &'a str,
}

/// A cell by the places of what is its own.
#[derive(Debug)]
pub struct PlainCell {
    pub attributes: Range<usize>,
    pub paragraphs: Range<usize>,
    /// It has no end tag of its own.
    pub closed: bool,
}

impl<'a> Attribute<'a> {
    pub fn local(&self) -> &'a str {
        self.key.split_once(':').map_or(self.key, |(_, local)| local)
    }
}

/// The row that the bytes begin with, and where it ends.
pub fn row(bytes: &[u8]) -> Taken<(PlainRow<'_>, usize)> {
    let mut at = Cursor::new(bytes);
    let mut row = PlainRow::default();
    at.blanks();
    let Tag::Start(b"table:table-row") = at.tag()? else { return Err(Stop::Odd) };
    if attributes(&mut at, &mut row)? {
        return Err(Stop::Odd);
    }
    row.own = row.attributes.len();
    loop {
        at.blanks();
        match at.tag()? {
            Tag::Start(name @ (b"table:table-cell" | b"table:covered-table-cell")) => cell(&mut at, name, &mut row)?,
            Tag::End(b"table:table-row") => break,
            _ => return Err(Stop::Odd),
        }
    }
    let end = at.passed()?;
    Ok((row, end))
}

/// Those of a tag; whether it has no end tag.
fn attributes<'a>(at: &mut Cursor<'a>, row: &mut PlainRow<'a>) -> Taken<bool> {
    while let Some((key, value)) = at.attribute()? {
        let (Ok(key), Ok(value)) = (std::str::from_utf8(key), std::str::from_utf8(value)) else {
            return Err(Stop::Odd);
        };
        row.attributes.push(Attribute { key, value });
    }
    Ok(at.is_empty())
}

fn cell<'a>(at: &mut Cursor<'a>, name: &[u8], row: &mut PlainRow<'a>) -> Taken<()> {
    let (first, text) = (row.attributes.len(), row.paragraphs.len());
    let closed = attributes(at, row)?;
    let last = row.attributes.len();
    if !closed {
        paragraphs(at, name, row)?;
    }
    row.cells.push(PlainCell { attributes: first..last, paragraphs: text..row.paragraphs.len(), closed });
    Ok(())
}

/// What a cell displays, and its end tag.
fn paragraphs(at: &mut Cursor<'_>, name: &[u8], row: &mut PlainRow<'_>) -> Taken<()> {
    loop {
        at.blanks();
        match at.tag()? {
            Tag::Start(b"text:p") => {
                at.attributes()?;
                row.paragraphs.push(at.text(b"text:p")?);
            }
            Tag::End(end) if end == name => return Ok(()),
            _ => return Err(Stop::Odd),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_rows_are_taken_and_others_left_to_the_parser() {
        for (trap, cells, expected) in [
            ("a figure", "<table:table-cell office:value=\"1\"><text:p>1</text:p></table:table-cell>", Some((1, 1))),
            ("nothing", "<table:table-cell/>", Some((1, 0))),
            (
                "two paragraphs",
                "<table:table-cell><text:p>a</text:p> <text:p>b</text:p></table:table-cell>",
                Some((1, 2)),
            ),
            ("a covered cell", "<table:covered-table-cell></table:covered-table-cell>", Some((1, 0))),
            ("a paragraph of nothing", "<table:table-cell><text:p/></table:table-cell>", None),
            ("blanks as elements", "<table:table-cell><text:p>a<text:s/></text:p></table:table-cell>", None),
            ("a remark", "<table:table-cell><office:annotation/></table:table-cell>", None),
            ("an end that is another's", "<table:table-cell></table:covered-table-cell>", None),
            ("an entity in an attribute", "<table:table-cell table:formula=\"of:=&quot;&quot;\"/>", None),
        ] {
            let bytes = format!("<table:table-row table:style-name=\"r\">{cells}</table:table-row><");
            let told = row(bytes.as_bytes()).ok().map(|(row, end)| {
                assert_eq!((row.own, &bytes[end..]), (1, "<"), "{trap}");
                (row.cells.len(), row.paragraphs.len())
            });
            assert_eq!(told, expected, "{trap}");
        }
    }
}
