//! The projects opened lately: a small file of the user's, which may be lost without harm.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use engine::disk;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::requests::Recent;

const MOST: usize = 20;

pub struct Recents {
    /// None where the system names no folder for settings: then nothing is remembered.
    file: Option<PathBuf>,
    /// One change at a time: each reads, changes and writes the whole file.
    changing: Mutex<()>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    name: String,
    opened_at: String,
}

impl Recents {
    pub fn new(folder: Option<&Path>) -> Self {
        Self { file: folder.map(|folder| folder.join("recents.json")), changing: Mutex::new(()) }
    }

    /// Newest first.
    pub fn all(&self) -> Vec<Recent> {
        let recent = |line: Line| Recent {
            exists: Path::new(&line.path).is_dir(),
            path: line.path,
            name: line.name,
            opened_at: line.opened_at,
        };
        self.read().into_iter().map(recent).collect()
    }

    /// Puts a project first. `at` is RFC 3339, UTC.
    pub fn add(&self, path: &str, name: &str, at: &str) -> io::Result<()> {
        self.change(|lines| {
            lines.retain(|line| line.path != path);
            let line = Line { path: path.to_owned(), name: name.to_owned(), opened_at: at.to_owned() };
            lines.insert(0, line);
            lines.truncate(MOST);
        })
    }

    pub fn forget(&self, path: &str) -> io::Result<()> {
        self.change(|lines| lines.retain(|line| line.path != path))
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Line>)) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines = self.read();
        change(&mut lines);
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // Written beside and put in place at once: whoever reads sees the old list or the new one.
        let mut new = NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut new, &lines)?;
        new.flush()?;
        new.as_file().sync_all()?;
        // On Windows somebody may be reading the old one.
        disk::rename(&new.into_temp_path(), file)
    }

    /// An unreadable file is an empty list: it holds nothing that cannot be found again.
    fn read(&self) -> Vec<Line> {
        let text = self.file.as_ref().and_then(|file| fs::read(file).ok()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(recents: &Recents) -> Vec<String> {
        recents.all().into_iter().map(|recent| recent.name).collect()
    }

    #[test]
    fn newest_first_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let recents = Recents::new(Some(&folder.path().join("not yet there")));
        for name in ["harbor", "bay", "harbor"] {
            recents.add(&format!("/p/{name}.crosswalk"), name, "2026-01-02T03:04:05Z").unwrap();
        }
        assert_eq!(names(&recents), ["harbor", "bay"]);
        recents.forget("/p/harbor.crosswalk").unwrap();
        assert_eq!(names(&recents), ["bay"]);
    }

    #[test]
    fn twenty_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let recents = Recents::new(Some(folder.path()));
        for n in 0..25 {
            recents.add(&format!("/p/{n}"), &n.to_string(), "").unwrap();
        }
        let names = names(&recents);
        assert_eq!((names.len(), &*names[0], &*names[19]), (20, "24", "5"));
    }

    #[test]
    fn says_which_are_still_there() {
        let folder = tempfile::tempdir().unwrap();
        let recents = Recents::new(Some(folder.path()));
        recents.add(folder.path().to_str().unwrap(), "there", "").unwrap();
        recents.add("/nowhere/gone.crosswalk", "gone", "").unwrap();
        let exists: Vec<bool> = recents.all().iter().map(|recent| recent.exists).collect();
        assert_eq!(exists, [false, true]);
    }

    #[test]
    fn a_broken_file_is_an_empty_list_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("recents.json"), "[{\"path\": \"/p/cut of").unwrap();
        let recents = Recents::new(Some(folder.path()));
        assert!(recents.all().is_empty());
        recents.add("/p/bay", "bay", "").unwrap();
        assert_eq!(names(&recents), ["bay"]);
    }

    #[test]
    fn readers_and_writers_at_once_never_see_half_a_list() {
        let folder = tempfile::tempdir().unwrap();
        let recents = Recents::new(Some(folder.path()));
        recents.add("/p/first", "first", "").unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let recents = &recents;
                scope.spawn(move || recents.add(&format!("/p/{writer}"), "more", "").unwrap());
                scope.spawn(move || assert!(names(recents).contains(&"first".to_owned())));
            }
        });
        assert_eq!(recents.all().len(), 5);
        // No temporary file stays behind.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
