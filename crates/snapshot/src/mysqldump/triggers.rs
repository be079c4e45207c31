//! Triggers that a script makes before it inserts: a server runs them for every row, and what they write or change is
//! not here. Dumps make theirs after the rows.

use super::dump::MySql;
use super::lexer::table_parts;
use super::trigger;
use crate::event::Position;
use crate::script::following::guarded;
use crate::script::tables::Schema;
use crate::script::words::Words;

impl MySql {
    pub(super) fn make_trigger(&mut self, name: &str, words: &mut Words) {
        self.triggers.extend(trigger::read(name, words));
    }

    pub(super) fn drop_trigger(&mut self, words: &mut Words) {
        guarded(words);
        if let Some(name) = table_parts(words).and_then(|mut parts| parts.pop()) {
            self.triggers.retain(|t| t.name != name);
        }
    }

    /// A table goes with its triggers.
    pub(super) fn drop_triggers_of(&mut self, table: &str) {
        self.triggers.retain(|t| t.table.last().is_none_or(|name| name != table));
    }

    /// Rows are inserted into the table.
    pub(super) fn run_triggers(&mut self, table: usize, schema: &mut Schema) {
        for trigger in &mut self.triggers {
            if trigger.ran || schema.find(&trigger.table) != Some(table) {
                continue;
            }
            trigger.ran = true;
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
            schema.warn(Some(table), Position::default(), text);
            if changes {
                schema.flag(table, "a trigger that the script makes before changes rows on their way in");
            }
        }
    }

    /// Tables that triggers would have written into, once all of the file's are known.
    pub(super) fn flag_triggered(&self, schema: &mut Schema) {
        for written in self.triggers.iter().filter(|t| t.ran).flat_map(|t| &t.writes) {
            if let Some(table) = schema.find(written) {
                schema.flag(table, "a trigger writes into it, which is not run");
            }
        }
    }
}
