use std::collections::BTreeMap;

use super::*;
use crate::facts::RejectQuery;
use crate::progress::Unwatched;
use crate::project::Environment;
use crate::source::Cell;

/// Bytes of the longest row that the store of these tests takes.
const LONGEST: usize = 2000;

struct Loaded {
    folder: tempfile::TempDir,
    sums: Sums,
    store: Staging,
}

fn load(name: &str, text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let partial = folder.path().join("partial");
    disk::make_folder(&partial).unwrap();
    let inputs = find::find(&[path], &[], &[], &partial, &Unwatched).unwrap();
    let writer = Writer::create_for(&partial.join(STAGING), LONGEST).unwrap();
    let sums =
        stage(writer, &partial, &inputs, &How { home: None, profile: true, allow_growth: false }, &Unwatched).unwrap();
    let store = Staging::open(&partial.join(STAGING)).unwrap();
    Loaded { folder, sums, store }
}

impl Loaded {
    /// Record, reason and what is kept of each reject.
    fn rejects(&self) -> Vec<(u64, String, String)> {
        let mut found = Vec::new();
        let each = |r: crate::store::rejects::StagedReject| {
            found.push((r.record, r.reason, String::from_utf8(r.raw).unwrap()));
            Ok(())
        };
        self.store.rejects(&RejectQuery::default(), u64::from(u32::MAX), each).unwrap();
        found
    }

    fn rows(&self, sql: &str) -> Vec<Vec<Cell>> {
        self.store.query(sql, 100, |_| true).unwrap().1
    }

    /// Files beside the store, with what they hold.
    fn beside(&self) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.folder.path().join("partial")).unwrap().map(|e| e.unwrap().path());
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let kept = entries.filter(|path| name(path).starts_with("reject-"));
        kept.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
    }
}

fn texts(rows: &[Vec<Cell>]) -> Vec<String> {
    let text = |cell: &Cell| match cell {
        Cell::Integer(i) => i.to_string(),
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>().join("|")).collect()
}

/// One row among others: it alone is rejected, its bytes are kept, and figures are of the others.
#[test]
fn a_value_longer_than_the_store_takes_is_one_reject() {
    let long = "x'y\"z,é ".repeat(300);
    let dump = format!(
        "-- MySQL dump\nSET NAMES utf8mb4;\nCREATE TABLE `scan` (`id` int, `who` varchar(9), `content` longtext);\n\
         INSERT INTO `scan` VALUES (1,'Ada','a'),(2,'say \"hi\"','{}'),(3,NULL,'c'),(4,'Mary','d');\n",
        long.replace('\'', "''")
    );
    let loaded = load("scan.sql", &dump);
    assert_eq!((loaded.sums.rows, loaded.sums.rejects), (3, 1));
    assert_eq!(texts(&loaded.rows("SELECT _rowid_, id, who FROM scan")), ["1|1|Ada", "2|3|Null", "3|4|Mary"]);
    let said = format!(
        "a row is longer than the {LONGEST} bytes that a store takes of one; {} bytes of column 3 are kept as \
         reject-1-3.bytes, in the folder of the snapshot",
        long.len()
    );
    assert_eq!(loaded.rejects(), [(2, said, "2,\"say \"\"hi\"\"\",reject-1-3.bytes".to_owned())]);
    assert_eq!(loaded.beside(), BTreeMap::from([("reject-1-3.bytes".to_owned(), long)]));
    let table = &loaded.store.tables().unwrap()[0];
    assert_eq!((table.rows, table.rejected), (3, 1));
    let columns = loaded.store.columns(Some(table.id)).unwrap();
    assert_eq!(columns[0].figures.distinct, 3);
    assert_eq!(columns[2].figures.max_length, 1);
    let ledger = loaded.store.ledger("s", |_, table| crate::source::TableKey::new(None, table)).unwrap();
    let part = &ledger.files[0].tables[0];
    assert_eq!((part.read, part.loaded, part.rejected), (4, 3, 1));
}

#[test]
fn rows_too_long_may_be_the_first_the_last_and_all() {
    let long = "y".repeat(LONGEST);
    let loaded = load("notes.csv", &format!("id,note\n1,{long}\n2,short\n3,{long}\n4,{long}\n"));
    assert_eq!((loaded.sums.rows, loaded.sums.rejects), (1, 3));
    assert_eq!(texts(&loaded.rows("SELECT * FROM notes")), ["2|short"]);
    assert_eq!(loaded.rejects().iter().map(|r| r.0).collect::<Vec<_>>(), [1, 3, 4]);
    assert_eq!(loaded.beside().len(), 3);
    let loaded = load("notes.csv", &format!("id,note\n1,{long}\n"));
    assert_eq!((loaded.sums.rows, loaded.sums.rejects), (0, 1));
}

/// As long as the store takes is not too long.
#[test]
fn a_row_as_long_as_the_store_takes_is_a_row() {
    // Head: its own length, a type of one byte and one of two; then the number.
    let fits = "z".repeat(LONGEST - 5);
    let loaded = load("notes.csv", &format!("id,note\n7,{fits}\n8,{fits}z\n"));
    assert_eq!(texts(&loaded.rows("SELECT id, length(note) FROM notes")), [format!("7|{}", LONGEST - 5)]);
    assert_eq!(loaded.sums.rejects, 1);
}

#[test]
fn a_reject_longer_than_the_store_takes_is_kept_beside_it() {
    let long = "w".repeat(LONGEST + 1);
    let loaded = load("notes.csv", &format!("id,note\n1,a\n2,b\n3,c\n4,d\n5,{long},surplus\n6,f\n"));
    assert_eq!((loaded.sums.rows, loaded.sums.rejects), (5, 1));
    let rejects = loaded.rejects();
    let (_, reason, raw) = &rejects[0];
    assert!(
        raw.is_empty() && reason.contains("bytes are kept as reject-1.bytes, in the folder of the snapshot"),
        "{reason}"
    );
    assert!(loaded.beside()["reject-1.bytes"].starts_with(&format!("5,{long},surplus")));
}

/// SQLite answers a row's number to these names, unless the table has columns called so.
#[test]
fn columns_called_as_sqlite_calls_a_row_number_are_the_table_s_own() {
    let dump = "-- MySQL dump\nCREATE TABLE `t` (`oid` int, `rowid` int, `_rowid_` int);\nINSERT INTO `t` VALUES (70,71,72),(80,81,82);\n";
    let loaded = load("t.sql", dump);
    let rows = loaded.rows("SELECT oid, rowid, _rowid__2, _rowid_ FROM t ORDER BY oid");
    assert_eq!(texts(&rows), ["70|71|72|1", "80|81|82|2"]);
}

/// Daylight saving, a corrected clock, a laptop that woke without one: what came later is newer all the same.
#[test]
fn a_clock_that_goes_back_puts_no_snapshot_and_no_edit_before_another() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn earlier_each_time() -> String {
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        format!("2026-03-01T12:{:02}:00Z", 59 - CALLS.fetch_add(1, Ordering::Relaxed).min(59))
    }
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment { now: earlier_each_time, ..Environment::system() };
    let mut project = Project::create(&folder.path().join("clinic"), "Clinic", environment).unwrap();
    let loaded: Vec<String> = ["first", "second"]
        .into_iter()
        .map(|name| {
            let path = folder.path().join(format!("{name}.csv"));
            fs::write(&path, "id,name\n1,Ada\n").unwrap();
            project.load(&LoadRequest { paths: vec![path], ..LoadRequest::default() }, &Unwatched).unwrap().snapshot
        })
        .collect();
    let facts = project.facts().unwrap();
    assert_eq!(facts.snapshot.as_ref(), loaded.last(), "the newest is in use");
    assert!(facts.snapshots[0].loaded_at < facts.snapshots[1].loaded_at, "as the clock had it");
    let log = project.history(0, 10).unwrap();
    assert!(log.is_sorted_by(|newer, older| newer.seq > older.seq && newer.at < older.at), "{log:?}");
}
