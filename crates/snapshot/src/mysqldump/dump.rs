//! What is known of a dump while it is read.

use std::collections::{BTreeSet, HashMap};

use super::settings::Settings;
use super::tab_rows::TabRows;
use super::trigger::Trigger;
use crate::script::odd::OddValues;

/// SQL of MySQL and MariaDB, and what its statements so far make of those to come.
pub struct MySql {
    pub(super) settings: Settings,
    pub(super) delimiter: Vec<u8>,
    /// Those that inserting runs.
    pub(super) triggers: Vec<Trigger>,
    /// Rows in a file that was asked for.
    pub(super) asked: Option<(Settings, TabRows)>,
    /// Tables whose rows the server may have chosen among.
    pub(super) resolving: BTreeSet<usize>,
    /// The character set that `CREATE DATABASE` gives a database's tables.
    pub(super) database_charsets: HashMap<String, String>,
    /// Variables of the user's, which dumps keep settings in.
    pub(super) variables: HashMap<String, String>,
    pub(super) file: FileState,
    /// Files whose `source` line led to the one being read.
    pub(super) including: Vec<Including>,
}

/// What is known of the one file being read.
#[derive(Default)]
pub struct FileState {
    /// The header says it is a dump, whose footer must then follow.
    pub dump_header: bool,
    pub footer: bool,
    /// It is no script but the rows of a table.
    pub tab: Option<TabRows>,
    /// The first `SET NAMES`.
    pub names: Option<String>,
}

/// What is known of a file that waits for the one it names.
pub struct Including {
    pub state: FileState,
    /// What is odd of its values so far.
    pub odd: OddValues,
    /// Those in force there, where the other file has its own.
    pub settings: Option<Settings>,
}

impl Default for MySql {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            delimiter: b";".to_vec(),
            triggers: Vec::new(),
            asked: None,
            resolving: BTreeSet::new(),
            database_charsets: HashMap::new(),
            variables: HashMap::new(),
            file: FileState::default(),
            including: Vec::new(),
        }
    }
}
