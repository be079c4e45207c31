use super::*;
use snapshot::CellRef;
use snapshot::mysqldump::Mysqldump;
use std::collections::BTreeMap;

/// A file made by `sql`.
fn made(sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a clinic #1.db");
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

#[derive(Default)]
struct All {
    /// Rows by table, each cell as text.
    rows: BTreeMap<String, Vec<String>>,
    defs: Vec<snapshot::TableDef>,
    objects: Vec<String>,
    rejects: Vec<String>,
    warnings: Vec<String>,
}

fn shown(cell: CellRef) -> String {
    match cell {
        CellRef::Null => "NULL".into(),
        CellRef::Integer(i) => i.to_string(),
        CellRef::Text(t) => format!("'{}'", std::str::from_utf8(t).unwrap()),
        CellRef::Bytes(b) => format!("{b:02x?}"),
    }
}

fn read(mut reader: impl Reader, cell: fn(CellRef) -> String) -> All {
    let (mut all, mut batch) = (All::default(), Batch::default());
    loop {
        match reader.next(&mut batch).unwrap() {
            Step::Table(def) => {
                all.rows.insert(def.name.clone(), Vec::new());
                all.defs.push(def);
            }
            Step::Changed(index, def) => all.defs[index] = def,
            Step::Rows => {
                let rows = all.rows.get_mut(&all.defs[batch.table].name).unwrap();
                for row in 0..batch.rows() {
                    rows.push(batch.row(row).map(cell).collect::<Vec<_>>().join("|"));
                }
            }
            Step::Note(note) => match note.kind {
                NoteKind::Object { kind, name, .. } => all.objects.push(format!("{kind} {name}")),
                NoteKind::Reject { reason, .. } => all.rejects.push(reason),
                NoteKind::Warning { text } => all.warnings.push(text),
                _ => {}
            },
            Step::Gone(_) => {}
            Step::End => return all,
        }
    }
}

fn open(path: &Path) -> All {
    let scratch = path.parent().unwrap().join("scratch");
    read(SqliteFile::open(path, &scratch).unwrap(), shown)
}

#[test]
fn values_come_out_as_they_are_stored() {
    let (_folder, path) = made(
        "CREATE TABLE result (id INTEGER PRIMARY KEY, value NUMERIC);
         INSERT INTO result VALUES (1, 1.0), (2, '007x'), (3, 9223372036854775807), (4, 0.1), (5, NULL), (6, x'00ff'),
            (7, CAST(x'4dff4d' AS TEXT)), (8, 'a' || char(0) || 'b'), (9, ''), (10, 1e300), (11, ' 5 ');",
    );
    let all = open(&path);
    let values: Vec<_> = all.rows["result"].iter().map(|r| r.split_once('|').unwrap().1).collect();
    // NUMERIC makes integers of what is whole; that is what the file holds.
    let expected = [
        "1",
        "'007x'",
        "9223372036854775807",
        "'0.1'",
        "NULL",
        "[00, ff]",
        "[4d, ff, 4d]",
        "'a\0b'",
        "''",
        "'1.0e+300'",
        "5",
    ];
    assert_eq!(values, expected);
    assert!(all.rejects.is_empty() && all.warnings.is_empty());
}

#[test]
fn a_real_column_keeps_its_point() {
    let (_folder, path) = made("CREATE TABLE dose (mg REAL); INSERT INTO dose VALUES (1), (2.50);");
    assert_eq!(open(&path).rows["dose"], ["'1.0'", "'2.5'"]);
}

#[test]
fn tables_of_every_make() {
    let (_folder, path) = made(
        "CREATE TABLE patient (rowid TEXT, name TEXT NOT NULL UNIQUE DEFAULT 'it''s', born DATE, age AS (2020 - born));
         CREATE TABLE code (system TEXT, code TEXT, PRIMARY KEY (system, code)) WITHOUT ROWID;
         CREATE TABLE visit (id INTEGER PRIMARY KEY AUTOINCREMENT, patient TEXT REFERENCES patient (name), day TEXT UNIQUE);
         CREATE INDEX by_patient ON visit (patient);
         CREATE VIEW recent AS SELECT * FROM visit;
         CREATE TRIGGER stamp AFTER INSERT ON visit BEGIN SELECT 1; END;
         CREATE VIRTUAL TABLE note USING fts5 (text);
         INSERT INTO patient (rowid, name, born) VALUES ('z', 'Jane', 1980), ('a', 'Rick', 1990);
         INSERT INTO code VALUES ('icd', 'J45'), ('atc', 'C09');
         INSERT INTO visit (patient, day) VALUES ('Jane', '2020-01-02');
         INSERT INTO note VALUES ('came on Monday');",
    );
    let all = open(&path);
    let names: Vec<_> = all.rows.keys().map(String::as_str).collect();
    assert_eq!(names, ["code", "note", "patient", "visit"]);
    assert_eq!(all.rows["patient"], ["'z'|'Jane'|1980|40", "'a'|'Rick'|1990|30"]);
    assert_eq!(all.rows["code"], ["'atc'|'C09'", "'icd'|'J45'"]);
    assert_eq!(all.rows["note"], ["'came on Monday'"]);
    assert_eq!(all.objects, ["view recent", "trigger stamp"]);
    let patient = &all.defs[0];
    assert_eq!(patient.columns[1].default.as_deref(), Some("it's"));
    assert!(!patient.columns[1].nullable && patient.columns[3].generated);
    let visit = all.defs.iter().find(|d| d.name == "visit").unwrap();
    let keys: Vec<_> = visit.keys.iter().map(|k| (k.kind, k.columns.join(","))).collect();
    assert!(visit.columns[0].auto_increment);
    let expected = [
        (snapshot::KeyKind::Primary, "id"),
        (snapshot::KeyKind::Unique, "day"),
        (snapshot::KeyKind::Index, "patient"),
        (snapshot::KeyKind::Foreign, "patient"),
    ];
    assert_eq!(keys, expected.map(|(k, c)| (k, c.to_owned())));
    assert_eq!(visit.keys[3].references, Some(("patient".into(), vec!["name".into()])));
}

#[test]
fn a_log_beside_the_file_is_read_with_it_and_left_as_it_is() {
    let (folder, path) = made("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);");
    let busy = Connection::open(&path).unwrap();
    busy.execute_batch("PRAGMA wal_autocheckpoint = 0; INSERT INTO t VALUES (2)").unwrap();
    let before = fs::read(&path).unwrap();
    let all = open(&path);
    assert_eq!(all.rows["t"], ["1", "2"]);
    assert_eq!(all.warnings.len(), 1, "{:?}", all.warnings);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path().join("scratch")).unwrap().count(), 0, "the copy is gone");
}

#[test]
fn a_damaged_page_costs_its_rows_only() {
    let (_folder, path) = made(
        "PRAGMA page_size = 4096; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO t SELECT i, 'row ' || i FROM n;",
    );
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let all = open(&path);
    let rows = &all.rows["t"];
    assert!(rows.len() > 4500 && rows.len() < 5000, "{} rows", rows.len());
    assert!(rows.contains(&"1|'row 1'".to_owned()) && rows.contains(&"5000|'row 5000'".to_owned()));
    assert!(all.rejects[0].contains("missing is what stood between row id"), "{:?}", all.rejects);
}

#[test]
fn cut_anywhere_it_neither_breaks_nor_lies() {
    let (_folder, path) = made(
        "CREATE TABLE t (a TEXT); CREATE TABLE u (b TEXT);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT i FROM n;",
    );
    let whole = fs::read(&path).unwrap();
    for cut in (0..whole.len()).step_by(whole.len() / 40) {
        fs::write(&path, &whole[..cut]).unwrap();
        match SqliteFile::open(&path, path.parent().unwrap()) {
            Ok(reader) => {
                let all = read(reader, shown);
                let rows = all.rows.values().map(Vec::len).sum::<usize>();
                assert!(rows == 2000 || !all.rejects.is_empty() || all.rows.is_empty(), "{cut}: {rows} rows");
            }
            Err(e) => assert!(e.to_string().contains("ask for it again"), "{cut}: {e}"),
        }
    }
}

#[test]
fn a_reading_that_panics_is_no_end_of_the_file() {
    let (send, events) = sync_channel(AHEAD);
    let thread = std::thread::spawn(move || {
        send.send(Event::Step(Step::Gone(0))).unwrap();
        panic!("in the middle");
    });
    let (encoding, size, done) = (String::new(), 1, 0);
    let mut file = SqliteFile { events: Some(events), thread: Some(thread), encoding, size, done, _copy: None };
    let mut batch = Batch::default();
    assert_eq!(file.next(&mut batch).unwrap(), Step::Gone(0));
    assert!(file.next(&mut batch).unwrap_err().to_string().contains("a mistake of ours ended its reading"));
}

/// The same data came as a dump and as a file.
#[test]
fn both_chinooks_hold_the_same_cells() {
    let data =
        (corpus::data("corpus/sqlite/Chinook_Sqlite.sqlite"), corpus::data("corpus/mysqldump/Chinook_MySql.sql"));
    let (Some(file), Some(dump)) = data else { return };
    // One declares types the other does not: text of a number is the number.
    let plain = |cell: CellRef| match cell {
        CellRef::Text(t) => String::from_utf8(t.to_vec()).unwrap(),
        other => shown(other),
    };
    let sorted = |all: All| -> BTreeMap<String, Vec<String>> {
        let sort = |mut rows: Vec<String>| {
            rows.sort();
            rows
        };
        all.rows.into_iter().map(|(name, rows)| (name.to_lowercase(), sort(rows))).collect()
    };
    // Four titles hold a backslash and a blank. In the dump it stands as it is, and MySQL reads that as the blank alone.
    let as_mysql = |rows: &Vec<String>| rows.iter().map(|row| row.replace("\\ ", " ")).collect::<Vec<_>>();
    let from_file = sorted(read(SqliteFile::open(&file, Path::new("")).unwrap(), plain));
    let from_dump = sorted(read(Mysqldump::new(fs::File::open(dump).unwrap()), plain));
    assert_eq!(from_file.len(), 11);
    for (name, rows) in &from_file {
        let expected = from_dump.get(name).expect("the table");
        let unlike = as_mysql(rows).iter().zip(expected).position(|(file, dump)| file != dump);
        assert_eq!((rows.len(), unlike), (expected.len(), None), "{name}");
    }
}
