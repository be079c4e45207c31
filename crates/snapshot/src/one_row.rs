//! One record read by itself: an input that holds one table with one row.

use crate::event::{Batch, NoteKind, Odd, Reader, Step, TableDef};

/// Why what holds more than one record is refused.
pub const MORE: &str = "more than a row stands there";

/// Reads to the end of an input that must hold one table with one row.
pub fn one_row(
    reader: &mut dyn Reader,
    batch: &mut Batch,
    mut fits: impl FnMut(&TableDef) -> Result<(), String>,
) -> Result<(), String> {
    let mut scratch = Batch::default();
    let (mut rows, mut tables) = (0, 0);
    loop {
        match reader.next(&mut scratch).map_err(|e| e.to_string())? {
            Step::Table(def) if tables == 0 => {
                tables += 1;
                fits(&def)?;
            }
            Step::Rows => {
                rows += scratch.rows();
                std::mem::swap(batch, &mut scratch);
            }
            Step::Note(note) => match note.kind {
                NoteKind::Reject { reason, .. } => return Err(reason),
                // The file's other rows are kept as written; what a person writes can be held to the column's type.
                NoteKind::Odd { what: Odd::Unread, .. } => {
                    return Err("a value does not fit its column's type".to_owned());
                }
                NoteKind::Statement { .. } | NoteKind::Object { .. } => return Err(MORE.to_owned()),
                NoteKind::Odd { .. }
                | NoteKind::NotComparable { .. }
                | NoteKind::Resolved
                | NoteKind::Warning { .. } => {}
            },
            Step::End => break,
            Step::Table(_) | Step::Changed(..) | Step::Gone(_) => return Err(MORE.to_owned()),
        }
    }
    match rows {
        1 => Ok(()),
        0 => Err("no row stands there".to_owned()),
        n => Err(format!("{n} rows stand there: a reject is one record")),
    }
}
