//! The map: source tables drawn to target interfaces, source columns to target fields.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Project;
use super::state::link_key;
use super::tables::Values;
use crate::error::{Error, Result};
use crate::facts::{FieldFacts, MapDetail, MapInterface, MapLink, MapOverview, MapTable};
use crate::mapping::{Edit, Link, Mapping, MappingStatus, Record, RecordKind};
use crate::source::{ColumnKey, TableKey};
use crate::store::staging::StagedTable;
use crate::target::{Interface, Requirement, catalog};

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

impl Project {
    pub fn map_overview(&mut self) -> Result<MapOverview> {
        self.refresh()?;
        let mapped = self.mapped_columns();
        let mut tables: Vec<MapTable> = match &self.in_use {
            Some(snapshot) => snapshot.tables.iter().map(|(key, t)| self.map_table(key, Some(t), &mapped)).collect(),
            None => Vec::new(),
        };
        tables.sort_by_key(|t| (t.database.clone(), t.table.to_lowercase()));
        // What was decided about a table that is gone stays in sight.
        let gone: BTreeSet<&TableKey> = self.state.links.values().map(|l| &l.table).collect();
        for key in gone.into_iter().filter(|k| self.in_use.as_ref().is_none_or(|s| s.table(k).is_none())) {
            tables.push(self.map_table(key, None, &mapped));
        }
        let filled = self.filled_fields();
        let used = self.interfaces_in_use();
        let interfaces = catalog().interfaces.iter().map(|i| map_interface(i, &filled, &used)).collect();
        let mut fields: HashMap<(TableKey, &str), BTreeSet<&str>> = HashMap::new();
        for mapping in self.state.mappings.values() {
            for column in &mapping.source {
                fields.entry((column.table_key(), &mapping.interface)).or_default().insert(&mapping.field);
            }
        }
        let links = self
            .state
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

    fn map_table(&self, key: &TableKey, table: Option<&StagedTable>, mapped: &HashMap<TableKey, u64>) -> MapTable {
        let decision = self.state.tables.get(key);
        MapTable {
            key: key.clone(),
            database: table.map_or_else(|| key.database(), |t| t.database.clone()),
            table: key.table(),
            rows: table.map_or(0, |t| t.rows),
            columns: table.map_or(0, |t| t.columns),
            filled_percent: table.map_or(0.0, |t| t.filled_percent),
            disposition: decision.map(|d| d.disposition).unwrap_or_default(),
            module: decision.and_then(|d| d.module.clone()),
            columns_mapped: mapped.get(key).copied().unwrap_or(0),
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
            .mappings
            .values()
            .filter(|m| m.interface == interface && m.source.iter().any(|c| c.table_key() == *table))
            .cloned()
            .collect();
        mappings.sort_by(|a, b| (a.order, &a.field).cmp(&(b.order, &b.field)));
        Ok(MapDetail {
            table: self.map_table(table, staged.as_ref(), &self.mapped_columns()),
            interface: map_interface(about, &self.filled_fields(), &self.interfaces_in_use()),
            columns,
            fields: self.field_facts(about),
            mappings,
        })
    }

    pub(super) fn field_facts(&self, interface: &Interface) -> Vec<FieldFacts> {
        let mut sources: HashMap<&str, Vec<ColumnKey>> = HashMap::new();
        for mapping in self.state.mappings.values().filter(|m| m.interface == interface.id) {
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
            })
            .collect()
    }

    /// Per interface: fields that something is mapped to.
    fn filled_fields(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut filled: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mapping in self.state.mappings.values() {
            filled.entry(mapping.interface.clone()).or_default().insert(mapping.field.clone());
        }
        filled
    }

    /// Interfaces that something is connected to.
    pub(super) fn interfaces_in_use(&self) -> BTreeSet<String> {
        let linked = self.state.links.keys().map(|(_, interface)| interface.clone());
        linked.chain(self.state.mappings.values().map(|m| m.interface.clone())).collect()
    }

    pub(super) fn missing_of(&self, interface: &str) -> u64 {
        let mapped: BTreeSet<&str> =
            self.state.mappings.values().filter(|m| m.interface == interface).map(|m| m.field.as_str()).collect();
        catalog()
            .interface(interface)
            .map_or(0, |i| i.required().filter(|f| !mapped.contains(f.name.as_str())).count() as u64)
    }

    /// Connects tables to an interface: one edit, however many they are.
    pub fn connect_tables(&mut self, tables: &[TableKey], interface: &str) -> Result<()> {
        self.refresh()?;
        let about = interface_named(interface)?;
        let named = match tables {
            [] => return Ok(()),
            [one] => one.to_string(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        let mut edit = Edit::new(format!("connect {named} to {}", about.title));
        for table in tables {
            self.staged(table)?;
            if !self.state.links.contains_key(&(table.clone(), interface.to_owned())) {
                let link = self.new_link(table, interface);
                edit = edit.put(link_key(table, interface), Record::Link(link));
            }
        }
        self.edit(&edit)
    }

    /// Moves a connection to another interface. Field mappings to the earlier one go with it, and come back with undo.
    pub fn move_link(&mut self, table: &TableKey, from: &str, to: &str) -> Result<()> {
        self.refresh()?;
        self.staged(table)?;
        let about = interface_named(to)?;
        if from == to {
            return Ok(());
        }
        let edit = self.without_link(table, from, format!("move {table} to {}", about.title))?;
        let link = self.new_link(table, to);
        self.edit(&edit.put(link_key(table, to), Record::Link(link)))
    }

    fn new_link(&self, table: &TableKey, interface: &str) -> Link {
        let by = self.by();
        Link { table: table.clone(), interface: interface.to_owned(), who: by.who, when: by.at }
    }

    /// Takes the connection away with the mappings that go over it: one edit, undone as one.
    pub fn disconnect_table(&mut self, table: &TableKey, interface: &str) -> Result<()> {
        self.refresh()?;
        let about = interface_named(interface)?;
        let edit = self.without_link(table, interface, format!("disconnect {table} from {}", about.title))?;
        self.edit(&edit)
    }

    fn without_link(&self, table: &TableKey, interface: &str, label: String) -> Result<Edit> {
        let about = interface_named(interface)?;
        if !self.state.links.contains_key(&(table.clone(), interface.to_owned())) {
            return Err(Error::refused(format!("{table} is not connected to {}", about.title)));
        }
        let mut edit = Edit::new(label);
        for (id, mapping) in &self.state.mappings {
            if mapping.interface == interface && mapping.source.iter().all(|c| c.table_key() == *table) {
                edit = edit.remove(RecordKind::Mapping, id.clone());
            }
        }
        Ok(edit.remove(RecordKind::Link, link_key(table, interface)))
    }

    /// Maps a column to a field, and connects its table on the way; answers the mapping's id.
    pub fn map_column(&mut self, column: &ColumnKey, interface: &str, field: &str) -> Result<String> {
        self.refresh()?;
        if self.in_use()?.column(column)?.is_none() {
            return Err(Error::refused(format!("the snapshot in use has no column {column}")));
        }
        let about = interface_named(interface)?;
        if about.field(field).is_none() {
            return Err(Error::refused(format!("{} has no field {field}", about.title)));
        }
        let same = |m: &&Mapping| m.interface == interface && m.field == field && m.source.contains(column);
        if let Some(there) = self.state.mappings.values().find(same) {
            return Ok(there.id.clone());
        }
        let of_interface = self.state.mappings.values().filter(|m| m.interface == interface);
        let order = of_interface.map(|m| m.order).max().unwrap_or(0) + 1;
        let by = self.by();
        let mapping = Mapping {
            id: self.new_id_for(|id| self.state.mappings.contains_key(id), "m"),
            source: vec![column.clone()],
            interface: interface.to_owned(),
            field: field.to_owned(),
            order,
            description: String::new(),
            transform: String::new(),
            comment: String::new(),
            status: MappingStatus::Mapped,
            who: by.who,
            when: by.at,
        };
        let mut edit = Edit::new(format!("map {column} to {}.{field}", about.title));
        let table = column.table_key();
        if !self.state.links.contains_key(&(table.clone(), interface.to_owned())) {
            let link = self.new_link(&table, interface);
            edit = edit.put(link_key(&table, interface), Record::Link(link));
        }
        let id = mapping.id.clone();
        self.edit(&edit.put(id.clone(), Record::Mapping(mapping)))?;
        Ok(id)
    }

    pub fn change_mapping(&mut self, id: &str, change: &MappingChange) -> Result<()> {
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
        self.edit(&edit.put(id, Record::Mapping(mapping)))
    }

    pub fn remove_mapping(&mut self, id: &str) -> Result<()> {
        self.refresh()?;
        let mapping = self.mapping(id)?;
        let title = catalog().interface(&mapping.interface).map_or(mapping.interface.as_str(), |i| &i.title);
        let edit = Edit::new(format!("unmap {title}.{}", mapping.field));
        self.edit(&edit.remove(RecordKind::Mapping, id))
    }

    fn mapping(&self, id: &str) -> Result<Mapping> {
        match self.state.record(RecordKind::Mapping, id) {
            Some(Record::Mapping(mapping)) => Ok(mapping),
            _ => Err(Error::refused(format!("there is no mapping {id}: it may have been taken back"))),
        }
    }
}

fn map_interface(
    about: &Interface,
    filled: &BTreeMap<String, BTreeSet<String>>,
    used: &BTreeSet<String>,
) -> MapInterface {
    let none = BTreeSet::new();
    let filled = filled.get(&about.id).unwrap_or(&none);
    let required = || about.columns.iter().filter(|f| f.requirement == Requirement::Required);
    MapInterface {
        id: about.id.clone(),
        title: about.title.clone(),
        purpose: about.purpose.clone(),
        kind: about.kind.clone(),
        fields: about.columns.len() as u64,
        required: required().count() as u64,
        required_missing: required().filter(|f| !filled.contains(&f.name)).count() as u64,
        mapped: filled.len() as u64,
        in_use: used.contains(&about.id),
    }
}
