//! Memos and OLE objects, which stand in the row, in one place elsewhere, or in a chain of pieces.

use super::format::{Fallible, Pointer, broken, u32_at};
use super::pages::Pages;

const IN_ROW: u32 = 0x8000_0000;
const ONE_PIECE: u32 = 0x4000_0000;
/// A reference: length and form, the first piece, four bytes unused.
const REFERENCE: usize = 12;

/// Bytes of long values that may still be read. Each stands in the file once; a file that has more of them than bytes
/// leads readers round in circles.
#[derive(Debug)]
pub struct Allowance(u64);

impl Allowance {
    pub fn new(file: u64) -> Self {
        Self(file)
    }

    fn take(&mut self, bytes: usize) -> Fallible<()> {
        match self.0.checked_sub(bytes as u64) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => broken("long values overlap: there are more of them than the file has bytes"),
        }
    }
}

/// Whether a column's bytes in a row are a reference to a long value, with the value after it perhaps.
pub fn is_reference(field: &[u8]) -> bool {
    let Some(word) = u32_at(field, 0).filter(|_| field.len() >= REFERENCE) else { return false };
    let length = (word & !(IN_ROW | ONE_PIECE)) as usize;
    if word & IN_ROW != 0 { field.len() == REFERENCE + length } else { field.len() == REFERENCE }
}

/// Appends the value that a column's bytes in a row hold or lead to.
pub fn append(pages: &mut Pages, field: &[u8], left: &mut Allowance, out: &mut Vec<u8>) -> Fallible<()> {
    if field.is_empty() {
        return Ok(());
    }
    let (Some(word), Some(first), Some(rest)) = (u32_at(field, 0), u32_at(field, 4), field.get(REFERENCE..)) else {
        return broken("the reference to a long value is cut short");
    };
    let length = (word & !(IN_ROW | ONE_PIECE)) as usize;
    if word & IN_ROW != 0 {
        let Some(value) = rest.get(..length) else { return broken("a long value is longer than its row") };
        out.extend_from_slice(value);
        return Ok(());
    }
    if length as u64 > pages.size {
        return broken("a long value is said to be longer than the file");
    }
    let start = out.len();
    let mut next = Pointer(first);
    // One place of the chain is held against all after it, then a later one: circles are seen without a list.
    let (mut held, mut pieces, mut until) = (next, 0u64, 1u64);
    while next.0 != 0 && out.len() - start < length {
        let row = pages.row(next)?;
        let (follows, piece) = if word & ONE_PIECE != 0 {
            (0, row)
        } else {
            match u32_at(row, 0) {
                Some(follows) if row.len() > 4 => (follows, &row[4..]),
                _ => return broken(format!("the chain of a long value breaks on page {}", next.page())),
            }
        };
        left.take(piece.len())?;
        let wanted = length - (out.len() - start);
        out.extend_from_slice(&piece[..piece.len().min(wanted)]);
        next = Pointer(follows);
        if next == held {
            return broken("the chain of a long value goes in circles");
        }
        pieces += 1;
        if pieces == until {
            (held, until) = (next, 2 * until);
        }
    }
    if out.len() - start < length {
        let got = out.len() - start;
        return broken(format!("a long value ends after {got} of {length} bytes"));
    }
    Ok(())
}
