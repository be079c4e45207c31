//! A dump drawn together with the rows it holds: the reader must tell those, and reject the ones that are broken.

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use snapshot::{CellRef, NoteKind};

use super::cut;
use super::dripping::{Dripping, Pieces};
use super::dump_text::{Kind, Value, write_value};
use super::mysqldump::{read, read_with};
use super::reading::bounded;
use super::script::{accounts, same};

const HEADER: &str = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n-- Host: here    Database: clinic\n\
                      /*!40101 SET NAMES utf8mb4 */;\n";
const FOOTER: &str = "-- Dump completed on 2020-01-01  0:00:00\n";

/// A dump and what is true of it.
#[derive(Debug, Default)]
struct Drawn {
    text: Vec<u8>,
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    name: String,
    columns: Vec<Kind>,
    rows: Vec<Vec<Value>>,
    broken: usize,
}

pub fn holds(input: &[u8]) {
    // What runs out of bytes goes on with zeros, so that there is always a dump.
    let Ok(drawn) = draw(&mut Unstructured::new(input)) else { return };
    let text = &drawn.text;
    let mut told: BTreeMap<usize, Vec<Vec<Value>>> = BTreeMap::new();
    let whole = bounded(2 * text.len(), || {
        read_with(&text[..], text.len(), |table, cells| told.entry(table).or_default().push(cells.map(value).collect()))
    });
    assert_eq!(whole.error, None);
    assert_eq!(whole.tables.len(), drawn.tables.len());
    for (index, table) in drawn.tables.iter().enumerate() {
        let def = &whole.tables[index];
        assert_eq!((&def.name, def.columns.len()), (&table.name, table.columns.len()));
        assert_eq!(told.remove(&index).unwrap_or_default(), table.rows, "rows of {}", table.name);
        let reject = |n: &&snapshot::Note| n.table == Some(index) && matches!(n.kind, NoteKind::Reject { .. });
        let rejects = whole.notes.iter().filter(reject).count();
        assert_eq!(rejects, table.broken, "rejects of {}: {:?}", table.name, whole.notes);
    }
    same(&whole, &read(Dripping::new(text, Pieces::Drawn(7)), text.len()));
    accounts(&whole, text);
    let end = text.len() - FOOTER.len();
    for at in cut::points(text.len(), 8).into_iter().filter(|at| (HEADER.len()..end).contains(at)) {
        let front = read(&text[..at], at);
        cut::holds(&whole, &front, 0, at);
        assert!(front.warns(), "cut at {at}, and nothing is said");
    }
}

fn value(cell: CellRef<'_>) -> Value {
    match cell {
        CellRef::Null => Value::Null,
        CellRef::Integer(i) => Value::Integer(i),
        CellRef::Text(t) => Value::Text(String::from_utf8_lossy(t).into_owned()),
        CellRef::Bytes(b) => Value::Bytes(b.to_vec()),
    }
}

fn draw(from: &mut Unstructured<'_>) -> Result<Drawn> {
    let mut drawn = Drawn { text: HEADER.into(), tables: Vec::new() };
    for index in 0..from.int_in_range(1..=3)? {
        draw_table(from, index, &mut drawn)?;
    }
    drawn.text.extend_from_slice(FOOTER.as_bytes());
    Ok(drawn)
}

fn draw_table(from: &mut Unstructured<'_>, index: usize, drawn: &mut Drawn) -> Result<()> {
    let odd = ["t", "visit", "a `b", "values", "t;"];
    let name = format!("{}{index}", from.choose(&odd)?);
    let mut columns = Vec::new();
    for _ in 0..from.int_in_range(1..=5)? {
        columns.push(*from.choose(&Kind::ALL)?);
    }
    let quoted = format!("`{}`", name.replace('`', "``"));
    let defined: Vec<String> = columns.iter().enumerate().map(|(i, k)| format!("  `c{i}` {}", k.declared())).collect();
    let create =
        format!("CREATE TABLE {quoted} (\n{}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n", defined.join(",\n"));
    drawn.text.extend_from_slice(create.as_bytes());
    let mut table = Table { name, columns, rows: Vec::new(), broken: 0 };
    for _ in 0..from.int_in_range(0..=3)? {
        drawn.text.extend_from_slice(from.choose(&BETWEEN)?.as_bytes());
        draw_insert(from, &quoted, &mut table, &mut drawn.text)?;
    }
    drawn.tables.push(table);
    Ok(())
}

/// What stands between statements.
const BETWEEN: [&str; 7] = [
    "",
    "\n\n",
    "-- it's; a \"comment\n",
    "# so; is `this\n",
    "/* and ' this; */\n",
    "LOCK TABLES `x` WRITE;\n/*!40000 ALTER TABLE `x` DISABLE KEYS */;\n",
    "UNLOCK TABLES;\nSET @a = 'b;c';\n",
];

fn draw_insert(from: &mut Unstructured<'_>, quoted: &str, table: &mut Table, text: &mut Vec<u8>) -> Result<()> {
    let named: bool = from.arbitrary()?;
    // Columns out of order: turned round by some steps.
    let width = table.columns.len();
    let turn = if named { from.int_in_range(0..=width - 1)? } else { 0 };
    let order: Vec<usize> = (0..width).map(|i| (i + turn) % width).collect();
    let list: Vec<String> = order.iter().map(|i| format!("`c{i}`")).collect();
    let list = if named { format!(" ({})", list.join(", ")) } else { String::new() };
    text.extend_from_slice(format!("INSERT INTO {quoted}{list} VALUES ").as_bytes());
    let between = *from.choose(&[&b","[..], b",\n", b" , ", b",/* ; */"])?;
    for row in 0..from.int_in_range(1..=5)? {
        if row > 0 {
            text.extend_from_slice(between);
        }
        if from.ratio(1, 10)? {
            text.extend_from_slice(broken_row(from, width)?.as_bytes());
            table.broken += 1;
            continue;
        }
        let mut values = vec![Value::Null; width];
        for (place, column) in order.iter().enumerate() {
            text.push(if place == 0 { b'(' } else { b',' });
            values[*column] = write_value(from, table.columns[*column], text)?;
        }
        text.push(b')');
        table.rows.push(values);
    }
    text.extend_from_slice(b";\n");
    Ok(())
}

/// A row that no server would take.
fn broken_row(from: &mut Unstructured<'_>, width: usize) -> Result<String> {
    let many = vec!["'x'"; width + 1].join(",");
    let few = vec!["1"; width.saturating_sub(1).max(1)].join(",");
    let empty = vec![""; width.max(2)].join(",");
    Ok(match from.int_in_range(0..=2)? {
        0 if width > 1 => format!("({few})"),
        1 => format!("({empty})"),
        _ => format!("({many})"),
    })
}
