//! What `SET` and `USE` make of the statements after them.
//! https://dev.mysql.com/doc/refman/8.4/en/set-variable.html

use super::dump::MySql;
use crate::script::words::{Token, Words};

impl MySql {
    pub(super) fn set(&mut self, words: &mut Words) {
        let charset = words.take("charset") || {
            let mut ahead = words.clone();
            let set = ahead.take("character") && ahead.take("set");
            if set {
                *words = ahead;
            }
            set
        };
        if words.take("names") || charset {
            if let Some(name) = words.name() {
                self.set_names(if name.eq_ignore_ascii_case("default") { "" } else { &name });
            }
            return;
        }
        while self.assign(words) {
            // To the comma before the next variable.
            loop {
                match words.next() {
                    Token::Sign(b',') => break,
                    Token::End => return,
                    _ => {}
                }
            }
        }
    }

    fn set_names(&mut self, name: &str) {
        self.settings.set_names(name);
        if self.file.names.is_none() {
            self.file.names.clone_from(&self.settings.names);
        }
    }

    /// `[SESSION] variable = value`; false where the words are none.
    fn assign(&mut self, words: &mut Words) -> bool {
        while ["global", "session", "local", "persist"].iter().any(|w| words.take(w)) {}
        let Some(name) = variable(words) else { return false };
        words.take_sign(b':');
        if !words.take_sign(b'=') {
            return false;
        }
        let value = self.text_of(words, 0);
        if name == "system_versioning_insert_history" {
            // Saved and put back, it is off again.
            self.settings.history = value.as_deref().is_some_and(|v| matches!(v, "1" | "on" | "ON"));
            return true;
        }
        let Some(value) = value else { return true };
        match name.as_str() {
            "sql_mode" => self.settings.set_mode(&value),
            "character_set_client" => self.set_names(&value),
            user if user.starts_with('@') => {
                self.variables.insert(name, value);
            }
            _ => {}
        }
        true
    }

    /// What an expression comes to as text, where it is one of those that settings are put together with.
    fn text_of(&self, words: &mut Words, depth: usize) -> Option<String> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match words.peek() {
            Token::Text(literal) => {
                words.next();
                Some(text(&words.lex().unquoted(literal)))
            }
            Token::Number(number) => {
                words.next();
                Some(text(number))
            }
            Token::Sign(b'(') if depth < 8 => {
                words.next();
                words.take("select");
                let value = self.text_of(words, depth + 1)?;
                words.take_sign(b')').then_some(value)
            }
            Token::Word(word) => {
                let named = variable(words);
                if words.peek() == Token::Sign(b'(') {
                    return self.called(word, words, depth + 1);
                }
                if word.starts_with(b"@") { named.and_then(|n| self.value_of(&n)) } else { Some(text(word)) }
            }
            _ => None,
        }
    }

    /// `CONCAT`, `CONCAT_WS` and `REPLACE`; what another function makes of it is not known.
    fn called(&self, function: &[u8], words: &mut Words, depth: usize) -> Option<String> {
        if depth > 8 || !words.take_sign(b'(') {
            return None;
        }
        let mut given = Vec::new();
        loop {
            given.push(self.text_of(words, depth)?);
            match words.next() {
                Token::Sign(b',') => {}
                Token::Sign(b')') => break,
                _ => return None,
            }
        }
        match (String::from_utf8_lossy(function).to_ascii_lowercase().as_str(), given.as_slice()) {
            ("concat", given) => Some(given.concat()),
            ("concat_ws", [between, given @ ..]) => Some(given.join(between)),
            ("replace", [text, from, to]) if !from.is_empty() => Some(text.replace(from.as_str(), to)),
            _ => None,
        }
    }

    /// Of a variable of the user's, or of the two of the system's that matter; nobody knows the others.
    fn value_of(&self, name: &str) -> Option<String> {
        match name {
            "sql_mode" => Some(self.settings.mode.clone()),
            "character_set_client" => Some(self.settings.names.clone().unwrap_or_default()),
            _ => self.variables.get(name).cloned(),
        }
    }
}

/// `sql_mode`, `@@SESSION.sql_mode` and `@@sql_mode` are one; `@mine` keeps its sign. In lower case.
fn variable(words: &mut Words) -> Option<String> {
    let mut name = words.name()?.to_ascii_lowercase();
    while words.take_sign(b'.') {
        name = format!("@@{}", words.name()?.to_ascii_lowercase());
    }
    Some(name.strip_prefix("@@").map(str::to_owned).unwrap_or(name))
}
