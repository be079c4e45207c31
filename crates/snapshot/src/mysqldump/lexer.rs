//! The words of MySQL's SQL: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and the sections beside it.
//!
//! Everything works on a slice of the buffer and answers [`Scan::More`] where the slice ends too early.

use memchr::{memchr, memchr2, memmem};

use super::charset::Wide;

/// What scanning a slice brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan<T> {
    Found(T),
    /// The slice ends inside what is being read.
    More,
    /// Not what was expected here.
    Bad(&'static str),
}

/// A word of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Word(&'a [u8]),
    /// A quoted name, without its quotes.
    Name(Vec<u8>),
    Text(Vec<u8>),
    Number(&'a [u8]),
    Punct(u8),
    End,
}

impl Token<'_> {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Token::Word(w) if w.eq_ignore_ascii_case(word.as_bytes()))
    }
}

/// Length of the white space and comments at the start of `buf`. Conditional comments (`/*!40101 … */`) are opened and
/// closed like white space: their content is read, whatever the version; the sandbox line (version 999999) is not.
pub fn skip_blank(buf: &[u8], eof: bool) -> Scan<usize> {
    let mut at = 0;
    loop {
        while at < buf.len() && buf[at].is_ascii_whitespace() {
            at += 1;
        }
        let rest = &buf[at..];
        let comment = match rest {
            [b'#', ..] => line_comment(rest, eof),
            [b'-', b'-', next, ..] if next.is_ascii_whitespace() || *next < 0x20 => line_comment(rest, eof),
            [b'-', b'-'] if eof => Scan::Found(2),
            [b'/', b'*', b'!', ..] | [b'/', b'*', b'M', b'!', ..] => conditional(rest, eof),
            [b'/', b'*', ..] if rest.len() > 3 || eof => block_comment(rest),
            [b'*', b'/', ..] => Scan::Found(2),
            [] | [b'-' | b'/' | b'*'] | [b'-', b'-'] | [b'/', b'*', ..] if !eof => Scan::More,
            _ => return Scan::Found(at),
        };
        match comment {
            Scan::Found(n) => at += n,
            other => return other,
        }
    }
}

fn line_comment(buf: &[u8], eof: bool) -> Scan<usize> {
    match memchr(b'\n', buf) {
        Some(end) => Scan::Found(end + 1),
        None if eof => Scan::Found(buf.len()),
        None => Scan::More,
    }
}

fn block_comment(buf: &[u8]) -> Scan<usize> {
    match memmem::find(&buf[2..], b"*/") {
        Some(end) => Scan::Found(end + 4),
        None => Scan::More,
    }
}

fn conditional(buf: &[u8], eof: bool) -> Scan<usize> {
    let bang = if buf[2] == b'!' { 3 } else { 4 };
    let digits = buf[bang..].iter().take_while(|b| b.is_ascii_digit()).count();
    if bang + digits == buf.len() && !eof {
        return Scan::More;
    }
    if &buf[bang..bang + digits] == b"999999" { block_comment(buf) } else { Scan::Found(bang + digits) }
}

/// Where the statement at the start of `buf` ends, before its delimiter; quotes and comments are stepped over.
pub fn statement_end(buf: &[u8], delimiter: &[u8], style: Style, eof: bool) -> Scan<usize> {
    let mut at = 0;
    while at < buf.len() {
        let rest = &buf[at..];
        if rest.starts_with(delimiter) {
            return Scan::Found(at);
        }
        match rest[0] {
            quote @ (b'\'' | b'"' | b'`') => match quoted_end(rest, quote, style) {
                Scan::Found(n) => at += n,
                // An apostrophe in a routine's comment can leave a quote open: the delimiter still ends the statement.
                _ if eof => return Scan::Found(buf.len()),
                _ => return Scan::More,
            },
            b'#' | b'-' | b'/' | b'*' => match skip_blank(rest, eof) {
                Scan::Found(0) => at += 1,
                Scan::Found(n) => at += n,
                _ if eof => return Scan::Found(buf.len()),
                other => return other,
            },
            _ => at += plain_length(rest, delimiter[0], style.wide),
        }
    }
    if eof { Scan::Found(buf.len()) } else { Scan::More }
}

/// Bytes up to the next that may open or end something; the first is none, or part of a delimiter that is not whole.
fn plain_length(buf: &[u8], delimiter: u8, wide: Option<Wide>) -> usize {
    let special = |b: u8| matches!(b, b'\'' | b'"' | b'`' | b'#' | b'-' | b'/' | b'*') || b == delimiter;
    let Some(wide) = wide else {
        return 1 + buf[1..].iter().position(|b| special(*b)).unwrap_or(buf.len() - 1);
    };
    let mut at = character(buf, wide);
    while at < buf.len() && !special(buf[at]) {
        at += character(&buf[at..], wide);
    }
    at
}

/// Length of the character at the start of `buf`, which is not empty.
fn character(buf: &[u8], wide: Wide) -> usize {
    if wide.leads(buf[0]) && buf.get(1).is_some_and(|b| Wide::trails(*b)) { 2 } else { 1 }
}

/// Length of a quoted run, quotes included. The second byte of a wide character is neither a quote nor a backslash,
/// though it may look like one.
pub fn quoted_end(buf: &[u8], quote: u8, style: Style) -> Scan<usize> {
    let backslash = style.escapes(quote);
    let mut at = 1;
    loop {
        let Some(&byte) = buf.get(at) else { return Scan::More };
        if byte == quote {
            match buf.get(at + 1) {
                Some(&next) if next == quote => at += 2,
                _ => return Scan::Found(at + 1),
            }
        } else if byte == b'\\' && backslash {
            at += 2;
        } else if let Some(wide) = style.wide.filter(|wide| wide.leads(byte)) {
            if at + 1 == buf.len() {
                return Scan::More;
            }
            at += character(&buf[at..], wide);
        } else {
            at += 1;
        }
    }
}

/// Appends what the string at the start of `buf` (its opening quote included) holds; answers its length in `buf`.
///
/// Escapes are those of the server: `\0 \b \n \r \t \Z`, `\%` and `\_` keep their backslash, any other is dropped.
pub fn unescape(buf: &[u8], backslash: bool, wide: Option<Wide>, out: &mut Vec<u8>) -> Scan<usize> {
    let quote = buf[0];
    let mut at = 1;
    loop {
        let run = if let Some(wide) = wide {
            buf[at..].iter().position(|&b| b == quote || b == b'\\' || wide.leads(b))
        } else {
            memchr2(quote, b'\\', &buf[at..])
        };
        let Some(run) = run else { return Scan::More };
        out.extend_from_slice(&buf[at..at + run]);
        at += run;
        let next = buf.get(at + 1).copied();
        if buf[at] == quote {
            if next != Some(quote) {
                return Scan::Found(at + 1);
            }
            out.push(quote);
        } else if buf[at] != b'\\' || !backslash {
            if buf[at] == b'\\' {
                out.push(b'\\');
                at += 1;
                continue;
            }
            let Some(trail) = next else { return Scan::More };
            out.push(buf[at]);
            if !Wide::trails(trail) {
                at += 1;
                continue;
            }
            out.push(trail);
        } else {
            let Some(next) = next else { return Scan::More };
            push_escaped(next, out);
        }
        at += 2;
    }
}

fn push_escaped(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'0' => out.push(0),
        b'b' => out.push(8),
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'Z' => out.push(0x1a),
        b'%' | b'_' => out.extend_from_slice(&[b'\\', byte]),
        other => out.push(other),
    }
}

fn word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'@') || b >= 0x80
}

/// What the SQL mode and the connection's character set make of quotes.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// `"` quotes names rather than text.
    pub ansi: bool,
    /// A backslash escapes.
    pub backslash: bool,
    /// Characters of two bytes, the second of which may look like a backslash or a quote.
    pub wide: Option<Wide>,
}

impl Style {
    #[cfg(test)]
    pub const USUAL: Self = Self { ansi: false, backslash: true, wide: None };

    /// For lists in which only names stand.
    pub fn names(self) -> Self {
        Self { ansi: true, ..self }
    }

    /// Whether a backslash escapes behind this quote.
    pub fn escapes(self, quote: u8) -> bool {
        self.backslash && (quote == b'\'' || quote == b'"' && !self.ansi)
    }
}

/// The words of one whole statement.
#[derive(Clone)]
pub struct Words<'a> {
    buf: &'a [u8],
    at: usize,
    style: Style,
}

impl<'a> Words<'a> {
    pub fn new(buf: &'a [u8], style: Style) -> Self {
        Self { buf, at: 0, style }
    }

    /// Where the next word starts.
    pub fn offset(&mut self) -> usize {
        // A comment that is never closed goes on to the end.
        self.at = match skip_blank(&self.buf[self.at..], true) {
            Scan::Found(n) => self.at + n,
            Scan::More | Scan::Bad(_) => self.buf.len(),
        };
        self.at
    }

    /// Goes on behind this many bytes from the start.
    pub fn skip(&mut self, length: usize) {
        self.at = length;
    }

    /// Where the last word ended.
    pub fn end(&self) -> usize {
        self.at
    }

    pub fn style(&self) -> Style {
        self.style
    }

    fn word_length(&self, rest: &[u8]) -> usize {
        let Some(wide) = self.style.wide else {
            return rest.iter().take_while(|b| word_byte(**b)).count();
        };
        let mut n = 0;
        while n < rest.len() && word_byte(rest[n]) {
            n += character(&rest[n..], wide);
        }
        n
    }

    pub fn source(&self, from: usize, to: usize) -> &'a [u8] {
        &self.buf[from..to]
    }

    pub fn next(&mut self) -> Token<'a> {
        let start = self.offset();
        let rest = &self.buf[start..];
        let Some(&first) = rest.first() else { return Token::End };
        if first == b'`' || first == b'"' && self.style.ansi {
            return self.quoted(rest, false).map_or(Token::End, Token::Name);
        }
        if first == b'\'' || first == b'"' {
            return self.quoted(rest, true).map_or(Token::End, Token::Text);
        }
        if word_byte(first) {
            let n = self.word_length(rest);
            // 1.5 and 1e-3 are one word; so is 12.
            let n = if first.is_ascii_digit() { number_length(rest).max(n) } else { n };
            self.at = start + n;
            let word = &rest[..n];
            return if first.is_ascii_digit() && word.iter().all(|b| b.is_ascii_digit() || *b == b'.') {
                Token::Number(word)
            } else {
                Token::Word(word)
            };
        }
        self.at = start + 1;
        Token::Punct(first)
    }

    pub fn peek(&mut self) -> Token<'a> {
        let at = self.at;
        let token = self.next();
        self.at = at;
        token
    }

    /// Takes the next word if it is this one.
    pub fn take(&mut self, word: &str) -> bool {
        let at = self.at;
        let found = self.next().is_word(word);
        if !found {
            self.at = at;
        }
        found
    }

    pub fn take_punct(&mut self, punct: u8) -> bool {
        let at = self.at;
        let found = self.next() == Token::Punct(punct);
        if !found {
            self.at = at;
        }
        found
    }

    /// A name, quoted or bare.
    pub fn name(&mut self) -> Option<Vec<u8>> {
        let at = self.at;
        match self.next() {
            Token::Name(n) | Token::Text(n) => Some(n),
            Token::Word(w) | Token::Number(w) => Some(w.to_vec()),
            _ => {
                self.at = at;
                None
            }
        }
    }

    /// `name` or `database.name`.
    pub fn qualified(&mut self) -> Option<(Option<Vec<u8>>, Vec<u8>)> {
        let first = self.name()?;
        if self.take_punct(b'.') { Some((Some(first), self.name()?)) } else { Some((None, first)) }
    }

    /// Steps over a bracketed run whose `(` is next; answers what stands between.
    pub fn brackets(&mut self) -> Option<&'a [u8]> {
        if !self.take_punct(b'(') {
            return None;
        }
        let start = self.at;
        let mut depth = 1;
        loop {
            match self.next() {
                Token::Punct(b'(') => depth += 1,
                Token::Punct(b')') => depth -= 1,
                Token::End => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(&self.buf[start..self.at - 1]);
            }
        }
    }

    fn quoted(&mut self, rest: &[u8], escapes: bool) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let n = unescape(rest, escapes && self.style.backslash, self.style.wide, &mut out);
        if let Scan::Found(n) = n {
            self.at += n;
            Some(out)
        } else {
            self.at = self.buf.len();
            None
        }
    }
}

/// Length of the number at the start: digits, a point, an exponent.
pub fn number_length(buf: &[u8]) -> usize {
    let digits = |from: usize| buf[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut n = usize::from(matches!(buf.first(), Some(b'-' | b'+')));
    n += digits(n);
    if buf.get(n) == Some(&b'.') {
        n += 1 + digits(n + 1);
    }
    if matches!(buf.get(n), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(buf.get(n + 1), Some(b'-' | b'+')));
        let exponent = digits(n + 1 + sign);
        if exponent > 0 {
            n += 1 + sign + exponent;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mysqldump::charset::Charset;

    #[test]
    fn blanks_and_comments_end_where_the_words_begin() {
        for (sql, length) in [
            ("  x", 2),
            ("-- note\nx", 8),
            ("--x", 0),
            ("# note\nx", 7),
            ("/* a ' */x", 9),
            ("/*!40101 SET", 9),
            ("/*M!100616 x", 11),
            ("/*M!999999\\- enable the sandbox mode */\nx", 40),
            ("/*!50003 */x", 11),
            ("", 0),
        ] {
            assert_eq!(skip_blank(sql.as_bytes(), true), Scan::Found(length), "{sql}");
        }
        assert_eq!(skip_blank(b"/* open", true), Scan::More);
        assert_eq!(skip_blank(b"-", false), Scan::More);
    }

    #[test]
    fn a_statement_ends_at_its_delimiter_only() {
        for (sql, delimiter, end) in [
            ("a ';' b; c", ";", 7),
            ("a -- ;\n b; c", ";", 9),
            ("BEGIN a; END ;; x", ";;", 13),
            ("a `;` \"\\\";\" ;", ";", 12),
            ("no end", ";", 6),
            ("a /* ; */ b;", ";", 11),
        ] {
            assert_eq!(
                statement_end(sql.as_bytes(), delimiter.as_bytes(), Style::USUAL, true),
                Scan::Found(end),
                "{sql}"
            );
        }
    }

    #[test]
    fn strings_come_out_as_the_server_reads_them() {
        for (sql, text) in [
            (&br"'a\'b''c'"[..], &b"a'b'c"[..]),
            (br"'\0\Z\%\_\q\\'", b"\0\x1a\\%\\_q\\"),
            (b"'\xff\xfe'", b"\xff\xfe"),
            (br"''", b""),
        ] {
            let mut out = Vec::new();
            assert_eq!(unescape(sql, true, None, &mut out), Scan::Found(sql.len()));
            assert_eq!(out, text);
        }
    }

    #[test]
    fn a_wide_characters_second_byte_is_no_backslash() {
        let mut out = Vec::new();
        // U+8868 in Shift-JIS is 95 5C.
        assert_eq!(unescape(b"'\x95\x5c'", true, Charset::named("sjis").unwrap().wide(), &mut out), Scan::Found(4));
        assert_eq!(out, b"\x95\x5c");
        // What no character follows stands for itself.
        out.clear();
        assert_eq!(unescape(b"'\x95'", true, Charset::named("sjis").unwrap().wide(), &mut out), Scan::Found(3));
        assert_eq!(out, b"\x95");
    }
}
