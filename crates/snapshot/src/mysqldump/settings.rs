//! What a connection's settings make of literals.

use super::lexer::LEX;
use crate::script::charset::{Charset, Wide};
use crate::script::column::Column;
use crate::script::lexer::{BACKTICK, DOUBLE, Lex};

#[derive(Clone)]
pub struct Settings {
    pub charset: Charset,
    /// What `SET NAMES` or `character_set_client` said, in lower case.
    pub names: Option<String>,
    /// `SET NAMES binary`: text comes in each column's own character set.
    pub binary: bool,
    /// Of the connection's character set; a literal ends where it says, whatever it holds.
    pub wide: Option<Wide>,
    pub ansi_quotes: bool,
    pub no_backslash: bool,
    pub no_auto_value_on_zero: bool,
    /// Rows of a table with a history are those it had as well (`system_versioning_insert_history`).
    pub history: bool,
    /// Written with `--compatible`, which writes Latin 1 and does not say so.
    compatible: bool,
    /// `sql_mode`, as it was set.
    pub mode: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            charset: Charset::Utf8,
            names: None,
            binary: false,
            wide: None,
            ansi_quotes: false,
            no_backslash: false,
            no_auto_value_on_zero: false,
            history: false,
            compatible: false,
            mode: String::new(),
        }
    }
}

/// The character set of a literal, and another to try where nothing says which it is.
#[derive(Clone, Copy)]
pub struct LiteralCharset {
    pub charset: Charset,
    pub otherwise: Option<Charset>,
}

impl From<Charset> for LiteralCharset {
    fn from(charset: Charset) -> Self {
        Self { charset, otherwise: None }
    }
}

impl Settings {
    pub fn lex(&self) -> Lex {
        let lex = Lex { backslash: !self.no_backslash, wide: self.wide, charset: self.charset, ..LEX };
        if self.ansi_quotes { Lex { names: &[BACKTICK, DOUBLE], texts: b"'", ..lex } } else { lex }
    }

    /// How a literal without introducer is text in a column.
    #[inline]
    pub fn literal_charset(&self, column: &Column) -> LiteralCharset {
        if self.names.is_some() && !self.binary {
            return self.charset.into();
        }
        let own = column.own_charset.unwrap_or(Charset::Utf8);
        if self.binary {
            return own.into();
        }
        let otherwise = if self.compatible { Charset::named("latin1") } else { column.own_charset };
        LiteralCharset { charset: Charset::Utf8, otherwise: otherwise.filter(|c| *c != Charset::Utf8) }
    }

    /// `SET NAMES name`; an empty name says nothing.
    pub fn set_names(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.binary = name == "binary";
        self.charset = Charset::named(&name).unwrap_or(Charset::Utf8);
        self.wide = if self.binary { None } else { self.charset.wide() };
        self.names = (!name.is_empty()).then_some(name);
    }

    /// Rows are in this set, whatever the dump says.
    pub fn set_charset(&mut self, charset: Option<Charset>) {
        if let Some(charset) = charset {
            self.binary = false;
            self.charset = charset;
            self.wide = charset.wide();
        }
    }

    pub fn set_mode(&mut self, mode: &str) {
        const COMPATIBLE: [&str; 8] = ["ANSI", "MYSQL323", "MYSQL40", "POSTGRESQL", "ORACLE", "MSSQL", "DB2", "MAXDB"];
        mode.clone_into(&mut self.mode);
        let mode = mode.to_ascii_uppercase();
        // Binary logs write the mode as a number.
        let bits: u64 = mode.trim().parse().unwrap_or(0);
        let bit = |m: &str| match m {
            "ANSI_QUOTES" => bits >> 2 & 1 == 1,
            "NO_AUTO_VALUE_ON_ZERO" => bits >> 19 & 1 == 1,
            "NO_BACKSLASH_ESCAPES" => bits >> 20 & 1 == 1,
            _ => false,
        };
        let has = |m: &str| bit(m) || mode.split(',').any(|part| part.trim() == m);
        self.compatible = COMPATIBLE.iter().any(|m| has(m));
        self.ansi_quotes = has("ANSI_QUOTES") || COMPATIBLE.iter().any(|m| !m.starts_with("MYSQL") && has(m));
        self.no_backslash = has("NO_BACKSLASH_ESCAPES");
        self.no_auto_value_on_zero = has("NO_AUTO_VALUE_ON_ZERO");
    }
}
