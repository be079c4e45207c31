//! Files on the disk: a project's are their owner's alone, what others rest on is forced to the disk, and nothing half
//! has the name that it is to have when it is whole.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// To read and write; a file that is made this way is its owner's alone. Windows knows no such thing at this place: there
/// a file has the access of its folder, and folders of a user's profile are the user's.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that is its owner's alone, and those above it that are missing.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes a folder and what is in it from everybody but their owner, as far as the system lets us. Links are left alone.
#[cfg(unix)]
pub fn close_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let Ok(about) = fs::symlink_metadata(folder) else { return };
    let mode = about.permissions().mode();
    if about.is_symlink() {
        return;
    }
    if mode & 0o077 != 0 {
        // Somebody else's, or on a disk without such rights: the folder's owner has to see to it.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o7700));
    }
    if about.is_dir() {
        fs::read_dir(folder).into_iter().flatten().flatten().for_each(|entry| close_to_others(&entry.path()));
    }
}

/// Files have the access of their folder, which is the user's own in a user's profile.
#[cfg(not(unix))]
pub fn close_to_others(_folder: &Path) {}

/// Forces a file to the disk. Windows does so only through a handle that may write.
pub fn force(file: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(file)?.sync_all()
}

/// Forces a folder's entries to the disk, where the system knows such a thing: on Windows a folder cannot be opened so.
pub fn force_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}

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
        let Some(name) = target.file_name() else {
            return Err(Error::refused(format!("{} is no name of a file", target.display())));
        };
        if target.is_dir() {
            return Err(Error::refused(format!("{} is a folder: name the file in it", target.display())));
        }
        let folder = folder_of(target);
        if !folder.is_dir() {
            let folder = folder.display();
            return Err(Error::refused(format!("there is no folder {folder}: make it, or choose another")));
        }
        let start = format!(".{}.", name.to_string_lossy());
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

    /// Gives the file its name. Whatever was there under it is replaced.
    pub fn name(self) -> io::Result<()> {
        fs::rename(&self.path, &self.target)?;
        // The file is whole by now, whatever becomes of its entry; not every file system takes a folder's flush.
        let _ = force_folder(folder_of(&self.target));
        Ok(())
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
