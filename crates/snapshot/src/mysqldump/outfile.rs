//! Rows as `SELECT … INTO OUTFILE` writes them and `LOAD DATA` reads them: fields between tabs or what stands in their
//! place, a line a row, a backslash before what would be taken for either, `\N` for NULL.
//! https://dev.mysql.com/doc/refman/8.4/en/load-data.html

use std::borrow::Cow;

use memchr::memmem;

use crate::event::{Error, Result};
use crate::script::charset::{Charset, Wide};
use crate::script::lexer::Scan;
use crate::text;

/// What stands between fields and lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    pub field_end: Vec<u8>,
    /// May stand around a field, whatever it holds.
    pub enclosed: Option<u8>,
    pub escape: Option<u8>,
    /// A row begins after it; what stands before is no part of it.
    pub line_start: Vec<u8>,
    pub line_end: Vec<u8>,
    /// Lines at the start that are no rows.
    pub skip: u64,
    /// How NULL is written, beside `\N`.
    pub null: Option<Vec<u8>>,
    /// A line that begins with it is no row.
    pub comment: Option<Vec<u8>>,
    /// Of all columns, where a person says so.
    pub charset: Option<Charset>,
}

/// What a person says of a file of rows; the rest is found, or as the dump says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowChoice {
    pub field_end: Option<Vec<u8>>,
    /// `Some(None)`: nothing encloses a field.
    pub enclosed: Option<Option<u8>>,
    /// `Some(None)`: nothing is escaped.
    pub escape: Option<Option<u8>>,
    pub line_end: Option<Vec<u8>>,
    pub skip: Option<u64>,
    pub null: Option<Vec<u8>>,
    pub comment: Option<Vec<u8>>,
    pub encoding: Option<text::Wide>,
}

impl RowChoice {
    /// The separators are said, so that none are looked for.
    pub(super) fn says_separators(&self) -> bool {
        self.field_end.is_some() || self.enclosed.is_some() || self.escape.is_some()
    }

    /// The start of a file without the lines that are no rows, as far as that is said.
    pub(super) fn rows_of<'a>(&self, head: &'a [u8]) -> Cow<'a, [u8]> {
        let comment = self.comment.as_deref().unwrap_or_default();
        if comment.is_empty() && self.skip.is_none() {
            return Cow::Borrowed(head);
        }
        let skip = self.skip.unwrap_or(0) as usize;
        let is_row = |line: &&[u8]| comment.is_empty() || !line.starts_with(comment);
        Cow::Owned(head.split_inclusive(|b| *b == b'\n').skip(skip).filter(is_row).flatten().copied().collect())
    }

    /// `format`, but for what is said.
    ///
    /// # Errors
    ///
    /// Rows cannot be read in the encoding.
    pub fn over(&self, format: Format) -> Result<Format> {
        let charset = self.encoding.map(|encoding| {
            Charset::of(encoding).ok_or_else(|| {
                let name = encoding.name();
                Error::Unreadable(format!(
                    "the rows of a dump cannot be read as {name}: give the encoding the server wrote"
                ))
            })
        });
        Ok(Format {
            field_end: self.field_end.clone().unwrap_or(format.field_end),
            enclosed: self.enclosed.unwrap_or(format.enclosed),
            escape: self.escape.unwrap_or(format.escape),
            line_start: format.line_start,
            line_end: self.line_end.clone().unwrap_or(format.line_end),
            skip: self.skip.unwrap_or(format.skip),
            null: self.null.clone().or(format.null),
            comment: self.comment.clone().or(format.comment),
            charset: charset.transpose()?.or(format.charset),
        })
    }
}

impl Default for Format {
    fn default() -> Self {
        Self {
            field_end: b"\t".to_vec(),
            enclosed: None,
            escape: Some(b'\\'),
            line_start: Vec::new(),
            line_end: b"\n".to_vec(),
            skip: 0,
            null: None,
            comment: None,
            charset: None,
        }
    }
}

/// The fields of one line, as they were before they were written.
#[derive(Default)]
pub struct Fields {
    data: Vec<u8>,
    /// Start, end, whether it is NULL, whether it was enclosed.
    spans: Vec<(usize, usize, bool, bool)>,
}

impl Fields {
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// `None` is NULL.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let (start, end, null, _) = *self.spans.get(index)?;
        (!null).then(|| &self.data[start..end])
    }

    pub fn was_enclosed(&self, index: usize) -> bool {
        self.spans.get(index).is_some_and(|(.., enclosed)| *enclosed)
    }
}

/// Takes lines apart.
pub struct Lines {
    pub format: Format,
    /// Of each field: where a file is written as its columns are stored, each is in a set of its own.
    wide: Vec<Option<Wide>>,
    /// Bytes that may be more than part of a field.
    special: Box<[bool; 256]>,
}

enum Ended {
    Field,
    Line,
}

impl Lines {
    /// `wide`: of each field; the last one's stands for those after it.
    pub fn new(format: Format, wide: Vec<Option<Wide>>) -> Self {
        let mut special = Box::new([false; 256]);
        let firsts =
            [format.field_end.first(), format.line_end.first(), format.enclosed.as_ref(), format.escape.as_ref()];
        for byte in firsts.into_iter().flatten() {
            special[usize::from(*byte)] = true;
        }
        for wide in wide.iter().flatten() {
            (0..=255u8).filter(|b| wide.leads(*b)).for_each(|b| special[usize::from(b)] = true);
        }
        Self { format, wide, special }
    }

    /// The line at the start of `buf` into `fields`; answers its length, its end included. Without a row, there are no
    /// fields.
    pub fn read(&self, buf: &[u8], eof: bool, fields: &mut Fields) -> Scan<usize> {
        fields.data.clear();
        fields.spans.clear();
        let mut at = 0;
        if let Some(sign) = self.format.comment.as_ref().filter(|sign| !sign.is_empty()) {
            if !eof && buf.len() < sign.len() {
                return Scan::More;
            }
            if buf.starts_with(sign) {
                return match memmem::find(buf, &self.format.line_end) {
                    Some(n) => Scan::Found(n + self.format.line_end.len()),
                    None if eof => Scan::Found(buf.len()),
                    None => Scan::More,
                };
            }
        }
        if !self.format.line_start.is_empty() {
            match memmem::find(buf, &self.format.line_start) {
                Some(n) => at = n + self.format.line_start.len(),
                None if eof => return Scan::Found(buf.len()),
                None => return Scan::More,
            }
        }
        loop {
            match self.field(buf, at, eof, fields) {
                Some((end, Ended::Field)) => at = end,
                Some((end, Ended::Line)) => return Scan::Found(end),
                None => return Scan::More,
            }
        }
    }

    /// Reads a field; answers where the next begins. `None`: the slice ends too early.
    fn field(&self, buf: &[u8], mut at: usize, eof: bool, fields: &mut Fields) -> Option<(usize, Ended)> {
        let start = fields.data.len();
        let wide = self.wide.get(fields.spans.len()).or(self.wide.last()).copied().flatten();
        let mut null = false;
        if at == buf.len() && !eof {
            return None;
        }
        let quote = self.format.enclosed.filter(|quote| buf.get(at) == Some(quote));
        at += usize::from(quote.is_some());
        let (end, ended) = loop {
            let run = buf[at..].iter().position(|b| self.special[usize::from(*b)]).unwrap_or(buf.len() - at);
            fields.data.extend_from_slice(&buf[at..at + run]);
            at += run;
            let Some(&byte) = buf.get(at) else {
                if !eof {
                    return None;
                }
                break (at, Ended::Line);
            };
            let next = buf.get(at + 1).copied();
            if next.is_none() && !eof {
                return None;
            }
            if wide.is_some_and(|wide| wide.leads(byte)) {
                fields.data.push(byte);
                at += 1;
                if let Some(trail) = next.filter(|b| Wide::trails(*b)) {
                    fields.data.push(trail);
                    at += 1;
                }
            } else if Some(byte) == quote {
                if next == quote {
                    fields.data.push(byte);
                    at += 2;
                    continue;
                }
                if let Some(end) = self.end(buf, at + 1, eof)? {
                    break end;
                }
                // Neither doubled nor the last: it is text.
                fields.data.push(byte);
                at += 1;
            } else if Some(byte) == self.format.escape && self.format.escape != self.format.enclosed {
                null |= next == Some(b'N') && fields.data.len() == start;
                fields.data.push(next.map_or(byte, unescaped));
                at = (at + 2).min(buf.len());
            } else {
                if quote.is_none()
                    && let Some(end) = self.end(buf, at, eof)?
                {
                    break end;
                }
                fields.data.push(byte);
                at += 1;
            }
        };
        let text = &fields.data[start..];
        let word = self.format.enclosed.is_some() && quote.is_none() && text == b"NULL";
        let said = quote.is_none() && self.format.null.as_deref() == Some(text);
        null = null && text.len() == 1 || word || said;
        fields.spans.push((start, fields.data.len(), null, quote.is_some()));
        Some((end, ended))
    }

    /// What ends a field here, if anything does. The outer `None`: the slice ends too early to say.
    #[allow(clippy::option_option)]
    fn end(&self, buf: &[u8], at: usize, eof: bool) -> Option<Option<(usize, Ended)>> {
        let rest = &buf[at..];
        if rest.is_empty() {
            return eof.then_some(Some((at, Ended::Line)));
        }
        for (mark, ended) in [(&self.format.line_end, Ended::Line), (&self.format.field_end, Ended::Field)] {
            if !mark.is_empty() && rest.starts_with(mark) {
                return Some(Some((at + mark.len(), ended)));
            }
            if !eof && rest.len() < mark.len() && mark.starts_with(rest) {
                return None;
            }
        }
        Some(None)
    }
}

fn unescaped(byte: u8) -> u8 {
    match byte {
        b'0' => 0,
        b'b' => 8,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'Z' => 0x1a,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::charset::Charset;

    /// The lines of a text, a field between bars; NULL is a dash.
    fn told(format: &Format, wide: Option<Wide>, text: &[u8], chunk: usize) -> Vec<String> {
        let lines = Lines::new(format.clone(), vec![wide]);
        let (mut told, mut at, mut seen, mut fields) = (Vec::new(), 0, 0, Fields::default());
        while at < text.len() {
            seen = (seen + chunk).min(text.len());
            let eof = seen == text.len();
            while let Scan::Found(length) = lines.read(&text[at..seen], eof, &mut fields) {
                let field = |i| fields.get(i).map_or("-".to_owned(), |f| String::from_utf8_lossy(f).into_owned());
                told.push((0..fields.len()).map(field).collect::<Vec<_>>().join("|"));
                at += length;
                if at == seen {
                    break;
                }
            }
        }
        told
    }

    #[test]
    fn fields_are_what_a_server_reads() {
        let tab = Format::default();
        let csv = Format { field_end: b",".to_vec(), enclosed: Some(b'"'), ..Format::default() };
        let doubled = Format { escape: None, line_end: b"\r\n".to_vec(), ..csv.clone() };
        let same = Format { escape: Some(b'"'), ..csv.clone() };
        let long = Format {
            field_end: b"|~|".to_vec(),
            line_end: b"##\n".to_vec(),
            line_start: b">>".to_vec(),
            ..Format::default()
        };
        for (format, text, lines) in [
            (&tab, &b"1\ta\\tb\\\nc\t\\N\n2\t\\\\N\tN\n"[..], &["1|a\tb\nc|-", "2|\\N|N"][..]),
            (
                &csv,
                b"1,\"a \"\"b\"\", \\\"c\\\"\\n\",\\N,NULL,\"NULL\"\n\"x\"y\",\"\n\",z\n",
                &["1|a \"b\", \"c\"\n|-|-|NULL", "x\"y|\n|z"],
            ),
            (&doubled, b"\"a\\\",b\nc\r\nd,\"\"", &["a\\|b\nc", "d|"]),
            (&same, b"\"a\"\"b\",c\n", &["a\"b|c"]),
            (&long, b"no row >>1|~|a|~b##\nx##\n>>2|~|\\|~|##\nrest", &["1|a|~b", "2||~|", ""]),
        ] {
            for chunk in [1, 2, 3, 100] {
                assert_eq!(told(format, None, text, chunk), lines, "{chunk} of {}", String::from_utf8_lossy(text));
            }
        }
    }

    #[test]
    fn a_wide_characters_second_byte_escapes_nothing() {
        let wide = Charset::named("cp932").unwrap().wide();
        for chunk in [1, 2, 3, 100] {
            let lines = told(&Format::default(), wide, b"1\t\x95\x5c\t\x83\x5c\n2\tx\ty\n", chunk);
            assert_eq!(lines.len(), 2, "{chunk}: {lines:?}");
            assert!(lines[0].starts_with("1|") && lines[0].matches('|').count() == 2, "{lines:?}");
        }
    }
}
