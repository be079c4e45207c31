//! What a person looks for.

use super::words::Words;

/// A question, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// All of it as one word, where it is a number or a code of several parts.
    joined: Option<String>,
    /// Numbers alone: they stand together and in order.
    in_order: bool,
}

impl Wanted {
    /// `None` where there is no letter and no digit in it.
    pub fn new(question: &str) -> Option<Self> {
        let mut words = Words::default();
        words.of(question.trim());
        let joined = words.joined().map(str::to_owned);
        let words: Vec<String> = words.all().map(str::to_owned).collect();
        let in_order = words.len() > 1 && words.iter().all(|word| is_number(word));
        (!words.is_empty()).then_some(Self { words, joined, in_order })
    }

    /// Whether a text holds it. `words` is only room to work in.
    pub fn is_in(&self, text: &str, words: &mut Words) -> bool {
        // Most values can be told apart without taking them apart.
        if !self.may_be_in(text) {
            return false;
        }
        words.of(text);
        if let (Some(wanted), Some(there)) = (&self.joined, words.joined())
            && wanted == there
        {
            return true;
        }
        if let ([wanted], Some(there)) = (self.words.as_slice(), words.joined())
            && meets(wanted, there)
        {
            return true;
        }
        if let Some(wanted) = &self.joined
            && words.all().any(|word| word == wanted)
        {
            return true;
        }
        if self.in_order {
            let all: Vec<&str> = words.all().collect();
            return all.windows(self.words.len()).any(|part| part.iter().zip(&self.words).all(|(a, b)| a == b));
        }
        self.words.iter().all(|wanted| words.all().any(|word| meets(wanted, word)))
    }

    /// A column of numbers need not be looked at.
    pub fn has_letters(&self) -> bool {
        !self.words.iter().all(|word| is_number(word))
    }

    /// Whether the first letter of its first word stands there: false tells that it is not in the text.
    fn may_be_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        // Other scripts and accents are folded first.
        if !text.is_ascii() {
            return true;
        }
        let first = self.words[0].as_bytes()[0];
        first >= 0x80 || bytes.iter().any(|byte| byte.eq_ignore_ascii_case(&first))
    }

    /// What an index of words is to be asked for, each as a list of words that all stand in a text that may hold it. A
    /// word of which only the beginning is wanted ends with `*`. Texts may hold more than is meant: look at them.
    pub fn asked(&self) -> Vec<Vec<String>> {
        let word = |word: &String| if is_number(word) { word.clone() } else { format!("{word}*") };
        let mut asked = vec![self.words.iter().map(word).collect()];
        asked.extend(self.joined.iter().map(|joined| vec![word(joined)]));
        asked
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn meets(wanted: &str, word: &str) -> bool {
    if is_number(wanted) { word == wanted } else { word.starts_with(wanted) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index_words;

    /// Question, text, whether it is held.
    const HELD: &[(&str, &str, bool)] = &[
        ("hepatitis", "Chronic Hepatitis B", true),
        ("hep", "Hepatitis", true),
        ("titis", "Hepatitis", false),
        ("hepatitis b", "B, hepatitis", true),
        ("hepatitis c", "Hepatitis B", false),
        ("muller", "MÜLLER", true),
        ("Müller", "Muller", true),
        ("10023", "MRN 0010023", true),
        ("0010023", "10023", true),
        ("10023", "100234", false),
        ("1002", "10023", false),
        ("555-0100", "(212) 555-0100", true),
        ("2125550100", "(212) 555-0100", true),
        ("(212) 555-0100", "2125550100", true),
        ("212-555-0100", "555-0100-212", false),
        ("078-05-1120", "78051120", true),
        ("2012-05-06", "2012-06-05", false),
        ("2012-05-06", "2012-05-06 10:30", true),
        ("J45909", "J45.909", true),
        ("J45.909", "J45909", true),
        ("J45", "J45.909", true),
        ("J45.9", "J45.909", false),
        ("smith john", "John Smith", true),
        ("smith john", "John Smythe", false),
        ("иван", "Анна Иванова", true),
        ("zoë", "Zoe", true),
        ("0", "000", true),
        ("a", "b", false),
    ];

    #[test]
    fn values_hold_what_is_looked_for() {
        for (question, text, expected) in HELD {
            let wanted = Wanted::new(question).unwrap();
            assert_eq!(wanted.is_in(text, &mut Words::default()), *expected, "{question} in {text}");
        }
    }

    #[test]
    fn an_index_leads_to_every_text_that_holds_it() {
        for (question, text, expected) in HELD {
            let mut there = Vec::new();
            index_words(&mut Words::default(), text, |word| there.push(word.to_owned()));
            let has = |asked: &String| match asked.strip_suffix('*') {
                Some(start) => there.iter().any(|word| word.starts_with(start)),
                None => there.contains(asked),
            };
            let led = Wanted::new(question).unwrap().asked().iter().any(|all| all.iter().all(has));
            assert!(led || !expected, "{question} in {text}");
        }
    }

    #[test]
    fn a_question_without_letters_and_digits_is_none() {
        for question in ["", "  ", "--", "…"] {
            assert_eq!(Wanted::new(question), None, "{question:?}");
        }
    }
}
