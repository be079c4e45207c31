//! Workbooks that are written: beside the library alone, writing the same cells.

use std::path::{Path, PathBuf};

use super::{
    figures::{Row, Rows, row},
    prepared::{Prepared, cleared, place},
    trial::{Runner, in_turns},
};
use crate::shell::{self, cargo, command, target};

/// Of an engagement of 2,000 tables.
pub fn held(prepared: &Prepared) -> Rows {
    let project = large()?;
    let map = book(prepared, &project, "map", &[], ("map of 2,000 tables × 30 columns", "≤ 3 ×, ≤ 96 MB"))?;
    let must = ("samples of 2,000 tables × 30 columns, 31 rows each", "≤ 2 ×, ≤ 96 MB");
    Ok(vec![map, book(prepared, &project, "samples", &["--rows", "31"], must)?])
}

/// All rows of the workbook that was loaded last.
pub fn all_rows(prepared: &Prepared) -> Result<Row, String> {
    let project = place("ours")?.join("p.crosswalk");
    let must = ("workbook of 100,000 × 30: deidentified, written, searched", "≤ 1.8 ×, ≤ 64 MB");
    book(prepared, &project, "samples", &["--rows", "100000"], must)
}

/// The export, and the library that writes its cells.
fn book(
    prepared: &Prepared,
    project: &Path,
    what: &'static str,
    options: &'static [&str],
    (work, must): (&str, &'static str),
) -> Result<Row, String> {
    let folder = place("workbook")?;
    let (ours, cells, theirs) = (folder.join("ours.xlsx"), folder.join("cells"), folder.join("theirs.xlsx"));
    let export = export(prepared, project, what, options, &ours);
    // What it writes must be there before it can be written again; surrogates are given the first time only.
    (export.before)()?;
    let first = (export.command)().status().map_err(|error| error.to_string())?;
    if !first.code().is_some_and(|code| export.done.contains(&code)) {
        return Err(format!("`crosswalk export {what}` failed"));
    }
    shell::run(command(&prepared.bare_workbook).arg("take").arg(&ours).arg(&cells))?;
    let (program, old) = (prepared.bare_workbook.clone(), theirs.clone());
    let bare = Runner {
        name: "rust_xlsxwriter, the same cells".to_owned(),
        before: Box::new(move || cleared(&old)),
        command: Box::new(move || {
            let mut put = command(&program);
            put.arg("put").arg(&cells).arg(&theirs);
            put
        }),
        done: &[0],
    };
    let taken = in_turns(&[bare, export])?;
    Ok(row(work, must, &taken[1], &taken[0]))
}

fn export(prepared: &Prepared, project: &Path, what: &'static str, options: &'static [&str], out: &Path) -> Runner {
    let (crosswalk, project, out) = (prepared.crosswalk.clone(), project.to_path_buf(), out.to_path_buf());
    let old = out.clone();
    Runner {
        name: format!("crosswalk export {what}"),
        before: Box::new(move || cleared(&old)),
        command: Box::new(move || {
            let mut export = command(&crosswalk);
            export.arg("export").arg(&project).arg(what).arg(&out).args(options);
            export
        }),
        // 3: cells that were cut are told.
        done: &[0, 3],
    }
}

/// A project of 2,000 tables. Made once.
fn large() -> Result<PathBuf, String> {
    let folder = place("large")?;
    let project = folder.join("large.crosswalk");
    if !folder.join("whole").is_file() {
        cleared(&project)?;
        shell::run(cargo().args(["build", "--release", "--package", "engine", "--example", "large"]))?;
        let large = target().join("release/examples").join(format!("large{}", std::env::consts::EXE_SUFFIX));
        shell::run(command(&large).arg(&folder))?;
        std::fs::write(folder.join("whole"), "").map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(project)
}
