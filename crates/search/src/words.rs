//! The words of a text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer values are text: they have no form of one word.
const JOINED: usize = 40;

/// The words of one text, folded. Made once and used for many texts.
#[derive(Default)]
pub struct Words {
    folded: String,
    /// Where each word stands in `folded`.
    places: Vec<(u32, u32)>,
    joined: String,
}

impl Words {
    /// Takes a text apart.
    pub fn of(&mut self, text: &str) {
        self.folded.clear();
        self.places.clear();
        self.joined.clear();
        fold(text, &mut self.folded);
        let (mut digit, mut start) = (false, None);
        let bytes = self.folded.as_bytes();
        for at in 0..=bytes.len() {
            let inside = bytes.get(at).is_some_and(|b| is_word(*b));
            match start {
                None if inside => start = Some(at),
                Some(from) if !inside => {
                    let word = &self.folded[from..at];
                    digit |= word.bytes().any(|b| b.is_ascii_digit());
                    let from = at - without_zeros(word).len();
                    self.places.push((from as u32, at as u32));
                    start = None;
                }
                _ => {}
            }
        }
        // A time of day is no part of a number.
        if digit && self.places.len() > 1 && text.len() <= JOINED && !text.contains(':') {
            let word = |b: &u8| is_word(*b);
            self.joined = String::from_utf8(bytes.iter().copied().filter(word).collect()).unwrap_or_default();
            let zeros = self.joined.len() - without_zeros(&self.joined).len();
            self.joined.drain(..zeros);
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|(from, to)| &self.folded[*from as usize..*to as usize])
    }

    /// All of them as one word, where the text is short and holds a number.
    pub fn joined(&self) -> Option<&str> {
        (!self.joined.is_empty()).then_some(&self.joined)
    }
}

/// Bytes of letters outside ASCII are word bytes: what separates words there was folded to a space.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// A number without the zeros before it; `0` is `0`.
fn without_zeros(word: &str) -> &str {
    if !word.bytes().all(|b| b.is_ascii_digit()) {
        return word;
    }
    let rest = word.trim_start_matches('0');
    if rest.is_empty() { &word[word.len() - 1..] } else { rest }
}

/// Lower case without accents; what is neither letter nor digit becomes a space.
fn fold(text: &str, into: &mut String) {
    if text.is_ascii() {
        into.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    for letter in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if letter.is_alphanumeric() {
            into.extend(letter.to_lowercase());
        } else if letter != '\u{ad}' {
            into.push(' ');
        }
    }
}

/// Gives an index the words of a text, its form of one word among them.
pub fn index_words(words: &mut Words, text: &str, mut each: impl FnMut(&str)) {
    words.of(text);
    words.all().for_each(&mut each);
    words.joined().into_iter().for_each(each);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_apart() {
        for (trap, text, expected) in [
            ("case and commas", "Smith, JOHN", "smith john"),
            ("accents", "Müller-Lüdenscheidt", "muller ludenscheidt"),
            ("composed and not", "Mu\u{308}ller", "muller"),
            ("zeros before a number", "000123", "123"),
            ("nothing but zeros", "0000", "0"),
            ("zeros in a code", "A007", "a007"),
            ("a code of several parts", "J45.909", "j45 909 +j45909"),
            ("a phone number", "(555) 555-0100", "555 555 100 +5555550100"),
            ("zeros before a number of parts", "001-02-0003", "1 2 3 +1020003"),
            ("a time of day", "2012-05-06 10:30:00", "2012 5 6 10 30 0"),
            ("a date", "2012-05-06", "2012 5 6 +20120506"),
            ("no number, no form of one word", "ad hoc", "ad hoc"),
            ("other scripts", "Анна Иванова", "анна иванова"),
            ("ligatures and full width", "ﬁle １２", "file 12 +file12"),
            ("nothing", " -- ", ""),
        ] {
            let mut found = Vec::new();
            let mut words = Words::default();
            words.of(text);
            found.extend(words.all().map(str::to_owned));
            found.extend(words.joined().map(|joined| format!("+{joined}")));
            assert_eq!(found.join(" "), expected, "{trap}");
        }
    }
}
