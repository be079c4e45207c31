//! What MySQL's words and comments have of their own:
//! https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and the sections beside it.

use memchr::memchr2;

use super::{Lex, Piece, Scan, comment_end, line_end};
use crate::script::charset::Wide;

/// A piece that is no string; a name that is not closed is none.
pub fn piece(buf: &[u8], lex: &Lex, eof: bool) -> Scan<(Piece, usize)> {
    match skip_blank(buf, eof) {
        Scan::Found(0) => {}
        Scan::Found(length) => return Scan::Found((Piece::Blank, length)),
        _ if eof => return Scan::Found((Piece::Blank, buf.len())),
        _ => return Scan::More,
    }
    if lex.names.iter().any(|q| q.open == buf[0]) {
        return match lex.quoted_end(buf, eof) {
            Scan::Found(length) => Scan::Found((Piece::Name, length)),
            _ => Scan::More,
        };
    }
    let word = lex.word_length(buf);
    if word == 0 {
        return Scan::Found((Piece::Sign(buf[0]), 1));
    }
    // 1.5 is one number, and 1e-3 one word; so is 12.
    let length = if buf[0].is_ascii_digit() { number_length(buf).max(word) } else { word };
    if length == buf.len() && !eof {
        return Scan::More;
    }
    let number = buf[0].is_ascii_digit() && buf[..length].iter().all(|b| b.is_ascii_digit() || *b == b'.');
    Scan::Found((if number { Piece::Number } else { Piece::Word }, length))
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
            [b'/', b'*', ..] if rest.len() > 3 || eof => comment_end(rest, false),
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
    match line_end(buf) {
        Scan::More if eof => Scan::Found(buf.len()),
        scan => scan,
    }
}

fn conditional(buf: &[u8], eof: bool) -> Scan<usize> {
    let bang = if buf[2] == b'!' { 3 } else { 4 };
    let digits = buf[bang..].iter().take_while(|b| b.is_ascii_digit()).count();
    if bang + digits == buf.len() && !eof {
        return Scan::More;
    }
    if &buf[bang..bang + digits] == b"999999" { comment_end(buf, false) } else { Scan::Found(bang + digits) }
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
