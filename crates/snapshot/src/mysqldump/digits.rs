//! The digits of hexadecimal and bit literals:
//! https://dev.mysql.com/doc/refman/8.4/en/hexadecimal-literals.html

use super::settings::Settings;
use crate::script::value::unhex_pairs;
use crate::script::words::{Token, Words};

pub const DIGITS: &str = "pairs of hexadecimal digits in x'…', and 0 and 1 in b'…'";

/// Whether an `x'…'` or `b'…'` holds what is no digit or half a byte: no server runs such a statement.
pub fn has_wrong_digits(source: &[u8], settings: &Settings) -> bool {
    let lex = settings.lex();
    let mut words = Words::new(source, &lex);
    loop {
        let (token, end) = (words.next(), words.end());
        match (token, words.peek()) {
            (Token::End, _) => return false,
            (Token::Word(&[kind @ (b'x' | b'X' | b'b' | b'B')]), Token::Text(text))
                if words.start() == end && quoted_digits(kind, &lex.unquoted(text)).is_none() =>
            {
                return true;
            }
            _ => {}
        }
    }
}

pub fn from_bits(digits: &[u8]) -> Vec<u8> {
    digits.rchunks(8).rev().map(|c| c.iter().fold(0, |n, b| n << 1 | u8::from(*b == b'1'))).collect()
}

/// What stands between the quotes of `x'…'` or `b'…'`; `None` where a server takes it for a mistake.
pub fn quoted_digits(kind: u8, digits: &[u8]) -> Option<Vec<u8>> {
    if kind.eq_ignore_ascii_case(&b'x') {
        return unhex_pairs(digits);
    }
    digits.iter().all(|b| matches!(b, b'0' | b'1')).then(|| from_bits(digits))
}
