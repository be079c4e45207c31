//! Where the data lies that tests and the bench need and that others own: the folder that `CROSSWALK_DATA` names, else
//! `../shared` beside the checkout.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};

const NAMED_BY: &str = "CROSSWALK_DATA";

/// The folder with all of it, whether it is there or not.
pub fn folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = env::var_os(NAMED_BY).map_or_else(beside, PathBuf::from);
    path.canonicalize().unwrap_or(path)
}

/// A file or folder of it. `None`, said on stderr, where nobody named a folder and none lies beside the checkout.
///
/// # Panics
///
/// A folder is named and does not have it: a test that is told where its data lies does not pass without.
pub fn data(within: &str) -> Option<PathBuf> {
    let path = folder().join(within);
    if path.exists() {
        return Some(path);
    }
    assert!(env::var_os(NAMED_BY).is_none(), "{NAMED_BY} is set, but there is no {}", path.display());
    // Past the test harness, which keeps what a passing test prints to itself.
    let _ = writeln!(std::io::stderr(), "\n*** SKIPPED: there is no {}: set {NAMED_BY} ***\n", path.display());
    None
}
