//! Whether a text begins as a script: with a statement of SQL or a command of the program that runs it. One word is not
//! enough, for a header may begin with it (`Create User,Create Date`; `use of force;count`): what follows must be there too.

/// What stands in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    /// In lower case.
    Word(String),
    /// In quotes of any kind for names.
    Name,
    Text,
    Number,
    Sign(char),
    /// A line of a program such as `source a.sql`, from its first sign on.
    Line(&'a str),
}

/// Whether a list, whose words stand apart, has a word.
fn among(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|known| known == word)
}

/// Tokens that are looked at.
const MOST: usize = 60;

/// What is created, dropped and altered. A name must follow.
const OBJECTS: &str = "aggregate cast collation conversion database domain event extension foreign function index language \
    login mapping operator package policy proc procedure publication role rule schema sequence server \
    session synonym table tablespace trigger type user view";

/// Words before what is created.
const BEFORE_OBJECTS: &str = "or replace alter unique clustered nonclustered unlogged definer algorithm spatial if";

/// Words before some of them.
const OBJECT_MODIFIERS: &str = "event foreign fulltext global local materialized public temp temporary user virtual";

/// Settings that need no sign: `SET NOCOUNT ON`, `SET NAMES utf8`.
const SETTINGS: &str = "ansi_nulls ansi_padding ansi_warnings arithabort authorization character charset \
    concat_null_yields_null constraints current datefirst dateformat define echo escape feedback \
    identity_insert language names nocount numeric_roundabort password quoted_identifier role rowcount \
    scan schema serveroutput sql sqlblanklines term time transaction";

/// Commands of psql, the mysql client and the shell of SQLite.
const COMMANDS: &str = "\\. \\! \\c \\connect \\copy \\echo \\encoding \\g \\i \\if \\ir \\o \\pset \\restrict \\set \\timing \\unrestrict \
    :connect :on :setvar";

/// Whether a statement or a command stands at the start, after blanks, comments and what programs say on the way.
pub fn begins_script(text: &str) -> bool {
    let (start, remarks) = after_comments(text);
    !is_tabbed(start) && (is_command(start) || is_statement(&tokens(start), remarks))
}

/// What stands after comments; whether any of them are SQL*Plus's own.
fn after_comments(text: &str) -> (&str, bool) {
    const SAID: [&str; 6] =
        ["mysqldump: ", "mariadb-dump: ", "mysql: ", "pg_dump: ", "Enter password:", "Warning: Using a password"];
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    let mut remarks = false;
    loop {
        let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let blank = rest[word.len()..].starts_with([' ', '\n', '\r']);
        let remark = blank && ["rem", "remark", "prompt"].iter().any(|r| word.eq_ignore_ascii_case(r));
        let line =
            remark || rest.starts_with("--") || rest.starts_with('#') || SAID.iter().any(|s| rest.starts_with(s));
        let after = if line {
            remarks |= remark;
            rest.split_once('\n').map(|(_, rest)| rest)
        } else if rest.starts_with("/*M!999999") || rest.starts_with("/*!999999") {
            rest.split_once("*/").map(|(_, rest)| rest)
        } else if let Some(open) = rest.strip_prefix("/*!").or(rest.strip_prefix("/*M!")) {
            Some(open.trim_start_matches(|c: char| c.is_ascii_digit() || c == '\\' || c == '-'))
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, rest)| rest)
        } else if let Some(rest) = rest.strip_prefix(';') {
            Some(rest)
        } else {
            return (rest, remarks);
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return ("", remarks),
        }
    }
}

/// Columns between tabs: as many in the second line as in the first.
fn is_tabbed(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_start().matches('\t').count());
    let first = lines.next().unwrap_or(0);
    first > 0 && lines.next() == Some(first)
}

/// Lines that a program takes for its own.
fn is_command(start: &str) -> bool {
    let line = start.lines().next().unwrap_or_default().trim_end();
    let (word, rest) = line.split_at(line.find(char::is_whitespace).unwrap_or(line.len()));
    let (word, rest) = (word.to_ascii_lowercase(), rest.trim());
    let path = |text: &str| {
        let text = text.trim_end_matches(';').trim().trim_matches(['\'', '"', '`']).to_ascii_lowercase();
        !text.contains([',', '\t', '|'])
            && [".sql", ".ddl", ".dmp", ".dump", ".pls", ".psql"].iter().any(|e| text.ends_with(e))
    };
    match word.as_str() {
        "source" => path(rest),
        "spool" => !rest.is_empty() && !rest.contains([',', ';', '|']),
        "whenever" => ["sqlerror", "oserror"].iter().any(|w| rest.to_ascii_lowercase().starts_with(w)),
        "delimiter" => !rest.is_empty() && rest.len() < 8 && rest.chars().all(|c| !c.is_alphanumeric() && c != ','),
        "go" => rest.is_empty(),
        _ if word.starts_with('@') => path(line.trim_start_matches('@')),
        _ => among(&word, COMMANDS) || word.starts_with("\\.") && path(&word[2..]),
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while tokens.len() < MOST {
        let trimmed = rest.trim_start();
        // `USE clinic` needs no semicolon where its line ends.
        if !tokens.is_empty() && rest[..rest.len() - trimmed.len()].contains('\n') {
            tokens.push(Token::Line(trimmed));
        }
        rest = trimmed;
        let Some(first) = rest.chars().next() else { break };
        let quoted = |close: char| {
            rest[first.len_utf8()..].find(close).map_or(rest.len(), |n| n + first.len_utf8() + close.len_utf8())
        };
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '#');
        let (token, length) = match first {
            '-' if rest.starts_with("--") => {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, rest)| rest);
                continue;
            }
            '\'' => (Token::Text, quoted('\'')),
            '`' | '"' => (Token::Name, quoted(first)),
            '[' => (Token::Name, quoted(']')),
            '0'..='9' => (Token::Number, rest.find(|c: char| !word(c) && c != '.').unwrap_or(rest.len())),
            c if word(c) => {
                let length = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
                (Token::Word(rest[..length].to_lowercase()), length)
            }
            sign => (Token::Sign(sign), sign.len_utf8()),
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

/// A view on tokens, line ends left out.
struct Walk<'a> {
    tokens: Vec<&'a Token<'a>>,
}

impl Walk<'_> {
    fn word(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => word,
            _ => "",
        }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    fn among(&self, at: usize, list: &str) -> bool {
        among(self.word(at), list)
    }

    fn sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at) == Some(&&Token::Sign(sign))
    }

    /// After the name at this place, with what it stands in.
    fn name(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.tokens.get(at)? {
                Token::Word(_) | Token::Name | Token::Text => at += 1,
                _ => return None,
            }
            if !self.sign(at, '.') {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Whether the statement ends here.
    fn ends(&self, at: usize) -> bool {
        at >= self.tokens.len() || self.sign(at, ';')
    }

    /// Where one of these words stands, before the statement's end.
    fn find(&self, from: usize, words: &[&str]) -> Option<usize> {
        (from..self.tokens.len()).take_while(|at| !self.sign(*at, ';')).find(|at| self.is(*at, words))
    }

    fn find_among(&self, from: usize, list: &str) -> Option<usize> {
        (from..self.tokens.len()).take_while(|at| !self.sign(*at, ';')).find(|at| self.among(*at, list))
    }

    fn has_end(&self) -> bool {
        self.tokens.iter().any(|t| **t == Token::Sign(';')) || (1..self.tokens.len()).any(|at| self.is(at, &["go"]))
    }
}

fn is_statement(tokens: &[Token], remarks: bool) -> bool {
    let Some(Token::Word(first)) = tokens.first() else { return false };
    let walk = Walk { tokens: tokens.iter().filter(|t| !matches!(t, Token::Line(_))).collect() };
    // What begins the next line, for statements that a line ends.
    let next_line = tokens.iter().find_map(|t| if let Token::Line(line) = t { Some(*line) } else { None });
    let line_ends_at = |n: usize| matches!(tokens.get(n), Some(Token::Line(_)));
    let next_begins = || {
        const STARTERS: [&str; 19] = [
            "alter", "begin", "create", "declare", "delete", "drop", "exec", "execute", "go", "grant", "if", "insert",
            "merge", "print", "select", "set", "source", "truncate", "update",
        ];
        let word = next_line.unwrap_or_default().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        STARTERS.iter().any(|s| word.eq_ignore_ascii_case(s)) || next_line.is_some_and(|l| l.starts_with("--"))
    };
    match first.as_str() {
        "create" | "drop" | "alter" => changes_object(&walk),
        "insert" | "replace" => inserts(&walk),
        "delete" => deletes(&walk),
        "update" => updates(&walk),
        "truncate" => {
            let table = walk.is(1, &["table"]);
            let name = if table { 2 } else { 1 };
            let name = if walk.is(name, &["only"]) { name + 1 } else { name };
            walk.name(name).is_some_and(|end| {
                walk.ends(end) || table && (walk.is(end, &["cascade", "restart", "continue", "go"]) || next_begins())
            })
        }
        "set" => sets(&walk) && !line_ends_at(2) || remarks,
        "use" => walk.name(1).is_some_and(|end| walk.sign(end, ';') || line_ends_at(end) && next_begins()),
        "lock" | "unlock" => walk.is(1, &["table", "tables"]) && walk.has_end(),
        "load" => walk.is(1, &["data", "xml"]) && walk.find(2, &["infile"]).is_some(),
        "grant" | "revoke" | "deny" => {
            let to = walk.find(2, &["to", "from"]);
            walk.name(1).is_some() && to.is_some() && (walk.find(2, &["on"]).is_some() || walk.has_end())
        }
        "begin" | "commit" | "rollback" | "end" => {
            let after = if walk.is(1, &["transaction", "tran", "work", "try"]) { 2 } else { 1 };
            walk.sign(after, ';') || after == 2 && (walk.ends(2) || line_ends_at(2)) || line_ends_at(1) && next_begins()
        }
        "start" => walk.is(1, &["transaction"]) && (walk.ends(2) || walk.is(2, &["with", "read", "isolation"])),
        "declare" => {
            walk.word(1).starts_with('@')
                || line_ends_at(1) && walk.has_end()
                || walk.name(1).is_some() && walk.find_among(2, TYPES).is_some()
        }
        "exec" | "execute" => {
            walk.is(1, &["immediate"])
                || walk.name(1).is_some_and(|end| {
                    walk.sign(end, ';')
                        || walk.word(end).starts_with('@')
                        || matches!(walk.tokens.get(end), Some(Token::Text))
                        || walk.is(end, &["n", "go"])
                })
        }
        "call" => walk.name(1).is_some_and(|end| walk.sign(end, '(')),
        "select" | "values" | "explain" => selects(&walk),
        "with" => {
            walk.name(1).is_some_and(|end| walk.is(end, &["as"]) || walk.sign(end, '('))
                && walk.find(2, &["select"]).is_some()
        }
        "merge" => walk.find(1, &["using"]).is_some_and(|at| walk.find(at, &["on"]).is_some()),
        "comment" => walk.is(1, &["on"]) && walk.find(2, &["is"]).is_some(),
        "pragma" => walk.name(1).is_some_and(|end| walk.ends(end) || walk.sign(end, '=') || walk.sign(end, '(')),
        "copy" => walk.name(1).is_some() && walk.find(2, &["from", "to"]).is_some() && walk.has_end(),
        "analyze" | "vacuum" | "reindex" | "flush" | "optimize" | "check" | "repair" | "cluster" => {
            walk.has_end() && walk.find(1, &["table", "tables", "privileges", "full", "analyze"]).is_some()
                || walk.sign(1, ';')
        }
        "print" => {
            matches!(walk.tokens.get(1), Some(Token::Text))
                || walk.is(1, &["n"]) && matches!(walk.tokens.get(2), Some(Token::Text))
        }
        "raiserror" => walk.sign(1, '('),
        "waitfor" => walk.is(1, &["delay", "time"]),
        "dbcc" => walk.name(1).is_some_and(|end| walk.sign(end, '(')),
        "backup" | "restore" => walk.is(1, &["database", "log"]) && walk.find(2, &["disk"]).is_some(),
        "if" => {
            walk.is(1, &["exists", "not", "object_id"])
                || walk.sign(1, '(') && walk.has_end()
                || walk.word(1).starts_with('@')
        }
        "rename" => walk.is(1, &["table"]) && walk.find(2, &["to"]).is_some(),
        "do" => walk.word(1).starts_with('$') || walk.is(1, &["language"]),
        "define" | "variable" => walk.name(1).is_some() && remarks,
        _ => false,
    }
}

/// Of variables, for `DECLARE name type`.
const TYPES: &str = "bigint char cursor date datetime decimal exception int integer number nvarchar table text timestamp \
    uniqueidentifier varchar varchar2";

fn changes_object(walk: &Walk) -> bool {
    // DEFINER=`root`@`localhost` and ALGORITHM=UNDEFINED stand before what is made.
    if walk.is(1, &["definer", "algorithm"]) && walk.sign(2, '=') {
        return true;
    }
    let known = |at: usize| walk.among(at, OBJECTS) || walk.among(at, OBJECT_MODIFIERS);
    let mut at = 1;
    while walk.among(at, BEFORE_OBJECTS) || walk.among(at, OBJECT_MODIFIERS) && known(at + 1) {
        at += 1;
    }
    // Names may be listed after DROP.
    let listed = walk.is(0, &["drop"]) && walk.has_end();
    walk.among(at, OBJECTS) && walk.name(at + 1).is_some_and(|end| !walk.sign(end, ',') || listed)
}

fn inserts(walk: &Walk) -> bool {
    let mut at = 1;
    let mut said = false;
    while walk.is(
        at,
        &[
            "into",
            "ignore",
            "low_priority",
            "high_priority",
            "delayed",
            "or",
            "abort",
            "fail",
            "rollback",
            "replace",
            "overwrite",
            "top",
        ],
    ) {
        said |= walk.is(at, &["into"]);
        at += 1;
        if walk.sign(at, '(') && walk.is(at - 1, &["top"]) {
            at += 3;
        }
    }
    let Some(end) = walk.name(at) else { return false };
    let after = walk.is(
        end,
        &[
            "values",
            "value",
            "select",
            "set",
            "default",
            "as",
            "exec",
            "execute",
            "with",
            "partition",
            "overriding",
            "output",
            "table",
        ],
    );
    after || walk.sign(end, '(') || said && end >= walk.tokens.len()
}

fn deletes(walk: &Walk) -> bool {
    let mut at = 1;
    while walk.is(at, &["low_priority", "quick", "ignore"]) {
        at += 1;
    }
    let from = walk.is(at, &["from"]);
    let Some(end) = walk.name(if from { at + 1 } else { at }) else { return false };
    let after = walk.is(end, &["where", "go"]) || walk.sign(end, ';');
    let others = walk.is(
        end,
        &["using", "as", "order", "limit", "partition", "insert", "delete", "set", "commit", "with", "output"],
    ) || end >= walk.tokens.len();
    // DELETE a, b FROM a JOIN b …
    after
        || from && others
        || !from && walk.find(at, &["from"]).is_some_and(|n| walk.name(n + 1).is_some()) && walk.has_end()
}

fn updates(walk: &Walk) -> bool {
    let at = if walk.is(1, &["low_priority", "ignore", "only", "or", "top"]) { 2 } else { 1 };
    let set = walk.find(at + 1, &["set"]);
    walk.name(at).is_some() && set.and_then(|set| walk.name(set + 1)).is_some_and(|end| walk.sign(end, '='))
}

fn sets(walk: &Walk) -> bool {
    let session = usize::from(walk.is(1, &["session"]));
    if walk.among(1 + session, SETTINGS) {
        return matches!(
            walk.tokens.get(2 + session),
            Some(Token::Word(_) | Token::Name | Token::Text | Token::Number)
        ) || walk.sign(2 + session, '=')
            || walk.is(1, &["term"]);
    }
    let mut at = 1;
    while walk.is(at, &["global", "session", "local", "persist"]) || walk.sign(at, '@') {
        at += 1;
    }
    walk.name(at).is_some_and(|end| {
        walk.sign(end, '=') || walk.sign(end, ':') && walk.sign(end + 1, '=') || walk.is(end, &["to", "on", "off"])
    })
}

fn selects(walk: &Walk) -> bool {
    if walk.sign(1, ',') || walk.ends(1) {
        return false;
    }
    let from = walk.find(2, &["from"]).is_some_and(|at| walk.name(at + 1).is_some() || walk.sign(at + 1, '('));
    let call = walk.name(1).is_some_and(|end| walk.sign(end, '('));
    walk.has_end() && (from || call || matches!(walk.tokens.get(1), Some(Token::Text | Token::Number)) && walk.ends(2))
}

#[cfg(test)]
mod tests;
