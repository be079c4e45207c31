//! Formulas without a result. A program that writes workbooks and computes nothing leaves the result out, or writes a 0
//! in its place and asks whoever opens the workbook to compute it.

use std::collections::{BTreeSet, HashMap};

use super::cell::{COLUMN_LIMIT, Content, Instead, ROW_LIMIT, Row, letters, place};

/// A longer formula is cut: Excel's own end at 8,192 letters.
const LONGEST: usize = 32 << 10;
/// Bytes of formulas that are kept for the cells that share them.
const SHARED_LIMIT: usize = 16 << 20;
/// Columns named one by one.
const NAMED: usize = 12;

/// What it is when a formula's result is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    #[default]
    Results,
    /// The program that wrote the workbook computes nothing.
    Placeholders,
    /// The workbook asks to be computed when it is opened; some programs do so that computed it themselves.
    Doubtful,
    /// Nothing tells which program wrote it: if a sheet has no other result, none was computed.
    Alone,
}

/// The formulas of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Formulas {
    without: u64,
    zero: u64,
    other: u64,
    /// Of those without a result, and of those with a 0.
    columns_without: BTreeSet<u32>,
    columns_zero: BTreeSet<u32>,
}

impl Formulas {
    pub fn computed(&mut self) {
        self.other += 1;
    }

    /// Adds a formula to its row that has no result, or one that may be none.
    pub fn push(&mut self, row: &mut Row, (column, style): (u32, u32), text: &[u8], instead: Instead) {
        let text = &text[..text.len().min(LONGEST)];
        let text = row.keep(text);
        row.push(column, style, Content::Formula { text, instead });
        if instead == Instead::Nothing {
            self.without += 1;
            self.columns_without.insert(column);
        } else {
            self.zero += 1;
            self.columns_zero.insert(column);
        }
    }

    /// Whether zeros and blanks of the sheet stand for results that are still to come.
    pub fn are_placeholders(&self, zeros: Zeros) -> bool {
        match zeros {
            Zeros::Results => false,
            Zeros::Placeholders => true,
            Zeros::Doubtful | Zeros::Alone => self.other == 0,
        }
    }

    /// What a person must know of the formulas of a sheet.
    pub fn warnings(&self, sheet: &str, zeros: Zeros) -> Vec<String> {
        // LibreOffice takes what a workbook of another program holds, unless it is told to compute.
        const REMEDY: &str = "Open the workbook in Excel, or in LibreOffice and compute it there (Ctrl+Shift+F9), save \
                              it, and load it again";
        let mut said = Vec::new();
        let held = if self.are_placeholders(zeros) { self.zero } else { 0 };
        if self.without + held > 0 {
            let (count, are) = counted(self.without + held);
            let columns = if held > 0 {
                named(self.columns_without.union(&self.columns_zero))
            } else {
                named(self.columns_without.iter())
            };
            let held = match held {
                0 => String::new(),
                _ if self.without == 0 => " (what stands there is no result)".to_owned(),
                some => format!(" (what stands in {some} of the cells is no result)"),
            };
            said.push(format!(
                "sheet {sheet}: {count} in {columns} {are} never computed{held}: each is loaded as NULL, with the \
                 formula kept beside it. {REMEDY}"
            ));
        }
        if zeros == Zeros::Doubtful && held == 0 && self.zero > 0 {
            let (count, _) = counted(self.zero);
            said.push(format!(
                "sheet {sheet}: the result of {count} in {} is 0, in a workbook that asks to be computed when it is \
                 opened: some may not have been computed. They are loaded as 0. {REMEDY}",
                named(self.columns_zero.iter())
            ));
        }
        said
    }
}

fn counted(count: u64) -> (String, &'static str) {
    if count == 1 { ("1 formula".to_owned(), "was") } else { (format!("{count} formulas"), "were") }
}

/// "column D", "columns D, E and 3 more".
fn named<'a>(columns: impl Iterator<Item = &'a u32>) -> String {
    let all: Vec<String> = columns.map(|c| letters(*c)).collect();
    match all.as_slice() {
        [one] => format!("column {one}"),
        many if many.len() <= NAMED => {
            let (last, rest) = many.split_last().expect("more than one");
            format!("columns {} and {last}", rest.join(", "))
        }
        many => format!("columns {} and {} more", many[..NAMED].join(", "), many.len() - NAMED),
    }
}

/// Formulas that stand in one cell and count for others.
#[derive(Debug, Default)]
pub struct Shared {
    by_number: HashMap<u32, (Vec<u8>, u32, u32)>,
    bytes: usize,
}

impl Shared {
    /// Keeps the formula of a cell for those that share it.
    pub fn keep(&mut self, number: u32, text: &[u8], (column, row): (u32, u32)) {
        if self.bytes + text.len() <= SHARED_LIMIT {
            self.bytes += text.len();
            self.by_number.insert(number, (text.to_vec(), column, row));
        }
    }

    /// The formula of a cell that shares it: what it refers to moves along.
    pub fn moved(&self, number: u32, (column, row): (u32, u32)) -> Option<Vec<u8>> {
        let (text, from_column, from_row) = self.by_number.get(&number)?;
        let by = |to: u32, from: u32| i64::from(to) - i64::from(from);
        Some(moved(text, by(column, *from_column), by(row, *from_row)))
    }
}

/// A formula with its relative references moved; what lies in quotes or brackets is no reference.
fn moved(text: &[u8], columns: i64, rows: i64) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = match text[at] {
            quote @ (b'"' | b'\'') => {
                text[at + 1..].iter().position(|b| *b == quote).map_or(text.len(), |n| at + n + 2)
            }
            b'[' => text[at..].iter().position(|b| *b == b']').map_or(text.len(), |n| at + n + 1),
            byte if is_word(byte) => {
                let end = text[at..].iter().position(|b| !is_word(*b)).map_or(text.len(), |n| at + n);
                // A name of a function or a sheet may look like a cell.
                if !matches!(text.get(end), Some(b'(' | b'!'))
                    && let Some(place) = moved_place(&text[at..end], columns, rows)
                {
                    out.extend_from_slice(place.as_bytes());
                    at = end;
                    continue;
                }
                end
            }
            _ => at + 1,
        };
        out.extend_from_slice(&text[at..end]);
        at = end;
    }
    out
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'_' | b'.') || byte >= 0x80
}

/// A cell's reference moved; `None` where it is none.
fn moved_place(word: &[u8], columns: i64, rows: i64) -> Option<String> {
    let (column, row) = place(word)?;
    let fixed_column = word.first() == Some(&b'$');
    let fixed_row = word[1..].contains(&b'$');
    let column = if fixed_column { i64::from(column) } else { i64::from(column) + columns };
    let row = if fixed_row { i64::from(row) } else { i64::from(row) + rows };
    let inside = (0..i64::from(COLUMN_LIMIT)).contains(&column) && (1..=i64::from(ROW_LIMIT)).contains(&row);
    let sign = |fixed| if fixed { "$" } else { "" };
    Some(if inside {
        format!("{}{}{}{row}", sign(fixed_column), letters(column as u32), sign(fixed_row))
    } else {
        "#REF!".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_a_shared_formula_move_with_the_cell() {
        for (trap, formula, expected) in [
            ("relative", "=MAX(B2,C2)", "=MAX(C4,D4)"),
            ("fixed", "=$B2*C$1+$A$1", "=$B4*D$1+$A$1"),
            ("a block", "=SUM(B2:B9)", "=SUM(C4:C11)"),
            ("text and sheets in quotes", "=\"B2\"&'B2'!B2", "=\"B2\"&'B2'!C4"),
            ("a sheet that looks like a cell", "=AB1!B2", "=AB1!C4"),
            ("a function that looks like a cell", "=LOG10(B2)", "=LOG10(C4)"),
            ("a column of a table", "=Visits[B2]+B2", "=Visits[B2]+C4"),
            ("a name", "=rate_B2*B2", "=rate_B2*C4"),
            ("over the edge", "=XFD1048576", "=#REF!"),
        ] {
            assert_eq!(String::from_utf8(moved(formula.as_bytes(), 1, 2)).unwrap(), expected, "{trap}");
        }
    }

    #[test]
    fn zeros_are_doubted_by_what_is_known_of_the_writer() {
        let sheet = |without, zero, other| Formulas { without, zero, other, ..Formulas::default() };
        for (trap, zeros, formulas, placeholders) in [
            ("Excel computes", Zeros::Results, sheet(0, 5, 0), false),
            ("nothing was computed", Zeros::Placeholders, sheet(0, 5, 2), true),
            ("computed, and asks to be again", Zeros::Doubtful, sheet(0, 5, 2), false),
            ("asks to be, and has zeros only", Zeros::Doubtful, sheet(3, 5, 0), true),
            ("nobody's, and has zeros only", Zeros::Alone, sheet(0, 1, 0), true),
        ] {
            assert_eq!(formulas.are_placeholders(zeros), placeholders, "{trap}");
        }
    }
}
