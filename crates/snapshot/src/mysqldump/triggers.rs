//! Triggers that a script makes before it inserts: a server runs them for every row, and what they write or change is
//! not here. Dumps make theirs behind the rows.

use std::io::Read;

use super::dump::Mysqldump;
use super::lexer::{Named, table_name};
use super::trigger;
use crate::event::Position;
use crate::script::following::guarded;
use crate::script::words::Words;

impl<R: Read> Mysqldump<R> {
    pub(super) fn make_trigger(&mut self, name: &str, words: &mut Words) {
        self.triggers.extend(trigger::read(name, words));
    }

    pub(super) fn drop_trigger(&mut self, words: &mut Words) {
        guarded(words);
        if let Some((_, name)) = table_name(words) {
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
            self.schema.warn(Some(table), Position::default(), text);
            if changes {
                self.schema.flag(table, "a trigger that the script makes before changes rows on their way in");
            }
        }
    }

    /// Tables that triggers would have written into, once all of the file's are known.
    pub(super) fn flag_triggered(&mut self) {
        let ran = self.triggers.iter().filter(|t| t.ran);
        let written: Vec<Named> = ran.flat_map(|t| t.writes.iter().cloned()).collect();
        for (database, name) in written {
            if let Some(table) = self.find_table(database.as_deref(), &name) {
                self.schema.flag(table, "a trigger writes into it, which is not run");
            }
        }
    }
}
