//! Legacy snapshots as events: bytes in, tables, rows and notes out.
//!
//! A reader is pulled with [`Reader::next`]; it fills a batch that the caller owns and says what the batch holds. It
//! knows no SQL store, no paths and no threads. What cannot be read as a row becomes a [`Note`] with its position and
//! its bytes: nothing is dropped, and only input that cannot be read at all is an [`Error`].

pub mod access;
mod calendar;
mod cipher;
pub mod container;
pub mod delimited;
mod dialect;
pub mod event;
mod form;
mod input;
pub mod mysqldump;
mod one_row;
pub mod postgres;
pub mod recognise;
pub mod retry;
mod script;
pub mod spreadsheet;
pub mod sql_server;
pub mod sqlite_dump;
pub mod text;

pub use event::{
    Batch, CellRef, ColumnDef, ColumnKind, Error, Facet, FacetKind, Key, KeyKind, Note, NoteKind, Odd, Position,
    Presence, Reader, Result, Share, ShareOf, Step, TableDef,
};
pub use recognise::{Kind, recognise};
