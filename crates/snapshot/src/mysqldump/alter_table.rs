//! The parts of an `ALTER TABLE` that dumps and scripts use: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html

use super::column::Column;
use super::create_table::{Decode, Table, read_column, read_key, skip_item};
use super::lexer::{Token, Words};

/// Changes the table as the statement says, whose words stand behind the table's name. Values already staged keep their
/// form.
pub fn read_alter(words: &mut Words, table: &mut Table, decode: Decode) {
    loop {
        if words.take("add") {
            let column = words.take("column");
            if column || !read_key(words, table, decode) {
                add_columns(words, table, decode);
            }
        } else if words.take("modify") {
            words.take("column");
            if let Some(name) = words.name() {
                modify_column(words, &decode(&name), None, table, decode);
            }
        } else if words.take("change") {
            words.take("column");
            if let (Some(old), Some(new)) = (words.name(), words.name()) {
                modify_column(words, &decode(&old), Some(&decode(&new)), table, decode);
            }
        } else if words.take("drop") {
            drop_part(words, table, decode);
        } else if words.take("rename") {
            rename_part(words, table, decode);
        } else if words.take("auto_increment") {
            words.take_punct(b'=');
            if let Token::Number(n) = words.next() {
                table.counter = decode(n).parse().unwrap_or(table.counter);
            }
        }
        skip_item(words);
        if !words.take_punct(b',') {
            return;
        }
    }
}

fn add_columns(words: &mut Words, table: &mut Table, decode: Decode) {
    if words.take("if") {
        words.take("not");
        words.take("exists");
    }
    if words.take_punct(b'(') {
        loop {
            let Some(name) = words.name() else { return };
            let column = read_column(words, &decode(&name), table, decode);
            table.columns.push(column);
            if !words.take_punct(b',') {
                words.take_punct(b')');
                return;
            }
        }
    }
    if let Some(name) = words.name() {
        let (column, place) = read_placed(words, &decode(&name), table, decode);
        let end = table.columns.len();
        table.columns.insert(place.unwrap_or(end).min(end), column);
    }
}

/// A column and where `FIRST` or `AFTER other` puts it.
fn read_placed(words: &mut Words, name: &str, table: &mut Table, decode: Decode) -> (Column, Option<usize>) {
    let mut ahead = words.clone();
    let column = read_column(words, name, table, decode);
    let mut place = None;
    while !matches!(ahead.peek(), Token::Punct(b',' | b')') | Token::End) {
        if ahead.peek() == Token::Punct(b'(') {
            if ahead.brackets().is_none() {
                break;
            }
        } else if ahead.take("first") {
            place = Some(0);
        } else if ahead.take("after") {
            let other = ahead.name().map(|n| decode(&n));
            place = other.and_then(|o| find(table, &o)).map(|at| at + 1);
        } else {
            ahead.next();
        }
    }
    (column, place)
}

fn modify_column(words: &mut Words, name: &str, renamed: Option<&str>, table: &mut Table, decode: Decode) {
    let (column, place) = read_placed(words, renamed.unwrap_or(name), table, decode);
    let Some(there) = find(table, name) else { return };
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
fn drop_part(words: &mut Words, table: &mut Table, decode: Decode) {
    let other = ["primary", "index", "key", "foreign", "constraint", "check", "partition"];
    let next = words.peek();
    if other.iter().any(|w| next.is_word(w)) {
        return;
    }
    words.take("column");
    if words.take("if") {
        words.take("exists");
    }
    let there = words.name().and_then(|n| find(table, &decode(&n)));
    if let Some(there) = there {
        table.columns.remove(there);
    }
}

/// `RENAME TO name`, `RENAME COLUMN old TO new`.
fn rename_part(words: &mut Words, table: &mut Table, decode: Decode) {
    if words.take("column") {
        let old = words.name().map(|n| decode(&n));
        words.take("to");
        let new = words.name().map(|n| decode(&n));
        if let (Some(there), Some(new)) = (old.and_then(|o| find(table, &o)), new) {
            table.columns[there].def.name = new;
        }
    } else if !(words.peek().is_word("key") || words.peek().is_word("index")) {
        let _ = words.take("to") || words.take("as");
        if let Some((_, name)) = words.qualified() {
            table.name = decode(&name);
        }
    }
}

fn find(table: &Table, name: &str) -> Option<usize> {
    table.columns.iter().position(|c| c.def.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::super::create_table::read_body;
    use super::super::lexer::Style;
    use super::*;

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
            let decode = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
            let mut table = Table { name: "t".into(), ..Table::default() };
            read_body(&mut Words::new(b"(a int, b int, c int)", Style::USUAL), &mut table, &decode).unwrap();
            read_alter(&mut Words::new(alter.as_bytes(), Style::USUAL), &mut table, &decode);
            let names: Vec<&str> = table.columns.iter().map(|c| c.def.name.as_str()).collect();
            assert_eq!((table.name.as_str(), names.join(" ").as_str()), (name, columns), "{alter}");
        }
    }
}
