//! PostgreSQL dumps in several files, as `pg_dump --format=directory` and `--format=tar` write them: a table of contents
//! says which file holds the rows of which table. The files are read by one reader, in the order of the table.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use snapshot::postgres::Postgres;
use snapshot::postgres::archive::{Contents, Format, Part, What, format, large_objects};
use snapshot::recognise::{Kind, recognise};
use snapshot::{Batch, Error, Reader, Step};

use super::families::{folder, last};
use super::inputs::{Candidate, Finder, Input, head_of};
use super::pipeline::Reading;
use super::place::Layer;
use super::streams::{self, Stream};
use crate::error::Result;

const CONTENTS: &str = "toc.dat";
pub const ALONE: &str = "it belongs to a PostgreSQL dump in several files: load it together with the toc.dat beside it";
const UNNAMED: &str = "the toc.dat beside it does not name it";
/// What `pg_restore` would write: all of it stands in the table of contents, too.
const SCRIPT: &str = "restore.sql";
const LZ4: &str = "a part of a PostgreSQL archive, packed with lz4: unpack it (lz4 -d), and load what comes out with the rest, \
                   or ask for the dump packed with gzip (pg_dump --compress=gzip)";

/// Whether a folder of the disk holds such a dump.
pub fn is_folder(folder: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(folder.join(CONTENTS)).and_then(|file| file.take(16).read_to_end(&mut start));
    // One that breaks off has parts beside it all the same.
    read.is_ok() && start.starts_with(b"PGDMP") && format(&start) != Some(Format::Custom)
}

/// The folders of an archive in which there is a table of contents.
pub fn folders<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    names.filter(|name| last(name) == CONTENTS).map(|name| name[..name.len() - CONTENTS.len()].to_owned()).collect()
}

/// Whether an archive's file belongs to one of the dumps in these folders.
pub fn is_within(name: &str, folders: &BTreeSet<String>) -> bool {
    is_part(last(name)) && folders.contains(&name[..name.len() - last(name).len()])
}

/// Whether it is called as a file beside a table of contents is.
pub fn is_part(name: &str) -> bool {
    let name = plain(name);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered =
        |start: &str, end: &str| name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(digits);
    numbered("", ".dat")
        || numbered("blob_", ".dat")
        || numbered("blobs_", ".toc")
        || matches!(name, "blobs.toc" | SCRIPT)
}

/// Without the ending of a packing.
fn plain(name: &str) -> &str {
    [".gz", ".zst", ".lz4"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Whether a table of contents lies beside it.
pub fn is_claimed(part: &Input, files: &[Input]) -> bool {
    files.iter().any(|f| f.kind == Kind::PostgresContents && folder(f) == folder(part))
}

impl Finder<'_> {
    /// Takes a file by its name: rows may look like anything.
    pub(super) fn part(&mut self, at: Candidate) -> Result<()> {
        let name = last(&at.name).to_owned();
        let mut at = at;
        // A large object may be a packed file by itself: only a name says that the dump packed it.
        if let Some(ending) = name.strip_prefix(plain(&name)).filter(|ending| !ending.is_empty()) {
            let head = at.place.open(None, &Arc::default()).and_then(|mut stream| head_of(&mut stream));
            match head.map(|head| recognise(&head)) {
                Ok(Kind::Packed(packing)) => at.place = at.place.within(Layer::Packed(packing)),
                _ if ending == ".lz4" => {
                    self.ignore(at.name, LZ4);
                    return Ok(());
                }
                _ => {}
            }
        }
        self.sort(at, Kind::PostgresPart)
    }
}

impl Finder<'_> {
    /// A dump in one file: its table of contents and its blocks are taken as the files of a directory would be.
    pub(super) fn custom(&mut self, at: Candidate) -> Result<()> {
        let Some(at) = self.on_disk(at)? else { return Ok(()) };
        let opened = || File::open(&at.place.path).map_err(|source| Error::Io { byte: 0, source });
        let found = opened().and_then(|file| Contents::read(BufReader::new(file))).and_then(|contents| {
            let file = opened()?;
            Ok(contents.blocks.map(|blocks| (blocks.find(BufReader::new(file)), blocks)))
        });
        let ((listed, walked), blocks) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(()),
            Err(e) => {
                self.ignore(at.name, &format!("a PostgreSQL custom dump, but {e}"));
                return Ok(());
            }
        };
        let packing = match blocks.packing {
            Ok(packing) => packing,
            Err(packing) => {
                let what = format!(
                    "a PostgreSQL custom dump packed with {packing}: ask for one packed with gzip (pg_dump \
                     --compress=gzip), or make a plain one of it (pg_restore --file=dump.sql)"
                );
                self.ignore(at.name, &what);
                return Ok(());
            }
        };
        if let Err(e) = walked {
            self.ignore(at.name.clone(), &format!("not whole: {e}. Ask for it again"));
        }
        let within = |name: &str, place, bytes| Candidate {
            name: format!("{}/{name}", at.name),
            path: at.path.clone(),
            place,
            bytes,
            depth: at.depth,
        };
        self.sort(within(CONTENTS, at.place.clone(), at.bytes), Kind::PostgresContents)?;
        for block in listed {
            let place = at.place.within(Layer::Chunks { offset: block.offset, int: blocks.int() });
            let place = packing.map_or(place.clone(), |packing| place.within(Layer::Packed(packing)));
            self.sort(within(&block.name, place, 0), Kind::PostgresPart)?;
        }
        Ok(())
    }
}

pub fn contents(input: &Input) -> snapshot::Result<Contents> {
    Contents::read(streams::open(input, None)?)
}

/// The reader of the statements; `last`: no part is read behind them.
pub fn statements(contents: &Contents, last: bool) -> Postgres<Stream> {
    Postgres::of_archive(Box::new(Cursor::new(contents.script().to_vec())), last)
}

/// A file to read, and as what.
enum Piece {
    Rows { file: usize, copy: Vec<u8> },
    LargeObject { file: usize, oid: u32 },
}

/// Reads an archive: `parts` are the files beside its table of contents. `None`: nobody listens any more.
pub fn read(
    files: &[Input],
    toc: usize,
    parts: Vec<usize>,
    count: &Arc<AtomicU64>,
    reading: &mut Reading,
) -> Option<()> {
    let started = Instant::now();
    let contents = match contents(&files[toc]) {
        Ok(contents) => contents,
        Err(error) => {
            reading.broken(toc, error)?;
            return parts.into_iter().try_for_each(|file| reading.broken(file, Error::Unreadable(UNNAMED.to_owned())));
        }
    };
    let mut left = parts;
    let pieces = pieces(files, &contents, toc, &mut left, reading)?;
    if let Some(script) = left.iter().position(|file| last(&files[*file].name) == SCRIPT) {
        let script = left.remove(script);
        let whole = Whole { bytes: files[script].bytes, encoding: String::new() };
        reading.done(script, &whole, &[], started)?;
    }
    let mut reader = statements(&contents, pieces.is_empty());
    let mut ids = Vec::new();
    reading.follow(toc, &mut reader, &mut ids)?;
    reading.done(toc, &Whole { bytes: contents.bytes, encoding: reader.encoding() }, &ids, started)?;
    let total = pieces.len();
    for (done, piece) in pieces.into_iter().enumerate() {
        let started = Instant::now();
        let last = done + 1 == total;
        let (Piece::Rows { file, .. } | Piece::LargeObject { file, .. }) = piece;
        let stream = match streams::open(&files[file], Some(count)) {
            Ok(stream) => stream,
            Err(error) => {
                reading.broken(file, error)?;
                if !last {
                    continue;
                }
                // What is told at the end is told all the same.
                Box::new(std::io::empty())
            }
        };
        match piece {
            Piece::Rows { copy, .. } => reader.go_on_with_rows(&copy, stream, last),
            Piece::LargeObject { oid, .. } => reader.go_on_with_large_object(oid, stream, last),
        }
        reading.follow(file, &mut reader, &mut ids)?;
        reading.done(file, &reader, &ids, started)?;
    }
    left.into_iter().try_for_each(|file| reading.broken(file, Error::Unreadable(UNNAMED.to_owned())))
}

/// The files in the order of the table; those that it does not name stay in `left`.
fn pieces(
    files: &[Input],
    contents: &Contents,
    toc: usize,
    left: &mut Vec<usize>,
    reading: &mut Reading,
) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut lists = Vec::new();
    let take = |name: &str, left: &mut Vec<usize>| {
        let at = left.iter().position(|file| plain(last(&files[*file].name)) == name)?;
        Some(left.remove(at))
    };
    for Part { file: name, what } in &contents.parts {
        let found = take(name, left);
        match (what, found) {
            (What::Rows { copy, .. }, Some(file)) => pieces.push(Piece::Rows { file, copy: copy.clone() }),
            (What::Rows { of, .. }, None) => {
                let text = format!("the rows of {of} are in {name}, and no such file was given: ask for it");
                reading.warn(toc, text)?;
            }
            // In one file with everything else, each says its number itself.
            (What::LargeObjects, _) if contents.blocks.is_some() => {}
            (What::LargeObjects, Some(list)) => lists.push(list),
            (What::LargeObjects, None) => {
                let text = format!("it has large objects, which {name} lists, and no such file was given: ask for it");
                reading.warn(toc, text)?;
            }
        }
    }
    for list in lists {
        let started = Instant::now();
        let listed = streams::open(&files[list], None).and_then(large_objects);
        let Ok(listed) = listed else {
            reading.broken(list, Error::Unreadable("the list of large objects cannot be read".to_owned()))?;
            continue;
        };
        for (oid, name) in listed {
            match take(&name, left) {
                Some(file) => pieces.push(Piece::LargeObject { file, oid }),
                None => reading
                    .warn(list, format!("large object {oid} is in {name}, and no such file was given: ask for it"))?,
            }
        }
        reading.done(list, &Whole { bytes: files[list].bytes, encoding: "ASCII".to_owned() }, &[], started)?;
    }
    if contents.blocks.is_some() {
        left.retain(|file| match large_object(last(&files[*file].name)) {
            Some(oid) => {
                pieces.push(Piece::LargeObject { file: *file, oid });
                false
            }
            None => true,
        });
    }
    Some(pieces)
}

/// The number in `blob_16437.dat`.
fn large_object(name: &str) -> Option<u32> {
    name.strip_prefix("blob_")?.strip_suffix(".dat")?.parse().ok()
}

/// A file that was read as a whole, for the account.
struct Whole {
    bytes: u64,
    encoding: String,
}

impl Reader for Whole {
    fn next(&mut self, _: &mut Batch) -> snapshot::Result<Step> {
        Ok(Step::End)
    }

    fn position(&self) -> u64 {
        self.bytes
    }

    fn encoding(&self) -> String {
        self.encoding.clone()
    }
}
