//! Where statements of MySQL end: https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and the sections beside it.

use crate::script::charset::{Charset, Wide};
use crate::script::lexer::{BACKTICK, Lex, Scan, skip_blank};
use crate::script::words::Words;

/// Where no setting says otherwise.
pub const LEX: Lex =
    Lex { names: &[BACKTICK], texts: b"'\"", backslash: true, mysql: true, charset: Charset::Utf8, ..Lex::PLAIN };

/// `name` or `database.name`.
pub fn table_parts(words: &mut Words) -> Option<Vec<String>> {
    let first = words.name()?;
    Some(if words.take_sign(b'.') { vec![first, words.name()?] } else { vec![first] })
}

/// Where the statement at the start of `buf` ends, before its delimiter; quotes and comments are stepped over.
pub fn statement_end(buf: &[u8], delimiter: &[u8], lex: &Lex, eof: bool) -> Scan<usize> {
    let mut at = 0;
    while at < buf.len() {
        let rest = &buf[at..];
        if rest.starts_with(delimiter) {
            return Scan::Found(at);
        }
        match rest[0] {
            b'\'' | b'"' | b'`' => match lex.quoted_end(rest, eof) {
                Scan::Found(n) => at += n,
                // An apostrophe in a routine's comment can leave a quote open: the delimiter still ends the statement.
                _ if eof => return Scan::Found(buf.len()),
                _ => return Scan::More,
            },
            b'#' | b'-' | b'/' | b'*' => match skip_blank(rest, lex, eof) {
                Scan::Found(0) => at += 1,
                Scan::Found(n) => at += n,
                _ if eof => return Scan::Found(buf.len()),
                other => return other,
            },
            _ => at += plain_length(rest, delimiter[0], lex.wide),
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
    let mut at = wide.length(buf);
    while at < buf.len() && !special(buf[at]) {
        at += wide.length(&buf[at..]);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::lexer::mysql::unescape;

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
            assert_eq!(skip_blank(sql.as_bytes(), &LEX, true), Scan::Found(length), "{sql}");
        }
        assert_eq!(skip_blank(b"/* open", &LEX, true), Scan::More);
        assert_eq!(skip_blank(b"-", &LEX, false), Scan::More);
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
            assert_eq!(statement_end(sql.as_bytes(), delimiter.as_bytes(), &LEX, true), Scan::Found(end), "{sql}");
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
