//! From the paths a person gave to the files a load reads: folders are walked, containers opened, kinds recognised by
//! content. What is not read is listed, never skipped in silence.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use snapshot::container::{entries, gunzip, is_workbook, read_entry};
use snapshot::recognise::{HEAD, Kind, recognise};

use super::families;
use crate::error::{Error, Result};

/// One file to read, perhaps inside another.
#[derive(Debug, Clone)]
pub struct Input {
    /// As the ledger prints it.
    pub name: String,
    pub path: PathBuf,
    pub wrap: Wrap,
    pub kind: Kind,
    /// For progress: of the packed file, or what the archive claims of the entry.
    pub bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    Plain,
    Gzip,
    /// The entry with this index of a zip archive.
    Zip(usize),
}

#[derive(Debug, Default)]
pub struct Inputs {
    pub files: Vec<Input>,
    /// Name, and what it looks like.
    pub ignored: Vec<(String, String)>,
    given: Vec<String>,
}

impl Inputs {
    pub fn find(paths: &[PathBuf]) -> Result<Self> {
        let mut found = Self::default();
        for path in paths {
            let name =
                path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
            found.given.push(name.clone());
            let about = fs::metadata(path).map_err(|source| Error::File {
                what: "the snapshot could not be opened",
                path: path.clone(),
                source,
            })?;
            if about.is_dir() {
                found.walk(path, "")?;
            } else {
                found.add(path, name)?;
            }
        }
        if found.files.is_empty() {
            return Err(Error::refused(found.nothing()));
        }
        Ok(found)
    }

    fn nothing(&self) -> String {
        match self.ignored.as_slice() {
            [] => "there is nothing to load: give dumps, delimited text or workbooks, or a folder of them".to_owned(),
            [(name, what)] => format!("{name} cannot be loaded: it is {what}"),
            [(name, what), ..] => {
                format!("none of the {} files can be loaded; the first, {name}, is {what}", self.ignored.len())
            }
        }
    }

    pub fn label(&self) -> String {
        match self.given.as_slice() {
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
            [] => String::new(),
        }
    }

    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let said = |source| Error::File { what: "the folder could not be read", path: folder.to_path_buf(), source };
        let mut children: Vec<_> = fs::read_dir(folder).map_err(said)?.collect::<io::Result<_>>().map_err(said)?;
        children.sort_by_key(fs::DirEntry::file_name);
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
                self.ignored.push((shown, "a link to a folder: give the folder itself".to_owned()));
            } else {
                self.add(&child.path(), shown)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, name: String) -> Result<()> {
        let said = |source| Error::File { what: "the file could not be read", path: path.to_path_buf(), source };
        let mut file = File::open(path).map_err(said)?;
        let bytes = file.metadata().map_err(said)?.len();
        let head = head_of(&mut file).map_err(said)?;
        match families::as_rows(path, recognise(&head)) {
            Kind::Gzip => {
                let inner = head_of(&mut gunzip(File::open(path).map_err(said)?));
                match inner.map(|head| recognise(&head)) {
                    Ok(kind @ (Kind::Sql | Kind::Script(_) | Kind::Delimited | Kind::Spreadsheet)) => {
                        self.take(Input { name, path: path.to_path_buf(), wrap: Wrap::Gzip, kind, bytes });
                    }
                    Ok(kind) => self.ignore(name, &format!("a gzip file of: {}", describe(kind))),
                    Err(_) => self.ignore(name, "a gzip file that is damaged at its start: ask for it again"),
                }
            }
            Kind::Zip => self.add_archive(path, &name, bytes)?,
            kind @ (Kind::Sql | Kind::Script(_) | Kind::Delimited | Kind::Spreadsheet) => {
                self.take(Input { name, path: path.to_path_buf(), wrap: Wrap::Plain, kind, bytes });
            }
            kind => self.ignore(name, &describe(kind)),
        }
        Ok(())
    }

    fn add_archive(&mut self, path: &Path, name: &str, bytes: u64) -> Result<()> {
        let open = || {
            File::open(path).map_err(|source| Error::File {
                what: "the archive could not be read",
                path: path.to_path_buf(),
                source,
            })
        };
        let said = |source| Error::Snapshot { file: name.to_owned(), source };
        let list = entries(open()?).map_err(said)?;
        if is_workbook(&list) {
            let kind = Kind::Spreadsheet;
            self.take(Input { name: name.to_owned(), path: path.to_path_buf(), wrap: Wrap::Plain, kind, bytes });
            return Ok(());
        }
        for entry in list {
            let shown = format!("{name}/{}", entry.name);
            if entry.encrypted {
                self.ignore(shown, "protected by a password: unpack the archive first");
                continue;
            }
            let head = read_entry(open()?, entry.index, |r| head_of(r)).map_err(said)?;
            let kind = match head.map(|head| recognise(&head)) {
                Err(_) => {
                    self.ignore(shown, "damaged in the archive: ask for it again");
                    continue;
                }
                // A workbook is a zip archive itself.
                Ok(Kind::Zip) if is_workbook_name(&entry.name) => Kind::Spreadsheet,
                Ok(kind) => kind,
            };
            match kind {
                Kind::Sql | Kind::Script(_) | Kind::Delimited | Kind::Spreadsheet => self.take(Input {
                    name: shown,
                    path: path.to_path_buf(),
                    wrap: Wrap::Zip(entry.index),
                    kind,
                    bytes: entry.size,
                }),
                Kind::Zip | Kind::Gzip => self.ignore(shown, "an archive inside an archive: unpack the outer one"),
                kind => self.ignore(shown, &describe(kind)),
            }
        }
        Ok(())
    }

    fn take(&mut self, input: Input) {
        self.files.push(input);
    }

    fn ignore(&mut self, name: String, what: &str) {
        self.ignored.push((name, what.to_owned()));
    }
}

fn is_workbook_name(name: &str) -> bool {
    let ending = Path::new(name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    ending.is_some_and(|e| ["xlsx", "xlsm", "xlsb", "ods"].iter().any(|w| e == *w))
}

fn describe(kind: Kind) -> String {
    match kind {
        Kind::Empty => "empty".to_owned(),
        Kind::Unknown => "of no kind that is known here (its bytes are not text)".to_owned(),
        other => other.label().to_owned(),
    }
}

fn head_of(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    from.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
