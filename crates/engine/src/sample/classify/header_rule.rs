//! What a header says a column holds.

use super::super::Class;
use super::table_role::{self, TableRole};

/// What the header speaks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hint {
    Class(Class, f64),
    /// A place's coordinates: nothing can stand for them.
    Coordinates,
    /// A secret, such as a password.
    Secret,
    /// A key or number of something; what of, the keys decide.
    Id,
    /// The person word stands alone: an id where the values are numbers, a name where they are text.
    PersonOrId(Class),
    /// Contact data and name of an organisation that treats or pays: nobody's identifier.
    Organization,
    /// A word for a kind, a state, a flag: an enumeration where the values are few.
    Enumeration,
    /// A number that was measured or counted.
    Measurement,
    /// Prose where it is long or varied.
    Prose,
    Date,
    TimeOfDay,
    None,
}

/// Last words that turn a header into a property of what it names: `phone type` is no phone.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "type", "status", "flag", "indicator", "count", "format", "class", "category", "method", "source", "relationship", "relation",
    "language", "color", "colour", "size", "length", "version", "level", "kind", "mode", "specialty", "speciality", "taxonomy", "role",
    "rank", "eligibility", "required", "allowed", "verified", "consent", "sex", "gender", "race", "ethnicity", "religion", "citizenship",
    "amount", "cost", "total", "rate", "percent", "score", "unit", "units", "quantity", "days", "hours", "months", "minutes", "years", "setting",
    "severity", "route", "frequency", "dose", "laterality", "priority", "modifier", "on", "suffix", "prefix", "title", "credentials", "active",
    "state", "country", "grade", "shift", "suffixes", "permission", "permissions", "access", "notified", "expenses", "coverage", "age",
];
const MEASURES: &[&str] = &[
    "amount",
    "cost",
    "total",
    "rate",
    "percent",
    "score",
    "quantity",
    "days",
    "hours",
    "months",
    "minutes",
    "years",
    "count",
    "age",
    "weight",
    "height",
    "temperature",
    "pulse",
    "revenue",
    "expenses",
    "payments",
    "balance",
    "price",
    "utilization",
    "salary",
    "length",
];
const KEY_TAILS: &[&str] =
    &["id", "uid", "uuid", "number", "key", "identifier", "accession", "reference", "oid", "pk", "fk", "ids"];
const PROSE: &[&str] = &[
    "note",
    "notes",
    "comment",
    "comments",
    "narrative",
    "remark",
    "remarks",
    "memo",
    "dictation",
    "message",
    "transcript",
    "impression",
    "findings",
    "instructions",
    "instruction",
    "opinion",
    "payload",
    "json",
    "xml",
    "html",
];
/// Number of what repeats inside a record or a list: identifies nobody.
#[rustfmt::skip]
const ORDINALS: &[&str] = &[
    "sequence", "line", "lot", "room", "step", "dose", "version", "page", "row", "floor", "bed", "order", "item", "week", "day", "visit",
    "port", "priority", "series", "copy", "copies", "refill", "refills", "batch", "revision", "section", "question",
];

/// Reads a header's words, in the light of the table's role.
pub fn hint(words: &[String], role: TableRole) -> Hint {
    let header = Header {
        words: words.iter().map(String::as_str).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect(),
    };
    let found = header
        .fixed_identifier()
        .or_else(|| header.qualified())
        .or_else(|| header.place())
        .or_else(|| header.person(role));
    let found = found.or_else(|| header.rest());
    match (found, role) {
        // Whatever locates or reaches a provider is the provider's.
        (
            Some(Hint::Class(Class::Geo | Class::Zip | Class::Phone | Class::Fax | Class::Email | Class::Name, sure)),
            TableRole::Staff,
        ) => Hint::Class(Class::Staff, sure),
        (Some(Hint::Coordinates), TableRole::Staff) => Hint::Coordinates,
        (
            Some(
                Hint::Class(
                    Class::Geo | Class::Zip | Class::Phone | Class::Fax | Class::Url | Class::Name | Class::Employer,
                    _,
                )
                | Hint::Coordinates,
            ),
            TableRole::Organization | TableRole::Lookup,
        ) if !header.any(table_role::PEOPLE)
            && !header.any(table_role::STAFF)
            && !header.any(&["last", "first", "manager"]) =>
        {
            Hint::Organization
        }
        (found, _) => found.unwrap_or(Hint::None),
    }
}

struct Header<'a> {
    words: Vec<&'a str>,
}

impl Header<'_> {
    fn any(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(word) || words.contains(&table_role::singular(word).as_str()))
    }

    fn all(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.words.contains(word))
    }

    fn tail(&self, words: &[&str]) -> bool {
        self.words.last().is_some_and(|last| words.contains(last))
    }

    fn is(&self, words: &[&str]) -> bool {
        self.words.len() == 1 && words.contains(&self.words[0])
    }

    fn numbered(&self) -> bool {
        self.tail(&["number", "id", "code", "identifier", "key"])
    }

    /// Identifiers that no other word takes back, unless it says the column is a kind or a flag.
    fn fixed_identifier(&self) -> Option<Hint> {
        let sure = |class| Some(Hint::Class(class, 0.97));
        if self.tail(QUALIFIERS) && !self.tail(&["on"]) {
            return None;
        }
        // The key of a table of phones is no phone.
        if self.tail(&["id"])
            && self.any(&["phone", "email", "fax", "address", "zip", "url", "photo", "picture", "serial"])
        {
            return Some(Hint::Id);
        }
        if self.any(&["ssn"])
            || self.all(&["social", "security"])
            || self.all(&["tax", "id"])
            || self.all(&["national", "id"])
        {
            return sure(Class::Ssn);
        }
        if self.any(&["email"]) || self.all(&["mail", "address"]) && self.any(&["e", "electronic"]) {
            return sure(Class::Email);
        }
        if self.any(&["fax"]) {
            return sure(Class::Fax);
        }
        if self.any(&["phone", "pager", "beeper"])
            || self.tail(&["cell", "mobile", "wireless", "landline"]) && self.words.len() <= 3
        {
            return sure(Class::Phone);
        }
        if self.any(&["zip", "zipcode", "plz"]) || self.all(&["postal", "code"]) || self.is(&["postal"]) {
            return sure(Class::Zip);
        }
        if self.any(&["ip"]) && !self.any(&["inpatient"]) || self.all(&["mac", "address"]) {
            return sure(Class::Ip);
        }
        if self.any(&["url", "website", "webpage", "homepage"]) || self.is(&["web"]) {
            return sure(Class::Url);
        }
        if self.any(&["vin"]) || self.all(&["license", "plate"]) || self.any(&["vehicle"]) && self.numbered() {
            return sure(Class::Vehicle);
        }
        if self.any(&["udi", "imei"])
            || self.all(&["serial", "number"])
            || self.all(&["device", "id"])
            || self.tail(&["serial"])
        {
            return sure(Class::Device);
        }
        if self.any(&["npi", "dea", "upin", "licence", "drivers", "driver"])
            || self.any(&["license", "certificate", "permit"]) && !self.tail(&["date"])
        {
            return (!self.tail(&["date"])).then_some(Hint::Class(Class::Lic, 0.95));
        }
        if self.any(&["mrn"])
            || self.any(&["medical", "medication"]) && self.any(&["record"])
            || self.any(&["chart"]) && self.numbered()
        {
            return sure(Class::Mrn);
        }
        if self.any(&["patient"]) && self.tail(&["number", "code", "identifier"]) && self.words.len() == 2 {
            return Some(Hint::Class(Class::Mrn, 0.9));
        }
        if self.any(&["password", "passphrase", "pin", "salt", "hash", "token", "secret"]) && self.words.len() <= 3 {
            return Some(Hint::Secret);
        }
        self.plan_or_account()
    }

    fn plan_or_account(&self) -> Option<Hint> {
        let plan = ["policy", "subscriber", "member", "insured", "medicaid", "medicare", "beneficiary"];
        if self.any(&plan) && self.numbered()
            || self.all(&["group", "number"])
            || self.any(&["insurance", "health"]) && self.tail(&["number"])
        {
            return Some(Hint::Class(Class::Plan, 0.9));
        }
        if self.any(&["iban"])
            || self.any(&["account", "bank", "routing", "invoice"]) && (self.numbered() || self.is(&["account"]))
        {
            return Some(Hint::Class(Class::Acct, 0.9));
        }
        if self.all(&["credit", "card"]) && self.numbered() {
            return Some(Hint::Class(Class::Acct, 0.9));
        }
        if self.any(&["passport", "badge"]) || self.all(&["union", "number"]) {
            return Some(Hint::Class(Class::Uid, 0.9));
        }
        None
    }

    fn qualified(&self) -> Option<Hint> {
        if self.any(&["birth", "dob"])
            && !self.tail(QUALIFIERS)
            && !self.any(&["place", "city", "state", "country", "name", "weight", "order", "time"])
        {
            return Some(Hint::Class(Class::Date, 0.97));
        }
        if self.tail(&["date", "datetime", "timestamp", "year"]) || self.tail(&["time"]) && self.any(&["date"]) {
            return Some(Hint::Date);
        }
        if self.tail(&["time"]) {
            return Some(Hint::TimeOfDay);
        }
        if self.tail(&[
            "on", "at", "start", "stop", "begin", "end", "since", "until", "expires", "created", "modified", "updated",
        ]) {
            return Some(Hint::Date);
        }
        if self.tail(QUALIFIERS) && !(self.tail(&["title"]) && self.any(&["document", "file"])) {
            return Some(if self.tail(MEASURES) { Hint::Measurement } else { Hint::Enumeration });
        }
        None
    }

    fn place(&self) -> Option<Hint> {
        let sure = |class| Some(Hint::Class(class, 0.95));
        if self.any(&["latitude", "longitude", "geocode", "coordinates", "gps"]) {
            return Some(Hint::Coordinates);
        }
        if self.any(&["street", "address", "residence", "borough", "parish", "apartment", "neighborhood"]) {
            return sure(Class::Geo);
        }
        if self.any(&["city", "town", "county", "village", "municipality", "hometown", "birthplace", "suburb"])
            || self.all(&["birth", "place"])
        {
            return sure(Class::Geo);
        }
        if self.all(&["census", "tract"]) || self.all(&["precinct"]) {
            return sure(Class::Geo);
        }
        None
    }

    fn person(&self, role: TableRole) -> Option<Hint> {
        if self.any(&["signature", "fingerprint", "biometric", "retina", "iris", "voiceprint"]) && !self.tail(&["by"]) {
            return Some(Hint::Class(Class::Bio, 0.85));
        }
        if self.any(&["photo", "photograph", "picture", "portrait", "avatar", "thumbnail", "headshot", "face"])
            && self.words.len() <= 3
        {
            return Some(Hint::Class(Class::Photo, 0.85));
        }
        let last = self.words.last().copied().unwrap_or_default();
        if last == "by"
            || self.any(table_role::STAFF)
                && self.any(&["id", "name", "number", "code", "initial", "initials", "login", "user", "npi"])
        {
            return Some(Hint::Class(Class::Staff, 0.9));
        }
        if self.any(&["employer"]) || self.all(&["company", "name"]) {
            return Some(Hint::Class(Class::Employer, 0.9));
        }
        self.name(role, last)
    }

    fn name(&self, role: TableRole, last: &str) -> Option<Hint> {
        let whose = if self.any(table_role::STAFF) || role == TableRole::Staff { Class::Staff } else { Class::Name };
        let parts = [
            "first",
            "last",
            "middle",
            "maiden",
            "given",
            "family",
            "nick",
            "preferred",
            "full",
            "legal",
            "surname",
            "former",
        ];
        let sure = Some(Hint::Class(whose, 0.96));
        if self.any(&["surname", "nickname", "maiden", "fullname", "forename", "alias", "aka"])
            || self.any(&parts) && self.tail(&["name", "initial"])
        {
            return sure;
        }
        let bare: Vec<&&str> =
            self.words.iter().filter(|word| word.len() > 1 && !table_role::PEOPLE.contains(word)).collect();
        if matches!(bare[..], [&("first" | "last" | "middle" | "preferred")])
            && matches!(role, TableRole::People | TableRole::Staff)
        {
            return sure;
        }
        let people = [
            "patient",
            "employee",
            "person",
            "owner",
            "caller",
            "contact",
            "supervisor",
            "manager",
            "witness",
            "spouse",
            "wife",
            "husband",
            "mother",
            "mothers",
            "father",
            "guardian",
            "guardians",
            "guarantor",
            "subscriber",
            "insured",
            "member",
            "kin",
            "child",
            "parent",
            "dependent",
            "sponsor",
            "injured",
            "worker",
            "claimant",
            "emergency",
            "responsible",
            "recipient",
            "client",
            "foreman",
            "adjuster",
            "attorney",
            "lawyer",
            "relative",
            "caregiver",
            "sender",
            "attending",
            "referring",
            "reader",
            "tester",
            "resource",
            "holder",
        ];
        if self.any(&people) && (last == "name" || self.all(&["name", "at"])) {
            return Some(Hint::Class(whose, 0.95));
        }
        if self.words[0] == "name" && self.words.len() > 1 && role == TableRole::People {
            return sure;
        }
        if last == "name" && self.words.len() > 1 && self.any(table_role::THINGS) {
            return Some(Hint::Enumeration);
        }
        if last == "name" && self.words.len() == 1 {
            return match role {
                TableRole::People => Some(Hint::Class(Class::Name, 0.9)),
                TableRole::Staff => Some(Hint::Class(Class::Staff, 0.9)),
                TableRole::Employer => Some(Hint::Class(Class::Employer, 0.9)),
                TableRole::Organization => Some(Hint::Organization),
                TableRole::Lookup | TableRole::Event => Some(Hint::None),
            };
        }
        if self.tail(&["initials"]) && self.any(table_role::PEOPLE) {
            return Some(Hint::Class(Class::Name, 0.9));
        }
        if self.is(&["login", "username", "user"]) || self.tail(&["initials"]) {
            return Some(Hint::Class(Class::Staff, 0.9));
        }
        if table_role::STAFF.contains(&last)
            || ["tech", "mro", "reader", "attending", "rn", "reviewer", "supervisor", "manager"].contains(&last)
        {
            return Some(Hint::PersonOrId(if ["supervisor", "manager"].contains(&last) {
                Class::Name
            } else {
                Class::Staff
            }));
        }
        (people.contains(&last) || last == "patient").then_some(Hint::PersonOrId(Class::Name))
    }

    fn rest(&self) -> Option<Hint> {
        if self.tail(&["number"]) && self.any(ORDINALS) && self.words.len() <= 3 && !self.any(table_role::PEOPLE) {
            return Some(Hint::Measurement);
        }
        if self.tail(KEY_TAILS) || self.is(&["guid"]) {
            return Some(Hint::Id);
        }
        if self.any(PROSE) && !self.tail(&["code"]) || self.tail(&["body", "history", "letter"]) {
            return Some(Hint::Prose);
        }
        if self.tail(MEASURES) {
            return Some(Hint::Measurement);
        }
        if self.tail(&["code", "yn"]) {
            return Some(Hint::Enumeration);
        }
        if self.any(&["date", "timestamp"]) {
            return Some(Hint::Date);
        }
        self.any(&["state", "province", "country"]).then_some(Hint::Enumeration)
    }
}
