//! The tables in which Access keeps its own account of the database.

use super::definition::{self, Type};
use super::format::{Fallible, Fault};
use super::long_value;
use super::pages::Pages;
use super::row::{Cut, Field};
use super::scan::{Item, Scan};
use super::text;
use super::value::Decoder;
use crate::event::{NoteKind, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Number(i64),
    Text(String),
    /// Of an OLE column, the reference to its value.
    Bytes(Vec<u8>),
}

impl Cell {
    pub fn number(&self) -> Option<i64> {
        if let Self::Number(n) = self { Some(*n) } else { None }
    }

    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    pub fn bytes(&self) -> &[u8] {
        if let Self::Bytes(bytes) = self { bytes } else { &[] }
    }
}

/// Rows of a system table, each with the columns asked for, and how many rows cannot be read.
#[derive(Default)]
pub struct Account {
    pub rows: Vec<Vec<Cell>>,
    pub bad: u64,
    /// Why the table cannot be trusted to be whole.
    pub fault: Option<String>,
}

/// Reads a system table. A column that this version of Access has not is NULL.
pub fn read(pages: &mut Pages, decoder: &mut Decoder, page: u32, wanted: &[&str]) -> Result<Account> {
    let definition = match definition::read(pages, page, decoder.encoding) {
        Ok(definition) => definition,
        Err(fault) => return Ok(Account { fault: Some(fault.reason()?), ..Account::default() }),
    };
    let find = |name: &&str| definition.columns.iter().find(|c| c.name.eq_ignore_ascii_case(name));
    let columns: Vec<_> = wanted.iter().map(find).collect();
    let (mut scan, fault) = Scan::of(pages, &definition)?;
    let mut account = Account { fault, ..Account::default() };
    let mut cut = Cut::of(&definition.columns);
    loop {
        match scan.next(pages)? {
            Item::End => return Ok(account),
            Item::Bad { .. } => account.bad += 1,
            Item::Row => {
                let row = scan.row();
                let cells = cut.find(row, decoder.jet3).and_then(|()| {
                    let each = columns.iter().map(|column| match column {
                        Some(column) => cell(pages, decoder, column, cut.field(row, column)?),
                        None => Ok(Cell::Null),
                    });
                    each.collect::<Fallible<Vec<_>>>()
                });
                match cells {
                    Ok(cells) => account.rows.push(cells),
                    Err(Fault::Broken(_)) => account.bad += 1,
                    Err(Fault::Io(error)) => return Err(error),
                }
            }
        }
    }
}

fn cell(pages: &mut Pages, decoder: &mut Decoder, column: &definition::Column, field: Field<'_>) -> Fallible<Cell> {
    let bytes = match field {
        Field::Null => return Ok(Cell::Null),
        Field::Bit(bit) => return Ok(Cell::Number(i64::from(bit))),
        Field::Bytes(bytes) => bytes,
    };
    let jet3 = decoder.jet3;
    Ok(match (column.kind, bytes) {
        (Type::Byte, [b, ..]) => Cell::Number(i64::from(*b)),
        (Type::Integer, [a, b, ..]) => Cell::Number(i64::from(i16::from_le_bytes([*a, *b]))),
        (Type::Long, [a, b, c, d, ..]) => Cell::Number(i64::from(i32::from_le_bytes([*a, *b, *c, *d]))),
        (Type::Text, bytes) => Cell::Text(text::plain(bytes, jet3, decoder.encoding)),
        (Type::Memo, bytes) => {
            let mut long = Vec::new();
            long_value::append(pages, bytes, &mut decoder.left, &mut long)?;
            Cell::Text(text::plain(&long, jet3, decoder.encoding))
        }
        (_, bytes) => Cell::Bytes(bytes.to_vec()),
    })
}

/// Says that rows of a system table cannot be read.
pub fn doubts(account: &Account, what: &str, notes: &mut Vec<NoteKind>) {
    if let Some(fault) = &account.fault {
        notes.push(NoteKind::Warning { text: format!("part of the {what}: {fault}") });
    }
    if account.bad > 0 {
        notes.push(NoteKind::Warning { text: format!("{} entries cannot be read in the {what}", account.bad) });
    }
}

/// A connection as it is written, but for a password in it.
pub fn without_password(connect: &str) -> String {
    let kept = connect.split(';').map(|part| {
        let key = part.split('=').next().unwrap_or_default().trim();
        let secret = ["pwd", "password"].iter().any(|word| key.eq_ignore_ascii_case(word)) && part.contains('=');
        if secret { format!("{key}=…") } else { part.to_owned() }
    });
    kept.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_do_not_stay_in_links() {
        let cases = [
            ("ODBC;DSN=clinic;UID=sa;PWD=hunter2;DATABASE=ohm", "ODBC;DSN=clinic;UID=sa;PWD=…;DATABASE=ohm"),
            ("MS Access;Pwd=a=b;", "MS Access;Pwd=…;"),
            (";password =x", ";password=…"),
            ("Text;HDR=YES", "Text;HDR=YES"),
        ];
        for (connect, expected) in cases {
            assert_eq!(without_password(connect), expected);
        }
    }
}
