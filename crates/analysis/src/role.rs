//! What part a table plays among the others, as far as its name and its columns tell.

use serde::{Deserialize, Serialize};

/// The part a table plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Patients, employees and those around them.
    Person,
    /// Those who treat, write and log in.
    Staff,
    /// What happened to somebody at some time.
    Event,
    /// Parts of what happened: lines, results, answers.
    Detail,
    /// Codes and other lists.
    Lookup,
    /// Which of one table belongs to which of another.
    Link,
    /// One value a row, beside the name of what it is.
    NameValue,
    /// What was done in the legacy program, by whom and when.
    Log,
    /// A copy of another table.
    Copy,
    /// The legacy program's own: settings, screens, reports.
    System,
    /// No rows.
    Empty,
    Other,
}

impl Role {
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Staff,
        Self::Event,
        Self::Detail,
        Self::Lookup,
        Self::Link,
        Self::NameValue,
        Self::Log,
        Self::Copy,
        Self::System,
        Self::Empty,
        Self::Other,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Staff => "staff",
            Self::Event => "event",
            Self::Detail => "detail",
            Self::Lookup => "lookup",
            Self::Link => "link",
            Self::NameValue => "name–value",
            Self::Log => "log",
            Self::Copy => "copy",
            Self::System => "system",
            Self::Empty => "empty",
            Self::Other => "other",
        }
    }
}

/// Whom the rows of a table hold, by its name and headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    People,
    Staff,
    /// A list, or organisations.
    List,
    Other,
}

/// What is known of a table.
#[derive(Debug, Clone)]
pub struct Look {
    pub rows: u64,
    /// Words of its name, in lower case and in the singular.
    pub words: Vec<String>,
    pub holds: Holds,
    /// Another table of almost the same columns, to whose name this one's adds something: `visit` beside `visit_bak`.
    pub copy_of: Option<String>,
    pub columns: Vec<ColumnLook>,
    /// Whether a column of its own tells whom a row is about, or it takes another table to tell.
    pub names_person: bool,
    pub reaches_person: bool,
}

#[derive(Debug, Clone)]
pub struct ColumnLook {
    /// Words of its header, in lower case.
    pub words: Vec<String>,
    pub dated: bool,
    /// Points at another table, or is part of the key.
    pub key: bool,
    pub filled: bool,
}

#[rustfmt::skip]
const COPIES: &[&str] = &[
    "bak", "backup", "bkp", "bck", "old", "copy", "tmp", "temp", "temporary", "archive", "archived", "save", "saved",
    "orig", "original", "prev", "test", "staging", "stage", "stg", "import", "work", "wrk", "dup", "new", "hold",
];
/// Anywhere in a name, and at its end: an incident log is no log of the program.
const LOGS: &[&str] = &["audit", "trail", "trace", "logging", "auditing", "login"];
const LOG_ENDS: &[&str] = &["log", "journal"];
#[rustfmt::skip]
const SYSTEMS: &[&str] = &[
    "config", "configuration", "setting", "preference", "menu", "screen", "report", "session", "license", "version",
    "registry", "migration", "queue", "scheduler", "privilege", "permission", "right", "printer", "macro", "param",
    "parameter", "property", "sequence", "lock",
];
#[rustfmt::skip]
const DETAILS: &[&str] =
    &["detail", "item", "line", "result", "answer", "response", "component", "value", "entry", "step", "measurement"];
const NAMES: &[&str] = &[
    "name",
    "key",
    "attribute",
    "field",
    "property",
    "parameter",
    "question",
    "item",
    "code",
    "type",
    "label",
    "concept",
];
const VALUES: &[&str] = &["value", "answer", "response", "result", "val"];

/// The part, and why in a sentence.
pub fn role(look: &Look) -> (Role, String) {
    let has = |list: &[&str]| look.words.iter().any(|word| list.contains(&word.as_str()));
    if let Some(other) = &look.copy_of {
        return (Role::Copy, format!("its columns are those of {other}, to whose name its own adds something"));
    }
    if has(&["bak", "backup", "bkp", "tmp", "temp", "temporary"]) {
        return (Role::Copy, "its name speaks of a copy".to_owned());
    }
    if look.rows == 0 {
        return (Role::Empty, "it has no rows".to_owned());
    }
    if has(LOGS) || look.words.last().is_some_and(|word| LOG_ENDS.contains(&word.as_str())) {
        return (Role::Log, "its name speaks of a log".to_owned());
    }
    if is_name_value(look) {
        return (Role::NameValue, "it holds one value a row, beside the name of what it is".to_owned());
    }
    if is_link(look) {
        return (Role::Link, "nearly all its columns point at other tables".to_owned());
    }
    match look.holds {
        Holds::People => return (Role::Person, "its name or its columns are those of people".to_owned()),
        Holds::Staff => return (Role::Staff, "its name or its columns are those of staff".to_owned()),
        Holds::List => return (Role::Lookup, "its name speaks of a list".to_owned()),
        Holds::Other => {}
    }
    let dated = look.columns.iter().any(|column| column.dated && column.filled);
    if look.names_person && dated {
        return (Role::Event, "its rows tell of whom and when".to_owned());
    }
    if look.reaches_person && (has(DETAILS) || !dated) {
        return (Role::Detail, "its rows belong to those of another table, which tells of whom".to_owned());
    }
    if look.names_person || look.reaches_person {
        return (Role::Event, "its rows tell of whom".to_owned());
    }
    if has(SYSTEMS) {
        return (Role::System, "its name is that of a program's own table".to_owned());
    }
    if is_list(look) {
        return (Role::Lookup, "it is short, and has a code or number beside a name".to_owned());
    }
    (Role::Other, "neither its name nor its columns tell".to_owned())
}

fn is_name_value(look: &Look) -> bool {
    let column = |list: &[&str]| {
        look.columns.iter().any(|c| !c.key && c.words.last().is_some_and(|word| list.contains(&word.as_str())))
    };
    let value = look
        .columns
        .iter()
        .any(|c| !c.key && c.words.last().is_some_and(|word| VALUES.contains(&word.as_str())) && c.words.len() <= 2);
    let named = look.columns.iter().any(|c| {
        c.words.last().is_some_and(|word| NAMES.contains(&word.as_str()))
            || c.key && c.words.iter().any(|word| NAMES.contains(&word.as_str()))
    });
    value && named && column(VALUES) && look.columns.len() <= 10 && (look.names_person || look.reaches_person)
}

fn is_link(look: &Look) -> bool {
    let keys = look.columns.iter().filter(|c| c.key).count();
    keys >= 2 && keys + 1 >= look.columns.len() && look.columns.len() <= 6
}

fn is_list(look: &Look) -> bool {
    let named = look.columns.iter().any(|c| {
        c.words.last().is_some_and(|w| ["name", "description", "title", "label", "text", "value"].contains(&w.as_str()))
    });
    look.rows <= 5_000 && look.columns.len() <= 12 && named
}

/// Of tables by their names, whether one is a copy of another: what its name adds to the other's.
pub fn is_copy_name(name: &str, of: &str) -> bool {
    let (name, of) = (name.to_lowercase(), of.to_lowercase());
    let Some(at) = name.find(&of).filter(|_| name != of && !of.is_empty()) else { return false };
    let (before, after) = (&name[..at], &name[at + of.len()..]);
    let words = [before, after].into_iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).all(|word| {
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        // `visit_20190401`, `visit2`, `zz_old_visit_bak`.
        letters.is_empty() || COPIES.contains(&letters) || letters.bytes().all(|b| b"xz".contains(&b))
    })
}

/// Parts of a name that could be the name of what it is a copy of, the longest first: from its start, to its end, and whole
/// words in between.
pub fn originals(name: &str) -> Vec<&str> {
    let places: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let parted = |at: usize| {
        let beside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        beside(name[..at].chars().next_back()) || beside(name[at..].chars().next())
    };
    let mut found = Vec::new();
    for (from, start) in places.iter().enumerate() {
        for end in &places[from + 1..] {
            let edge = *start == 0 || *end == name.len() || parted(*start) && parted(*end);
            if edge && end - start < name.len() {
                found.push(&name[*start..*end]);
            }
        }
    }
    found.sort_by_key(|part| std::cmp::Reverse(part.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(name: &str, rows: u64, holds: Holds, person: (bool, bool), columns: &str) -> Look {
        let words = |text: &str| text.split('_').map(str::to_owned).collect::<Vec<_>>();
        let column = |text: &str| ColumnLook {
            words: words(text.trim_end_matches(['*', '@'])),
            dated: text.ends_with('@'),
            key: text.ends_with('*'),
            filled: true,
        };
        Look {
            rows,
            words: words(name),
            holds,
            copy_of: None,
            columns: columns.split(' ').map(column).collect(),
            names_person: person.0,
            reaches_person: person.1,
        }
    }

    #[test]
    fn tables_play_the_part_that_their_names_and_columns_say() {
        use Holds as H;
        for (look, expected) in [
            (look("employee", 900, H::People, (true, false), "employee_id* last_name birth_date@"), Role::Person),
            (look("visit", 9_000, H::Other, (true, false), "id* employee_id* visit_date@ reason"), Role::Event),
            (look("visit_detail", 9_000, H::Other, (false, true), "id* visit_id* text amount"), Role::Detail),
            (look("lab_result", 9_000, H::Other, (false, true), "id* order_id* result_date@ amount"), Role::Detail),
            (look("visit_type", 12, H::List, (false, false), "code description"), Role::Lookup),
            (look("shift", 12, H::Other, (false, false), "shift_id* shift_name"), Role::Lookup),
            (look("employee_group", 700, H::Other, (true, false), "employee_id* group_id*"), Role::Link),
            (look("obs", 7_000, H::Other, (true, false), "obs_id* person_id* concept_id* value"), Role::NameValue),
            (
                look("incident_log_demographic", 7_000, H::Other, (true, false), "id* log_no* at@ place reason"),
                Role::Event,
            ),
            (look("tmp_export", 7_000, H::Other, (false, false), "a b c"), Role::Copy),
            (look("audit_trail", 7_000, H::Other, (true, false), "id* user_id* action at@"), Role::Log),
            (look("report_setting", 70, H::Other, (false, false), "id* a b c d e f g h i j k l"), Role::System),
            (look("visit", 0, H::Other, (true, false), "id* visit_date@"), Role::Empty),
            (look("zz", 90_000, H::Other, (false, false), "a b c"), Role::Other),
        ] {
            assert_eq!(role(&look).0, expected, "{:?}", look.words);
        }
    }

    #[test]
    fn copies_add_something_to_the_name() {
        for (name, of, expected) in [
            ("visit_bak", "visit", true),
            ("visit_20190401", "visit", true),
            ("VISIT2", "visit", true),
            ("old_visit", "visit", true),
            ("visit_bak2", "visit", true),
            ("tmpvisit", "visit", true),
            ("zz_old_visit_bak", "visit", true),
            ("visit_detail", "visit", false),
            ("visits", "visit", false),
            ("visit", "visit", false),
        ] {
            assert_eq!(is_copy_name(name, of), expected, "{name}");
            assert!(!expected || originals(&name.to_lowercase()).contains(&of), "{name}");
        }
    }
}
