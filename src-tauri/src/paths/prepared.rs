//! Answers prepared for a test, in place of dialogs. Builds that are shipped leave this out.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{FileDialogs, must_be_there};
use crate::{error::Answer, requests::ChoosePath};

const VARIABLE: &str = "CROSSWALK_E2E_PATHS";

/// Reads a file with one answer a line: `kind TAB path[;path…]`, the kind as in `PathKind` on the wire. Each line
/// answers once, those of a kind in their order; after the last, or without a file, nothing is chosen.
pub struct Prepared {
    file: Option<PathBuf>,
    /// Lines used so far, by kind.
    used: Mutex<HashMap<String, usize>>,
}

impl Prepared {
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { file, used: Mutex::default() }
    }

    /// From the environment's `CROSSWALK_E2E_PATHS`.
    pub fn from_environment() -> Self {
        Self::new(std::env::var_os(VARIABLE).map(PathBuf::from))
    }

    /// Whether a test has prepared anything.
    pub fn is_given(&self) -> bool {
        self.file.is_some()
    }
}

impl FileDialogs for Prepared {
    fn choose(&self, wish: &ChoosePath) -> Vec<PathBuf> {
        let kind = serde_json::to_value(wish.what).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
        // Read anew each time: a test may add to it while the program runs.
        let lines = self.file.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        let answers = lines.lines().filter_map(|line| line.split_once('\t')).filter(|(of, _)| *of == kind);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let used = used.entry(kind.to_owned()).or_default();
        let Some((_, paths)) = answers.into_iter().nth(*used) else { return Vec::new() };
        *used += 1;
        paths.split(';').filter(|path| !path.is_empty()).map(PathBuf::from).collect()
    }

    /// Opens nothing: there is nobody to look.
    fn show(&self, file: &Path) -> Answer<()> {
        must_be_there(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::PathKind;

    #[test]
    fn each_line_answers_once_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answers");
        fs::write(&file, "snapshot_files\t/a.sql;/b.csv\nsave_workbook\t/m.xlsx\nsnapshot_files\t/c.sql\n").unwrap();
        let prepared = Prepared::new(Some(file));
        let ask = |what| prepared.choose(&ChoosePath { what, suggested_name: None });
        let (files, save) = (PathKind::SnapshotFiles, PathKind::SaveWorkbook);
        let cases: [(PathKind, &[&str]); 6] = [
            (files, &["/a.sql", "/b.csv"]),
            (files, &["/c.sql"]),
            (files, &[]),
            (save, &["/m.xlsx"]),
            (save, &[]),
            (PathKind::OpenProject, &[]),
        ];
        for (what, expected) in cases {
            assert_eq!(ask(what), expected.iter().map(PathBuf::from).collect::<Vec<_>>(), "{what:?}");
        }
    }

    #[test]
    fn without_a_file_nothing_is_chosen() {
        let wish = ChoosePath { what: PathKind::NewProject, suggested_name: None };
        assert!(Prepared::new(None).choose(&wish).is_empty());
    }
}
