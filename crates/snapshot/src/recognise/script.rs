//! Which server wrote a script: its habits are counted on the start of the file.

use memchr::memmem;

/// Servers whose scripts are read, other than MySQL and MariaDB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    SqlServer,
    Postgres,
    Sqlite,
}

impl Script {
    pub fn label(self) -> &'static str {
        match self {
            Self::SqlServer => "SQL Server script",
            Self::Postgres => "PostgreSQL dump",
            Self::Sqlite => "SQLite dump",
        }
    }
}

/// What a server's scripts hold, in lower case, and how much it says.
type Habits = &'static [(&'static str, u32)];

const SQL_SERVER: Habits = &[
    ("\ngo\n", 4),
    ("\ngo\r", 4),
    ("[dbo].", 4),
    ("set ansi_nulls", 4),
    ("set quoted_identifier", 4),
    ("set identity_insert", 5),
    ("/****** object:", 5),
    (" identity(", 2),
    ("insert [", 3),
    ("insert into [", 2),
    ("create table [", 2),
    ("use [", 3),
    ("[nvarchar]", 3),
    ("nvarchar(", 1),
    ("varchar(max)", 3),
    ("dbo.", 2),
    ("getdate()", 2),
    ("on [primary]", 3),
    ("as datetime)", 2),
    ("as datetime2)", 3),
    ("exec sys.sp_", 3),
    (" n'", 1),
];

const POSTGRES: Habits = &[
    ("-- postgresql database", 10),
    ("\\restrict ", 5),
    (" from stdin;", 4),
    ("set client_encoding", 4),
    ("set standard_conforming_strings", 4),
    ("pg_catalog.", 4),
    (" owner to ", 2),
    ("alter table only ", 3),
    ("::regclass", 3),
    ("::character varying", 3),
    (" character varying(", 2),
    ("create extension", 3),
    (" serial", 2),
    (" bigserial", 2),
    (" without time zone", 3),
    (" with time zone", 2),
    (" bytea", 2),
    (" jsonb", 2),
];

const SQLITE: Habits = &[
    ("pragma foreign_keys", 6),
    ("pragma writable_schema", 4),
    ("sqlite_sequence", 5),
    ("sqlite_master", 4),
    ("sqlite_schema", 4),
    (" autoincrement", 4),
    (" without rowid", 3),
    ("begin transaction;", 2),
    ("'\\n',char(10))", 3),
];

const MYSQL: Habits = &[
    ("-- mysql dump", 20),
    ("-- mariadb dump", 20),
    ("phpmyadmin", 20),
    ("/*!", 6),
    ("/*m!", 6),
    ("create table `", 6),
    ("insert into `", 6),
    ("create table if not exists `", 6),
    (" engine=", 5),
    (" engine = ", 5),
    (" auto_increment", 5),
    ("lock tables", 3),
    ("set names ", 4),
    ("set foreign_key_checks", 4),
    (" unsigned", 3),
];

/// First words of scripts. A header of delimited text may begin so too: it has none of the habits.
const FIRST: [&str; 24] = [
    "alter", "begin", "comment", "copy", "create", "declare", "delete", "drop", "exec", "execute", "go", "grant", "if",
    "insert", "merge", "pragma", "print", "replace", "select", "set", "start", "truncate", "update", "use",
];

/// The server that a text in UTF-8 or a superset of ASCII is a script of; `None` for MySQL's dialect, for SQL that shows
/// nothing of its server, and for what is no SQL.
pub fn script(text: &[u8]) -> Option<Script> {
    if !begins_as_script(text) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let score = |habits: Habits| -> u32 {
        habits.iter().filter(|(habit, _)| memmem::find(&text, habit.as_bytes()).is_some()).map(|(_, much)| much).sum()
    };
    let scores =
        [(Script::SqlServer, score(SQL_SERVER)), (Script::Postgres, score(POSTGRES)), (Script::Sqlite, score(SQLITE))];
    let (best, points) = scores.into_iter().max_by_key(|(_, points)| *points)?;
    (points >= 3 && points > score(MYSQL)).then_some(best)
}

/// Behind blanks and comments stands a word that statements begin with, or a command of sqlcmd, psql or the shell.
fn begins_as_script(text: &[u8]) -> bool {
    let mut rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    loop {
        let after = if rest.starts_with(b"--") {
            memchr::memchr(b'\n', rest).map(|end| end + 1)
        } else if rest.starts_with(b"/*") {
            memmem::find(rest, b"*/").map(|end| end + 2)
        } else {
            break;
        };
        match after {
            Some(after) => rest = rest[after..].trim_ascii_start(),
            None => return false,
        }
    }
    if [&b"\\restrict "[..], b"\\connect ", b"\\c ", b":setvar ", b":on "].iter().any(|c| rest.starts_with(c)) {
        return true;
    }
    let length = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
    let behind = rest.get(length).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b';' | b'['));
    behind && FIRST.iter().any(|word| rest[..length].eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_is_known_by_its_habits() {
        for (text, server) in [
            ("USE [Clinic]\r\nGO\r\nSET ANSI_NULLS ON\r\n", Some(Script::SqlServer)),
            ("INSERT INTO clinic.dbo.visit (id, note) VALUES (1, N'x');", Some(Script::SqlServer)),
            (
                "/****** Object:  Table [dbo].[T] ******/\nCREATE TABLE [dbo].[T]([a] [int])\nGO\n",
                Some(Script::SqlServer),
            ),
            (":setvar DatabaseName \"Clinic\"\nGO\n", Some(Script::SqlServer)),
            (
                "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET statement_timeout = 0;\n",
                Some(Script::Postgres),
            ),
            ("COPY t (a) FROM stdin;\n1\n\\.\n", Some(Script::Postgres)),
            ("CREATE TABLE t (a bigserial, b timestamp without time zone);", Some(Script::Postgres)),
            ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a);", Some(Script::Sqlite)),
            ("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT);", Some(Script::Sqlite)),
            ("-- MySQL dump 10.13\n\nINSERT INTO `t` VALUES ('[dbo]. GO', N'x');", None),
            (
                "CREATE TABLE `t` (a int unsigned AUTO_INCREMENT) ENGINE=InnoDB;\nINSERT INTO `t` VALUES (N'[dbo].[x]');",
                None,
            ),
            ("create table t (a int);", None),
            ("use,of,force\n1,dbo.x,[dbo].y\n", None),
            ("set name;dbo.\n", None),
            ("id,note\n1,\"SET ANSI_NULLS ON\nGO\n\"\n", None),
        ] {
            assert_eq!(script(text.as_bytes()), server, "{text}");
        }
    }
}
