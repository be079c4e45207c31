//! Rows that hang together, as far as it matters for where tables and headers are.

use crate::spreadsheet::cell::Block;

/// What of a row matters for a header: each cell's column and whether it is text.
#[derive(Debug, Clone)]
pub struct HeadRow {
    pub number: u32,
    pub cells: Vec<(u32, bool)>,
}

/// How many cells of a column are text and how many are not, and its first and last row that is not blank.
#[derive(Debug, Clone, Copy, Default)]
pub struct Column {
    pub text: u32,
    pub other: u32,
    pub first: u32,
    pub last: u32,
}

impl Column {
    pub fn is_used(&self) -> bool {
        self.text + self.other > 0
    }
}

/// Rows without a blank one between, or a part of their columns.
#[derive(Debug, Clone)]
pub struct Piece {
    pub block: Block,
    pub head: Vec<HeadRow>,
    /// From the block's left.
    pub columns: Vec<Column>,
    /// Most cells in a row of the head.
    pub widest: usize,
}

impl Piece {
    pub fn cut(columns: &[Column], head: &[HeadRow], left: u32, right: u32) -> Self {
        let own = &columns[left as usize..=right as usize];
        let used = || own.iter().filter(|c| c.is_used());
        let (top, bottom) = (used().map(|c| c.first).min(), used().map(|c| c.last).max());
        let inside = |row: &HeadRow| HeadRow {
            number: row.number,
            cells: row.cells.iter().filter(|(c, _)| (left..=right).contains(c)).copied().collect(),
        };
        let head: Vec<HeadRow> = head.iter().map(inside).filter(|r| !r.cells.is_empty()).collect();
        let widest = head.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        let block = Block { top: top.unwrap_or(1), left, bottom: bottom.unwrap_or(1), right };
        Self { block, head, columns: own.to_vec(), widest }
    }

    /// Its first row is text in every column.
    pub fn begins_whole(&self) -> bool {
        let used = self.columns.iter().filter(|c| c.is_used()).count();
        self.head.len() > 1 && self.head[0].cells.len() == used && self.head[0].cells.iter().all(|(_, text)| *text)
    }

    /// A column whose cells are text in these rows of the head and nothing but other values below.
    pub fn contrasts(&self, row: &HeadRow) -> bool {
        row.cells.iter().filter(|(_, text)| *text).any(|(column, _)| {
            let above = self.head.iter().take_while(|r| r.number <= row.number);
            let above = above.flat_map(|r| &r.cells).filter(|(c, _)| c == column);
            let (mut text, mut other) = (0, 0);
            above.for_each(|(_, is_text)| *(if *is_text { &mut text } else { &mut other }) += 1);
            let all = self.columns[(column - self.block.left) as usize];
            all.text == text && all.other > other
        })
    }
}
