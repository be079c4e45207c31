//! Numbers that carry a check of themselves: few are right by accident.

/// The digits of a number written with spaces, dashes or dots; `None` where anything else stands in it.
fn digits(text: &str) -> Option<Vec<u32>> {
    let bare = text.chars().filter(|c| !" -.".contains(*c));
    bare.map(|c| c.to_digit(10)).collect()
}

/// Doubles every other digit from the right, the last one left as it is; the sum ends with 0.
fn luhn(digits: &[u32]) -> bool {
    let weighed = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, digit * 2) {
        (0, _) => *digit,
        (_, doubled) => doubled / 10 + doubled % 10,
    });
    weighed.sum::<u32>() % 10 == 0
}

/// 13 to 19 digits as payment cards begin, with their check.
pub fn is_card(text: &str) -> bool {
    digits(text).is_some_and(|d| (13..=19).contains(&d.len()) && (2..=6).contains(&d[0]) && luhn(&d))
}

/// A national provider identifier: ten digits whose check is made with 80840 before them.
pub fn is_npi(text: &str) -> bool {
    digits(text).is_some_and(|d| {
        let whole: Vec<u32> = [8, 0, 8, 4, 0].into_iter().chain(d.iter().copied()).collect();
        d.len() == 10 && (d[0] == 1 || d[0] == 2) && luhn(&whole)
    })
}

/// A vehicle identification number: 17 signs without I, O and Q, the ninth of which checks the others.
pub fn is_vin(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let signs: Vec<char> = text.to_ascii_uppercase().chars().collect();
    if signs.len() != 17 || !signs.iter().any(char::is_ascii_alphabetic) {
        return false;
    }
    let value = |c: char| match c {
        '0'..='9' => c.to_digit(10),
        'A'..='H' => Some(c as u32 - 'A' as u32 + 1),
        'J'..='N' => Some(c as u32 - 'J' as u32 + 1),
        'P' => Some(7),
        'R' => Some(9),
        'S'..='Z' => Some(c as u32 - 'S' as u32 + 2),
        _ => None,
    };
    let Some(values) = signs.iter().map(|c| value(*c)).collect::<Option<Vec<u32>>>() else { return false };
    let check = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum::<u32>() % 11;
    signs[8] == if check == 10 { 'X' } else { char::from_digit(check, 10).unwrap_or('?') }
}

/// An international bank account number: its first four signs moved to the end, letters as numbers, 1 modulo 97.
pub fn is_iban(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| *c != ' ').collect();
    let plain = bare.bytes().all(|b| b.is_ascii_alphanumeric());
    if !plain || !(15..=34).contains(&bare.len()) || !bare.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic) {
        return false;
    }
    let turned = bare[4..].chars().chain(bare[..4].chars());
    let rest = turned
        .filter_map(|c| c.to_digit(36))
        .fold(0_u64, |rest, value| (rest * if value > 9 { 100 } else { 10 } + u64::from(value)) % 97);
    rest == 1
}

/// Numbers that a state gives to people: French NIR, Spanish DNI and NIE, Mexican CURP and RFC, German insurance number,
/// Canadian insurance number, Medicare's, a British national insurance number.
pub fn is_national(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !" -.".contains(*c)).collect::<String>().to_ascii_uppercase();
    bare.is_ascii() && (is_nir(&bare) || is_dni(&bare) || is_curp_or_rfc(&bare) || is_kvnr(&bare) || is_lettered(&bare))
}

/// Sex, year, month, place and rank of birth, and 97 less their rest by 97.
fn is_nir(bare: &str) -> bool {
    let Some((body, key)) = bare.split_at_checked(13).filter(|(body, key)| key.len() == 2 && "12".contains(&body[..1]))
    else {
        return false;
    };
    let month: u64 = body[3..5].parse().unwrap_or(0);
    let body = body.replace("2A", "19").replace("2B", "18");
    let numbers = body.parse::<u64>().ok().zip(key.parse::<u64>().ok());
    (1..=12).contains(&month) && numbers.is_some_and(|(body, key)| 97 - body % 97 == key)
}

/// Eight digits, or X, Y or Z and seven, with a letter by their rest by 23.
fn is_dni(bare: &str) -> bool {
    let Some((body, letter)) = bare.split_at_checked(8).filter(|(_, letter)| letter.len() == 1) else { return false };
    let first = match body.as_bytes()[0] {
        b'X' => "0",
        b'Y' => "1",
        b'Z' => "2",
        _ => &body[..1],
    };
    let number = format!("{first}{}", &body[1..]).parse::<usize>();
    number.is_ok_and(|number| "TRWAGMYFPDXBNJZSQVHLCKE".as_bytes()[number % 23] == letter.as_bytes()[0])
}

/// Four letters (three, of a company), the date of birth and what tells namesakes apart.
fn is_curp_or_rfc(bare: &str) -> bool {
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let date = bare.get(letters..letters + 6).filter(|date| date.bytes().all(|b| b.is_ascii_digit()));
    let Some(date) = date else { return false };
    let (month, day): (u32, u32) = (date[2..4].parse().unwrap_or(0), date[4..].parse().unwrap_or(0));
    (1..=12).contains(&month) && (1..=31).contains(&day) && matches!((letters, bare.len()), (4, 18 | 13) | (3, 12))
}

/// A letter and nine digits, the last of which checks the others.
fn is_kvnr(bare: &str) -> bool {
    let bytes = bare.as_bytes();
    if bytes.len() != 10 || !bytes[0].is_ascii_uppercase() || !bytes[1..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let letter = u32::from(bytes[0] - b'A') + 1;
    let numbers = [letter / 10, letter % 10].into_iter().chain(bytes[1..9].iter().map(|b| u32::from(b - b'0')));
    let sum: u32 = numbers
        .enumerate()
        .map(|(at, number)| number * (1 + at as u32 % 2))
        .map(|product| product / 10 + product % 10)
        .sum();
    sum % 10 == u32::from(bytes[9] - b'0')
}

/// `1EG4TE5MK73` of Medicare, `AB123456C` of the United Kingdom, by where letters and digits stand.
fn is_lettered(bare: &str) -> bool {
    let shape: String = bare.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    let medicare = shape.len() == 11
        && shape.bytes().zip("9A*9A*9AA99".bytes()).all(|(is, wanted)| wanted == b'*' || is == wanted)
        && !bare.contains(['S', 'L', 'O', 'I', 'B', 'Z']);
    medicare || shape == "AA999999A"
}

/// A concept of SNOMED CT: 6 to 18 digits, a sign for concepts before the last, which is a check by Verhoeff.
pub fn is_snomed(text: &str) -> bool {
    const TURN: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let bytes = text.as_bytes();
    if !(6..=18).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let kind = &text[text.len() - 3..text.len() - 1];
    let check = bytes
        .iter()
        .rev()
        .enumerate()
        .fold(0_u8, |sum, (at, digit)| dihedral(sum, TURN[at % 8][usize::from(digit - b'0')]));
    ["00", "10"].contains(&kind) && check == 0
}

/// The product of two turns and flips of a pentagon.
fn dihedral(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// A code of LOINC: digits, a dash, and a check digit as [`luhn`] has it.
pub fn is_loinc(text: &str) -> bool {
    let Some((number, check)) = text.split_once('-') else { return false };
    (1..=5).contains(&number.len()) && check.len() == 1 && digits(&format!("{number}{check}")).is_some_and(|d| luhn(&d))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it is, how it is told, one that is right and one that is not.
    type Case<'a> = (&'a str, fn(&str) -> bool, &'a str, &'a str);

    /// What is right, with one that differs in a sign.
    #[test]
    fn numbers_are_known_by_their_check() {
        let cases: [Case<'_>; 15] = [
            ("a card", is_card, "4111 1111 1111 1111", "4111 1111 1111 1112"),
            ("a card of 15 digits", is_card, "378282246310005", "378282246310006"),
            ("a provider", is_npi, "1234567893", "1234567894"),
            ("a vehicle", is_vin, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"),
            ("an account", is_iban, "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"),
            ("a French number", is_national, "2 55 08 14 168 025 38", "2 55 08 14 168 025 39"),
            ("a Spanish number", is_national, "12345678Z", "12345678A"),
            ("a foreigner's Spanish number", is_national, "X1234567L", "X1234567M"),
            ("a Mexican's", is_national, "HEGG560427MVZRRL04", "HEGG569927MVZRRL04"),
            ("a German insurance number", is_national, "A123456780", "A123456781"),
            ("Medicare's", is_national, "1EG4-TE5-MK73", "1EG4-TE5-MKA3"),
            ("a concept", is_snomed, "195662009", "195662008"),
            ("a concept of an extension", is_snomed, "428211000124100", "428211000124101"),
            ("a test", is_loinc, "2345-7", "2345-8"),
            ("a test of five digits", is_loinc, "72514-3", "72514-4"),
        ];
        for (trap, is, right, wrong) in cases {
            assert!(is(right), "{trap}");
            assert!(!is(wrong), "{trap}, changed");
        }
        for is in [is_card, is_npi, is_vin, is_iban, is_national, is_snomed, is_loinc] {
            for nothing in ["", "-", "A", "é", "12é45678Z", "ÀÉÎ123456789"] {
                assert!(!is(nothing));
            }
        }
    }
}
