//! From source to target: connections, mappings, modules.

#![allow(clippy::wildcard_imports, reason = "handlers speak in the shapes of the wire by the dozen")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the one shape of the list"
)]

use engine::{
    Project, Result,
    mapping::{Component, Module},
    project::{FieldMapping, MappingChange, facts::*},
};

use crate::{error::Answer, requests::*, session::Session};

pub fn map_overview(project: &mut Project, (): ()) -> Result<MapOverview> {
    project.map_overview()
}

pub fn map_detail(_: &Session, project: &mut Project, link: LinkName) -> Answer<MapDetail> {
    Ok(project.map_detail(&link.table, &link.interface)?)
}

pub fn connect_tables(project: &mut Project, wanted: ConnectTables) -> Result<Touched> {
    project.connect_tables(&wanted.tables, &wanted.interface)
}

pub fn move_link(project: &mut Project, wanted: MoveLink) -> Result<Touched> {
    project.move_link(&wanted.table, &wanted.from, &wanted.to)
}

pub fn disconnect_table(project: &mut Project, link: LinkName) -> Result<Touched> {
    project.disconnect_table(&link.table, &link.interface)
}

pub fn map_columns(project: &mut Project, wanted: MapColumns) -> Result<Touched> {
    let one = |MapColumn { column, interface, field }| FieldMapping { column, interface, field };
    let wanted: Vec<FieldMapping> = wanted.columns.into_iter().map(one).collect();
    project.map_columns(&wanted)
}

pub fn set_constant(project: &mut Project, wanted: SetConstant) -> Result<Touched> {
    project.set_constant(&wanted.interface, &wanted.field, &wanted.value)
}

pub fn waive_field(project: &mut Project, wanted: WaiveField) -> Result<Touched> {
    project.waive_field(&wanted.interface, &wanted.field, &wanted.reason)
}

pub fn change_mapping(project: &mut Project, wanted: ChangeMapping) -> Result<Touched> {
    let ChangeMapping { id, field, order, description, transform, comment, status } = wanted;
    let change = MappingChange { field, order, description, transform, comment, status };
    project.change_mapping(&id, &change)
}

pub fn remove_mapping(project: &mut Project, mapping: MappingId) -> Result<Touched> {
    project.remove_mapping(&mapping.id)
}

pub fn modules(project: &mut Project, (): ()) -> Result<Vec<ModuleFacts>> {
    project.modules()
}

pub fn put_module(project: &mut Project, module: Module) -> Result<Touched> {
    project.put_module(&module)
}

pub fn put_component(project: &mut Project, component: Component) -> Result<Touched> {
    project.put_component(&component)
}

pub fn remove_component(project: &mut Project, component: ComponentId) -> Result<Touched> {
    project.remove_component(&component.id)
}
