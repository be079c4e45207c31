//! The identifiers of the people in a snapshot, and the search for them in a text.

use std::collections;

use super::super::Class;
use super::super::fold::{self, fold, tokens};
use super::super::year::{self, Day};
use crate::error::Result;

// Every cell of a workbook is looked up, by its words and runs of digits.
type HashMap<K, V> = collections::HashMap<K, V, foldhash::fast::RandomState>;
type HashSet<K> = collections::HashSet<K, foldhash::fast::RandomState>;

/// Names, ids, phones, mails, addresses and birth dates of everybody in a snapshot's person tables.
///
/// Filled value by value; a value of several identifiers (`Smith, John`) counts once. Only the engine gathers one: a roster
/// of nobody finds nobody.
///
/// ```compile_fail
/// let nobody = engine::sample::leak::Roster::default();
/// ```
#[derive(Debug)]
pub struct Roster {
    names: HashSet<String>,
    /// Names of several words, their tokens sorted, so that `Roe, Jane` and `Jane Roe` are one.
    whole_names: HashSet<String>,
    /// Names in writing without spaces, and how long they get.
    unspaced: HashSet<String>,
    unspaced_longest: usize,
    /// Phones and social security numbers, digits only.
    numbers: HashMap<String, Class>,
    mails: HashSet<String>,
    ids: HashMap<String, Class>,
    id_longest: usize,
    /// Addresses, cities, employers: by their first token.
    phrases: HashMap<String, Vec<(Vec<String>, Class)>>,
    births: HashSet<Day>,
    added: usize,
}

/// A roster while it is filled.
pub(crate) struct Gathering(Roster);

impl Gathering {
    /// One value of a column of that class.
    pub fn add(&mut self, class: Class, column_is_birth_date: bool, value: &str) {
        self.0.add(class, column_is_birth_date, value);
    }
}

/// What of a roster is searched for in a text, which depends on where the text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// A number that a program counted: phones and the like only.
    Counted,
    /// Written by the coordinator: whole names, phones, mails, long ids.
    Typed,
    /// From the source: everything but ids that any short code may equal.
    Source,
    /// From an id: everything.
    Id,
}

/// Parts of names that name nobody.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "dr", "mr", "mrs", "ms", "miss", "md", "rn", "do", "pa", "np", "phd", "mph", "lpn",
    "dds", "ph", "prof",
];
/// What people write into a name field that asks for one.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] =
    &["unknown", "none", "null", "na", "n/a", "test", "self", "same", "other", "deceased", "vacant"];
/// An id as short as this is any code.
const SHORT_ID: usize = 5;
/// A number as long as this is no measurement and no count.
const LONG_NUMBER: usize = 9;
/// Shortest phone worth a search; below it is an extension.
const SHORT_PHONE: usize = 7;
/// Most digits of a phone number with its country (E.164).
const LONG_PHONE: usize = 15;

impl Roster {
    #[cfg(test)]
    pub(crate) fn of<'t>(values: impl IntoIterator<Item = (Class, bool, &'t str)>) -> Self {
        let mut roster = Self::of_nobody();
        values.into_iter().for_each(|(class, birth, value)| roster.add(class, birth, value));
        roster
    }

    fn of_nobody() -> Self {
        let (names, whole_names, unspaced, mails) = Default::default();
        let (numbers, ids, phrases, births) = Default::default();
        Self {
            names,
            whole_names,
            unspaced,
            unspaced_longest: 0,
            numbers,
            mails,
            ids,
            id_longest: 0,
            phrases,
            births,
            added: 0,
        }
    }

    /// Of the values that `fill` adds.
    pub(crate) fn gather(fill: impl FnOnce(&mut Gathering) -> Result<()>) -> Result<Self> {
        let mut gathering = Gathering(Self::of_nobody());
        fill(&mut gathering)?;
        Ok(gathering.0)
    }

    /// Adds one value of a column of that class. Only birth dates count among dates; postal codes, pictures and
    /// free text identify nobody by themselves and are not searched for.
    fn add(&mut self, class: Class, column_is_birth_date: bool, value: &str) {
        let folded = fold(value.trim());
        if folded.is_empty() || PLACEHOLDERS.contains(&folded.as_str()) {
            return;
        }
        self.added += 1;
        match class {
            Class::Name | Class::Staff => self.add_name(&folded),
            Class::Phone | Class::Fax => self.add_phone(&folded, class),
            Class::Ssn => self.add_ssn(&folded),
            Class::Email => {
                self.mails.insert(folded);
            }
            Class::Geo | Class::Employer => self.add_phrase(&folded, class),
            Class::Date if column_is_birth_date => {
                self.births.extend(year::days(&folded).into_iter().filter(|d| d.year > 0));
            }
            Class::Mrn
            | Class::Plan
            | Class::Acct
            | Class::Lic
            | Class::Vehicle
            | Class::Device
            | Class::Url
            | Class::Ip
            | Class::Uid => self.add_id(&folded, class),
            Class::Date | Class::Zip | Class::Bio | Class::Photo | Class::Freetext | Class::None => self.added -= 1,
        }
    }

    /// How many values were added.
    pub fn len(&self) -> usize {
        self.added
    }

    pub fn is_empty(&self) -> bool {
        self.added == 0
    }

    /// Whether any token of the text is part of somebody's name.
    pub fn holds_token(&self, text: &str) -> bool {
        self.holds_name(&fold(text))
    }

    /// Whether the text is somebody's id, phone, mail or social security number, however punctuated.
    pub fn holds_id(&self, text: &str) -> bool {
        let folded = fold(text.trim());
        self.mails.contains(&folded)
            || self.ids.contains_key(&id_form(&folded))
            || self.numbers.contains_key(&fold::digits(&folded))
    }

    /// The class of the first identifier found, searched to that depth.
    pub fn search(&self, text: &str, depth: Depth) -> Option<Class> {
        let folded = fold(text);
        if let Some(class) = self.number_in(&folded) {
            return Some(class);
        }
        if depth == Depth::Counted {
            return None;
        }
        let words: Vec<&str> = tokens(&folded).collect();
        if self.mail_in(&folded) {
            return Some(Class::Email);
        }
        if let Some(class) = self.id_in(&folded, &words, depth) {
            return Some(class);
        }
        if depth == Depth::Typed {
            return self.whole_name_in(text).then_some(Class::Name);
        }
        if self.holds_name(&folded) {
            return Some(Class::Name);
        }
        if let Some(class) = self.phrase_in(&words) {
            return Some(class);
        }
        (!self.births.is_empty() && year::days(&folded).iter().any(|day| self.births.contains(day)))
            .then_some(Class::Date)
    }

    fn add_name(&mut self, folded: &str) {
        let parts: Vec<&str> = tokens(folded).filter(|part| part.chars().nth(1).is_some()).collect();
        let alone = parts.len() == 1;
        let named: Vec<&str> = parts
            .into_iter()
            .filter(|part| alone || !TITLES.contains(part))
            .filter(|part| part.chars().any(char::is_alphabetic))
            .collect();
        for part in &named {
            self.names.insert((*part).to_owned());
            let letters = part.trim_matches(|c: char| c.is_numeric());
            if letters.chars().nth(1).is_some() {
                self.names.insert(letters.to_owned());
            }
        }
        for run in folded.split([' ', ',', ';', '(', ')', '"', '/']).filter(|run| run.contains(['\'', '-'])) {
            for part in run.split('-').chain([run]) {
                let joined: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
                if joined.chars().nth(2).is_some() {
                    self.names.insert(joined);
                }
            }
        }
        if named.len() > 1 {
            self.whole_names.insert(sorted(&named));
        }
        let unspaced: String = folded.chars().filter(|c| fold::is_cjk(*c)).collect();
        let length = unspaced.chars().count();
        if length > 1 {
            self.unspaced_longest = self.unspaced_longest.max(length);
            self.unspaced.insert(unspaced);
        }
    }

    fn add_phone(&mut self, folded: &str, class: Class) {
        // What follows an `x` is an extension.
        let main = folded.split('x').next().unwrap_or(folded).split("ext").next().unwrap_or(folded);
        let digits = fold::digits(main);
        if (SHORT_PHONE..=LONG_PHONE).contains(&digits.len()) && !one_digit(&digits) {
            let national = digits[digits.len().saturating_sub(10)..].to_owned();
            self.numbers.insert(national, class);
            self.numbers.insert(digits, class);
        }
    }

    fn add_ssn(&mut self, folded: &str) {
        let digits = fold::digits(folded);
        match digits.len() {
            // Zeros in front are lost where the number was stored as one.
            7..=9 if !one_digit(&digits) => {
                self.numbers.insert(format!("{digits:0>9}"), Class::Ssn);
                self.numbers.insert(digits.trim_start_matches('0').to_owned(), Class::Ssn);
            }
            _ => self.add_id(folded, Class::Ssn),
        }
    }

    fn add_id(&mut self, folded: &str, class: Class) {
        let id = id_form(folded);
        if id.is_empty() || id == "0" {
            return;
        }
        self.id_longest = self.id_longest.max(id.len());
        self.ids.insert(id, class);
    }

    fn add_phrase(&mut self, folded: &str, class: Class) {
        let parts: Vec<String> = tokens(folded).map(str::to_owned).collect();
        // A coordinate or a house number alone is any number.
        if folded.chars().filter(|c| c.is_alphabetic()).count() < 4 {
            return;
        }
        let known = self.phrases.entry(parts[0].clone()).or_default();
        if !known.iter().any(|(phrase, _)| *phrase == parts[1..]) {
            known.push((parts[1..].to_vec(), class));
        }
    }

    fn holds_name(&self, folded: &str) -> bool {
        tokens(folded).any(|token| self.is_name(token)) || self.joined_name_in(folded) || self.unspaced_in(folded)
    }

    /// A token, or the letters of one that begins or ends with digits (`smith2`).
    fn is_name(&self, token: &str) -> bool {
        let letters = token.trim_matches(|c: char| c.is_numeric());
        token.chars().nth(1).is_some() && self.names.contains(token)
            || letters.len() < token.len() && letters.chars().nth(1).is_some() && self.names.contains(letters)
    }

    /// `O'Brien` written apart where the roster has it as one word.
    fn joined_name_in(&self, folded: &str) -> bool {
        folded
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
            .filter(|run| run.contains(['\'', '-']))
            .any(|run| {
                let joined: String = run.chars().filter(|c| c.is_alphanumeric()).collect();
                joined.chars().nth(1).is_some() && self.names.contains(&joined)
            })
    }

    fn unspaced_in(&self, folded: &str) -> bool {
        if self.unspaced.is_empty() || folded.is_ascii() {
            return false;
        }
        let letters: Vec<char> = folded.chars().filter(|c| fold::is_cjk(*c)).collect();
        (0..letters.len()).any(|start| {
            (2..=self.unspaced_longest.min(letters.len() - start))
                .any(|length| self.unspaced.contains(&letters[start..start + length].iter().collect::<String>()))
        })
    }

    /// Two neighbours that are both names and written as names are, or a name of several words in any order.
    fn whole_name_in(&self, text: &str) -> bool {
        let words: Vec<(bool, String)> = text
            .split(|c: char| !c.is_alphanumeric() && c != '\u{301}' && c != '\u{303}' && c != '\u{308}')
            .filter(|word| word.chars().nth(1).is_some())
            .map(|word| (word.chars().next().is_some_and(char::is_uppercase), fold(word)))
            .collect();
        let neighbours = |pair: &[(bool, String)]| {
            pair[0].0 && pair[1].0 && pair[0].1 != pair[1].1 && self.is_name(&pair[0].1) && self.is_name(&pair[1].1)
        };
        let whole = |length: usize| {
            words.windows(length).any(|run| {
                self.whole_names.contains(&sorted(&run.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>()))
            })
        };
        words.windows(2).any(neighbours) || (2..=4).any(whole) || self.unspaced_in(&fold(text))
    }

    /// Phones and social security numbers, in any punctuation that keeps their digits together.
    fn number_in(&self, folded: &str) -> Option<Class> {
        if self.numbers.is_empty() {
            return None;
        }
        let groups = digit_groups(folded);
        for start in 0..groups.len() {
            let mut run = String::new();
            for (at, (gap, digits)) in groups[start..].iter().enumerate() {
                if at > 0 && !keeps_together(gap) {
                    break;
                }
                run.push_str(digits);
                if run.len() > LONG_PHONE {
                    break;
                }
                let national = &run[run.len().saturating_sub(10)..];
                if let Some(class) = self.numbers.get(&run).or_else(|| self.numbers.get(national)) {
                    return Some(*class);
                }
            }
        }
        None
    }

    fn mail_in(&self, folded: &str) -> bool {
        folded.contains('@')
            && folded
                .split(|c: char| c.is_whitespace() || ",;<>()[]\"'|:".contains(c))
                .any(|word| self.mails.contains(word.trim_end_matches('.')))
    }

    fn id_in(&self, folded: &str, words: &[&str], depth: Depth) -> Option<Class> {
        let prose = words.iter().filter(|word| word.chars().all(char::is_alphabetic)).count() >= 3;
        let found = |id: &str| self.ids.get(id).copied().filter(|_| weight(id).is_searched(depth, prose));
        let runs = folded.split(|c: char| !c.is_alphanumeric() && !"-_/.: ".contains(c));
        for run in runs {
            let parts: Vec<&str> = tokens(run).collect();
            for start in 0..parts.len() {
                let mut joined = String::new();
                for part in &parts[start..] {
                    joined.push_str(part);
                    if joined.trim_start_matches('0').len() > self.id_longest {
                        break;
                    }
                    if let Some(class) = found(&id_form(&joined)) {
                        return Some(class);
                    }
                }
            }
        }
        None
    }

    fn phrase_in(&self, words: &[&str]) -> Option<Class> {
        (0..words.len()).find_map(|at| {
            let followed = |phrase: &Vec<String>| {
                words[at + 1..].len() >= phrase.len() && words[at + 1..].iter().zip(phrase).all(|(a, b)| a == b)
            };
            self.phrases.get(words[at])?.iter().find(|(phrase, _)| followed(phrase)).map(|(_, class)| *class)
        })
    }
}

/// How telling an id is by itself.
enum Weight {
    Long,
    Number,
    Short,
}

impl Weight {
    fn is_searched(&self, depth: Depth, prose: bool) -> bool {
        match self {
            Self::Long => depth != Depth::Counted,
            Self::Number => depth == Depth::Id || depth == Depth::Source && prose,
            Self::Short => depth == Depth::Id,
        }
    }
}

fn weight(id: &str) -> Weight {
    let numeric = id.bytes().all(|b| b.is_ascii_digit());
    let lettered = id.chars().all(char::is_alphabetic);
    match id.len() {
        length if numeric && length >= LONG_NUMBER => Weight::Long,
        length if numeric && length >= SHORT_ID => Weight::Number,
        length if !numeric && !lettered && length > SHORT_ID => Weight::Long,
        _ => Weight::Short,
    }
}

/// Letters and digits only; a number without the zeros in front.
fn id_form(folded: &str) -> String {
    let form: String = folded.strip_suffix(".0").unwrap_or(folded).chars().filter(|c| c.is_alphanumeric()).collect();
    if form.bytes().all(|b| b.is_ascii_digit()) && form.len() > 1 {
        let short = form.trim_start_matches('0');
        return if short.is_empty() { "0".to_owned() } else { short.to_owned() };
    }
    form
}

/// `0000000` and `9999999999` stand for nobody.
fn one_digit(digits: &str) -> bool {
    digits.bytes().all(|b| Some(&b) == digits.as_bytes().first())
}

fn sorted(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    parts.join(" ")
}

/// Runs of digits with what stands before each.
fn digit_groups(folded: &str) -> Vec<(&str, &str)> {
    let mut groups = Vec::new();
    let mut rest = folded;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[start..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |length| start + length);
        groups.push((&rest[..start], &rest[start..end]));
        rest = &rest[end..];
    }
    groups
}

fn keeps_together(gap: &str) -> bool {
    gap.chars().count() <= 3 && gap.chars().all(|c| " -.()+/_".contains(c))
}
