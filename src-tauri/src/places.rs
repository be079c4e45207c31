//! Where the window keeps what is the user's own: where the system has such things, or beside the program.

use std::{
    env,
    ffi::OsStr,
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// The folder beside the program that makes it keep everything there.
const BESIDE: &str = "Crosswalk data";
/// The option that makes that folder.
const OPTION: &str = "--portable";

/// The folders that are the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Settings.
    pub config: Option<PathBuf>,
    /// Made by the program, for the user to keep.
    pub data: Option<PathBuf>,
    /// The folder beside the program, where everything is kept there: also what the web view keeps for itself.
    pub beside: Option<PathBuf>,
}

/// The folder beside the program was asked for and cannot be made. Nothing may be kept elsewhere then.
#[derive(Debug)]
pub struct NoPlace {
    folder: PathBuf,
    why: io::Error,
}

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        write!(
            f,
            "{folder} cannot be made ({}). Start Crosswalk without {OPTION}, or from a disk that can be written.",
            self.why
        )
    }
}

impl Places {
    /// Of this start of the program: its own path and its arguments decide.
    pub fn of_this_start() -> Result<Self, NoPlace> {
        let Ok(program) = env::current_exe() else { return Ok(Self::system()) };
        let image = env::var_os("APPIMAGE").map(PathBuf::from);
        let asked = env::args_os().skip(1).any(|argument| argument == OPTION);
        Self::decide(&folder_of(&program, image.as_deref()), asked)
    }

    /// Where this system keeps such things.
    pub fn system() -> Self {
        let ours = |folder: PathBuf| folder.join("crosswalk");
        Self { config: dirs::config_dir().map(ours), data: dirs::data_dir().map(ours), beside: None }
    }

    /// Beside the program where a folder for it is there, or is asked for.
    fn decide(folder: &Path, asked: bool) -> Result<Self, NoPlace> {
        let beside = folder.join(BESIDE);
        if asked && let Err(why) = fs::create_dir_all(&beside) {
            return Err(NoPlace { folder: beside, why });
        }
        if !beside.is_dir() {
            return Ok(Self::system());
        }
        let places =
            Self { config: Some(beside.join("settings")), data: Some(beside.join("data")), beside: Some(beside) };
        for (_, folder) in places.variables() {
            // A stick that cannot be written any more still has what it had.
            let _ = fs::create_dir_all(folder);
        }
        Ok(places)
    }

    /// What the web view keeps for itself.
    pub(crate) fn web(&self) -> Option<PathBuf> {
        self.beside.as_ref().map(|beside| beside.join("web view"))
    }

    /// The variables that tell libraries of Linux where to keep theirs: the web view, the file chooser, fonts. The folders
    /// are there by then, for not every library makes its own.
    pub fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let of = |beside: &PathBuf| {
            VARIABLES.into_iter().map(|(name, folder)| (name, beside.join("system").join(folder))).collect()
        };
        self.beside.as_ref().filter(|_| cfg!(target_os = "linux")).map(of).unwrap_or_default()
    }
}

const VARIABLES: [(&str, &str); 4] = [
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_STATE_HOME", "state"),
];

/// The folder in which a person sees the program: an AppImage runs from where it is mounted, and on macOS the program lies
/// within the application.
fn folder_of(program: &Path, image: Option<&Path>) -> PathBuf {
    let seen = image.unwrap_or(program);
    let application = seen.ancestors().find(|folder| folder.extension() == Some(OsStr::new("app")));
    application.unwrap_or(seen).parent().unwrap_or(Path::new(".")).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_a_person_sees_the_program_in() {
        for (trap, program, image, expected) in [
            ("plain", "/media/stick/crosswalk-desktop", None, "/media/stick"),
            (
                "a mounted image",
                "/tmp/.mount_Cr/usr/bin/crosswalk-desktop",
                Some("/media/stick/c.AppImage"),
                "/media/stick",
            ),
            (
                "an application of macOS",
                "/Volumes/S/Crosswalk.app/Contents/MacOS/crosswalk-desktop",
                None,
                "/Volumes/S",
            ),
        ] {
            assert_eq!(folder_of(Path::new(program), image.map(Path::new)), Path::new(expected), "{trap}");
        }
    }

    #[test]
    fn where_things_are_kept() {
        // What lies beside the program before, whether it was asked for, and whether it is kept there then.
        enum Before {
            Nothing,
            Folder,
            File,
        }
        for (trap, before, asked, kept_beside) in [
            ("installed", Before::Nothing, false, Some(false)),
            ("asked for the first time", Before::Nothing, true, Some(true)),
            ("asked again", Before::Folder, true, Some(true)),
            ("the folder is enough", Before::Folder, false, Some(true)),
            ("a file of that name", Before::File, false, Some(false)),
            ("asked, and cannot be", Before::File, true, None),
        ] {
            let stick = tempfile::tempdir().unwrap();
            let beside = stick.path().join(BESIDE);
            match before {
                Before::Nothing => {}
                Before::Folder => fs::create_dir(&beside).unwrap(),
                Before::File => fs::write(&beside, "").unwrap(),
            }
            match Places::decide(stick.path(), asked) {
                Ok(places) if places.beside.is_some() => {
                    assert_eq!(kept_beside, Some(true), "{trap}");
                    let within = [places.config.clone(), places.data.clone(), places.web()];
                    assert!(within.iter().flatten().all(|folder| folder.starts_with(&beside)), "{trap}: {places:?}");
                    assert!(beside.is_dir(), "{trap}");
                }
                Ok(places) => {
                    assert_eq!((kept_beside, places), (Some(false), Places::system()), "{trap}");
                }
                Err(refused) => {
                    assert_eq!(kept_beside, None, "{trap}");
                    assert!(refused.to_string().contains(BESIDE), "{refused}");
                }
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn libraries_are_told_only_where_everything_is_beside_the_program() {
        let stick = tempfile::tempdir().unwrap();
        assert!(Places::system().variables().is_empty());
        let variables = Places::decide(stick.path(), true).unwrap().variables();
        assert_eq!(variables.len(), VARIABLES.len());
        assert!(
            variables.iter().all(|(_, folder)| folder.starts_with(stick.path()) && folder.is_dir()),
            "{variables:?}"
        );
    }
}
