//! Which part of a long list.

use clap::Args;

#[derive(Debug, Clone, Args)]
pub struct Page {
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
    #[arg(long, default_value_t = 20)]
    pub limit: u64,
}
