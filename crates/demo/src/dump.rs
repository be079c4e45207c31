//! Writes what `mysqldump` 5.7 writes: one table after another, rows packed into long lines.

use std::borrow::Cow;
use std::io::{self, Write};

use super::dates::Day;
use super::world::World;

/// `mysqldump` starts a new INSERT when the packet (its `net_buffer_length`) would overflow.
const PACKET: usize = 1_046_528;

/// A table: its definition as the server prints it, and the function that writes its rows.
pub struct Table {
    /// From `CREATE TABLE` to the engine options, without the final semicolon.
    pub ddl: &'static str,
    /// Writes the rows in order of the primary key.
    pub fill: fn(&World, &mut Rows) -> io::Result<()>,
}

impl Table {
    /// The name between the first pair of backticks.
    pub fn name(&self) -> &'static str {
        self.ddl.split('`').nth(1).unwrap_or_default()
    }

    /// How many columns the definition lists: its lines that open with a name.
    pub fn width(&self) -> usize {
        self.ddl.lines().filter(|l| l.starts_with("  `")).count()
    }
}

/// One value of a row.
#[derive(Clone)]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A number with a fixed count of decimals.
    Fixed(f64, usize),
    /// A float, as short as it prints.
    Float(f64),
    /// Text, also dates and times.
    Text(Cow<'a, str>),
    /// A date.
    Date(Day),
    /// Bytes escaped between quotes, as without `--hex-blob`.
    Bytes(Cow<'a, [u8]>),
    /// Bytes as a hexadecimal literal, as with `--hex-blob`.
    Hex(Cow<'a, [u8]>),
}

/// The value that stands for "no date" in a NOT NULL date column.
pub const NO_DATE: &str = "0000-00-00";

/// A number with a fixed count of decimals.
pub fn fixed(value: f64, decimals: usize) -> Cell<'static> {
    Cell::Fixed(value, decimals)
}

/// `Y` or `N`.
pub fn yn(value: bool) -> &'static str {
    if value { "Y" } else { "N" }
}

/// The value when `when` holds, otherwise NULL.
pub fn only<'a, T: Into<Cell<'a>>>(when: bool, value: T) -> Cell<'a> {
    if when { value.into() } else { Cell::Null }
}

macro_rules! whole {
    ($($t:ty),*) => { $(
        impl From<$t> for Cell<'_> {
            fn from(value: $t) -> Self { Cell::Int(i64::from(value)) }
        }
    )* };
}
whole!(i64, i32, u8);

impl From<usize> for Cell<'_> {
    fn from(value: usize) -> Self {
        Cell::Int(value as i64)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(value: &'a String) -> Self {
        Cell::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Cell<'_> {
    fn from(value: String) -> Self {
        Cell::Text(Cow::Owned(value))
    }
}

impl From<Day> for Cell<'_> {
    fn from(value: Day) -> Self {
        Cell::Date(value)
    }
}

/// A `bit(1)`: `mysqldump` writes the byte itself.
impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Cell::Bytes(Cow::Borrowed(if value { &[1] } else { &[0] }))
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A row: every expression turned into a [`Cell`].
macro_rules! cells {
    ($($value:expr),* $(,)?) => { &[$($crate::dump::Cell::from($value)),*] };
}
pub(super) use cells;

/// Takes the rows of one table and packs them into INSERT lines.
pub struct Rows<'a> {
    out: &'a mut dyn Write,
    name: &'static str,
    width: usize,
    line: Vec<u8>,
    count: i64,
}

impl Rows<'_> {
    /// The number the next row will have, from 1.
    pub fn next_id(&self) -> i64 {
        self.count + 1
    }

    /// Adds one row, which must have as many values as the table has columns.
    pub fn add(&mut self, cells: &[Cell]) -> io::Result<()> {
        assert_eq!(cells.len(), self.width, "values in a row of `{}`", self.name);
        self.count += 1;
        if self.line.len() > PACKET - 4096 {
            self.flush()?;
        }
        if self.line.is_empty() {
            write!(self.line, "INSERT INTO `{}` VALUES (", self.name)?;
        } else {
            self.line.extend_from_slice(b",(");
        }
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.line.push(b',');
            }
            put(&mut self.line, cell)?;
        }
        self.line.push(b')');
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.line.extend_from_slice(b";\n");
            self.out.write_all(&self.line)?;
            self.line.clear();
        }
        Ok(())
    }
}

fn put(line: &mut Vec<u8>, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Null => line.extend_from_slice(b"NULL"),
        Cell::Int(n) => write!(line, "{n}")?,
        Cell::Fixed(x, decimals) => write!(line, "{x:.decimals$}")?,
        Cell::Float(x) => write!(line, "{x}")?,
        Cell::Text(text) => quote(line, text.as_bytes()),
        Cell::Date(day) => write!(line, "'{}'", day.iso())?,
        Cell::Bytes(bytes) => {
            line.extend_from_slice(b"_binary ");
            quote(line, bytes);
        }
        Cell::Hex(bytes) => {
            line.extend_from_slice(b"0x");
            for byte in bytes.iter() {
                write!(line, "{byte:02X}")?;
            }
        }
    }
    Ok(())
}

/// The escapes of `mysql_real_escape_string`; a tab goes out as it is.
fn quote(line: &mut Vec<u8>, bytes: &[u8]) {
    line.push(b'\'');
    for &byte in bytes {
        let escaped = match byte {
            0 => b'0',
            b'\n' => b'n',
            b'\r' => b'r',
            0x1a => b'Z',
            b'\'' | b'"' | b'\\' => byte,
            _ => {
                line.push(byte);
                continue;
            }
        };
        line.extend_from_slice(&[b'\\', escaped]);
    }
    line.push(b'\'');
}

/// Writes one table, definition and rows.
pub fn table(out: &mut dyn Write, world: &World, table: &Table) -> io::Result<()> {
    let name = table.name();
    write!(
        out,
        "\n--\n-- Table structure for table `{name}`\n--\n\nDROP TABLE IF EXISTS `{name}`;\n\
         /*!40101 SET @saved_cs_client     = @@character_set_client */;\n\
         /*!40101 SET character_set_client = utf8 */;\n{};\n\
         /*!40101 SET character_set_client = @saved_cs_client */;\n\n\
         --\n-- Dumping data for table `{name}`\n--\n\n\
         LOCK TABLES `{name}` WRITE;\n/*!40000 ALTER TABLE `{name}` DISABLE KEYS */;\n",
        table.ddl
    )?;
    let mut rows = Rows { out: &mut *out, name, width: table.width(), line: Vec::new(), count: 0 };
    (table.fill)(world, &mut rows)?;
    rows.flush()?;
    write!(out, "/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;\nUNLOCK TABLES;\n")
}

/// What stands before the first table.
pub fn header(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEADER.as_bytes())
}

/// What stands after the last view.
pub fn footer(out: &mut dyn Write, when: &str) -> io::Result<()> {
    write!(out, "{FOOTER}\n-- Dump completed on {when}\n")
}

/// Writes the trigger section that follows its table.
pub fn trigger(out: &mut dyn Write, body: &str) -> io::Result<()> {
    write!(out, "{TRIGGER_HEAD}{body} */;;\n{TRIGGER_FOOT}")
}

/// Writes the stand-in for a view, which lets other views be created before it.
pub fn view_stub(out: &mut dyn Write, name: &str, columns: &[&str]) -> io::Result<()> {
    let list: Vec<String> = columns.iter().map(|c| format!(" 1 AS `{c}`")).collect();
    write!(
        out,
        "\n--\n-- Temporary table structure for view `{name}`\n--\n\n\
         DROP TABLE IF EXISTS `{name}`;\n/*!50001 DROP VIEW IF EXISTS `{name}`*/;\n\
         SET @saved_cs_client     = @@character_set_client;\n\
         SET character_set_client = utf8;\n\
         /*!50001 CREATE VIEW `{name}` AS SELECT \n{}*/;\n\
         SET character_set_client = @saved_cs_client;\n",
        list.join(",\n")
    )
}

/// Writes the real view in place of its stand-in.
pub fn view(out: &mut dyn Write, name: &str, select: &str) -> io::Result<()> {
    write!(
        out,
        "\n--\n-- Final view structure for view `{name}`\n--\n\n\
         /*!50001 DROP VIEW IF EXISTS `{name}`*/;\n\
         /*!50001 SET @saved_cs_client          = @@character_set_client */;\n\
         /*!50001 SET @saved_cs_results         = @@character_set_results */;\n\
         /*!50001 SET @saved_col_connection     = @@collation_connection */;\n\
         /*!50001 SET character_set_client      = utf8mb4 */;\n\
         /*!50001 SET character_set_results     = utf8mb4 */;\n\
         /*!50001 SET collation_connection      = utf8mb4_general_ci */;\n\
         /*!50001 CREATE ALGORITHM=UNDEFINED */\n\
         /*!50013 DEFINER=`medgate`@`%` SQL SECURITY DEFINER */\n\
         /*!50001 VIEW `{name}` AS {select} */;\n\
         /*!50001 SET character_set_client      = @saved_cs_client */;\n\
         /*!50001 SET character_set_results     = @saved_cs_results */;\n\
         /*!50001 SET collation_connection      = @saved_col_connection */;\n"
    )
}

const HEADER: &str = "\
-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)
--
-- Host: localhost    Database: medgate_harbor
-- ------------------------------------------------------
-- Server version\t5.7.44-log

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;
";

const FOOTER: &str = "\
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;
";

const TRIGGER_HEAD: &str = "\
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_cs_results     = @@character_set_results */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb4 */ ;
/*!50003 SET character_set_results = utf8mb4 */ ;
/*!50003 SET collation_connection  = utf8mb4_general_ci */ ;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'NO_ENGINE_SUBSTITUTION' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`medgate`@`%`*/ /*!50003 ";

const TRIGGER_FOOT: &str = "\
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET character_set_results = @saved_cs_results */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_the_way_the_server_does_it() {
        let mut line = Vec::new();
        quote(&mut line, b"O'Brien\n\t\"\\\0\x1a");
        assert_eq!(line, b"'O\\'Brien\\n\t\\\"\\\\\\0\\Z'");
    }
}
