//! What a statement counts as.

use crate::script::lexer::Lex;
use crate::script::words::Words;

/// Its first word, with what it makes, changes or drops.
pub fn class_of(statement: &[u8], lex: &Lex) -> String {
    const KINDS: [&str; 13] = [
        "table",
        "database",
        "schema",
        "view",
        "trigger",
        "procedure",
        "function",
        "event",
        "sequence",
        "index",
        "user",
        "package",
        "server",
    ];
    let mut words = Words::new(statement, lex);
    let first = words.name().map(|w| w.to_uppercase()).unwrap_or_default();
    match first.as_str() {
        "CREATE" | "ALTER" | "DROP" => {
            let kind = (0..24).find_map(|_| {
                let token = words.next();
                KINDS.iter().find(|k| token.is_word(k))
            });
            kind.map_or(first.clone(), |kind| format!("{first} {}", kind.to_uppercase()))
        }
        "LOCK" | "UNLOCK" => format!("{first} TABLES"),
        _ => first,
    }
}
