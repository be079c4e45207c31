//! The file of a staging store: its name, its repair, and what is told where SQLite refuses.

use std::path::Path;

use crate::error::{Error, Result};
use crate::store::{Access, answered, open};

pub(super) const NAME: &str = "staging.db";

pub(in crate::store) fn said(source: rusqlite::Error) -> Error {
    answered(NAME)(source)
}

/// A correction that the power failed under is rolled back: who only reads cannot do that, and would be refused.
pub(super) fn mend(path: &Path) -> Result<()> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if !Path::new(&journal).exists() {
        return Ok(());
    }
    let connection = open(path, NAME, Access::Change)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, u64>(0)).map_err(said)?;
    Ok(())
}
