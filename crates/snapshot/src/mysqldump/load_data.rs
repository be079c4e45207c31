//! `LOAD DATA INFILE`: the rows stand in another file, which whoever reads this one is asked for.
//! https://dev.mysql.com/doc/refman/8.4/en/load-data.html

use super::dump::MySql;
use super::lexer::table_parts;
use super::outfile::Format;
use super::presence::listed_slots;
use super::tab::flag_not_run;
use super::tab_rows::{Coding, Made, TabRows};
use crate::event::{NoteKind, Position};
use crate::script::insert::assignments;
use crate::script::lexer::Lex;
use crate::script::tables::Schema;
use crate::script::value::unhex_pairs;
use crate::script::words::{Token, Words};

/// The kind of the note that asks for the file with a table's rows, whose name goes with it.
pub const LOAD_DATA: &str = "LOAD DATA";

/// What the statement says.
#[derive(Debug, PartialEq, Eq)]
struct LoadData {
    file: String,
    /// With its database before it, where that is said.
    table: Vec<String>,
    /// `IGNORE` or `REPLACE`.
    resolving: bool,
    charset: Option<String>,
    format: Format,
    /// What the fields go to: columns, and variables with their sign.
    listed: Option<Vec<String>>,
    made: Vec<(String, Made)>,
}

/// After `LOAD DATA`; `None` where it is not understood.
fn read(words: &mut Words) -> Option<LoadData> {
    while words.take("low_priority") || words.take("concurrent") || words.take("local") {}
    if !words.take("infile") {
        return None;
    }
    let Token::Text(file) = words.next() else { return None };
    let resolving = words.take("replace") || words.take("ignore");
    if !(words.take("into") && words.take("table")) {
        return None;
    }
    let table = table_parts(words)?;
    if words.take("partition") {
        words.brackets()?;
    }
    let mut load = LoadData {
        file: words.lex().unquoted_text(file),
        table,
        resolving,
        charset: None,
        format: Format::default(),
        listed: None,
        made: Vec::new(),
    };
    loop {
        if words.take("charset") || words.take("character") && words.take("set") {
            load.charset = Some(words.name()?);
        } else if words.take("fields") || words.take("columns") {
            read_fields(words, &mut load.format)?;
        } else if words.take("lines") {
            read_lines(words, &mut load.format)?;
        } else if words.take("ignore") {
            let Token::Number(lines) = words.next() else { return None };
            load.format.skip = std::str::from_utf8(lines).ok()?.parse().ok()?;
            let _ = words.take("lines") || words.take("rows");
        } else {
            break;
        }
    }
    let lex = words.lex();
    if words.peek() == Token::Sign(b'(') {
        load.listed = Some(read_targets(words.brackets()?, lex)?);
    }
    if words.take("set") {
        load.made = assignments(words)?.into_iter().map(|(column, source)| (column, made(&source, lex))).collect();
    }
    let ends = !(load.format.line_end.is_empty() || load.format.field_end.is_empty() && load.format.enclosed.is_none());
    (ends && words.next() == Token::End).then_some(load)
}

fn read_fields(words: &mut Words, format: &mut Format) -> Option<()> {
    loop {
        if words.take("terminated") {
            format.field_end = mark(words)?;
        } else if words.take("enclosed") || words.take("optionally") && words.take("enclosed") {
            format.enclosed = one(&mark(words)?)?;
        } else if words.take("escaped") {
            format.escape = one(&mark(words)?)?;
        } else {
            return Some(());
        }
    }
}

fn read_lines(words: &mut Words, format: &mut Format) -> Option<()> {
    loop {
        if words.take("terminated") {
            format.line_end = mark(words)?;
        } else if words.take("starting") {
            format.line_start = mark(words)?;
        } else {
            return Some(());
        }
    }
}

/// `BY 'mark'`, or `BY 0x09`, `BY X'09'`.
fn mark(words: &mut Words) -> Option<Vec<u8>> {
    if !words.take("by") {
        return None;
    }
    let digits = match words.next() {
        Token::Text(text) => return Some(words.lex().unquoted(text)),
        Token::Word(b"x" | b"X") => match words.next() {
            Token::Text(digits) => words.lex().unquoted(digits),
            _ => return None,
        },
        Token::Word(word) => word.strip_prefix(b"0x")?.to_vec(),
        _ => return None,
    };
    unhex_pairs(&digits)
}

/// One character or none. The outer `None`: more than one, which no server takes.
#[allow(clippy::option_option)]
fn one(mark: &[u8]) -> Option<Option<u8>> {
    match mark {
        [] => Some(None),
        [one] => Some(Some(*one)),
        _ => None,
    }
}

/// Columns and variables, the latter with their sign.
fn read_targets(list: &[u8], lex: &Lex) -> Option<Vec<String>> {
    let mut words = Words::new(list, lex);
    let mut targets = Vec::new();
    loop {
        // @`odd name` is two words.
        let target = match words.next() {
            Token::Word(b"@") => format!("@{}", words.name()?),
            Token::Word(name) | Token::Number(name) => lex.text(name),
            Token::Text(name) => lex.unquoted_text(name),
            Token::Name(name) => name,
            _ => return None,
        };
        targets.push(target);
        match words.next() {
            Token::Sign(b',') => {}
            Token::End => return Some(targets),
            _ => return None,
        }
    }
}

/// What an expression makes of a field: itself, decoded, or what nobody here computes.
fn made(source: &[u8], lex: &Lex) -> Made {
    let mut words = Words::new(source, lex);
    let first = words.clone().name().unwrap_or_default();
    let known = if let Some(field) = variable(&mut words) {
        Some(Made::Field(field, Coding::Plain))
    } else if words.take("unhex") {
        within(&mut words).map(|field| Made::Field(field, Coding::Hex))
    } else if words.take("from_base64") {
        within(&mut words).map(|field| Made::Field(field, Coding::Base64))
    } else if words.take("convert") {
        converted(&mut words).map(|field| Made::Field(field, Coding::Plain))
    } else if words.take("nullif") {
        null_if(&mut words)
    } else {
        None
    };
    known.filter(|_| words.next() == Token::End).unwrap_or_else(|| {
        let fields = variables(source, lex);
        let only = if let [only] = fields.as_slice() { Some(only.clone()) } else { None };
        Made::NotRun(only, first.to_uppercase())
    })
}

/// `@name`.
fn variable(words: &mut Words) -> Option<String> {
    let mut ahead = words.clone();
    let name = match ahead.next() {
        Token::Word(b"@") => format!("@{}", ahead.name()?),
        Token::Word(name) if name.starts_with(b"@") => ahead.lex().text(name),
        _ => return None,
    };
    *words = ahead;
    Some(name)
}

/// `(@name)`.
fn within(words: &mut Words) -> Option<String> {
    let field = words.take_sign(b'(').then(|| variable(words))??;
    words.take_sign(b')').then_some(field)
}

/// `(@name USING utf8mb4)`: the letters stay the same.
fn converted(words: &mut Words) -> Option<String> {
    let field = words.take_sign(b'(').then(|| variable(words))??;
    (words.take("using") && words.name().is_some() && words.take_sign(b')')).then_some(field)
}

/// `(@name, 'text')`.
fn null_if(words: &mut Words) -> Option<Made> {
    let field = words.take_sign(b'(').then(|| variable(words))??;
    let Token::Text(text) = words.take_sign(b',').then(|| words.next())? else { return None };
    words.take_sign(b')').then_some(Made::Field(field, Coding::NullIf(words.lex().unquoted(text))))
}

/// The variables that go into an expression.
fn variables(source: &[u8], lex: &Lex) -> Vec<String> {
    let mut words = Words::new(source, lex);
    let mut found = Vec::new();
    loop {
        if let Some(name) = variable(&mut words) {
            if !found.contains(&name) {
                found.push(name);
            }
        } else if words.next() == Token::End {
            return found;
        }
    }
}

impl MySql {
    /// Asks for the file with the rows, which is then read, or not given.
    pub(super) fn load_data(&mut self, words: &mut Words, at: Position, schema: &mut Schema) {
        let Some(load) = read(words) else {
            let text =
                "a LOAD DATA is not understood: the rows it loads are missing, unless their file is read by itself";
            schema.warn(None, at, text);
            return;
        };
        let listed = load.listed.iter().flatten().filter(|l| !l.starts_with('@'));
        let columns: Vec<String> = listed.chain(load.made.iter().map(|(column, _)| column)).cloned().collect();
        let found = schema.find(&load.table);
        let table = found.unwrap_or_else(|| schema.add_undeclared(&load.table, &columns));
        listed_slots(table, &columns, at, schema);
        if load.resolving {
            self.resolving.insert(table);
        }
        let mut settings = self.settings.clone();
        let database = schema.tables[table].database.clone();
        let charset = load.charset.as_deref().or_else(|| self.database_charset(database.as_deref()));
        settings.set_names(charset.unwrap_or_default());
        flag_not_run(table, &load.made, at, schema);
        let rows = TabRows::new(table, &[], load.format, &settings).listing(load.listed, load.made);
        self.asked = Some((settings, rows));
        schema.note(Some(table), at, NoteKind::Statement { kind: LOAD_DATA.to_owned(), name: Some(load.file) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::LEX;
    use super::*;

    fn told(statement: &str) -> Option<LoadData> {
        let mut words = Words::new(statement.as_bytes(), &LEX);
        assert!(words.take("load") && words.take("data"));
        read(&mut words)
    }

    #[test]
    fn every_clause_is_understood() {
        let load = told(
            r"LOAD DATA LOCAL INFILE 'c.t.00000.dat' REPLACE INTO TABLE `c`.`t` CHARACTER SET binary FIELDS TERMINATED BY ','
              OPTIONALLY ENCLOSED BY '\'' ESCAPED BY '\\' LINES STARTING BY '>' TERMINATED BY '\r\n' IGNORE 1 LINES
              (`a`,@b,@`c d`, @e, f)SET `b`=UNHEX(@b), g = CONVERT(@`c d` USING UTF8MB4), e = NULLIF(@e, ''),
              h = STR_TO_DATE(@e, '%d'), i = NOW()",
        )
        .unwrap();
        let format = Format {
            field_end: b",".to_vec(),
            enclosed: Some(b'\''),
            line_start: b">".to_vec(),
            line_end: b"\r\n".to_vec(),
            skip: 1,
            ..Format::default()
        };
        assert_eq!(
            (load.file.as_str(), load.table.join("."), load.resolving),
            ("c.t.00000.dat", "c.t".to_owned(), true)
        );
        assert_eq!((load.charset.as_deref(), &load.format), (Some("binary"), &format));
        assert_eq!(load.listed.unwrap(), ["a", "@b", "@c d", "@e", "f"]);
        let field = |name: &str, coding| Made::Field(name.into(), coding);
        let made = [
            ("b", field("@b", Coding::Hex)),
            ("g", field("@c d", Coding::Plain)),
            ("e", field("@e", Coding::NullIf(Vec::new()))),
            ("h", Made::NotRun(Some("@e".into()), "STR_TO_DATE".into())),
            ("i", Made::NotRun(None, "NOW".into())),
        ];
        assert_eq!(load.made, made.map(|(column, made)| (column.to_owned(), made)));
    }

    #[test]
    fn what_no_server_takes_is_not_understood() {
        for (statement, understood) in [
            ("LOAD DATA INFILE 'f' INTO TABLE t", true),
            ("LOAD DATA INFILE 'f' INTO TABLE t COLUMNS TERMINATED BY 0x2c", true),
            ("LOAD DATA INFILE 'f' INTO TABLE t FIELDS ENCLOSED BY 'ab'", false),
            ("LOAD DATA INFILE 'f' INTO TABLE t FIELDS TERMINATED BY ''", false),
            ("LOAD DATA INFILE 'f' INTO TABLE t LINES TERMINATED BY ''", false),
            ("LOAD DATA INFILE f INTO TABLE t", false),
            ("LOAD DATA FROM MASTER", false),
        ] {
            assert_eq!(told(statement).is_some(), understood, "{statement}");
        }
    }
}
