//! From source to target: connections, mappings, modules.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::{
    Project,
    mapping::{Component, Module},
    project::{MappingChange, facts::*},
};

use crate::{error::Answer, requests::*, session::Session};

pub fn map_overview(session: &Session, (): ()) -> Answer<MapOverview> {
    session.ask(Project::map_overview)
}

pub fn map_detail(session: &Session, link: LinkName) -> Answer<MapDetail> {
    session.ask(|project| project.map_detail(&link.table, &link.interface))
}

pub fn connect_tables(session: &Session, wanted: ConnectTables) -> Answer<ProjectFacts> {
    session.act(|project| project.connect_tables(&wanted.tables, &wanted.interface))
}

pub fn move_link(session: &Session, wanted: MoveLink) -> Answer<ProjectFacts> {
    session.act(|project| project.move_link(&wanted.table, &wanted.from, &wanted.to))
}

pub fn disconnect_table(session: &Session, link: LinkName) -> Answer<ProjectFacts> {
    session.act(|project| project.disconnect_table(&link.table, &link.interface))
}

pub fn map_column(session: &Session, wanted: MapColumn) -> Answer<ProjectFacts> {
    session.act(|project| project.map_column(&wanted.column, &wanted.interface, &wanted.field))
}

pub fn change_mapping(session: &Session, wanted: ChangeMapping) -> Answer<ProjectFacts> {
    let ChangeMapping { id, field, order, description, transform, comment, status } = wanted;
    let change = MappingChange { field, order, description, transform, comment, status };
    session.act(|project| project.change_mapping(&id, &change))
}

pub fn remove_mapping(session: &Session, mapping: MappingId) -> Answer<ProjectFacts> {
    session.act(|project| project.remove_mapping(&mapping.id))
}

pub fn modules(session: &Session, (): ()) -> Answer<Vec<ModuleFacts>> {
    session.ask(Project::modules)
}

pub fn put_module(session: &Session, module: Module) -> Answer<ProjectFacts> {
    session.act(|project| project.put_module(&module))
}

pub fn put_component(session: &Session, component: Component) -> Answer<ProjectFacts> {
    session.act(|project| project.put_component(&component))
}

pub fn remove_component(session: &Session, component: ComponentId) -> Answer<ProjectFacts> {
    session.act(|project| project.remove_component(&component.id))
}
