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

/// Whose backslashes, quotes and functions are of its own; there is no reader for it.
const ORACLE: Habits = &[
    ("rem inserting into", 6),
    ("set define off", 5),
    ("set sqlblanklines", 4),
    ("whenever sqlerror", 6),
    ("alter session set nls", 6),
    (" varchar2(", 4),
    (" number(", 2),
    ("to_date('", 3),
    ("to_timestamp('", 2),
    ("hextoraw(", 4),
    ("empty_clob()", 5),
    ("segment creation", 4),
    (" pctfree ", 4),
    ("from dual", 3),
    (" sysdate", 2),
    ("\nprompt ", 3),
    ("\nspool ", 3),
    ("\n/\n", 2),
    ("\n/\r", 2),
    ("insert all", 3),
];

/// What a script is, by its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    By(Script),
    /// By MySQL, MariaDB, or by a server of which it shows nothing.
    ByMySql,
    ByOracle,
}

/// Whose a text is that begins as a script; in UTF-8 or a superset of ASCII.
pub fn written(text: &[u8]) -> Written {
    let text = text.to_ascii_lowercase();
    let score = |habits: Habits| -> u32 {
        habits.iter().filter(|(habit, _)| memmem::find(&text, habit.as_bytes()).is_some()).map(|(_, much)| much).sum()
    };
    let scores = [
        (Written::ByOracle, score(ORACLE)),
        (Written::By(Script::SqlServer), score(SQL_SERVER)),
        (Written::By(Script::Postgres), score(POSTGRES)),
        (Written::By(Script::Sqlite), score(SQLITE)),
    ];
    let (best, points) = scores.into_iter().max_by_key(|(_, points)| *points).unwrap_or((Written::ByMySql, 0));
    if points >= 3 && points > score(MYSQL) { best } else { Written::ByMySql }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_is_known_by_its_habits() {
        for (text, server) in [
            ("USE [Clinic]\r\nGO\r\nSET ANSI_NULLS ON\r\n", Written::By(Script::SqlServer)),
            ("INSERT INTO clinic.dbo.visit (id, note) VALUES (1, N'x');", Written::By(Script::SqlServer)),
            (
                "/****** Object:  Table [dbo].[T] ******/\nCREATE TABLE [dbo].[T]([a] [int])\nGO\n",
                Written::By(Script::SqlServer),
            ),
            (":setvar DatabaseName \"Clinic\"\nGO\n", Written::By(Script::SqlServer)),
            (
                "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET statement_timeout = 0;\n",
                Written::By(Script::Postgres),
            ),
            ("COPY t (a) FROM stdin;\n1\n\\.\n", Written::By(Script::Postgres)),
            ("CREATE TABLE t (a bigserial, b timestamp without time zone);", Written::By(Script::Postgres)),
            ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a);", Written::By(Script::Sqlite)),
            ("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT);", Written::By(Script::Sqlite)),
            ("-- MySQL dump 10.13\n\nINSERT INTO `t` VALUES ('[dbo]. GO', N'x');", Written::ByMySql),
            (
                "CREATE TABLE `t` (a int unsigned AUTO_INCREMENT) ENGINE=InnoDB;\nINSERT INTO `t` VALUES (N'[dbo].[x]');",
                Written::ByMySql,
            ),
            ("create table t (a int);", Written::ByMySql),
            ("DELETE FROM visit;\nINSERT INTO visit VALUES (1);\n", Written::ByMySql),
            ("DELETE FROM [dbo].[visit]\nGO\n", Written::By(Script::SqlServer)),
            ("\\connect clinic\nSET client_encoding = 'UTF8';\n", Written::By(Script::Postgres)),
            (
                "REM INSERTING into VISIT\nSET DEFINE OFF;\nInsert into VISIT (ID,SEEN) values (1,to_date('01-JAN-20','DD-MON-RR'));\n",
                Written::ByOracle,
            ),
            ("CREATE TABLE T (A NUMBER(10), B VARCHAR2(20));\n", Written::ByOracle),
        ] {
            assert_eq!(written(text.as_bytes()), server, "{text}");
        }
    }
}
