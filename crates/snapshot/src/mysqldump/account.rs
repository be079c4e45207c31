//! Where the bytes of a file went: rows of a table, statements by class, blanks, rejects.

use std::collections::BTreeMap;

use crate::event::{Share, ShareOf};
use crate::script::lexer::Lex;
use crate::script::words::Words;

/// Adds up the shares of one file. Bytes are given out in the order they are read, so nothing is counted twice.
#[derive(Default)]
pub struct Account {
    /// Bytes before this offset have their owner.
    pub upto: u64,
    shares: BTreeMap<ShareOf, (u64, u64)>,
}

impl Account {
    /// Bytes up to `offset` that nobody owns yet go to this owner.
    pub fn give(&mut self, of: ShareOf, count: u64, offset: u64) {
        if offset > self.upto || count > 0 {
            let share = self.shares.entry(of).or_default();
            share.0 += count;
            share.1 += offset - self.upto;
            self.upto = offset;
        }
    }

    /// `position`: how far the file was read, which is beyond what has an owner where its reading broke off.
    pub fn shares(&self, position: u64) -> Vec<Share> {
        let share =
            |(of, (count, bytes)): (&ShareOf, &(u64, u64))| Share { of: of.clone(), count: *count, bytes: *bytes };
        let mut shares: Vec<Share> = self.shares.iter().map(share).collect();
        if position > self.upto {
            let of = ShareOf::Class("broken off".to_owned());
            shares.push(Share { of, count: 1, bytes: position - self.upto });
        }
        shares
    }
}

/// What a statement counts as: its first word, with what it makes, changes or drops.
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
