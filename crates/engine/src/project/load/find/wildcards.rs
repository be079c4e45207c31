//! `*.csv`, where the shell did not put the files in its place: those of Windows never do.

use std::path::{Path, PathBuf};

use glob::MatchOptions;

use crate::error::{Error, Result};
use crate::path::shown;

/// The files and folders a path stands for, in the order of their names; itself, where it names something that is there
/// or holds no wildcard.
pub fn fitting(path: &Path) -> Result<Vec<PathBuf>> {
    let itself = || Ok(vec![path.to_path_buf()]);
    let Some(pattern) = path.to_str().filter(|text| text.contains(['*', '?', '['])) else { return itself() };
    // A file may well be called `export [2].csv`.
    if path.exists() {
        return itself();
    }
    // As Windows does, where A and a are one; elsewhere the shell has done its own.
    let how = MatchOptions { case_sensitive: !cfg!(windows), ..MatchOptions::new() };
    let Ok(found) = glob::glob_with(pattern, how) else { return itself() };
    let found: Vec<PathBuf> = found.flatten().collect();
    if found.is_empty() {
        return Err(Error::refused(format!("no file fits {}: see which there are in its folder", shown(path))));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn wildcards_stand_for_files_unless_a_file_is_called_so() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv", "c.txt", "export [2].csv"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = |pattern: &str| {
            let found = fitting(&folder.path().join(pattern)).map_err(|error| error.to_string())?;
            Ok(found.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect())
        };
        for (pattern, expected) in [
            ("a.csv", vec!["a.csv"]),
            ("?.csv", vec!["a.csv", "b.csv"]),
            ("*.csv", vec!["a.csv", "b.csv", "export [2].csv"]),
            ("[ab].csv", vec!["a.csv", "b.csv"]),
            ("export [2].csv", vec!["export [2].csv"]),
            ("gone.csv", vec!["gone.csv"]),
        ] {
            let expected: std::result::Result<Vec<String>, String> = Ok(expected.into_iter().map(Into::into).collect());
            assert_eq!(names(pattern), expected, "{pattern}");
        }
        let refused: std::result::Result<Vec<String>, String> = names("*.mdb");
        assert!(refused.unwrap_err().starts_with("no file fits "));
    }
}
