//! The tables a script declares, and what is to be told about them.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::column::Column;
use super::encoded::Encoded;
use super::held::Held;
use super::odd::OddValues;
use super::value::Types;
use crate::event::{Key, Note, NoteKind, Position, Step, TableDef};

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub database: Option<String>,
    /// With its schema, unless that is the one that goes without saying.
    pub name: String,
    pub columns: Vec<Column>,
    pub keys: Vec<Key>,
    pub comment: String,
    /// Records read.
    pub records: u64,
    /// What the server's counter gives next.
    pub next_auto: i64,
    /// Tables whose columns it has before its own.
    pub parents: Vec<usize>,
    /// It has columns of a table that the script does not declare.
    pub orphan: bool,
    /// The column that the server's counter fills.
    pub auto: Option<usize>,
    /// The character set of columns that name none.
    pub charset: Option<String>,
    /// `WITH SYSTEM VERSIONING`: the server keeps what its rows were.
    pub versioned: bool,
    /// Filled by a query or by something else that is not run.
    pub filled_by: Option<&'static str>,
    /// Which columns its rows hold.
    pub held: Held,
    /// An earlier file held it, and rows.
    pub settled: bool,
}

impl Table {
    /// The place of a column; where none has exactly this name, letters' case does not count.
    pub fn position(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|c| c.def.name == name);
        exact.or_else(|| self.columns.iter().position(|c| c.def.name.to_lowercase() == name.to_lowercase()))
    }

    pub fn column(&mut self, name: &str) -> Option<&mut Column> {
        self.position(name).map(|index| &mut self.columns[index])
    }

    pub fn definition(&self) -> TableDef {
        TableDef {
            database: self.database.clone(),
            name: self.name.clone(),
            columns: self.columns.iter().map(|c| c.def.clone()).collect(),
            keys: self.keys.clone(),
            comment: self.comment.clone(),
        }
    }
}

/// The digest that a server can be asked for is one of MySQL and MariaDB.
pub const OTHER_SERVER: &str = "it did not come from a MySQL or MariaDB server";

/// What a server takes for granted in names.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    /// The schema that goes without saying.
    pub home: &'static str,
    /// Names that differ in case only are the same.
    pub folds: bool,
    /// Tables stand in schemas; else it is their database that stands before them, and whether names fold is not known.
    pub schemas: bool,
}

/// All tables of a script in the order they were given.
pub struct Schema {
    pub tables: Vec<Table>,
    pub by_name: HashMap<(Option<String>, String), usize>,
    pub database: Option<String>,
    /// Tables from here on were given by the file being read.
    pub file_from: usize,
    /// The schema of names without one.
    pub current: String,
    naming: Naming,
    /// Steps found on the way, given before anything new is read.
    pub queue: VecDeque<Step>,
    /// Odd values till now.
    pub odd: OddValues,
    pub not_comparable: BTreeMap<usize, String>,
    pub encoded: Encoded,
    pub types: &'static dyn Types,
    /// Goes up whenever a table is another one than before.
    pub changes: u64,
    /// Columns of types that are rows, by name.
    pub row_types: HashMap<String, Vec<Column>>,
}

impl Schema {
    pub fn new(naming: Naming, types: &'static dyn Types) -> Self {
        Self {
            types,
            changes: 0,
            row_types: HashMap::new(),
            tables: Vec::new(),
            by_name: HashMap::new(),
            file_from: 0,
            database: None,
            current: naming.home.to_owned(),
            naming,
            queue: VecDeque::new(),
            odd: OddValues::default(),
            not_comparable: BTreeMap::new(),
            encoded: Encoded::default(),
        }
    }

    /// Database and name of a table from what SQL writes: `t`, `schema.t`, `database.schema.t`.
    pub fn place(&self, parts: &[String]) -> (Option<String>, String) {
        let name = parts.last().cloned().unwrap_or_default();
        if !self.naming.schemas {
            let database = parts.len().checked_sub(2).map(|i| parts[i].clone());
            return (database.or_else(|| self.database.clone()), name);
        }
        let after = |n: usize| parts.len().checked_sub(n).map(|i| &parts[i]).filter(|p| !p.is_empty());
        let schema = after(2).map_or(self.current.as_str(), String::as_str);
        let database = after(3).cloned().or_else(|| self.database.clone());
        let home = schema == self.naming.home || self.naming.folds && schema.eq_ignore_ascii_case(self.naming.home);
        (database, if home { name } else { format!("{schema}.{name}") })
    }

    fn key(&self, database: Option<&str>, name: &str) -> (Option<String>, String) {
        let fold = |n: &str| if self.naming.folds { n.to_lowercase() } else { n.to_owned() };
        (database.map(fold), fold(name))
    }

    pub fn find(&self, parts: &[String]) -> Option<usize> {
        let (database, name) = self.place(parts);
        if !self.naming.schemas {
            let database = database.as_deref();
            return self.find_placed(database, &name).or_else(|| self.find_in_earlier_file(database, &name));
        }
        let found = self.by_name.get(&self.key(database.as_deref(), &name));
        found.or_else(|| self.by_name.get(&self.key(None, &name))).copied()
    }

    /// A table of exactly this place.
    pub fn find_placed(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let exact = self.by_name.get(&self.key(database, name)).copied();
        if self.naming.schemas {
            return exact;
        }
        // MySQL's names fold on servers for Windows and macOS.
        let same = |d: &Option<String>, n: &str| d.as_deref() == database && n.to_lowercase() == name.to_lowercase();
        exact.or_else(|| self.by_name.iter().find(|((d, n), _)| same(d, n)).map(|(_, index)| *index))
    }

    /// The table of this name in another file, where one of the two does not say which database it speaks of.
    fn find_in_earlier_file(&self, database: Option<&str>, name: &str) -> Option<usize> {
        let fits = |d: &Option<String>, n: &str, index: usize| {
            (database.is_none() || d.is_none()) && index < self.file_from && n.to_lowercase() == name.to_lowercase()
        };
        let mut fitting = self.by_name.iter().filter(|((d, n), index)| fits(d, n, **index));
        match (fitting.next(), fitting.next()) {
            (Some((_, index)), None) => Some(*index),
            _ => None,
        }
    }

    /// Adds a table; one of the same name without rows gives way, one with rows stays apart.
    pub fn add(&mut self, mut table: Table) -> usize {
        let key = self.key(table.database.as_deref(), &table.name);
        if let Some(there) = self.by_name.get(&key).copied() {
            self.give_way(there, "is created a second time; the rows of both are kept apart");
        }
        self.changes += 1;
        let index = self.tables.len();
        table.auto = table.columns.iter().position(|c| c.def.auto_increment);
        self.by_name.insert(key, index);
        self.queue.push_back(Step::Table(table.definition()));
        let filled_by = table.filled_by;
        self.tables.push(table);
        if let Some(why) = filled_by {
            self.flag(index, why);
        }
        index
    }

    /// Adds a table that the script does not declare, by its name and its columns.
    pub fn add_undeclared(&mut self, parts: &[String], columns: &[String]) -> usize {
        let (database, name) = self.place(parts);
        let columns = columns.iter().map(|name| Column::untyped(name)).collect();
        let table = self.add(Table { database, name, columns, next_auto: 1, ..Table::default() });
        self.flag(table, "the script does not declare this table: types and keys are unknown");
        table
    }

    /// Gives a table that has no rows yet another order of columns; answers its new index.
    pub fn rebuild(&mut self, index: usize, table: Table) -> usize {
        self.forget(index);
        let flagged = self.not_comparable.remove(&index);
        let rebuilt = self.add(table);
        self.not_comparable.extend(flagged.map(|why| (rebuilt, why)));
        for child in &mut self.tables {
            child.parents.iter_mut().filter(|parent| **parent == index).for_each(|parent| *parent = rebuilt);
        }
        rebuilt
    }

    pub fn forget(&mut self, index: usize) {
        self.unname(index);
        self.queue.push_back(Step::Gone(index));
    }

    /// Nothing that comes speaks of this table.
    pub fn unname(&mut self, index: usize) {
        self.changes += 1;
        self.by_name.retain(|_, there| *there != index);
    }

    /// A table that is made again or dropped goes where it is empty; what it held stays, and `why` says so.
    pub fn give_way(&mut self, index: usize, why: &str) {
        if self.tables[index].settled {
            self.unname(index);
        } else if self.tables[index].records == 0 {
            self.forget(index);
        } else {
            self.flag(index, why);
        }
    }

    pub fn dropped(&mut self, index: usize) {
        self.give_way(index, "is dropped again by the script; its rows are kept");
    }

    /// Gives a table its new shape, and tells so if its definition is another one.
    pub fn change(&mut self, index: usize, table: Table) {
        self.changes += 1;
        let before = self.tables[index].definition();
        let now = table.definition();
        self.tables[index] = table;
        self.tables[index].auto = now.columns.iter().position(|c| c.auto_increment);
        if now.columns.len() > before.columns.len() && self.tables[index].records > 0 {
            self.flag(index, "gets columns after its rows were read");
        }
        if now != before {
            self.queue.push_back(Step::Changed(index, now));
        }
    }

    /// Tells the definition again, which is another one than before.
    pub fn tell(&mut self, index: usize) {
        self.queue.push_back(Step::Changed(index, self.tables[index].definition()));
    }

    pub fn note(&mut self, table: Option<usize>, at: Position, kind: NoteKind) {
        self.queue.push_back(Step::Note(Note { table, at, kind }));
    }

    pub fn warn(&mut self, table: Option<usize>, at: Position, text: impl Into<String>) {
        self.note(table, at, NoteKind::Warning { text: text.into() });
    }

    pub fn statement(&mut self, at: Position, kind: &str, name: Option<String>) {
        self.note(None, at, NoteKind::Statement { kind: kind.to_owned(), name });
    }

    /// Why a table cannot be compared with the server's; the first reason stays.
    pub fn flag(&mut self, table: usize, why: impl Into<String>) {
        self.not_comparable.entry(table).or_insert_with(|| why.into());
    }

    /// What is told of the tables at the end.
    pub fn finish(&mut self) {
        self.tell_odd();
        let mut reasons = std::mem::take(&mut self.not_comparable);
        let mut live: Vec<usize> = self.by_name.values().copied().collect();
        // One that was made a second time has rows and no name any more.
        live.extend((0..self.tables.len()).filter(|index| self.tables[*index].records > 0));
        live.sort_unstable();
        live.dedup();
        for table in live {
            let reason = reasons.remove(&table).unwrap_or_else(|| OTHER_SERVER.to_owned());
            self.note(Some(table), Position::default(), NoteKind::NotComparable { reason });
        }
    }
}
