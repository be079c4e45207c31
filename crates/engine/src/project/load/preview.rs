//! What a file looks like before it is loaded, and how else it could be read.

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use snapshot::delimited::{Considered, Delimited, Survey, unnamed_column};
use snapshot::recognise::Kind;
use snapshot::{Batch, CellRef, Reader, Step};

use super::choice;
use super::input::Input;
use super::inputs::Inputs;
use super::postgres_archive;
use super::streams::{self, open, stem};
use crate::error::{Error, Result};
use crate::facts::{FileFacts, ReadingFacts};
use crate::progress::{Progress, Watch};
use crate::sample::Shown;
use crate::sample::mask::{mask, unmasked};
use crate::source::Cell;

/// Records that are shown of each reading.
const SHOWN: usize = 5;
/// Columns that are shown of a reading: what has more was hardly read as it was written.
const COLUMNS: usize = 1000;
/// They are looked for in so many bytes.
const START: u64 = 256 << 10;

/// What was made of the files that were looked at last: a person who decides about one of many looks at all again.
#[derive(Default)]
pub struct Known(HashMap<(PathBuf, String), FileFacts>);

impl Known {
    /// What would be read, and how; what would not, and why.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`].
    pub fn facts(&mut self, inputs: &Inputs, watch: &dyn Watch) -> Result<Vec<FileFacts>> {
        let mut all = self.look(&inputs.files, watch)?;
        for (input, facts) in inputs.files.iter().zip(&mut all) {
            // What it is stands in the table of contents.
            if input.kind == Kind::PostgresPart && postgres_archive::is_claimed(input, &inputs.files) {
                facts.ignored_why = None;
            }
        }
        all.extend(inputs.ignored.iter().map(|(file, why)| FileFacts {
            file: file.clone(),
            kind: "left aside".to_owned(),
            ignored_why: Some(why.clone()),
            needs_password: inputs.protected.contains(file),
            ..FileFacts::default()
        }));
        all.extend(inputs.aside.iter().map(|(input, what)| FileFacts {
            file: input.name.clone(),
            kind: what.clone(),
            bytes: input.bytes,
            ..FileFacts::default()
        }));
        Ok(all)
    }

    /// What a load would make of the files, as they are on the disk now.
    fn look(&mut self, inputs: &[Input], watch: &dyn Watch) -> Result<Vec<FileFacts>> {
        let before = std::mem::take(&mut self.0);
        let mut all = Vec::with_capacity(inputs.len());
        for (done, input) in inputs.iter().enumerate() {
            let phase = format!("Looking at {}", input.name);
            let (done, total) = (done as u64, inputs.len() as u64);
            if !watch.step(&Progress { phase, done, total, unit: "files", rows: 0 }) {
                self.0.extend(before);
                return Err(Error::Cancelled);
            }
            let key = key(input);
            let facts = key.as_ref().and_then(|key| before.get(key)).cloned().unwrap_or_else(|| file(input));
            self.0.extend(key.map(|key| (key, facts.clone())));
            all.push(facts);
        }
        Ok(all)
    }
}

/// What a file's facts depend on; `None` where the disk does not say when it was changed.
fn key(input: &Input) -> Option<(PathBuf, String)> {
    let changed = std::fs::metadata(&input.path).and_then(|about| about.modified()).ok()?;
    let Input { name, path, kind, bytes, rows, choice, .. } = input;
    Some((path.clone(), format!("{name}\0{kind:?} {bytes} {rows} {changed:?} {choice:?}")))
}

/// What a load would make of a file.
fn file(input: &Input) -> FileFacts {
    let mut facts =
        FileFacts { file: input.name.clone(), kind: input.label(), bytes: input.bytes, ..FileFacts::default() };
    // Its form is what the script beside it says, not what it looks like.
    if input.rows {
        return facts;
    }
    let outcome = if input.kind == Kind::Delimited {
        delimited(input, &mut facts)
    } else {
        streams::reader(input, &Arc::default()).map(|reader| {
            facts.encoding = Some(reader.encoding());
            facts.dialect = reader.dialect();
        })
    };
    facts.ignored_why = outcome.err().map(|e| e.to_string());
    facts
}

fn delimited(input: &Input, facts: &mut FileFacts) -> snapshot::Result<()> {
    let about = streams::about(input)?;
    facts.encoding = Some(about.encoding_name());
    facts.dialect = Some(about.dialect.describe());
    facts.questions = about.warnings();
    let names_are_names = about.has_certain_header();
    for way in &about.considered {
        facts.readings.push(reading(input, &about, way, names_are_names)?);
    }
    Ok(())
}

fn reading(input: &Input, about: &Survey, way: &Considered, names_are_names: bool) -> snapshot::Result<ReadingFacts> {
    let as_read = about.read_as(way);
    let (dialect, encoding) = (as_read.dialect.describe(), as_read.encoding_name());
    // The encoding is said also where it is the one taken: whoever chooses a reading has answered for it.
    let choice = choice::of_reading(&input.name, &way.dialect, as_read.encoding.name());
    let mut found = ReadingFacts {
        dialect,
        encoding,
        score: (way.score > 0).then(|| f64::from(way.score) / 1000.0),
        reasons: way.reasons.clone(),
        choice,
        columns: Vec::new(),
        rows: Vec::new(),
    };
    // A reading that fits nothing would go through the whole file for its first row.
    let start = Box::new(open(input, None)?.take(START));
    let mut reader = Delimited::new(start, &stem(&input.name), as_read)?;
    let mut batch = Batch::default();
    while found.rows.len() < SHOWN {
        match reader.next(&mut batch)? {
            Step::Table(table) => {
                let names = table.columns.into_iter().take(COLUMNS).map(|column| column.name).enumerate();
                found.columns = names.map(|(at, name)| column_name(at, name, names_are_names)).collect();
            }
            Step::Rows => {
                let rows = (0..batch.rows().min(SHOWN))
                    .map(|row| batch.row(row).take(COLUMNS).map(|c| mask(&cell(c))).collect());
                found.rows.extend(rows);
            }
            Step::End => break,
            Step::Note(_) | Step::Changed(..) | Step::Gone(_) => {}
        }
    }
    Ok(found)
}

/// One that the reader gave is nobody's data.
fn column_name(at: usize, name: String, is_name: bool) -> Shown {
    let given = name == unnamed_column(at);
    let cell = Cell::Text(name);
    if is_name || given { unmasked(&cell) } else { mask(&cell) }
}

fn cell(cell: CellRef<'_>) -> Cell {
    match cell {
        CellRef::Null => Cell::Null,
        CellRef::Integer(number) => Cell::Integer(number),
        CellRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        CellRef::Bytes(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::find::find;
    use super::*;
    use crate::facts::FileChoice;
    use crate::progress::Unwatched;

    const ASKING: [(&str, &[u8]); 6] = [
        ("close.txt", b"A|1;x\nB|2;y\nC|3;z\n"),
        ("width.csv", b"a,b,c\n1,x,2,7\n2,y,3,8\n3,z,4,9\n"),
        ("encoding.csv", b"id,name\n1,M\xfcller\n2,Jos\xe9\n"),
        ("letters.txt", b"id\tnote\n1\tone\\ntwo\n2\t\\N\n3\tthree\\tfour\n4\t\\N\n"),
        ("utf16.csv", b"\xff\xfea\0|\0b\0;\0c\0\n\0A\0|\x001\0;\0x\0\n\0B\0|\x002\0;\0y\0\n\0"),
        ("header.csv", b"Rome,Oslo\nKyiv,Lima\nBonn,Bern\nParis,Turin\nNice,Brest\n"),
    ];

    fn look(folder: &Path, choices: &[FileChoice]) -> Vec<FileFacts> {
        let scratch = folder.join("scratch");
        let paths: Vec<_> = ASKING.iter().map(|(name, _)| folder.join(name)).collect();
        let found = find(&paths, &[], choices, &scratch, &Unwatched).unwrap();
        Known::default().facts(&found, &Unwatched).unwrap()
    }

    struct Stopped;
    impl Watch for Stopped {
        fn step(&self, _: &Progress) -> bool {
            false
        }
    }

    #[test]
    fn a_file_is_looked_at_again_where_it_or_what_is_said_of_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let scratch = folder.path().join("scratch");
        let mut known = Known::default();
        let mut look = |text: &str, choices: &[FileChoice]| {
            std::fs::write(&path, text).unwrap();
            let found = find(std::slice::from_ref(&path), &[], choices, &scratch, &Unwatched).unwrap();
            let columns = known.facts(&found, &Unwatched).unwrap()[0].readings[0].columns.len();
            (columns, known.0.len())
        };
        assert_eq!(look("a;b,c\n1;2,3\n", &[]), (2, 1));
        assert_eq!(look("a;b;c,d\n1;2;3,4\n", &[]), (3, 1));
        let comma = FileChoice { file: "a.csv".into(), delimiter: Some(",".into()), ..FileChoice::default() };
        assert_eq!(look("a;b;c,d\n1;2;3,4\n", &[comma]), (2, 1));
        let found = find(&[path], &[], &[], &scratch, &Unwatched).unwrap();
        assert!(matches!(known.facts(&found, &Stopped), Err(Error::Cancelled)));
    }

    #[test]
    fn a_reading_that_is_chosen_is_the_one_taken_and_nothing_is_asked_any_more() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in ASKING {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let looked = look(folder.path(), &[]);
        for (at, facts) in looked.iter().enumerate() {
            assert!(!facts.questions.is_empty() && facts.readings.len() > 1, "{} asks", facts.file);
            for reading in &facts.readings {
                let again = &look(folder.path(), std::slice::from_ref(&reading.choice))[at];
                let what = format!("{} with {}", facts.file, reading.dialect);
                assert_eq!(again.questions, Vec::<String>::new(), "{what}");
                assert_eq!(again.dialect.as_ref(), Some(&reading.dialect), "{what}");
                assert_eq!(again.encoding.as_ref(), Some(&reading.encoding), "{what}");
                assert_eq!(again.readings[0].rows, reading.rows, "{what}");
                assert_eq!(again.readings[0].choice, reading.choice, "{what}");
            }
        }
    }
}
