//! What a file is, by its content.

mod script;

use crate::text::{Utf8Stream, byte_order_mark, unmarked_wide};
use std::io::Read;

pub use script::Script;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of MySQL's dialect.
    Sql,
    /// Of another server's.
    Script(Script),
    Delimited,
    Spreadsheet,
    Gzip,
    /// A zip archive; of a workbook, if its entries say so.
    Zip,
    Empty,
    /// Known, but not read by this version; the text says what it is and what to ask for.
    Unread(&'static str),
    /// Bytes of no kind we know.
    Unknown,
}

impl Kind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Sql => "SQL dump",
            Self::Script(script) => script.label(),
            Self::Delimited => "delimited text",
            Self::Spreadsheet => "spreadsheet",
            Self::Gzip => "gzip",
            Self::Zip => "zip archive",
            Self::Empty => "empty file",
            Self::Unread(what) => what,
            Self::Unknown => "unknown",
        }
    }
}

/// Bytes of a file's start that [`recognise`] wants to see.
pub const HEAD: usize = 64 << 10;

/// Recognises a file by its first bytes.
pub fn recognise(head: &[u8]) -> Kind {
    const SIGNATURES: [(&[u8], Kind); 14] = [
        (b"\x1f\x8b", Kind::Gzip),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Spreadsheet),
        (b"SQLite format 3\0", Kind::Unread("a SQLite database: ask for a dump of it (sqlite3 FILE .dump)")),
        (b"\0\x01\0\0Standard Jet DB", Kind::Unread("an Access database: export its tables as delimited text")),
        (b"\0\x01\0\0Standard ACE DB", Kind::Unread("an Access database: export its tables as delimited text")),
        (b"\x28\xb5\x2f\xfd", Kind::Unread("a zstd file: unpack it first")),
        (b"PGDMP", Kind::Unread("a PostgreSQL custom dump: ask for a plain one (pg_dump --format=plain)")),
        (b"TAPE", Kind::Unread("a SQL Server backup: ask for scripts with data, or for delimited text")),
        (b"%PDF", Kind::Unread("a PDF document")),
        (b"\xff\xd8\xff", Kind::Unread("a JPEG picture")),
        (b"\x89PNG", Kind::Unread("a PNG picture")),
        (b"7z\xbc\xaf\x27\x1c", Kind::Unread("a 7z archive: unpack it first")),
    ];
    if head.is_empty() {
        return Kind::Empty;
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(s, _)| head.starts_with(s)) {
        return *kind;
    }
    let wide = byte_order_mark(head).or_else(|| unmarked_wide(head).map(|w| (w, 0)));
    let text = match wide {
        Some((encoding, mark)) => {
            let mut text = Vec::new();
            let _ = Utf8Stream::new(&head[mark..], encoding).read_to_end(&mut text);
            text
        }
        None => head.to_vec(),
    };
    let control = text.iter().filter(|b| **b < 9 && **b != 1).count();
    if let Some(script) = script::script(&text) {
        return Kind::Script(script);
    }
    if looks_like_sql(&text) {
        return Kind::Sql;
    }
    if control * 50 > text.len() { Kind::Unknown } else { Kind::Delimited }
}

/// Behind its comments, the text begins as a statement does.
fn looks_like_sql(text: &[u8]) -> bool {
    const OPENERS: [&str; 27] = [
        "create table",
        "create database",
        "create schema",
        "create definer",
        "create algorithm",
        "create sequence",
        "create view",
        "create or replace",
        "create procedure",
        "create function",
        "create trigger",
        "create temporary",
        "drop view",
        "rename table",
        "truncate table",
        "insert into",
        "insert ignore",
        "replace into",
        "drop table",
        "drop database",
        "set ",
        "use ",
        "lock tables",
        "alter table",
        "start transaction",
        "delimiter ",
        "begin;",
    ];
    let text = String::from_utf8_lossy(text);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if rest.starts_with("-- ") || rest.starts_with("--\n") || rest.starts_with("--\r") {
            if ["-- MySQL dump", "-- MariaDB dump", "-- phpMyAdmin"].iter().any(|h| rest.starts_with(h)) {
                return true;
            }
            rest.split_once('\n').map(|(_, r)| r)
        } else if rest.starts_with('#') || rest.starts_with("mysqldump: ") || rest.starts_with("mariadb-dump: ") {
            rest.split_once('\n').map(|(_, r)| r)
        } else if rest.starts_with("/*M!999999") || rest.starts_with("/*!999999") {
            rest.split_once("*/").map(|(_, r)| r)
        } else if let Some(open) = rest.strip_prefix("/*!").or(rest.strip_prefix("/*M!")) {
            Some(open.trim_start_matches(|c: char| c.is_ascii_digit() || c == '\\' || c == '-'))
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, r)| r)
        } else {
            let start: String = rest.chars().take(24).collect::<String>().to_ascii_lowercase();
            let start = start.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
            return OPENERS.iter().any(|o| start.starts_with(o));
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        for (head, kind) in [
            (&b"-- MySQL dump 10.13\n"[..], Kind::Sql),
            (b"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n", Kind::Sql),
            (b"/* note */\n\ncreate  table t (a int);", Kind::Sql),
            (b"/*M!999999\\- enable the sandbox mode */ \nCREATE SEQUENCE `s` start with 1;", Kind::Sql),
            (b"use,of,force\n1,2,3\n", Kind::Delimited),
            (b"#id,name\n1,x\n", Kind::Delimited),
            (b"id,name\n1,x\n", Kind::Delimited),
            (b"\xff\xfei\0d\0,\0n\0\n\x001\0,\0x\0\n\0", Kind::Delimited),
            (b"\x1f\x8b\x08", Kind::Gzip),
            (b"PK\x03\x04", Kind::Zip),
            (b"", Kind::Empty),
            (b"\x00\x01\x02\x03\x00\x00\x00\x00", Kind::Unknown),
        ] {
            assert_eq!(recognise(head), kind, "{:?}", String::from_utf8_lossy(head));
        }
    }
}
