//! Where the rows of a staging store go: straight into pages, as a load needs it, or through statements, as a few rows
//! beside others do. What came in by one way cannot be told from what came in by the other. A store that is encrypted
//! would be written by a third.

use std::io;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode};
use snapshot::{Batch, CellRef};

use super::pages::{Mark, Pages, PagesError, Tree};
use crate::store::quoted;

#[derive(Debug)]
pub enum SinkError {
    Io(io::Error),
    Database(rusqlite::Error),
    /// A record of over a thousand million bytes: whoever reads sets such apart before.
    TooLong,
    /// More values in a row than the table has columns.
    Surplus,
}

/// Takes rows; tables have numbers, and their rows are numbered from 1 in the order they come.
pub trait RowSink {
    /// Adds the rows of a batch to a table of `width` columns. Columns after the values that a row has are NULL. Answers
    /// the number of the last.
    fn add(&mut self, table: usize, batch: &Batch, width: usize) -> Result<i64, SinkError>;
}

/// Into pages of the store's file, which nobody else has open.
pub struct PageRows {
    pages: Pages,
    trees: Vec<Tree>,
}

impl PageRows {
    pub fn new(pages: Pages) -> Self {
        Self { pages, trees: Vec::new() }
    }

    /// The rows of a table so far, and what the last is known by.
    pub fn written(&self, table: usize) -> (i64, Mark) {
        self.trees.get(table).map_or((0, Mark::default()), |tree| (tree.rows(), tree.last()))
    }

    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.pages.bytes()
    }

    /// Ends a table; answers the page that its tree starts from.
    pub fn root(&mut self, table: usize) -> io::Result<u32> {
        let tree = self.trees.get_mut(table).map(std::mem::take).unwrap_or_default();
        self.pages.root(tree)
    }

    pub fn finish(self) -> io::Result<()> {
        self.pages.finish()
    }
}

impl RowSink for PageRows {
    fn add(&mut self, table: usize, batch: &Batch, width: usize) -> Result<i64, SinkError> {
        if self.trees.len() <= table {
            self.trees.resize_with(table + 1, Tree::default);
        }
        let tree = &mut self.trees[table];
        self.pages.add(tree, batch, width).map_err(|error| match error {
            PagesError::Io(error) => SinkError::Io(error),
            PagesError::TooLong => SinkError::TooLong,
            PagesError::Surplus => SinkError::Surplus,
        })?;
        Ok(tree.rows())
    }
}

/// Through `INSERT` statements into tables that are there.
pub struct StatementRows<'c, N> {
    connection: &'c Connection,
    /// How a table is called in the store.
    name: N,
}

impl<'c, N: Fn(usize) -> &'c str> StatementRows<'c, N> {
    pub fn new(connection: &'c Connection, name: N) -> Self {
        Self { connection, name }
    }

    fn insert(&self, table: usize, batch: &Batch, width: usize) -> rusqlite::Result<()> {
        let table = quoted((self.name)(table));
        let sql = match width {
            0 => format!("INSERT INTO {table} DEFAULT VALUES"),
            _ => format!("INSERT INTO {table} VALUES ({})", vec!["?"; width].join(", ")),
        };
        let mut insert = self.connection.prepare_cached(&sql)?;
        for row in 0..batch.rows() {
            insert.clear_bindings();
            for (column, cell) in batch.row(row).enumerate() {
                let value = match cell {
                    CellRef::Null => ValueRef::Null,
                    CellRef::Integer(i) => ValueRef::Integer(i),
                    CellRef::Text(t) => ValueRef::Text(t),
                    CellRef::Bytes(b) => ValueRef::Blob(b),
                };
                insert.raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(value))?;
            }
            insert.raw_execute()?;
        }
        Ok(())
    }
}

impl<'c, N: Fn(usize) -> &'c str> RowSink for StatementRows<'c, N> {
    fn add(&mut self, table: usize, batch: &Batch, width: usize) -> Result<i64, SinkError> {
        if batch.width > width && !batch.is_empty() {
            return Err(SinkError::Surplus);
        }
        self.insert(table, batch, width).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::TooBig) => SinkError::TooLong,
            _ => SinkError::Database(error),
        })?;
        Ok(self.connection.last_insert_rowid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::staging::pages::PAGE;

    const WIDTH: usize = 5;

    /// Numbers that look like any.
    struct Drawn(u64);

    impl Drawn {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % bound
        }

        /// A batch of a few rows; now and then a value of several pages.
        fn batch(&mut self) -> Batch {
            let mut batch = Batch::default();
            batch.start(0, WIDTH - self.below(2));
            for _ in 0..self.below(6) * batch.width {
                let long = if self.below(40) == 0 { 3 * PAGE } else { 40 };
                let bytes: Vec<u8> = (0..self.below(long)).map(|_| self.below(256) as u8).collect();
                match self.below(4) {
                    0 => batch.push_null(),
                    1 => batch.push_integer(((self.0 << 20) as i64) >> self.below(64)),
                    2 => batch.push_text(String::from_utf8_lossy(&bytes).as_bytes()),
                    _ => batch.push_cell(CellRef::Bytes(&bytes)),
                }
            }
            batch
        }
    }

    const NAMES: [&str; 2] = ["first", "a \"second\""];

    fn tables() -> String {
        NAMES.map(|name| format!("CREATE TABLE {} (a, b, c, d, e)", quoted(name))).join("; ")
    }

    /// Every value with its type, in the order of the rows.
    fn read(connection: &Connection) -> Vec<String> {
        let mut found = Vec::new();
        for name in NAMES {
            let values = ["a", "b", "c", "d", "e"].map(|c| format!("typeof({c}) || hex({c})")).join(" || ',' || ");
            let sql = format!("SELECT _rowid_ || ':' || {values} AS row FROM {} ORDER BY _rowid_", quoted(name));
            let mut statement = connection.prepare(&sql).unwrap();
            found.extend(statement.query_map([], |row| row.get("row")).unwrap().map(Result::<String, _>::unwrap));
        }
        found
    }

    #[test]
    fn rows_are_the_same_whichever_way_they_come_in() {
        for seed in 0..12 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("pages.db");
            let made = Connection::open(&path).unwrap();
            made.execute_batch(&format!("PRAGMA page_size = {PAGE}; PRAGMA user_version = 1")).unwrap();
            drop(made);
            let mut pages = PageRows::new(Pages::after(&path).unwrap());
            let store = Connection::open_in_memory().unwrap();
            store.execute_batch(&tables()).unwrap();
            let mut statements = StatementRows::new(&store, |table| NAMES[table]);

            let mut drawn = Drawn(seed);
            for _ in 0..200 {
                let (table, batch) = (drawn.below(2), drawn.batch());
                let last = pages.add(table, &batch, WIDTH).unwrap();
                let also = statements.add(table, &batch, WIDTH).unwrap();
                assert!(batch.is_empty() || last == also, "row {last} is row {also}");
            }
            let roots = [0, 1].map(|table| pages.root(table).unwrap());
            pages.finish().unwrap();

            let written = Connection::open(&path).unwrap();
            written.execute_batch("PRAGMA writable_schema = ON").unwrap();
            for (name, root) in NAMES.iter().zip(roots) {
                let sql = format!("CREATE TABLE {} (a, b, c, d, e)", quoted(name));
                let define = "INSERT INTO sqlite_schema VALUES ('table', ?1, ?1, ?2, ?3)";
                written.execute(define, rusqlite::params![name, root, sql]).unwrap();
            }
            written.execute_batch("PRAGMA writable_schema = RESET").unwrap();
            let rows = read(&written);
            assert!(rows.len() > 100);
            assert!(rows == read(&store), "drawn from {seed}");
        }
    }

    #[test]
    fn a_value_without_a_column_is_refused_by_both() {
        let store = Connection::open_in_memory().unwrap();
        store.execute_batch(&tables()).unwrap();
        let mut batch = Batch::default();
        batch.start(0, 2);
        (0..2).for_each(|n| batch.push_integer(n));
        let mut statements = StatementRows::new(&store, |table| NAMES[table]);
        assert!(matches!(statements.add(0, &batch, 1), Err(SinkError::Surplus)));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pages.db");
        std::fs::write(&path, vec![0; PAGE]).unwrap();
        assert!(matches!(PageRows::new(Pages::after(&path).unwrap()).add(0, &batch, 1), Err(SinkError::Surplus)));
    }
}
