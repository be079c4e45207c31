//! Names as words: `PatientID`, `patient_id`, `PATIENTS` and `tblPatient` speak of the same thing.

use crate::vocabulary::{SHORT, SINGULARS};

/// A name's words, in lower case, each for one thing: cut at what is no letter, at humps, and before and after digits.
pub fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).map(|b| letters[b]);
        let ends_capitals = letter.is_uppercase() && letters.get(at + 1).is_some_and(|a| a.is_lowercase());
        let cut = before.is_some_and(|b| {
            letter.is_uppercase() && (b.is_lowercase() || b.is_uppercase() && ends_capitals)
                || letter.is_numeric() != b.is_numeric()
        });
        // `IDs` is one word.
        let cut = cut && !(ends_capitals && letters.get(at + 1) == Some(&'s') && letters.len() == at + 2);
        match words.last_mut() {
            Some(word) if open && !cut => word.extend(letter.to_lowercase()),
            _ => words.push(letter.to_lowercase().collect()),
        }
        open = true;
    }
    words
}

/// One of what a word names many of.
pub fn singular(word: &str) -> String {
    if let Some((_, one)) = SINGULARS.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let end = |tail: &str| word.strip_suffix(tail).filter(|stem| stem.len() > 2);
    if let Some(stem) = end("ies") {
        return format!("{stem}y");
    }
    if word.len() == 5 && word.ends_with("xes") {
        return word[..3].to_owned();
    }
    for tail in ["sses", "xes", "ches", "shes", "zzes", "uses"] {
        if end(tail).is_some() {
            return word[..word.len() - 2].to_owned();
        }
    }
    if ["ss", "us", "is", "as", "os"].iter().any(|tail| word.ends_with(tail)) {
        return word.to_owned();
    }
    end("s").map_or_else(|| word.to_owned(), str::to_owned)
}

/// A word written out, and one of it.
pub fn plain(word: &str) -> String {
    let one = singular(word);
    SHORT.binary_search_by_key(&one.as_str(), |(short, _)| short).map_or(one, |at| SHORT[at].1.to_owned())
}

/// Whether a short name is made of a longer one's letters, in order, from the same first letter on.
pub fn is_short_for(short: &str, long: &str) -> bool {
    if short.len() < 3 || short.len() >= long.len() || short.as_bytes()[0] != long.as_bytes()[0] {
        return false;
    }
    let mut rest = long.bytes();
    short.bytes().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        for (name, words) in [
            ("PatientID", "patient id"),
            ("patient_id", "patient id"),
            ("PATIENT_ID", "patient id"),
            ("EMPLOYEEID", "employeeid"),
            ("tblPatientVisits", "tbl patient visits"),
            ("HTMLPage", "html page"),
            ("concept_id_1", "concept id 1"),
            ("icd10code", "icd 10 code"),
            ("VisitIDs", "visit ids"),
            ("Order Details", "order details"),
        ] {
            assert_eq!(split(name).join(" "), words, "{name}");
        }
    }

    #[test]
    fn of_many_one() {
        for (many, one) in [
            ("patients", "patient"),
            ("addresses", "address"),
            ("categories", "category"),
            ("status", "status"),
            ("diagnosis", "diagnosis"),
            ("people", "person"),
            ("employees", "employee"),
            ("cases", "case"),
            ("boxes", "box"),
            ("class", "class"),
            ("classes", "class"),
            ("visits", "visit"),
            ("bus", "bus"),
            ("invoices", "invoice"),
            ("types", "type"),
        ] {
            assert_eq!(singular(many), one, "{many}");
        }
    }

    #[test]
    fn lists_that_are_searched_are_sorted() {
        assert!(SHORT.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn short_names_are_of_the_letters_of_long_ones() {
        for (short, long, is) in [
            ("emp", "employee", true),
            ("pmt", "payment", true),
            ("em", "employee", false),
            ("lab", "label", true),
            ("tea", "employee", false),
        ] {
            assert_eq!(is_short_for(short, long), is, "{short} {long}");
        }
    }
}
