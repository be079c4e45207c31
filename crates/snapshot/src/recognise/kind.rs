//! The kinds of files there are.

use super::script::Script;
use crate::container::Packing;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of MySQL's dialect.
    Sql,
    /// Of another server's.
    Script(Script),
    Delimited,
    Spreadsheet,
    Access,
    Sqlite,
    /// The table of contents of a PostgreSQL dump in several files.
    PostgresContents,
    /// A PostgreSQL dump in one file, with all of these in it.
    PostgresCustom,
    /// One of these files; only its name tells it.
    PostgresPart,
    /// One file, packed.
    Packed(Packing),
    /// A zip archive; of a workbook, if its entries say so.
    Zip,
    Tar,
    /// Microsoft's older container of streams: a workbook or a document, as [`compound::kind`](super::compound::kind) says.
    Compound,
    Empty,
    /// Known, but not read by this version; the text says what it is and what to ask for.
    Unread(&'static str),
    /// Bytes of no kind we know.
    Unknown,
}

impl Kind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Sql => "SQL dump",
            Self::Script(script) => script.label(),
            Self::Delimited => "delimited text",
            Self::Spreadsheet => "spreadsheet",
            Self::Access => "Access database",
            Self::Sqlite => "SQLite database",
            Self::PostgresContents => "PostgreSQL archive",
            Self::PostgresCustom => "PostgreSQL custom dump",
            Self::PostgresPart => "part of a PostgreSQL archive",
            Self::Packed(packing) => packing.label(),
            Self::Zip => "zip archive",
            Self::Tar => "tar archive",
            Self::Compound => "compound file",
            Self::Empty => "empty",
            Self::Unread(what) => what,
            Self::Unknown => "of no kind that is known here (its bytes are not text)",
        }
    }

    /// Whether a reader takes it.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            Self::Sql
                | Self::Script(_)
                | Self::Delimited
                | Self::Spreadsheet
                | Self::Access
                | Self::Sqlite
                | Self::PostgresContents
                | Self::PostgresPart
        )
    }

    /// Whether its reader jumps about in it, so that it must lie on the disk as a file of its own.
    pub fn is_random(self) -> bool {
        matches!(self, Self::Spreadsheet | Self::Access | Self::Sqlite | Self::Zip | Self::Compound)
    }
}

/// Bytes of a file's start that [`recognise`](super::recognise) wants to see.
pub const HEAD: usize = 64 << 10;
