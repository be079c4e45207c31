//! Scripts that the `sqlite3` shell writes with `.dump`, and SQL of SQLite's dialect.

mod value;

use crate::event::{ColumnKind, KeyKind, NoteKind, Position};
use crate::script::following::{
    alter_table, changes_rows, counted, create_index, create_table, drop_tables, first_word, view,
};
use crate::script::lexer::{BACKTICK, DOUBLE, Lex, NameQuote, Piece, Scan, piece};
use crate::script::tables::{Naming, Schema};
use crate::script::value::{Types, Value};
use crate::script::words::{Token, Words};
use crate::script::{Dialect, Extent, Followed, Script};
use value::SqliteTypes;

/// Reads a dump in UTF-8 or any encoding its first bytes tell.
pub type SqliteDump<R> = Script<R, SqliteSql>;

#[derive(Default)]
pub struct SqliteSql {
    /// The dump began its transaction, which must then end.
    begun: bool,
    ended: bool,
}

const LEX: Lex = Lex {
    names: &[DOUBLE, NameQuote { open: b'[', close: b']', doubled: false }, BACKTICK],
    prefixes: b"X",
    text_names: true,
    ..Lex::PLAIN
};

impl Dialect for SqliteSql {
    const OPENERS: &'static [&'static [u8]] = &[
        b"INSERT INTO ",
        b"INSERT OR ",
        b"REPLACE INTO ",
        b"CREATE TABLE ",
        b"CREATE INDEX ",
        b"CREATE UNIQUE ",
        b"CREATE VIEW ",
        b"CREATE TRIGGER ",
        b"DROP TABLE ",
        b"DELETE FROM sqlite_",
        b"PRAGMA ",
        b"ANALYZE ",
        b"COMMIT;",
        b"ROLLBACK;",
    ];
    const FEWER_VALUES: bool = false;
    const SEMICOLONS: bool = true;

    fn lex(&self) -> Lex {
        LEX
    }

    fn schema() -> Schema {
        Schema::new(Naming { home: "main", folds: true, schemas: true }, &SqliteTypes)
    }

    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent> {
        statement_end(buf, eof)
    }

    /// Tables of SQLite's own: counters and statistics.
    fn aside(&self, name: &str) -> bool {
        name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
    }

    fn blank(&mut self, comment: &[u8], at: Position, schema: &mut Schema) {
        if comment.starts_with(b"/****** CORRUPTION ERROR") || comment.starts_with(b"/**** ERROR") {
            schema.warn(None, at, "the shell met a damaged database while it wrote this dump: rows may be missing");
        }
    }

    fn finish(&mut self, at: Position, schema: &mut Schema) {
        if self.begun && !self.ended {
            schema.warn(None, at, "the dump has no closing line (COMMIT): it may have been cut off");
        }
        schema.finish();
    }

    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let mut words = Words::new(text, &LEX);
        let first = first_word(text, &LEX);
        words.next();
        match first.as_str() {
            "create" => create(&mut words, text, at, schema),
            "alter" => {
                words.take("table");
                if let Some(index) = words.qualified().and_then(|parts| schema.find(&parts)) {
                    alter_table(&mut words, index, schema);
                }
                Followed::Class("ALTER TABLE".into())
            }
            "drop" if words.take("table") => {
                drop_tables(&mut words, schema);
                Followed::Class("DROP TABLE".into())
            }
            "insert" | "replace" => {
                virtual_table(&mut words, at, schema);
                Followed::Class("tables of SQLite's own".into())
            }
            "delete" if is_own(&words) => Followed::Class("tables of SQLite's own".into()),
            "update" | "delete" => changes_rows(&first, &mut words, at, schema),
            "begin" | "commit" | "end" | "rollback" => {
                self.begun |= first == "begin";
                self.ended |= first != "begin";
                if first == "rollback" {
                    schema.warn(None, at, "the dump ends with ROLLBACK: the shell met errors, rows may be missing");
                }
                Followed::Class(first.to_uppercase())
            }
            "pragma" | "drop" | "analyze" | "savepoint" | "release" | "vacuum" | "reindex" => {
                Followed::Class(first.to_uppercase())
            }
            "select" | "with" | "attach" | "detach" | "explain" | "values" => {
                let kind = first.to_uppercase();
                schema.statement(at, &kind, None);
                Followed::Class(kind)
            }
            _ if first.starts_with('.') => Followed::Class("command of the shell".into()),
            _ => Followed::Unknown,
        }
    }
}

fn is_own(words: &Words) -> bool {
    let mut ahead = words.clone();
    ahead.take("from");
    ahead.name().is_some_and(|name| name.to_lowercase().starts_with("sqlite_"))
}

fn create(words: &mut Words, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
    let _ = words.take("temp") || words.take("temporary");
    if words.take("table") {
        return match create_table(words, schema) {
            Ok(index) => {
                if let Some(index) = index {
                    options(index, words, schema);
                }
                Followed::Class("CREATE TABLE".into())
            }
            Err(expected) => Followed::Refused(format!("expected {expected}")),
        };
    }
    if words.take("view") {
        return view("view", words, text, at, schema);
    }
    if words.take_all(&["virtual", "table"]) {
        return view("virtual table", words, text, at, schema);
    }
    if words.take("trigger") {
        return counted("CREATE TRIGGER", words, at, schema);
    }
    let name = create_index(words, schema);
    schema.statement(at, "CREATE INDEX", name);
    Followed::Class("CREATE INDEX".into())
}

/// What stands after the bracket: `WITHOUT ROWID`, `STRICT`. `INTEGER PRIMARY KEY` is the row's own number, which counts
/// where none is given; in a strict table `ANY` takes every value as it is.
fn options(index: usize, words: &mut Words, schema: &mut Schema) {
    let (mut numbered, mut strict) = (true, false);
    loop {
        match words.next() {
            Token::End => break,
            token if token.is_word("without") => numbered = false,
            token if token.is_word("strict") => strict = true,
            _ => {}
        }
    }
    let mut table = schema.tables[index].clone();
    let primary = table.keys.iter().find(|k| k.kind == KeyKind::Primary && k.columns.len() == 1);
    let name = primary.map(|k| k.columns[0].clone());
    if numbered
        && let Some(column) = name.and_then(|name| table.column(&name))
        && column.def.kind == ColumnKind::Integer
        && column.type_name == "integer"
    {
        column.def.auto_increment = true;
    }
    for column in table.columns.iter_mut().filter(|c| strict && c.type_name == "any") {
        column.type_name.clear();
        column.def.kind = ColumnKind::Untyped;
    }
    schema.change(index, table);
}

/// The shell writes a virtual table as a row of the schema.
fn virtual_table(words: &mut Words, at: Position, schema: &mut Schema) {
    let mut texts = Vec::new();
    loop {
        match words.next() {
            Token::Text(raw) => {
                if let Some(Value::Text(text)) = SqliteTypes.evaluate(raw, &LEX) {
                    texts.push(LEX.text(&text));
                }
            }
            Token::End => break,
            _ => {}
        }
    }
    if let [kind, name, _, .., sql] = texts.as_slice()
        && kind == "table"
        && sql.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("create virtual"))
    {
        let kind = "virtual table".to_owned();
        schema.note(None, at, NoteKind::Object { kind, name: name.clone(), text: sql.clone() });
    }
}

/// At a semicolon; that of a trigger stands after an `END` of its own.
fn statement_end(buf: &[u8], eof: bool) -> Scan<Extent> {
    if buf[0] == b'.' {
        return Extent::line(buf, eof);
    }
    let (mut at, mut text, mut words, mut trigger) = (0, 0, 0, false);
    // `;`, then `END`, then `;`
    let (mut closed, mut ending) = (false, false);
    while at < buf.len() {
        let (kind, length) = match piece(&buf[at..], &LEX, eof) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        let raw = &buf[at..at + length];
        at += length;
        match kind {
            Piece::Blank => continue,
            Piece::Sign(b';') if !trigger || ending => return Scan::Found(Extent { text, whole: at }),
            Piece::Word => {
                words += 1;
                let create = buf.len() > 6 && buf[..6].eq_ignore_ascii_case(b"create");
                trigger |= create && words <= 3 && raw.eq_ignore_ascii_case(b"trigger");
            }
            _ => {}
        }
        ending = closed && kind == Piece::Word && raw.eq_ignore_ascii_case(b"end");
        closed = kind == Piece::Sign(b';');
        text = at;
    }
    if eof { Scan::Found(Extent { text, whole: buf.len() }) } else { Scan::More }
}

#[cfg(test)]
mod tests;
