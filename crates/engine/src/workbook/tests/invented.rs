//! Invented facts of an engagement, enough of them to look at.

use crate::facts::{
    ColumnFacts, FieldFacts, Ledger, LedgerFile, LedgerTable, ModuleFacts, SnapshotFacts, StatementCount, TableFacts,
};
use crate::mapping::{Component, Mapping, MappingStatus, Module, ModuleStatus};
use crate::profile::{ColumnFigures, InferredType};
use crate::sample::{Deidentified, Mark, Origin, Shown};
use crate::source::{ColumnKey, ColumnState, Disposition, TableKey};
use crate::target::catalog;
use crate::workbook::map::{ColumnCounts, Coverage, CoverageSource, MapBook, MapColumn};

pub(super) struct Facts {
    pub snapshot: SnapshotFacts,
    pub tables: Vec<TableFacts>,
    pub columns: Vec<MapColumn>,
    pub modules: Vec<ModuleFacts>,
    pub coverage: Vec<Coverage>,
    pub ledger: Ledger,
}

impl Facts {
    pub fn book(&self) -> MapBook<'_> {
        MapBook {
            client: "Harbor Marine Works & Sons",
            project: "harbor",
            who: "D. Okafor",
            at: "2026-03-04T10:30:00Z",
            snapshot: Some(&self.snapshot),
            tables: &self.tables,
            columns: ColumnCounts {
                all: self.columns.len() as u64,
                decided: self.columns.iter().filter(|c| c.facts.disposition != Disposition::Undecided).count() as u64,
                mapped: self.columns.iter().filter(|c| !c.facts.mappings.is_empty()).count() as u64,
            },
            modules: &self.modules,
            coverage: &self.coverage,
            ledger: Some(&self.ledger),
        }
    }
}

pub(super) fn table(name: &str, rows: u64, disposition: Disposition) -> TableFacts {
    TableFacts {
        key: TableKey::new(None, name),
        database: Some("ohm_prod".to_owned()),
        table: name.to_owned(),
        rows,
        bytes: rows * 120,
        columns: 12,
        empty_columns: 2,
        absent_columns: 0,
        filled_percent: if rows == 0 { 0.0 } else { 71.3 },
        rejected: 0,
        disposition,
        reason: String::new(),
        who: String::new(),
        when: String::new(),
        module: None,
        comment: String::new(),
        status: ModuleStatus::Undecided,
        columns_decided: 0,
        columns_mapped: 0,
        source_comment: String::new(),
        file: "ohm_prod_2026-02-27.sql.gz".to_owned(),
        keys: Vec::new(),
    }
}

pub(super) fn column(table: &str, name: &str, declared: &str, inferred: InferredType, sample: &[&str]) -> MapColumn {
    let none = || Shown { mark: Mark::Null, text: String::new(), masked: true };
    let key = TableKey::new(None, table).column(name);
    MapColumn {
        facts: ColumnFacts {
            key,
            database: Some("ohm_prod".to_owned()),
            table: table.to_owned(),
            column: name.to_owned(),
            ordinal: 1,
            declared_type: declared.to_owned(),
            nullable: true,
            db_key: String::new(),
            default: None,
            generated: false,
            state: ColumnState::Read,
            source_comment: String::new(),
            figures: ColumnFigures {
                rows: 18_204,
                nulls: 1_200,
                blanks: 4,
                distinct: 612,
                min_length: 1,
                max_length: 24,
                inferred_type: inferred,
                format: (inferred == InferredType::Date).then(|| "YYYY-MM-DD".to_owned()),
            },
            filled_percent: Some(93.4),
            shown: None,
            min: none(),
            max: none(),
            top: Vec::new(),
            disposition: Disposition::Undecided,
            own: false,
            reason: String::new(),
            module: None,
            description: String::new(),
            comment: String::new(),
            mappings: Vec::new(),
        },
        table_rows: 18_204,
        sample: sample.iter().map(|v| Deidentified::for_test(v, Origin::Passed)).collect(),
    }
}

pub(super) fn mapping(source: &ColumnKey, interface: &str, field: &str, order: u32) -> Mapping {
    Mapping {
        id: format!("m{order}"),
        source: vec![source.clone()],
        constant: None,
        interface: interface.to_owned(),
        field: field.to_owned(),
        order,
        description: String::new(),
        transform: String::new(),
        comment: String::new(),
        status: MappingStatus::Mapped,
        who: "D. Okafor".to_owned(),
        when: "2026-03-01T15:20:00Z".to_owned(),
    }
}

pub(super) fn module(name: &str, status: ModuleStatus, components: Vec<Component>) -> ModuleFacts {
    let module = Module { name: name.to_owned(), order: 1, status, comment: String::new() };
    ModuleFacts { module, tables: 2, rows: 40_000, components }
}

/// Coverage of an interface of the catalog by the columns given.
pub(super) fn coverage(interface: &str, mapped: &[(&str, ColumnKey)]) -> Vec<Coverage> {
    let interface = catalog().interface(interface).expect("the catalog has it");
    interface
        .columns
        .iter()
        .map(|f| Coverage {
            interface: interface.id.clone(),
            title: interface.title.clone(),
            field: FieldFacts {
                name: f.name.clone(),
                label: f.label.clone().unwrap_or_else(|| f.name.clone()),
                requirement: f.requirement,
                kind: f.kind.clone(),
                format: f.format.clone(),
                allowed: f.allowed.clone(),
                note: f.note.clone(),
                max_length: f.max_length,
                mapped_from: Vec::new(),
                constant: None,
                waived: None,
            },
            sources: mapped
                .iter()
                .filter(|(name, _)| *name == f.name)
                .map(|(_, key)| CoverageSource {
                    column: Some(key.clone()),
                    status: MappingStatus::Checked,
                    how: String::new(),
                })
                .collect(),
        })
        .collect()
}

/// A small engagement: two tables with columns, one table without rows.
pub(super) fn small() -> Facts {
    let mut audio = table("audiometry", 18_204, Disposition::Discrete);
    audio.module = Some("audiometry".to_owned());
    audio.status = ModuleStatus::Mapped;
    audio.reason = "Needed for the hearing conservation programme".to_owned();
    audio.who = "D. Okafor".to_owned();
    audio.when = "2026-03-01T15:20:00Z".to_owned();
    let mut tested = column("audiometry", "test_date", "date", InferredType::Date, &["2019", "2021", "2024"]);
    let key = tested.facts.key.clone();
    let mut second = mapping(&key, "conversion-summary-document", "KeyDate", 2);
    second.transform = "%Y/%m/%d".to_owned();
    tested.facts.mappings = vec![second, mapping(&key, "conversion-audiogram", "test_datetime", 1)];
    tested.facts.disposition = Disposition::Both;
    tested.facts.module = Some("audiometry".to_owned());
    tested.facts.source_comment = "date of test".to_owned();
    let left = column("audiometry", "left_4k", "smallint(6)", InferredType::Integer, &["10", "15", "20"]);
    let mut pat = column("audiometry", "emp_no", "varchar(12)", InferredType::Identifier, &[]);
    pat.sample = vec![Deidentified::for_test("E204771", Origin::SurrogateId)];
    let ledger = Ledger {
        snapshot: "s1".to_owned(),
        files: vec![LedgerFile {
            file: "ohm_prod_2026-02-27.sql.gz".to_owned(),
            kind: "mysqldump".to_owned(),
            encoding: "utf-8".to_owned(),
            bytes: 21_400_221,
            dialect: None,
            seconds: 0.4,
            tables: vec![LedgerTable {
                key: TableKey::new(None, "audiometry"),
                database: Some("ohm_prod".to_owned()),
                table: "audiometry".to_owned(),
                read: 18_206,
                loaded: 18_204,
                rejected: 2,
                corrected: 0,
                bytes: 0,
                not_in_dump: Vec::new(),
            }],
            statements: vec![StatementCount { statement: "SET".to_owned(), count: 12 }],
            shares: Vec::new(),
            objects: Vec::new(),
            ignored: vec!["3 views".to_owned()],
            warnings: Vec::new(),
        }],
        rejects: 2,
        seconds: 3.2,
        steps: Vec::new(),
        corrected: 0,
    };
    Facts {
        snapshot: SnapshotFacts {
            id: "s1".to_owned(),
            label: "First cut".to_owned(),
            loaded_at: "2026-03-01T08:05:00Z".to_owned(),
            files: 1,
            tables: 2,
            rows: 18_204,
            bytes: 21_400_221,
            rejects: 2,
            seconds: 3.2,
        },
        tables: vec![audio, table("zz_old_log", 0, Disposition::Undecided)],
        coverage: coverage("audiometric-data", &[("audio.left05", left.facts.key.clone())]),
        columns: vec![tested, left, pat],
        modules: vec![
            module(
                "audiometry",
                ModuleStatus::Mapped,
                vec![
                    Component {
                        module: "audiometry".to_owned(),
                        component: "Audiogram".to_owned(),
                        order: 1,
                        get_pat_id: "db_cols=emp_no".to_owned(),
                        ..Component::default()
                    },
                    Component {
                        module: "audiometry".to_owned(),
                        component: "Summary Document".to_owned(),
                        order: 2,
                        doc_type: "AUDIO".to_owned(),
                        ..Component::default()
                    },
                ],
            ),
            module("vision", ModuleStatus::Undecided, Vec::new()),
        ],
        ledger,
    }
}
