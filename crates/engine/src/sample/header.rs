//! What a column's header says, in words: `PATIENTID`, `PatientId`, `pt_id` and `patient id` are the same two.

mod foreign;
mod vocabulary;

use std::cell::RefCell;
use std::collections::HashMap;

use super::fold;

/// Headers whose words are remembered: a schema repeats them by the thousand, and a sample asks for them cell by cell.
const REMEMBERED: usize = 20_000;

thread_local! {
    static KNOWN: RefCell<HashMap<String, Vec<String>, foldhash::fast::RandomState>> = RefCell::default();
}

/// Gives a header's words to `read`, from memory where they are known.
fn with_words<T>(header: &str, read: impl FnOnce(&[String]) -> T) -> T {
    KNOWN.with_borrow_mut(|known| {
        if let Some(words) = known.get(header) {
            return read(words);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        read(known.entry(header.to_owned()).or_insert_with(|| words_of(header)))
    })
}

/// A header's words in English, abbreviations written out, digits apart: `emp_lname2` gives `employee last name 2`,
/// `fecha_de_nacimiento` gives `birth date`.
pub fn words(header: &str) -> Vec<String> {
    with_words(header, <[String]>::to_vec)
}

fn words_of(header: &str) -> Vec<String> {
    let folded: Vec<String> = runs(header).iter().map(|run| fold::fold(run)).collect();
    if let Some(words) = translated(&folded) {
        return words;
    }
    let mut words = Vec::new();
    for run in folded {
        push_words(&run, &mut words);
    }
    words
}

/// The words of one run of a header.
fn push_words(run: &str, words: &mut Vec<String>) {
    match expansion(run) {
        Some(whole) => push_all(whole, words),
        None => segment(run, words),
    }
}

fn push_all(text: &str, words: &mut Vec<String>) {
    words.extend(text.split_whitespace().map(str::to_owned));
}

/// What a word of another language stands for.
fn foreign(word: &str) -> Option<&'static str> {
    foreign::WORDS.binary_search_by_key(&word, |(theirs, _)| theirs).ok().map(|at| foreign::WORDS[at].1)
}

/// The words of a header in another language; `None` where none of it is.
fn translated(runs: &[String]) -> Option<Vec<String>> {
    let is_ours = |run: &str| expansion(run).is_some() || known(run);
    let is_theirs = |run: &str| !is_ours(run) && foreign(run).is_some_and(|word| !word.is_empty());
    let said: Vec<&str> = runs.iter().map(String::as_str).filter(|run| foreign(run) != Some("")).collect();
    let phrase = |at: usize| {
        foreign::PHRASES.iter().find(|(theirs, _)| {
            let mut rest = said[at..].iter();
            theirs.split(' ').all(|word| rest.next() == Some(&word))
        })
    };
    let single_letter = runs.len() == 1 && runs[0].len() == 1;
    if single_letter
        || !said.iter().any(|run| run.len() > 1 && is_theirs(run)) && !(0..said.len()).any(|at| phrase(at).is_some())
    {
        return None;
    }
    let more = said[1..].iter().any(|run| !run.bytes().all(|b| b.is_ascii_digit()));
    let is_head = more && foreign::HEADS.contains(&said[0]);
    let mut parts: Vec<String> = Vec::new();
    let mut head = None;
    let mut at = 0;
    while at < said.len() {
        if let Some((theirs, ours)) = phrase(at) {
            parts.push((*ours).to_owned());
            at += theirs.split(' ').count();
            continue;
        }
        let mut words = Vec::new();
        match foreign(said[at]) {
            Some(word) => push_all(word, &mut words),
            None => push_words(said[at], &mut words),
        }
        if at == 0 && is_head {
            head = Some(words.join(" "));
        } else {
            parts.push(words.join(" "));
        }
        at += 1;
    }
    parts.extend(head);
    let mut words = Vec::new();
    for part in &parts {
        push_all(part, &mut words);
    }
    Some(words)
}

/// Whether a header names a date (or year, or month) of birth.
pub fn is_birth(header: &str) -> bool {
    with_words(header, |words| words.iter().any(|word| word == "birth"))
}

/// Whether a header names an age in years.
pub fn is_age(header: &str) -> bool {
    with_words(header, |words| words.iter().any(|word| word == "age"))
}

/// Splits at what is no letter or digit, between letters and digits, and at the humps of camel case.
fn runs(header: &str) -> Vec<String> {
    let letters: Vec<char> = header.chars().collect();
    let mut runs: Vec<String> = Vec::new();
    let mut open = false;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).map(|b| letters[b]);
        let after = letters.get(at + 1);
        let hump = before.is_some_and(|b| {
            letter.is_uppercase() && (b.is_lowercase() || b.is_uppercase() && after.is_some_and(|a| a.is_lowercase()))
                || letter.is_numeric() != b.is_numeric()
        });
        match runs.last_mut() {
            Some(run) if open && !hump => run.push(letter),
            _ => runs.push(letter.to_string()),
        }
        open = true;
    }
    join_initials(runs)
}

/// `L Name`, `f_nm`: one letter before a word for name belongs to it.
fn join_initials(runs: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for run in runs {
        let names = ["name", "nm"].contains(&run.to_lowercase().as_str());
        match joined.last_mut() {
            Some(last) if names && ["l", "f", "m"].contains(&last.to_lowercase().as_str()) => last.push_str(&run),
            _ => joined.push(run),
        }
    }
    joined
}

fn expansion(word: &str) -> Option<&'static str> {
    vocabulary::ABBREVIATIONS
        .binary_search_by_key(&word, |(short, _)| short)
        .ok()
        .map(|at| vocabulary::ABBREVIATIONS[at].1)
}

/// Whether headers and code lists use the word.
pub(crate) fn is_word(word: &str) -> bool {
    known(word)
}

fn known(word: &str) -> bool {
    vocabulary::WORDS.binary_search(&word).is_ok()
}

/// Words written together: the fewest known words that cover all of it, else the whole as it is, but for a word at its
/// end that is long enough to be no accident.
fn segment(run: &str, words: &mut Vec<String>) {
    if known(run) || !run.is_ascii() || run.len() < 4 {
        words.push(run.to_owned());
        return;
    }
    if let Some(cover) = cover(run) {
        for part in cover {
            let whole = expansion(part).or_else(|| foreign(part).filter(|_| !known(part)));
            push_all(whole.unwrap_or(part), words);
        }
        return;
    }
    let tail = vocabulary::SAFE_TAILS.iter().find(|(tail, _)| run.len() > tail.len() + 1 && run.ends_with(tail));
    match tail {
        Some((tail, word)) => {
            let front = &run[..run.len() - tail.len()];
            push_all(foreign(front).unwrap_or(front), words);
            words.push((*word).to_owned());
        }
        None => words.push(run.to_owned()),
    }
}

/// The cheapest cover of `run` by known words; two-letter ones count double and stand only at an end.
fn cover(run: &str) -> Option<Vec<&str>> {
    let mut best: Vec<Option<(usize, usize)>> = vec![None; run.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=run.len() {
        for start in 0..end {
            let Some((cost, _)) = best[start] else { continue };
            let part = &run[start..end];
            let at_an_end = start == 0 || end == run.len();
            let price = match part.len() {
                2 if at_an_end && vocabulary::SHORT_ENDS.contains(&part) => 3,
                3.. if known(part) => 2,
                3.. if expansion(part).is_some() => 3,
                5.. if foreign(part).is_some() => 3,
                3 if at_an_end && part == "nom" => 3,
                _ => continue,
            };
            if best[end].is_none_or(|(least, _)| cost + price < least) {
                best[end] = Some((cost + price, start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = run.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(&run[start..end]);
        end = start;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_come_apart_into_words() {
        for (trap, header, expected) in [
            ("snake", "last_name", "last name"),
            ("camel", "lastName", "last name"),
            ("Pascal with an initialism", "PatientSSN", "patient ssn"),
            ("initialism first", "SSNLast4", "ssn last 4"),
            ("written together", "PATIENTID", "patient id"),
            ("written together, three words", "PRIMARYPATIENTINSURANCEID", "primary patient insurance id"),
            ("abbreviation", "lname", "last name"),
            ("abbreviation with prefix", "emp_fname", "employee first name"),
            ("abbreviation, glued", "PTLNAME", "patient last name"),
            ("one letter apart", "L_Name", "last name"),
            ("camel, one letter", "LName", "last name"),
            ("dob", "PT_DOB", "patient birth date"),
            ("glued birth date", "BIRTHDATE", "birth date"),
            ("birthplace", "BIRTHPLACE", "birth place"),
            ("no city in it", "ETHNICITY", "ethnicity"),
            ("no city in it either", "velocity", "velocity"),
            ("no id in it", "thyroid", "thyroid"),
            ("no date in it", "last_update", "last update"),
            ("numbers", "addr2", "address 2"),
            ("personnel number", "perno", "personnel number"),
            ("known tail", "zebraname", "zebra name"),
            ("spaces and signs", "Employee # (SSN)", "employee ssn"),
        ] {
            assert_eq!(words(header).join(" "), expected, "{trap}: {header}");
        }
    }

    #[test]
    fn headers_of_other_languages_come_out_in_english() {
        let mut wrong = Vec::new();
        for (header, expected) in [
            ("prénom", "first name"),
            ("Prenom", "first name"),
            ("nom_patient", "patient name"),
            ("NomDuMédecin", "physician name"),
            ("nom de jeune fille", "maiden name"),
            ("date_de_naissance", "birth date"),
            ("DATENAISSANCE", "birth date"),
            ("DDN", "birth date"),
            ("N° dossier", "chart number"),
            ("no_visite", "visit number"),
            ("numéro de sécurité sociale", "social security number"),
            ("code_postal", "postal code"),
            ("téléphone domicile", "residence phone"),
            ("courriel", "email"),
            ("ville", "city"),
            ("apellido1", "last name 1"),
            ("ApellidoPaterno", "last name"),
            ("primer_nombre", "first name"),
            ("fecha_nacimiento", "birth date"),
            ("fec_nac", "birth date"),
            ("FECHANACIMIENTO", "birth date"),
            ("dirección", "address"),
            ("correo_electronico", "email"),
            ("nro_historia_clinica", "medical record number"),
            ("lugar de nacimiento", "birth place"),
            ("estado_civil", "marital status"),
            ("tipo_documento", "document type"),
            ("Nachname", "last name"),
            ("vorname2", "first name 2"),
            ("Geburtsdatum", "birth date"),
            ("GEBURTSORT", "birth place"),
            ("Straße", "street"),
            ("strasse", "street"),
            ("Wohnort", "city"),
            ("Krankenversicherungsnummer", "policy number"),
            ("Patientenname", "patient name"),
            ("MitarbeiterNr", "employee number"),
            ("Einstellungsdatum", "einstellungs date"),
            ("Tel_Nr", "phone number"),
            ("Führerschein", "drivers license"),
            ("data_nascimento", "birth date"),
            ("cognome", "last name"),
            ("codice fiscale", "ssn"),
            ("achternaam", "last name"),
            ("geboortedatum", "birth date"),
        ] {
            let found = words(header).join(" ");
            if found != expected {
                wrong.push(format!("{header}: {found}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn english_headers_stay_as_they_are() {
        for (header, expected) in [
            ("date_of_birth", "date of birth"),
            ("id", "id"),
            ("no", "number"),
            ("type", "type"),
            ("code_type", "code type"),
            ("do_not_call", "do not call"),
            ("report", "report"),
            ("economy", "economy"),
            ("important", "important"),
            ("y", "y"),
            ("n", "n"),
            ("x_de", "x de"),
        ] {
            assert_eq!(words(header).join(" "), expected, "{header}");
        }
    }

    #[test]
    fn the_vocabulary_is_in_order() {
        assert!(vocabulary::WORDS.is_sorted());
        assert!(vocabulary::ABBREVIATIONS.is_sorted_by_key(|(short, _)| *short));
        assert!(foreign::WORDS.is_sorted_by_key(|(theirs, _)| *theirs));
    }

    #[test]
    fn births_are_told_from_other_dates() {
        for (header, expected) in [("dob", true), ("BirthDate", true), ("BDATE", true), ("hire_date", false)] {
            assert_eq!(is_birth(header), expected, "{header}");
        }
    }
}
