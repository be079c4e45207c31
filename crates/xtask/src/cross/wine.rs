//! A Windows to run programs in: Wine's folder of one, kept between runs.

use std::{
    fs, io,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{command, output, run};

/// Debian's nobody. As root, files that may not be written are written all the same, in Wine as on Linux.
const NOBODY: u32 = 65534;

/// Who programs run as, and where.
pub struct Wine {
    home: PathBuf,
    /// Where cargo leaves the programs.
    programs: PathBuf,
    ordinary: bool,
}

impl Wine {
    /// Makes what it needs in `folder`, unless it is there. Programs are in `built`, one folder for each profile.
    pub fn ready(folder: &Path, built: &Path) -> Result<Self, String> {
        let ordinary = is_root() && readable_for_all(folder)?;
        let wine = Self { home: folder.join("home"), programs: built.join("debug"), ordinary };
        // Where journeys keep what they make once.
        let tmp = built.join("tmp");
        fs::create_dir_all(&tmp).and_then(|()| wine.give(&tmp)).map_err(|e| format!("{}: {e}", tmp.display()))?;
        let library = wine.prefix().join("drive_c/windows/system32/bcryptprimitives.dll");
        if library.is_file() {
            return Ok(wine);
        }
        // Half a folder is none.
        let _ = fs::remove_dir_all(&wine.home);
        let said = |error| format!("{}: {error}", wine.home.display());
        fs::create_dir_all(&wine.home).map_err(said)?;
        wine.give(&wine.home).map_err(said)?;
        run(wine.command(&["wineboot", "--init"]).env("DISPLAY", ""))?;
        run(&mut wine.command(&["wineserver", "--wait"]))?;
        let source = folder.join("process_prng.c");
        fs::write(&source, include_str!("process_prng.c")).map_err(said)?;
        let mut compiler = command("x86_64-w64-mingw32-gcc");
        compiler.args(["-O2", "-shared", "-nostdlib", "-o"]).args([&library, &source]).arg("-ladvapi32");
        run(&mut compiler)?;
        Ok(wine)
    }

    /// What cargo starts a Windows program with; no part of it holds a blank.
    pub fn runner(&self) -> String {
        self.words(&["wine"]).join(" ")
    }

    /// What programs need to be told.
    pub fn tell(&self, command: &mut Command) {
        command.env("WINEPREFIX", self.prefix()).env("WINEDEBUG", "-all");
        // Wine asks for a display, finds none, and says so at length.
        command.env_remove("DISPLAY");
        // The web view's library lies beside the programs, and one folder up from their tests.
        command.env("WINEPATH", format!("Z:{}", self.programs.display()).replace('/', "\\"));
        if self.ordinary {
            command.env("HOME", &self.home).env("USER", "nobody");
        }
    }

    /// Ends what still runs in there; it would hold files open that the next run replaces.
    pub fn end(&self) {
        // It fails where nothing runs.
        let _ = output(&mut self.command(&["wineserver", "--kill"]));
    }

    fn give(&self, folder: &Path) -> io::Result<()> {
        if self.ordinary { chown(folder, Some(NOBODY), Some(NOBODY)) } else { Ok(()) }
    }

    fn prefix(&self) -> PathBuf {
        self.home.join("prefix")
    }

    fn command(&self, words: &[&str]) -> Command {
        let words = self.words(words);
        let mut command = command(&words[0]);
        command.args(&words[1..]);
        self.tell(&mut command);
        command
    }

    fn words(&self, words: &[&str]) -> Vec<String> {
        let mut all = Vec::new();
        if self.ordinary {
            all.extend(["setpriv".to_owned(), format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")]);
            all.push("--clear-groups".to_owned());
        }
        all.extend(words.iter().map(|word| (*word).to_owned()));
        all
    }
}

fn is_root() -> bool {
    output(command("id").arg("-u")).as_deref() == Some("0")
}

/// Whether somebody else than its owner comes to the checkout.
fn readable_for_all(folder: &Path) -> Result<bool, String> {
    let target = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
    let open = |path: &Path| path.metadata().is_ok_and(|about| about.permissions().mode() & 0o005 == 0o005);
    let closed = target.ancestors().find(|path| !open(path));
    if let Some(closed) = closed {
        println!(
            "\n*** {} is closed to others: Windows programs run as root, to whom nothing is read-only ***\n",
            closed.display()
        );
    }
    Ok(closed.is_none())
}
