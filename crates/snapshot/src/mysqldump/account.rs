//! Where the bytes of a file went: rows of a table, statements by class, blanks, rejects.

use std::collections::BTreeMap;
use std::io::Read;

use super::Mysqldump;
use super::lexer::{Style, Words};
use crate::event::{Share, ShareOf};

/// Adds up the shares of one file. Bytes are given out in the order they are read, so nothing is counted twice.
#[derive(Default)]
pub struct Account {
    /// Bytes before this offset have their owner.
    upto: u64,
    shares: BTreeMap<ShareOf, (u64, u64)>,
}

impl Account {
    fn give(&mut self, of: ShareOf, count: u64, offset: u64) {
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

impl<R: Read> Mysqldump<R> {
    /// What was read since the last call was one statement of this class.
    pub(super) fn account(&mut self, class: &str) {
        let offset = self.input.offset();
        if offset > self.file.account.upto {
            self.file.account.give(ShareOf::Class(class.to_owned()), 1, offset);
        }
    }

    pub(super) fn account_blank(&mut self) {
        self.file.account.give(ShareOf::Class("comments and blanks".to_owned()), 0, self.input.offset());
    }

    pub(super) fn account_reject(&mut self) {
        self.file.account.give(ShareOf::Class("rejects".to_owned()), 1, self.input.offset());
    }

    /// The head of an `INSERT`, its rows and what stands between them are the table's.
    pub(super) fn account_rows(&mut self, table: usize, rows: usize) {
        self.file.account.give(ShareOf::Table(table), rows as u64, self.input.offset());
    }
}

/// What a statement counts as: its first word, with what it makes, changes or drops.
pub fn class_of(statement: &[u8], style: Style) -> String {
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
    let mut words = Words::new(statement, style);
    let first = words.name().map(|w| String::from_utf8_lossy(&w).to_uppercase()).unwrap_or_default();
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
