//! What can be typed after `crosswalk map PROJECT`.

use clap::Subcommand;

use super::page::Page;

#[derive(Debug, Subcommand)]
pub enum MapVerb {
    /// What becomes of tables or columns: discrete, summary, both, file, custom, archive, not_migrated, undecided.
    Disposition {
        disposition: String,
        /// TABLE or TABLE.COLUMN.
        #[arg(required = true)]
        what: Vec<String>,
        #[arg(long)]
        reason: Option<String>,
    },
    /// Put tables into a module; an empty name takes them out.
    Module {
        name: String,
        #[arg(required = true)]
        tables: Vec<String>,
    },
    /// A comment on a table or column; for a column also its label on documents.
    Note {
        what: String,
        #[arg(long)]
        comment: Option<String>,
        #[arg(long)]
        description: Option<String>,
        #[arg(long)]
        reason: Option<String>,
    },
    /// Modules and what they hold.
    Modules,
    /// Set up a module.
    PutModule {
        name: String,
        #[arg(long, default_value_t = 0)]
        order: u32,
        /// undecided, mapped, in_build, internal_test, client_test, verified, blocked, change_request.
        #[arg(long, default_value = "undecided")]
        status: String,
        #[arg(long, default_value = "")]
        comment: String,
    },
    /// Set up a component of a module, or change it; FIELD=VALUE for doc_type, get_pat_id, … as in the Module Summary sheet.
    PutComponent {
        module: String,
        component: String,
        /// Its place: the others make room.
        #[arg(long, default_value_t = 0)]
        order: u32,
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Remove a component of a module.
    RemoveComponent { module: String, component: String },
    /// Tables, interfaces and what is connected.
    Overview,
    /// Both sides of one connection, field by field.
    Detail { table: String, interface: String },
    /// Connect a table to a target interface.
    Connect { table: String, interface: String },
    /// Move a table's connection to another interface; mappings to the earlier one go with it.
    Move { table: String, from: String, to: String },
    /// Take a connection away, with the mappings that go over it.
    Disconnect { table: String, interface: String },
    /// Map TABLE.COLUMN to INTERFACE.FIELD; several such pairs are one edit.
    Field {
        #[arg(required = true, num_args = 2.., value_names = ["TABLE.COLUMN", "INTERFACE.FIELD"])]
        pairs: Vec<String>,
    },
    /// Have INTERFACE.FIELD hold the same in every record.
    Constant { target: String, value: String },
    /// Leave INTERFACE.FIELD without a source, and say why.
    Waive {
        target: String,
        #[arg(long)]
        reason: String,
    },
    /// Change a mapping.
    Change {
        id: String,
        #[arg(long)]
        field: Option<String>,
        #[arg(long)]
        order: Option<u32>,
        #[arg(long)]
        description: Option<String>,
        #[arg(long)]
        transform: Option<String>,
        #[arg(long)]
        comment: Option<String>,
        /// proposed, mapped, checked, waived.
        #[arg(long)]
        status: Option<String>,
    },
    /// Remove a mapping.
    Remove { id: String },
    /// Take the latest edit back.
    Undo,
    /// Make the edit again that was taken back last.
    Redo,
    /// Who did what, newest first.
    Log {
        #[command(flatten)]
        page: Page,
    },
}
