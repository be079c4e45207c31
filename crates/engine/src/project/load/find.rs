//! From the paths a person gave to the files a load reads: folders are walked, containers opened, kinds recognised by
//! content. What is not read is listed, never skipped in silence.

mod archives;
mod postgres;
mod wildcards;

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use snapshot::access::Access;
use snapshot::container::Break;
use snapshot::recognise::{HEAD, Kind, by_name, compound, recognise};
use snapshot::spreadsheet::protected;

use super::choice::{self, Choices};
use super::families;
use super::input::Input;
use super::inputs::Inputs;
use super::place::Place;
use super::postgres_archive;
use super::secret::Secret;
use super::sheets;
use crate::error::{Error, Result};
use crate::facts::FileChoice;
use crate::path::shown;
use crate::progress::{Progress, Watch};

/// `scratch`: a folder that is made if something must be unpacked, and is the caller's to remove.
pub fn find(
    paths: &[PathBuf],
    passwords: &[Secret],
    choices: &[FileChoice],
    scratch: &Path,
    watch: &dyn Watch,
) -> Result<Inputs> {
    let choices = Choices::new(choices)?;
    let mut finder =
        Finder { found: Inputs::default(), passwords: passwords.to_vec(), choices, scratch: scratch.into(), watch };
    for path in paths {
        for path in wildcards::fitting(path)? {
            finder.give(&path)?;
        }
    }
    sheets::fit(&finder.choices, &finder.found.files)?;
    finder.choices_fit()?;
    Ok(finder.found)
}

/// A file that is being looked at.
#[derive(Clone)]
pub(super) struct Candidate {
    pub name: String,
    pub path: PathBuf,
    pub place: Place,
    pub bytes: u64,
    /// How many containers it is in.
    pub depth: usize,
}

/// Containers in containers in containers are for a person to unpack: nothing honest is packed so.
pub(super) const DEEPEST: usize = 2;

pub(super) struct Finder<'a> {
    pub found: Inputs,
    /// The one that opened something last comes first.
    pub passwords: Vec<Secret>,
    choices: Choices,
    pub scratch: Arc<Path>,
    watch: &'a dyn Watch,
}

impl Finder<'_> {
    /// Refuses what was decided of files that are not there.
    fn choices_fit(&self) -> Result<()> {
        let (delimited, others): (Vec<&Input>, Vec<&Input>) =
            self.found.files.iter().partition(|f| f.kind == Kind::Delimited);
        let delimited: Vec<&str> = delimited.iter().map(|f| f.name.as_str()).collect();
        let ignored = self.found.ignored.iter().map(|(name, _)| name.as_str());
        let others: Vec<&str> = others.iter().map(|f| f.name.as_str()).chain(ignored).collect();
        self.choices.all_fit(&delimited, &others)
    }

    fn give(&mut self, path: &Path) -> Result<()> {
        let name = path.file_name().map_or_else(|| shown(path), |n| n.to_string_lossy().into_owned());
        self.found.given.push(name.clone());
        let about = fs::metadata(path).map_err(|source| Error::File {
            what: "the snapshot could not be opened",
            path: path.to_path_buf(),
            source,
        })?;
        if about.is_dir() {
            return self.walk(path, "");
        }
        self.candidate(path, name)?.map_or(Ok(()), |at| self.look(at))
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let said = |source| Error::File { what: "the folder could not be read", path: folder.to_path_buf(), source };
        let mut children: Vec<_> = fs::read_dir(folder).map_err(said)?.collect::<io::Result<_>>().map_err(said)?;
        children.sort_by_key(fs::DirEntry::file_name);
        let postgres = postgres_archive::is_folder(folder);
        for child in children {
            let name = child.file_name().to_string_lossy().into_owned();
            // Droppings of file browsers and version control.
            if name.starts_with('.') || name == "Thumbs.db" || name == "desktop.ini" {
                continue;
            }
            let shown = format!("{prefix}{name}");
            // A link may lead in a circle: folders are followed, links to folders are not.
            let kind = child.file_type().map_err(said)?;
            if kind.is_dir() {
                self.walk(&child.path(), &format!("{shown}/"))?;
            } else if kind.is_symlink() && child.path().is_dir() {
                self.ignore(shown, "a link to a folder: give the folder itself");
            } else if let Some(at) = self.candidate(&child.path(), shown)? {
                if postgres && postgres_archive::is_part(&name) { self.part(at)? } else { self.look(at)? }
            }
        }
        Ok(())
    }

    /// A file that is to be looked at; `None` where it is none that can be.
    fn candidate(&mut self, path: &Path, name: String) -> Result<Option<Candidate>> {
        let said = |source| Error::File { what: "the file could not be read", path: path.to_path_buf(), source };
        let about = fs::metadata(path).map_err(said)?;
        // A pipe would be waited for without end.
        if !about.is_file() {
            self.ignore(name, "no file but a pipe, a socket or a device");
            return Ok(None);
        }
        File::open(path).map_err(said)?;
        let place = Place::new(path, &self.scratch);
        Ok(Some(Candidate { name, path: path.to_path_buf(), place, bytes: about.len(), depth: 0 }))
    }

    /// Looks at the first bytes of a file.
    pub fn look(&mut self, at: Candidate) -> Result<()> {
        let broken = Arc::new(Break::default());
        let head = at.place.open(None, &broken).and_then(|mut stream| head_of(&mut stream));
        match head {
            // Not one line of it came out: what it was cannot be told.
            Ok(head) if !head.contains(&b'\n') && broken.why().is_some() => {
                self.ignore(at.name, &damaged(&at.place));
                Ok(())
            }
            Ok(head) => {
                let kind = by_name(recognise(&head), &at.name, &head);
                let kind = families::as_rows(&at.name, &at.path, at.place.is_plain(), kind);
                if families::may_be_account(&at.name) && !matches!(kind, Kind::Packed(_)) {
                    let Candidate { name, path, place, bytes, .. } = at.clone();
                    self.found.accounts.push(Input::new(name, path, place, kind, bytes));
                }
                self.sort(at, kind)
            }
            Err(e) => {
                self.ignore(at.name, &format!("not to be opened: {e}"));
                Ok(())
            }
        }
    }

    /// Puts a file where its kind belongs.
    pub fn sort(&mut self, at: Candidate, kind: Kind) -> Result<()> {
        self.report(&at.name)?;
        let choice = self.choices.of(&at.name);
        if choice.skip {
            self.ignore(at.name, "left aside by choice");
            return Ok(());
        }
        match kind {
            Kind::Packed(_) | Kind::Tar | Kind::Zip => self.open(at, kind, choice),
            Kind::PostgresCustom => self.custom(at),
            Kind::Compound => self.compound(at, choice),
            Kind::Access => self.access(at, choice),
            _ => self.take(at, choice.treat_as.map_or(kind, choice::kind), choice),
        }
    }

    /// Older workbooks, and much else.
    fn compound(&mut self, at: Candidate, choice: FileChoice) -> Result<()> {
        let Some(at) = self.on_disk(at)? else { return Ok(()) };
        let found = File::open(&at.place.path).map(|file| compound::kind(BufReader::new(file)));
        match found {
            Ok(compound::Compound::Is(Kind::Spreadsheet) | compound::Compound::Protected) => self.workbook(at, choice),
            Ok(compound::Compound::Is(kind)) => self.take(at, kind, choice),
            Err(e) => {
                self.ignore(at.name, &format!("not to be opened: {e}"));
                Ok(())
            }
        }
    }

    fn workbook(&mut self, at: Candidate, choice: FileChoice) -> Result<()> {
        let opens = |file, _: &str, password: Option<&str>| protected::opens(file, password);
        self.unlock(at, Kind::Spreadsheet, choice, opens)
    }

    fn access(&mut self, at: Candidate, choice: FileChoice) -> Result<()> {
        let Some(at) = self.on_disk(at)? else { return Ok(()) };
        let opens = |file, name: &str, password: Option<&str>| Access::open(file, name, password).map(drop);
        self.unlock(at, Kind::Access, choice, opens)
    }

    /// What asks for a password tries each.
    fn unlock(
        &mut self,
        at: Candidate,
        kind: Kind,
        choice: FileChoice,
        open: impl Fn(BufReader<File>, &str, Option<&str>) -> snapshot::Result<()>,
    ) -> Result<()> {
        let opens = |password: Option<&str>| {
            let file = File::open(&at.place.path).map_err(|source| snapshot::Error::Io { byte: 0, source });
            file.and_then(|file| open(BufReader::new(file), &at.name, password))
        };
        if !matches!(opens(None), Err(snapshot::Error::PasswordNeeded | snapshot::Error::PasswordWrong)) {
            return self.take(at, kind, choice);
        }
        match self.passwords.iter().position(|password| opens(Some(password.text())).is_ok()) {
            Some(fits) => {
                self.passwords.swap(0, fits);
                let password = self.passwords.first().cloned();
                self.take(at, kind, choice)?;
                if let Some(taken) = self.found.files.last_mut() {
                    taken.password = password;
                }
            }
            None => self.locked(at.name),
        }
        Ok(())
    }

    /// No password opens it.
    pub fn locked(&mut self, name: String) {
        self.found.protected.push(name.clone());
        self.ignore(name, if self.passwords.is_empty() { LOCKED } else { NONE_FITS });
    }

    /// Makes it an input, if a reader takes it.
    pub fn take(&mut self, at: Candidate, kind: Kind, choice: FileChoice) -> Result<()> {
        if !kind.is_read() {
            self.ignore(at.name, &format!("{}{}", wrapped(&at.place), kind.label()));
            return Ok(());
        }
        let Some(at) = (if kind.is_random() { self.on_disk(at)? } else { Some(at) }) else { return Ok(()) };
        let Candidate { name, path, place, bytes, .. } = at;
        self.found.files.push(Input { choice, ..Input::new(name, path, place, kind, bytes) });
        Ok(())
    }

    /// Unpacks what a reader must jump about in, unless it lies on the disk as it is. `None`: it is ignored, and why is
    /// said.
    pub fn on_disk(&mut self, at: Candidate) -> Result<Option<Candidate>> {
        if at.place.is_plain() {
            return Ok(Some(at));
        }
        match at.place.unpack(&|| self.report(&at.name).is_ok()) {
            Ok(file) => {
                let bytes = fs::metadata(&file).map_or(at.bytes, |about| about.len());
                let mut place = Place::new(&file, &self.scratch);
                place.unpacked_from = at.place.packed();
                self.found.unpacked.push(file);
                Ok(Some(Candidate { place, bytes, ..at }))
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(Error::Cancelled),
            Err(e) => {
                self.ignore(at.name, &format!("{}not to be unpacked: {e}", wrapped(&at.place)));
                Ok(None)
            }
        }
    }

    pub fn ignore(&mut self, name: String, what: &str) {
        self.found.ignored.push((name, what.to_owned()));
    }

    pub fn report(&self, name: &str) -> Result<()> {
        let progress = Progress { phase: format!("Looking at {name}"), done: 0, total: 0, unit: "bytes", rows: 0 };
        if self.watch.step(&progress) { Ok(()) } else { Err(Error::Cancelled) }
    }
}

fn damaged(place: &Place) -> String {
    let what = if place.is_packed() { format!("a {} file that is ", place.label()) } else { String::new() };
    format!("{what}damaged at its start: ask for it again")
}

/// "a gzip file of: ".
fn wrapped(place: &Place) -> String {
    if place.is_packed() { format!("a {} file of: ", place.label()) } else { String::new() }
}

const LOCKED: &str = "protected by a password: give it, and load again";
const NONE_FITS: &str =
    "protected by a password, and none that was given fits: check capital letters and keyboard layout";
pub(super) fn head_of(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    from.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
