//! The parts of an `ALTER TABLE` that dumps and scripts use: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html

use super::lexer::table_parts;
use crate::script::column::Column;
use crate::script::declaration::{read_column, read_key};
use crate::script::following::guarded;
use crate::script::tables::{Schema, Table};
use crate::script::words::{Token, Words};

/// Changes the table as the statement says, whose words stand after the table's name. Values already staged keep their
/// form.
pub fn read_alter(words: &mut Words, table: &mut Table, schema: &Schema) {
    loop {
        if words.take("add") {
            let column = words.take("column");
            if column || !read_key(words, table, None, schema) {
                add_columns(words, table, schema);
            }
        } else if words.take("modify") {
            words.take("column");
            if let Some(name) = words.name() {
                modify_column(words, &name, &name, table, schema);
            }
        } else if words.take("change") {
            words.take("column");
            if let (Some(old), Some(new)) = (words.name(), words.name()) {
                modify_column(words, &old, &new, table, schema);
            }
        } else if words.take("drop") {
            drop_part(words, table);
        } else if words.take("rename") {
            rename_part(words, table);
        } else if words.take("auto_increment") {
            words.take_sign(b'=');
            if let Token::Number(n) = words.next() {
                table.next_auto = words.lex().text(n).parse().map_or(table.next_auto, |n: i64| n.max(table.next_auto));
            }
        }
        words.skip_item();
        if !words.take_sign(b',') {
            return;
        }
    }
}

fn add_columns(words: &mut Words, table: &mut Table, schema: &Schema) {
    guarded(words);
    if words.take_sign(b'(') {
        loop {
            let Some(name) = words.name() else { return };
            let column = read_column(words, &name, table, schema);
            table.columns.push(column);
            if !words.take_sign(b',') {
                words.take_sign(b')');
                return;
            }
        }
    }
    if let Some(name) = words.name() {
        let (column, place) = read_placed(words, &name, table, schema);
        let end = table.columns.len();
        table.columns.insert(place.unwrap_or(end).min(end), column);
    }
}

/// A column and where `FIRST` or `AFTER other` puts it.
fn read_placed(words: &mut Words, name: &str, table: &mut Table, schema: &Schema) -> (Column, Option<usize>) {
    let mut ahead = words.clone();
    let column = read_column(words, name, table, schema);
    let mut place = None;
    while !matches!(ahead.peek(), Token::Sign(b',' | b')') | Token::End) {
        if ahead.peek() == Token::Sign(b'(') {
            if ahead.brackets().is_none() {
                break;
            }
        } else if ahead.take("first") {
            place = Some(0);
        } else if ahead.take("after") {
            let other = ahead.name();
            place = other.and_then(|o| table.position(&o)).map(|at| at + 1);
        } else {
            ahead.next();
        }
    }
    (column, place)
}

fn modify_column(words: &mut Words, name: &str, renamed: &str, table: &mut Table, schema: &Schema) {
    let (column, place) = read_placed(words, renamed, table, schema);
    let Some(there) = table.position(name) else { return };
    match place {
        Some(place) => {
            table.columns.remove(there);
            let place = if place > there { place - 1 } else { place };
            table.columns.insert(place.min(table.columns.len()), column);
        }
        None => table.columns[there] = column,
    }
}

/// `DROP [COLUMN] name`; keys and constraints that go take nothing of the rows with them.
fn drop_part(words: &mut Words, table: &mut Table) {
    let other = ["primary", "index", "key", "foreign", "constraint", "check", "partition"];
    let next = words.peek();
    if other.iter().any(|w| next.is_word(w)) {
        return;
    }
    words.take("column");
    guarded(words);
    let there = words.name().and_then(|n| table.position(&n));
    if let Some(there) = there {
        table.columns.remove(there);
    }
}

/// `RENAME TO name`, `RENAME COLUMN old TO new`.
fn rename_part(words: &mut Words, table: &mut Table) {
    if words.take("column") {
        let old = words.name();
        words.take("to");
        let new = words.name();
        if let (Some(there), Some(new)) = (old.and_then(|o| table.position(&o)), new) {
            table.columns[there].def.name = new;
        }
    } else if !(words.peek().is_word("key") || words.peek().is_word("index")) {
        let _ = words.take("to") || words.take("as");
        if let Some(name) = table_parts(words).and_then(|mut parts| parts.pop()) {
            table.name = name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::MySql;
    use super::super::lexer::LEX;
    use super::*;
    use crate::script::Dialect;
    use crate::script::declaration::read_items;

    #[test]
    fn columns_go_where_the_statement_puts_them() {
        for (alter, name, columns) in [
            ("ADD COLUMN d int AFTER a", "t", "a d b c"),
            ("ADD d int NOT NULL DEFAULT 1 FIRST, ADD KEY k (a)", "t", "d a b c"),
            ("ADD (d int, e text)", "t", "a b c d e"),
            ("DROP COLUMN b, DROP PRIMARY KEY", "t", "a c"),
            ("CHANGE `b` `bb` text AFTER c", "t", "a c bb"),
            ("MODIFY c int FIRST", "t", "c a b"),
            ("RENAME TO u", "u", "a b c"),
            ("RENAME COLUMN a TO aa", "t", "aa b c"),
            ("ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id)", "t", "a b c"),
        ] {
            let mut table = Table { name: "t".into(), ..Table::default() };
            let schema = MySql::schema();
            read_items(&mut Words::new(b"(a int, b int, c int)", &LEX), &mut table, &schema).unwrap();
            read_alter(&mut Words::new(alter.as_bytes(), &LEX), &mut table, &schema);
            let names: Vec<&str> = table.columns.iter().map(|c| c.def.name.as_str()).collect();
            assert_eq!((table.name.as_str(), names.join(" ").as_str()), (name, columns), "{alter}");
        }
    }
}
