//! What a header says a column holds.

use super::super::Class;
use super::table_role::{self, TableRole};
use super::word_list::{
    CODE_SYSTEMS, KEY_TAILS, MEASURES, NAME_PARTS, NAMED_PEOPLE, ORDINALS, PROSE, QUALIFIERS, WRITERS,
};

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

/// Whether the header names what is measured or counted.
pub fn is_measured(words: &[String]) -> bool {
    words.iter().any(|word| MEASURES.contains(&word.as_str()))
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
        if self.tail(QUALIFIERS) && !self.tail(&["on"]) {
            return None;
        }
        // The key of a table of phones is no phone.
        let things = ["phone", "email", "fax", "address", "zip", "url", "photo", "picture", "serial"];
        if self.tail(&["id", "key", "uuid", "pk", "fk"]) && self.any(&things) {
            return Some(Hint::Id);
        }
        let secrets = ["password", "passphrase", "pin", "salt", "hash", "token", "secret"];
        if self.any(&secrets) && self.words.len() <= 3 {
            return Some(Hint::Secret);
        }
        let class = self.contact().or_else(|| self.machine()).or_else(|| self.number_of_person());
        class.map(|class| Hint::Class(class, 0.97)).or_else(|| self.plan_or_account())
    }

    /// Where somebody is reached.
    fn contact(&self) -> Option<Class> {
        if self.any(&["email"]) || self.all(&["mail", "address"]) && self.any(&["e", "electronic"]) {
            return Some(Class::Email);
        }
        if self.any(&["fax"]) {
            return Some(Class::Fax);
        }
        let wireless = self.tail(&["cell", "mobile", "wireless", "landline"]) && self.words.len() <= 3;
        if self.any(&["phone", "pager", "beeper"]) || wireless {
            return Some(Class::Phone);
        }
        let postal = self.any(&["zip", "zipcode", "plz"]) || self.all(&["postal", "code"]) || self.is(&["postal"]);
        postal.then_some(Class::Zip)
    }

    /// Vehicles, devices, addresses of machines.
    fn machine(&self) -> Option<Class> {
        if self.any(&["ip"]) || self.all(&["mac", "address"]) {
            return Some(Class::Ip);
        }
        if self.any(&["url", "website", "webpage", "homepage"]) || self.is(&["web"]) {
            return Some(Class::Url);
        }
        if self.any(&["vin"]) || self.all(&["license", "plate"]) || self.any(&["vehicle"]) && self.numbered() {
            return Some(Class::Vehicle);
        }
        let device = self.any(&["udi", "imei"]) || self.all(&["serial", "number"]) || self.all(&["device", "id"]);
        (device || self.tail(&["serial"])).then_some(Class::Device)
    }

    /// Numbers that authorities, boards and clinics give to people.
    fn number_of_person(&self) -> Option<Class> {
        let security = self.all(&["social", "security"]) || self.all(&["tax", "id"]) || self.all(&["national", "id"]);
        if self.any(&["ssn"]) || security {
            return Some(Class::Ssn);
        }
        // A code of whoever is one, not of what a code list has about them.
        let code_of_person =
            self.words.len() == 2 && self.tail(&["code"]) && self.any(&["employee", "personnel", "worker"]);
        if code_of_person {
            return Some(Class::Uid);
        }
        let licensed = ["npi", "dea", "upin", "licence", "drivers", "driver", "license", "certificate", "permit"];
        if self.any(&licensed) && !self.tail(&["date"]) {
            return Some(Class::Lic);
        }
        let chart =
            self.any(&["medical", "medication"]) && self.any(&["record"]) || self.any(&["chart"]) && self.numbered();
        let patient = self.any(&["patient"]) && self.tail(&["number", "code", "identifier"]) && self.words.len() == 2;
        (self.any(&["mrn"]) || chart || patient).then_some(Class::Mrn)
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
        (self.any(CODE_SYSTEMS) && !self.any(table_role::PEOPLE)).then_some(Hint::Enumeration)
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
        let of_people = matches!(role, TableRole::People | TableRole::Staff);
        let sure = Some(Hint::Class(whose, 0.96));
        let called = ["surname", "nickname", "maiden", "fullname", "forename", "alias", "aka"];
        if self.any(&called) || self.any(NAME_PARTS) && self.tail(&["name", "initial"]) {
            return sure;
        }
        let bare: Vec<&&str> =
            self.words.iter().filter(|word| word.len() > 1 && !table_role::PEOPLE.contains(word)).collect();
        if of_people && matches!(bare[..], [&("first" | "last" | "middle" | "preferred")]) {
            return sure;
        }
        if self.any(NAMED_PEOPLE) && (last == "name" || self.all(&["name", "at"])) {
            return sure;
        }
        if self.words.len() > 1 && self.words[0] == "name" && role == TableRole::People {
            return sure;
        }
        if last == "name" && self.words.len() > 1 && self.any(table_role::THINGS) {
            return Some(Hint::Enumeration);
        }
        self.bare_name(role).or_else(|| self.initials()).or_else(|| person_word(last))
    }

    /// A header that says `name` and no more.
    fn bare_name(&self, role: TableRole) -> Option<Hint> {
        if !self.is(&["name"]) {
            return None;
        }
        Some(match role {
            TableRole::People => Hint::Class(Class::Name, 0.9),
            TableRole::Staff => Hint::Class(Class::Staff, 0.9),
            TableRole::Employer => Hint::Class(Class::Employer, 0.9),
            TableRole::Organization => Hint::Organization,
            TableRole::Lookup | TableRole::Event => Hint::None,
        })
    }

    fn initials(&self) -> Option<Hint> {
        if self.tail(&["initials"]) && self.any(table_role::PEOPLE) {
            return Some(Hint::Class(Class::Name, 0.9));
        }
        let staff = self.is(&["login", "username", "user"]) || self.tail(&["initials"]);
        staff.then_some(Hint::Class(Class::Staff, 0.9))
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

/// A person by the last word: `referring physician`, `witness`.
fn person_word(last: &str) -> Option<Hint> {
    if table_role::STAFF.contains(&last) || WRITERS.contains(&last) {
        return Some(Hint::PersonOrId(Class::Staff));
    }
    (NAMED_PEOPLE.contains(&last)).then_some(Hint::PersonOrId(Class::Name))
}
