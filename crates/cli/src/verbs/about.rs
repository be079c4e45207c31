//! What this program is.

use ::about::{LINE, PartKind, about as facts};
use engine::Result;

use crate::Done;
use crate::arguments::All;
use crate::print::{Grid, counted, json, out};

pub fn about(all: &All) -> Result<Done> {
    let facts = facts();
    if all.json {
        json(&facts)?;
        return Ok(Done::Well);
    }
    out(&format!("crosswalk {LINE}"))?;
    if let (Some(commit), Some(at)) = (&facts.commit, &facts.committed_at) {
        out(&format!("commit {commit} of {at}"))?;
    }
    out(&format!(
        "\nThird-party software that ships with it on Linux, macOS or Windows, {}:\n",
        counted(facts.parts.len() as u64, "package")
    ))?;
    let mut grid = Grid::new(&["package", "version", "licence", "kind"]);
    for part in facts.parts {
        let kind = match part.kind {
            PartKind::Crate => "Rust",
            PartKind::Npm => "npm",
            PartKind::C => "C",
        };
        grid.row(vec![part.name, part.version, part.licence, kind.to_owned()]);
    }
    grid.print()?;
    Ok(Done::Well)
}
