//! Expressions that are one literal in other words: their value does not depend on the server. Whatever else stands in
//! the place of a value is kept as its source text and flagged.

use std::str;

use super::geometry;
use super::settings::Settings;
use crate::event::ColumnKind;
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::value::{unhex, unhex_pairs};
use crate::script::words::{Token, Words};

/// What an expression comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Evaluated {
    /// Bytes of a string in the character set.
    Text(Vec<u8>, Charset),
    Bytes(Vec<u8>),
    Number(String),
}

/// The value, where it can be known without a server.
pub fn evaluate(source: &[u8], column: &Column, settings: &Settings) -> Option<Evaluated> {
    let lex = settings.lex();
    let mut words = Words::new(source, &lex);
    let value = Reading { words: &mut words, column, settings }.value(0)?;
    (words.next() == Token::End).then_some(value)
}

struct Reading<'a, 'b> {
    words: &'a mut Words<'b>,
    column: &'a Column,
    settings: &'a Settings,
}

impl Reading<'_, '_> {
    fn value(&mut self, depth: usize) -> Option<Evaluated> {
        if depth > 16 {
            return None;
        }
        let value = match self.words.next() {
            Token::Text(text) => {
                let mut whole = self.words.lex().unquoted(text);
                // Literals beside each other are one.
                while let Token::Text(more) = self.words.peek() {
                    self.words.next();
                    whole.extend_from_slice(&self.words.lex().unquoted(more));
                }
                Evaluated::Text(whole, self.settings.literal_charset(self.column).charset)
            }
            Token::Number(number) => Evaluated::Number(str::from_utf8(number).ok()?.to_owned()),
            Token::Sign(sign @ (b'-' | b'+')) => match self.value(depth + 1)? {
                Evaluated::Number(n) if sign == b'+' || n.starts_with('-') => {
                    Evaluated::Number(if sign == b'+' { n } else { n[1..].to_owned() })
                }
                Evaluated::Number(n) => Evaluated::Number(format!("-{n}")),
                _ => return None,
            },
            Token::Sign(b'(') => {
                let value = self.value(depth + 1)?;
                self.sign(b')')?;
                value
            }
            Token::Word(word) => self.named(&String::from_utf8_lossy(word).to_ascii_lowercase(), depth)?,
            _ => return None,
        };
        if self.words.take("collate") {
            self.words.name()?;
        }
        Some(value)
    }

    fn named(&mut self, word: &str, depth: usize) -> Option<Evaluated> {
        if let Some(hex) = word.strip_prefix("0x") {
            return Some(Evaluated::Bytes(unhex(hex.as_bytes())?));
        }
        match (word, self.words.peek()) {
            ("x", Token::Text(digits)) => {
                self.words.next();
                return Some(Evaluated::Bytes(unhex_pairs(&self.words.lex().unquoted(digits))?));
            }
            ("n", Token::Text(_)) => {
                let Evaluated::Text(text, _) = self.value(depth + 1)? else { return None };
                return Some(Evaluated::Text(text, Charset::Utf8));
            }
            _ => {}
        }
        if let Some(charset) = word.strip_prefix('_') {
            let bytes = match self.value(depth + 1)? {
                Evaluated::Text(bytes, _) | Evaluated::Bytes(bytes) => bytes,
                Evaluated::Number(_) => return None,
            };
            return Some(in_charset(bytes, charset));
        }
        self.sign(b'(')?;
        let value = self.value(depth + 1)?;
        let value = match word.strip_prefix("st_").unwrap_or(word) {
            "convert" => self.converted(value)?,
            "unhex" => match value {
                Evaluated::Text(digits, _) => Evaluated::Bytes(unhex_pairs(&digits)?),
                _ => return None,
            },
            "geomfromtext"
            | "geometryfromtext"
            | "pointfromtext"
            | "linefromtext"
            | "linestringfromtext"
            | "polyfromtext"
            | "polygonfromtext"
            | "mpointfromtext"
            | "multipointfromtext"
            | "mlinefromtext"
            | "multilinestringfromtext"
            | "mpolyfromtext"
            | "multipolygonfromtext"
            | "geomcollfromtext"
            | "geometrycollectionfromtext" => match value {
                Evaluated::Text(text, _) => {
                    Evaluated::Bytes(geometry::from_text(str::from_utf8(&text).ok()?, self.system()?)?)
                }
                _ => return None,
            },
            "geomfromwkb" | "geometryfromwkb" | "pointfromwkb" | "linefromwkb" | "polyfromwkb" | "mpointfromwkb"
            | "mlinefromwkb" | "mpolyfromwkb" | "geomcollfromwkb" => match value {
                Evaluated::Bytes(wkb) | Evaluated::Text(wkb, _) if wkb.first() == Some(&1) => {
                    Evaluated::Bytes([&self.system()?.to_le_bytes()[..], &wkb].concat())
                }
                _ => return None,
            },
            _ => return None,
        };
        self.sign(b')')?;
        Some(value)
    }

    /// `CONVERT(value USING charset)`: the text stays the same wherever the set has its letters.
    fn converted(&mut self, value: Evaluated) -> Option<Evaluated> {
        if !self.words.take("using") {
            return None;
        }
        let charset = self.words.name()?;
        match value {
            Evaluated::Bytes(bytes) => Some(in_charset(bytes, &charset)),
            // To binary and back is by the literal's bytes.
            Evaluated::Text(..) if charset.eq_ignore_ascii_case("binary") => None,
            text => Some(text),
        }
    }

    /// The reference system's number, where one is given. The numbers of a point stay in the order of the text, as in
    /// MariaDB and MySQL 5.7; that MySQL 8 turns them round in 4326 no script says.
    fn system(&mut self) -> Option<u32> {
        if !self.words.take_sign(b',') {
            return Some(0);
        }
        let Token::Number(number) = self.words.next() else { return None };
        str::from_utf8(number).ok()?.parse().ok()
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        self.words.take_sign(sign).then_some(())
    }
}

fn in_charset(bytes: Vec<u8>, name: &str) -> Evaluated {
    match Charset::named(name) {
        Some(charset) => Evaluated::Text(bytes, charset),
        None => Evaluated::Bytes(bytes),
    }
}

/// A number can be the value of an integer or decimal column only: elsewhere the server writes it its own way.
pub fn accepts_numbers(column: &Column) -> bool {
    matches!(column.def.kind, ColumnKind::Integer | ColumnKind::Decimal | ColumnKind::Float | ColumnKind::Untyped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_literal_in_other_words_is_its_value() {
        let text = |t: &str| Some(Evaluated::Text(t.as_bytes().to_vec(), Charset::Utf8));
        let number = |n: &str| Some(Evaluated::Number(n.to_owned()));
        for (source, value) in [
            ("'a' 'b'", text("ab")),
            ("'it''s' COLLATE utf8mb4_bin", text("it's")),
            ("CONVERT('é' USING latin1)", text("é")),
            ("- 5", number("-5")),
            ("-(-5)", number("5")),
            ("(7)", number("7")),
            ("UNHEX('C3A9')", Some(Evaluated::Bytes(vec![0xc3, 0xa9]))),
            ("_utf8mb4 0xC3A9", text("é")),
            ("_binary 0xC3A", Some(Evaluated::Bytes(vec![0x0c, 0x3a]))),
            ("ST_GeomFromWKB(0x0101, 7)", Some(Evaluated::Bytes(vec![7, 0, 0, 0, 1, 1]))),
            ("GeomFromText('POINT(x)')", None),
            ("ST_GeomFromText('POINT(1 2)', now())", None),
            ("1+1", None),
            ("now()", None),
            ("concat('a','b')", None),
            ("'a' 'b' || 'c'", None),
            ("UNHEX('C3A')", None),
            ("(((((((((((((((((((((1)))))))))))))))))))))", None),
        ] {
            let found = evaluate(source.as_bytes(), &Column::default(), &Settings::default());
            assert_eq!(found, value, "{source}");
        }
    }
}
