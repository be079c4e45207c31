//! What a file's name says where its content says nothing: parts of a database that have no mark of their own.

use super::kind::Kind;

const MEMOS: &str = "the memo fields of a dBase or FoxPro table (.dbf): ask for the table as delimited text or as .xlsx, with \
                     its memo fields";
const INDEX: &str = "an index of a dBase, FoxPro or Clipper table, which holds no rows of its own";
const MYSQL: &str = "a raw file of a MySQL server: ask for a dump (mysqldump --single-transaction --hex-blob DATABASE)";
const SQL_SERVER: &str = "a raw file or backup of a SQL Server database: ask for scripts with schema and data (Generate \
                          Scripts), or for each table as delimited text";
const LOCK: &str = "the lock of an Access database that was open: it holds no rows";
const BROTLI: &str = "a file packed with brotli: unpack it first";

/// Endings, in lower case.
const NAMES: &[(&[&str], &str)] = &[
    (&["fpt", "dbt", "smt"], MEMOS),
    (&["cdx", "idx", "ndx", "mdx", "ntx", "dcx"], INDEX),
    (&["myd", "myi", "ibd", "frm", "mad", "mai"], MYSQL),
    (&["mdf", "ldf", "ndf"], SQL_SERVER),
    (&["ldb", "laccdb"], LOCK),
    (&["br"], BROTLI),
    (&["lz4"], "a file packed with lz4: unpack it first"),
    (&["lzma"], "a file packed with lzma: unpack it first"),
    (&["sz", "snappy"], "a file packed with snappy: unpack it first"),
    (&["z"], "a file packed with compress (.Z): unpack it first"),
    (&["px", "mb", "xg0", "yg0"], "a part of a Paradox table: ask for the table as delimited text or as .xlsx"),
    (&["tps"], "a TopSpeed (Clarion) file: ask for each table as delimited text"),
    (&["pb", "proto.bin"], "values packed with Protocol Buffers: ask for the tables in it as delimited text"),
];

/// The kind of a file that begins with `head`, whose content says that it is of `kind`.
pub fn by_name(kind: Kind, name: &str, head: &[u8]) -> Kind {
    // Memo files are mostly text, after a page of numbers.
    let binary = head.iter().take(512).any(|b| *b == 0);
    if !(kind == Kind::Unknown || kind == Kind::Delimited && binary) {
        return kind;
    }
    let name = name.to_ascii_lowercase();
    let ends = |ending: &&&str| name.strip_suffix(**ending).is_some_and(|rest| rest.ends_with('.'));
    let known = NAMES.iter().find(|(endings, _)| endings.iter().any(|e| ends(&e)));
    // UTF-16 has zeros as well; nobody calls it so.
    known.map_or(kind, |(_, what)| Kind::Unread(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_where_content_says_nothing() {
        let memo = [&b"\x10\0\0\0\0\0\0\0"[..], &[0; 504], &b"she was well\x1a\x1a".repeat(99)].concat();
        for (kind, name, expected) in [
            (Kind::Delimited, "PATIENT.DBT", "memo fields"),
            (Kind::Unknown, "patient.fpt", "memo fields"),
            (Kind::Unknown, "a.csv.br", "brotli"),
            (Kind::Unknown, "visit.MYD", "MySQL"),
            (Kind::Unknown, "visit.bin", "no kind that is known"),
            (Kind::Sqlite, "patient.dbt", "SQLite"),
        ] {
            assert!(by_name(kind, name, &memo).label().contains(expected), "{name}");
        }
        assert_eq!(by_name(Kind::Delimited, "notes.dbt", b"id,name\n1,x\n"), Kind::Delimited);
    }
}
