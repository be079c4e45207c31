//! What a trigger that runs when rows are inserted does to them and to other tables, as its text says.

use super::lexer::table_parts;
use crate::script::words::{Token, Words};

/// A trigger that runs when rows are inserted.
#[derive(Debug, PartialEq, Eq)]
pub struct Trigger {
    pub name: String,
    pub table: Vec<String>,
    /// It changes the row on its way in.
    pub changes: bool,
    /// Tables that it inserts into, updates or deletes from.
    pub writes: Vec<Vec<String>>,
    /// Rows were inserted since it was made.
    pub ran: bool,
}

/// `BEFORE INSERT ON table FOR EACH ROW …`, after the trigger's name; `None` where inserting does not run it.
pub fn read(name: &str, words: &mut Words) -> Option<Trigger> {
    let before = words.take("before");
    if !(before || words.take("after")) || !words.take("insert") || !words.take("on") {
        return None;
    }
    let table = table_parts(words)?;
    let mut trigger = Trigger { name: name.to_owned(), table, changes: false, writes: Vec::new(), ran: false };
    let mut assigns = false;
    loop {
        let token = words.next();
        let writes = ["insert", "replace", "update", "delete"].iter().any(|w| token.is_word(w));
        if token == Token::End {
            return Some(trigger);
        } else if writes && words.peek() != Token::Sign(b'(') {
            while ["ignore", "into", "from", "low_priority", "delayed", "quick"].iter().any(|w| words.take(w)) {}
            trigger.writes.extend(table_parts(words));
        }
        trigger.changes |= before && assigns && token.is_word("new") && words.peek() == Token::Sign(b'.');
        // SET NEW.a = 1, NEW.b = 2
        assigns = token.is_word("set") || token == Token::Sign(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::LEX;
    use super::*;

    #[test]
    fn what_a_trigger_touches_is_found() {
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
            let found = read("t", &mut Words::new(body.as_bytes(), &LEX)).unwrap();
            let written: Vec<&str> = found.writes.iter().map(|parts| parts[parts.len() - 1].as_str()).collect();
            assert_eq!((found.changes, written.join(" ").as_str()), (changes, writes), "{body}");
            assert_eq!(found.table, ["a"]);
        }
        let update = b"BEFORE UPDATE ON a FOR EACH ROW SET NEW.x = 1";
        assert_eq!(read("t", &mut Words::new(update, &LEX)), None);
    }
}
