//! The stream that holds a workbook, and its records.

use encoding_rs::Encoding;

use crate::spreadsheet::binary::u16_at;

pub const BEGIN: u16 = 0x809;
pub const END: u16 = 0x0a;
const CONTINUE: u16 = 0x3c;

/// The bytes and what they are read by.
pub struct Stream {
    pub bytes: Vec<u8>,
    /// BIFF8: text is Unicode.
    pub wide: bool,
    /// Of BIFF5 text.
    pub encoding: &'static Encoding,
}

/// A record: its number, its fields, and where the next one begins.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub kind: u16,
    pub fields: &'a [u8],
    pub next: usize,
}

impl Stream {
    /// The record at a place; `None` where the stream ends in it.
    pub fn record(&self, at: usize) -> Option<Record<'_>> {
        let head = self.bytes.get(at..at + 4)?;
        let (kind, length) = (u16_at(head, 0), usize::from(u16_at(head, 2)));
        let fields = self.bytes.get(at + 4..at + 4 + length)?;
        Some(Record { kind, fields, next: at + 4 + length })
    }

    /// The records of the workbook itself, before its sheets.
    pub fn globals(&self, from: usize) -> impl Iterator<Item = Record<'_>> {
        let mut at = from;
        std::iter::from_fn(move || {
            let record = self.record(at).filter(|r| r.kind != END)?;
            at = record.next;
            Some(record)
        })
    }

    /// A record's fields with those of the records that continue it.
    pub fn continued(&self, record: Record<'_>) -> Vec<&[u8]> {
        let mut segments = vec![&self.bytes[record.next - record.fields.len()..record.next]];
        let mut at = record.next;
        while let Some(more) = self.record(at).filter(|r| r.kind == CONTINUE) {
            segments.push(&self.bytes[at + 4..more.next]);
            at = more.next;
        }
        segments
    }
}
