//! What a file looks like before it is loaded, and how else it could be read.

use std::sync::Arc;

use snapshot::delimited::{Considered, Delimited, Survey, survey};
use snapshot::recognise::Kind;
use snapshot::text::Wide;
use snapshot::{Batch, CellRef, Reader, Result, Step};

use super::choice;
use super::inputs::Input;
use super::streams::{self, open, stem};
use crate::facts::{FileFacts, ReadingFacts};
use crate::sample::mask::{mask, unmasked};
use crate::source::Cell;

/// Records that are shown of each reading.
const SHOWN: usize = 5;

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
    let choice = choice::of_reading(&input.name, &way.dialect, way.encoding.map(Wide::name));
    let mut found = ReadingFacts {
        dialect,
        encoding,
        score: (way.score > 0).then(|| f64::from(way.score) / 1000.0),
        reasons: way.reasons.clone(),
        choice,
        columns: Vec::new(),
        rows: Vec::new(),
    };
    let mut reader = Delimited::new(open(input, None)?, &stem(&input.name), as_read)?;
    let mut batch = Batch::default();
    while found.rows.len() < SHOWN {
        match reader.next(&mut batch)? {
            Step::Table(table) => {
                let name =
                    |text: String| if names_are_names { unmasked(&Cell::Text(text)) } else { mask(&Cell::Text(text)) };
                found.columns = table.columns.into_iter().map(|column| name(column.name)).collect();
            }
            Step::Rows => {
                let rows = (0..batch.rows().min(SHOWN)).map(|row| batch.row(row).map(|c| mask(&cell(c))).collect());
                found.rows.extend(rows);
            }
            Step::End => break,
            Step::Note(_) | Step::Changed(..) | Step::Gone(_) => {}
        }
    }
    Ok(found)
}

fn cell(cell: CellRef<'_>) -> Cell {
    match cell {
        CellRef::Null => Cell::Null,
        CellRef::Integer(number) => Cell::Integer(number),
        CellRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        CellRef::Bytes(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}
