//! The words of one whole statement.

use super::lexer::{Lex, Piece, Scan, piece, undouble};

/// A word of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Word(&'a [u8]),
    /// A quoted name, without its quotes.
    Name(String),
    /// A string with its prefix and quotes.
    Text(&'a [u8]),
    Number(&'a [u8]),
    Sign(u8),
    End,
}

impl Token<'_> {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(w) if w.eq_ignore_ascii_case(word.as_bytes()))
    }

    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.is_word(w))
    }
}

#[derive(Clone)]
pub struct Words<'a> {
    buf: &'a [u8],
    at: usize,
    /// After the last token.
    end: usize,
    lex: &'a Lex,
}

impl<'a> Words<'a> {
    pub fn new(buf: &'a [u8], lex: &'a Lex) -> Self {
        Self { buf, at: 0, end: 0, lex }
    }

    pub fn lex(&self) -> &'a Lex {
        self.lex
    }

    pub fn next(&mut self) -> Token<'a> {
        while self.at < self.buf.len() {
            let rest = &self.buf[self.at..];
            let Scan::Found((kind, length)) = piece(rest, self.lex, true) else {
                self.at = self.buf.len();
                break;
            };
            self.at += length;
            let raw = &rest[..length];
            if kind != Piece::Blank {
                self.end = self.at;
            }
            return match kind {
                Piece::Blank => continue,
                Piece::Text => Token::Text(raw),
                Piece::Name => Token::Name(self.unquote(raw)),
                Piece::Word => Token::Word(raw),
                Piece::Number => Token::Number(raw),
                Piece::Sign(sign) => Token::Sign(sign),
            };
        }
        Token::End
    }

    fn unquote(&self, raw: &[u8]) -> String {
        if self.lex.mysql {
            return self.lex.unquoted_text(raw);
        }
        let quote = self.lex.names.iter().find(|q| q.open == raw[0]).expect("a name begins with its quote");
        let mut name = Vec::new();
        if quote.doubled {
            undouble(raw, quote.close, &mut name);
        } else {
            name.extend_from_slice(raw[1..].strip_suffix(&[quote.close]).unwrap_or(&raw[1..]));
        }
        self.lex.text(&name)
    }

    pub fn peek(&self) -> Token<'a> {
        self.clone().next()
    }

    /// Steps over a word if it is there.
    pub fn take(&mut self, word: &str) -> bool {
        let mut ahead = self.clone();
        let found = ahead.next().is_word(word);
        if found {
            *self = ahead;
        }
        found
    }

    /// Steps over some words if they all are there, in this order.
    pub fn take_all(&mut self, words: &[&str]) -> bool {
        let mut ahead = self.clone();
        let found = words.iter().all(|w| ahead.take(w));
        if found {
            *self = ahead;
        }
        found
    }

    pub fn take_sign(&mut self, sign: u8) -> bool {
        let mut ahead = self.clone();
        let found = ahead.next() == Token::Sign(sign);
        if found {
            *self = ahead;
        }
        found
    }

    /// A name, quoted or not.
    pub fn name(&mut self) -> Option<String> {
        let mut ahead = self.clone();
        let name = match ahead.next() {
            Token::Name(name) => name,
            Token::Word(word) if self.lex.lower => self.lex.text(word).to_lowercase(),
            Token::Word(word) => self.lex.text(word),
            Token::Number(word) if self.lex.mysql => self.lex.text(word),
            Token::Text(raw) if self.lex.mysql => self.lex.unquoted_text(raw),
            Token::Text(raw) if self.lex.text_names && raw[0] == b'\'' => {
                let mut name = Vec::new();
                undouble(raw, b'\'', &mut name);
                self.lex.text(&name)
            }
            _ => return None,
        };
        *self = ahead;
        Some(name)
    }

    /// A name with what it stands in: `db.schema.name`. Parts may be empty: `db..name`.
    pub fn qualified(&mut self) -> Option<Vec<String>> {
        let mut parts = vec![self.name()?];
        while self.take_sign(b'.') {
            parts.push(self.name().unwrap_or_default());
        }
        Some(parts)
    }

    /// What stands between the bracket that comes next and its fellow. Where it has none, the words are at their end.
    pub fn brackets(&mut self) -> Option<&'a [u8]> {
        let mut ahead = self.clone();
        if !ahead.take_sign(b'(') {
            return None;
        }
        let start = ahead.end;
        let mut depth = 1;
        while depth > 0 {
            match ahead.next() {
                Token::Sign(b'(') => depth += 1,
                Token::Sign(b')') => depth -= 1,
                Token::End => {
                    *self = ahead;
                    return None;
                }
                _ => {}
            }
        }
        let inside = &self.buf[start..ahead.end - 1];
        *self = ahead;
        Some(inside)
    }

    /// Names in brackets; orders, lengths and operator classes are left out.
    pub fn name_list(&mut self) -> Vec<String> {
        let Some(inside) = self.brackets() else { return Vec::new() };
        let mut words = Words::new(inside, self.lex);
        let mut names = Vec::new();
        loop {
            names.extend(words.name());
            words.skip_item();
            if !words.take_sign(b',') {
                return names;
            }
        }
    }

    /// Goes on to the comma, bracket or end that ends the item.
    pub fn skip_item(&mut self) {
        loop {
            match self.peek() {
                Token::Sign(b',' | b')') | Token::End => return,
                Token::Sign(b'(') => {
                    self.brackets();
                }
                _ => {
                    self.next();
                }
            }
        }
    }

    /// After the last token that was read.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Where the next token begins.
    pub fn start(&self) -> usize {
        let mut at = self.at;
        while at < self.buf.len() {
            match piece(&self.buf[at..], self.lex, true) {
                Scan::Found((Piece::Blank, n)) => at += n,
                _ => break,
            }
        }
        at
    }

    pub fn source(&self, start: usize, end: usize) -> &'a [u8] {
        &self.buf[start.min(end)..end]
    }
}
