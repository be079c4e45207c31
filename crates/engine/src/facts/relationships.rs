//! Which column points at which table, and how each table reaches the one that holds people.

use serde::{Deserialize, Serialize};

use crate::mapping::Judgement;
use crate::source::{ColumnKey, TableKey};

facts! {
    /// Holds no cell's text: rows are named by their numbers.
    pub struct RelationshipFacts {
        /// In the order of child tables and columns.
        pub relations: Vec<Relation>,
        /// The table whose rows are people; `null` where none looks so.
        pub person_table: Option<PersonTable>,
        /// Of every other table that reaches it.
        pub paths: Vec<PersonPath>,
        /// Tables that do not reach it: where data drops out of a chart.
        pub without_path: Vec<UnreachedTable>,
    }

    /// Columns of a child table that point at rows of a parent table.
    pub struct Relation {
        pub from: RelationEnd,
        pub to: RelationEnd,
        pub kind: RelationKind,
        pub state: RelationState,
        /// From 0 to 1; 1 where it is declared or confirmed.
        pub confidence: f64,
        /// Share of the rows that hold something whose parent is there, from 0 to 1; `null` where no row does.
        pub coverage: Option<f64>,
        /// Child rows that hold something.
        pub rows: u64,
        /// Of those, rows whose parent is not there.
        pub orphans: u64,
        /// Different values of the orphans, at least.
        pub orphan_values: u64,
        /// Rows that hold 0, which is no key there: taken for none, and not counted as orphans.
        pub zeros: u64,
        /// Different values of the child column; 0 for several columns.
        pub distinct: u64,
        pub cardinality: RelationCardinality,
        /// Numbers of the first orphans' rows, from 1.
        pub examples: Vec<u64>,
        pub evidence: Vec<RelationEvidence>,
        /// Other parents that fit nearly as well, best first.
        pub alternatives: Vec<RelationAlternative>,
        /// Who confirmed or rejected it, and when; empty where nobody did.
        pub who: String,
        pub when: String,
    }

    pub struct RelationEnd {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub columns: Vec<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum RelationKind { Declared, Inferred, Added }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum RelationState { Proposed, Confirmed, Rejected }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum RelationCardinality { OneToOne, ManyToOne, Unknown }

    pub struct RelationEvidence {
        /// For scripts: `names_table`, `all_found`, …
        pub code: String,
        /// For people.
        pub text: String,
    }

    pub struct RelationAlternative {
        pub to: RelationEnd,
        pub confidence: f64,
        pub coverage: Option<f64>,
    }

    pub struct PersonTable {
        pub table_key: TableKey,
        pub database: Option<String>,
        pub table: String,
        /// Its key's columns.
        pub key: Vec<String>,
        pub rows: u64,
        /// Tables that reach it.
        pub reached_by: u64,
    }

    pub struct PersonPath {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
        pub steps: Vec<PathStep>,
        /// The least confidence of a step.
        pub confidence: f64,
        /// Such as `reaches employee by visit_id → visit.id, employee_id → employee.id`.
        pub text: String,
    }

    pub struct PathStep {
        pub from: RelationEnd,
        pub to: RelationEnd,
    }

    pub struct UnreachedTable {
        pub key: TableKey,
        pub database: Option<String>,
        pub table: String,
        pub rows: u64,
    }

    /// Empty: all.
    #[derive(Default)]
    #[serde(default)]
    pub struct RelationshipQuery {
        /// Only what this table points at, or what points at it, and its path.
        pub table: Option<TableKey>,
    }

    /// A person's word on one relationship. The columns stand in the same order on both sides.
    pub struct RelationJudged {
        pub child: Vec<ColumnKey>,
        pub parent: Vec<ColumnKey>,
        /// `null` takes it back.
        pub judgement: Option<Judgement>,
    }
}
