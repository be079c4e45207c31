//! Statements that all servers have alike: tables made, changed and dropped, keys, and what is counted only.

use super::Followed;
use super::declaration::{expression, read_item, read_items, read_key, set_default};
use super::lexer::Lex;
use super::tables::{Schema, Table};
use super::words::{Token, Words};
use crate::event::{Key, KeyKind, NoteKind, Position};

/// Steps over `IF NOT EXISTS` or `IF EXISTS`; says whether a guard stood there.
pub fn guarded(words: &mut Words) -> bool {
    words.take_all(&["if", "not", "exists"]) || words.take_all(&["if", "exists"])
}

/// `CREATE TABLE name ( … )`, after the word `TABLE`. The words stand after the bracket afterwards.
pub fn create_table(words: &mut Words, schema: &mut Schema) -> Result<Option<usize>, &'static str> {
    let Some(mut table) = new_table(words, schema)? else { return Ok(None) };
    if words.peek() == Token::Sign(b'(') {
        read_items(words, &mut table, schema)?;
    } else if words.peek().is_one_of(&["as", "with"]) {
        return Ok(Some(add_from_query(table, schema)));
    }
    Ok(Some(schema.add(table)))
}

/// A table without columns by the name that comes next; `None` where a guard keeps the one that is there.
pub fn new_table(words: &mut Words, schema: &Schema) -> Result<Option<Table>, &'static str> {
    let guard = guarded(words);
    let parts = words.qualified().ok_or("a table's name after CREATE TABLE")?;
    if guard && schema.find(&parts).is_some() {
        return Ok(None);
    }
    let (database, name) = schema.place(&parts);
    Ok(Some(Table { database, name, next_auto: 1, ..Table::default() }))
}

/// A table made by `CREATE TABLE … AS`.
pub fn add_from_query(table: Table, schema: &mut Schema) -> usize {
    let why = "its columns and rows come from a query that is not run (CREATE TABLE … AS)";
    schema.add(Table { filled_by: Some(why), ..table })
}

/// What `ALTER TABLE name` does, after the name: keys, columns and defaults added.
pub fn alter_table(words: &mut Words, index: usize, schema: &mut Schema) {
    let mut table = schema.tables[index].clone();
    // SQL Server says how rows there are checked.
    let _ = words.take_all(&["with", "check"]) || words.take_all(&["with", "nocheck"]);
    loop {
        if words.take("add") {
            add(words, &mut table, schema);
        } else if words.take_all(&["alter", "column"]) || words.take("alter") {
            alter_column(words, &mut table, schema);
        }
        words.skip_item();
        if !words.take_sign(b',') {
            break;
        }
        // A list after one ADD.
        let next = words.peek();
        if !next.is_one_of(&["add", "alter", "drop", "owner", "enable", "disable"]) {
            add(words, &mut table, schema);
        }
    }
    schema.change(index, table);
}

fn add(words: &mut Words, table: &mut Table, schema: &Schema) {
    words.take("column");
    guarded(words);
    let mut ahead = words.clone();
    if ahead.take("constraint") {
        ahead.name();
    }
    // ADD CONSTRAINT name DEFAULT (0) FOR column
    if ahead.take("default") {
        let source = expression(&mut ahead);
        ahead.take("for");
        if let Some(column) = ahead.name().and_then(|name| table.column(&name)) {
            set_default(column, source, schema, words);
        }
        *words = ahead;
        return;
    }
    if !read_key(words, table, None, schema) {
        let before = table.columns.len();
        let read = read_item(words, table, schema);
        // One that is there already, under a guard that was not run.
        let again = table.columns.last().is_some_and(|c| table.position(&c.def.name) < Some(before));
        if read.is_ok() && table.columns.len() > before && again {
            table.columns.pop();
        }
    }
}

/// `ALTER COLUMN name SET DEFAULT …`, `… ADD GENERATED … AS IDENTITY`.
fn alter_column(words: &mut Words, table: &mut Table, schema: &Schema) {
    let Some(name) = words.name() else { return };
    let mut next_auto = table.next_auto;
    let Some(column) = table.column(&name) else { return };
    if words.take_all(&["set", "default"]) {
        let source = expression(words);
        set_default(column, source, schema, words);
    } else if words.take_all(&["set", "not", "null"]) {
        column.def.nullable = false;
    } else if words.take_all(&["drop", "not", "null"]) {
        column.def.nullable = true;
    } else if words.take_all(&["add", "generated"]) {
        column.def.auto_increment = true;
        next_auto = 1;
    }
    table.next_auto = next_auto;
}

/// `CREATE UNIQUE INDEX name ON table (columns)`, after `CREATE`; answers the index's name.
pub fn create_index(words: &mut Words, schema: &mut Schema) -> Option<String> {
    let unique = words.take("unique");
    while !words.take("index") {
        if matches!(words.next(), Token::End) {
            return None;
        }
    }
    words.take("concurrently");
    guarded(words);
    let name = if words.peek().is_word("on") { None } else { words.qualified()?.pop() };
    words.take("on");
    words.take("only");
    let table = schema.find(&words.qualified()?);
    if words.take("using") {
        words.name();
    }
    let columns = words.name_list();
    let partial = words.peek().is_word("where");
    if let Some(index) = table
        && columns.iter().all(|c| schema.tables[index].columns.iter().any(|there| there.def.name == *c))
        && !columns.is_empty()
    {
        let kind = if unique && !partial { KeyKind::Unique } else { KeyKind::Index };
        let mut table = schema.tables[index].clone();
        let key = Key { kind, name: name.clone(), columns, references: None };
        if !table.keys.contains(&key) {
            table.keys.push(key);
        }
        schema.change(index, table);
    }
    name
}

/// `DROP TABLE a, b`, after the word `TABLE`.
pub fn drop_tables(words: &mut Words, schema: &mut Schema) {
    guarded(words);
    while let Some(parts) = words.qualified() {
        if let Some(index) = schema.find(&parts) {
            schema.dropped(index);
        }
        if !words.take_sign(b',') {
            return;
        }
    }
}

/// A view is kept as text; a table that stood for it gives way.
pub fn view(kind: &str, words: &mut Words, text: &[u8], at: Position, schema: &mut Schema) -> Followed {
    guarded(words);
    let parts = words.qualified().unwrap_or_default();
    if let Some(stub) = schema.find(&parts)
        && schema.tables[stub].records == 0
    {
        schema.forget(stub);
    }
    let name = schema.place(&parts).1;
    let text = words.lex().text(text);
    schema.note(None, at, NoteKind::Object { kind: kind.to_owned(), name, text });
    Followed::Class(format!("CREATE {}", kind.to_uppercase()))
}

/// A statement that is counted by its kind and name.
pub fn counted(kind: &str, words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
    guarded(words);
    let name = words.qualified().and_then(|mut parts| parts.pop());
    schema.statement(at, kind, name);
    Followed::Class(kind.to_owned())
}

/// Rows are changed by a statement that is not run: what is staged may differ from the server.
pub fn changes_rows(first: &str, words: &mut Words, at: Position, schema: &mut Schema) -> Followed {
    for word in ["from", "table", "only", "into", "or"] {
        words.take(word);
    }
    if let Some(table) = words.qualified().and_then(|parts| schema.find(&parts)) {
        schema.flag(table, format!("is changed by a statement that is not run ({})", first.to_uppercase()));
    }
    let kind = first.to_uppercase();
    schema.statement(at, &kind, None);
    Followed::Class(kind)
}

/// The first word in lower case, with the sign before it that command lines have.
pub fn first_word(text: &[u8], lex: &Lex) -> String {
    let sign = text.first().is_some_and(|b| matches!(b, b'\\' | b':' | b'.' | b'!'));
    let start = usize::from(sign);
    let length =
        text[start..].iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'_')).unwrap_or(text.len() - start);
    lex.text(&text[..start + length]).to_ascii_lowercase()
}
