//! Shapes of text: `AA-9999`.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::told::Pattern;

/// So many shapes of a column are kept apart; what comes after is counted together.
const ROOM: usize = 2_000;
/// So many are told.
const TOLD: usize = 50;
/// Text longer than this, in characters, has one shape.
const LONG: usize = 48;
/// A run of more letters than this is a word of whatever length.
const WORD: usize = 4;

#[derive(Default)]
pub(crate) struct Patterns {
    found: HashMap<String, u64, RandomState>,
    other: u64,
    scratch: String,
}

impl Patterns {
    pub fn see(&mut self, text: &str, count: u64) {
        shape(text, &mut self.scratch);
        if let Some(known) = self.found.get_mut(&self.scratch) {
            *known += count;
        } else if self.found.len() < ROOM {
            self.found.insert(self.scratch.clone(), count);
        } else {
            self.other += count;
        }
    }

    /// The most frequent, and the rows of all others.
    pub fn conclude(self) -> (Vec<Pattern>, u64) {
        let mut all: Vec<Pattern> = self.found.into_iter().map(|(shape, count)| Pattern { shape, count }).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.shape.cmp(&b.shape)));
        let rest: u64 = all.iter().skip(TOLD).map(|p| p.count).sum();
        all.truncate(TOLD);
        (all, self.other + rest)
    }
}

fn class(letter: char) -> char {
    match letter {
        '0'..='9' => '9',
        letter if letter.is_uppercase() => 'A',
        letter if letter.is_alphabetic() => 'a',
        letter if letter.is_numeric() => '9',
        letter if letter.is_control() => '␣',
        letter if letter.is_ascii() => letter,
        _ => '·',
    }
}

fn shape(text: &str, into: &mut String) {
    into.clear();
    if text.chars().nth(LONG).is_some() {
        into.push_str("(long text)");
        return;
    }
    let mut letters = text.chars().map(class).peekable();
    while let Some(sign) = letters.next() {
        let mut run = 1;
        while letters.next_if_eq(&sign).is_some() {
            run += 1;
        }
        if matches!(sign, 'A' | 'a') && run > WORD {
            into.push(sign);
            into.push('+');
        } else {
            into.extend(std::iter::repeat_n(sign, run));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_say_where_letters_and_digits_stand_and_no_letter() {
        for (text, expected) in [
            ("OH-1042", "AA-9999"),
            ("Okafor", "Aa+"),
            ("O'Brien", "A'Aaaaa"),
            ("12345678", "99999999"),
            ("Élan Vitality", "Aaaa Aa+"),
            ("a\tb", "a␣a"),
            ("№ 7", "· 9"),
        ] {
            let mut made = String::new();
            shape(text, &mut made);
            assert_eq!(made, expected, "{text}");
        }
        let mut made = String::new();
        shape(&"word ".repeat(20), &mut made);
        assert_eq!(made, "(long text)");
    }

    #[test]
    fn shapes_beyond_the_room_are_counted_together() {
        let mut patterns = Patterns::default();
        for number in 0..ROOM + 10 {
            let text: String = format!("{number:b}").chars().map(|c| if c == '0' { '-' } else { '1' }).collect();
            patterns.see(&format!("{text}|"), 2);
        }
        let (told, other) = patterns.conclude();
        assert_eq!(told.len(), TOLD);
        let all: u64 = told.iter().map(|p| p.count).sum::<u64>() + other;
        assert_eq!(all, 2 * (ROOM as u64 + 10));
    }
}
