//! What a table is about, by its name and its columns: a bare `name` is a person's in one and a drug's in another.

use super::super::header;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableRole {
    /// Patients, employees and those around them.
    People,
    /// Those who treat, write and log in.
    Staff,
    /// The employer's companies and sites.
    Employer,
    /// Payers, facilities, laboratories: organisations that treat or pay.
    Organization,
    /// Code sets and other lists.
    Lookup,
    /// Whatever happened to somebody.
    Event,
}

#[rustfmt::skip]
pub const PEOPLE: &[&str] = &[
    "patient", "employee", "person", "people", "personnel", "member", "subscriber", "insured", "guarantor",
    "guardian", "dependent", "applicant", "demographic", "worker", "claimant", "resident", "spouse", "relative",
    "contact", "client", "beneficiary", "individual", "participant", "donor", "caregiver", "newborn", "mother",
    "father", "parent", "child", "kin", "candidate", "student",
];
#[rustfmt::skip]
pub const STAFF: &[&str] = &[
    "provider", "user", "staff", "physician", "doctor", "practitioner", "nurse", "clinician", "technician",
    "examiner", "therapist", "operator", "surgeon", "pharmacist", "prescriber", "interpreter", "login", "author",
    "agent", "counselor",
];
/// Things whose keys and names point at nobody: kinds, places of work, forms.
#[rustfmt::skip]
pub const THINGS: &[&str] = &[
    "type", "status", "category", "class", "code", "department", "location", "site", "facility", "organization",
    "payer", "schedule", "reason", "job", "unit", "shift", "vaccine", "immunization", "drug", "procedure", "form",
    "template", "role", "language", "country", "state", "group", "question", "pharmacy", "clinic", "laboratory",
    "manufacturer", "route", "relationship", "race", "ethnicity", "room", "menu", "setting", "carrier", "vendor",
    "product", "analyte", "list", "option", "region", "division", "company", "exposure", "program", "project",
    "medication", "test", "panel", "table", "service", "plan", "allergen", "event",
];
const EMPLOYER: &[&str] = &["employer", "company", "workplace", "worksite"];
#[rustfmt::skip]
const ORGANIZATION: &[&str] = &[
    "organization", "payer", "facility", "pharmacy", "hospital", "carrier", "insurance", "insurer", "vendor",
    "supplier", "clinic", "laboratory", "lab", "manufacturer", "site", "location", "office", "business", "practice",
    "entity",
];
#[rustfmt::skip]
const LOOKUP: &[&str] = &[
    "code", "type", "lookup", "list", "category", "class", "department", "dictionary", "status", "reason", "option",
    "setting", "config", "template", "schedule", "race", "language", "relation", "part", "group", "menu", "unit",
    "room", "job",
];
/// Words that say nothing about what a table holds.
const FILLER: &[&str] =
    &["data", "info", "information", "master", "table", "detail", "record", "file", "old", "address", "main"];

/// The role of a table, from its name and its columns' headers in words.
pub fn role(table: &str, columns: &[Vec<String>]) -> TableRole {
    let words: Vec<String> = header::words(table).iter().map(|word| singular(word)).collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let only = |any: &[&str]| words.iter().all(|word| any.contains(&word.as_str()) || FILLER.contains(&word.as_str()));
    let column = |first: &str, second: &str| {
        columns.iter().any(|words| words.windows(2).any(|pair| pair[0] == first && pair[1] == second))
            || columns.iter().any(|words| words.as_slice() == [first])
    };
    // `nom` and `nombre` are a family's or a given name where the other stands beside them.
    let bare = columns.iter().any(|words| words.as_slice() == ["name"]);
    let (last, first) = (column("last", "name"), column("first", "name"));
    let named = last && first || bare && (last || first) || columns.iter().any(|w| w.as_slice() == ["surname"]);
    let born = columns.iter().any(|words| words.iter().any(|word| word == "birth"));
    if only(LOOKUP) && !named {
        return TableRole::Lookup;
    }
    if has(STAFF) && !born && (only(STAFF) || named) {
        return TableRole::Staff;
    }
    if named || born || only(PEOPLE) {
        return TableRole::People;
    }
    if only(EMPLOYER) {
        return TableRole::Employer;
    }
    let organization: Vec<&str> = ORGANIZATION.iter().chain(EMPLOYER).copied().collect();
    if only(&organization) {
        return TableRole::Organization;
    }
    if words.last().is_some_and(|last| LOOKUP.contains(&last.as_str())) && !has(PEOPLE) {
        return TableRole::Lookup;
    }
    TableRole::Event
}

/// English plurals to singulars, well enough for table names.
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let keeps = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(stem) if !keeps && stem.len() > 2 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_about_people_staff_organisations_lists_or_events() {
        for (table, columns, expected) in [
            ("patients", "Id FIRST LAST", TableRole::People),
            ("tblEmployees", "emp_id lname fname", TableRole::People),
            ("zz_old_bak", "last_name first_name dob", TableRole::People),
            ("providers", "id name", TableRole::Staff),
            ("users", "login full_name", TableRole::Staff),
            ("provider_visits", "provider_id visit_id", TableRole::Event),
            ("payers", "id name", TableRole::Organization),
            ("insurance_companies", "id name", TableRole::Organization),
            ("company", "id name", TableRole::Employer),
            ("payer_transitions", "patient payer", TableRole::Event),
            ("visit_type", "visit_type_cd description", TableRole::Lookup),
            ("race_code", "code description", TableRole::Lookup),
            ("department", "dept_id dept_name", TableRole::Lookup),
            ("audiometry", "audio_id test_date", TableRole::Event),
        ] {
            let columns: Vec<Vec<String>> = columns.split(' ').map(header::words).collect();
            assert_eq!(role(table, &columns), expected, "{table}");
        }
    }
}
