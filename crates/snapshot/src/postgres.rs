//! Scripts of PostgreSQL, as `pg_dump` and `pg_dumpall` write them in plain format: rows after `COPY … FROM stdin` or in
//! `INSERT`, with or without column names.

pub mod archive;
mod copy;
mod large_objects;
mod tables;
mod value;

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

use crate::event::{Batch, Position};
use crate::script::charset::Charset;
use crate::script::encoded::Encoded;
use crate::script::following::{
    alter_table, changes_rows, counted, create_index, drop_tables, first_word, guarded, view,
};
use crate::script::lexer::{Lex, Piece, Scan, piece};
use crate::script::tables::{Naming, Schema};
use crate::script::value::Types;
use crate::script::words::{Token, Words};
use crate::script::{Dialect, Extent, Followed, Line, Rows, Script};
use large_objects::LargeObjects;
use value::PostgresTypes;

/// Reads a dump in any encoding that its first bytes or `SET client_encoding` tell.
pub type Postgres<R> = Script<R, PostgresSql>;

pub struct PostgresSql {
    lex: Lex,
    /// The header says it is a dump, whose closing line must then follow.
    header: bool,
    footer: bool,
    large_objects: LargeObjects,
}

impl Default for PostgresSql {
    fn default() -> Self {
        let lex = Lex { prefixes: b"EBXNU", dollar: true, nested: true, lower: true, ..Lex::PLAIN };
        Self { lex, header: false, footer: false, large_objects: LargeObjects::default() }
    }
}

impl Dialect for PostgresSql {
    const OPENERS: &'static [&'static [u8]] = &[
        b"INSERT INTO ",
        b"COPY ",
        b"ALTER TABLE ",
        b"CREATE TABLE ",
        b"CREATE INDEX ",
        b"CREATE VIEW ",
        b"DROP TABLE ",
        b"SELECT pg_catalog.",
        b"SET ",
        b"-- Name: ",
        b"-- Data for Name: ",
        b"-- PostgreSQL database dump",
        b"\\connect ",
    ];
    const FEWER_VALUES: bool = true;
    const SEMICOLONS: bool = true;

    fn lex(&self) -> Lex {
        self.lex
    }

    fn schema() -> Schema {
        Schema::new(Naming { home: "public", folds: false, schemas: true }, &PostgresTypes)
    }

    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent> {
        statement_end(buf, &self.lex, eof)
    }

    fn line_end(&self, buf: &[u8], eof: bool) -> Scan<usize> {
        copy::line_end(buf, eof)
    }

    fn read_line(&self, line: &[u8], rows: &Rows, schema: &mut Schema, batch: &mut Batch) -> Line {
        copy::read_line(line, rows, schema, batch)
    }

    fn blank(&mut self, comment: &[u8], _: Position, _: &mut Schema) {
        self.header |= comment.starts_with(b"-- PostgreSQL database dump\n")
            || comment.starts_with(b"-- PostgreSQL database dump\r");
        self.footer |= comment.starts_with(b"-- PostgreSQL database dump complete");
    }

    fn finish(&mut self, at: Position, schema: &mut Schema) {
        if self.header && !self.footer {
            let text = "the dump has no closing line (-- PostgreSQL database dump complete): it may have been cut off";
            schema.warn(None, at, text);
        }
        self.large_objects.finish(at, schema);
        schema.finish();
    }

    fn read_raw(&mut self, bytes: &[u8]) -> bool {
        self.large_objects.write(bytes)
    }

    fn ends_raw(&mut self) -> bool {
        self.large_objects.close()
    }

    fn push_row(&mut self, batch: &mut Batch) {
        self.large_objects.push_row(batch);
    }

    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let lex = self.lex;
        let mut words = Words::new(text, &lex);
        let first = first_word(text, &lex);
        words.next();
        match first.as_str() {
            "create" => create(&mut words, text, at, schema),
            "alter" => alter(&mut words, at, schema),
            "comment" => {
                comment_on(&mut words, schema);
                Followed::Class("COMMENT".into())
            }
            "copy" => copy::copy(&mut words, at, schema),
            "set" => {
                self.set(&mut words, schema);
                Followed::Class("SET".into())
            }
            "select" => {
                if let Some(followed) = self.large_objects.select(&mut words, at, schema) {
                    return followed;
                }
                set_config(text, schema);
                Followed::Class("SELECT".into())
            }
            "drop" if words.take("table") => {
                drop_tables(&mut words, schema);
                Followed::Class("DROP TABLE".into())
            }
            "\\connect" | "\\c" => {
                words.next();
                schema.database = words.name().filter(|name| name != "-");
                schema.current = "public".into();
                Followed::Class("\\connect".into())
            }
            "begin" | "commit" | "start" | "end" | "drop" | "lock" | "reset" => Followed::Class(first.to_uppercase()),
            "update" | "delete" | "truncate" => changes_rows(&first, &mut words, at, schema),
            "grant" | "revoke" | "do" | "analyze" | "vacuum" | "refresh" | "cluster" | "reindex" | "security"
            | "call" | "import" | "with" | "values" | "explain" | "notify" | "listen" | "load" | "prepare"
            | "execute" | "show" | "discard" | "checkpoint" | "declare" | "fetch" | "move" | "close" | "rollback"
            | "savepoint" => {
                let kind = first.to_uppercase();
                schema.statement(at, &kind, None);
                Followed::Class(kind)
            }
            "\\lo_import" => {
                large_objects::import(at, schema);
                Followed::Class("command of psql".into())
            }
            _ if first.starts_with('\\') => Followed::Class("command of psql".into()),
            _ => Followed::Unknown,
        }
    }
}

impl PostgresSql {
    fn set(&mut self, words: &mut Words, schema: &mut Schema) {
        let Some(name) = words.name() else { return };
        let _ = words.take_sign(b'=') || words.take("to");
        let value = match words.next() {
            Token::Text(raw) => self.lex.text(raw.get(1..raw.len() - 1).unwrap_or_default()),
            Token::Word(word) => self.lex.text(word),
            Token::Name(name) => name,
            _ => return,
        };
        match name.as_str() {
            "client_encoding" => {
                let known = charset(&value);
                schema.encoded = match known {
                    Some(encoding) if encoding == UTF_8 => Encoded::Utf8,
                    Some(encoding) => Encoded::Single(encoding),
                    None => Encoded::Bytes,
                };
                if let Some(encoding) = known {
                    self.lex.charset = Charset::Encoding(encoding);
                }
            }
            "standard_conforming_strings" => self.lex.backslash = value.eq_ignore_ascii_case("off"),
            // Dumps before version 10.3 name schemas this way.
            "search_path" => {
                let first = value.split(',').next().unwrap_or_default().trim();
                first.clone_into(&mut schema.current);
            }
            _ => {}
        }
    }
}

/// The encoding behind PostgreSQL's name of it: <https://www.postgresql.org/docs/current/multibyte.html>.
fn charset(name: &str) -> Option<&'static Encoding> {
    let name = name.to_ascii_lowercase().replace(['-', '_'], "");
    let label = match name.as_str() {
        "utf8" | "unicode" => return Some(UTF_8),
        "latin1" => "windows-1252",
        "latin2" => "iso-8859-2",
        "latin5" => "windows-1254",
        "latin9" => "iso-8859-15",
        "koi8r" => "koi8-r",
        "koi8u" => "koi8-u",
        "euccn" | "gbk" => "gbk",
        "gb18030" => "gb18030",
        "eucjp" => "euc-jp",
        "euckr" | "uhc" => "euc-kr",
        "big5" => "big5",
        "sjis" => "shift_jis",
        "win866" => "ibm866",
        "win874" => "windows-874",
        _ => {
            let number = name.strip_prefix("win")?;
            return Encoding::for_label(format!("windows-{number}").as_bytes());
        }
    };
    Encoding::for_label(label.as_bytes())
}

/// `SELECT pg_catalog.set_config('search_path', '', false)`: everything is named with its schema.
fn set_config(text: &[u8], schema: &mut Schema) {
    if memmem::find(text, b"set_config('search_path', ''").is_some() {
        schema.current = "public".into();
    }
}

fn create(words: &mut Words, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
    let _ = words.take_all(&["or", "replace"]);
    let index = words.clone();
    loop {
        let token = words.next();
        let Token::Word(word) = token else { return counted("CREATE", words, at, schema) };
        match words.lex().text(word).to_ascii_lowercase().as_str() {
            "unlogged" | "temporary" | "temp" | "global" | "local" | "unique" | "recursive" | "trusted"
            | "procedural" | "constraint" | "event" | "default" => {}
            "table" => return tables::create(words, schema),
            "type" => {
                tables::create_type(&mut words.clone(), schema);
                return counted("CREATE TYPE", words, at, schema);
            }
            "foreign" if words.take("table") => {
                words.clone().qualified();
                return view("foreign table", words, text, at, schema);
            }
            "view" => return view("view", words, text, at, schema),
            "materialized" if words.take("view") => return view("materialized view", words, text, at, schema),
            "index" => {
                let name = create_index(&mut index.clone(), schema);
                schema.statement(at, "CREATE INDEX", name);
                return Followed::Class("CREATE INDEX".into());
            }
            "database" | "schema" => {
                return Followed::Class(format!("CREATE {}", words.lex().text(word).to_uppercase()));
            }
            kind => return counted(&format!("CREATE {}", kind.to_uppercase()), words, at, schema),
        }
    }
}

fn alter(words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
    if !words.take("table") {
        let kind = match words.next() {
            Token::Word(word) => format!("ALTER {}", words.lex().text(word).to_uppercase()),
            _ => "ALTER".to_owned(),
        };
        return Followed::Class(kind);
    }
    guarded(words);
    let only = words.take("only");
    let found = words.qualified().and_then(|parts| schema.find(&parts));
    if words.take_all(&["attach", "partition"]) {
        return counted("ATTACH PARTITION", words, at, schema);
    }
    if let Some(index) = found {
        let before = schema.tables[index].columns.len();
        let inherits = words.take("inherit").then(|| words.qualified()).flatten();
        match inherits.and_then(|parts| schema.find(&parts)) {
            Some(parent) => schema.tables[index].parents.push(parent),
            None => alter_table(words, index, schema),
        }
        if !only {
            tables::hand_down(index, before, schema);
        }
    }
    Followed::Class("ALTER TABLE".into())
}

/// `COMMENT ON TABLE t IS '…'`, `COMMENT ON COLUMN t.c IS '…'`.
fn comment_on(words: &mut Words, schema: &mut Schema) {
    words.take("on");
    let column = words.take("column");
    if !column && !words.take("table") {
        return;
    }
    let Some(mut parts) = words.qualified() else { return };
    let of = if column { parts.pop() } else { None };
    let Some(index) = schema.find(&parts) else { return };
    words.take("is");
    let mut text = Vec::new();
    if let Token::Text(raw) = words.next() {
        PostgresTypes.unquote(raw, words.lex(), &mut text);
    }
    let comment = words.lex().text(&text);
    let mut table = schema.tables[index].clone();
    match of {
        None => table.comment = comment,
        Some(name) => {
            if let Some(column) = table.column(&name) {
                column.def.comment = comment;
            }
        }
    }
    schema.change(index, table);
}

/// At a semicolon outside of brackets and of a body `BEGIN ATOMIC … END`; commands of psql end with their line.
fn statement_end(buf: &[u8], lex: &Lex, eof: bool) -> Scan<Extent> {
    if buf[0] == b'\\' {
        return Extent::line(buf, eof);
    }
    let (mut at, mut text, mut depth, mut body) = (0, 0, 0, 0);
    let mut begun = false;
    while at < buf.len() {
        let (kind, length) = match piece(&buf[at..], lex, eof) {
            Scan::Found(found) => found,
            Scan::More => return Scan::More,
            Scan::Bad(why) => return Scan::Bad(why),
        };
        let raw = &buf[at..at + length];
        at += length;
        let is = |word: &str| kind == Piece::Word && raw.eq_ignore_ascii_case(word.as_bytes());
        match kind {
            Piece::Blank => continue,
            Piece::Sign(b'(') => depth += 1,
            Piece::Sign(b')') => depth -= 1,
            // The line break after it belongs to it: rows of COPY begin on the next line.
            Piece::Sign(b';') if depth <= 0 && body == 0 => return with_line(buf, text, at, eof),
            _ if is("atomic") && begun => body = 1,
            _ if is("case") && body > 0 => body += 1,
            _ if is("end") && body > 0 => body -= 1,
            _ => {}
        }
        begun = is("begin");
        text = at;
    }
    if eof { Scan::Found(Extent { text, whole: buf.len() }) } else { Scan::More }
}

fn with_line(buf: &[u8], text: usize, at: usize, eof: bool) -> Scan<Extent> {
    match &buf[at..] {
        [b'\n', ..] => Scan::Found(Extent { text, whole: at + 1 }),
        [b'\r', b'\n', ..] => Scan::Found(Extent { text, whole: at + 2 }),
        [] | [b'\r'] if !eof => Scan::More,
        _ => Scan::Found(Extent { text, whole: at }),
    }
}

#[cfg(test)]
mod tests;
