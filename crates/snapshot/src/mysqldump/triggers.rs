//! Triggers that a script makes before it inserts: a server runs them for every row, and what they write or change is
//! not here. Dumps make theirs behind the rows.

use std::io::Read;

use super::Mysqldump;
use super::create_table::Decode;
use super::lexer::{Token, Words};
use crate::event::{NoteKind, Position};

type Named = (Option<String>, String);

/// A trigger that runs when rows are inserted.
#[derive(Debug, PartialEq, Eq)]
pub struct Trigger {
    name: String,
    table: Named,
    /// It changes the row on its way in.
    changes: bool,
    /// Tables that it inserts into, updates or deletes from.
    writes: Vec<Named>,
    /// Rows were inserted since it was made.
    ran: bool,
}

/// `BEFORE INSERT ON table FOR EACH ROW …`, behind the trigger's name; `None` where inserting does not run it.
fn read(name: &str, words: &mut Words, decode: Decode) -> Option<Trigger> {
    let qualified = |words: &mut Words| words.qualified().map(|(d, t)| (d.map(|d| decode(&d)), decode(&t)));
    let before = words.take("before");
    if !(before || words.take("after")) || !words.take("insert") || !words.take("on") {
        return None;
    }
    let table = qualified(words)?;
    let mut trigger = Trigger { name: name.to_owned(), table, changes: false, writes: Vec::new(), ran: false };
    let mut assigns = false;
    loop {
        let token = words.next();
        let writes = ["insert", "replace", "update", "delete"].iter().any(|w| token.is_word(w));
        if token == Token::End {
            return Some(trigger);
        } else if writes && words.peek() != Token::Punct(b'(') {
            while ["ignore", "into", "from", "low_priority", "delayed", "quick"].iter().any(|w| words.take(w)) {}
            trigger.writes.extend(qualified(words));
        }
        trigger.changes |= before && assigns && token.is_word("new") && words.peek() == Token::Punct(b'.');
        // SET NEW.a = 1, NEW.b = 2
        assigns = token.is_word("set") || token == Token::Punct(b',');
    }
}

impl<R: Read> Mysqldump<R> {
    pub(super) fn make_trigger(&mut self, name: &str, words: &mut Words) {
        let decode = self.decode();
        self.triggers.extend(read(name, words, &decode));
    }

    pub(super) fn drop_trigger(&mut self, words: &mut Words) {
        let _ = words.take("if") && words.take("exists");
        let decode = self.decode();
        if let Some((_, name)) = words.qualified() {
            let name = decode(&name);
            self.triggers.retain(|t| t.name != name);
        }
    }

    /// A table goes with its triggers.
    pub(super) fn drop_triggers_of(&mut self, table: &str) {
        self.triggers.retain(|t| t.table.1 != table);
    }

    /// Rows are inserted into the table.
    pub(super) fn run_triggers(&mut self, table: usize) {
        for index in 0..self.triggers.len() {
            let (database, name) = self.triggers[index].table.clone();
            if self.triggers[index].ran || self.find_table(database.as_deref(), &name) != Some(table) {
                continue;
            }
            self.triggers[index].ran = true;
            let trigger = &self.triggers[index];
            let what = match (trigger.changes, trigger.writes.is_empty()) {
                (true, true) => "what it changes in them is not done",
                (false, false) => "what it writes into other tables is missing",
                (true, false) => "what it changes in them and writes into other tables is missing",
                // It only looks, or calls what nobody here knows.
                (false, true) => "what it does is not known",
            };
            let text = format!(
                "the script makes the trigger `{}` before it inserts these rows, and a server runs it for each; it is not \
                 run here: {what}",
                trigger.name
            );
            let changes = trigger.changes || trigger.writes.is_empty();
            self.note(Some(table), Position::default(), NoteKind::Warning { text });
            if changes {
                self.flag(table, "a trigger that the script makes before changes rows on their way in");
            }
        }
    }

    /// Tables that triggers would have written into, once all of the file's are known.
    pub(super) fn flag_triggered(&mut self) {
        let ran = self.triggers.iter().filter(|t| t.ran);
        let written: Vec<Named> = ran.flat_map(|t| t.writes.iter().cloned()).collect();
        for (database, name) in written {
            if let Some(table) = self.find_table(database.as_deref(), &name) {
                self.flag(table, "a trigger writes into it, which is not run");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::Style;
    use super::*;

    #[test]
    fn what_a_trigger_touches_is_found() {
        let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
        for (body, changes, writes) in [
            ("BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1", true, ""),
            ("before insert on `a` for each row begin if NEW.x = 1 then set @n = 2, NEW.y = 3; end if; end", true, ""),
            ("AFTER INSERT ON a FOR EACH ROW INSERT INTO d.audit VALUES (NEW.id)", false, "audit"),
            (
                "AFTER INSERT ON a FOR EACH ROW BEGIN UPDATE b SET n = INSERT('x', 1, 1, 'y'); DELETE FROM c; END",
                false,
                "b c",
            ),
            ("BEFORE INSERT ON a FOR EACH ROW SET @n = NEW.x", false, ""),
        ] {
            let found = read("t", &mut Words::new(body.as_bytes(), Style::USUAL), &text).unwrap();
            let written: Vec<&str> = found.writes.iter().map(|(_, name)| name.as_str()).collect();
            assert_eq!((found.changes, written.join(" ").as_str()), (changes, writes), "{body}");
            assert_eq!(found.table.1, "a");
        }
        let update = b"BEFORE UPDATE ON a FOR EACH ROW SET NEW.x = 1";
        assert_eq!(read("t", &mut Words::new(update, Style::USUAL), &text), None);
    }
}
