//! The files of a PostgreSQL dump among the inputs: known by their names, or blocks of one file.

use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use snapshot::Error;
use snapshot::postgres::archive::Contents;
use snapshot::recognise::{Kind, recognise};

use super::super::input::last;
use super::super::place::Layer;
use super::super::postgres_archive::{CONTENTS, plain};
use super::{Candidate, Finder, head_of};
use crate::error::Result;

const LZ4: &str = "a part of a PostgreSQL archive, packed with lz4: unpack it (lz4 -d), and load what comes out with the rest, \
                   or ask for the dump packed with gzip (pg_dump --compress=gzip)";

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
