//! Inserts the rows of a batch without a copy of their cells: SQLite reads them where they lie. A safe binding copies
//! each, which is a sixth of the work of a load.
//!
//! The one place of the engine with `unsafe`. What it relies on: the batch is borrowed for as long as the statement
//! lives, and nothing is bound when the statement is gone. <https://www.sqlite.org/c3ref/bind_blob.html>

#![expect(unsafe_code, reason = "the safe binding of a borrowed text copies it")]

use std::ffi::{CStr, c_char, c_int};
use std::marker::PhantomData;
use std::ptr;

use rusqlite::{Connection, Error, Result, ffi};
use snapshot::{Batch, CellRef};

/// Runs `insert`, which has a parameter for each of the first `width` columns, once for every row.
pub fn insert_rows(connection: &Connection, insert: &str, batch: &Batch, width: usize) -> Result<()> {
    let statement = Statement::prepare(connection, insert)?;
    for row in 0..batch.rows() {
        for (at, cell) in (1..).zip(batch.row(row).take(width)) {
            statement.bind(at, cell)?;
        }
        statement.run()?;
    }
    Ok(())
}

struct Statement<'a> {
    raw: *mut ffi::sqlite3_stmt,
    connection: *mut ffi::sqlite3,
    of: PhantomData<(&'a Connection, &'a Batch)>,
}

impl<'a> Statement<'a> {
    fn prepare(connection: &'a Connection, sql: &str) -> Result<Self> {
        let mut statement = Self { raw: ptr::null_mut(), connection: ptr::null_mut(), of: PhantomData };
        let length = c_int::try_from(sql.len()).map_err(|_| failure(ffi::SQLITE_TOOBIG, None))?;
        // SAFETY: the handle is open for 'a; the text is `length` bytes long; both places outlive the call.
        let code = unsafe {
            statement.connection = connection.handle();
            let text = sql.as_ptr().cast::<c_char>();
            ffi::sqlite3_prepare_v3(statement.connection, text, length, 0, &raw mut statement.raw, ptr::null_mut())
        };
        statement.answer(code, ffi::SQLITE_OK)?;
        Ok(statement)
    }

    /// `cell` lives as long as the statement does.
    fn bind(&self, at: c_int, cell: CellRef<'a>) -> Result<()> {
        // SAFETY: the statement is prepared and not running; the bytes stay where they are for 'a, longer than it.
        let code = unsafe {
            match cell {
                CellRef::Null => ffi::sqlite3_bind_null(self.raw, at),
                CellRef::Integer(i) => ffi::sqlite3_bind_int64(self.raw, at, i),
                CellRef::Text(t) => {
                    let (text, length) = (place(t).cast::<c_char>(), t.len() as u64);
                    ffi::sqlite3_bind_text64(self.raw, at, text, length, ffi::SQLITE_STATIC(), ffi::SQLITE_UTF8 as u8)
                }
                CellRef::Bytes(b) => {
                    ffi::sqlite3_bind_blob64(self.raw, at, place(b).cast(), b.len() as u64, ffi::SQLITE_STATIC())
                }
            }
        };
        self.answer(code, ffi::SQLITE_OK)
    }

    fn run(&self) -> Result<()> {
        // SAFETY: the statement is prepared, and everything bound to it is alive.
        let code = unsafe { ffi::sqlite3_step(self.raw) };
        self.answer(code, ffi::SQLITE_DONE)?;
        // SAFETY: as above.
        self.answer(unsafe { ffi::sqlite3_reset(self.raw) }, ffi::SQLITE_OK)
    }

    fn answer(&self, code: c_int, expected: c_int) -> Result<()> {
        if code == expected {
            return Ok(());
        }
        // SAFETY: the connection is open; its message ends with a zero and is copied before the next call.
        let told = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.connection)) };
        Err(failure(code, Some(told.to_string_lossy().into_owned())))
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        // SAFETY: made by `prepare`, or null, which is allowed; nobody uses it any more.
        unsafe { ffi::sqlite3_finalize(self.raw) };
    }
}

/// Never null: to SQLite a null pointer is NULL, and an empty value is none.
fn place(bytes: &[u8]) -> *const u8 {
    if bytes.is_empty() { c"".as_ptr().cast() } else { bytes.as_ptr() }
}

fn failure(code: c_int, told: Option<String>) -> Error {
    Error::SqliteFailure(ffi::Error::new(code), told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch() -> Batch {
        let mut batch = Batch::default();
        batch.start(0, 3);
        for row in 0..3_i64 {
            batch.push_integer(row);
            batch.push_text(if row == 1 { "".as_bytes() } else { "Zoë".as_bytes() });
            if row == 2 { batch.push_null() } else { batch.push_bytes(&[0, 255][..row as usize * 2]) }
        }
        batch
    }

    #[test]
    fn every_kind_of_cell_comes_out_as_it_went_in() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a, b, c, later)").unwrap();
        insert_rows(&connection, "INSERT INTO t VALUES (?, ?, ?, ?)", &batch(), 4).unwrap();
        let sql = "SELECT group_concat(quote(a) || quote(b) || quote(c) || quote(later), ' ' ORDER BY a) FROM t";
        let found: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(found, "0'Zoë'X''NULL 1''X'00FF'NULL 2'Zoë'NULLNULL");
        let columns = "SELECT count(*) FROM t WHERE typeof(b) = 'text' AND typeof(a) = 'integer'";
        assert_eq!(connection.query_row(columns, [], |row| row.get::<_, i64>(0)).unwrap(), 3);
    }

    #[test]
    fn what_the_store_refuses_is_told() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a UNIQUE, b, c)").unwrap();
        let insert = "INSERT INTO t VALUES (?, ?, ?)";
        insert_rows(&connection, insert, &batch(), 3).unwrap();
        let told = insert_rows(&connection, insert, &batch(), 3).unwrap_err();
        assert_eq!(told.sqlite_error_code(), Some(rusqlite::ErrorCode::ConstraintViolation));
        assert!(told.to_string().contains("t.a"), "{told}");
        assert!(insert_rows(&connection, "INSERT INTO gone VALUES (?)", &batch(), 1).is_err());
    }
}
