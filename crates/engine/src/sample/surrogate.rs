//! The deidentifier: the only maker of [`Deidentified`] values, which are the only ones a sample workbook takes.

mod column;
mod invent;
mod known;
mod person;
#[cfg(test)]
mod tests;

pub use self::column::Column;
use self::column::Kind;
use self::invent::Case;
use self::known::Known;
use super::leak::{Depth, Roster};
use super::people::Common;
use super::{Action, Cell, Class, Treatment, fold, year, zip3};
use crate::error::Result;
use crate::profile::{ColumnFigures, InferredType};

/// Surrogates already given, by domain. Kept in the project, never derived from the source, never exported.
pub trait Vault {
    fn get(&mut self, domain: &str, value: &str) -> Result<Option<String>>;
    /// Replaces what was there.
    fn put(&mut self, domain: &str, value: &str, surrogate: &str) -> Result<()>;
    /// Whether a value of the domain already has that surrogate.
    fn taken(&mut self, domain: &str, surrogate: &str) -> Result<bool>;
}

/// Randomness, as an argument.
pub trait Chance {
    /// A number from 0 to `bound` − 1; `bound` is at least 1.
    fn below(&mut self, bound: u64) -> u64;
}

/// A cell that has been through the deidentifier. Only this module can make one: it is what the workbooks take.
///
/// A source cell does not become one elsewhere:
///
/// ```compile_fail
/// use engine::sample::{Cell, Deidentified};
/// fn export(value: Deidentified) {}
/// export(Cell::Text("raw".to_owned()));
/// ```
///
/// ```compile_fail
/// use engine::sample::{Deidentified, Origin};
/// let forged = Deidentified { value: "raw".to_owned(), origin: Origin::Passed };
/// ```
///
/// What can be done with one is to read it:
///
/// ```
/// use engine::sample::{Deidentified, Origin};
/// fn export(value: &Deidentified) -> (&str, Origin) {
///     (value.as_str(), value.origin())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deidentified {
    value: String,
    origin: Origin,
}

/// Where a deidentified value came from, which is what the leak scan searches by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Null,
    Blank,
    /// An enumeration or a measurement that passed untouched.
    Passed,
    /// Reduced: a year, three digits of a ZIP code.
    Reduced,
    /// Invented: a name, a phone, an address.
    Surrogate,
    /// Invented for an id, which may be short: it is searched for whatever short number or code is somebody's.
    SurrogateId,
    /// Dropped; the value is a fixed word of ours.
    Dropped,
}

impl Deidentified {
    pub fn as_str(&self) -> &str {
        &self.value
    }

    pub fn origin(&self) -> Origin {
        self.origin
    }

    #[cfg(test)]
    pub(crate) fn for_test(value: &str, origin: Origin) -> Self {
        Self { value: value.to_owned(), origin }
    }

    fn dropped(word: impl Into<String>) -> Self {
        Self { value: word.into(), origin: Origin::Dropped }
    }

    fn reduced(value: impl Into<String>) -> Self {
        Self { value: value.into(), origin: Origin::Reduced }
    }
}

const WITHHELD: &str = "(withheld)";
const RARE_VALUE: &str = "(rare value)";
/// Ages from here on are one group (45 CFR 164.514(b)(2)(i)(C)).
const OLD: i32 = 90;
/// Social security numbers are kept by their last digits, and then any short code may equal one.
const SHORT_SSN: usize = 4;
/// How often a value is invented anew before the cell is withheld.
const ATTEMPTS: u32 = 400;

/// Turns source cells into cells that may leave. Only the engine makes one, with the people of the snapshot and the
/// project's vault.
///
/// ```compile_fail
/// use engine::sample::surrogate::{Chance, Deidentifier, Vault};
/// fn forge(vault: &mut dyn Vault, chance: &mut dyn Chance, nobody: &engine::sample::leak::Roster) {
///     Deidentifier::new(vault, chance, nobody, 2026);
/// }
/// ```
///
/// Ids are remembered under their column's domain; what is the same thing in every column (a name's word, a phone, a
/// mail) under a domain that begins with `/`, which no header's does.
pub struct Deidentifier<'a> {
    vault: &'a mut dyn Vault,
    chance: &'a mut dyn Chance,
    roster: &'a Roster,
    this_year: i32,
    known: Known,
}

impl<'a> Deidentifier<'a> {
    /// `this_year` is the year of the export, from which ages over 89 are told.
    pub(crate) fn new(
        vault: &'a mut dyn Vault,
        chance: &'a mut dyn Chance,
        roster: &'a Roster,
        this_year: i32,
    ) -> Self {
        Self { vault, chance, roster, this_year, known: Known::default() }
    }

    /// A column whose cells are to come.
    ///
    /// `common` holds the values of this column that at least [`super::people::RARE`] people hold.
    pub fn column<'c>(
        &mut self,
        treatment: &'c Treatment,
        figures: &'c ColumnFigures,
        common: &'c Common,
    ) -> Column<'c> {
        Column::new(treatment, figures, common, self.known.alike(treatment))
    }

    /// One cell, treated as its column is.
    ///
    /// # Errors
    /// Only those of the vault.
    pub fn cell(&mut self, column: &Column<'_>, cell: &Cell) -> Result<Deidentified> {
        let treatment = column.treatment;
        let text = match cell {
            Cell::Null => return Ok(Deidentified { value: String::new(), origin: Origin::Null }),
            Cell::Integer(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Bytes(bytes) if bytes.is_empty() => String::new(),
            Cell::Bytes(bytes) => match (bytes.as_slice(), treatment.action) {
                // A `bit(1)` as its server dumps it.
                ([bit @ 0..=1], Action::Pass) => bit.to_string(),
                _ => return Ok(Deidentified::dropped(binary_word(treatment.class))),
            },
        };
        if text.trim().is_empty() {
            return Ok(Deidentified { value: text, origin: Origin::Blank });
        }
        match treatment.action {
            Action::Pass => Ok(self.pass(column, text)),
            Action::Year => Ok(self.year(&text)),
            Action::Zip3 => Ok(Deidentified::reduced(zip3::zip3(&text))),
            Action::Drop => Ok(Deidentified::dropped(drop_word(treatment.class, &text))),
            Action::Surrogate => self.replaced(column, text.trim()),
        }
    }

    fn pass(&mut self, column: &Column<'_>, text: String) -> Deidentified {
        let Column { treatment, figures, common, .. } = column;
        let trimmed = text.trim();
        if column.holds_ages && age(trimmed).is_some_and(|age| age >= f64::from(OLD)) {
            return Deidentified::reduced(format!("{OLD}+"));
        }
        let measured =
            matches!(figures.inferred_type, InferredType::Integer | InferredType::Decimal) && is_measurement(trimmed);
        let yes_or_no =
            figures.inferred_type == InferredType::Boolean && YES_OR_NO.contains(&fold::fold(trimmed).as_str());
        // Somebody's short number looks like any other: here it is told by its column.
        let against = treatment.passes_against_the_rules();
        if measured || yes_or_no {
            if self.is_somebodys(trimmed, if against { Depth::Id } else { Depth::Counted }) {
                return Deidentified::dropped(WITHHELD);
            }
            return Deidentified { value: text, origin: Origin::Passed };
        }
        // Where a person let the column pass, its values are a code set that identifies nobody, however rare.
        if !treatment.decided && !common.holds(&text) {
            return Deidentified::dropped(RARE_VALUE);
        }
        if self.is_somebodys(trimmed, if against { Depth::Id } else { Depth::Source }) {
            return Deidentified::dropped(WITHHELD);
        }
        // A date in a column that nobody took for one.
        if trimmed.contains(['-', '/', '.', ' '])
            && trimmed.len() > 7
            && year::read(trimmed).is_some_and(|year| !year.two_digits)
        {
            return self.year(trimmed);
        }
        Deidentified { value: text, origin: Origin::Passed }
    }

    fn is_somebodys(&mut self, text: &str, depth: Depth) -> bool {
        let roster = self.roster;
        self.known.is_somebodys(depth, text, || roster.search(text, depth).is_some())
    }

    fn year(&self, text: &str) -> Deidentified {
        let Some(read) = year::read(text) else { return Deidentified::dropped("(not a date)") };
        let year = if read.two_digits && read.year > self.this_year { read.year - 100 } else { read.year };
        let oldest = self.this_year - OLD;
        if year != 0 && year <= oldest {
            return Deidentified::reduced(format!("{oldest} or before"));
        }
        Deidentified::reduced(format!("{year:04}"))
    }

    /// A value that came before is what it was then, without a look at the vault.
    fn replaced(&mut self, column: &Column<'_>, text: &str) -> Result<Deidentified> {
        if let Some(known) = self.known.replaced(column.alike, text) {
            return Ok(known.clone());
        }
        let made = self.surrogate(column, text)?;
        self.known.keep(column.alike, text, &made);
        Ok(made)
    }

    fn surrogate(&mut self, column: &Column<'_>, text: &str) -> Result<Deidentified> {
        let treatment = column.treatment;
        let kind = column.kind(text);
        let made = match kind {
            Kind::Name => self.person(&treatment.column, text)?,
            Kind::Id => self.id(&treatment.domain, text)?,
            Kind::Phone => self.phone(text)?,
            Kind::Ssn => self.ssn(text)?,
            Kind::Email => self.numbered("/email", text, 3, |number| format!("person{number}@example.invalid"))?,
            Kind::Url => self.numbered("/url", text, 4, |number| format!("https://example.invalid/{number}"))?,
            Kind::Ip => self.invented("/ip", text, true, |chance, _| {
                format!("{}.{}", invent::pick(chance, &["192.0.2", "198.51.100", "203.0.113"]), chance.below(256))
            })?,
            Kind::Employer => self.called("/employer", text, |chance, _| invent::employer(chance))?,
            Kind::Place => self.called("/place", text, invent::place)?,
            Kind::Street => {
                self.invented("/street", text, true, |chance, attempt| invent::street(chance, text, attempt))?
            }
            Kind::Year => return Ok(self.year(text)),
            Kind::Zip => return Ok(Deidentified::reduced(zip3::zip3(text))),
            Kind::None => None,
        };
        let short = kind == Kind::Ssn && fold::digits(text).len() <= SHORT_SSN;
        let origin = if kind == Kind::Id || short { Origin::SurrogateId } else { Origin::Surrogate };
        Ok(match made {
            Some(value) => Deidentified { value, origin },
            None => Deidentified::dropped(drop_word(treatment.class, text)),
        })
    }

    /// Keeps the format; a number of nothing but zeros points at nobody and stays.
    fn id(&mut self, domain: &str, text: &str) -> Result<Option<String>> {
        if text.chars().all(|c| c == '0') {
            return Ok(Some(text.to_owned()));
        }
        let made = |chance: &mut dyn Chance, attempt: u32| {
            if attempt < 40 {
                return invent::shaped(chance, text);
            }
            let wider = invent::widened(text, attempt / 40);
            invent::shaped(chance, &wider)
        };
        self.invented_as(domain, text, true, made, &Forms::same(Depth::Id))
    }

    /// The same digits for the same number in whatever format; letters other than an extension's are a person's words.
    fn phone(&mut self, text: &str) -> Result<Option<String>> {
        let folded = fold::fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        if !words.iter().all(|word| ["x", "ext", "extn", "extension"].contains(word)) {
            return Ok(None);
        }
        let (main, extension) = text.split_at(text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len()));
        let (digits, more) = (fold::digits(main), fold::digits(extension));
        let written = |made: &str| invent::in_format(main, made);
        let forms = Forms { written: &written, apart: &|made| grouped(made, &[4, 3, 3]), depth: Depth::Source };
        let made =
            self.invented_as("/phone", &digits, false, |chance, _| invent::phone_digits(chance, &digits), &forms)?;
        let Some(made) = made else { return Ok(None) };
        if more.is_empty() {
            return Ok(Some(written(&made) + extension));
        }
        let inner = self.invented("/extension", &more, false, |chance, _| invent::random_digits(chance, more.len()))?;
        Ok(inner.map(|inner| written(&made) + &invent::in_format(extension, &inner)))
    }

    fn ssn(&mut self, text: &str) -> Result<Option<String>> {
        let digits = fold::digits(text);
        if digits.is_empty() {
            return self.id("/ssn", text);
        }
        let unique = digits.len() > SHORT_SSN;
        let depth = if unique { Depth::Source } else { Depth::Id };
        let written = |made: &str| invent::in_format(text, made);
        let forms = Forms { written: &written, apart: &|made| grouped(made, &[4, 2, 3]), depth };
        let made =
            self.invented_as("/ssn", &digits, unique, |chance, _| invent::ssn_digits(chance, &digits), &forms)?;
        Ok(made.map(|made| written(&made)))
    }

    /// A name that is the same in whatever case, and keeps the case it is asked for in.
    fn called(
        &mut self,
        domain: &str,
        text: &str,
        make: impl FnMut(&mut dyn Chance, u32) -> String,
    ) -> Result<Option<String>> {
        let case = Case::of(text);
        let made = self.invented(domain, &fold::fold(text), true, make)?;
        Ok(made.map(|made| case.write(&made)))
    }

    /// A value with a random number in it, of `length` digits and more.
    fn numbered(
        &mut self,
        domain: &str,
        text: &str,
        length: u32,
        write: impl Fn(&str) -> String,
    ) -> Result<Option<String>> {
        self.invented(domain, &fold::fold(text), true, |chance, attempt| {
            write(&invent::random_digits(chance, (length + attempt / 40) as usize))
        })
    }

    /// The surrogate the vault remembers, or a new one: not the source's text, nobody's identifier and, where `unique`,
    /// no other value's. `None` where none was found.
    fn invented(
        &mut self,
        domain: &str,
        key: &str,
        unique: bool,
        make: impl FnMut(&mut dyn Chance, u32) -> String,
    ) -> Result<Option<String>> {
        self.invented_as(domain, key, unique, make, &Forms::same(Depth::Source))
    }

    /// As [`Self::invented`], for what is written in one format here and in another there: it must be nobody's in either,
    /// or the next format would have it invented anew and the same number would get two.
    fn invented_as(
        &mut self,
        domain: &str,
        key: &str,
        unique: bool,
        mut make: impl FnMut(&mut dyn Chance, u32) -> String,
        forms: &Forms<'_>,
    ) -> Result<Option<String>> {
        let roster = self.roster;
        let nobodys = |text: &str| roster.search(text, forms.depth).is_none();
        let fits = |made: &str| {
            let written = (forms.written)(made);
            fold::fold(made) != fold::fold(key) && nobodys(made) && (written == made || nobodys(&written))
        };
        let fits_elsewhere = |made: &str| {
            let apart = (forms.apart)(made);
            apart == made || nobodys(&apart)
        };
        // A later snapshot may have brought in somebody of that name.
        if let Some(known) = self.vault.get(domain, key)?.filter(|known| fits(known)) {
            return Ok(Some(known));
        }
        for attempt in 0..ATTEMPTS {
            let made = make(self.chance, attempt);
            // Where every short number is somebody's id, one that fits here has to do.
            let elsewhere = attempt >= ATTEMPTS / 2 || fits_elsewhere(&made);
            if elsewhere && fits(&made) && !(unique && self.vault.taken(domain, &made)?) {
                self.vault.put(domain, key, &made)?;
                return Ok(Some(made));
            }
        }
        Ok(None)
    }
}

/// How a number is written: in the format of the cell at hand, and in the groups that people write it in elsewhere. In
/// none of them may it be somebody's, searched as deep as the finished workbook will be.
struct Forms<'f> {
    written: &'f dyn Fn(&str) -> String,
    apart: &'f dyn Fn(&str) -> String,
    depth: Depth,
}

impl Forms<'_> {
    /// Of what is written in one way.
    fn same(depth: Depth) -> Self {
        Forms { written: &str::to_owned, apart: &str::to_owned, depth }
    }
}

/// Digits in groups of these lengths from their end, blanks between; what is left stands before them.
fn grouped(digits: &str, lengths: &[usize]) -> String {
    let mut groups = Vec::new();
    let mut rest = digits;
    for length in lengths {
        let (front, group) = rest.split_at(rest.len().saturating_sub(*length));
        groups.push(group);
        rest = front;
    }
    groups.push(rest);
    groups.reverse();
    groups.join(" ").trim().to_owned()
}

/// Numbers as measurements are written: no sign of an id's length, no leading zeros.
fn is_measurement(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let padded = whole.len() > 1 && whole.starts_with('0');
    number(whole) && number(fraction) && whole.len() + fraction.len() > 0 && whole.len() < 7 && !padded
}

const YES_OR_NO: &[&str] = &["y", "n", "yes", "no", "t", "f", "true", "false", "0", "1", "-1", "on", "off"];

/// The number an age begins with: `92`, `92.5`, `92 yrs`, `92yo`.
fn age(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    text[..end].parse().ok()
}

fn drop_word(class: Class, text: &str) -> String {
    match class {
        Class::Freetext => format!("(free text, {} characters)", text.chars().count()),
        Class::Photo => "(picture)".to_owned(),
        Class::Bio => "(biometric)".to_owned(),
        _ => WITHHELD.to_owned(),
    }
}

fn binary_word(class: Class) -> &'static str {
    match class {
        Class::Photo => "(picture)",
        Class::Bio => "(biometric)",
        _ => "(binary)",
    }
}
