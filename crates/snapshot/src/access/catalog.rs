//! What is in the database: its tables, where each is defined, how they hang together, and what else there is.

use std::collections::{HashMap, HashSet};

use super::pages::Pages;
use super::system::{self, Cell, doubts, without_password};
use super::value::Decoder;
use crate::event::{Key, KeyKind, NoteKind, Result};

/// The catalog's definition is on the page every file has it on.
const CATALOG: u32 = 2;
/// Objects that Access marks as its own.
const OWN: i64 = 0x8000_0002;

pub struct Entry {
    pub id: i64,
    pub name: String,
    kind: i64,
    own: bool,
    /// The reference to its properties.
    pub properties: Vec<u8>,
    points_to: [String; 3],
}

impl Entry {
    /// The page a table's definition begins on.
    pub fn page(&self) -> u32 {
        (self.id & 0x00FF_FFFF) as u32
    }
}

/// A column whose values are rows of another table.
pub struct Complex {
    pub id: i64,
    /// Ids of the tables in the catalog.
    pub table: i64,
    pub values: i64,
}

pub struct Catalog {
    pub tables: Vec<Entry>,
    /// Tables that hold the values of complex columns, by id.
    pub values: HashMap<i64, Entry>,
    pub complex: Vec<Complex>,
    /// Ids of Access's own tables.
    pub own: HashSet<i64>,
    /// Foreign keys by the name of the table that has them, in small letters.
    pub foreign: HashMap<String, Vec<Key>>,
    /// What else there is, and what is wrong.
    pub notes: Vec<NoteKind>,
}

pub fn read(pages: &mut Pages, decoder: &mut Decoder) -> Result<Catalog> {
    let wanted = ["Id", "Name", "Type", "Flags", "LvProp", "Database", "Connect", "ForeignName"];
    let account = system::read(pages, decoder, CATALOG, &wanted)?;
    let mut notes = Vec::new();
    doubts(&account, "catalog: tables may be missing", &mut notes);
    let entries: Vec<Entry> = account.rows.into_iter().filter_map(entry).collect();
    let page_of =
        |name: &str| entries.iter().find(|e| e.kind == 1 && e.name.eq_ignore_ascii_case(name)).map(Entry::page);
    let relationships = page_of("MSysRelationships");
    let (queries, lists) = (page_of("MSysQueries"), page_of("MSysComplexColumns"));
    let complex = match lists {
        Some(page) => complex_columns(pages, decoder, page, &mut notes)?,
        None => Vec::new(),
    };
    let foreign = match relationships {
        Some(page) => foreign_keys(pages, decoder, page, &mut notes)?,
        None => HashMap::new(),
    };
    let asked: HashMap<i64, String> = entries.iter().filter(|e| e.kind == 5).map(|e| (e.id, e.name.clone())).collect();
    if let Some(page) = queries {
        super::query::read(pages, decoder, page, &asked, &mut notes)?;
    }
    let mut catalog =
        Catalog { tables: Vec::new(), values: HashMap::new(), complex, own: HashSet::new(), foreign, notes };
    catalog.sort(entries);
    Ok(catalog)
}

impl Catalog {
    /// Puts every object in its place.
    fn sort(&mut self, entries: Vec<Entry>) {
        let values: HashSet<i64> = self.complex.iter().map(|c| c.values).collect();
        let mut pages = HashSet::new();
        for entry in entries {
            match entry.kind {
                1 if values.contains(&entry.id) => {
                    self.values.insert(entry.id, entry);
                }
                1 if entry.own => {
                    self.own.insert(entry.id);
                    self.listed("system table", entry.name);
                }
                // Two names for one definition would give its rows twice.
                1 if !pages.insert(entry.page()) => {
                    let text = format!("the catalog names table {} twice; it is loaded once", entry.name);
                    self.notes.push(NoteKind::Warning { text });
                }
                1 => self.tables.push(entry),
                4 | 6 => {
                    let text = pointed_to(&entry.points_to);
                    let warning =
                        format!("table {} is linked: its rows are not in this file but in another: {text}", entry.name);
                    self.notes.push(NoteKind::Object { kind: "linked table".into(), name: entry.name, text });
                    self.notes.push(NoteKind::Warning { text: warning });
                }
                -32_768 => self.listed("form", entry.name),
                -32_766 => self.listed("macro", entry.name),
                -32_764 => self.listed("report", entry.name),
                -32_761 => self.listed("module", entry.name),
                _ => {}
            }
        }
    }

    fn listed(&mut self, kind: &str, name: String) {
        self.notes.push(NoteKind::Statement { kind: kind.into(), name: Some(name) });
    }
}

fn entry(cells: Vec<Cell>) -> Option<Entry> {
    let [id, name, kind, flags, properties, database, connect, foreign] = <[Cell; 8]>::try_from(cells).ok()?;
    Some(Entry {
        id: id.number()?,
        name: name.text().to_owned(),
        kind: kind.number()?,
        own: flags.number().unwrap_or(0) & OWN != 0,
        properties: properties.bytes().to_vec(),
        points_to: [connect.text(), database.text(), foreign.text()].map(str::to_owned),
    })
}

/// Where a linked table's rows are, without the password that may stand in it.
fn pointed_to([connect, database, table]: &[String; 3]) -> String {
    let mut parts = Vec::new();
    if !connect.is_empty() {
        parts.push(without_password(connect));
    }
    if !database.is_empty() {
        parts.push(format!("file {database}"));
    }
    if !table.is_empty() {
        parts.push(format!("table {table}"));
    }
    parts.join(", ")
}

fn complex_columns(
    pages: &mut Pages,
    decoder: &mut Decoder,
    page: u32,
    notes: &mut Vec<NoteKind>,
) -> Result<Vec<Complex>> {
    let wanted = ["ComplexID", "ConceptualTableID", "FlatTableID"];
    let account = system::read(pages, decoder, page, &wanted)?;
    doubts(&account, "list of columns with several values: such values may be missing", notes);
    let complex =
        |row: &Vec<Cell>| Some(Complex { id: row[0].number()?, table: row[1].number()?, values: row[2].number()? });
    Ok(account.rows.iter().filter_map(complex).collect())
}

fn foreign_keys(
    pages: &mut Pages,
    decoder: &mut Decoder,
    page: u32,
    notes: &mut Vec<NoteKind>,
) -> Result<HashMap<String, Vec<Key>>> {
    let wanted = ["szRelationship", "szObject", "szColumn", "szReferencedObject", "szReferencedColumn", "icolumn"];
    let mut account = system::read(pages, decoder, page, &wanted)?;
    doubts(&account, "list of relationships: some may be missing", notes);
    account.rows.sort_by_key(|row| (row[0].text().to_owned(), row[5].number().unwrap_or(0)));
    let mut foreign: HashMap<String, Vec<Key>> = HashMap::new();
    for row in &account.rows {
        let [name, table, column, other, referenced] = [0, 1, 2, 3, 4].map(|i| row[i].text().to_owned());
        let keys = foreign.entry(table.to_lowercase()).or_default();
        if keys.last().is_none_or(|key| key.name.as_deref() != Some(&name)) {
            keys.push(Key {
                kind: KeyKind::Foreign,
                name: Some(name),
                columns: Vec::new(),
                references: Some((other, Vec::new())),
            });
        }
        if let Some(Key { columns, references: Some((_, others)), .. }) = keys.last_mut() {
            columns.push(column);
            others.push(referenced);
        }
    }
    Ok(foreign)
}
