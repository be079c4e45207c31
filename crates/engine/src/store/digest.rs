//! A table's content as one figure that a MySQL or MariaDB server can be asked for too:
//! `SUM(CRC32(CONCAT_WS(',', IFNULL(HEX(cell), 'N'), …)))`, which does not depend on the order of rows.

use rusqlite::types::ValueRef;

use super::quoted;
use super::staging::file::said;
use super::staging::{StagedColumn, StagedTable, Staging};
use crate::error::Result;

/// Rows and digest of what was staged; generated columns are left out, as the server's statement leaves them out.
pub struct Digest {
    pub rows: u64,
    pub columns: u64,
    pub sum: u128,
}

impl Staging {
    /// `keep_on` is asked every few thousand rows; `None` is answered when it says no.
    pub fn digest(
        &self,
        table: &StagedTable,
        columns: &[StagedColumn],
        mut keep_on: impl FnMut(u64) -> bool,
    ) -> Result<Option<Digest>> {
        let kept: Vec<&StagedColumn> = columns.iter().filter(|c| is_content(c)).collect();
        let mut digest = Digest { rows: 0, columns: kept.len() as u64, sum: 0 };
        if kept.is_empty() {
            return Ok(Some(digest));
        }
        let list: Vec<String> = kept.iter().map(|c| quoted(&c.physical)).collect();
        let select = format!("SELECT {} FROM {}", list.join(", "), quoted(&table.physical));
        let mut statement = self.connection().prepare(&select).map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        let mut line = Vec::new();
        while let Some(row) = rows.next().map_err(said)? {
            line.clear();
            for index in 0..kept.len() {
                if index > 0 {
                    line.push(b',');
                }
                match row.get_ref(index).map_err(said)? {
                    ValueRef::Null => line.push(b'N'),
                    ValueRef::Integer(i) => hex(itoa::Buffer::new().format(i).as_bytes(), &mut line),
                    ValueRef::Real(f) => hex(f.to_string().as_bytes(), &mut line),
                    ValueRef::Text(b) | ValueRef::Blob(b) => hex(b, &mut line),
                }
            }
            digest.sum += u128::from(crc32fast::hash(&line));
            digest.rows += 1;
            if digest.rows.is_multiple_of(4096) && !keep_on(digest.rows) {
                return Ok(None);
            }
        }
        Ok(Some(digest))
    }
}

fn hex(bytes: &[u8], to: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    to.reserve(bytes.len() * 2);
    for b in bytes {
        to.push(DIGITS[usize::from(b >> 4)]);
        to.push(DIGITS[usize::from(b & 15)]);
    }
}

/// What the server computes is left out on both sides, as is what the snapshot does not hold.
fn is_content(column: &StagedColumn) -> bool {
    !column.generated && column.state.is_read()
}

/// How a declared type enters the digest on the server.
enum Term {
    Text,
    Raw,
    Bit,
    Printed,
}

fn term(declared: &str) -> Term {
    let word = declared.trim_start().to_ascii_lowercase();
    let word: String = word.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    match word.as_str() {
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" | "nchar"
        | "nvarchar" | "national" | "character" | "json" | "long" => Term::Text,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" | "geometry" | "point"
        | "linestring" | "polygon" | "multipoint" | "multilinestring" | "multipolygon" | "geometrycollection"
        | "vector" => Term::Raw,
        "bit" => Term::Bit,
        _ => Term::Printed,
    }
}

/// The statement that gives the same figures on the legacy server.
pub fn statement(table: &StagedTable, columns: &[StagedColumn]) -> String {
    let name = |n: &str| format!("`{}`", n.replace('`', "``"));
    let text = |t: &str| format!("'{}'", t.replace('\\', "\\\\").replace('\'', "''"));
    let terms: Vec<String> = columns
        .iter()
        .filter(|c| is_content(c))
        .map(|c| {
            let column = name(&c.name);
            let cell = match term(&c.declared_type) {
                Term::Text => format!("CONVERT({column} USING utf8mb4)"),
                Term::Raw => column,
                Term::Bit => format!("CAST({column}+0 AS CHAR)"),
                Term::Printed => format!("CAST({column} AS CHAR)"),
            };
            format!("IFNULL(HEX({cell}),'N')")
        })
        .collect();
    let from = match &table.database {
        Some(database) => format!("{}.{}", name(database), name(&table.name)),
        None => name(&table.name),
    };
    let sum = if terms.is_empty() {
        "0".to_owned()
    } else {
        format!("IFNULL(SUM(CRC32(CONCAT_WS(',', {}))), 0)", terms.join(", "))
    };
    format!(
        "SELECT {} AS `database`, {} AS `table`, COUNT(*) AS `rows`, {} AS `columns`, {sum} AS digest FROM {from};",
        table.database.as_deref().map_or("DATABASE()".to_owned(), text),
        text(&table.name),
        terms.len()
    )
}

/// What goes before the statements, so that the server prints as it does for the dump.
pub const PREAMBLE: &str = "SET NAMES utf8mb4;
SET sql_mode = '';
SET time_zone = '+00:00';
SET SESSION group_concat_max_len = 1048576;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_printed_in_capitals() {
        let mut line = Vec::new();
        hex(b"\x00aZ\xff", &mut line);
        assert_eq!(line, b"00615AFF");
    }
}
