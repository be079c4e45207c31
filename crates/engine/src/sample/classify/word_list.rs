//! Word lists of the header rules.

/// Last words that turn a header into a property of what it names: `phone type` is no phone.
#[rustfmt::skip]
pub const QUALIFIERS: &[&str] = &[
    "type", "status", "flag", "indicator", "count", "format", "class", "category", "method", "source", "relationship",
    "relation", "language", "color", "colour", "size", "length", "version", "level", "kind", "mode", "specialty",
    "speciality", "taxonomy", "role", "rank", "eligibility", "required", "allowed", "verified", "consent", "sex",
    "gender", "race", "ethnicity", "religion", "citizenship", "amount", "cost", "total", "rate", "percent", "score",
    "unit", "units", "quantity", "days", "hours", "months", "minutes", "years", "setting", "severity", "route",
    "frequency", "dose", "laterality", "priority", "modifier", "on", "suffix", "prefix", "title", "credentials",
    "active", "state", "country", "grade", "shift", "suffixes", "permission", "permissions", "access", "notified",
    "expenses", "coverage", "age",
];
/// Last words of what was measured or counted.
#[rustfmt::skip]
pub const MEASURES: &[&str] = &[
    "amount", "cost", "total", "rate", "percent", "score", "quantity", "days", "hours", "months", "minutes", "years",
    "count", "age", "weight", "height", "temperature", "pulse", "revenue", "expenses", "payments", "balance", "price",
    "utilization", "salary", "length", "bytes", "seconds", "pages",
];
/// Last words of keys and numbers.
#[rustfmt::skip]
pub const KEY_TAILS: &[&str] = &[
    "id", "uid", "uuid", "number", "key", "identifier", "accession", "reference", "oid", "pk", "fk", "ids",
];
/// Words for what people write in sentences.
#[rustfmt::skip]
pub const PROSE: &[&str] = &[
    "note", "notes", "comment", "comments", "narrative", "remark", "remarks", "memo", "dictation", "message",
    "transcript", "impression", "findings", "instructions", "instruction", "opinion", "payload", "json", "xml",
    "html",
];
/// Numbers of what repeats inside a record or a list: they identify nobody.
#[rustfmt::skip]
pub const ORDINALS: &[&str] = &[
    "sequence", "line", "lot", "room", "step", "dose", "version", "page", "row", "floor", "bed", "order", "item",
    "week", "day", "visit", "port", "priority", "series", "copy", "copies", "refill", "refills", "batch", "revision",
    "section", "question",
];
/// Which part of a name, or which name.
#[rustfmt::skip]
pub const NAME_PARTS: &[&str] = &[
    "first", "last", "middle", "maiden", "given", "family", "nick", "preferred", "full", "legal", "surname", "former",
];
/// Those around a record whose names stand in it.
#[rustfmt::skip]
pub const NAMED_PEOPLE: &[&str] = &[
    "patient", "employee", "person", "owner", "caller", "contact", "supervisor", "manager", "witness", "spouse",
    "wife", "husband", "mother", "mothers", "father", "guardian", "guardians", "guarantor", "subscriber", "insured",
    "member", "kin", "child", "parent", "dependent", "sponsor", "injured", "worker", "claimant", "emergency",
    "responsible", "recipient", "client", "foreman", "adjuster", "attorney", "lawyer", "relative", "caregiver",
    "sender", "attending", "referring", "reader", "tester", "resource", "holder",
];
/// Staff, as a last word that may be a name or a key.
#[rustfmt::skip]
pub const WRITERS: &[&str] = &[
    "tech", "mro", "reader", "attending", "rn", "reviewer",
];
/// Published code sets: a column of their codes identifies nobody.
#[rustfmt::skip]
pub const CODE_SYSTEMS: &[&str] = &[
    "cpt", "icd", "hcpcs", "loinc", "ndc", "snomed", "sct", "cvx", "mvx", "drg", "rxnorm", "rxcui", "atc", "naics",
    "cdt", "icpc", "ucum",
];
/// Kinds of things that are called by capitalised words, so that such words under these headers are no names.
#[rustfmt::skip]
pub const CALLED_THINGS: &[&str] = &[
    "lab", "brand", "maker", "manufacturer", "model", "make", "supplier", "insurer", "insurance", "hospital", "shop",
    "trade", "craft", "union", "occupation", "industry", "religion", "race", "nationality", "species", "organism",
    "specimen", "antibiotic", "reaction", "specialty", "building", "vessel", "color", "result", "finding", "diagnosis",
    "problem", "symptom", "complaint", "test", "exam", "substance", "material", "equipment", "machine", "device",
    "module", "application", "system", "browser", "protocol", "strength", "form", "unit", "status", "outcome",
];
