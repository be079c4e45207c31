//! Statements other than rows: those that shape tables or settings are followed, the rest is counted by kind.

use super::class::class_of;
use super::dump::MySql;
use super::lexer::{statement_end, table_parts};
use super::shape::rename_tables;
use crate::event::Position;
use crate::script::lexer::Scan;
use crate::script::tables::Schema;
use crate::script::words::Words;
use crate::script::{Extent, Followed};

/// The kind of the note that asks for another file, whose name goes with it.
pub const SOURCE: &str = "SOURCE";

/// First words of statements.
fn is_known(word: &str) -> bool {
    matches!(word, "alter" | "create" | "drop" | "insert" | "replace" | "set" | "unlock" | "use") || is_counted(word)
}

/// First words of statements that change nothing here; they are counted.
fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "analyze"
            | "begin"
            | "binlog"
            | "call"
            | "change"
            | "check"
            | "commit"
            | "deallocate"
            | "delete"
            | "do"
            | "end"
            | "execute"
            | "flush"
            | "grant"
            | "handler"
            | "install"
            | "kill"
            | "load"
            | "lock"
            | "optimize"
            | "prepare"
            | "purge"
            | "rename"
            | "repair"
            | "reset"
            | "revoke"
            | "rollback"
            | "select"
            | "show"
            | "start"
            | "truncate"
            | "update"
    )
}

/// The word at the start, in lower case; `\.` is short for `source`.
fn first_word(text: &[u8]) -> String {
    if text.starts_with(b"\\.") {
        return "source".to_owned();
    }
    let length = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    String::from_utf8_lossy(&text[..length]).to_ascii_lowercase()
}

impl MySql {
    /// Where the statement at the start ends. What begins none is not waited for.
    pub(super) fn extent(&self, buf: &[u8], eof: bool) -> Scan<Extent> {
        let first = first_word(buf);
        if !eof && buf.len() < first.len().max(1) + 1 {
            return Scan::More;
        }
        match first.as_str() {
            "source" | "mysqldump" | "mariadb" | "warning" | "enter" => Extent::line(buf, eof),
            "delimiter" => match Extent::line(buf, eof) {
                Scan::Found(line) => Scan::Found(Extent { whole: line.text, ..line }),
                scan => scan,
            },
            // The last three begin clauses after the rows of an INSERT.
            word if is_known(word) || ["on", "as", "returning"].contains(&word) => {
                match statement_end(buf, &self.delimiter, &self.settings.lex(), eof) {
                    Scan::Found(text) => {
                        Scan::Found(Extent { text, whole: (text + self.delimiter.len()).min(buf.len()) })
                    }
                    _ => Scan::More,
                }
            }
            _ => Scan::Found(Extent::NONE),
        }
    }

    pub(super) fn statement(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let lex = self.settings.lex();
        let mut words = Words::new(text, &lex);
        words.next();
        let first = first_word(text);
        match first.as_str() {
            "source" => return self.source(text, at, schema),
            "delimiter" => return self.set_delimiter(text),
            "mysqldump" | "mariadb" | "warning" | "enter" => {
                let text =
                    format!("line {} is a message of the dump program, not SQL: it may have stopped early", at.line);
                schema.warn(None, at, text);
                return Followed::Class("messages of the dump program".into());
            }
            "create" => {
                if let Err(reason) = self.create(text, at, schema) {
                    return Followed::Refused(reason);
                }
            }
            "alter" if words.take("table") => self.alter(&mut words, schema),
            "drop" if words.take("table") => self.drop_tables(&mut words, schema),
            "drop" if words.take("trigger") => self.drop_trigger(&mut words),
            "set" => {
                self.set(&mut words);
                // What is written alike may be read otherwise from here on.
                schema.changes += 1;
            }
            "use" => schema.database = words.name(),
            "lock" | "unlock" | "commit" | "start" | "begin" | "drop" | "flush" => {}
            "rename" if words.take("table") => rename_tables(&mut words, at, schema),
            "load" if words.take("data") => self.load_data(&mut words, at, schema),
            "update" | "delete" | "truncate" | "load" => changes_rows(&first, &mut words, at, schema),
            word if is_known(word) => schema.statement(at, &first.to_uppercase(), None),
            _ => return Followed::Unknown,
        }
        Followed::Class(class_of(text, &lex))
    }

    /// `source file.sql` or `\. file.sql`, to the end of its line.
    fn source(&self, line: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let word = if line.starts_with(b"\\") { 2 } else { SOURCE.len() };
        let name = line[word.min(line.len())..].trim_ascii();
        let name = name.strip_suffix(b";").unwrap_or(name).trim_ascii();
        schema.statement(at, SOURCE, Some(self.settings.lex().text(name)));
        Followed::Class(SOURCE.into())
    }

    fn set_delimiter(&mut self, line: &[u8]) -> Followed {
        let delimiter = line["delimiter".len()..].trim_ascii();
        let delimiter = delimiter.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if !delimiter.is_empty() {
            self.delimiter = delimiter.to_vec();
        }
        Followed::Class("DELIMITER".into())
    }
}

/// Rows are changed by a statement that is not run: what is staged may differ from the server.
fn changes_rows(first: &str, words: &mut Words, at: Position, schema: &mut Schema) {
    while ["from", "table", "low_priority", "quick", "ignore"].iter().any(|w| words.take(w)) {}
    if let Some(table) = table_parts(words).and_then(|parts| schema.find(&parts)) {
        // An empty table has nothing to lose: exports empty it before they fill it.
        if schema.tables[table].records > 0 {
            schema.flag(table, format!("is changed by a statement that is not run ({})", first.to_uppercase()));
        }
    }
    schema.statement(at, &first.to_uppercase(), None);
}
