//! Where something is.

use std::path::PathBuf;

use clap::Args;

use super::Page;

#[derive(Debug, Clone, Args)]
pub struct Find {
    pub project: PathBuf,
    /// Words, or the beginnings of words; numbers are met whole.
    pub text: String,
    /// Do not look at values.
    #[arg(long, conflicts_with = "rows")]
    pub names: bool,
    /// The rows in which this column holds it, masked, instead of where it is.
    #[arg(long, value_name = "TABLE.COLUMN")]
    pub rows: Option<String>,
    #[command(flatten)]
    pub page: Page,
    /// Show the rows whole; this is logged.
    #[arg(long, requires = "rows")]
    pub raw: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Follow {
    pub project: PathBuf,
    /// The number of the person's row in the person table.
    pub row: Option<u64>,
    /// Only people whose row holds this, in any column.
    #[arg(long, default_value = "", conflicts_with = "row")]
    pub text: String,
    /// The person's rows of this table, masked, instead of the tables.
    #[arg(long, requires = "row")]
    pub table: Option<String>,
    #[command(flatten)]
    pub page: Page,
    /// Show rows whole; this is logged.
    #[arg(long)]
    pub raw: bool,
}
