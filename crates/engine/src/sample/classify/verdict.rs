//! One column judged by itself: header, declared type, figures and the shape of its values.

use super::super::people::RARE;
use super::header_rule::{self, Hint};
use super::table_role::{self, TableRole};
use super::value_shape::{self, Shape};
use super::word_list::CALLED_THINGS;
use super::{Action, BY_VALUES, Cell, Class, Column, usual_action};
use crate::profile::{ColumnFigures, InferredType};

/// What a column is taken for, and why.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub class: Class,
    pub action: Action,
    pub confidence: f64,
    pub evidence: Vec<String>,
    pub domain: String,
    /// A key or number of something: the keys of the schema settle whose.
    pub id: bool,
}

impl Verdict {
    fn new(class: Class, confidence: f64, why: impl Into<String>) -> Self {
        Self {
            class,
            action: usual_action(class),
            confidence,
            evidence: vec![why.into()],
            domain: String::new(),
            id: false,
        }
    }

    fn dropped(class: Class, confidence: f64, why: impl Into<String>) -> Self {
        Self { action: Action::Drop, ..Self::new(class, confidence, why) }
    }

    fn id(confidence: f64, why: impl Into<String>) -> Self {
        Self { id: true, ..Self::new(Class::Uid, confidence, why) }
    }

    fn and(mut self, why: impl Into<String>) -> Self {
        self.evidence.push(why.into());
        self
    }
}

/// Longest text of an enumeration's value, in characters.
const LONG_TEXT: u64 = 100;
/// As many distinct values as an enumeration may have, however few the rows.
const FEW: u64 = 12;
/// As many as a list of codes may have that nothing but its values speaks for.
const CODE_LIST: u64 = 500;

/// Judges a column without looking at others; `top` are its most frequent values.
pub(super) fn verdict(column: &Column<'_>, top: &[(Cell, u64)]) -> Verdict {
    let clue = column.clue;
    let figures = clue.figures;
    let hint = header_rule::hint(&column.words, column.role);
    let said = || format!("header says: {}", column.words.join(" "));
    let declared = declared(clue.declared_type);
    let shape = value_shape::shape(top, is_varied(figures));
    if declared == Declared::Binary || figures.inferred_type == InferredType::Binary && figures.filled() > 0 {
        return binary(&hint, said());
    }
    if declared == Declared::Time && !matches!(hint, Hint::Class(..)) {
        return Verdict::new(Class::None, 0.8, "declared as a time of day");
    }
    if is_date((column, top), &hint, declared, shape) {
        return Verdict::new(
            Class::Date,
            0.97,
            if declared == Declared::Date { "declared as a date".to_owned() } else { said() },
        );
    }
    let numeric = is_numeric(figures, declared);
    match hint {
        Hint::Class(class, sure) if !speaks_against(class, figures, numeric) => {
            identifier(class, sure, shape, numeric, said())
        }
        Hint::Coordinates => {
            let class = if column.role == TableRole::Staff { Class::Staff } else { Class::Geo };
            Verdict::dropped(class, 0.95, said())
        }
        Hint::Secret => Verdict::dropped(Class::Uid, 0.9, said()),
        Hint::Organization => organization(column, shape, said()),
        Hint::PersonOrId(_) if numeric || shape == Some(Shape::Uuid) => Verdict::id(0.85, said()),
        Hint::PersonOrId(_) if is_flag(figures) => Verdict::new(Class::None, 0.7, "yes or no"),
        Hint::PersonOrId(class) => Verdict::new(class, 0.85, said()),
        Hint::Id if figures.inferred_type != InferredType::Decimal => Verdict::id(0.9, said()),
        _ if clue.references.is_some() => Verdict::id(0.95, "a foreign key"),
        _ if clue.primary && !is_enumeration(figures) => Verdict::id(0.85, "part of the primary key"),
        hint => by_value((column, top), &hint, shape, numeric, said()),
    }
}

/// How a source declares a column, as far as that says anything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Declared {
    Date,
    Time,
    Binary,
    Number,
    LongText,
    Other,
}

fn declared(declared_type: &str) -> Declared {
    let folded = declared_type.to_lowercase();
    let begins = |any: &[&str]| any.iter().any(|start| folded.starts_with(start));
    if begins(&["date", "timestamp", "smalldatetime", "year"]) {
        Declared::Date
    } else if begins(&["time"]) {
        Declared::Time
    } else if folded.contains("blob") || begins(&["binary", "varbinary", "image", "bytea", "ole"]) {
        Declared::Binary
    } else if begins(&["tinytext", "mediumtext", "longtext", "text", "clob", "memo", "ntext", "json", "xml"]) {
        Declared::LongText
    } else if begins(&[
        "int",
        "bigint",
        "smallint",
        "tinyint",
        "mediumint",
        "decimal",
        "numeric",
        "float",
        "double",
        "real",
        "money",
        "bit",
    ]) {
        Declared::Number
    } else {
        Declared::Other
    }
}

fn binary(hint: &Hint, said: String) -> Verdict {
    match hint {
        Hint::Class(class @ (Class::Bio | Class::Photo), sure) => Verdict::new(*class, *sure, said).and("binary"),
        _ => Verdict::dropped(Class::Uid, 0.6, "binary: nobody can see what it holds"),
    }
}

fn is_date(
    (column, top): (&Column<'_>, &[(Cell, u64)]),
    hint: &Hint,
    declared: Declared,
    shape: Option<Shape>,
) -> bool {
    let figures = column.clue.figures;
    let told = matches!(figures.inferred_type, InferredType::Date | InferredType::Datetime);
    if declared == Declared::Date {
        return true;
    }
    if told {
        // Numbers of eight digits that all happen to be days.
        return !matches!(hint, Hint::Class(Class::Ssn | Class::Mrn | Class::Plan | Class::Acct | Class::Lic, _));
    }
    match hint {
        Hint::Class(Class::Date, _) => true,
        Hint::Date => {
            top.is_empty() && (declared != Declared::Number || column.words.iter().any(|word| word == "date"))
                || value_shape::dated(top) >= 0.5
        }
        Hint::TimeOfDay | Hint::None | Hint::Id | Hint::Enumeration => shape == Some(Shape::Date),
        _ => false,
    }
}

/// A header may name what the values are clearly not.
fn speaks_against(class: Class, figures: &ColumnFigures, numeric: bool) -> bool {
    match class {
        Class::Staff | Class::Uid | Class::Ssn | Class::Mrn | Class::Acct | Class::Plan => false,
        _ if is_flag(figures) => true,
        Class::Name | Class::Email | Class::Url | Class::Employer => {
            numeric && figures.max_length <= 2 && figures.filled() > 0
        }
        _ => false,
    }
}

fn identifier(class: Class, sure: f64, shape: Option<Shape>, numeric: bool, said: String) -> Verdict {
    let verdict = Verdict::new(class, sure, said);
    match (class, shape) {
        // Numbers under a staff word, a name or an employer are keys to those.
        (Class::Staff | Class::Name | Class::Employer, shape) if numeric || shape == Some(Shape::Uuid) => {
            Verdict { id: true, ..verdict }
        }
        (Class::Photo | Class::Url, Some(Shape::FilePath)) => verdict.and(Shape::FilePath.words()),
        (Class::Uid, _) => Verdict { id: true, ..verdict },
        (_, Some(shape)) if shape.class() == Some(class) => verdict.and(shape.words()),
        _ => verdict,
    }
}

/// Nobody's identifier, yet of no use in a sample where it varies: its name is suppressed when rare, the rest withheld.
fn organization(column: &Column<'_>, shape: Option<Shape>, said: String) -> Verdict {
    let verdict = Verdict::dropped(Class::None, 0.75, said).and("of an organisation that treats, pays or is listed");
    let named = column.words.last().is_some_and(|word| word == "name");
    match shape {
        _ if named => Verdict { action: Action::Pass, ..verdict },
        _ => verdict,
    }
}

fn by_value(
    (column, top): (&Column<'_>, &[(Cell, u64)]),
    hint: &Hint,
    shape: Option<Shape>,
    numeric: bool,
    said: String,
) -> Verdict {
    let clue = column.clue;
    let figures = clue.figures;
    let declared = declared(clue.declared_type);
    let shape = shape.filter(|shape| !shape.is_weak() || !is_spoken_against(column, hint, *shape, numeric));
    if let Some((shape, class)) = shape.and_then(|shape| shape.class().map(|class| (shape, class))) {
        if class == Class::Uid {
            return Verdict::id(0.75, shape.words());
        }
        let of_staff = column.role == TableRole::Staff && matches!(class, Class::Name | Class::Email | Class::Phone);
        return Verdict::new(if of_staff { Class::Staff } else { class }, BY_VALUES, shape.words());
    }
    match shape {
        Some(Shape::ListedCode) => {
            return Verdict::new(Class::None, 0.8, Shape::ListedCode.words()).and("rare values are suppressed");
        }
        Some(Shape::TimeOfDay) => return Verdict::new(Class::None, 0.75, Shape::TimeOfDay.words()),
        Some(Shape::FilePath) => return Verdict::dropped(Class::Uid, 0.7, Shape::FilePath.words()),
        Some(Shape::Measured) if !numeric && *hint != Hint::Prose && figures.distinct * 2 <= figures.filled() => {
            return Verdict::new(Class::None, 0.7, Shape::Measured.words()).and("rare values are suppressed");
        }
        _ => {}
    }
    if *hint == Hint::Prose && !numeric && !is_flag(figures) {
        return Verdict::new(Class::Freetext, 0.9, said);
    }
    if numeric {
        return number(column, hint, top);
    }
    if figures.filled() == 0 {
        return unfilled(column, hint, declared);
    }
    if is_flag(figures) {
        return Verdict::new(Class::None, 0.9, "yes or no");
    }
    if column.beside_code && figures.max_length <= 300 {
        return Verdict::new(Class::None, 0.8, "the words of the code beside it; rare ones are suppressed");
    }
    if *hint == Hint::Enumeration || is_enumeration(figures) {
        return Verdict::new(Class::None, 0.8, values(figures)).and("an enumeration; rare values are suppressed");
    }
    if column.role == TableRole::Lookup && figures.max_length <= 300 {
        return Verdict::new(Class::None, 0.7, "in a list of codes; rare values are suppressed");
    }
    denied(figures, declared)
}

/// Whether the header, or a code beside it, speaks against what the values only look like.
fn is_spoken_against(column: &Column<'_>, hint: &Hint, shape: Shape, numeric: bool) -> bool {
    let kind = matches!(hint, Hint::Measurement | Hint::Enumeration | Hint::TimeOfDay);
    let named = matches!(shape, Shape::PersonName | Shape::FullNames | Shape::UnknownNames);
    let called = |word: &String| {
        let word = table_role::singular(word);
        table_role::THINGS.contains(&word.as_str()) || CALLED_THINGS.contains(&word.as_str())
    };
    match shape {
        // Numbers are judged by their length as well.
        Shape::NumberOfSomething => kind || numeric || column.beside_code || column.role == TableRole::Lookup,
        Shape::PersonName | Shape::UnknownNames if kind => true,
        _ if named && column.beside_code => true,
        Shape::FullNames | Shape::UnknownNames => {
            column.role == TableRole::Lookup || column.words.last().is_some_and(called)
        }
        _ => kind && !named,
    }
}

fn number(column: &Column<'_>, hint: &Hint, top: &[(Cell, u64)]) -> Verdict {
    let figures = column.clue.figures;
    let unique = figures.filled() >= 20
        && figures.distinct == figures.filled()
        && figures.inferred_type == InferredType::Integer;
    // Shorter ones are measured and counted all the time, and so are round ones.
    let long = figures.min_length >= 5
        && figures.distinct > 1
        && figures.inferred_type == InferredType::Integer
        && !value_shape::are_round(top);
    // The number of a visit counts a person's, unless no two visits have the same.
    let counted = *hint == Hint::Measurement && !(unique && column.words.last().is_some_and(|word| word == "number"));
    match hint {
        _ if counted || *hint == Hint::Enumeration => {}
        _ if unique && figures.max_length >= 4 => return Verdict::id(0.6, "a different whole number in every row"),
        _ if long => {
            return Verdict::id(0.6, "whole numbers of five digits and more, and nothing says they were measured");
        }
        _ => {}
    }
    Verdict::new(Class::None, 0.8, "numbers: measured or counted")
}

/// No values to judge by: a schema alone, or a column nobody filled.
fn unfilled(column: &Column<'_>, hint: &Hint, declared: Declared) -> Verdict {
    match (hint, declared) {
        (_, Declared::LongText) => {
            Verdict::new(Class::Freetext, 0.6, "declared as long text, nothing in it to judge by")
        }
        (Hint::Enumeration | Hint::Measurement, _) | (_, Declared::Number) => Verdict::new(
            Class::None,
            0.6,
            "nothing in it to judge by; the header and the declared type name no identifier",
        ),
        _ if column.clue.figures.rows > 0 || column.clue.declared_type.is_empty() => {
            Verdict::new(Class::None, 0.6, "empty")
        }
        _ => Verdict::new(Class::None, 0.5, "nothing in it to judge by; the header names no identifier"),
    }
}

/// Default deny: nobody classified it, and it has many values.
fn denied(figures: &ColumnFigures, declared: Declared) -> Verdict {
    let why = format!("{}, and nothing says what they are: withheld", values(figures));
    if declared == Declared::LongText || figures.max_length > 30 || figures.inferred_type == InferredType::Text {
        Verdict::dropped(Class::Freetext, 0.5, why)
    } else {
        Verdict::dropped(Class::Uid, 0.5, why)
    }
}

fn values(figures: &ColumnFigures) -> String {
    format!("{} distinct values in {} rows", figures.distinct, figures.filled())
}

fn is_numeric(figures: &ColumnFigures, declared: Declared) -> bool {
    match figures.inferred_type {
        InferredType::Integer | InferredType::Decimal => true,
        InferredType::Empty | InferredType::Constant | InferredType::Boolean | InferredType::Identifier => {
            declared == Declared::Number
        }
        _ => false,
    }
}

fn is_flag(figures: &ColumnFigures) -> bool {
    figures.inferred_type == InferredType::Boolean
}

/// Few values, or values that each many rows share.
fn is_enumeration(figures: &ColumnFigures) -> bool {
    let filled = figures.filled();
    let few =
        figures.distinct <= FEW && filled >= figures.distinct * 2 || figures.inferred_type == InferredType::Constant;
    figures.max_length <= LONG_TEXT * 2
        && figures.inferred_type != InferredType::Identifier
        && (few
            || figures.max_length <= LONG_TEXT && figures.distinct <= CODE_LIST && figures.distinct * RARE <= filled)
}

/// Values vary enough to be of different people.
fn is_varied(figures: &ColumnFigures) -> bool {
    figures.distinct >= 10 && figures.distinct * 50 >= figures.filled()
}
