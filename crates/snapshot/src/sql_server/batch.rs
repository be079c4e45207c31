//! Where statements end that need no semicolon: Transact-SQL goes by keywords, and by lines that say `GO`
//! (<https://learn.microsoft.com/en-us/sql/t-sql/language-elements/sql-server-utilities-statements-go>).

use memchr::memchr;

use crate::script::Extent;
use crate::script::lexer::{Lex, Piece, Scan, piece};

/// Words that begin a statement at the start of a line.
pub fn is_starter(word: &str) -> bool {
    matches!(
        word,
        "alter"
            | "backup"
            | "begin"
            | "bulk"
            | "checkpoint"
            | "commit"
            | "create"
            | "dbcc"
            | "declare"
            | "delete"
            | "deny"
            | "disable"
            | "drop"
            | "else"
            | "enable"
            | "end"
            | "exec"
            | "execute"
            | "go"
            | "grant"
            | "if"
            | "insert"
            | "merge"
            | "print"
            | "raiserror"
            | "restore"
            | "return"
            | "revoke"
            | "rollback"
            | "save"
            | "set"
            | "truncate"
            | "update"
            | "use"
            | "waitfor"
            | "while"
    )
}

/// What goes on to the end of its batch, whatever stands in it.
const BODIES: [&str; 6] = ["view", "procedure", "proc", "function", "trigger", "rule"];

/// Words that begin a line but no statement within these.
const WITHIN: [(&str, &[&str]); 6] = [
    ("alter", &["alter", "drop", "set", "delete", "update", "enable", "disable", "begin", "end"]),
    ("create", &["alter", "delete", "update", "execute", "exec", "begin", "end", "set"]),
    ("update", &["set"]),
    ("grant", &["alter", "create", "delete", "exec", "execute", "insert", "update"]),
    ("deny", &["alter", "create", "delete", "exec", "execute", "insert", "update"]),
    ("revoke", &["alter", "create", "delete", "exec", "execute", "insert", "update"]),
];

/// Where the statement at the start ends.
pub fn statement_end(buf: &[u8], lex: &Lex, eof: bool) -> Scan<Extent> {
    let mut walk = Walk { first: Vec::new(), words: 0, body: false, depth: 0, fresh: true, text: 0 };
    if buf[0] == b':' || buf[0] == b'!' {
        return Extent::line(buf, eof);
    }
    let mut at = 0;
    while at < buf.len() {
        let rest = &buf[at..];
        let (kind, length) = match piece(rest, lex, eof) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        let raw = &rest[..length];
        if kind == Piece::Word && walk.fresh && raw.eq_ignore_ascii_case(b"go") {
            match go_line(rest, eof) {
                Scan::Found(whole) if at == 0 => return Scan::Found(Extent { text: whole, whole }),
                Scan::Found(_) => return Scan::Found(Extent { text: walk.text, whole: at }),
                Scan::More => return Scan::More,
                Scan::Bad(_) => {}
            }
        }
        if at > 0 && kind == Piece::Word && walk.ends_before(raw) {
            return Scan::Found(Extent { text: walk.text, whole: at });
        }
        if kind == Piece::Sign(b';') && walk.depth <= 0 && !walk.body {
            return Scan::Found(Extent { text: walk.text, whole: at + 1 });
        }
        walk.step(kind, raw, at + length);
        at += length;
        if walk.is_over() {
            return Scan::Found(Extent { text: walk.text, whole: at });
        }
    }
    if eof { Scan::Found(Extent { text: walk.text, whole: buf.len() }) } else { Scan::More }
}

/// A walk over the pieces of a statement.
struct Walk {
    /// Its first word, in lower case.
    first: Vec<u8>,
    words: usize,
    body: bool,
    depth: i32,
    /// Only blanks stand before this in its line.
    fresh: bool,
    /// After the last piece that is no blank.
    text: usize,
}

impl Walk {
    fn step(&mut self, kind: Piece, raw: &[u8], end: usize) {
        match kind {
            Piece::Blank => {
                self.fresh |= raw.contains(&b'\n');
                return;
            }
            Piece::Sign(b'(') => self.depth += 1,
            Piece::Sign(b')') => self.depth -= 1,
            Piece::Word => {
                let word = raw.to_ascii_lowercase();
                let defines = self.first == b"create" || self.first == b"alter";
                // CREATE OR ALTER VIEW, CREATE UNIQUE INDEX: the kind stands among the first words.
                if defines && self.words < 4 && BODIES.iter().any(|b| b.as_bytes() == word) {
                    self.body = true;
                }
                if self.words == 0 {
                    self.first = word;
                }
                self.words += 1;
            }
            _ => {}
        }
        self.fresh = false;
        self.text = end;
    }

    /// `BEGIN`, `END` and `ELSE` stand for themselves.
    fn is_over(&self) -> bool {
        self.words == 1 && [&b"end"[..], b"else"].contains(&&self.first[..])
    }

    /// Whether another statement begins with this word.
    fn ends_before(&self, word: &[u8]) -> bool {
        if self.body || self.depth > 0 {
            return false;
        }
        let word = String::from_utf8_lossy(word).to_ascii_lowercase();
        if word == "go" || self.first == b"merge" {
            return false;
        }
        let first = String::from_utf8_lossy(&self.first);
        let within = WITHIN.iter().find(|(f, _)| *f == first).is_some_and(|(_, words)| words.contains(&word.as_str()));
        let plain = ["set", "use", "begin", "print", "if", "commit", "delete", "truncate"].contains(&first.as_ref());
        !within && (self.fresh && is_starter(&word) || plain && word == "insert")
    }
}

/// Length of a line that says `GO`, with a count and a comment perhaps.
fn go_line(buf: &[u8], eof: bool) -> Scan<usize> {
    let end = match memchr(b'\n', buf) {
        Some(end) => end + 1,
        None if eof => buf.len(),
        None if buf.len() > 256 => return Scan::Bad("GO alone in its line"),
        None => return Scan::More,
    };
    let rest = buf[2..end].trim_ascii();
    let rest = rest.strip_suffix(b";").unwrap_or(rest);
    let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let after = rest[count..].trim_ascii();
    let bare = after.is_empty() || after.starts_with(b"--") || after.starts_with(b"/*");
    if bare { Scan::Found(end) } else { Scan::Bad("GO alone in its line") }
}

/// How often a `GO` has its batch run.
pub fn go_count(text: &[u8]) -> u64 {
    let digits: String = text[2..].trim_ascii().iter().take_while(|b| b.is_ascii_digit()).map(|b| *b as char).collect();
    digits.parse().unwrap_or(1)
}
