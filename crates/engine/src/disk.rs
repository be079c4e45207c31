//! Files on the disk: a project's are their owner's alone, what others rest on is forced to the disk, and nothing half
//! has the name that it is to have when it is whole.

mod claim;
mod held;
mod part;
mod synchronised;

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

pub use claim::{Claim, Holder};
pub use held::rename;
pub use part::Part;
pub use synchronised::synchronised;

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
    use std::fs;
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

/// Bytes that are free where a folder is, or will be. Where the system does not say, its own refusal must do.
pub fn free(folder: &Path) -> u64 {
    let nearest = folder.ancestors().find(|folder| folder.exists());
    nearest.and_then(|folder| fs4::available_space(folder).ok()).unwrap_or(u64::MAX)
}

/// Forces a file to the disk. Windows does so only through a handle that may write.
pub fn force(file: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(file)?.sync_all()
}

/// Forces a folder's entries to the disk, where the system knows such a thing: on Windows a folder cannot be opened so.
pub fn force_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}
