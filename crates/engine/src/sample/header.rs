//! What a column's header says, in words: `PATIENTID`, `PatientId`, `pt_id` and `patient id` are the same two.

mod vocabulary;

use super::fold;

/// A header's words, abbreviations written out, digits apart: `emp_lname2` gives `employee last name 2`.
pub fn words(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(header) {
        let folded = fold::fold(&run);
        match expansion(&folded) {
            Some(whole) => words.extend(whole.split(' ').map(str::to_owned)),
            None => segment(&folded, &mut words),
        }
    }
    words
}

/// Whether a header names a date (or year, or month) of birth.
pub fn is_birth(header: &str) -> bool {
    words(header).iter().any(|word| word == "birth")
}

/// Whether a header names an age in years.
pub fn is_age(header: &str) -> bool {
    words(header).iter().any(|word| word == "age")
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
            match expansion(part) {
                Some(whole) => words.extend(whole.split(' ').map(str::to_owned)),
                None => words.push(part.to_owned()),
            }
        }
        return;
    }
    let tail = vocabulary::SAFE_TAILS.iter().find(|tail| run.len() > tail.len() + 1 && run.ends_with(**tail));
    match tail {
        Some(tail) => words.extend([run[..run.len() - tail.len()].to_owned(), (*tail).to_owned()]),
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
    fn the_vocabulary_is_in_order() {
        assert!(vocabulary::WORDS.is_sorted());
        assert!(vocabulary::ABBREVIATIONS.is_sorted_by_key(|(short, _)| *short));
    }

    #[test]
    fn births_are_told_from_other_dates() {
        for (header, expected) in [("dob", true), ("BirthDate", true), ("BDATE", true), ("hire_date", false)] {
            assert_eq!(is_birth(header), expected, "{header}");
        }
    }
}
