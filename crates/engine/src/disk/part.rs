//! A file that has its name only when it is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::force_folder;
use super::held::{is_held, is_open_elsewhere, rename};
use crate::error::{Error, Result};
use crate::path::{shown, unfit};

/// A file that is written beside its target, and has a name of its own until it is whole. It goes when it is dropped
/// before.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    target: PathBuf,
}

impl Part {
    /// Names a part of `target`, and removes what a killed program left of such a one: nobody searched that for people.
    pub fn of(target: &Path, random: u64) -> Result<Self> {
        let said = shown(target);
        let Some(name) = target.file_name() else {
            return Err(Error::refused(format!("{said} is no name of a file")));
        };
        if target.is_dir() {
            return Err(Error::refused(format!("{said} is a folder: name the file in it")));
        }
        let folder = folder_of(target);
        if !folder.is_dir() {
            let folder = shown(folder);
            return Err(Error::refused(format!("there is no folder {folder}: make it, or choose another")));
        }
        let name = name.to_string_lossy();
        if let Some(why) = unfit(&name) {
            return Err(Error::refused(format!(
                "{name} cannot be a file's name on every system: {why}. Choose another"
            )));
        }
        // Better now than after all the work.
        if target.exists() && File::options().write(true).open(target).is_err_and(|error| is_open_elsewhere(&error)) {
            return Err(Error::refused(format!(
                "{said} is open in another program, such as Excel: close it there, or save under another name"
            )));
        }
        let start = format!(".{name}.");
        sweep(folder, &start);
        let path = target.with_file_name(format!("{start}{:08x}.part", random & 0xffff_ffff));
        Ok(Self { path, target: target.to_path_buf() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the file its name, and answers where it is. Whatever was there under it is replaced, unless another program
    /// has that open or it is read-only on Windows: then it is put beside it under the next free name, for what is whole
    /// is not thrown away.
    pub fn name(self) -> io::Result<PathBuf> {
        let at = match rename(&self.path, &self.target) {
            // A folder is refused in the same words.
            Err(error) if is_held(&error) && !self.target.is_dir() => self.beside().ok_or(error)?,
            renamed => renamed.map(|()| self.target.clone())?,
        };
        // The file is whole by now, whatever becomes of its entry; not every file system takes a folder's flush.
        let _ = force_folder(folder_of(&self.target));
        Ok(at)
    }

    fn beside(&self) -> Option<PathBuf> {
        let stem = self.target.file_stem()?.to_string_lossy();
        let ending = self.target.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
        let names = (2..100).map(|n| self.target.with_file_name(format!("{stem} ({n}){ending}")));
        let mut free = names.filter(|path| !path.exists());
        free.find(|path| fs::rename(&self.path, path).is_ok())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may have its name by now, or never have been begun.
        let _ = fs::remove_file(&self.path);
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn sweep(folder: &Path, start: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let found = found.to_string_lossy();
        let ours = found.starts_with(start) && found.ends_with(".part");
        // A younger one may be another export at work.
        let old = |modified: std::time::SystemTime| modified.elapsed().is_ok_and(|age| age.as_secs() > 600);
        if ours && entry.metadata().and_then(|m| m.modified()).is_ok_and(old) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_windows_takes_for_something_else_is_refused_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["nul.xlsx", "map:2.xlsx", "map.xlsx."] {
            let refused = Part::of(&folder.path().join(name), 1).unwrap_err().to_string();
            assert!(refused.contains("Choose another"), "{refused}");
        }
        assert!(Part::of(&folder.path().join("Zürich 李 😀.xlsx"), 1).is_ok());
    }

    /// It is no other program's, whatever Windows says of it.
    #[test]
    fn a_workbook_that_is_read_only_is_not_taken_for_open() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("map.xlsx");
        fs::write(&target, "old").unwrap();
        let mut rights = fs::metadata(&target).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&target, rights).unwrap();
        let part = Part::of(&target, 1).unwrap();
        fs::write(part.path(), "new").unwrap();
        let at = part.name().unwrap();
        assert_eq!(fs::read_to_string(at).unwrap(), "new");
    }

    /// Excel opens a workbook before it is exported anew, or while it is.
    #[cfg(windows)]
    #[test]
    fn a_workbook_that_excel_holds_is_not_replaced_and_the_new_one_not_lost() {
        use std::os::windows::fs::OpenOptionsExt;

        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("map.xlsx");
        fs::write(&target, "old").unwrap();
        let held = || File::options().read(true).share_mode(1).open(&target).unwrap();
        let excel = held();
        let refused = Part::of(&target, 1).unwrap_err().to_string();
        assert!(refused.contains("open in another program"), "{refused}");
        drop(excel);
        let part = Part::of(&target, 1).unwrap();
        fs::write(part.path(), "new").unwrap();
        let excel = held();
        let at = part.name().unwrap();
        drop(excel);
        assert_eq!(at, folder.path().join("map (2).xlsx"));
        assert_eq!(
            (fs::read_to_string(&target).unwrap(), fs::read_to_string(&at).unwrap()),
            ("old".into(), "new".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
