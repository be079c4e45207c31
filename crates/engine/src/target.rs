//! The receiving system's side: its import interfaces and conversion components, as bundled data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The bundled catalog; facts about the receiving system, see `data/target_catalog.json`.
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../data/target_catalog.json")).expect("the bundled catalog is tested")
    });
    &CATALOG
}

#[derive(Debug, Deserialize)]
pub struct Catalog {
    pub catalog_version: u32,
    pub system: String,
    pub interfaces: Vec<Interface>,
    pub mapping_sheet: MappingSheet,
    legacy_systems: BTreeMap<String, serde_json::Value>,
}

impl Catalog {
    /// Systems that clients come from, by name, with their modules as far as the receiving system names them.
    pub fn legacy_systems(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.legacy_systems.iter().map(|(system, facts)| {
            let modules = facts["modules"].as_array().into_iter().flatten();
            (system.as_str(), modules.filter_map(|module| Some(module["name"].as_str()?.to_owned())).collect())
        })
    }

    pub fn interface(&self, id: &str) -> Option<&Interface> {
        self.interfaces.iter().find(|i| i.id == id)
    }
}

/// Header names of the two-sheet workbook the receiving system's engineers use.
#[derive(Debug, Deserialize)]
pub struct MappingSheet {
    pub data_mapping: Vec<String>,
    pub module_summary: Vec<String>,
}

/// A target interface: an import file format or a conversion component.
#[derive(Debug, Deserialize)]
pub struct Interface {
    pub id: String,
    pub title: String,
    pub purpose: String,
    /// discrete, encounter, document, order or configuration.
    pub kind: String,
    pub row_grain: String,
    pub completeness: String,
    pub partial_reason: Option<String>,
    pub depends_on: Vec<String>,
    pub notes: Vec<String>,
    pub columns: Vec<Field>,
    /// For a conversion component: its name in the `Module Summary` sheet.
    #[serde(default)]
    pub component: Option<String>,
}

impl Interface {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.columns.iter().find(|f| f.name == name)
    }

    /// Fields that every row must fill.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.columns.iter().filter(|f| f.requirement == Requirement::Required)
    }
}

/// A target field: one column of an interface.
#[derive(Debug, Deserialize)]
pub struct Field {
    pub name: String,
    pub requirement: Requirement,
    #[serde(rename = "type")]
    pub kind: String,
    pub format: Option<String>,
    pub allowed: Vec<String>,
    pub note: String,
    pub phi: Option<String>,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub max_length: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub enum Requirement {
    #[serde(rename = "R")]
    Required,
    #[serde(rename = "CR")]
    Conditional,
    #[serde(rename = "BP")]
    BestPractice,
    #[serde(rename = "O")]
    Optional,
}

impl Requirement {
    pub const ALL: [Self; 4] = [Self::Required, Self::Conditional, Self::BestPractice, Self::Optional];

    pub fn label(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Conditional => "conditional",
            Self::BestPractice => "best practice",
            Self::Optional => "optional",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_catalog_reads_whole() {
        let catalog = catalog();
        assert_eq!(catalog.interfaces.len(), 42);
        assert_eq!(catalog.interfaces.iter().map(|i| i.columns.len()).sum::<usize>(), 729);
        assert_eq!(catalog.mapping_sheet.data_mapping.len(), 26);
        assert!(catalog.interface("audiometric-data").is_some_and(|i| i.required().count() > 0));
    }
}
