//! The engine's lists of words and its way to write keys, for the UI to use and to be held to.

use std::fmt::Write as _;

use engine::mapping::{MappingStatus, ModuleStatus};
use engine::sample::{Action, Class};
use engine::source::{Disposition, TableKey};
use engine::target::Requirement;
use serde_json::{Value, json};

/// Names that a key must not be torn by.
const NAMES: [(Option<&str>, &str, &str); 5] = [
    (None, "EMPLOYEE", "NAME"),
    (Some("ohm"), "EMPLOYEE", "LAST/FIRST"),
    (Some("a/b"), "50%", "%2F"),
    (None, "", ""),
    (None, "Ärzte 2", "näme.x"),
];

/// Each as a constant of TypeScript.
pub fn typescript() -> String {
    let lists: [(&str, &str, Value); 7] = [
        ("DISPOSITIONS", "readonly { code: Disposition; label: string; letter: string }[]", dispositions()),
        (
            "MODULE_STATUSES",
            "readonly { code: ModuleStatus; label: string }[]",
            words(&ModuleStatus::ALL, ModuleStatus::label),
        ),
        (
            "MAPPING_STATUSES",
            "readonly { code: MappingStatus; label: string }[]",
            words(&MappingStatus::ALL, MappingStatus::code),
        ),
        (
            "REQUIREMENTS",
            "readonly { code: Requirement; label: string }[]",
            words(&Requirement::ALL, Requirement::label),
        ),
        ("ACTION_CODES", "readonly Action[]", json!(Action::ALL)),
        ("CLASS_CODES", "readonly Class[]", json!(Class::ALL)),
        (
            "KEYS",
            "readonly { database: string; table: string; column: string; key: ColumnKey; named: string }[]",
            keys(),
        ),
    ];
    let mut out = String::from("// Lists of the engine, and keys as it writes them.\n\n");
    for (name, kind, values) in lists {
        let lines: Vec<String> = values.as_array().into_iter().flatten().map(|value| format!("  {value},\n")).collect();
        let _ = write!(out, "export const {name}: {kind} = [\n{}];\n\n", lines.concat());
    }
    out
}

fn dispositions() -> Value {
    let word = |d: Disposition| json!({ "code": d, "label": d.label(), "letter": d.letter() });
    Disposition::ALL.map(word).into_iter().collect()
}

/// With a capital, as they stand alone on the screen.
fn words<T: Copy + serde::Serialize>(all: &[T], label: impl Fn(T) -> &'static str) -> Value {
    let capital = |label: &str| label[..1].to_uppercase() + &label[1..];
    all.iter().map(|one| json!({ "code": one, "label": capital(label(*one)) })).collect()
}

fn keys() -> Value {
    let key = |(database, table, column): (Option<&str>, &str, &str)| {
        let key = TableKey::new(database, table).column(column);
        let database = database.unwrap_or_default();
        json!({ "database": database, "table": table, "column": column, "key": key, "named": key.to_string() })
    };
    NAMES.map(key).into_iter().collect()
}
