//! What a column's name says it points at.

use crate::entity::{Entities, Meant, SURE, is_bare, joined};
use crate::evidence::Evidence;
use crate::schema::{Column, Schema};
use crate::values::ColumnAt;
use crate::vocabulary::{COUNTS, HUNGARIAN, ID_TAILS, KEYS, MEASURES, OWN, PLAIN, SIDES, TAILS};
use crate::words::{is_short_for, plain, split};

/// A column's name, taken apart.
pub struct Name {
    /// What it is the key of, word by word, in the singular.
    pub stem: Vec<String>,
    /// As it stands, without spaces, in lower case.
    pub whole: String,
    /// Whether it ends or begins as keys do.
    pub tailed: bool,
    /// Whether with a word that only keys have.
    pub id: bool,
    pub uid: bool,
    /// Whether it is a number of something, such as of a line or of a room, rather than a key.
    pub numbered: bool,
    /// Counts, measures, dates and other things that point nowhere, unless a table is called exactly so.
    pub measure: bool,
}

/// A parent that a name speaks for.
#[derive(Debug, Clone)]
pub struct Hint {
    pub parent: ColumnAt,
    pub strength: f64,
    pub why: Evidence,
    /// The word is one for counting, too.
    pub plain: bool,
}

impl Name {
    pub fn of(column: &str, entities: &Entities) -> Self {
        let mut words = split(column);
        let whole = joined(&words);
        if words.len() > 1 && HUNGARIAN.contains(&words[0].as_str()) {
            words.remove(0);
        }
        let counts = words.len() > 1 && COUNTS.contains(&words[0].as_str());
        // `concept id 1`, `person a`.
        while words.len() > 1 && words.last().is_some_and(|w| w.len() == 1 || w.bytes().all(|b| b.is_ascii_digit())) {
            words.pop();
        }
        if let [.., key, side] = words.as_slice()
            && SIDES.contains(&side.as_str())
            && (ID_TAILS.contains(&key.as_str()) || run_together(key, entities).is_some())
        {
            words.pop();
        }
        if let [.., last] = words.as_slice()
            && !TAILS.contains(&last.as_str())
            && let Some((front, tail)) = run_together(last, entities)
        {
            words.pop();
            words.extend(front);
            words.push(tail);
        }
        let mut tails: Vec<String> = Vec::new();
        while words.last().is_some_and(|word| TAILS.contains(&word.as_str())) && tails.len() < 2 {
            tails.extend(words.pop());
        }
        if tails.is_empty() && words.len() > 1 && ["id", "fk", "cod", "key", "idx"].contains(&words[0].as_str()) {
            tails.push(words.remove(0));
        }
        let id = tails.iter().any(|tail| ID_TAILS.contains(&tail.as_str()));
        let measure = !id && (counts || words.last().is_some_and(|word| MEASURES.contains(&word.as_str())));
        let stem = words.iter().map(|word| plain(word)).collect();
        let uid = tails.iter().any(|tail| tail == "uid");
        let numbers = ["no", "nr", "nbr", "num", "number", "seq"];
        let numbered = !id && tails.iter().any(|tail| numbers.contains(&tail.as_str()));
        Self { stem, whole, tailed: !tails.is_empty(), id, uid, numbered, measure }
    }

    /// `type`, `state`: what each table has of its own.
    pub fn is_plain(&self) -> bool {
        !self.tailed && matches!(self.stem.as_slice(), [one] if PLAIN.contains(&one.as_str()))
    }
}

/// `employeeid` where there are employees: what stands before the ending, and the ending.
fn run_together(word: &str, entities: &Entities) -> Option<(Vec<String>, String)> {
    let known = |name: &str| entities.meant(&plain(name)).iter().any(|meant| meant.strength >= SURE);
    let ends = ["id", "no", "key", "code", "num", "nbr", "cd", "uid", "guid", "uuid", "fk", "nr"];
    for tail in ends {
        let Some(front) = word.strip_suffix(tail).filter(|front| front.len() > 1) else { continue };
        if known(front) || crate::vocabulary::SHORT.iter().any(|(short, _)| *short == front && front.len() > 2) {
            return Some((vec![front.to_owned()], tail.to_owned()));
        }
        let cut = (1..front.len().saturating_sub(3)).find(|&at| front.is_char_boundary(at) && known(&front[at..]));
        if let Some(at) = cut {
            return Some((vec![front[..at].to_owned(), front[at..].to_owned()], tail.to_owned()));
        }
        if tail == "id" && front.len() > 3 {
            return Some((vec![front.to_owned()], tail.to_owned()));
        }
    }
    let rest = word.strip_prefix("id").filter(|rest| known(rest))?;
    Some((vec![rest.to_owned()], "id".to_owned()))
}

/// Of one column, all hints; of each parent only the strongest, and those first.
pub fn hints(schema: &Schema, entities: &Entities, at: ColumnAt, name: &Name) -> Vec<Hint> {
    let column = &schema.tables[at.table].columns[at.column];
    let mut asked = Asked { schema, entities, at, column, name, found: Vec::new() };
    let own_key = entities.keys[at.table].first() == Some(&at.column);
    let stem = joined(&name.stem);
    if own_key {
        asked.kind();
        let bare = is_bare(&name.stem);
        let own = entities.means(&stem, at.table);
        let others = entities.meant(&stem).iter().any(|meant| meant.table != at.table && meant.strength > own);
        if bare || own > 0.5 && !others || entities.is_named_whole(at.table, &split(&asked.column.name)) {
            return asked.done();
        }
    }
    asked.comment();
    asked.called();
    asked.same_name();
    asked.ends_as_key();
    let sure = asked.found.iter().any(|hint| hint.strength >= 0.8);
    let elsewhere = asked.found.is_empty() && asked.says_what();
    if !(own_key || sure || elsewhere) {
        asked.short();
        asked.roles();
        asked.own_table();
        asked.named_by();
        asked.kinds();
        asked.begins();
    }
    asked.done()
}

/// A column whose name is asked, and what was found.
pub struct Asked<'a> {
    pub schema: &'a Schema,
    pub entities: &'a Entities,
    pub at: ColumnAt,
    pub column: &'a Column,
    pub name: &'a Name,
    pub found: Vec<Hint>,
}

impl Asked<'_> {
    fn done(mut self) -> Vec<Hint> {
        self.found.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.parent.cmp(&b.parent)));
        let mut seen = std::collections::HashSet::new();
        self.found.retain(|hint| seen.insert(hint.parent));
        self.found.truncate(8);
        self.found
    }

    pub fn title(&self, table: usize) -> String {
        self.schema.tables[table].name.clone()
    }

    /// Hints at the keys of a table.
    pub fn at_table(&mut self, table: usize, strength: f64, why: &Evidence, plain: bool) {
        let own = table == self.at.table;
        let keys = &self.entities.keys[table];
        for (rank, &key) in keys.iter().enumerate().take(3) {
            if own && key == self.at.column {
                continue;
            }
            let words = split(&self.schema.tables[table].columns[key].name);
            let ends = words.last().map(String::as_str);
            let same_end = self.name.whole.ends_with(ends.unwrap_or("-"));
            let mut strength = strength - if rank == 0 || same_end && !self.name.id { 0.0 } else { 0.1 };
            if self.entities.copies[table] {
                strength *= 0.5;
            }
            let parent = ColumnAt { table, column: key };
            self.found.push(Hint { parent, strength, why: why.clone(), plain });
        }
    }

    /// Whether a table that ends with a plain word has it from this one: `visit_type` beside `visit`, `program_state`
    /// beside `patient_state`.
    fn is_beside(&self, table: usize, word: &String) -> bool {
        let own = &self.entities.words[self.at.table];
        let front = self.entities.words[table].split_last().map_or(&[][..], |(_, front)| front);
        own.contains(word) || front.iter().all(|word| own.contains(word))
    }

    /// Whether a neighbour says which table each row's number is of.
    fn says_what(&self) -> bool {
        if self.name.stem.is_empty() {
            return false;
        }
        let stem = joined(&self.name.stem);
        let kinds = ["type", "class", "model", "table", "kind", "entity"];
        self.schema.tables[self.at.table].columns.iter().any(|column| {
            let name = joined(&split(&column.name));
            name.strip_prefix(&stem).is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
        })
    }

    fn comment(&mut self) {
        let comment = self.column.comment.to_lowercase();
        if comment.is_empty() {
            return;
        }
        let speaks = ["foreign", "fk", "references", "refers", "links to", "link to", "->", "key to", "lookup"]
            .iter()
            .any(|word| comment.contains(word));
        let tokens: Vec<&str> = comment.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).collect();
        for (table, known) in self.schema.tables.iter().enumerate() {
            let name = known.name.to_lowercase();
            let dotted =
                tokens.iter().any(|token| token.strip_prefix(name.as_str()).is_some_and(|t| t.starts_with('.')));
            if dotted || speaks && tokens.iter().any(|token| token.trim_end_matches('.') == name) {
                let why = Evidence::Comment { table: known.name.clone() };
                self.at_table(table, if dotted { 0.95 } else { 0.88 }, &why, false);
            }
        }
    }

    /// By the table's name: the whole of it, else the longest end.
    fn called(&mut self) {
        let stem = &self.name.stem;
        let counts = self.name.measure;
        for start in 0..stem.len() {
            let meant = self.entities.meant(&joined(&stem[start..])).to_vec();
            if meant.is_empty() || counts && (start > 0 || !self.name.tailed) {
                continue;
            }
            // A name's last word alone, where it is a plain one, is hardly a table.
            let plain = stem.len() - start == 1 && PLAIN.contains(&stem[start].as_str()) && !self.name.id;
            for Meant { table, strength } in meant {
                // The name of the row itself, as `address` in a table of addresses.
                if table == self.at.table && start == 0 {
                    continue;
                }
                // Every `type` would be a `media_type`.
                if plain && !self.name.tailed && strength < SURE && !self.is_beside(table, &stem[start]) {
                    continue;
                }
                let mut strength = strength;
                if self.name.numbered && !self.is_key_numbered(table) {
                    strength = strength.min(0.55);
                }
                if start > 0 {
                    strength -= 0.1;
                }
                if !self.name.tailed {
                    strength -= if start > 0 { 0.1 } else { 0.04 };
                }
                let title = self.title(table);
                let above = stem[..start].iter().any(|word| OWN.contains(&word.as_str()));
                let why = if above && table == self.at.table {
                    Evidence::OwnTable
                } else if start == 0 {
                    Evidence::NamesTable { table: title }
                } else {
                    Evidence::NamesRole { table: title }
                };
                self.at_table(table, strength, &why, plain);
            }
            return;
        }
    }

    /// Whether a table's key is a number of something, too, or says nothing of itself.
    fn is_key_numbered(&self, table: usize) -> bool {
        self.entities.keys[table].iter().any(|&key| {
            let name = &self.schema.tables[table].columns[key].name;
            is_bare(&split(name)) || Name::of(name, self.entities).numbered
        })
    }

    /// By the name of the key there.
    fn same_name(&mut self) {
        // What others hold a part of points at none of them.
        if is_bare(&split(&self.column.name)) || self.entities.second.contains(&self.at) {
            return;
        }
        let Some(there) = self.entities.by_key.get(&self.name.whole) else { return };
        let tables = there.iter().filter(|key| !self.entities.copies[key.table]).count();
        // `row id` is every table's own, and points nowhere.
        let own_key = self.entities.keys[self.at.table].first() == Some(&self.at.column);
        let of_a_table = self.entities.meant(&joined(&self.name.stem)).iter().any(|meant| meant.strength >= SURE);
        for &parent in there.iter().filter(|key| key.table != self.at.table) {
            let second = self.entities.second.contains(&parent);
            if own_key && !of_a_table && !second {
                continue;
            }
            let first = self.entities.keys[parent.table].first() == Some(&parent.column);
            let own = self.entities.means(&joined(&self.name.stem), parent.table) > 0.5;
            let mut strength = match (first, tables) {
                (true, 1) => 0.92,
                (true, _) if own => 0.9,
                (true, _) => 0.82,
                (false, 1) => 0.75,
                _ if second => 0.75,
                (false, _) => 0.5,
            };
            if !self.name.tailed {
                strength -= if self.name.measure { 0.5 } else { 0.1 };
            }
            if self.entities.copies[parent.table] {
                strength *= 0.5;
            }
            let why = Evidence::SameName { column: self.column.name.clone() };
            self.found.push(Hint { parent, strength, why, plain: !self.name.tailed });
        }
    }

    /// By the whole name of the one key that the name ends with, behind what columns of the table begin with:
    /// `ADM_WRD_ID_A` of admissions where wards have a key `WRD_ID_A`.
    fn ends_as_key(&mut self) {
        let words = split(&self.column.name);
        if !self.found.is_empty() || !self.name.tailed || self.name.measure {
            return;
        }
        let longest = (1..words.len().saturating_sub(1)).find_map(|start| {
            let there = self.entities.by_key.get(&joined(&words[start..]))?.as_slice();
            if let [one] = there { Some(*one) } else { None }
        });
        if let Some(parent) = longest.filter(|parent| parent.table != self.at.table) {
            let why = Evidence::NamesRole { table: self.title(parent.table) };
            self.found.push(Hint { parent, strength: 0.82, why, plain: false });
        }
    }

    fn short(&mut self) {
        if let Some((_, long)) = KEYS.iter().find(|(short, _)| *short == self.name.whole) {
            self.first_of(&[long], 0.78, |table| Evidence::Abbreviation { table });
        }
        let stem = joined(&self.name.stem);
        if !self.name.tailed || self.name.measure || stem.len() < 3 || is_bare(&self.name.stem) {
            return;
        }
        let last = self.name.stem.last().filter(|last| self.name.stem.len() > 1 && (4..=5).contains(&last.len()));
        let mut fitting: Vec<(f64, usize)> = Vec::new();
        for (long, meant) in self.entities.all() {
            let strength = match () {
                () if long.starts_with(&stem) => 0.7,
                // `visit` of `clinicvisit`.
                () if long.ends_with(&stem) && stem.len() > 3 => 0.7,
                () if is_short_for(&stem, long) && stem.len() <= 5 => 0.62,
                // `ship hdemo` of `household demographics`.
                () if self.name.id && last.is_some_and(|last| is_short_for(last, long)) => 0.56,
                () => continue,
            };
            let others = meant.iter().filter(|m| m.strength >= SURE && m.table != self.at.table);
            fitting.extend(others.map(|m| (strength, m.table)));
        }
        fitting.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        fitting.dedup_by_key(|(_, table)| *table);
        let several = fitting.len() > 2;
        for (strength, table) in fitting.into_iter().take(6) {
            let why = Evidence::Abbreviation { table: self.title(table) };
            self.at_table(table, if several { strength - 0.12 } else { strength }, &why, false);
        }
    }

    /// The table that the name begins with, where nothing else is said: `drug inventory id` is of a drug, perhaps.
    fn begins(&mut self) {
        let stem = &self.name.stem;
        if !self.name.id || stem.len() < 2 || !self.found.is_empty() {
            return;
        }
        let longest = (1..stem.len()).rev().find_map(|end| {
            let meant = self.entities.meant(&joined(&stem[..end])).iter().find(|meant| meant.strength >= SURE);
            meant.map(|meant| meant.table)
        });
        if let Some(table) = longest {
            let why =
                if table == self.at.table { Evidence::OwnTable } else { Evidence::Begins { table: self.title(table) } };
            self.at_table(table, 0.55, &why, false);
        }
    }

    /// `relationship` of a table `relationship type`.
    fn kinds(&mut self) {
        if self.name.measure || !self.found.is_empty() {
            return;
        }
        let starts = if self.name.id { self.name.stem.len() } else { 1 };
        let kinds = ["type", "category", "class", "kind", "code", "lookup", "list"];
        let named = (0..starts.min(self.name.stem.len())).find_map(|start| {
            let stem = joined(&self.name.stem[start..]);
            let surely = |kind: &&str| {
                let meant = self.entities.meant(&format!("{stem}{kind}")).iter().find(|meant| meant.strength >= SURE);
                meant.map(|meant| meant.table).filter(|table| *table != self.at.table)
            };
            kinds.iter().find_map(surely)
        });
        if let Some(table) = named {
            let why = Evidence::NamesTable { table: self.title(table) };
            self.at_table(table, 0.7, &why, false);
        }
    }
}
