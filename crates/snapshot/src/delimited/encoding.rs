//! The encoding of a file without a byte order mark: UTF-8 where it is, else what its letters look like.

use std::io::{self, Read};

use encoding_rs::{UTF_8, WINDOWS_1252};

use crate::event::{Error, Result};
use crate::text::{Dos, Wide};

/// Bytes that are looked at as one for whether they are ASCII.
const PIECE: usize = 16 << 10;
/// Bytes that are read at once.
const CHUNK: usize = 256 << 10;
/// Of the lines that are not UTF-8 so many bytes are kept.
const ODD: usize = 1 << 20;
/// So much of the text before a letter is kept where a chunk ends in it.
const AROUND: usize = 64;
/// So many bytes beyond ASCII may decide for another encoding than the usual one.
const ENOUGH: u64 = 40;
/// So few are to be told of.
const FEW: u64 = 8;
/// Signs that are shown of them.
const SIGNS: usize = 20;

/// An encoding, and what a person is told where little speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub encoding: Wide,
    pub doubt: Option<Thin>,
}

/// Few bytes decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thin {
    pub bytes: u64,
    /// What else it could be, the likeliest first.
    pub others: Vec<Wide>,
    /// Each byte once.
    distinct: Vec<u8>,
}

impl Thin {
    fn new(odd: &[u8], bytes: u64, others: Vec<Wide>) -> Self {
        let mut distinct: Vec<u8> = odd.iter().copied().filter(|b| !b.is_ascii()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        Self { bytes, others, distinct }
    }

    /// What the bytes are in an encoding, each once and in the order of the bytes, so that nobody's name is told.
    pub fn signs(&self, page: Wide) -> Option<String> {
        let table = table(page)?;
        let sign = |byte: &u8| match table[usize::from(*byte)] {
            c if c.is_control() || c.is_whitespace() || c == '\u{fffd}' => format!("0x{byte:02X}"),
            c => c.to_string(),
        };
        let mut signs: Vec<String> = self.distinct.iter().take(SIGNS).map(sign).collect();
        if self.distinct.len() > SIGNS {
            signs.push("…".to_owned());
        }
        Some(signs.join(" "))
    }
}

/// Looks at `start` and what follows it in `rest`.
pub fn narrow(start: &[u8], mut rest: impl Read) -> Result<Found> {
    let mut sight = Sight::default();
    sight.see(start);
    let mut byte = start.len() as u64;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = read_full(&mut rest, &mut chunk).map_err(|source| Error::Io { byte, source })?;
        if length == 0 {
            return Ok(sight.found());
        }
        sight.see(&chunk[..length]);
        byte += length as u64;
    }
}

fn read_full(input: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < out.len() {
        match input.read(&mut out[length..]) {
            Ok(0) => break,
            Ok(n) => length += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(length)
}

/// What was seen of a file so far.
#[derive(Default)]
struct Sight {
    /// Letters beyond ASCII that are UTF-8, and places that are not.
    letters: u64,
    flaws: u64,
    /// Lines of the first places that are not UTF-8.
    odd: Vec<u8>,
    /// A letter cut at the end of what was seen, and the text before it.
    cut: Vec<u8>,
    before: Vec<u8>,
}

impl Sight {
    fn see(&mut self, mut chunk: &[u8]) {
        while !self.cut.is_empty() {
            let Some((first, rest)) = chunk.split_first() else { return };
            self.cut.push(*first);
            let (good, bad, tail) = utf8(&self.cut);
            if tail < self.cut.len() {
                self.letters += good;
                if bad > 0 {
                    self.cut_is_none();
                }
                // A byte that ends a letter too soon may begin another.
                self.cut.drain(..self.cut.len() - tail);
            }
            chunk = rest;
        }
        let (good, bad, tail) = utf8(chunk);
        self.letters += good;
        self.flaws += bad;
        if bad > 0 && self.odd.len() < ODD {
            self.odd.extend(chunk.split_inclusive(|b| *b == b'\n').filter(|l| !l.is_ascii()).flatten());
        }
        let (whole, cut) = chunk.split_at(chunk.len() - tail);
        self.cut.extend_from_slice(cut);
        if tail > 0 {
            self.before = whole[whole.len().saturating_sub(AROUND)..].to_vec();
        }
    }

    /// What looked like a letter of several bytes is none.
    fn cut_is_none(&mut self) {
        self.flaws += 1;
        if self.odd.len() < ODD {
            self.odd.append(&mut self.before);
            self.odd.extend_from_slice(&self.cut);
            self.odd.push(b'\n');
        }
    }

    fn found(mut self) -> Found {
        if !self.cut.is_empty() {
            self.cut_is_none();
        }
        if self.flaws == 0 || self.letters > self.flaws {
            return Found { encoding: Wide::Plain(UTF_8), doubt: None };
        }
        legacy(&self.odd)
    }
}

/// Which of the pages that legacy systems wrote in.
fn legacy(odd: &[u8]) -> Found {
    let beyond = odd.iter().filter(|b| !b.is_ascii()).count() as u64;
    let usual = Wide::Plain(WINDOWS_1252);
    let natural = |page: Wide| naturalness(odd, page);
    let western = natural(usual);
    if one_mark(odd) {
        return Found { encoding: usual, doubt: None };
    }
    let dos = [Dos::Cp850, Dos::Cp437].map(Wide::Dos).into_iter().max_by(|a, b| natural(*a).total_cmp(&natural(*b)));
    if let Some(page) = dos.filter(|page| natural(*page) > western + 0.4) {
        let doubt = (beyond < ENOUGH).then(|| Thin::new(odd, beyond, vec![usual]));
        return Found { encoding: page, doubt };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(odd, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A multi-byte guess over Western text loses letters: only what decodes whole is believed.
    let decodes = guess.is_single_byte() || !guess.decode_without_bom_handling(odd).1;
    if guess != WINDOWS_1252 && decodes && (beyond >= ENOUGH || western < 0.3 && beyond >= FEW) {
        let doubt = (beyond < ENOUGH).then(|| Thin::new(odd, beyond, vec![usual]));
        return Found { encoding: Wide::Plain(guess), doubt };
    }
    let thin = beyond < FEW || western < 0.5 && beyond < ENOUGH;
    let doubt = thin.then(|| {
        let mut others = Vec::new();
        if decodes && guess != WINDOWS_1252 {
            others.push(Wide::Plain(guess));
        }
        others.push(Wide::Dos(Dos::Cp850));
        Thin::new(odd, beyond, others)
    });
    Found { encoding: usual, doubt }
}

/// How well the bytes beyond ASCII fit the words they stand in, from 0 to 1: a letter of the case of its neighbours, or
/// a sign between figures and blanks.
fn naturalness(text: &[u8], page: Wide) -> f64 {
    let Some(table) = table(page) else { return 0.0 };
    let (mut fitting, mut all) = (0.0, 0.0);
    for (at, byte) in text.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).take(20_000) {
        let neighbour = |at: Option<usize>| at.and_then(|at| text.get(at)).map(|b| table[usize::from(*b)]);
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let within = [before, after].into_iter().flatten().any(char::is_alphabetic);
        all += 1.0;
        fitting += fits(table[usize::from(*byte)], before, after, within);
    }
    if all == 0.0 { 1.0 } else { fitting / all }
}

/// The character of each byte, as far as one byte is one.
fn table(page: Wide) -> Option<Vec<char>> {
    match page {
        Wide::Dos(page) => Some(page.table()),
        Wide::Plain(encoding) => {
            let of = |byte| encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{fffd}');
            Some((0..=255u8).map(of).collect())
        }
        Wide::Utf32Le | Wide::Utf32Be => None,
    }
}

fn fits(c: char, before: Option<char>, after: Option<char>, within: bool) -> f64 {
    let lower_before = before.is_some_and(char::is_lowercase);
    let digit_before = before.is_some_and(|b| b.is_ascii_digit() || b == ' ');
    match c {
        // Greek letters are signs in figures, not letters of words, on these pages.
        'µ' | 'º' | 'ª' if digit_before => 1.0,
        c if c.is_alphabetic() && within => {
            let lowers =
                lower_before || after.is_some_and(char::is_lowercase) && !before.is_some_and(char::is_uppercase);
            let odd_case = c.is_uppercase() && lower_before
                || c.is_lowercase()
                    && !lowers
                    && before.is_some_and(char::is_uppercase)
                    && after.is_some_and(char::is_uppercase);
            let usual = ('\u{c0}'..='\u{ff}').contains(&c);
            match (odd_case, usual) {
                (true, _) => 0.0,
                (false, true) => 1.0,
                (false, false) => 0.4,
            }
        }
        c if c.is_alphabetic() => 0.5,
        // An apostrophe within a word.
        '\u{2019}' | '\u{b4}' if within => 1.0,
        '°' | '±' | '½' | '¼' | '¾' | '²' | '³' | '·' | '€' | '£' | '§' | '®' | '\u{2013}' | '\u{2014}'
            if !within || digit_before =>
        {
            1.0
        }
        '\u{201c}' | '\u{201d}' | '\u{2026}' | '\u{2018}' | '«' | '»' | '\u{a0}' | '¿' | '¡' => 0.8,
        '\u{2500}'..='\u{259f}' | '\u{fffd}' => 0.0,
        _ if within => 0.0,
        _ => 0.5,
    }
}

/// Letters beyond ASCII that are UTF-8, places that are not, and the length of a letter cut at the end.
fn utf8(mut chunk: &[u8]) -> (u64, u64, usize) {
    let (mut good, mut bad) = (0, 0);
    loop {
        let piece = &chunk[..chunk.len().min(PIECE)];
        // Most of what people write is.
        let (letters, flaws, tail) = if piece.is_ascii() { (0, 0, 0) } else { letters(piece) };
        good += letters;
        bad += flaws;
        if piece.len() == chunk.len() {
            return (good, bad, tail);
        }
        chunk = &chunk[piece.len() - tail..];
    }
}

fn letters(mut piece: &[u8]) -> (u64, u64, usize) {
    let (mut good, mut bad) = (0, 0);
    loop {
        let (valid, skip) = match std::str::from_utf8(piece) {
            Ok(_) => (piece, None),
            Err(e) => (&piece[..e.valid_up_to()], Some(e.error_len())),
        };
        // Bytes are added up eight lanes at a time only where the sum fits one.
        good += valid.chunks(255).map(|c| u64::from(c.iter().map(|b| u8::from(*b >= 0xc0)).sum::<u8>())).sum::<u64>();
        match skip {
            None => return (good, bad, 0),
            Some(None) => return (good, bad, piece.len() - valid.len()),
            Some(Some(length)) => {
                bad += 1;
                piece = &piece[valid.len() + length..];
            }
        }
    }
}

/// The only byte beyond ASCII is a mark that people choose as a delimiter, several on a line: Windows-1252.
fn one_mark(odd: &[u8]) -> bool {
    let mut beyond = odd.iter().filter(|b| !b.is_ascii());
    let Some(first) = beyond.next() else { return false };
    let usual = matches!(first, 0xa4 | 0xa6 | 0xa7 | 0xac | 0xb0 | 0xb6 | 0xb7 | 0xd7 | 0xde | 0xf7 | 0xfe | 0xff);
    let lines = odd.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    usual && beyond.all(|b| b == first) && lines.clone().count() > 1 && {
        let mut counts = lines.map(|l| memchr::memchr_iter(*first, l).count());
        counts.next().is_some_and(|count| counts.all(|c| c == count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_over_the_edges_of_pieces_are_counted_once() {
        for ahead in PIECE - 5..PIECE + 2 {
            let mut text = vec![b'a'; ahead];
            text.extend_from_slice("\u{20ac}\u{1f600}é".as_bytes());
            text.extend(vec![b'a'; PIECE]);
            assert_eq!(utf8(&text), (3, 0, 0), "{ahead}");
            text.push(0xff);
            text.extend_from_slice(&"€".as_bytes()[..2]);
            assert_eq!(utf8(&text), (3, 1, 2), "{ahead}");
        }
    }

    /// A letter of Windows-1252 that looks like the start of one in UTF-8, over the edge of what is read at once.
    #[test]
    fn an_accent_at_the_edge_of_a_chunk_decides_like_any_other() {
        for ahead in [CHUNK - 2, CHUNK - 1, CHUNK] {
            let line = [&b"Jos"[..], b"\xe9,1\n"].concat();
            let mut text = b"a,1\n".repeat(ahead.div_ceil(4));
            text.truncate(ahead - 3);
            text.extend(line);
            text.extend(b"b,2\n".repeat(1000));
            let found = narrow(&[], &text[..]).unwrap();
            assert_eq!(found.encoding.name(), "windows-1252", "{ahead}");
            assert_eq!(found.doubt.map(|thin| thin.bytes), Some(1), "{ahead}");
        }
        let letters = "a,Zoë\n".repeat(CHUNK / 5);
        for start in 0..7 {
            let found = narrow(&letters.as_bytes()[..start], &letters.as_bytes()[start..]).unwrap();
            assert_eq!(found, Found { encoding: Wide::Plain(UTF_8), doubt: None }, "{start}");
        }
    }

    #[test]
    fn few_letters_are_shown_as_each_page_has_them_and_in_no_order_of_the_text() {
        let thin = narrow(&b"1,Jos\xe9 M\xfcller\n2,Ren\xe9\n"[..], &b""[..]).unwrap().doubt.unwrap();
        assert_eq!(thin.signs(Wide::Plain(WINDOWS_1252)).as_deref(), Some("é ü"));
        assert_eq!(thin.signs(Wide::Dos(Dos::Cp850)).as_deref(), Some("Ú ³"));
        let all = Thin::new(&(0x80..=0xff).collect::<Vec<u8>>(), 128, Vec::new());
        let shown = all.signs(Wide::Plain(WINDOWS_1252)).unwrap();
        assert!(shown.starts_with("€ 0x81 ‚ ƒ") && shown.ends_with(" …"), "{shown}");
    }

    /// Text, its encoding, and the bytes that are told to have decided where few did.
    #[test]
    fn each_text_has_its_encoding() {
        let polish =
            "Łukasz Wiśniewski, Żółć, Grażyna Źdźbło; zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig";
        let polish = encoding_rs::WINDOWS_1250.encode(&polish.repeat(3)).0.into_owned();
        let japanese = encoding_rs::SHIFT_JIS.encode(&"山田太郎 健康診断の結果、異常なし。".repeat(5)).0.into_owned();
        let cases: Vec<(&str, Vec<u8>, &str, Option<u64>)> = vec![
            ("UTF-8", "id,n\n1,Zoë\n".into(), "UTF-8", None),
            ("one accent", b"id,n\n1,Andr\xe9\n2,Ann\n".to_vec(), "windows-1252", Some(1)),
            ("two accents", b"id,n\n1,Ang\xe8le\n2,No\xeblle\n".to_vec(), "windows-1252", Some(2)),
            ("a unit", b"id,n\n1,40\xb5g\n2,Ann\n".to_vec(), "windows-1252", Some(1)),
            ("degrees", b"id,n\n1,37\xb0C\n".to_vec(), "windows-1252", Some(1)),
            ("one accent of DOS", b"id,n\n1,Ren\x82e Dub\x82\n".to_vec(), "cp437", Some(2)),
            ("many accents of DOS", b"1,M\x81ller\n2,Sch\x84fer\n3,Gr\x94ger\n4,Nu\xa4ez\n".repeat(12), "cp437", None),
            ("many accents", b"1,M\xfcller\n2,Sch\xe4fer\n3,Gr\xf6ger\n4,Nu\xf1ez\n".repeat(3), "windows-1252", None),
            ("an accent at the end", b"id,n\n1,Jos\xe9".to_vec(), "windows-1252", Some(1)),
            ("Polish", polish, "windows-1250", None),
            ("Japanese", japanese, "Shift_JIS", None),
        ];
        for (what, text, name, told) in cases {
            let found = narrow(&text, &b""[..]).unwrap();
            assert_eq!(found.encoding.name(), name, "{what}");
            assert_eq!(found.doubt.map(|thin| thin.bytes), told, "{what}");
        }
    }
}
