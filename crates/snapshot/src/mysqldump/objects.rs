//! Views, routines, triggers, events and the like: not run, but kept as the text that makes them.

use super::create_table::read_charset;
use super::dump::MySql;
use super::lexer::table_parts;
use crate::event::{NoteKind, Position};
use crate::script::following::guarded;
use crate::script::lexer::{Lex, Scan, skip_blank};
use crate::script::tables::Schema;
use crate::script::words::{Token, Words};

impl MySql {
    pub(super) fn create(&mut self, text: &[u8], at: Position, schema: &mut Schema) -> Result<(), String> {
        let lex = self.settings.lex();
        let mut words = Words::new(text, &lex);
        words.next();
        let _ = words.take("or") && words.take("replace");
        let _ = words.take("temporary");
        if words.take("table") {
            return self.create_table(&mut words, schema);
        }
        // CREATE DEFINER=… SQL SECURITY … VIEW name: the kind is the word before the name.
        let kinds =
            ["database", "schema", "view", "trigger", "procedure", "function", "event", "sequence", "index", "user"];
        let (mut kind, mut name) = ("?".to_owned(), None);
        loop {
            let token = words.next();
            if token == Token::End {
                break;
            }
            if let Some(found) = kinds.iter().find(|k| token.is_word(k)) {
                guarded(&mut words);
                kind = found.to_uppercase();
                name = table_parts(&mut words).and_then(|mut parts| parts.pop());
                break;
            }
        }
        match (kind.as_str(), name) {
            ("DATABASE" | "SCHEMA", name) => self.create_database(&mut words, name),
            ("VIEW", Some(name)) if !is_stand_in(words.clone()) => {
                view(&name, schema);
                object("VIEW", name, text, &lex, at, schema);
            }
            // A later statement makes the view that it stands for.
            ("VIEW", _) => {}
            ("TRIGGER", Some(name)) => {
                self.make_trigger(&name, &mut words);
                // It runs from the next INSERT on, be that like the last one or not.
                schema.changes += 1;
                object("TRIGGER", name, text, &lex, at, schema);
            }
            (kind, Some(name)) => object(kind, name, text, &lex, at, schema),
            (kind, None) => schema.statement(at, &format!("CREATE {kind}"), None),
        }
        Ok(())
    }

    fn create_database(&mut self, words: &mut Words, name: Option<String>) {
        let mut charset = None;
        loop {
            match words.next() {
                Token::End => break,
                t if t.is_word("charset") || t.is_word("character") || t.is_word("collate") => {
                    read_charset(words, &t, &mut charset);
                }
                _ => {}
            }
        }
        if let (Some(name), Some(charset)) = (name, charset) {
            self.database_charsets.insert(name, charset);
        }
    }

    pub(super) fn database_charset(&self, database: Option<&str>) -> Option<&str> {
        self.database_charsets.get(database?).map(String::as_str)
    }
}

/// Counted by kind, and kept as text.
fn object(kind: &str, name: String, text: &[u8], lex: &Lex, at: Position, schema: &mut Schema) {
    let text = lex.text(&without_conditions(text, lex));
    schema.statement(at, &format!("CREATE {kind}"), Some(name.clone()));
    schema.note(None, at, NoteKind::Object { kind: kind.to_lowercase(), name, text });
}

/// A stub table gives way to the view it stood for.
fn view(name: &str, schema: &mut Schema) {
    if let Some(stub) = schema.find(&[name.to_owned()])
        && schema.tables[stub].records == 0
    {
        schema.forget(stub);
    }
}

/// `AS SELECT 1 AS a, 1 AS b`, or NULL instead of 1: what dumps put in a view's place until all tables are there.
fn is_stand_in(mut words: Words) -> bool {
    if words.peek() == Token::Sign(b'(') {
        words.brackets();
    }
    if !(words.take("as") && words.take("select")) {
        return false;
    }
    loop {
        let value = words.next();
        let one = (value == Token::Number(b"1") || value.is_word("null")) && words.take("as") && words.name().is_some();
        match words.next() {
            Token::Sign(b',') if one => {}
            Token::End => return one,
            _ => return false,
        }
    }
}

/// The statement without the marks of its conditional comments, which cut it in pieces: `CREATE */ /*!50013 DEFINER`.
fn without_conditions(text: &[u8], lex: &Lex) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        let length = match byte {
            b'\'' | b'"' | b'`' => match lex.quoted_end(rest, true) {
                Scan::Found(n) => n,
                _ => rest.len(),
            },
            b'/' | b'*' if rest.starts_with(b"*/") || rest.starts_with(b"/*!") || rest.starts_with(b"/*M!") => {
                let mark = rest.iter().skip(2).take_while(|b| b.is_ascii_digit() || matches!(b, b'!' | b'M')).count();
                at += 2;
                if byte == b'/' {
                    at += mark;
                    at += text[at..].iter().take_while(|b| **b == b' ').count();
                }
                continue;
            }
            b'/' | b'-' | b'#' => match skip_blank(rest, lex, true) {
                Scan::Found(n) if n > 0 => n,
                _ => 1,
            },
            _ => 1,
        };
        out.extend_from_slice(&rest[..length]);
        at += length;
    }
    out.truncate(out.trim_ascii_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::super::lexer::LEX;
    use super::*;

    #[test]
    fn marks_of_conditions_go_and_what_they_look_like_stays() {
        let text =
            b"CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`r`@`%` */\n/*!50001 VIEW `v` AS SELECT '/*! */' */ ";
        let kept = "CREATE ALGORITHM=UNDEFINED \nDEFINER=`r`@`%` \nVIEW `v` AS SELECT '/*! */'";
        assert_eq!(String::from_utf8_lossy(&without_conditions(text, &LEX)), kept);
    }

    #[test]
    fn words_stay_apart_where_a_mark_goes() {
        let text =
            b"CREATE*/ /*!50017 DEFINER=`r`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x = 1 */";
        let kept = "CREATE DEFINER=`r`@`%` TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x = 1";
        assert_eq!(String::from_utf8_lossy(&without_conditions(text, &LEX)), kept);
    }

    #[test]
    fn stand_ins_are_known_by_their_ones() {
        for (body, stand_in) in [
            (" AS SELECT\n 1 AS `a`,\n 1 AS `b`", true),
            (" AS SELECT\n NULL AS `a`,\n NULL AS `b`", true),
            (" AS SELECT 1 AS `a`, x AS `b` FROM t", false),
            (" AS select `t`.`a` AS `a` from `t`", false),
        ] {
            assert_eq!(is_stand_in(Words::new(body.as_bytes(), &LEX)), stand_in, "{body}");
        }
    }
}
