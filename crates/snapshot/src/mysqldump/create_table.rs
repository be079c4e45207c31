//! What MySQL's `CREATE TABLE` says of its own: types, attributes of columns, options of tables.
//! https://dev.mysql.com/doc/refman/8.4/en/create-table.html

use crate::event::ColumnKind;
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::tables::Table;
use crate::script::words::{Token, Words};

impl Table {
    /// Text columns get their own character set, or else of their table's or their database's.
    pub fn settle_charsets(&mut self, database: Option<&str>) {
        for column in &mut self.columns {
            let charset = column.charset.as_deref().or(self.charset.as_deref()).or(database);
            // JSON knows one set only.
            let json = column.def.declared_type.eq_ignore_ascii_case("json");
            column.own_charset = if json { Some(Charset::Utf8) } else { charset.and_then(Charset::named) };
        }
    }
}

/// `CHARACTER SET x`, `CHARSET = x`, `COLLATE x_general_ci`, whose first word is read; a collation begins with the
/// name of its set.
pub fn read_charset(words: &mut Words, first: &Token, charset: &mut Option<String>) {
    words.take("set");
    words.take_sign(b'=');
    let Some(name) = words.name().map(|n| n.to_lowercase()) else { return };
    if !first.is_word("collate") {
        *charset = Some(name);
    } else if charset.is_none() {
        *charset = name.split('_').next().map(str::to_owned);
    }
}

/// What stands after the closing bracket.
pub fn read_options(words: &mut Words, table: &mut Table) {
    loop {
        match words.next() {
            Token::End => return,
            t if t.is_word("comment") => {
                words.take_sign(b'=');
                if let Token::Text(text) = words.next() {
                    table.comment = words.lex().unquoted_text(text);
                }
            }
            t if t.is_word("auto_increment") => {
                words.take_sign(b'=');
                if let Token::Number(n) = words.next() {
                    table.next_auto = words.lex().text(n).parse().map_or(1, |n: i64| n.max(1));
                }
            }
            t if t.is_word("charset") || t.is_word("character") || t.is_word("collate") => {
                read_charset(words, &t, &mut table.charset);
            }
            t if t.is_word("with") && words.take("system") => table.versioned = words.take("versioning"),
            t if t.is_word("select") => table.filled_by = Some("CREATE TABLE … SELECT"),
            _ => {}
        }
    }
}

/// A column's type, with the words that are part of it.
pub fn read_type(words: &mut Words, column: &mut Column) {
    let start = words.start();
    let Token::Word(word) = words.peek() else { return };
    words.next();
    let mut word = String::from_utf8_lossy(word).to_ascii_lowercase();
    if word == "national" || word == "long" {
        let national = word == "national";
        match words.peek() {
            Token::Word(w) if w.to_ascii_lowercase().starts_with(b"var") || national => {
                word = String::from_utf8_lossy(w).to_ascii_lowercase();
                words.next();
            }
            _ => word = "mediumtext".into(),
        }
    }
    words.take("precision");
    if matches!(word.as_str(), "char" | "character" | "nchar") && words.take("varying") {
        word = "varchar".into();
    }
    let brackets = if words.peek() == Token::Sign(b'(') { words.brackets() } else { None };
    column.set_type(&word, brackets);
    if column.def.kind == ColumnKind::Enumeration {
        let mut members = Words::new(brackets.unwrap_or_default(), words.lex());
        loop {
            match members.next() {
                Token::Text(t) => column.members.push(words.lex().unquoted_text(t).trim_end_matches(' ').to_owned()),
                Token::End => break,
                _ => {}
            }
        }
    }
    if word == "serial" {
        column.unsigned = true;
        column.def.nullable = false;
        column.def.auto_increment = true;
    }
    let mut end = words.end();
    loop {
        if words.take("unsigned") {
            column.unsigned = true;
        } else if words.take("zerofill") {
            column.zerofill = true;
            column.unsigned = true;
        } else if !words.take("signed") {
            break;
        }
        end = words.end();
    }
    if column.zerofill && column.length == 0 {
        column.length = 10;
    }
    column.def.declared_type = words.lex().text(words.source(start, end));
}

/// An attribute whose first word is read; false where it is none of MySQL's own.
pub fn read_attribute(first: &Token, words: &mut Words, column: &mut Column) -> bool {
    if first.is_word("default") {
        read_default(words, column);
    } else if first.is_word("auto_increment") {
        column.def.auto_increment = true;
    } else if first.is_word("comment") {
        if let Token::Text(text) = words.next() {
            column.def.comment = words.lex().unquoted_text(text);
        }
    } else if first.is_word("invisible") {
        column.invisible = true;
    } else if first.is_one_of(&["charset", "character", "collate"]) {
        read_charset(words, first, &mut column.charset);
        if column.charset.as_deref() == Some("binary") && column.def.kind == ColumnKind::Text {
            column.def.kind = ColumnKind::Binary;
        }
    } else if first.is_one_of(&["ascii", "unicode"]) {
        column.charset = Some(if first.is_word("ascii") { "latin1".into() } else { "ucs2".into() });
    } else if first.is_word("byte") {
        column.def.kind = ColumnKind::Binary;
    } else {
        return false;
    }
    true
}

fn read_default(words: &mut Words, column: &mut Column) {
    let start = words.start();
    match words.next() {
        Token::Text(text) => column.def.default = Some(words.lex().unquoted_text(text)),
        Token::Number(number) => column.def.default = Some(words.lex().text(number)),
        Token::Sign(sign @ (b'-' | b'+')) => {
            if let Token::Number(number) | Token::Word(number) = words.next() {
                let sign = if sign == b'-' { "-" } else { "" };
                column.def.default = Some(format!("{sign}{}", words.lex().text(number)));
            }
        }
        token if token.is_word("null") => column.def.default = None,
        token if token.is_word("true") => column.def.default = Some("1".into()),
        token if token.is_word("false") => column.def.default = Some("0".into()),
        Token::Word(b"b" | b"B") if matches!(words.peek(), Token::Text(_)) => {
            if let Token::Text(bits) = words.next() {
                let bits = words.lex().unquoted(bits);
                let number = bits.iter().fold(0u64, |n, b| n << 1 | u64::from(*b == b'1'));
                column.def.default = Some(number.to_string());
            }
        }
        Token::Word(word) if word.starts_with(b"_") && matches!(words.peek(), Token::Text(_)) => {
            if let Token::Text(text) = words.next() {
                column.def.default = Some(words.lex().unquoted_text(text));
            }
        }
        Token::Sign(b'(') => {
            let mut depth = 1;
            while depth > 0 {
                match words.next() {
                    Token::Sign(b'(') => depth += 1,
                    Token::Sign(b')') => depth -= 1,
                    Token::End => break,
                    _ => {}
                }
            }
            function_default(words, start, column);
        }
        _ => {
            if words.peek() == Token::Sign(b'(') {
                words.brackets();
            }
            function_default(words, start, column);
        }
    }
}

fn function_default(words: &mut Words, start: usize, column: &mut Column) {
    let source = words.lex().text(words.source(start, words.end()));
    column.unknown_default = Some(source.clone());
    column.def.default = Some(source);
}

#[cfg(test)]
mod tests {
    use super::super::MySql;
    use super::super::lexer::LEX;
    use super::*;
    use crate::event::KeyKind;
    use crate::script::Dialect;
    use crate::script::declaration::read_items;

    fn table(body: &str) -> Table {
        let mut table = Table::default();
        let mut words = Words::new(body.as_bytes(), &LEX);
        read_items(&mut words, &mut table, &MySql::schema()).unwrap();
        read_options(&mut words, &mut table);
        table
    }

    #[test]
    fn types_keep_their_words_and_sizes() {
        let t = table(
            "(`a` int(11) unsigned zerofill NOT NULL AUTO_INCREMENT COMMENT 'it''s', b decimal(10,2) DEFAULT '0.00',
              c enum('x','y, z') CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x', d double precision,
              e national varchar(10), f timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
              g int GENERATED ALWAYS AS (`a` + 1) VIRTUAL, h bit(8) DEFAULT b'101', PRIMARY KEY (`a`), KEY k (b(3), c DESC),
              CONSTRAINT fk FOREIGN KEY (b) REFERENCES o.t (id) ON DELETE CASCADE, CHECK (a > 0)) ENGINE=InnoDB COMMENT='x'",
        );
        let types: Vec<_> = t.columns.iter().map(|c| (c.def.declared_type.as_str(), c.def.kind)).collect();
        assert_eq!(
            types,
            [
                ("int(11) unsigned zerofill", ColumnKind::Integer),
                ("decimal(10,2)", ColumnKind::Decimal),
                ("enum('x','y, z')", ColumnKind::Enumeration),
                ("double precision", ColumnKind::Float),
                ("national varchar(10)", ColumnKind::Text),
                ("timestamp", ColumnKind::Datetime),
                ("int", ColumnKind::Integer),
                ("bit(8)", ColumnKind::Bit),
            ]
        );
        assert_eq!(t.columns[2].members, ["x", "y, z"]);
        assert_eq!(t.columns[0].def.comment, "it's");
        assert_eq!(t.columns[7].def.default.as_deref(), Some("5"));
        assert!(t.columns[6].def.generated && t.columns[5].unknown_default.is_some());
        assert_eq!(t.keys.len(), 3);
        assert_eq!(t.keys[1].columns, ["b", "c"]);
        assert_eq!(t.keys[2].references, Some(("t".into(), vec!["id".into()])));
        assert_eq!(t.comment, "x");
    }
    #[test]
    fn a_primary_key_takes_no_null_and_a_key_needs_no_name() {
        let t = table("(a int, b int, PRIMARY KEY (a), KEY 5 (b), KEY)");
        assert_eq!(t.columns.iter().map(|c| c.def.nullable).collect::<Vec<_>>(), [false, true]);
        let keys: Vec<_> = t.keys.iter().map(|k| (k.kind, k.name.as_deref(), k.columns.join(" "))).collect();
        let key = |kind, name, columns: &str| (kind, name, columns.to_owned());
        let expected =
            [key(KeyKind::Primary, None, "a"), key(KeyKind::Index, Some("5"), "b"), key(KeyKind::Index, None, "")];
        assert_eq!(keys, expected);
    }
}
