//! What this program is: its version, the commit it was built from, and the parts of others in it.

use serde::{Deserialize, Serialize};

/// Version, commit and its day in a line, such as `0.1.0 (d97bbffa12, 2026-11-28)`.
pub const LINE: &str = env!("CROSSWALK_VERSION_LINE");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct About {
    pub version: String,
    /// 40 hexadecimal digits; `None` where it was built without a checkout and nobody said.
    pub commit: Option<String>,
    /// RFC 3339, UTC.
    pub committed_at: Option<String>,
    /// By kind and name. Those of Linux, macOS and Windows; each has nearly all of them.
    pub parts: Vec<Part>,
}

/// Something of others that ships in the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
pub struct Part {
    pub kind: PartKind,
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub licence: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wire", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Of Rust.
    Crate,
    /// Of the page in the window.
    Npm,
    /// A library in C, inside of a crate.
    C,
}

/// Of the program that asks.
pub fn about() -> About {
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: known(env!("CROSSWALK_COMMIT")),
        committed_at: known(env!("CROSSWALK_COMMITTED_AT")),
        parts: serde_json::from_str(include_str!("../data/parts.json")).expect("the list was parsed in the tests"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_licence() {
        let about = about();
        assert!(about.parts.len() > 300, "{} parts", about.parts.len());
        let lacking: Vec<_> =
            about.parts.iter().filter(|part| part.licence.is_empty() || part.version.is_empty()).collect();
        assert!(lacking.is_empty(), "{lacking:?}");
        for (kind, name) in [(PartKind::Crate, "rusqlite"), (PartKind::Npm, "react"), (PartKind::C, "SQLite")] {
            assert!(about.parts.iter().any(|part| part.kind == kind && part.name == name), "{name} is not listed");
        }
    }

    #[test]
    fn the_line_holds_version_and_commit() {
        let about = about();
        assert!(LINE.starts_with(&about.version), "{LINE}");
        match about.commit {
            Some(commit) => assert!(LINE.contains(&commit[..10]), "{LINE}"),
            None => assert!(LINE.contains("unknown commit"), "{LINE}"),
        }
    }
}
