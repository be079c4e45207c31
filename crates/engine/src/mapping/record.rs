//! The records that decisions are made of. Each is keyed by name, so that it survives a new snapshot.

use serde::{Deserialize, Serialize};

use super::key::KeyedRecord;
use crate::sample::{Action, Class};
use crate::source::{ColumnKey, Disposition, TableKey};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableDecision {
    pub table: TableKey,
    pub disposition: Disposition,
    pub reason: String,
    /// The module this table belongs to, by name.
    pub module: Option<String>,
    pub comment: String,
    pub who: String,
    /// RFC 3339, UTC.
    pub when: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnDecision {
    pub column: ColumnKey,
    pub disposition: Disposition,
    pub reason: String,
    pub module: Option<String>,
    /// Label on documents.
    pub description: String,
    pub comment: String,
    pub who: String,
    pub when: String,
}

/// A source table drawn to a target interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub table: TableKey,
    pub interface: String,
    pub who: String,
    pub when: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MappingStatus {
    Proposed,
    #[default]
    Mapped,
    Checked,
    Waived,
}

impl MappingStatus {
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Mapped, Self::Checked, Self::Waived];

    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Mapped => "mapped",
            Self::Checked => "checked",
            Self::Waived => "waived",
        }
    }
}

/// What fills a target field: source columns, or a constant, or nothing, which is then waived with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct Mapping {
    pub id: String,
    pub source: Vec<ColumnKey>,
    /// What the field holds in every record; then it has no source.
    #[serde(default)]
    pub constant: Option<String>,
    pub interface: String,
    pub field: String,
    pub order: u32,
    pub description: String,
    /// How the value is changed on the way, in words the engineers build from.
    pub transform: String,
    pub comment: String,
    pub status: MappingStatus,
    pub who: String,
    pub when: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ModuleStatus {
    #[default]
    Undecided,
    Mapped,
    InBuild,
    InternalTest,
    ClientTest,
    Verified,
    Blocked,
    ChangeRequest,
}

impl ModuleStatus {
    pub const ALL: [Self; 8] = [
        Self::Undecided,
        Self::Mapped,
        Self::InBuild,
        Self::InternalTest,
        Self::ClientTest,
        Self::Verified,
        Self::Blocked,
        Self::ChangeRequest,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Mapped => "mapped",
            Self::InBuild => "in build",
            Self::InternalTest => "internal test",
            Self::ClientTest => "client test",
            Self::Verified => "verified",
            Self::Blocked => "blocked",
            Self::ChangeRequest => "change request",
        }
    }
}

/// A named unit of migration work.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct Module {
    pub name: String,
    pub order: u32,
    pub status: ModuleStatus,
    pub comment: String,
}

/// What a module creates in the target, with the metadata functions of the receiving system's `Module Summary` sheet.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(default)]
pub struct Component {
    /// Its own, whatever its order; empty: a new one.
    pub id: String,
    pub module: String,
    /// Encounter, Summary Document, Observation, Audiogram, PFT, Fit Test, or an interface's title.
    pub component: String,
    /// Its place among the module's; 0: the last.
    pub order: u32,
    pub doc_type: String,
    pub get_pat_id: String,
    pub get_user_id: String,
    pub get_interface_name: String,
    pub get_ext_id: String,
    pub get_subject: String,
    pub get_location: String,
    pub get_encounter_id: String,
    pub template: String,
}

/// A person's word on how a column is treated in samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Privacy {
    pub column: ColumnKey,
    pub class: Class,
    pub action: Action,
    pub who: String,
    pub when: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    Confirmed,
    Rejected,
}

impl Judgement {
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }
}

/// A person's word on a relationship, whether it was found or the person thought of it: columns of one table point at
/// those of another, or do not. The columns stand in the same order on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relationship {
    pub child: Vec<ColumnKey>,
    pub parent: Vec<ColumnKey>,
    pub judgement: Judgement,
    pub who: String,
    pub when: String,
}

impl TableDecision {
    /// Nothing decided yet.
    pub fn none(table: TableKey) -> Self {
        let (reason, comment, who, when) = Default::default();
        Self { table, disposition: Disposition::Undecided, reason, module: None, comment, who, when }
    }
}

impl ColumnDecision {
    /// Nothing decided yet.
    pub fn none(column: ColumnKey) -> Self {
        let (reason, description, comment, who, when) = Default::default();
        Self { column, disposition: Disposition::Undecided, reason, module: None, description, comment, who, when }
    }
}

/// Of a project: no decision, so neither logged nor undone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// The engagement's name as the workbooks print it.
    pub client: String,
    /// Who decides, unless a command says otherwise.
    pub who: String,
}

/// A module is the same however its name is written.
pub fn module_key(name: &str) -> String {
    name.trim().to_lowercase()
}

impl KeyedRecord for TableDecision {
    type Key = TableKey;

    fn key(&self) -> TableKey {
        self.table.clone()
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}

impl KeyedRecord for ColumnDecision {
    type Key = ColumnKey;

    fn key(&self) -> ColumnKey {
        self.column.clone()
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}

impl KeyedRecord for Link {
    type Key = (TableKey, String);

    fn key(&self) -> (TableKey, String) {
        (self.table.clone(), self.interface.clone())
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}

impl KeyedRecord for Mapping {
    type Key = String;

    fn key(&self) -> String {
        self.id.clone()
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}

impl KeyedRecord for Module {
    type Key = String;

    fn key(&self) -> String {
        module_key(&self.name)
    }
}

impl KeyedRecord for Component {
    type Key = String;

    fn key(&self) -> String {
        self.id.clone()
    }
}

impl KeyedRecord for Privacy {
    type Key = ColumnKey;

    fn key(&self) -> ColumnKey {
        self.column.clone()
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}

impl KeyedRecord for Relationship {
    type Key = (Vec<ColumnKey>, Vec<ColumnKey>);

    fn key(&self) -> Self::Key {
        (self.child.clone(), self.parent.clone())
    }

    fn when(&mut self) -> Option<&mut String> {
        Some(&mut self.when)
    }
}
