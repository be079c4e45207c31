//! Rows and records longer than SQLite takes: they are rejects whose bytes are kept as files beside the store.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use rusqlite::params;
use snapshot::{Batch, CellRef, Position};

use super::{Writer, not_written};
use crate::disk;
use crate::error::Result;

/// Values of a row that is too long are kept as files of their own from so many bytes on.
const APART: usize = 1 << 16;

impl Writer {
    /// A row longer than the store takes. Its long values are files beside the store; the reject names them in their
    /// places and holds the others, as a record of RFC 4180 where bytes are written in hexadecimal.
    pub fn reject_row(&mut self, file: usize, table: usize, at: Position, batch: &Batch, row: usize) -> Result<()> {
        let longest = self.longest;
        let reason = format!("a row is longer than the {longest} bytes that a store takes of one");
        self.reject(file, Some(table), at, &reason, b"", None)?;
        let id = self.connection.last_insert_rowid();
        let apart = APART.min(longest / 2);
        let mut record = String::new();
        let mut told = String::new();
        for (column, cell) in batch.row(row).enumerate() {
            if column > 0 {
                record.push(',');
            }
            match cell {
                CellRef::Text(bytes) | CellRef::Bytes(bytes) if bytes.len() > apart => {
                    let name = format!("reject-{id}-{}.bytes", column + 1);
                    self.write_beside(&name, bytes)?;
                    let _ = write!(told, "; {} bytes of column {} are kept as {name}", bytes.len(), column + 1);
                    record.push_str(&name);
                }
                CellRef::Null => {}
                CellRef::Integer(i) => record.push_str(&i.to_string()),
                CellRef::Text(text) => {
                    let _ = write!(record, "\"{}\"", String::from_utf8_lossy(text).replace('"', "\"\""));
                }
                CellRef::Bytes(bytes) => {
                    for byte in bytes {
                        let _ = write!(record, "{byte:02x}");
                    }
                }
            }
        }
        if record.len() > longest {
            // So many values, none of them long.
            let name = format!("reject-{id}.csv");
            self.write_beside(&name, record.as_bytes())?;
            let _ = write!(told, "; the row is kept as {name}");
            record.clear();
        }
        self.say_of(id, &format!("{reason}{told}, in the folder of the snapshot"), record.as_bytes())
    }

    /// The bytes of the reject that was written last are more than the store takes.
    pub(super) fn keep_beside(&mut self, reason: &str, raw: &[u8]) -> Result<()> {
        let id = self.connection.last_insert_rowid();
        let name = format!("reject-{id}.bytes");
        self.write_beside(&name, raw)?;
        let reason = format!("{reason}; its {} bytes are kept as {name}, in the folder of the snapshot", raw.len());
        self.say_of(id, &reason, b"")
    }

    fn say_of(&self, reject: i64, reason: &str, raw: &[u8]) -> Result<()> {
        self.put("UPDATE cw_reject SET reason = ?, raw = ? WHERE id = ?", params![reason, raw, reject])
    }

    fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path: PathBuf = self.path.with_file_name(name);
        let said = not_written(&path);
        let mut file = disk::private().create(true).truncate(true).open(&path).map_err(&said)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&said)
    }
}
