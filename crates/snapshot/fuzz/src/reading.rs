//! One reading from the first step to the end, kept to compare readings by.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use peak_alloc::PeakAlloc;
use snapshot::{Batch, CellRef, Facet, Note, NoteKind, Position, Reader, Result, Share, Step, TableDef};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Heap a reader may take whatever its input: its window, the batch, the tables of its libraries.
const BYTES_HELD: usize = 24 << 20;
/// Heap it may take for each byte of the input: a reject holds the record twice, a window doubles.
const BYTES_PER_BYTE: usize = 40;

/// All that a reader told.
#[derive(Debug, PartialEq)]
pub struct Reading {
    /// As they are at the end.
    pub tables: Vec<TableDef>,
    pub gone: Vec<usize>,
    /// Table, and a digest of the values.
    pub rows: Vec<(usize, u64)>,
    pub facets: Vec<Facet>,
    pub notes: Vec<Note>,
    pub shares: Vec<Share>,
    pub position: u64,
    pub encoding: String,
    pub error: Option<String>,
}

impl Reading {
    pub fn rejects(&self) -> impl Iterator<Item = (Position, &[u8], &str)> {
        self.notes.iter().filter_map(|note| match &note.kind {
            NoteKind::Reject { raw, reason } => Some((note.at, raw.as_slice(), reason.as_str())),
            _ => None,
        })
    }

    /// Whether a person is told that something may be missing.
    pub fn warns(&self) -> bool {
        let told = |n: &Note| matches!(n.kind, NoteKind::Reject { .. } | NoteKind::Warning { .. });
        self.error.is_some() || self.notes.iter().any(told)
    }
}

/// Reads to the end. `steps` is the most steps it may take; `row` hears the cells of each row.
pub fn read(
    opened: Result<Box<dyn Reader + '_>>,
    steps: usize,
    mut row: impl FnMut(usize, &mut dyn Iterator<Item = CellRef<'_>>),
) -> Reading {
    let mut reading = Reading {
        tables: Vec::new(),
        gone: Vec::new(),
        rows: Vec::new(),
        facets: Vec::new(),
        notes: Vec::new(),
        shares: Vec::new(),
        position: 0,
        encoding: String::new(),
        error: None,
    };
    let mut reader = match opened {
        Ok(reader) => reader,
        Err(error) => {
            reading.error = Some(error.to_string());
            return reading;
        }
    };
    let mut batch = Batch::default();
    for taken in 0.. {
        assert!(taken <= steps, "no end after {steps} steps");
        match reader.next(&mut batch) {
            Ok(Step::End) => break,
            Ok(step) => reading.take(step, &batch, &mut row),
            Err(error) => {
                reading.error = Some(error.to_string());
                return reading;
            }
        }
    }
    reading.shares = reader.shares();
    reading.position = reader.position();
    reading.encoding = reader.encoding();
    assert!(!reading.encoding.is_empty(), "an encoding has a name");
    reading
}

impl Reading {
    fn take(&mut self, step: Step, batch: &Batch, row: &mut impl FnMut(usize, &mut dyn Iterator<Item = CellRef<'_>>)) {
        let known = self.tables.len();
        match step {
            Step::Table(def) => self.tables.push(def),
            Step::Changed(index, def) => {
                let before = self.tables[index].columns.len();
                assert!(def.columns.len() >= before, "table {index} lost columns");
                self.tables[index] = def;
            }
            Step::Gone(index) => {
                assert!(self.rows.iter().all(|(t, _)| *t != index), "table {index} has rows and is taken back");
                self.gone.push(index);
            }
            Step::Rows => {
                assert!(batch.table < known, "rows of a table that was not told");
                assert!(batch.width <= self.tables[batch.table].columns.len(), "rows wider than their table");
                assert!(batch.rows() > 0, "a batch without rows");
                for index in 0..batch.rows() {
                    row(batch.table, &mut batch.row(index));
                    self.rows.push((batch.table, digest(batch.row(index))));
                }
                self.facets.extend_from_slice(batch.facets());
            }
            Step::Note(note) => {
                assert!(note.table.is_none_or(|t| t < known), "a note on a table that was not told");
                self.notes.push(note);
            }
            Step::End => {}
        }
    }
}

fn digest<'a>(cells: impl Iterator<Item = CellRef<'a>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in cells {
        match cell {
            CellRef::Null => 0u8.hash(&mut hasher),
            CellRef::Integer(i) => (1u8, i).hash(&mut hasher),
            CellRef::Text(t) => {
                assert!(std::str::from_utf8(t).is_ok(), "text that is not UTF-8");
                (2u8, t).hash(&mut hasher);
            }
            CellRef::Bytes(b) => (3u8, b).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Steps that a reading of so many bytes may take.
pub fn steps_for(length: usize) -> usize {
    1000 + 4 * length
}

/// Runs `work` and holds it to the heap that an input of so many bytes may cost.
pub fn bounded<T>(length: usize, work: impl FnOnce() -> T) -> T {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let done = work();
    let took = HEAP.peak_usage().saturating_sub(before);
    let may = BYTES_HELD + BYTES_PER_BYTE * length;
    assert!(took <= may, "{took} bytes of heap for an input of {length}; {may} are allowed");
    done
}
