//! Reads a PostgreSQL dump in several files, in the order of its table of contents.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use snapshot::postgres::archive::{Contents, Part, What, large_objects};
use snapshot::{Batch, Error, Reader, Step};

use super::input::{Input, last};
use super::postgres_archive::{SCRIPT, plain, statements};
use super::reading::Reading;
use super::streams;

const UNNAMED: &str = "the toc.dat beside it does not name it";

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
    let contents = match streams::contents(&files[toc]) {
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
