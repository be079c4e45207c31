//! Modules, and the components that each creates in the receiving system.

use super::Project;
use crate::error::{Error, Result};
use crate::facts::{ModuleFacts, Touched};
use crate::mapping::{Component, Edit, Module, module_key};

impl Project {
    /// Modules in their order, with what they hold.
    pub fn modules(&mut self) -> Result<Vec<ModuleFacts>> {
        self.refresh()?;
        let mut found: Vec<ModuleFacts> = self
            .state
            .records
            .modules
            .iter()
            .map(|(key, module)| {
                let of_module = self
                    .state
                    .records
                    .tables
                    .iter()
                    .filter(|(_, d)| d.module.as_deref().is_some_and(|m| module_key(m) == *key))
                    .map(|(table, _)| self.in_use.as_ref().and_then(|s| s.table(table)).map_or(0, |t| t.rows));
                let (tables, rows) = of_module.fold((0, 0), |(n, sum), rows| (n + 1, sum + rows));
                ModuleFacts { module: module.clone(), tables, rows, components: self.components_of(key) }
            })
            .collect();
        found.sort_by(|a, b| (a.module.order, &a.module.name).cmp(&(b.module.order, &b.module.name)));
        Ok(found)
    }

    /// In their order.
    fn components_of(&self, module: &str) -> Vec<Component> {
        let of_module = self.state.records.components.values().filter(|c| module_key(&c.module) == module);
        let mut found: Vec<Component> = of_module.cloned().collect();
        found.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        found
    }

    pub fn put_module(&mut self, module: &Module) -> Result<Touched> {
        self.refresh()?;
        if module.name.trim().is_empty() {
            return Err(Error::refused("a module needs a name"));
        }
        let mut module = Module { name: module.name.trim().to_owned(), ..module.clone() };
        if module.order == 0 {
            module.order = self.state.next_module_order();
        }
        let edit = Edit::new(format!("set up the module {}", module.name));
        self.edit(&edit.put(module))
    }

    /// Sets up a component, or changes the one with this id. Another order moves it there; the others make room.
    pub fn put_component(&mut self, component: &Component) -> Result<Touched> {
        self.refresh()?;
        let Some(module) = self.state.module_named(&component.module) else {
            return Err(Error::refused(format!("there is no module {}: set it up first", component.module)));
        };
        let mut component = Component { module: module.name.clone(), ..component.clone() };
        if component.component.trim().is_empty() {
            return Err(Error::refused("a component needs its kind: Encounter, Summary Document, Observation, …"));
        }
        if component.id.is_empty() {
            component.id = self.new_id_for(|id| self.state.records.components.contains_key(id), "c");
        } else if !self.state.records.components.contains_key(&component.id) {
            return Err(Error::refused(format!("there is no component {}: it may have been removed", component.id)));
        }
        let others = self.components_of(&module_key(&component.module));
        let mut edit = Edit::new(format!("set up {} of the module {}", component.component, component.module));
        for changed in in_order(others, component) {
            edit = edit.put(changed);
        }
        self.edit(&edit)
    }

    pub fn remove_component(&mut self, id: &str) -> Result<Touched> {
        self.refresh()?;
        let Some(component) = self.state.records.components.get(id) else {
            return Err(Error::refused(format!("there is no component {id}: it may have been removed")));
        };
        let edit = Edit::new(format!("remove {} of the module {}", component.component, component.module));
        self.edit(&edit.remove(Component::record_key(&component.id)))
    }
}

/// A component at the place that its order says, and those of its module that get another order for it. The orders of
/// the module stay the same numbers; a new one is added only where nobody has it yet.
fn in_order(mut others: Vec<Component>, mut component: Component) -> Vec<Component> {
    let before = others.iter().position(|c| c.id == component.id).map(|at| others.remove(at).order);
    let last = others.iter().map(|c| c.order).max().unwrap_or(0);
    if component.order == 0 {
        component.order = before.unwrap_or(last + 1);
    }
    if others.iter().all(|c| c.order != component.order) {
        return vec![component];
    }
    let mut orders: Vec<u32> = others.iter().map(|c| c.order).collect();
    orders.push(before.unwrap_or(last + 1));
    orders.sort_unstable();
    let place = orders.iter().position(|order| *order == component.order).unwrap_or(others.len());
    let (id, mut all) = (component.id.clone(), others);
    all.insert(place, component);
    let placed = all.into_iter().zip(orders).filter(|(c, order)| c.order != *order || c.id == id);
    placed.map(|(c, order)| Component { order, ..c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(list: &str) -> Vec<Component> {
        let one = |text: &str| {
            let (id, order) = text.split_at(1);
            Component { id: id.into(), order: order.parse().unwrap(), ..Component::default() }
        };
        list.split(' ').filter(|text| !text.is_empty()).map(one).collect()
    }

    /// The module's components, the one that is put, and the module afterwards.
    #[test]
    fn an_order_is_a_move_and_nobody_is_lost() {
        for (module, put, after) in [
            ("", "a0", "a1"),
            ("a1 b2", "c0", "a1 b2 c3"),
            ("a1 b2", "b1", "b1 a2"),
            ("a1 b2 c3", "a3", "b1 c2 a3"),
            ("a1 b2 c3", "c1", "c1 a2 b3"),
            ("a1 b2 c3", "b2", "a1 b2 c3"),
            ("a1 b2 c3", "b0", "a1 b2 c3"),
            ("a1 b2", "c1", "c1 a2 b3"),
            ("a1 b5", "c3", "a1 c3 b5"),
            ("a1 b5", "a5", "b1 a5"),
            ("a1 b5", "a9", "b5 a9"),
            // As an older version could leave them.
            ("a1 b1 c2", "c1", "c1 a1 b2"),
        ] {
            let before = named(module);
            let changed = in_order(before.clone(), named(put).remove(0));
            let mut all = before;
            all.retain(|c| changed.iter().all(|new| new.id != c.id));
            all.extend(changed);
            all.sort_by_key(|c| c.order);
            let mut expected = named(after);
            let words = |all: &[Component]| {
                let mut words: Vec<String> = all.iter().map(|c| format!("{}{}", c.order, c.id)).collect();
                words.sort();
                words
            };
            expected.sort_by_key(|c| c.order);
            assert_eq!(words(&all), words(&expected), "{module} with {put}");
        }
    }
}
