use std::collections::{HashMap, HashSet};

use super::*;
use crate::sample::tests::treatment;

/// A vault in memory.
#[derive(Default)]
pub struct Memory(HashMap<(String, String), String>);

impl Vault for Memory {
    fn get(&mut self, domain: &str, value: &str) -> Result<Option<String>> {
        Ok(self.0.get(&(domain.to_owned(), value.to_owned())).cloned())
    }

    fn put(&mut self, domain: &str, value: &str, surrogate: &str) -> Result<()> {
        self.0.insert((domain.to_owned(), value.to_owned()), surrogate.to_owned());
        Ok(())
    }

    fn taken(&mut self, domain: &str, surrogate: &str) -> Result<bool> {
        Ok(self.0.iter().any(|((of, _), given)| of == domain && given == surrogate))
    }
}

/// A seeded sequence (splitmix64).
pub struct Seeded(pub u64);

impl Chance for Seeded {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

fn figures(inferred_type: InferredType) -> ColumnFigures {
    ColumnFigures {
        rows: 500,
        nulls: 0,
        blanks: 0,
        distinct: 40,
        min_length: 1,
        max_length: 40,
        inferred_type,
        format: None,
    }
}

fn roster() -> Roster {
    let people = [
        (Class::Name, "Okafor, Adaeze"),
        (Class::Name, "White"),
        (Class::Name, "王小明"),
        (Class::Mrn, "HM-104233"),
        (Class::Uid, "7"),
        (Class::Phone, "(207) 555-0142"),
        (Class::Ssn, "900-12-3456"),
        (Class::Email, "a.okafor@mail.example"),
    ];
    let birth = (Class::Date, true, "1980-05-03");
    Roster::of(people.map(|(class, value)| (class, false, value)).into_iter().chain([birth]))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// The only cell of a column.
fn deidentified(
    deidentifier: &mut Deidentifier<'_>,
    treatment: &Treatment,
    figures: &ColumnFigures,
    common: &Common,
    cell: &Cell,
) -> Result<Deidentified> {
    let column = deidentifier.column(treatment, figures, common);
    deidentifier.cell(&column, cell)
}

/// One cell through a fresh deidentifier.
fn once(
    column: &str,
    class: Class,
    action: Action,
    inferred: InferredType,
    frequent: &[&str],
    cell: &Cell,
) -> Deidentified {
    let (mut vault, mut chance, roster) = (Memory::default(), Seeded(7), roster());
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let common: Common = frequent.iter().copied().collect();
    deidentified(&mut deidentifier, &treatment(column, class, action), &figures(inferred), &common, cell)
        .expect("a vault in memory")
}

/// Each run of letters as `A`, `a` or `Aa`, each digit as `#`.
fn outline(text: &str) -> String {
    let mut outline = String::new();
    let mut letters = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_alphabetic() {
            letters.push(c);
            continue;
        }
        if !letters.is_empty() {
            let upper = letters.chars().any(char::is_uppercase);
            let lower = letters.chars().any(|c| !c.is_uppercase());
            outline.push_str(if upper && lower {
                "Aa"
            } else if upper {
                "A"
            } else {
                "a"
            });
            letters.clear();
        }
        outline.push(if c.is_numeric() { '#' } else { c });
    }
    outline.trim_end_matches('\0').to_owned()
}

#[test]
fn what_passes_is_frequent_or_measured_and_names_nobody() {
    use InferredType::{Boolean, Code, Constant, Decimal, Integer, Text};
    use Origin::{Dropped, Passed, Reduced};
    for (trap, column, inferred, cell, expected, origin) in [
        ("a frequent code", "status", Code, text("A"), "A", Passed),
        ("a rare code", "status", Code, text("Q"), "(rare value)", Dropped),
        ("a frequent value that is a surname", "race", Code, text("White"), "(withheld)", Dropped),
        ("a surname inside one", "site", Text, text("OKAFOR WING"), "(withheld)", Dropped),
        ("a measurement", "weight", Decimal, text("181.5"), "181.5", Passed),
        ("a small one", "dose_no", Integer, Cell::Integer(2), "2", Passed),
        ("a negative one", "shift_db", Integer, Cell::Integer(-15), "-15", Passed),
        ("zeros in front are no measurement", "plant", Integer, text("0042"), "(rare value)", Dropped),
        ("too long for a measurement", "total", Integer, Cell::Integer(123_456_789_012), "(rare value)", Dropped),
        ("somebody's phone among numbers", "value", Decimal, text("2075550142"), "(rare value)", Dropped),
        ("yes", "active", Boolean, text("Y"), "Y", Passed),
        ("a rare word in a yes-or-no column", "active", Boolean, text("Ask Mary"), "(rare value)", Dropped),
        ("89 stays", "age", Integer, Cell::Integer(89), "89", Passed),
        ("90 and over is one group", "age", Integer, Cell::Integer(90), "90+", Reduced),
        ("a text age", "age_at_event", Text, text("92 yrs"), "90+", Reduced),
        ("no age", "agency", Code, text("B"), "(rare value)", Dropped),
        ("a frequent date nobody took for one", "value", Constant, text("1999-01-31"), "1999", Reduced),
        ("a frequent birth date", "value", Constant, text("1980-05-03"), "(withheld)", Dropped),
        ("a bit", "flag", Boolean, Cell::Bytes(vec![1]), "1", Passed),
        ("bytes", "flag", Code, Cell::Bytes(vec![9, 9]), "(binary)", Dropped),
    ] {
        let frequent = ["A", "White", "OKAFOR WING", "1999-01-31", "1980-05-03"];
        let made = once(column, Class::None, Action::Pass, inferred, &frequent, &cell);
        assert_eq!((made.as_str(), made.origin()), (expected, origin), "{trap}");
    }
}

#[test]
fn a_code_set_that_a_person_let_pass_shows_rare_codes_but_nobodys_name() {
    let (mut vault, mut chance, roster) = (Memory::default(), Seeded(2), roster());
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let decided = Treatment { decided: true, ..treatment("dept_name", Class::None, Action::Pass) };
    for (value, expected) in [("Hull shop", "Hull shop"), ("White yard", "(withheld)")] {
        let made =
            deidentified(&mut deidentifier, &decided, &figures(InferredType::Text), &Common::default(), &text(value));
        assert_eq!(made.expect("a vault in memory").as_str(), expected);
    }
}

#[test]
fn an_id_and_a_phone_are_never_taken_for_each_other() {
    let (mut vault, mut chance, roster) = (Memory::default(), Seeded(2), roster());
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let mut made = |column: &str, class: Class| {
        let treated = Treatment { domain: "phone".to_owned(), ..treatment(column, class, Action::Surrogate) };
        let cell = deidentified(
            &mut deidentifier,
            &treated,
            &figures(InferredType::Integer),
            &Common::default(),
            &text("5550188"),
        );
        cell.expect("a vault in memory").as_str().to_owned()
    };
    assert_ne!(made("phone_id", Class::Uid), made("phone_no", Class::Phone));
}

#[test]
fn dates_keep_their_year_and_nothing_of_great_age() {
    use Origin::{Dropped, Reduced};
    for (trap, value, expected, origin) in [
        ("a date", "2001-02-03", "2001", Reduced),
        ("zero date", "0000-00-00", "0000", Reduced),
        ("89 this year", "1937-01-01", "1937", Reduced),
        ("may be 90", "1936-12-31", "1936 or before", Reduced),
        ("spreadsheet serial", "29344", "1980", Reduced),
        ("two digits, not of the future", "12/31/28", "1936 or before", Reduced),
        ("two digits of this century", "12/31/08", "2008", Reduced),
        ("a due date ahead", "2031-01-01", "2031", Reduced),
        ("words", "spring, Okafor's party", "(not a date)", Dropped),
    ] {
        let made = once("dob", Class::Date, Action::Year, InferredType::Date, &[], &text(value));
        assert_eq!((made.as_str(), made.origin()), (expected, origin), "{trap}");
    }
}

#[test]
fn null_and_blank_stay_and_the_rest_becomes_fixed_words() {
    use Action::{Drop, Surrogate, Zip3};
    use Origin::{Blank, Dropped, Null, Reduced};
    for (trap, class, action, cell, expected, origin) in [
        ("NULL", Class::Name, Surrogate, Cell::Null, "", Null),
        ("blank", Class::Name, Surrogate, text(""), "", Blank),
        ("spaces", Class::Freetext, Drop, text("  "), "  ", Blank),
        ("no bytes", Class::Photo, Drop, Cell::Bytes(vec![]), "", Blank),
        ("free text", Class::Freetext, Drop, text("Été chez Okafor"), "(free text, 15 characters)", Dropped),
        (
            "free text that somebody wants a surrogate of",
            Class::Freetext,
            Surrogate,
            text("abc"),
            "(free text, 3 characters)",
            Dropped,
        ),
        ("a picture", Class::Photo, Drop, Cell::Bytes(vec![1, 2]), "(picture)", Dropped),
        ("a path to a picture", Class::Photo, Drop, text("/p/okafor.jpg"), "(picture)", Dropped),
        ("a signature", Class::Bio, Drop, Cell::Bytes(vec![1, 2]), "(biometric)", Dropped),
        ("a secret", Class::Uid, Drop, text("hunter2"), "(withheld)", Dropped),
        ("a ZIP code", Class::Zip, Zip3, text("2155.0"), "021", Reduced),
        ("coordinates", Class::Geo, Surrogate, text("43.6591"), "(withheld)", Dropped),
    ] {
        let made = once("x", class, action, InferredType::Text, &[], &cell);
        assert_eq!((made.as_str(), made.origin()), (expected, origin), "{trap}");
    }
}

#[test]
fn surrogates_keep_the_format() {
    use Class::{Acct, Email, Employer, Geo, Ip, Mrn, Name, Phone, Ssn, Staff, Uid, Url};
    for (trap, column, class, source, expected) in [
        ("an id with a prefix", "mrn", Mrn, "HM-104233", "AA-######"),
        ("leading zeros", "acct", Acct, "000123", "000###"),
        ("a UUID", "id", Uid, "aaaaaaaa-aaaa-1aaa-aaaa-aaaaaaaaaaaa", ""),
        ("nobody", "patient_id", Uid, "0", "0"),
        ("nobody, padded", "perno", Uid, "000000000", "000000000"),
        ("a phone", "phone", Phone, "(207) 555-0142", "(###) 1##-####"),
        ("a bare phone", "phone", Phone, "2075550142", "###1######"),
        ("a local phone", "phone", Phone, "555-0142", "1##-####"),
        ("an extension", "phone", Phone, "207.555.0142 x31", "###.1##.#### x##"),
        ("a country's prefix", "phone", Phone, "+1 207 555 0142", "+1 ### 1## ####"),
        ("words in a phone field", "phone", Phone, "call Adaeze 555-0142", "(withheld)"),
        ("a social security number", "ssn", Ssn, "900-12-3456", "9##-00-####"),
        ("a bare one", "ssn", Ssn, "900123456", "9##00####"),
        ("its last four", "ssn4", Ssn, "3456", "####"),
        ("a masked one", "ssn", Ssn, "***-**-3456", "***-**-####"),
        ("a mail", "email", Email, "A.Okafor@Mail.example", "person###@example.invalid"),
        ("a mail in a staff column", "login", Staff, "a.okafor@mail.example", "person###@example.invalid"),
        ("a web address", "url", Url, "http://okafor.example/me", "https://example.invalid/####"),
        ("a network address", "ip", Ip, "10.1.2.3", ""),
        ("a street", "addr1", Geo, "12 Okafor Lane Apt 4", ""),
        ("a street named for its side", "addr1", Geo, "12 North St", ""),
        ("a city", "city", Geo, "PORTLAND", ""),
        ("an employer", "employer", Employer, "Okafor Boats Inc", ""),
        ("initials", "tech_initials", Staff, "AO", "AA"),
        ("a login", "login", Staff, "aokafor2", "aaaaaaa#"),
        ("one letter", "middle_name", Name, "Q", "A"),
    ] {
        let made = once(column, class, Action::Surrogate, InferredType::Text, &[], &text(source));
        let shown = made.as_str();
        assert!(expected.is_empty() || alike(shown, expected), "{trap}: {shown}");
        assert!(!shown.contains("North"), "{trap}: {shown}");
        let zero = source.chars().all(|c| c == '0');
        assert!(zero || !shown.eq_ignore_ascii_case(source), "{trap}: {shown}");
        assert!(roster().search(shown, Depth::Id).is_none(), "{trap}: {shown}");
    }
}

/// Whether a text has that outline; a digit or letter in the outline other than `#`, `A`, `a` is meant itself.
fn alike(text: &str, expected: &str) -> bool {
    text.chars().count() == expected.chars().count()
        && text.chars().zip(expected.chars()).all(|(made, wanted)| match wanted {
            '#' => made.is_ascii_digit(),
            'A' => made.is_uppercase(),
            _ if expected.chars().all(|c| "#Aa".contains(c)) => made.is_lowercase(),
            _ => made == wanted,
        })
}

#[test]
fn names_keep_case_and_order() {
    for (trap, column, source, expected) in [
        ("last, first", "name", "OKAFOR, ADAEZE N", "A, A A"),
        ("title case", "full_name", "Adaeze Okafor", "Aa Aa"),
        ("titles stay", "provider", "Dr. Adaeze Okafor, MD", "Aa. Aa Aa, A"),
        ("lower case", "last_name", "okafor", "a"),
        ("apostrophe", "last_name", "O'Neill-White", "Aa-Aa"),
        ("decomposed accent", "first_name", "Jose\u{301}", "Aa"),
        ("no spaces", "name", "王小明", "a"),
        ("digits in it", "first", "Adaeze604", "Aa###"),
    ] {
        let made = once(column, Class::Name, Action::Surrogate, InferredType::Text, &[], &text(source));
        assert_eq!(outline(made.as_str()), expected, "{trap}: {}", made.as_str());
        let folded = fold::fold(made.as_str());
        for token in ["okafor", "adaeze", "white", "neill", "jose", "小明"] {
            assert!(!folded.contains(token), "{trap}: {}", made.as_str());
        }
    }
}

#[test]
fn the_same_value_has_the_same_surrogate_and_no_other_has_it() {
    let (mut vault, mut chance, roster) = (Memory::default(), Seeded(1), roster());
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let none = Common::default();
    let ids = figures(InferredType::Integer);
    let mut id_of = |column: &str, domain: &str, number: i64| {
        let treatment = Treatment { domain: domain.to_owned(), ..treatment(column, Class::Uid, Action::Surrogate) };
        let made = deidentified(&mut deidentifier, &treatment, &ids, &none, &Cell::Integer(number))
            .expect("a vault in memory");
        made.as_str().to_owned()
    };
    let given: Vec<String> = (1..=300).map(|number| id_of("employee_id", "key of employee", number)).collect();
    let again: Vec<String> = (1..=300).map(|number| id_of("emp_id", "key of employee", number)).collect();
    assert_eq!(given, again);
    assert_eq!(given.iter().collect::<HashSet<_>>().len(), 300);
    assert!(given.iter().all(|id| id != "7"), "an id of the roster was given out");
    assert!((1..=300).zip(&given).all(|(number, id): (i32, _)| *id != number.to_string()));
}

#[test]
fn one_person_is_one_person_in_every_column() {
    let (mut vault, mut chance, roster) = (Memory::default(), Seeded(3), roster());
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let none = Common::default();
    let texts = figures(InferredType::Text);
    let mut name_in = |column: &str, value: &str| {
        let treatment = treatment(column, Class::Name, Action::Surrogate);
        deidentified(&mut deidentifier, &treatment, &texts, &none, &text(value))
            .expect("a vault in memory")
            .as_str()
            .to_owned()
    };
    let (last, first) = (name_in("last_name", "Okafor"), name_in("first_name", "Adaeze"));
    assert_eq!(name_in("full_name", "Adaeze Okafor"), format!("{first} {last}"));
    assert_eq!(name_in("patient", "OKAFOR, ADAEZE"), format!("{last}, {first}").to_uppercase());
    let mut city_of = |value: &str| {
        let treated = treatment("city", Class::Geo, Action::Surrogate);
        deidentified(&mut deidentifier, &treated, &texts, &none, &text(value))
            .expect("a vault in memory")
            .as_str()
            .to_owned()
    };
    assert_eq!(city_of("NORWICK"), city_of("Norwick").to_uppercase());
    let phone = |column: &str| treatment(column, Class::Phone, Action::Surrogate);
    let mut digits = |value: &str| {
        fold::digits(
            deidentified(&mut deidentifier, &phone("home_phone"), &texts, &none, &text(value))
                .expect("a vault")
                .as_str(),
        )
    };
    assert_eq!(digits("(207) 555-0142"), digits("207.555.0142"));
}

/// Many short numbers are somebody's ids: a surrogate that is nobody's without its signs may be somebody's with them.
#[test]
fn a_number_has_one_surrogate_in_whatever_format_it_comes() {
    let ids: Vec<String> = (0..500).map(|id| (id * 17).to_string()).collect();
    let roster = Roster::of(ids.iter().map(|id| (Class::Uid, false, id.as_str())));
    let texts = figures(InferredType::Text);
    let none = Common::default();
    for (class, column, formats) in [
        (Class::Phone, "phone", ["2075550142", "(207) 555-0142", "207.555.0142", "2075550142"]),
        (Class::Ssn, "ssn", ["900123456", "900-12-3456", "900 12 3456", "900123456"]),
    ] {
        for seed in 0..60 {
            let (mut vault, mut chance) = (Memory::default(), Seeded(seed));
            let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
            let treated = treatment(column, class, Action::Surrogate);
            let made = formats.map(|format| {
                let cell = deidentified(&mut deidentifier, &treated, &texts, &none, &text(format)).expect("a vault");
                fold::digits(cell.as_str())
            });
            assert!(made.iter().all(|digits| *digits == made[0]), "{column}, drawn from {seed}: {made:?}");
        }
    }
}

/// Where employees are numbered from 1, every group of a phone's digits is somebody's id; what is not an id is not
/// withheld for it.
#[test]
fn short_ids_of_a_payroll_leave_phones_and_addresses_to_invent() {
    let ids: Vec<String> = (1..=5_000).map(|id| id.to_string()).collect();
    let roster = Roster::of(ids.iter().map(|id| (Class::Uid, false, id.as_str())));
    let texts = figures(InferredType::Text);
    let none = Common::default();
    let (mut vault, mut chance) = (Memory::default(), Seeded(5));
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    for (class, column, value, origin) in [
        (Class::Phone, "phone", "207-555-0142", Origin::Surrogate),
        (Class::Phone, "phone", "207 555 0142 x12", Origin::Surrogate),
        (Class::Ssn, "ssn", "900-12-3456", Origin::Surrogate),
        (Class::Geo, "address", "12 Water Street", Origin::Surrogate),
        (Class::Uid, "emp_id", "417", Origin::SurrogateId),
        (Class::Ssn, "ssn_last4", "3456", Origin::SurrogateId),
    ] {
        let treated = treatment(column, class, Action::Surrogate);
        let made = deidentified(&mut deidentifier, &treated, &texts, &none, &text(value)).expect("a vault");
        assert_eq!(made.origin(), origin, "{column}: {}", made.as_str());
        let depth = if origin == Origin::SurrogateId { Depth::Id } else { Depth::Source };
        assert!(made.as_str() != value && roster.search(made.as_str(), depth).is_none(), "{}", made.as_str());
    }
}

#[test]
fn a_surrogate_gives_way_to_somebody_of_that_name() {
    let (mut vault, mut chance, before) = (Memory::default(), Seeded(3), Roster::of([]));
    let named = treatment("last_name", Class::Name, Action::Surrogate);
    let texts = figures(InferredType::Text);
    let none = Common::default();
    let mut first = Deidentifier::new(&mut vault, &mut chance, &before, 2026);
    let given = deidentified(&mut first, &named, &texts, &none, &text("Okafor")).expect("a vault").as_str().to_owned();
    let after = Roster::of([(Class::Name, false, given.as_str())]);
    let mut second = Deidentifier::new(&mut vault, &mut chance, &after, 2026);
    assert_ne!(deidentified(&mut second, &named, &texts, &none, &text("Okafor")).expect("a vault").as_str(), given);
}

#[test]
fn names_are_composed_where_the_dictionary_is_somebodys() {
    let names = include_str!("../../../data/census_names.csv").lines().skip(3);
    let roster = Roster::of(names.map(|line| (Class::Name, false, line.split_once(',').expect("kind,name").1)));
    let (mut vault, mut chance) = (Memory::default(), Seeded(5));
    let mut deidentifier = Deidentifier::new(&mut vault, &mut chance, &roster, 2026);
    let named = treatment("full_name", Class::Name, Action::Surrogate);
    let made =
        deidentified(&mut deidentifier, &named, &figures(InferredType::Text), &Common::default(), &text("James Smith"))
            .expect("a vault");
    assert_eq!(made.origin(), Origin::Surrogate);
    assert!(!roster.holds_token(made.as_str()));
}

#[test]
fn check_digits_check_where_the_original_ones_did() {
    let luhn = |digits: &str| {
        let sum: u32 = digits
            .bytes()
            .rev()
            .enumerate()
            .map(|(at, b)| {
                let digit = u32::from(b - b'0') * if at % 2 == 1 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        sum.is_multiple_of(10)
    };
    let card =
        once("account_no", Class::Acct, Action::Surrogate, InferredType::Identifier, &[], &text("4000056655665556"));
    assert!(luhn("4000056655665556") && luhn(card.as_str()), "{}", card.as_str());
    let npi = once("npi", Class::Lic, Action::Surrogate, InferredType::Identifier, &[], &text("1234567893"));
    assert!(luhn(&format!("80840{}", npi.as_str())), "{}", npi.as_str());
}
