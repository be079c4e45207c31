//! Real Access databases, against what two independent readers say of them. They lie outside of the project, in the
//! folder that `CROSSWALK_DATA` names; each keeps its own licence.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use snapshot::access::Access;
use snapshot::{Batch, CellRef, Error, KeyKind, Note, NoteKind, Reader, Step, TableDef};

/// The encrypted ones of the corpus open with this.
const PASSWORD: &str = "password";

fn corpus() -> Option<PathBuf> {
    corpus::data("corpus/access")
}

#[derive(Default)]
struct Read {
    tables: Vec<(TableDef, Vec<Vec<String>>)>,
    notes: Vec<Note>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A cell as text: NULL, bytes in hex, the rest as it is.
fn cell(cell: CellRef<'_>) -> String {
    match cell {
        CellRef::Null => "NULL".into(),
        CellRef::Integer(n) => n.to_string(),
        CellRef::Text(text) => String::from_utf8(text.to_vec()).expect("UTF-8"),
        CellRef::Bytes(bytes) => hex(bytes),
    }
}

/// Reads to the end. Rows and rejects of a table are counted against what the reader said of it.
fn read(mut reader: Access) -> Result<Read, Error> {
    let mut read = Read::default();
    let mut batch = Batch::default();
    loop {
        match reader.next(&mut batch)? {
            Step::Table(def) => read.tables.push((def, Vec::new())),
            Step::Rows => {
                let (def, rows) = &mut read.tables[batch.table];
                assert_eq!(batch.width, def.columns.len());
                rows.extend((0..batch.rows()).map(|row| batch.row(row).map(cell).collect()));
            }
            Step::Note(note) => read.notes.push(note),
            Step::End => return Ok(read),
            other => panic!("{other:?} of an Access database"),
        }
    }
}

fn open(bytes: Vec<u8>) -> Result<Access, Error> {
    Access::open(Cursor::new(bytes), "clinic.mdb", Some(PASSWORD))
}

fn read_file(folder: &Path, file: &str) -> Read {
    let bytes = fs::read(folder.join(file)).expect(file);
    open(bytes).and_then(read).unwrap_or_else(|e| panic!("{file}: {e}"))
}

impl Read {
    fn rows(&self, table: &str) -> &[Vec<String>] {
        &self.tables.iter().find(|(def, _)| def.name == table).unwrap_or_else(|| panic!("no {table}")).1
    }

    fn def(&self, table: &str) -> &TableDef {
        &self.tables.iter().find(|(def, _)| def.name == table).unwrap_or_else(|| panic!("no {table}")).0
    }

    fn objects(&self, wanted: &str) -> Vec<(&str, &str)> {
        let each = self.notes.iter().filter_map(|note| match &note.kind {
            NoteKind::Object { kind, name, text } if kind == wanted => Some((name.as_str(), text.as_str())),
            _ => None,
        });
        each.collect()
    }
}

/// Kinds of columns in the words of `expected.tsv`, from those the reader gives.
fn word(declared: &str) -> &str {
    match declared.split('(').next().unwrap_or_default() {
        "AutoNumber" | "Long Integer" => "long",
        "AutoNumber " | "Replication ID" => "repid",
        "Yes/No" => "boolean",
        "Byte" => "byte",
        "Integer" => "integer",
        "Currency" => "currency",
        "Single" => "float",
        "Double" => "double",
        "Date/Time" => "datetime",
        "Memo" | "Memo " | "Hyperlink" => "memo",
        "OLE Object" => "ole",
        "Large Number" => "bigint",
        "Several values" => "complex",
        "Text" => "text",
        "Binary" => "binary",
        "Decimal" => "numeric",
        other => panic!("a column of type {other}"),
    }
}

#[test]
fn tables_rows_and_types_are_those_of_two_other_readers() {
    let Some(folder) = corpus() else { return };
    let expected = fs::read_to_string(folder.join("expected.tsv")).expect("expected.tsv");
    let mut files: BTreeMap<&str, Vec<[&str; 4]>> = BTreeMap::new();
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        // Where another reader failed there is nothing to compare.
        if cells.last().is_some_and(|cell| cell.starts_with("error")) {
            continue;
        }
        let [file, table, _, rows, columns, types] = cells[..] else { panic!("a line of {} cells", cells.len()) };
        files.entry(file).or_default().push([table, rows, columns, types]);
    }
    let mut compared = 0;
    for (file, tables) in files {
        let read = read_file(&folder, file);
        for [table, rows, columns, types] in tables {
            let ours = (read.rows(table).len().to_string(), read.def(table).columns.len().to_string());
            assert_eq!(ours, (rows.to_owned(), columns.to_owned()), "{file} {table}");
            let words: Vec<&str> = read.def(table).columns.iter().map(|c| word(&c.declared_type)).collect();
            assert_eq!(words.join(","), types, "{file} {table}");
            compared += 1;
        }
        let rejects = read.notes.iter().filter(|n| matches!(n.kind, NoteKind::Reject { .. })).count();
        assert_eq!(rejects, 0, "{file}");
    }
    assert!(compared > 150, "only {compared} tables were compared");
}

#[test]
fn several_values_and_attachments_are_tables_that_join_back() {
    let Some(folder) = corpus() else { return };
    let read = read_file(&folder, "jackcess_V2007_complexDataTestV2007.accdb");
    let values: Vec<(&str, &str)> =
        read.rows("Table1.multi-value-data").iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    let expected =
        [("2", "value1"), ("2", "value4"), ("3", "value1"), ("3", "value2"), ("3", "value3"), ("3", "value4")];
    assert_eq!(values, expected);
    let files = read.def("Table1.attach-data");
    let at = |name: &str| files.columns.iter().position(|c| c.name == name).expect(name);
    let rows = read.rows("Table1.attach-data");
    assert_eq!(rows[0][at("FileName")], "test_data.txt");
    let content = hex(b"this is some test data for attachment.");
    assert_eq!(rows[0][at("FileData")], content);
    let key = files.keys.iter().find(|key| key.kind == KeyKind::Foreign).expect("a key");
    assert_eq!(key.columns, ["attach-data"]);
    assert_eq!(key.references, Some(("Table1".into(), vec!["attach-data".into()])));
    let history = read.rows("Table1.VersionHistory_F5F8918F-0A3F-4DA9-AE71-184EE5012880");
    assert_eq!(history[4][..3], ["3", "row3-memo-again", "2011-09-12 21:22:45.382"]);
}

#[test]
fn values_of_odd_types_are_exact() {
    let Some(folder) = corpus() else { return };
    let cases: [(&str, &str, &[&str]); 6] = [
        ("jackcess_V2007_oldDatesV2007.accdb", "Table1", &["1", "1582-10-15 00:00:00"]),
        ("mdb-reader_data_V2016_bigint.accdb", "Table", &["1", "42"]),
        ("mdb-reader_data_V2016_currency.accdb", "Table", &["1", "42.0000"]),
        ("mdb-reader_data_V2016_withinsertedcol.accdb", "Table1", &["1", "1", "0"]),
        ("mdb-reader_data_V2016_withdeletedcol.accdb", "Table1", &["1", "2", "4", "5", "6", "7", "0"]),
        ("mdb-reader_password_data_V2003_with-password.mdb", "Table1", &["1", "One"]),
    ];
    for (file, table, expected) in cases {
        assert_eq!(read_file(&folder, file).rows(table)[0], expected, "{file}");
    }
}

#[test]
fn rows_that_were_moved_are_read_once() {
    let Some(folder) = corpus() else { return };
    let read = read_file(&folder, "jackcess_V2000_overflowTestV2000.mdb");
    let firsts: Vec<&str> =
        read.rows("Table1").iter().flatten().filter(|cell| *cell != "NULL").map(|c| &c[..4]).collect();
    for row in ["row1", "row2", "row3", "row4", "row5", "row6", "row7"] {
        assert!(firsts.contains(&row), "{row} in {firsts:?}");
    }
    assert_eq!(read.rows("Table1").len(), 7);
}

#[test]
fn an_encrypted_file_asks_for_its_password() {
    let Some(folder) = corpus() else { return };
    let file = "mdb-reader_encryption_data_office-agile-4.2.accdb";
    let bytes = fs::read(folder.join(file)).expect(file);
    let open = |password| Access::open(Cursor::new(bytes.clone()), file, password);
    assert!(matches!(open(None), Err(Error::PasswordNeeded)));
    assert!(matches!(open(Some("Password")), Err(Error::PasswordWrong)));
    let read = read(open(Some(PASSWORD)).expect("opened")).expect("read");
    assert_eq!(read.rows("Table1").concat(), ["1", "One", "2", "Two", "3", "Three"]);
}

#[test]
fn what_is_no_table_is_told() {
    let Some(folder) = corpus() else { return };
    let links = read_file(&folder, "jackcess_V2007_odbcLinkerTestV2007.accdb");
    let [(name, text)] = links.objects("linked table")[..] else { panic!("{:?}", links.objects("linked table")) };
    assert_eq!(name, "Ordrar");
    assert!(text.contains("table dbo.Ordrar") && text.contains("PWD=…"), "{text}");
    let queries = read_file(&folder, "jackcess_V2007_queryTestV2007.accdb");
    let sql: BTreeMap<&str, &str> = queries.objects("saved query").into_iter().collect();
    let expected = [
        ("DeleteQuery", "DELETE Table1.col1, Table1.col2, Table1.col3\nFROM Table1\nWHERE (((Table1.col1)>\"blah\"));"),
        (
            "UnionQuery",
            "Select Table1.col1, Table1.col2\nwhere Table1.col1 = \"foo\"\nUNION\nSelect Table2.col1, \
             Table2.col2\nUNION ALL Select Table3.col1, Table3.col2\nwhere Table3.col3 > \"blah\";",
        ),
        (
            "SelectQuery",
            "SELECT DISTINCT Table1.*, Table2.col1, Table2.col2, Table3.col3\nFROM (Table1 LEFT JOIN Table3 ON \
             Table1.col1 = Table3.col1) INNER JOIN Table2 ON (Table3.col1 = Table2.col1) AND (Table3.col1 = \
             Table2.col2)\nWHERE (((Table2.col2)=\"foo\" Or (Table2.col2) In (\"buzz\",\"bazz\")))\nORDER BY Table2.col1;",
        ),
    ];
    for (name, text) in expected {
        let ours = sql.get(name).map(|sql| sql.replace("\r\n", "\n"));
        assert_eq!(ours.as_deref(), Some(text), "{name}");
    }
    let related = read_file(&folder, "jackcess_V2000_indexTestV2000.mdb");
    let foreign: Vec<_> = related.def("Table1").keys.iter().filter(|k| k.kind == KeyKind::Foreign).collect();
    assert_eq!(foreign[0].references, Some(("Table2".into(), vec!["id".into()])));
}

/// A small stream of numbers that look drawn at random and are the same every time.
fn drawn(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// Reads whatever it is: it may be refused or have rejects, but it ends, and no table has more rows than there is room
/// for.
fn survives(bytes: Vec<u8>, what: &str) {
    let size = bytes.len();
    let Ok(reader) = open(bytes) else { return };
    match read(reader) {
        Ok(read) => {
            for (def, rows) in &read.tables {
                assert!(rows.len() < size, "{what}: {} rows of {}", rows.len(), def.name);
            }
        }
        Err(Error::Io { .. } | Error::Unreadable(_) | Error::Limit(_)) => {}
        Err(error) => panic!("{what}: {error}"),
    }
}

#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    let Some(folder) = corpus() else { return };
    let files = [
        "jackcess_V2000_overflowTestV2000.mdb",
        "jackcess_V2007_complexDataTestV2007.accdb",
        "mdb-reader_data_V2016_longtext.accdb",
        "epi-info_Nutrition.mdb",
        "jackcess_V2007_queryTestV2007.accdb",
    ];
    let mut seed = 0x1234_5678_9ABC_DEF1;
    let limit = Instant::now() + Duration::from_secs(20);
    for file in files.iter().cycle().take(60) {
        let bytes = fs::read(folder.join(file)).expect(file);
        let at = drawn(&mut seed) as usize % bytes.len();
        survives(bytes[..at].to_vec(), &format!("{file} cut at {at}"));
        let mut flipped = bytes.clone();
        for _ in 0..64 {
            let at = drawn(&mut seed) as usize % bytes.len();
            // Not in the header: that would only be refused.
            if at > 4096 {
                flipped[at] ^= 1 << (drawn(&mut seed) % 8);
            }
        }
        survives(flipped, &format!("{file} with bits turned, at {seed}"));
        if Instant::now() > limit {
            break;
        }
    }
}

#[test]
fn a_damaged_page_costs_its_rows_and_says_so() {
    let Some(folder) = corpus() else { return };
    let file = "jackcess_V2000_compIndexTestV2000.mdb";
    let mut bytes = fs::read(folder.join(file)).expect(file);
    let whole = open(bytes.clone()).and_then(read).expect("whole");
    // The first page of the only table: it holds the first row's text.
    let first: Vec<u8> = whole.rows("Table1")[0][1].encode_utf16().flat_map(u16::to_le_bytes).collect();
    let narrow = whole.rows("Table1")[0][1].as_bytes();
    let has =
        |page: &[u8]| page.windows(first.len()).any(|w| w == first) || page.windows(narrow.len()).any(|w| w == narrow);
    let at = bytes.chunks(4096).position(|page| page[0] == 1 && has(page)).expect("a page") * 4096;
    bytes[at] = 9;
    let read = open(bytes).and_then(read).expect("read");
    let rejects: Vec<&Note> = read.notes.iter().filter(|n| matches!(n.kind, NoteKind::Reject { .. })).collect();
    assert_eq!(rejects.len(), 1);
    assert_eq!(rejects[0].at.byte, at as u64);
    let NoteKind::Reject { raw, reason } = &rejects[0].kind else { unreachable!() };
    assert_eq!(raw.len(), 4096);
    assert_eq!(*reason, format!("page {} should hold rows of the table and is damaged", at / 4096));
    let rows = read.rows("Table1").len();
    assert!((1..512).contains(&rows), "{rows} rows");
    let lost = read.notes.iter().any(|n| matches!(&n.kind, NoteKind::Warning { text } if text.contains("512 rows")));
    assert!(lost, "nothing says that rows are lost");
}
