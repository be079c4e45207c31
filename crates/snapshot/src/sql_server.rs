//! Scripts of SQL Server, as Management Studio ("Generate Scripts", schema and data), Azure Data Studio, sqlcmd and
//! others write them.
//!
//! Transact-SQL needs no semicolons: [`batch`] knows where statements end. Values come out as the server would return
//! them, dates in the form of style 121; older versions wrote dates as bytes, which [`temporal`] reads.

mod batch;
mod temporal;
mod value;

use crate::event::Position;
use crate::script::following::{
    alter_table, changes_rows, counted, create_index, create_table, drop_tables, first_word, view,
};
use crate::script::insert::starts_statement;
use crate::script::lexer::{BRACKET, DOUBLE, Lex, Scan};
use crate::script::tables::{Naming, Schema};
use crate::script::value::Types;
use crate::script::words::{Token, Words};
use crate::script::{Dialect, Extent, Followed, Script};
use batch::{go_count, is_starter, statement_end};
use std::collections::HashMap;
use value::Transact;

/// Reads a script in UTF-16, as its first bytes tell, in UTF-8, or in Windows-1252, as its first text beyond ASCII tells.
pub type SqlServer<R> = Script<R, TransactSql>;

#[derive(Default)]
pub struct TransactSql {
    /// Types of the client's own: the type behind each, its sizes, and whether it takes NULL.
    aliases: HashMap<String, (String, Vec<u32>)>,
    /// Tables with rows in the running batch.
    batch: Vec<usize>,
}

const LEX: Lex = Lex { names: &[BRACKET, DOUBLE], prefixes: b"N", nested: true, ..Lex::PLAIN };

impl Dialect for TransactSql {
    const OPENERS: &'static [&'static [u8]] = &[
        b"INSERT ",
        b"GO\n",
        b"GO\r",
        b"SET IDENTITY_INSERT ",
        b"SET ANSI_NULLS ",
        b"SET QUOTED_IDENTIFIER ",
        b"CREATE TABLE ",
        b"ALTER TABLE ",
        b"DROP TABLE ",
        b"EXEC sys.",
        b"USE [",
        b"/****** Object:",
    ];
    const FEWER_VALUES: bool = false;
    const SEMICOLONS: bool = false;

    fn lex(&self) -> Lex {
        LEX
    }

    fn schema() -> Schema {
        Schema::new(Naming { home: "dbo", folds: true, schemas: true }, &Transact)
    }

    fn statement_end(&self, buf: &[u8], eof: bool) -> Scan<Extent> {
        statement_end(buf, &LEX, eof)
    }

    fn may_follow(&self, rest: &[u8]) -> bool {
        is_starter(&first_word(rest, &LEX)) || starts_statement(rest, Self::OPENERS)
    }

    fn inserting(&mut self, table: usize, _schema: &mut Schema) {
        if !self.batch.contains(&table) {
            self.batch.push(table);
        }
    }

    fn follow(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let mut words = Words::new(text, &LEX);
        let first = first_word(text, &LEX);
        words.next();
        match first.as_str() {
            "go" => self.go(text, at, schema),
            "use" => {
                schema.database = words.name();
                Followed::Class("USE".into())
            }
            "create" => self.create(&mut words, text, at, schema),
            "alter" => self.alter(&mut words, at, schema),
            "exec" | "execute" => execute(&mut words, at, schema),
            "drop" if words.take("table") => {
                drop_tables(&mut words, schema);
                Followed::Class("DROP TABLE".into())
            }
            "set" | "print" | "if" | "begin" | "end" | "else" | "commit" | "save" | "checkpoint" | "return" => {
                Followed::Class(first.to_uppercase())
            }
            "update" | "delete" | "truncate" | "merge" | "bulk" => changes_rows(&first, &mut words, at, schema),
            _ if first.starts_with([':', '!']) => Followed::Class("command of sqlcmd".into()),
            _ if is_starter(&first) || ["select", "with"].contains(&first.as_str()) => {
                let kind = first.to_uppercase();
                schema.statement(at, &kind, None);
                Followed::Class(kind)
            }
            _ => Followed::Unknown,
        }
    }
}

impl TransactSql {
    fn go(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let count = go_count(text);
        for table in self.batch.drain(..) {
            if count != 1 {
                schema.flag(table, format!("its rows stand in a batch that is run {count} times; they are kept once"));
                schema.warn(
                    Some(table),
                    at,
                    format!("GO {count} runs its batch {count} times: its rows are kept once"),
                );
            }
        }
        Followed::Class("GO".into())
    }

    fn create(&mut self, words: &mut Words, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
        let _ = words.take_all(&["or", "alter"]);
        if words.take("table") {
            return match create_table(words, schema) {
                Ok(index) => {
                    self.resolve(index, schema);
                    Followed::Class("CREATE TABLE".into())
                }
                Err(expected) => Followed::Refused(format!("expected {expected}")),
            };
        }
        let index = words.clone();
        loop {
            match words.next() {
                Token::Word(word) if word.eq_ignore_ascii_case(b"view") => {
                    return view("view", words, text, at, schema);
                }
                Token::Word(word) if word.eq_ignore_ascii_case(b"index") => {
                    let name = create_index(&mut index.clone(), schema);
                    schema.statement(at, "CREATE INDEX", name);
                    return Followed::Class("CREATE INDEX".into());
                }
                Token::Word(word) if word.eq_ignore_ascii_case(b"type") => {
                    self.create_type(&mut words.clone());
                    return counted("CREATE TYPE", words, at, schema);
                }
                Token::Word(word) if is_modifier(word) => {}
                Token::Word(word) => {
                    let kind = match LEX.text(word).to_uppercase().as_str() {
                        "PROC" => "CREATE PROCEDURE".to_owned(),
                        word => format!("CREATE {word}"),
                    };
                    return counted(&kind, words, at, schema);
                }
                _ => return counted("CREATE", words, at, schema),
            }
        }
    }

    /// `CREATE TYPE [dbo].[Phone] FROM [nvarchar](25) NULL`.
    fn create_type(&mut self, words: &mut Words) {
        let Some(name) = words.qualified().and_then(|mut p| p.pop()) else { return };
        if !words.take("from") {
            return;
        }
        let Some(base) = words.qualified().and_then(|mut p| p.pop()) else { return };
        let inside = words.brackets().unwrap_or_default();
        let sizes = LEX.text(inside).split(',').map_while(|n| n.trim().parse().ok()).collect();
        self.aliases.insert(name.to_lowercase(), (base.to_lowercase(), sizes));
    }

    /// Columns of the client's own types hold what the types behind them hold.
    fn resolve(&self, index: Option<usize>, schema: &mut Schema) {
        let Some(index) = index else { return };
        let mut table = schema.tables[index].clone();
        for column in &mut table.columns {
            if let Some((base, sizes)) = self.aliases.get(&column.type_name) {
                column.type_name.clone_from(base);
                column.sizes.clone_from(sizes);
                column.def.kind = Transact.kind(base);
            }
        }
        schema.change(index, table);
    }

    fn alter(&mut self, words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
        if !words.take("table") {
            let kind = match words.next() {
                Token::Word(word) => format!("ALTER {}", LEX.text(word).to_uppercase()),
                _ => "ALTER".to_owned(),
            };
            return counted(&kind, words, at, schema);
        }
        if let Some(index) = words.qualified().and_then(|parts| schema.find(&parts)) {
            alter_table(words, index, schema);
            self.resolve(Some(index), schema);
        }
        Followed::Class("ALTER TABLE".into())
    }
}

/// Words between `CREATE` and what is created.
fn is_modifier(word: &[u8]) -> bool {
    ["unique", "clustered", "nonclustered", "columnstore", "primary", "xml", "spatial"]
        .iter()
        .any(|w| word.eq_ignore_ascii_case(w.as_bytes()))
}

/// Procedures that describe tables are followed: descriptions, and views as texts.
fn execute(words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
    let name = words.qualified().and_then(|mut p| p.pop()).unwrap_or_default().to_lowercase();
    match name.as_str() {
        "sp_addextendedproperty" => describe(words, schema),
        "sp_executesql" => {
            // @statement = N'…'
            while matches!(words.peek(), Token::Word(_) | Token::Sign(_)) {
                words.next();
            }
            if let Token::Text(raw) = words.next() {
                let mut inner = Vec::new();
                Transact.unquote(raw, &LEX, &mut inner);
                let mut inner_words = Words::new(&inner, &LEX);
                inner_words.next();
                if inner_words.take("view") {
                    return view("view", &mut inner_words, &inner, at, schema);
                }
            }
            schema.statement(at, "EXEC", Some(name));
        }
        _ => schema.statement(at, "EXEC", Some(name)),
    }
    Followed::Class("EXEC".into())
}

/// `sp_addextendedproperty @name=N'MS_Description', @value=N'…', … @level1name=N'T', @level2type=N'COLUMN', …`
fn describe(words: &mut Words, schema: &mut Schema) {
    const ORDER: [&str; 8] =
        ["@name", "@value", "@level0type", "@level0name", "@level1type", "@level1name", "@level2type", "@level2name"];
    let mut given: HashMap<String, String> = HashMap::new();
    for place in ORDER {
        let mut name = place.to_owned();
        let mut ahead = words.clone();
        if let Token::Word(word) = ahead.next()
            && ahead.take_sign(b'=')
        {
            name = LEX.text(word).to_lowercase();
            *words = ahead;
        }
        let mut value = Vec::new();
        match words.next() {
            Token::Text(raw) => {
                Transact.unquote(raw, &LEX, &mut value);
            }
            Token::Name(quoted) => value = quoted.into_bytes(),
            Token::Word(word) if !word.eq_ignore_ascii_case(b"null") => value = word.to_vec(),
            _ => {}
        }
        given.insert(name, LEX.text(&value));
        if !words.take_sign(b',') {
            break;
        }
    }
    let of = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
    let described = of("@name") == "MS_Description" && of("@level1type").eq_ignore_ascii_case("table");
    let parts = [of("@level0name").to_owned(), of("@level1name").to_owned()];
    let Some(index) = schema.find(&parts).filter(|_| described) else { return };
    let mut table = schema.tables[index].clone();
    let comment = of("@value").to_owned();
    if of("@level2type").is_empty() {
        table.comment = comment;
    } else if of("@level2type").eq_ignore_ascii_case("column")
        && let Some(column) = table.column(of("@level2name"))
    {
        column.def.comment = comment;
    }
    schema.change(index, table);
}

#[cfg(test)]
mod tests;
