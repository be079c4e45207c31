//! Capitalised words that no list knows: names, until something speaks against it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::{fold, header};
use super::table_role::singular;

/// What stands before or inside a name and names nobody.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "dr", "dre", "drs", "mr", "mrs", "ms", "miss", "mx", "prof", "rev", "sir", "jr", "sr", "sra", "srta", "don", "dona",
    "mme", "mlle", "me", "herr", "frau", "fr", "dipl", "ing", "md", "rn", "lpn", "np", "pa", "do", "phd", "ii", "iii",
    "iv", "de", "del", "della", "der", "den", "di", "da", "das", "dos", "du", "des", "van", "von", "vom", "zu", "zur",
    "la", "le", "las", "los", "el", "al", "bin", "ibn", "ben", "abu", "y", "e", "st", "ste", "san", "ter", "ten",
];
/// Endings of words that are nobody's name, with the fewest letters such a word has.
#[rustfmt::skip]
const ENDINGS: &[(&str, usize)] = &[
    ("metry", 8), ("metrie", 8), ("metria", 8), ("ology", 7), ("ologie", 8), ("ologia", 8), ("ography", 8),
    ("ographie", 9), ("ografia", 8), ("ogram", 7), ("ogramme", 8), ("ogramm", 8), ("ograma", 8), ("oscopy", 8),
    ("itis", 8), ("osis", 7), ("emia", 7), ("ectomy", 8), ("opathy", 8), ("plasty", 8), ("therapy", 9),
    ("therapie", 10), ("terapia", 9), ("tion", 7), ("sion", 7), ("cion", 6), ("zione", 7), ("ment", 8), ("ungen", 8),
    ("heit", 7), ("keit", 7), ("schaft", 8), ("untersuchung", 12), ("prufung", 8), ("impfung", 8), ("tatig", 7),
    ("arbeit", 8), ("ically", 8), ("ical", 6), ("icillin", 9), ("cillin", 8), ("mycin", 7), ("statin", 8),
    ("prazole", 9), ("azole", 8), ("sartan", 8), ("pril", 7), ("olol", 7), ("cycline", 9), ("oxacin", 8), ("azepam", 8),
    ("caine", 7), ("dipine", 8), ("ative", 7), ("itive", 7), ("ability", 8), ("ness", 9), ("ated", 7), ("ized", 7),
    ("ised", 7), ("ility", 7), ("eutic", 7), ("istic", 8), ("ologist", 9), ("ician", 8), ("ware", 7), ("room", 7),
    ("shop", 7), ("yard", 8), ("work", 7), ("works", 7),
];

/// Whether a word stands in no list of words and ends like none.
pub fn is_unknown(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let list = include_str!("../../../data/known_words.txt");
        list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    let listed = |word: &str| WORDS.contains(word) || header::is_word(word);
    let plain = [Some(folded), folded.strip_suffix('s'), folded.strip_suffix("es"), folded.strip_suffix('n')];
    let known = plain.into_iter().flatten().any(listed) || listed(&singular(folded));
    let letters = folded.chars().count();
    !known && !ENDINGS.iter().any(|(ending, least)| letters >= *least && folded.ends_with(ending))
}

/// What a value says for or against names in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    For,
    Against,
    /// Too short to say anything: `HGB` as well as `LEE`.
    Neither,
}

/// One to four capitalised words, titles and particles apart, none of which any list knows; `SMITH, JOHN A`, `O'Brien`,
/// `van der Berg`.
pub fn speaks(text: &str) -> Speaks {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",.-'’`´()".contains(c)).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 6 || !words.iter().all(|word| word.chars().all(char::is_alphabetic)) {
        return Speaks::Against;
    }
    let (mut named, mut long) = (0, false);
    for word in &words {
        let folded = fold::fold(word);
        if PARTICLES.contains(&folded.as_str()) {
            continue;
        }
        let mut letters = word.chars();
        if !letters.next().is_some_and(char::is_uppercase) {
            return Speaks::Against;
        }
        // An initial.
        if letters.next().is_none() {
            continue;
        }
        if !is_unknown(&folded) {
            return Speaks::Against;
        }
        named += 1;
        let upper = word.chars().all(char::is_uppercase);
        long |= !upper || folded.len() >= 4 && folded.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    }
    match named {
        1..=4 if long || words.len() > 1 => Speaks::For,
        0..=4 => Speaks::Neither,
        _ => Speaks::Against,
    }
}

/// Whether three in five of the values are two such words and more: a family and a given name, or a title and a name.
pub fn are_full_names(texts: &[&str]) -> bool {
    let full = |text: &&&str| text.trim().contains([' ', ',']) && speaks(text.trim()) == Speaks::For;
    texts.len() > 1 && texts.iter().filter(full).count() * 5 >= texts.len() * 3
}

/// Whether three in five of the values that say anything speak for names. Codes of one length in capitals say nothing.
pub fn are_names(texts: &[&str]) -> bool {
    let length = texts.first().map_or(0, |text| text.chars().count());
    let codes = length <= 5
        && texts.len() > 2
        && texts.iter().all(|text| text.chars().count() == length && text.chars().all(char::is_uppercase));
    if codes {
        return false;
    }
    let (mut names, mut others) = (0, 0);
    for text in texts {
        match speaks(text.trim()) {
            Speaks::For => names += 1,
            Speaks::Against => others += 1,
            Speaks::Neither => {}
        }
    }
    let neither = texts.len() - names - others;
    names * 5 >= (names + others) * 3 && names >= 2 && names * 2 >= neither
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_capitalised_words_are_names() {
        for (trap, values, expected) in [
            ("names of one word", "Lefebvre|Oyelowo|Kowalski|Szabó", true),
            ("in capitals", "SMITHSON|OKONJO|ARMITAGE", true),
            ("family name first, in capitals", "O'BRIEN, MAEVE|DE LA ROSA, J|NG, T", true),
            ("with titles and particles", "Dre Lachapelle|Dr Nguyen|van der Meer|Frau Özdemir", true),
            ("hyphens and accents", "Jean-Luc|Zoé|Anaïs|Gwenaëlle", true),
            ("names that are words as well, among others", "Baker|Okafor|Lindqvist|Amundsen|Ferro", true),
            ("statuses", "Pending|Completed|Cancelled|No show", false),
            ("findings", "Normal|Mild obstruction|Spirometry refused", false),
            ("a list's abbreviations", "HGB|WBC|PLT|BUN|TOEHEEL", false),
            ("codes of one length", "ANNL|PREP|EXIT|AUDR", false),
            ("departments", "Hull Fabrication|Weld Shop|Foundry|Blast & Paint", false),
            ("tests by their ending", "Audiométrie|Cardiologie|Pneumographie", false),
            ("drugs by their ending", "Rosuvastatin|Cefuroxime|Lansoprazole|Doxycycline", false),
            ("units", "Kilogram|Inch|MmHg", false),
            ("phrases begin with a capital as well", "Retour au travail|Apte avec restrictions", false),
            ("states", "MAINE|TEXAS|VIRGINIA|WASHINGTON|JORDAN", false),
            ("letters and digits", "A1|B2|Ward 3", false),
            ("letters", "A|B|C", false),
            ("nothing", "", false),
        ] {
            let values: Vec<&str> = values.split('|').filter(|value| !value.is_empty()).collect();
            assert_eq!(are_names(&values), expected, "{trap}");
        }
    }

    #[test]
    fn the_list_of_known_words_is_folded() {
        let list = include_str!("../../../data/known_words.txt");
        let words = list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let odd: Vec<&str> = words.filter(|word| fold::fold(word) != **word).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }
}
