//! Tags and texts taken straight out of the bytes.
//!
//! Tags, attributes in quotes, texts with the five entities of XML: that needs no parser, and most of a load's time was
//! spent in one. An element in which anything else stands is left to the parser as a whole, so that it alone says what
//! odd or broken XML means.

use memchr::{memchr, memchr2};

/// Why an element is not taken.
#[derive(Debug, PartialEq)]
pub enum Stop {
    /// It is written in another way, or is another one.
    Odd,
    /// Its end is not among the bytes.
    Short,
}

pub type Taken<T> = Result<T, Stop>;

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

#[derive(Debug)]
pub enum Tag<'a> {
    /// Its attributes are still to come.
    Start(&'a [u8]),
    End(&'a [u8]),
}

pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// What stands in front of every name, with its colon.
    pub prefix: &'a [u8],
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, prefix: b"" }
    }

    /// What was passed over; `Odd` where it is no UTF-8, which the parser says.
    pub fn passed(&self) -> Taken<usize> {
        std::str::from_utf8(&self.bytes[..self.at]).map_err(|_| Stop::Odd)?;
        Ok(self.at)
    }

    #[inline]
    fn peek(&self) -> Taken<u8> {
        self.bytes.get(self.at).copied().ok_or(Stop::Short)
    }

    #[inline]
    pub fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| is_blank(*byte)) {
            self.at += 1;
        }
    }

    /// Passes over a tag's name, and over the whole of an end tag.
    #[inline]
    pub fn tag(&mut self) -> Taken<Tag<'a>> {
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
    pub fn own(&mut self) -> Taken<Tag<'a>> {
        let bare = |name: &'a [u8]| name.strip_prefix(self.prefix).ok_or(Stop::Odd);
        if self.prefix.is_empty() {
            return self.tag();
        }
        match self.tag()? {
            Tag::Start(name) => bare(name).map(Tag::Start),
            Tag::End(name) => bare(name).map(Tag::End),
        }
    }

    /// The next attribute of a tag; `None` after its `>`.
    #[inline]
    pub fn attribute(&mut self) -> Taken<Option<(&'a [u8], &'a [u8])>> {
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
    pub fn is_empty(&self) -> bool {
        self.bytes[..self.at].ends_with(b"/>")
    }

    /// Passes over attributes that say nothing of a value.
    pub fn attributes(&mut self) -> Taken<()> {
        while self.attribute()?.is_some() {}
        if self.is_empty() { Err(Stop::Odd) } else { Ok(()) }
    }

    /// A text up to the tag that ends it.
    #[inline]
    pub fn text(&mut self, name: &[u8]) -> Taken<Text> {
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
    pub fn end(&mut self, name: &[u8]) -> Taken<()> {
        match self.own()? {
            Tag::End(found) if found == name => Ok(()),
            _ => Err(Stop::Odd),
        }
    }
}
