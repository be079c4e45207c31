//! What a statement counts as.

use crate::script::lexer::Lex;
use crate::script::words::{Token, Words};

/// Its first word, with what it makes, changes or drops.
pub fn class_of(statement: &[u8], lex: &Lex) -> String {
    let mut words = Words::new(statement, lex);
    let first = words.name().map(|w| w.to_uppercase()).unwrap_or_default();
    match first.as_str() {
        "CREATE" | "ALTER" | "DROP" => {
            let word =
                |token| if let Token::Word(word) = token { lex.text(word).to_uppercase() } else { String::new() };
            let kind = (0..24).map(|_| word(words.next())).find(|word| is_kind(word));
            kind.map_or(first.clone(), |kind| format!("{first} {kind}"))
        }
        "LOCK" | "UNLOCK" => format!("{first} TABLES"),
        _ => first,
    }
}

fn is_kind(word: &str) -> bool {
    matches!(
        word,
        "TABLE"
            | "DATABASE"
            | "SCHEMA"
            | "VIEW"
            | "TRIGGER"
            | "PROCEDURE"
            | "FUNCTION"
            | "EVENT"
            | "SEQUENCE"
            | "INDEX"
            | "USER"
            | "PACKAGE"
            | "SERVER"
    )
}
