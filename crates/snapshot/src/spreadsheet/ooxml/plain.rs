//! Rows as nearly every program writes them, taken straight out of the bytes.
//!
//! Tags, attributes in quotes, texts with the five entities of XML: that needs no parser, and most of a load's time was
//! spent in one. A row in which anything else stands is left to the parser as a whole, so that it alone says what odd
//! or broken XML means.

use memchr::{memchr, memchr2};

use super::written::{Open, Written, whole};
use crate::spreadsheet::cell::COLUMN_LIMIT;

/// Why a row is not taken.
#[derive(Debug, PartialEq)]
pub enum Stop {
    /// It is written in another way, or is no row.
    Odd,
    /// Its end is not among the bytes.
    Short,
}

type Taken<T> = Result<T, Stop>;

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

#[derive(Debug, Clone, Copy, Default)]
pub struct Text {
    start: usize,
    end: usize,
    escaped: bool,
}

const ENTITIES: [(&[u8], u8); 5] =
    [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&apos;", b'\'')];

impl Text {
    /// What it says; `buf` holds it where it is not written as it reads.
    pub fn of<'a>(self, bytes: &'a [u8], buf: &'a mut Vec<u8>) -> &'a [u8] {
        let mut rest = &bytes[self.start..self.end];
        if !self.escaped {
            return rest;
        }
        buf.clear();
        while let Some(at) = memchr(b'&', rest) {
            buf.extend_from_slice(&rest[..at]);
            rest = &rest[at..];
            let (written, letter) = entity(rest).unwrap_or((b"&", b'&'));
            buf.push(letter);
            rest = &rest[written.len()..];
        }
        buf.extend_from_slice(rest);
        buf
    }
}

fn entity(text: &[u8]) -> Option<(&'static [u8], u8)> {
    ENTITIES.into_iter().find(|(written, _)| text.starts_with(written))
}

/// The row that the bytes begin with, and where it ends.
pub fn row(bytes: &[u8], row: &mut PlainRow) -> Taken<usize> {
    let mut at = Cursor { bytes, at: 0, prefix: b"" };
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
            Tag::Start(b"c") => next = at.cell(next, row)? + 1,
            Tag::End(b"row") => break,
            _ => return Err(Stop::Odd),
        }
    }
    // What is no UTF-8 is damaged, which the parser says.
    std::str::from_utf8(&bytes[..at.at]).map_err(|_| Stop::Odd)?;
    Ok(at.at)
}

enum Tag<'a> {
    /// Its attributes are still to come.
    Start(&'a [u8]),
    End(&'a [u8]),
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// What stands in front of every name, with its colon.
    prefix: &'a [u8],
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

impl<'a> Cursor<'a> {
    #[inline]
    fn peek(&self) -> Taken<u8> {
        self.bytes.get(self.at).copied().ok_or(Stop::Short)
    }

    #[inline]
    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| is_blank(*byte)) {
            self.at += 1;
        }
    }

    /// Passes over a tag's name, and over the whole of an end tag.
    #[inline]
    fn tag(&mut self) -> Taken<Tag<'a>> {
        if self.peek()? != b'<' {
            return Err(Stop::Odd);
        }
        self.at += 1;
        let ends = self.peek()? == b'/';
        let start = self.at + usize::from(ends);
        let rest = self.bytes.get(start..).ok_or(Stop::Short)?;
        let length = rest.iter().position(|byte| is_blank(*byte) || matches!(byte, b'>' | b'/')).ok_or(Stop::Short)?;
        self.at = start + length;
        let name = &rest[..length];
        if !ends {
            return Ok(Tag::Start(name));
        }
        if rest[length] != b'>' {
            return Err(Stop::Odd);
        }
        self.at += 1;
        Ok(Tag::End(name))
    }

    /// A tag, its name without the prefix that all have.
    #[inline]
    fn own(&mut self) -> Taken<Tag<'a>> {
        let bare = |name: &'a [u8]| name.strip_prefix(self.prefix).ok_or(Stop::Odd);
        if self.prefix.is_empty() {
            return self.tag();
        }
        match self.tag()? {
            Tag::Start(name) => bare(name).map(Tag::Start),
            Tag::End(name) => bare(name).map(Tag::End),
        }
    }

    /// The next attribute of a tag; `None` behind its `>`.
    #[inline]
    fn attribute(&mut self) -> Taken<Option<(&'a [u8], &'a [u8])>> {
        let before = self.at;
        self.blanks();
        match self.peek()? {
            b'>' => {
                self.at += 1;
                return Ok(None);
            }
            b'/' => {
                self.at += 1;
                if self.peek()? != b'>' {
                    return Err(Stop::Odd);
                }
                self.at += 1;
                return Ok(None);
            }
            _ if self.at == before => return Err(Stop::Odd),
            _ => {}
        }
        let start = self.at;
        while self.peek()? != b'=' {
            if is_blank(self.bytes[self.at]) || matches!(self.bytes[self.at], b'<' | b'>' | b'/' | b'"' | b'\'' | b'&')
            {
                return Err(Stop::Odd);
            }
            self.at += 1;
        }
        let key = &self.bytes[start..self.at];
        self.at += 1;
        let quote = self.peek()?;
        if !matches!(quote, b'"' | b'\'') || key.is_empty() {
            return Err(Stop::Odd);
        }
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| *byte == quote).ok_or(Stop::Short)?;
        let value = &rest[..length];
        if value.iter().any(|byte| matches!(byte, b'&' | b'<' | b'\n' | b'\r' | b'\t')) {
            return Err(Stop::Odd);
        }
        self.at += length + 1;
        Ok(Some((key, value)))
    }

    /// Whether the tag just passed has no end tag of its own.
    fn is_empty(&self) -> bool {
        self.bytes[..self.at].ends_with(b"/>")
    }

    /// Passes over attributes that say nothing of a value.
    fn attributes(&mut self) -> Taken<()> {
        while self.attribute()?.is_some() {}
        if self.is_empty() { Err(Stop::Odd) } else { Ok(()) }
    }

    /// A text up to the tag that ends it.
    #[inline]
    fn text(&mut self, name: &[u8]) -> Taken<Text> {
        let start = self.at;
        let length = memchr(b'<', &self.bytes[start..]).ok_or(Stop::Short)?;
        let end = start + length;
        let (mut from, mut escaped) = (start, false);
        while let Some(at) = memchr2(b'&', b'\r', &self.bytes[from..end]) {
            let (written, _) = entity(&self.bytes[from + at..end]).ok_or(Stop::Odd)?;
            (from, escaped) = (from + at + written.len(), true);
        }
        self.at = end;
        self.end(name)?;
        Ok(Text { start, end, escaped })
    }

    #[inline]
    fn end(&mut self, name: &[u8]) -> Taken<()> {
        match self.own()? {
            Tag::End(found) if found == name => Ok(()),
            _ => Err(Stop::Odd),
        }
    }

    /// A cell behind the name of its tag; answers its column.
    #[inline]
    fn cell(&mut self, next: u32, row: &mut PlainRow) -> Taken<u32> {
        let mut open = Open::at(next);
        while let Some((key, value)) = self.attribute()? {
            open.take(key, value, next);
        }
        if open.column >= COLUMN_LIMIT {
            return Err(Stop::Odd);
        }
        if self.is_empty() {
            row.bare += 1;
            return Ok(open.column);
        }
        let (mut value, mut formula) = (Text::default(), Text::default());
        loop {
            self.blanks();
            match self.own()? {
                Tag::Start(b"v") if !open.given => {
                    self.attributes()?;
                    (value, open.given) = (self.text(b"v")?, true);
                }
                Tag::Start(b"is") if !open.given => {
                    self.attributes()?;
                    (value, open.given) = (self.inline()?, true);
                }
                Tag::Start(b"f") if open.formula.is_none() => {
                    let (written, text) = self.formula()?;
                    (open.formula, formula) = (Some(written), text);
                }
                Tag::End(b"c") => break,
                _ => return Err(Stop::Odd),
            }
        }
        row.cells.push(PlainCell { open, value, formula });
        Ok(open.column)
    }

    /// The one text of an inline string.
    fn inline(&mut self) -> Taken<Text> {
        self.blanks();
        let Tag::Start(b"t") = self.own()? else { return Err(Stop::Odd) };
        self.attributes()?;
        let text = self.text(b"t")?;
        self.blanks();
        self.end(b"is")?;
        Ok(text)
    }

    fn formula(&mut self) -> Taken<(Written, Text)> {
        let (mut kind, mut shared) = (None, None);
        while let Some((key, value)) = self.attribute()? {
            match key {
                b"t" if kind.is_none() => kind = Some(value),
                b"si" if shared.is_none() => shared = Some(whole(value)),
                b"t" | b"si" => return Err(Stop::Odd),
                _ if key.ends_with(b":t") || key.ends_with(b":si") => return Err(Stop::Odd),
                _ => {}
            }
        }
        let written = Written::by(kind, shared.flatten());
        if self.is_empty() {
            return Ok((written, Text::default()));
        }
        Ok((written, self.text(b"f")?))
    }
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
