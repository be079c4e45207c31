//! Words of schemas: what keys end with, what is short for what, who writes rows.

/// What a key's name ends (or begins) with besides what it is the key of.
#[rustfmt::skip]
pub const TAILS: &[&str] = &[
    "id", "ids", "uid", "uuid", "guid", "key", "pk", "fk", "oid", "rid", "sk", "sid", "no", "nr", "nbr", "num",
    "number", "code", "cd", "ref", "reference", "idx", "ix", "seq", "identifier", "rowid", "recid", "kode", "codigo",
];
/// Tails that mean a key and nothing else.
#[rustfmt::skip]
pub const ID_TAILS: &[&str] = &[
    "id", "ids", "uid", "uuid", "guid", "key", "pk", "fk", "oid", "rid", "sk", "identifier", "rowid", "recid",
];
/// Before a table's name they say nothing.
#[rustfmt::skip]
pub const TABLE_PREFIXES: &[&str] = &[
    "tbl", "tb", "t", "tab", "table", "dim", "fact", "lkp", "lu", "lk", "lookup", "ref", "mst", "mstr", "dbo", "public",
    "sys", "app", "core", "base", "form", "tm", "tr", "td", "l", "m", "md", "cd", "x",
];
/// After a table's name they say little.
#[rustfmt::skip]
pub const TABLE_ENDS: &[&str] = &[
    "data", "info", "information", "detail", "master", "mst", "mstr", "table", "tbl", "list", "header", "hdr", "head",
    "record", "lookup", "lu", "lkp", "ref", "file", "def", "definition", "base", "main", "registry", "entity", "tab",
    "demographic", "profile", "code", "supported", "available", "all", "dim", "dimension", "fact",
];
/// A table named after another with one of these is a copy or a log of it.
#[rustfmt::skip]
pub const COPIES: &[&str] = &[
    "bak", "bkp", "bkup", "backup", "old", "tmp", "temp", "copy", "archive", "arch", "history", "hist", "log", "audit",
    "aud", "staging", "stage", "stg", "import", "export", "view", "vw", "v", "snapshot", "deleted", "test", "orig",
    "save", "saved", "prev", "trash", "shadow", "journal", "new", "of",
];
/// After a key's name they say which of two rows of one table is meant: `person_id_from`.
pub const SIDES: &[&str] = &["up", "down", "from", "to", "left", "right", "source", "target", "src", "dst"];
/// Before a column's name: how its program writes that it holds a number or a text.
pub const HUNGARIAN: &[&str] = &["int", "lng", "str", "txt", "chr", "var", "fk", "pk", "fkey", "lngz", "cbo"];
/// A column that begins with one of these counts or measures.
#[rustfmt::skip]
pub const COUNTS: &[&str] = &[
    "num", "count", "cnt", "total", "tot", "max", "min", "qty", "quantity", "is", "has", "avg", "sum", "days", "hours",
    "minutes", "seconds", "amount", "number", "no", "percent", "pct", "rate", "age",
];
/// A column that ends with one of these is not a key.
#[rustfmt::skip]
pub const MEASURES: &[&str] = &[
    "count", "cnt", "total", "qty", "quantity", "amount", "amt", "price", "cost", "date", "time", "dt", "datetime",
    "name", "desc", "description", "percent", "pct", "flag", "flg", "yn", "age", "year", "month", "day", "hour",
    "minute", "duration", "size", "length", "width", "height", "weight", "score", "rate", "version", "phone", "fax",
    "zip", "email", "note", "comment", "order", "sequence", "seq", "sort", "rank", "position", "index", "line", "value",
    "result", "level", "revision", "stock", "balance", "limit", "threshold", "mode", "active", "enabled", "title",
    "street", "city", "line", "label", "text", "url", "password", "hash", "token", "min", "max", "on", "at", "points",
];
/// Words that are a table's name as well as something plain to count: alone they need the values' word.
#[rustfmt::skip]
pub const PLAIN: &[&str] = &[
    "order", "group", "type", "status", "state", "class", "level", "position", "number", "count", "line", "item", "day",
    "week", "year", "month", "sequence", "version", "rank", "grade", "stage", "step", "page", "section", "unit", "size",
    "result", "value", "score", "sex", "gender", "priority", "category", "mode", "option", "question", "answer",
];
/// Who writes rows.
#[rustfmt::skip]
pub const WRITERS: &[&str] = &[
    "creator", "author", "editor", "modifier", "owner", "approver", "assignee", "reviewer", "recorder", "uploader",
    "enterer", "updater", "submitter", "requester", "username", "login", "operator",
];
#[rustfmt::skip]
pub const WRITTEN: &[&str] = &[
    "create", "created", "creation", "modify", "modified", "update", "updated", "write", "written", "insert",
    "inserted", "enter", "entered", "edit", "edited", "change", "changed", "delete", "deleted", "add", "added",
    "record", "recorded", "approve", "approved", "sign", "signed", "void", "voided", "retire", "retired", "last",
    "assign", "assigned", "close", "closed", "verify", "verified", "review", "reviewed",
];
pub const WRITER_TABLES: &[&str] = &["user", "login", "account", "staff", "employee", "person", "operator"];
/// What is done to whom a row is about: with "by", whoever treated did it.
#[rustfmt::skip]
pub const TREATED: &[&str] = &[
    "given", "administered", "ordered", "performed", "collected", "drawn", "interpreted", "prescribed", "dispensed",
    "examined", "tested", "seen", "treated", "diagnosed", "referred", "vaccinated", "screened", "attended",
];
/// Who treats.
#[rustfmt::skip]
pub const TREATERS: &[&str] = &[
    "doctor", "physician", "nurse", "examiner", "technician", "clinician", "practitioner", "provider", "therapist",
    "surgeon", "attending", "referring", "performer", "healthprof", "prescriber", "consultant", "interpreter", "tester",
    "audiologist", "dentist",
];
#[rustfmt::skip]
pub const TREATER_TABLES: &[&str] =
    &["provider", "physician", "doctor", "practitioner", "healthprofessional", "staff", "clinician", "user", "employee"];
/// Who works for whom.
pub const CHIEFS: &[&str] =
    &["supervisor", "manager", "boss", "superior", "foreman", "rep", "representative", "salesman"];
pub const CHIEF_TABLES: &[&str] = &["employee", "staff", "personnel", "worker", "salesperson", "user", "person"];
/// Who is of the family, or stands for somebody.
#[rustfmt::skip]
pub const RELATIVES: &[&str] =
    &["mother", "father", "spouse", "guardian", "guarantor", "subscriber", "insured", "dependent", "newborn", "child"];
pub const PERSON_TABLES: &[&str] = &["person", "patient", "party", "individual", "employee"];
/// People are persons, whichever table says more about them.
#[rustfmt::skip]
pub const KINDS_OF_PERSON: &[&str] = &[
    "patient", "employee", "user", "provider", "staff", "customer", "student", "contact", "physician", "member",
    "worker", "client", "salesperson", "teacher", "instructor", "nurse", "donor", "applicant", "practitioner",
];
pub const WHOLE_PERSON: &[&str] = &["person", "party", "individual", "businessentity"];
/// A row that another row of the same table is above, before or instead of.
#[rustfmt::skip]
pub const OWN: &[&str] = &[
    "parent", "previous", "prev", "prior", "next", "master", "root", "original", "orig", "superior", "replaces",
    "replaced", "linked", "ancestor", "upper", "superseded", "supersedes", "predecessor", "successor", "parentid",
    "reports", "reportsto", "mainaccount", "self", "duplicate", "merged", "corrects", "child", "supervisor", "manager",
    "template",
];

/// Short for what; sorted.
#[rustfmt::skip]
pub const SHORT: &[(&str, &str)] = &[
    ("acc", "account"), ("acct", "account"), ("addr", "address"), ("adm", "admission"), ("appt", "appointment"),
    ("assn", "assignment"), ("attr", "attribute"), ("cat", "category"), ("categ", "category"), ("cli", "client"),
    ("clin", "clinic"), ("cntry", "country"), ("co", "company"), ("comp", "company"), ("cust", "customer"),
    ("dep", "department"), ("dept", "department"), ("dia", "diagnosis"), ("diag", "diagnosis"), ("doc", "document"),
    ("dr", "doctor"), ("dx", "diagnosis"), ("ee", "employee"), ("emp", "employee"), ("empl", "employee"),
    ("enc", "encounter"), ("eqp", "equipment"), ("equip", "equipment"), ("evt", "event"), ("exp", "exposure"),
    ("fac", "facility"), ("grp", "group"), ("hosp", "hospital"), ("imm", "immunization"), ("immun", "immunization"),
    ("ins", "insurance"), ("inv", "invoice"), ("lang", "language"), ("loc", "location"), ("mat", "material"),
    ("med", "medication"), ("meds", "medication"), ("mfg", "manufacturer"), ("mfr", "manufacturer"),
    ("mgr", "manager"), ("obs", "observation"), ("occ", "occupation"), ("ord", "order"), ("org", "organization"),
    ("pat", "patient"), ("patnt", "patient"), ("pers", "person"), ("phy", "physician"), ("prod", "product"),
    ("prog", "program"), ("proj", "project"), ("prov", "provider"), ("prv", "provider"), ("pt", "patient"),
    ("ptnt", "patient"), ("qst", "question"), ("quest", "question"), ("reg", "region"), ("req", "request"),
    ("rx", "prescription"), ("sched", "schedule"), ("spec", "specimen"), ("sup", "supplier"), ("supp", "supplier"),
    ("supv", "supervisor"), ("svc", "service"), ("tech", "technician"), ("trans", "transaction"), ("trx", "transaction"), ("txn", "transaction"),
    ("usr", "user"), ("vac", "vaccine"), ("vend", "vendor"), ("vis", "visit"), ("vst", "visit"), ("whse", "warehouse"),
    ("wkr", "worker"),
];

/// Whole names that are short for a key.
pub const KEYS: &[(&str, &str)] =
    &[("eid", "employee"), ("mrn", "patient"), ("pid", "patient"), ("ptid", "patient"), ("uid", "user")];

/// One of many that no rule of endings gives.
#[rustfmt::skip]
pub const SINGULARS: &[(&str, &str)] = &[
    ("people", "person"), ("persons", "person"), ("children", "child"), ("diagnoses", "diagnosis"), ("men", "man"),
    ("analyses", "analysis"), ("indices", "index"), ("matrices", "matrix"), ("criteria", "criterion"),
    ("movies", "movie"), ("employes", "employee"), ("series", "series"), ("species", "species"),
    ("addresses", "address"), ("businesses", "business"), ("processes", "process"), ("allergies", "allergy"),
    ("responses", "response"), ("expenses", "expense"), ("licenses", "license"), ("nurses", "nurse"),
    ("courses", "course"), ("houses", "house"), ("warehouses", "warehouse"), ("cases", "case"), ("releases", "release"),
    ("databases", "database"), ("purchases", "purchase"), ("doses", "dose"), ("diseases", "disease"),
];
