//! The header of a table: which rows it is, and what the columns are called.

use std::collections::HashMap;

use super::piece::{HeadRow, Piece};
use crate::spreadsheet::cell::Block;

/// Rows below the first wide one that may still be the header.
const LOOK_ON: usize = 5;
/// Rows that a header may have.
const HEADER_ROWS: u32 = 6;

/// First and last row of a piece's header. The first row that fills most columns decides: where it is text it is the
/// header, and where it has figures in it only if its texts stand over figures.
pub fn header_of(piece: &Piece, merged: &[Block]) -> Option<(u32, u32)> {
    let wide = |row: &HeadRow| row.cells.len() * 2 > piece.widest;
    let all_text = |row: &HeadRow| row.cells.iter().all(|(_, text)| *text);
    let first = piece.head.iter().position(wide)?;
    let row = &piece.head[first];
    let texts = row.cells.iter().filter(|(_, text)| *text).count();
    let at = if all_text(row) || texts * 2 >= row.cells.len() && piece.contrasts(row) {
        first
    } else {
        let above = |at: usize| piece.head[..at].iter().all(|r| r.cells.len() < piece.head[at].cells.len());
        let fits = |at: &usize| all_text(&piece.head[*at]) && above(*at) && piece.contrasts(&piece.head[*at]);
        (first + 1..piece.head.len().min(first + 1 + LOOK_ON)).find(fits)?
    };
    Some(with_merged(piece, at, merged))
}

/// Merged cells make a header of several rows: groups above its names, or names beneath its groups.
fn with_merged(piece: &Piece, at: usize, merged: &[Block]) -> (u32, u32) {
    let number = piece.head[at].number;
    let text_row = |number: u32| {
        let row = piece.head.iter().find(|r| r.number == number);
        row.is_some_and(|r| r.cells.iter().all(|(_, text)| *text))
    };
    let in_row = |number: u32| {
        let block = piece.block;
        merged
            .iter()
            .filter(move |m| (m.top..=m.bottom).contains(&number) && m.left >= block.left && m.right <= block.right)
    };
    // A title over all columns is no group of some.
    let groups = |number: u32| {
        in_row(number).any(|m| m.right > m.left && (m.left, m.right) != (piece.block.left, piece.block.right))
    };
    let (mut first, mut last) = (number, number);
    while first > piece.block.top && number - first < HEADER_ROWS && groups(first - 1) && text_row(first - 1) {
        first -= 1;
    }
    let deepest = in_row(number).filter(|m| m.top == number).map(|m| m.bottom).max().unwrap_or(number);
    if deepest < number + HEADER_ROWS && deepest < piece.block.bottom {
        last = last.max(deepest);
    }
    if groups(number) && text_row(number + 1) && number + 1 < piece.block.bottom {
        last = last.max(number + 1);
    }
    (first, last)
}

/// Column names out of header texts: blank ones are numbered, repeated ones get a number after.
pub fn names(texts: &[String]) -> Vec<String> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let text = text.trim();
        let base = if text.is_empty() { format!("column_{}", index + 1) } else { text.to_owned() };
        let mut name = base.clone();
        // Counting on from the last number keeps thousands of equal names from being tried one by one.
        while let Some(n) = taken.get(&name.to_lowercase()).copied() {
            let n = n.max(taken.get(&base.to_lowercase()).copied().unwrap_or(1)) + 1;
            taken.insert(base.to_lowercase(), n);
            name = format!("{base} ({n})");
        }
        taken.insert(name.to_lowercase(), 1);
        names.push(name);
    }
    names
}
