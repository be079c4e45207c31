use engine::facts::{MapOverview, ModuleFacts};
use engine::mapping::{Component, Module};
use engine::project::{ColumnChange, FieldMapping, MappingChange, TableChange};
use engine::source::Disposition;
use engine::{Error, Project, Result};
use serde_json::json;

use super::sample::word;
use crate::Done;
use crate::arguments::{All, MapVerb, Page};
use crate::print::{Grid, count, json, out};

pub fn run(project: &mut Project, verb: MapVerb, all: &All) -> Result<Done> {
    match verb {
        MapVerb::Disposition { disposition, what, reason } => dispose(project, &disposition, &what, reason)?,
        MapVerb::Module { name, tables } => {
            let keys = tables.iter().map(|t| project.find_table(t)).collect::<Result<Vec<_>>>()?;
            project.decide_tables(&keys, &TableChange { module: Some(name), ..TableChange::default() })?;
        }
        MapVerb::Note { what, comment, description, reason } => note(project, &what, comment, description, reason)?,
        MapVerb::Modules => return modules(project, all),
        MapVerb::PutModule { name, order, status, comment } => {
            project.put_module(&Module { name, order, status: word(&status, "status")?, comment })?;
        }
        MapVerb::PutComponent { module, component, order, fields } => {
            let there = component_named(project, &module, &component)?;
            let made = there.unwrap_or(Component { module, component, ..Component::default() });
            let order = if order == 0 { made.order } else { order };
            project.put_component(&with_fields(&Component { order, ..made }, &fields)?)?;
        }
        MapVerb::RemoveComponent { module, component } => {
            let Some(there) = component_named(project, &module, &component)? else {
                return Err(Error::refused(format!("the module {module} has no component {component}")));
            };
            project.remove_component(&there.id)?;
        }
        MapVerb::Overview => return overview(project, all),
        MapVerb::Detail { table, interface } => return detail(project, &table, &interface, all),
        MapVerb::Connect { table, interface } => {
            let key = project.find_table(&table)?;
            project.connect_tables(&[key], &interface)?;
        }
        MapVerb::Move { table, from, to } => {
            let key = project.find_table(&table)?;
            project.move_link(&key, &from, &to)?;
        }
        MapVerb::Disconnect { table, interface } => {
            let key = project.find_table(&table)?;
            project.disconnect_table(&key, &interface)?;
        }
        MapVerb::Field { pairs } => {
            let wanted = pairs.chunks(2).map(|pair| field_mapping(project, pair)).collect::<Result<Vec<_>>>()?;
            project.map_columns(&wanted)?;
        }
        MapVerb::Constant { target, value } => {
            let (interface, field) = target_field(&target)?;
            project.set_constant(interface, field, &value)?;
        }
        MapVerb::Waive { target, reason } => {
            let (interface, field) = target_field(&target)?;
            project.waive_field(interface, field, &reason)?;
        }
        MapVerb::Change { id, field, order, description, transform, comment, status } => {
            let status = status.map(|s| word(&s, "status")).transpose()?;
            let change = MappingChange { field, order, description, transform, comment, status };
            project.change_mapping(&id, &change)?;
        }
        MapVerb::Remove { id } => drop(project.remove_mapping(&id)?),
        MapVerb::Undo => return step(project.undo()?.map(|(label, _)| label), "undone", all),
        MapVerb::Redo => return step(project.redo()?.map(|(label, _)| label), "redone", all),
        MapVerb::Log { page } => return log(project, &page, all),
    }
    if all.json {
        json(&project.facts()?)?;
    } else {
        out("done")?;
    }
    Ok(Done::Well)
}

fn target_field(target: &str) -> Result<(&str, &str)> {
    target
        .split_once('.')
        .ok_or_else(|| Error::refused(format!("{target} is no target field: write it INTERFACE.FIELD")))
}

/// A column and the field it is mapped to.
fn field_mapping(project: &mut Project, pair: &[String]) -> Result<FieldMapping> {
    let [column, target] = pair else {
        return Err(Error::refused(format!("{} has no target field after it", pair.join(" "))));
    };
    let (interface, field) = target_field(target)?;
    let column = project.find_column(column)?;
    Ok(FieldMapping { column, interface: interface.to_owned(), field: field.to_owned() })
}

fn dispose(project: &mut Project, disposition: &str, what: &[String], reason: Option<String>) -> Result<()> {
    let Some(parsed) = Disposition::parse(disposition) else {
        let words: Vec<&str> = Disposition::ALL.into_iter().map(Disposition::code).collect();
        return Err(Error::refused(format!("{disposition} is no disposition: one of {}", words.join(", "))));
    };
    let (mut tables, mut columns) = (Vec::new(), Vec::new());
    for name in what {
        match project.find_table(name) {
            Ok(table) => tables.push(table),
            Err(no_table) => columns.push(
                project.find_column(name).map_err(|no_column| if name.contains('.') { no_column } else { no_table })?,
            ),
        }
    }
    if !tables.is_empty() {
        let change = TableChange { disposition: Some(parsed), reason: reason.clone(), ..TableChange::default() };
        project.decide_tables(&tables, &change)?;
    }
    if !columns.is_empty() {
        let change = ColumnChange { disposition: Some(parsed), reason, ..ColumnChange::default() };
        project.decide_columns(&columns, &change)?;
    }
    Ok(())
}

fn note(
    project: &mut Project,
    what: &str,
    comment: Option<String>,
    description: Option<String>,
    reason: Option<String>,
) -> Result<()> {
    if let Ok(column) = project.find_column(what) {
        let change = ColumnChange { comment, description, reason, ..ColumnChange::default() };
        return project.decide_columns(&[column], &change).map(drop);
    }
    let table = project.find_table(what)?;
    if description.is_some() {
        return Err(Error::refused(format!("{what} is a table: a description is a column's, --comment is for both")));
    }
    project.decide_tables(&[table], &TableChange { comment, reason, ..TableChange::default() }).map(drop)
}

/// The component of this kind; several are told apart by their order only on screen.
fn component_named(project: &mut Project, module: &str, component: &str) -> Result<Option<Component>> {
    let of_module = |m: &ModuleFacts| m.module.name.eq_ignore_ascii_case(module.trim());
    let found = project.modules()?.into_iter().find(of_module).map(|m| m.components).unwrap_or_default();
    let mut same = found.into_iter().filter(|c| c.component.eq_ignore_ascii_case(component.trim()));
    match (same.next(), same.next()) {
        (Some(_), Some(_)) => Err(Error::refused(format!(
            "the module {module} has several components {component}: change them in the window, where each has its row"
        ))),
        (one, _) => Ok(one),
    }
}

fn with_fields(component: &Component, fields: &[String]) -> Result<Component> {
    let mut document = json!(component);
    for field in fields {
        let Some((name, value)) = field.split_once('=') else {
            return Err(Error::refused(format!("{field} is no FIELD=VALUE")));
        };
        if name == "id" || document.get(name).is_none_or(|v| !v.is_string()) {
            return Err(Error::refused(format!("a component has no field {name}")));
        }
        document[name] = json!(value);
    }
    serde_json::from_value(document).map_err(|e| Error::refused(e.to_string()))
}

fn step(label: Option<String>, what: &str, all: &All) -> Result<Done> {
    if all.json {
        json(&json!({ what: label }))?;
    } else {
        out(&label.map_or_else(|| format!("nothing to be {what}"), |l| format!("{what}: {l}")))?;
    }
    Ok(Done::Well)
}

fn log(project: &mut Project, page: &Page, all: &All) -> Result<Done> {
    let lines = project.history(page.offset, page.limit)?;
    if all.json {
        json(&json!({ "log": lines }))?;
        return Ok(Done::Well);
    }
    for l in lines {
        out(&format!("{:>5}  {}  {}  {}: {}", l.seq, l.at, l.who, l.act, l.label))?;
    }
    Ok(Done::Well)
}

fn modules(project: &mut Project, all: &All) -> Result<Done> {
    let modules = project.modules()?;
    if all.json {
        json(&json!({ "modules": modules }))?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&[">order", "module", "status", ">tables", ">rows", "components"]);
    for m in &modules {
        let components: Vec<&str> = m.components.iter().map(|c| c.component.as_str()).collect();
        grid.row(vec![
            m.module.order.to_string(),
            m.module.name.clone(),
            m.module.status.label().to_owned(),
            count(m.tables),
            count(m.rows),
            components.join(", "),
        ]);
    }
    grid.print()?;
    Ok(Done::Well)
}

fn overview(project: &mut Project, all: &All) -> Result<Done> {
    let map: MapOverview = project.map_overview()?;
    if all.json {
        json(&map)?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&["interface", "title", "kind", ">fields", ">required", ">mapped", ">missing"]);
    for i in &map.interfaces {
        let missing = if i.in_use { count(i.required_missing) } else { String::new() };
        grid.row(vec![
            i.id.clone(),
            i.title.clone(),
            i.kind.clone(),
            count(i.fields),
            count(i.required),
            count(i.mapped),
            missing,
        ]);
    }
    grid.print()?;
    for link in &map.links {
        out(&format!("{} → {}: {} fields mapped", link.table, link.interface, count(link.mapped)))?;
    }
    Ok(Done::Well)
}

fn detail(project: &mut Project, table: &str, interface: &str, all: &All) -> Result<Done> {
    let key = project.find_table(table)?;
    let detail = project.map_detail(&key, interface)?;
    if all.json {
        json(&detail)?;
        return Ok(Done::Well);
    }
    let mut grid = Grid::new(&["field", "requirement", "mapped from", "mapping", "status", "transform"]);
    for field in &detail.fields {
        let from: Vec<String> = field.mapped_from.iter().map(ToString::to_string).collect();
        let mapping = detail.mappings.iter().find(|m| m.field == field.name);
        grid.row(vec![
            field.name.clone(),
            field.requirement.label().to_owned(),
            from.join(", "),
            mapping.map_or(String::new(), |m| m.id.clone()),
            mapping.map_or(String::new(), |m| m.status.code().to_owned()),
            mapping.map_or(String::new(), |m| m.transform.clone()),
        ]);
    }
    grid.print()?;
    Ok(Done::Well)
}
