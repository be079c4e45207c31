//! Who writes a project: one person on one computer at a time. SQLite orders the programs of one computer; between two
//! computers, on a shared drive, its log cannot.
//!
//! Each person has a file in the project, locked for as long as a program of theirs has the project open. A lock ends
//! with its program, however that ends; the file stays and means nothing.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::private;
use crate::path::made_fit;

/// Somebody who has a project open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub who: String,
    pub computer: String,
    /// RFC 3339, UTC.
    pub since: String,
}

/// A project's place among those who would write it.
#[derive(Debug)]
pub struct Claim {
    folder: PathBuf,
    holder: Holder,
    held: Mutex<Option<File>>,
}

const FRONT: &str = "open-";
const END: &str = ".lock";

impl Claim {
    pub fn new(folder: &Path, holder: Holder) -> Self {
        Self { folder: folder.to_path_buf(), holder, held: Mutex::default() }
    }

    /// Takes the project for this person on this computer, or answers who has it. Asked before every edit: whoever came
    /// second may write as soon as the first has closed the project.
    ///
    /// Where the file system knows no locks, nobody is kept out.
    pub fn take(&self) -> Result<(), Holder> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_some() {
            return Ok(());
        }
        self.nobody_else()?;
        let Some(file) = self.mark() else { return Ok(()) };
        // Two may have looked at the same moment; then neither has it, and the next edit asks again.
        self.nobody_else()?;
        *held = Some(file);
        Ok(())
    }

    fn own(&self) -> String {
        format!("{FRONT}{} {}{END}", made_fit(&self.holder.who), made_fit(&self.holder.computer))
    }

    fn nobody_else(&self) -> Result<(), Holder> {
        let own = self.own();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !(name.starts_with(FRONT) && name.ends_with(END)) || name == own {
                continue;
            }
            let Ok(mut file) = File::options().read(true).write(true).open(entry.path()) else { continue };
            if is_locked(&file) {
                return Err(told(&mut file));
            }
        }
        Ok(())
    }

    /// Locks this person's file; programs of the same person on the same computer share it.
    fn mark(&self) -> Option<File> {
        let path = self.folder.join(self.own());
        let mut file = private().create(true).truncate(false).open(path).ok()?;
        // Whoever has it locked already has said who it is.
        if file.try_lock().is_ok() {
            let said = serde_json::to_vec(&self.holder).unwrap_or_default();
            file.set_len(0).and_then(|()| file.write_all(&said)).ok()?;
            // Windows asks for it twice and is content with either.
            let _ = file.unlock();
        }
        // Somebody may be looking whether it is locked.
        for _ in 0..50 {
            match file.try_lock_shared() {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }
}

/// Whoever has the project has its lock for good; another who looks has it for a moment.
fn is_locked(file: &File) -> bool {
    (0..5).all(|tried| {
        if tried > 0 {
            thread::sleep(Duration::from_millis(10));
        }
        matches!(file.try_lock(), Err(TryLockError::WouldBlock))
    })
}

fn told(file: &mut File) -> Holder {
    let mut text = Vec::new();
    let _ = file.read_to_end(&mut text);
    serde_json::from_slice(&text).unwrap_or_else(|_| Holder {
        who: "somebody".to_owned(),
        computer: "another computer".to_owned(),
        since: "a moment ago".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(folder: &Path, who: &str, computer: &str) -> Claim {
        let since = "2026-03-01T09:12:00Z".to_owned();
        Claim::new(folder, Holder { who: who.into(), computer: computer.into(), since })
    }

    #[test]
    fn one_person_on_one_computer_writes() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let ana = claim(folder, "ana", "LAPTOP-7");
        assert_eq!(ana.take(), Ok(()));
        assert_eq!(ana.take(), Ok(()));
        assert_eq!(claim(folder, "ana", "LAPTOP-7").take(), Ok(()), "another program of hers");
        for (who, computer) in [("ben", "LAPTOP-7"), ("ana", "LAPTOP-8"), ("a/b:c", "x")] {
            let holder = claim(folder, who, computer).take().unwrap_err();
            assert_eq!((holder.who.as_str(), holder.computer.as_str()), ("ana", "LAPTOP-7"), "{who}");
        }
        let ben = claim(folder, "ben", "LAPTOP-7");
        assert!(ben.take().is_err());
        drop(ana);
        assert_eq!(ben.take(), Ok(()), "she has closed it");
        assert_eq!(claim(folder, "ana", "LAPTOP-7").take().unwrap_err().who, "ben");
    }

    #[test]
    fn what_a_program_left_that_was_killed_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("open-ana LAPTOP-7.lock"), "{\"who\":").unwrap();
        assert_eq!(claim(folder.path(), "ben", "LAPTOP-8").take(), Ok(()));
    }

    /// Ben had the project before; a window and a script of Ana's look at his file at the same moment.
    #[test]
    fn two_who_look_at_once_are_not_taken_for_a_third() {
        let folder = tempfile::tempdir().unwrap();
        drop(claim(folder.path(), "ben", "LAPTOP-8").take());
        for _ in 0..50 {
            let claims: Vec<Claim> = (0..4).map(|_| claim(folder.path(), "ana", "LAPTOP-7")).collect();
            thread::scope(|scope| {
                for claim in &claims {
                    scope.spawn(|| assert_eq!(claim.take(), Ok(())));
                }
            });
        }
    }

    #[test]
    fn several_at_once_are_one_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let claims: Vec<Claim> = (0..8).map(|n| claim(folder.path(), &format!("p{n}"), "x")).collect();
        for _ in 0..10 {
            thread::scope(|scope| claims.iter().for_each(|claim| drop(scope.spawn(|| claim.take()))));
            let holding = claims.iter().filter(|claim| claim.held.lock().unwrap().is_some()).count();
            assert!(holding <= 1, "{holding} hold it");
        }
    }
}
