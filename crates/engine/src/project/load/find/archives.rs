//! Containers among the inputs: what is packed, and archives of files. One level inside another is opened; what lies
//! deeper is listed.

use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;

use snapshot::container::zip::{self, Inside};
use snapshot::container::{Break, tar};
use snapshot::recognise::{Kind, by_name, recognise};

use super::super::place::Layer;
use super::super::postgres_archive;
use super::super::secret::Secret;
use super::{Candidate, DEEPEST, Finder, head_of};
use crate::error::{Error, Result};
use crate::facts::FileChoice;

/// Files inside one archive that are each reached by unpacking all before them; more are unpacked to the disk at once.
const PASSED: usize = 4;

impl Finder<'_> {
    pub(super) fn open(&mut self, at: Candidate, kind: Kind, choice: FileChoice) -> Result<()> {
        // A packed tar is one container in the eyes of whoever made it.
        let packed_tar = kind == Kind::Tar && at.place.is_packed();
        if kind != Kind::Zip && at.depth >= DEEPEST && !packed_tar {
            self.too_deep(at.name);
            return Ok(());
        }
        match kind {
            Kind::Packed(packing) => {
                let place = at.place.within(Layer::Packed(packing));
                self.look(Candidate { place, depth: at.depth + 1, ..at })
            }
            Kind::Tar => self.tar(&at, packed_tar),
            _ => self.zip(at, choice),
        }
    }

    fn too_deep(&mut self, name: String) {
        self.ignore(name, "packed more than twice: unpack the outer archive, and load what comes out");
    }

    fn zip(&mut self, at: Candidate, choice: FileChoice) -> Result<()> {
        let Some(at) = self.on_disk(at)? else { return Ok(()) };
        let path = at.place.path.clone();
        let open = || {
            File::open(&path).map(BufReader::new).map_err(|source| Error::File {
                what: "the archive could not be read",
                path: path.clone(),
                source,
            })
        };
        let listing = match zip::list(open()?) {
            Ok(listing) => listing,
            Err(e) => {
                self.ignore(at.name, &format!("a zip archive, but {e}"));
                return Ok(());
            }
        };
        let mimetype = listing.entries.iter().find(|e| e.name == "mimetype" && !e.encrypted).and_then(|e| {
            let read = |from: &mut dyn Read| {
                let mut text = String::new();
                from.take(200).read_to_string(&mut text).map(|_| text)
            };
            open().ok().and_then(|file| zip::read_entry(file, e.index, None, read).ok()).and_then(std::io::Result::ok)
        });
        match zip::inside(&listing.entries, mimetype.as_deref()) {
            Inside::Workbook => return self.take(at, Kind::Spreadsheet, choice),
            Inside::Other(what) => {
                self.ignore(at.name, what);
                return Ok(());
            }
            Inside::Files if at.depth >= DEEPEST => {
                self.too_deep(at.name);
                return Ok(());
            }
            Inside::Files => {}
        }
        for warning in listing.warnings {
            self.ignore(at.name.clone(), &format!("a zip archive that is not whole: {warning}"));
        }
        let parts = postgres_archive::folders(listing.entries.iter().map(|e| e.name.as_str()));
        for entry in listing.entries {
            let is_part = postgres_archive::is_within(&entry.name, &parts);
            let name = format!("{}/{}", at.name, entry.name);
            self.report(&name)?;
            let password = match self.key(&entry, &|| open()) {
                Ok(Key::Open(password)) => password,
                Ok(Key::Locked) => {
                    self.locked(name);
                    continue;
                }
                Err(e) => {
                    self.ignore(name, &format!("not to be opened: {e}"));
                    continue;
                }
            };
            let place = at.place.within(Layer::Zip { index: entry.index, packed: entry.packed, password });
            let inner = Candidate { name, path: at.path.clone(), place, bytes: entry.size, depth: at.depth + 1 };
            if is_part { self.part(inner)? } else { self.look(inner)? }
        }
        Ok(())
    }

    /// What opens an entry.
    fn key(
        &mut self,
        entry: &zip::Entry,
        open: &dyn Fn() -> Result<BufReader<File>>,
    ) -> std::result::Result<Key, String> {
        if !entry.encrypted {
            return Ok(Key::Open(None));
        }
        for tried in 0..self.passwords.len() {
            let password = self.passwords[tried].clone();
            let file = open().map_err(|e| e.to_string())?;
            if zip::opens(file, entry.index, password.text().as_bytes()).map_err(|e| e.to_string())? {
                // Most likely it opens the next one as well.
                self.passwords.swap(0, tried);
                return Ok(Key::Open(Some(password)));
            }
        }
        Ok(Key::Locked)
    }

    fn tar(&mut self, at: &Candidate, packed: bool) -> Result<()> {
        let depth = if packed { at.depth } else { at.depth + 1 };
        let (mut found, mut ended) = self.walk_tar(at)?;
        let mut within = at.clone();
        if !at.place.is_plain() && found.iter().filter(|(_, kind)| *kind != Kind::Empty).count() > PASSED {
            let Some(on_disk) = self.on_disk(at.clone())? else { return Ok(()) };
            within = on_disk;
            (found, ended) = self.walk_tar(&within)?;
        }
        if let Some(why) = ended {
            self.ignore(at.name.clone(), &format!("not whole: {why}. Ask for it again"));
        }
        let contents = found.iter().filter(|(_, kind)| *kind == Kind::PostgresContents);
        let parts = postgres_archive::folders(contents.map(|(entry, _)| entry.name.as_str()));
        for (entry, kind) in found {
            let is_part = postgres_archive::is_within(&entry.name, &parts);
            let name = format!("{}/{}", at.name, entry.name);
            let what = match entry.what {
                tar::What::File => "",
                tar::What::Link => "a link to another file of the archive",
                tar::What::Sparse => "stored with holes: unpack the archive, and load what comes out",
                tar::What::Special => "no file but a pipe or a device",
            };
            if !what.is_empty() {
                self.ignore(name, what);
                continue;
            }
            if entry.name.rsplit('/').next().is_some_and(|last| last.starts_with("._") || last == ".DS_Store") {
                continue;
            }
            let place = within.place.within(Layer::Tar { offset: entry.offset, size: entry.size });
            let inner = Candidate { name, path: at.path.clone(), place, bytes: entry.size, depth };
            if is_part { self.part(inner)? } else { self.sort(inner, kind)? }
        }
        Ok(())
    }

    /// The files of a tar archive with their kinds, and why it could not be followed to its end.
    fn walk_tar(&self, at: &Candidate) -> Result<(Entries, Option<String>)> {
        let said = |source| Error::File { what: "the archive could not be read", path: at.place.path.clone(), source };
        let mut found = Vec::new();
        let mut stopped = None;
        let mut with = |entry: tar::Entry, content: &mut dyn Read| {
            if stopped.is_none() {
                stopped = self.report(&format!("{}/{}", at.name, entry.name)).err();
            }
            let kind = head_of(content).map_or(Kind::Unknown, |head| by_name(recognise(&head), &entry.name, &head));
            found.push((entry, kind));
        };
        let broken = Arc::new(Break::default());
        let walked = if at.place.is_plain() {
            let file = File::open(&at.place.path).map_err(said)?;
            tar::walk(&mut tar::Seeked(BufReader::new(file)), &mut with)
        } else {
            tar::walk(&mut tar::Streamed(at.place.open(None, &broken).map_err(said)?), &mut with)
        };
        match stopped {
            Some(stopped) => Err(stopped),
            None => Ok((found, broken.why().map(|(_, why)| why).or(walked.err().map(|e| e.to_string())))),
        }
    }
}

type Entries = Vec<(tar::Entry, Kind)>;

enum Key {
    /// With a password where one is needed.
    Open(Option<Secret>),
    Locked,
}
