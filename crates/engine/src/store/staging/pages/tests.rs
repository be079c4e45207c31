use super::*;

use rusqlite::Connection;
use tempfile::TempDir;

/// A database whose rows were written into pages, beside what SQLite makes of the same rows.
struct Both {
    folder: TempDir,
    pages: Option<Pages>,
    trees: Vec<Tree>,
    width: usize,
}

impl Both {
    fn new(tables: usize, width: usize) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("pages.db");
        let made = Connection::open(&path).unwrap();
        made.execute_batch(&format!("PRAGMA page_size = {PAGE}; PRAGMA user_version = 1")).unwrap();
        drop(made);
        let pages = Pages::after(&path).unwrap();
        Self { folder, pages: Some(pages), trees: (0..tables).map(|_| Tree::default()).collect(), width }
    }

    fn add(&mut self, table: usize, rows: &[Vec<CellRef<'_>>]) {
        let mut batch = Batch::default();
        batch.start(0, self.width);
        rows.iter().flatten().for_each(|cell| batch.push_cell(*cell));
        self.pages.as_mut().unwrap().add(&mut self.trees[table], &batch, self.width).unwrap();
    }

    /// The database, found sound by SQLite.
    fn read(mut self) -> (Connection, TempDir) {
        let mut pages = self.pages.take().unwrap();
        let roots: Vec<u32> = self.trees.into_iter().map(|tree| pages.root(tree).unwrap()).collect();
        pages.finish().unwrap();
        let read = Connection::open(self.folder.path().join("pages.db")).unwrap();
        read.execute_batch("CREATE TABLE first (a); PRAGMA writable_schema = ON").unwrap();
        let columns: Vec<String> = (0..self.width).map(|n| format!("c{n}")).collect();
        for (table, root) in roots.iter().enumerate() {
            let sql = format!("CREATE TABLE t{table} ({})", columns.join(", "));
            let name = format!("t{table}");
            let insert = "INSERT INTO sqlite_schema VALUES ('table', ?1, ?1, ?2, ?3)";
            read.execute(insert, rusqlite::params![name, root, sql]).unwrap();
        }
        read.execute_batch("PRAGMA writable_schema = RESET").unwrap();
        let sound: String = read.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        (read, self.folder)
    }
}

fn one<T: rusqlite::types::FromSql>(read: &Connection, sql: &str) -> T {
    read.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn every_kind_of_value_comes_out_as_it_went_in() {
    let edges = [1_i64 << 7, 1 << 15, 1 << 23, 1 << 31, 1 << 47].into_iter().flat_map(|e| [e - 1, e, -e, -e - 1]);
    let integers: Vec<i64> = [0, 1, 2, -1, i64::MAX, i64::MIN].into_iter().chain(edges).collect();
    let mut both = Both::new(1, 3);
    for i in &integers {
        both.add(0, &[vec![CellRef::Integer(*i), CellRef::Text("Zoë\0".as_bytes()), CellRef::Bytes(&[0, 255])]]);
    }
    both.add(0, &[vec![CellRef::Null, CellRef::Text(b""), CellRef::Bytes(b"")]]);
    let (read, _folder) = both.read();
    let mut rows = read.prepare("SELECT quote(c0), typeof(c1) || hex(c1), typeof(c2) || hex(c2) FROM t0").unwrap();
    let found: Vec<[String; 3]> =
        rows.query_map([], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?])).unwrap().map(Result::unwrap).collect();
    let number = |i: &i64| [i.to_string(), "text5A6FC3AB00".to_owned(), "blob00FF".to_owned()];
    let mut expected: Vec<[String; 3]> = integers.iter().map(number).collect();
    expected.push(["NULL".to_owned(), "text".to_owned(), "blob".to_owned()]);
    assert_eq!(found, expected);
}

/// Lengths around every edge: of a leaf, of the first overflow page and the second, and of the head's own length.
#[test]
fn values_of_every_length_come_out_as_they_went_in() {
    let edges = [40, 110, 125, 8000, FRONT, WHOLE - 10, WHOLE, PAGE, FRONT + PIECE, WHOLE + PIECE, 3 * PIECE, 1 << 20];
    let lengths: Vec<usize> = edges.into_iter().flat_map(|edge| edge.saturating_sub(30)..edge + 30).collect();
    let mut both = Both::new(1, 2);
    let text = |length: usize| (0..length).map(|at| b'a' + ((at * 7 + length) % 26) as u8).collect::<Vec<u8>>();
    for length in &lengths {
        both.add(0, &[vec![CellRef::Text(&text(*length)), CellRef::Integer(*length as i64)]]);
    }
    let (read, _folder) = both.read();
    let mut rows = read.prepare("SELECT c0, c1 FROM t0 ORDER BY _rowid_").unwrap();
    let mut rows = rows.query([]).unwrap();
    for length in lengths {
        let row = rows.next().unwrap().expect("a row");
        assert_eq!(row.get::<_, i64>(1).unwrap(), length as i64);
        assert!(row.get::<_, String>(0).unwrap().into_bytes() == text(length), "of length {length}");
    }
}

/// Two tables whose rows come by turns, every other row of the first a leaf's half; few pages below one, so that trees
/// grow high.
#[test]
fn trees_of_every_height_are_sound_and_found_by_row() {
    let wide = vec![b'x'; 9000];
    for below in [2, 3, 7, BELOW] {
        for rows in (0..40).chain([200, 729, 1001, 1002, 1003, 2200]) {
            let mut both = Both::new(2, 1);
            both.pages.as_mut().unwrap().below = below;
            for row in 0..rows {
                both.add(0, &[vec![CellRef::Text(&wide)], vec![CellRef::Integer(row)]]);
                both.add(1, &[vec![CellRef::Integer(row)]]);
            }
            let (read, _folder) = both.read();
            for row in (0..rows).step_by(1 + rows as usize / 7) {
                let sql = format!(
                    "SELECT t0.c0 + t1.c0 FROM t0, t1 WHERE t0._rowid_ = {} AND t1._rowid_ = {}",
                    2 * row + 2,
                    row + 1
                );
                assert_eq!(one::<i64>(&read, &sql), 2 * row, "{rows} rows, {below} pages below one");
            }
            assert_eq!(one::<i64>(&read, "SELECT count(*) FROM t0"), 2 * rows);
        }
    }
}

#[test]
fn a_table_grows_on_as_sqlite_writes_on() {
    let mut both = Both::new(1, 1);
    (0..5000).for_each(|n| both.add(0, &[vec![CellRef::Integer(n)]]));
    let (read, _folder) = both.read();
    read.execute_batch("INSERT INTO t0 VALUES ('more'); ALTER TABLE t0 ADD COLUMN late; DELETE FROM t0 WHERE c0 < 100")
        .unwrap();
    assert_eq!(one::<i64>(&read, "SELECT max(_rowid_) FROM t0"), 5001);
    assert_eq!(one::<i64>(&read, "SELECT count(*) FROM t0 WHERE late IS NULL"), 4901);
    assert_eq!(one::<String>(&read, "PRAGMA integrity_check"), "ok");
}

/// The page with the byte at 1 GiB belongs to nobody; a chain and a tree go around it.
#[test]
fn the_page_of_the_locks_stays_empty() {
    let mut both = Both::new(2, 1);
    let pages = both.pages.as_mut().unwrap();
    pages.file.set_len(u64::from(LOCKS - 3) * PAGE as u64).unwrap();
    pages.file.seek(SeekFrom::End(0)).unwrap();
    pages.next = LOCKS - 2;
    let long = vec![b'y'; 5 * PAGE];
    both.add(0, &[vec![CellRef::Text(&long)]]);
    both.add(1, &[vec![CellRef::Text(b"z")]]);
    let mut pages = both.pages.take().unwrap();
    let roots: Vec<u32> = both.trees.drain(..).map(|tree| pages.root(tree).unwrap()).collect();
    assert_eq!(roots, [LOCKS + 4, LOCKS + 5]);
    let at = |page: u32, waiting: &[u8]| {
        let start = (page - (LOCKS - 2)) as usize * PAGE;
        u32::from_be_bytes(waiting[start..start + 4].try_into().unwrap())
    };
    let chain: Vec<u32> =
        [LOCKS - 2, LOCKS - 1, LOCKS, LOCKS + 1, LOCKS + 2, LOCKS + 3].map(|page| at(page, &pages.waiting)).to_vec();
    assert_eq!(chain, [LOCKS - 1, LOCKS + 1, 0, LOCKS + 2, LOCKS + 3, 0]);
}

/// A store over 1 GiB, with nothing in the file before it: rows on both sides of the page that belongs to nobody.
#[test]
fn rows_beyond_a_gigabyte_are_read_back() {
    let mut both = Both::new(1, 2);
    let pages = both.pages.as_mut().unwrap();
    pages.file.set_len(u64::from(LOCKS - 40) * PAGE as u64).unwrap();
    pages.file.seek(SeekFrom::End(0)).unwrap();
    pages.next = LOCKS - 39;
    let text = |row: i64| vec![b'a' + (row % 26) as u8; 100 + (row as usize * 7919) % (3 * PAGE)];
    for row in 0..150 {
        both.add(0, &[vec![CellRef::Integer(row), CellRef::Text(&text(row))]]);
    }
    let mut pages = both.pages.take().unwrap();
    let root = pages.root(both.trees.remove(0)).unwrap();
    pages.finish().unwrap();
    let path = both.folder.path().join("pages.db");
    assert!(std::fs::metadata(&path).unwrap().len() > 1 << 30);
    let read = Connection::open(path).unwrap();
    read.execute_batch("PRAGMA writable_schema = ON").unwrap();
    let define = "INSERT INTO sqlite_schema VALUES ('table', 't', 't', ?1, 'CREATE TABLE t (c0, c1)')";
    read.execute(define, [root]).unwrap();
    read.execute_batch("PRAGMA writable_schema = RESET").unwrap();
    let mut rows = read.prepare("SELECT c0, c1 FROM t ORDER BY _rowid_").unwrap();
    let mut rows = rows.query([]).unwrap();
    for row in 0..150 {
        let found = rows.next().unwrap().expect("a row");
        assert_eq!(found.get::<_, i64>("c0").unwrap(), row);
        assert!(found.get::<_, String>("c1").unwrap().into_bytes() == text(row), "row {row}");
    }
    assert!(rows.next().unwrap().is_none());
}

#[test]
fn a_record_that_could_not_be_read_back_is_refused() {
    let megabyte = vec![b'a'; 1_000_000];
    let mut both = Both::new(1, 1);
    let cells = || std::iter::repeat_n(CellRef::Text(&megabyte), 1001);
    let refused = both.pages.as_mut().unwrap().row(&mut both.trees[0], cells);
    assert!(matches!(refused, Err(PagesError::TooLong)));
    assert!(is_longer(cells(), LONGEST));
}

/// What is said of a row's length before it is written is what is written.
#[test]
fn rows_longer_than_a_limit_are_known_before() {
    let text = [b'x'; 300];
    for width in [1, 2, 100, 130] {
        for length in [0, 1, 56, 57, 58, 120, 300] {
            let mut batch = Batch::default();
            batch.start(0, width);
            (0..width).for_each(|n| match n % 3 {
                0 => batch.push_text(&text[..length]),
                1 => batch.push_integer(i64::from(n as u32) << (n % 50)),
                _ => batch.push_null(),
            });
            let mut both = Both::new(1, width);
            both.pages.as_mut().unwrap().add(&mut both.trees[0], &batch, width).unwrap();
            // A record's own length stands before it, and then its number.
            let cell = &both.trees[0].cells;
            let record = cell.len() - varint_length(cell.len() as u64 - 2) - 1;
            assert!(is_longer(batch.row(0), record - 1) && !is_longer(batch.row(0), record), "{width} × {length}");
            assert!(may_be_longer(&batch, record - 1), "{width} × {length}");
        }
    }
}

#[test]
fn a_value_without_a_column_is_an_error() {
    let mut both = Both::new(1, 2);
    let mut batch = Batch::default();
    batch.start(0, 2);
    (0..4).for_each(|n| batch.push_integer(n));
    let mut pages = both.pages.take().unwrap();
    assert!(matches!(pages.add(&mut both.trees[0], &batch, 1), Err(PagesError::Surplus)));
    assert_eq!(both.trees[0].rows(), 0);
    // Columns that came later are another matter.
    pages.add(&mut both.trees[0], &batch, 3).unwrap();
    assert_eq!(both.trees[0].rows(), 2);
}
