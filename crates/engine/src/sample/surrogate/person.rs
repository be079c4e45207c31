//! Names of people, word by word: the same word gives the same surrogate in whatever column and order it stands.

use super::super::{fold, header};
use super::invent::{self, Case, Half};
use super::{Deidentifier, Result};

/// Words around a name that name nobody and stay as they are.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "dr", "mr", "mrs", "ms", "miss", "md", "do", "rn", "np", "pa", "phd", "dds", "lpn",
    "prof",
];

impl Deidentifier<'_> {
    /// `LAST, FIRST M` stays in that order and case; titles stay; initials become other initials.
    pub(super) fn person(&mut self, column: &str, text: &str) -> Result<Option<String>> {
        let halves = halves(column, text);
        let mut at = 0;
        let mut failed = None;
        let mut withheld = false;
        let alone = halves.len() == 1;
        let name = invent::replace_runs(text, |run| {
            let half = halves[at];
            at += 1;
            if !alone && TITLES.contains(&fold::fold(run).as_str()) {
                return run.to_owned();
            }
            match self.name_word(half, run) {
                Ok(Some(word)) => return word,
                Ok(None) => withheld = true,
                Err(error) => failed = Some(error),
            }
            String::new()
        });
        match failed {
            Some(error) => Err(error),
            None => Ok((!withheld).then_some(name)),
        }
    }

    fn name_word(&mut self, half: Half, run: &str) -> Result<Option<String>> {
        let key = fold::fold(run);
        let case = Case::of(run);
        let domain = match half {
            Half::Family => "/family name",
            Half::Given => "/given name",
        };
        if run.chars().any(fold::is_cjk) {
            return self.invented(domain, &key, false, |chance, _| invent::unspaced_name(chance, run));
        }
        if run.chars().nth(1).is_none() || run.chars().any(char::is_numeric) {
            return self.invented("/name part", &key, false, |chance, _| invent::shaped(chance, run));
        }
        let made = self.invented(domain, &key, false, |chance, attempt| invent::name(chance, half, attempt))?;
        Ok(made.map(|made| case.write(&made)))
    }
}

/// Which half each word of a name is: by the column's header, by the comma, or the last word being the family's.
fn halves(column: &str, text: &str) -> Vec<Half> {
    let words = header::words(column);
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let mut runs: Vec<(usize, String)> = Vec::new();
    let mut place = 0;
    invent::replace_runs(text, |run| {
        let start = place + text[place..].find(run).unwrap_or(0);
        place = start + run.len();
        runs.push((start, fold::fold(run)));
        String::new()
    });
    if has(&["last", "surname", "family", "maiden"]) && !text.contains(',') {
        return vec![Half::Family; runs.len()];
    }
    if has(&["first", "given", "middle", "nickname", "preferred"]) && !text.contains(',') {
        return vec![Half::Given; runs.len()];
    }
    let comma = text.find(',');
    let last = runs.iter().rposition(|(_, run)| !TITLES.contains(&run.as_str()));
    let family = |at: usize, start: usize| comma.map_or(last == Some(at), |comma| start < comma);
    runs.iter()
        .enumerate()
        .map(|(at, (start, _))| if family(at, *start) { Half::Family } else { Half::Given })
        .collect()
}
