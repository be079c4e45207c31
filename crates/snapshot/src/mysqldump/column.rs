//! What a declared MySQL type means for the values under it:
//! https://dev.mysql.com/doc/refman/8.4/en/data-types.html and MariaDB's own types.

use super::create_table;
use crate::event::ColumnKind;
use crate::script::charset::Charset;
use crate::script::column::Column;
use crate::script::value::Types;
use crate::script::words::{Token, Words};

/// Types of MySQL; its values are stored by what a column holds of them.
#[derive(Debug)]
pub struct MySqlTypes;

impl Types for MySqlTypes {
    fn kind(&self, word: &str) -> ColumnKind {
        kind_of(word)
    }

    fn read_type(&self, words: &mut Words, column: &mut Column) -> bool {
        create_table::read_type(words, column);
        true
    }

    fn read_attribute(&self, first: &Token, words: &mut Words, column: &mut Column) -> bool {
        create_table::read_attribute(first, words, column)
    }
}

impl Column {
    /// Sets kind and sizes from the type's word and what stands in brackets after it.
    pub fn set_type(&mut self, word: &str, brackets: Option<&[u8]>) {
        let numbers: Vec<usize> = brackets
            .map(|b| String::from_utf8_lossy(b).split(',').filter_map(|n| n.trim().parse().ok()).collect())
            .unwrap_or_default();
        self.length = numbers.first().copied().unwrap_or(0);
        self.def.kind = kind_of(word);
        match self.def.kind {
            ColumnKind::Decimal => {
                self.scale = Some(numbers.get(1).copied().unwrap_or(0));
            }
            ColumnKind::Float => {
                self.scale = numbers.get(1).copied();
                self.single = matches!(word, "float" | "float4") && !(numbers.len() == 1 && self.length > 24);
            }
            ColumnKind::Datetime | ColumnKind::Time => self.scale = Some(self.length.min(6)),
            ColumnKind::Bit => self.length = self.length.max(1),
            _ => {}
        }
        self.fixed = matches!(word, "char" | "character" | "nchar" | "binary");
        if self.fixed && self.length == 0 && brackets.is_none() {
            self.length = 1;
        }
        self.set = word == "set";
        self.limit_in_bytes = self.def.kind == ColumnKind::Binary || word.ends_with("text");
        self.limit = match word {
            "char" | "character" | "varchar" | "nchar" | "nvarchar" | "binary" | "varbinary" => self.length,
            "tinytext" | "tinyblob" => 0xff,
            "text" | "blob" if self.length == 0 => 0xffff,
            "mediumtext" | "mediumblob" => 0xff_ffff,
            _ => 0,
        };
        self.size = match word {
            "tinyint" | "int1" | "bool" | "boolean" => 1,
            "smallint" | "int2" => 2,
            "mediumint" | "middleint" | "int3" => 3,
            "int" | "integer" | "int4" => 4,
            _ => 0,
        };
    }

    /// Whether the rows of a dump may leave it out: the server then has what nobody here knows.
    pub fn may_be_left_out(&self) -> bool {
        self.def.generated || self.invisible
    }

    /// Whether a text that is longer than the limit in bytes is longer in what the limit counts. The bytes of a text in
    /// the column's own set are known of UTF-8 only; elsewhere a character takes one at the least.
    pub fn is_too_long(&self, text: &[u8]) -> bool {
        let counts_bytes = self.limit_in_bytes && self.own_charset.is_none_or(|c| c == Charset::Utf8);
        let binary = self.def.kind == ColumnKind::Binary;
        let starts_character = |b: &&u8| **b & 0xc0 != 0x80;
        let length = if counts_bytes || binary { text.len() } else { text.iter().filter(starts_character).count() };
        length > self.limit
    }

    /// Whether an integer is beyond what the type holds.
    pub fn is_out_of_range(&self, value: i64) -> bool {
        let bits = 8 * u32::from(self.size);
        let (least, most) =
            if self.unsigned { (0, (1 << bits) - 1) } else { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) };
        value < least || value > most
    }

    /// What the server stores in a NOT NULL column that gets no value.
    pub fn implicit_default(&self) -> String {
        let zeros = |n: Option<usize>| match n {
            Some(n) if n > 0 => format!(".{}", "0".repeat(n)),
            _ => String::new(),
        };
        match self.def.kind {
            ColumnKind::Integer | ColumnKind::Bit | ColumnKind::Float => "0".into(),
            ColumnKind::Decimal => format!("0{}", zeros(self.scale)),
            ColumnKind::Date => "0000-00-00".into(),
            ColumnKind::Datetime => format!("0000-00-00 00:00:00{}", zeros(self.scale)),
            ColumnKind::Time => format!("00:00:00{}", zeros(self.scale)),
            ColumnKind::Year => "0000".into(),
            ColumnKind::Enumeration if !self.set => self.members.first().cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }
}

fn kind_of(word: &str) -> ColumnKind {
    match word {
        "tinyint" | "smallint" | "mediumint" | "middleint" | "int" | "integer" | "bigint" | "bool" | "boolean"
        | "serial" | "int1" | "int2" | "int3" | "int4" | "int8" => ColumnKind::Integer,
        "decimal" | "numeric" | "dec" | "fixed" => ColumnKind::Decimal,
        "float" | "double" | "real" | "float4" | "float8" => ColumnKind::Float,
        "date" => ColumnKind::Date,
        "datetime" | "timestamp" => ColumnKind::Datetime,
        "time" => ColumnKind::Time,
        "year" => ColumnKind::Year,
        "bit" => ColumnKind::Bit,
        "enum" | "set" => ColumnKind::Enumeration,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" | "geometry" | "point"
        | "linestring" | "polygon" | "multipoint" | "multilinestring" | "multipolygon" | "geometrycollection"
        | "geomcollection" | "vector" => ColumnKind::Binary,
        _ => ColumnKind::Text,
    }
}
