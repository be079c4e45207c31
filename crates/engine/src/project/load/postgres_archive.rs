//! PostgreSQL dumps in several files, as `pg_dump --format=directory` and `--format=tar` write them: a table of contents
//! says which file holds the rows of which table. The files are read by one reader, in the order of the table.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use snapshot::postgres::Postgres;
use snapshot::postgres::archive::{Contents, Format, format};
use snapshot::recognise::Kind;

use super::input::{Input, folder, last};
use super::place::Stream;

pub(super) const CONTENTS: &str = "toc.dat";
pub const ALONE: &str = "it belongs to a PostgreSQL dump in several files: load it together with the toc.dat beside it";
/// What `pg_restore` would write: all of it stands in the table of contents, too.
pub(super) const SCRIPT: &str = "restore.sql";
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
pub(super) fn plain(name: &str) -> &str {
    [".gz", ".zst", ".lz4"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Whether a table of contents lies beside it.
pub fn is_claimed(part: &Input, files: &[Input]) -> bool {
    files.iter().any(|f| f.kind == Kind::PostgresContents && folder(f) == folder(part))
}

/// The reader of the statements; `last`: no part is read after them.
pub fn statements(contents: &Contents, last: bool) -> Postgres<Stream> {
    Postgres::of_archive(Box::new(Cursor::new(contents.script().to_vec())), last)
}
