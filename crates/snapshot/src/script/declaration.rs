//! What stands between the brackets of a `CREATE TABLE`, and after `ALTER TABLE … ADD`. The servers differ in words, not
//! in shape, so one table of words serves all.

use super::column::Column;
use super::tables::{Schema, Table};
use super::value::Value;
use super::words::{Token, Words};
use crate::event::{Key, KeyKind};

/// Words that end a type: what stands after them shapes the column, not its values.
fn is_attribute(word: &str) -> bool {
    matches!(
        word,
        "as" | "autoincrement"
            | "check"
            | "collate"
            | "compression"
            | "constraint"
            | "default"
            | "deferrable"
            | "encrypted"
            | "filestream"
            | "foreign"
            | "generated"
            | "hidden"
            | "identity"
            | "initially"
            | "inherits"
            | "masked"
            | "not"
            | "null"
            | "on"
            | "options"
            | "persisted"
            | "primary"
            | "references"
            | "rowguidcol"
            | "sparse"
            | "storage"
            | "unique"
            | "virtual"
            | "stored"
            | "index"
            | "asc"
            | "desc"
    )
}

/// Reads the items in the brackets up to the closing one.
pub fn read_items(words: &mut Words, table: &mut Table, schema: &Schema) -> Result<(), &'static str> {
    if !words.take_sign(b'(') {
        return Err("an opening bracket after the table's name");
    }
    each_item(words, |words| read_item(words, table, schema))
}

/// Reads items with commas between up to the closing bracket; what `read` leaves of one is skipped.
pub fn each_item<'a>(
    words: &mut Words<'a>,
    mut read: impl FnMut(&mut Words<'a>) -> Result<(), &'static str>,
) -> Result<(), &'static str> {
    loop {
        if words.take_sign(b')') {
            return Ok(());
        }
        read(words)?;
        words.skip_item();
        match words.next() {
            Token::Sign(b',') => {}
            Token::Sign(b')') => return Ok(()),
            // A key may follow a column without a comma: SQLite and SQL Server take it.
            _ => return Err("a comma or a closing bracket after a column"),
        }
    }
}

/// A column, a key or a constraint.
pub fn read_item(words: &mut Words, table: &mut Table, schema: &Schema) -> Result<(), &'static str> {
    if read_key(words, table, None, schema) {
        return Ok(());
    }
    let name = words.name().ok_or("a column's name")?;
    let column = read_column(words, &name, table, schema);
    table.columns.push(column);
    Ok(())
}

/// What stands after a column's name; keys it makes go to the table.
pub fn read_column(words: &mut Words, name: &str, table: &mut Table, schema: &Schema) -> Column {
    let mut column = Column::untyped(name);
    if !schema.types.read_type(words, &mut column) {
        read_type(words, &mut column, schema);
    }
    read_attributes(words, &mut column, table, schema);
    column
}

/// Reads a key of the table or of the column named; false where the words begin something else.
pub fn read_key(words: &mut Words, table: &mut Table, column: Option<&str>, schema: &Schema) -> bool {
    let mut ahead = words.clone();
    let mut name = None;
    if ahead.take("constraint") && !ahead.peek().is_one_of(&["primary", "unique", "foreign", "check"]) {
        name = ahead.name();
    }
    // Words that begin a key are reserved in MySQL.
    let (of_table, reserved) = (column.is_none(), words.lex().mysql);
    let first = ahead.next();
    let kind = match first {
        _ if first.is_word("primary") && (ahead.take("key") || reserved) => KeyKind::Primary,
        _ if first.is_word("unique") => KeyKind::Unique,
        _ if first.is_word("foreign") && ahead.take("key") => KeyKind::Foreign,
        _ if first.is_word("references") && !of_table => KeyKind::Foreign,
        _ if first.is_one_of(&["key", "index", "fulltext", "spatial"]) && of_table && reserved => KeyKind::Index,
        _ if of_table && is_no_column(&first, &ahead) => {
            *words = ahead;
            return true;
        }
        _ => return false,
    };
    if of_table && reserved {
        name = key_name(&mut ahead).or(name);
    }
    for option in ["clustered", "nonclustered", "key", "hash", "nulls", "not", "distinct"] {
        ahead.take(option);
    }
    let bracket = ahead.peek() == Token::Sign(b'(');
    let listed = if bracket && (of_table || kind != KeyKind::Foreign) { ahead.name_list() } else { Vec::new() };
    let columns = match column {
        _ if !listed.is_empty() => listed,
        Some(column) => vec![column.to_owned()],
        None if reserved => listed,
        // A column may be called `unique`: then a type follows.
        None => return false,
    };
    let references = if kind == KeyKind::Foreign {
        ahead.take("references");
        ahead.qualified().map(|parts| (schema.place(&parts).1, ahead.name_list()))
    } else {
        None
    };
    *words = ahead;
    let key = Key { kind, name, columns, references };
    if kind == KeyKind::Primary {
        for name in &key.columns {
            if let Some(column) = table.column(name) {
                column.def.nullable = false;
            }
        }
    }
    if !table.keys.contains(&key) {
        table.keys.push(key);
    }
    true
}

/// `UNIQUE KEY name USING BTREE (`: MySQL names a key before its columns.
fn key_name(words: &mut Words) -> Option<String> {
    let mut name = None;
    let _ = words.take("key") || words.take("index");
    while !matches!(words.peek(), Token::Sign(b'(' | b')' | b',') | Token::End) {
        if words.take("using") {
            words.name();
        } else if let Some(found) = words.name() {
            name = Some(found);
        } else {
            // Neither: a number, or a mark that is not of a key.
            words.next();
        }
    }
    name
}

/// Items that are neither columns nor keys; `period` and `index` are names of columns too.
fn is_no_column(first: &Token, after: &Words) -> bool {
    let next = after.peek();
    first.is_word("check") && next == Token::Sign(b'(')
        || first.is_word("exclude") && (next.is_word("using") || next == Token::Sign(b'('))
        || first.is_word("period") && next.is_word("for")
        || first.is_word("index") && matches!(next, Token::Name(_))
}

/// Everything up to the first attribute is the type, brackets of it included.
fn read_type(words: &mut Words, column: &mut Column, schema: &Schema) {
    let (mut shown, mut bare) = (String::new(), String::new());
    loop {
        match words.peek() {
            Token::Word(word) if is_attribute(&lower(word)) => break,
            Token::Word(_) | Token::Name(_) => {
                let name = words.name().unwrap_or_default();
                let dotted = shown.ends_with('.');
                if !shown.is_empty() && !dotted {
                    shown.push(' ');
                    bare.push(' ');
                }
                if dotted {
                    bare.clear();
                }
                shown.push_str(&name);
                bare.push_str(&name.to_lowercase());
            }
            Token::Sign(b'.') => {
                words.next();
                shown.push('.');
            }
            Token::Sign(b'(') => {
                let inside = words.brackets().unwrap_or_default();
                shown.push('(');
                shown.push_str(&words.lex().text(inside));
                shown.push(')');
                let text = words.lex().text(inside);
                column.sizes = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
            }
            Token::Sign(sign @ (b'[' | b']')) => {
                words.next();
                shown.push(sign as char);
                bare.push(sign as char);
            }
            Token::Number(number) => {
                words.next();
                shown.push_str(&words.lex().text(number));
            }
            _ => break,
        }
    }
    column.def.kind = schema.types.kind(&bare);
    column.def.auto_increment = schema.types.counts(&bare);
    column.def.declared_type = shown;
    column.type_name = bare;
}

/// Everything after the type: what the column may hold, and what it holds where nothing is said.
pub fn read_attributes(words: &mut Words, column: &mut Column, table: &mut Table, schema: &Schema) {
    let name = column.def.name.clone();
    loop {
        match words.peek() {
            Token::Sign(b',' | b')') | Token::End => return,
            Token::Sign(b'(') => {
                words.brackets();
                continue;
            }
            _ => {}
        }
        if read_key(words, table, Some(&name), schema) {
            if table.keys.last().is_some_and(|k| k.kind == KeyKind::Primary) {
                column.def.nullable = false;
            }
            continue;
        }
        let token = words.next();
        if schema.types.read_attribute(&token, words, column) {
            continue;
        }
        if token.is_word("constraint") {
            words.name();
        } else if token.is_word("not") && words.take("null") {
            column.def.nullable = false;
        } else if token.is_word("generated") {
            // ALWAYS AS (…), BY DEFAULT AS IDENTITY: `DEFAULT` is none here.
            let _ = words.take("always") || words.take_all(&["by", "default"]);
        } else if token.is_word("default") {
            let source = expression(words);
            set_default(column, source, schema, words);
        } else if token.is_word("autoincrement") {
            column.def.auto_increment = true;
        } else if token.is_word("identity") {
            identity(words, column, table);
        } else if token.is_word("as") {
            read_generated(words, column, table);
        } else if token.is_one_of(&["collate", "storage", "compression"]) {
            words.qualified();
        } else if token.is_one_of(&["on"]) {
            // ON DELETE SET NULL, ON [PRIMARY], ON CONFLICT IGNORE: nothing of it shapes a value.
            words.name();
            let _ = words.take_all(&["set", "null"]) || words.take_all(&["set", "default"]);
        }
    }
}

/// `AS (…) PERSISTED`, `GENERATED ALWAYS AS (…) STORED`, `… AS IDENTITY (…)`, `… AS ROW START`.
fn read_generated(words: &mut Words, column: &mut Column, table: &mut Table) {
    if words.take("identity") {
        return identity(words, column, table);
    }
    column.def.generated = true;
    column.row_end = words.take_all(&["row", "end"]);
    if words.peek() == Token::Sign(b'(') {
        words.brackets();
    }
}

/// `IDENTITY(1,1)`, `(SEQUENCE NAME … START WITH 1 INCREMENT BY 1)`.
fn identity(words: &mut Words, column: &mut Column, table: &mut Table) {
    column.def.auto_increment = true;
    let Some(inside) = words.brackets() else { return };
    let text = words.lex().text(inside).to_lowercase();
    let numbers: Vec<i64> = text.split(|c: char| !(c.is_ascii_digit() || c == '-')).flat_map(str::parse).collect();
    let after = |word: &str| text.split_once(word).and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    match numbers.as_slice() {
        [seed, step] if text.contains(',') => (table.next_auto, column.step) = (*seed, *step),
        _ => {
            table.next_auto = after("start with").unwrap_or(1);
            column.step = after("increment by").unwrap_or(1);
        }
    }
}

/// The source of an expression: up to the attribute, comma or bracket after it.
pub fn expression<'a>(words: &mut Words<'a>) -> &'a [u8] {
    let start = words.start();
    let mut first = true;
    loop {
        match words.peek() {
            Token::Sign(b',' | b')' | b';') | Token::End => break,
            Token::Sign(b'(') => {
                words.brackets();
            }
            // `NULL` begins an expression, and ends one as the attribute after it.
            Token::Word(word) if !first && ends_default(word) => break,
            _ => {
                words.next();
            }
        }
        first = false;
    }
    words.source(start, words.end().max(start))
}

fn lower(word: &[u8]) -> String {
    String::from_utf8_lossy(word).to_ascii_lowercase()
}

fn ends_default(word: &[u8]) -> bool {
    let word = lower(word);
    word != "as" && is_attribute(&word) || word == "for" || word == "with"
}

/// A default: a literal is told as such, anything else as its source.
pub fn set_default(column: &mut Column, source: &[u8], schema: &Schema, words: &Words) {
    let lex = words.lex();
    column.default_source = Some(source.to_vec());
    column.def.default = match schema.types.evaluate(source, lex) {
        Some(Value::Null) => None,
        Some(Value::Number(text) | Value::Text(text)) => Some(lex.text(&text)),
        _ => Some(lex.text(source)),
    };
    if source.to_ascii_lowercase().starts_with(b"nextval(") {
        column.def.auto_increment = true;
    }
}
