//! Raw people do not leave: masked unless asked, logged when asked, and none of them in a workbook.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;

use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::crosswalk::{DEMO, Workspace};
use crate::support::shape::entry;

/// What is printed of the people of clinic.sql, and would be told by none of it.
const PEOPLE: [&str; 9] =
    ["Okonkwo", "Adaeze", "Àngelo", "小龍", "1971-03-09", "901-44-7716", "harbor.example", "555-0142", "00417"];

#[test]
fn nobody_is_shown_unless_asked_for() {
    let workspace = Workspace::project("clinic.sql");
    let commands: [&[&str]; 12] = [
        &["profile", "clinic"],
        &["profile", "clinic", "employee.last_name"],
        &["cells", "clinic", "employee"],
        &["query", "clinic", "SELECT * FROM employee, visit"],
        &["query", "clinic", "SELECT * FROM employee", "--format", "csv"],
        &["query", "clinic", "SELECT group_concat(last_name || first_name) FROM employee"],
        &["query", "clinic", "SELECT 1 FROM employee WHERE json('Okonkwo' || last_name)"],
        // Whatever a question makes its columns be called, values of people are not counts.
        &["query", "clinic", "SELECT count(*) || last_name--)\n FROM employee GROUP BY last_name"],
        &["query", "clinic", "SELECT last_name AS \"count(*)\", first_name AS [count(1)] FROM employee"],
        &["query", "clinic", "WITH t(`count(1)`) AS (SELECT ssn FROM employee) SELECT * FROM t"],
        &["query", "clinic", "SELECT count(*) + badge_no/*)*/ - 1 --)\n FROM employee GROUP BY badge_no"],
        &["sample", "clinic", "preview", "employee"],
    ];
    for command in commands {
        for json in [false, true] {
            let told = workspace.run(&[command, if json { &["--json"] } else { &[] }].concat());
            let said = format!("{}{}", told.out, told.err);
            // The words of a question come back in no answer either.
            let shown: Vec<_> = PEOPLE.iter().filter(|person| said.contains(**person)).collect();
            assert!(shown.is_empty(), "{command:?} shows {shown:?}:\n{said}");
        }
    }
    let log = workspace.ask(&["map", "clinic", "log"]).to_string();
    assert!(!log.contains("raw") && !log.contains("unmask"), "{log}");
}

#[test]
fn raw_values_are_shown_when_asked_for_and_the_log_says_who_asked() {
    let cases: [(&[&str], &str, &str); 4] = [
        (&["profile", "clinic", "employee", "--raw"], "1965-11-30", "printed the profile of employee with raw values"),
        (
            &["query", "clinic", "SELECT last_name FROM employee", "--raw"],
            "D'Àngelo",
            "asked the staged tables for raw values",
        ),
        (&["cells", "clinic", "employee", "--raw"], "小龍", "unmasked employee"),
        (&["rejects", "clinic", "--raw"], "", "listed rejects with raw values"),
    ];
    for (command, shown, line) in cases {
        let workspace = Workspace::project("clinic.sql");
        let answer = workspace.run(&[command, &["--who", "Grace"]].concat()).ended(0);
        assert!(answer.out.contains(shown), "{command:?}:\n{}", answer.out);
        let log = workspace.ask(&["map", "clinic", "log"]);
        assert_eq!(entry(&log["log"], "label", line)["who"], "Grace");
    }
}

/// SQLite quotes what a function cannot take, which may be a cell.
#[test]
fn a_query_that_fails_over_a_value_does_not_quote_it() {
    let workspace = Workspace::project("clinic.sql");
    let told =
        workspace.run(&["query", "clinic", "SELECT json_extract('{}', last_name) FROM employee", "--raw"]).ended(1);
    assert!(told.err.contains("the query could not be answered to its end"), "{}", told.err);
    let shown: Vec<_> = PEOPLE.iter().filter(|person| told.err.contains(**person)).collect();
    assert!(shown.is_empty(), "{}", told.err);
    // What is wrong with the query itself is told in full.
    let told = workspace.run(&["query", "clinic", "SELECT wage FROM employee", "--raw"]).ended(1);
    assert!(told.err.contains("no such column: wage"), "{}", told.err);
}

#[test]
fn a_query_changes_nothing_and_reaches_nothing_else() {
    let workspace = Workspace::project("clinic.sql");
    let before = workspace.ask(&["checksum", "clinic"]);
    let elsewhere = workspace.path("elsewhere.db");
    let attach = format!("ATTACH '{}' AS other", elsewhere.display());
    let statements = [
        "DELETE FROM visit",
        "UPDATE visit SET note = NULL",
        "INSERT INTO visit_kind VALUES ('X', 'x')",
        "DROP TABLE visit",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "PRAGMA user_version = 7",
        "PRAGMA writable_schema = ON",
        "VACUUM",
        "VACUUM INTO 'copy.db'",
        "BEGIN IMMEDIATE",
        "SELECT 1; DELETE FROM visit",
        "WITH gone AS (SELECT 1) DELETE FROM visit",
        "SELECT load_extension('x')",
        &attach,
    ];
    for sql in statements {
        let told = workspace.run(&["query", "clinic", sql]);
        assert_eq!(told.code, 1, "{sql}: {}{}", told.out, told.err);
        assert!(!told.err.trim().is_empty(), "{sql}: nothing was said");
    }
    assert_eq!(workspace.ask(&["checksum", "clinic"]), before);
    assert!(!elsewhere.exists() && !workspace.path("copy.db").exists());
}

/// Every part of a workbook as it stands there, attributes and all, with its entities read.
fn parts(workspace: &Workspace, workbook: &str) -> Vec<(String, Searched)> {
    let mut archive = ZipArchive::new(File::open(workspace.path(workbook)).expect("the workbook")).expect("a ZIP");
    let count = archive.len();
    let mut part = |index| {
        let mut part = archive.by_index(index).expect("a part");
        let mut xml = String::new();
        part.read_to_string(&mut xml).expect("parts are UTF-8");
        let text = xml.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        (part.name().expect("a name").into_owned(), Searched::new(&text.replace("&amp;", "&")))
    };
    (0..count).map(&mut part).collect()
}

/// Distinct values of the demonstration's people: of one column, or of several joined.
fn people(workspace: &Workspace, value: &str, filled: &str) -> BTreeSet<String> {
    let sql = format!("SELECT DISTINCT {value} FROM employee WHERE {filled}");
    let answer = workspace.ask(&["query", DEMO, &sql, "--raw"]);
    let rows = answer["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row[0].as_str()).map(|value| value.trim().to_owned()).collect()
}

/// A search of its own, that knows nothing of how the program searches: whole values between letters and digits that
/// are not theirs, whatever the case. Where each word begins is noted once, for there is much to look for.
struct Searched {
    text: String,
    words: HashMap<String, Vec<usize>>,
}

impl Searched {
    fn new(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut words: HashMap<String, Vec<usize>> = HashMap::new();
        let mut after_word = false;
        for (at, letter) in text.char_indices() {
            if letter.is_alphanumeric() && !after_word {
                words.entry(first_word(&text[at..])).or_default().push(at);
            }
            after_word = letter.is_alphanumeric();
        }
        Self { text, words }
    }

    fn holds(&self, value: &str) -> bool {
        let value = value.to_lowercase();
        let value = value.trim_matches(|c: char| !c.is_alphanumeric());
        let places = self.words.get(&first_word(value)).map_or(&[][..], Vec::as_slice);
        places.iter().any(|at| {
            let rest = self.text[*at..].strip_prefix(value);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn nobody_of_the_demonstration_is_in_its_workbooks() {
    let workspace = Workspace::demo();
    workspace.run(&["export", DEMO, "map", "map.xlsx"]).ended(0);
    workspace.run(&["export", DEMO, "samples", "samples.xlsx"]).ended(0);
    let of = |column: &str| people(&workspace, column, &format!("length(trim({column})) > 4"));
    let named = "trim(first_name) <> '' AND trim(last_name) <> ''";
    // A family name alone may be a word or the name of a place, and an id of few digits any count.
    let sought = [
        ("full names", people(&workspace, "trim(first_name) || ' ' || trim(last_name)", named)),
        ("full names, family name first", people(&workspace, "trim(last_name) || ', ' || trim(first_name)", named)),
        ("rare family names", people(&workspace, "last_name", "length(trim(last_name)) > 8")),
        ("social security numbers", of("ssn")),
        ("medical record numbers", of("mrn")),
        ("personnel numbers", of("perno")),
        ("private mails", of("home_email")),
        ("work mails", of("work_email")),
        ("phones", of("home_phone")),
        ("birth dates", people(&workspace, "birth_date", "birth_date > '1900-01-01'")),
    ];
    let mut hits = Vec::new();
    for workbook in ["map.xlsx", "samples.xlsx"] {
        let parts = parts(&workspace, workbook);
        assert!(parts.len() > 10, "{workbook} was not unpacked");
        for (what, values) in &sought {
            assert!(values.len() > 40, "only {} {what}", values.len());
            for (part, text) in &parts {
                let found = values.iter().filter(|value| text.holds(value));
                hits.extend(found.map(|value| format!("{workbook}, {part}: {what}: {value}")));
            }
        }
    }
    assert!(hits.is_empty(), "{} places:\n{}", hits.len(), hits.join("\n"));
}

#[test]
fn the_search_finds_what_there_is() {
    for (text, value, expected) in [
        ("\nDana Reyes\n", "dana reyes", true),
        ("seen by Dana Reyes.", "Dana Reyes", true),
        ("Adana Reyeson", "Dana Reyes", false),
        ("call (207) 555-0142", "(207) 555-0142", true),
        ("<Àngelo", "àngelo", true),
        ("1207-555-01429", "207-555-0142", false),
    ] {
        assert_eq!(Searched::new(text).holds(value), expected, "{value} in {text}");
    }
}

#[test]
fn a_workbook_that_would_hold_somebody_is_refused() {
    let workspace = Workspace::project("clinic.sql");
    // A coordinator's own words are searched as well.
    workspace
        .run(&["map", "clinic", "note", "visit.note", "--comment", "as with Adaeze Okonkwo-Vance in 2019"])
        .ended(0);
    let told = workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(1);
    assert!(told.err.contains("was not kept"), "{}", told.err);
    assert!(!told.err.contains("Adaeze"), "the message names her: {}", told.err);
    assert_eq!(workspace.list("."), ["clinic.crosswalk"], "nothing is left of it");
    workspace.run(&["map", "clinic", "undo"]).ended(0);
    workspace.run(&["export", "clinic", "map", "map.xlsx"]).ended(0);
    let log: Value = workspace.ask(&["map", "clinic", "log"]);
    assert_eq!(log["log"][0]["label"], json!("exported the migration map"));
}

/// Fifteen employees, each with forty visits, under headers that say nothing: a phone, a PIN and a family name of each
/// one's own, a code that three of them have, codes that all have.
fn visits_of_few_people(workspace: &Workspace) {
    let names = [
        "Abelsen",
        "Bruyere",
        "Castilho",
        "Dunaway",
        "Ekholm",
        "Fagerli",
        "Gwozdz",
        "Halloran",
        "Iturbe",
        "Jankovic",
        "Kuypers",
        "Lavallee",
        "Mbeki",
        "Nwachuku",
        "Ostrowski",
    ];
    let mut csv = "visit,emp_no,k1,k2,k3,site,place,state_of_it,pulse\n".to_owned();
    for visit in 0..40 {
        for (person, name) in names.iter().enumerate() {
            let site = if person < 3 { "annex" } else { "yard" };
            let state = ["open", "closed", "pending"][visit % 3];
            let (phone, pin) = (2_075_550_100 + person, 6101 + 53 * person);
            let pulse = 60 + (visit * 7 + person) % 40;
            let number = visit * 15 + person + 1;
            let badge = 2000 + person;
            let _ = writeln!(csv, "{number},E{badge},{phone},{pin},{name},{site},{site},{state},{pulse}");
        }
    }
    workspace.write("visits.csv", csv);
    workspace.run(&["new", "small"]).ended(0);
    workspace.run(&["load", "small", "visits.csv"]).ended(0);
}

/// What of these stands, as whole words, in what the program prints and in its two workbooks.
fn shown(workspace: &Workspace, sought: &[&str]) -> Vec<String> {
    workspace.run(&["export", "small", "map", "map.xlsx"]).ended(0);
    workspace.run(&["export", "small", "samples", "samples.xlsx", "--rows", "100"]).ended(0);
    let mut places: Vec<(String, Searched)> = Vec::new();
    for command in [["profile", "small"], ["sample", "small"]] {
        let more: &[&str] = if command[0] == "sample" { &["preview", "visits"] } else { &["--json"] };
        let told = workspace.run(&[&command[..], more].concat());
        places.push((command.join(" "), Searched::new(&told.out)));
    }
    places.extend(["map.xlsx", "samples.xlsx"].into_iter().flat_map(|workbook| parts(workspace, workbook)));
    let found = |value: &&&str| places.iter().any(|(_, text)| text.holds(value));
    sought.iter().filter(found).map(|value| (*value).to_owned()).collect()
}

#[test]
fn rare_is_what_few_people_hold_however_many_rows() {
    let workspace = Workspace::new();
    visits_of_few_people(&workspace);
    let own = ["2075550100", "2075550107", "6101", "6260", "Abelsen", "Halloran", "annex"];
    assert_eq!(shown(&workspace, &own), [""; 0]);
    assert_eq!(shown(&workspace, &["yard", "open", "closed", "pending"]), ["yard", "open", "closed", "pending"]);
}

#[test]
fn a_person_adds_to_the_search_for_people_and_takes_nobody_out_of_it() {
    let workspace = Workspace::new();
    visits_of_few_people(&workspace);
    // Let pass, the names of the rules stay out of everything all the same.
    workspace.run(&["sample", "small", "treat", "visits.k3", "--class", "none", "--action", "pass"]).ended(0);
    assert_eq!(shown(&workspace, &["Abelsen", "Halloran", "Ostrowski"]), [""; 0]);
    // Taken for names, the sites are found in another column as well.
    workspace.run(&["sample", "small", "treat", "visits.site", "--class", "name", "--action", "surrogate"]).ended(0);
    workspace.run(&["export", "small", "samples", "samples.xlsx"]).ended(0);
    let parts = parts(&workspace, "samples.xlsx");
    let (_, rows) = parts.iter().find(|(part, _)| part == "xl/worksheets/sheet3.xml").expect("the rows of the visits");
    assert!(rows.holds("open") && !rows.holds("annex") && !rows.holds("yard"));
}
