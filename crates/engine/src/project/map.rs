//! The map: source tables drawn to target interfaces, source columns to target fields.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use super::Project;
use super::tables::Values;
use crate::error::{Error, Result};
use crate::facts::{FieldFacts, MapDetail, MapInterface, MapLink, MapOverview, MapTable, Touched};
use crate::mapping::{Edit, Link, Mapping, MappingStatus};
use crate::source::{ColumnKey, TableKey};
use crate::store::staging::StagedTable;
use crate::target::{Interface, catalog};

/// A source column, and the field of the target that it is to fill.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldMapping {
    pub column: ColumnKey,
    pub interface: String,
    pub field: String,
}

/// Absent parts stay as they are.
#[derive(Debug, Clone, Default)]
pub struct MappingChange {
    pub field: Option<String>,
    pub order: Option<u32>,
    pub description: Option<String>,
    pub transform: Option<String>,
    pub comment: Option<String>,
    pub status: Option<MappingStatus>,
}

fn interface_named(id: &str) -> Result<&'static Interface> {
    catalog().interface(id).ok_or_else(|| Error::refused(format!("the target has no interface {id}")))
}

/// Whether a value is what the catalog allows; `part:<PARTITION>` stands for `part:` and a word of the client's.
fn is_one(allowed: &str, value: &str) -> bool {
    let Some((before, rest)) = allowed.split_once('<') else { return allowed == value };
    let Some((_, after)) = rest.split_once('>') else { return allowed == value };
    let word = value.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    word.is_some_and(|word| !word.is_empty() && !word.contains(['<', '>']))
}

impl Project {
    pub fn map_overview(&mut self) -> Result<MapOverview> {
        self.refresh()?;
        let mut tables: Vec<MapTable> = match &self.in_use {
            Some(snapshot) => snapshot.tables.iter().map(|(key, t)| self.map_table(key, Some(t))).collect(),
            None => Vec::new(),
        };
        tables.sort_by_key(|t| (t.database.clone(), t.table.to_lowercase()));
        // What was decided about a table that is gone stays in sight.
        let gone: BTreeSet<&TableKey> = self.state.records.links.values().map(|l| &l.table).collect();
        for key in gone.into_iter().filter(|k| self.in_use.as_ref().is_none_or(|s| s.table(k).is_none())) {
            tables.push(self.map_table(key, None));
        }
        let interfaces = catalog().interfaces.iter().map(|i| self.map_interface(i)).collect();
        let mut fields: HashMap<(TableKey, &str), BTreeSet<&str>> = HashMap::new();
        for mapping in self.state.records.mappings.values() {
            for column in &mapping.source {
                fields.entry((column.table_key(), &mapping.interface)).or_default().insert(&mapping.field);
            }
        }
        let links = self
            .state
            .records
            .links
            .keys()
            .map(|(table, interface)| MapLink {
                table: table.clone(),
                interface: interface.clone(),
                mapped: fields.get(&(table.clone(), interface)).map_or(0, |f| f.len() as u64),
            })
            .collect();
        Ok(MapOverview { tables, interfaces, links })
    }

    fn map_table(&self, key: &TableKey, table: Option<&StagedTable>) -> MapTable {
        let decision = self.state.records.tables.get(key);
        MapTable {
            key: key.clone(),
            database: table.map_or_else(|| key.database(), |t| t.database.clone()),
            table: key.table(),
            rows: table.map_or(0, |t| t.rows),
            columns: table.map_or(0, |t| t.columns),
            filled_percent: table.map_or(0.0, |t| t.filled_percent),
            disposition: decision.map(|d| d.disposition).unwrap_or_default(),
            module: decision.and_then(|d| d.module.clone()),
            columns_mapped: self.state.of_table(key).mapped,
            present: table.is_some(),
        }
    }

    /// Both sides of one connection, column by column.
    pub fn map_detail(&mut self, table: &TableKey, interface: &str) -> Result<MapDetail> {
        self.refresh()?;
        let about = interface_named(interface)?;
        let staged = self.in_use()?.table(table).cloned();
        let columns = match &staged {
            Some(_) => self.column_facts(table, None, Values::of(self.unmasked.contains(table)))?,
            None => Vec::new(),
        };
        let mut mappings: Vec<Mapping> = self
            .state
            .records
            .mappings
            .values()
            .filter(|m| m.interface == interface)
            .filter(|m| m.source.is_empty() || m.source.iter().any(|c| c.table_key() == *table))
            .cloned()
            .collect();
        mappings.sort_by(|a, b| (a.order, &a.field).cmp(&(b.order, &b.field)));
        Ok(MapDetail {
            table: self.map_table(table, staged.as_ref()),
            interface: self.map_interface(about),
            columns,
            fields: self.field_facts(about),
            mappings,
        })
    }

    pub(super) fn field_facts(&self, interface: &Interface) -> Vec<FieldFacts> {
        let mut sources: HashMap<&str, Vec<ColumnKey>> = HashMap::new();
        let mut without: HashMap<&str, &Mapping> = HashMap::new();
        for mapping in self.state.records.mappings.values().filter(|m| m.interface == interface.id) {
            if mapping.source.is_empty() {
                without.insert(&mapping.field, mapping);
            }
            sources.entry(&mapping.field).or_default().extend(mapping.source.iter().cloned());
        }
        interface
            .columns
            .iter()
            .map(|field| FieldFacts {
                name: field.name.clone(),
                label: field.label.clone().unwrap_or_else(|| field.name.clone()),
                requirement: field.requirement,
                kind: field.kind.clone(),
                format: field.format.clone(),
                allowed: field.allowed.clone(),
                note: field.note.clone(),
                max_length: field.max_length,
                mapped_from: sources.remove(field.name.as_str()).unwrap_or_default(),
                constant: without.get(field.name.as_str()).and_then(|m| m.constant.clone()),
                waived: without.get(field.name.as_str()).filter(|m| m.constant.is_none()).map(|m| m.comment.clone()),
            })
            .collect()
    }

    fn map_interface(&self, about: &Interface) -> MapInterface {
        MapInterface {
            id: about.id.clone(),
            title: about.title.clone(),
            purpose: about.purpose.clone(),
            kind: about.kind.clone(),
            fields: about.columns.len() as u64,
            required: about.required().count() as u64,
            required_missing: self.missing_of(&about.id),
            mapped: self.state.filled_fields(&about.id),
            in_use: self.state.is_in_use(&about.id),
        }
    }

    /// Required fields of an interface that nothing is mapped to.
    pub(super) fn missing_of(&self, interface: &str) -> u64 {
        let missing =
            |about: &Interface| about.required().filter(|f| !self.state.is_filled(interface, &f.name)).count();
        catalog().interface(interface).map_or(0, |about| missing(about) as u64)
    }

    /// Connects tables to an interface: one edit, however many they are.
    pub fn connect_tables(&mut self, tables: &[TableKey], interface: &str) -> Result<Touched> {
        self.refresh()?;
        let about = interface_named(interface)?;
        let named = match tables {
            [] => return Ok(Touched::default()),
            [one] => one.to_string(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        let mut edit = Edit::new(format!("connect {named} to {}", about.title));
        for table in tables {
            self.staged(table)?;
            if !self.state.records.links.contains_key(&(table.clone(), interface.to_owned())) {
                edit = edit.put(self.new_link(table, interface));
            }
        }
        self.edit(&edit)
    }

    /// Moves a connection to another interface. Field mappings to the earlier one go with it, and come back with undo.
    pub fn move_link(&mut self, table: &TableKey, from: &str, to: &str) -> Result<Touched> {
        self.refresh()?;
        self.staged(table)?;
        let about = interface_named(to)?;
        if from == to {
            return Ok(Touched::default());
        }
        let edit = self.without_link(table, from, format!("move {table} to {}", about.title))?;
        self.edit(&edit.put(self.new_link(table, to)))
    }

    fn new_link(&self, table: &TableKey, interface: &str) -> Link {
        let by = self.by();
        Link { table: table.clone(), interface: interface.to_owned(), who: by.who, when: by.at }
    }

    /// Takes the connection away with the mappings that go over it: one edit, undone as one.
    pub fn disconnect_table(&mut self, table: &TableKey, interface: &str) -> Result<Touched> {
        self.refresh()?;
        let about = interface_named(interface)?;
        let edit = self.without_link(table, interface, format!("disconnect {table} from {}", about.title))?;
        self.edit(&edit)
    }

    fn without_link(&self, table: &TableKey, interface: &str, label: String) -> Result<Edit> {
        let about = interface_named(interface)?;
        if !self.state.records.links.contains_key(&(table.clone(), interface.to_owned())) {
            return Err(Error::refused(format!("{table} is not connected to {}", about.title)));
        }
        let mut edit = Edit::new(label);
        // What fills fields without a column goes with the last table.
        let last = !self.state.records.links.keys().any(|(other, i)| i == interface && other != table);
        for (id, mapping) in &self.state.records.mappings {
            let goes = match mapping.source.as_slice() {
                [] => last,
                columns => columns.iter().all(|c| c.table_key() == *table),
            };
            if mapping.interface == interface && goes {
                edit = edit.remove(Mapping::record_key(id));
            }
        }
        Ok(edit.remove(Link::record_key(&(table.clone(), interface.to_owned()))))
    }

    /// Maps columns to fields, and connects their tables on the way: one edit, however many they are.
    pub fn map_columns(&mut self, wanted: &[FieldMapping]) -> Result<Touched> {
        self.refresh()?;
        let mut edit = Edit::new(self.label_of(wanted)?);
        let mut links: BTreeSet<(TableKey, String)> = BTreeSet::new();
        let mut orders: HashMap<&str, u32> = HashMap::new();
        let mut ids: HashSet<String> = HashSet::new();
        let mut seen: HashSet<&FieldMapping> = HashSet::new();
        for one in wanted {
            if !seen.insert(one) || self.mapping_to(one).is_some() {
                continue;
            }
            // What filled the field without a column gives way.
            let without = |m: &&Mapping| m.source.is_empty() && m.interface == one.interface && m.field == one.field;
            let filled = self.state.is_filled(&one.interface, &one.field);
            if let Some(mapping) = self.state.records.mappings.values().find(|m| filled && without(m)) {
                edit = edit.remove(Mapping::record_key(&mapping.id));
            }
            let link = (one.column.table_key(), one.interface.clone());
            if !self.state.records.links.contains_key(&link) && links.insert(link) {
                edit = edit.put(self.new_link(&one.column.table_key(), &one.interface));
            }
            let order = orders.entry(&one.interface).or_insert_with(|| self.last_order(&one.interface));
            *order += 1;
            let taken = |id: &str| self.state.records.mappings.contains_key(id) || ids.contains(id);
            let id = self.new_id_for(taken, "m");
            ids.insert(id.clone());
            edit = edit.put(self.new_mapping(id, one, *order));
        }
        self.edit(&edit)
    }

    /// What mapping these is called; refused where the snapshot or the target has no such thing.
    fn label_of(&self, wanted: &[FieldMapping]) -> Result<String> {
        let mut label = String::new();
        for one in wanted {
            if self.in_use()?.column(&one.column)?.is_none() {
                return Err(Error::refused(format!("the snapshot in use has no column {}", one.column)));
            }
            let about = interface_named(&one.interface)?;
            if about.field(&one.field).is_none() {
                return Err(Error::refused(format!("{} has no field {}", about.title, one.field)));
            }
            if label.is_empty() {
                label = format!("map {} to {}.{}", one.column, about.title, one.field);
            }
        }
        if wanted.len() > 1 {
            let _ = write!(label, ", and {} more", wanted.len() - 1);
        }
        Ok(label)
    }

    pub(super) fn mapping_to(&self, one: &FieldMapping) -> Option<Mapping> {
        let mut there = self.state.mappings_of(&one.column).into_iter();
        there.find(|m| m.interface == one.interface && m.field == one.field)
    }

    fn last_order(&self, interface: &str) -> u32 {
        let of_interface = self.state.records.mappings.values().filter(|m| m.interface == interface);
        of_interface.map(|m| m.order).max().unwrap_or(0)
    }

    fn new_mapping(&self, id: String, one: &FieldMapping, order: u32) -> Mapping {
        let (by, FieldMapping { column, interface, field }) = (self.by(), one.clone());
        let (description, transform, comment) = Default::default();
        Mapping {
            id,
            source: vec![column],
            constant: None,
            interface,
            field,
            order,
            description,
            transform,
            comment,
            status: MappingStatus::Mapped,
            who: by.who,
            when: by.at,
        }
    }

    /// Has a field hold the same in every record, where no column fills it.
    pub fn set_constant(&mut self, interface: &str, field: &str, value: &str) -> Result<Touched> {
        self.refresh()?;
        let value = value.trim();
        let about = interface_named(interface)?;
        let Some(wanted) = about.field(field) else {
            return Err(Error::refused(format!("{} has no field {field}", about.title)));
        };
        if value.is_empty() {
            return Err(Error::refused("a constant needs a value; a field that is to stay empty is waived"));
        }
        if !wanted.allowed.is_empty() && !wanted.allowed.iter().any(|allowed| is_one(allowed, value)) {
            return Err(Error::refused(format!("{field} takes one of these: {}", wanted.allowed.join(", "))));
        }
        if let Some(most) = wanted.max_length.filter(|most| value.chars().count() > *most as usize) {
            return Err(Error::refused(format!("{field} takes at most {most} characters")));
        }
        let mapping = self.without_source(about, field)?;
        let edit = Edit::new(format!("constant for {}.{field}", about.title));
        let status = MappingStatus::Mapped;
        self.edit(&edit.put(Mapping { constant: Some(value.to_owned()), status, ..mapping }))
    }

    /// Leaves a field without a source, for a reason that the client can read.
    pub fn waive_field(&mut self, interface: &str, field: &str, reason: &str) -> Result<Touched> {
        self.refresh()?;
        let about = interface_named(interface)?;
        if about.field(field).is_none() {
            return Err(Error::refused(format!("{} has no field {field}", about.title)));
        }
        if reason.trim().is_empty() {
            return Err(Error::refused("a field is waived for a reason: say why nothing fills it"));
        }
        let mapping = self.without_source(about, field)?;
        let edit = Edit::new(format!("waive {}.{field}", about.title));
        let (status, comment) = (MappingStatus::Waived, reason.trim().to_owned());
        self.edit(&edit.put(Mapping { constant: None, status, comment, ..mapping }))
    }

    /// The record of a field that no column fills: the one that is there, or a new one.
    fn without_source(&self, about: &Interface, field: &str) -> Result<Mapping> {
        let of_field = |m: &&Mapping| m.interface == about.id && m.field == field;
        let mut there = self.state.records.mappings.values().filter(of_field);
        if let Some(column) = there.clone().find_map(|m| m.source.first()) {
            return Err(Error::refused(format!(
                "{field} is filled from {column}: remove that mapping first, or say in its transform what it holds instead"
            )));
        }
        let by = self.by();
        if let Some(mapping) = there.next() {
            return Ok(Mapping { who: by.who, when: by.at, ..mapping.clone() });
        }
        let taken = |id: &str| self.state.records.mappings.contains_key(id);
        let one =
            FieldMapping { column: ColumnKey(String::new()), interface: about.id.clone(), field: field.to_owned() };
        let mapping = self.new_mapping(self.new_id_for(taken, "m"), &one, self.last_order(&about.id) + 1);
        Ok(Mapping { source: Vec::new(), ..mapping })
    }

    pub fn change_mapping(&mut self, id: &str, change: &MappingChange) -> Result<Touched> {
        self.refresh()?;
        let mut mapping = self.mapping(id)?;
        let about = interface_named(&mapping.interface)?;
        if let Some(field) = &change.field {
            if about.field(field).is_none() {
                return Err(Error::refused(format!("{} has no field {field}", about.title)));
            }
            mapping.field.clone_from(field);
        }
        if let Some(order) = change.order {
            mapping.order = order;
        }
        let text = |to: &mut String, from: &Option<String>| {
            if let Some(from) = from {
                from.trim().clone_into(to);
            }
        };
        text(&mut mapping.description, &change.description);
        text(&mut mapping.transform, &change.transform);
        text(&mut mapping.comment, &change.comment);
        if let Some(status) = change.status {
            mapping.status = status;
        }
        let by = self.by();
        mapping.who = by.who;
        mapping.when = by.at;
        let edit = Edit::new(format!("change the mapping to {}.{}", about.title, mapping.field));
        self.edit(&edit.put(mapping))
    }

    pub fn remove_mapping(&mut self, id: &str) -> Result<Touched> {
        self.refresh()?;
        let mapping = self.mapping(id)?;
        let title = catalog().interface(&mapping.interface).map_or(mapping.interface.as_str(), |i| &i.title);
        let edit = Edit::new(format!("unmap {title}.{}", mapping.field));
        self.edit(&edit.remove(Mapping::record_key(&mapping.id)))
    }

    fn mapping(&self, id: &str) -> Result<Mapping> {
        let found = self.state.records.mappings.get(id).cloned();
        found.ok_or_else(|| Error::refused(format!("there is no mapping {id}: it may have been taken back")))
    }
}
