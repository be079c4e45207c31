//! Text as people are searched for: without case, without accents, in whole tokens.

/// Latin letters with marks, beside the plain letters they are written for.
const ACCENTS: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặª"),
    ("ae", "æǣǽ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďđðḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěȅȇȩẹẻẽếềểễệḕḗ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥħḣḥḧḩḫ"),
    ("i", "ìíîïĩīĭįıǐȉȋịỉ"),
    ("j", "ĵǰ"),
    ("k", "ķĸǩḱḳḵ"),
    ("l", "ĺļľŀłḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉŋǹṅṇṉṋ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱọỏốồổỗộớờởỡợº"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșſṡṣṥṧṩ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
];

/// Lower case, accents taken off, full-width forms as plain ones; apostrophes of every kind become `'`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
            continue;
        }
        for low in narrow(letter).to_lowercase() {
            push_plain(low, &mut folded);
        }
    }
    folded
}

fn push_plain(letter: char, folded: &mut String) {
    match letter {
        // Combining marks, soft hyphens, zero-width joiners: written, never read.
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' => folded.push('\''),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{3000}' => folded.push(' '),
        '\u{2010}'..='\u{2015}' => folded.push('-'),
        _ if letter.is_ascii() => folded.push(letter),
        _ => match ACCENTS.iter().find(|(_, marked)| marked.contains(letter)) {
            Some((plain, _)) => folded.push_str(plain),
            None => folded.push(letter),
        },
    }
}

/// Full-width letters and digits of East Asian keyboards as the plain ones.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Chinese, Japanese and Korean writing has no spaces between names: those are looked for inside the text.
pub fn is_cjk(letter: char) -> bool {
    matches!(letter,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

/// The runs of letters and digits of an already folded text.
pub fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// The digits of a text, nothing else.
pub fn digits(text: &str) -> String {
    text.chars().map(narrow).filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fold_away_whatever_way_they_are_written() {
        for (trap, text, folded) in [
            ("composed", "José NUÑEZ", "jose nunez"),
            ("decomposed", "Jose\u{301} Nun\u{303}ez", "jose nunez"),
            ("letters that do not decompose", "Søren Łukasz Đorđe", "soren lukasz dorde"),
            ("two letters for one", "Strauß Þórr Ægir", "strauss thorr aegir"),
            ("Vietnamese", "Nguyễn Thị Hường", "nguyen thi huong"),
            ("Turkish dotted I", "İnci IŞIK", "inci isik"),
            ("full width", "Ｓｍｉｔｈ", "smith"),
            ("curly apostrophe", "O’Brien", "o'brien"),
            ("no-break space and hyphen", "Ann\u{a0}Lee\u{2010}Roy", "ann lee-roy"),
            ("zero-width joiner inside a name", "Smi\u{200b}th", "smith"),
            ("no Latin", "王小明 Иван", "王小明 иван"),
        ] {
            assert_eq!(fold(text), folded, "{trap}");
        }
    }

    #[test]
    fn tokens_are_whole_words_and_numbers() {
        assert_eq!(tokens("smith, o'brien-42/x").collect::<Vec<_>>(), ["smith", "o", "brien", "42", "x"]);
    }

    #[test]
    fn digits_of_any_width() {
        assert_eq!(digits("(２０７) 555-0100"), "2075550100");
    }
}
