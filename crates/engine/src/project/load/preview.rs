//! What a file looks like before it is loaded, and how else it could be read.

use std::io::Read;
use std::sync::Arc;

use snapshot::delimited::{Considered, Delimited, Survey, survey, unnamed_column};
use snapshot::recognise::Kind;
use snapshot::{Batch, CellRef, Reader, Result, Step};

use super::choice;
use super::inputs::Input;
use super::streams::{self, open, stem};
use crate::facts::{FileFacts, ReadingFacts};
use crate::sample::Shown;
use crate::sample::mask::{mask, unmasked};
use crate::source::Cell;

/// Records that are shown of each reading.
const SHOWN: usize = 5;
/// Columns that are shown of a reading: what has more was hardly read as it was written.
const COLUMNS: usize = 1000;
/// They are looked for in so many bytes.
const START: u64 = 256 << 10;

/// What a load would make of a file.
pub fn file(input: &Input) -> FileFacts {
    let mut facts = FileFacts {
        file: input.name.clone(),
        kind: input.label(),
        bytes: input.bytes,
        encoding: None,
        dialect: None,
        questions: Vec::new(),
        readings: Vec::new(),
        ignored_why: None,
        needs_password: false,
    };
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

fn delimited(input: &Input, facts: &mut FileFacts) -> Result<()> {
    let about = survey(open(input, None)?, &choice::dialect(&input.choice))?;
    facts.encoding = Some(about.encoding_name());
    facts.dialect = Some(about.dialect.describe());
    facts.questions = about.warnings();
    let names_are_names = about.has_certain_header();
    for way in &about.considered {
        facts.readings.push(reading(input, &about, way, names_are_names)?);
    }
    Ok(())
}

fn reading(input: &Input, about: &Survey, way: &Considered, names_are_names: bool) -> Result<ReadingFacts> {
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

    use super::super::inputs::Inputs;
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
        Inputs::find(&paths, &[], choices, &scratch, &Unwatched).unwrap().facts()
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
