//! Windows lets nobody rename or remove what another program has open, be it for the blink of an eye.

use std::io;
use std::path::Path;
use std::time::Duration;
use std::{fs, thread};

/// Antivirus programs and search indexers look at every new file, mostly for less than a second.
const PATIENCE: [u64; 7] = [10, 30, 60, 200, 500, 1000, 2000];

/// Gives a file or folder another name. What another program holds is tried again for some seconds.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to), is_held, |pause| thread::sleep(Duration::from_millis(pause)))
}

/// Whether a name could not be given, or taken, because another program has the file open: errors 32 and 33 of Windows,
/// and 5, which there also says that a file is read-only.
pub fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Whether a file could not be opened because another program has it open, and for nothing else.
pub fn is_open_elsewhere(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

fn patiently(
    act: impl Fn() -> io::Result<()>,
    held: impl Fn(&io::Error) -> bool,
    pause: impl Fn(u64),
) -> io::Result<()> {
    let mut pauses = PATIENCE.into_iter();
    loop {
        match act() {
            Err(error) if held(&error) => match pauses.next() {
                Some(milliseconds) => pause(milliseconds),
                None => return Err(error),
            },
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How often it is tried, and whether it succeeds, where the first so many times fail with an error of the system.
    fn tried(failures: usize, code: i32) -> (usize, bool) {
        let times = Cell::new(0);
        let act = || {
            times.set(times.get() + 1);
            if times.get() > failures { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
        };
        let done = patiently(act, |error| matches!(error.raw_os_error(), Some(5 | 32)), |_| ());
        (times.get(), done.is_ok())
    }

    #[test]
    fn what_is_held_for_a_moment_is_tried_again_and_nothing_else() {
        assert_eq!(tried(0, 32), (1, true));
        assert_eq!(tried(3, 32), (4, true));
        assert_eq!(tried(3, 5), (4, true));
        assert_eq!(tried(99, 32), (PATIENCE.len() + 1, false));
        assert_eq!(tried(3, 28), (1, false));
    }

    /// Somebody reads the file for half a second; meanwhile it gets its name all the same.
    #[test]
    fn a_reader_only_delays_a_new_name() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old").unwrap();
        let reader = held_open(&to);
        let waiting = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            drop(reader);
        });
        rename(&from, &to).unwrap();
        waiting.join().unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "new");
    }

    /// As Excel and antivirus programs do.
    fn held_open(path: &Path) -> fs::File {
        let mut options = fs::File::options();
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
        options.read(true).open(path).unwrap()
    }
}
