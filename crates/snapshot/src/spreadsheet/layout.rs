//! Where the tables of a sheet are: blocks of cells with blank rows or columns between, their titles and headers.
//!
//! A sheet is looked at once before its rows are read, in memory that grows with its columns. Every cell ends up in one
//! area: in its rows, its header, or above it. Blank rows alone part nothing; a header after them does.

mod header;
mod piece;

pub use header::{header_of, names};

use super::cell::{Block, Content, Row};
use piece::{Column, HeadRow, Piece};

/// More tables than this on one sheet are read as one.
const AREA_LIMIT: usize = 64;
/// Rows in which a header is looked for.
const HEAD: usize = 30;
/// Rows that a title may have.
const TITLE: usize = 10;

/// A table and what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub block: Block,
    /// First and last row of the header.
    pub header: Option<(u32, u32)>,
    /// Rows above this one belong to the title.
    pub body: u32,
}

/// Tables found so far.
struct Found {
    block: Block,
    body: Piece,
}

#[derive(Default)]
pub struct Survey {
    columns: Vec<Column>,
    head: Vec<HeadRow>,
    top: u32,
    bottom: u32,
    found: Vec<Found>,
    /// A single line after a blank row: a title, if a table follows.
    waiting: Option<Piece>,
}

impl Survey {
    pub fn row(&mut self, row: &Row) {
        let mut cells = row.cells.iter().filter(|c| !c.is_blank()).peekable();
        if cells.peek().is_none() {
            return;
        }
        if self.top > 0 && row.number > self.bottom + 1 {
            self.close();
        }
        if self.top == 0 {
            self.top = row.number;
        }
        self.bottom = row.number;
        let mut head = (self.head.len() < HEAD).then(|| HeadRow { number: row.number, cells: Vec::new() });
        for cell in cells {
            let at = cell.column as usize;
            if at >= self.columns.len() {
                self.columns.resize(at + 1, Column::default());
            }
            let (column, text) = (&mut self.columns[at], matches!(cell.content, Content::Text(_)));
            if !column.is_used() {
                column.first = row.number;
            }
            column.last = row.number;
            *(if text { &mut column.text } else { &mut column.other }) += 1;
            if let Some(head) = &mut head {
                head.cells.push((cell.column, text));
            }
        }
        self.head.extend(head);
    }

    /// The tables of the sheet, from the top and from the left.
    pub fn finish(mut self, merged: &[Block]) -> Vec<Area> {
        if self.top > 0 {
            self.close();
        }
        if let Some(line) = self.waiting.take() {
            self.join(&line);
        }
        if self.found.len() > AREA_LIMIT {
            let all = self.found.iter().map(|f| f.block).reduce(|a, b| a.with(&b));
            self.found.truncate(1);
            self.found[0].block = all.unwrap_or(self.found[0].block);
        }
        part(&mut self.found);
        self.found.sort_by_key(|f| (f.block.top, f.block.left));
        let area = |f: Found| {
            let header = header_of(&f.body, merged);
            Area { block: f.block, header, body: f.body.block.top }
        };
        self.found.into_iter().map(area).collect()
    }

    /// The rows so far are a piece, or several side by side.
    fn close(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        let head = std::mem::take(&mut self.head);
        let (top, bottom) = (std::mem::take(&mut self.top), self.bottom);
        let mut groups: Vec<(u32, u32)> = Vec::new();
        for (at, _) in columns.iter().enumerate().filter(|(_, c)| c.is_used()) {
            match groups.last_mut() {
                Some((_, last)) if *last + 1 == at as u32 => *last += 1,
                _ => groups.push((at as u32, at as u32)),
            }
        }
        let cut = |(left, right): (u32, u32)| Piece::cut(&columns, &head, left, right);
        let pieces: Vec<Piece> = groups.iter().map(|g| cut(*g)).collect();
        if pieces.len() > 1 && side_by_side(&pieces) {
            for piece in pieces {
                self.place(piece);
            }
        } else if let (Some((left, _)), Some((_, right))) = (groups.first(), groups.last()) {
            let mut whole = cut((*left, *right));
            (whole.block.top, whole.block.bottom) = (top, bottom);
            self.place(whole);
        }
    }

    /// Puts a piece where it belongs: to a table above it, or it is one of its own.
    fn place(&mut self, piece: Piece) {
        let above = self.found.iter().rposition(|f| overlap(&f.block, &piece.block));
        if let Some(at) = above
            && self.found[at].is_title_of(&piece)
        {
            let found = &mut self.found[at];
            found.block = found.block.with(&piece.block);
            found.body = piece;
            return;
        }
        let is_new = match above {
            Some(at) => self.found[at].is_apart_from(&piece),
            None => self.found.is_empty() || piece.columns.len() > 1 && piece.head.len() > 1,
        };
        if is_new {
            let line = self.waiting.take();
            let block = line.as_ref().map_or(piece.block, |l| l.block.with(&piece.block));
            self.found.push(Found { block, body: piece });
        } else if piece.widest == 1 && piece.head.len() == 1 && piece.head[0].cells[0].1 {
            if let Some(line) = self.waiting.replace(piece) {
                self.join(&line);
            }
        } else {
            if let Some(line) = self.waiting.take() {
                self.join(&line);
            }
            self.join(&piece);
        }
    }

    /// Rows of a table that is there.
    fn join(&mut self, piece: &Piece) {
        let at = self.found.iter().rposition(|f| overlap(&f.block, &piece.block)).unwrap_or(self.found.len() - 1);
        self.found[at].block = self.found[at].block.with(&piece.block);
    }
}

impl Found {
    /// Few cells over something wider, with nothing but a blank row between; or a line or two over a whole header.
    fn is_title_of(&self, piece: &Piece) -> bool {
        let rows = (self.block.bottom - self.block.top) as usize + 1;
        let few = rows <= TITLE && piece.widest >= 2 && self.body.widest * 2 <= piece.widest;
        let line = || rows <= 2 && self.body.widest < piece.widest && piece.begins_whole();
        self.body.block == self.block && (few || line())
    }

    /// Whether a piece below begins with a header of its own.
    fn is_apart_from(&self, piece: &Piece) -> bool {
        let Some((first, last)) = header_of(piece, &[]) else { return false };
        let Some(row) = piece.head.iter().find(|r| r.number == first) else { return false };
        let complete = row.cells.len() >= 2 && row.cells.iter().all(|(_, text)| *text);
        let other_columns = piece.block.left != self.block.left || piece.block.right != self.block.right;
        let filled = row.cells.len() == piece.columns.iter().filter(|c| c.is_used()).count();
        piece.block.bottom > last && complete && (piece.contrasts(row) || other_columns && filled)
    }
}

/// Blank columns part tables where each side has its header and they do not end in the same rows.
fn side_by_side(pieces: &[Piece]) -> bool {
    let is_table = |p: &Piece| {
        p.columns.len() > 1
            && p.head.len() > 1
            && p.head[0].cells.len() * 2 > p.columns.len()
            && p.head[0].cells.iter().all(|(_, text)| *text)
    };
    let rows = |p: &Piece| (p.block.top, p.block.bottom);
    pieces.iter().all(is_table) && pieces.iter().any(|p| rows(p) != rows(&pieces[0]))
}

fn overlap(a: &Block, b: &Block) -> bool {
    a.left <= b.right && b.left <= a.right
}

/// Areas that grew into each other are one, so that no cell is in two.
fn part(found: &mut Vec<Found>) {
    let mut at = 0;
    while at < found.len() {
        match (at + 1..found.len()).find(|other| found[at].block.meets(&found[*other].block)) {
            Some(other) => {
                let gone = found.remove(other);
                found[at].block = found[at].block.with(&gone.block);
                if gone.body.block.top < found[at].body.block.top {
                    found[at].body = gone.body;
                }
                at = 0;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests;
