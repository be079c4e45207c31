//! Which column points at which table: the foreign keys that a legacy schema declares, those that its names and values
//! give away, and the path from every table to the one that holds people.
//!
//! Rules only. Values are looked at through [`Values`], which whoever holds the rows brings along; here are no files, no
//! SQL, and nothing of the other crates. What comes out names rows by their number and never says what stands in one.
//!
//! Numbers that count from 1 are all contained in one another, so between such columns names decide, and values only
//! object. Codes, GUIDs and numbers with gaps speak for themselves.

mod chance;
mod entity;
mod evidence;
mod judge;
mod naming;
pub mod path;
mod relationship;
mod role;
mod schema;
mod search;
#[cfg(test)]
mod tests;
mod values;
mod vocabulary;
pub mod words;

pub use evidence::Evidence;
pub use relationship::{Alternative, Cardinality, Origin, Relationship};
pub use role::names_another;
pub use schema::{Column, DeclaredKey, Key, KeyKind, Schema, Table, ValueKind};
pub use search::relate;
pub use values::{ColumnAt, Contained, EXAMPLES, Pair, Sampled, Values};
