//! Cells as every kind of workbook gives them, before anybody has said what a row is.

use crate::event::FacetKind;

/// The most columns a sheet of any known program has (Excel 16,384; LibreOffice can have 16,384 too).
pub const COLUMN_LIMIT: u32 = 16_384;
/// The most rows: 2^20 in Excel and LibreOffice.
pub const ROW_LIMIT: u32 = 1 << 20;

/// A row with at least one cell, or that the file only speaks of.
#[derive(Debug, Default)]
pub struct Row {
    /// From 1.
    pub number: u32,
    pub hidden: bool,
    /// In order of columns, each column once.
    pub cells: Vec<Cell>,
    /// What the cells' spans point into.
    pub text: Vec<u8>,
    /// It holds more text than is kept.
    pub over: bool,
}

/// Bytes of text in a row. Cells that point to one long text would fill the memory.
pub const ROW_TEXT_LIMIT: usize = 256 << 20;

#[derive(Debug, Clone)]
pub struct Cell {
    /// From 0.
    pub column: u32,
    /// Index into the workbook's formats.
    pub style: u32,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub enum Content {
    Number(f64),
    Text(Span),
    Boolean(bool),
    /// As the legacy program writes it: `#N/A`.
    Error(Span),
    /// A date or figure that the file itself spells out.
    Told(Box<Told>),
    /// A formula, with its sign in front, whose result is not stored, or may be no result.
    Formula {
        text: Span,
        instead: Instead,
    },
}

/// What stands where a formula's result should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    Nothing,
    /// A 0 or a blank text, which some programs write that compute nothing.
    Zero,
    Blank,
}

/// A value with its kind and its display, as OpenDocument and ISO dates give it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// `None` where the value is a plain number and shown as one.
    pub kind: Option<FacetKind>,
    pub value: Plain,
    pub stored: String,
    pub shown: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    Number(f64),
    Text(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Cell {
    /// Formulas that answer an empty text fill whole columns: they hold nothing that could be lost.
    pub fn is_blank(&self) -> bool {
        match self.content {
            Content::Text(span) => span.start == span.end,
            Content::Formula { instead, .. } => instead == Instead::Blank,
            _ => false,
        }
    }
}

impl Row {
    pub fn start(&mut self, number: u32) {
        self.number = number;
        self.hidden = false;
        self.cells.clear();
        self.text.clear();
        self.over = false;
    }

    pub fn push(&mut self, column: u32, style: u32, content: Content) {
        self.cells.push(Cell { column, style, content });
    }

    pub fn keep(&mut self, text: &[u8]) -> Span {
        let start = self.text.len() as u32;
        if self.text.len() + text.len() > ROW_TEXT_LIMIT {
            self.over = true;
            return Span { start, end: start };
        }
        self.text.extend_from_slice(text);
        Span { start, end: self.text.len() as u32 }
    }

    pub fn span(&self, span: Span) -> &[u8] {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Puts the cells in order; of two for one place the last counts, as the legacy program reads it.
    pub fn settle(&mut self) {
        if self.cells.is_sorted_by(|a, b| a.column < b.column) {
            return;
        }
        self.cells.reverse();
        self.cells.sort_by_key(|c| c.column);
        self.cells.dedup_by_key(|c| c.column);
    }
}

/// The shortest text that gives the same double when it is read.
pub fn number_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 || (1e-7..1e21).contains(&size) { format!("{number}") } else { format!("{number:e}") }
}

/// A whole number that a double holds exactly.
pub fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// `A`, `Z`, `AA`: column 0, 25, 26.
pub fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut found = Vec::new();
    while left > 0 {
        found.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    found.reverse();
    String::from_utf8_lossy(&found).into_owned()
}

/// `B7` as column 1, row 7; `$` are passed over. `None` where it is no cell a sheet can have.
pub fn place(reference: &[u8]) -> Option<(u32, u32)> {
    let (mut column, mut row, mut seen_digit) = (0u32, 0u32, false);
    for byte in reference {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if !seen_digit => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
            }
            b'0'..=b'9' => {
                seen_digit = true;
                row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            }
            _ => return None,
        }
    }
    let fits = (1..=COLUMN_LIMIT).contains(&column) && (1..=ROW_LIMIT).contains(&row);
    fits.then(|| (column - 1, row))
}

/// A block of cells: columns from 0, rows from 1, all inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Block {
    /// `A5:K200`, or one cell.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let ((left, top), (right, bottom)) = (place(from.as_bytes())?, place(to.as_bytes())?);
        let (left, right) = (left.min(right), left.max(right));
        Some(Self { top: top.min(bottom), left, bottom: top.max(bottom), right })
    }

    pub fn name(&self) -> String {
        format!("{}{}:{}{}", letters(self.left), self.top, letters(self.right), self.bottom)
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }

    pub fn with(&self, other: &Self) -> Self {
        Self {
            top: self.top.min(other.top),
            left: self.left.min(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.max(other.right),
        }
    }

    pub fn holds(&self, column: u32, row: u32) -> bool {
        (self.left..=self.right).contains(&column) && (self.top..=self.bottom).contains(&row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_as_the_shortest_text_that_reads_back() {
        for (number, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (1.1, "1.1"),
            (1e21, "1e21"),
            (1.5e-9, "1.5e-9"),
            (12_345_678_901_234_567_890.0, "12345678901234567000"),
        ] {
            assert_eq!(number_text(number), text);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
        assert_eq!([whole(-3.0), whole(9_007_199_254_740_992.0), whole(0.5)], [Some(-3), None, None]);
    }

    #[test]
    fn references_outside_of_a_sheet_are_none() {
        assert_eq!(place(b"XFD1048576"), Some((16_383, 1_048_576)));
        for outside in ["XFE1", "A1048577", "A0", "7", "A", "AAAAAAAAAAAAAAAAA1", "A99999999999", "A1B"] {
            assert_eq!(place(outside.as_bytes()), None, "{outside}");
        }
        assert_eq!((letters(0), letters(701), letters(702)), ("A".into(), "ZZ".into(), "AAA".into()));
        assert_eq!(Block::parse("K200:A5").map(|b| b.name()), Some("A5:K200".into()));
    }
}
