//! What the thread that reads tells the one that writes.

use std::sync::Arc;

use snapshot::{Batch, Note, Position, Share, TableDef};

/// What the reading thread tells the writing one. Tables are numbered over the whole snapshot.
pub(super) enum Message {
    Table {
        file: usize,
        id: usize,
        def: TableDef,
    },
    Changed {
        id: usize,
        def: TableDef,
    },
    Gone {
        id: usize,
    },
    Rows {
        file: usize,
        id: usize,
        batch: Arc<Batch>,
    },
    /// A row of the batch that is longer than a store takes.
    TooLong {
        file: usize,
        id: usize,
        at: Position,
        batch: Arc<Batch>,
        row: usize,
    },
    Note {
        file: usize,
        table: Option<usize>,
        note: Note,
        /// Of a reject: how its record is read again by itself.
        form: Option<String>,
    },
    /// The file broke; what came before is kept.
    Broken {
        file: usize,
        error: snapshot::Error,
    },
    Done {
        file: usize,
        encoding: String,
        dialect: Option<String>,
        bytes: u64,
        /// Tables by their number over the whole snapshot.
        shares: Vec<Share>,
        seconds: f64,
    },
}
