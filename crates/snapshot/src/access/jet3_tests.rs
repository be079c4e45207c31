//! A database of Access 97, put together page by page: nobody has a program left that makes one.

use std::io::Cursor;

use super::Access;
use crate::cipher::rc4;
use crate::event::{Batch, CellRef, NoteKind, Reader, Step};

const PAGE: usize = 2048;

/// Type, length in bytes, name; of fixed length unless it is text or memo.
type Column = (u8, u16, &'static [u8]);

const LONG: u8 = 4;
const DATE: u8 = 8;
const TEXT: u8 = 10;
const MEMO: u8 = 12;
const OLE: u8 = 11;
const BOOLEAN: u8 = 1;

fn variable(kind: u8) -> bool {
    kind == TEXT || kind == MEMO || kind == OLE
}

fn fixed_length((kind, length, _): &Column) -> usize {
    if variable(*kind) || *kind == BOOLEAN { 0 } else { usize::from(*length) }
}

/// A table's definition, whose list of pages is a row of page 1.
fn definition(columns: &[Column], rows: u32, map: u8) -> Vec<u8> {
    let mut page = vec![0; 43];
    page[..2].copy_from_slice(&[2, 1]);
    page[12..16].copy_from_slice(&rows.to_le_bytes());
    page[20] = 0x4E;
    let texts = columns.iter().filter(|c| variable(c.0)).count() as u16;
    page[21..23].copy_from_slice(&(columns.len() as u16).to_le_bytes());
    page[23..25].copy_from_slice(&texts.to_le_bytes());
    page[25..27].copy_from_slice(&(columns.len() as u16).to_le_bytes());
    page[35..39].copy_from_slice(&[map, 1, 0, 0]);
    let (mut offset, mut text) = (0u16, 0u16);
    for (number, column) in columns.iter().enumerate() {
        let mut entry = [0u8; 18];
        entry[0] = column.0;
        entry[1..3].copy_from_slice(&(number as u16).to_le_bytes());
        entry[3..5].copy_from_slice(&text.to_le_bytes());
        entry[5..7].copy_from_slice(&(number as u16).to_le_bytes());
        entry[13] = if variable(column.0) { 2 } else { 3 };
        entry[14..16].copy_from_slice(&offset.to_le_bytes());
        entry[16..18].copy_from_slice(&column.1.to_le_bytes());
        page.extend(entry);
        text += u16::from(variable(column.0));
        offset += fixed_length(column) as u16;
    }
    for (_, _, name) in columns {
        page.push(name.len() as u8);
        page.extend_from_slice(name);
    }
    page.extend([0xFF, 0xFF]);
    let length = page.len() as u32;
    page[8..12].copy_from_slice(&length.to_le_bytes());
    page.resize(PAGE, 0);
    page
}

/// A row: values of fixed length, those of any length, and after them where they stand.
fn row(columns: &[Column], values: &[Option<&[u8]>]) -> Vec<u8> {
    let mut row = vec![columns.len() as u8];
    for (column, value) in columns.iter().zip(values).filter(|(c, _)| !variable(c.0) && c.0 != BOOLEAN) {
        row.extend_from_slice(value.unwrap_or(&vec![0; fixed_length(column)]));
    }
    let mut ends = Vec::new();
    for (_, value) in columns.iter().zip(values).filter(|(c, _)| variable(c.0)) {
        ends.push(row.len());
        row.extend_from_slice(value.unwrap_or_default());
    }
    ends.push(row.len());
    let mask = columns.len().div_ceil(8);
    // How often the places pass another 256 bytes decides how many jumps there are, which makes the row longer.
    let jumps = (row.len() + ends.len() + 1 + mask) / 256;
    row.extend(ends.iter().rev().map(|end| (end % 256) as u8));
    for jump in (1..=jumps).rev() {
        row.push(ends.iter().position(|end| *end >= 256 * jump).unwrap_or(ends.len()) as u8);
    }
    row.push(ends.len() as u8 - 1);
    let mut bits = vec![0u8; mask];
    for (i, value) in values.iter().enumerate() {
        bits[i / 8] |= u8::from(value.is_some()) << (i % 8);
    }
    row.extend(bits);
    row
}

/// A page of rows, each with the flags of its place. A page of lists or of long values has no owner that counts.
fn data(owner: u32, rows: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    page[..2].copy_from_slice(&[1, 1]);
    page[4..8].copy_from_slice(&owner.to_le_bytes());
    page[8..10].copy_from_slice(&(rows.len() as u16).to_le_bytes());
    let mut end = PAGE;
    for (i, (flags, row)) in rows.iter().enumerate() {
        end -= row.len();
        page[end..end + row.len()].copy_from_slice(row);
        page[10 + 2 * i..12 + 2 * i].copy_from_slice(&(end as u16 | flags).to_le_bytes());
    }
    page
}

/// A list of pages with rows, from page 0.
fn list(pages: &[u8]) -> (u16, Vec<u8>) {
    let mut bytes = vec![0; 5 + 16];
    for page in pages {
        bytes[5 + usize::from(page / 8)] |= 1 << (page % 8);
    }
    (0, bytes)
}

fn header(code_page: u16, key: u32) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    page[..4].copy_from_slice(&[0, 1, 0, 0]);
    page[4..20].copy_from_slice(b"Standard Jet DB\0");
    page[0x3C..0x3E].copy_from_slice(&code_page.to_le_bytes());
    page[0x3E..0x42].copy_from_slice(&key.to_le_bytes());
    rc4(&[0xC7, 0xDA, 0x39, 0x6B], &mut page[0x18..0x18 + 126]);
    page
}

const CATALOG: [Column; 5] =
    [(LONG, 4, b"Id"), (TEXT, 255, b"Name"), (3, 2, b"Type"), (LONG, 4, b"Flags"), (OLE, 0, b"LvProp")];
/// The second name is Cyrillic in the code page.
const PERSON: [Column; 6] = [
    (LONG, 4, b"Id"),
    (TEXT, 255, b"\xC8\xEC\xFF"),
    (TEXT, 255, b"Place"),
    (DATE, 8, b"Born"),
    (BOOLEAN, 1, b"Active"),
    (MEMO, 0, b"Remark"),
];

/// Pages: header, lists, catalog, its rows, a table, two pages of its rows, long values.
fn database(key: u32) -> Vec<u8> {
    let entry =
        |id: u8, name, flags| row(&CATALOG, &[Some(&[id, 0, 0, 0]), Some(name), Some(&[1, 0]), Some(flags), None]);
    let catalog = [(0, entry(2, b"MSysObjects", &[0, 0, 0, 0x80])), (0, entry(4, b"Person", &[0; 4]))];
    let long = |n: u8| [b'a' + n; 200];
    // Length and form of a long value, then its first piece.
    let in_row = [&[3, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], b"\xE4\xE0!".as_slice()].concat();
    let chained = [6, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0];
    let born = (-1.25f64).to_le_bytes();
    let person = |id: u8, name: &[u8], remark: Option<&[u8]>, active: bool| {
        let active: Option<&[u8]> = active.then_some(b"");
        row(&PERSON, &[Some(&[id, 0, 0, 0]), Some(name), Some(&long(id)), Some(&born), active, remark])
    };
    let first = [
        (0, person(1, b"\xC0\xED\xED\xE0", Some(&in_row), true)),
        (0xC000, person(2, b"gone", None, true)),
        // Moved to the first row of page 6.
        (0x4000, vec![0, 6, 0, 0]),
        // Longer than 256 bytes: its second text begins after them.
        (0, person(3, &long(20), Some(&chained), false)),
    ];
    let second = [(0x8000, person(4, b"", None, false))];
    let pieces = [(0, [&[1, 7, 0, 0], b"abc".as_slice()].concat()), (0, [&[0; 4], b"def".as_slice()].concat())];
    let mut pages = [
        header(1251, key),
        data(0, &[list(&[3]), list(&[5, 6])]),
        definition(&CATALOG, 2, 0),
        data(2, &catalog),
        definition(&PERSON, 3, 1),
        data(4, &first),
        data(4, &second),
        data(0, &pieces),
    ];
    if key != 0 {
        for (number, page) in pages.iter_mut().enumerate().skip(1) {
            rc4(&(key ^ number as u32).to_le_bytes(), page);
        }
    }
    pages.concat()
}

fn rows(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<String>>, Vec<NoteKind>) {
    let mut reader = Access::open(Cursor::new(bytes), "clinic.mdb", None).expect("a database");
    let (mut columns, mut rows, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let mut batch = Batch::default();
    loop {
        match reader.next(&mut batch).expect("readable") {
            Step::Table(def) => columns = def.columns.into_iter().map(|c| c.name).collect(),
            Step::Rows => rows.extend((0..batch.rows()).map(|i| {
                let text = |cell| match cell {
                    CellRef::Null => "NULL".to_owned(),
                    CellRef::Integer(n) => n.to_string(),
                    CellRef::Text(t) | CellRef::Bytes(t) => String::from_utf8_lossy(t).into_owned(),
                };
                batch.row(i).map(text).collect()
            })),
            Step::Note(note) => notes.push(note.kind),
            Step::End => return (columns, rows, notes),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn access_97_is_read_in_its_code_page() {
    for key in [0, 0x1234_5678] {
        let (columns, rows, notes) = rows(database(key));
        assert_eq!(columns, ["Id", "Имя", "Place", "Born", "Active", "Remark"]);
        let (b, d, u, e) = ("b".repeat(200), "d".repeat(200), "u".repeat(200), "e".repeat(200));
        let born = "1899-12-29 06:00:00";
        assert_eq!(rows[0], ["1", "Анна", &b, born, "1", "да!"]);
        assert_eq!(rows[1], ["4", "", &e, born, "0", "NULL"]);
        assert_eq!(rows[2], ["3", &u, &d, born, "0", "abcdef"]);
        assert_eq!(rows.len(), 3);
        assert_eq!(notes, [NoteKind::Statement { kind: "system table".into(), name: Some("MSysObjects".into()) }]);
    }
}

#[test]
fn a_memo_that_goes_in_circles_costs_its_row() {
    let mut bytes = database(0);
    // The second piece leads back to the first, and the value is said to be longer.
    let second = 7 * PAGE + PAGE - 14;
    bytes[second..second + 4].copy_from_slice(&[0, 7, 0, 0]);
    let reference = bytes.windows(12).position(|w| w == [6, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0]).expect("the memo");
    let cases = [
        ([0, 1, 0], "the chain of a long value goes in circles"),
        ([0, 0, 0x30], "a long value is said to be longer than the file"),
    ];
    for (length, expected) in cases {
        bytes[reference..reference + 3].copy_from_slice(&length);
        let (_, rows, notes) = rows(bytes.clone());
        assert_eq!(rows.len(), 2);
        let NoteKind::Reject { reason, .. } = &notes[1] else { panic!("{notes:?}") };
        assert_eq!(*reason, format!("page 5, row 4: column Remark: {expected}"));
    }
}
