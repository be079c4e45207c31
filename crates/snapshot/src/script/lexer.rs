//! The words of SQL, by a table that says how a server quotes.
//!
//! Everything works on a slice of the buffer and answers [`Scan::More`] where more bytes might change the answer.

pub mod mysql;

use encoding_rs::WINDOWS_1252;
use memchr::{memchr, memchr2, memmem};

use super::charset::{Charset, Wide};

/// What scanning a slice brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan<T> {
    Found(T),
    /// The slice ends inside what is being read.
    More,
    /// Not what was expected here.
    Bad(&'static str),
}

/// How a name is quoted.
#[derive(Debug, Clone, Copy)]
pub struct NameQuote {
    pub open: u8,
    pub close: u8,
    /// The closing quote stands for itself where it is doubled.
    pub doubled: bool,
}

/// How a server quotes and comments.
#[derive(Debug, Clone, Copy)]
pub struct Lex {
    pub names: &'static [NameQuote],
    /// Quotes around strings.
    pub texts: &'static [u8],
    /// Letters that may stand before a string: `N'…'`, `X'…'`.
    pub prefixes: &'static [u8],
    /// Comments hold comments.
    pub nested: bool,
    /// `$tag$ … $tag$` is a string, `E'…'` has escapes.
    pub dollar: bool,
    /// A backslash escapes in plain strings too.
    pub backslash: bool,
    /// A string may stand where a name must.
    pub text_names: bool,
    /// Names without quotes are in lower case.
    pub lower: bool,
    /// Comments and bare words are MySQL's: `#`, `-- ` and `/*!40101 … */`, names that begin with a digit.
    pub mysql: bool,
    /// Characters of two bytes, the second of which may look like a backslash or a quote.
    pub wide: Option<Wide>,
    /// Of names and comments that are not UTF-8.
    pub charset: Charset,
}

pub const BRACKET: NameQuote = NameQuote { open: b'[', close: b']', doubled: true };
pub const DOUBLE: NameQuote = NameQuote { open: b'"', close: b'"', doubled: true };
pub const BACKTICK: NameQuote = NameQuote { open: b'`', close: b'`', doubled: true };

impl Lex {
    pub const PLAIN: Self = Self {
        names: &[DOUBLE],
        texts: b"'",
        prefixes: b"",
        nested: false,
        dollar: false,
        backslash: false,
        text_names: false,
        lower: false,
        mysql: false,
        wide: None,
        charset: Charset::Encoding(WINDOWS_1252),
    };

    /// A name or a comment as text.
    pub fn text(&self, bytes: &[u8]) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => self.charset.text(bytes),
        }
    }

    /// Length of the quoted run at the start, for all that a string or a name of MySQL may begin with.
    pub fn quoted_end(&self, buf: &[u8], eof: bool) -> Scan<usize> {
        let backslash = self.backslash && self.texts.contains(&buf[0]);
        quoted_end(buf, buf[0], true, backslash, self.wide, eof)
    }

    /// Whether blanks and comments at the end of a file end inside a comment.
    pub fn leaves_comment_open(&self, blank: &[u8]) -> bool {
        if self.mysql {
            return mysql::skip_blank(blank, true) == Scan::More;
        }
        blank.starts_with(b"/*") && !blank.ends_with(b"*/")
    }

    /// What a string of MySQL holds, its quotes included in `raw`.
    pub fn unquoted(&self, raw: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        mysql::unescape(raw, self.backslash && self.texts.contains(&raw[0]), self.wide, &mut out);
        out
    }

    /// The same as text.
    pub fn unquoted_text(&self, raw: &[u8]) -> String {
        self.text(&self.unquoted(raw))
    }

    fn is_word(&self, b: u8) -> bool {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'@') || b == b'#' && !self.mysql || b >= 0x80
    }

    fn word_length(&self, buf: &[u8]) -> usize {
        let Some(wide) = self.wide else { return buf.iter().position(|b| !self.is_word(*b)).unwrap_or(buf.len()) };
        let mut at = 0;
        while at < buf.len() && self.is_word(buf[at]) {
            at += wide.length(&buf[at..]);
        }
        at
    }
}

/// A piece of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// White space or a comment.
    Blank,
    /// A string with its prefix and quotes.
    Text,
    /// A quoted name.
    Name,
    Word,
    Number,
    Sign(u8),
}

/// The piece at the start of `buf`, which is not empty, and its length. At the end of the file what is open is closed.
pub fn piece(buf: &[u8], lex: &Lex, eof: bool) -> Scan<(Piece, usize)> {
    let closed = |kind, scan| match scan {
        Scan::Found(n) => Scan::Found((kind, n)),
        _ if eof => Scan::Found((kind, buf.len())),
        Scan::More => Scan::More,
        Scan::Bad(why) => Scan::Bad(why),
    };
    match buf[0] {
        quote if lex.texts.contains(&quote) => match quoted_end(buf, quote, true, lex.backslash, lex.wide, eof) {
            Scan::More if lex.mysql && eof => Scan::Bad("a closing quote"),
            scan => closed(Piece::Text, scan),
        },
        _ if lex.mysql => mysql::piece(buf, lex, eof),
        b'-' | b'/' => match (buf[0], buf.get(1)) {
            (_, None) if !eof => Scan::More,
            (b'-', Some(b'-')) => closed(Piece::Blank, line_end(buf)),
            (b'/', Some(b'*')) => closed(Piece::Blank, comment_end(buf, lex.nested)),
            (sign, _) => Scan::Found((Piece::Sign(sign), 1)),
        },
        b if b.is_ascii_whitespace() || b == 0x0b => {
            let run = buf.iter().position(|b| !b.is_ascii_whitespace() && *b != 0x0b).unwrap_or(buf.len());
            Scan::Found((Piece::Blank, run))
        }
        b'0'..=b'9' => number(buf, eof),
        b'.' if buf.len() == 1 && !eof => Scan::More,
        b'.' if buf.get(1).is_some_and(u8::is_ascii_digit) => number(buf, eof),
        b'$' if lex.dollar => match dollar_end(buf) {
            Scan::Bad(_) => word(buf, lex, eof),
            scan => closed(Piece::Text, scan),
        },
        open if lex.names.iter().any(|q| q.open == open) => {
            let quote = lex.names.iter().find(|q| q.open == open).expect("just found");
            closed(Piece::Name, quoted_end(buf, quote.close, quote.doubled, false, None, eof))
        }
        b if lex.is_word(b) => word(buf, lex, eof),
        sign => Scan::Found((Piece::Sign(sign), 1)),
    }
}

/// A word, or a string that begins with a letter.
fn word(buf: &[u8], lex: &Lex, eof: bool) -> Scan<(Piece, usize)> {
    let length = lex.word_length(buf);
    if length == buf.len() && !eof {
        return Scan::More;
    }
    if length == 1 && lex.prefixes.contains(&buf[0].to_ascii_uppercase()) {
        let prefix = if lex.dollar && buf[1..].starts_with(b"&") { 2 } else { 1 };
        match buf.get(prefix) {
            None if !eof => return Scan::More,
            Some(b'\'') => {
                let backslash = lex.backslash || lex.dollar && buf[0].eq_ignore_ascii_case(&b'E');
                return match quoted_end(&buf[prefix..], b'\'', true, backslash, None, eof) {
                    Scan::Found(n) => Scan::Found((Piece::Text, prefix + n)),
                    _ if eof => Scan::Found((Piece::Text, buf.len())),
                    _ => Scan::More,
                };
            }
            _ => {}
        }
    }
    Scan::Found((Piece::Word, length))
}

/// `12`, `1.5E+2`, `.5`, `0xFF`; in a binary constant a backslash before a line break continues the line.
fn number(buf: &[u8], eof: bool) -> Scan<(Piece, usize)> {
    let hex = buf.len() > 1 && buf[0] == b'0' && buf[1].eq_ignore_ascii_case(&b'x');
    let mut at = 0;
    loop {
        match buf.get(at) {
            None if eof => break,
            None => return Scan::More,
            Some(b'\\') if hex => match continued(&buf[at..]) {
                Scan::Found(n) => at += n,
                Scan::More if !eof => return Scan::More,
                _ => break,
            },
            Some(b'+' | b'-') if !hex && at > 0 && buf[at - 1].eq_ignore_ascii_case(&b'e') => at += 1,
            Some(b) if b.is_ascii_alphanumeric() || *b == b'.' || *b == b'_' => at += 1,
            Some(_) => break,
        }
    }
    Scan::Found((Piece::Number, at))
}

/// Length of a backslash with the line break after it.
pub fn continued(buf: &[u8]) -> Scan<usize> {
    match buf {
        [b'\\', b'\n', ..] => Scan::Found(2),
        [b'\\', b'\r', b'\n', ..] => Scan::Found(3),
        [b'\\'] | [b'\\', b'\r'] => Scan::More,
        _ => Scan::Bad("a line break"),
    }
}

fn line_end(buf: &[u8]) -> Scan<usize> {
    memchr(b'\n', buf).map_or(Scan::More, |end| Scan::Found(end + 1))
}

fn comment_end(buf: &[u8], nested: bool) -> Scan<usize> {
    let (mut at, mut depth) = (2, 1);
    loop {
        let Some(next) = memchr2(b'*', b'/', &buf[at..]) else { return Scan::More };
        at += next;
        match buf.get(at..at + 2) {
            None => return Scan::More,
            Some(b"*/") => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Scan::Found(at);
                }
            }
            Some(b"/*") if nested => {
                depth += 1;
                at += 2;
            }
            Some(_) => at += 1,
        }
    }
}

/// `$tag$ … $tag$`; `Bad` where the dollar begins something else.
fn dollar_end(buf: &[u8]) -> Scan<usize> {
    const NOT: Scan<usize> = Scan::Bad("a dollar quote");
    let Some(close) = buf[1..].iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)) else {
        return if buf.len() > 128 { NOT } else { Scan::More };
    };
    let tag = &buf[..close + 2];
    if !tag.ends_with(b"$") || tag[1].is_ascii_digit() {
        return NOT;
    }
    memmem::find(&buf[tag.len()..], tag).map_or(Scan::More, |n| Scan::Found(n + 2 * tag.len()))
}

/// Length of a quoted run, quotes included; `buf` begins with the opening quote.
pub fn quoted_end(buf: &[u8], close: u8, doubled: bool, backslash: bool, wide: Option<Wide>, eof: bool) -> Scan<usize> {
    let mut at = 1;
    loop {
        let rest = buf.get(at..).unwrap_or_default();
        let next = match wide {
            Some(wide) => rest.iter().position(|b| *b == close || *b == b'\\' && backslash || wide.leads(*b)),
            None if backslash => memchr2(close, b'\\', rest),
            None => memchr(close, rest),
        };
        let Some(next) = next else { return Scan::More };
        at += next;
        match (buf[at], buf.get(at + 1)) {
            (byte, None) if byte != close => return Scan::More,
            (byte, Some(_)) if byte == b'\\' && backslash => at += 2,
            (byte, Some(_)) if byte != close => at += wide.map_or(1, |wide| wide.length(&buf[at..])),
            (_, Some(&next)) if doubled && next == close => at += 2,
            (_, None) if doubled && !eof => return Scan::More,
            _ => return Scan::Found(at + 1),
        }
    }
}

/// Appends what stands between the quotes of `quoted`, doubled quotes once.
pub fn undouble(quoted: &[u8], close: u8, out: &mut Vec<u8>) {
    let end = if quoted.len() > 1 && quoted.ends_with(&[close]) { quoted.len() - 1 } else { quoted.len() };
    let mut inner = &quoted[1..end];
    while let Some(n) = memchr(close, inner) {
        out.extend_from_slice(&inner[..=n]);
        inner = inner.get(n + 2..).unwrap_or_default();
    }
    out.extend_from_slice(inner);
}

/// Length of the white space and comments at the start.
pub fn skip_blank(buf: &[u8], lex: &Lex, eof: bool) -> Scan<usize> {
    if lex.mysql {
        return mysql::skip_blank(buf, eof);
    }
    let mut at = 0;
    while at < buf.len() {
        match piece(&buf[at..], lex, eof) {
            Scan::Found((Piece::Blank, n)) => at += n,
            Scan::Found(_) => return Scan::Found(at),
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        }
    }
    if eof { Scan::Found(at) } else { Scan::More }
}

/// Where the expression at the start ends: before the comma or the closing bracket that is not its own.
pub fn expression_end(buf: &[u8], lex: &Lex) -> Scan<usize> {
    let (mut at, mut depth, mut end) = (0, 0, 0);
    while at < buf.len() {
        let (kind, length) = match piece(&buf[at..], lex, false) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        match kind {
            Piece::Sign(b',' | b')') if depth == 0 => {
                return if end == 0 { Scan::Bad("a value") } else { Scan::Found(end) };
            }
            Piece::Sign(b';') if depth == 0 => return Scan::Bad("a comma or a closing bracket after a value"),
            Piece::Sign(b'(') => depth += 1,
            Piece::Sign(b')') => depth -= 1,
            _ => {}
        }
        at += length;
        if kind != Piece::Blank {
            end = at;
        }
    }
    Scan::More
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSACT: Lex = Lex { names: &[BRACKET, DOUBLE], prefixes: b"N", nested: true, ..Lex::PLAIN };
    const DOLLAR: Lex = Lex { prefixes: b"EBXU", dollar: true, nested: true, lower: true, ..Lex::PLAIN };

    #[test]
    fn pieces_end_where_the_server_ends_them() {
        for (lex, text, kind, length) in [
            (TRANSACT, r"N'it''s\' x", Piece::Text, 9),
            (TRANSACT, "[a]]b] x", Piece::Name, 6),
            (TRANSACT, "/* a /* b */ c */x", Piece::Blank, 17),
            (TRANSACT, "0x01\\\r\n02,", Piece::Number, 9),
            (TRANSACT, "1.5E+2,", Piece::Number, 6),
            (TRANSACT, "#tmp(", Piece::Word, 4),
            (DOLLAR, r"E'a\'b' x", Piece::Text, 7),
            (DOLLAR, "U&'x' ", Piece::Text, 5),
            (DOLLAR, "$f$ it's; $$ $f$;", Piece::Text, 16),
            (DOLLAR, "$1 ", Piece::Word, 2),
            (Lex::PLAIN, "/* a /* b */ c", Piece::Blank, 12),
            (Lex::PLAIN, "--x\ny", Piece::Blank, 4),
        ] {
            assert_eq!(piece(text.as_bytes(), &lex, false), Scan::Found((kind, length)), "{text}");
            for cut in 1..length {
                let scan = piece(&text.as_bytes()[..cut], &lex, false);
                let same = matches!(scan, Scan::More) || kind == Piece::Blank;
                assert!(same, "{text} cut at {cut}: {scan:?}");
            }
        }
    }

    #[test]
    fn an_expression_keeps_its_own_brackets_and_commas() {
        let text = b"CAST(N'a,)' AS Decimal(10, 2)) /* , */ , 2)";
        assert_eq!(expression_end(text, &TRANSACT), Scan::Found(30));
        assert_eq!(expression_end(b"f(1", &TRANSACT), Scan::More);
    }
}
